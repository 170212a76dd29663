"""Delimited text of providers: every cell as text first, then read column by column with all faults kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pandas.errors import EmptyDataError, ParserError

from layers.area import Dropped
from layers.errors import Fault, LayerError
from layers.formats.columns import guarded
from layers.formats.normal import SHAPE, NormalSheet, sheet_rows, sheet_shapes, sheet_with
from layers.sentences import Sentence, say
from layers.tables import has_tags, separated_by_semicolons

NOTHING = frozenset({"", "NA", "N/A", "NaN", "nan", "None", "null", "NULL"})
"""Cells that state nothing, where a number, code or date is expected."""


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """
    A provider's table as text.

    `frame` is indexed by the row as a spreadsheet counts it (header is row 1), holds
    text only, "" where the file has nothing, and no column that may never come in.
    """

    file: str
    frame: pd.DataFrame
    dropped: tuple[Dropped, ...]
    from_points: frozenset[str] = frozenset()
    """Columns that the file lacks, filled with the degrees of its points."""


def read_table(
    path: Path,
    required: Collection[str],
    *,
    encoding: str = "utf-8-sig",
    degrees: tuple[str, str] | None = None,
) -> RawTable:
    """
    Read comma-separated text, an HXL tag row tolerated, forbidden columns left out.

    Parameters
    ----------
    path
        Such text, or the folder of a normalised file.
    required
        Columns needed.
    encoding
        Of the text.
    degrees
        Columns of longitude and latitude; points of a normalised file fill them where it has neither.

    Raises
    ------
    LayerError
        If the file cannot be read as such text, or lacks `required` columns: all of
        them are named.
    """
    if path.is_dir():
        return _normal_table(path, required, degrees)
    if separated_by_semicolons(path):
        problem = say("its cells are separated by semicolons, and its numbers may have decimal commas")
        remedy = say("Bring the file as the provider publishes it, or save it with commas and decimal points")
        raise LayerError([Fault(path.name, problem, remedy)])
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding).fillna("")
    except (EmptyDataError, ParserError) as error:
        problem = say("it is no comma-separated table ({reason})", reason=str(error).strip())
        raise LayerError([Fault(path.name, problem, say("Save it as CSV again"))]) from error
    except UnicodeDecodeError as error:
        problem = say("its text is not {encoding}", encoding=encoding.removesuffix("-sig").upper())
        raise LayerError([Fault(path.name, problem, say("Save it as CSV in UTF-8"))]) from error
    frame.columns = frame.columns.str.strip()
    missing = [name for name in required if name not in frame.columns]
    if missing:
        raise LayerError(missing_columns(path.name, missing))
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    kept, dropped = guarded(frame.iloc[1:] if has_tags(frame) else frame, path.name)
    return RawTable(path.name, kept.apply(lambda column: column.str.strip()), dropped)


_CUT_AT = 10
"""Letters of a column's name that a shapefile keeps."""


def with_whole_names(table: RawTable, names: Iterable[str]) -> RawTable:
    """Return a table in which names that a shapefile cut off are whole again, where the table lacks them."""
    columns = set(table.frame.columns)
    whole = {
        name[:_CUT_AT]: name for name in names if len(name) > _CUT_AT and name not in columns
    }  # fmt: skip
    return replace(table, frame=table.frame.rename(columns=whole))


def _normal_table(folder: Path, required: Collection[str], degrees: tuple[str, str] | None) -> RawTable:
    """Return the table of a normalised file that has the columns needed."""
    sheet = sheet_with(folder, required, shapes=False)
    points = degrees if degrees is not None and sheet.has_shapes and not {*degrees} & {*sheet.columns} else ()
    missing = [name for name in required if name not in sheet.columns and name not in points]
    if missing:
        raise LayerError(missing_columns(folder.name, missing))
    left = tuple(Dropped(folder.name, statement, 0) for statement in sheet.refused)
    frame = sheet_rows(sheet).drop(columns=SHAPE, errors="ignore")
    kept, dropped = guarded(frame, folder.name)
    text = kept.apply(lambda column: column.str.strip())
    if points:
        text[list(points)] = _degrees_of_points(sheet)
    return RawTable(folder.name, text, (*left, *dropped), frozenset(points))


def _degrees_of_points(sheet: NormalSheet) -> np.ndarray:
    """Return longitude and latitude of every row's point as text, shape (n, 2); "" where it has none."""
    shapes = sheet_shapes(sheet).geometry.to_numpy()
    is_single = (shapely.get_num_geometries(shapes) == 1) & ~shapely.is_empty(shapes)
    single = shapely.get_geometry(np.where(is_single, shapes, None), 0)
    # Digits enough that each number reads back as it was; of what is no point there are none.
    places = zip(shapely.get_x(single), shapely.get_y(single), strict=True)
    cells = [[repr(float(x)), repr(float(y))] if np.isfinite(x + y) else ["", ""] for x, y in places]
    return np.array(cells, dtype=object).reshape(-1, 2)


def missing_columns(file: str, names: Iterable[str]) -> list[Fault]:
    """Return one fault for each missing column."""
    return [
        Fault(
            file,
            say("the column is missing"),
            say("Bring the file as the provider publishes it"),
            column=name,
        )
        for name in names
    ]


_NO_POINT = say("its shape is no single point")
_GIVE_POINT = say("Give the row a point, or leave it out")


@dataclass(slots=True, eq=False)
class Inspection:
    """Reads the columns of one table and keeps every fault until `finish`."""

    table: RawTable
    faults: list[Fault] = field(default_factory=list)

    def text(self, column: str) -> pd.Series:
        """Return a column as text, "" throughout where the table lacks it."""
        frame = self.table.frame
        return frame[column] if column in frame else pd.Series("", index=frame.index, dtype=str)

    def numbers(
        self, column: str, *, low: float = -np.inf, high: float = np.inf, empty: bool = False
    ) -> pd.Series:
        """Return a column as numbers from `low` to `high`, inclusive; NaN where cells may be `empty`."""
        text = self.text(column)
        nothing = text.isin(NOTHING)
        values = pd.to_numeric(text.mask(nothing), errors="coerce").astype(float)
        odd, digits = ~nothing & ~np.isfinite(values), say("Use digits and a decimal point")
        self._blame(column, odd, say("{cell} is no number"), digits)
        bounds = say("Values run from {least} to {most}", least=f"{low:g}", most=f"{high:g}")
        self._blame(column, (values < low) | (values > high), say("{cell} is out of range"), bounds)
        if not empty:
            self._blame(column, nothing, say("{cell} is empty"), say("State a number"))
        return values

    def codes(self, column: str, meanings: Mapping[str, str | int]) -> pd.Series:
        """Return a column of codes as what they mean; "1.0" reads as "1"."""
        text = self.text(column).str.replace(r"^(-?\d+)\.0+$", r"\1", regex=True)
        meant = text.map(meanings)
        remedy = say("Known are {known}.", known=", ".join(meanings))
        self._blame(column, meant.isna(), say("{cell} is no known code"), remedy)
        return meant

    def dates(self, column: str, formats: Sequence[str] = ("%Y-%m-%d",), *, empty: bool = False) -> pd.Series:
        """Return a column as days, a midnight time of day cut off."""
        text = self.text(column)
        nothing = text.isin(NOTHING)
        bare = text.mask(nothing).str.replace(r"[ T]00:00:00(\.0+)?Z?$", "", regex=True)
        days = pd.Series(pd.NaT, index=text.index, dtype="datetime64[ns]")
        for form in formats:
            days = days.fillna(pd.to_datetime(bare, format=form, errors="coerce").astype("datetime64[ns]"))
        remedy = say("Write dates as 2019-06-30")
        self._blame(column, ~nothing & days.isna(), say("{cell} is no date"), remedy)
        if not empty:
            self._blame(column, nothing, say("{cell} is empty"), say("State a date"))
        return days

    def points(self, longitude: str, latitude: str, *, empty: bool = False) -> gpd.GeoSeries:
        """Return points in longitude and latitude; missing where both cells may be `empty` and one is."""
        if not empty and {longitude, latitude} <= self.table.from_points:
            self._blame("", self.text(longitude) == "", _NO_POINT, _GIVE_POINT)
            empty = True
        x = self.numbers(longitude, low=-180, high=180, empty=empty)
        y = self.numbers(latitude, low=-90, high=90, empty=empty)
        points = gpd.GeoSeries(gpd.points_from_xy(x, y), index=x.index, crs="EPSG:4326")
        return points.where(x.notna() & y.notna())

    def blame_empty(self, column: str, remedy: Sentence) -> None:
        """Keep a fault if cells of a column of text are empty."""
        self._blame(column, self.text(column) == "", say("{cell} is empty"), remedy)

    def finish(self) -> None:
        """Raise `LayerError` with every fault found, if any."""
        if self.faults:
            raise LayerError(self.faults)

    def _blame(self, column: str, bad: pd.Series, what: Sentence, remedy: Sentence) -> None:
        """Keep one fault for the rows where `bad` is true."""
        rows = bad.index[bad.to_numpy(dtype=bool)]
        if len(rows):
            cell = self.text(column)[rows[0]]
            problem = what.having(cell=repr(cell) if cell else say("a cell"))
            self.faults.append(
                Fault(self.table.file, problem, remedy, column=column, row=int(rows[0]), rows=len(rows))
            )
