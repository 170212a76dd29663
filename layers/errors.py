"""Errors about the files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layers.sentences import Sentence, Speaker, say

NOTHING_TO_DO = Sentence("")
"""Remedy of a fault whose problem says already what would mend it."""


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
    problem: Sentence
    remedy: Sentence
    column: str = ""
    row: int | None = None
    rows: int = 1

    @property
    def sentence(self) -> Sentence:
        """The fault in one line."""
        return say(
            "{place}: {problem}. {remedy}", place=self._place(), problem=self.problem, remedy=self.remedy
        )

    def said(self, language: Speaker) -> str:
        """Say the fault in one line, in a language."""
        return self.sentence.said(language)

    def __str__(self) -> str:
        """Say the fault in one line."""
        return str(self.sentence)

    def _place(self) -> Sentence | str:
        """Return the file, and the column and rows in it where there are such."""
        row, more = str(self.row), self.rows - 1
        column = repr(self.column)
        if self.row is None:
            return say("{file}, column {column}", file=self.file, column=column) if self.column else self.file
        if not self.column and more < 1:
            return say("{file}, row {row}", file=self.file, row=row)
        if not self.column:
            return say("{file}, row {row} and {n} more", file=self.file, row=row, n=more)
        if more < 1:
            return say("{file}, column {column}, row {row}", file=self.file, column=column, row=row)
        return say(
            "{file}, column {column}, row {row} and {n} more",
            file=self.file,
            column=column,
            row=row,
            n=more,
        )


class LayerError(ValueError):
    """Files that cannot be used; `faults` lists everything wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def said(self, language: Speaker) -> str:
        """Return every fault in a language, one a line."""
        return "\n".join(fault.said(language) for fault in self.faults)
