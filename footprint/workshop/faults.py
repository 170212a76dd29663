"""Faults of the store and of plan files, each a sentence said in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from footprint.errors import FootprintError
from layers.sentences import Sentence, say

_MOST_SAID = 100
"""Faults of one file that are spelt out; the rest are counted."""


class WorkshopError(FootprintError):
    """
    What the store or a plan refuses.

    Parameters
    ----------
    problem
        What is wrong.
    remedy
        What to do about it.
    """

    between = " "

    def __init__(self, problem: Sentence, remedy: Sentence) -> None:
        super().__init__(problem, remedy)


class StoreError(WorkshopError):
    """The store cannot be used: not ours, damaged, full, not to be written, too new."""


class DeskError(WorkshopError):
    """There is no such desk or plan, or it does not allow what is asked."""


class StaleError(DeskError):
    """Somebody else, or another tab, has acted since; nothing was changed and nothing lost."""


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One thing wrong with a plan file."""

    field: str
    """Field concerned, such as "changes[3].lon"; "" when the whole file is."""
    problem: Sentence
    remedy: Sentence

    def sentence(self, file: str) -> Sentence:
        """Return the fault of a file in one line."""
        place = say("{file}, field {field}", file=file, field=self.field) if self.field else file
        return say("{place}: {problem} {remedy}", place=place, problem=self.problem, remedy=self.remedy)


class PlanFileError(FootprintError):
    """
    A file that is no plan.

    Parameters
    ----------
    file
        Its name as the user knows it.
    faults
        Everything wrong with it; of very many the first hundred are said, and how many more there are.
    """

    def __init__(self, file: str, faults: Sequence[PlanFault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        more = len(self.faults) - _MOST_SAID
        rest = say("and one more fault") if more == 1 else say("and {n} more faults", n=more)
        told = [fault.sentence(file) for fault in self.faults[:_MOST_SAID]]
        super().__init__(*told, *([rest] if more > 0 else []))


UNCHANGED = say("Nothing was changed.")
"""What a refusal ends with where nothing else is to be done."""
