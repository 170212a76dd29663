"""Problem: what is to be raised within which limits, as rows of numbers over the choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from footprint.indicators.units import Level
from footprint.options.choices import Act, Allowed, Choice, OptionError
from footprint.options.evaluate import PlanEvaluator
from footprint.options.pack import AimFigure, Pack
from footprint.prepared import Prepared
from layers.months import in_month
from layers.sentences import say

ONE_OFF, RECURRENT, POSTS = "one_off_usd", "recurrent_usd", "posts"
"""Names of limits that are not kinds of asset; mobile units are `mobile_1` to `mobile_12` by month."""

_MONTHS = range(1, 13)
_SPOT_M = 1000.0
"""Two sites this near are one: nobody opens on top of another [m]."""

_SLACK = 1e-9
"""Limits are inclusive: rounding of sums, as a share of the limit."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure to be raised, and how its mean and its worst season count."""

    figure: AimFigure
    mean_share: float = 0.5
    """Weight of the mean of the year; the rest is that of the worst season [0-1]."""
    weight: float = 1.0
    """Against the other goals of equal priority."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure whose worst season must not fall below something."""

    figure: AimFigure
    least: float
    """[share of need]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What there is. None is no limit; whatever is not named is held at what stands today."""

    one_off_usd: float | None = None
    """Budget of changes [US dollars]."""
    more_recurrent_usd: float | None = 0.0
    """By how much the cost of a year may rise [US dollars]; a saving is negative."""
    more_posts: int | None = 0
    more_assets: tuple[tuple[str, int], ...] = ()
    """Assets beyond those that stand today, by kind; kinds not named have none."""
    free_assets: bool = False
    """Whether assets are not counted at all: whatever a plan brings comes from outside."""
    mobile_units: int | None = None
    """Units for new sites that are open in some months only, in any month."""
    either_or: tuple[tuple[str, ...], ...] = ()
    """Groups of places of which at most one may change."""
    floors: tuple[Floor, ...] = ()
    donor_drop: float | None = None
    """By how much the worst season of a region may drop that gives something up; None is no such gate."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be raised: goals of one priority are weighed, those of the next follow without loss."""

    priorities: tuple[tuple[Goal, ...], ...]

    def figures(self) -> tuple[AimFigure, ...]:
        """Return every figure that counts, each once."""
        return tuple(dict.fromkeys(goal.figure for goals in self.priorities for goal in goals))


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A concave function of the figures: a weighted sum, and weighted worst seasons."""

    linear: NDArray[np.float64]
    """Weight of each column, shape (n_columns,)."""
    worst: tuple[tuple[float, tuple[int, ...]], ...] = ()
    """Weight and columns of each figure whose worst season counts."""

    def of(self, values: NDArray[np.float64]) -> float:
        """Return what figures come to."""
        whole = float(values @ self.linear)
        return whole + sum(weight * float(values[list(columns)].min()) for weight, columns in self.worst)


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """A floor under an expression, for every plan or for those that make certain choices."""

    expression: Expression
    least: float
    when: frozenset[int] | None = None
    """Choices that it is a condition of; None is every plan."""

    def holds(self, plan: NDArray[np.int64], values: NDArray[np.float64]) -> bool:
        """Tell whether a plan keeps to it."""
        if self.when is not None and self.when.isdisjoint(plan.tolist()):
            return True
        return self.expression.of(values) >= self.least - _SLACK


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What plans may do, and what they are for."""

    pack: Pack
    aim: Expression
    resources: tuple[str, ...]
    use: NDArray[np.float64] = field(repr=False)
    """What each choice takes beyond today, shape (n_choices, n_resources)."""
    cap: NDArray[np.float64] = field(repr=False)
    """What there is beyond today; inf is no limit, shape (n_resources,)."""
    allowed: NDArray[np.bool_] = field(repr=False)
    """Whether each choice may be made at all, shape (n_choices,)."""
    unknown: NDArray[np.bool_] = field(repr=False)
    """Whether nobody has stated what a choice takes, shape (n_choices, n_resources); `use` is 0 there."""
    at_most_one: tuple[tuple[int, ...], ...] = field(repr=False)
    """Groups of choices of which one at most may be made."""
    gates: tuple[Gate, ...] = field(repr=False)
    uncosted: tuple[Choice, ...] = field(repr=False)
    """Choices left out because nobody has stated a cost that is limited: not known is not nought."""

    def used(self, plan: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what a plan takes beyond today, shape (n_resources,)."""
        return np.asarray(self.use[plan].sum(axis=0))

    def room(self, plan: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what a plan leaves of each limit, rounding forgiven."""
        return (
            self.cap + _SLACK * np.maximum(1.0, np.abs(np.nan_to_num(self.cap, posinf=0.0))) - self.used(plan)
        )

    def fits(self, plan: NDArray[np.int64]) -> bool:
        """Tell whether a plan keeps to all limits but the gates."""
        made = set(plan.tolist())
        return bool(
            self.allowed[plan].all()
            and (self.room(plan) >= 0).all()
            and all(len(made.intersection(group)) <= 1 for group in self.at_most_one)
        )

    def passes(self, plan: NDArray[np.int64], values: NDArray[np.float64]) -> bool:
        """Tell whether a plan with these figures keeps to the gates."""
        return all(gate.holds(plan, values) for gate in self.gates)

    def score(self, values: NDArray[np.float64]) -> float:
        """Return what is to be raised, of a plan's figures."""
        return self.aim.of(values)

    def forced(self, *choices: int) -> Problem:
        """Return the problem in which these choices must be made."""
        allowed = self.allowed.copy()
        for choice in choices:
            place = self.pack.place_of(choice)
            allowed[self.pack.first[place] : self.pack.first[place + 1]] = False
            allowed[choice] = True
        return replace(self, allowed=allowed)

    def barred(self, *choices: int) -> Problem:
        """Return the problem in which these choices must not be made."""
        allowed = self.allowed.copy()
        allowed[list(choices)] = False
        return replace(self, allowed=allowed)

    def capped(self, resource: str, cap: float) -> Problem:
        """Return the problem with another limit."""
        caps = self.cap.copy()
        number = self.resources.index(resource)
        caps[number] = cap
        # What takes nobody knows how much may not be chosen where that is limited.
        allowed = self.allowed & ~self.unknown[:, number] if np.isfinite(cap) else self.allowed
        return replace(self, cap=caps, allowed=allowed)

    def not_stated(self, plan: NDArray[np.int64]) -> frozenset[str]:
        """Return the resources of which nobody has stated how much a plan takes."""
        missing = np.asarray(self.unknown[plan].any(axis=0)).tolist()
        names = zip(self.resources, missing, strict=True)
        return frozenset(name for name, unknown in names if unknown)


def figures_needed(prepared: Prepared, aim: Aim, limits: Limits) -> tuple[AimFigure, ...]:
    """Return the figures that aim and limits look at, each once."""
    regions: list[AimFigure] = []
    if limits.donor_drop is not None:
        told = prepared.units.frame[~prepared.units.outside]
        regions = [_mission_of(str(unit)) for unit in told.loc[told["level"] == Level.REGION, "unit_id"]]
    return tuple(dict.fromkeys([*aim.figures(), *(floor.figure for floor in limits.floors), *regions]))


def _mission_of(region: str) -> AimFigure:
    from footprint.indicators.indicator import Indicator  # noqa: PLC0415

    return AimFigure(Indicator.MISSION, Level.REGION, region)


def expression_of(pack: Pack, goals: Sequence[Goal]) -> Expression:
    """Return goals of one priority as a function of the figures."""
    linear = np.zeros(len(pack.figures) * len(pack.season_share))
    worst = []
    for goal in goals:
        columns = pack.columns(pack.figures.index(goal.figure))
        linear[columns] += goal.weight * goal.mean_share * pack.season_share
        if goal.mean_share < 1 and goal.weight > 0:
            worst.append((goal.weight * (1 - goal.mean_share), tuple(columns.tolist())))
    return Expression(linear, tuple(worst))


def problem_of(prepared: Prepared, pack: Pack, aim: Aim, limits: Limits, today: PlanEvaluator) -> Problem:
    """
    Return aim and limits as rows over the choices.

    Parameters
    ----------
    prepared
        The area.
    pack
        What every choice does; it holds the figures of `figures_needed`.
    aim, limits
        What is asked.
    today
        Values the plan in which everything is as it is, for what may drop by so much.

    Raises
    ------
    OptionError
        If a limit names what is not there.
    """
    resources, use, cap = _resources(prepared, pack, limits)
    allowed = np.array([_may(pack.choice(number)) for number in range(pack.n_choices)])
    for place in range(len(pack.places)):
        own = range(int(pack.first[place]), int(pack.first[place + 1]))
        fixed = [n for n in own if (choice := pack.choice(n)) and choice.allowed is Allowed.FIXED]
        if fixed:
            allowed[list(own)] = False
            allowed[fixed] = True
    unknown = np.isnan(use[:, np.isfinite(cap)]).any(axis=1)
    uncosted = tuple(choice for n in np.flatnonzero(unknown & allowed) if (choice := pack.choice(int(n))))
    gates = [Gate(expression_of(pack, [Goal(floor.figure, 0.0)]), floor.least) for floor in limits.floors]
    if limits.donor_drop is not None:
        gates += _donor_gates(prepared, pack, today.set(pack.today), limits.donor_drop)
    return Problem(
        pack=pack,
        aim=expression_of(pack, aim.priorities[0]),
        resources=resources,
        use=np.nan_to_num(use),
        cap=cap,
        allowed=allowed & ~unknown,
        unknown=np.isnan(use),
        at_most_one=_either_or(pack, limits.either_or),
        gates=tuple(gates),
        uncosted=uncosted,
    )


def _may(choice: Choice | None) -> bool:
    return choice is None or choice.allowed is not Allowed.FORBIDDEN


def _resources(
    prepared: Prepared, pack: Pack, limits: Limits
) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Return names of resources, what each choice takes of each beyond today, and what there is."""
    kinds = sorted({holding.kind for post in pack.stations for holding in post.holdings})
    more = dict(limits.more_assets)
    strange = sorted(more.keys() - prepared.method.assets.keys())
    if strange:
        raise OptionError(
            say(
                "there is no kind of asset {kind}; there are: {known}",
                kind=", ".join(strange),
                known=", ".join(prepared.method.assets),
            )
        )
    mobile = [f"mobile_{month}" for month in _MONTHS]
    resources = (ONE_OFF, RECURRENT, POSTS, *kinds, *mobile)
    use = np.zeros((pack.n_choices, len(resources)))
    for place in range(len(pack.places)):
        first, last = int(pack.first[place]), int(pack.first[place + 1])
        today = pack.choice(first)
        for number in range(first + 1, last):
            choice = pack.choice(number)
            if choice is None:
                continue
            has, had = _counts(pack, number), _counts(pack, first)
            use[number] = [
                _stated(choice.one_off_usd),
                _beyond(
                    choice.recurrent_usd,
                    None if today is None else today.recurrent_usd,
                    stands=today is not None,
                ),
                _beyond(choice.posts, None if today is None else today.posts, stands=today is not None),
                *(has.get(kind, 0) - had.get(kind, 0) for kind in kinds),
                *(choice.is_seasonal and in_month(choice.months, month) for month in _MONTHS),
            ]
    none = float("inf")
    assets = [none if limits.free_assets else float(more.get(kind, 0)) for kind in kinds]
    caps = (limits.one_off_usd, limits.more_recurrent_usd, limits.more_posts)
    units = none if limits.mobile_units is None else float(limits.mobile_units)
    cap = [*(none if each is None else float(each) for each in caps), *assets, *(units for _ in mobile)]
    return resources, use, np.array(cap)


def _counts(pack: Pack, number: int) -> dict[str, int]:
    """Return how many assets of each kind a choice holds."""
    station, found = int(pack.station[number]), dict[str, int]()
    for holding in pack.stations[station].holdings if station >= 0 else ():
        found[holding.kind] = found.get(holding.kind, 0) + holding.count
    return found


def _stated(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _beyond(value: float | None, today: float | None, *, stands: bool) -> float:
    """Return by how much a choice costs more than what stands; NaN where either is not stated."""
    return _stated(value) - (_stated(today) if stands else 0.0)


def _either_or(pack: Pack, groups: Sequence[Sequence[str]]) -> tuple[tuple[int, ...], ...]:
    """Return the choices of which one at most may be made: by request, and where places coincide."""
    place = {each.place_id: number for number, each in enumerate(pack.places)}
    strange = sorted({name for group in groups for name in group} - place.keys())
    if strange:
        raise OptionError(say("either-or: there is no place {place}", place=", ".join(strange)))
    found = [
        tuple(
            n
            for name in group
            for n in range(int(pack.first[place[name]]) + 1, int(pack.first[place[name] + 1]))
        )
        for group in groups
    ]
    return (*found, *_on_one_spot(pack))


def _on_one_spot(pack: Pack) -> list[tuple[int, ...]]:
    """Return pairs of choices of different places that would stand within a kilometre: one may be made."""
    standing = np.flatnonzero(pack.station >= 0)
    points = np.array([(pack.stations[at].x_m, pack.stations[at].y_m) for at in pack.station[standing]])
    new = np.array([_comes(pack.choice(int(number))) for number in standing], dtype=bool)
    if not new.any():
        return []
    pairs = KDTree(points).query_pairs(_SPOT_M, output_type="ndarray")
    found: list[tuple[int, ...]] = []
    for one, other in pairs[np.lexsort(pairs.T)] if len(pairs) else pairs:
        first, second = int(standing[one]), int(standing[other])
        if pack.place_of(first) != pack.place_of(second) and (new[one] or new[other]):
            found.append((first, second))
    return found


def _comes(choice: Choice | None) -> bool:
    return choice is not None and choice.act in {Act.OPEN, Act.MOVE}


def _donor_gates(prepared: Prepared, pack: Pack, values: NDArray[np.float64], drop: float) -> list[Gate]:
    """Return the gates of regions that give something up."""
    giving: dict[str, set[int]] = {}
    for number in range(pack.n_choices):
        place = pack.place_of(number)
        had, has = _counts(pack, int(pack.first[place])), _counts(pack, number)
        choice = pack.choice(number)
        moves = choice is not None and choice.act in {Act.MOVE, Act.SEASONAL, Act.CLOSE}
        if moves or any(has.get(kind, 0) < count for kind, count in had.items()):
            post = pack.stations[pack.station[pack.first[place]]]
            cell = int(prepared.area.grid.cell_at(np.array([post.x_m]), np.array([post.y_m]))[0])
            for region in _regions_of(prepared, cell):
                giving.setdefault(region, set()).add(number)
    gates = []
    for region, choices in sorted(giving.items()):
        expression = expression_of(pack, [Goal(_mission_of(region), 0.0)])
        gates.append(Gate(expression, expression.of(values) - drop, frozenset(choices)))
    return gates


def _regions_of(prepared: Prepared, cell: int) -> list[str]:
    """Return the region in which most of a cell lies; none where it is in none, or in one mostly outside."""
    frame = prepared.units.frame
    rows = np.flatnonzero((frame["level"] == Level.REGION).to_numpy())
    shares = prepared.units.shares[rows].tocsc()[:, [cell]].toarray().ravel()
    most = [int(rows[int(shares.argmax())])] if shares.any() else []
    return [str(frame["unit_id"].iloc[row]) for row in most if not prepared.units.outside[row]]
