"""What a catalogue may ask of a reader: each option's form, read once or refused with what it must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from layers.formats.geopko_units import Strength
from layers.formats.rivers_lakes import Course, Navigable
from layers.months import months_mask
from layers.population import RasterUnit
from layers.sentences import Sentence, say


class UnfitError(ValueError):
    """
    An option that is not of its form.

    Parameters
    ----------
    problem
        What it must be.
    """

    def __init__(self, problem: Sentence) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a reader."""

    read: Callable[[object], Any]
    """Returns the value as the reader takes it; raises `UnfitError` saying what it must be."""
    needed: bool = False


def text(value: object) -> str:
    """Return a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise UnfitError(say("it must be a text"))
    return value


def texts(value: object) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UnfitError(say('it must be a list of texts, such as ["one", "two"]'))
    return tuple(value)


def level(value: object) -> int:
    """Return a level of units, 0 for the country."""
    if not _is_whole(value) or value not in range(4):
        raise UnfitError(say("it must be 0 for the country, 1, 2 or 3 for units"))
    return int(str(value))


def year(value: object) -> int:
    """Return a year."""
    if not _is_whole(value) or value not in range(1900, 2101):
        raise UnfitError(say("it must be a year from 1900 to 2100"))
    return int(str(value))


def months(value: object) -> int:
    """Return months written as "6-10", bit m-1 for m."""
    try:
        mask = months_mask(value) if isinstance(value, str) else 0
    except ValueError:
        mask = 0
    if not mask:
        raise UnfitError(say('it must be months such as "6-10"'))
    return mask


def raster_unit(value: object) -> RasterUnit:
    """Return what a population raster's values mean."""
    if value not in list(RasterUnit):
        raise UnfitError(say("it must be count or density"))
    return RasterUnit(str(value))


def strength(value: object) -> Strength:
    """Return how units of a map are counted."""
    if value not in list(Strength):
        raise UnfitError(say("it must be once or drawn"))
    return Strength(str(value))


def courses(value: object) -> tuple[Course, ...]:
    """Return rivers by waypoints in longitude and latitude."""
    wanted = say('it must be a list such as [{ name = "…", waypoints = [[20.1, 10.2], [20.3, 10.4]] }]')
    return tuple(_course(each, wanted) for each in _tables(value, wanted))


def _course(table: dict[str, Any], wanted: Sentence) -> Course:
    """Return one river, or raise `UnfitError`."""
    points = table.get("waypoints")
    two = 2
    named = isinstance(table.get("name"), str) and table.keys() == {"name", "waypoints"}
    if not named or not isinstance(points, list) or len(points) < two:
        raise UnfitError(wanted)
    if not all(
        isinstance(point, list) and len(point) == two and all(map(_is_number, point)) for point in points
    ):
        raise UnfitError(wanted)
    return Course(table["name"], tuple((float(x), float(y)) for x, y in points))


def navigable(value: object) -> tuple[Navigable, ...]:
    """Return where and when boats pass."""
    wanted = say('it must be a list such as [{ name = "…", months = "8-1", west = 20.1, east = 20.9 }]')
    sides = ("west", "east", "south", "north")
    found = []
    for table in _tables(value, wanted):
        named = isinstance(table.get("name"), str) and isinstance(table.get("months"), str)
        known = table.keys() <= {"name", "months", *sides}
        bounds = {side: table[side] for side in sides if side in table}
        if not (named and known and all(map(_is_number, bounds.values()))):
            raise UnfitError(wanted)
        try:
            months_mask(table["months"])
        except ValueError:
            months = repr(table["months"])
            raise UnfitError(say("{months} is no list of months", months=months)) from None
        bounds = {side: float(bound) for side, bound in bounds.items()}
        found.append(Navigable(table["name"], table["months"], **bounds))
    return tuple(found)


def _tables(value: object, wanted: Sentence) -> list[dict[str, Any]]:
    """Return a list of tables, or raise `UnfitError`."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise UnfitError(wanted)
    return value


def _is_position(value: object) -> bool:
    two = 2
    return isinstance(value, list) and len(value) == two and all(map(_is_number, value))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
