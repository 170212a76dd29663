"""Master of staggering: stays on a circle of months, and what each month comes to at most, in HiGHS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from footprint.options.relaxation import SCALE
from footprint.options.stagger_question import MONTHS, Staggering
from footprint.options.stagger_stays import Stays
from footprint.options.whole_model import INF, WholeModel

Terms = Iterable[tuple[int, float]]
"""Variables and their weights in a row."""


class StayMaster(WholeModel):
    """
    Raise what is asked over stays.

    Variables are the stays; whether a unit is at each place in each month, which is a sum of stays; what
    each month comes to [units of 1e-4], which whoever uses this bounds from above; the worst season; and
    what is added later. Only stays have to be whole: then all else is.
    """

    def __init__(
        self, stays: Stays, asked: Staggering, usable: NDArray[np.bool_], seasons: Sequence[tuple[int, ...]]
    ) -> None:
        """
        Write down what stays can be made together, and what is raised.

        Parameters
        ----------
        stays
            All that could be made.
        asked
            How many units there are, and how mean and worst season count.
        usable
            Whether each place can be used in each month, shape (n_places, 12).
        seasons
            Months (1-12) of each season.
        """
        super().__init__()
        self._n_stays = len(stays)
        self.add_variables(self._n_stays, np.ones(self._n_stays))
        for month in range(MONTHS):
            taking = np.flatnonzero(stays.load[:, month]).tolist()
            self.row(-INF, asked.units, ((stay, float(stays.load[stay, month])) for stay in taking))
        self.at = np.full(usable.shape, -1, dtype=np.int64)
        """Variable of a unit at each place in each month; -1 where none can be, shape (n_places, 12)."""
        for place, month in np.argwhere(usable).tolist():
            self.at[place, month] = column = self.add_variables(1, np.ones(1))
            own = np.flatnonzero((stays.place == place) & stays.at[:, month]).tolist()
            self.row(0.0, 0.0, [(column, -1.0), *((stay, 1.0) for stay in own)])
        self.month = self.add_variables(MONTHS, np.full(MONTHS, 10 * SCALE))
        """Variable of what January comes to; the other months follow."""
        cost = [(self.month + month, asked.mean_share / MONTHS) for month in range(MONTHS)]
        if asked.mean_share < 1:
            worst = self.add_variables(1, np.full(1, 10 * SCALE))
            cost.append((worst, 1 - asked.mean_share))
            for season in seasons:
                terms = ((self.month + month - 1, -1.0 / len(season)) for month in season)
                self.row(-INF, 0.0, [(worst, 1.0), *terms])
        for column, weight in cost:
            self._solver.changeColCost(column, weight)

    def add_variables(self, number: int, upper: NDArray[np.float64]) -> int:
        """Add variables from nought up to bounds, and return the first."""
        first = int(self._solver.getNumCol())
        self._solver.addVars(number, np.zeros(number), upper)
        return first

    def row(self, lower: float, upper: float, terms: Terms) -> None:
        """Add a row over variables."""
        pairs = list(terms)
        columns = np.array([column for column, _ in pairs], dtype=np.int32)
        weights = np.array([weight for _, weight in pairs], dtype=float)
        self._solver.addRow(lower, upper, len(columns), columns, weights)

    def whole(self) -> None:
        """Stays are made or not from now on, not in part."""
        self._make_whole(self._n_stays)

    def stays(self) -> tuple[int, ...]:
        """Return the stays that the last run makes."""
        return tuple(np.flatnonzero(self.values()[: self._n_stays] > 0.5).tolist())  # noqa: PLR2004 whole

    def start_from(self, chosen: tuple[int, ...]) -> None:
        """Tell the solver of stays to begin with."""
        made = np.zeros(self._n_stays)
        made[list(chosen)] = 1.0
        self._solver.setSolution(self._n_stays, np.arange(self._n_stays, dtype=np.int32), made)

    def leave_out(self, below: float) -> int:
        """
        Fix at nought what cannot be in any choice of stays that comes to more than `below`.

        To be asked after a run of the model with stays in part. A variable at nought whose reduced cost
        takes the objective there below what is known to be had has no place in anything better.
        """
        solution = self._solver.getSolution()
        value, price = np.array(solution.col_value), np.array(solution.col_dual)
        limit = self.objective * SCALE
        gone = np.flatnonzero((value <= 0) & (limit - np.abs(price) < below * SCALE - 1e-6))
        mine = gone[(gone < self._n_stays) | (gone > self.month + MONTHS)]
        zeros = np.zeros(len(mine))
        self._solver.changeColsBounds(len(mine), mine.astype(np.int32), zeros, zeros)
        return len(mine)
