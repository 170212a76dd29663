"""Fragility: what does the answer hang on? Every piece of it left out, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import isnan
from os import cpu_count

import numpy as np

from footprint.evidence.standing import Standing
from footprint.prepared import Prepared
from footprint.scenario import Laydown, Scenario, apply
from footprint.travel.router import Router
from footprint.travel.edge_minutes import water_at_dykes
from layers.months import ALL_MONTHS
from layers.roads import Crossing

SMALL = 1e-6
"""Changes smaller than this are none [share]: single precision of sums over cells."""

_TIE_DIGITS = 6


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
    DYKE = "dyke"
    """That a road stands on a dyke: without it, its parts under water are shut in the water's months."""
    RATING = "rating"
    """That a road is searched for explosive devices."""
    SEASON = "season"
    """That a site is open in some months only."""


_OTHER_MINUTES = (Piece.RATING, Piece.CLOSURE)
"""Pieces without which roads take other minutes, or are open."""

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
    by_region: Mapping[str, tuple[float, float]] = field(repr=False)
    """The same two by region, of its own need."""

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
    def n_without_effect(self) -> int | None:
        """Pieces without which nothing changes; None where the area has no need that could change."""
        if isnan(self.force):
            return None
        return sum(max(each.rank) < SMALL for each in self.left_out)


def fragility(prepared: Prepared, scenario: Scenario, router: Router) -> Fragility:
    """
    Leave out each site, asset kind at a site, road, bridge, ferry, dyke, closure, rating and season.

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
    One at a time: two pieces that stand in for one another change little each. Flood zones, rivers and
    their seasons are woven into the network and not left out. Without its dyke a road is shut where and
    when water stands; the ways from its places to the cells around stay. What the scenario itself shuts
    or repairs is not left out either. Each change equals that of two reviews.
    """
    standing = Standing(prepared, router, apply(scenario, prepared.area, prepared.method))
    objectives = [each.objective_id for each in prepared.objectives]
    regions = [str(unit) for unit in prepared.regions.unit_ids]

    def left_out(item: _Item) -> WithoutPiece:
        piece, of, kind, without = item
        changes = standing.change(without(standing.laydown))
        (force, mission), *others = changes.tolist()
        own = dict(zip((*objectives, *regions), map(tuple, others), strict=True))
        return WithoutPiece(
            piece,
            of,
            kind,
            force,
            mission,
            by_objective={name: own[name] for name in objectives},
            by_region={name: own[name] for name in regions},
        )

    with ThreadPoolExecutor(cpu_count()) as threads:
        # What takes searches on other minutes comes last: it drives those on today's out of memory.
        pieces = sorted(_pieces(prepared, standing.laydown), key=lambda item: item[0] in _OTHER_MINUTES)
        rows = list(threads.map(left_out, pieces))
    rows.sort(key=lambda row: (*(-each for each in row.rank), row.piece, row.of, row.kind))
    return Fragility(
        force=float(standing.headlines[0, 0]),
        mission=float(standing.headlines[0, 1]),
        force_known=standing.delivery.force_known,
        mission_known=not standing.delivery.unknown.any(),
        left_out=tuple(rows),
    )


Without = Callable[[Laydown], Laydown]
_Item = tuple[Piece, str, str, Without]
"""What is left out, of which site or road, of which kind, and how."""


def _pieces(prepared: Prepared, laydown: Laydown) -> Iterator[_Item]:
    """Yield what can be left out."""
    yield from _of_sites(laydown)
    roads = prepared.area.roads
    table = laydown.roads.without_loss().apply(prepared.network.roads.table)
    stands = zip(table.road_id, table.search_rated, table.closed_months, strict=True)
    crossings = roads["crossing"].to_dict()
    kept_dry = prepared.network.edges.road[water_at_dykes(prepared.network) > 0]
    on_dykes = set(table.road_id[table.raised & np.isin(np.arange(len(table.road_id)), kept_dry)].tolist())
    for road_id, rated, closed in stands:
        name = str(road_id)
        yield _CROSSINGS[Crossing(crossings[name])], name, "", _roads("close", name)
        if name in on_dykes:
            yield Piece.DYKE, name, "", _roads("lower", name)
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
                roads = roads.reopen(road_id)
            case "lower":
                roads = roads.lower(road_id)
            case _:
                roads = roads.rate(road_id, rated=False)
        return replace(laydown, roads=roads)

    return changed
