"""Inside: which share of a unit lies in the outline of its area, and which units lie mostly outside."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

MOSTLY = 0.5
"""Share of a unit, inclusive, that must lie in the outline for figures to be of the unit; a judgement."""

_ROUNDING = 1e-9
"""Shares this much below a half are a half, but for rounding."""


def shares_inside(outline: BaseGeometry, units: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """
    Return which share of each unit's own area lies in the outline.

    Parameters
    ----------
    outline
        Of the area [m].
    units
        Units of one level, in the same reference system [m].

    Returns
    -------
    NDArray[np.float64]
        Shares [0-1], shape (n_units,); 1 of a unit without area, which has nothing outside.
    """
    shapely.prepare(outline)
    shapes = units.geometry.to_numpy()
    shares = np.ones(len(shapes))
    # Nearly all lie in it whole, and only the others have to be cut.
    rest = np.flatnonzero(~shapely.contains(outline, shapes) & (shapely.area(shapes) > 0))
    shares[rest] = shapely.area(shapely.intersection(shapes[rest], outline)) / shapely.area(shapes[rest])
    return shares


def mostly_outside(outline: BaseGeometry, units: gpd.GeoDataFrame) -> dict[str, float]:
    """
    Return the units of which less than `MOSTLY` lies in the outline, each with the share that does.

    Parameters
    ----------
    outline, units
        As for `shares_inside`; units indexed by `unit_id`.

    Notes
    -----
    A source may draw a unit that the outline leaves out, where its status is open for instance, as that of
    Abyei is. What cells at the border say of it is not what could be said of the unit.
    """
    shares = shares_inside(outline, units)
    return {
        str(unit_id): float(share)
        for unit_id, share in zip(units.index, shares, strict=True)
        if share < MOSTLY - _ROUNDING
    }
