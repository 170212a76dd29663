"""Figures: what the footprints add up to over units, objectives, months and seasons."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numba import njit
from numpy.typing import NDArray

from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import Delivery, Divergence
from footprint.indicators.units import Units


def figures(
    delivery: Delivery,
    demand: NDArray[np.float32],
    people: NDArray[np.float64],
    units: Units,
    *,
    tier_weights: Sequence[float],
    threshold: float,
) -> pd.DataFrame:
    """
    Add up footprints over units.

    Parameters
    ----------
    delivery
        What can be delivered in each cell and month.
    demand
        Weight of each cell [-], shape (12, n_cells).
    people
        People of each cell [persons], NaN where unknown, shape (n_cells,).
    units
        Units to add up over.
    tier_weights
        Weight of each tier in the Mission footprint.
    threshold
        Level from which a cell counts as reached, for the classes.

    Returns
    -------
    DataFrame
        One row per unit and month: `level`, `unit_id`, `name`, `month`, `people`
        [persons], `demand` [share of the whole], every `Indicator` [share of the
        unit's demand], and for each class of `Divergence` its share of demand and of
        people. Shares of a unit without demand, or without people, are NaN; so is a tier, and the
        Mission footprint with it, of a unit with demand where the tier is not known. Where people are
        nowhere known, so are they, and the demand that is nought for want of them; of a unit
        known in part, figures are those of the known part. Every figure of a unit that lies mostly
        outside the area is NaN: its cells at the border count in the whole, and do not stand for it.
    """
    sums, hidden = _sums(
        (units.shares.indptr, units.shares.indices, units.shares.data),
        (delivery.force, delivery.tiers, delivery.circle, delivery.force_ground, delivery.most),
        (demand, np.nan_to_num(people)),
        np.asarray(tier_weights, dtype=np.float32),
        np.float32(threshold),
    )
    unknown = ~units.known(people)
    sums[unknown, :, _PEOPLE] = np.nan
    without = unknown[:, None] & (sums[..., _DEMAND] <= 0)
    sums[without, _DEMAND] = np.nan
    sums[units.outside] = np.nan
    frame = _framed(sums, units.frame)
    if not delivery.force_known:
        # The circle map draws its circles round troops: round nobody knows whom, it says nothing.
        troops = [Indicator.FORCE, Indicator.FORCE_GROUND, Indicator.CIRCLE]
        frame.loc[frame["demand"] > 0, troops] = np.nan
    hidden = hidden.reshape(-1, len(_TIERS))
    weighed = hidden & (np.asarray(tier_weights) > 0)
    frame.loc[weighed.any(axis=1), Indicator.MISSION] = np.nan
    for number, tier in enumerate(_TIERS):
        frame.loc[hidden[:, number], tier] = np.nan
    return frame


_TIERS = (Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3)
_DEMAND, _PEOPLE, _LEVELS = 0, 1, 2
_BY_DEMAND = _LEVELS + len(Indicator)
_BY_PEOPLE = _BY_DEMAND + len(Divergence)
_COLUMNS = _BY_PEOPLE + len(Divergence)


@njit(cache=True, nogil=True)
def _sums(shares, levels, weights, tier_weights, threshold):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """
    Add up every figure of every unit and month in one pass over the shares.

    Returns sums in the columns of `_framed`, shape (n_units, 12, n_columns), and whether each tier is
    unknown in any cell with need, shape (n_units, 12, 3). One pass keeps
    each cell's levels in cache for all its sums; the same as array arithmetic took
    ten times as long, most of it in copies.
    """
    (indptr, indices, data), (force, tiers, circle, ground, most), (demand, people) = shares, levels, weights
    n_units, n_months = len(indptr) - 1, force.shape[0]
    sums = np.zeros((n_units, n_months, _COLUMNS))
    unknown = np.zeros((n_units, n_months, 3), dtype=np.bool_)
    for unit in range(n_units):
        for month in range(n_months):
            row = sums[unit, month]
            for at in range(indptr[unit], indptr[unit + 1]):
                cell = indices[at]
                need, heads = data[at] * demand[month, cell], data[at] * people[cell]
                first, second, third = tiers[0, month, cell], tiers[1, month, cell], tiers[2, month, cell]
                whole = tier_weights[0] * first + tier_weights[1] * second + tier_weights[2] * third
                arrives, acts = force[month, cell] >= threshold, max(first, third) >= threshold
                kind = (0 if acts else 1) if arrives else (2 if acts else 3)
                if not acts and max(most[0, month, cell], most[2, month, cell]) >= threshold:
                    kind = 4 if arrives else 5
                if need > 0:
                    for tier in range(3):
                        unknown[unit, month, tier] |= most[tier, month, cell] > tiers[tier, month, cell]
                row[_DEMAND] += need
                row[_PEOPLE] += heads
                row[_LEVELS] += need * force[month, cell]
                row[_LEVELS + 1] += need * whole
                row[_LEVELS + 2] += need * first
                row[_LEVELS + 3] += need * second
                row[_LEVELS + 4] += need * third
                row[_LEVELS + 5] += need * circle[month, cell]
                row[_LEVELS + 6] += need * ground[month, cell]
                row[_BY_DEMAND + kind] += need
                row[_BY_PEOPLE + kind] += heads
    return sums, unknown


def _framed(sums: NDArray[np.float64], units: pd.DataFrame) -> pd.DataFrame:
    n_units, n_months, _ = sums.shape
    flat = sums.reshape(n_units * n_months, -1)
    shares = np.full(flat[:, _LEVELS:].shape, np.nan)
    with_demand, with_people = flat[:, _DEMAND] > 0, flat[:, _PEOPLE] > 0
    split = _BY_PEOPLE - _LEVELS
    shares[with_demand, :split] = flat[with_demand, _LEVELS:_BY_PEOPLE] / flat[with_demand, _DEMAND, None]
    shares[with_people, split:] = flat[with_people, _BY_PEOPLE:] / flat[with_people, _PEOPLE, None]
    names = [
        *map(str, Indicator),
        *(f"{kind.name.lower()}_{of}" for of in ("demand", "people") for kind in Divergence),
    ]
    said = {name: np.repeat(units[name].to_numpy(dtype=object), n_months) for name in units.columns}
    said |= {
        "month": np.tile(np.arange(1, n_months + 1), n_units),
        "people": flat[:, _PEOPLE],
        "demand": flat[:, _DEMAND],
    }
    said |= dict(zip(names, shares.T, strict=True))
    return pd.DataFrame(said)
