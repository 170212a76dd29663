"""What a map of hotspots says, in sentences a person can repeat."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from footprint.language import Language, msgid
from footprint.violence.hotspots.classes import HotspotClass
from footprint.violence.hotspots.verdict import Cause, Verdict
from footprint.violence.selection import Exclusion

if TYPE_CHECKING:
    from footprint.violence.hotspots.clusters import Hotspots
    from footprint.violence.hotspots.emerging import Emerging
    from footprint.violence.hotspots.excess import Excess

FORECAST = msgid(
    "A hotspot is a cluster, not a forecast: in trials it held eight times more of the next year's incidents "
    "than as many random cells, and slightly fewer than as many of the busiest cells."
)

CAUSE_WORDS = {
    Cause.DOMINATED: msgid(
        "A few places hold most of the variance, so that smaller clusters may have gone unseen."
    ),
    Cause.MOSTLY_IMPRECISE: msgid(
        "More incidents were left out because they are placed imprecisely than were tested."
    ),
    Cause.MOSTLY_UNDATED: msgid(
        "More incidents were left out because only their year is known than were tested."
    ),
}
"""Causes that the sentence of the verdict does not name by itself."""

LEFT_OUT_WORDS = {
    Exclusion.OTHER_PROVIDER: msgid("of another provider"),
    Exclusion.OUTSIDE_PERIOD: msgid("outside the years chosen, or in a year that is not whole"),
    Exclusion.OTHER_TYPE: msgid("of a kind not counted"),
    Exclusion.YEAR_ONLY: msgid("known only by a year that does not lie wholly in the months looked at"),
    Exclusion.DEFAULT_GEOCODE: msgid("placed at a capital for want of a better place"),
    Exclusion.IMPRECISE_PLACE: msgid("placed too imprecisely for this test"),
    Exclusion.OUTSIDE_AREA: msgid("outside the cells"),
    Exclusion.OUTSIDE_MASK: msgid("in cells that are not compared"),
}
"""Why an incident takes no part in a test."""

PATTERN_LABELS = {
    HotspotClass.SEASONAL_RECURRENT: msgid("Returns in one season"),
    HotspotClass.NEW_HOT: msgid("New: only the last year"),
    HotspotClass.CONSECUTIVE_HOT: msgid("Consecutive: the last years in a row"),
    HotspotClass.INTENSIFYING_HOT: msgid("Intensifying: nearly every year, rising"),
    HotspotClass.PERSISTENT_HOT: msgid("Persistent: nearly every year"),
    HotspotClass.DIMINISHING_HOT: msgid("Diminishing: nearly every year, falling"),
    HotspotClass.SPORADIC_HOT: msgid("Sporadic: on and off, the last year too"),
    HotspotClass.OSCILLATING_HOT: msgid("Oscillating: the last year hot, others cold"),
    HotspotClass.HISTORICAL_HOT: msgid("Historical: nearly every year, not the last"),
    HotspotClass.THROUGHOUT_HOT: msgid("Throughout: nearly every year, too few to tell a trend"),
}
"""Classes that maps and tables name, in the order of their colours."""


def verdict_words(spots: Hotspots, language: Language) -> str:
    """Return what the map says as a whole: found, tested and none stands out, or cannot tell."""
    text, numbers = language.text, spots.settings
    if spots.verdict is Verdict.FOUND:
        n = int(spots.significant.sum())
        said = language.plural(
            "Hotspots found: {n} cell around which incidents gather beyond chance.",
            "Hotspots found: {n} cells around which incidents gather beyond chance.",
            n,
        )
        by_people = int(spots.explained.sum())
        return f"{said} {_by_people(by_people, language)}" if by_people else said
    if Cause.TOO_FEW in spots.causes:
        return text(
            "Cannot tell: {count} precisely placed incidents, and below {needed} nothing can be told.",
            count=language.number(spots.n_used),
            needed=language.number(numbers.events_min),
        )
    shown = {
        "share": language.percent(numbers.power_share, 0),
        "radius": language.number(numbers.power_radius_km),
        "power": language.percent(spots.power, 0),
    }
    if spots.verdict is Verdict.CANNOT_TELL:
        return text(
            "Cannot tell: nothing stands out, but {share} of the incidents within {radius} km of one place "
            "would have been found with a chance of only {power}.",
            **shown,
        )
    return text(
        "Tested, and none stands out: {share} of the incidents within {radius} km of one place would have "
        "been found with a chance of {power}.",
        **shown,
    )


def _by_people(n: int, language: Language) -> str:
    return language.plural(
        "{n} of them is as hot as its people would explain.",
        "{n} of them are as hot as their people would explain.",
        n,
    )


def dominance_words(spots: Hotspots, language: Language) -> str:
    """Return what part of the variance the five largest cells hold, "" where nothing varies."""
    share = spots.dominance
    return "" if isnan(share.tested) else largest_words(share.tested, share.counts, language)


def largest_words(tested: float, counts: float, language: Language) -> str:
    """Return in a sentence what part of the variance the five largest cells hold."""
    return language.text(
        "The five largest cells hold {tested} of the variance of the values tested, {counts} of that of the "
        "raw counts.",
        tested=language.percent(tested, 0),
        counts=language.percent(counts, 0),
    )


def cause_words(spots: Hotspots, language: Language) -> tuple[str, ...]:
    """Return what else weakens the result."""
    return tuple(language.text(CAUSE_WORDS[cause]) for cause in spots.causes if cause in CAUSE_WORDS)


def excess_words(excess: Excess, language: Language) -> str:
    """Return where more happens than people would explain, in one sentence."""
    text = language.text
    if excess.verdict is Verdict.CANNOT_TELL:
        return text("Cannot tell where more happens than people would explain: too few incidents or people.")
    if excess.verdict is Verdict.NONE_STANDS_OUT:
        return text(
            "Tested against the people living there: no circle holds more than its people would explain "
            "(smallest p {p}).",
            p=language.number(excess.best_p, 3),
        )
    return language.plural(
        "{n} circle holds more incidents than its people would explain.",
        "{n} circles hold more incidents than their people would explain.",
        len(excess.circles),
    )


def steps_words(emerging: Emerging, language: Language) -> tuple[str, ...]:
    """Return what the classes rest on, and why there may be none."""
    text, numbers = language.text, emerging.settings
    if not emerging.classed:
        return (
            text(
                "No classes over the years: the last step, or every one before it, holds fewer than {needed} "
                "incidents or begins before the record.",
                needed=language.number(numbers.events_min),
            ),
        )
    steps = language.plural(
        "Classes rest on {n} yearly step of {months} months, the last to {date}.",
        "Classes rest on {n} yearly steps of {months} months, the last to {date}.",
        len(emerging.kept),
        months=language.number(numbers.window_months),
        date=language.date(emerging.kept[-1].last),
    )
    if emerging.trends:
        return (steps,)
    return (
        steps,
        text(
            "With fewer than {needed} steps no trend is told.",
            needed=language.number(numbers.trend_steps_min),
        ),
    )
