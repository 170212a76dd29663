"""Which areas of a calendar have a season beyond chance, once all of them are paid for?"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import false_discovery_control

from footprint.method import SeasonalityNumbers
from footprint.violence.seasonality.scan import Scan, scan
from footprint.violence.seasonality.shown import window_hits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.violence.seasonality.calendar import Calendar


RETURNS_FROM = 2
"""Years that a window must have been hit in at the cut where it is told: once is no return."""


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """
    Every area's scan and what is left of it beside the others.

    Attributes
    ----------
    scans
        Scan of each area; None where it has too few eligible years, or no date to test.
    q
        p adjusted over the areas tested (Benjamini and Hochberg 1995); NaN elsewhere, shape (n_areas,).
    stands, withdrawn
        Areas with a finding, and those whose finding needs incidents dated to the 1st of a month.
    """

    scans: tuple[Scan | None, ...]
    q: NDArray[np.float64]
    stands: NDArray[np.bool_]
    withdrawn: NDArray[np.bool_]


def tested(calendar: Calendar, settings: SeasonalityNumbers) -> Tested:
    """
    Scan every area that has enough eligible years, and adjust over all of them.

    Parameters
    ----------
    calendar
        Incidents by area and month.
    settings
        Windows, what makes a year eligible, accepted rate, rotations.

    Returns
    -------
    Tested
        In the order of the calendar's areas.

    Notes
    -----
    Many dates known only to the month are written as its 1st. So each finding is tried again
    without the area's incidents of the 1sts, beside the others as they are; where it does not come
    out a second time it is withdrawn. A window hit in one year alone, at the cut where it is
    told, does not return, whatever its p.
    """
    eligible = calendar.by_year(calendar.first_month).sum(axis=2) >= settings.events_min
    enough = (eligible.sum(axis=1) >= settings.years_min) & calendar.has_months
    scans = _scans(calendar, np.flatnonzero(enough).tolist(), settings)
    p = np.array([np.nan if each is None else each.p for each in scans], dtype=float)
    q = adjusted(p)
    found = np.asarray(q <= settings.q_max)
    for area in np.flatnonzero(found).tolist():
        window = scans[area]
        found[area] = (
            window is not None and window_hits(calendar, area, window, settings)[1].sum() >= RETURNS_FROM
        )
    needs = found & calendar.firsts.any(axis=1)
    bare = _scans(calendar.without_firsts(), np.flatnonzero(needs).tolist(), settings)
    without = np.array([p[area] if each is None else each.p for area, each in enumerate(bare)], dtype=float)
    stands = found & (adjusted(without) <= settings.q_max)
    return Tested(scans, q, stands, found & ~stands)


def _scans(calendar: Calendar, areas: Sequence[int], settings: SeasonalityNumbers) -> tuple[Scan | None, ...]:
    """Scan some areas, equal series once: neighbouring discs often hold the same incidents."""
    own = {area: calendar.series[area].tobytes() for area in areas}
    unlike = {key: calendar.series[area] for area, key in own.items()}
    # Rotations run outside Python's lock, each series with a stream of its own: threads change no draw.
    with ThreadPoolExecutor(cpu_count()) as threads:
        known = dict(
            zip(unlike, threads.map(lambda series: scan(series, settings), unlike.values()), strict=True)
        )
    return tuple(known[own[area]] if area in own else None for area in range(len(calendar.area_ids)))


def adjusted(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p adjusted over the areas tested (Benjamini and Hochberg 1995); NaN where p is."""
    q = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    if known.any():
        q[known] = false_discovery_control(p[known], method="bh")
    return q
