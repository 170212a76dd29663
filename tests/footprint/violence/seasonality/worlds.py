"""Invented countries without a season, as a provider would tell of them: dates, precisions, gaps."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from footprint.violence.seasonality import MonthSpan, date_warnings, recurrence, unit_calendar
from tests.worlds import METRES, make_units

FIRST_YEAR = 2009
SIDE_KM = 50
RAINS = (6, 7, 8, 9)


def poisson(rng, areas, years):
    """Return twelve incidents a year at any time, shape (areas, 12 * years)."""
    return rng.poisson(np.ones((areas, 12 * years)))


def one_bad_month(rng, areas, years):
    """Return the same, and sixty more in one month of each area's own."""
    counts = poisson(rng, areas, years)
    counts[np.arange(areas), rng.integers(12 * years, size=areas)] += 60
    return counts


def national_shocks(rng, areas, years):
    """Return the same, with four months of the record in which the whole country has five times as many."""
    rate = np.ones(12 * years)
    rate[rng.choice(12 * years, 4, replace=False)] = 5
    return rng.poisson(np.tile(rate, (areas, 1)))


def growth(times, start=4.0):
    """Return a world whose incidents grow so many times a year, from `start` in the first to 3,000 at most."""

    def world(rng, areas, years):
        rate = np.minimum(start / 12 * times ** (np.arange(12 * years) / 12), 250)
        return rng.poisson(np.tile(rate, (areas, 1)))

    return world


def saw_tooth(rng, areas, years, *, times=6.0):
    """Return years that rise six times and collapse, at intervals of 8 to 20 months of each area's own."""
    counts = []
    for _ in range(areas):
        rate = np.zeros(0)
        while len(rate) < 12 * years:
            length = rng.integers(8, 21)
            rate = np.append(rate, times ** (np.arange(length) / length))
        rate = rate[: 12 * years]
        counts.append(rng.poisson(1.5 * rate / rate.mean()))
    return np.array(counts)


def halved_in_the_rains(rng, areas, years):
    """Return a world of which half is reported in the rains, June to September."""
    counts = rng.poisson(np.full((areas, 12 * years), 1.5))
    wet = np.isin(np.arange(12 * years) % 12 + 1, RAINS)
    return np.where(wet, rng.binomial(counts, 0.5), counts)


def first_half_of_the_year(rng, areas, years):
    """Return a world whose provider writes from January to June only."""
    counts = rng.poisson(np.full((areas, 12 * years), 2.0))
    counts[:, np.arange(12 * years) % 12 > 5] = 0
    return counts


NULL_WORLDS = {
    "Poisson": poisson,
    "one bad month": one_bad_month,
    "national shocks": national_shocks,
    "growth x1.6 a year": growth(1.6),
    "growth x4 a year": growth(4.0),
    "growth x6 a year": growth(6.0, 2.0),
    "saw-tooth": saw_tooth,
    "reporting halves in the rains": halved_in_the_rains,
    "January-June only": first_half_of_the_year,
    "all dated 1 January": poisson,
    "all dated to the month": poisson,
}
"""Countries in which nothing returns."""


def incidents_of(counts, rng, *, day=None, precision="day"):
    """Return counts (areas, months) as an incidents layer, on days at random or on one of 1 January."""
    area, month = (np.repeat(index, counts[np.nonzero(counts)]) for index in np.nonzero(counts))
    first = pd.to_datetime(
        {"year": FIRST_YEAR + month // 12, "month": 1 if day else month % 12 + 1, "day": 1}
    )
    dates = first + pd.to_timedelta(0 if day else rng.integers(0, 28, len(month)), unit="D")
    middle = 1000 * SIDE_KM * (area + 0.5)
    return gpd.GeoDataFrame(
        {"date": dates.astype("datetime64[ns]"), "year": dates.dt.year, "date_precision": precision},
        geometry=gpd.points_from_xy(middle, np.full(len(area), 500.0 * SIDE_KM)),
        crs=METRES,
    )


def calendar_of(name, rng, settings, *, areas=30, years=7):
    """Return the recurrence of a country of `NULL_WORLDS`, and what its dates are warned of."""
    counts = NULL_WORLDS[name](rng, areas, years)
    day, precision = name == "all dated 1 January", "month" if name == "all dated to the month" else "day"
    incidents = incidents_of(counts, rng, day=day, precision=precision)
    side = SIDE_KM
    units = make_units({f"u{area:02d}": (area * side, 0, (area + 1) * side, side) for area in range(areas)})
    span = MonthSpan(first=date(FIRST_YEAR, 1, 1), last=date(FIRST_YEAR + years - 1, 12, 31), first_month=1)
    found = recurrence(unit_calendar(incidents, units, span), settings=settings)
    return found, date_warnings(incidents, found, settings, RAINS)
