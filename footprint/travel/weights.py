"""How many minutes does each arc take, for one profile, month, method and state of the roads?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from footprint.travel.kernel import Arcs, make_arcs
from footprint.travel.lines import densify
from footprint.travel.months import MonthGroups
from footprint.travel.profiles import ESCORTED, Profile, off_road_kmh, rated_roads, road_kmh, street_kmh
from footprint.travel.rated import rated_shares
from footprint.travel.runs import ROAD_EDGE_CELLS
from layers.months import in_month, months_in
from layers.roads import Crossing

if TYPE_CHECKING:
    from footprint.method import Travel
    from footprint.travel.network import Network
    from footprint.travel.road_state import RoadState
    from footprint.travel.roads import RoadTable

_TOUCHED = 1e-6
"""Share of an edge on rated ground from which the edge is rated: less is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Minutes along every arc, and the speeds of the legs by which sites join the network."""

    profile: Profile
    months: int
    """Months these minutes hold for, bit m-1 for m: a whole group of months alike."""
    arcs: Arcs
    """The network's arcs with their minutes, inf where shut."""
    last_min: NDArray[np.float32]
    """Minutes of each link as a last leg, from a road to where somebody stops, inf where shut; (n_links,)."""
    off_road_kmh: float
    street_kmh: float
    street_m: float
    """How much of a last leg goes at street speed [m]; the rest goes across country."""
    key: str
    """Equal keys mean equal minutes; months alike in every respect share one."""

    @property
    def month(self) -> int:
        """One of the months these minutes hold for (1-12), the first."""
        return months_in(self.months)[0]

    @property
    def nbytes(self) -> int:
        """Memory of its own [bytes]."""
        return int(self.arcs.minutes.nbytes + self.last_min.nbytes)

    def leg_minutes(self, length_m: NDArray[np.floating]) -> NDArray[np.float32]:
        """Return the minutes of last legs on unrated ground: by street as far as streets go, then across."""
        return _leg_minutes(length_m, (self.street_kmh, self.off_road_kmh), self.street_m)


def arc_minutes(
    network: Network,
    profile: Profile,
    month: int,
    travel: Travel,
    state: RoadState,
    *,
    unrated_only: bool = False,
) -> Weights:
    """
    Give the minutes along every arc.

    Parameters
    ----------
    network
        What can be travelled.
    profile
        Way of travelling; not the helicopter.
    month
        1-12.
    travel
        Speeds, factors and waits.
    state
        Changes to roads.
    unrated_only
        Shut every edge on rated ground: the way of whoever has no escort.

    Returns
    -------
    Weights
        Minutes per arc, float32, of `month` and all months like it; inf where the arc is shut then.

    Raises
    ------
    ScenarioError
        If `state` names a road that is not there.

    Notes
    -----
    Land profiles pass no edge under water and no move across a barrier river. A boat team
    goes at boat speed where it floats the whole way (navigable reaches in their months,
    moves between two cells under water), across rivers too; everywhere else it walks.
    Open country near a rated road is rated too: an edge partly on it is held to search speed for its
    share of it, and any part makes it rated. Links go at the speed of open country, but at street speed
    where they are the last leg, as far as streets go: nobody passes along a closed road from link to
    link. Last legs by street however long made the reach depend on the cells: those of 10 km gave half
    as much community liaison again as those of 2.5 km.
    """
    rains = in_month(network.rains_months, month)
    roads, groups = state.apply(network.roads.table), network_months(network, state)
    edges, starts = network.edges, network.edges.starts
    across_kmh, last_kmh = (speed(profile, travel, rains=rains) for speed in (off_road_kmh, street_kmh))
    minutes = edges.length_m * np.float32(0.06 / across_kmh)
    road_part, moves = slice(starts.roads, starts.moves), slice(starts.moves, starts.links)
    minutes[road_part] = _road_minutes(network, roads, (profile, month), travel)
    minutes[road_part][_off_dyke(network, state, month)] = np.inf
    land, rivers = slice(starts.moves, starts.reaches), slice(starts.reaches, starts.end)
    if profile is Profile.BOAT:
        afloat = _in(edges.afloat, month)
        minutes[afloat] = edges.length_m[afloat] * np.float32(0.06 / travel.boat_kmh)
        minutes[moves][edges.crosses & ~afloat[moves]] = np.inf
        minutes[rivers][_in(edges.shut[rivers], month)] = np.inf
    else:
        minutes[land][_in(edges.shut[land], month)] = np.inf
        minutes[moves][edges.crosses] = np.inf
        minutes[rivers] = np.inf
    beside = rated_shares(network, rated_roads(roads, profile), travel.rated_ground_km)
    rated = np.concatenate([rated_roads(roads, profile)[edges.road], beside > _TOUCHED])
    slowest = travel.searched_cap_kmh if profile in ESCORTED else np.inf
    if across_kmh > slowest:
        minutes[land] += _slowed(edges.length_m[land], beside, across_kmh, slowest)
    if unrated_only:
        minutes[: len(rated)][rated] = np.inf
    links = slice(starts.links, starts.reaches)
    last_m, street_m = edges.length_m[links], travel.street_leg_km * 1000.0
    last_min = _leg_minutes(last_m, (last_kmh, across_kmh), street_m)
    # Each part of a leg is held to search speed, not their mean: else a long one would not be slowed.
    searched_min = _leg_minutes(last_m, (min(last_kmh, slowest), min(across_kmh, slowest)), street_m)
    return Weights(
        profile=profile,
        months=groups.mask(groups.group(month)),
        arcs=make_arcs(network.indptr, network.indices, np.take(minutes, network.arc_edge)),
        last_min=np.where(
            np.isinf(minutes[links]),
            np.float32(np.inf),
            last_min + beside[starts.links - starts.moves :] * (searched_min - last_min),
        ),
        off_road_kmh=across_kmh,
        street_kmh=last_kmh,
        street_m=street_m,
        key=weights_key(network, profile, month, travel, state, unrated_only=unrated_only),
    )


def with_loss(network: Network, free: Weights, state: RoadState, months: int, key: str) -> Weights:
    """
    Give the minutes along every arc under closures and without dykes taken away, from those before.

    Parameters
    ----------
    network
        What can be travelled.
    free
        Minutes under `state.without_loss()`, in one of the months.
    state
        With closures, or dykes taken away.
    months
        Months these minutes hold for, bit m-1 for m: a whole group of months alike.
    key
        Name of the content, by `weights_key`.

    Returns
    -------
    Weights
        As `arc_minutes` would give, but for the bound on the longest arc, which only sizes queues.
    """
    month = months_in(months)[0]
    table, minutes = network.roads.table, free.arcs.minutes.copy()
    shut = state.shut(table, month)[network.edges.road] | _off_dyke(network, state, month)
    arcs = _road_arcs(network)
    minutes[arcs[shut[network.arc_edge[arcs]]]] = np.inf
    return replace(free, months=months, arcs=free.arcs._replace(minutes=minutes), key=key)


def _off_dyke(network: Network, state: RoadState, month: int) -> NDArray[np.bool_]:
    """Tell which road edges are under water in a month because their dyke is taken away."""
    if not state.lowered:
        return np.zeros(len(network.edges.road), bool)
    return state.off_dyke(network.roads.table)[network.edges.road] & _in(water_at_dykes(network), month)


@lru_cache(maxsize=4)
def water_at_dykes(network: Network) -> NDArray[np.uint16]:
    """
    Return the months in which each road edge would be under water without a dyke.

    Returns
    -------
    ndarray
        Bit m-1 for m, shape (n_road_edges,); bridges and ferries are never under water.
    """
    table, noded = network.roads.table, network.roads.noded
    months = network.edges.shut[: len(network.edges.road)].copy()
    on_dyke = (table.raised & (table.crossing == Crossing.NONE))[network.edges.road]
    if on_dyke.any():
        # The same edges in the same order as the network's own, which keeps no lines of them.
        whole = table.crossing[noded.line] == Crossing.FERRY
        lines = densify(noded, ROAD_EDGE_CELLS * network.grid.cell_m, whole=whole).geometry
        months[on_dyke] = network.waters.wet_months(lines[on_dyke])
    return months


@lru_cache(maxsize=4)
def _road_arcs(network: Network) -> NDArray[np.int64]:
    """Return the arcs that run along roads, ascending."""
    return np.flatnonzero(network.arc_edge < len(network.edges.road))


def _leg_minutes(
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


def weights_key(
    network: Network,
    profile: Profile,
    month: int,
    travel: Travel,
    state: RoadState,
    *,
    unrated_only: bool = False,
) -> str:
    """
    Name the content of `arc_minutes` without reckoning it.

    Parameters
    ----------
    network, profile, month, travel, state, unrated_only
        As for `arc_minutes`.

    Returns
    -------
    str
        Two months have one key if rains, closures and waters are the same in both.
    """
    groups = network_months(network, state)
    first = groups.first[groups.group(month)]
    if profile not in ESCORTED and not unrated_only:
        # Ratings slow nobody else down.
        state = state.without_ratings()
    content = (network.digest, profile.value, first, canonical(travel), state, unrated_only)
    return hashlib.blake2b(repr(content).encode(), digest_size=16).hexdigest()


def network_months(network: Network, state: RoadState) -> MonthGroups:
    """Return the months alike for every edge and leg: rains, closures, waters and navigable reaches."""
    masks = {network.rains_months, *(months for _, months in state.closed)}
    masks |= set(np.unique(network.roads.table.closed_months).tolist())
    if state.lowered:
        masks |= set(np.unique(water_at_dykes(network)).tolist())
    return MonthGroups.alike(masks | set(network.masks))


def _road_minutes(
    network: Network, roads: RoadTable, when: tuple[Profile, int], travel: Travel
) -> NDArray[np.float32]:
    """Return minutes along each road edge, inf where the road is closed or under water."""
    profile, month = when
    edges = network.edges
    count = edges.starts.moves - edges.starts.roads
    rains = in_month(network.rains_months, month)
    kmh = road_kmh(roads, profile, travel, rains=rains)[edges.road]
    minutes = edges.length_m[:count] * 0.06 / kmh + edges.wait_share * travel.ferry_wait_min
    closed = _in(roads.closed_months, month)[edges.road]
    wet = _in(edges.shut[:count], month) & ~roads.raised[edges.road]
    minutes[closed | wet] = np.inf
    return minutes.astype(np.float32)


def _in(masks: NDArray[np.uint16], month: int) -> NDArray[np.bool_]:
    """Tell which sets of months hold `month`, in the shape of `masks`."""
    return np.asarray((masks >> (month - 1) & 1) == 1)


def canonical(travel: Travel) -> str:
    """Return speeds as text that does not depend on the order of mappings."""
    values = {name: getattr(travel, name) for name in travel.__slots__}
    return repr([(k, sorted(v.items()) if hasattr(v, "items") else v) for k, v in sorted(values.items())])
