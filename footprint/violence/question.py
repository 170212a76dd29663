"""What is asked of the incidents: which kinds, which years, how precisely placed, from whom?"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd

from footprint.errors import FootprintError
from footprint.violence.hotspots import match_sources
from footprint.violence.hotspots.emerging import months_back
from footprint.violence.seasonality import quietest_month
from footprint.violence.selection import VIOLENCE
from layers.incidents import EventType
from layers.sentences import say

COUNTED = VIOLENCE | {EventType.UNKNOWN}
"""Kinds of event counted unless asked otherwise: some sources do not say what happened."""

PLACE, NEAR, UNIT, REGION = 1, 2, 3, 4
"""Coarsest `geo_precision` of the tests: hotspots, discs of 50 km, cercles, regions."""

MONTHS = 12


HOTSPOT_CHOICES = ("whole_record", "raw_counts", "pooled_steps")
"""Fields of a question that only hotspots heed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What is asked of the incidents; equal questions give equal answers.

    Attributes
    ----------
    types
        Kinds of event counted.
    first_year, last_year
        Calendar years, inclusive; None is all there are. No year runs beyond the frame date.
    precision_max
        Coarsest `geo_precision` used by any test (1-3). Each test keeps its own limit: hotspots 1,
        discs of 50 km 2, cercles 3; regions 4, where 3 is asked.
    provider
        The one provider counted, without what a larger one tells too; "" counts all, an event told
        by two of them once.
    whole_record
        Hotspots of all the years asked for, not of the last months before the frame date.
    raw_counts
        Hotspots of the counts as they are, not of log(1 + count).
    pooled_steps
        Classes in which each step is compared with all steps, not within itself.
    """

    types: frozenset[EventType] = COUNTED
    first_year: int | None = None
    last_year: int | None = None
    precision_max: int = UNIT
    provider: str = ""
    whole_record: bool = False
    raw_counts: bool = False
    pooled_steps: bool = False

    @property
    def key(self) -> str:
        """The question as text, for caches."""
        kinds = ",".join(sorted(self.types))
        key = f"{kinds}|{self.first_year}|{self.last_year}|{self.precision_max}|{self.provider}"
        return key + "".join(f"|{name}" for name in HOTSPOT_CHOICES if getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """
    The days a question is about, and how its years are cut.

    Attributes
    ----------
    first, last
        First and last day, inclusive.
    first_month
        Month (1-12) at which season-years begin: the quietest of the whole country.
    season_last
        Last day of the last season-year that counts; up to a few months after `last`.
    months_missing
        Months of that season-year after `last`: no data, not no violence.
    """

    first: date
    last: date
    first_month: int
    season_last: date
    months_missing: int


@dataclass(frozen=True, slots=True, eq=False)
class OneSource:
    """Incidents in which every event stands once."""

    incidents: gpd.GeoDataFrame = field(repr=False)
    providers: tuple[str, ...]
    n_matched: int
    """Records that tell of an event another provider tells of already."""
    n_vague: int
    """Records left out because nobody can say whether they repeat an event."""


def one_source(incidents: gpd.GeoDataFrame, provider: str = "") -> OneSource:
    """
    Return incidents in which every event stands once.

    Parameters
    ----------
    incidents
        Incidents layer, of one provider or several.
    provider
        The one to keep; "" brings all together, the one with most records first.

    Raises
    ------
    FootprintError
        If the layer has no such provider.
    """
    counts = incidents["provider"].value_counts()
    # The largest first; the name breaks ties, so that the order of rows changes nothing.
    names = sorted(counts.index, key=lambda name: (-int(counts[name]), str(name)))
    if provider and provider not in names:
        known = ", ".join(names) if names else say("none")
        raise FootprintError(
            say("there is no provider {provider}; there are: {known}", provider=repr(provider), known=known)
        )
    if provider or len(names) <= 1:
        kept = incidents[incidents["provider"] == provider] if provider else incidents
        return OneSource(kept, (provider,) if provider else tuple(names), 0, 0)
    together, matched, vague = incidents[incidents["provider"] == names[0]], 0, 0
    for name in names[1:]:
        joined = match_sources(together, incidents[incidents["provider"] == name])
        together, matched, vague = joined.incidents, matched + len(joined.pairs), vague + joined.n_vague
    return OneSource(together, tuple(names), matched, vague)


def period(
    incidents: gpd.GeoDataFrame, question: Question, *, frame_date: date, months_missing_max: int
) -> Period:
    """
    Return the days a question is about.

    Parameters
    ----------
    incidents
        All incidents of the source, whatever is asked of them: years are cut at the quietest
        month of the whole country, before any area or kind of event is looked at.
    question
        Years wanted.
    frame_date
        Last day known.
    months_missing_max
        Months that the last season-year may lack and still count.

    Raises
    ------
    FootprintError
        If the last year comes before the first.
    """
    known = int(incidents["year"].min()) if len(incidents) else frame_date.year
    first = date(question.first_year if question.first_year is not None else known, 1, 1)
    last_year = frame_date.year if question.last_year is None else question.last_year
    last = min(frame_date, date(last_year, 12, 31))
    if last < first:
        raise FootprintError(
            say("the years run backwards: {first} to {last}", first=str(first.year), last=str(last.year))
        )
    cut = quietest_month(incidents)
    year_end = _season_end(last, cut)
    missing = (year_end.year - last.year) * MONTHS + year_end.month - last.month
    missing += int(last.day < calendar.monthrange(last.year, last.month)[1])
    whole = missing <= months_missing_max
    return Period(
        first=first,
        last=last,
        first_month=cut,
        season_last=year_end if whole else last,
        months_missing=missing if whole else 0,
    )


def hotspot_window(days: Period, question: Question, months: int) -> tuple[date, date]:
    """
    Return the first and last day that hotspots look at, inclusive.

    Parameters
    ----------
    days
        Period of the question.
    question
        Where it names years, or asks for the whole record, hotspots look at all of them.
    months
        Length of the window that ends on the last day otherwise [months].
    """
    if question.whole_record or question.first_year is not None or question.last_year is not None:
        return days.first, days.last
    return months_back(days.last, months), days.last


def _season_end(day: date, first_month: int) -> date:
    """Return the last day of the season-year that `day` is in."""
    month = (first_month - 2) % MONTHS + 1
    year = day.year + (day.month > month)
    return date(year, month, calendar.monthrange(year, month)[1])
