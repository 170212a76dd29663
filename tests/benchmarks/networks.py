"""Invented networks of any size, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import Delaunay
from shapely import LineString, box

from footprint.travel.network import Network, build_network
from layers.grid import make_grid
from layers.months import ALL_MONTHS, months_mask

METRES = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")
_SPEEDS_KMH = np.array([80.0, 60.0, 45.0, 30.0, 18.0])
_SPEED_SHARES = [0.05, 0.1, 0.15, 0.3, 0.4]
_MEAN_DEGREE = 2.5
_WIDTH_M, _HEIGHT_M = 1_400_000.0, 1_700_000.0


@dataclass(frozen=True, slots=True, eq=False)
class RoadsOnly:
    """A road network the size of a country's, in the order in which a provider would deliver it."""

    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    matrix: csr_matrix
    """Minutes between neighbours, both ways."""

    def renumbered(self, order: NDArray[np.int64]) -> RoadsOnly:
        """Return the same network with nodes in another order."""
        return RoadsOnly(self.x_m[order], self.y_m[order], self.matrix[order][:, order].sorted_indices())


def roads_only(n_nodes: int, seed: int = 0) -> RoadsOnly:
    """
    Invent a road network of `n_nodes` nodes: half junctions, half points along roads.

    Junctions lie half in settlements, half in the country, denser in the south; they are
    joined by the shortest spanning tree and short further roads up to 2.5 ends a node.
    """
    random = np.random.default_rng(seed)
    junctions = n_nodes // 2
    x_m, y_m = _junctions(random, junctions)
    tail, head, length_m = _joined(random, x_m, y_m, int(_MEAN_DEGREE / 2 * n_nodes) - (n_nodes - junctions))
    minutes = length_m * 1.25 / 1000 / random.choice(_SPEEDS_KMH, len(tail), p=_SPEED_SHARES) * 60
    edge = random.permutation(np.arange(n_nodes - junctions) % len(tail))
    parts = np.bincount(edge, minlength=len(tail)) + 1
    road = np.repeat(np.arange(len(tail)), parts)
    number = np.arange(len(road)) - np.repeat(np.cumsum(parts) - parts, parts)
    inner = number > 0
    new = junctions + np.cumsum(inner) - 1
    start = np.where(inner, new, tail[road])
    stop = np.where(number == parts[road] - 1, head[road], np.r_[start[1:], 0])
    share = (number / parts[road])[inner]
    along_x = x_m[tail[road]][inner] * (1 - share) + x_m[head[road]][inner] * share
    along_y = y_m[tail[road]][inner] * (1 - share) + y_m[head[road]][inner] * share
    each = np.maximum((minutes / parts)[road], 1e-3).astype(np.float32).astype(np.float64)
    matrix = coo_matrix(
        (np.r_[each, each], (np.r_[start, stop], np.r_[stop, start])), shape=(n_nodes, n_nodes)
    )
    shuffled = random.permutation(n_nodes)
    return RoadsOnly(np.r_[x_m, along_x], np.r_[y_m, along_y], matrix.tocsr()).renumbered(shuffled)


def country(n_cells: int, seed: int = 0) -> Network:
    """
    Invent a country of about `n_cells` cells of 5 km with roads, two rivers, bridges and a flood.

    Roads are as dense as on the main network of a large, thinly peopled country: a town for
    every 150 cells, joined to its neighbours.
    """
    random = np.random.default_rng(seed)
    side_m = np.ceil(np.sqrt(n_cells)) * 5000.0
    towns = random.uniform(0.01, 0.99, (max(n_cells // 150, 8), 2)) * side_m
    tail, head, _ = _joined(random, towns[:, 0], towns[:, 1], int(1.6 * len(towns)))
    words = {
        "road_class": random.choice(["trunk", "primary", "secondary", "tertiary", "track"], len(tail)),
        "surface": random.choice(["paved", "unpaved"], len(tail), p=[0.3, 0.7]),
    }
    lines = [_winding(random, towns[a], towns[b]) for a, b in zip(tail, head, strict=True)]
    roads = gpd.GeoDataFrame(
        {
            "name": "",
            "smoothness": "good",
            "crossing": "none",
            "raised": False,
            "search_rated": random.random(len(tail)) < 0.2,
            "closed_months": 0,
            "length_km": np.nan,
            "stated_min": np.nan,
            **words,
        },
        geometry=lines,
        crs=METRES,
        index=[f"r{i:07}" for i in range(len(tail))],
    )
    bends = np.linspace(0, side_m, 400)
    rivers = [
        LineString(np.stack([bends, side_m * (share + 0.03 * np.sin(bends / side_m * 11))], axis=1))
        for share in (0.35, 0.6)
    ]
    return build_network(
        make_grid(box(0, 0, side_m, side_m), METRES, cell_m=5000),
        roads,
        _frame("river", rivers, barrier=[True, True], navigable_months=[ALL_MONTHS, months_mask("7-2")]),
        _frame("lake", [box(*(side_m * np.array([0.1, 0.1, 0.13, 0.12])))]),
        _frame("zone", [box(*(side_m * np.array([0.3, 0.5, 0.4, 0.6])))], months=[months_mask("9-12")]),
        rains_months=months_mask("6-9"),
    )


def _frame(kind: str, shapes: list[object], **columns: list[object]) -> gpd.GeoDataFrame:
    """Return a layer of waters."""
    names = [f"{kind}{i}" for i in range(len(shapes))]
    return gpd.GeoDataFrame({"name": names, **columns}, geometry=shapes, crs=METRES, index=names)


def _junctions(random: np.random.Generator, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scatter junctions, half of them in settlements."""
    settlements = max(20, count // 300)
    centre_x, centre_y = random.random(settlements) * _WIDTH_M, random.random(settlements) ** 2 * _HEIGHT_M
    inside = random.integers(0, settlements, count // 2)
    rural = count - len(inside)
    x_m = np.r_[centre_x[inside] + random.normal(0, 1500, len(inside)), random.random(rural) * _WIDTH_M]
    y_m = np.r_[
        centre_y[inside] + random.normal(0, 1500, len(inside)), random.random(rural) ** 1.7 * _HEIGHT_M
    ]
    return x_m, y_m


def _joined(
    random: np.random.Generator, x_m: NDArray[np.float64], y_m: NDArray[np.float64], n_roads: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Join points by the shortest spanning tree and further short roads, `n_roads` in all."""
    corners = Delaunay(np.stack([x_m, y_m], axis=1)).simplices
    pairs = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1)
    pairs = np.unique(pairs, axis=0).astype(np.int64)
    tail, head = pairs.T
    length_m = np.hypot(x_m[tail] - x_m[head], y_m[tail] - y_m[head]) + 1.0
    tree = minimum_spanning_tree(coo_matrix((length_m, (tail, head)), shape=(len(x_m),) * 2).tocsr()).tocoo()
    code = np.sort(np.minimum(tree.row, tree.col) * np.int64(len(x_m)) + np.maximum(tree.row, tree.col))
    in_tree = np.isin(tail * len(x_m) + head, code)
    rest = np.flatnonzero(~in_tree)
    further = rest[np.argsort(length_m[rest] * (0.5 + random.random(len(rest))))][
        : max(0, n_roads - in_tree.sum())
    ]
    kept = np.r_[np.flatnonzero(in_tree), further]
    return tail[kept], head[kept], length_m[kept]


def _winding(
    random: np.random.Generator, start: NDArray[np.float64], stop: NDArray[np.float64]
) -> LineString:
    """Draw a road between two towns with one bend."""
    share = np.linspace(0, 1, 9)[:, None]
    sideways = np.array([start[1] - stop[1], stop[0] - start[0]])
    return LineString(
        start + share * (stop - start) + np.sin(np.pi * share) * random.normal(0, 0.05) * sideways
    )
