"""Had anybody followed the calendar known before each year, how much of that year would it have named?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from footprint.method import SeasonalityNumbers
from footprint.violence.seasonality.calendar import MONTHS
from footprint.violence.seasonality.tested import tested

if TYPE_CHECKING:
    from footprint.violence.seasonality.calendar import Calendar


DRAWS_PART, DRAWS_MIN = 5, 999
"""A past calendar is drawn with a fifth of the rotations, and these at least: it asks whether q is small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """One year of an area that had a calendar before it began."""

    year: int
    """Calendar year in which the season-year begins."""
    months: tuple[int, ...]
    """Months (1-12) that the calendar named."""
    inside: int
    """Incidents of the year in these months."""
    total: int
    """Incidents of the year."""

    @property
    def share_of_months(self) -> float:
        """Share of the year that the calendar named."""
        return len(self.months) / MONTHS

    @property
    def beat(self) -> bool:
        """Whether the months named held more than their share of the year's incidents."""
        return self.inside > self.total * self.share_of_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What later years made of calendars, years without incidents left out."""

    years: int
    """Years that had a calendar before they began, and incidents."""
    beaten: int
    """Of these, years in which the months named held more than their share."""
    inside: int
    total: int
    expected: float
    """Incidents that the months named would hold were all months alike."""


def foresight(calendar: Calendar, settings: SeasonalityNumbers) -> Mapping[str, tuple[Foretold, ...]]:
    """
    Try, for each past year, the calendar known before it began.

    Parameters
    ----------
    calendar
        Incidents by area and month.
    settings
        As for the calendar itself.

    Returns
    -------
    Mapping
        By area_id, for each area that ever had a calendar: its years, in order.

    Notes
    -----
    Years are cut where the calendar is shown. Before each, all areas are scanned and adjusted
    as they would have been then; nothing of the year or after it is used. A year left out of
    the middle and chosen by hindsight flatters: it shares its neighbours' war.
    """
    cut = calendar.first_month
    found: dict[str, list[Foretold]] = {}
    quick = replace(settings, draws=max(settings.draws // DRAWS_PART, DRAWS_MIN))
    by_year, offset = calendar.by_year(cut), calendar.offset(cut)
    for number, year in enumerate(calendar.years(cut)):
        if number < settings.years_min or not calendar.has_months:
            continue
        then = tested(calendar.until(offset + MONTHS * number), quick)
        for area in then.stands.nonzero()[0].tolist():
            window = then.scans[area]
            if window is None:
                continue
            first = calendar.start[1] - 1 + window.start
            months = tuple((first + step) % MONTHS + 1 for step in range(window.length))
            counts = by_year[area, number]
            row = Foretold(
                year=year,
                months=months,
                inside=int(sum(counts[(month - cut) % MONTHS] for month in months)),
                total=int(counts.sum()),
            )
            found.setdefault(calendar.area_ids[area], []).append(row)
    return {area_id: tuple(rows) for area_id, rows in sorted(found.items())}


def record(rows: Sequence[Foretold]) -> Record:
    """Return what later years made of calendars, of one area or of several."""
    told = [row for row in rows if row.total]
    return Record(
        years=len(told),
        beaten=sum(row.beat for row in told),
        inside=sum(row.inside for row in told),
        total=sum(row.total for row in told),
        expected=sum(row.total * row.share_of_months for row in told),
    )


def is_forecast(rows: Sequence[Foretold], years_min: int) -> bool:
    """
    Tell whether an area's calendar has foretold enough to be called a forecast.

    Parameters
    ----------
    rows
        Its later years.
    years_min
        Later years that must have beaten the share of months.

    Notes
    -----
    They must be the majority too: of ten later years three beat the share of months by chance.
    """
    past = record(rows)
    return past.beaten >= years_min and 2 * past.beaten > past.years and past.inside > past.expected
