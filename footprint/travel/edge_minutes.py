"""How many minutes do some edges take, each by itself? Roads, open country, rivers and last legs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from footprint.travel.lines import Dense
from footprint.travel.profiles import ESCORTED, Profile, off_road_kmh, rated_roads, road_kmh, street_kmh
from footprint.travel.rated import rated_shares
from footprint.travel.runs import ROAD_EDGE_CELLS, dense_roads
from layers.months import in_month
from layers.roads import Crossing

if TYPE_CHECKING:
    from footprint.method import Travel
    from footprint.travel.network import Network
    from footprint.travel.road_state import RoadState
    from footprint.travel.roads import RoadTable

_TOUCHED = 1e-6
"""Share of an edge on rated ground from which the edge is rated: less is rounding."""


Selection = slice | NDArray[np.int64]
"""Some edges, by number: a slice spares copies."""


@dataclass(frozen=True, slots=True, eq=False)
class EdgePart:
    """Edges whose minutes are asked for, by number, sort by sort."""

    roads: Selection
    country: Selection
    """Moves and links."""
    rivers: Selection
    """Reaches and landings."""


@dataclass(frozen=True, slots=True, eq=False)
class PartMinutes:
    """Minutes along some edges, and of the links among them as last legs."""

    minutes: NDArray[np.float32]
    last_min: NDArray[np.float32]
    off_road_kmh: float
    street_kmh: float


def all_edges(network: Network) -> EdgePart:
    """Return all edges of a network."""
    starts = network.edges.starts
    return EdgePart(
        slice(starts.roads, starts.moves),
        slice(starts.moves, starts.reaches),
        slice(starts.reaches, starts.end),
    )


def minutes_on(
    network: Network,
    when: tuple[Profile, int],
    travel: Travel,
    state: RoadState,
    at: EdgePart,
    *,
    unrated_only: bool,
) -> PartMinutes:
    """Return the minutes along some edges, edge by edge: whichever others are asked for changes nothing."""
    profile, month = when
    rains, edges = in_month(network.rains_months, month), network.edges
    roads = state.apply(network.roads.table)
    across_kmh, last_kmh = (speed(profile, travel, rains=rains) for speed in (off_road_kmh, street_kmh))
    on_roads = _road_minutes(network, roads, when, travel, at.roads)
    on_roads[off_dyke(network, state, month)[at.roads]] = np.inf
    if profile is Profile.BOAT:
        afloat = in_months(edges.afloat[at.roads], month)
        on_roads[afloat] = edges.length_m[at.roads][afloat] * np.float32(0.06 / travel.boat_kmh)
    rated = rated_roads(roads, profile)
    beside = rated_shares(network.drawn, rated, travel.rated_ground_km, _country(at, edges.starts.moves))
    slowest = travel.searched_cap_kmh if profile in ESCORTED else np.inf
    across = _country_minutes(network, when, travel, at.country, across_kmh)
    length_m, links = edges.length_m[at.country], _links_among(network, at.country)
    if across_kmh > slowest:
        across += _slowed(length_m, beside, across_kmh, slowest)
    if unrated_only:
        on_roads[rated[edges.road[at.roads]]] = np.inf
        across[beside > _TOUCHED] = np.inf
    last_m, street_m = length_m[links], travel.street_leg_km * 1000.0
    last_min = leg_minutes(last_m, (last_kmh, across_kmh), street_m)
    # Each part of a leg is held to search speed, not their mean: else a long one would not be slowed.
    searched_min = leg_minutes(last_m, (min(last_kmh, slowest), min(across_kmh, slowest)), street_m)
    last_min = last_min + beside[links] * (searched_min - last_min)
    return PartMinutes(
        minutes=np.concatenate([on_roads, across, _river_minutes(network, when, travel, at.rivers)]),
        last_min=np.where(np.isinf(across[links]), np.float32(np.inf), last_min),
        off_road_kmh=across_kmh,
        street_kmh=last_kmh,
    )


def _country(at: EdgePart, first: int) -> NDArray[np.int64] | None:
    """Return moves and links counted from the first move; None for all."""
    return None if isinstance(at.country, slice) else at.country - first


def _links_among(network: Network, at: Selection) -> Selection:
    """Return which of some moves and links are links, by place."""
    starts = network.edges.starts
    if isinstance(at, slice):
        return slice(starts.links - starts.moves, starts.reaches - starts.moves)
    return np.flatnonzero(at >= starts.links)


def _country_minutes(
    network: Network, when: tuple[Profile, int], travel: Travel, at: Selection, across_kmh: float
) -> NDArray[np.float32]:
    """Return minutes along moves and links on unrated ground, inf where there is no way."""
    (profile, month), edges = when, network.edges
    minutes = edges.length_m[at] * np.float32(0.06 / across_kmh)
    crosses = np.zeros(edges.starts.reaches - edges.starts.moves, bool)
    crosses[: len(edges.crosses)] = edges.crosses
    crosses = crosses if isinstance(at, slice) else crosses[at - edges.starts.moves]
    if profile is Profile.BOAT:
        afloat = in_months(edges.afloat[at], month)
        minutes[afloat] = edges.length_m[at][afloat] * np.float32(0.06 / travel.boat_kmh)
        minutes[crosses & ~afloat] = np.inf
    else:
        minutes[in_months(edges.shut[at], month) | crosses] = np.inf
    return minutes


def _river_minutes(
    network: Network, when: tuple[Profile, int], travel: Travel, at: Selection
) -> NDArray[np.float32]:
    """Return minutes along reaches and landings: for boats alone, in their months."""
    (profile, month), edges = when, network.edges
    length_m = edges.length_m[at]
    if profile is not Profile.BOAT:
        return np.full(len(length_m), np.inf, np.float32)
    across_kmh = off_road_kmh(profile, travel, rains=in_month(network.rains_months, month))
    afloat = in_months(edges.afloat[at], month)
    kmh = (np.float32(0.06 / travel.boat_kmh), np.float32(0.06 / across_kmh))
    minutes = np.where(afloat, length_m * kmh[0], length_m * kmh[1])
    return np.where(in_months(edges.shut[at], month), np.float32(np.inf), minutes)


def _road_minutes(
    network: Network, roads: RoadTable, when: tuple[Profile, int], travel: Travel, at: Selection
) -> NDArray[np.float32]:
    """Return minutes along road edges, inf where the road is closed or under water."""
    profile, month = when
    edges = network.edges
    road = edges.road[at]
    rains = in_month(network.rains_months, month)
    kmh = road_kmh(roads, profile, travel, rains=rains)[road]
    minutes = edges.length_m[at] * 0.06 / kmh + edges.wait_share[at] * travel.ferry_wait_min
    closed = in_months(roads.closed_months, month)[road]
    wet = in_months(edges.shut[at], month) & ~roads.raised[road]
    minutes[closed | wet] = np.inf
    return minutes.astype(np.float32)


def in_months(masks: NDArray[np.uint16], month: int) -> NDArray[np.bool_]:
    """Tell which sets of months hold `month`, in the shape of `masks`."""
    return np.asarray((masks >> (month - 1) & 1) == 1)


def off_dyke(network: Network, state: RoadState, month: int) -> NDArray[np.bool_]:
    """Tell which road edges are under water in a month because their dyke is taken away."""
    if not state.lowered:
        return np.zeros(len(network.edges.road), bool)
    return state.off_dyke(network.roads.table)[network.edges.road] & in_months(water_at_dykes(network), month)


@lru_cache(maxsize=4)
def road_lines(network: Network) -> Dense:
    """Return the edges of roads as lines, in the order of the network's own, which keeps none of them."""
    return dense_roads(network.roads, ROAD_EDGE_CELLS * network.grid.cell_m)


@lru_cache(maxsize=4)
def water_at_dykes(network: Network) -> NDArray[np.uint16]:
    """
    Return the months in which each road edge would be under water without a dyke.

    Returns
    -------
    ndarray
        Bit m-1 for m, shape (n_road_edges,); bridges and ferries are never under water.
    """
    table = network.roads.table
    months = network.edges.shut[: len(network.edges.road)].copy()
    on_dyke = (table.raised & (table.crossing == Crossing.NONE))[network.edges.road]
    if on_dyke.any():
        months[on_dyke] = network.waters.wet_months(road_lines(network.drawn).geometry[on_dyke])
    return months


def leg_minutes(
    length_m: NDArray[np.floating], kmh: tuple[float, float], street_m: float
) -> NDArray[np.float32]:
    """Return the minutes of legs by street, as far as streets go, and then across country."""
    by_street = np.minimum(length_m, street_m)
    minutes = by_street * (0.06 / kmh[0]) + (length_m - by_street) * (0.06 / kmh[1])
    return np.asarray(minutes, dtype=np.float32)


def _slowed(
    length_m: NDArray[np.float32],
    share: NDArray[np.float32],
    kmh: float,
    most_kmh: float,
) -> NDArray[np.float32]:
    """Return the minutes that edges lose where they are held to `most_kmh` on a share of their length."""
    return length_m * share * np.float32(0.06 / min(kmh, most_kmh) - 0.06 / kmh)
