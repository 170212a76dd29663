"""Need under a draw: incidents of another half-life, place and pull, exactly as a review would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from footprint.demand import MONTHS, Pull, incident_weights, threat
from footprint.demand.threat import PRECISE
from footprint.objectives import Measure
from footprint.prepared import Prepared, ground_of
from footprint.uncertainty.draws import Draw
from footprint.violence.counted import counted_incidents

_LONG_DAYS = 1e6
"""A half-life under which every incident weighs something: how it is spread does not depend on it."""


class DrawnNeed:
    """
    Need of every measure under any draw.

    Notes
    -----
    How an incident is spread depends on neither its age nor its weight, so the spread of all of them is
    one sparse matrix and a draw weighs its columns. Of incidents placed precisely a draw moves the place;
    those placed less well are spread over where they may have been already. One that would leave the area,
    or the cells whose people are known, stays where it was. What is left is one sum over the
    neighbourhood, 5 ms for the bundled case; so each draw has its own and there is nothing to
    interpolate: the numbers are a review's. With the calendar in use it is one sum a month.
    """

    def __init__(self, prepared: Prepared, profile: NDArray[np.float64] | None) -> None:
        """
        Spread every incident once.

        Parameters
        ----------
        prepared
            The area.
        profile
            The calendar that its threat follows, as for `footprint.prepared.prepare`; None without.
        """
        area, self._numbers = prepared.area, prepared.method.demand
        self._ground = ground_of(area, prepared.regions, prepared.districts)
        self._kappa = prepared.demand.kappa.thousand
        self._pull = Pull(self._ground, self._numbers, self._kappa)
        self._season = None if profile is None else MONTHS * profile
        self._day, self._method = area.frame_date, prepared.method
        # By identifier, so that the order of rows does not decide which is moved where.
        incidents = counted_incidents(area.incidents).incidents.sort_index()
        self._precise = incidents[incidents["geo_precision"] == PRECISE]
        vague = incidents[incidents["geo_precision"] > PRECISE]
        self._vague, spread = self._spread(vague)
        self._spread_of = spread
        self._home = self._cells_at(np.zeros((len(self._precise), 2)))

    def _spread(self, vague: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, sparse.csr_array[np.float64]]:
        """Return the incidents of one place and precision as they are spread, by one of each."""
        numbers = replace(self._numbers, half_life_days=_LONG_DAYS)
        weight = incident_weights(vague, numbers=numbers, day=self._day)
        vague = vague[weight > 0]
        keys = list(zip(vague["geo_precision"], vague.geometry.x, vague.geometry.y, strict=True))
        column = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        self._column = np.array([column[key] for key in keys], dtype=np.int64)
        columns = []
        for number in range(len(column)):
            one = vague.iloc[[int(np.flatnonzero(self._column == number)[0])]]
            own = incident_weights(one, numbers=numbers, day=self._day)[0]
            spread = threat(one, self._ground, numbers=numbers, frame_date=self._day).whole / own
            columns.append(sparse.csc_array(spread[:, None]))
        if not columns:
            return vague, sparse.csr_array((self._ground.grid.n_cells, 0))
        return vague, sparse.hstack(columns).tocsr()

    def _cells_at(self, moved_km: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the cell of each precise incident where it is moved to, -1 where no people are known."""
        grid, places = self._ground.grid, self._precise.geometry
        x_m, y_m = places.x.to_numpy() + 1000 * moved_km[:, 0], places.y.to_numpy() + 1000 * moved_km[:, 1]
        cell = grid.cell_at(x_m, y_m).astype(np.int64)
        return np.where((cell >= 0) & self._ground.known[cell], cell, -1)

    def weight(self, half_life_days: float, draw: Draw) -> NDArray[np.float64]:
        """Return the weight of incidents in each cell, shape (n_cells,)."""
        numbers = replace(self._numbers, half_life_days=half_life_days)
        cell = self._cells_at(draw.moved_km(len(self._precise)))
        # Who was left out stays so; who would leave stays in place.
        cell = np.where((cell < 0) | (self._home < 0), self._home, cell)
        own = incident_weights(self._precise, numbers=numbers, day=self._day)
        n_cells, there = self._ground.grid.n_cells, cell >= 0
        spread = np.bincount(cell[there], own[there], minlength=n_cells).astype(np.float64)
        vague = incident_weights(self._vague, numbers=numbers, day=self._day)
        total = np.bincount(self._column, vague, minlength=self._spread_of.shape[1])
        return np.asarray(spread + self._spread_of @ total)

    def surfaces(self, draw: Draw, measures: Sequence[Measure]) -> NDArray[np.float64]:
        """
        Return the need of each measure, which adds up to 1 over the area in each month.

        Returns
        -------
        ndarray
            Shape (n_measures, 1, n_cells) where every month is alike, else (n_measures, 12, n_cells).
        """
        changes = draw.changes(self._method)
        whole = self.weight(changes["demand.half_life_days"], draw)
        factor = changes["demand.shrinkage_factor"] / self._numbers.shrinkage_factor
        pull = self._pull.under(self._kappa * factor)
        months = [whole] if self._season is None else list((whole[:, None] * self._season).T)
        rate = np.where(self._ground.known, np.stack([pull.rate(each) for each in months]), 0.0)
        people = np.nan_to_num(self._ground.people)
        by_people, by_threat = _shares(np.broadcast_to(people, rate.shape)), _shares(rate * people)
        alpha = {Measure.PEOPLE: 1.0, Measure.THREAT: 0.0, Measure.BLEND: changes["demand.people_share"]}
        return np.stack(
            [_shares(alpha[each] * by_people + (1 - alpha[each]) * by_threat) for each in measures]
        )


def _shares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    total = values.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(values, total, out=np.zeros(values.shape), where=total > 0))
