"""Explain: a place in a month: who lives there, by what means it could be reached, and what is weakest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import nan

import numpy as np

from footprint.coverage.footprints import FORCE, TIERS
from footprint.coverage.gaps import Gap, as_it_stands, gaps
from footprint.objectives import Measure
from footprint.place.finding import Named, Spotted
from footprint.place.hindrance import Hindrance, Why, hindrance, least
from footprint.place.means import Means, means_of
from footprint.place.spot import Spot, Stand
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.router import Router
from layers.zones import Zones


@dataclass(frozen=True, slots=True)
class Link:
    """One group of capabilities that a tier needs: as good as its best one."""

    capabilities: tuple[str, ...]
    chance: float
    """Of its best capability [0-1]; NaN where the data name nobody who holds any of them."""
    means: Means | None
    """Whose chance counts most in the best capability; None where nobody comes."""
    hindrance: Hindrance | None
    """Why nobody comes."""


@dataclass(frozen=True, slots=True)
class TierThere:
    """One tier in the cell."""

    bundle_id: str
    level: float
    """In the month [0-1]; NaN where not known."""
    months: tuple[float, ...]
    """In each month, January first; NaN where not known."""
    links: tuple[Link, ...]
    weakest: Link
    """Which decides the level."""


@dataclass(frozen=True, slots=True)
class ForceThere:
    """Force in the cell."""

    level: float
    """In the month [0-1]; NaN where the data name no troops."""
    ground: float
    """Of that, by ground alone [0-1]."""
    air: float
    """Of that, by air alone [0-1]; the two overlap and do not add up."""
    months: tuple[float, ...]
    means: tuple[Means, ...]
    """Everybody who comes, the best chance first."""
    hindrance: Hindrance | None
    """Why nobody comes."""
    bundle_id: str = FORCE


@dataclass(frozen=True, slots=True)
class Around:
    """Where the cell lies."""

    region_id: str
    """"" where it lies in none."""
    district_id: str
    town_id: str
    """Nearest town or village; "" where none is known."""
    town_km: float


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One place in one month, for one review."""

    spotted: Spotted
    month: int
    around: Around
    people: float
    """People in the cell [persons]; NaN where the raster says nothing."""
    need_share: float
    """Need of the cell in the month [share of the area's]."""
    force: ForceThere
    tiers: tuple[TierThere, ...]
    stand: Stand = field(repr=False)
    """What every station does there, for what would change it."""


def explain(
    prepared: Prepared,
    router: Router,
    result: Review,
    spotted: Spotted,
    month: int,
    *,
    measure: Measure = Measure.BLEND,
) -> Place:
    """
    Explain one place of a review.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    result
        A review of it.
    spotted
        Where.
    month
        1-12.
    measure
        Whose need.

    Notes
    -----
    Levels are those of the review. Means and links are reckoned anew by the rules of reviews, of the
    one cell alone; the weakest link is the level where groups join by their weakest.
    """
    method, cell = prepared.method, spotted.cell
    bundles = [method.bundles[name] for name in (FORCE, *TIERS)]
    needed = {name for bundle in bundles for group in bundle.groups for name in group}
    names = tuple(name for name in method.capabilities if name in needed)
    spot = Spot.of(prepared, router, result.laydown.roads, cell, month)
    stand = Stand.of(spot, result.stations, names)
    chances = dict(zip(names, stand.chances()[:, 0].tolist(), strict=True))
    complete = result.delivery.most is result.delivery.tiers
    silent = () if complete else gaps(as_it_stands(prepared), method)
    return Place(
        spotted=spotted,
        month=month,
        around=_around(prepared, spotted),
        people=float(prepared.area.population.people[cell]),
        need_share=float(prepared.surfaces[str(measure)][month - 1, cell]),
        force=_force(result, stand, chances),
        tiers=tuple(
            _tier(result, stand, chances, (number, name), silent) for number, name in enumerate(TIERS)
        ),
        stand=stand,
    )


def _around(prepared: Prepared, spotted: Spotted) -> Around:
    towns, cell = prepared.area.places, spotted.cell
    town_id, town_km = "", nan
    if spotted.named is Named.TOWN:
        town_id, town_km = spotted.own_id, 0.0
    elif not towns.empty:
        away_m = np.hypot(
            towns.geometry.x.to_numpy() - spotted.x_m, towns.geometry.y.to_numpy() - spotted.y_m
        )
        town_id, town_km = str(towns.index[int(away_m.argmin())]), float(away_m.min()) / 1000.0
    return Around(_unit(prepared.regions, cell), _unit(prepared.districts, cell), town_id, town_km)


def _unit(zones: Zones, cell: int) -> str:
    number = int(zones.main_unit[cell])
    return zones.unit_ids[number] if number >= 0 else ""


def _force(result: Review, stand: Stand, chances: dict[str, float]) -> ForceThere:
    delivery, (cell, month) = result.delivery, (stand.spot.cell, stand.spot.month)
    capabilities, known = stand.spot.prepared.method.capabilities, delivery.force_known
    names = [name for group in stand.spot.prepared.method.bundles[FORCE].groups for name in group]
    means = [each for name in names for each in means_of(stand, name)]
    means.sort(key=lambda each: (-each.chance, each.minutes, each.capability_id, each.site_id))
    by_air = 1.0 - float(np.prod([1.0 - chances[name] for name in names if capabilities[name].air]))
    return ForceThere(
        level=float(delivery.force[month - 1, cell]) if known else nan,
        ground=float(delivery.force_ground[month - 1, cell]) if known else nan,
        air=by_air if known else nan,
        months=tuple(map(float, delivery.force[:, cell])) if known else (nan,) * 12,
        means=tuple(means),
        hindrance=None if means else _hindered(stand, names, known=known),
    )


def _tier(
    result: Review, stand: Stand, chances: dict[str, float], tier: tuple[int, str], silent: Sequence[Gap]
) -> TierThere:
    (number, name), cell, month = tier, stand.spot.cell, stand.spot.month
    gone = next((set(each.groups) for each in silent if each.bundle_id == name), set())
    links = tuple(
        _link(stand, group, chances, known=group not in gone)
        for group in stand.spot.prepared.method.bundles[name].groups
    )
    least, most = (each[number, :, cell] for each in (result.delivery.tiers, result.delivery.most))
    levels = tuple(np.where(most > least, np.nan, least).tolist())
    level = levels[month - 1]
    # What is known decides where it is nothing; else what nobody knows does.
    sure = [link for link in links if not np.isnan(link.chance)]
    unsure = [link for link in links if np.isnan(link.chance)]
    weakest = min(sure, key=lambda link: link.chance) if not np.isnan(level) and sure else unsure[0]
    return TierThere(name, level, levels, links, weakest)


def _link(stand: Stand, group: tuple[str, ...], chances: dict[str, float], *, known: bool) -> Link:
    best = max(group, key=lambda name: chances[name])
    means = means_of(stand, best) if chances[best] > 0 else ()
    chance = chances[best] if known else nan
    return Link(
        group, chance, means[0] if means else None, None if means else _hindered(stand, group, known=known)
    )


def _hindered(stand: Stand, names: Sequence[str], *, known: bool) -> Hindrance:
    if not known:
        return Hindrance(Why.NOT_KNOWN, names[0])
    capabilities = stand.spot.prepared.method.capabilities
    return least([hindrance(stand.spot, stand.posts, capabilities[name]) for name in names])
