"""Layout of what is in a file that somebody brings, before anything of it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layers.foreign.seen import ColumnContent, Likely


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignColumnRow:
    """One column and what its cells are taken for, in English."""

    name: str
    content: ColumnContent
    decided: bool
    """Whether nothing else is possible; what is not decided is asked about before anything is taken."""
    reason: str
    fits: float | None
    filled_cells: int
    empty_cells: int
    examples: tuple[str, ...]
    """None of a refused column."""
    tag: str
    """HXL tag, or ""."""
    day_first: bool | None
    longitude_first: bool | None
    commas_part_thousands: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignReportRow:
    """Rows that cannot be read, for one reason."""

    problem: str
    column: str
    """"" where the whole row is meant."""
    row_numbers: tuple[int, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessRow:
    """What a sheet looks like."""

    layer: Likely
    title: str
    reason: str
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignExtent:
    """Bounds of what could be placed."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignSheetRow:
    """One sheet or layer."""

    name: str
    header_row: int | None
    """Null where no row names the columns: the format does, or they are numbered."""
    rows: int
    rows_read: int
    rows_reported: int
    columns: tuple[ForeignColumnRow, ...]
    shapes: Mapping[str, int]
    """How many there are, by kind."""
    reference_system: str | None
    """As the file states it."""
    extent: ForeignExtent | None
    without_extent: str | None
    """Why there is no extent."""
    reports: tuple[ForeignReportRow, ...]
    looks_like: tuple[LikenessRow, ...]
    """The likeliest first."""
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookDocument:
    """What is in a file, before anything of it is taken."""

    format: int
    kind: str
    file: str
    title: str
    size_bytes: int
    network_shut: bool
    """Whether the system gave the process that read it a network of its own, with nothing in it."""
    files_shut: bool
    """Whether the system shut off from that process every file but its own program and the one brought."""
    sheets: tuple[ForeignSheetRow, ...]
    remarks: tuple[str, ...]
