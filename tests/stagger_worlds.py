"""Small random worlds for staggering, and every choice of stays there is, by plain enumeration over reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from footprint.objectives import Measure
from footprint.options.stagger import mission_by_month
from footprint.options.stagger_question import MobilePlace, Staggering
from footprint.prepared import Prepared, with_profile
from footprint.review import review
from footprint.scenario import Scenario
from layers.months import ALL_MONTHS, months_in
from tests.worlds import (
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_objective,
    make_roads,
    make_sites,
)

KINDS = (
    "infantry_company",
    "civil_affairs_team",
    "community_liaison",
    "human_rights_team",
    "fpu_platoon",
    "unpol_team",
    "stabilisation_team",
    "helicopter",
    "surgery",
)
PACKAGES = ("integrated_base", "field_office", "company_base", "liaison_post", "air_medical")


def random_world(seed: int) -> tuple[Prepared, Staggering]:
    """Return a small area with two sites and roads that close, and a question over three places."""
    draw = np.random.default_rng(seed)
    points = {
        name: tuple(draw.uniform((5, 5), (115, 55))) for name in ("camp", "post", "east", "west", "ford")
    }
    sites = {name: points[name] for name in ("camp", "post")}
    closed = {"camp": "all", "post": str(draw.choice(["all", "11-4", "3-9"]))}
    held = {
        name: {kind: int(draw.integers(1, 3)) for kind in KINDS if draw.random() < 0.6} or {KINDS[0]: 1}
        for name in sites
    }
    places = ("east", "west", "ford")
    lines = {f"to_{name}": (points["camp"], points[name]) for name in (*places, "post")}
    shut = {f"to_{name}": int(draw.integers(0, ALL_MONTHS)) for name in places if draw.random() < 0.6}
    surface = {f"to_{name}": "unpaved" for name in places if draw.random() < 0.5}
    area = make_area(
        size=(0, 0, 120, 60),
        sites=make_sites(sites, closed),
        assets=make_assets(held),
        roads=make_roads(lines, closed_months=shut, surface=surface),
        people={tuple(draw.uniform((2, 2), (118, 58))): float(draw.integers(50, 900)) for _ in range(14)},
        incidents=make_incidents(
            [
                {"at": tuple(draw.uniform((2, 2), (118, 58))), "deaths_civilians": float(draw.integers(0, 9))}
                for _ in range(12)
            ]
        ),
    )
    prepared = make_basis(area, make_objective(measure=Measure.BLEND))
    if draw.random() < 0.5:
        profile = draw.dirichlet(np.full(12, 3.0), area.grid.n_cells)
        prepared = with_profile(prepared, profile)
    package = prepared.method.packages[str(draw.choice(PACKAGES))]
    return prepared, _question(draw, package.assets, {name: points[name] for name in places})


def _question(
    draw: np.random.Generator, assets: tuple[tuple[str, int], ...], points: dict[str, tuple[float, float]]
) -> Staggering:
    units = int(draw.integers(1, 3))
    shortest = int(draw.integers(3, 6)) if units == 1 else int(draw.integers(5, 7))
    return Staggering(
        units=units,
        assets=tuple(sorted(assets)),
        places=tuple(
            MobilePlace(f"at-{name}", name.title(), **lonlat(*point)) for name, point in points.items()
        ),
        stay_min_months=shortest,
        stay_max_months=shortest + int(units == 1),
        rest_months=int(draw.integers(0, 2)),
        notice_months=int(draw.integers(0, 2)),
        mean_share=float(draw.choice([1.0, 0.5])),
        base=Scenario("today"),
    )


def month_values(prepared: Prepared, asked: Staggering) -> NDArray[np.float64]:
    """Return what every set of places comes to in every month, by one review each, shape (n_sets, 12)."""
    router, n = prepared.router(), len(asked.places)
    rows = []
    for places in range(1 << n):
        open_all = {place: ALL_MONTHS for place in range(n) if places >> place & 1}
        answer = review(prepared, asked.operation(open_all, "all year"), router)
        rows.append(mission_by_month(prepared, answer))
    return np.array(rows)


def every_choice(asked: Staggering, usable: NDArray[np.bool_]) -> Iterator[tuple[int, ...]]:
    """Yield the set of places with a unit in each month of every choice of stays, each seen at least once."""
    stays = []
    for place in range(len(asked.places)):
        for length in range(asked.stay_min_months, asked.stay_max_months + 1):
            for start in range(12):
                months = [(start + step) % 12 for step in range(length)]
                if usable[place, months].all():
                    before, after = asked.notice_months, length + asked.rest_months
                    taken = [(start + step) % 12 for step in range(-before, after)]
                    stays.append((place, months, np.bincount(taken, minlength=12)))

    def extend(first: int, load: NDArray[np.int64], where: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        yield where
        for number in range(first, len(stays)):
            place, months, taken = stays[number]
            if (load + taken > asked.units).any() or any(where[month] >> place & 1 for month in months):
                continue
            more = tuple(own | (1 << place if month in months else 0) for month, own in enumerate(where))
            yield from extend(number + 1, load + taken, more)

    return extend(0, np.zeros(12, dtype=np.int64), (0,) * 12)


def best_by_enumeration(prepared: Prepared, asked: Staggering, usable: NDArray[np.bool_]) -> float:
    """Return the highest figure of any choice of stays."""
    values, best = month_values(prepared, asked), -np.inf
    seasons = [[month - 1 for month in months_in(season.months)] for season in prepared.area.seasons]
    for where in every_choice(asked, usable):
        own = values[list(where), range(12)]
        worst = min(own[season].mean() for season in seasons)
        best = max(best, asked.mean_share * own.mean() + (1 - asked.mean_share) * worst)
    return float(best)


def with_units(asked: Staggering, units: int) -> Staggering:
    """Return the same question with another number of units."""
    return replace(asked, units=units)


__all__ = ["best_by_enumeration", "every_choice", "month_values", "random_world", "with_units"]
