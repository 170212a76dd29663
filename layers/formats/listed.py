"""Lists of people's own, once a mapping has brought them into a layer's columns."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from layers.errors import LayerError
from layers.formats.delimited import missing_columns
from layers.formats.identity import told_apart
from layers.formats.normal import sheet_rows, sheet_shapes, sheet_with
from layers.formats.reading import Reading
from layers.registry import LAYERS

_TRUE = "true"


def read_listed(path: Path, layer: str) -> Reading:
    """
    Read rows that are in a layer's own columns already.

    Parameters
    ----------
    path
        Normalised file whose columns are the layer's, days and months as text.
    layer
        Layer that they are read for.

    Returns
    -------
    Reading
        In the layer's columns; empty numbers are NaN, empty days missing.

    Raises
    ------
    LayerError
        If a column is missing or the table is not whole. What cells hold is checked by the layer itself.
    """
    promised = LAYERS[layer].schema.to_schema()
    columns = {str(promised.index.name): promised.index, **promised.columns}
    wanted = [name for name in columns if name != "geometry"]
    # A list that was taken before a layer had a column lacks it; what stands then is what the layer says.
    usual = {name: str(columns[name].default).lower() for name in wanted if columns[name].default is not None}
    needed = [name for name in wanted if name not in usual]
    shaped = "geometry" in columns
    sheet = sheet_with(path, needed, shapes=shaped)
    faults = missing_columns(path.name, [name for name in needed if name not in sheet.columns])
    if faults:
        raise LayerError(faults)
    frame = sheet_shapes(sheet) if shaped else sheet_rows(sheet)
    frame = frame.assign(**{name: word for name, word in usual.items() if name not in frame})
    typed = {name: _typed(frame[name], str(columns[name].dtype)) for name in wanted}
    if not shaped:
        return told_apart(Reading(pd.DataFrame(typed).reset_index(drop=True)), wanted[0], layer=layer)
    made = gpd.GeoDataFrame(typed, geometry=frame.geometry, crs=frame.crs)
    single = made.explode(ignore_index=True) if layer in {"roads", "rivers"} else made
    if layer in {"regions", "districts", "country", "lakes", "flood_zones"}:
        single = single.set_geometry(shapely.make_valid(single.geometry.to_numpy()), crs=frame.crs)
    return told_apart(Reading(single.reset_index(drop=True)), wanted[0], layer=layer)


def _typed(cells: pd.Series, kind: str) -> pd.Series:
    """Return cells of text as what a schema promises, as far as other layers reckon with it."""
    if kind.startswith("float"):
        return pd.to_numeric(cells.where(cells != "", None)).astype(float)
    if kind.startswith("bool"):
        return cells == _TRUE
    return cells
