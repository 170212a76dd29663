"""Record: one row of a list is read as its mapping says, or a reason why it cannot be taken."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import shapely

from layers.characters import printable
from layers.foreign.cells import NOTHING, WrittenPeriod, day, number, number_forms, period, quoted
from layers.foreign.marked import MarkTally, mark_among
from layers.foreign.placed import aside
from layers.foreign.points import Placing
from layers.foreign.seen import ColumnSeen
from layers.foreign.sheets import ForeignRow
from layers.formats.forbidden import plain
from layers.intake.fields import Absent, Form, IntakeField
from layers.intake.held import AreaHeld
from layers.intake.mapping import IntakeMapping, meaning
from layers.months_typed import months_said
from layers.sentences import Sentence, say

_TRUE, _FALSE = (
    frozenset(["true", "1", "yes", "oui", "vrai", "t", "o", "y"]),
    frozenset(["false", "0", "no", "non", "faux", "f", "n"]),
)
_NO_SHAPE = say("it has no shape")
_OTHER_SHAPE = say("its shape is {kind}, and the layer takes {wanted}")
_NO_NUMBER = say("{cell} is no number; write it in digits, such as 12 or 12.5")
_EITHER = say(
    "{cell} could be thousands or decimals; write it without the point or comma, or with one decimal more"
)
_NO_WHOLE = say("{cell} is no whole number; write it such as 12")
_BELOW = say("{cell} is out of range; the least is {least}")
_ABOVE = say("{cell} is out of range; the most is {most}")
_NO_DAY = say("{cell} is no day; write it such as 2019-06-30")
_TWO_DAYS = say(
    "{cell} can be two days, for nothing says whether the day or the month stands first; write it such as"
    " 2019-06-30"
)
_OTHER_ORDER = say(
    "{cell} is a day only if read the other way round than its column; write it such as 2019-06-30"
)
_YEAR_ALONE = say("{cell} is a year without a day; write the day or the month, such as 2019-06-30 or 06/2019")
_NO_MONTHS = say("{cell} is no list of months; write 7-12, or July–December")
_NO_TRUTH = say("{cell} is neither yes nor no")
_NO_WORD = say("what {cell} means is not said")
_EMPTY = say("it is empty")
_LEFT = say("rows of this word are left out, as was said: {cell}")
_LEFT_EMPTY = say("rows with an empty cell here are left out, as was said")
_MOST_ASSETS = 1000
_LED = re.compile(r"(\d{1,3})\s*(?:[^\W\d_]|\()")
"""A count with a word or a bracket behind it, such as "2 coys"."""
_NO_TIME = say("neither its day nor its year is stated")
_NO_SITE = say("{cell} is no site of the area; bring the sites first, or write their names alike")
_NO_COUNT = say(
    "{cell} is no number of {kind}; write digits, or take no column for {kind} (in the terminal:"
    " asset.{kind}=)"
)
_LEVELS_READ = say("Of levels of hospitals II and III are one place of surgery each, and I is none: {read}.")
_LEVEL = re.compile(r"(?:(niveau|level|role|lvl|niv)\.? ?)?(i{1,3}|[1-3])")
_SAYS_LEVEL = re.compile(r"\b(niveaux?|levels?|role)\b(?! ?(i{1,3}|[1-3])\b)")


_READ_SHOWN = 20
_PERIODS = say(
    "Months and years without a day: a site is taken as open from the first day named to the last: {read}."
)
_MONTHS_ALONE = say("Incidents of which the month is known and no day: {n}.")
MONTH_ALONE = "\x1fmonth alone"
"""Beside the fields of an incident, where its month is known and no day."""
_END = "open_to"


class UnfitCellError(ValueError):
    """
    A row that cannot be taken.

    Parameters
    ----------
    problem
        Why.
    column
        Where, "" for the whole row.
    left
        Whether a person said that such rows are left out.
    """

    def __init__(self, problem: Sentence, column: str, *, left: bool = False) -> None:
        self.problem, self.column, self.left = problem, column, left
        super().__init__(problem)


@dataclass(slots=True)
class RowTaking:
    """Reads one row after another as a mapping says."""

    mapping: IntakeMapping
    columns: Sequence[ColumnSeen]
    where: Placing | None
    area: AreaHeld
    degrees: Callable[[Any], Any] | None = None
    """Brings an array of coordinates of shapes to longitude and latitude; None where they are in these."""
    read_as: dict[str, int] = field(default_factory=dict)
    """Cells that begin with a number of assets and say more, and the number that they are read as."""
    points_inside: int = 0
    """Areas that were taken by a point inside them, so far."""
    levels: dict[str, int] = field(default_factory=dict)
    """Cells that name the level of a hospital, and how many places of surgery that is."""
    periods: dict[str, str] = field(default_factory=dict)
    """Cells that name a month or a year where a day is wanted, and the day that is taken."""
    months_alone: int = 0
    """Rows of incidents of which the month is known and no day, so far."""
    not_taken: MarkTally = field(default_factory=MarkTally)
    """Cells with an error or no saved value in columns that are not taken."""
    _is_month_alone: bool = False
    _at: dict[str, int] = field(default_factory=dict)
    _counted: dict[str, int] = field(default_factory=dict)
    _placing: tuple[int, ...] = ()
    _taken: frozenset[int] = frozenset()
    """Places of all columns that are taken."""

    def __post_init__(self) -> None:
        names = [each.name for each in self.columns]
        self._at = {name: names.index(column) for name, column in self.mapping.columns.items()}
        self._counted = {kind: names.index(column) for kind, column in self.mapping.assets.items()}
        self._placing = () if self.where is None else tuple(map(names.index, self.where.columns))
        self._taken = frozenset({*self._at.values(), *self._counted.values(), *self._placing})

    def read_otherwise(self) -> list[Sentence]:
        """Say what is taken of months and years without a day, and of levels of hospitals."""
        notes = []
        if self.periods:
            pairs = [f"{cell!r} → {taken}" for cell, taken in list(self.periods.items())[:_READ_SHOWN]]
            pairs += ["…"] if len(self.periods) > _READ_SHOWN else []
            notes.append(_PERIODS.having(read=", ".join(pairs)))
        if self.months_alone:
            notes.append(_MONTHS_ALONE.having(n=self.months_alone))
        if self.levels:
            levels = ", ".join(f"{cell!r} → {count}" for cell, count in self.levels.items())
            notes.append(_LEVELS_READ.having(read=levels))
        return notes

    def assets(self, row: ForeignRow) -> dict[str, int]:
        """Return how many of each kind of asset a row of a site list counts; empty cells count none."""
        counts = {}
        for kind, at in self._counted.items():
            cell = row.cells[at].strip()
            if cell.lower() in NOTHING:
                continue
            level = _level(cell, self.columns[at].name) if kind == _SURGERY else None
            if level is not None:
                self.levels[cell] = counts[kind] = int(level > 1)
                continue
            value = number(cell)
            if value is None and (led := _LED.match(cell)) is not None:
                value = float(led[1])
                self.read_as[cell] = int(value)
            if value is None or value != int(value) or not 0 <= value <= _MOST_ASSETS:
                problem = _NO_COUNT.having(cell=quoted(cell), kind=kind)
                raise UnfitCellError(problem, self.columns[at].name)
            counts[kind] = int(value)
        return {kind: count for kind, count in counts.items() if count}

    def read(self, row: ForeignRow) -> tuple[dict[str, object], object]:
        """
        Return a row's fields and its shape.

        Raises
        ------
        UnfitCellError, NowhereError
            If the row cannot be taken.
        """
        self.not_taken.add(problem for n, problem in row.marks if n not in self._taken)
        if row.problem is not None:
            raise UnfitCellError(row.problem, "")
        if (why := aside(row, self._placing)) is not None:
            raise UnfitCellError(why, "")
        marked = mark_among(row, sorted(self._taken)) if row.marks else None
        if marked is not None:
            raise UnfitCellError(marked, "")
        self._is_month_alone = False
        record = {each.name: self._value(each, row) for each in self.mapping.target.fields}
        if self._is_month_alone:
            record[MONTH_ALONE], self.months_alone = True, self.months_alone + 1
        if self.mapping.layer == "incidents" and not record["date"] and not record["year"]:
            raise UnfitCellError(_NO_TIME, self.mapping.columns.get("date", ""))
        return record, self._shape(row)

    def _shape(self, row: ForeignRow) -> object:
        if not self.mapping.target.shapes:
            return None
        if self.where is not None:
            point = shapely.Point(*self.where.locate(row.cells))
            self._check_near(point, self.where.columns[0])
            return point
        if row.shape is None:
            raise UnfitCellError(_NO_SHAPE, "")
        shape = self._as_wanted(row.shape)
        self._check_near(shape if self.degrees is None else shapely.transform(shape, self.degrees), "")
        return shape

    def _check_near(self, shape: Any, column: str) -> None:  # noqa: ANN401  shapely is not typed
        """Raise `UnfitCellError` where a place cannot be meant."""
        too_far = self.area.too_far(self.mapping.layer, shape)
        if too_far is not None:
            raise UnfitCellError(too_far, column)

    def _as_wanted(self, content: bytes) -> Any:  # noqa: ANN401  shapely is not typed
        """Return a shape as the layer takes it."""
        shape = shapely.from_wkb(content)
        kind, wanted = shape.geom_type.removeprefix("Multi"), self.mapping.target.shapes
        if shape.is_empty:
            raise UnfitCellError(_NO_SHAPE, "")
        if wanted == {"Point"} and kind == "Polygon":
            # A camp or a hospital drawn as an area is where a point inside it is.
            self.points_inside += 1
            return shape.representative_point()
        if wanted == {"LineString"} and shape.geom_type == "MultiLineString":
            return shapely.line_merge(shape)
        if shape.geom_type == "MultiPoint" and len(shape.geoms) == 1:
            return shape.geoms[0]
        if kind not in wanted or shape.geom_type == "MultiPoint":
            raise UnfitCellError(
                _OTHER_SHAPE.having(kind=shape.geom_type, wanted=", ".join(sorted(wanted))), ""
            )
        return shape

    def _value(self, wanted: IntakeField, row: ForeignRow) -> object:
        at = self._at.get(wanted.name)
        if at is None:
            stated = self.mapping.stated.get(wanted.name)
            if stated is not None:
                return "" if is_none(wanted, stated) else self._read(wanted, stated, None)
            return {Absent.STANDS: wanted.stands, Absent.EMPTY: "", Absent.MADE: ""}.get(wanted.absent)
        return self._read(wanted, row.cells[at].strip(), self.columns[at])

    def _read(self, wanted: IntakeField, cell: str, column: ColumnSeen | None) -> object:
        name = "" if column is None else column.name
        if wanted.form is Form.WORD:
            return self._word(wanted, cell, name)
        if cell.lower() in NOTHING:
            if wanted.absent is Absent.ASKED:
                raise UnfitCellError(_EMPTY, name)
            return wanted.stands if wanted.absent is Absent.STANDS else ""
        if wanted.form is Form.DAY:
            return self._day(wanted, cell, column, name).isoformat()
        if wanted.form in {Form.NUMBER, Form.WHOLE}:
            return self._number(wanted, cell, column, name)
        return self._text(wanted, cell, name)

    def _text(self, wanted: IntakeField, cell: str, name: str) -> str:
        match wanted.form:
            case Form.MONTHS:
                return _months(cell, wanted.name, name)
            case Form.TRUTH:
                return _truth(cell, name)
            case _ if self.mapping.layer == "assets" and wanted.name == "site_id":
                return self._site(cell, name)
            case _:
                return printable(cell)

    def _site(self, cell: str, name: str) -> str:
        found = self.area.sites.get(cell) or self.area.sites.get(plain(cell))
        if found is None:
            raise UnfitCellError(_NO_SITE.having(cell=quoted(cell)), name)
        return found

    def _word(self, wanted: IntakeField, cell: str, name: str) -> str:
        told = self.mapping.words.get(wanted.name, {})
        silent = cell.lower() in NOTHING and told.keys().isdisjoint({cell, ""})
        if silent and wanted.absent is Absent.STANDS:
            return wanted.stands
        meant = meaning(self.mapping, wanted, cell)
        if meant is None:
            raise UnfitCellError(_NO_WORD.having(cell=quoted(cell)), name)
        if meant == "":
            empty = cell.lower() in NOTHING
            raise UnfitCellError(_LEFT_EMPTY if empty else _LEFT.having(cell=quoted(cell)), name, left=True)
        return meant

    def _day(self, wanted: IntakeField, cell: str, column: ColumnSeen | None, name: str) -> date:
        written = day(cell)
        if written is None:
            named = period(cell)
            if named is None:
                raise UnfitCellError(_NO_DAY.having(cell=quoted(cell)), name)
            return self._in_period(wanted, cell, named, name)
        order = None if column is None else column.day_first
        both = [each for each in (written.day_first, written.month_first) if each is not None]
        if len(set(both)) == 1 and (order is None or len(both) == 2):  # noqa: PLR2004  both readings
            # It can be one day alone, whatever others of its column may be.
            return both[0]
        if order is None:
            raise UnfitCellError(_TWO_DAYS.having(cell=quoted(cell)), name)
        first = written.day_first if order else written.month_first
        if first is None:
            raise UnfitCellError(_OTHER_ORDER.having(cell=quoted(cell)), name)
        return first

    def _in_period(self, wanted: IntakeField, cell: str, named: WrittenPeriod, name: str) -> date:
        """Return the day that is taken of a month or a year: the first, of an end the last."""
        if self.mapping.layer == "incidents":
            if not named.is_month:
                raise UnfitCellError(_YEAR_ALONE.having(cell=quoted(cell)), name)
            self._is_month_alone = True
            return named.first
        taken = named.last if wanted.name == _END else named.first
        self.periods[f"{name}: {cell}"] = taken.isoformat()
        return taken

    def _number(self, wanted: IntakeField, cell: str, column: ColumnSeen | None, name: str) -> float | int:
        thousands = None if column is None else column.commas_part_thousands
        points = None if column is None else column.points_part_thousands
        value = number(cell, commas_part_thousands=thousands, points_part_thousands=points)
        said = self.mapping.commas_part_thousands, self.mapping.points_part_thousands
        # A decimal elsewhere in the column does not make twelve people of "12.000".
        parted = number(cell, commas_part_thousands=True, points_part_thousands=True)
        is_doubtful = value is not None and number(cell) is None and value != parted
        if is_doubtful and _counts(wanted) and said == (None, None):
            raise UnfitCellError(_EITHER.having(cell=quoted(cell)), name)
        if value is None and number_forms(cell):
            raise UnfitCellError(_EITHER.having(cell=quoted(cell)), name)
        if value is None or not math.isfinite(value):
            raise UnfitCellError(_NO_NUMBER.having(cell=quoted(cell)), name)
        if wanted.form is Form.WHOLE and value != int(value):
            raise UnfitCellError(_NO_WHOLE.having(cell=quoted(cell)), name)
        if wanted.least is not None and value < wanted.least:
            raise UnfitCellError(_BELOW.having(cell=quoted(cell), least=f"{wanted.least:g}"), name)
        if wanted.most is not None and value > wanted.most:
            raise UnfitCellError(_ABOVE.having(cell=quoted(cell), most=f"{wanted.most:g}"), name)
        return int(value) if wanted.form is Form.WHOLE else value


def _level(cell: str, column: str) -> int | None:
    """Return the level of a hospital that a cell names, or that its column says numbers are."""
    hit = _LEVEL.fullmatch(plain(cell))
    if hit is None or not (hit[1] or _SAYS_LEVEL.search(plain(column))):
        return None
    return _ROMAN.get(hit[2]) or int(hit[2])


_ROMAN = {"i": 1, "ii": 2, "iii": 3}
_SURGERY = "surgery"


def _counts(wanted: IntakeField) -> bool:
    """Tell whether a field counts things, of which there are no parts."""
    return wanted.form is Form.WHOLE or wanted.name in {"people", "deaths", "deaths_civilians"}


def _months(cell: str, wanted: str, name: str) -> str:
    months = months_said(cell)
    if months is None or (months == "" and wanted not in MAY_BE_NONE):
        raise UnfitCellError(_NO_MONTHS.having(cell=quoted(cell)), name)
    return months


MAY_BE_NONE = frozenset({"closed_months", "navigable_months"})
"""Fields of months that may be none."""


def is_none(wanted: IntakeField, stated: str) -> bool:
    """Tell whether a person said for all rows that something is so in no month."""
    return wanted.name in MAY_BE_NONE and months_said(stated) == ""


def is_truth(cell: str) -> bool:
    """Tell whether a cell says yes or no."""
    return cell.lower() in _TRUE | _FALSE


def _truth(cell: str, name: str) -> str:
    word = cell.lower()
    if not is_truth(cell):
        raise UnfitCellError(_NO_TRUTH.having(cell=quoted(cell)), name)
    return "true" if word in _TRUE else "false"
