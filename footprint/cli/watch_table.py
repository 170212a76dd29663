"""Watch on the terminal: what a plan may push away, and of which regions nobody can tell."""

from __future__ import annotations

from rich.console import Console

from footprint.access.watched import Watched
from footprint.documents.layout.review import Comparison
from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.views.watch_words import watch_sentences


def show_watched(screen: Console, changes: Comparison, beside: Watched, language: Language) -> None:
    """Print what is to be watched and what could have been responded to, and where equity is not known."""
    for measure in (Indicator.FORCE, Indicator.MISSION):
        names = [each.name for each in changes.equity_cannot_tell if each.measure is measure]
        if names:
            screen.print(
                language.text(
                    "Equity: cannot tell for {names} ({measure}).",
                    names=language.listing(names),
                    measure=measure,
                )
            )
    for sentence in watch_sentences(beside, language):
        screen.print(sentence)
