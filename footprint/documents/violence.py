"""Returns: where violence gathers and in which months it comes back, as documents for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite, nan

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from footprint.caveats import invented
from footprint.documents.columns import Json
from footprint.documents.review import about
from footprint.language import msgid
from footprint.violence import ViolencePatterns
from footprint.violence.hotspots import HotspotClass, Selection
from footprint.violence.seasonality import Finding, Recurrence, Status, caveat, findings, sentence
from layers import Area
from layers.tables import WGS84

_SCAN = {
    "lengths": "lengths",
    "events_min": "events_min",
    "years_min": "years_min",
    "busier": "busier",
    "hit_events_min": "hit_events_min",
    "q_max": "q_max",
    "n_draws": "draws",
    "seed": "seed",
}
"""Numbers of the scan that a calendar rests on: name in the document, and in the method."""

LIMIT = msgid("An empty cell is not a safe cell: the data say what was reported and placed.")

UNITS = {
    "lon": ("°", "longitude of the cell's centre"),
    "lat": ("°", "latitude of the cell's centre"),
    "count": ("incidents", "in the cell itself"),
    "z": ("standard deviations", "Getis-Ord Gi* of the cell and its neighbourhood"),
    "p": ("-", "one-sided permutation p; in a calendar, p of the scan"),
    "q": ("-", "p adjusted for the number of cells or areas compared"),
    "cells": ("cells", "number of hotspot cells"),
    "n_events": ("incidents", "counted in the calendar"),
    "eligible_years": ("season-years", "with enough incidents to tell"),
    "first_month": ("1-12", "first month of the window"),
    "hits": ("season-years", "in which the window was busier than its own year"),
    "low": ("share", "lower end of the 95 % interval of hits"),
    "high": ("share", "upper end of the 95 % interval of hits"),
    "predicted": ("season-years", "left out and hit by the window the others name"),
    "by_month": ("incidents", "January first, one row per season-year"),
}
"""Unit and meaning of every column with numbers."""


def hotspots_document(area: Area, violence: ViolencePatterns) -> Json:
    """
    Return the hotspots of an area as a document.

    Parameters
    ----------
    area
        The area.
    violence
        Its patterns.

    Returns
    -------
    dict
        Significant cells with their class over the years, the number of cells of each class,
        and what was left out.
    """
    hot, emerging, cells = violence.hotspots, violence.emerging, violence.study_area.cells
    names = _districts_at(area, cells.x_m, cells.y_m)
    lon, lat = _degrees(area, cells.x_m, cells.y_m)
    rows = [
        {
            "cell": int(cell),
            "lon": lon[int(cell)],
            "lat": lat[int(cell)],
            "cercle": names[cell],
            "count": int(hot.count[cell]),
            "z": _rounded(hot.z[cell], 3),
            "p": _rounded(hot.p[cell], 6),
            "q": _rounded(hot.q[cell], 6),
            "pattern": str(emerging.pattern[cell]),
        }
        for cell in np.flatnonzero(hot.significant)
    ]
    patterns = {
        str(kind): int((emerging.pattern == kind).sum())
        for kind in HotspotClass
        if kind is not HotspotClass.NONE
    }
    return {
        **about("footprint-hotspots", area),
        "limits": [LIMIT],
        "warnings": [notice.document for notice in invented(area)],
        "units": _units("lon", "lat", "count", "z", "p", "q", "cells"),
        "period": _period(violence),
        "settings": _settings(violence),
        "incidents": _incidents(violence.precise, hot.n_used),
        "hotspots": rows,
        "patterns": {"years": list(emerging.years), "cells": patterns},
    }


def _settings(violence: ViolencePatterns) -> Json:
    return {
        "cell_km": violence.study_area.cells.cell_m / 1000,
        "radius_km": violence.numbers.hotspots.radius_km,
        "permutations": violence.numbers.hotspots.draws,
        "q_max": violence.numbers.hotspots.q_max,
        "seed": violence.numbers.hotspots.seed,
        "cells_compared": violence.hotspots.n_cells_tested,
        "cells_uninhabited": violence.study_area.uninhabited,
        "cells_water": violence.study_area.water,
    }


def calendar_document(area: Area, violence: ViolencePatterns, by: str) -> Json:
    """
    Return the calendar of return of an area as a document.

    Parameters
    ----------
    area
        The area.
    violence
        Its patterns.
    by
        "cercle", or "cell" for discs of 50 km about the middle of 25 km cells; of these only such as could
        be tested are given.

    Returns
    -------
    dict
        One row per cercle or cell: window, hits, p and q, incidents by month and year, and
        the finding as a sentence in both languages.
    """
    chosen = violence.districts if by == "cercle" else violence.discs
    said = _named(area, violence, chosen) if by == "cell" else list(findings(chosen))
    place = {area_id: number for number, area_id in enumerate(chosen.calendar.area_ids)}
    return {
        **about("footprint-calendar", area),
        "limits": [caveat("en"), LIMIT],
        "warnings": [notice.document for notice in invented(area)],
        "units": _units(
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
        ),
        "period": _period(violence),
        "by": by,
        "settings": {name: getattr(chosen.settings, own) for name, own in _SCAN.items()}
        | {"first_month": chosen.calendar.first_month},
        "statement": str(chosen.statement),
        "incidents": _incidents(violence.placed if by == "cercle" else violence.near, None)
        | {
            "left_out": [
                {"reason": str(each.omission), "count": each.count} for each in chosen.calendar.left_out
            ]
        },
        "years": list(chosen.calendar.years),
        "areas": [_row(each, chosen, place[each.area_id]) for each in said],
        "not_tested": int((chosen.table["status"] != Status.TESTED).sum()),
    }


def _row(finding: Finding, recurrence: Recurrence, place: int) -> Json:
    tested = finding.status == Status.TESTED
    numbers = {name: getattr(finding, name) if tested else nan for name in ("low", "high", "p", "q")}
    return {
        "area_id": finding.area_id,
        "name": finding.name,
        "status": str(finding.status),
        "n_events": int(recurrence.calendar.counts[place].sum()),
        "eligible_years": finding.n,
        "first_month": finding.first_month if tested else None,
        "months": list(finding.months),
        "hits": finding.k if tested else None,
        **{name: _rounded(value, 6) for name, value in numbers.items()},
        "significant": finding.significant,
        "predicted": finding.predicted if tested else None,
        "not_in": list(finding.missed),
        "too_few_in": list(finding.too_few),
        "by_month": recurrence.calendar.by_month[place].tolist(),
        "sentence": {"en": sentence(finding, "en"), "fr": sentence(finding, "fr")},
        "reasons": {} if tested else {"p": str(finding.status)},
    }


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


def _period(violence: ViolencePatterns) -> Json:
    return {
        "first": violence.period.first.isoformat(),
        "last": violence.period.last.isoformat(),
        "providers": list(violence.source.providers),
        "told_twice": violence.source.n_matched,
        "cannot_be_matched": violence.source.n_vague,
    }


def _incidents(selection: Selection, used: int | None) -> Json:
    return {
        "used": selection.n_used if used is None else used,
        "excluded": [{"reason": str(each.reason), "count": each.count} for each in selection.excluded],
        "too_poorly_placed_share": _rounded(selection.excluded_share, 6),
    }


def _units(*names: str) -> Json:
    return {name: {"unit": UNITS[name][0], "meaning": UNITS[name][1]} for name in names}


def _rounded(value: float, digits: int) -> float | None:
    return round(float(value), digits) if isfinite(value) else None


def _degrees(
    area: Area, x_m: NDArray[np.float64], y_m: NDArray[np.float64]
) -> tuple[Sequence[float], Sequence[float]]:
    points = gpd.GeoSeries(gpd.points_from_xy(x_m, y_m), crs=area.crs).to_crs(WGS84)
    return points.x.round(4).tolist(), points.y.round(4).tolist()


def _districts_at(area: Area, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> list[str]:
    """Return the name of the cercle at each point, "" where there is none."""
    districts = area.districts.sort_index()
    point, unit = districts.sindex.query(gpd.points_from_xy(x_m, y_m), predicate="intersects")
    at = np.full(len(x_m), len(districts))
    np.minimum.at(at, point, unit)
    names = [*districts["name"].astype(str), ""]
    return [names[number] for number in at]
