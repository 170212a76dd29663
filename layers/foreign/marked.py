"""Marked: cells of a workbook that hold an error, or a formula of which no value was saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from layers.foreign.sheets import ForeignRow
from layers.sentences import Sentence, say

UNSAVED = say(
    "column {column} holds a formula without a saved value; open the workbook in Excel or LibreOffice, "
    "save it there and bring it again"
)
ERROR = say("column {column} holds the error {error} of a formula; mend it in the workbook and save it there")

_SEEN = {
    UNSAVED.template: say("Cells of column {column} with a formula without a saved value: {n}."),
    ERROR.template: say("Cells of column {column} with the error {error} of a formula: {n}."),
}
_NOT_TAKEN = {
    UNSAVED.template: say(
        "Cells of column {column}, which is not taken, with a formula without a saved value: {n}."
    ),
    ERROR.template: say(
        "Cells of column {column}, which is not taken, with the error {error} of a formula: {n}."
    ),
}
_TEMPLATES = frozenset(each.template for each in _SEEN.values())


@dataclass(slots=True)
class MarkTally:
    """Counts such cells by their column and what they hold."""

    _counts: Counter[str] = field(default_factory=Counter)
    _problems: dict[str, Sentence] = field(default_factory=dict)

    def add(self, problems: Iterable[Sentence]) -> None:
        """Count what is wrong with cells."""
        for each in problems:
            self._counts[str(each)] += 1
            self._problems.setdefault(str(each), each)

    def seen(self) -> tuple[Sentence, ...]:
        """Say which columns have such cells, before it is known whether they are taken."""
        return self._said(_SEEN)

    def not_taken(self) -> tuple[Sentence, ...]:
        """Say the same of columns that are not taken."""
        return self._said(_NOT_TAKEN)

    def _said(self, words: dict[str, Sentence]) -> tuple[Sentence, ...]:
        return tuple(
            words[each.template].having(**{**each.values, "n": self._counts[key]})
            for key, each in self._problems.items()
        )


def is_of_marks(remark: Sentence) -> bool:
    """Tell whether a remark says which columns have such cells."""
    return remark.template in _TEMPLATES


def mark_among(row: ForeignRow, places: Iterable[int]) -> Sentence | None:
    """Return what is wrong with the first such cell of a row in some columns, None if there is none."""
    by_place = dict(row.marks)
    return next((by_place[n] for n in places if n in by_place), None) if by_place else None
