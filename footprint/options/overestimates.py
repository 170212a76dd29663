"""Overestimates: the loops over rows and choices of a relaxation, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

_NOTHING = 1e-12


@njit(cache=True, nogil=True)
def add_up(x, layout, logs, result):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Add up logarithms and chances of every choice with a share, by row and group."""
    place_start, rows, starts, first = layout
    own_logs, own_chances = logs
    sums, chances = result
    n_groups = sums.shape[1]
    for place in range(len(starts)):
        n = place_start[place + 1] - place_start[place]
        for choice in range(first[place + 1] - first[place]):
            share = x[first[place] + choice]
            if share <= _NOTHING:
                continue
            base = starts[place] + choice * n * n_groups
            for at in range(n):
                row = rows[place_start[place] + at]
                for group in range(n_groups):
                    log = own_logs[base + at * n_groups + group]
                    if log > 0:
                        sums[row, group] += share * log
                        chances[row, group] += share * own_chances[base + at * n_groups + group]


@njit(cache=True, nogil=True)
def add_best(layout, logs, sums):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Add up the largest logarithm that any choice of each place has, by row and group."""
    place_start, rows, starts, first = layout
    n_groups = sums.shape[1]
    for place in range(len(starts)):
        n = place_start[place + 1] - place_start[place]
        for at in range(n):
            for group in range(n_groups):
                best = 0.0
                for choice in range(first[place + 1] - first[place]):
                    best = max(best, logs[starts[place] + (choice * n + at) * n_groups + group])
                sums[rows[place_start[place] + at], group] += best


@njit(cache=True, nogil=True)
def mark_raising(layout, plan, weights, raises):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Mark the choices that miss less in any row of a block than the plan's choice at their place."""
    place_start, rows, miss_start, first = layout
    layers, miss, n_slots = plan
    weight, label = weights
    for place in range(len(layers)):
        n = place_start[place + 1] - place_start[place]
        own = miss_start[place] + layers[place] * n * n_slots
        for choice in range(first[place + 1] - first[place]):
            other = miss_start[place] + choice * n * n_slots
            for at in range(n):
                row = rows[place_start[place] + at]
                if weight[row] == 0 or raises[label[row], first[place] + choice]:
                    continue
                for slot in range(n_slots):
                    if miss[other + at * n_slots + slot] < miss[own + at * n_slots + slot]:
                        raises[label[row], first[place] + choice] = True
                        break


@njit(cache=True, nogil=True)
def fill_bounds(sums, chances, evacuated, relay_group, result):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """
    Fill the level of every row, and what decides it.

    ``pick`` is group * 2, or group * 2 + 1 where the first bound is lower than the union bound; -1 where
    the level is 1, which no choice can raise.
    """
    levels, pick = result
    for row in range(len(levels)):
        best, own = 1.0, -1
        for group in range(sums.shape[1]):
            first, bound = 1.0 - np.exp(-sums[row, group]), 1
            if chances[row, group] <= first:
                first, bound = chances[row, group], 0
            if group == relay_group:
                first += evacuated[row]
            if first < best:
                best, own = first, group * 2 + bound
        levels[row], pick[row] = best, own


@njit(cache=True, nogil=True)
def add_gradient(layout, state, weights, gradient):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Add to each block's gradient what one more share of each choice would bring."""
    place_start, rows, starts, first = layout
    logs, chances, sums, pick = state
    weight, label = weights
    n_groups = sums.shape[1]
    for place in range(len(starts)):
        n = place_start[place + 1] - place_start[place]
        for choice in range(first[place + 1] - first[place]):
            base = starts[place] + choice * n * n_groups
            for at in range(n):
                row = rows[place_start[place] + at]
                if pick[row] < 0 or weight[row] == 0:
                    continue
                group = pick[row] // 2
                log = logs[base + at * n_groups + group]
                if log > 0:
                    each = weight[row] * chances[base + at * n_groups + group]
                    if pick[row] % 2:
                        each = weight[row] * np.exp(-sums[row, group]) * log
                    gradient[label[row], first[place] + choice] += each
