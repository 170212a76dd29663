"""Write a GeoPackage: layers with styles, and tables; the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock

import geopandas as gpd
import pandas as pd
import pyogrio

from layers.scratch import own_folder

_GEOMETRY = "geom"
_STYLES = "layer_styles"
_TIME = "OGR_CURRENT_DATE"
"""Setting of GDAL: what it writes as the time of last change."""
_VERSION = {"VERSION": "1.2"}
"""Of the format: the one that programs of the last eight years read without a warning."""
_WRITING = Lock()
"""That setting holds for the whole process."""


@dataclass(frozen=True, slots=True, eq=False)
class StyledLayer:
    """One layer of a GeoPackage."""

    name: str
    """Small letters and underscores."""
    title: str
    frame: gpd.GeoDataFrame = field(repr=False)
    """In longitude and latitude; its index is not written."""
    geometry_type: str
    """"Point", "MultiLineString" or "MultiPolygon": single shapes are written as collections of one."""
    style: str = field(default="", repr=False)
    """Style in the language of QGIS (QML); "" leaves the look to the reader."""


@dataclass(frozen=True, slots=True, eq=False)
class PlainTable:
    """One table of a GeoPackage without shapes."""

    name: str
    title: str
    frame: pd.DataFrame = field(repr=False)


def geopackage(layers: Sequence[StyledLayer], tables: Sequence[PlainTable], day: date) -> bytes:
    """
    Return layers and tables as one GeoPackage.

    Parameters
    ----------
    layers
        Layers, the lowest last; their styles go into the table that QGIS reads styles from.
    tables
        Tables beside them.
    day
        Stands as the day of last change wherever the format asks for a time.

    Returns
    -------
    bytes
        The file. Equal arguments give equal bytes: no clock and no path is in it.
    """
    time = f"{day.isoformat()}T00:00:00.000Z"
    with _WRITING, own_folder("package") as folder:
        path = folder / "set.gpkg"
        pyogrio.set_gdal_config_options({_TIME: time})
        try:
            for layer in layers:
                _write_layer(layer, path)
            for table in (*tables, _styles(layers, time)):
                _write_table(table, path)
        finally:
            pyogrio.set_gdal_config_options({_TIME: None})
        return path.read_bytes()


def _write_layer(layer: StyledLayer, path: Path) -> None:
    pyogrio.write_dataframe(
        layer.frame.reset_index(drop=True),
        path,
        layer=layer.name,
        driver="GPKG",
        geometry_type=layer.geometry_type,
        promote_to_multi=layer.geometry_type.startswith("Multi"),
        append=path.exists(),
        dataset_options=None if path.exists() else _VERSION,
        layer_options={"IDENTIFIER": layer.title, "GEOMETRY_NAME": _GEOMETRY},
    )


def _write_table(table: PlainTable, path: Path) -> None:
    pyogrio.write_dataframe(
        table.frame.reset_index(drop=True),
        path,
        layer=table.name,
        driver="GPKG",
        append=path.exists(),
        dataset_options=None if path.exists() else _VERSION,
        layer_options={"IDENTIFIER": table.title, "FID": "id"},
    )


def _styles(layers: Sequence[StyledLayer], time: str) -> PlainTable:
    """Return the table in which QGIS looks for styles."""
    styled = [layer for layer in layers if layer.style]
    rows = {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": [layer.name for layer in styled],
        "f_geometry_column": _GEOMETRY,
        "styleName": "default",
        "styleQML": [layer.style for layer in styled],
        "styleSLD": "",
        "useAsDefault": True,
        "description": "",
        "owner": "",
        "ui": "",
        "update_time": time,
    }
    return PlainTable(_STYLES, _STYLES, pd.DataFrame(rows))
