"""The step from an area to its patterns: hotspots, classes over the years, months that return."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from footprint.method import ViolenceNumbers
from footprint.violence.hotspots import (
    Emerging,
    Excess,
    Hotspots,
    IncidentFilter,
    Selection,
    emerging,
    excess,
    hotspots,
    select,
)
from footprint.violence.question import (
    NEAR,
    PLACE,
    REGION,
    UNIT,
    OneSource,
    Period,
    Question,
    hotspot_window,
    one_source,
    period,
)
from footprint.violence.seasonality import (
    DateWarning,
    Finding,
    MonthSpan,
    Recurrence,
    SeasonalProfile,
    date_warnings,
    disc_calendar,
    findings,
    recurrence,
    recurrent_cells,
    seasonal_profile,
    unit_calendar,
)
from footprint.violence.study_area import StudyArea, disc_names, study_area
from layers import Area
from layers.incidents import RETOLD, DatePrecision
from layers.months import months_in
from layers.zones import Zones


@dataclass(frozen=True, slots=True, eq=False)
class ViolencePatterns:
    """
    Where violence gathers and when it returns, under one question.

    Attributes
    ----------
    source
        The incidents, each event once.
    precise, recorded, near, placed, in_region
        What the tests run on, each with an account of what was left out: hotspots in their window of
        months, classes and months of the year in the whole period, discs of 50 km, cercles, regions.
    hotspots, emerging
        Clusters of the window, and classes over yearly steps of the whole period.
    regions, districts, discs
        Months that return, by region, by cercle and within 50 km of every 25 km cell.
    findings
        What was found in each cercle, those that return first.
    warnings
        What makes a calendar of these dates doubtful.
    profile
        Share of a year's incidents in each month, by cercle, and where it earned its place in the need.
    """

    question: Question
    numbers: ViolenceNumbers
    study_area: StudyArea = field(repr=False)
    period: Period
    source: OneSource = field(repr=False)
    precise: Selection = field(repr=False)
    recorded: Selection = field(repr=False)
    near: Selection = field(repr=False)
    placed: Selection = field(repr=False)
    in_region: Selection = field(repr=False)
    hotspots: Hotspots = field(repr=False)
    emerging: Emerging = field(repr=False)
    regions: Recurrence = field(repr=False)
    districts: Recurrence = field(repr=False)
    discs: Recurrence = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    warnings: tuple[DateWarning, ...] = field(repr=False)
    profile: SeasonalProfile = field(repr=False)

    def finding(self, area_id: str) -> Finding:
        """Return what was found in one cercle."""
        return next(each for each in self.findings if each.area_id == area_id)

    def calendar_of(self, level: str) -> tuple[Recurrence, Selection]:
        """Return the months that return by "region", "cercle" or "cell", and the incidents they rest on."""
        match level:
            case "region":
                return self.regions, self.in_region
            case "cell":
                return self.discs, self.near
            case _:
                return self.districts, self.placed

    @property
    def has_months(self) -> bool:
        """Whether the incidents carry months at all; without them only places can be told."""
        return self.districts.calendar.has_months


def find_patterns(area: Area, question: Question, numbers: ViolenceNumbers) -> ViolencePatterns:
    """
    Find where violence gathers and when it returns.

    Parameters
    ----------
    area
        Its incidents, people, waters and cercles.
    question
        Kinds of event, years, precision, provider; by default all there is.
    settings
        Numbers the tests rest on.

    Returns
    -------
    Patterns
        From a source without months the calendar says so, and hotspots are found all
        the same; without incidents nothing is found.

    Raises
    ------
    FootprintError
        If the years run backwards or the provider is unknown.
    """
    source = _source(area, question)
    days = _period(area, source, question, numbers)
    near, placed, in_region = (_selected(source, question, days, limit) for limit in (NEAR, UNIT, REGION))
    window = hotspot_window(days, question, numbers.hotspots.window_months)
    precise, recorded = (
        _placed_precisely(source, question, first, last) for first, last in (window, (days.first, days.last))
    )
    here = study_area(area, numbers)
    regions, districts, discs = _calendars(area, here, (in_region, near, placed), days, numbers)
    seasonal = recurrent_cells(discs, here.discs, here.cells)
    return ViolencePatterns(
        question=question,
        numbers=numbers,
        study_area=here,
        period=days,
        source=source,
        precise=precise,
        recorded=recorded,
        near=near,
        placed=placed,
        in_region=in_region,
        hotspots=hotspots(
            precise,
            here.cells,
            here.mask,
            settings=numbers.hotspots,
            people=here.people,
            raw=question.raw_counts,
        ),
        emerging=emerging(
            recorded,
            here.cells,
            here.mask,
            recurrent=seasonal,
            settings=numbers.hotspots,
            pooled=question.pooled_steps,
        ),
        regions=regions,
        districts=districts,
        discs=discs,
        findings=findings(districts),
        warnings=date_warnings(in_region.used, districts, numbers.seasonality, months_in(area.rains_months)),
        profile=seasonal_profile(districts.calendar, numbers.seasonality),
    )


def find_calendars(area: Area, question: Question, numbers: ViolenceNumbers) -> tuple[Recurrence, Recurrence]:
    """
    Find the months that return in the units of both levels, and nothing else of `find_patterns`.

    Parameters
    ----------
    area
        Its incidents and units.
    question
        Kinds of event, years, precision, provider; by default all there is.
    numbers
        Numbers the tests rest on.

    Returns
    -------
    tuple of Recurrence
        Of the first-level and of the second-level units, as `find_patterns` has them.

    Raises
    ------
    FootprintError
        If the years run backwards or the provider is unknown.
    """
    source = _source(area, question)
    days = _period(area, source, question, numbers)
    placed, in_region = (_selected(source, question, days, limit) for limit in (UNIT, REGION))
    return _unit_calendars(area, (in_region, placed), days, numbers)


def _source(area: Area, question: Question) -> OneSource:
    """Return every event once; what the reader of the layer found told twice is counted with the rest."""
    source = one_source(area.incidents, question.provider)
    retold = sum(each.rows for each in area.dropped if (each.layer, each.reason) == ("incidents", RETOLD))
    return replace(source, n_matched=source.n_matched + retold)


def _period(area: Area, source: OneSource, question: Question, numbers: ViolenceNumbers) -> Period:
    """Return the time that is asked about."""
    return period(
        source.incidents,
        question,
        frame_date=area.frame_date,
        months_missing_max=numbers.seasonality.months_missing_max,
    )


def _calendars(
    area: Area,
    here: StudyArea,
    used: tuple[Selection, Selection, Selection],
    days: Period,
    numbers: ViolenceNumbers,
) -> tuple[Recurrence, Recurrence, Recurrence]:
    """Return the months that return by region, by cercle and by disc, each level adjusted by itself."""
    in_region, near, placed = used
    regions, districts = _unit_calendars(area, (in_region, placed), days, numbers)
    radius_m, names = numbers.hotspots.radius_m, disc_names(area, here.discs)
    calendar = disc_calendar(near.used, here.discs, _span(days, numbers), radius_m=radius_m, names=names)
    return regions, districts, recurrence(calendar, settings=numbers.seasonality)


def _unit_calendars(
    area: Area, used: tuple[Selection, Selection], days: Period, numbers: ViolenceNumbers
) -> tuple[Recurrence, Recurrence]:
    """Return the months that return by region and by cercle, each level adjusted by itself."""
    in_region, placed = used
    span = _span(days, numbers)
    calendars = (
        unit_calendar(in_region.used, area.regions, span, outside=area.regions_outside),
        unit_calendar(placed.used, area.districts, span, outside=area.districts_outside),
    )
    regions, districts = (recurrence(calendar, settings=numbers.seasonality) for calendar in calendars)
    return regions, districts


def _span(days: Period, numbers: ViolenceNumbers) -> MonthSpan:
    return MonthSpan(
        first=days.first,
        last=days.last,
        first_month=days.first_month,
        months_missing_max=numbers.seasonality.months_missing_max,
    )


def excess_of(violence: ViolencePatterns) -> Excess:
    """Find where more happens than the people living there would explain, with the hotspots' incidents."""
    here = violence.study_area
    return excess(violence.precise, here.cells, here.mask, here.people, settings=violence.numbers.hotspots)


def month_hotspots(violence: ViolencePatterns, month: int) -> Hotspots:
    """
    Find the hotspots of one month of the year, all years together.

    Parameters
    ----------
    violence
        Patterns of the whole period.
    month
        1-12.

    Notes
    -----
    Of the whole record, since three years of one month hold too little. Incidents of which only the
    year is known take no part. Tests are adjusted over the cells of the
    month, not over the twelve months: of twelve such maps, one more hotspot may be chance. What people
    would explain is asked of the whole window alone.
    """
    used = violence.recorded.used
    dated = (used["date_precision"] != DatePrecision.YEAR) & used["date"].notna()
    chosen = dated & (used["date"].dt.month == month)
    own = Selection(used[chosen], (), violence.recorded.incident_filter, 0)
    here = violence.study_area
    return hotspots(
        own,
        here.cells,
        here.mask,
        settings=violence.numbers.hotspots,
        raw=violence.question.raw_counts,
    )


def undated(violence: ViolencePatterns) -> int:
    """Count precisely placed incidents of which only the year is known: they are in no month's map."""
    used = violence.recorded.used
    return int(np.sum((used["date_precision"] == DatePrecision.YEAR) | used["date"].isna()))


def _placed_precisely(source: OneSource, question: Question, first: date, last: date) -> Selection:
    wanted = IncidentFilter(first=first, last=last, types=question.types, whole_years=True)
    return select(source.incidents, wanted, geo_precision_max=min(PLACE, question.precision_max))


def _selected(source: OneSource, question: Question, days: Period, limit: int) -> Selection:
    wanted = IncidentFilter(first=days.first, last=days.last, types=question.types)
    asked = question.precision_max if question.precision_max < UNIT else limit
    return select(source.incidents, wanted, geo_precision_max=min(limit, asked))


def hottest_unit(patterns: ViolencePatterns, units: Zones) -> str:
    """
    Return the unit around which incidents gather most, by identifier, "" where there is none.

    None that lies mostly outside the area: cells at the border do not stand for it.
    """
    score = np.nan_to_num(patterns.hotspots.z[patterns.study_area.cell_of], nan=-np.inf)
    inside = (units.main_unit >= 0) & ~np.append(units.outside, True)[units.main_unit]
    if not inside.any():
        return ""
    cell = int(np.where(inside, score, -np.inf).argmax())
    return units.unit_ids[max(int(units.main_unit[cell]), 0)]


def hot_cells(patterns: ViolencePatterns, units: Zones, unit_id: str) -> int:
    """Count the hotspot cells under the cells that lie mainly in a unit."""
    cells = patterns.study_area.cell_of[units.main_unit == units.unit_ids.index(unit_id)]
    return len(np.unique(cells[patterns.hotspots.significant[cells]]))
