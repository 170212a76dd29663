"""Violence: where it gathers and in which months it comes back, as documents for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan

import numpy as np

from footprint.caveats import of_the_incidents
from footprint.documents.columns import COLUMNS, OUTSIDE_AREA, VIOLENCE
from footprint.documents.head import about, notes
from footprint.documents.layout.violence import (
    AreaKind,
    CalendarDocument,
    CalendarIncidentsPart,
    CircleRow,
    DoubtRow,
    ExcessPart,
    ExcludedRow,
    ForetoldRow,
    HotspotRow,
    HotspotsDocument,
    IncidentsPart,
    OmittedRow,
    PatternsPart,
    ProfilePart,
    RecordPart,
    ReturnRow,
    ScanPart,
    Sentences,
    SourcedPeriod,
    SpacePart,
    StateRow,
    StepRow,
    VerdictPart,
)
from footprint.documents.watch_columns import NO_LAYER
from footprint.language import Language, msgid
from footprint.method import Method
from footprint.provenance import of_violence
from footprint.violence import ViolencePatterns, excess_of
from footprint.violence.hotspots import Cause, Circle, Excluded, HotspotClass, Hotspots, Selection
from footprint.violence.hotspots.words import FORECAST, excess_words, verdict_words
from footprint.violence.seasonality import (
    Answer,
    Finding,
    Record,
    Recurrence,
    Status,
    caveat,
    findings,
    record,
    sentence,
    warning_words,
)
from footprint.violence.study_area import degrees, districts_at, half_across, outside_at
from layers import Area

LIMIT = msgid("An empty cell is not a safe cell: the data say what was reported and placed.")

_HOTSPOT_UNITS = (
    "lon",
    "lat",
    "count",
    "z",
    "p",
    "q",
    "by_people",
    "by_people_share",
    "power",
    "largest_share",
    "cells",
    "expected",
    "ratio",
    "people",
)
_CALENDAR_UNITS = (
    "n_events",
    "eligible_years",
    "events_a_year",
    "power",
    "first_month",
    "hits",
    "low",
    "high",
    "p",
    "q",
    "inside",
    "share_of_months",
    "by_month",
)


def hotspots_document(area: Area, method: Method, violence: ViolencePatterns) -> HotspotsDocument:
    """
    Return the hotspots of an area as a document.

    Parameters
    ----------
    area, method
        The area, and the method whose numbers the patterns rest on.
    violence
        Its patterns.

    Returns
    -------
    HotspotsDocument
        Significant cells with their class over the years, the number of cells of each class,
        and what was left out.
    """
    hot = violence.hotspots
    return HotspotsDocument(
        head=about("footprint-hotspots", area, of_violence(area, method, violence.question)),
        notes=notes((LIMIT, FORECAST), of_the_incidents(area), _HOTSPOT_UNITS),
        period=replace(_period(violence), first=hot.first, last=hot.last),
        settings=_settings(violence),
        result=_result(hot),
        incidents=_accounted(violence.precise, hot.n_used, hot.excluded),
        hotspots=_hotspot_rows(area, violence),
        patterns=_patterns(violence),
        excess=_excess(area, violence),
    )


def _result(hot: Hotspots) -> VerdictPart:
    reasons = {}
    if np.isnan(hot.power):
        reasons["power"] = "too_few" if Cause.TOO_FEW in hot.causes else "asked only where nothing stands out"
    if np.isnan(hot.dominance.tested):
        reasons |= dict.fromkeys(("largest_share", "largest_share_counts"), "all cells are alike")
    return VerdictPart(
        verdict=hot.verdict,
        sentence=Sentences(en=verdict_words(hot, Language("en")), fr=verdict_words(hot, Language("fr"))),
        causes=hot.causes,
        power=COLUMNS["power"].rounded(hot.power),
        largest_share=COLUMNS["largest_share"].rounded(hot.dominance.tested),
        largest_share_counts=COLUMNS["largest_share_counts"].rounded(hot.dominance.counts),
        by_people_cells=int(hot.explained.sum()),
        reasons=reasons,
    )


def _patterns(violence: ViolencePatterns) -> PatternsPart:
    emerging = violence.emerging
    return PatternsPart(
        classed=emerging.classed,
        trends=emerging.trends,
        pooled=violence.question.pooled_steps,
        steps=tuple(
            StepRow(first=step.first, last=step.last, used=step.n_used, kept=step.kept)
            for step in emerging.steps
        ),
        incidents=_accounted(violence.recorded, emerging.n_used, emerging.excluded),
        cells={
            kind: int((emerging.pattern == kind).sum())
            for kind in HotspotClass
            if kind is not HotspotClass.NONE
        },
    )


def _excess(area: Area, violence: ViolencePatterns) -> ExcessPart:
    more = excess_of(violence)
    unknown = bool(np.isnan(more.best_p))
    return ExcessPart(
        verdict=more.verdict,
        sentence=Sentences(en=excess_words(more, Language("en")), fr=excess_words(more, Language("fr"))),
        radii_km=more.settings.scan_radii_km,
        permutations=more.settings.scan_draws,
        p_max=more.settings.scan_p_max,
        smallest_p=VIOLENCE["p"].rounded(more.best_p),
        incidents=_accounted(violence.precise, more.n_used, more.excluded),
        circles=_circle_rows(area, violence, more.circles),
        reasons={"smallest_p": "too few incidents, or no people known"} if unknown else {},
    )


def _circle_rows(area: Area, violence: ViolencePatterns, circles: Sequence[Circle]) -> tuple[CircleRow, ...]:
    cells = violence.study_area.cells
    middle = np.array([each.cell for each in circles], np.int64)
    names = districts_at(area, cells.x_m[middle], cells.y_m[middle], half_across(cells))
    lon, lat = degrees(area, cells.x_m[middle], cells.y_m[middle], VIOLENCE["lon"].digits)
    return tuple(
        CircleRow(
            lon=lon[number],
            lat=lat[number],
            cercle=names[number],
            radius_km=each.radius_km,
            count=each.count,
            expected=VIOLENCE["expected"].rounded(each.expected),
            ratio=VIOLENCE["ratio"].rounded(each.count / each.expected),
            people=COLUMNS["people"].rounded(each.people),
            p=VIOLENCE["p"].rounded(each.p),
        )
        for number, each in enumerate(circles)
    )


def _hotspot_rows(area: Area, violence: ViolencePatterns) -> tuple[HotspotRow, ...]:
    hot, cells = violence.hotspots, violence.study_area.cells
    explained = hot.explained
    middle = (area, cells.x_m, cells.y_m, half_across(cells))
    names, outside = districts_at(*middle), outside_at(*middle)
    lon, lat = degrees(area, cells.x_m, cells.y_m, VIOLENCE["lon"].digits)
    return tuple(
        HotspotRow(
            cell=cell,
            lon=lon[cell],
            lat=lat[cell],
            cercle=names[cell],
            cercle_outside=bool(outside[cell]),
            count=int(hot.count[cell]),
            z=VIOLENCE["z"].rounded(float(hot.z[cell])),
            p=VIOLENCE["p"].rounded(float(hot.p[cell])),
            q=VIOLENCE["q"].rounded(float(hot.q[cell])),
            by_people=bool(explained[cell]),
            by_people_share=VIOLENCE["by_people_share"].rounded(float(hot.by_people[cell])),
            pattern=HotspotClass(violence.emerging.pattern[cell]),
        )
        for cell in np.flatnonzero(hot.significant).tolist()
    )


def _settings(violence: ViolencePatterns) -> SpacePart:
    return SpacePart(
        tested="count" if violence.question.raw_counts else "log(1 + count)",
        cell_km=violence.study_area.cells.cell_m / 1000,
        radius_km=violence.numbers.hotspots.radius_km,
        permutations=violence.numbers.hotspots.draws,
        q_max=violence.numbers.hotspots.q_max,
        seed=violence.numbers.hotspots.seed,
        incidents_min=violence.numbers.hotspots.events_min,
        cells_compared=violence.hotspots.n_cells_tested,
        cells_uninhabited=violence.study_area.uninhabited,
        cells_people_unknown=int(violence.study_area.unknown.sum()),
        cells_water=violence.study_area.water,
    )


def calendar_document(
    area: Area, method: Method, violence: ViolencePatterns, by: AreaKind
) -> CalendarDocument:
    """
    Return the calendar of return of an area as a document.

    Parameters
    ----------
    area, method
        The area, and the method whose numbers the patterns rest on.
    violence
        Its patterns.
    by
        "region", "cercle", or "cell" for discs of 50 km about the middle of 25 km cells; of these only such
        as could be tested are given.

    Returns
    -------
    CalendarDocument
        One row per unit or cell: window, hits, p and q, power, what later years made of earlier
        calendars, incidents by month and calendar year, and the finding as a sentence in both languages.
    """
    chosen, selection = violence.calendar_of(by)
    rows = [each for each in findings(chosen) if by != "cell" or each.tested]
    place = {area_id: number for number, area_id in enumerate(chosen.calendar.area_ids)}
    told = [row for rows_of_area in chosen.foresight.values() for row in rows_of_area]
    return CalendarDocument(
        head=about("footprint-calendar", area, of_violence(area, method, violence.question)),
        notes=notes((caveat("en"), LIMIT), of_the_incidents(area), _CALENDAR_UNITS),
        period=_period(violence),
        by=by,
        settings=_scan(chosen),
        statement=chosen.statement,
        doubts=tuple(
            DoubtRow(
                doubt=each.doubt,
                sentence=Sentences(en=warning_words(each, "en"), fr=warning_words(each, "fr")),
            )
            for each in violence.warnings
        ),
        incidents=CalendarIncidentsPart(
            incidents=_accounted(selection, chosen.calendar.n_used, selection.excluded),
            left_out=tuple(
                OmittedRow(reason=each.omission, count=each.count) for each in chosen.calendar.left_out
            ),
            of_all=len(violence.source.incidents),
        ),
        years=chosen.calendar.calendar_years,
        areas=tuple(
            _row(each, chosen, place[each.area_id], known="incidents" not in area.absent) for each in rows
        ),
        not_tested=int((~chosen.table["status"].isin([Status.TESTED, Status.OUTSIDE])).sum()),
        record=_record(record(told)),
        profile=ProfilePart(
            of_units=len(violence.profile.area_ids),
            earned=violence.profile.n_earned,
            strength=VIOLENCE["strength"].rounded(violence.profile.strength),
        ),
    )


def _scan(recurrence: Recurrence) -> ScanPart:
    settings = recurrence.settings
    return ScanPart(
        lengths=tuple(settings.lengths),
        events_min=settings.events_min,
        years_min=settings.years_min,
        busier=settings.busier,
        hit_events_min=settings.hit_events_min,
        q_max=settings.q_max,
        n_draws=settings.draws,
        power_min=settings.power_min,
        foretold_years_min=settings.foretold_years_min,
        seed=settings.seed,
        first_month=recurrence.calendar.first_month,
    )


_MISSING = ("n_events", "eligible_years", "events_a_year", "p")


def _row(finding: Finding, recurrence: Recurrence, place: int, *, known: bool) -> ReturnRow:
    low, high, p, q, chance = (
        VIOLENCE[name].rounded(getattr(finding, name) if finding.tested else nan)
        for name in ("low", "high", "p", "q", "power")
    )
    outside = finding.answer is Answer.OUTSIDE
    missing = OUTSIDE_AREA if outside else "" if known else NO_LAYER
    counts = () if missing else recurrence.calendar.by_calendar_year[place].tolist()
    reasons = {} if finding.tested else {"p": str(finding.answer)}
    return ReturnRow(
        area_id=finding.area_id,
        name=finding.name,
        status=Status(recurrence.table["status"].iloc[place]),
        answer=finding.answer,
        n_events=None if missing else int(recurrence.calendar.series[place].sum()),
        eligible_years=None if missing else finding.n,
        events_a_year=None if missing else VIOLENCE["events_a_year"].rounded(finding.events_a_year),
        power=chance,
        first_month=finding.first_month if finding.tested else None,
        months=finding.months,
        hits=finding.k if finding.tested else None,
        low=low,
        high=high,
        p=p,
        q=q,
        significant=finding.significant,
        is_forecast=finding.is_forecast,
        season_years=tuple(StateRow(season_year=name, state=state) for name, state in finding.years),
        foresight=_foresight(finding),
        by_month=tuple(tuple(year) for year in counts),
        sentence=Sentences(en=sentence(finding, "en"), fr=sentence(finding, "fr")),
        reasons=dict.fromkeys(_MISSING, missing) if missing else reasons,
    )


def _foresight(finding: Finding) -> tuple[ForetoldRow, ...]:
    return tuple(
        ForetoldRow(
            season_year=each.year,
            months=each.months,
            inside=each.inside,
            of_year=each.total,
            share_of_months=VIOLENCE["share_of_months"].rounded(each.share_of_months),
            beat=each.beat,
        )
        for each in finding.foretold
    )


def _record(past: Record) -> RecordPart:
    return RecordPart(
        later_years=past.years,
        beaten=past.beaten,
        inside=past.inside,
        of_years=past.total,
        expected=COLUMNS["expected"].rounded(past.expected),
    )


def _period(violence: ViolencePatterns) -> SourcedPeriod:
    return SourcedPeriod(
        first=violence.period.first,
        last=violence.period.last,
        providers=tuple(violence.source.providers),
        told_twice=violence.source.n_matched,
        cannot_be_matched=violence.source.n_vague,
    )


def _accounted(selection: Selection, used: int, excluded: Sequence[Excluded]) -> IncidentsPart:
    """Return incidents used and left out, which together are all of them."""
    return IncidentsPart(
        used=used,
        excluded=tuple(ExcludedRow(reason=each.reason, count=each.count) for each in excluded),
        too_poorly_placed_share=COLUMNS["too_poorly_placed_share"].rounded(float(selection.excluded_share)),
    )
