"""Which lines does water cut, and which lie under water, in which months?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from layers.months import ALL_MONTHS


@dataclass(frozen=True, slots=True, eq=False)
class Waters:
    """What stops a vehicle: barrier rivers for good, and water surfaces in their months."""

    rivers: shapely.STRtree
    """Barrier rivers, one short line between each two vertices."""
    surfaces: shapely.STRtree
    """Lakes and flood zones."""
    months: NDArray[np.uint16]
    """Months each surface is under water, bit m-1 for m; every month for lakes."""

    def cut(self, lines: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Tell which lines cross or touch a barrier river, shape (n_lines,)."""
        line, river = self.rivers.query(lines)
        meets = shapely.intersects(lines[line], self.rivers.geometries[river])
        found = np.zeros(len(lines), bool)
        found[line[meets]] = True
        return found

    def wet_months(self, shapes: NDArray[np.object_]) -> NDArray[np.uint16]:
        """Return the months in which any part of each point or line is under water, shape (n_shapes,)."""
        shape, surface = self.surfaces.query(shapes)
        meets = shapely.intersects(self.surfaces.geometries[surface], shapes[shape])
        months = np.zeros(len(shapes), np.uint16)
        np.bitwise_or.at(months, shape[meets], self.months[surface[meets]])
        return months

    def near(self, boxes: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Tell which boxes may hold water, shape (n_boxes,); may say yes too often, never no."""
        found = np.zeros(len(boxes), bool)
        found[self.rivers.query(boxes)[0]] = True
        found[self.surfaces.query(boxes)[0]] = True
        return found


def gather_waters(rivers: gpd.GeoDataFrame, lakes: gpd.GeoDataFrame, flood_zones: gpd.GeoDataFrame) -> Waters:
    """
    Prepare waters for questions about many short lines.

    Parameters
    ----------
    rivers, lakes, flood_zones
        Under the schemas of `layers.waters`, in metres.

    Returns
    -------
    Waters
        A lake counts as a surface under water in every month.
    """
    barriers = np.asarray(rivers.geometry.array, dtype=object)[rivers["barrier"].to_numpy(dtype=bool)]
    surfaces = np.asarray([*lakes.geometry.array, *flood_zones.geometry.array], dtype=object)
    shapely.prepare(surfaces)
    months = np.r_[np.full(len(lakes), ALL_MONTHS), flood_zones["months"].to_numpy(np.int64)]
    return Waters(shapely.STRtree(_segments(barriers)), shapely.STRtree(surfaces), months.astype(np.uint16))


def without_surface(waters: Waters, row: int) -> Waters:
    """
    Return waters without one surface, by its row: lakes first, then flood zones.

    Its shapes are copies: two threads may not ask the same prepared shape at a time.
    """
    surfaces = copies(np.delete(waters.surfaces.geometries, row))
    shapely.prepare(surfaces)
    return replace(waters, surfaces=shapely.STRtree(surfaces), months=np.delete(waters.months, row))


def copies(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return copies of shapes, to the last digit, that share no memory with them."""
    return np.asarray(shapely.from_wkb(shapely.to_wkb(shapes)), dtype=object).reshape(-1)


def _segments(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Break lines at every vertex."""
    xy, line = shapely.get_coordinates(lines, return_index=True)
    same = line[1:] == line[:-1]
    ends = np.stack([xy[:-1][same], xy[1:][same]], axis=1) if len(xy) else np.zeros((0, 2, 2))
    return np.asarray(shapely.linestrings(ends), dtype=object).reshape(-1)
