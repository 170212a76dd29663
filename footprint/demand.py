"""Demand: how much protection need sits in each cell, in each month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import ndimage

from footprint.method import Demand as DemandNumbers
from footprint.objectives import Measure
from layers.grid import Grid

MONTHS = 12
_WHOLE_UNIT, _TOO_VAGUE = 4, 5


@dataclass(frozen=True, slots=True, eq=False)
class Threat:
    """Severity-weighted incidents spread over the cells, and what was left out."""

    by_month: NDArray[np.float64] = field(repr=False)
    """Weight of each cell in each month of the year [-], shape (12, n_cells)."""
    used: int
    """Incidents that carry weight."""
    excluded: tuple[tuple[str, int], ...]
    """Incidents left out, by reason; only reasons that occurred."""
    assumed: tuple[tuple[str, int], ...]
    """Incidents used with an assumption, by what was assumed; only those that occurred."""


@dataclass(frozen=True, slots=True, eq=False)
class DemandSurface:
    """Demand of every measure, ready to be cut to a scope."""

    grid: Grid
    people: NDArray[np.float64] = field(repr=False)
    """People of each cell [persons]; NaN where unknown, shape (n_cells,)."""
    rate: NDArray[np.float64] = field(repr=False)
    """Shrunk threat per thousand people, shape (12, n_cells); 0 where people are unknown."""
    threat: Threat
    people_share: float
    unknown_cells: int
    """Cells without population data: they carry no demand, which is not the same as no need."""

    def of(self, measure: Measure, scope: NDArray[np.bool_]) -> NDArray[np.float32]:
        """
        Return the demand of `measure` in a scope, adding up to 1 in each month.

        Parameters
        ----------
        measure
            People only, threat only, or the method's blend of the two.
        scope
            Cells that count, shape (n_cells,).

        Returns
        -------
        ndarray
            Shape (12, n_cells). A measure with nothing to show in the scope (no people,
            or no incident at all) is zero throughout.
        """
        people = np.where(scope & np.isfinite(self.people), self.people, 0.0)
        by_people = _shares(np.broadcast_to(people, self.rate.shape))
        by_threat = _shares(self.rate * people)
        share = {Measure.PEOPLE: 1.0, Measure.THREAT: 0.0, Measure.BLEND: self.people_share}[measure]
        return _shares(share * by_people + (1 - share) * by_threat).astype(np.float32)


def threat(
    incidents: gpd.GeoDataFrame,
    grid: Grid,
    region_of: NDArray[np.int32],
    *,
    numbers: DemandNumbers,
    frame_date: date,
    profile: NDArray[np.float64] | None = None,
) -> Threat:
    """
    Weigh incidents by severity, source and age, and spread them by how well they are placed.

    Parameters
    ----------
    incidents
        Valid under `layers.incidents.Incidents`, none after `frame_date`.
    grid
        Cells to spread over.
    region_of
        First-level unit of each cell as a number, -1 for none, shape (n_cells,).
    numbers
        Half-life, severity cap, spreads and cycle.
    frame_date
        Day on which ages are taken.
    profile
        Share of a year's incidents in each month, shape (n_cells, 12), rows adding up to
        1; replaces the plain yearly cycle when given.

    Returns
    -------
    Threat
        The total over cells and the mean over months equal the incidents' weights: the
        kernel loses nothing at the border. Incidents placed no better than the country
        are excluded, and counted.

    Notes
    -----
    Weight ``min(1 + log2(1 + deaths), cap) * reliability * 2 ** (-age / half-life)``.
    Spread: a Gaussian of 10, 25 or 50 km for precision 1, 2 and 3; evenly over the region
    for precision 4. Cycle: ``1 + b cos(2 pi (m - month) / 12)``; incidents of which only
    the year is known have none, and the middle of the year as their date.
    """
    cell = grid.cell_at(incidents.geometry.x.to_numpy(), incidents.geometry.y.to_numpy())
    precision = incidents["geo_precision"].to_numpy()
    vague, outside = precision >= _TOO_VAGUE, (cell < 0) & (precision < _TOO_VAGUE)
    kept = ~vague & ~outside
    used, cell = incidents[kept], cell[kept]
    weight = incident_weights(used, numbers=numbers, frame_date=frame_date)
    month = used["date"].dt.month.fillna(0).to_numpy(dtype=int)
    month = np.where(used["date_precision"] == "year", 0, month)
    spread = np.zeros((MONTHS + 1, grid.n_cells))
    for level in np.unique(used["geo_precision"]):
        for each in np.unique(month[used["geo_precision"] == level]):
            chosen = (used["geo_precision"].to_numpy() == level) & (month == each)
            spread[each] += _spread(grid, cell[chosen], weight[chosen], int(level), region_of, numbers)
    return Threat(
        by_month=_cycled(spread, numbers.cycle, profile),
        used=int(kept.sum()),
        excluded=_counted(
            ("placed no better than the country, or to be reviewed", vague),
            ("no cell of the grid there", outside),
        ),
        assumed=_counted(
            ("deaths not stated: weighed as an incident without deaths", used["deaths"].isna().to_numpy()),
            ("only the year known: dated to its middle, no yearly cycle", month == 0),
        ),
    )


def incident_weights(
    incidents: gpd.GeoDataFrame, *, numbers: DemandNumbers, frame_date: date
) -> NDArray[np.float64]:
    """Return severity times reliability times decay with age of each incident [-]."""
    deaths = incidents["deaths"].fillna(0.0).to_numpy()
    severity = np.minimum(1 + np.log2(1 + deaths), numbers.severity_cap)
    reliability = np.asarray(numbers.reliability)[incidents["reliability"].to_numpy() - 1]
    middle = pd.to_datetime(incidents["year"].astype(str) + "-07-01")
    day = incidents["date"].where(incidents["date"].notna(), middle)
    age_days = np.maximum((pd.Timestamp(frame_date) - day).dt.days.to_numpy(), 0)
    return np.asarray(severity * reliability * 2.0 ** (-age_days / numbers.half_life_days), dtype=np.float64)


def surface(
    threat: Threat,
    people: NDArray[np.float64],
    region_of: NDArray[np.int32],
    *,
    grid: Grid,
    numbers: DemandNumbers,
) -> DemandSurface:
    """
    Turn spread incidents into a rate per head, pulled towards the region's where people are few.

    Parameters
    ----------
    threat
        Incidents spread over the cells.
    people
        People of each cell [persons], NaN where unknown, shape (n_cells,).
    region_of
        First-level unit of each cell, shape (n_cells,).
    grid
        The cells.
    numbers
        Shrinkage [thousand people] and share of people in the blend.

    Notes
    -----
    ``rate = (x + k * rate_region) / (people / 1000 + k)`` with ``rate_region`` the region's
    total of x over its thousands of people. Blend: a share a of the demand goes by
    people and 1 - a by rate times people. No vulnerability layer is in use.
    """
    thousands = np.nan_to_num(people) / 1000.0
    units = region_of.max(initial=-1) + 2
    people_in = np.bincount(region_of + 1, thousands, minlength=units)
    rate = np.zeros_like(threat.by_month)
    for month in range(MONTHS):
        weight_in = np.bincount(region_of + 1, threat.by_month[month], minlength=units)
        regional = np.divide(weight_in, people_in, out=np.zeros(units), where=people_in > 0)[region_of + 1]
        rate[month] = (threat.by_month[month] + numbers.shrinkage_thousand * regional) / (
            thousands + numbers.shrinkage_thousand
        )
    unknown = np.isnan(people)
    rate[:, unknown] = 0.0
    return DemandSurface(grid, people, rate, threat, numbers.people_share, int(unknown.sum()))


def _spread(
    grid: Grid,
    cell: NDArray[np.int32],
    weight: NDArray[np.float64],
    level: int,
    region_of: NDArray[np.int32],
    numbers: DemandNumbers,
) -> NDArray[np.float64]:
    if level == _WHOLE_UNIT:
        return _spread_evenly(cell, weight, region_of)
    placed = np.bincount(cell, weight, minlength=grid.n_cells)
    sigma = numbers.spread_km[level - 1] * 1000 / grid.cell_m
    inside = _blurred(grid, np.ones(grid.n_cells), sigma)
    # Dividing by what stays inside, before spreading, gives every incident its whole weight.
    return _blurred(grid, placed / inside, sigma)


def _spread_evenly(
    cell: NDArray[np.int32], weight: NDArray[np.float64], region_of: NDArray[np.int32]
) -> NDArray[np.float64]:
    units = region_of.max(initial=-1) + 2
    total = np.bincount(region_of[cell] + 1, weight, minlength=units)
    cells = np.bincount(region_of + 1, minlength=units)
    each = np.divide(total, cells, out=np.zeros(units), where=cells > 0)
    return np.asarray(each[region_of + 1])


def _blurred(grid: Grid, values: NDArray[np.float64], sigma_cells: float) -> NDArray[np.float64]:
    full = grid.raster(values, 0.0)
    blurred = ndimage.gaussian_filter(full, sigma_cells, mode="constant", truncate=4.0)
    return np.asarray(blurred.ravel()[grid.cells], dtype=np.float64)


def _cycled(
    spread: NDArray[np.float64], cycle: float, profile: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    dated, undated = spread[1:], spread[0]
    if profile is not None:
        return np.asarray(MONTHS * profile.T * dated.sum(axis=0) + undated)
    months = np.arange(MONTHS)
    factor = 1 + cycle * np.cos(2 * np.pi * (months[:, None] - months[None, :]) / MONTHS)
    return np.asarray(factor @ dated + undated)


def _shares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    total = values.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(values, total, out=np.zeros(values.shape), where=total > 0))


def _counted(*reasons: tuple[str, NDArray[np.bool_]]) -> tuple[tuple[str, int], ...]:
    return tuple((reason, int(hit.sum())) for reason, hit in reasons if hit.any())
