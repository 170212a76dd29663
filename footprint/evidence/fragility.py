"""Fragility: what does the answer hang on? Every piece of it left out, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.delivery import delivery
from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import stations
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import Delivery
from footprint.indicators.units import Units
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import figures_of
from footprint.scenario import Laydown, Scenario, apply
from footprint.travel.months import MONTHS
from footprint.travel.router import Router
from layers.months import ALL_MONTHS
from layers.roads import Crossing

SMALL = 1e-6
"""Changes smaller than this are none [share]: single precision of sums over cells."""

_TIE_DIGITS = 6

HEADLINES = (Indicator.FORCE, Indicator.MISSION)
"""What is watched, of the area and of each objective."""


class Piece(StrEnum):
    """What can be left out."""

    SITE = "site"
    ASSET = "asset"
    """All assets of one kind at one site."""
    ROAD = "road"
    BRIDGE = "bridge"
    FERRY = "ferry"
    CLOSURE = "closure"
    """The months in which the data shut a road."""
    RATING = "rating"
    """That a road is searched for explosive devices."""
    SEASON = "season"
    """That a site is open in some months only."""


_CROSSINGS = {Crossing.NONE: Piece.ROAD, Crossing.BRIDGE: Piece.BRIDGE, Crossing.FERRY: Piece.FERRY}


@dataclass(frozen=True, slots=True)
class WithoutPiece:
    """One piece left out, and what changes in the mean of the year."""

    piece: Piece
    of: str
    """Identifier of the site or road."""
    kind: str
    """Kind of asset; "" for other pieces."""
    force: float
    """Change of the area's Force footprint [share of its need, -1 to 1]."""
    mission: float
    """Change of the area's Mission footprint."""
    by_objective: Mapping[str, tuple[float, float]] = field(repr=False)
    """The same two by objective; NaN for one without need."""

    @property
    def rank(self) -> tuple[float, float, float]:
        """Larger and smaller change of the area's two headlines, then the largest of any objective's."""
        # What nobody needs changes nothing: NaN ranks as no change.
        smaller, larger = sorted(abs(each) for each in np.nan_to_num([self.force, self.mission]).tolist())
        own = np.abs(np.nan_to_num([0.0, *(each for pair in self.by_objective.values() for each in pair)]))
        # In single precision two sums of the same cells may differ: a tie is a tie.
        return round(larger, _TIE_DIGITS), round(smaller, _TIE_DIGITS), float(own.max())


@dataclass(frozen=True, slots=True, eq=False)
class Fragility:
    """What an answer hangs on."""

    force: float
    """Mean of the year of the area's Force footprint, at least, with everything there [share of need]."""
    mission: float
    force_known: bool
    """Whether the data name troops at all; if not, changes are of what is there at least."""
    mission_known: bool
    """Whether every tier is known everywhere."""
    left_out: tuple[WithoutPiece, ...] = field(repr=False)
    """Every piece, the one that changes most first; those that change nothing are among them."""

    @property
    def n_without_effect(self) -> int:
        """Pieces without which nothing changes."""
        return sum(max(each.rank) < SMALL for each in self.left_out)


def fragility(prepared: Prepared, scenario: Scenario, router: Router) -> Fragility:
    """
    Leave out each site, asset kind at a site, road, bridge, ferry, closure, rating and season.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    scenario
        Changes on its baseline; pieces are those that stand in it.

    Returns
    -------
    Fragility
        By the need of the blend; objectives by their own measure. Where the data name no asset of a
        group, changes are told as what is there at least.

    Notes
    -----
    One at a time: two pieces that stand in for one another change little each. Flood zones, rivers,
    their seasons and dykes are woven into the network and not left out; a road left out is the most
    that its dyke can cost. What the scenario itself shuts or repairs is not left out either. Each
    change equals that of two reviews: the same steps, without the figures that are not asked for.
    """
    laydown = apply(scenario, prepared.area, prepared.method)
    reckon = _Reckoning(prepared, router)
    today = reckon.levels(laydown)
    base = reckon.of(today)
    used = reckon.roads_used(laydown)
    pieces = list(_pieces(prepared, laydown, used))

    def left_out(item: _Item) -> WithoutPiece:
        piece, of, kind, without = item
        after = base if without is None else reckon.of(reckon.levels(without(laydown)))
        changes = after - base
        own = {
            each.objective_id: (float(force), float(mission))
            for each, (force, mission) in zip(prepared.objectives, changes[1:], strict=True)
        }
        return WithoutPiece(piece, of, kind, float(changes[0, 0]), float(changes[0, 1]), own)

    with ThreadPoolExecutor(cpu_count()) as threads:
        rows = list(threads.map(left_out, pieces))
    rows.sort(key=lambda row: (*(-each for each in row.rank), row.piece, row.of, row.kind))
    return Fragility(
        force=float(base[0, 0]),
        mission=float(base[0, 1]),
        force_known=today.force_known,
        mission_known=not today.unknown.any(),
        left_out=tuple(rows),
    )


Without = Callable[[Laydown], Laydown]
_Item = tuple[Piece, str, str, Without | None]
"""What is left out, of which site or road, of which kind, and how; None where nothing can change."""


def _pieces(prepared: Prepared, laydown: Laydown, used: frozenset[str]) -> Iterator[_Item]:
    """Yield what can be left out; roads that lie on nobody's way need no reckoning."""
    yield from _of_sites(laydown)
    roads = prepared.area.roads
    table = laydown.roads.without_loss().apply(prepared.network.roads.table)
    stands = zip(table.road_id, table.search_rated, table.closed_months, strict=True)
    crossings = roads["crossing"].to_dict()
    for road_id, rated, closed in stands:
        name, on_the_way = str(road_id), road_id in used
        yield _CROSSINGS[Crossing(crossings[name])], name, "", _roads("close", name) if on_the_way else None
        if rated:
            yield Piece.RATING, name, "", _roads("unrate", name)
        if closed:
            yield Piece.CLOSURE, name, "", _roads("reopen", name)


def _of_sites(laydown: Laydown) -> Iterator[_Item]:
    for site_id, months in laydown.sites["months"].items():
        yield Piece.SITE, str(site_id), "", _without_site(str(site_id))
        if months != ALL_MONTHS:
            yield Piece.SEASON, str(site_id), "", _all_year(str(site_id))
    held = laydown.assets[["site_id", "kind"]].drop_duplicates()
    for site_id, kind in sorted(held.itertuples(index=False)):
        yield Piece.ASSET, site_id, kind, _without_asset(site_id, kind)


def _without_site(site_id: str) -> Without:
    return lambda laydown: replace(laydown, sites=laydown.sites.drop(index=site_id))


def _all_year(site_id: str) -> Without:
    def opened(laydown: Laydown) -> Laydown:
        months = laydown.sites["months"].where(laydown.sites.index != site_id, ALL_MONTHS)
        return replace(laydown, sites=laydown.sites.assign(months=months))

    return opened


def _without_asset(site_id: str, kind: str) -> Without:
    def fewer(laydown: Laydown) -> Laydown:
        gone = (laydown.assets["site_id"] == site_id) & (laydown.assets["kind"] == kind)
        return replace(laydown, assets=laydown.assets[~gone])

    return fewer


def _roads(act: str, road_id: str) -> Without:
    def changed(laydown: Laydown) -> Laydown:
        roads = laydown.roads
        match act:
            case "close":
                roads = roads.close(road_id)
            case "reopen":
                roads = replace(roads, reopened=(*roads.reopened, road_id))
            case _:
                roads = roads.rate(road_id, rated=False)
        return replace(laydown, roads=roads)

    return changed


class _Reckoning:
    """The two headlines of a laydown, of the area and of each objective, and nothing else."""

    def __init__(self, prepared: Prepared, router: Router) -> None:
        self._prepared, self._router = prepared, router
        self._area = Units(prepared.units.frame.iloc[:1], prepared.units.shares[:1])

    def levels(self, laydown: Laydown) -> Delivery:
        """Return what can be delivered in every cell and month."""
        prepared, router = self._prepared, self._router
        posts = stations(laydown, prepared.method.capabilities, router)
        return delivery(prepared, router, station_effects(prepared, router, posts, laydown.roads))

    def of(self, levels: Delivery) -> NDArray[np.float64]:
        """Return the mean of the year of each headline, at least, shape (1 + n_objectives, 2)."""
        rows = figures_of(self._prepared, levels.at_least(), Measure.BLEND, self._area)
        # NaN in a month, where nobody needs anything, is NaN of the year.
        by_month = rows[list(HEADLINES)].to_numpy(dtype=np.float64).reshape(-1, MONTHS, len(HEADLINES))
        return np.asarray(by_month.mean(axis=1))

    def roads_used(self, laydown: Laydown) -> frozenset[str]:
        """Return the roads that lie on any way of any station: shutting another changes nothing."""
        prepared, router = self._prepared, self._router
        posts = stations(laydown, prepared.method.capabilities, router)
        table = prepared.network.roads.table
        used = np.zeros(len(table.road_id), dtype=bool)
        for post in posts:
            for profile in post.profiles:
                for month in router.months(laydown.roads).first:
                    for free in (False, True):
                        used |= router.route(
                            post.connector, profile, month, laydown.roads, unrated_only=free
                        ).taken
        return frozenset(table.road_id[used].tolist())
