"""How fast can anything go at most, so that what lies too far is told without a search?"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from footprint.travel.kernel import Arcs


@njit(cache=True, nogil=True)
def fastest_kmh(arcs: Arcs, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> float:
    """
    Return the speed of the fastest open arc in a straight line between its ends [km/h].

    Arcs count both ways; 0 without one; inf if some arc between two places takes no time.
    """
    fastest = 0.0
    for node in range(len(arcs.indptr) - 1):
        for arc in range(arcs.indptr[node], arcs.indptr[node + 1]):
            minutes, to = np.float64(arcs.minutes[arc]), arcs.indices[arc]
            if to <= node or minutes == np.inf:
                continue
            east_m, north_m = x_m[node] - x_m[to], y_m[node] - y_m[to]
            # Compared as squares: a root of every arc took longer than all the rest.
            far = east_m * east_m + north_m * north_m
            if far > fastest * minutes * minutes:
                fastest = far / (minutes * minutes) if minutes > 0 else np.inf
    return float(0.06 * np.sqrt(fastest))
