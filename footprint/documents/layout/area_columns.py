"""Layout of the guide to the columns of an area's layers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedWordRow:
    """A word that may stand in a cell."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerColumnRow:
    """One column of a layer's table."""

    column: str
    form: str
    needed: bool
    """Whether every cell must be filled."""
    least: float | None
    most: float | None
    meaning: str
    words: tuple[AllowedWordRow, ...]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerColumnsRow:
    """One layer, its usual file and its columns."""

    layer: str
    file: str
    title: str
    needed: bool
    """Whether no review can be made without it."""
    columns: tuple[LayerColumnRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaColumnsDocument:
    """What the layers of an area folder hold, in one language."""

    format: int
    kind: str
    language: str
    layers: tuple[LayerColumnsRow, ...]
