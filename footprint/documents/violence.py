"""Violence: where it gathers and in which months it comes back, as documents for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from footprint.caveats import of_the_files
from footprint.documents.columns import COLUMNS, VIOLENCE
from footprint.documents.head import about, notes
from footprint.documents.layout.violence import (
    AreaKind,
    CalendarDocument,
    CalendarIncidentsPart,
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
)
from footprint.language import msgid
from footprint.method import Method
from footprint.provenance import of_violence
from footprint.violence import ViolencePatterns
from footprint.violence.hotspots import HotspotClass, Selection
from footprint.violence.seasonality import Finding, Recurrence, Status, caveat, findings, sentence
from layers import Area
from layers.tables import WGS84

LIMIT = msgid("An empty cell is not a safe cell: the data say what was reported and placed.")

_HOTSPOT_UNITS = ("lon", "lat", "count", "z", "p", "q", "cells")
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
    hot, emerging = violence.hotspots, violence.emerging
    return HotspotsDocument(
        head=about("footprint-hotspots", area, of_violence(area, method, violence.question)),
        notes=notes((LIMIT,), of_the_files(area), _HOTSPOT_UNITS),
        period=_period(violence),
        settings=_settings(violence),
        incidents=_incidents(violence.precise, hot.n_used),
        hotspots=_hotspot_rows(area, violence),
        patterns=PatternsPart(
            years=tuple(emerging.years),
            cells={
                kind: int((emerging.pattern == kind).sum())
                for kind in HotspotClass
                if kind is not HotspotClass.NONE
            },
        ),
    )


def _hotspot_rows(area: Area, violence: ViolencePatterns) -> tuple[HotspotRow, ...]:
    hot, cells = violence.hotspots, violence.study_area.cells
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
            pattern=HotspotClass(violence.emerging.pattern[cell]),
        )
        for cell in np.flatnonzero(hot.significant).tolist()
    )


def _settings(violence: ViolencePatterns) -> SpacePart:
    return SpacePart(
        cell_km=violence.study_area.cells.cell_m / 1000,
        radius_km=violence.numbers.hotspots.radius_km,
        permutations=violence.numbers.hotspots.draws,
        q_max=violence.numbers.hotspots.q_max,
        seed=violence.numbers.hotspots.seed,
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
        notes=notes((caveat("en"), LIMIT), of_the_files(area), _CALENDAR_UNITS),
        period=_period(violence),
        by=by,
        settings=_scan(chosen),
        statement=chosen.statement,
        incidents=CalendarIncidentsPart(
            incidents=_incidents(violence.placed if by == "cercle" else violence.near, None),
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


def _incidents(selection: Selection, used: int | None) -> IncidentsPart:
    return IncidentsPart(
        used=selection.n_used if used is None else used,
        excluded=tuple(ExcludedRow(reason=each.reason, count=each.count) for each in selection.excluded),
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
