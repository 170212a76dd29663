"""Is a place newly hot, hot throughout, fading, or hot only in one season?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from footprint.method import HotspotNumbers
from footprint.violence.hotspots.classes import classify
from footprint.violence.hotspots.neighbourhood import Neighbourhoods, neighbourhoods
from footprint.violence.hotspots.permutation import benjamini_hochberg, permutation_tails
from footprint.violence.hotspots.trend import Trend, mann_kendall
from footprint.violence.hotspots.verdict import cell_values
from footprint.violence.selection import Excluded, Exclusion, Selection, in_period, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.grid import Grid

MONTHS = 12


@dataclass(frozen=True, slots=True)
class TimeStep:
    """One yearly step: the days it shows, inclusive, and how much it holds."""

    first: date
    last: date
    n_used: int
    """Incidents in the cells compared."""
    kept: bool
    """Whether they were enough to be a step of the classes."""


@dataclass(frozen=True, slots=True, eq=False)
class Emerging:
    """
    Class of every cell over the years.

    Attributes
    ----------
    pattern
        `HotspotClass` of each cell, shape (n_cells,); NONE outside the mask.
    z
        Gi* score per cell and kept step, shape (n_cells, n_kept); NaN outside the mask.
    hot, cold
        Significant steps, shape (n_cells, n_kept).
    trend
        Mann-Kendall test of each cell's scores, shape (n_cells,).
    steps
        Yearly steps, the earliest first; also those with too few incidents.
    classed
        Whether there are classes at all: the last step and at least one before hold enough incidents.
    n_used
        Incidents in at least one kept step.
    excluded
        Incidents left out, by reason.
    """

    pattern: NDArray[np.object_]
    z: NDArray[np.float64]
    hot: NDArray[np.bool_]
    cold: NDArray[np.bool_]
    trend: Trend
    steps: tuple[TimeStep, ...]
    classed: bool
    n_used: int
    excluded: tuple[Excluded, ...]
    settings: HotspotNumbers

    @property
    def kept(self) -> tuple[TimeStep, ...]:
        """Steps that the classes rest on, the earliest first."""
        return tuple(step for step in self.steps if step.kept)

    @property
    def trends(self) -> bool:
        """Whether there are steps enough for classes that need a trend."""
        return len(self.kept) >= self.settings.trend_steps_min


def emerging(
    selection: Selection,
    grid: Grid,
    mask: NDArray[np.bool_],
    *,
    recurrent: NDArray[np.bool_] | None = None,
    settings: HotspotNumbers,
    pooled: bool = False,
) -> Emerging:
    """
    Classify cells by their history of hot and cold steps.

    Parameters
    ----------
    selection
        Precisely placed incidents of the whole record, from `select`.
    grid, mask
        Cells and the declared mask, as for `hotspots`.
    recurrent
        Cells in which a recurrent season was found, shape (n_cells,). Tested first: they are
        *seasonal recurrent* whatever their steps say.
    settings
        Radius, permutations, accepted rate, window, steps, trend level.
    pooled
        Compare each step with all steps. By default within itself: a war that grows everywhere
        makes no place new.

    Returns
    -------
    Emerging
        One class per cell. Steps end at the last day of the selection's period and at the same day of the
        years before, and each shows the same number of months, so neighbouring steps share incidents.
        A step that would begin before the record does is none. Steps with fewer incidents than `events_min`
        are left out; where the last one is, no cell has a class.

    Notes
    -----
    Each step is a map of hotspots of its own, log(1 + count) within the disc; the false discovery rate is
    held over the cells of the step, hot and cold apart, each by its own tail of p. An incident of
    which only the year is known is in a step where the whole year is.
    """
    cell = grid.cell_at(selection.used.geometry.x.to_numpy(), selection.used.geometry.y.to_numpy())
    in_mask = (cell >= 0) & mask[cell]
    windows = step_windows(selection, settings)
    members = [in_period(selection.used, *window, whole_years=True) for window in windows]
    steps = tuple(
        TimeStep(first, last, n := int((member & in_mask).sum()), n >= settings.events_min)
        for (first, last), member in zip(windows, members, strict=True)
    )
    chosen = [member for member, step in zip(members, steps, strict=True) if step.kept]
    in_step = np.any(chosen, axis=0) if chosen else np.zeros(len(cell), bool)
    classed = len(chosen) > 1 and steps[-1].kept
    z = np.full((grid.n_cells, len(chosen)), np.nan)
    hot, cold = np.zeros(z.shape, bool), np.zeros(z.shape, bool)
    if chosen and mask.any():
        counts = np.array([np.bincount(cell[member & in_mask], minlength=grid.n_cells) for member in chosen])
        around = neighbourhoods(grid, mask, settings.radius_m)
        z[mask], hot[mask], cold[mask] = _bins(counts[:, mask], around, settings, pooled=pooled)
    trend = mann_kendall(z)
    seasonal = None if recurrent is None else recurrent & mask
    pattern = classify(
        hot & classed,
        cold & classed,
        trend,
        recurrent=seasonal,
        trend_p_max=settings.trend_p_max,
        trend_steps_min=settings.trend_steps_min,
    )
    left_out = _left_out(in_step, cell, in_mask)
    return Emerging(
        pattern,
        z,
        hot,
        cold,
        trend,
        steps,
        classed,
        int((in_step & in_mask).sum()),
        together((*selection.excluded, *left_out)),
        settings,
    )


def step_windows(selection: Selection, settings: HotspotNumbers) -> tuple[tuple[date, date], ...]:
    """Return first and last day of each yearly step within the selection's period, the earliest first."""
    begin, end = selection.incident_filter.first, selection.incident_filter.last
    windows = []
    for step in range(settings.steps_max):
        last = months_back(end, MONTHS * step) - timedelta(days=1)
        first = months_back(last, settings.window_months)
        if first < begin:
            break
        windows.append((first, last))
    return tuple(reversed(windows))


def months_back(last: date, months: int) -> date:
    """
    Return the first day of so many months that end with a day.

    Examples
    --------
    >>> months_back(date(2019, 6, 30), 36)
    datetime.date(2016, 7, 1)
    """
    after = np.datetime64(last + timedelta(days=1), "D")
    month = after.astype("datetime64[M]")
    start = month - np.timedelta64(months, "M")
    day = min(int((after - month.astype("datetime64[D]")).astype(int)), _days_in(start) - 1)
    return date.fromisoformat(str(start.astype("datetime64[D]") + np.timedelta64(day, "D")))


def _days_in(month: np.datetime64) -> int:
    following = (month + np.timedelta64(1, "M")).astype("datetime64[D]")
    return int((following - month.astype("datetime64[D]")).astype(int))


def _left_out(
    in_step: NDArray[np.bool_], cell: NDArray[np.int32], in_mask: NDArray[np.bool_]
) -> tuple[Excluded, ...]:
    """Count selected incidents that are in no kept step, outside the area, or outside the mask."""
    counts = (
        (Exclusion.OUTSIDE_PERIOD, int((~in_step).sum())),
        (Exclusion.OUTSIDE_AREA, int((in_step & (cell < 0)).sum())),
        (Exclusion.OUTSIDE_MASK, int((in_step & (cell >= 0) & ~in_mask).sum())),
    )
    return tuple(Excluded(reason, n) for reason, n in counts if n)


def _bins(
    counts: NDArray[np.int64], around: Neighbourhoods, settings: HotspotNumbers, *, pooled: bool
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return score, hot and cold of every cell compared and step, shape (n_compared, n_steps)."""
    values = cell_values(counts, raw=False)
    sums = around.sums(values)
    n_draws, seed = settings.draws, settings.seed
    if pooled:
        size = np.tile(around.size, len(values))
        tails = permutation_tails(values.ravel(), sums.ravel(), size, n_draws=n_draws, seed=seed)
        hot, cold = benjamini_hochberg(tails.p_high), benjamini_hochberg(tails.p_low)
        return (
            _pooled_scores(values, sums, around.size).T,
            (hot <= settings.q_max).reshape(sums.shape).T,
            (cold <= settings.q_max).reshape(sums.shape).T,
        )
    every = [
        permutation_tails(row, own, around.size, n_draws=n_draws, seed=seed)
        for row, own in zip(values, sums, strict=True)
    ]
    z = np.array([around.scores(row) for row in values])
    hot = np.array([benjamini_hochberg(tails.p_high) for tails in every])
    cold = np.array([benjamini_hochberg(tails.p_low) for tails in every])
    return z.T, (hot <= settings.q_max).T, (cold <= settings.q_max).T


def _pooled_scores(
    values: NDArray[np.float64], sums: NDArray[np.float64], size: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return Gi* of each cell and step among all of them, weights being 1, shape (n_steps, n_compared)."""
    n = values.size
    spread = np.maximum(n * size - size**2, 0.0) / max(n - 1, 1)
    scale = np.broadcast_to(values.std() * np.sqrt(spread), values.shape)
    z = np.full(values.shape, np.nan)
    np.divide(sums - values.mean() * size, scale, out=z, where=scale > 0)
    return z
