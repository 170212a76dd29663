"""How likely would a strong season have been found, with as many incidents and years as an area has?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLE = Path(__file__).with_name("power.csv")
"""Simulated by `python -m tests.benchmarks.power_table`, which wrote it."""


def power(events_a_year: float, years: int) -> float:
    """
    Return the chance of finding a season of three months three times as busy as the others.

    Parameters
    ----------
    events_a_year
        Incidents of an eligible year, its median.
    years
        Eligible years.

    Returns
    -------
    float
        0-1, between the table's entries in a straight line of years and of the logarithm of
        incidents, beyond its ends as at them; 0 below its fewest incidents or years.

    Notes
    -----
    The table holds for the shipped numbers of the scan, at p of 0.05 for one area alone. With many
    areas and q in place of p less is found.

    Examples
    --------
    >>> power(3, 10)
    0.0
    >>> power(10, 5) < power(10, 8) < power(20, 8)
    True
    """
    events, lengths, table = _table()
    if events_a_year < events[0] or years < lengths[0]:
        return 0.0
    row = np.interp(np.log(events_a_year), np.log(events), np.arange(len(events)))
    column = np.interp(years, lengths, np.arange(len(lengths)))
    low, left = int(row), int(column)
    high, right = min(low + 1, len(events) - 1), min(left + 1, len(lengths) - 1)
    down, across = row - low, column - left
    top = (1 - across) * table[low, left] + across * table[low, right]
    bottom = (1 - across) * table[high, left] + across * table[high, right]
    return float((1 - down) * top + down * bottom)


@cache
def _table() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return incidents a year, years, and the chance of a finding by both."""
    rows = [line.split(",") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    lengths = np.array([float(each) for each in rows[0][1:]])
    numbers = np.array([[float(each) for each in row] for row in rows[1:]])
    return numbers[:, 0], lengths, numbers[:, 1:]
