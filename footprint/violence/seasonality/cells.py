"""Which months does a cell's threat follow? The profile of its cercle, where that foretold anything."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from footprint.violence.seasonality import SeasonalProfile
from layers.zones import Zones


def cell_profile(profile: SeasonalProfile, districts: Zones) -> NDArray[np.float64]:
    """
    Return the share of a year's threat in each month, cell by cell.

    Parameters
    ----------
    profile
        Seasonal profile by cercle.
    districts
        Shares of the cells in the cercles.

    Returns
    -------
    NDArray
        Shape (n_cells, 12), January first, rows adding up to 1. Every month is alike in a cell whose
        cercle's profile has not earned its place, and in one that is in no cercle.
    """
    position = {unit_id: row for row, unit_id in enumerate(profile.area_ids)}
    order = np.array([position.get(unit_id, -1) for unit_id in districts.unit_ids] + [-1])
    row = order[districts.main_unit]
    need = profile.need
    return np.asarray(np.where((row >= 0)[:, None], need[row], 1 / need.shape[1]))
