"""Cells: what one cell can be read as: a number or a day. It never guesses which."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from layers.characters import printable
from layers.foreign.refused import is_about_person
from layers.month_names import MONTHS

NOTHING = frozenset(
    {"", "na", "n/a", "nan", "none", "null", "-", "–", "—", "#n/a", "nd", "n.d.", "not available"}
)
"""Cells that state nothing, in small letters."""

_BLANKS = "[ \u00a0\u2009\u202f']"
PLAIN = re.compile(r"[-+−]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?")
"""Digits, with a sign, a point or an exponent at most."""
_COMMA = re.compile(r"[-+−]?\d+,\d+")
_BY_BLANKS = re.compile(rf"[-+−]?\d{{1,3}}({_BLANKS}\d{{3}})+([.,]\d+)?")
_BY_COMMAS = re.compile(r"[-+−]?\d{1,3}(,\d{3})+\.\d+|[-+−]?[1-9]\d{0,2}(,\d{3})+|[-+−]?\d{1,3}(,\d{3}){2,}")
_BY_POINTS = re.compile(
    r"[-+−]?\d{1,3}(\.\d{3})+,\d+|[-+−]?[1-9]\d{0,2}(\.\d{3})+|[-+−]?\d{1,3}(\.\d{3}){2,}"
)
DOUBTED = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
"""Digits with one point that could part thousands as well."""


class NumberForm(StrEnum):
    """How a number is written."""

    INTEGER = "integer"
    POINT = "point"
    """With a decimal point."""
    COMMA = "comma"
    """With a decimal comma."""
    BLANKS = "blanks"
    """Thousands parted by blanks."""
    COMMAS = "commas"
    """Thousands parted by commas."""
    POINTS = "points"
    """Thousands parted by points."""


@lru_cache(maxsize=100_000)
def number_forms(text: str) -> frozenset[NumberForm]:
    """
    Return every way in which a cell can be read as a number; none if it is none.

    Examples
    --------
    >>> sorted(number_forms("1,250")), sorted(number_forms("1 250")), sorted(number_forms("x"))
    ([<NumberForm.COMMA: 'comma'>, <NumberForm.COMMAS: 'commas'>], [<NumberForm.BLANKS: 'blanks'>], [])
    >>> sorted(number_forms("1.250")), sorted(number_forms("0.250"))
    ([<NumberForm.POINT: 'point'>, <NumberForm.POINTS: 'points'>], [<NumberForm.POINT: 'point'>])
    """
    forms = set()
    if PLAIN.fullmatch(text):
        whole = text.lstrip("+-−").isdigit()
        forms.add(NumberForm.INTEGER if whole else NumberForm.POINT)
    for form, pattern in (
        (NumberForm.COMMA, _COMMA),
        (NumberForm.BLANKS, _BY_BLANKS),
        (NumberForm.COMMAS, _BY_COMMAS),
        (NumberForm.POINTS, _BY_POINTS),
    ):
        if pattern.fullmatch(text):
            forms.add(form)
    return frozenset(forms)


def number(
    text: str, *, commas_part_thousands: bool | None = None, points_part_thousands: bool | None = None
) -> float | None:
    """
    Return the number in a cell, None if it holds none, or could be either of two.

    Parameters
    ----------
    commas_part_thousands
        Whether "1,250" is a thousand and more: its column decides. None where nothing does.
    points_part_thousands
        The same of "1.250".

    Examples
    --------
    >>> number("1 250,5"), number("1,250"), number("1,250", commas_part_thousands=True), number("12 pax")
    (1250.5, None, 1250.0, None)
    >>> number("1.250"), number("1.250", points_part_thousands=False), number("1.25"), number("0.250")
    (None, 1.25, 1.25, 0.25)
    """
    if text.isascii() and PLAIN.fullmatch(text):
        if "." not in text or DOUBTED.fullmatch(text) is None:
            return float(text)
        if points_part_thousands is None:
            return None
        return float(text.replace(".", "") if points_part_thousands else text)
    forms = number_forms(text)
    if not forms:
        return None
    either_comma, either_point = forms >= _EITHER_COMMA, forms >= _EITHER_POINT
    if (either_comma and commas_part_thousands is None) or (either_point and points_part_thousands is None):
        return None
    bare = re.sub(_BLANKS, "", text).replace("−", "-")
    if NumberForm.COMMAS in forms and (commas_part_thousands or not either_comma):
        bare = bare.replace(",", "")
    elif NumberForm.POINTS in forms and (points_part_thousands or not either_point):
        bare = bare.replace(".", "").replace(",", ".")
    return float(bare.replace(",", "."))


_EITHER_COMMA = frozenset({NumberForm.COMMA, NumberForm.COMMAS})
_EITHER_POINT = frozenset({NumberForm.POINT, NumberForm.POINTS})


def written(value: float) -> str:
    """
    Return a number that its file keeps as a number, so that its point is never taken for one of thousands.

    Examples
    --------
    >>> written(3.0), written(14.5), written(1.3), written(1.234)
    ('3', '14.5', '1.3', '1.2340')
    """
    if value.is_integer() and abs(value) < _WHOLE_BELOW:
        return str(int(value))
    text = repr(value)
    return f"{text}0" if DOUBTED.fullmatch(text) else text


_WHOLE_BELOW = 1e15


def quoted(cell: str) -> str:
    """
    Return a cell as a message repeats it: on one line, cut where it is long, in marks that it does not hold.

    What holds a telephone number, an address or a titled name is not repeated.

    Examples
    --------
    >>> quoted("31/06/2012"), quoted("28°00'E")
    ("'31/06/2012'", "“28°00'E”")
    """
    if is_about_person(cell):
        return "…"
    shown = printable(cell)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return f"“{shown}”" if "'" in shown else f"'{shown}'"


_SHOWN = 60

_TIME = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?\s*(?:Z|[-+]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
_SLASHED = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|er)?[\s\-./]+([a-z]+)\.?[\s\-./,]+(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)  # fmt: skip  # noqa: E501
_MONTH_FIRST = re.compile(rf"([a-z]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.IGNORECASE)
FIRST_SERIAL, LAST_SERIAL = 20_000, 60_000
"""Excel's numbers of days from 1954 to 2064."""
_EPOCH = date(1899, 12, 30)
_CENTURY = 2000
_NEXT = 50
"""Years of two digits from here on are of the century before."""


class DateForm(StrEnum):
    """How a day is written."""

    ISO = "iso"
    """Year first."""
    SLASHED = "slashed"
    """Day and month, or month and day."""
    NAMED = "named"
    """With the month's name."""
    SERIAL = "serial"
    """As a number of days, as spreadsheets keep it."""


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as a cell writes it, before its order is settled."""

    form: DateForm
    day_first: date | None
    """Read with the day first; None where that is no day. The same as the other unless slashed."""
    month_first: date | None


@lru_cache(maxsize=100_000)
def day(text: str) -> WrittenDay | None:
    """
    Return the day a cell can be read as, None if it holds none.

    Examples
    --------
    >>> day("3/4/2019").day_first, day("3/4/2019").month_first
    (datetime.date(2019, 4, 3), datetime.date(2019, 3, 4))
    >>> day("12 août 2019").day_first, day("31/31/2019")
    (datetime.date(2019, 8, 12), None)
    """
    bare = unicodedata.normalize("NFKD", text.strip()).encode("ascii", "ignore").decode("ascii").lower()
    if hit := _ISO.fullmatch(bare):
        return _one(DateForm.ISO, hit[1], int(hit[2]), hit[3])
    if hit := _SLASHED.fullmatch(bare):
        first = _date(hit[4], int(hit[3]), hit[1])
        second = _date(hit[4], int(hit[1]), hit[3])
        return WrittenDay(DateForm.SLASHED, first, second) if first or second else None
    if hit := _DAY_FIRST.fullmatch(bare):
        return _one(DateForm.NAMED, hit[3], MONTHS.get(hit[2], 0), hit[1])
    if hit := _MONTH_FIRST.fullmatch(bare):
        return _one(DateForm.NAMED, hit[3], MONTHS.get(hit[1], 0), hit[2])
    if (
        bare.split(".")[0].isdigit()
        and FIRST_SERIAL <= (number(bare, points_part_thousands=False) or 0) < LAST_SERIAL
    ):
        made = _EPOCH + timedelta(days=int(float(bare)))
        return WrittenDay(DateForm.SERIAL, made, made)
    return None


_MONTH_NAMED = re.compile(r"([a-z]+)\.?[\s\-./]+(\d{4})")
_MONTH_SLASHED = re.compile(r"(\d{1,2})[-/](\d{4})")
_MONTH_ISO = re.compile(r"(\d{4})[-/](\d{1,2})")
_YEAR = re.compile(r"19\d\d|20\d\d")
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class WrittenPeriod:
    """A month or a year as a cell writes it, without a day."""

    first: date
    last: date

    @property
    def is_month(self) -> bool:
        """Whether it is a month and no whole year."""
        return self.first.month == self.last.month


@lru_cache(maxsize=100_000)
def period(text: str) -> WrittenPeriod | None:
    """
    Return the month or the year that a cell names without a day, None where it names none.

    Notes
    -----
    A year of two digits could be a day as well, and a point could part decimals: neither is read.

    Examples
    --------
    >>> [str(period(text).first) for text in ("sept. 2014", "10/2014", "2014-10", "2014")]
    ['2014-09-01', '2014-10-01', '2014-10-01', '2014-01-01']
    >>> [period(text) for text in ("sept-14", "13/2014", "10.2014", "1414", "15/09/2014")]
    [None, None, None, None, None]
    """
    bare = unicodedata.normalize("NFKD", text.strip()).encode("ascii", "ignore").decode("ascii").lower()
    if _YEAR.fullmatch(bare):
        return WrittenPeriod(date(int(bare), 1, 1), date(int(bare), 12, 31))
    if hit := _MONTH_NAMED.fullmatch(bare):
        return _month(hit[2], MONTHS.get(hit[1], 0))
    if hit := _MONTH_SLASHED.fullmatch(bare):
        return _month(hit[2], int(hit[1]))
    if hit := _MONTH_ISO.fullmatch(bare):
        return _month(hit[1], int(hit[2]))
    return None


def _month(year: str, month: int) -> WrittenPeriod | None:
    if not (1 <= month <= _DECEMBER and _YEAR.fullmatch(year)):
        return None
    following = date(int(year) + month // _DECEMBER, month % _DECEMBER + 1, 1)
    return WrittenPeriod(date(int(year), month, 1), following - timedelta(days=1))


def _one(form: DateForm, year: str, month: int, day_of_month: str) -> WrittenDay | None:
    made = _date(year, month, day_of_month)
    return None if made is None else WrittenDay(form, made, made)


def _date(year: str, month: int, day_of_month: str) -> date | None:
    full = int(year)
    if len(year) == 2:  # noqa: PLR2004  digits
        full += _CENTURY if full < _NEXT else _CENTURY - 100
    try:
        return date(full, month, int(day_of_month))
    except ValueError:
        return None
