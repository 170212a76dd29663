"""Why is a cell not reached?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from footprint.travel.connectors import sources
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.reach import components
from layers.months import ALL_MONTHS

if TYPE_CHECKING:
    from footprint.travel.connectors import Connector
    from footprint.travel.network import Network
    from footprint.travel.weights import Weights


class Reason(IntEnum):
    """What stands between the sites and a cell."""

    REACHED = 0
    OUT_OF_RANGE = 1
    """There is a way, but it takes longer than the limit."""
    CUT_OFF_THIS_MONTH = 2
    """There is no way this month, but there is in another."""
    NO_ROUTE = 3
    """There is no way in any month."""
    SNAPPED_TOO_FAR = 4
    """Only sites without a road within the snapping limit have a way; from a road it might be in range."""
    OUTSIDE_DAY_LIMIT = 5
    """In range, but not by daylight (there, or there and back)."""


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """In which months any site has a way to each cell, however long; bit m-1 for m, shape (n_cells,)."""

    joined: NDArray[np.uint16]
    """From sites joined to a road."""
    snapped: NDArray[np.uint16]
    """From sites too far from any road."""


def route_months(
    network: Network, weights: Sequence[Weights], connectors: Sequence[Connector], *, months: int = ALL_MONTHS
) -> Routes:
    """
    Find in which months any site has a way to each cell.

    Parameters
    ----------
    network
        What can be travelled.
    weights
        Minutes of each group of months asked about, of one profile.
    connectors
        How each site joins the network.
    months
        Months in which the sites are there, bit m-1 for m.

    Returns
    -------
    Routes
        Masks of the months of `weights` among `months`; no bits without sites.

    Notes
    -----
    By connected parts of the network in each group of months, without any search.
    """
    masks = np.zeros((2, network.grid.n_cells), np.uint16)
    for of_group in weights:
        if of_group.months & months:
            has = _has_route(network, of_group, connectors)
            masks |= has.astype(np.uint16) * np.uint16(of_group.months & months)
    return Routes(masks[0], masks[1])


def reasons(
    minutes: NDArray[np.float32],
    routes: Routes,
    month: int,
    limit_min: float,
    day_limit_min: float | NDArray[np.float32] = np.inf,
) -> NDArray[np.int8]:
    """
    Say for each cell whether it is reached, and if not, why.

    Parameters
    ----------
    minutes
        Time from the nearest site in `month` [min], inf where unknown or none, shape (n_cells,).
    routes
        Months in which each cell has a way, from `route_months` over all twelve.
    month
        1-12.
    limit_min
        Longest time [min], inclusive.
    day_limit_min
        Longest way out by daylight [min], one or per cell; see `air.day_limit_min`.

    Returns
    -------
    NDArray
        `Reason` of each cell, int8, shape (n_cells,).
    """
    bit = np.uint16(1 << (month - 1))
    in_range = minutes <= limit_min + TOLERANCE_MIN
    by_day = minutes <= np.asarray(day_limit_min) + TOLERANCE_MIN
    any_month = (routes.joined | routes.snapped) > 0
    return np.select(
        [
            in_range & by_day,
            in_range,
            (routes.joined & bit) > 0,
            (routes.snapped & bit) > 0,
            any_month,
        ],
        [
            Reason.REACHED,
            Reason.OUTSIDE_DAY_LIMIT,
            Reason.OUT_OF_RANGE,
            Reason.SNAPPED_TOO_FAR,
            Reason.CUT_OFF_THIS_MONTH,
        ],
        Reason.NO_ROUTE,
    ).astype(np.int8)


def _has_route(network: Network, weights: Weights, connectors: Sequence[Connector]) -> NDArray[np.bool_]:
    """Tell which cells share a part with a joined site, and with a snapped one, shape (2, n_cells)."""
    part = components(weights)
    cell_part = part[network.cell_node]
    has = np.zeros((2, network.grid.n_cells), bool)
    for row, snapped in enumerate((False, True)):
        chosen = [connector for connector in connectors if connector.snapped_too_far is snapped]
        nodes = [sources(connector, weights).nodes for connector in chosen]
        if nodes:
            has[row] = np.isin(cell_part, np.unique(part[np.concatenate(nodes)]))
            has[row, [connector.cell for connector in chosen]] = True
    return has
