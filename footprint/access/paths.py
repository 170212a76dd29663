"""Paths: how many kilometres is each cell from a place over land, by the shortest way, and is there one?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from footprint.travel.connectors import Connector, last_legs, sources
from footprint.travel.profiles import Profile
from footprint.travel.reach import Reach, components, reach
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router
from footprint.travel.weights import Weights

_KMH = 60.0
"""At this speed a kilometre takes one minute, so that a search by minutes is one by kilometres [km/h]."""


@dataclass(frozen=True, slots=True, eq=False)
class LandWays:
    """Every way over land with its length, and what is joined by them."""

    weights: Weights = field(repr=False)
    """Of the patrol profile, with kilometres in place of minutes."""
    part: NDArray[np.int32] = field(repr=False)
    """For each node the lowest node it is joined to, shape (n_nodes,)."""

    @property
    def nbytes(self) -> int:
        """Memory of its own [bytes]."""
        return self.weights.nbytes + int(self.part.nbytes)


def land_ways(router: Router) -> LandWays:
    """
    Return every way over land with its length; kept with the searches.

    Parameters
    ----------
    router
        Searches over the area.

    Notes
    -----
    Roads, ferries and open country count alike, each by its length: nothing is slow, and nothing is
    rated. Open is what is open to the profile `patrol`, and so to whoever goes by land, on the undisturbed
    network (nothing closed, nothing repaired) in its driest month. Barrier rivers and lakes are crossed
    by bridges, ferries and fords alone; boats do not count.
    """
    network = router.network

    def make() -> LandWays:
        dry = router.weights(Profile.PATROL, network.driest_month, RoadState().undisturb())
        length_km = network.edges.length_m * np.float32(0.001)
        shut, starts = np.isinf(dry.arcs.minutes), network.edges.starts
        km = np.where(shut, np.float32(np.inf), length_km[network.arc_edge])
        weights = replace(
            dry,
            arcs=dry.arcs._replace(minutes=km, longest_min=np.float32(km.max(initial=0.001, where=~shut))),
            last_min=np.where(
                np.isinf(dry.last_min), np.float32(np.inf), length_km[starts.links : starts.reaches]
            ),
            off_road_kmh=_KMH,
            street_kmh=_KMH,
            key=f"{dry.key} in km",
        )
        return LandWays(weights, components(weights))

    made = router.further.get(("land ways", network.digest), make)
    if not isinstance(made, LandWays):
        raise TypeError(f"{made!r} is kept where ways belong")
    return made


def path_km(router: Router, connector: Connector, far_km: float) -> NDArray[np.float32]:
    """
    Return how far each cell's centre is from a place by the shortest way over land.

    Parameters
    ----------
    router
        Searches over the area; this one is kept there too.
    connector
        How the place joins the network.
    far_km
        How far to search [km], inclusive to a metre.

    Returns
    -------
    ndarray
        Kilometres, inf beyond `far_km` and where no way leads, shape (n_cells,). See `land_ways`.
    """
    network = router.network

    def make() -> Reach:
        return reach(network, land_ways(router).weights, connector, far_km)

    made = router.further.get(("path km", connector.key, far_km), make)
    if not isinstance(made, Reach):
        raise TypeError(f"{made!r} is kept where a search belongs")
    return made.dense(network.grid.n_cells)


def joined_by_land(router: Router, connector: Connector) -> NDArray[np.bool_]:
    """Return to which cells any way over land leads from a place, however long, shape (n_cells,)."""
    network, ways = router.network, land_ways(router)
    starts = sources(connector, ways.weights).nodes
    joined = np.isin(ways.part[network.cell_node], ways.part[starts])
    joined[last_legs(connector, ways.weights, network.node_cell)[0]] = True
    return joined
