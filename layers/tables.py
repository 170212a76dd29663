"""Read a generic layer file: CSV, GeoJSON or GeoPackage, as text and shapes, nothing assumed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

from layers.characters import REMEDY, STEERS, steers
from layers.errors import Fault, LayerError
from layers.formats.forbidden import left_out
from layers.geojson import refuse_linked_crs
from layers.sentences import say

WGS84 = "EPSG:4326"

_LONGEST_HEADER = 100_000
"""Bytes of the first line looked at to tell what separates cells."""

_DECIMAL_COMMA = re.compile(r"^(-?\d+),(\d+)$")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows of one file before anything is promised of them."""

    file: str
    frame: pd.DataFrame
    """Columns as in the file; CSV cells are text, "" where empty."""
    first_row: int
    """Number of the first row as a person counts: 2 under a CSV header, 1 for features."""
    decimal_comma: bool = False
    """Whether numbers are written with a comma, as in a file that a French spreadsheet saved."""
    left_out: tuple[str, ...] = ()
    """Columns that must not be read (people's names, ethnicity, religion, affiliation), said in words."""

    def row(self, position: int) -> int:
        """Return the number a person would give to the row at `position`."""
        return self.first_row + position


def first_row(file: str) -> int:
    """Return the number a person gives to the first row of a file: 2 under a CSV header, 1 for features."""
    return 2 if file.lower().endswith(".csv") else 1


def read_table(path: Path) -> Table:
    """
    Read a file of rows, with shapes where it has any.

    Parameters
    ----------
    path
        A .csv (shapes from columns `lon` and `lat`, or `wkt`), .geojson or .gpkg file. Cells
        of a .csv may also be separated by semicolons, numbers then have a decimal comma;
        a row of HXL tags under the header is passed over.

    Returns
    -------
    Table
        Shapes stand in a column `geometry` in longitude and latitude; where a CSV cell
        is no number the shape is None, for `conform` to report with its row.

    Raises
    ------
    LayerError
        If the file is missing, of another kind, empty of columns, or unreadable.
    """
    if not path.is_file():
        raise LayerError([not_there(path.name)])
    match path.suffix.lower():
        case ".csv":
            return _read_csv(path)
        case ".geojson" | ".gpkg":
            return _read_vector(path)
        case other:
            problem = say("files of kind {kind} are not read", kind=repr(other))
            raise LayerError([Fault(path.name, problem, say("Use CSV, GeoJSON or GeoPackage."))])


def not_there(file: str) -> Fault:
    """Return the fault of a file that is named and missing."""
    return Fault(file, say("the file is not there"), say("Put it there or change area.toml."))


def read_texts(path: Path, names: Sequence[str]) -> tuple[Table, list[Fault]]:
    """
    Read columns of a file that are text and nothing else.

    Parameters
    ----------
    path
        As `read_table` takes it.
    names
        Columns that must be there.

    Returns
    -------
    tuple[Table, list[Fault]]
        The table with these columns alone, in this order, and a fault for every column with cells
        that steer a terminal, for the caller to raise with its own.

    Raises
    ------
    LayerError
        If the file cannot be read or a column is missing.
    """
    table = read_table(path)
    missing = [name for name in names if name not in table.frame]
    if missing:
        raise LayerError(
            Fault(table.file, say("the column is missing"), say("Add it."), column=name) for name in missing
        )
    wrong = {name: table.frame[name].map(steers).to_numpy(dtype=bool).nonzero()[0] for name in names}
    faults = [
        Fault(table.file, STEERS.having(text=say("a cell")), REMEDY, name, table.row(int(rows[0])), len(rows))
        for name, rows in wrong.items()
        if len(rows)
    ]
    return replace(table, frame=table.frame[list(names)]), faults


def _parsed(path: Path, separator: str) -> pd.DataFrame:
    """Return the cells of a CSV as texts, or raise `LayerError`."""
    try:
        frame = pd.read_csv(
            path,
            sep=separator,
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
            skip_blank_lines=False,
        )
    except UnicodeDecodeError as error:
        raise LayerError(
            [
                Fault(
                    path.name,
                    say("byte {at} is not UTF-8 text", at=str(error.start)),
                    say("Save the file as CSV UTF-8."),
                )
            ]
        ) from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise LayerError(
            [
                Fault(
                    path.name,
                    say("it does not read as a table ({reason})", reason=str(error)),
                    say("Check quotes and commas."),
                )
            ]
        ) from error
    except OSError as error:
        raise LayerError([Fault(path.name, say("it cannot be opened"), say("Allow reading it."))]) from error
    if not isinstance(frame.index, pd.RangeIndex):
        # pandas takes surplus leading cells for row labels, and every column would be off by one.
        raise LayerError(
            [Fault(path.name, say("rows hold more cells than the header"), say("Check quotes and commas."))]
        )
    return frame


def _read_csv(path: Path) -> Table:
    semicolons = separated_by_semicolons(path)
    frame = _parsed(path, ";" if semicolons else ",")
    frame.columns = frame.columns.str.strip()
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise LayerError(
            Fault(path.name, say("the column stands twice"), say("Keep one of them."), str(name))
            for name in twice
        )
    frame = frame.apply(lambda column: column.str.strip())
    tagged = has_tags(frame)
    if tagged:
        frame = frame.iloc[1:].reset_index(drop=True)
    if {"lon", "lat"} <= set(frame.columns):
        lon, lat = (
            pd.to_numeric(with_points(frame[name]) if semicolons else frame[name], errors="coerce")
            for name in ("lon", "lat")
        )
        points = shapely.points(lon.fillna(0.0), lat.fillna(0.0))
        frame["geometry"] = pd.Series(list(points), index=frame.index, dtype=object).where(
            lon.notna() & lat.notna(), None
        )
    elif "wkt" in frame.columns:
        frame["geometry"] = list(shapely.from_wkt(frame["wkt"].to_numpy(), on_invalid="ignore"))
    frame, said = left_out(frame)
    row = first_row(path.name) + tagged
    return Table(path.name, frame, first_row=row, decimal_comma=semicolons, left_out=said)


def separated_by_semicolons(path: Path) -> bool:
    """Tell whether the first line of a file holds more semicolons than commas; False if it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.readline(_LONGEST_HEADER)
    except OSError:
        return False
    return head.count(b";") > head.count(b",")


def with_points(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return cells with a decimal comma as with a decimal point; others as they are."""
    return cells.str.replace(_DECIMAL_COMMA, r"\1.\2", regex=True)


def has_tags(frame: pd.DataFrame) -> bool:
    """Tell whether the first row holds the tags that HXL puts under the header, and nothing else."""
    if frame.empty:
        return False
    first = [cell for cell in frame.iloc[0] if str(cell).strip()]
    return bool(first) and all(str(cell).strip().startswith("#") for cell in first)


def _read_vector(path: Path) -> Table:
    refuse_linked_crs(path)
    try:
        layers = pyogrio.list_layers(path)
        frame = gpd.read_file(path, engine="pyogrio")
    except UnicodeDecodeError as error:
        raise LayerError(
            [Fault(path.name, say("its text is not UTF-8"), say("Export it in UTF-8."))]
        ) from error
    except (DataSourceError, DataLayerError, FeatureError, GeometryError) as error:
        # What the reader says names the whole path, so it is not passed on.
        raise LayerError(
            [
                Fault(
                    path.name,
                    say("it does not read as a map layer"),
                    say("Export it again from its program."),
                )
            ]
        ) from error
    if len(layers) > 1:
        names = ", ".join(str(name) for name in layers[:, 0])
        problem = say("it holds several layers ({names})", names=names)
        raise LayerError([Fault(path.name, problem, say("Keep one layer in a file."))])
    if not isinstance(frame, gpd.GeoDataFrame):
        raise LayerError(
            [Fault(path.name, say("it holds no shapes"), say("Export the layer with its geometry."))]
        )
    if frame.crs is None:
        raise LayerError(
            [Fault(path.name, say("no reference system is set"), say("Export it in WGS 84 (EPSG:4326)."))]
        )
    here = frame.to_crs(WGS84)
    plain = pd.DataFrame(here.drop(columns=here.geometry.name))
    plain["geometry"] = list(here.geometry)
    plain, said = left_out(plain)
    return Table(path.name, plain, first_row=first_row(path.name), left_out=said)
