"""Points: which columns of a table say where a row is, and where that is, or why it is nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from layers.foreign.cells import NOTHING, number, quoted
from layers.foreign.positions import Axis, Pair, Utm, degrees, position, utm, zone_named
from layers.foreign.reference import from_utm
from layers.foreign.seen import ColumnContent, ColumnSeen
from layers.formats.forbidden import plain
from layers.sentences import Sentence, say

_LATITUDES, _LONGITUDES = 90.0, 180.0

NO_PLACE = say("it has no coordinates; fill them in, or leave the row out")
_NO_NUMBER = say("{cell} is no coordinate; write it such as 6.2059 or 6°12'21\"N")
_NO_POSITION = say("{cell} is no position; write it such as 6.2059, 31.5563 or 36N 344200 538600")
_NO_METRES = say("{cell} is no number of metres in a zone; write it such as 344200, without the zone")
_NO_ZONE = say("{cell} is no zone of UTM, or none of this northing; write it such as 36N")
_UNORDERED = say("{cell} does not say which is latitude; write it such as 6.2059N, 31.5563E")
_BEYOND = say("{cell} is out of range; latitudes end at 90 and longitudes at 180: correct it")
_NOWHERE = say(
    "it stands at 0, 0, which is where unknown coordinates end; fill them in, or leave the row out"
)

Place = tuple[float, float]
"""Longitude and latitude."""


class NowhereError(ValueError):
    """A row that says no place; `problem` says why, and `column` where."""

    def __init__(self, problem: Sentence, column: str) -> None:
        self.problem, self.column = problem, column
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Placing:
    """How rows of a table say where they are."""

    columns: tuple[str, ...]
    locate: Callable[[Sequence[str]], Place]
    """Takes a row's cells; raises `NowhereError`."""


def paired(columns: Sequence[ColumnSeen]) -> tuple[ColumnSeen, ...]:
    """Return the columns with latitude put right where names of the two are swapped."""
    longitudes = [each for each in columns if each.content is ColumnContent.LONGITUDE]
    if len(longitudes) != 2 or any(each.content is ColumnContent.LATITUDE for each in columns):  # noqa: PLR2004  a pair
        return tuple(columns)
    wide = [each for each in longitudes if "latitude" in each.reason.template]
    if len(wide) != 1:
        return tuple(columns)
    reason = say(
        "it goes with {column}, whose values are longitudes: the two are swapped", column=repr(wide[0].name)
    )
    return tuple(
        replace(each, content=ColumnContent.LATITUDE, reason=reason)
        if each in longitudes and each is not wide[0]
        else each
        for each in columns
    )


def unnamed(columns: Sequence[ColumnSeen], fine: Sequence[float]) -> tuple[ColumnSeen, ...]:
    """
    Return the columns with two side by side that hold fine degrees taken for such, whatever their names.

    Parameters
    ----------
    columns
        As they were guessed by name and content.
    fine
        For each, the share of its cells with three decimals or more.
    """
    if any(each.content in _PLACED for each in columns):
        return tuple(columns)
    able = [n for n, each in enumerate(columns) if each.content is ColumnContent.NUMBER]
    headed = [n for n in able if n + 1 in able and _heads(columns, n)]
    if len(headed) == 1:
        return _headed(columns, headed[0])
    able = [n for n in able if fine[n] >= _FINE]
    if len(able) != 2 or able[1] - able[0] != 1:  # noqa: PLR2004  a pair
        return tuple(columns)
    reason = say("degrees by their decimals, side by side; nothing says which is latitude")
    made = list(columns)
    for n in able:
        made[n] = replace(columns[n], content=ColumnContent.DEGREES, decided=False, reason=reason)
    return tuple(made)


_FINE = 0.8
_HEADS = frozenset({"coordinates", "coordinate", "coordonnees", "coordonnee", "coords", "coord", "gps"})
_AXES = {
    "lat": ColumnContent.LATITUDE,
    "latitude": ColumnContent.LATITUDE,
    "lon": ColumnContent.LONGITUDE,
    "long": ColumnContent.LONGITUDE,
    "longitude": ColumnContent.LONGITUDE,
}


def _heads(columns: Sequence[ColumnSeen], n: int) -> bool:
    """Tell whether a heading of coordinates stands over a column and over the next, which has no name."""
    words = set(plain(columns[n].name).split())
    return columns[n + 1].name == f"column {n + 2}" and not words.isdisjoint(_HEADS | _AXES.keys())


def _headed(columns: Sequence[ColumnSeen], n: int) -> tuple[ColumnSeen, ...]:
    """Return the columns with two under one heading taken for degrees, in its order where it says one."""
    axes = [_AXES[word] for word in plain(columns[n].name).split() if word in _AXES]
    made, is_told = list(columns), len(axes) == 2 and axes[0] is not axes[1]  # noqa: PLR2004  a pair
    reason = (
        say("under one heading with its neighbour, in the order that it says")
        if is_told
        else say("under one heading with its neighbour; nothing says which is latitude")
    )
    for place, axis in zip((n, n + 1), axes if is_told else [ColumnContent.DEGREES] * 2, strict=True):
        made[place] = replace(columns[place], content=axis, decided=is_told, reason=reason)
    return tuple(made)


def side_by_side(columns: Sequence[ColumnSeen]) -> tuple[int, int] | None:
    """Return which two neighbours hold degrees without saying which is latitude, None where none do."""
    able = [n for n, each in enumerate(columns) if each.content is ColumnContent.DEGREES]
    return (able[0], able[1]) if len(able) == 2 and able[1] - able[0] == 1 else None  # noqa: PLR2004  a pair


def in_order(columns: Sequence[ColumnSeen], *, longitude_first: bool) -> tuple[ColumnSeen, ...]:
    """Return the columns with two neighbours of degrees in the order that a person says."""
    pair, made = side_by_side(columns), list(columns)
    axes = (ColumnContent.LATITUDE, ColumnContent.LONGITUDE)
    for n, axis in zip(pair or (), reversed(axes) if longitude_first else axes, strict=bool(pair)):
        made[n] = replace(columns[n], content=axis, decided=True)
    return tuple(made)


_PLACED = frozenset(
    {
        ColumnContent.LATITUDE,
        ColumnContent.LONGITUDE,
        ColumnContent.POSITION,
        ColumnContent.UTM,
        ColumnContent.MGRS,
        ColumnContent.EASTING,
        ColumnContent.OUTLINE,
    }
)


def placing(columns: Sequence[ColumnSeen]) -> Placing | None:
    """Return how rows say where they are, None if no columns do."""
    at = {content: n for content in ColumnContent if (n := _only(columns, content)) is not None}
    names = [each.name for each in columns]
    if ColumnContent.LATITUDE in at and ColumnContent.LONGITUDE in at:
        return _two(names, at[ColumnContent.LATITUDE], at[ColumnContent.LONGITUDE])
    for content in (ColumnContent.POSITION, ColumnContent.UTM, ColumnContent.MGRS):
        if content in at:
            return _one(columns[at[content]], at[content])
    if ColumnContent.EASTING not in at or ColumnContent.NORTHING not in at:
        return None
    metres = at[ColumnContent.EASTING], at[ColumnContent.NORTHING]
    if ColumnContent.ZONE in at:
        return _three(names, at[ColumnContent.ZONE], metres)
    zones = {zone for at_metres in metres if (zone := zone_named(names[at_metres])[0])}
    return _three(names, zones.pop(), metres) if len(zones) == 1 else None


def _only(columns: Sequence[ColumnSeen], content: ColumnContent) -> int | None:
    """Return the place of the one column of a content; of several the one that is called nothing else."""
    several = [n for n, each in enumerate(columns) if each.content is content]
    plainest = [n for n in several if plain(columns[n].name) in _PLAINEST]
    chosen = several if len(several) == 1 else plainest
    return chosen[0] if len(chosen) == 1 else None


_PLAINEST = frozenset({"lat", "latitude", "lon", "long", "longitude", "x", "y", "coordinates", "coordonnees"})


def _two(names: Sequence[str], latitude: int, longitude: int) -> Placing:
    def locate(cells: Sequence[str]) -> Place:
        if _is_empty(cells[latitude]) and _is_empty(cells[longitude]):
            raise NowhereError(NO_PLACE, names[latitude])
        y = _degrees(cells[latitude], names[latitude], _LATITUDES, Axis.LATITUDE)
        x = _degrees(cells[longitude], names[longitude], _LONGITUDES, Axis.LONGITUDE)
        return _somewhere(x, y, names[latitude])

    return Placing((names[latitude], names[longitude]), locate)


def _one(column: ColumnSeen, at: int) -> Placing:
    def locate(cells: Sequence[str]) -> Place:
        cell = cells[at]
        if _is_empty(cell):
            raise NowhereError(NO_PLACE, column.name)
        read = position(cell)
        if read is None:
            raise NowhereError(_NO_POSITION.having(cell=quoted(cell)), column.name)
        if isinstance(read, Utm):
            return _from_utm(read.zone, read.easting_m, read.northing_m, south=read.south)
        first, second = read
        says = _says_longitude_first(read)
        if says is None and column.content is not ColumnContent.POSITION:
            # Among squares and zones nothing says in which order two numbers stand.
            raise NowhereError(_UNORDERED.having(cell=quoted(cell)), column.name)
        turned = column.longitude_first is True if says is None else says
        y, x = (second.value, first.value) if turned else (first.value, second.value)
        if abs(y) > _LATITUDES or abs(x) > _LONGITUDES:
            raise NowhereError(_BEYOND.having(cell=quoted(cell)), column.name)
        return _somewhere(x, y, column.name)

    return Placing((column.name,), locate)


def _says_longitude_first(read: Pair) -> bool | None:
    """Return whether letters of two degrees say that longitude stands first, None where none does."""
    first, second = read
    if first.axis is None and second.axis is None:
        return None
    return first.axis is Axis.LONGITUDE or second.axis is Axis.LATITUDE


def _three(names: Sequence[str], zone: int | str, metres: tuple[int, int]) -> Placing:
    """Return how rows of eastings and northings say where they are; the zone is a column, or one for all."""
    easting, northing = metres

    def locate(cells: Sequence[str]) -> Place:
        if _is_empty(cells[easting]) and _is_empty(cells[northing]):
            raise NowhereError(NO_PLACE, names[easting])
        x, y = (_metres(cells[each], names[each], most) for each, most in zip(metres, _METRES, strict=True))
        stated = zone if isinstance(zone, str) else cells[zone].lower().removeprefix("zone").strip()
        place = utm(f"{stated} {x:.2f} {y:.2f}")
        if place is None and isinstance(zone, str):
            raise NowhereError(_NO_METRES.having(cell=quoted(cells[northing])), names[northing])
        if place is None:
            raise NowhereError(_NO_ZONE.having(cell=quoted(cells[int(zone)])), names[int(zone)])
        return _from_utm(place.zone, x, y, south=place.south)

    by = (easting, northing) if isinstance(zone, str) else (zone, easting, northing)
    return Placing(tuple(names[each] for each in by), locate)


_METRES = ((100_000.0, 900_000.0), (0.0, 10_000_000.0))
"""Eastings and northings that there are [m]."""


def _metres(cell: str, column: str, between: tuple[float, float]) -> float:
    value = number(cell, commas_part_thousands=False, points_part_thousands=False)
    if value is None or not between[0] <= value <= between[1]:
        raise NowhereError(NO_PLACE if _is_empty(cell) else _NO_METRES.having(cell=quoted(cell)), column)
    return value


@lru_cache(maxsize=100_000)
def _from_utm(zone: int, easting_m: float, northing_m: float, *, south: bool) -> Place:
    return from_utm(zone, easting_m, northing_m, south=south)


def _degrees(cell: str, column: str, most: float, axis: Axis) -> float:
    value = number(cell, commas_part_thousands=False, points_part_thousands=False)
    if value is None:
        read = degrees(cell)
        if read is None or read.axis not in {None, axis}:
            raise NowhereError(NO_PLACE if _is_empty(cell) else _NO_NUMBER.having(cell=quoted(cell)), column)
        value = read.value
    if not abs(value) <= most:
        raise NowhereError(_BEYOND.having(cell=quoted(cell)), column)
    return value


def _somewhere(x: float, y: float, column: str) -> Place:
    if x == 0 and y == 0:
        raise NowhereError(_NOWHERE, column)
    return x, y


def _is_empty(cell: str) -> bool:
    return cell.lower() in NOTHING
