"""
Subsets: what every choice among known stations comes to, all of them at once.

In any one cell only the few stations count that get there, or evacuate from it. So the cells are
sorted by who counts in them, and each such *game* is played out in full: 2^k choices of its k
stations instead of 2^n of all. What all cells together come to under any choice, each station's
Shapley share, and the mean if stations close by chance are sums over games, and exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from math import comb

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

from footprint.coverage.footprints import fill_levels
from footprint.coverage.orders import Estimate, expected_by_draws, shapley_by_orders
from footprint.coverage.packing import Rows
from footprint.coverage.portfolios import Portfolios

MOST_PLAYERS = 16
"""Stations of a game that is played out in full: 65,536 choices. Cells in which more count are sampled."""

DEPTHS = 4
"""Losses it takes until a cell is no longer reached: none (it is not reached), one, two, three or more."""


_MORE = DEPTHS - 1


@dataclass(frozen=True, slots=True, eq=False)
class Game:
    """The cells in which the same stations count, under one bundle."""

    players: NDArray[np.int64]
    """Stations that count, ascending, shape (k,)."""
    columns: NDArray[np.int64]
    """Figures that these cells take part in, shape (n_columns,)."""
    values: NDArray[np.float64] = field(repr=False)
    """What they add to each under every choice; bit i of its number is station i, (n_columns, 2^k)."""

    def chosen(self, stands: NDArray[np.bool_]) -> int:
        """Return the number of a choice, given whether each of all stations stands."""
        return int((stands[self.players] << np.arange(len(self.players))).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Subsets:
    """Every choice among known stations."""

    n_stations: int
    bundles: tuple[str, ...]
    """In the order of the first axis of every answer."""
    known: NDArray[np.bool_] = field(repr=False)
    """Whether each figure has any need at all; else every answer is NaN, shape (n_figures,)."""
    games: tuple[tuple[Game, ...], ...] = field(repr=False)
    """By bundle."""
    rest: Portfolios | None = field(repr=False)
    """Cells in which too many stations count for a game; None where every answer is exact."""
    depths: NDArray[np.float64] = field(repr=False)
    """
    Weight of the cells that fall below the threshold with the loss of 0 (they lie below it), 1, 2, and 3
    or more stations, whichever these are, shape (n_bundles, n_figures, 4).
    """

    def __repr__(self) -> str:
        """Say how many games are played, and how large they are."""
        sizes = [len(game.players) for own in self.games for game in own]
        return (
            f"Subsets({self.n_stations} stations, {len(self.known)} figures; {len(sizes)} games of up to "
            f"{max(sizes, default=0)}; {'all exact' if self.rest is None else 'some cells sampled'})"
        )

    def figures(self, chosen: Iterable[int]) -> NDArray[np.float64]:
        """Return what a choice of stations comes to, shape (n_bundles, n_figures); exact in any case."""
        stands = np.zeros(self.n_stations, dtype=bool)
        stands[list(chosen)] = True
        result = self._zeros()
        for number, game in self._all():
            result[number, game.columns] += game.values[:, game.chosen(stands)]
        if self.rest is not None:
            result += np.nan_to_num(self.rest.figures(np.flatnonzero(stands).tolist()))
        return self._told(result)

    def without_each(self) -> NDArray[np.float64]:
        """Return what is left without each station, shape (n_stations, n_bundles, n_figures)."""
        everyone = range(self.n_stations)
        rows = [self.figures(other for other in everyone if other != gone) for gone in everyone]
        return np.array(rows).reshape(self.n_stations, *self._zeros().shape)

    def every(self, bundle: int, figure: int) -> NDArray[np.float64]:
        """
        Return one figure under every choice, shape (2^n_stations,).

        Bit i of a choice's number says whether station i stands. For up to some 20 stations: each more
        doubles it.
        """
        numbers = np.arange(1 << self.n_stations)
        result = np.zeros(len(numbers))
        for game in self.games[bundle]:
            at = np.flatnonzero(game.columns == figure)
            if len(at):
                own = np.zeros(len(numbers), dtype=np.int64)
                for bit, station in enumerate(game.players):
                    own |= (numbers >> station & 1) << bit
                result += game.values[at[0]][own]
        if self.rest is not None:
            for number in numbers.tolist():
                chosen = [station for station in range(self.n_stations) if number >> station & 1]
                result[number] += np.nan_to_num(self.rest.figures(chosen))[bundle, figure]
        return result if self.known[figure] else np.full(len(numbers), np.nan)

    def shapley(self) -> Estimate:
        """
        Return each station's Shapley share of every figure, shape (n_stations, n_bundles, n_figures).

        Its mean gain over every order in which the stations could have been opened. Shares add up to
        the figure with all of them. Their standard error is 0 where all is exact.
        """
        result = np.zeros((self.n_stations, *self._zeros().shape))
        for number, game in self._all():
            result[game.players[:, None], number, game.columns] += (
                _marginals(len(game.players)) @ game.values.T
            )
        sampled = None if self.rest is None else shapley_by_orders(self.rest, self.n_stations)
        return self._with(result, sampled)

    def expected(self, open_shares: NDArray[np.float64]) -> Estimate:
        """
        Return every figure's mean if stations close independently, shape (n_bundles, n_figures).

        Parameters
        ----------
        open_shares
            Probability that each station is open [0-1], shape (n_stations,).
        """
        shares = np.asarray(open_shares, dtype=np.float64)
        result = self._zeros()
        for number, game in self._all():
            result[number, game.columns] += game.values @ _chances(shares[game.players])
        return self._with(result, None if self.rest is None else expected_by_draws(self.rest, shares))

    def _all(self) -> Iterator[tuple[int, Game]]:
        for number, own in enumerate(self.games):
            for game in own:
                yield number, game

    def _zeros(self) -> NDArray[np.float64]:
        return np.zeros((len(self.bundles), len(self.known)))

    def _told(self, result: NDArray[np.float64]) -> NDArray[np.float64]:
        result[..., ~self.known] = np.nan
        return result

    def _with(self, result: NDArray[np.float64], sampled: Estimate | None) -> Estimate:
        if sampled is None:
            return Estimate(self._told(result), np.zeros_like(result))
        return Estimate(self._told(result + sampled.value), sampled.error)


@cache
def _marginals(count: int) -> NDArray[np.float64]:
    """Return by how much a choice's value counts in each player's share, shape (count, 2^count)."""
    numbers = np.arange(1 << count)
    others = np.bitwise_count(numbers).astype(np.int64)
    # |T|! (k - |T| - 1)! / k!, for a player that joins |T| others.
    weight = np.array([1.0 / (count * comb(count - 1, size)) for size in range(count)] or [0.0])
    there = (numbers[None, :] >> np.arange(count)[:, None] & 1).astype(bool)
    joins = weight[np.maximum(others - 1, 0)]
    stays = -weight[np.minimum(others, max(count - 1, 0))]
    return np.asarray(np.where(there, joins, stays))


def _chances(open_shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of every choice, shape (2^k,)."""
    chances = np.ones(1)
    for share in open_shares:
        chances = np.concatenate([chances * (1.0 - share), chances * share])
    return chances


def subsets(choices: Portfolios, *, threshold: float, most_players: int = MOST_PLAYERS) -> Subsets:
    """
    Play out every choice among known stations.

    Parameters
    ----------
    choices
        The stations, and the figures wanted.
    threshold
        Level from which a cell counts as reached, inclusive [0-1].
    most_players
        Stations of a game that is played out in full; where more count in a cell, it is sampled.

    Returns
    -------
    Subsets
        The same values, bit for bit in each cell, as `choices` reckons one choice at a time.
    """
    games, depths, rest = [], [], []
    for number, rows in enumerate(choices.rows):
        own, depth, left = _played(choices, number, rows, (threshold, most_players))
        games.append(own)
        depths.append(depth)
        rest.append(left)
    more = any(len(left) for left in rest)
    remaining = choices.only(rest) if more else None
    found = np.stack(depths)
    if remaining is not None:
        found += _depths_of(remaining, threshold)
    # What no row tells of is out of everybody's reach.
    found[..., 0] = np.maximum(choices.whole - found[..., 1:].sum(axis=2), 0.0)
    found[:, ~choices.known] = np.nan
    return Subsets(
        n_stations=len(choices.flown.is_open),
        bundles=choices.bundles,
        known=choices.known,
        games=tuple(games),
        rest=remaining,
        depths=found,
    )


def _played(
    choices: Portfolios, number: int, rows: Rows, limits: tuple[float, int]
) -> tuple[tuple[Game, ...], NDArray[np.float64], NDArray[np.int64]]:
    """Return the games of a bundle, the weight by depth, and the rows in which too many stations count."""
    threshold, most = limits
    flown, n_stations = choices.flown, len(choices.flown.is_open)
    flights = (
        (flown.out.station, flown.out.ready_min, flown.out.chance, flown.out.flight_min),
        (flown.back.station, flown.back.ready_min, flown.back.chance, flown.back.flight_min),
        (flown.pick_up_min, flown.limit_min, flown.availability),
        (rows.group, choices.used[number], flown.is_open),
    )
    counts = np.zeros((len(rows.group), n_stations), dtype=bool)
    station = np.repeat(np.arange(n_stations), np.diff(rows.start))
    counts[rows.entry_row, station] = True
    if rows.relay >= 0:
        _mark_flights(flights, counts)
    order = np.argsort(rows.entry_row, kind="stable")
    begin = np.searchsorted(rows.entry_row[order], np.arange(len(rows.group) + 1))
    entries = (begin, station[order], np.ascontiguousarray(rows.entry_miss[order]), rows.own, rows.relay)
    by_row = sparse.csr_array(rows.weights.T.tocsr())
    weights = (by_row.indptr, by_row.indices, by_row.data)
    depth = np.zeros((len(choices.known), DEPTHS))
    kinds, of_row = np.unique(np.packbits(counts, axis=1), axis=0, return_inverse=True)
    games, left = [], []
    for kind, at in enumerate(_grouped(of_row.ravel(), len(kinds))):
        players = np.flatnonzero(np.unpackbits(kinds[kind], count=n_stations))
        if len(players) > most:
            left.append(at)
            continue
        columns = np.unique(np.concatenate([by_row.indices[s:e] for s, e in _spans(by_row, at)]))
        place = np.zeros(len(choices.known), dtype=np.int64)
        place[columns] = np.arange(len(columns))
        values = np.zeros((len(columns), 1 << len(players)))
        _play((players, at, place), (entries, weights), flights, (rows.rule.how, threshold), values, depth)
        games.append(Game(players, columns, values))
    return tuple(games), depth, np.concatenate([np.zeros(0, np.int64), *left])


def _spans(by_row: sparse.csr_array[np.float64], at: NDArray[np.int64]) -> list[tuple[int, int]]:
    return list(zip(by_row.indptr[at].tolist(), by_row.indptr[at + 1].tolist(), strict=True))


def _grouped(of_row: NDArray[np.int64], n_kinds: int) -> list[NDArray[np.int64]]:
    """Return the rows of each kind, ascending."""
    if not n_kinds:
        return []
    order = np.argsort(of_row, kind="stable")
    return np.split(order, np.searchsorted(of_row[order], np.arange(1, n_kinds)))


def _depths_of(rest: Portfolios, threshold: float) -> NDArray[np.float64]:
    """Return the weight by depth of rows that are not played out, by taking one and two stations away."""
    n_stations, least = len(rest.flown.is_open), np.float32(threshold)
    found = np.zeros((len(rest.bundles), len(rest.known), DEPTHS))
    for number, rows in enumerate(rest.rows):
        if not len(rows.group):
            continue

        def reached(*gone: int, number: int = number) -> NDArray[np.bool_]:
            left = (each for each in range(n_stations) if each not in gone)
            return np.asarray(rest.levels(number, left) >= least)

        depth = np.where(reached(), _MORE, 0)
        for first in range(n_stations):
            for second in range(first + 1, n_stations):
                depth[~reached(first, second) & (depth == _MORE)] = _MORE - 1
        for first in range(n_stations):
            depth[~reached(first) & (depth > 1)] = 1
        for each in range(DEPTHS):
            found[number, :, each] = rows.weights @ (depth == each).astype(np.float64)
    return found


@njit(cache=True, nogil=True)
def _mark_flights(flights, counts):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Mark in each row the stations of helicopters and surgeries that evacuate in time together."""
    out, back, _, _ = flights
    for row in range(counts.shape[0]):
        for fly in range(len(out[0])):
            for mend in range(len(back[0])):
                if _in_time(flights, row, fly, mend):
                    counts[row, out[0][fly]] = True
                    counts[row, back[0][mend]] = True


@njit(cache=True, nogil=True)
def _in_time(flights, row, fly, mend):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Tell whether a helicopter and a surgery evacuate from a row's cell in time, as a portfolio does."""
    out, back, (pick_up_min, limit_min, _), (group, used, is_open) = flights
    if not (is_open[out[0][fly], group[row]] and is_open[back[0][mend], group[row]]):
        return False
    there = out[3][fly, used[row]] + out[1][fly] + pick_up_min
    return np.float32(max(there + back[3][mend, used[row]], back[1][mend])) <= limit_min


@njit(cache=True, nogil=True)
def _play(game, packed, flights, rule, values, depth):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Add to `values` and `depth` what the rows of one game come to under every choice of its players."""
    (players, rows, place), (how, threshold) = game, rule
    (begin, station, miss, own, relay), (indptr, column, weight) = packed
    count, size, one = len(players), 1 << len(players), np.float32(1)
    n_slots = len(how[0])
    chances, levels = np.empty((n_slots, size), dtype=np.float32), np.empty(size, dtype=np.float32)
    slots, missed = np.arange(n_slots), np.empty((count, len(own)), dtype=np.float32)
    for row in rows:
        missed[:] = one
        for at in range(begin[row], begin[row + 1]):
            missed[np.searchsorted(players, station[at])] = miss[at]
        for number in range(len(own)):
            left = chances[own[number]]
            left[0] = one
            for player in range(count):
                half = 1 << player
                # In ascending order of stations, as a review joins them.
                for choice in range(half):
                    left[half + choice] = left[choice] * missed[player, number]
            for choice in range(size):
                left[choice] = one - left[choice]
        if relay >= 0:
            _fly(players, flights, row, chances[relay])
        fill_levels(slots, how, chances, levels)
        fewest = _fewest(levels, np.float32(threshold), count)
        for at in range(indptr[row], indptr[row + 1]):
            depth[column[at], fewest] += weight[at]
            into = values[place[column[at]]]
            for choice in range(size):
                into[choice] += levels[choice] * weight[at]


@njit(cache=True, nogil=True)
def _fly(players, flights, row, evacuated):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Fill `evacuated` with the chance of evacuation under every choice: that of its likeliest pair."""
    out, back, limits, _ = flights
    evacuated[:] = np.float32(0)
    for fly in range(len(out[0])):
        for mend in range(len(back[0])):
            if _in_time(flights, row, fly, mend):
                pair = 1 << np.searchsorted(players, out[0][fly])
                pair |= 1 << np.searchsorted(players, back[0][mend])
                chance = out[2][fly] * back[2][mend]
                evacuated[pair] = max(evacuated[pair], chance)
    for player in range(len(players)):
        bit = 1 << player
        for choice in range(len(evacuated)):
            if choice & bit:
                evacuated[choice] = max(evacuated[choice], evacuated[choice ^ bit])
    for choice in range(len(evacuated)):
        evacuated[choice] *= limits[2]


@njit(cache=True, nogil=True)
def _fewest(levels, threshold, count):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Return how few losses take a cell below the threshold, 3 for three or more; 0 if it lies below it."""
    if levels[-1] < threshold:
        return 0
    fewest = _MORE
    for choice in range(len(levels)):
        if levels[choice] < threshold:
            lost = count
            rest = choice
            while rest:
                rest &= rest - 1
                lost -= 1
            fewest = min(fewest, lost)
    return fewest
