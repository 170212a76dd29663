"""What was found in one area, ready to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from footprint.violence.seasonality.foresight import Foretold, Record, is_forecast, record
from footprint.violence.seasonality.recurrence import Answer, Recurrence, Status, YearState
from footprint.violence.seasonality.scan import MONTHS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    What the scan found in one area.

    Attributes
    ----------
    answer
        What the calendar says of it.
    n
        Eligible years.
    years_min, events_min
        Years that an area needs, and incidents that a year needs.
    events_a_year, power
        Incidents of an eligible year, its median, and the chance of finding a season three times as busy.
    first_month, length
        Window: first month (1-12) and months; 0 where there was no test.
    cut
        Month (1-12) at which its years are cut.
    k
        Years hit.
    low, high
        Jeffreys interval of k/n, 0-1.
    p, q
        p of the scan and its value adjusted over areas.
    years
        Each season-year as people name it ("2016", or "2016–17" for a window over the new year), and
        how it fell in the window.
    torn
        Whether the window runs over the cut.
    foretold
        What later years made of the calendars that the area had before them.
    is_forecast
        Whether these were enough to call the calendar a forecast.
    """

    area_id: str
    name: str
    answer: Answer
    n: int
    years_min: int
    events_min: int
    events_a_year: float = 0.0
    power: float = 0.0
    first_month: int = 0
    length: int = 0
    cut: int = 1
    k: int = 0
    low: float = 0.0
    high: float = 1.0
    p: float = 1.0
    q: float = 1.0
    years: tuple[tuple[str, YearState], ...] = ()
    torn: bool = False
    foretold: tuple[Foretold, ...] = ()
    is_forecast: bool = False

    @property
    def months(self) -> tuple[int, ...]:
        """Months of the window (1-12), in order."""
        return tuple((self.first_month - 1 + step) % MONTHS + 1 for step in range(self.length))

    @property
    def significant(self) -> bool:
        """Whether a season returns."""
        return self.answer is Answer.RETURNS

    @property
    def tested(self) -> bool:
        """Whether the area could be tested."""
        return self.length > 0

    @property
    def missed(self) -> tuple[str, ...]:
        """Years of the window not hit."""
        return tuple(name for name, state in self.years if state is YearState.QUIET)

    @property
    def too_few(self) -> tuple[str, ...]:
        """Years with too few incidents to tell."""
        return tuple(name for name, state in self.years if state is YearState.TOO_FEW)

    @property
    def past(self) -> Record:
        """What later years made of its calendars, added up."""
        return record(self.foretold)


def findings(recurrence: Recurrence) -> tuple[Finding, ...]:
    """Return what was found in each area, significant ones first, then by p, then by identifier."""
    rows = recurrence.table.reset_index().sort_values(
        ["significant", "p", "area_id"], ascending=[False, True, True]
    )
    return tuple(_finding(recurrence, row) for _, row in rows.iterrows())


def _finding(recurrence: Recurrence, row: pd.Series) -> Finding:
    """Return the finding of one row of the table."""
    settings, area_id = recurrence.settings, row["area_id"]
    told = recurrence.foresight.get(area_id, ())
    if Status(row["status"]) is not Status.TESTED:
        return Finding(
            area_id=area_id,
            name=row["name"],
            answer=Answer(row["answer"]),
            n=int(row["n"]),
            years_min=settings.years_min,
            events_min=settings.events_min,
            events_a_year=float(row["events_a_year"]),
            foretold=told,
        )
    window = (int(row["first_month"]), int(row["length"]), int(row["cut"]))
    names = _names(recurrence.calendar.years(window[2]), window)
    return Finding(
        area_id=area_id,
        name=row["name"],
        answer=Answer(row["answer"]),
        n=int(row["n"]),
        years_min=settings.years_min,
        events_min=settings.events_min,
        events_a_year=float(row["events_a_year"]),
        power=float(row["power"]),
        first_month=window[0],
        length=window[1],
        cut=window[2],
        k=int(row["k"]),
        low=float(row["low"]),
        high=float(row["high"]),
        p=float(row["p"]),
        q=float(row["q"]),
        years=tuple(zip(names, recurrence.states[area_id], strict=True)),
        torn=_over_cut(window),
        foretold=told,
        is_forecast=is_forecast(told, settings.foretold_years_min),
    )


def _over_cut(window: tuple[int, int, int]) -> bool:
    start, length, cut = window
    return (start - cut) % MONTHS + length > MONTHS


def _names(years: tuple[int, ...], window: tuple[int, int, int]) -> list[str]:
    """Name season-years by the calendar year that their window falls in."""
    start, length, cut = window
    torn = _over_cut(window)
    over_new_year = (torn and cut > 1) or (not torn and start + length - 1 > MONTHS)
    names = []
    for year in years:
        begins = year + (start < cut and not torn)
        names.append(f"{begins}–{(begins + 1) % 100:02d}" if over_new_year else f"{begins}")
    return names
