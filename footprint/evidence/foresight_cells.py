"""Foresight on cells: what each rule names among them, told and not judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from footprint.demand import Ground
from footprint.evidence.rules import PER_HEAD, RankingRule, named

EXACT = 1
"""Precision of incidents that are placed in their own cell."""


@dataclass(frozen=True, slots=True, eq=False)
class CellForesight:
    """Every rule that does not tell months apart, on cells instead of cercles, over all years judged."""

    cell_km: float
    """Side of a cell [km]."""
    n_events: int
    """Incidents placed exactly."""
    pooled: Mapping[RankingRule, float]
    """Share of them in the cells that the rule had named [0-1]; NaN without any, or where not known."""


@dataclass(frozen=True, slots=True, eq=False)
class CellNeed:
    """The need of each cell as this tool would have reckoned it at some time, shape (n_cells,) each."""

    threat: NDArray[np.float64]
    blend: NDArray[np.float64]


class OnCells:
    """Counts what each rule names on cells, year by year."""

    def __init__(self, known: gpd.GeoDataFrame, ground: Ground) -> None:
        """
        Begin without any year.

        Parameters
        ----------
        known
            Incidents that count; those placed exactly take part.
        ground
            Cells, and who lives in them.
        """
        exact = known[(known["geo_precision"] == EXACT).to_numpy()]
        grid, self._people = ground.grid, np.nan_to_num(ground.people)
        cell = grid.cell_at(exact.geometry.x.to_numpy(), exact.geometry.y.to_numpy())
        self._cell, self._year = cell[cell >= 0], exact["year"].to_numpy(dtype=np.int64)[cell >= 0]
        self._n_cells, self._n_events, self._cell_km = grid.n_cells, 0, grid.cell_m / 1000
        self._caught: dict[RankingRule, float] = {}

    def add(self, year: int, need: CellNeed, share: float) -> None:
        """Rank the cells by what was known before `year`, and count what fell there in it."""
        events = self._counts(self._year == year)
        scores = {
            RankingRule.LAST_YEAR: self._counts(self._year == year - 1),
            RankingRule.WHOLE_RECORD: self._counts(self._year < year),
            RankingRule.PEOPLE: self._people,
            RankingRule.ALIKE: np.ones(self._n_cells),
            RankingRule.THREAT: need.threat,
            RankingRule.BLEND: need.blend,
        }
        if not self._people.any():
            scores |= {rule: np.full(self._n_cells, np.nan) for rule in scores if rule in PER_HEAD}
        self._n_events += int(events.sum())
        for rule, score in scores.items():
            caught = float((named(score, share) * events).sum())
            self._caught[rule] = self._caught.get(rule, 0.0) + caught

    def found(self) -> CellForesight:
        """Return what was counted."""
        total = self._n_events
        pooled = {rule: caught / total if total else float("nan") for rule, caught in self._caught.items()}
        return CellForesight(self._cell_km, total, pooled)

    def _counts(self, then: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(self._cell[then], minlength=self._n_cells).astype(np.float64)
