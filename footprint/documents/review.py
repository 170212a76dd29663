"""
Reports: what a review, or one proposed site, comes to, as a document for other programs.

A document is plain dictionaries, lists, text and numbers that JSON can carry. Its keys and columns
change only with `FORMAT`. Every column has a unit. What has no number is null, and the row's
`reasons` say why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import Point

from footprint.access.remoteness import SHARES, Remoteness, reachability, remoteness, remoteness_figures
from footprint.caveats import LAYERS, LIMITS, Caveat, caveats
from footprint.compare import (
    by_season,
    differences,
    equity_flags,
    escort_changes,
    escort_days,
)
from footprint.coverage.stations import Station
from footprint.documents.columns import COLUMNS, NO_DEMAND, Json, json_number, json_rows
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import CLOSE, KEYS, MONTHS, by_period
from footprint.objectives import Measure, Objective
from footprint.prepared import Prepared
from footprint.review import Review, by_objectives
from footprint.scenario import RemoveAssets, plain
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.router import Router
from layers import Area
from layers.months import months_in
from layers.tables import WGS84
from layers.zones import Zones

FORMAT = 1
"""Version of the documents' layout."""


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What a document reports on."""

    prepared: Prepared = field(repr=False)
    answer: Review
    remoteness: Remoteness = field(repr=False)
    caveats: tuple[Caveat, ...]
    baseline: Review | None = None
    """The review of the unchanged baseline, where a scenario changes it."""
    measure: Measure = Measure.BLEND
    """Whose need counts in the figures of the area, regions and cercles."""


def findings(
    prepared: Prepared,
    router: Router,
    result: Review,
    baseline: Review | None = None,
    *,
    further: Sequence[Caveat] = (),
    measure: Measure = Measure.BLEND,
) -> Findings:
    """Return a review with its remoteness and notices; `further` ones stand first."""
    said = (*further, *caveats(prepared, result))
    return Findings(prepared, result, remoteness(prepared, router, result), said, baseline, measure)


def review_document(findings: Findings, months: Sequence[int]) -> Json:
    """
    Return a review as a document.

    Parameters
    ----------
    findings
        The review and what goes with it.
    months
        Months (1-12) whose figures are given one by one; seasons, mean and worst season
        always cover the whole year.

    Returns
    -------
    dict
        Keys in a fixed order; see `COLUMNS` for the units, repeated under `units`.
    """
    prepared, answer = findings.prepared, findings.answer
    figures = answer.figures.assign(FF_minus_B2=answer.figures["FF"] - answer.figures["B2"])
    remote = _remoteness(findings)
    return {
        **_head("footprint-review", findings),
        "measure": str(findings.measure),
        "months": list(months),
        "figures": json_rows(figures[figures["month"].isin(list(months))]),
        "periods": _periods(figures, prepared),
        "over_objectives": json_rows(_weighted(findings, months)),
        "remoteness": json_rows(remote[remote["month"].isin(list(months))]),
        "remoteness_periods": json_rows(_remote_periods(remote, prepared)),
        "months_reachable": json_rows(reachability(prepared, findings.remoteness, prepared.units)),
        "escorts": json_rows(escort_days(answer)),
        "comparison": None if findings.baseline is None else comparison(prepared, findings.baseline, answer),
    }


def site_document(findings: Findings, site_id: str, *, access: Remoteness) -> Json:
    """
    Return what one proposed site changes, as a document.

    Parameters
    ----------
    findings
        The review with the site, and of the baseline without it.
    site_id
        The site proposed.
    access
        Remoteness of the baseline: in which months others get there.

    Returns
    -------
    dict
        Where and what it is, who loses its assets, what it changes for whom and when, escort
        days, months in which it can be reached, evacuation.
    """
    prepared, answer, before = findings.prepared, findings.answer, findings.baseline or findings.answer
    post = next(each for each in answer.stations if each.site_id == site_id)
    cell = post.connector.cell
    days = escort_days(answer)
    return {
        **_head("footprint-site", findings),
        "site": _site(findings, post),
        "changes": comparison(prepared, before, answer),
        "reachable_months": [m + 1 for m in range(MONTHS) if access.reachable[m, cell]],
        "evacuation": _evacuation(findings, post),
        "evacuation_limit_min": prepared.method.reporting.casevac_limit_min,
        "escorts": json_rows(days[days["site_id"] == site_id]),
    }


def about(kind: str, area: Area) -> Json:
    """Return the head of every document: what it is, made by what, from which files."""
    return {
        "format": FORMAT,
        "kind": kind,
        "tool": {"name": "footprint-review", "version": version()},
        "area": {
            "area_id": area.area_id,
            "names": dict(area.names),
            "frame_date": area.frame_date.isoformat(),
            "digest": area.digest,
            "invented": area.invented,
            "cell_km": area.grid.cell_m / 1000,
            "cells": area.grid.n_cells,
        },
        "sources": [
            {name: getattr(source, name) for name in _SOURCE}
            for source in area.sources
            if source.layer in LAYERS
        ],
    }


_SOURCE = ("layer", "file", "title", "date", "licence", "invented", "confidence", "sha256")


def _head(kind: str, findings: Findings) -> Json:
    prepared, answer = findings.prepared, findings.answer
    area = prepared.area
    return {
        **about(kind, area),
        "method": _method(prepared),
        "scenario": {
            "scenario_id": answer.scenario.scenario_id,
            "name": answer.scenario.name,
            "changes": plain(answer.scenario.changes),
        },
        "objectives": [_objective(each) for each in prepared.objectives],
        "limits": list(LIMITS),
        "warnings": [notice.document for notice in findings.caveats],
        "units": {name: {"unit": unit, "meaning": meaning} for name, (unit, meaning, _) in COLUMNS.items()},
    }


def version() -> str:
    """Return the tool's version, or "not installed" when it runs from a checkout."""
    try:
        return metadata.version("footprint-review")
    except metadata.PackageNotFoundError:
        return "not installed"


def _method(prepared: Prepared) -> Json:
    method = prepared.method
    return {
        "digest": method.digest,
        "seasons": [
            {"season_id": each.season_id, "label": each.label, "months": list(months_in(each.months))}
            for each in method.seasons
        ],
        "changed": [
            {
                "parameter_id": p.parameter_id,
                "label": p.label,
                "value": p.value,
                "default": p.default,
                "unit": p.unit,
            }
            for p in method.parameters
            if p.changed
        ],
    }


def _objective(objective: Objective) -> Json:
    return {
        "objective_id": objective.objective_id,
        "names": dict(objective.names),
        "mandate": objective.mandate,
        "regions": list(objective.regions),
        "weight": objective.weight,
        "decided": objective.decided,
        "measure": str(objective.measure),
        "tier_weights": list(objective.tier_weights),
    }


def _periods(figures: pd.DataFrame, prepared: Prepared) -> list[Json]:
    seasons = [season.season_id for season in prepared.method.seasons]
    rows = []
    for said in by_period(figures, list(Indicator), prepared.method.seasons).to_dict("records"):
        worst = said["worst_season"]
        rows.append(
            {
                "level": str(said["level"]),
                "unit_id": said["unit_id"],
                "name": said["name"],
                "measure": said["measure"],
                "seasons": {season: json_number("FF", said[season]) for season in seasons},
                "mean": json_number("mean", said["mean"]),
                "worst": json_number("worst", said["worst"]),
                "worst_season": worst,
                "reasons": {} if worst else {"mean": NO_DEMAND, "worst": NO_DEMAND},
            }
        )
    return rows


def _remote_periods(remote: pd.DataFrame, prepared: Prepared) -> pd.DataFrame:
    rows = by_period(remote, SHARES, prepared.method.seasons, higher_is_better=False)
    return rows[[*KEYS, "measure", "mean", "worst", "worst_season"]]


def _weighted(findings: Findings, months: Sequence[int]) -> pd.DataFrame:
    frame = by_objectives(findings.prepared, findings.answer)
    return frame[frame["month"].isin(list(months))]


def _remoteness(findings: Findings) -> pd.DataFrame:
    prepared = findings.prepared
    scopes = [(each.objective_id, prepared.scopes[each.objective_id]) for each in prepared.objectives]
    asked = [(str(findings.measure), prepared.units), *scopes]
    frames = [remoteness_figures(prepared, findings.remoteness, surface, units) for surface, units in asked]
    return pd.concat(frames, ignore_index=True)


def comparison(prepared: Prepared, first: Review, second: Review) -> Json:
    """
    Return what changes from the first review to the second, as a part of a document.

    Parameters
    ----------
    prepared
        What both rest on.
    first, second
        Before and after.

    Returns
    -------
    dict
        Scenarios compared, months in which anything changes, changes of units by season
        and by month (units without any change are left out), equity flags, escort days.
    """
    seasons, drop = prepared.method.seasons, prepared.method.reporting.equity_drop
    changes = differences(first, second)[[*KEYS, "month", *Indicator]]
    moved = changes[(changes[list(Indicator)].abs() > CLOSE).any(axis="columns")]
    season = by_season(first, second, seasons)
    escorts = escort_changes(first, second)
    flags = [
        flag
        for indicator in (Indicator.FORCE, Indicator.MISSION)
        for flag in equity_flags(first, second, seasons, drop=drop, indicator=indicator)
    ]
    return {
        "first": first.scenario.scenario_id,
        "second": second.scenario.scenario_id,
        "months_changed": sorted(int(month) for month in moved["month"].unique()),
        "by_period": json_rows(season[season["change"].abs() > CLOSE]),
        "by_month": json_rows(moved),
        "equity_flags": [
            {
                "measure": str(flag.indicator),
                "unit_id": flag.unit_id,
                "name": flag.name,
                "worst_before": json_number("worst", flag.before),
                "worst_after": json_number("worst", flag.after),
                "area_gain": json_number("mean", flag.area_gain),
            }
            for flag in flags
        ],
        "equity_drop": drop,
        "escorts": json_rows(
            escorts[(escorts["change_days"].abs() > CLOSE) | (escorts["unmet_days"] > CLOSE)]
        ),
    }


def _site(findings: Findings, post: Station) -> Json:
    prepared, kinds = findings.prepared, findings.prepared.method.assets
    place = gpd.GeoSeries([Point(post.x_m, post.y_m)], crs=prepared.area.crs).to_crs(WGS84).iloc[0]
    # What the baseline takes away already was taken for something else.
    before = 0 if findings.baseline is None else len(findings.baseline.scenario.changes)
    changes = findings.answer.scenario.changes[before:]
    donors = [change for change in changes if isinstance(change, RemoveAssets)]
    return {
        "site_id": post.site_id,
        "name": post.name,
        "lon": round(float(place.x), 5),
        "lat": round(float(place.y), 5),
        "region": _unit(prepared.regions, prepared.area.regions, post),
        "cercle": _unit(prepared.districts, prepared.area.districts, post),
        "months": list(months_in(post.months)),
        "assets": [
            {"kind": held.kind, "label": kinds[held.kind].label, "count": held.count}
            for held in post.holdings
        ],
        "donors": [
            {
                "site_id": donor.site_id,
                "kind": donor.kind,
                "label": kinds[donor.kind].label,
                "count": donor.count,
            }
            for donor in donors
        ],
    }


def _unit(zones: Zones, frame: pd.DataFrame, post: Station) -> Json:
    number = int(zones.main_unit[post.connector.cell])
    unit_id = zones.unit_ids[number] if number >= 0 else None
    return {"unit_id": unit_id, "name": None if unit_id is None else str(frame.loc[unit_id, "name"])}


def _evacuation(findings: Findings, post: Station) -> list[Json]:
    limit = np.float32(findings.prepared.method.reporting.casevac_limit_min + TOLERANCE_MIN)
    minutes = findings.remoteness.surgery_min[:, post.connector.cell]
    return [
        {
            "month": month,
            "surgery_min": json_number("surgery_min", float(value)),
            "within": bool(value <= limit),
            "reasons": {}
            if np.isfinite(value)
            else {"surgery_min": "no helicopter or no surgery in this month"},
        }
        for month, value in enumerate(minutes, start=1)
    ]
