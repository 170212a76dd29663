"""Bring a raw table into the shape its schema promises, or say everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.pandas as pa
import shapely
from numpy.typing import NDArray
from pandera.errors import SchemaErrors
from pyproj import CRS
from shapely import MultiLineString
from shapely.geometry.base import BaseMultipartGeometry

from layers.antimeridian import drawn_through
from layers.characters import REMEDY, STEERS, steers
from layers.errors import Fault, LayerError
from layers.months import months_mask
from layers.projection import projected
from layers.sentences import Sentence, say
from layers.tables import WGS84, Table, with_points

LEFT_OUT = "left_out"
"""Key of a loaded frame's `attrs` under which refused columns are stated, for `load_area` to report."""

LOST = "lost"
"""Key of a loaded frame's `attrs` for rows left out on loading: why and how many, for `load_area`."""

_TRUE, _FALSE = {"true", "1", "yes", "oui", "vrai"}, {"false", "0", "no", "non", "faux"}
MONTH_COLUMNS = {"months", "closed_months", "navigable_months"}
"""Columns of months written as "9-11"."""
_MONTHS_REMEDY = say('Write months as "9-12", "10-1", "1,3" or "all".')
_YEARS = 1900, 2100
_SPLIT = say("Split it into one row for each part (QGIS: Multipart to singleparts), with its own identifier.")
_DATE_REMEDY = say("Write dates as 2019-06-30, from 1900 to 2100; leave it empty where there is none.")
_FARTHEST_LON, _FARTHEST_LAT = 180.0, 90.0
"""Largest longitude and latitude there are [degrees]; beyond them a shape is in another system."""

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """One column of a file on its way in, and the list its faults go to."""

    table: Table
    name: str
    cells: pd.Series[Any]
    faults: list[Fault]

    def blame(
        self, positions: Collection[int] | NDArray[np.intp], problem: Sentence, remedy: Sentence
    ) -> None:
        """State a fault of the rows at `positions`."""
        self.faults.append(_fault(self.table, self.name, positions, problem, remedy))


def conform(
    table: Table, schema: type[pa.DataFrameModel], *, crs: CRS, shapes: Collection[str] = ()
) -> gpd.GeoDataFrame:
    """
    Return a table's rows indexed by their key and valid under a schema.

    Parameters
    ----------
    table
        Rows as read by `layers.tables.read_table`, shapes in longitude and latitude.
    schema
        What the layer promises.
    crs
        Reference system of the area [m]; shapes are brought into it.
    shapes
        Kinds of shape allowed, for instance {"Point"}; none for layers without shapes.

    Returns
    -------
    GeoDataFrame
        In the schema's columns; further columns of the file are left out. Columns that
        must never come in are stated in its `attrs`, under `LEFT_OUT`.

    Raises
    ------
    LayerError
        With every fault of the file: missing columns alone if there are any, otherwise
        every cell and shape that breaks a promise, grouped by column and problem.
    """
    promised = schema.to_schema()
    wanted = [promised.index.name, *promised.columns]
    if table.frame.empty and table.first_row == 1:
        # A GeoJSON without features names no columns either; a layer may have no rows.
        table = replace(table, frame=table.frame.reindex(columns=wanted))
    table = replace(table, frame=_with_usual(table.frame, promised))
    missing = [name for name in wanted if name not in table.frame.columns]
    if missing:
        raise LayerError(
            Fault(
                table.file,
                say("the column is missing"),
                say("Add it; the README of the data lists all columns."),
                column=name,
            )
            if name != "geometry"
            else Fault(
                table.file, say("there are no coordinates"), say("Add columns lon and lat in degrees.")
            )
            for name in missing
        )
    faults: list[Fault] = []
    typed = pd.DataFrame(index=pd.RangeIndex(len(table.frame)))
    for name in wanted:
        column = _Column(table, name, table.frame[name].reset_index(drop=True), faults)
        if name == "geometry":
            typed[name] = _shapes(column, shapes)
        else:
            typed[name] = _typed(column, promised.index if name == wanted[0] else promised.columns[name])
    faults += _duplicates(typed[wanted[0]], table, wanted[0])
    faults += _broken_promises(typed, promised, table, {fault.column for fault in faults})
    if faults:
        raise LayerError(faults)
    framed = _framed(typed, promised, crs)
    if "geometry" in framed:
        lost = np.flatnonzero(~np.isfinite(framed.geometry.bounds.to_numpy()).all(axis=1))
        if len(lost):
            problem = say("it lies too far away to be placed on the area's map")
            raise LayerError([_fault(table, "geometry", lost, problem, say("Check its coordinates."))])
    framed.attrs[LEFT_OUT] = table.left_out
    return framed


def _with_usual(frame: pd.DataFrame, promised: pa.DataFrameSchema) -> pd.DataFrame:
    """Return the rows with what stands where a column that has a default is missing or empty."""
    for name, promise in promised.columns.items():
        if promise.default is None:
            continue
        cells = frame[name] if name in frame else pd.Series("", index=frame.index)
        empty = cells.fillna("").astype(str).str.strip() == ""
        frame = frame.assign(**{name: cells.astype(object).mask(empty, str(promise.default))})
    return frame


def no_rows(schema: type[pa.DataFrameModel], crs: CRS) -> gpd.GeoDataFrame:
    """Return a frame without rows, valid under `schema`, in `crs`."""
    return conform(Table("", pd.DataFrame(), first_row=1), schema, crs=crs)


def _framed(typed: pd.DataFrame, promised: pa.DataFrameSchema, crs: CRS) -> gpd.GeoDataFrame:
    keyed = typed.set_index(promised.index.name)
    if "geometry" not in keyed:
        return promised.validate(keyed)
    placed = projected(gpd.GeoDataFrame(keyed, geometry="geometry", crs=WGS84), crs)
    return promised.validate(placed)


def _typed(column: _Column, promise: pa.Column | pa.Index) -> pd.Series[Any]:
    """Read a column's text as what the schema promises; cells that will not read become faults."""
    kind = str(promise.dtype)
    if column.name in MONTH_COLUMNS:
        return _read_cells(column, months_mask, _MONTHS_REMEDY, stand_in=1)
    if kind.startswith("datetime"):
        return _dates(column)
    if kind.startswith("bool"):
        return _read_cells(column, _truth, say("Write true or false."), stand_in=False)
    if kind.startswith(("int", "float")):
        return _numbers(column, whole=kind.startswith("int"), nullable=promise.nullable)
    return _texts(column)


def _texts(column: _Column) -> pd.Series[Any]:
    """Read cells as text; one that would steer a terminal is a fault, shown with the character spelt out."""
    text = column.cells.fillna("").astype(str)
    wrong = np.flatnonzero(text.map(steers).to_numpy(dtype=bool))
    if len(wrong):
        column.blame(wrong, STEERS.having(text=repr(text.iloc[wrong[0]])), REMEDY)
    return text


def _truth(text: str) -> bool:
    word = text.strip().lower()
    if word in _TRUE | _FALSE:
        return word in _TRUE
    raise ValueError("neither true nor false")


def _read_cells(
    column: _Column, reader: Callable[[str], _Read], remedy: Sentence, *, stand_in: _Read
) -> pd.Series[Any]:
    values, wrong = [], []
    for position, cell in enumerate(column.cells.fillna("").astype(str)):
        try:
            values.append(reader(cell))
        except ValueError:
            values.append(stand_in)
            wrong.append(position)
    if wrong:
        column.blame(wrong, say("{cell} cannot be read", cell=repr(column.cells.iloc[wrong[0]])), remedy)
    return pd.Series(values, index=column.cells.index)


def _dates(column: _Column) -> pd.Series[Any]:
    text = column.cells.fillna("").astype(str).str.slice(0, 10)
    read = pd.to_datetime(text.where(text != "", None), format="%Y-%m-%d", errors="coerce")
    # Nanoseconds, which the rest reckons in, end in 2262; "9999-12-31" for "still open" must be left empty.
    read = read.where(read.dt.year.between(*_YEARS)).astype("datetime64[ns]")
    wrong = np.flatnonzero((text != "") & read.isna())
    if len(wrong):
        column.blame(wrong, say("{cell} is no date", cell=repr(column.cells.iloc[wrong[0]])), _DATE_REMEDY)
    return read


def _numbers(column: _Column, *, whole: bool, nullable: bool) -> pd.Series[Any]:
    cells = column.cells
    text = cells.astype(object).where(cells.notna(), "").astype(str).str.strip()
    if column.table.decimal_comma:
        text = with_points(text)
    read = pd.to_numeric(text.where(text != "", None), errors="coerce").astype(float)
    wrong = np.flatnonzero((text != "") & (read.isna() | np.isinf(read)))
    if len(wrong):
        first = text.iloc[wrong[0]]
        comma = re.fullmatch(r"-?\d+,\d+", first)
        remedy = say("Use a decimal point.") if comma else say("Write a plain number.")
        column.blame(wrong, say("{cell} is no number", cell=repr(first)), remedy)
    empty = np.flatnonzero(text == "")
    if len(empty) and not nullable:
        column.blame(empty, say("it is empty"), say("Fill it in; an unknown is not zero."))
    if whole:
        fractions = np.flatnonzero(np.isfinite(read) & (read != np.round(read)))
        if len(fractions):
            problem = say("{cell} is no whole number", cell=repr(text.iloc[fractions[0]]))
            column.blame(fractions, problem, say("Round it."))
    return read


def _shapes(column: _Column, kinds: Collection[str]) -> pd.Series[Any]:
    stated = column.cells.to_numpy()
    cells = column.cells.map(lambda shape: _single(shape, kinds)) if len(column.cells) else column.cells
    shapes = cells.to_numpy()
    empty = np.array([shape is None or shape.is_empty for shape in shapes], dtype=bool)
    whole = np.flatnonzero(~empty)
    bounds = np.full((len(shapes), 4), np.nan)
    # As the file has them: a line that was cut at the antimeridian runs on beyond it once it is one.
    bounds[whole] = shapely.bounds(stated[whole])
    outside = ~empty & (
        (np.abs(bounds[:, [0, 2]]) > _FARTHEST_LON) | (np.abs(bounds[:, [1, 3]]) > _FARTHEST_LAT)
    ).any(axis=1)
    kind_of = np.array(["" if lost else shape.geom_type for shape, lost in zip(shapes, empty, strict=True)])
    strange = ~empty & ~np.isin(kind_of, list(kinds))
    broken = np.zeros(len(shapes), dtype=bool)
    broken[whole] = ~shapely.is_valid(shapes[whole])
    parts = strange & (kind_of == "MultiLineString") & ("LineString" in kinds)
    strange &= ~parts
    commas = empty & _decimal_commas(column.table)
    empty &= ~commas
    first = column.table.frame.iloc[int(np.argmax(parts)), 0] if parts.any() else ""
    checks = (
        (commas, say("a coordinate has a decimal comma"), say("Use a decimal point.")),
        (parts, say("the line of {name} is drawn in parts that do not join", name=repr(first)), _SPLIT),
        (empty, say("there is no usable coordinate"), say("Give longitude and latitude in degrees.")),
        (
            outside,
            say("it is not in degrees of longitude and latitude"),
            say("Export it in WGS 84 (EPSG:4326)."),
        ),
        (
            strange,
            say("the shape is no {kind}", kind=_either(sorted(kinds))),
            say("Export the right kind of layer."),
        ),
        (broken, say("the outline crosses itself"), say("Repair it in a GIS (fix geometries).")),
    )
    for hit, problem, remedy in checks:
        if hit.any():
            column.blame(np.flatnonzero(hit), problem, remedy)
    return cells


def _either(kinds: Sequence[str]) -> Sentence | str:
    """Return kinds of shape as a sentence names them."""
    if len(kinds) == 2:  # noqa: PLR2004  a polygon and its parts
        return say("{first} or {second}", first=kinds[0], second=kinds[1])
    return ", ".join(kinds)


def _single(shape: Any, kinds: Collection[str]) -> Any:  # noqa: ANN401  whatever a cell holds
    """Return a shape of one part, or a line whose parts join end to end, as the single shape it is."""
    if not isinstance(shape, BaseMultipartGeometry) or shape.geom_type in kinds:
        return shape
    if len(shape.geoms) == 1:
        return shape.geoms[0]
    if isinstance(shape, MultiLineString) and "LineString" in kinds:
        return shapely.line_merge(drawn_through(np.array([shape], dtype=object))[0])
    return shape


def _decimal_commas(table: Table) -> NDArray[np.bool_]:
    """Tell in which rows a coordinate is typed with a decimal comma."""
    typed = np.zeros(len(table.frame), dtype=bool)
    for name in {"lon", "lat"} & set(table.frame.columns):
        cells = table.frame[name].astype(str)
        typed |= (cells != with_points(cells)).to_numpy(dtype=bool)
    return typed


def _duplicates(keys: pd.Series[Any], table: Table, name: str) -> list[Fault]:
    twice = np.flatnonzero(keys.duplicated())
    blank = np.flatnonzero(keys.astype(str) == "")
    faults = []
    if len(blank):
        faults.append(
            _fault(table, name, blank, say("the identifier is empty"), say("Give each row its own."))
        )
    elif len(twice):
        problem = say("{cell} stands twice", cell=repr(keys.iloc[twice[0]]))
        faults.append(_fault(table, name, twice, problem, say("Give each row its own identifier.")))
    return faults


def _broken_promises(
    typed: pd.DataFrame, promised: pa.DataFrameSchema, table: Table, blamed: set[str]
) -> list[Fault]:
    """Run the schema on what could be read; columns already blamed are not blamed twice."""
    plain = typed.set_index(promised.index.name)
    plain = plain.drop(columns=[name for name in blamed if name in plain])
    schema = promised.remove_columns(
        [name for name in promised.columns if name not in plain or name == "geometry"]
    )
    schema = schema.reset_index() if promised.index.name in blamed else schema
    checked = (plain.reset_index(drop=True) if promised.index.name in blamed else plain).drop(
        columns=["geometry"], errors="ignore"
    )
    try:
        _without_key(schema).validate(checked.reset_index(drop=True), lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.dropna(subset="index")
        return [
            _fault(
                table,
                str(column),
                [int(position) for position in rows["index"]],
                *_broken(schema.columns[column], rows["failure_case"].iloc[0]),
            )
            for (column, _), rows in cases.groupby(["column", "check"])
        ]
    return []


def _without_key(schema: pa.DataFrameSchema) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(schema.columns, coerce=True, strict="filter")


def _broken(promise: pa.Column, value: object) -> tuple[Sentence, Sentence]:
    """Return what is wrong with a value that breaks a column's promise, and what would be right."""
    statistics: dict[str, Any] = {}
    for check in promise.checks:
        statistics |= check.statistics
    if promise.name in MONTH_COLUMNS:
        return say("no month is named"), _MONTHS_REMEDY
    if "allowed_values" in statistics:
        allowed = ", ".join(map(str, statistics["allowed_values"]))
        return say("{cell} is not allowed", cell=repr(value)), say("Use one of: {known}.", known=allowed)
    if statistics.keys() & {"min_value", "max_value"}:
        beyond = say("{cell} is out of range", cell=f"{float(str(value)):.12g}")
        return beyond, _range(promise, statistics)
    return say("{cell} is not allowed", cell=repr(value)), say(
        "Write small letters, digits and underscores, a letter first."
    )


def _range(promise: pa.Column, statistics: dict[str, Any]) -> Sentence:
    """Return the numbers allowed in words."""
    least, most = str(statistics.get("min_value")), str(statistics.get("max_value"))
    if "max_value" not in statistics:
        above = any(check.name == "greater_than" for check in promise.checks)
        if above:
            return say("It must be more than {least}.", least=least)
        return say("It must be {least} or more.", least=least)
    if "min_value" not in statistics:
        return say("It must be {most} or less.", most=most)
    return say("It must be from {least} to {most}.", least=least, most=most)


def _fault(
    table: Table,
    column: str,
    positions: Collection[int] | NDArray[np.intp],
    problem: Sentence,
    remedy: Sentence,
) -> Fault:
    first = min(int(position) for position in positions)
    return Fault(table.file, problem, remedy, column=column, row=table.row(first), rows=len(positions))
