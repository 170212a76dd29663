"""Layout of what became of an area that files were brought into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenSheetRow:
    """One sheet that was taken, and how."""

    file: str
    sheet: str
    layer: str
    reader: str
    columns: Mapping[str, str]
    """Column of the sheet, by field; empty where a provider's reader knows its own."""
    rows: int
    rows_taken: int | None
    rows_reported: int
    rows_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerChangeRow:
    """How the rows of a layer differ from before."""

    layer: str
    rows: int
    new: int
    changed: int
    vanished: int
    reported: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildLossRow:
    """Rows left out when the area was built, and why, in English."""

    layer: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDocument:
    """What was taken of files, and what became of the area."""

    format: int
    kind: str
    taken: tuple[TakenSheetRow, ...]
    layers: tuple[LayerChangeRow, ...]
    """Those that were touched or differ."""
    left_out: tuple[BuildLossRow, ...]
    notes: tuple[str, ...]
