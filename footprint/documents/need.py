"""Need: where the need for protection comes from, and where it parts from the incidents."""

from __future__ import annotations

import numpy as np

from footprint.documents.columns import COLUMNS, NO_THREAT
from footprint.documents.layout.review import NeedPart, NeedRow
from footprint.objectives import Measure
from footprint.prepared import Prepared

MOST = 5
"""Units whose shares of incidents and of demand differ most that are named."""


def need_part(prepared: Prepared) -> NeedPart:
    """
    Return how far threat rests on places, districts and regions, and where demand and incidents part.

    Districts that lie mostly outside the area are not among those named, though shares are of the whole.

    A raster that gives a town's people to its neighbour shows itself in the differences.
    """
    demand, share = prepared.demand, COLUMNS["threat_from_place"]
    parts = {
        "threat_from_place": share.rounded(demand.origin.place),
        "threat_from_cercle": share.rounded(demand.origin.district),
        "threat_from_region": share.rounded(demand.origin.region),
    }
    return NeedPart(
        shrinkage_thousand=COLUMNS["shrinkage_thousand"].rounded(demand.kappa.thousand) or 0.0,
        shrinkage_basis=demand.kappa.basis,
        **parts,
        incidents_used=demand.threat.used,
        largest_differences=_differences(prepared),
        reasons={name: NO_THREAT for name, value in parts.items() if value is None},
    )


def _differences(prepared: Prepared) -> tuple[NeedRow, ...]:
    counts, zones = prepared.demand.threat.in_district, prepared.districts
    if not counts.sum():
        return ()
    incidents = counts / counts.sum()
    need = np.asarray(zones.shares @ prepared.surfaces[str(Measure.BLEND)].mean(axis=0), dtype=np.float64)
    order = np.lexsort((zones.unit_ids, -np.abs(incidents - need)))
    order = order[~zones.outside[order]][:MOST]
    return tuple(
        NeedRow(
            unit_id=zones.unit_ids[at],
            name=str(prepared.area.districts.at[zones.unit_ids[at], "name"]),
            incidents_share=round(float(incidents[at]), 6),
            demand_share=round(float(need[at]), 6),
        )
        for at in order
    )
