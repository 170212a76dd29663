"""Units: what figures are given for, and how much of each cell lies in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # `Level` stands in documents, whose schemas are printed without the weight of these.
    import numpy as np
    import pandas as pd
    from scipy import sparse


class Level(StrEnum):
    """What a row of figures is about."""

    AREA = "area"
    REGION = "region"
    DISTRICT = "cercle"
    OBJECTIVE = "objective"


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Units that figures are given for, with the share of each cell in each."""

    frame: pd.DataFrame = field(repr=False)
    """Columns `level`, `unit_id`, `name`, one row per unit."""
    shares: sparse.csr_array[np.float64] = field(repr=False)
    """Share of each cell in each unit, shape (n_units, n_cells)."""
