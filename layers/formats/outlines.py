"""Outlines and first-level units as a new area is begun with: a country of Natural Earth, or one outline."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from layers.errors import Fault, LayerError
from layers.formats.reading import Reading
from layers.sentences import say
from layers.tables import WGS84, read_table

COLUMNS = ("unit_id", "name")

COUNTRY, SECOND = 0, 2
"""Levels: the country as the union of its units, and the units once more as their own second level."""

AS_SECOND = "no second level is known: the units of the first serve as both"


def read_outlines(path: Path, level: int, *, unit_id: str, name: str) -> Reading:
    """
    Read one level of units from a file of first-level units.

    Parameters
    ----------
    path
        GeoJSON of polygons with `unit_id` and `name`.
    level
        0 for the country, as the union of the units; 1 for the units; 2 for the units once more, each
        within itself, where no second level is known.
    unit_id, name
        The country's identifier and name.

    Returns
    -------
    Reading
        Columns of `Boundaries`, all approximate.

    Raises
    ------
    LayerError
        If a column is missing or there is no unit.
    """
    table = read_table(path)
    missing = [column for column in COLUMNS if column not in table.frame]
    if missing or table.frame.empty:
        problem = say("it does not hold units with unit_id and name")
        raise LayerError([Fault(path.name, problem, say("Begin the area again, or bring other units."))])
    units = table.frame[[*COLUMNS, "geometry"]].astype(dict.fromkeys(COLUMNS, str))
    if level == COUNTRY:
        whole = shapely.union_all(units["geometry"].to_numpy())
        units = pd.DataFrame({"unit_id": [unit_id], "name": [name], "geometry": [whole]})
    above = "" if level == COUNTRY else unit_id
    parents = units["unit_id"] if level == SECOND else pd.Series(above, index=units.index)
    units = units.assign(parent_id=parents, approximate=True)
    frame = units[["unit_id", "name", "parent_id", "approximate", "geometry"]]
    return Reading(
        gpd.GeoDataFrame(frame, geometry="geometry", crs=WGS84), notes=(AS_SECOND,) if level == SECOND else ()
    )
