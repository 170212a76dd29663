"""Answered: what stands around every answer on the terminal, so that the answer itself comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from rich.console import Console

from footprint.cli.tables import show_notes
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.caveats import Caveat
    from footprint.documents.layout.head import Head, Notes, Subject

_FIRST = frozenset({"scenario_stale", "invented_data", "method_changed", "handling"})
"""Codes of caveats that say whether, or to whom, an answer may be shown at all: they stand before it."""


class _Document(Protocol):
    """Any document about an area."""

    @property
    def head(self) -> Head:
        """What it begins with."""
        ...

    @property
    def notes(self) -> Notes:
        """What must be known beside its numbers."""
        ...


@contextmanager
def answered(
    screen: Console,
    document: _Document,
    beside: Sequence[Caveat],
    language: Language,
    *,
    subject: Subject | None = None,
) -> Iterator[None]:
    """
    Print what stands before an answer and, once it is printed, what stands after it.

    Parameters
    ----------
    screen
        Where the answer is printed inside the `with`.
    document
        Its head comes first, its limits last.
    beside
        Caveats: those without which nobody may read on come before the answer, with a line that says how
        many more there are; these come after it.
    language
        The reader's.
    subject
        The scenario that was reviewed, where there is one.
    """
    _show_head(screen, document.head, language, subject)
    show_notes(screen, [each.said(language) for each in beside if each.code in _FIRST])
    further = [each.said(language) for each in beside if each.code not in _FIRST]
    if further:
        count = language.plural(
            "{n} remark on data and method: after the answer.",
            "{n} remarks on data and method: after the answer.",
            len(further),
        )
        show_notes(screen, [count])
    yield
    if further:
        screen.print(f"\n{language.text('Remarks on data and method:')}")
        show_notes(screen, further)
    show_notes(screen, [language.text(limit) for limit in document.notes.limits])


def _show_head(screen: Console, head: Head, language: Language, subject: Subject | None) -> None:
    """Print what the result is about."""
    text, names = language.text, head.area.names
    day = language.date(head.area.frame_date)
    screen.print(f"{names.get(language.code, names['en'])}, " + text("as of {date}", date=day))
    if subject is not None:
        changes = len(subject.scenario.changes)
        count = language.plural("{n} change", "{n} changes", changes)
        name = f"{subject.scenario.name} ({count})" if changes else text("today's sites, unchanged")
        screen.print(text("Scenario: {name}", name=name))
    joined = {
        "geometric": text("Groups of a tier join by their geometric mean, not by the weakest."),
        "product": text("Groups of a tier join by their product, as if independent, not by the weakest."),
    }
    if head.provenance.rests_on.weakest in joined:
        screen.print(joined[head.provenance.rests_on.weakest])
