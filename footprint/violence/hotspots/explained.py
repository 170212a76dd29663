"""Is a place hot because many people live there? Worlds with the same counts, dealt out by people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from footprint.method import HotspotNumbers
from footprint.violence.hotspots.permutation import benjamini_hochberg, permutation_tails

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.violence.hotspots.neighbourhood import Neighbourhoods


def hot_by_people(
    values: NDArray[np.float64],
    people: NDArray[np.float64],
    around: Neighbourhoods,
    settings: HotspotNumbers,
) -> NDArray[np.float64]:
    """
    Return in which share of worlds each cell is a hotspot if its people alone decide where counts fall.

    Parameters
    ----------
    values
        Values tested, shape (n_compared,).
    people
        People of each cell compared, shape (n_compared,) [persons].
    around
        Discs of the test.
    settings
        Worlds, draws, accepted rate.

    Returns
    -------
    NDArray
        Share, shape (n_compared,). Each world has the same values as the map, in cells
        drawn by people, no cell twice; it is tested as the map is.
    """
    random = np.random.default_rng(settings.seed)
    shape = (settings.people_worlds, len(values))
    with np.errstate(divide="ignore"):
        # The largest of log(people) + Gumbel noise: drawn by people, without replacement (Efraimidis 2006).
        keys = np.log(people) + random.gumbel(size=shape)
    held = values[values > 0]
    worlds = np.zeros(shape)
    if len(held):
        chosen = np.argpartition(-keys, min(len(held), len(values)) - 1, axis=1)[:, : len(held)]
        np.put_along_axis(worlds, chosen, random.permuted(np.tile(held, (len(worlds), 1)), axis=1), axis=1)
    tails = permutation_tails(
        values, around.sums(worlds), around.size, n_draws=settings.draws, seed=settings.seed
    )
    hot = [benjamini_hochberg(p) <= settings.q_max for p in tails.p_high]
    return np.asarray(np.mean(hot, axis=0))
