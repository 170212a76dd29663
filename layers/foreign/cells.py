"""Cells: what one cell can be read as: a number, degrees, a place, a day. It never guesses which."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

NOTHING = frozenset(
    {"", "na", "n/a", "nan", "none", "null", "-", "–", "—", "#n/a", "nd", "n.d.", "not available"}
)
"""Cells that state nothing, in small letters."""

_BLANKS = "[ \u00a0\u2009\u202f']"
PLAIN = re.compile(r"[-+−]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?")
"""Digits, with a sign, a point or an exponent at most."""
_COMMA = re.compile(r"[-+−]?\d+,\d+")
_BY_BLANKS = re.compile(rf"[-+−]?\d{{1,3}}({_BLANKS}\d{{3}})+([.,]\d+)?")
_BY_COMMAS = re.compile(r"[-+−]?\d{1,3}(,\d{3})+(\.\d+)?")
_BY_POINTS = re.compile(r"[-+−]?\d{1,3}(\.\d{3})+,\d+|[-+−]?\d{1,3}(\.\d{3}){2,}")


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
    """Thousands parted by points, with a decimal comma or twice."""


@lru_cache(maxsize=100_000)
def number_forms(text: str) -> frozenset[NumberForm]:
    """
    Return every way in which a cell can be read as a number; none if it is none.

    Examples
    --------
    >>> sorted(number_forms("1,250")), sorted(number_forms("1 250")), sorted(number_forms("x"))
    ([<NumberForm.COMMA: 'comma'>, <NumberForm.COMMAS: 'commas'>], [<NumberForm.BLANKS: 'blanks'>], [])
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


def number(text: str, *, commas_part_thousands: bool = False) -> float | None:
    """
    Return the number in a cell, None if it holds none.

    Parameters
    ----------
    commas_part_thousands
        Whether "1,250" is a thousand and more: its column decides.

    Examples
    --------
    >>> number("1 250,5"), number("1,250"), number("1,250", commas_part_thousands=True), number("12 pax")
    (1250.5, 1.25, 1250.0, None)
    """
    if text.isascii() and PLAIN.fullmatch(text):
        return float(text)
    forms = number_forms(text)
    if not forms:
        return None
    bare = re.sub(_BLANKS, "", text).replace("−", "-")
    if NumberForm.COMMAS in forms and (commas_part_thousands or NumberForm.COMMA not in forms):
        bare = bare.replace(",", "")
    elif NumberForm.POINTS in forms:
        bare = bare.replace(".", "").replace(",", ".")
    return float(bare.replace(",", "."))


_DEGREES = re.compile(
    r"""(?P<before>[NSEWO])?\s*(?P<sign>[-+−])?\s*(?P<d>\d{1,3}(?:[.,]\d+)?)\s*(?P<mark>[°º˚]|deg|\s|d|:)?\s*
    (?:(?P<m>\d{1,2}(?:[.,]\d+)?)\s*(?:['′’´m:]|\s)?\s*)?
    (?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|''|’’|′′|s(?=\s*[NSEWO]))?\s*)?(?P<after>[NSEWO])?""",
    re.VERBOSE | re.IGNORECASE,
)
_SIXTY = 60


class Axis(StrEnum):
    """Which way degrees run."""

    LATITUDE = "latitude"
    LONGITUDE = "longitude"


_AXES = {
    "N": Axis.LATITUDE,
    "S": Axis.LATITUDE,
    "E": Axis.LONGITUDE,
    "W": Axis.LONGITUDE,
    "O": Axis.LONGITUDE,
}
"""By the letter; O is French for west."""


@dataclass(frozen=True, slots=True)
class Degrees:
    """Degrees written with minutes or a letter."""

    value: float
    axis: Axis | None
    """None where no letter says it."""


@lru_cache(maxsize=100_000)
def degrees(text: str) -> Degrees | None:
    """
    Return degrees written with a sign of degrees or a letter, None if a cell holds none.

    Examples
    --------
    >>> degrees("14°30'N"), degrees("4 15 O").value, degrees("14.5")
    (Degrees(value=14.5, axis=<Axis.LATITUDE: 'latitude'>), -4.25, None)
    """
    hit = _DEGREES.fullmatch(text.strip())
    if hit is None:
        return None
    letter = (hit["before"] or hit["after"] or "").upper()
    if not letter and hit["mark"] not in {"°", "º", "˚", "deg"}:
        return None
    if hit["before"] and hit["after"]:
        return None
    whole, minutes, seconds = (float((hit[part] or "0").replace(",", ".")) for part in ("d", "m", "s"))
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    value = whole + minutes / _SIXTY + seconds / _SIXTY**2
    south_or_west = letter in {"S", "W", "O"}
    if hit["sign"] in {"-", "−"}:
        if south_or_west:
            return None
        value = -value
    return Degrees(-value if south_or_west else value, _AXES.get(letter))


_PAIR = re.compile(
    r"[(\[]?\s*(.+?)\s*(?:[;|/]|,\s|,(?=\s*[-+−]?\d+\.)|\s(?=[-+−]?\d+[.,]\d+\s*[)\]]?$))\s*(.+?)\s*[)\]]?"
)
_FLOAT = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)"
_POINT = re.compile(rf"POINT\s*Z?\s*\(\s*{_FLOAT}\s+{_FLOAT}(?:\s+{_FLOAT})?\s*\)", re.IGNORECASE)
_PART = re.compile(r"[-+−]?\d{1,3}[.,]\d+")
_UTM = re.compile(r"(?P<zone>[1-9]|[1-5]\d|60)\s*(?P<band>[C-HJ-NP-X])[\s,;]+(?P<e>\d{6}(?:\.\d+)?)\s*m?E?[\s,;]+(?P<n>\d{1,7}(?:\.\d+)?)\s*m?N?", re.IGNORECASE)  # fmt: skip  # noqa: E501


@lru_cache(maxsize=100_000)
def pair(text: str) -> tuple[Degrees, Degrees] | None:
    """
    Return two degrees in one cell in the order in which they stand, None if it holds no two.

    Examples
    --------
    >>> [round(each.value, 3) for each in pair("14.5, -4.2")], pair("Old Ford, north")
    ([14.5, -4.2], None)
    """
    point = _POINT.fullmatch(text)
    if point:
        x, y = float(point[1]), float(point[2])
        return Degrees(x, Axis.LONGITUDE), Degrees(y, Axis.LATITUDE)
    hit = _PAIR.fullmatch(text)
    if hit is None:
        return None
    first, second = _part(hit[1]), _part(hit[2])
    return None if first is None or second is None else (first, second)


def _part(text: str) -> Degrees | None:
    if _PART.fullmatch(text):
        return Degrees(float(text.replace(",", ".").replace("−", "-")), None)
    return degrees(text)


@dataclass(frozen=True, slots=True)
class Utm:
    """A place in a zone of the Universal Transverse Mercator grid."""

    zone: int
    south: bool
    easting_m: float
    northing_m: float


_FIRST_NORTHERN_BAND = "N"


def utm(text: str) -> Utm | None:
    """
    Return a place written as zone, easting and northing, None if a cell holds none.

    Examples
    --------
    >>> utm("30P 412345 1612345")
    Utm(zone=30, south=False, easting_m=412345.0, northing_m=1612345.0)
    """
    hit = _UTM.fullmatch(text.strip())
    if hit is None:
        return None
    band = hit["band"].upper()
    # A lone S is a band of the north and a word for the south: below the equator northings are large.
    lone_s = band == "S" and not _BAND_S_M[0] <= float(hit["n"]) <= _BAND_S_M[1]
    if lone_s and float(hit["n"]) < _BAND_S_M[0]:
        return None
    south = band < _FIRST_NORTHERN_BAND or lone_s
    return Utm(int(hit["zone"]), south, float(hit["e"]), float(hit["n"]))


_MGRS = re.compile(
    r"([1-9]|[1-5]\d|60|0[1-9])\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z])([A-HJ-NP-V])\s*(\d*)[\s,;]*(\d*)",
    re.IGNORECASE,
)
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
"""Letters of the squares from west to east, by zone: three sets that repeat."""
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
"""Letters of the squares from south to north; zones of even number begin at F."""
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_SQUARE_M, _CYCLE_M, _DEGREE_M = 100_000, 2_000_000, 110_600.0
_FINEST_DIGITS = 5


@lru_cache(maxsize=100_000)
def mgrs(text: str) -> Utm | None:
    """
    Return the middle of a square of the Military Grid Reference System, None if a cell names none.

    Examples
    --------
    >>> mgrs("18S UJ 23483 06479")
    Utm(zone=18, south=False, easting_m=323483.5, northing_m=4306479.5)
    """
    hit = _MGRS.fullmatch(text.strip())
    if hit is None:
        return None
    zone, band, column, row = int(hit[1]), hit[2].upper(), hit[3].upper(), hit[4].upper()
    digits = hit[5] + hit[6]
    places = len(digits) // 2
    if len(digits) % 2 or (hit[6] and len(hit[5]) != len(hit[6])) or not 1 <= places <= _FINEST_DIGITS:
        return None
    letters = _COLUMNS[(zone - 1) % 3]
    if column not in letters:
        return None
    size = 10 ** (_FINEST_DIGITS - places)
    east, north = int(digits[:places]) * size + size / 2, int(digits[places:]) * size + size / 2
    easting = (letters.index(column) + 1) * _SQUARE_M + east
    start = _ROWS.index(row) - (0 if zone % 2 else _ROWS.index("F"))
    northing = start % len(_ROWS) * _SQUARE_M + north
    south = band < _FIRST_NORTHERN_BAND
    # Rows repeat every 2,000 km: the band of 8° says which of them is meant.
    lowest = (-80 + 8 * _BANDS.index(band)) * _DEGREE_M + (10_000_000 if south else 0) - _SQUARE_M
    while northing < lowest:
        northing += _CYCLE_M
    return Utm(zone, south, easting, northing)


_BAND_S_M = (3_540_000.0, 4_430_000.0)
"""Northings of band S, from 32° to 40° N [m]."""

MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january janvier jan janv",
            "february fevrier feb fev fevr",
            "march mars mar",
            "april avril apr avr",
            "may mai",
            "june juin jun",
            "july juillet jul juil",
            "august aout aug aou",
            "september septembre sep sept",
            "october octobre oct",
            "november novembre nov",
            "december decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Names of months in English and French and their short forms, without accents."""

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
    if bare.split(".")[0].isdigit() and FIRST_SERIAL <= (number(bare) or 0) < LAST_SERIAL:
        made = _EPOCH + timedelta(days=int(float(bare)))
        return WrittenDay(DateForm.SERIAL, made, made)
    return None


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
