"""Profile: what the cells of one column can be read as, counted over all rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress

from layers.foreign.cells import (
    DOUBTED,
    FIRST_SERIAL,
    LAST_SERIAL,
    NOTHING,
    PLAIN,
    DateForm,
    NumberForm,
    day,
    number,
    number_forms,
    period,
)
from layers.foreign.positions import Axis, Pair, Utm, degrees, mgrs, only, pair, utm
from layers.foreign.refused import is_about_person, is_personal, is_titled
from layers.month_names import MONTHS

_KEPT = 4_000
"""Distinct cells that are counted before they are looked at."""
EXAMPLES = 3
LONGEST = 60
_DISTINCT = 100_000
_CLASSES, CLASS_LONG = 400, 40
_CODE = re.compile(r"[NSEWO]\s?\d{1,7}|\d{1,7}\s?[NSEWO]", re.IGNORECASE)
_OUTLINE = re.compile(r"(MULTI)?(LINESTRING|POLYGON|POINT)\s*Z?\s*\(", re.IGNORECASE)
_ZONE = re.compile(r"(zone\s*)?([1-9]|[1-5]\d|60)\s*[C-HJ-NP-X]", re.IGNORECASE)
_LATITUDES, _LONGITUDES = 90.0, 180.0
_MONTHS = 12
_YEARS = (1900, 2100)
_EASTINGS_M, _NORTHINGS_M = (100_000.0, 900_000.0), (0.0, 10_000_000.0)


_FINE = re.compile(r"[-+−]?\d{1,3}[.,]\d{3,}")
"""Numbers with as many decimals as only coordinates have, or shares."""
_WORDS = re.compile(r"[^\d@(]*")
_NOTHING_LONG = max(map(len, NOTHING))
_SQUARE = re.compile(r"\d{1,2}\s*[A-Za-z]{3}\s*\d")
"""As squares of a military grid begin where their letters stand together."""
_NONE: frozenset[str] = frozenset()
_PERSONAL = frozenset({"personal"})
_TITLED = frozenset({"titled"})


_RUN = re.compile(r"[A-Za-z]{3,}")
_READABLE = frozenset(MONTHS) | frozenset(
    "deg degn degs dege degw dego degrees degr min minutes sec seconds secondes".split()  # noqa: SIM905
    + "north nord south sud east est west ouest lat latitude lon long longitude".split()  # noqa: SIM905
    + "zone utm fuseau utmzone zoneutm".split()  # noqa: SIM905
    + "point multipoint linestring multilinestring polygon multipolygon".split()  # noqa: SIM905
)
"""Words of three letters and more that stand in what can be read as more than words."""


@lru_cache(maxsize=100_000)
def features(text: str) -> tuple[frozenset[str], float | None]:
    """
    Return what a cell can be read as, and its number if it is one.

    Examples
    --------
    >>> sorted(features("14.5")[0])
    ['latitude', 'longitude', 'northing', 'number', 'point']
    """
    if text.isascii():
        # The two kinds of cell that large tables are full of are known without trying every reading.
        run = _RUN.search(text)
        if run is None:
            if PLAIN.fullmatch(text):
                return _of_plain(text)
        elif run[0].lower() not in _READABLE and not _SQUARE.match(text):
            return _of_words(text), None
    if _WORDS.fullmatch(text):
        # No digit, so neither a number, a place nor a day.
        return _of_words(text), None
    return every_reading(text)


def _of_words(text: str) -> frozenset[str]:
    """Return what a cell of words can be: about a person, or nothing that matters here."""
    if ("@" in text or "+" in text or "00" in text) and is_personal(text):
        return _PERSONAL
    return _TITLED if is_titled(text) else _NONE


def every_reading(text: str) -> tuple[frozenset[str], float | None]:
    """Return what a cell can be read as, and its number, by trying every reading there is."""
    made: set[str] = {str(form) for form in number_forms(text)}
    value = number(text, commas_part_thousands=False, points_part_thousands=False)
    made |= _of_parting(text, made)
    if value is not None:
        made |= _of_number(value) | {"number"}
    if _FINE.fullmatch(text):
        made.add("fine")
    made |= _of_place(text) | _of_day(text)
    if is_personal(text):
        made.add("personal")
    elif is_titled(text):
        made.add("titled")
    return frozenset(made), value


def _of_parting(text: str, forms: set[str]) -> set[str]:
    """Return what a number with thousands parted says of its point or comma: that decimals follow it."""
    if NumberForm.COMMAS in forms and "." in text:
        return {"decimal point"}
    if NumberForm.POINTS in forms and "," in text:
        return {"decimal comma"}
    if NumberForm.BLANKS not in forms:
        return set()
    return {"decimal point"} if "." in text else {"decimal comma"} if "," in text else {"surely parted"}


def _of_plain(text: str) -> tuple[frozenset[str], float]:
    """Return what digits, with a sign, a point or an exponent at most, can be read as."""
    value = float(text)
    whole = text.lstrip("+-").isdigit()
    holds = (
        whole,
        not whole,
        abs(value) <= _LATITUDES,
        abs(value) <= _LONGITUDES,
        _YEARS[0] <= value <= _YEARS[1] and value.is_integer(),
        _EASTINGS_M[0] <= value <= _EASTINGS_M[1],
        _NORTHINGS_M[0] < value <= _NORTHINGS_M[1],
        not whole and _FINE.fullmatch(text) is not None,
        FIRST_SERIAL <= value < LAST_SERIAL and text.split(".", 1)[0].isdigit(),
        text[0] in "+0" and is_personal(text),
        not whole and DOUBTED.fullmatch(text) is not None,
    )
    return _plain_labels(holds), value


_PLAIN_LABELS = (
    str(NumberForm.INTEGER),
    str(NumberForm.POINT),
    "latitude",
    "longitude",
    "year",
    "easting",
    "northing",
    "fine",
    str(DateForm.SERIAL),
    "personal",
    str(NumberForm.POINTS),
)


@lru_cache(maxsize=1_000)
def _plain_labels(holds: tuple[bool, ...]) -> frozenset[str]:
    return frozenset(compress(_PLAIN_LABELS, holds)) | {"number"}


def _of_number(value: float) -> set[str]:
    made = set()
    if abs(value) <= _LATITUDES:
        made.add("latitude")
    if abs(value) <= _LONGITUDES:
        made.add("longitude")
    if value.is_integer() and _YEARS[0] <= value <= _YEARS[1]:
        made.add("year")
    if _EASTINGS_M[0] <= value <= _EASTINGS_M[1]:
        made.add("easting")
    if _NORTHINGS_M[0] < value <= _NORTHINGS_M[1]:
        made.add("northing")
    return made


def _of_place(text: str) -> set[str]:
    made = set()
    one, two = degrees(text), pair(text)
    if one is not None:
        made |= {"degrees"} | ({f"degrees {one.axis}"} if one.axis else set())
        if _CODE.fullmatch(text):
            made.add("code")
    if two is not None:
        made.add("pair")
        first, second = two
        if Axis.LATITUDE is first.axis or Axis.LONGITUDE is second.axis or abs(second.value) > _LATITUDES:
            made.add("latitude first")
        if Axis.LONGITUDE is first.axis or Axis.LATITUDE is second.axis or abs(first.value) > _LATITUDES:
            made.add("longitude first")
    whole: dict[str, Pair | Utm | None] = {"utm": utm(text), "mgrs": mgrs(text)}
    whole["position"] = only(two, *whole.values())
    made |= {label for label, read in whole.items() if read is not None}
    if _ZONE.fullmatch(text):
        made.add("zone")
    if _OUTLINE.match(text):
        made.add("outline")
    return made


def _of_day(text: str) -> set[str]:
    read = day(text)
    if read is None:
        named = period(text)
        return {"month"} if named is not None and named.is_month else set()
    made = {str(read.form)}
    if read.form is DateForm.SLASHED:
        if read.month_first is None:
            made.add("day first")
        if read.day_first is None:
            made.add("month first")
    return made


@dataclass(slots=True)
class ColumnProfile:
    """Counts of one column; cells are given one by one."""

    blind: bool = False
    """Whether cells are only counted and never looked at: a refused column."""
    filled: int = 0
    empty: int = 0
    marked: int = 0
    """Of the empty ones, those that hold an error or a formula without a saved value."""
    counts: Counter[str] = field(default_factory=Counter)
    """Cells by what they can be read as."""
    least: float | None = None
    most: float | None = None
    examples: list[str] = field(default_factory=list)
    _waiting: Counter[str] = field(default_factory=Counter)
    _labelled: dict[frozenset[str], int] = field(default_factory=dict)
    _distinct: set[int] = field(default_factory=set)
    longest: int = 0
    classes: set[str] = field(default_factory=set)
    """Different short cells, as many as classes of things can be."""

    def add(self, cells: Sequence[str]) -> None:
        """Count cells, some thousands at once."""
        if self.blind:
            empty = sum(map(NOTHING.__contains__, map(str.lower, cells)))
            self.empty += empty
            self.filled += len(cells) - empty
            return
        self._waiting.update(cells)
        if len(self._waiting) > _KEPT:
            self.settle()

    def settle(self) -> None:
        """Look at the cells that wait; done before anything is asked."""
        # Written out for speed: this runs once for each different cell of tables of millions.
        filled, longest, labelled, distinct = self.filled, self.longest, self._labelled, self._distinct
        classes = self.classes
        for cell, times in self._waiting.items():
            length = len(cell)
            if length <= _NOTHING_LONG and cell.lower() in NOTHING:
                self.empty += times
                continue
            filled += times
            longest = max(longest, length)
            if len(self.examples) < EXAMPLES and cell[:LONGEST] not in self.examples:
                # Whoever stands in a cell is shown to nobody, whatever becomes of its column.
                self.examples += [] if is_about_person(cell) else [cell[:LONGEST]]
            if len(distinct) < _DISTINCT:
                distinct.add(hash(cell))
            if length <= CLASS_LONG and len(classes) < _CLASSES:
                classes.add(cell)
            if length > 2 * LONGEST:
                if _OUTLINE.match(cell):
                    self.counts["outline"] += times
                continue
            labels, value = features(cell)
            labelled[labels] = labelled.get(labels, 0) + times
            if value is not None:
                self._span(value)
        self.filled, self.longest = filled, longest
        self._waiting.clear()
        self._count_labels()

    def _span(self, value: float) -> None:
        if self.least is None or self.most is None:
            self.least = self.most = value
        elif value < self.least:
            self.least = value
        elif value > self.most:
            self.most = value

    def _count_labels(self) -> None:
        for labels, times in self._labelled.items():
            for label in labels:
                self.counts[label] += times
            for one, several in _PARTING:
                if one in labels and several not in labels:
                    self.counts[f"surely {one}"] += times
                if several in labels and one not in labels:
                    self.counts[f"surely {several}"] += times
                if one in labels and several in labels:
                    self.counts[f"{one} or {several}"] += times
        self._labelled.clear()

    def share(self, label: str) -> float:
        """Return the share of the filled cells that can be read so."""
        return self.counts[label] / self.filled if self.filled else 0.0

    @property
    def distinct(self) -> int:
        """Different cells, counted up to a bound."""
        return len(self._distinct)


_PARTING = ((NumberForm.COMMA, NumberForm.COMMAS), (NumberForm.POINT, NumberForm.POINTS))
DAYS = (DateForm.ISO, DateForm.SLASHED, DateForm.NAMED)
"""Forms in which a cell can only be a day."""
