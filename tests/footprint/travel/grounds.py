"""Grounds small enough to draw: cells of 5 km from (0, 0) northwards and eastwards, coordinates in km."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import box

from footprint.method import Travel, default_method
from footprint.travel.connectors import Connector, join
from footprint.travel.network import Network, build_network
from footprint.travel.profiles import Profile
from footprint.travel.reach import reach
from footprint.travel.road_state import RoadState
from footprint.travel.weights import Weights, arc_minutes
from layers.grid import make_grid
from layers.months import months_mask
from tests.worlds import METRES, frame, make_rivers, make_roads

Point = tuple[float, float]
Boxes = Mapping[str, tuple[str, tuple[float, float, float, float]]]

TRAVEL: Travel = default_method().travel
DRY, WET = 1, 7
"""January; July, which has the factors of the rains."""
AS_IS = RoadState()


def make_ground(
    roads: Mapping[str, Sequence[Point]] | None = None,
    *,
    size: Point = (50, 25),
    rivers: Mapping[str, Sequence[Point]] | None = None,
    navigable: str = "all",
    lakes: Mapping[str, tuple[float, float, float, float]] | None = None,
    flood: Boxes | None = None,
    **columns: Mapping[str, Any],
) -> Network:
    """Return the network of a ground; `columns` overrides facts by road, which is a paved trunk else."""
    pools, zones = lakes or {}, flood or {}
    return build_network(
        make_grid(_box((0, 0, *size)), METRES, cell_m=5000),
        make_roads(roads or {}, **columns),
        make_rivers(rivers or {}, navigable),
        frame(
            {"lake_id": list(pools), "name": list(pools)},
            "lake_id",
            [_box(sides) for sides in pools.values()],
        ),
        frame(
            {
                "zone_id": list(zones),
                "name": list(zones),
                "months": np.array([months_mask(months) for months, _ in zones.values()], int),
            },
            "zone_id",
            [_box(sides) for _, sides in zones.values()],
        ),
        rains_months=RAINS,
    )


RAINS = months_mask("6-9")
"""Months of rain of every ground."""


def weigh(
    network: Network, profile: Profile = Profile.CIVIL, month: int = DRY, state: RoadState = AS_IS
) -> Weights:
    """Return minutes along arcs with the method's defaults."""
    return arc_minutes(network, profile, month, TRAVEL, state)


def access(network: Network, at: Point) -> Connector:
    """Return how a place [km] joins the network."""
    return join(network, at[0] * 1000, at[1] * 1000, TRAVEL)


def minutes_map(
    network: Network, weights: Weights, at: Point, limit_min: float = np.inf
) -> NDArray[np.float32]:
    """Return minutes from a place [km] to every cell as drawn, rows from the north, inf if not reached."""
    found = reach(network, weights, access(network, at), limit_min)
    return np.asarray(network.grid.raster(found.dense(network.grid.n_cells), np.inf))


def _box(sides: tuple[float, ...]) -> Any:
    return box(*(1000 * side for side in sides))
