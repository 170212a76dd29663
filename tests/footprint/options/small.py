"""Random worlds of a few places, and what their plans come to by the definition alone: loops over plain numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations, pairwise, product
from math import hypot, prod

import numpy as np
from scipy import sparse

from footprint.coverage.footprints import Rule
from footprint.coverage.holdings import Holding
from footprint.coverage.packing import Rows
from footprint.coverage.portfolios import Flights, Flown, Portfolios
from footprint.coverage.stations import Station
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.options.choices import Act, Allowed, Choice, ChoiceSet
from footprint.options.evaluate import PlanEvaluator
from footprint.options.pack import AimFigure, Pack
from footprint.options.problem import Aim, Floor, Goal, Limits, problem_of
from footprint.options.relaxation import Overestimate
from footprint.options.solve import SearchEffort, SolvedPlan, solve
from footprint.prepared import Prepared
from footprint.travel.road_state import RoadState
from layers.months import ALL_MONTHS
from tests.worlds import make_area, make_assets, make_basis, make_sites, make_units

KILOMETRE = 1000.0
"""Two sites this near are one [m]."""

TEAMS = ("infantry_company", "civil_affairs_team", "community_liaison", "fpu_platoon", "unpol_team")
"""Kind of asset that brings each capability, 0 to 4."""
RELAY = len(TEAMS)
"""Evacuation, which takes a helicopter and a surgery."""
KINDS = (*TEAMS, "helicopter", "surgery")

BUNDLES = {
    "TIER_1": (True, ((0, 1), (2,))),
    "TIER_2": (True, ((1, 3), (4, RELAY))),
    "TIER_3": (True, ((RELAY,), (0, 2, 4))),
    "FORCE": (False, ((0,), (3, RELAY))),
}
"""Whether all groups are needed, and the capabilities of each."""

WEST_EAST = ("west", "east")
WHOLE = AimFigure(Indicator.MISSION, Level.OBJECTIVE)
REGIONS = tuple(AimFigure(Indicator.MISSION, Level.REGION, name) for name in WEST_EAST)

CLOSE = 1e-9
"""Two sums of the same numbers, added up in different orders, differ by less (relative)."""


@cache
def ground() -> Prepared:
    """Return an area of twelve cells in two regions: worlds take cells, regions and kinds of asset from it."""
    box = (0, 0, 20, 15)
    return make_basis(
        make_area(
            size=box,
            sites=make_sites({"any": (2, 2)}),
            assets=make_assets({"any": {"helicopter": 1}}),
            regions=make_units(
                {"west": (0, 0, 10, 15), "east": (10, 0, 20, 15)}, dict.fromkeys(WEST_EAST, "country")
            ),
            districts=make_units({"cercle": box}, {"cercle": "west"}),
        )
    )


@dataclass(frozen=True)
class Post:
    """What one choice leaves standing."""

    spot: int
    open_in: frozenset[int]
    """Groups of months."""
    held: Mapping[str, int]
    misses: Mapping[tuple[int, int, int], float]
    """What it misses, by group, cell and capability; whatever is not named it misses altogether."""
    flying: tuple[tuple[float, float], ...]
    """Readiness [min] and chance of each helicopter."""
    mending: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class World:
    """A question as plain numbers, and the same as a pack."""

    bundles: tuple[str, ...]
    posts: tuple[Post | None, ...]
    """By number of the choice."""
    flight_min: tuple[tuple[float, ...], ...]
    """From each spot to each cell."""
    region_of_spot: tuple[str, ...]
    pick_up_min: float
    limit_min: float
    availability: float
    weights: Mapping[str, Mapping[tuple[int, int], tuple[float, ...]]]
    """Weight of each column, by bundle, then by group and cell."""
    aim: Aim
    limits: Limits
    pack: Pack

    def with_question(self, aim: Aim | None = None, limits: Limits | None = None) -> World:
        """Return the same places, asked otherwise."""
        return replace(self, aim=aim or self.aim, limits=limits or self.limits)

    # -- the definition ---------------------------------------------------------------------------

    def plans(self) -> Iterator[tuple[int, ...]]:
        """Yield every way to make one choice at each place."""
        first = self.pack.first.tolist()
        yield from product(*(range(one, other) for one, other in pairwise(first)))

    def values(self, plan: tuple[int, ...]) -> list[float]:
        """Return every figure in every season."""
        standing = [post for number in plan if (post := self.posts[number]) is not None]
        sums = [0.0] * (len(self.pack.figures) * len(self.pack.season_share))
        for bundle in self.bundles:
            for (group, cell), own in self.weights[bundle].items():
                level = self._level(bundle, standing, group, cell)
                for column, weight in enumerate(own):
                    sums[column] += weight * level
        return sums

    def _level(self, bundle: str, standing: list[Post], group: int, cell: int) -> float:
        needs_all, groups = BUNDLES[bundle]
        chances = [[self._chance(standing, group, cell, each) for each in own] for own in groups]
        if needs_all:
            return min(max(own) for own in chances)
        return 1 - prod(1 - chance for own in chances for chance in own)

    def _chance(self, standing: list[Post], group: int, cell: int, capability: int) -> float:
        if capability == RELAY:
            return self._evacuated(standing, group, cell)
        return 1 - prod(post.misses.get((group, cell, capability), 1.0) for post in standing)

    def _evacuated(self, standing: list[Post], group: int, cell: int) -> float:
        best = 0.0
        for one in standing:
            for other in standing:
                if group not in one.open_in or group not in other.open_in:
                    continue
                for ready, chance in one.flying:
                    there = ready + self.flight_min[one.spot][cell] + self.pick_up_min
                    for mended, its_chance in other.mending:
                        total = max(there + self.flight_min[other.spot][cell], mended)
                        if total <= self.limit_min:
                            best = max(best, chance * its_chance * self.availability)
        return best

    def score(self, values: list[float]) -> float:
        """Return what is to be raised."""
        return sum(goal.weight * self._mean_and_worst(values, goal) for goal in self.aim.priorities[0])

    def _seasons(self, values: list[float], figure: AimFigure) -> list[float]:
        n = len(self.pack.season_share)
        at = self.pack.figures.index(figure) * n
        return values[at : at + n]

    def _mean_and_worst(self, values: list[float], goal: Goal) -> float:
        own = self._seasons(values, goal.figure)
        mean = sum(value * share for value, share in zip(own, self.pack.season_share.tolist(), strict=True))
        return goal.mean_share * mean + (1 - goal.mean_share) * min(own)

    def fits(self, plan: tuple[int, ...]) -> bool:
        """Tell whether a plan keeps to what there is, floors and donors apart."""
        made = [
            (place, self.pack.choice(number)) for place, number in zip(self.pack.places, plan, strict=True)
        ]
        return (
            all(self._may(place, choice) for place, choice in made)
            and self._affords(plan, made)
            and self._keeps_apart(plan, made)
        )

    def _may(self, place, choice) -> bool:
        fixed = [each for each in place.choices if each is not None and each.allowed is Allowed.FIXED]
        if fixed and choice not in fixed:
            return False
        return choice is None or choice.allowed is not Allowed.FORBIDDEN

    def _affords(self, plan, made) -> bool:
        limits, changed = self.limits, [(place, one) for place, one in made if one is not place.choices[0]]
        sums = []
        if limits.one_off_usd is not None:
            sums.append((limits.one_off_usd, [one and one.one_off_usd for _, one in changed]))
        for cap, name in ((limits.more_recurrent_usd, "recurrent_usd"), (limits.more_posts, "posts")):
            if cap is not None:
                spent = []
                for place, one in changed:
                    before = 0 if place.choices[0] is None else getattr(place.choices[0], name)
                    after = getattr(one, name)
                    spent.append(None if before is None or after is None else after - before)
                sums.append((cap, spent))
        if any(None in spent or sum(spent) > cap for cap, spent in sums):
            return False
        return self._has_assets(plan) and self._has_units(made)

    def _has_assets(self, plan) -> bool:
        if self.limits.free_assets:
            return True
        more = dict(self.limits.more_assets)
        for kind in KINDS:
            then, now = (
                sum(post.held.get(kind, 0) for number in numbers if (post := self.posts[number]) is not None)
                for numbers in (plan, self.pack.today.tolist())
            )
            if then > now + more.get(kind, 0):
                return False
        return True

    def _has_units(self, made) -> bool:
        if self.limits.mobile_units is None:
            return True
        mobile = [
            one for _, one in made if one is not None and one.act is Act.OPEN and one.months != ALL_MONTHS
        ]
        return all(
            sum(one.months >> month & 1 for one in mobile) <= self.limits.mobile_units for month in range(12)
        )

    def _keeps_apart(self, plan, made) -> bool:
        changed = [place.place_id for place, one in made if one is not place.choices[0]]
        if any(sum(name in group for name in changed) > 1 for group in self.limits.either_or):
            return False
        return not any(
            one in plan and other in plan and self.pack.place_of(one) != self.pack.place_of(other)
            for one, other in self.near
        )

    @cached_property
    def near(self) -> list[tuple[int, int]]:
        """Pairs of choices within a kilometre of one another, of which one comes there."""
        standing = [
            (number, self.pack.stations[at])
            for number, at in enumerate(self.pack.station.tolist())
            if at >= 0
        ]
        return [
            (one, other)
            for (one, here), (other, there) in combinations(standing, 2)
            if hypot(here.x_m - there.x_m, here.y_m - there.y_m) <= KILOMETRE
            and any(
                choice is not None and choice.act in {Act.OPEN, Act.MOVE}
                for choice in (self.pack.choice(one), self.pack.choice(other))
            )
        ]

    def passes(self, plan: tuple[int, ...], values: list[float], today: list[float]) -> bool:
        """Tell whether no figure falls below its floor, and no region that gives loses too much."""
        for floor in self.limits.floors:
            if min(self._seasons(values, floor.figure)) < floor.least - CLOSE:
                return False
        drop = self.limits.donor_drop
        if drop is None:
            return True
        for figure in REGIONS:
            gives = any(self._gives(place, number, figure.unit_id) for place, number in enumerate(plan))
            if (
                gives
                and min(self._seasons(values, figure)) < min(self._seasons(today, figure)) - drop - CLOSE
            ):
                return False
        return True

    def _gives(self, place: int, number: int, region: str) -> bool:
        first = int(self.pack.first[place])
        before, after, choice = self.posts[first], self.posts[number], self.pack.choice(number)
        if before is None or self.region_of_spot[before.spot] != region:
            return False
        if choice.act in {Act.MOVE, Act.SEASONAL, Act.CLOSE}:
            return True
        return any(after.held.get(kind, 0) < count for kind, count in before.held.items())

    def best(self) -> tuple[float, tuple[int, ...] | None]:
        """Return the best plan there is by trying all, and what it comes to; None where none is permitted."""
        today = self.values(tuple(self.pack.today.tolist()))
        best, found = float("-inf"), None
        for plan in self.plans():
            if self.fits(plan):
                values = self.values(plan)
                if self.passes(plan, values, today) and self.score(values) > best:
                    best, found = self.score(values), plan
        return best, found

    # -- the same through the program -------------------------------------------------------------

    def asked(self):
        """Return evaluator, problem and relaxation."""
        evaluator = PlanEvaluator(self.pack)
        problem = problem_of(ground(), self.pack, self.aim, self.limits, evaluator)
        return evaluator, problem, relaxation_of(problem, evaluator)

    def solved(self, *, gap: float = 1e-10, seconds: float = 60.0) -> SolvedPlan:
        """Return the solver's answer."""
        evaluator, problem, relaxation = self.asked()
        return solve(problem, evaluator, relaxation, SearchEffort(seconds, gap))


def relaxation_of(problem, evaluator) -> Overestimate:
    """Return the overestimate of all that a problem looks at."""
    return Overestimate(problem, evaluator, [problem.aim, *(gate.expression for gate in problem.gates)])


@dataclass(frozen=True)
class Size:
    """How large worlds are."""

    sites: tuple[int, int] = (2, 3)
    new: tuple[int, int] = (1, 3)
    cells: int = 6
    most_plans: int = 400
    reach: float = 1.0
    """Share of cells that a place can serve at all."""


def world(seed: int, size: Size | None = None) -> World:
    """Return a random world; equal seeds give equal ones."""
    size = size or Size()
    while True:
        made = _World(np.random.default_rng(seed), size).made()
        if prod(np.diff(made.pack.first).tolist()) <= size.most_plans:
            return made
        seed += 100_003


class _World:
    """Draws one."""

    def __init__(self, draw: np.random.Generator, size: Size) -> None:
        self.draw = draw
        self.n_sites, self.n_new = (int(draw.integers(low, high + 1)) for low, high in (size.sites, size.new))
        self.n_cells = size.cells
        self.n_groups = int(draw.integers(2, 4))
        cuts = np.sort(draw.choice(np.arange(1, 12), self.n_groups - 1, replace=False))
        self.months = [sum(1 << month for month in own) for own in np.split(np.arange(12).tolist(), cuts)]
        self.n_spots = self.n_sites + self.n_new + 1
        grid = ground().area.grid
        self.cell_of_spot = draw.integers(0, grid.n_cells, self.n_spots)
        self.grid_cells = draw.choice(grid.n_cells, self.n_cells, replace=False)
        self.base = draw.choice(
            [0.0, 0.25, 0.4, 0.55, 0.7, 0.9, 1.0],
            p=[0.04, 0.1, 0.15, 0.15, 0.16, 0.1, 0.3],
            size=(self.n_spots, self.n_groups, self.n_cells, RELAY),
        )
        self.base[draw.random(self.base.shape[:3]) > size.reach] = 1.0
        self.flight_min = draw.integers(5, 50, (self.n_spots, self.n_cells)).astype(float)
        self.crews = {
            (spot, kind): [(float(draw.integers(0, 40)), float(draw.integers(4, 17)) / 16) for _ in range(3)]
            for spot in range(self.n_spots)
            for kind in ("helicopter", "surgery")
        }

    def chance(self, share: float) -> bool:
        return bool(self.draw.random() < share)

    def whole(self, low: int, high: int) -> int:
        return int(self.draw.integers(low, high))

    def cost(self, *, known: bool = True) -> dict:
        """Return costs and posts, some of which nobody has stated."""
        stated = {
            "one_off_usd": float(self.whole(0, 8)) * 1e6,
            "recurrent_usd": float(self.whole(0, 6)) * 1e5,
            "posts": self.whole(0, 6),
        }
        return {name: value if known or self.chance(0.6) else None for name, value in stated.items()}

    def lonlat(self, spot: int) -> dict:
        return {"lon": -4 + spot / 100, "lat": 17.5}

    def some_months(self) -> int:
        """Return the months of some groups, not of all."""
        n = self.whole(1, self.n_groups)
        return sum(self.months[group] for group in self.draw.choice(self.n_groups, n, replace=False))

    def package(self) -> dict[str, int]:
        kinds = self.draw.choice(KINDS, self.whole(1, 5), replace=False)
        return {str(kind): self.whole(1, 3) for kind in kinds}

    # -- choices

    def of_site(self, number: int, held: dict[str, int]) -> list[tuple[Choice, dict[str, int], int]]:
        """Return choices of a site, each with what stands then, and where."""
        own = {"place": f"site-{number}", "name": f"Site {number}"}
        keep = Choice(**own, act=Act.KEEP, **self.cost(known=self.chance(0.95)))
        rows = [(keep, held, number)]
        more = {str(kind): 1 for kind in self.draw.choice(KINDS, 2, replace=False)}
        most = max(held, key=lambda kind: (held[kind], kind))
        elsewhere = self.whole(self.n_sites, self.n_spots)
        candidates = {
            Act.CLOSE: (Choice(**own, act=Act.CLOSE, **self.cost()), {}, number),
            Act.STRENGTHEN: (
                Choice(**own, act=Act.STRENGTHEN, assets=tuple(sorted(more.items())), **self.cost()),
                {kind: held.get(kind, 0) + more.get(kind, 0) for kind in {*held, *more}},
                number,
            ),
            Act.THIN: (
                Choice(**own, act=Act.THIN, assets=((most, -1),), **self.cost()),
                held | {most: held[most] - 1},
                number,
            ),
            Act.SEASONAL: (
                Choice(**own, act=Act.SEASONAL, months=self.some_months(), **self.cost()),
                held,
                number,
            ),
            Act.MOVE: (Choice(**own, act=Act.MOVE, **self.lonlat(elsewhere), **self.cost()), held, elsewhere),
        }
        other = next((kind for kind in more if kind != most), None)
        if other is not None:
            candidates[Act.RESHAPE] = (
                Choice(**own, act=Act.RESHAPE, assets=tuple(sorted(((most, -1), (other, 1)))), **self.cost()),
                held | {most: held[most] - 1, other: held.get(other, 0) + 1},
                number,
            )
        acts = self.draw.choice(list(candidates), self.whole(1, 4), replace=False)
        return rows + [candidates[act] for act in acts]

    def of_new(self, number: int) -> list[tuple[Choice, dict[str, int], int]]:
        spot = self.n_sites + number
        own = {"place": f"new-{number}", "name": f"New {number}", "act": Act.OPEN, **self.lonlat(spot)}
        rows = []
        for _ in range(self.whole(1, 3)):
            held = self.package()
            months = self.some_months() if self.chance(0.45) else ALL_MONTHS
            cost = self.cost(known=self.chance(0.95))
            row = Choice(**own, assets=tuple(sorted(held.items())), months=months, **cost)
            if row.key not in {each.key for each, _, _ in rows}:
                rows.append((row, held, spot))
        return rows

    def table(self) -> list[tuple[Choice, dict[str, int], int]]:
        rows = [row for number in range(self.n_sites) for row in self.of_site(number, self.package())]
        rows += [row for number in range(self.n_new) for row in self.of_new(number)]
        fixed = self.whole(0, len(rows)) if self.chance(0.2) else -1
        return [
            (
                replace(
                    choice,
                    allowed=Allowed.FIXED
                    if number == fixed
                    else Allowed.FORBIDDEN
                    if choice.act is not Act.KEEP and self.chance(0.06)
                    else Allowed.FREE,
                ),
                held,
                spot,
            )
            for number, (choice, held, spot) in enumerate(rows)
        ]

    def post(self, choice: Choice, held: dict[str, int], spot: int) -> Post | None:
        """Return what stands then; None where nothing does."""
        if choice.act is Act.CLOSE:
            return None
        months = choice.months if choice.act in {Act.OPEN, Act.SEASONAL} else ALL_MONTHS
        open_in = frozenset(group for group in range(self.n_groups) if self.months[group] & months)
        misses = {}
        for group in sorted(open_in):
            for cell in range(self.n_cells):
                for capability, kind in enumerate(TEAMS):
                    miss = float(np.float32(self.base[spot, group, cell, capability] ** held.get(kind, 0)))
                    if miss < 1:
                        misses[group, cell, capability] = miss
        flying, mending = (
            tuple(self.crews[spot, kind][: held.get(kind, 0)]) for kind in ("helicopter", "surgery")
        )
        return Post(spot, open_in, {kind: n for kind, n in held.items() if n}, misses, flying, mending)

    # -- the question

    def weights(self, bundles: tuple[str, ...], n_figures: int, n_seasons: int) -> dict:
        """Return random weights of which the columns of each figure add up to one."""
        dense = self.draw.random((len(bundles), self.n_groups, self.n_cells, n_figures, n_seasons))
        dense *= self.draw.random(dense.shape) < 0.5
        dense[0, 0, 0] += 0.01
        dense /= dense.sum(axis=(0, 1, 2), keepdims=True)
        return {
            bundle: {
                (group, cell): tuple(dense[number, group, cell].ravel().tolist())
                for group in range(self.n_groups)
                for cell in range(self.n_cells)
                if dense[number, group, cell].any()
            }
            for number, bundle in enumerate(bundles)
        }

    def aim(self) -> Aim:
        goals = [Goal(WHOLE, float(self.draw.choice([0.0, 0.5, 1.0])), 1.0)]
        if self.chance(0.3):
            goals.append(Goal(REGIONS[0], float(self.draw.choice([0.0, 0.3, 1.0])), 0.5))
        return Aim((tuple(goals),))

    def limits(self, places: list[str]) -> Limits:
        pairs = [tuple(sorted(self.draw.choice(places, 2, replace=False).tolist())) for _ in range(2)]
        more = {kind: self.whole(0, 3) for kind in KINDS if self.chance(0.6)}
        return Limits(
            one_off_usd=float(self.whole(2, 25)) * 1e6 if self.chance(0.8) else None,
            more_recurrent_usd=float(self.whole(-2, 16)) * 1e5 if self.chance(0.7) else None,
            more_posts=self.whole(-1, 14) if self.chance(0.7) else None,
            more_assets=tuple(more.items()),
            free_assets=self.chance(0.3),
            mobile_units=self.whole(0, 2) if self.chance(0.7) else None,
            either_or=tuple(pairs[: self.whole(0, 2)]),
            donor_drop=float(self.whole(0, 5)) / 200 if self.chance(0.8) else None,
        )

    def made(self) -> World:
        rows = self.table()
        sites = {choice.place: choice.name for choice, _, _ in rows if choice.act is not Act.OPEN}
        places = ChoiceSet(tuple(choice for choice, _, _ in rows)).places(sites)
        by_key = {choice.key: self.post(choice, held, spot) for choice, held, spot in rows}
        posts = tuple(None if one is None else by_key[one.key] for place in places for one in place.choices)
        bundles = tuple(name for name in BUNDLES if name == "TIER_2" or self.chance(0.6))
        figures, n_seasons = (WHOLE, *REGIONS), self.whole(1, 4)
        weights = self.weights(bundles, len(figures), n_seasons)
        shares = self.draw.integers(1, 6, n_seasons).astype(float)
        grid, units = ground().area.grid, ground().units
        regions = units.shares[[units.frame["unit_id"].tolist().index(name) for name in WEST_EAST]].toarray()
        spots_xy = np.column_stack([grid.x_m, grid.y_m])[self.cell_of_spot]
        limits = self.limits([place.place_id for place in places])
        air = (float(self.whole(3, 12)), float(self.whole(50, 110)), float(self.whole(8, 17)) / 16)
        first = np.cumsum([0, *(len(place.choices) for place in places)])
        pack = _pack(self, (places, figures, posts, first), weights, (spots_xy, shares / shares.sum(), air))
        asked = World(
            bundles=bundles,
            posts=posts,
            flight_min=tuple(tuple(row) for row in self.flight_min.tolist()),
            region_of_spot=tuple(WEST_EAST[int(regions[:, cell].argmax())] for cell in self.cell_of_spot),
            pick_up_min=air[0],
            limit_min=air[1],
            availability=air[2],
            weights=weights,
            aim=self.aim(),
            limits=limits,
            pack=pack,
        )
        if self.chance(0.4):
            figure = figures[self.whole(0, 3)]
            today = min(asked._seasons(asked.values(tuple(pack.today.tolist())), figure))
            floor = Floor(figure, today * float(self.draw.uniform(0.5, 1.6)))
            return asked.with_question(limits=replace(limits, floors=(floor,)))
        return asked


def _pack(made: _World, table, weights: dict, numbers) -> Pack:
    """Return the same as a pack, one row for each group and cell that counts."""
    (places, figures, posts, first), (spots_xy, shares, air) = table, numbers
    standing = [post for post in posts if post is not None]
    number = iter(range(len(standing)))
    station = np.array([-1 if post is None else next(number) for post in posts], dtype=np.int64)
    names = [place.place_id for place in places for _ in place.choices]
    stations = tuple(
        Station(
            site_id=names[int(np.flatnonzero(station == at)[0])],
            name="",
            months=sum(made.months[group] for group in post.open_in),
            x_m=float(spots_xy[post.spot, 0]) + post.spot,
            y_m=float(spots_xy[post.spot, 1]),
            holdings=tuple(Holding(kind, count) for kind, count in sorted(post.held.items())),
            profiles=(),
            connector=None,
        )
        for at, post in enumerate(standing)
    )
    rows = tuple(_rows(made, bundle, own, standing) for bundle, own in weights.items())
    pick_up_min, limit_min, availability = air
    grid = ground().area.grid
    return Pack(
        places=places,
        figures=figures,
        season_share=shares,
        first=first,
        station=station,
        stations=stations,
        portfolios=Portfolios(
            bundles=tuple(weights),
            known=np.ones(len(figures) * len(shares), dtype=bool),
            whole=np.array([np.sum(list(own.values()), axis=0) for own in weights.values()]),
            rows=rows,
            used=tuple(made_of.cell for made_of in rows),
            flown=Flown(
                out=_legs(made, [post.flying for post in standing], standing),
                back=_legs(made, [post.mending for post in standing], standing),
                is_open=np.array([[g in post.open_in for g in range(made.n_groups)] for post in standing]),
                pick_up_min=pick_up_min,
                limit_min=np.float32(limit_min),
                availability=np.float32(availability),
            ),
        ),
        roads=RoadState(),
        cells_xy_m=np.column_stack([grid.x_m, grid.y_m])[made.grid_cells],
    )


def _legs(made: _World, crews: list, standing: list[Post]) -> Flights:
    every = [(at, *crew) for at, own in enumerate(crews) for crew in own]
    return Flights(
        station=np.array([at for at, _, _ in every], dtype=np.int64),
        ready_min=np.array([ready for _, ready, _ in every], dtype=np.float64),
        chance=np.array([chance for _, _, chance in every], dtype=np.float32),
        flight_min=np.array([made.flight_min[standing[at].spot] for at, _, _ in every]).reshape(
            -1, made.n_cells
        ),
    )


def _rows(made: _World, bundle: str, own_weights: dict, standing: list[Post]) -> Rows:
    needs_all, groups = BUNDLES[bundle]
    pairs = [(slot, group) for group, own in enumerate(groups) for slot in own]
    slots = np.array([slot for slot, _ in pairs], dtype=np.int64)
    rule = Rule(slots, np.array([group for _, group in pairs], dtype=np.int64), needs_all, False, False)
    own = np.flatnonzero(slots != RELAY)
    at = {key: row for row, key in enumerate(own_weights)}
    start, entry_row, entry_miss = [0], [], []
    for post in standing:
        for (group, cell), row in at.items():
            miss = [post.misses.get((group, cell, int(slots[slot])), 1.0) for slot in own]
            if min(miss, default=1.0) < 1:
                entry_row.append(row)
                entry_miss.append(miss)
        start.append(len(entry_row))
    row_of = np.full(made.n_groups * made.n_cells, -1, dtype=np.int64)
    for (group, cell), row in at.items():
        row_of[group * made.n_cells + cell] = row
    return Rows(
        rule=rule,
        own=own,
        relay=int(np.flatnonzero(slots == RELAY)[0]) if RELAY in slots else -1,
        start=np.array(start, dtype=np.int64),
        entry_row=np.array(entry_row, dtype=np.int64),
        entry_miss=np.array(entry_miss, dtype=np.float32).reshape(-1, len(own)),
        group=np.array([group for group, _ in own_weights], dtype=np.int64),
        cell=np.array([cell for _, cell in own_weights], dtype=np.int64),
        weights=sparse.csr_array(np.array(list(own_weights.values())).T),
        row_of=row_of,
    )
