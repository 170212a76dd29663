"""Errors about the files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One thing wrong with one file.

    Attributes
    ----------
    file
        File name as the user knows it, never a whole path.
    column
        Column concerned, or "" when the whole file is.
    row
        First row concerned, counted as a spreadsheet counts (header is row 1), or
        None when no single row is to blame.
    problem
        What is wrong, in plain words.
    remedy
        What to do about it.
    rows
        How many rows share the fault.
    """

    file: str
    problem: str
    remedy: str
    column: str = ""
    row: int | None = None
    rows: int = 1

    def __str__(self) -> str:
        """Say the fault in one line."""
        place = f"{self.file}"
        if self.column:
            place += f", column {self.column!r}"
        if self.row is not None:
            place += f", row {self.row}" + (f" and {self.rows - 1} more" if self.rows > 1 else "")
        return f"{place}: {self.problem}. {self.remedy}"


class LayerError(ValueError):
    """Files that cannot be used; `faults` lists everything wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
