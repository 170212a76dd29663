"""Violence: where it gathers and in which months it comes back, as documents for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from footprint.caveats import invented
from footprint.documents.columns import COLUMNS, VIOLENCE
from footprint.documents.head import about, notes
from footprint.documents.layout.violence import (
    AreaKind,
    CalendarDocument,
    CalendarIncidentsPart,
    CircleRow,
    ExcessPart,
    ExcludedRow,
    HotspotRow,
    HotspotsDocument,
    IncidentsPart,
    OmittedRow,
    PatternsPart,
    ReturnRow,
    ScanPart,
    Sentences,
    SourcedPeriod,
    SpacePart,
    StepRow,
    VerdictPart,
)
from footprint.language import Language, msgid
from footprint.method import Method
from footprint.provenance import of_violence
from footprint.violence import ViolencePatterns, excess_of
from footprint.violence.hotspots import Cause, Circle, Excluded, HotspotClass, Hotspots, Selection
from footprint.violence.hotspots.words import FORECAST, excess_words, verdict_words
from footprint.violence.seasonality import Finding, Recurrence, Status, caveat, findings, sentence
from layers import Area
from layers.tables import WGS84

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
    "first_month",
    "hits",
    "low",
    "high",
    "p",
    "q",
    "predicted",
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
        notes=notes((LIMIT, FORECAST), invented(area), _HOTSPOT_UNITS),
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
    names = _districts_at(area, cells.x_m[middle], cells.y_m[middle])
    lon, lat = _degrees(area, cells.x_m[middle], cells.y_m[middle])
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
    names = _districts_at(area, cells.x_m, cells.y_m)
    lon, lat = _degrees(area, cells.x_m, cells.y_m)
    return tuple(
        HotspotRow(
            cell=cell,
            lon=lon[cell],
            lat=lat[cell],
            cercle=names[cell],
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
        "cercle", or "cell" for discs of 50 km about the middle of 25 km cells; of these only such as could
        be tested are given.

    Returns
    -------
    CalendarDocument
        One row per cercle or cell: window, hits, p and q, incidents by month and year, and
        the finding as a sentence in both languages.
    """
    chosen = violence.districts if by == "cercle" else violence.discs
    rows = _named(area, violence, chosen) if by == "cell" else list(findings(chosen))
    place = {area_id: number for number, area_id in enumerate(chosen.calendar.area_ids)}
    return CalendarDocument(
        head=about("footprint-calendar", area, of_violence(area, method, violence.question)),
        notes=notes((caveat("en"), LIMIT), invented(area), _CALENDAR_UNITS),
        period=_period(violence),
        by=by,
        settings=_scan(chosen),
        statement=chosen.statement,
        incidents=CalendarIncidentsPart(
            incidents=_incidents(violence.placed if by == "cercle" else violence.near),
            left_out=tuple(
                OmittedRow(reason=each.omission, count=each.count) for each in chosen.calendar.left_out
            ),
        ),
        years=tuple(chosen.calendar.years),
        areas=tuple(_row(each, chosen, place[each.area_id]) for each in rows),
        not_tested=int((chosen.table["status"] != Status.TESTED).sum()),
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
        seed=settings.seed,
        first_month=recurrence.calendar.first_month,
    )


def _row(finding: Finding, recurrence: Recurrence, place: int) -> ReturnRow:
    tested = finding.status == Status.TESTED
    low, high, p, q = (
        VIOLENCE[name].rounded(getattr(finding, name) if tested else nan)
        for name in ("low", "high", "p", "q")
    )
    return ReturnRow(
        area_id=finding.area_id,
        name=finding.name,
        status=finding.status,
        n_events=int(recurrence.calendar.counts[place].sum()),
        eligible_years=finding.n,
        first_month=finding.first_month if tested else None,
        months=finding.months,
        hits=finding.k if tested else None,
        low=low,
        high=high,
        p=p,
        q=q,
        significant=finding.significant,
        predicted=finding.predicted if tested else None,
        not_in=finding.missed,
        too_few_in=finding.too_few,
        by_month=tuple(tuple(year) for year in recurrence.calendar.by_month[place].tolist()),
        sentence=Sentences(en=sentence(finding, "en"), fr=sentence(finding, "fr")),
        reasons={} if tested else {"p": str(finding.status)},
    )


def _named(area: Area, violence: ViolencePatterns, chosen: Recurrence) -> list[Finding]:
    """Return the findings of the cells that could be tested, named by cercle and place."""
    discs = violence.study_area.discs
    names = _districts_at(area, discs.x_m, discs.y_m)
    lon, lat = _degrees(area, discs.x_m, discs.y_m)
    return [
        replace(each, name=f"{names[cell] or '–'} ({lat[cell]:.2f}, {lon[cell]:.2f})")
        for each in findings(chosen)
        if each.status == Status.TESTED and (cell := int(each.area_id)) >= 0
    ]


def _period(violence: ViolencePatterns) -> SourcedPeriod:
    return SourcedPeriod(
        first=violence.period.first,
        last=violence.period.last,
        providers=tuple(violence.source.providers),
        told_twice=violence.source.n_matched,
        cannot_be_matched=violence.source.n_vague,
    )


def _incidents(selection: Selection) -> IncidentsPart:
    return _accounted(selection, selection.n_used, selection.excluded)


def _accounted(selection: Selection, used: int, excluded: Sequence[Excluded]) -> IncidentsPart:
    """Return incidents used and left out, which together are all of them."""
    return IncidentsPart(
        used=used,
        excluded=tuple(ExcludedRow(reason=each.reason, count=each.count) for each in excluded),
        too_poorly_placed_share=COLUMNS["too_poorly_placed_share"].rounded(float(selection.excluded_share)),
    )


def _degrees(
    area: Area, x_m: NDArray[np.float64], y_m: NDArray[np.float64]
) -> tuple[Sequence[float], Sequence[float]]:
    points = gpd.GeoSeries(gpd.points_from_xy(x_m, y_m), crs=area.crs).to_crs(WGS84)
    return points.x.round(VIOLENCE["lon"].digits).tolist(), points.y.round(VIOLENCE["lat"].digits).tolist()


def _districts_at(area: Area, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> list[str]:
    """Return the name of the cercle at each point, "" where there is none."""
    districts = area.districts.sort_index()
    point, unit = districts.sindex.query(gpd.points_from_xy(x_m, y_m), predicate="intersects")
    at = np.full(len(x_m), len(districts))
    np.minimum.at(at, point, unit)
    names = [*districts["name"].astype(str), ""]
    return [names[number] for number in at]
