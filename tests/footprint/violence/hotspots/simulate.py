"""An invented country with planted clusters and imprecise incidents, for tests and benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS
from scipy.stats import norm
from shapely import box

from footprint.violence.hotspots import IncidentFilter, benjamini_hochberg, hotspots, select
from layers.grid import make_grid
from tests.worlds import HOTSPOT_NUMBERS

METRES = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")
SIDE_CELLS, UNIT_CELLS, CELL_M = 120, 20, 10_000.0
SPREAD_CELLS = 2.0
PERIOD = IncidentFilter(first=date(2009, 1, 1), last=date(2018, 12, 31))


@dataclass(frozen=True)
class Country:
    """Points in cells from the north-west corner: columns are row and column."""

    points: np.ndarray
    imprecise: np.ndarray
    centres: np.ndarray

    def truth(self, radius_m):
        """Cells whose neighbourhood holds a planted cluster, shape (cells, cells)."""
        row, column = np.mgrid[:SIDE_CELLS, :SIDE_CELLS] + 0.5
        reach = 2 * SPREAD_CELLS + radius_m / CELL_M
        none = np.zeros((SIDE_CELLS, SIDE_CELLS), bool)
        return np.any(
            [none, *((row - y) ** 2 + (column - x) ** 2 <= reach**2 for y, x in self.centres)], axis=0
        )


def planted_country(rng, *, n_incidents=3000, n_centres=4, per_centre=70, imprecise_share=0.15):
    """Scatter incidents, gather some around random centres, and blur a share of them to their unit."""
    points = rng.uniform(0, SIDE_CELLS, (n_incidents, 2))
    centres = rng.uniform(12, SIDE_CELLS - 12, (n_centres, 2))
    for number, centre in enumerate(centres):
        cluster = slice(number * per_centre, (number + 1) * per_centre)
        points[cluster] = np.clip(rng.normal(centre, SPREAD_CELLS, (per_centre, 2)), 0, SIDE_CELLS - 1e-6)
    return Country(points, rng.random(n_incidents) < imprecise_share, centres)


def incidents_of(points, precision):
    """Return points in cells as an incidents layer of the given precision codes."""
    n = len(points)
    columns = {
        "date": pd.Timestamp("2014-06-15"),
        "year": 2014,
        "date_precision": "day",
        "event_type": "battle",
        "deaths": 1.0,
        "deaths_civilians": 0.0,
        "geo_precision": precision,
        "reliability": 1,
        "adm1": "",
        "adm2": "",
        "place": "",
        "provider": "invented",
        "invented": True,
    }
    index = pd.Index([f"e{number:05d}" for number in range(n)], name="incident_id")
    geometry = gpd.points_from_xy(points[:, 1] * CELL_M, -points[:, 0] * CELL_M, crs=METRES)
    return gpd.GeoDataFrame(pd.DataFrame(columns, index=index), geometry=geometry)


def coded(country):
    """Return the incidents as providers code them: imprecise ones at their unit's capital, precision 3."""
    capital = (np.floor(country.points / UNIT_CELLS) + 0.5) * UNIT_CELLS
    points = np.where(country.imprecise[:, None], capital, country.points)
    return incidents_of(points, np.where(country.imprecise, 3, 1))


def country_grid():
    """Return the grid of the invented country."""
    side_m = SIDE_CELLS * CELL_M
    return make_grid(box(0, -side_m, side_m, 0), METRES, cell_m=CELL_M)


@dataclass(frozen=True)
class Score:
    """How one treatment did: false discovery share, planted centres found, hotspot cells."""

    false_share: float
    found_share: float
    n_cells: int


def score(country, *, naive=False, analytic=False, raw=False, radius_m=50_000.0, seed=0):
    """
    Run the hotspots of a country and hold them against the truth.

    `naive` takes every coordinate at its word; `analytic` takes p from the normal curve; `raw` tests
    the counts as they are.
    """
    incidents = coded(country)
    if naive:
        incidents = incidents.assign(geo_precision=1)
    grid = country_grid()
    chosen = replace(HOTSPOT_NUMBERS, radius_km=radius_m / 1000, seed=seed)
    everywhere = np.ones(grid.n_cells, bool)
    result = hotspots(select(incidents, PERIOD), grid, everywhere, settings=chosen, raw=raw)
    q = benjamini_hochberg(norm.sf(result.z)) if analytic else result.q
    hot = grid.raster(q <= chosen.q_max, fill=False).astype(bool)
    false_share = (hot & ~country.truth(radius_m)).sum() / max(hot.sum(), 1)
    found = np.mean([hot[int(y), int(x)] for y, x in country.centres]) if len(country.centres) else 1.0
    return Score(float(false_share), float(found), int(hot.sum()))
