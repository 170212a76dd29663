"""Layout of the check of an area folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """One thing wrong with one file."""

    file: str
    column: str
    row: int | None
    rows: int
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRow:
    """Something to know of an area that can be used, in English."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCheckDocument:
    """Whether an area folder can be used, what it holds, and what is wrong with it."""

    format: int
    kind: str
    usable: bool
    layers: Mapping[str, int | None]
    """Rows of each layer; null of one that the folder does not have: nothing is known of it."""
    faults: tuple[FaultRow, ...]
    warnings: tuple[AdviceRow, ...]
