"""Ground: where rows are, by a reference system that a person states where the file states none."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from layers.foreign.cells import NOTHING, number, quoted
from layers.foreign.points import NO_PLACE, NowhereError, Place, Placing, placing
from layers.foreign.reference import name as name_of
from layers.foreign.reference import system
from layers.foreign.seen import ColumnContent, ColumnSeen, SheetSeen
from layers.sentences import Sentence, say

_ZONE = re.compile(r"(?:utm|zone|\s)*(\d{1,2})\s*([a-z])?", re.IGNORECASE)
_CODE = re.compile(r"(?:epsg\s*:?\s*)?(\d{4,6})", re.IGNORECASE)
_NORTH, _SOUTH = 32600, 32700
_ZONES = 60
_BANDS_NORTH, _BANDS_SOUTH = frozenset("NPQRTUVWX"), frozenset("CDEFGHJKLM")
"""Bands of latitude; "N" is the north and its first band. "S" is a band of the north and a word for the
south: neither is taken for the other."""
_LATITUDES, _LONGITUDES = 90.0, 180.0
_NO_COORDINATE = say("{cell} is no coordinate")
_ELSEWHERE = say("{cell} lies outside the reference system stated, {reference}")


def in_degrees(known: CRS) -> Callable[[Any], Any]:
    """Return what brings coordinates of a reference system, an array of shape (n, 2), to degrees."""
    degrees = Transformer.from_crs(known, "EPSG:4326", always_xy=True)
    return lambda points: np.column_stack(degrees.transform(points[:, 0], points[:, 1]))


@lru_cache(maxsize=100)
def read_reference(text: str) -> CRS | None:
    """
    Return a reference system as a person states it, None where it is none that is known.

    Examples
    --------
    >>> [read_reference(text).to_epsg() for text in ("EPSG:32636", "UTM 36N", "36 M", "4326", "zone 36P")]
    [32636, 32636, 32736, 4326, 32636]
    >>> [read_reference(text) for text in ("UTM", "UTM 61N", "EPSG:99", "36S")]
    [None, None, None, None]
    """
    written = text.strip()
    if (zone := _ZONE.fullmatch(written)) is not None and zone[2] and 1 <= int(zone[1]) <= _ZONES:
        band = zone[2].upper()
        if band in _BANDS_NORTH:
            return CRS.from_epsg(_NORTH + int(zone[1]))
        return CRS.from_epsg(_SOUTH + int(zone[1])) if band in _BANDS_SOUTH else None
    if (code := _CODE.fullmatch(written)) is None:
        return None
    try:
        known = CRS.from_epsg(int(code[1]))
    except CRSError:
        return None
    return known if known.is_projected or known.is_geographic else None


def own_reference(sheet: SheetSeen, stated: str) -> tuple[Sentence, ...]:
    """Return that shapes are read in the system that their file has, where a person says another."""
    own, other = system(sheet.stated_reference), read_reference(stated) if stated else None
    if not sheet.shapes or own is None or other is None or own.equals(other, ignore_axis_order=True):
        return ()
    return (_OWN.having(own=str(name_of(sheet.stated_reference)), said=stated),)


_OWN = say("Its shapes are in {own}, as the file has it and their coordinates bear out; {said} is not used.")


def places_of(columns: Sequence[ColumnSeen], reference: str) -> Placing | None:
    """
    Return how rows say where they are, None if no columns do.

    Parameters
    ----------
    columns
        Of the list, as a person corrected what they hold.
    reference
        As a person stated it, for easting and northing without a zone; "" where nobody did.
    """
    known = read_reference(reference) if reference else None
    made = placing(columns)
    at = {
        content: [n for n, each in enumerate(columns) if each.content is content]
        for content in (ColumnContent.EASTING, ColumnContent.NORTHING)
    }
    eastings, northings = at[ColumnContent.EASTING], at[ColumnContent.NORTHING]
    if made is not None or known is None or (len(eastings), len(northings)) != (1, 1):
        return made
    names = (columns[eastings[0]].name, columns[northings[0]].name)
    return Placing(names, _Metric(known, eastings[0], northings[0], names).locate)


class _Metric:
    """Easting and northing in a reference system that is stated for all rows."""

    def __init__(self, known: CRS, easting: int, northing: int, names: tuple[str, str]) -> None:
        self._degrees = Transformer.from_crs(known, "EPSG:4326", always_xy=True)
        self._at, self._names = (easting, northing), names
        self._called, self._used = known.name, known.area_of_use

    def locate(self, cells: Sequence[str]) -> Place:
        """Return longitude and latitude of a row; raises `NowhereError`."""
        if all(cells[at].lower() in NOTHING for at in self._at):
            raise NowhereError(NO_PLACE, self._names[0])
        values = []
        for at, name in zip(self._at, self._names, strict=True):
            value = number(cells[at], commas_part_thousands=False, points_part_thousands=False)
            if value is None:
                problem = (
                    NO_PLACE
                    if cells[at].lower() in NOTHING
                    else _NO_COORDINATE.having(cell=quoted(cells[at]))
                )
                raise NowhereError(problem, name)
            values.append(value)
        try:
            x, y = self._degrees.transform(values[0], values[1], errcheck=True)
        except ProjError:
            x = y = math.inf
        if not self._is_near(x, y):
            cell = quoted(", ".join(cells[at] for at in self._at))
            raise NowhereError(_ELSEWHERE.having(cell=cell, reference=self._called), self._names[0])
        return x, y

    def _is_near(self, x: float, y: float) -> bool:
        """Tell whether a place lies where the system is used, or so near that an office may use it there."""
        if abs(x) > _LONGITUDES or abs(y) > _LATITUDES:
            return False
        if self._used is None:
            return True
        west, south, east, north = self._used.bounds
        turned = any(west - _BESIDE <= x + turn <= east + _BESIDE for turn in (-360.0, 0.0, 360.0))
        return turned and south - _BESIDE <= y <= north + _BESIDE


_BESIDE = 12.0
"""How far beside its zone a grid is still used [degrees]: wide countries are drawn in the middle one."""
