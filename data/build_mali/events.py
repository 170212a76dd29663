"""When and where violence happened: invented events with planted patterns, and four documented ones."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from data.build_mali.outlines import Outlines

FRAME = date(2019, 6, 30)
FIRST_MONTH = 8
"""Season-years run from August, the quietest month by construction."""
NATIONAL = {7: 0.8, 8: 0.4, 9: 0.8}
"""Weight of a month where it is not one; no other season is put into the background."""
TYPES = ("attack_on_civilians", "battle", "explosion", "other")
TYPE_SHARES = (0.42, 0.28, 0.22, 0.08)
KM_PER_DEG = 111.2
REGION_ONLY = 4
"""Geographic precision of an event known to the region only."""

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    """What events are placed on."""

    plan: dict[str, Any]
    cercles: dict[str, BaseGeometry]
    names: dict[str, tuple[str, str]]
    """Region and cercle name of each cercle id."""
    settled: list[dict[str, Any]]
    homes: dict[str, list[tuple[float, float]]]
    """Settlements of each cercle, lon/lat."""


def incidents(inputs: Path, shapes: Outlines, settled: list[dict[str, Any]]) -> list[Event]:
    """Return every incident, documented and invented, by date and identifier."""
    world = _world(inputs, shapes, settled)
    rng = np.random.default_rng(world.plan["seed"])
    events = _planted(world, rng)
    events += _background(world, rng, events)
    events.sort(key=lambda event: (event["date"], event["lon"], event["lat"]))
    for year in world.plan["civilian_deaths"]:
        _kill(world, rng, [event for event in events if event["year"] == int(year)], int(year))
    for number, event in enumerate(events, 1):
        event["incident_id"] = f"INV-{event['year']}-{number:04d}"
    rows = events + [dict(row) for row in world.plan["documented"]]
    return [_row(row) for row in sorted(rows, key=lambda event: (event["date"], event["incident_id"]))]


def truth_bytes(inputs: Path) -> bytes:
    """Return what was planted, as TOML: the plan without its background."""
    lines = ["# What was planted in incidents.csv, for tests. Written by data/build_mali; do not edit."]
    plan = _plan(inputs)
    lines += [f"seed = {plan['seed']}", f"season_year_first_month = {FIRST_MONTH}"]
    for spot in plan["hotspot"]:
        lines += ["", "[[hotspot]]", *(_toml(key, value) for key, value in spot.items())]
    for season in plan["recurrence"]:
        years = sum(bool(season["kept"][index]) for index in range(len(season["events"])))
        lines += ["", "[[recurrence]]", *(_toml(key, value) for key, value in season.items())]
        lines += [_toml("years_share", years / len(season["events"]))]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _toml(key: str, value: Any) -> str:
    if isinstance(value, str):
        return f'{key} = "{value}"'
    if isinstance(value, dict):
        return f"{key} = {{ {', '.join(f'{name} = {part}' for name, part in value.items())} }}"
    return f"{key} = {str(value).lower() if isinstance(value, bool | list) else value}"


def _plan(inputs: Path) -> dict[str, Any]:
    return tomllib.loads((inputs / "incidents_plan.toml").read_text(encoding="utf-8"))


def _world(inputs: Path, shapes: Outlines, settled: list[dict[str, Any]]) -> World:
    regions = {unit["unit_id"]: unit["name"] for unit, _ in shapes.regions}
    cercles = {unit["unit_id"]: shape for unit, shape in shapes.cercles}
    names = {unit["unit_id"]: (regions[unit["parent_id"]], unit["name"]) for unit, _ in shapes.cercles}
    homes = {
        key: [(row["lon"], row["lat"]) for row in settled if shape.covers(Point(row["lon"], row["lat"]))]
        for key, shape in cercles.items()
    }
    return World(_plan(inputs), cercles, names, settled, homes)


def _planted(world: World, rng: np.random.Generator) -> list[Event]:
    """Return precise events with a season (the recurrence plan) or a place (the other hotspots)."""
    spots = {spot["cercle_id"]: spot for spot in world.plan["hotspot"]}
    events = []
    for season in world.plan["recurrence"]:
        spot = spots.get(season["cercle_id"])
        for index, count in enumerate(season["events"]):
            inside = round(season["share"] * count) if season["kept"][index] else None
            for month, year in _months(rng, season, count, inside, season["first_year"] + index):
                events.append(_precise(world, rng, season["cercle_id"], (year, month), spot))
    for spot in world.plan["hotspot"]:
        for year, count in spot.get("events", {}).items():
            for _ in range(count):
                when = (int(year), _month(rng, int(year)))
                events.append(_precise(world, rng, spot["cercle_id"], when, spot))
    return events


def _months(
    rng: np.random.Generator, season: dict[str, Any], count: int, inside: int | None, first_year: int
) -> list[tuple[int, int]]:
    """Return (month, year) of `count` events of one season-year, `inside` of them in the planted months."""
    order = [(FIRST_MONTH - 1 + step) % 12 + 1 for step in range(12)]
    dated = [(month, first_year + (month < FIRST_MONTH)) for month in order]
    dated = [(month, year) for month, year in dated if (year, month) <= (FRAME.year, FRAME.month)]
    window = [pair for pair in dated if pair[0] in season["months"]]
    others = [pair for pair in dated if inside is None or pair[0] not in season["months"]]
    weights = np.array([NATIONAL.get(month, 1.0) for month, _ in others])
    drawn = rng.choice(len(others), size=count - (inside or 0), p=weights / weights.sum())
    # Spread evenly over the window, so that every planted month is busy, not one of them.
    busy = [window[number % len(window)] for number in range(inside or 0)]
    return busy + [others[index] for index in drawn]


def _month(rng: np.random.Generator, year: int) -> int:
    months = np.arange(1, FRAME.month + 1 if year == FRAME.year else 13)
    weights = np.array([NATIONAL.get(int(month), 1.0) for month in months])
    return int(rng.choice(months, p=weights / weights.sum()))


def _background(world: World, rng: np.random.Generator, planted: list[Event]) -> list[Event]:
    """Return unpatterned events up to each year's total, some of them imprecisely placed."""
    events = []
    for year, total in world.plan["events"].items():
        rest = total - sum(event["year"] == int(year) for event in planted)
        weights = _weights(world.plan["background"], int(year))
        keys = rng.choice(list(weights), size=rest, p=list(weights.values()))
        vague = round(world.plan["imprecise_share"] * total)
        for number, key in enumerate(keys):
            when = (int(year), _month(rng, int(year)))
            if number < vague:
                events.append(_imprecise(world, rng, when, (2, 3, 4)[number % 3]))
            else:
                events.append(_precise(world, rng, str(key), when, None))
    return events


def _weights(background: dict[str, list[float]], year: int) -> dict[str, float]:
    """Return each cercle's share of a year's background, moving from the first to the last year."""
    passed = (year - 2014) / 5
    raw = {key: early + (late - early) * passed for key, (early, late) in sorted(background.items())}
    return {key: value / sum(raw.values()) for key, value in raw.items()}


def _precise(
    world: World, rng: np.random.Generator, key: str, when: tuple[int, int], spot: dict[str, Any] | None
) -> Event:
    shape = world.cercles[key]
    if spot is not None and rng.random() < spot["share"]:
        at = _about(rng, shape, (spot["lon"], spot["lat"]), spot["sd_km"] / KM_PER_DEG)
    else:
        homes = world.homes[key]
        at = _about(rng, shape, homes[int(rng.integers(len(homes)))], world.plan["scatter_km"] / KM_PER_DEG)
    nearest = min(world.settled, key=lambda row: (row["lon"] - at[0]) ** 2 + (row["lat"] - at[1]) ** 2)
    return _event(rng, when, at, 1, (*world.names[key], nearest["name"]))


def _about(
    rng: np.random.Generator, shape: BaseGeometry, centre: tuple[float, float], sd_deg: float
) -> tuple[float, float]:
    """Return a random point near `centre` inside `shape`."""
    shapely.prepare(shape)
    for _ in range(10_000):
        lon, lat = (round(float(value), 3) for value in rng.normal(centre, sd_deg))
        if shape.contains(Point(lon, lat)):
            return lon, lat
    raise ValueError(f"no point of the cercle lies about {centre}")


def _imprecise(world: World, rng: np.random.Generator, when: tuple[int, int], precision: int) -> Event:
    """Return an event placed as providers do: on a town, a cercle seat or a region seat."""
    weights = _weights(world.plan["background"], when[0]) | dict.fromkeys(
        (season["cercle_id"] for season in world.plan["recurrence"]), 0.08
    )
    total = sum(weights.values())
    key = str(rng.choice(list(weights), p=[value / total for value in weights.values()]))
    region, cercle = world.names[key]
    seat = {2: None, 3: world.plan["seats"].get(cercle, cercle), REGION_ONLY: region}[precision]
    homes = [row for row in world.settled if world.cercles[key].covers(Point(row["lon"], row["lat"]))]
    place = homes[int(rng.integers(len(homes)))] if seat is None else _named(world, seat)
    adm2 = "" if precision == REGION_ONLY else cercle
    return _event(rng, when, (place["lon"], place["lat"]), precision, (region, adm2, place["name"]))


def _named(world: World, name: str) -> dict[str, Any]:
    return next(row for row in world.settled if row["name"] == name)


def _event(
    rng: np.random.Generator,
    when: tuple[int, int],
    at: tuple[float, float],
    precision: int,
    names: tuple[str, str, str],
) -> Event:
    year, month = when
    following = date(year + month // 12, month % 12 + 1, 1)
    day = date(year, month, 1) + timedelta(days=int(rng.integers((following - date(year, month, 1)).days)))
    vague = precision > 1
    shares = [0.8, 0.1, 0.06, 0.04] if vague else [0.93, 0.05, 0.02, 0]
    known = str(rng.choice(["day", "week", "month", "year"], p=shares))
    return {
        "date": day.replace(day=1) if known == "month" else day,
        "year": year,
        "date_precision": known,
        "event_type": str(rng.choice(TYPES, p=TYPE_SHARES)),
        "geo_precision": precision,
        "reliability": int(rng.choice([1, 2, 3], p=[0.5, 0.35, 0.15])),
        "adm1": names[0],
        "adm2": names[1],
        "place": names[2],
        "provider": "invented",
        "invented": True,
        "lon": at[0],
        "lat": at[1],
    }


def _kill(world: World, rng: np.random.Generator, events: list[Event], year: int) -> None:
    """Give the year's events their deaths, civilians adding up to the stated total."""
    documented = [row for row in world.plan["documented"] if row["date"].year == year]
    known = sum(row.get("deaths_civilians", 0) for row in documented)
    total = world.plan["civilian_deaths"][str(year)] - known
    factor = {"attack_on_civilians": 1.0, "explosion": 0.25, "battle": 0.05, "other": 0.0}
    weight = np.array([factor[event["event_type"]] * rng.lognormal(0, 1.1) for event in events])
    civilians = rng.multinomial(total, weight / weight.sum())
    for event, dead in zip(events, civilians, strict=True):
        fighters = int(rng.poisson(2.0)) if event["event_type"] == "battle" else int(rng.poisson(0.3))
        event["deaths_civilians"], event["deaths"] = int(dead), int(dead) + fighters


def _row(event: Event) -> Event:
    keys = (
        "incident_id", "date", "year", "date_precision", "event_type", "deaths", "deaths_civilians",
        "geo_precision", "reliability", "adm1", "adm2", "place", "provider", "invented", "lon", "lat",
    )  # fmt: skip
    row = {key: event.get(key) for key in keys}
    day = None if row["date_precision"] == "year" else event["date"]
    return row | {"date": day, "year": event["date"].year}
