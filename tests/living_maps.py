"""Briefs for living maps, and what their files hold, read back by other means than the browser's."""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import unescape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.briefing.brief import Brief
from footprint.briefing.living.switches import switches
from footprint.disclosure import Precision
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.prepared import Prepared
from footprint.releases.terms import Clearance, Marking, Release
from footprint.review import Review
from footprint.scenario import (
    AddAssets,
    Change,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    RetaskAssets,
    Scenario,
)
from layers.months import months_mask
from tests.worlds import (
    bundled_prepared,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_roads,
    make_sites,
    make_units,
    review,
    router_of,
)

CENTRE = Scenario(
    "Centre",
    (
        OpenSite("bankass", "TOB Bankass", -3.517, 14.07),
        AddAssets("bankass", "infantry_company", 1),
        AddAssets("bankass", "community_liaison", 1),
        AddAssets("bankass", "civil_affairs_team", 1),
        CloseSite("diabaly"),
        MoveSite("douentza", -2.4, 14.9),
        AddAssets("mopti", "helicopter", 2),
        AddAssets("mopti", "surgery", 1),
        RemoveAssets("mopti", "infantry_company", 1),
        OpenSite("niono", "Niono", -5.99, 14.25, months=months_mask("9-4")),
        AddAssets("niono", "fpu_platoon", 2),
        AddAssets("niono", "infantry_company", 1),
    ),
)
"""Five switches of every kind: two sites opened, one of them for a season; one closed, one moved, one strengthened."""


WHOLE_BUNDLE = {
    "infantry_company": 2,
    "helicopter": 1,
    "surgery": 1,
    "fpu_platoon": 1,
    "unpol_team": 1,
    "civil_affairs_team": 1,
    "community_liaison": 1,
    "human_rights_team": 1,
    "stabilisation_team": 1,
}
SMALL_PLAN = Scenario(
    "plan",
    (
        CloseSite("mill", months=months_mask("6-9")),
        MoveSite("ford", **lonlat(60, 30)),
        AddAssets("ford", "helicopter"),
        OpenSite("camp", "Camp", **lonlat(90, 5), months=months_mask("1-3")),
        AddAssets("camp", "surgery"),
        AddAssets("camp", "infantry_company"),
        RemoveAssets("north", "infantry_company"),
        RetaskAssets("north", "infantry_company", 0.5),
        CloseRoad("north-ford", months=months_mask("7-8")),
        RateRoad("mill-north"),
    ),
)
"""Two flying sites, a surgery of its own, a season, a donor, roads: everything that crosses over."""


def small(held: dict[str, dict[str, int]]) -> Prepared:
    """
    Return two regions and three towns on a road, with what each holds.

    mill ==paved== north ==paved== ford; the border runs between north and ford
    """
    sites = make_sites({"mill": (10, 20), "north": (45, 20), "ford": (80, 20)})
    roads = make_roads({"mill-north": [(10, 20), (45, 20)], "north-ford": [(45, 20), (80, 20)]})
    regions = make_units(
        {"west": (0, 0, 60, 50), "east": (60, 0, 100, 50)}, {"west": "country", "east": "country"}
    )
    people = {(10.0 * i + 2, 10.0 * j + 2): 50.0 + 7 * i + 13 * j for i in range(10) for j in range(5)}
    area = make_area(sites=sites, assets=make_assets(held), roads=roads, regions=regions, people=people)
    return make_basis(area)


@cache
def known_world() -> Prepared:
    """Return a world of which everything is known."""
    return small({"mill": WHOLE_BUNDLE, "north": {"infantry_company": 3}, "ford": WHOLE_BUNDLE})


@cache
def silent_world() -> Prepared:
    """Return one of which the data name nobody for the first and third tier."""
    return small(
        {
            "mill": {"infantry_company": 2, "helicopter": 1},
            "north": {"infantry_company": 3},
            "ford": {"fpu_platoon": 1, "surgery": 1},
        }
    )


def brief_of(
    prepared: Prepared,
    *changes: Change,
    name: str = "Plan",
    focus: str = "",
    precision: Precision = Precision.INTERNAL,
    **differs: Any,
) -> Brief:
    """Return the brief of a plan with some changes, in draft and in English unless told otherwise."""
    today = review(prepared, Scenario("today"))
    marking = differs.pop("marking", Marking.CONFIDENTIAL)
    clearance = differs.pop("clearance", Clearance.DRAFT)
    terms = {"purpose": "a briefing", "audience": "the governor", "releaser": "chief of plans"} | {
        key: differs.pop(key) for key in ("purpose", "audience", "releaser", "cleared_by") if key in differs
    }
    language = Language.of_area(differs.pop("code", "en"), prepared.area.unit_words)
    return Brief(
        prepared=prepared,
        router=router_of(prepared),
        today=today,
        plans=(review(prepared, Scenario(name, changes)),) if changes else (),
        focus=focus,
        month=differs.pop("month", 9),
        language=language,
        release=Release(**terms, marking=marking, precision=precision, clearance=clearance),
        made=date(2019, 7, 1),
        number=differs.pop("number", "MLI-042"),
    )


@cache
def centre_brief(precision: Precision, code: str = "en") -> Brief:
    """Return the brief of `CENTRE` for Mopti on the bundled case."""
    return brief_of(
        bundled_prepared(), *CENTRE.changes, name=CENTRE.name, focus="Mopti", precision=precision, code=code
    )


def combination(plan: Scenario, state: tuple[bool, ...]) -> Scenario:
    """Return the scenario of the switches that are on: the plan's own changes, in its own order."""
    kept = [change for each, on in zip(switches(plan), state, strict=True) if on for change in each.changes]
    return Scenario(plan.name, tuple(change for change in plan.changes if change in kept))


@dataclass(frozen=True)
class File:
    """A living map as it is in its file."""

    html: str
    data: dict[str, Any]
    bytes: bytes

    @classmethod
    def read(cls, html: str) -> File:
        """Read the parts of a file that hold numbers."""
        data = json.loads(_element(html, "living-data"))
        return cls(html, data, zlib.decompress(base64.b64decode(_element(html, "living-numbers")), -15))

    def numbers(self, name: str) -> NDArray[Any]:
        """Return an array by its name."""
        kind, start, count, rising = self.data["sections"][name]
        width = int(kind[1])
        planes = np.frombuffer(self.bytes, np.uint8, count * width, start).reshape(width, count)
        if kind == "f4":
            return np.ascontiguousarray(planes.T).view("<f4").ravel()
        values = (planes.astype(np.int64) << (8 * np.arange(width)[:, None])).sum(axis=0)
        return np.cumsum(values) if rising else values

    def figures(
        self, state: tuple[bool, ...]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """Return Force and Mission footprint and whether the latter is known, shape (n_units, 12) each."""
        return self._by_unit(state) if self.data["way"]["kind"] == "units" else self._by_cell(state)

    def _by_unit(self, state: tuple[bool, ...]) -> tuple[NDArray[Any], ...]:
        way, n_units = self.data["way"], len(self.data["units"])
        table = self.numbers("table").reshape(2, n_units, way["groups"], -1)
        own = table[..., sum(1 << i for i, on in enumerate(state) if on)][..., way["months"]]
        values = own & 0x7FFF
        shares = np.where(values == 0x7FFF, np.nan, values / way["steps"])
        return shares[0], shares[1], own[1] < 0x8000

    def _by_cell(self, state: tuple[bool, ...]) -> tuple[NDArray[Any], ...]:
        way, n_units = self.data["way"], len(self.data["units"])
        number = 1 if len(way["worlds"]) > 1 and state[-1] else 0
        world, months = way["worlds"][number], np.array(way["worlds"][number]["months"])
        weights = self._weights()
        unit_need = np.array([unit["need"] for unit in self.data["units"]])
        steady = self.numbers(f"w{number}.steady").reshape(4, n_units, 12)
        hidden = self.numbers(f"w{number}.hidden").reshape(3, n_units, 12) > 0
        found, levels = [], []
        for bundle, own in enumerate(world["bundles"]):
            level = np.append(np.zeros(way["plain"] + 1), self._levels(own, state))
            at = self.numbers(f"{own['name']}.at").reshape(world["groups"], -1)[:, : way["cells"]]
            levels.append((level[at], at))
            sums = np.einsum("umc,mc->um", weights, level[at][months])
            with np.errstate(invalid="ignore", divide="ignore"):
                found.append(np.where(unit_need > 0, steady[bundle] + sums / unit_need, np.nan))
        for tier, rest in world["most"].items():
            level, at = levels[int(tier) + 1]
            if rest is None:
                more = (at > way["plain"]) & (level < 1)
            else:
                row = self.numbers(f"{rest['name']}.at").reshape(at.shape)
                more = (row > 0) & (np.append(0.0, self._levels(rest, state))[row] > level)
            hidden[int(tier)] |= np.einsum("umc,mc->um", weights, more[months].astype(float)) > 0
        return found[0], np.mean(found[1:], axis=0), ~hidden.any(axis=0)

    def _weights(self) -> NDArray[np.float64]:
        """Return the need of each cell that counts in each unit and month, shape (n_units, 12, n_cells)."""
        cells, n_units = self.data["way"]["cells"], len(self.data["units"])
        need = self.numbers("need").astype(float).reshape(-1, cells) if cells else np.zeros((1, 0))
        need = np.broadcast_to(need, (12, cells)) if len(need) == 1 else need
        shares = np.zeros((n_units, cells))
        shares[0] = 1.0
        cell = np.repeat(np.arange(cells), self.numbers("units"))
        np.add.at(shares, (self.numbers("unit") + 1, cell), self.numbers("share"))
        return shares[:, None, :] * need[None]

    def _levels(self, own: dict[str, Any], state: tuple[bool, ...]) -> NDArray[np.float64]:
        """Reckon each row of a bundle by the formulas of METHOD.md 6 and 7, slot by slot."""
        name, n_rows, steps = own["name"], own["rows"], self.data["way"]["steps"]
        n_slots = len(own["group"])
        miss = self.numbers(f"{name}.fixed").reshape(n_slots, n_rows) / steps
        for switch, on in enumerate(state):
            rows = self.numbers(f"{name}s{switch}.rows")
            miss[:, rows] *= (
                self.numbers(f"{name}s{switch}.{'on' if on else 'off'}").reshape(n_slots, -1) / steps
            )
        evacuated = np.zeros(n_rows)
        for each in own["evacuations"]:
            if all(bool(state[switch]) == bool(on) for switch, on in each["needs"]):
                rows = self.numbers(f"{each['name']}.rows")
                evacuated[rows] = np.maximum(evacuated[rows], self.numbers(f"{each['name']}.chance") / steps)
        if not own["all"]:
            return 1 - miss.prod(axis=0) * (1 - evacuated if own["relay"] >= 0 else 1)
        best = [
            np.max(
                [evacuated * (group == own["relay"]), *(1 - miss[np.array(own["group"]) == group])], axis=0
            )
            for group in range(own["groups"])
        ]
        return np.min(best, axis=0)


def reviewed(
    brief: Brief, result: Review, file: File
) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.bool_]]:
    """Return what a review says of the units of a file: Force, Mission at least, whether that is all there is."""
    frame = brief.prepared.units.frame
    order = list(frame["name"])
    rows = [_row_of(frame, unit["name"], place, file) for place, unit in enumerate(file.data["units"])]
    own = [table[table["level"] != Level.OBJECTIVE] for table in (result.figures, result.at_least)]
    force, mission, least = (
        table[name].to_numpy(dtype=float).reshape(len(order), 12)[rows]
        for table, name in ((own[0], "FF"), (own[0], "MF"), (own[1], "MF"))
    )
    return force, least, ~np.isnan(mission) | np.isnan(least)


def _row_of(frame: Any, name: str, place: int, file: File) -> int:
    """Return the row of a unit: the area first, then by name; of equal names the region comes before its district."""
    if place == 0:
        return 0
    before = [unit["name"] for unit in file.data["units"][1:place]].count(name)
    return int(np.flatnonzero(frame["name"].to_numpy()[1:] == name)[before]) + 1


def _element(html: str, name: str) -> str:
    found = re.search(rf'<script type="[^"]*" id="{name}">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return found[1]


def seen(html: str) -> str:
    """Return the text between the elements of a file."""
    bare = re.sub(r"<(script|style|title)\b.*?</\1>", "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", bare))
