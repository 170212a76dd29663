"""Fragility: what does the answer hang on? Every piece of it left out, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import isnan
from os import cpu_count
from threading import Lock

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.evidence.standing import Standing
from footprint.prepared import Prepared
from footprint.scenario import Laydown, Scenario, apply
from footprint.travel.edge_minutes import water_at_dykes
from footprint.travel.network import Network
from footprint.travel.router import Router
from footprint.travel.without import with_dry_month, without_boats, without_water
from layers.months import ALL_MONTHS, months_in
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
    AVAILABILITY = "availability"
    """The availability that the data state for a kind of asset at a site: without it, the method's."""
    NOTICE = "notice"
    """The notice that they state."""
    MISSION_SHARE = "mission_share"
    """The share of surveillance that they state as the mission's own."""
    FLOOD = "flood"
    """That a flood zone is under water in its months."""
    LAKE = "lake"
    BOATS = "boats"
    """The months in which boats pass a river, which stays a barrier."""
    RAIN = "rain"
    """That it rains in one of the months of rain."""


_STATED = {
    Piece.AVAILABILITY: "availability",
    Piece.NOTICE: "notice_min",
    Piece.MISSION_SHARE: "mission_share",
}
"""Columns of assets in which the data may state what else the method says."""

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
    Leave out each piece of an answer, one at a time.

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
    Left out are: each site; all assets of one kind at a site; each road, bridge and ferry; and each
    statement of the data that lets somebody pass or not: a road's closed months, its dyke, its search
    rating; the months in which a site is open; availability, notice and mission share where stated, for
    the method's; each flood zone, each lake, the months in which boats pass each river, each month of rain.
    One at a time: two pieces that stand in for one another change little each. Each change equals that of
    two reviews.

    Without its dyke a road is shut where and when water stands; the ways from its places to the cells around
    stay. What the scenario itself shuts or repairs is not left out. Nor are rivers as barriers: without one,
    other ways lie between the cells on its banks, and all is another network. What crosses them is left out
    piece by piece: bridges, ferries, boats. Surfaces and classes of roads, people and incidents are
    numbers, not statements of yes or no, and belong to draws.
    """
    standing = Standing(prepared, router, apply(scenario, prepared.area, prepared.method))
    objectives = [each.objective_id for each in prepared.objectives]
    regions = [str(unit) for unit in prepared.regions.unit_ids]
    drawing = Lock()

    def left_out(item: Removal) -> WithoutPiece:
        (force, mission), *others = item.change(standing, drawing).tolist()
        own = dict(zip((*objectives, *regions), map(tuple, others), strict=True))
        return WithoutPiece(
            item.piece,
            item.of,
            item.kind,
            force,
            mission,
            by_objective={name: own[name] for name in objectives},
            by_region={name: own[name] for name in regions},
        )

    with ThreadPoolExecutor(cpu_count()) as threads:
        rows = list(threads.map(left_out, pieces(prepared, standing.laydown)))
    rows.sort(key=lambda row: (*(-each for each in row.rank), row.piece, row.of, row.kind))
    return Fragility(
        force=float(standing.headlines[0, 0]),
        mission=float(standing.headlines[0, 1]),
        force_known=standing.delivery.force_known,
        mission_known=not standing.delivery.unknown.any(),
        left_out=tuple(rows),
    )


@dataclass(frozen=True, slots=True)
class Removal:
    """A piece to be left out, and how."""

    piece: Piece
    of: str
    kind: str = ""
    laydown: Callable[[Laydown], Laydown] | None = None
    """Leaves it out of who stands where, over which roads; None if it is a piece of the ground."""
    network: Callable[[Network], Network] | None = None
    """Leaves it out of the ground."""

    def change(self, standing: Standing, drawing: Lock) -> NDArray[np.float64]:
        """
        Return by how much the headlines of `standing` differ without it.

        Parameters
        ----------
        standing
            What is there with it.
        drawing
            Held while shapes are asked: prepared ones must not be by two threads at a time.
        """
        if self.network is not None:
            with drawing:
                over = standing.over(self.network)
            return standing.change(standing.laydown, over)
        return standing.change(standing.laydown if self.laydown is None else self.laydown(standing.laydown))


def pieces(prepared: Prepared, laydown: Laydown) -> list[Removal]:
    """
    Return what can be left out of a laydown.

    Parameters
    ----------
    prepared
        The area.
    laydown
        Who stands where.

    Returns
    -------
    list of Removal
        What takes searches on other minutes comes last: it drives those on today's out of memory.
    """
    roads = list(_of_roads(prepared, laydown))
    late = [each for each in roads if each.piece in {Piece.RATING, Piece.CLOSURE}]
    first = [each for each in roads if each not in late]
    return [*_of_sites(laydown), *first, *late, *_of_ground(prepared)]


def _of_roads(prepared: Prepared, laydown: Laydown) -> Iterator[Removal]:
    roads = prepared.area.roads
    table = laydown.roads.without_loss().apply(prepared.network.roads.table)
    stands = zip(table.road_id, table.search_rated, table.closed_months, strict=True)
    crossings = roads["crossing"].to_dict()
    kept_dry = prepared.network.edges.road[water_at_dykes(prepared.network) > 0]
    on_dykes = set(table.road_id[table.raised & np.isin(np.arange(len(table.road_id)), kept_dry)].tolist())
    for road_id, rated, closed in stands:
        name = str(road_id)
        yield Removal(_CROSSINGS[Crossing(crossings[name])], name, laydown=_roads("close", name))
        if name in on_dykes:
            yield Removal(Piece.DYKE, name, laydown=_roads("lower", name))
        if rated:
            yield Removal(Piece.RATING, name, laydown=_roads("unrate", name))
        if closed:
            yield Removal(Piece.CLOSURE, name, laydown=_roads("reopen", name))


def _of_sites(laydown: Laydown) -> Iterator[Removal]:
    for site_id, months in laydown.sites["months"].items():
        yield Removal(Piece.SITE, str(site_id), laydown=_without_site(str(site_id)))
        if months != ALL_MONTHS:
            yield Removal(Piece.SEASON, str(site_id), laydown=_all_year(str(site_id)))
    for site_id, kind in _held(laydown.assets):
        yield Removal(Piece.ASSET, site_id, kind, laydown=_without_asset(site_id, kind))
    for piece, column in _STATED.items():
        for site_id, kind in _held(laydown.assets[laydown.assets[column].notna()]):
            yield Removal(piece, site_id, kind, laydown=_by_default(site_id, kind, column))


def _held(assets: pd.DataFrame) -> list[tuple[str, str]]:
    """Return sites and kinds of asset, each pair once."""
    return sorted(assets[["site_id", "kind"]].drop_duplicates().itertuples(index=False, name=None))


def _of_ground(prepared: Prepared) -> Iterator[Removal]:
    area, rivers = prepared.area, prepared.area.rivers
    surfaces = [(Piece.LAKE, lake) for lake in area.lakes.index]
    surfaces += [(Piece.FLOOD, zone) for zone in area.flood_zones.index]
    for row, (piece, name) in enumerate(surfaces):
        yield Removal(piece, str(name), network=_without_water(rivers, row))
    for river_id in rivers.index[rivers["navigable_months"] > 0]:
        yield Removal(Piece.BOATS, str(river_id), network=_without_boats(rivers, str(river_id)))
    for month in months_in(prepared.network.rains_months):
        yield Removal(Piece.RAIN, str(month), network=_dry(month))


def _without_water(rivers: gpd.GeoDataFrame, row: int) -> Callable[[Network], Network]:
    return lambda network: without_water(network, rivers, row)


def _without_boats(rivers: gpd.GeoDataFrame, river_id: str) -> Callable[[Network], Network]:
    return lambda network: without_boats(network, rivers, river_id)


def _dry(month: int) -> Callable[[Network], Network]:
    return lambda network: with_dry_month(network, month)


Without = Callable[[Laydown], Laydown]
"""How a piece is left out of a laydown."""


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


def _by_default(site_id: str, kind: str, column: str) -> Without:
    def unstated(laydown: Laydown) -> Laydown:
        own = (laydown.assets["site_id"] == site_id) & (laydown.assets["kind"] == kind)
        values = laydown.assets[column].mask(own)
        return replace(laydown, assets=laydown.assets.assign(**{column: values}))

    return unstated


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
