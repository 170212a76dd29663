"""Faults of the store and of plan files: sentences that know their values, said in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footprint.errors import FootprintError
from footprint.language import Language, msgid

_MOST_SAID = 100
"""Faults of one file that are spelt out; the rest are counted."""

_ENGLISH = Language("en")


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence with {places} and what fills them."""

    english: str
    values: tuple[tuple[str, str | int], ...] = ()

    def said(self, language: Language) -> str:
        """Return the sentence in `language`, numbers written its way."""
        filled = {
            name: value if isinstance(value, str) else language.number(value) for name, value in self.values
        }
        return language.text(self.english, **filled)


def sentence(english: str, **values: str | int) -> Sentence:
    """Return a sentence, marked by `msgid` where it is written, with its values."""
    return Sentence(english, tuple(values.items()))


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

    def __init__(self, problem: Sentence, remedy: Sentence) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(self.said(_ENGLISH))

    def said(self, language: Language) -> str:
        """Return problem and remedy in `language`."""
        return f"{self.problem.said(language)} {self.remedy.said(language)}"


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

    def said(self, language: Language, file: str) -> str:
        """Say the fault in one line."""
        place = language.text("{file}, field {field}", file=file, field=self.field) if self.field else file
        colon = language.labelled(place, self.problem.said(language))
        return f"{colon} {self.remedy.said(language)}"


class PlanFileError(FootprintError):
    """
    A file that is no plan.

    Parameters
    ----------
    file
        Its name as the user knows it.
    faults
        Everything wrong with it.
    """

    def __init__(self, file: str, faults: Sequence[PlanFault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        super().__init__(self.said(_ENGLISH))

    def said(self, language: Language) -> str:
        """Return every fault in `language`, one a line; of very many the first hundred and their number."""
        return "\n".join(self._lines(language))

    def _lines(self, language: Language) -> Iterator[str]:
        yield from (fault.said(language, self.file) for fault in self.faults[:_MOST_SAID])
        more = len(self.faults) - _MOST_SAID
        if more > 0:
            yield language.plural("and {n} more fault", "and {n} more faults", more)


UNCHANGED = msgid("Nothing was changed.")
"""What a refusal ends with where nothing else is to be done."""
