"""Threat: incidents weighed, and spread over the cells as precisely as they are placed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from footprint.demand.ground import Ground
from footprint.demand.weights import incident_weights, only_year
from footprint.method import Demand

PRECISE, NEAR, DISTRICT, REGION = 1, 2, 3, 4
"""`geo_precision` of incidents that are spread: in place, within 25 km, over a district, over a region."""

_CUT = 3.0
"""Where the Gaussian of an incident placed within about 25 km is cut [standard deviations]."""


@dataclass(frozen=True, slots=True, eq=False)
class Threat:
    """Weight of incidents in each cell, by how far their place is known, and what was left out."""

    placed: NDArray[np.float64] = field(repr=False)
    """Of precision 1 and 2, shape (n_cells,)."""
    by_district: NDArray[np.float64] = field(repr=False)
    """Of precision 3, over the people of their district, shape (n_cells,)."""
    by_region: NDArray[np.float64] = field(repr=False)
    """Of precision 4, over the people of their region, shape (n_cells,)."""
    in_district: NDArray[np.int64] = field(repr=False)
    """Incidents that carry weight and whose district is known, by district, shape (n_districts,)."""
    used: int
    """Incidents that carry weight."""
    excluded: tuple[tuple[str, int], ...]
    """Incidents left out, by reason; only reasons that occurred."""
    assumed: tuple[tuple[str, int], ...]
    """Incidents used with an assumption, by what was assumed; only those that occurred."""

    @property
    def whole(self) -> NDArray[np.float64]:
        """Weight of all incidents in each cell, shape (n_cells,)."""
        return self.placed + self.by_district + self.by_region


def threat(incidents: gpd.GeoDataFrame, ground: Ground, *, numbers: Demand, frame_date: date) -> Threat:
    """
    Weigh incidents by severity, source and age, and spread them by how well they are placed.

    Parameters
    ----------
    incidents
        Those that count, valid under `layers.incidents.Incidents`, none after `frame_date`.
    ground
        People and units to spread over.
    numbers
        Half-life, severity cap and spreads.
    frame_date
        Day on which ages are taken.

    Returns
    -------
    Threat
        Its total equals the used incidents' weights. Incidents placed no better than the country, or
        where nobody knows who lives there, are left out and counted.

    Notes
    -----
    Precision 1 stays in its cell: the neighbourhood smooths incidents and people alike, and smoothing
    incidents alone would make the country round a town more dangerous than the town. Precision 2 goes
    over the people within a Gaussian, 3 over those of the district, 4 over those of the region; by
    land where nobody lives.
    """
    x_m, y_m = incidents.geometry.x.to_numpy(), incidents.geometry.y.to_numpy()
    cell, precision = ground.grid.cell_at(x_m, y_m), incidents["geo_precision"].to_numpy()
    weight = incident_weights(incidents, numbers=numbers, day=frame_date)
    vague = precision > REGION
    outside = ~vague & (cell < 0)
    placed, unpeopled = _placed(cell, weight, precision, ground, numbers)
    units = ((DISTRICT, ground.district_at, ground.districts), (REGION, ground.region_at, ground.regions))
    spread, lost = [], unpeopled & ~vague & ~outside
    for level, unit_at, zones in units:
        chosen = (precision == level) & ~outside
        unit = np.where(chosen, unit_at(x_m, y_m), -1)
        known = np.asarray(zones.land @ ground.known.astype(np.float64)) > 0
        there = (unit >= 0) & known[unit]
        lost |= chosen & ~there
        total = np.bincount(unit[there], weight[there], minlength=len(zones.unit_ids)).astype(np.float64)
        spread.append(ground.over_people(zones, total))
    used = ~(vague | outside | lost)
    known = used & (precision <= DISTRICT)
    district = ground.district_at(x_m[known], y_m[known])
    return Threat(
        placed=placed,
        by_district=spread[0],
        by_region=spread[1],
        in_district=np.bincount(district[district >= 0], minlength=len(ground.districts.unit_ids)),
        used=int(used.sum()),
        excluded=_counted(
            ("placed no better than the country, or to be reviewed", vague),
            ("no cell of the grid there", outside),
            ("no population data there", lost),
        ),
        assumed=_counted(
            ("deaths not stated: weighed as an incident without deaths", used & incidents["deaths"].isna()),
            ("only the year known: dated to its middle", used & only_year(incidents)),
            (
                "where nobody lives by the population raster: counted for the people around",
                used & (precision == PRECISE) & (np.nan_to_num(ground.people)[cell] <= 0),
            ),
        ),
    )


def _placed(
    cell: NDArray[np.int32],
    weight: NDArray[np.float64],
    precision: NDArray[np.int64],
    ground: Ground,
    numbers: Demand,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the weight of precision 1 and 2 in each cell, and of which nobody knows the people."""
    n_cells, inside = ground.grid.n_cells, cell >= 0
    in_place = inside & (precision == PRECISE)
    unpeopled = in_place & ~ground.known[cell]
    in_place &= ~unpeopled
    spread = np.bincount(cell[in_place], weight[in_place], minlength=n_cells).astype(np.float64)
    near = inside & (precision == NEAR)
    for centre in np.unique(cell[near]):
        chosen = near & (cell == centre)
        cells, share = _near(ground, int(centre), 1000 * numbers.spread_near_km)
        if not len(cells):
            unpeopled |= chosen
            continue
        spread[cells] += weight[chosen].sum() * share
    return spread, unpeopled


def _near(ground: Ground, cell: int, sigma_m: float) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the cells near one whose people are known, and the share of an incident that each gets."""
    cells, away_m = ground.around(cell, _CUT * sigma_m)
    known = ground.known[cells]
    cells, kernel = cells[known], np.exp(-0.5 * (away_m[known] / sigma_m) ** 2)
    share = kernel * ground.people[cells]
    if not share.sum() > 0:
        share = kernel
    return cells, share / share.sum() if len(cells) else share


def _counted(*reasons: tuple[str, NDArray[np.bool_]]) -> tuple[tuple[str, int], ...]:
    return tuple((reason, int(hit.sum())) for reason, hit in reasons if hit.any())
