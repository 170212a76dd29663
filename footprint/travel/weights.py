"""How many minutes does each arc take, for one profile, month, method and state of the roads?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from footprint.travel.edge_minutes import (
    EdgePart,
    all_edges,
    leg_minutes,
    minutes_on,
    off_dyke,
    water_at_dykes,
)
from footprint.travel.kernel import Arcs, make_arcs
from footprint.travel.months import MonthGroups
from footprint.travel.profiles import ESCORTED, Profile
from footprint.travel.rated import ends_of
from layers.months import months_in

if TYPE_CHECKING:
    from footprint.method import Travel
    from footprint.travel.network import Network
    from footprint.travel.road_state import RoadState


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
        return leg_minutes(length_m, (self.street_kmh, self.off_road_kmh), self.street_m)


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
    groups = network_months(network, state)
    part = minutes_on(network, (profile, month), travel, state, all_edges(network), unrated_only=unrated_only)
    return Weights(
        profile=profile,
        months=groups.mask(groups.group(month)),
        arcs=make_arcs(network.indptr, network.indices, np.take(part.minutes, network.arc_edge)),
        last_min=part.last_min,
        off_road_kmh=part.off_road_kmh,
        street_kmh=part.street_kmh,
        street_m=travel.street_leg_km * 1000.0,
        key=weights_key(network, profile, month, travel, state, unrated_only=unrated_only),
    )


def with_edges(
    network: Network,
    before: Weights,
    travel: Travel,
    state: RoadState,
    edges: NDArray[np.int64],
    *,
    unrated_only: bool = False,
) -> Weights:
    """
    Give the minutes along every arc where those before hold but for some edges.

    Parameters
    ----------
    network
        What can be travelled: `before` may be of another with the same edges, drawn the same.
    before
        Minutes by the same profile in the same month, whether off rated ground or not.
    travel, state, unrated_only
        As for `arc_minutes`; nothing is shut by `state` itself.
    edges
        Edges that may take another time, by number, ascending.

    Returns
    -------
    Weights
        As `arc_minutes` would give, but for the bound on the longest arc, which only sizes queues.
    """
    month, starts = before.month, network.edges.starts
    road, land, end = np.searchsorted(edges, [starts.moves, starts.reaches, starts.end])
    country = edges[road:land]
    at = EdgePart(edges[:road], country, edges[land:end])
    part = minutes_on(network, (before.profile, month), travel, state, at, unrated_only=unrated_only)
    minutes, last_min = before.arcs.minutes.copy(), before.last_min.copy()
    minutes[arcs_of(network.drawn)[edges]] = part.minutes[:, None]
    links = country[country >= starts.links]
    last_min[links - starts.links] = part.last_min
    longest = np.max(part.minutes, initial=before.arcs.longest_min, where=np.isfinite(part.minutes))
    return replace(
        before,
        arcs=before.arcs._replace(minutes=minutes, longest_min=np.float32(longest)),
        last_min=last_min,
        key=weights_key(network, before.profile, month, travel, state, unrated_only=unrated_only),
    )


@lru_cache(maxsize=4)
def arcs_of(network: Network) -> NDArray[np.int64]:
    """Return the two arcs of every edge, shape (n_edges, 2)."""
    return np.argsort(network.arc_edge, kind="stable").reshape(-1, 2)


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
    shut = state.shut(table, month)[network.edges.road] | off_dyke(network, state, month)
    arcs = _road_arcs(network.drawn)
    minutes[arcs[shut[network.arc_edge[arcs]]]] = np.inf
    return replace(free, months=months, arcs=free.arcs._replace(minutes=minutes), key=key)


def differing_nodes(
    network: Network, months: tuple[int, int], state: RoadState, *, afloat: bool
) -> NDArray[np.bool_]:
    """
    Return the nodes at which some edge takes another time in one month than in another, shape (n_nodes,).

    Parameters
    ----------
    network, state
        What can be travelled; nothing is shut by `state` itself.
    months
        Two months (1-12) of rain, or two without.
    afloat
        Whether for boats; else for whoever goes by land.
    """
    edges, one, other = network.edges, *(month - 1 for month in months)
    land = slice(0, edges.starts.reaches)
    differs = np.zeros(edges.starts.end, bool)
    if afloat:
        differs |= (edges.afloat >> one ^ edges.afloat >> other) & 1 == 1
        land = slice(0, edges.starts.moves)
        rivers = edges.shut[edges.starts.reaches :]
        differs[edges.starts.reaches :] |= (rivers >> one ^ rivers >> other) & 1 == 1
    differs[land] |= (edges.shut[land] >> one ^ edges.shut[land] >> other) & 1 == 1
    closed = state.apply(network.roads.table).closed_months[edges.road]
    differs[: len(closed)] |= (closed >> one ^ closed >> other) & 1 == 1
    nodes = np.zeros(network.n_nodes, bool)
    nodes[ends_of(network.drawn, np.flatnonzero(differs))] = True
    return nodes


@lru_cache(maxsize=4)
def _road_arcs(network: Network) -> NDArray[np.int64]:
    """Return the arcs that run along roads, ascending."""
    return np.flatnonzero(network.arc_edge < len(network.edges.road))


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


def canonical(travel: Travel) -> str:
    """Return speeds as text that does not depend on the order of mappings."""
    values = {name: getattr(travel, name) for name in travel.__slots__}
    return repr([(k, sorted(v.items()) if hasattr(v, "items") else v) for k, v in sorted(values.items())])
