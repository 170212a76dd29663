"""Shrinkage: how far thin data are drawn to the rate of a larger unit, estimated from the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from footprint.demand.ground import Ground
from footprint.demand.weights import incident_weights
from footprint.method import Demand

YEARS_BEFORE = 4
"""Year-ends before the frame date that are pooled with it: one date alone is unstable."""

_UNIT = 3
"""Coarsest `geo_precision` at which the district of an incident is known."""


class KappaBasis(StrEnum):
    """Where kappa comes from."""

    ESTIMATED = "estimated"
    HELD_LOW = "held_at_its_least"
    HELD_HIGH = "held_at_its_most"
    ALIKE = "districts_no_more_unlike_than_chance"
    NOTHING_COUNTED = "nothing_counted"
    NO_PAIR = "no_region_with_two_districts"


@dataclass(frozen=True, slots=True)
class Kappa:
    """Pull towards the rate of a larger unit."""

    thousand: float
    """People that the larger unit's rate weighs [thousand]."""
    basis: KappaBasis


@dataclass(frozen=True, slots=True)
class _Moments:
    """What one day adds to the estimate."""

    excess: float
    """Spread of districts' rates within regions, beyond what counting alone makes."""
    room: float
    rate: float
    """Of the area, per thousand people."""
    scale: float
    """Weight of a typical incident: sum of squares over sum."""


def estimate_kappa(
    incidents: gpd.GeoDataFrame, ground: Ground, *, numbers: Demand, frame_date: date
) -> Kappa:
    """
    Estimate how many people the rate of a larger unit weighs, in thousands.

    Parameters
    ----------
    incidents
        Those that count, of any precision; those known to their district or better are used.
    ground
        People and units.
    numbers
        Half-life and weights, the limits that hold kappa, and its factor.
    frame_date
        Last day known.

    Notes
    -----
    Empirical Bayes by moments after Clayton and Kaldor 1987 and Marshall 1991, pooled over the frame
    date and four year-ends before. With w the weight of an incident, O and n a district's weight and
    thousands of people, m_R its region's rate, m the area's:
    ``phi = sum w^2 / sum w``, ``N = sum n (O/n - m_R)^2 - phi sum_R (c_R - 1) m_R``,
    ``D = sum_R (n_R - sum n^2 / n_R)``, ``c^2 = sum_t N_t / sum_t m_t^2 D_t``, ``kappa = phi / (c^2 m)``.
    """
    days = [frame_date, *(date(frame_date.year - back, 12, 31) for back in range(1, YEARS_BEFORE + 1))]
    placed = incidents[incidents["geo_precision"] <= _UNIT]
    district = ground.district_at(placed.geometry.x.to_numpy(), placed.geometry.y.to_numpy())
    moments = [_moments(incident_weights(placed, numbers=numbers, day=day), district, ground) for day in days]
    return _held(moments, numbers)


def _held(moments: list[_Moments], numbers: Demand) -> Kappa:
    low, high = numbers.shrinkage_low_thousand, numbers.shrinkage_high_thousand
    frame = moments[0]
    room = sum(each.rate**2 * each.room for each in moments)
    if not frame.rate > 0 or not room > 0:
        basis = KappaBasis.NO_PAIR if frame.rate > 0 else KappaBasis.NOTHING_COUNTED
        value = min(max(numbers.shrinkage_unknown_thousand, low), high)
    else:
        spread = sum(each.excess for each in moments) / room
        wanted = frame.scale / (spread * frame.rate) if spread > 0 else np.inf
        value = min(max(wanted, low), high)
        basis = KappaBasis.ESTIMATED
        if not spread > 0:
            basis = KappaBasis.ALIKE
        elif value != wanted:
            basis = KappaBasis.HELD_LOW if wanted < low else KappaBasis.HELD_HIGH
    return Kappa(float(value * numbers.shrinkage_factor), basis)


def _moments(weight: NDArray[np.float64], district: NDArray[np.int64], ground: Ground) -> _Moments:
    total, squares = float(weight.sum()), float((weight**2).sum())
    people, region_of = ground.district_thousands, ground.region_of
    counted = (people > 0) & (region_of >= 0)
    in_unit = np.bincount(district[district >= 0], weight[district >= 0], minlength=len(people))
    n, o, region = people[counted], in_unit[counted], region_of[counted]
    if not total > 0 or not len(n):
        return _Moments(0.0, 0.0, 0.0, 0.0)
    n_region, o_region = np.bincount(region, n), np.bincount(region, o)
    rate = np.divide(o_region, n_region, out=np.zeros(len(n_region)), where=n_region > 0)
    scale = squares / total
    within = np.maximum(np.bincount(region) - 1, 0)
    excess = float((n * (o / n - rate[region]) ** 2).sum() - scale * (within * rate).sum())
    squared = np.divide(np.bincount(region, n**2), n_region, out=np.zeros(len(n_region)), where=n_region > 0)
    return _Moments(excess, float((n_region - squared).sum()), float(o.sum() / n.sum()), scale)
