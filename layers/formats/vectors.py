"""Vector files of providers: read whole, in longitude and latitude, with lines taken apart."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from layers.area import Dropped
from layers.errors import Fault, LayerError
from layers.formats.columns import guarded
from layers.formats.delimited import Inspection, RawTable, missing_columns
from layers.formats.normal import sheet_shapes, sheet_with
from layers.geojson import refuse_linked_crs
from layers.sentences import say


def read_vectors(path: Path, required: Collection[str]) -> tuple[gpd.GeoDataFrame, tuple[Dropped, ...]]:
    """
    Read a vector file of one layer, forbidden columns left out.

    Raises
    ------
    LayerError
        If it is none, lacks `required` columns or states no reference system.
    """
    if path.is_dir():
        return _normal_shapes(path, required)
    refuse_linked_crs(path)
    try:
        raw = gpd.read_file(path)
    except (DataSourceError, DataLayerError) as error:
        raise LayerError(
            [Fault(path.name, say("it is no vector file"), say("Bring GeoJSON or a GeoPackage"))]
        ) from error
    faults = missing_columns(path.name, [name for name in required if name not in raw.columns])
    if raw.crs is None:
        remedy = say("State it, for instance EPSG:4326")
        faults.append(Fault(path.name, say("no reference system is stated"), remedy))
    if faults:
        raise LayerError(faults)
    kept, dropped = guarded(raw.to_crs("EPSG:4326"), path.name)
    return kept, dropped


def _normal_shapes(folder: Path, required: Collection[str]) -> tuple[gpd.GeoDataFrame, tuple[Dropped, ...]]:
    """Return the layer of a normalised file that has the columns needed."""
    sheet = sheet_with(folder, required, shapes=True)
    faults = missing_columns(folder.name, [name for name in required if name not in sheet.columns])
    if faults:
        raise LayerError(faults)
    left = tuple(Dropped(folder.name, statement, 0) for statement in sheet.refused)
    kept, dropped = guarded(sheet_shapes(sheet).reset_index(drop=True), folder.name)
    return kept, (*left, *dropped)


def single_lines(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return `frame` with every multi-part line merged where its parts meet, then taken apart into lines."""
    merged = frame.assign(geometry=shapely.line_merge(frame.geometry.to_numpy()))
    single = merged.explode(ignore_index=True)
    lines = (single.geom_type == "LineString") & ~single.geometry.is_empty
    return single[lines].reset_index(drop=True)


def attributes(frame: gpd.GeoDataFrame, file: str) -> Inspection:
    """Return the attributes of a vector file for reading column by column, indexed as `frame`."""
    values = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    text = values.apply(lambda column: column.astype(str).where(column.notna(), "").str.strip())
    return Inspection(RawTable(file, text, ()))
