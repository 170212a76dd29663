"""What does a map of hotspots say as a whole: some stand out, none does, or nobody can tell?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from footprint.method import HotspotNumbers
from footprint.violence.hotspots.gistar import disc_kernel
from footprint.violence.hotspots.permutation import benjamini_hochberg, permutation_tails

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.violence.hotspots.neighbourhood import Neighbourhoods

LARGEST = 5
"""Cells whose part of the variance is told."""


class Verdict(StrEnum):
    """What a test says of the whole map."""

    FOUND = "found"
    NONE_STANDS_OUT = "none_stands_out"
    CANNOT_TELL = "cannot_tell"


class Cause(StrEnum):
    """What weakens a result, or takes it away."""

    TOO_FEW = "too_few"
    """Fewer precisely placed incidents than anything can be told from."""
    LOW_POWER = "low_power"
    """A real cluster would too often have been missed."""
    DOMINATED = "dominated"
    """Five cells hold most of the variance."""
    MOSTLY_IMPRECISE = "mostly_imprecise"
    """More incidents were left out for their place than were used."""
    MOSTLY_UNDATED = "mostly_undated"
    """More incidents were left out because only their year is known than were used."""


@dataclass(frozen=True, slots=True)
class Dominance:
    """Share of the variance that the five largest cells hold; NaN where all cells are alike."""

    tested: float
    """Of the values tested."""
    counts: float
    """Of the raw counts."""


def variance_share(values: NDArray[np.float64]) -> float:
    """
    Return the share of the variance that the five largest values hold, NaN where there is none.

    Examples
    --------
    >>> round(variance_share(np.array([9.0, 0, 0, 0, 0, 0, 0, 0, 0, 0])), 3)
    0.944
    """
    if not len(values):
        return float("nan")
    apart = (values - values.mean()) ** 2
    total = float(apart.sum())
    return float(apart[np.argsort(values)[-LARGEST:]].sum() / total) if total > 0 else float("nan")


def cell_values(count: NDArray[np.int64], *, raw: bool) -> NDArray[np.float64]:
    """Return what is tested: log(1 + count), or the counts as they are."""
    return count.astype(float) if raw else np.log1p(count)


def power(count: NDArray[np.int64], around: Neighbourhoods, settings: HotspotNumbers, *, raw: bool) -> float:
    """
    Return the chance that this test finds a third of the incidents within 40 km of one place.

    Parameters
    ----------
    count
        Incidents of each cell compared, shape (n_compared,).
    around
        Discs of the test.
    settings
        Share and radius of the cluster, worlds, draws.
    raw
        Whether counts are tested as they are.

    Returns
    -------
    float
        Share of the worlds in which a cell within that radius of the cluster's middle is a hotspot; 0
        where the cells compared have no room for one.

    Notes
    -----
    By simulation. A third of the observed incidents, drawn at random, is thrown over the cells within
    40 km of a cell drawn at random; the counts that remain are dealt out to the other cells
    at random. So the towns that hold the variance keep their counts: where they drown a real cluster, the
    chance is low. Every world holds the same values, so one table of draws serves them all.
    """
    random = np.random.default_rng(settings.seed)
    taken = round(settings.power_share * int(count.sum()))
    rest = count - random.multivariate_hypergeometric(count, taken)
    disc = disc_kernel(1000 * settings.power_radius_km / around.cell_m)
    thrown = np.bincount(random.integers(0, int(disc.sum()), taken))
    cluster, rest = thrown[thrown > 0], rest[rest > 0]
    near, worlds = [], np.zeros((settings.power_worlds, len(count)), np.int64)
    if not len(cluster) or len(cluster) + len(rest) > len(count):
        return 0.0
    for world in worlds:
        cells = around.within(int(random.integers(len(count))), disc)
        if len(cells) < len(cluster):
            # At a corner of the area there may be no room for it: it is not found there.
            near.append(cells[:0])
            continue
        world[random.choice(cells, len(cluster), replace=False)] = cluster
        world[random.choice(np.flatnonzero(world == 0), len(rest), replace=False)] = rest
        near.append(cells)
    return _hit_share(cell_values(worlds, raw=raw), near, around, settings)


def _hit_share(
    values: NDArray[np.float64],
    near: list[NDArray[np.int64]],
    around: Neighbourhoods,
    settings: HotspotNumbers,
) -> float:
    """Return the share of worlds of equal values with a hotspot among the cells named."""
    full = next((world for world, cells in zip(values, near, strict=True) if len(cells)), None)
    if full is None:
        return 0.0
    tails = permutation_tails(
        full, around.sums(values), around.size, n_draws=settings.draws, seed=settings.seed
    )
    hits = [
        bool((benjamini_hochberg(p)[cells] <= settings.q_max).any())
        for p, cells in zip(tails.p_high, near, strict=True)
    ]
    return float(np.mean(hits))
