"""The model: the figures of units under every combination of a plan's switches, as reviews have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from footprint.briefing.living.formulas import Formulas, Player, formulas
from footprint.briefing.living.switches import Switch, SwitchKind, switches
from footprint.coverage.footprints import FORCE, TIERS
from footprint.coverage.gaps import as_it_stands, gaps, without_gaps
from footprint.coverage.packing import Wanted
from footprint.coverage.portfolios import portfolios
from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import Station, stations
from footprint.method import Bundle, Method
from footprint.prepared import Prepared
from footprint.scenario import Scenario, apply
from footprint.travel.months import MONTHS, MonthGroups
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router

BUNDLES = (FORCE, *TIERS)
"""Bundles of every figure, in the order of every axis of bundles."""
_ALIKE = 1e-5
"""Months whose needs differ by less are alike: what adding up in single precision leaves [share]."""


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Shares of need of every unit and month under one combination."""

    force: NDArray[np.float64] = field(repr=False)
    """Force footprint, what is there at least, NaN without need, shape (n_units, 12)."""
    mission: NDArray[np.float64] = field(repr=False)
    """Mission footprint, likewise."""
    mission_known: NDArray[np.bool_] = field(repr=False)
    """Whether that is all there is, shape (n_units, 12)."""


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """All formulas over one state of the roads."""

    groups: MonthGroups
    bundles: tuple[Formulas, ...]
    """Of `BUNDLES`; rows that no switch moves are among them."""
    most: Mapping[int, Formulas | None]
    """By tier of which the data name nobody for a part: the rest of it, None where nothing is left."""
    moving: tuple[NDArray[np.bool_], ...] = field(repr=False)
    """Where any switch moves a bundle, shape (n_month_groups, n_cells) each."""
    steady: NDArray[np.float64] = field(repr=False)
    """What all other cells add up to [share of need], shape (n_bundles, n_units, 12)."""
    hidden: NDArray[np.bool_] = field(repr=False)
    """Whether a tier is not known in any of them, shape (3, n_units, 12)."""

    def of_cells(self, at: NDArray[np.int64]) -> World:
        """Return the same of some cells, by place; what the others add up to stays."""

        def cut(own: Formulas) -> Formulas:
            return replace(own, row_of=own.row_of[:, at])

        return replace(
            self,
            bundles=tuple(map(cut, self.bundles)),
            most={tier: None if rest is None else cut(rest) for tier, rest in self.most.items()},
            moving=tuple(own[:, at] for own in self.moving),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything that a living map reckons from."""

    switches: tuple[Switch, ...]
    units: tuple[int, ...]
    """Rows of `Prepared.units` that are told of, the area first."""
    cells: NDArray[np.int64] = field(repr=False)
    """Cells with need, by number in the grid, shape (n_cells,)."""
    need: NDArray[np.float64] = field(repr=False)
    """Their need, one row if all months are alike, shape (1 or 12, n_cells)."""
    shares: sparse.csr_array[np.float64] = field(repr=False)
    """Share of each cell in each unit, shape (n_units, n_cells)."""
    unit_need: NDArray[np.float64] = field(repr=False)
    """Need of each unit [share of the area's need], shape (n_units, 12)."""
    force_known: bool
    worlds: tuple[World, ...] = field(repr=False)
    """Over the roads of today and, where a switch changes them, of the plan."""

    def world(self, state: Sequence[bool]) -> World:
        """Return the world of a combination."""
        return self.worlds[-1 if self.switches and state[-1] else 0]

    def figures(self, state: Sequence[bool]) -> Figures:
        """Return the figures of a combination."""
        world = self.world(state)
        sums, hidden = world.steady.copy(), world.hidden.copy()
        for number, own in enumerate(world.bundles):
            values = np.where(world.moving[number], level_of(own, state), 0.0)
            sums[number] += self._summed(values, world.groups)
        for tier, rest in world.most.items():
            moving = world.moving[tier + 1]
            unsaid = moving & (_most(rest, state, moving.shape) > level_of(world.bundles[tier + 1], state))
            hidden[tier] |= self._summed(unsaid.astype(np.float64), world.groups) > 0
        without = self.unit_need <= 0
        sums[:, without] = np.nan
        known: NDArray[np.bool_] = ~np.asarray(hidden.any(axis=0))
        return Figures(sums[0], sums[1:].mean(axis=0), known)

    @property
    def in_motion(self) -> NDArray[np.bool_]:
        """Tell which cells any switch moves, shape (n_cells,)."""
        found = np.zeros(len(self.cells), dtype=bool)
        for world in self.worlds:
            for own in world.moving:
                found |= own.any(axis=0)
        return found

    def of_moving_cells(self) -> Model:
        """Return an equal model that goes through the cells that any switch moves, and no others."""
        at = np.flatnonzero(self.in_motion)
        return replace(
            self,
            cells=self.cells[at],
            need=self.need[:, at],
            shares=sparse.csr_array(self.shares[:, at]),
            worlds=tuple(world.of_cells(at) for world in self.worlds),
        )

    def _summed(self, values: NDArray[np.float64], groups: MonthGroups) -> NDArray[np.float64]:
        """Return the share of need of every unit and month, 0 without need, of values of cells by group."""
        return summed(values, groups, self.need, self.shares, self.unit_need)


def summed(
    values: NDArray[np.float64],
    groups: MonthGroups,
    need: NDArray[np.float64],
    shares: sparse.csr_array[np.float64],
    unit_need: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the mean of values of cells by group, shape (n_groups, n_cells), over each unit and month."""
    total = np.empty(unit_need.shape)
    for month in range(MONTHS):
        total[:, month] = shares @ (need[0 if len(need) == 1 else month] * values[groups.of_month[month]])
    return np.divide(total, unit_need, out=np.zeros(total.shape), where=unit_need > 0)


def level_of(own: Formulas, state: Sequence[bool]) -> NDArray[np.float64]:
    """Return the level of a bundle in each group of months and cell, shape (n_groups, n_cells)."""
    levels: NDArray[np.float64] = np.append(own.levels(state), 0.0)[own.row_of]
    return levels


def _most(rest: Formulas | None, state: Sequence[bool], shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return how much of a tier there is at most, from what is left of it without what nobody names."""
    return np.ones(shape) if rest is None else level_of(rest, state)


def model(prepared: Prepared, router: Router, plan: Scenario, surface: str, units: Sequence[int]) -> Model:
    """
    Return the model of a plan.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    plan
        Whose changes are switches.
    surface
        Whose need counts, by its name among `Prepared.surfaces`.
    units
        Rows of `Prepared.units` that are told of, the area first.
    """
    turned = switches(plan)
    need = np.nan_to_num(prepared.surfaces[surface]).astype(np.float64)
    cells = np.flatnonzero(need.max(axis=0) > 0)
    need = need[:, cells]
    # Of units mostly outside nothing is known: no cell counts for them.
    told = sparse.diags_array((~prepared.units.outside[list(units)]).astype(np.float64))
    shares = sparse.csr_array(told @ prepared.units.shares[list(units)][:, cells])
    shares.eliminate_zeros()
    unit_need = np.stack([shares @ row for row in need], axis=1)
    if (np.ptp(need, axis=0) <= _ALIKE * need.max(axis=0)).all():
        need = need.mean(axis=0, keepdims=True)
        unit_need = np.tile(shares @ need[0], (MONTHS, 1)).T
    posts, players = _posts(prepared, router, plan, turned)
    missing = gaps(as_it_stands(prepared), prepared.method)
    roads = [RoadState()]
    if any(each.kind is SwitchKind.ROADS for each in turned):
        roads.append(apply(plan, prepared.area, prepared.method).roads)
    rest = {
        tier: without_gaps(prepared.method.bundles[name], missing)
        for tier, name in enumerate(TIERS)
        if name in {each.bundle_id for each in missing}
    }
    weighed = (need, shares, unit_need)
    return Model(
        switches=turned,
        units=tuple(units),
        cells=cells,
        need=need,
        shares=shares,
        unit_need=unit_need,
        force_known=FORCE not in {each.bundle_id for each in missing},
        worlds=tuple(
            _world(prepared, router, (posts, players), each, (len(turned), rest, cells), weighed)
            for each in roads
        ),
    )


def _posts(
    prepared: Prepared, router: Router, plan: Scenario, turned: Sequence[Switch]
) -> tuple[list[Station], list[Player]]:
    """Return every station of today and of the plan, and what each hangs on."""
    number = {each.site_id: at for at, each in enumerate(turned) if each.site_id}
    posts: list[Station] = []
    players: list[Player] = []
    for is_on, scenario in ((False, Scenario("today")), (True, plan)):
        laydown = apply(scenario, prepared.area, prepared.method)
        for post in stations(laydown, prepared.method.capabilities, router):
            if post.site_id in number:
                posts.append(post)
                players.append(Player(number[post.site_id], is_on))
            elif not is_on:
                posts.append(post)
                players.append(Player())
    return posts, players


def _world(
    prepared: Prepared,
    router: Router,
    standing: tuple[list[Station], list[Player]],
    roads: RoadState,
    about: tuple[int, Mapping[int, Bundle | None], NDArray[np.int64]],
    weighed: tuple[NDArray[np.float64], sparse.csr_array[np.float64], NDArray[np.float64]],
) -> World:
    (posts, players), (n_switches, rest, cells) = standing, about
    effects = station_effects(prepared, router, posts, roads)
    method, named = _with_rests(prepared.method, rest)
    marks = np.zeros((len(effects.groups), effects.n_cells))
    marks[:, cells] = 1.0
    wanted = Wanted(sparse.csr_array(marks.reshape(-1, 1)), np.ones(1, dtype=bool))
    choices = portfolios(
        effects, method, prepared.area.grid, dict.fromkeys((*BUNDLES, *named.values()), wanted)
    )
    made = [formulas(choices, number, players, n_switches, cells) for number in range(len(choices.bundles))]
    most = {tier: made[choices.bundles.index(named[tier])] if tier in named else None for tier in rest}
    moving = [np.append(own.moving, False)[own.row_of] for own in made]
    for tier in named:
        # Both sides of a comparison move together, so that what is equal stays so.
        at = choices.bundles.index(named[tier])
        moving[tier + 1] = moving[tier + 1] | moving[at]
    return _steadied(
        World(
            effects.groups,
            tuple(made[: len(BUNDLES)]),
            most,
            tuple(moving[: len(BUNDLES)]),
            np.zeros(0),
            np.zeros(0, dtype=bool),
        ),
        n_switches,
        weighed,
    )


def _with_rests(method: Method, rest: Mapping[int, Bundle | None]) -> tuple[Method, dict[int, str]]:
    """Return a method with what is left of each tier as a bundle of its own, and their names by tier."""
    left = {
        tier: replace(bundle, bundle_id=f"{bundle.bundle_id} left")
        for tier, bundle in rest.items()
        if bundle is not None
    }
    bundles = dict(method.bundles) | {bundle.bundle_id: bundle for bundle in left.values()}
    return replace(method, bundles=bundles), {tier: bundle.bundle_id for tier, bundle in left.items()}


def _steadied(
    world: World,
    n_switches: int,
    weighed: tuple[NDArray[np.float64], sparse.csr_array[np.float64], NDArray[np.float64]],
) -> World:
    """Return a world with what no switch moves added up."""
    state = (False,) * n_switches
    need, shares, unit_need = weighed
    steady = [
        summed(
            np.where(world.moving[number], 0.0, level_of(own, state)), world.groups, need, shares, unit_need
        )
        for number, own in enumerate(world.bundles)
    ]
    hidden = np.zeros((len(TIERS), *unit_need.shape), dtype=bool)
    for tier, rest in world.most.items():
        moving = world.moving[tier + 1]
        unsaid = ~moving & (_most(rest, state, moving.shape) > level_of(world.bundles[tier + 1], state))
        hidden[tier] = summed(unsaid.astype(np.float64), world.groups, need, shares, unit_need) > 0
    return replace(world, steady=np.stack(steady), hidden=hidden)
