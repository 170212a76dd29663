"""Where do precisely placed incidents cluster beyond chance?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from footprint.method import HotspotNumbers
from footprint.violence.hotspots.explained import hot_by_people
from footprint.violence.hotspots.neighbourhood import Neighbourhoods, neighbourhoods
from footprint.violence.hotspots.permutation import benjamini_hochberg, permutation_tails
from footprint.violence.hotspots.verdict import (
    Cause,
    Dominance,
    Verdict,
    cell_values,
    power,
    variance_share,
)
from footprint.violence.selection import Excluded, Exclusion, Selection, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.grid import Grid

NAN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Hotspots:
    """
    Hotspots of one selection of incidents.

    Attributes
    ----------
    count
        Incidents per cell of the grid, shape (n_cells,); those outside the mask too.
    z, p, q
        Gi* score of the values tested, one-sided permutation p and its adjusted value; NaN outside the mask.
    significant
        Whether q is at most the accepted rate; nowhere with too few incidents to tell.
    by_people
        Share of worlds, the same counts dealt out by people, in which the cell is a hotspot; NaN
        where it was not asked, shape (n_cells,).
    mask
        Cells compared.
    first, last
        Days looked at, inclusive.
    raw
        Whether counts were tested as they are, not log(1 + count).
    n_used
        Incidents that took part: selected, inside the area and in the mask.
    excluded
        Incidents left out, by reason.
    verdict, causes
        What the map says as a whole, and what weakens it.
    power
        Chance to find a third of the incidents within 40 km; NaN where hotspots were found, or where
        there were too few incidents to ask.
    dominance
        What part of the variance the five largest cells hold.
    """

    count: NDArray[np.int64]
    z: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    significant: NDArray[np.bool_]
    by_people: NDArray[np.float64]
    mask: NDArray[np.bool_]
    first: date
    last: date
    raw: bool
    n_used: int
    excluded: tuple[Excluded, ...]
    verdict: Verdict
    causes: tuple[Cause, ...]
    power: float
    dominance: Dominance
    settings: HotspotNumbers

    @property
    def n_cells_tested(self) -> int:
        """Cells in the mask."""
        return int(self.mask.sum())

    @property
    def explained(self) -> NDArray[np.bool_]:
        """Hotspots that are as hot as their people would explain, shape (n_cells,)."""
        return self.significant & (np.nan_to_num(self.by_people) > self.settings.people_share)


def hotspots(
    selection: Selection,
    grid: Grid,
    mask: NDArray[np.bool_],
    *,
    settings: HotspotNumbers,
    people: NDArray[np.float64] | None = None,
    raw: bool = False,
) -> Hotspots:
    """
    Find the cells around which more happens than chance would gather.

    Parameters
    ----------
    selection
        Precisely placed incidents, from `select`.
    grid
        Equal-area cells, 10 km by default.
    mask
        Inhabited, accessible cells, declared beforehand, shape (grid.n_cells,). An empty
        cell outside it is not evidence of calm.
    settings
        Radius, permutations, accepted rate, seed.
    people
        People per cell, shape (grid.n_cells,) [persons]; without them it is not asked what
        they would explain.
    raw
        Test the counts as they are. By default log(1 + count): on raw counts a few towns hold the
        variance, and nothing else can stand out.

    Returns
    -------
    Hotspots
        Per-cell result. Without incidents, or with the same number in every cell,
        nothing is significant.

    Notes
    -----
    One-sided p with the own cell counted; Benjamini and Hochberg inside the mask.
    A hotspot is a cluster, not a forecast: it holds several times more of the next year's
    incidents than as many random cells, and slightly less than as many of the busiest cells.
    """
    count, left_out = cell_counts(selection, grid, mask)
    around = neighbourhoods(grid, mask, settings.radius_m)
    values = cell_values(count[mask], raw=raw)
    used = int(count[mask].sum())
    z, p = np.full(grid.n_cells, NAN), np.full(grid.n_cells, NAN)
    z[mask], p[mask] = around.scores(values), _chance(values, around, settings)
    q = benjamini_hochberg(p)
    enough = used >= settings.events_min
    significant = enough & (np.nan_to_num(q, nan=1.0) <= settings.q_max)
    by_people = np.full(grid.n_cells, NAN)
    if people is not None and significant.any():
        by_people[mask] = hot_by_people(values, people[mask], around, settings)
    sure = NAN if significant.any() or not enough else power(count[mask], around, settings, raw=raw)
    excluded = together((*selection.excluded, *left_out))
    dominance = Dominance(variance_share(values), variance_share(count[mask].astype(float)))
    return Hotspots(
        count=count,
        z=z,
        p=p,
        q=q,
        significant=significant,
        by_people=by_people,
        mask=mask.copy(),
        first=selection.incident_filter.first,
        last=selection.incident_filter.last,
        raw=raw,
        n_used=used,
        excluded=excluded,
        verdict=_verdict(significant, enough=enough, sure=sure, settings=settings),
        causes=_causes(used, sure, dominance, excluded, settings),
        power=sure,
        dominance=dominance,
        settings=settings,
    )


def _chance(
    values: NDArray[np.float64], around: Neighbourhoods, settings: HotspotNumbers
) -> NDArray[np.float64]:
    """Return the one-sided p of each cell compared."""
    return permutation_tails(
        values, around.sums(values), around.size, n_draws=settings.draws, seed=settings.seed
    ).p_high


def _verdict(
    significant: NDArray[np.bool_], *, enough: bool, sure: float, settings: HotspotNumbers
) -> Verdict:
    """Tell the three answers apart."""
    if significant.any():
        return Verdict.FOUND
    return Verdict.NONE_STANDS_OUT if enough and sure >= settings.power_min else Verdict.CANNOT_TELL


def _causes(
    used: int, sure: float, dominance: Dominance, excluded: tuple[Excluded, ...], settings: HotspotNumbers
) -> tuple[Cause, ...]:
    """Name what weakens the result, in the order of `Cause`."""
    lost = {each.reason: each.count for each in excluded}
    imprecise = lost.get(Exclusion.IMPRECISE_PLACE, 0) + lost.get(Exclusion.DEFAULT_GEOCODE, 0)
    too_few = used < settings.events_min
    holds = {
        Cause.TOO_FEW: too_few,
        Cause.LOW_POWER: sure < settings.power_min,
        Cause.DOMINATED: not too_few and dominance.tested >= settings.dominated_share,
        Cause.MOSTLY_IMPRECISE: imprecise > used,
        Cause.MOSTLY_UNDATED: lost.get(Exclusion.YEAR_ONLY, 0) > used,
    }
    return tuple(cause for cause, met in holds.items() if met)


def cell_counts(
    selection: Selection, grid: Grid, mask: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], tuple[Excluded, ...]]:
    """Count selected incidents per cell, shape (n_cells,), and those outside the area or the mask."""
    points = selection.used.geometry
    cell = grid.cell_at(points.x.to_numpy(), points.y.to_numpy())
    inside = cell >= 0
    count = np.bincount(cell[inside], minlength=grid.n_cells).astype(np.int64)
    outside = (
        (Exclusion.OUTSIDE_AREA, int((~inside).sum())),
        (Exclusion.OUTSIDE_MASK, int(count[~mask].sum())),
    )
    return count, tuple(Excluded(reason, n) for reason, n in outside if n)
