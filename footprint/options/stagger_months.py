"""Months of staggering: what units at some places come to in each month, and where they can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from footprint.coverage.effects import SiteEffects
from footprint.coverage.footprints import FORCE, TIERS
from footprint.coverage.packing import Wanted
from footprint.coverage.portfolios import portfolios
from footprint.coverage.station_effects import gathered, station_effects, station_years
from footprint.coverage.stations import Station, stations
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.objectives import Measure
from footprint.options.choices import Act, Choice, ChoicePlace, OptionError
from footprint.options.evaluate import PlanEvaluator
from footprint.options.pack import AimFigure, Pack, need_parts
from footprint.options.stagger_question import MONTHS, Staggering
from footprint.prepared import Prepared
from footprint.scenario import AddAssets, OpenSite, Scenario, apply
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.months import MonthGroups
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router
from layers.months import ALL_MONTHS
from layers.sentences import say

RAISED = AimFigure(Indicator.MISSION, Level.OBJECTIVE)
"""What mobile units are to raise: the Mission footprint of all objectives by their weights."""

_ONE_GROUP = MonthGroups((0,) * MONTHS)


@dataclass(frozen=True, slots=True, eq=False)
class MobileGround:
    """Who stands whatever the units do, and a unit at every place."""

    fixed: tuple[Station, ...]
    mobile: tuple[Station, ...]
    """By place."""
    roads: RoadState = field(repr=False)


class MonthValues:
    """
    What units at some places come to in a month: months are separate, given who stands where.

    A set of places is a number: bit p for place p. Months with the same roads, sites and need are alike
    and share what was reckoned.
    """

    def __init__(self, prepared: Prepared, router: Router, asked: Staggering) -> None:
        """
        Reckon what a unit does at every place.

        Parameters
        ----------
        prepared, router
            The area, and its searches.
        asked
            Units and places.

        Raises
        ------
        OptionError
            If a place lies outside the area or is a site already; or if an objective has no need.
        """
        ground = _ground(prepared, router, asked)
        self.n_places = len(asked.places)
        self.usable = usable_months(prepared, router, ground)
        """Whether another site reaches each place by road or boat in each month, shape (n_places, 12)."""
        posts = (*ground.fixed, *ground.mobile)
        groups, kept = station_years(prepared, router, posts, ground.roads)
        needs = need_parts(prepared, RAISED, Measure.BLEND)
        kinds: dict[tuple[int | bytes, ...], int] = {}
        of_month: list[int] = []
        packs: list[Pack] = []
        for month in range(1, MONTHS + 1):
            group = groups.group(month)
            key = (group, *(need[month - 1].tobytes() for need, _ in needs))
            if key not in kinds:
                kinds[key] = len(packs)
                there = [row[group] for row in kept]
                packs.append(_pack_of(prepared, ground, there, _wanted(prepared, needs, month)))
            of_month.append(kinds[key])
        self.of_month = tuple(of_month)
        """Kind of each month, January first."""
        self._evaluators = tuple(PlanEvaluator(pack) for pack in packs)
        self._first = [pack.first[len(pack.places) - self.n_places :] for pack in packs]
        self.together = tuple(_together(each, self.n_places) for each in self._evaluators)
        """Sets of places that have to be valued together, by kind: what two of them bring adds up."""
        self._at = [0 for _ in packs]
        self._known: tuple[dict[int, float], ...] = tuple({} for _ in packs)

    @property
    def n_kinds(self) -> int:
        """Kinds of months that differ."""
        return len(self._evaluators)

    def value(self, month: int, places: int) -> float:
        """Return the figure of a month (1-12) with units at a set of places [share of need]."""
        return self.of_kind(self.of_month[month - 1], places)

    def of_kind(self, kind: int, places: int) -> float:
        """Return the same in a kind of months."""
        empty = self._whole(kind, 0)
        own = (places & group for group in self.together[kind])
        return empty + sum(self._whole(kind, each) - empty for each in own if each)

    def _whole(self, kind: int, places: int) -> float:
        """Return the figure with units at a set of places, from memory if it is there."""
        known = self._known[kind]
        if places not in known:
            known[places] = float(self.stand(kind, places).values[0])
        return known[places]

    def evaluator(self, kind: int) -> PlanEvaluator:
        """Return the evaluator of a kind of months."""
        return self._evaluators[kind]

    def stand(self, kind: int, places: int) -> PlanEvaluator:
        """Return the evaluator of a kind of months, standing on units at a set of places."""
        evaluator, first = self._evaluators[kind], self._first[kind]
        differ = self._at[kind] ^ places
        while differ:
            place = (differ & -differ).bit_length() - 1
            evaluator.move(int(first[place]) + (places >> place & 1))
            differ &= differ - 1
        self._at[kind] = places
        return evaluator

    def choices(self, kind: int) -> NDArray[np.int64]:
        """Return the choice that puts a unit at each place, in the pack of a kind of months."""
        return np.asarray(self._first[kind][:-1] + 1)

    def usable_at(self, month: int) -> tuple[int, ...]:
        """Return the places that can be used in a month (1-12)."""
        return tuple(np.flatnonzero(self.usable[:, month - 1]).tolist())


def _together(evaluator: PlanEvaluator, n_places: int) -> tuple[int, ...]:
    """Return the sets of places that share a row, or fly: what two sets bring adds up exactly."""
    pack = evaluator.pack
    n_fixed = len(pack.places) - n_places
    flown = pack.portfolios.flown
    if (np.concatenate([flown.out.station, flown.back.station]) >= n_fixed).any():
        # Helicopters and surgeries evacuate in pairs, from anywhere.
        return ((1 << n_places) - 1,)
    joined = np.zeros((n_places, n_places), dtype=bool)
    for block in evaluator.blocks:
        at = block.place_start[n_fixed:]
        place = np.repeat(np.arange(n_places), np.diff(at))
        touches = sparse.csr_array(
            (np.ones(len(place)), (place, block.rows[at[0] : at[-1]])), shape=(n_places, block.n_rows)
        )
        joined |= (touches @ touches.T).toarray() > 0
    number, label = connected_components(joined)
    return tuple(sum(1 << int(place) for place in np.flatnonzero(label == each)) for each in range(number))


def usable_months(prepared: Prepared, router: Router, ground: MobileGround) -> NDArray[np.bool_]:
    """
    Tell in which months the supply path of each place is open.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    ground
        Sites that supply, and places.

    Returns
    -------
    ndarray
        Whether anyone at a site that stands anyway arrives by road or boat within the method's
        `reporting.beyond_min`, as checks of proposals reckon it, shape (n_places, 12).
    """
    effects = station_effects(prepared, router, ground.fixed, ground.roads, by_air=False)
    limit = np.float32(prepared.method.reporting.beyond_min + TOLERANCE_MIN)
    movers = [name for name, each in prepared.method.capabilities.items() if each.ground or each.boat]
    cells = np.array([post.connector.cell for post in ground.mobile], dtype=np.int64)
    by_group = np.zeros((len(effects.groups), len(cells)), dtype=bool)
    for group in range(len(effects.groups)):
        arrivals = effects.arrivals(group)
        by_group[group] = np.min([arrivals[name][cells] for name in movers], axis=0) <= limit
    return np.ascontiguousarray(effects.groups.spread(by_group).T)


def _ground(prepared: Prepared, router: Router, asked: Staggering) -> MobileGround:
    area, method = prepared.area, prepared.method
    base = apply(asked.base, area, method)
    taken = sorted({place.place_id for place in asked.places} & set(base.sites.index))
    if taken:
        raise OptionError(*(say("{place}: a site stands there already", place=each) for each in taken))
    opened = [
        change
        for place in asked.places
        for change in place.choice(asked.assets).changes()
        if isinstance(change, OpenSite | AddAssets)
    ]
    whole = apply(Scenario("units", (*asked.base.changes, *opened)), area, method)
    posts = {post.site_id: post for post in stations(whole, method.capabilities, router)}
    mobile = tuple(posts.pop(place.place_id) for place in asked.places)
    return MobileGround(tuple(posts.values()), mobile, whole.roads)


def _wanted(
    prepared: Prepared, needs: Sequence[tuple[NDArray[np.float64], dict[str, float]]], month: int
) -> dict[str, Wanted]:
    """Return the weights of every cell in one month in each bundle that counts."""
    dense = {name: np.zeros(prepared.area.grid.n_cells) for name in (FORCE, *TIERS)}
    for need, weights in needs:
        for name, weight in weights.items():
            dense[name] += weight * need[month - 1]
    known = np.ones(1, dtype=bool)
    return {
        name: Wanted(sparse.csr_array(own.reshape(-1, 1)), known) for name, own in dense.items() if own.any()
    }


def _pack_of(
    prepared: Prepared,
    ground: MobileGround,
    there: Sequence[SiteEffects | None],
    wanted: dict[str, Wanted],
) -> Pack:
    """Return the pack of one kind of months, as if all the year were so: sites first, then places."""
    posts = (*ground.fixed, *ground.mobile)
    own = [
        replace(post, months=ALL_MONTHS) for post, did in zip(posts, there, strict=True) if did is not None
    ]
    did = [[each] for each in there if each is not None]
    names, grid = tuple(prepared.method.capabilities), prepared.area.grid
    effects = gathered(tuple(own), _ONE_GROUP, names, did, grid.n_cells)
    n_fixed = len(own) - len(ground.mobile)
    today = [_as_it_is(post) for post in own]
    places = [
        ChoicePlace(post.site_id, post.name, (choice,) if number < n_fixed else (None, choice))
        for number, (post, choice) in enumerate(zip(own, today, strict=True))
    ]
    numbers = [[number] if number < n_fixed else [-1, number] for number in range(len(own))]
    return Pack(
        places=tuple(places),
        figures=(RAISED,),
        season_share=np.ones(1),
        first=np.cumsum([0, *(len(each) for each in numbers)]),
        station=np.array([each for row in numbers for each in row], dtype=np.int64),
        stations=tuple(own),
        portfolios=portfolios(effects, prepared.method, grid, wanted),
        roads=ground.roads,
        cells_xy_m=np.column_stack([grid.x_m, grid.y_m]),
    )


def _as_it_is(post: Station) -> Choice:
    return Choice(place=post.site_id, name=post.name, act=Act.KEEP)
