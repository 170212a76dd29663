"""Which months does a cell's threat follow? The shrunk seasonal profile of its cercle, cell by cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from footprint.violence.seasonality import SeasonalProfile
from layers.zones import Zones


def cell_profile(profile: SeasonalProfile, districts: Zones) -> NDArray[np.float64]:
    """
    Return the share of a year's incidents in each month, cell by cell.

    Parameters
    ----------
    profile
        Seasonal profile by cercle.
    cercles
        Shares of the cells in the cercles.

    Returns
    -------
    NDArray
        Shape (n_cells, 12), January first, rows adding up to 1. A cell in no cercle
        follows the nation.
    """
    position = {unit_id: row for row, unit_id in enumerate(profile.area_ids)}
    order = np.array([position.get(unit_id, -1) for unit_id in districts.unit_ids] + [-1])
    row = order[districts.main_unit]
    return np.where((row >= 0)[:, None], profile.share[row], profile.national)
