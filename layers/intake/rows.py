"""Rows: a list is taken row by row as its mapping says; every row is taken, left out as said, or reported."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS

from layers.characters import printable
from layers.foreign.cells import NOTHING, day, number
from layers.foreign.points import NowhereError, Placing, placing
from layers.foreign.seen import ColumnSeen, RowReport, SheetSeen
from layers.foreign.sheets import ForeignRow
from layers.formats.forbidden import slug
from layers.formats.identity import content_ids, numbered
from layers.intake.fields import Absent, Form, IntakeField
from layers.intake.mapping import IntakeMapping, meaning
from layers.months import months_mask
from layers.sentences import Sentence, say

_LISTED = 50
_WORDS_MOST = 200
"""Different words of a column that are asked about."""
_TRUE, _FALSE = (
    frozenset(["true", "1", "yes", "oui", "vrai", "t", "o", "y"]),
    frozenset(["false", "0", "no", "non", "faux", "f", "n"]),
)
_NO_SHAPE = say("it has no shape")
_OTHER_SHAPE = say("its shape is {kind}, and the layer takes {wanted}")
_NO_NUMBER = say("{cell} is no number")
_NO_WHOLE = say("{cell} is no whole number")
_BEYOND = say("{cell} is out of range")
_NO_DAY = say("{cell} is no day")
_NO_MONTHS = say("{cell} is no list of months")
_NO_TRUTH = say("{cell} is neither yes nor no")
_NO_WORD = say("what {cell} means is not said")
_EMPTY = say("it is empty")
_LEFT = say("rows of this word are left out, as was said: {cell}")


@dataclass(frozen=True, slots=True, eq=False)
class TakenRows:
    """What a list gives a layer."""

    frame: gpd.GeoDataFrame
    """In the layer's columns, longitude and latitude; days and months as text, as layer files have them."""
    reports: tuple[RowReport, ...]
    """Rows that cannot be taken, by reason."""
    left_out: tuple[RowReport, ...]
    """Rows that a person left out by their words."""
    rows: int
    """Rows of the list: those taken, reported and left out."""

    @property
    def taken(self) -> int:
        """Rows that are taken."""
        return self.rows - sum(each.count for each in (*self.reports, *self.left_out))


class _UnfitCellError(ValueError):
    def __init__(self, problem: Sentence, column: str, *, left: bool = False) -> None:
        self.problem, self.column, self.left = problem, column, left
        super().__init__(problem)


@dataclass(slots=True)
class _Tally:
    """Rows by reason."""

    first: dict[tuple[str, str], Sentence] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, problem: Sentence, column: str, row: int) -> None:
        key = (problem.template, column)
        self.first.setdefault(key, problem)
        self.counts[key] += 1
        listed = self.rows.setdefault(key, [])
        if len(listed) < _LISTED:
            listed.append(row)

    def made(self) -> tuple[RowReport, ...]:
        return tuple(
            RowReport(problem=self.first[key], column=key[1], rows=tuple(rows), count=self.counts[key])
            for key, rows in self.rows.items()
        )


def open_words(
    mapping: IntakeMapping, sheet: SheetSeen, rows: Iterable[ForeignRow]
) -> dict[str, tuple[str, ...]]:
    """
    Return by field the cells of which nothing says what they mean, the commonest first.

    Parameters
    ----------
    mapping
        Which columns are taken for fields of words.
    sheet
        The list's columns.
    rows
        All of its rows.
    """
    names = [each.name for each in sheet.columns]
    asked = {
        name: names.index(mapping.columns[name])
        for name in (each.name for each in mapping.target.fields if each.form is Form.WORD)
        if mapping.columns.get(name) in names
    }
    counts: dict[str, Counter[str]] = {name: Counter() for name in asked}
    for row in rows:
        if row.problem is None:
            for name, at in asked.items():
                counts[name][row.cells[at].strip()] += 1
    found = {}
    for name, cells in counts.items():
        wanted = mapping.target.field(name)
        unknown = [
            cell for cell, _ in cells.most_common() if wanted is not None and _is_open(mapping, wanted, cell)
        ]
        if unknown:
            found[name] = tuple(unknown[:_WORDS_MOST])
    return found


def _is_open(mapping: IntakeMapping, wanted: IntakeField, cell: str) -> bool:
    """Tell whether nothing says what a cell means; an empty one says so where a word stands for that."""
    empty_stands = cell.lower() in NOTHING and wanted.absent is Absent.STANDS
    return not empty_stands and meaning(mapping, wanted, cell) is None


def take(
    mapping: IntakeMapping,
    sheet: SheetSeen,
    rows: Iterable[ForeignRow],
    *,
    provider: str,
    confidence: str,
    invented: bool,
) -> TakenRows:
    """
    Return the rows of a list in a layer's columns.

    Parameters
    ----------
    mapping
        Which column is which field.
    sheet
        The list's columns and reference system.
    rows
        All of its rows.
    provider, confidence
        What the ledger says of the list; where a layer keeps a source or a provider of each row, this one.
    invented
        Whether the rows are invented.

    Notes
    -----
    Rows = taken + reported + left out, always. A row with one bad cell is reported whole.
    """
    columns = mapping.adjusted(sheet.columns)
    taking = _Taking(mapping, columns, None if sheet.shapes else placing(columns))
    bad, left = _Tally(), _Tally()
    made: list[dict[str, object]] = []
    shapes: list[object] = []
    count = 0
    for row in rows:
        count += 1
        try:
            record, shape = taking.read(row)
        except _UnfitCellError as error:
            (left if error.left else bad).add(error.problem, error.column, row.number)
        except NowhereError as error:
            bad.add(error.problem, error.column, row.number)
        else:
            made.append(record)
            shapes.append(shape)
    names = [each.name for each in mapping.target.fields]
    crs = sheet.stated_reference if sheet.shapes and sheet.stated_reference else "EPSG:4326"
    placed = gpd.GeoSeries(shapes, crs=CRS.from_user_input(crs)).to_crs("EPSG:4326")
    frame = gpd.GeoDataFrame(
        {name: [record.get(name) for record in made] for name in names},
        geometry=placed.to_numpy(),
        crs="EPSG:4326",
    )
    frame = _completed(frame, mapping, provider=provider, confidence=confidence, invented=invented)
    return TakenRows(frame, bad.made(), left.made(), count)


@dataclass(slots=True)
class _Taking:
    """Reads one row after another as a mapping says."""

    mapping: IntakeMapping
    columns: Sequence[ColumnSeen]
    where: Placing | None
    _at: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [each.name for each in self.columns]
        self._at = {name: names.index(column) for name, column in self.mapping.columns.items()}

    def read(self, row: ForeignRow) -> tuple[dict[str, object], object]:
        """Return a row's fields and its shape; raise `_UnfitCellError` or `NowhereError` where it cannot be taken."""
        if row.problem is not None:
            raise _UnfitCellError(row.problem, "")
        record = {each.name: self._value(each, row) for each in self.mapping.target.fields}
        return record, self._shape(row)

    def _shape(self, row: ForeignRow) -> object:
        if self.where is not None:
            return shapely.Point(*self.where.locate(row.cells))
        if row.shape is None:
            raise _UnfitCellError(_NO_SHAPE, "")
        shape = shapely.from_wkb(row.shape)
        kind, wanted = shape.geom_type.removeprefix("Multi"), self.mapping.target.shapes
        if shape.is_empty:
            raise _UnfitCellError(_NO_SHAPE, "")
        if wanted == {"Point"} and kind == "Polygon":
            # A camp or a hospital drawn as an area is where a point inside it is.
            return shape.representative_point()
        if wanted == {"LineString"} and shape.geom_type == "MultiLineString":
            return shapely.line_merge(shape)
        if shape.geom_type == "MultiPoint" and len(shape.geoms) == 1:
            return shape.geoms[0]
        if kind not in wanted or shape.geom_type == "MultiPoint":
            raise _UnfitCellError(
                _OTHER_SHAPE.having(kind=shape.geom_type, wanted=", ".join(sorted(wanted))), ""
            )
        return shape

    def _value(self, wanted: IntakeField, row: ForeignRow) -> object:
        at = self._at.get(wanted.name)
        if at is None:
            stated = self.mapping.values.get(wanted.name)
            if stated is not None:
                return self._read(wanted, stated, None)
            return {Absent.STANDS: wanted.stands, Absent.EMPTY: "", Absent.MADE: ""}.get(wanted.absent)
        return self._read(wanted, row.cells[at].strip(), self.columns[at])

    def _read(self, wanted: IntakeField, cell: str, column: ColumnSeen | None) -> object:
        name = "" if column is None else column.name
        if wanted.form is Form.WORD:
            return self._word(wanted, cell, name)
        if cell.lower() in NOTHING:
            if wanted.absent is Absent.ASKED:
                raise _UnfitCellError(_EMPTY, name)
            return wanted.stands if wanted.absent is Absent.STANDS else ""
        match wanted.form:
            case Form.TEXT:
                return printable(cell)
            case Form.DAY:
                return self._day(cell, column, name).isoformat()
            case Form.MONTHS:
                return _months(cell, name)
            case Form.TRUTH:
                return _truth(cell, name)
            case _:
                return self._number(wanted, cell, column, name)

    def _word(self, wanted: IntakeField, cell: str, name: str) -> str:
        stated = self.mapping.words.get(wanted.name, {}).get(cell)
        if stated is None and cell.lower() in NOTHING and wanted.absent is Absent.STANDS:
            return wanted.stands
        meant = meaning(self.mapping, wanted, cell)
        if meant is None:
            raise _UnfitCellError(_NO_WORD.having(cell=repr(cell)), name)
        if meant == "":
            raise _UnfitCellError(_LEFT.having(cell=repr(cell)), name, left=True)
        return meant

    def _day(self, cell: str, column: ColumnSeen | None, name: str) -> date:
        written = day(cell)
        first = None if written is None else written.day_first
        if written is not None and written.day_first != written.month_first and column is not None:
            first = {True: written.day_first, False: written.month_first, None: None}[column.day_first]
        if first is None:
            raise _UnfitCellError(_NO_DAY.having(cell=repr(cell)), name)
        return first

    def _number(self, wanted: IntakeField, cell: str, column: ColumnSeen | None, name: str) -> float | int:
        thousands = self.mapping.commas_part_thousands
        if thousands is None:
            thousands = column is not None and column.commas_part_thousands is True
        value = number(cell, commas_part_thousands=thousands)
        if value is None or not math.isfinite(value):
            raise _UnfitCellError(_NO_NUMBER.having(cell=repr(cell)), name)
        if wanted.form is Form.WHOLE and value != int(value):
            raise _UnfitCellError(_NO_WHOLE.having(cell=repr(cell)), name)
        if (wanted.least is not None and value < wanted.least) or (
            wanted.most is not None and value > wanted.most
        ):
            raise _UnfitCellError(_BEYOND.having(cell=repr(cell)), name)
        return int(value) if wanted.form is Form.WHOLE else value


def _months(cell: str, name: str) -> str:
    try:
        months_mask(cell)
    except ValueError as error:
        raise _UnfitCellError(_NO_MONTHS.having(cell=repr(cell)), name) from error
    return cell


def _truth(cell: str, name: str) -> str:
    word = cell.lower()
    if word not in _TRUE | _FALSE:
        raise _UnfitCellError(_NO_TRUTH.having(cell=repr(cell)), name)
    return "true" if word in _TRUE else "false"


def _completed(
    frame: gpd.GeoDataFrame, mapping: IntakeMapping, *, provider: str, confidence: str, invented: bool
) -> gpd.GeoDataFrame:
    """Return the rows with what is made of the rest: identifiers, years, sources."""
    key = mapping.target.key
    stands = {
        "source": provider,
        "provider": provider,
        "confidence": confidence,
        "invented": invented,
        "parent_id": "",
    }
    for name, value in stands.items():
        if name in frame and name not in mapping.columns and name not in mapping.values:
            frame[name] = value
    if mapping.layer == "incidents":
        frame = _dated(frame)
    if key not in mapping.columns:
        frame[key] = _identifiers(frame.drop(columns=key), mapping.layer)
    return frame


def _dated(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    years = [
        str(day_text)[:4] if day_text else year
        for day_text, year in zip(frame["date"], frame["year"], strict=True)
    ]
    precision = ["day" if day_text else "year" for day_text in frame["date"]]
    return frame.assign(year=years, date_precision=precision)


_PREFIX = {"sites": "", "places": "", "airfields": "", "regions": "", "districts": "", "country": ""}


def _identifiers(frame: gpd.GeoDataFrame, layer: str) -> pd.Series:
    """Return identifiers made of names where a layer has them, else of the whole row's content."""
    if layer in _PREFIX and "name" in frame and frame["name"].map(lambda name: bool(slug(str(name)))).all():
        return numbered(frame["name"].map(lambda name: slug(str(name))))
    return content_ids(frame, layer.rstrip("s"))
