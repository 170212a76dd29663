"""Site: what one proposed site changes, as a document for other programs."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import Point

from footprint.access.remoteness import Remoteness
from footprint.caveats import LIMITS
from footprint.compare import escort_days
from footprint.coverage.stations import Station
from footprint.documents.columns import COLUMNS, FIGURES, OWN
from footprint.documents.comparison import comparison
from footprint.documents.head import about, notes, subject
from footprint.documents.layout.review import EscortRow
from footprint.documents.layout.site import (
    AssetRow,
    DonorRow,
    EvacuationRow,
    PlacedIn,
    SiteDocument,
    SitePart,
)
from footprint.documents.review import Findings
from footprint.documents.rows import rows_of
from footprint.indicators.periods import MONTHS_OF_YEAR
from footprint.scenario import RemoveAssets
from footprint.travel.kernel import TOLERANCE_MIN
from layers.antimeridian import wrapped
from layers.months import months_in
from layers.tables import WGS84
from layers.zones import Zones


def site_document(findings: Findings, site_id: str, *, access: Remoteness) -> SiteDocument:
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
    SiteDocument
        Where and what it is, who loses its assets, what it changes for whom and when, escort
        days, months in which it can be reached, evacuation.
    """
    prepared, answer, before = findings.prepared, findings.answer, findings.baseline or findings.answer
    post = next(each for each in answer.stations if each.site_id == site_id)
    cell = post.connector.cell
    days = escort_days(answer)
    return SiteDocument(
        head=about("footprint-site", prepared.area, answer.provenance),
        subject=subject(prepared, answer.scenario),
        notes=notes(LIMITS, findings.caveats, FIGURES),
        site=_site(findings, post),
        changes=comparison(prepared, before, answer, findings.beside),
        reachable_months=tuple(month for month in MONTHS_OF_YEAR if access.reachable[month - 1, cell]),
        evacuation=_evacuation(findings, post),
        evacuation_limit_min=prepared.method.reporting.casevac_limit_min,
        escorts=rows_of(EscortRow, days[days["site_id"] == site_id]),
    )


def _site(findings: Findings, post: Station) -> SitePart:
    prepared, kinds = findings.prepared, findings.prepared.method.assets
    place = gpd.GeoSeries([Point(post.x_m, post.y_m)], crs=prepared.area.crs).to_crs(WGS84).iloc[0]
    # What the baseline takes away already was taken for something else.
    before = 0 if findings.baseline is None else len(findings.baseline.scenario.changes)
    changes = findings.answer.scenario.changes[before:]
    donors = [change for change in changes if isinstance(change, RemoveAssets)]
    return SitePart(
        site_id=post.site_id,
        name=post.name,
        lon=round(wrapped(place.x), OWN["SitePart.lon"].digits),
        lat=round(float(place.y), OWN["SitePart.lat"].digits),
        region=_placed(prepared.regions, prepared.area.regions, post),
        cercle=_placed(prepared.districts, prepared.area.districts, post),
        months=tuple(months_in(post.months)),
        assets=tuple(
            AssetRow(kind=held.kind, label=kinds[held.kind].label, count=held.count) for held in post.holdings
        ),
        donors=tuple(
            DonorRow(site_id=donor.site_id, kind=donor.kind, label=kinds[donor.kind].label, count=donor.count)
            for donor in donors
        ),
    )


def _placed(zones: Zones, frame: pd.DataFrame, post: Station) -> PlacedIn:
    number = int(zones.main_unit[post.connector.cell])
    unit_id = zones.unit_ids[number] if number >= 0 else None
    return PlacedIn(unit_id=unit_id, name=None if unit_id is None else str(frame.loc[unit_id, "name"]))


def _evacuation(findings: Findings, post: Station) -> tuple[EvacuationRow, ...]:
    limit = np.float32(findings.prepared.method.reporting.casevac_limit_min + TOLERANCE_MIN)
    minutes = findings.remoteness.surgery_min[:, post.connector.cell]
    return tuple(
        EvacuationRow(
            month=month,
            surgery_min=COLUMNS["surgery_min"].rounded(float(value)),
            within=bool(value <= limit),
            reasons={}
            if np.isfinite(value)
            else {"surgery_min": "no helicopter or no surgery in this month"},
        )
        for month, value in enumerate(minutes, start=1)
    )
