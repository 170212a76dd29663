"""The finding: what a month comes to in a sentence, as plain text or with numbers set apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan, nan

import numpy as np

from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS, over_units, over_year
from footprint.language import Language
from footprint.review import Review
from footprint.views.focus import Focus
from footprint.views.seats import SeatRow
from layers.months import months_in
from layers.seasons import Season

FOOTPRINTS = (Indicator.FORCE, Indicator.MISSION)
"""What every finding is of."""


class SentencePart(StrEnum):
    """What a part of the sentence is, for how it is set."""

    WHERE = "where"
    FORCE = "force"
    MISSION = "mission"
    PLAN = "plan"
    UNKNOWN = "unknown"
    NAME = "name"
    CHANGED = "changed"


Setter = Callable[[SentencePart, str], str]
"""How a part of the sentence is written."""


def as_text(_part: SentencePart, words: str) -> str:
    """Write a part as it is."""
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFinding:
    """What is told of one month."""

    where: str
    month: int
    force: float
    """Force footprint [share of need]; NaN where not known."""
    mission: float
    rows: tuple[SeatRow, ...]
    """Units side by side, the widest gap first."""
    missing: tuple[str, ...] = ()
    """What the data name nobody for, so that the Mission footprint is not known."""
    force_change: float = 0.0
    """Against today, or from A to B, of what is known."""
    mission_change: float = 0.0
    plan: str = ""
    """Plan drawn on, where it changes anything."""
    pair: tuple[str, str] | None = None
    """Names of A and B, where two plans are held side by side."""
    indicator: Indicator = Indicator.MISSION
    """Whose gains and losses are told of two plans."""
    changed_numbers: int = 0
    apart: bool = False
    """Whether A and B rest on different numbers, so that what differs is not the plans alone."""
    unknown: frozenset[Indicator] = frozenset()
    """Indicators of which the data say nothing: their changes are of what is known."""
    digits: int = 1
    """Decimals of per cents and points: none where they are told to the per cent."""
    outside: bool = False
    """Whether all that is looked at lies mostly outside the area, so that nothing of it is known."""


def footprint_months(
    review: Review, focus: Focus, unknown: frozenset[Indicator], *, at_least: bool = False
) -> dict[Indicator, list[float]]:
    """
    Return both footprints of a focus, January first [share of its need].

    Parameters
    ----------
    review
        Whose figures.
    focus
        What is looked at.
    unknown
        Indicators of which the data say nothing: NaN.
    at_least
        Whether what is there at least is wanted, which is known of every indicator.
    """
    figures = review.at_least if at_least else review.figures
    values = over_units(figures, focus.level, focus.unit_ids, list(FOOTPRINTS))
    return {
        each: [nan] * MONTHS if each in unknown and not at_least else values[place].tolist()
        for place, each in enumerate(FOOTPRINTS)
    }


def worst_months(force: Sequence[float], seasons: Sequence[Season]) -> tuple[int, ...]:
    """
    Return the months of the worst season, or of all that are alike the worst (1-12).

    Parameters
    ----------
    force
        Force footprint by month [share of need], NaN where not known.
    seasons
        Of the area.

    Returns
    -------
    tuple of int
        Empty where months do not differ, or are not known.
    """
    if np.isnan(force).any() or np.ptp(force) < SMALL:
        return ()
    year = over_year(np.array(force), seasons)
    return tuple(
        sorted(
            month
            for season, own in zip(seasons, year.by_season, strict=True)
            if own - year.worst < SMALL
            for month in months_in(season.months)
        )
    )


def lowest_month(months: Mapping[Indicator, Sequence[float]], otherwise: int) -> int:
    """
    Return the month in which the mission could do least (1-12), for a page that shows one month.

    Parameters
    ----------
    months
        From `footprint_months`; Force is looked at where Mission is not known.
    otherwise
        Where months do not differ, or nothing is known of them.
    """
    for indicator in (Indicator.MISSION, Indicator.FORCE):
        own = np.array(months[indicator])
        if not np.isnan(own).any():
            return otherwise if np.ptp(own) < SMALL else int(own.argmin()) + 1
    return otherwise


def sentence(finding: MonthFinding, language: Language, write: Setter = as_text) -> str:
    """
    Return the finding as a sentence or two.

    Parameters
    ----------
    finding
        What is told.
    language
        Of the sentence.
    write
        Sets each part; escapes it where the sentence is to be HTML.
    """
    if finding.outside:
        return language.text(
            "{where}, {month}: not known, for it lies mostly outside the outline of this area.",
            where=write(SentencePart.WHERE, finding.where),
            month=language.month(finding.month),
        )
    parts = [_pair(finding, language, write) if finding.pair else _one(finding, language, write)]
    if finding.pair:
        parts.append(_who(finding, language, write))
    elif finding.plan:
        parts.append(
            language.text(
                "With {plan}: {mission}, {force} against today.",
                plan=write(SentencePart.PLAN, finding.plan),
                **_changes(finding, language, write),
            )
        )
    elif len(finding.rows) > 1 and finding.rows[1].gap > 0:
        first, second = (write(SentencePart.NAME, row.name) for row in finding.rows[:2])
        parts.append(
            language.text(
                "Measured in need, the gap is widest in {first} and {second}.", first=first, second=second
            )
        )
    if finding.apart:
        apart = language.text("A and B rest on different assumptions, which is part of what differs.")
        parts.append(write(SentencePart.CHANGED, apart))
    elif finding.changed_numbers:
        under = language.plural(
            "Under {n} changed assumption.", "Under {n} changed assumptions.", finding.changed_numbers
        )
        parts.append(write(SentencePart.CHANGED, under))
    return " ".join(parts)


def _one(finding: MonthFinding, language: Language, write: Setter) -> str:
    place = {"where": write(SentencePart.WHERE, finding.where), "month": language.month(finding.month)}
    force, mission = (
        write(SentencePart.UNKNOWN if isnan(value) else part, language.percent(value, finding.digits))
        for part, value in ((SentencePart.FORCE, finding.force), (SentencePart.MISSION, finding.mission))
    )
    if isnan(finding.mission) and finding.missing:
        return language.text(
            "{where}, {month}: troops could reach {force} of need; the whole mission: {mission} (the data "
            "name no {missing}).",
            **place,
            force=force,
            mission=mission,
            missing=write(SentencePart.NAME, language.listing(finding.missing)),
        )
    return language.text(
        "{where}, {month}: troops could reach {force} of need; the whole mission {mission}.",
        **place,
        force=force,
        mission=mission,
    )


def _pair(finding: MonthFinding, language: Language, write: Setter) -> str:
    first, second = finding.pair or ("", "")
    return language.text(
        "{where}, {month}: {second} instead of {first}: {mission}, {force}.",
        where=write(SentencePart.WHERE, finding.where),
        month=language.month(finding.month),
        first=write(SentencePart.PLAN, first),
        second=write(SentencePart.PLAN, second),
        **_changes(finding, language, write),
    )


def _who(finding: MonthFinding, language: Language, write: Setter) -> str:
    """Say which unit gains most and which loses most, weighed by what they need."""
    by_change = sorted(finding.rows, key=lambda row: row.need * _change(row, finding.indicator))
    if not by_change:
        return ""
    lowest, highest = by_change[0], by_change[-1]
    gains, loses = _change(highest, finding.indicator) >= SMALL, _change(lowest, finding.indicator) <= -SMALL
    names = {"gains": write(SentencePart.NAME, highest.name), "loses": write(SentencePart.NAME, lowest.name)}
    if gains and loses:
        return language.text("Most gained in {gains}; most lost in {loses}.", **names)
    if gains:
        return language.text("Most gained in {gains}; no unit loses.", gains=names["gains"])
    if loses:
        return language.text("No unit gains; most lost in {loses}.", loses=names["loses"])
    return language.text("No unit gains or loses.")


def _change(row: SeatRow, indicator: Indicator) -> float:
    return row.force_change if indicator is Indicator.FORCE else row.mission_change


def _changes(finding: MonthFinding, language: Language, write: Setter) -> dict[str, str]:
    text = language.text
    mission, force = (
        language.points(change, finding.digits) for change in (finding.mission_change, finding.force_change)
    )
    small_mission, small_force = (
        abs(change) < SMALL for change in (finding.mission_change, finding.force_change)
    )
    if Indicator.MISSION in finding.unknown:
        mission = (
            text("mission: not known") if small_mission else text("mission {change} at least", change=mission)
        )
    else:
        mission = text("mission unchanged") if small_mission else text("mission {change}", change=mission)
    if Indicator.FORCE in finding.unknown:
        force = text("troops: not known") if small_force else text("troops {change} at least", change=force)
    else:
        force = text("troops unchanged") if small_force else text("troops {change}", change=force)
    return {"mission": write(SentencePart.MISSION, mission), "force": write(SentencePart.FORCE, force)}
