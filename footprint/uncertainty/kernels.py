"""Kernels: what is left of an effect under drawn times, who evacuates, and what rows add up to."""

from __future__ import annotations

import numpy as np
from numba import njit

from footprint.travel.kernel import TOLERANCE_MIN

_TOLERANCE = np.float32(TOLERANCE_MIN)


@njit(cache=True, nogil=True)
def ground_misses(where, ways, limits, asset, miss):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """
    Multiply into `miss` what some assets of a capability miss by land and water.

    Parameters
    ----------
    where
        Rains, distance [km] and daylight [min] of each row.
    ways
        Minutes by way and row, how many times as long each takes when dry and in the rains, and the share
        of times it can be taken.
    limits
        Full and no effect [min], [km], whether distance counts, whether nights are spent away, stay [min].
    asset
        Notice [min], availability, count.
    miss
        Chance that nobody is there, shape (n,).
    """
    rains, km, light = where
    minutes, times, shares = ways
    full, zero, full_km, zero_km, by_km, overnight, stay = limits
    notice, availability, count = asset
    for at in range(len(miss)):
        near = np.float32(1)
        if by_km:
            near = min((zero_km - km[at]) / (zero_km - full_km), np.float32(1))
            if near <= 0:
                continue
        best = np.float32(0)
        for way in range(minutes.shape[0]):
            t = minutes[way, at] * times[way, rains[at]] + notice
            left = (zero - t) / (zero - full)
            if left <= 0:
                continue
            away = t if overnight else np.float32(2) * t - (notice - stay)
            if away > light[at] + _TOLERANCE:
                continue
            left = min(left, np.float32(1), near) * shares[way]
            best = max(best, left)
        if best > 0:
            miss[at] *= (np.float32(1) - availability * best) ** count


@njit(cache=True, nogil=True)
def air_misses(km, light, lift, limits, miss):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """
    Lower `miss` to what those miss who fly `km`, ready after `lift[0]` minutes with chance `lift[1]`.

    Whoever may drive or fly takes the better way: teams are not there twice.

    `limits`: minutes for a kilometre, full and no effect [min], whether nights are spent away, stay [min].
    """
    ready, chance = lift
    km_min, full, zero, overnight, stay = limits
    for at in range(len(miss)):
        t = np.float32(km[at] * km_min) + ready
        left = (zero - t) / (zero - full)
        if left <= 0:
            continue
        away = t if overnight else np.float32(2) * t - (ready - stay)
        if away <= light[at] + _TOLERANCE:
            miss[at] = min(miss[at], np.float32(1) - chance * min(left, np.float32(1)))


@njit(cache=True, nogil=True)
def join(row, rows, miss):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Multiply what one station misses into a capability's row."""
    for at in range(len(rows)):
        row[rows[at]] *= miss[at]


@njit(cache=True, nogil=True)
def evacuate(where, out, back, limits, evacuated):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """
    Fill `evacuated` with the chance of evacuation in each row: the likeliest pair that is in time.

    Parameters
    ----------
    where
        Cell and month of each row.
    out, back
        Of each readiness: whether it is open by month, minutes after which it is ready, its chance, flight
        to each cell [min].
    limits
        Time to pick up, and from call to surgery at most [min].
    evacuated
        Shape (n_rows,).
    """
    cell, month = where
    out_open, out_ready, out_chance, out_min = out
    back_open, back_ready, back_chance, back_min = back
    pick_up, limit = limits
    for row in range(len(evacuated)):
        best, at = np.float32(0), cell[row]
        for fly in range(len(out_ready)):
            if not out_open[fly, month[row]]:
                continue
            there = out_min[fly, at] + out_ready[fly] + pick_up
            for mend in range(len(back_ready)):
                if not back_open[mend, month[row]]:
                    continue
                chance = out_chance[fly] * back_chance[mend]
                total = max(there + back_min[mend, at], back_ready[mend])
                if chance > best and np.float32(total) <= limit:
                    best = chance
        evacuated[row] = best


@njit(cache=True, nogil=True)
def over_units(levels, months, entries, need, size):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """
    Add up each unit's need times what is delivered, shape (n_units, n_slices, n_levels).

    Parameters
    ----------
    levels
        Shape (n_levels, n_rows); of single precision, of which a few times a few months add up exactly in
        double, so that how months were merged into rows changes nothing.
    months
        First row of each cell and behind the last; first entry of each row and behind the last; slice of
        each entry, and how many of its months.
    entries
        Units of each cell and its share in them, as the arrays of a sparse matrix by cell; kind of need of
        each unit.
    need
        By kind, slice (one, where every month's need is alike) and cell.
    size
        Number of units and of slices.

    Notes
    -----
    Cell by cell, so that what is summed of one stays at hand for all its units: twice as fast.
    """
    first_row, first, slices, counts = months
    indptr, unit_of, share, kind = entries
    n_units, n_slices = size
    n_levels, n_needs = levels.shape[0], need.shape[1]
    width = n_slices * n_levels // n_needs
    found = np.zeros((n_units, n_slices * n_levels))
    own = np.zeros(n_slices * n_levels)
    for cell in range(len(first_row) - 1):
        own[:] = 0.0
        anything = False
        for row in range(first_row[cell], first_row[cell + 1]):
            for level in range(n_levels):
                value = np.float64(levels[level, row])
                if value > 0:
                    anything = True
                    for at in range(first[row], first[row + 1]):
                        own[slices[at] * n_levels + level] += counts[at] * value
        if not anything:
            continue
        for at in range(indptr[cell], indptr[cell + 1]):
            unit = unit_of[at]
            total = found[unit]
            for number in range(n_needs):
                weight = share[at] * need[kind[unit], number, cell]
                for place in range(number * width, (number + 1) * width):
                    total[place] += weight * own[place]
    return found.reshape(n_units, n_slices, n_levels)


@njit(cache=True, nogil=True)
def unknown_tiers(shares, need, kind, rows, most):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Return of which tiers of which units something is not known where there is need, shape (n_units, 3)."""
    indptr, indices, data = shares
    least, row_of = rows
    unknown = np.zeros((len(indptr) - 1, most.shape[0]), dtype=np.bool_)
    for unit in range(len(indptr) - 1):
        for at in range(indptr[unit], indptr[unit + 1]):
            cell = indices[at]
            weight = 0.0
            for own in range(need.shape[1]):
                weight = max(weight, data[at] * need[kind[unit], own, cell])
            if weight > 0:
                for month in range(row_of.shape[1]):
                    row = row_of[cell, month]
                    for tier in range(most.shape[0]):
                        unknown[unit, tier] |= most[tier, row] > least[tier, row]
    return unknown
