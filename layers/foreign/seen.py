"""Seen: what is in a foreign file, as values that travel as JSON from the process that parsed it."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from layers.characters import printable
from layers.foreign.amounts import Parting
from layers.foreign.packing import packed, sentence
from layers.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Hashable

Made = TypeVar("Made")


class ColumnContent(StrEnum):
    """What the cells of a column are."""

    EMPTY = "empty"
    TEXT = "text"
    IDENTIFIER = "identifier"
    NUMBER = "number"
    YEAR = "year"
    DATE = "date"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    DEGREES = "degrees"
    """Latitude or longitude: it cannot be told which."""
    POSITION = "position"
    """Both in one cell."""
    UTM = "utm"
    """Zone, easting and northing in one cell."""
    MGRS = "mgrs"
    """A square of the Military Grid Reference System."""
    EASTING = "easting"
    NORTHING = "northing"
    ZONE = "zone"
    OUTLINE = "outline"
    """Shapes as text (WKT)."""
    REFUSED = "refused"
    """Never shown or taken."""


class Likely(StrEnum):
    """Which layer a sheet could feed."""

    SITES = "sites"
    INCIDENTS = "incidents"
    ROADS = "roads"
    UNITS = "units"
    PLACES = "places"
    PEOPLE = "people"
    AIRFIELDS = "airfields"
    WATERS = "waters"
    AREAS = "areas"
    """Areas with a name that are no units, such as a swamp."""
    SENSITIVE = "sensitive"
    POINTS = "points"
    LINES = "lines"
    POLYGONS = "polygons"
    RASTER = "raster"
    TABLE = "table"
    """Rows without a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReport:
    """Rows that cannot be read, for one reason."""

    problem: Sentence
    column: str
    """"" where the whole row is meant."""
    rows: tuple[int, ...]
    """Their numbers, as many as are worth printing."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """One column and what its cells are taken for."""

    name: str
    content: ColumnContent
    decided: bool
    """Whether nothing else is possible; False is said, and asked about before anything is taken."""
    reason: Sentence
    share: float | None
    """Of the filled cells, those that fit [0–1]; None where there is nothing to fit."""
    filled: int
    empty: int
    examples: tuple[str, ...]
    """None of a refused column."""
    tag: str
    """HXL tag, or ""."""
    day_first: bool | None
    """Of dates with slashes; None where it is not decided or does not matter."""
    longitude_first: bool | None
    """Of two degrees in a cell; None where it is not decided or does not matter."""
    commas_part_thousands: bool | None
    """Of numbers with commas; None where it is not decided or does not matter."""
    points_part_thousands: bool | None = None
    """Of numbers with points that three digits follow; None where it is not decided or does not matter."""
    commas: Parting = Parting.NOTHING
    """What commas do in its numbers, as its cells say it."""
    points: Parting = Parting.NOTHING
    """The same of points."""
    marked: int = 0
    """Cells that hold an error, or a formula without a saved value."""

    @property
    def is_refused(self) -> bool:
        """Whether it is never shown or taken."""
        return self.content is ColumnContent.REFUSED

    @property
    def is_lost(self) -> bool:
        """Whether what its cells hold is not known: none has a value, and some hold an error."""
        return self.content is ColumnContent.EMPTY and self.marked > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeCount:
    """How many shapes of one kind there are."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a sheet looks like."""

    layer: Likely
    title: Sentence
    reason: Sentence
    decided: bool
    provider: str
    """Word by which the provider's kind of file is known here; "" where it is none's."""
    kind: str = ""
    """Word of the layer for what every row is; "" where rows differ, or it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DegreeBounds:
    """West, south, east and north [degrees]."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CellsSeen:
    """Cells of a raster that lie ready: in rows from the north, in longitude and latitude of WGS 84."""

    rows: int
    columns: int
    west: float
    """Of the first column [degrees]; beyond 180 where the area lies across it."""
    north: float
    step_x: float
    step_y: float
    factor: int
    """Cells of the file along the side of one of these."""
    moved: bool
    """Whether they were laid upon a grid of degrees from another reference system or from turned rows."""
    without_data: int
    """Cells of the file, of those kept, that have no value."""
    negative: int
    infinite: int
    """Cells with values that are no number of people; they are left out as those without are."""
    kept: float
    """Sum of the values of the cells kept: people, where values count people."""
    kept_by_area: float
    """The same by area: people, where values count people of a km²."""
    outside: float | None
    """Sum of the values of the cells cut off; None where the file is too large to read them all."""
    outside_by_area: float | None
    flattened: Sentence | None = None
    """Why its largest values may be cut off, None where nothing says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSeen:
    """One sheet or layer."""

    name: str
    header_row: int | None
    rows: int
    """Rows in the file: those read and those reported."""
    read: int
    reported: int
    columns: tuple[ColumnSeen, ...]
    shapes: tuple[ShapeCount, ...]
    reference: str | None
    """Reference system as it is stated, shortened to its name."""
    stated_reference: str | None
    """The same as the file states it; None where it states none, or none that is known."""
    extent: DegreeBounds | None
    without_extent: Sentence | None
    """Why there is no extent."""
    reports: tuple[RowReport, ...]
    likely: tuple[Likeness, ...]
    remarks: tuple[Sentence, ...]
    outside: int | None = None
    """Of the rows read, those far from the area that were left out; None where that was not asked for."""
    cells: CellsSeen | None = None
    """Of a raster, None where there are none."""
    without_cells: Sentence | None = None
    """Why a raster has no cells that can be had."""
    marked: int = 0
    """Rows with cells that hold an error of a formula, or none of its values; they are read all the same."""

    @property
    def is_sensitive(self) -> bool:
        """Whether it may hold places that are for checks alone: none of its rows is ever shown."""
        return any(each.layer is Likely.SENSITIVE for each in self.likely)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeen:
    """One file."""

    file: str
    title: Sentence
    size_bytes: int
    sheets: tuple[SheetSeen, ...]
    remarks: tuple[Sentence, ...]
    network_shut: bool
    """Whether the system gave the process a network of its own, with nothing in it."""
    files_shut: bool
    """Whether the system shut every file off but Python's, the program's and the one that was brought."""


def as_json(value: Any) -> Any:  # noqa: ANN401  what JSON can carry
    """Return a value of these types as JSON carries it."""
    match value:
        case Sentence():
            return packed(value)
        case tuple():
            return [as_json(each) for each in value]
        case _ if is_dataclass(value):
            return {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
        case _:
            return value


def from_json(kind: type[Made], content: Any) -> Made:  # noqa: ANN401  from JSON
    """
    Return a value of a dataclass of these, made of JSON that is trusted in nothing.

    Raises
    ------
    ValueError
        If a part is missing or of another type.
    """
    hints = _hints(cast("Hashable", kind))
    if not isinstance(content, dict) or set(content) != set(hints):
        raise ValueError(f"no {kind.__name__}")
    return kind(**{name: _part(hint, content[name]) for name, hint in hints.items()})


@lru_cache(maxsize=100)
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _part(hint: Any, content: Any) -> Any:  # noqa: ANN401  any type there is
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return None if content is None else _part(inner[0], content)
    if origin is tuple:
        if not isinstance(content, list):
            raise ValueError("no list")
        return tuple(_part(inner[0], each) for each in content)
    if hint is Sentence:
        return sentence(content)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_json(hint, content)
    if issubclass(hint, StrEnum):
        return hint(content)
    return _plain(hint, content)


def _plain(hint: type, content: object) -> object:
    if hint is float and isinstance(content, int | float) and math.isfinite(content):
        return float(content)
    if type(content) is not hint:
        raise ValueError(f"no {hint.__name__}")
    return printable(content) if isinstance(content, str) else content
