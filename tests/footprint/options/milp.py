"""
Another exact model of a world's question, for scipy's solver: every pattern of choices around every row.

A row's level is fixed once one knows what each place around it does there. So each pattern of these has a
share of its own, shares add up to one and to those of the choices they consist of, and level is linear in
them. It grows with the places around a row, and shares no line with the model of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, product

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from layers.months import ALL_MONTHS
from tests.footprint.options.small import BUNDLES, KINDS, REGIONS, RELAY, Act, World

MOST_PATTERNS = 5_000
INFEASIBLE = 2


class TooManyPatternsError(Exception):
    """A row has more places around it than this model can hold."""


class _Model:
    def __init__(self) -> None:
        self.cost: list[float] = []
        self.whole: list[int] = []
        self.upper: list[float] = []
        self.rows: list[tuple[Mapping[int, float], float, float]] = []

    def variable(self, *, whole: bool = False, upper: float = 1.0) -> int:
        self.cost.append(0.0)
        self.whole.append(int(whole))
        self.upper.append(upper)
        return len(self.cost) - 1

    def row(self, terms: Mapping[int, float], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def best(self) -> float | None:
        data = [
            (row, column, weight)
            for row, (own, _, _) in enumerate(self.rows)
            for column, weight in own.items()
        ]
        at, columns, weights = (list(part) for part in zip(*data, strict=True))
        matrix = sparse.csr_array((weights, (at, columns)), shape=(len(self.rows), len(self.cost)))
        answer = milp(
            -np.array(self.cost),
            integrality=np.array(self.whole),
            bounds=Bounds(0, np.array(self.upper)),
            constraints=LinearConstraint(
                matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows]
            ),
            options={"mip_rel_gap": 1e-9, "time_limit": 120},
        )
        if answer.status == INFEASIBLE:
            return None
        if answer.status:
            raise RuntimeError(answer.message)
        return -float(answer.fun)


def best_by_milp(own: World) -> float | None:
    """Return what the best plan comes to; None where no plan is permitted."""
    model = _Model()
    x = [model.variable(whole=True, upper=float(_may(own, number))) for number in range(own.pack.n_choices)]
    first = own.pack.first.tolist()
    for one, other in pairwise(first):
        model.row({x[number]: 1.0 for number in range(one, other)}, 1, 1)
    _limits(own, model, x)
    sums = _sums(own, model, x)
    for goal in own.aim.priorities[0]:
        seasons = _columns(own, goal.figure)
        for column, share in zip(seasons, own.pack.season_share.tolist(), strict=True):
            model.cost[sums[column]] += goal.weight * goal.mean_share * share
        worst = model.variable(upper=2.0)
        for column in seasons:
            model.row({worst: 1.0, sums[column]: -1.0}, -np.inf, 0)
        model.cost[worst] += goal.weight * (1 - goal.mean_share)
    _floors(own, model, x, sums)
    return model.best()


def _columns(own: World, figure) -> range:
    n = len(own.pack.season_share)
    at = own.pack.figures.index(figure) * n
    return range(at, at + n)


def _may(own: World, number: int) -> bool:
    place = own.pack.places[own.pack.place_of(number)]
    choice = own.pack.choice(number)
    if not own._may(place, choice):
        return False
    # Whoever is not today's and has no stated cost cannot be afforded, whatever the others do.
    alone = own.pack.today.tolist()
    alone[own.pack.place_of(number)] = number
    for cap, name in (("one_off_usd",) * 2, ("more_recurrent_usd", "recurrent_usd"), ("more_posts", "posts")):
        if getattr(own.limits, cap) is not None and choice is not place.choices[0]:
            stated = [getattr(choice, name)]
            if name != "one_off_usd" and place.choices[0] is not None:
                stated.append(getattr(place.choices[0], name))
            if None in stated:
                return False
    return True


def _limits(own: World, model: _Model, x: list[int]) -> None:
    limits, pack = own.limits, own.pack
    changed = [
        (number, pack.places[pack.place_of(number)], pack.choice(number))
        for number in range(pack.n_choices)
        if number not in set(pack.today.tolist())
    ]

    _money(own, model, x, changed)
    if not limits.free_assets:
        stock = dict(limits.more_assets)
        for kind in KINDS:
            held = [0 if post is None else post.held.get(kind, 0) for post in own.posts]
            today = sum(held[number] for number in pack.today.tolist())
            model.row(dict(zip(x, held, strict=True)), -np.inf, today + stock.get(kind, 0))
    mobile = [(n, one) for n, _, one in changed if one.act is Act.OPEN and one.months != ALL_MONTHS]
    if limits.mobile_units is not None and mobile:
        for month in range(12):
            model.row(
                {x[n]: float(one.months >> month & 1) for n, one in mobile}, -np.inf, limits.mobile_units
            )
    for group in limits.either_or:
        model.row({x[n]: 1.0 for n, place, _ in changed if place.place_id in group}, -np.inf, 1)
    for one, other in own.near:
        if pack.place_of(one) != pack.place_of(other):
            model.row({x[one]: 1.0, x[other]: 1.0}, -np.inf, 1)


def _money(own: World, model: _Model, x: list[int], changed: list) -> None:
    limits = own.limits

    def more(one, place, name: str) -> float:
        before = None if name == "one_off_usd" else place.choices[0]
        return (getattr(one, name) or 0.0) - ((getattr(before, name) or 0.0) if before is not None else 0.0)

    for cap, name in (
        (limits.one_off_usd, "one_off_usd"),
        (limits.more_recurrent_usd, "recurrent_usd"),
        (limits.more_posts, "posts"),
    ):
        if cap is not None:
            scale = 1e6 if name.endswith("usd") else 1.0
            model.row(
                {x[number]: more(one, place, name) / scale for number, place, one in changed},
                -np.inf,
                cap / scale + 1e-7,
            )


def _sums(own: World, model: _Model, x: list[int]) -> list[int]:
    """Return one variable for each figure in each season."""
    n_columns = len(own.pack.figures) * len(own.pack.season_share)
    sums = [model.variable(upper=2.0) for _ in range(n_columns)]
    terms: list[dict[int, float]] = [{own_sum: -1.0} for own_sum in sums]
    for bundle in own.bundles:
        for (group, cell), weights in own.weights[bundle].items():
            kinds = _alike(own, bundle, group, cell)
            around = [groups for groups in kinds if len(groups) > 1]
            fixed = [groups[0][0] for groups in kinds if len(groups) == 1]
            patterns = list(product(*around))
            if len(patterns) > MOST_PATTERNS:
                raise TooManyPatternsError
            shares: dict[tuple[int, ...], int] = {}
            for pattern in patterns:
                numbers = [alike[0] for alike in pattern] + fixed
                standing = [post for number in numbers if (post := own.posts[number]) is not None]
                share = shares[tuple(alike[0] for alike in pattern)] = model.variable()
                level = own._level(bundle, standing, group, cell)
                for column, weight in enumerate(weights):
                    if weight * level:
                        terms[column][share] = weight * level
            model.row(dict.fromkeys(shares.values(), 1.0), 1, 1)
            for at, groups in enumerate(around):
                for alike in groups:
                    row = {share: 1.0 for key, share in shares.items() if key[at] == alike[0]}
                    model.row(row | {x[number]: -1.0 for number in alike}, 0, 0)
    for own_terms in terms:
        model.row(own_terms, 0, 0)
    return sums


def _alike(own: World, bundle: str, group: int, cell: int) -> list[list[list[int]]]:
    """Return the choices of each place, those together that do the same for a row."""
    capabilities = [each for part in BUNDLES[bundle][1] for each in part]
    found = []
    for one, other in pairwise(own.pack.first.tolist()):
        groups: dict[object, list[int]] = {}
        for number in range(one, other):
            post, key = own.posts[number], ()
            if post is not None:
                misses = tuple(post.misses.get((group, cell, each), 1.0) for each in capabilities)
                flies = RELAY in capabilities and group in post.open_in and (post.flying or post.mending)
                key = (misses, (post.spot, post.flying, post.mending) if flies else ())
                if set(misses) == {1.0} and not flies:
                    key = ()
            groups.setdefault(key, []).append(number)
        found.append(list(groups.values()))
    return found


def _floors(own: World, model: _Model, x: list[int], sums: list[int]) -> None:
    for floor in own.limits.floors:
        for column in _columns(own, floor.figure):
            model.row({sums[column]: 1.0}, floor.least - 1e-9, np.inf)
    if own.limits.donor_drop is None:
        return
    today = own.values(tuple(own.pack.today.tolist()))
    for figure in REGIONS:
        columns = _columns(own, figure)
        least = min(today[column] for column in columns) - own.limits.donor_drop
        for number in range(own.pack.n_choices):
            place = own.pack.place_of(number)
            if least > 0 and own._gives(place, number, figure.unit_id):
                for column in columns:
                    model.row({sums[column]: 1.0, x[number]: -least}, -1e-9, np.inf)
