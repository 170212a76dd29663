"""What stands out on the Hotspots page, in sentences; and circles held against the people living there."""

from __future__ import annotations

from footprint.language import Language
from footprint.pages import _say, _session
from footprint.views.circle_views import circle_rows
from footprint.violence.hotspots import Verdict
from footprint.violence.hotspots.words import (
    FORECAST,
    cause_words,
    dominance_words,
    excess_words,
    steps_words,
    verdict_words,
)


def verdict(language: Language) -> None:
    """Say which of three answers the map gives, what weakens it, and what it is not."""
    found = _session.violence()
    spots = found.hotspots
    said = verdict_words(spots, language)
    if spots.verdict is Verdict.CANNOT_TELL:
        _say.warning(said)
    else:
        _say.info(said)
    beside = (
        dominance_words(spots, language),
        *cause_words(spots, language),
        *steps_words(found.emerging, language),
    )
    _say.caption(" ".join((*(words for words in beside if words), language.text(FORECAST))))


def circles(language: Language) -> None:
    """Show the circles that hold more than their people would explain."""
    more = _session.more_than_people()
    _say.caption(excess_words(more, language))
    rows = circle_rows(_session.violence(), more, _session.prepared(), language)
    if rows:
        _say.table(rows)
