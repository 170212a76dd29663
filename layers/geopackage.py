"""Write a GeoPackage: layers with styles, and tables; the same content gives the same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd
import pyogrio

_GEOMETRY = "geom"
_STYLES = "layer_styles"
_STYLES_TABLE = f"""
CREATE TABLE {_STYLES} (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256),
    f_table_schema TEXT(256),
    f_table_name TEXT(256),
    f_geometry_column TEXT(256),
    styleName TEXT(30),
    styleQML TEXT,
    styleSLD TEXT,
    useAsDefault BOOLEAN,
    description TEXT,
    owner TEXT(30),
    ui TEXT(30),
    update_time DATETIME
)
"""
_STYLES_ROW = f"""
INSERT INTO {_STYLES} (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
    styleSLD, useAsDefault, description, owner, ui, update_time)
VALUES ('', '', ?, ?, 'default', ?, '', 1, '', '', '', ?)
"""  # noqa: S608  the table's name is our own


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
    with TemporaryDirectory(prefix="footprint-") as folder:
        path = Path(folder) / "set.gpkg"
        for layer in layers:
            pyogrio.write_dataframe(
                layer.frame.reset_index(drop=True),
                path,
                layer=layer.name,
                driver="GPKG",
                geometry_type=layer.geometry_type,
                promote_to_multi=layer.geometry_type.startswith("Multi"),
                append=path.exists(),
                layer_options={"IDENTIFIER": layer.title, "GEOMETRY_NAME": _GEOMETRY},
            )
        for table in tables:
            pyogrio.write_dataframe(
                table.frame.reset_index(drop=True),
                path,
                layer=table.name,
                driver="GPKG",
                append=path.exists(),
                layer_options={"IDENTIFIER": table.title},
            )
        _finish(path, layers, f"{day.isoformat()}T00:00:00.000Z")
        return path.read_bytes()


def _finish(path: Path, layers: Sequence[StyledLayer], time: str) -> None:
    """Add the styles, and put one time for every time of writing."""
    with closing(sqlite3.connect(path)) as base:
        base.execute(_STYLES_TABLE)
        base.executemany(
            _STYLES_ROW, [(layer.name, _GEOMETRY, layer.style, time) for layer in layers if layer.style]
        )
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, ?, ?, '')",
            (_STYLES, "attributes", _STYLES),
        )
        base.execute("UPDATE gpkg_contents SET last_change = ?", (time,))
        base.commit()
        # Pages that were used in between are left out, so that nothing of the making is left.
        base.execute("VACUUM")
