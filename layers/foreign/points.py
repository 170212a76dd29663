"""Points: which columns of a table say where a row is, and where that is, or why it is nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from layers.foreign.cells import NOTHING, Axis, Utm, degrees, mgrs, number, pair, utm
from layers.foreign.reference import from_utm
from layers.foreign.seen import ColumnContent, ColumnSeen
from layers.formats.forbidden import plain
from layers.sentences import Sentence, say

_LATITUDES, _LONGITUDES = 90.0, 180.0

NO_PLACE = say("it has no coordinates")
_NO_NUMBER = say("{cell} is no coordinate")
_BEYOND = say("{cell} is out of range")
_NOWHERE = say("it stands at 0, 0, which is where unknown coordinates end")

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
    able = [n for n, each in enumerate(columns) if each.content is ColumnContent.NUMBER and fine[n] >= _FINE]
    if len(able) != 2 or able[1] - able[0] != 1:  # noqa: PLR2004  a pair
        return tuple(columns)
    reason = say("degrees by their decimals, side by side; nothing says which is latitude")
    made = list(columns)
    for n in able:
        made[n] = replace(columns[n], content=ColumnContent.DEGREES, decided=False, reason=reason)
    return tuple(made)


_FINE = 0.8
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
    if ColumnContent.POSITION in at:
        return _one(columns[at[ColumnContent.POSITION]], at[ColumnContent.POSITION])
    if ColumnContent.UTM in at:
        return _utm(names, at[ColumnContent.UTM], utm)
    if ColumnContent.MGRS in at:
        return _utm(names, at[ColumnContent.MGRS], mgrs)
    if ColumnContent.EASTING in at and ColumnContent.NORTHING in at and ColumnContent.ZONE in at:
        return _three(names, at[ColumnContent.ZONE], at[ColumnContent.EASTING], at[ColumnContent.NORTHING])
    return None


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
        if _is_empty(cells[at]):
            raise NowhereError(NO_PLACE, column.name)
        two = pair(cells[at])
        if two is None:
            raise NowhereError(_NO_NUMBER.having(cell=repr(cells[at])), column.name)
        first, second = two
        turned = first.axis is Axis.LONGITUDE or (first.axis is None and column.longitude_first is True)
        y, x = (second.value, first.value) if turned else (first.value, second.value)
        if abs(y) > _LATITUDES or abs(x) > _LONGITUDES:
            raise NowhereError(_BEYOND.having(cell=repr(cells[at])), column.name)
        return _somewhere(x, y, column.name)

    return Placing((column.name,), locate)


def _utm(names: Sequence[str], at: int, read: Callable[[str], Utm | None]) -> Placing:
    def locate(cells: Sequence[str]) -> Place:
        if _is_empty(cells[at]):
            raise NowhereError(NO_PLACE, names[at])
        place = read(cells[at])
        if place is None:
            raise NowhereError(_NO_NUMBER.having(cell=repr(cells[at])), names[at])
        return _from_utm(place.zone, place.easting_m, place.northing_m, south=place.south)

    return Placing((names[at],), locate)


def _three(names: Sequence[str], zone: int, easting: int, northing: int) -> Placing:
    def locate(cells: Sequence[str]) -> Place:
        if _is_empty(cells[easting]) and _is_empty(cells[northing]):
            raise NowhereError(NO_PLACE, names[easting])
        x, y = number(cells[easting]), number(cells[northing])
        if x is None or y is None:
            bad = easting if x is None else northing
            raise NowhereError(_NO_NUMBER.having(cell=repr(cells[bad])), names[bad])
        place = utm(f"{cells[zone].lower().removeprefix('zone').strip()} {x:.2f} {y:.2f}")
        if place is None:
            raise NowhereError(_NO_NUMBER.having(cell=repr(cells[zone])), names[zone])
        return _from_utm(place.zone, x, y, south=place.south)

    return Placing((names[zone], names[easting], names[northing]), locate)


@lru_cache(maxsize=100_000)
def _from_utm(zone: int, easting_m: float, northing_m: float, *, south: bool) -> Place:
    return from_utm(zone, easting_m, northing_m, south=south)


def _degrees(cell: str, column: str, most: float, axis: Axis) -> float:
    value = number(cell)
    if value is None:
        read = degrees(cell)
        if read is None or read.axis not in {None, axis}:
            raise NowhereError(NO_PLACE if _is_empty(cell) else _NO_NUMBER.having(cell=repr(cell)), column)
        value = read.value
    if not abs(value) <= most:
        raise NowhereError(_BEYOND.having(cell=repr(cell)), column)
    return value


def _somewhere(x: float, y: float, column: str) -> Place:
    if x == 0 and y == 0:
        raise NowhereError(_NOWHERE, column)
    return x, y


def _is_empty(cell: str) -> bool:
    return cell.lower() in NOTHING
