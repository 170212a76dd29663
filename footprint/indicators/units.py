"""Units: what figures are given for, and how much of each cell lies in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from footprint.language import msgid

if TYPE_CHECKING:
    # `Level` stands in documents, whose schemas are printed without the weight of these.
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
    from scipy import sparse


OUTSIDE = msgid("not known: mostly outside the outline of this area")
"""Why no figure of a unit is known of which less than half lies in the outline (`layers.inside`)."""


OUTSIDE_NAME = msgid("{name} (mostly outside the outline of this area)")
"""How such a unit is called where its figures are missing, so that the reason stands beside them."""


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
    outside: NDArray[np.bool_] = field(repr=False)
    """Units that lie mostly outside the area: no figure of them is known, shape (n_units,)."""

    def known(self, people: NDArray[np.float64]) -> NDArray[np.bool_]:
        """
        Tell of which units the people of any cell are known, or that have no cell at all, shape (n_units,).

        Of a unit that lies mostly outside the area they never are.

        Parameters
        ----------
        people
            People of each cell [persons], NaN where unknown, shape (n_cells,).
        """
        # A number where both are numbers, so that this module loads without numpy.
        held: NDArray[np.float64] = self.shares @ (people == people).astype(float)  # noqa: PLR0124
        whole: NDArray[np.float64] = self.shares.sum(axis=1)
        return ((held > 0) | (whole <= 0)) & ~self.outside
