"""Positions: degrees, two degrees in a cell, UTM and MGRS as offices write them; what is unsure is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

_DEGREES = re.compile(
    r"""(?P<before>[NSEWO])?\s*(?P<sign>[-+−])?(?P<d>\d{1,3}(?:[.,]\d+)?)
    (?:\s*(?P<mark>[°º˚]|degr[eé]e?s|deg|d|:)|(?=\s|[NSEWO]|$))\s*
    (?:(?P<m>\d{1,2}(?:[.,]\d+)?)(?:\s*(?:['′’‘´:]|min(?:utes?)?|m)|(?=\s|[NSEWO]|$))\s*
    (?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:["″”“]|''|’’|′′|´´|sec(?:ond)?e?s?|s(?=\s*[NSEWO]))?\s*)?)?(?P<after>[NSEWO])?""",
    re.VERBOSE | re.IGNORECASE,
)
_COMPACT = re.compile(
    r"""(?P<before>[NSEWO])?\s?(?:(?P<d>\d{2,3})(?P<m>[0-5]\d)(?P<s>[0-5]\d)|(?P<d2>\d{2,3})(?P<m2>[0-5]\d))
    (?P<part>\.\d+)?\s?(?P<after>[NSEWO])?""",
    re.VERBOSE | re.IGNORECASE,
)
"""Degrees, minutes and seconds without anything between them, as airfields are listed: two digits of degrees
for latitudes, three for longitudes."""
_SIXTY = 60
_MOST = {2: 90.0, 3: 180.0}
"""Degrees that there are, by the digits of a latitude and a longitude."""


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
_MARKS = frozenset({"°", "º", "˚", "deg", "degrees", "degrés", "degres"})
"""What says by itself that a number is degrees."""
_NAMED_AXES = re.compile(r"\b(?:(north|nord)|(south|sud)|(east|est)|(west|ouest))\b", re.IGNORECASE)
_DASHED = re.compile(r"(?<![\d.,-])(\d{1,3})-(\d{2})-(\d{2}(?:\.\d+)?)(?![\d-])")
_WORD = re.compile(r"[A-Za-z]{3}")
_LETTERS = "NSEW"


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
    >>> round(degrees("045219N").value, 4), degrees("45219N"), degrees("6.2 North").value
    (4.8719, None, 6.2)
    """
    bare = _lettered(text.strip())
    hit = _DEGREES.fullmatch(bare)
    if hit is None:
        return _compact(bare)
    letter = (hit["before"] or hit["after"] or "").upper()
    if not letter and (hit["mark"] or "").lower() not in _MARKS:
        return None
    # A minus beside a letter may be a dash, or say the contrary of the letter.
    if (hit["before"] and hit["after"]) or (letter and hit["sign"] in {"-", "−"}):
        return None
    whole, minutes, seconds = ((hit[part] or "0").replace(",", ".") for part in ("d", "m", "s"))
    if (hit["m"] and "." in whole) or (hit["s"] and "." in minutes):
        return None
    if float(minutes) >= _SIXTY or float(seconds) >= _SIXTY:
        return None
    value = float(whole) + float(minutes) / _SIXTY + float(seconds) / _SIXTY**2
    return _signed(-value if hit["sign"] in {"-", "−"} else value, letter)


def _compact(text: str) -> Degrees | None:
    hit = _COMPACT.fullmatch(text)
    if hit is None or bool(hit["before"]) is bool(hit["after"]):
        return None
    letter = (hit["before"] or hit["after"]).upper()
    whole, minutes = hit["d"] or hit["d2"], hit["m"] or hit["m2"]
    part = float(hit["part"] or 0)
    last = (int(hit["s"]) + part) / _SIXTY**2 if hit["s"] else part / _SIXTY
    value = int(whole) + int(minutes) / _SIXTY + last
    digits = 2 if _AXES[letter] is Axis.LATITUDE else 3
    return _signed(value, letter) if len(whole) == digits and value <= _MOST[digits] else None


def _signed(value: float, letter: str) -> Degrees:
    return Degrees(-value if letter in {"S", "W", "O"} else value, _AXES.get(letter))


def _lettered(text: str) -> str:
    """Return a text with words such as North and Ouest as letters, and 04-52-19 as 04 52 19."""
    if text.count("-") > 1:
        text = _DASHED.sub(r"\1 \2 \3", text)
    if _WORD.search(text) is None:
        return text
    return _NAMED_AXES.sub(lambda hit: _LETTERS[(hit.lastindex or 1) - 1], text)


_PAIR = re.compile(
    r"[(\[]?\s*(.+?)\s*(?:[;|/]|,\s|,(?=\s*[-+−]?\d+\.)|\s(?=[-+−]?\d+[.,]\d+\s*[)\]]?$))\s*(.+?)\s*[)\]]?"
)
_FLOAT = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)"
_POINT = re.compile(rf"POINT\s*Z?\s*\(\s*{_FLOAT}\s+{_FLOAT}(?:\s+{_FLOAT})?\s*\)", re.IGNORECASE)
_PART = re.compile(r"[-+−]?\d{1,3}[.,]\d+")
_WHOLE = re.compile(r"[-+−]?\d{1,3}(?:[.,]\d+)?")
_SECONDS = re.compile(r"(?<=\d)\s*s(?:ec(?:ond)?e?s?)?(?=\s*[NSEWO](?![A-Z]))", re.IGNORECASE)
_LETTER = re.compile(r"(?<![A-Z])[NSEWO](?![A-Z])", re.IGNORECASE)
_BETWEEN = re.compile(r"^[\s,;/|]*(?:[-–—]\s+)?")
_LATITUDE_NAMED = r"lat(?:itude)?[\s:=.]*(?P<lat>[^a-z]+?(?:\s*[NS])?)"
_LONGITUDE_NAMED = r"lon(?:g(?:itude)?)?[\s:=.]*(?P<lon>[^a-z]+?(?:\s*[EWO])?)"
_NAMED = tuple(
    re.compile(rf"{one}[\s,;/|]+{other}", re.IGNORECASE)
    for one, other in ((_LATITUDE_NAMED, _LONGITUDE_NAMED), (_LONGITUDE_NAMED, _LATITUDE_NAMED))
)
Pair = tuple[Degrees, Degrees]


@lru_cache(maxsize=100_000)
def pair(text: str) -> Pair | None:
    """
    Return two degrees in one cell in the order in which they stand, None if it holds no two.

    Examples
    --------
    >>> [round(each.value, 3) for each in pair("14.5, -4.2")], pair("Old Ford, north")
    ([14.5, -4.2], None)
    >>> [round(each.value, 3) for each in pair("N6 47 52 E33 07 37")], pair("4 N 5 N"), pair("4 N 31")
    ([6.798, 33.127], None, None)
    """
    point = _POINT.fullmatch(text)
    if point:
        x, y = float(point[1]), float(point[2])
        return Degrees(x, Axis.LONGITUDE), Degrees(y, Axis.LATITUDE)
    bare = _lettered(text.strip())
    if "s" in bare or "S" in bare:
        bare = _SECONDS.sub('"', bare)
    made = _by_letters(bare.strip("()[]. ")) or _by_names(bare)
    if made is None:
        hit = _PAIR.fullmatch(bare)
        first, second = (None, None) if hit is None else (_part(hit[1]), _part(hit[2]))
        made = None if first is None or second is None else (first, second)
    if made is None or (made[0].axis is not None and made[0].axis is made[1].axis):
        return None
    return made


def _part(text: str) -> Degrees | None:
    if _PART.fullmatch(text):
        return Degrees(float(text.replace(",", ".").replace("−", "-")), None)
    return degrees(text)


def _by_letters(text: str) -> Pair | None:
    """Return two degrees of which each begins with its letter, or each ends with it."""
    letters = [hit.start() for hit in _LETTER.finditer(text)]
    if len(letters) != 2:  # noqa: PLR2004  a pair
        return None
    first, second = letters
    if second == len(text) - 1 and first > 0:
        parts = text[: first + 1], text[first + 1 :]
    elif first == 0 and second < len(text) - 1:
        parts = text[:second], text[second:]
    else:
        return None
    one = degrees(parts[0].rstrip(" ,;/|-–—"))
    other = degrees(_BETWEEN.sub("", parts[1], count=1))
    return None if one is None or other is None else (one, other)


def _by_names(text: str) -> Pair | None:
    """Return two degrees that are called latitude and longitude within the cell."""
    for pattern in _NAMED:
        hit = pattern.fullmatch(text)
        if hit is None:
            continue
        parts = {Axis.LATITUDE: hit["lat"].strip(" ,;/|"), Axis.LONGITUDE: hit["lon"].strip(" ,;/|")}
        made = {axis: _called(each, axis) for axis, each in parts.items()}
        latitude, longitude = made[Axis.LATITUDE], made[Axis.LONGITUDE]
        if latitude is None or longitude is None:
            return None
        return (latitude, longitude) if hit.start("lat") < hit.start("lon") else (longitude, latitude)
    return None


def _called(text: str, axis: Axis) -> Degrees | None:
    if _WHOLE.fullmatch(text):
        return Degrees(float(text.replace(",", ".").replace("−", "-")), axis)
    read = degrees(text)
    return None if read is None or read.axis not in {None, axis} else replace(read, axis=axis)


_UTM = re.compile(
    r"""(?:(?:utm|zone|fuseau)[\s:]*)*(?P<zone>[1-9]|0[1-9]|[1-5]\d|60)\s*(?P<band>[C-HJ-NP-X])[\s,;:]+
    (?:E\s*[:=]?\s*)?0?(?P<e>\d{6}(?:\.\d+)?)\s*m?\s*E?[\s,;]+(?:N\s*[:=]?\s*)?(?P<n>\d{1,7}(?:\.\d+)?)\s*m?\s*N?""",
    re.IGNORECASE | re.VERBOSE,
)


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
    >>> utm("30P 412345 1612345"), utm("36N E 344200 N 538600").northing_m
    (Utm(zone=30, south=False, easting_m=412345.0, northing_m=1612345.0), 538600.0)
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


def position(text: str) -> Pair | Utm | None:
    """
    Return where a cell says a row is, in whatever one form; None if it says none, or can be read in two.

    Examples
    --------
    >>> position("36N"), position("35N 798400 453300").zone
    (None, 35)
    """
    return only(pair(text), utm(text), mgrs(text))


def only(*readings: Pair | Utm | None) -> Pair | Utm | None:
    """Return the one reading of several that there is; None where there is none, or more than one."""
    made = [each for each in readings if each is not None]
    return made[0] if len(made) == 1 else None


_ZONE_NAMED = re.compile(
    r"""(?:\b|_)(?:utm|zone|fuseau)(?:[\W_]*(?:utm|zone|fuseau|wgs[\W_]*84))*[\W_]*(?<!\d)
    (?P<zone>[1-9]|0[1-9]|[1-5]\d|60)[\W_]*(?P<band>north|nord|south|sud|[C-HJ-NP-X])(?![A-Za-z])
    |\((?P<zone2>[1-9]|0[1-9]|[1-5]\d|60)\s?(?P<band2>[C-HJ-NP-X])\)
    |(?:epsg[\W_]*)32(?P<half>[67])(?P<zone3>0[1-9]|[1-5]\d|60)(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)


def zone_named(name: str) -> tuple[str, str]:
    """
    Return the zone of UTM that a column's name states, "" where it states none, and the name without it.

    Examples
    --------
    >>> zone_named("X (UTM 36N)"), zone_named("Est UTM zone 29 Nord"), zone_named("utm_x")
    (('36N', 'X ()'), ('29N', 'Est '), ('', 'utm_x'))
    """
    hit = _ZONE_NAMED.search(name)
    if hit is None:
        return "", name
    zone = hit["zone"] or hit["zone2"] or hit["zone3"]
    band = {"6": "N", "7": "S", None: ""}[hit["half"]] or (hit["band"] or hit["band2"])[0]
    return f"{int(zone)}{band.upper()}", name[: hit.start()] + name[hit.end() :]
