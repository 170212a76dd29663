"""What a laydown comes to without one piece: reckoned anew only where that piece can act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.delivery import delivery, footprint_rules, group_chances
from footprint.coverage.effects import SiteEffects
from footprint.coverage.evacuation import evacuation
from footprint.coverage.footprints import deliver
from footprint.coverage.station_effects import gathered, station_years
from footprint.coverage.stations import Station, stations
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import EQUAL, mission
from footprint.indicators.units import Units
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import figures_of
from footprint.scenario import Laydown
from footprint.travel.months import MONTHS, MonthGroups
from footprint.travel.profiles import Profile
from footprint.travel.rated import ends_of, rated_edges
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router

HEADLINES = (Indicator.FORCE, Indicator.MISSION)
"""What is watched, of the area and of each objective."""


@dataclass(frozen=True, slots=True, eq=False)
class _Year:
    """What one station does in every month."""

    post: Station
    groups: MonthGroups
    kept: Sequence[SiteEffects | None]

    def at(self, month: int) -> SiteEffects | None:
        """Return what it does in a month (1-12); None where it is closed."""
        return self.kept[self.groups.group(month)]


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """What all ways of a station run over."""

    taken: NDArray[np.bool_]
    """Roads on any of them: shutting another changes nothing, shape (n_roads,)."""
    passed: NDArray[np.bool_]
    """Nodes that any of them gets to: edges between others change nothing, shape (at least n_nodes,)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Scope:
    """The area, or an objective: the need of each cell in it, and how tiers weigh."""

    need: NDArray[np.float64]
    """Need of each month and cell [share of the whole], shape (12, n_cells)."""
    total: NDArray[np.float64]
    """Need of each month, shape (12,)."""
    tier_weights: tuple[float, float, float]


class Standing:
    """
    The two headlines of a laydown, of the area and of each objective, and their changes.

    Notes
    -----
    A change is that of two reviews, for less: a station that stands as it did, on roads that can have
    changed nothing for it, does what it did; and in cells where no station does anything else, nothing
    changes.
    """

    def __init__(self, prepared: Prepared, router: Router, laydown: Laydown) -> None:
        """
        Reckon a laydown as it stands.

        Parameters
        ----------
        prepared, router
            The area, and its searches.
        laydown
            Who stands where, with what.
        """
        self._prepared, self._router, self.laydown = prepared, router, laydown
        self.posts = stations(laydown, prepared.method.capabilities, router)
        self._rules = footprint_rules(prepared.method, tuple(prepared.method.capabilities))
        names, n_cells = tuple(prepared.method.capabilities), prepared.area.grid.n_cells
        groups, kept = station_years(prepared, router, self.posts, laydown.roads)
        self._years = {
            post.site_id: _Year(post, groups, row) for post, row in zip(self.posts, kept, strict=True)
        }
        self.delivery = delivery(prepared, router, gathered(self.posts, groups, names, kept, n_cells))
        self._ways = {site_id: self._ways_of(year) for site_id, year in self._years.items()}
        self._scopes = self._all_scopes()
        self.headlines = self._of_the_year()
        """Mean of the year of each headline, at least [share of need], shape (1 + n_objectives, 2)."""

    def change(self, laydown: Laydown) -> NDArray[np.float64]:
        """
        Return by how much another laydown's headlines differ, shape (1 + n_objectives, 2).

        Parameters
        ----------
        laydown
            Any; the more it is like this one, the less there is to reckon.
        """
        years = self._years_of(laydown)
        groups = self._months_alike(years)
        gains = np.zeros((len(self._scopes), len(HEADLINES), MONTHS))
        for group, month in enumerate(groups.first):
            cells = self._touched(years, month)
            if len(cells):
                self._add_gains(gains, years, groups, group, cells)
        totals = np.stack([scope.total for scope in self._scopes])[:, None]
        # NaN in a month, where nobody needs anything, is NaN of the year.
        shares = np.divide(gains, totals, out=np.full(gains.shape, np.nan), where=totals > 0)
        return np.asarray(shares.mean(axis=2))

    def _reckoned(self, posts: Sequence[Station], roads: RoadState) -> dict[str, _Year]:
        groups, kept = station_years(self._prepared, self._router, posts, roads)
        return {post.site_id: _Year(post, groups, row) for post, row in zip(posts, kept, strict=True)}

    def _ways_of(self, year: _Year) -> _Ways:
        """Return what all ways of a station run over, those by which it asks for escorts too."""
        router, roads, post = self._router, self.laydown.roads, year.post
        # Off rated ground goes only whoever wants for escorts, in all months alike.
        wanting = any(each is not None and each.escort.escorted < 1 for each in year.kept)
        asked = [
            router.route(post.connector, profile, month, roads, unrated_only=free)
            for profile in post.profiles
            for month in router.months(roads).first
            for free in ((False, True) if wanting else (False,))
        ]
        still, driest = roads.undisturb(), router.network.driest_month
        asking = [
            router.route(post.connector, Profile.CONVOY, driest, still, unrated_only=free)
            for free in (False, True)
        ]
        taken = np.zeros(len(self._prepared.network.roads.table.road_id), dtype=bool)
        passed = np.zeros_like(asking[0].passed)
        for way in asked:
            taken |= way.taken
        for way in (*asked, *asking):
            passed |= way.passed
        return _Ways(taken, np.unpackbits(passed).astype(bool))

    def _all_scopes(self) -> list[_Scope]:
        prepared = self._prepared
        own = [(prepared.units.shares[[0]], str(Measure.BLEND), EQUAL)]
        own += [
            (prepared.scopes[each.objective_id].shares, each.objective_id, each.tier_weights)
            for each in prepared.objectives
        ]
        found = []
        for shares, surface, tier_weights in own:
            need = prepared.surfaces[surface] * shares.toarray()[0]
            found.append(_Scope(need, need.sum(axis=1), tier_weights))
        return found

    def _of_the_year(self) -> NDArray[np.float64]:
        units = Units(self._prepared.units.frame.iloc[:1], self._prepared.units.shares[:1])
        rows = figures_of(self._prepared, self.delivery.at_least(), Measure.BLEND, units)
        by_month = rows[list(HEADLINES)].to_numpy(dtype=np.float64).reshape(-1, MONTHS, len(HEADLINES))
        return np.asarray(by_month.mean(axis=1))

    def _years_of(self, laydown: Laydown) -> dict[str, _Year]:
        """Return what each station of another laydown does; those that nothing touches do what they did."""
        posts = self.posts
        if laydown.sites is not self.laydown.sites or laydown.assets is not self.laydown.assets:
            posts = stations(laydown, self._prepared.method.capabilities, self._router)
        touches = self._touches(laydown.roads)
        years: dict[str, _Year] = {}
        anew = []
        for post in posts:
            before = self._years.get(post.site_id)
            stands = before is not None and _stands_alike(before.post, post)
            if stands and not touches(self._ways[post.site_id]):
                years[post.site_id] = self._years[post.site_id]
            else:
                anew.append(post)
        if anew:
            years |= self._reckoned(anew, laydown.roads)
        # In the order of the laydown, in which chances are multiplied.
        return {post.site_id: years[post.site_id] for post in posts}

    def _touches(self, roads: RoadState) -> Callable[[_Ways], bool]:
        """
        Return which ways another state of the roads can change.

        What shuts roads changes ways along them; ratings, and closures lifted, change ways that come
        to an end of an edge that takes another time. Anything else may change all.
        """
        before, network = self.laydown.roads, self._prepared.network
        if roads == before:
            return lambda _: False
        then = dict(roads.closed)
        shuts = all(then.get(road_id, 0) & months == months for road_id, months in before.closed)
        shuts &= set(before.lowered) <= set(roads.lowered)
        others = {name: getattr(before, name) for name in ("rated", "unrated", "reopened")}
        if not shuts or replace(roads, closed=before.closed, lowered=before.lowered, **others) != before:
            return lambda _: True
        named = {road_id for name, own in others.items() for road_id in {*own} ^ {*getattr(roads, name)}}
        within_km = self._prepared.method.travel.rated_ground_km
        rows = np.flatnonzero(np.isin(network.roads.table.road_id, sorted(named)))
        edges = [rated_edges(network, int(row), within_km) for row in rows]
        near = ends_of(network, np.concatenate([np.zeros(0, np.int64), *edges]))
        gone = replace(roads, closed=tuple({*roads.closed} - {*before.closed}))
        lost = gone.lost(network.roads.table)
        return lambda ways: bool((ways.taken & lost).any() or ways.passed[near].any())

    def _months_alike(self, years: Mapping[str, _Year]) -> MonthGroups:
        """Return the months in which every station does the same, before and after."""
        both = [*self._years.values(), *years.values()]
        number: dict[tuple[int, ...], int] = {}
        return MonthGroups(
            tuple(
                number.setdefault(tuple(id(year.at(month)) for year in both), len(number))
                for month in range(1, MONTHS + 1)
            )
        )

    def _touched(self, years: Mapping[str, _Year], month: int) -> NDArray[np.int64]:
        """Return the cells in which anything differs in a month, ascending."""
        touched = np.zeros(self._prepared.area.grid.n_cells, dtype=bool)
        for site_id in {**self._years, **years}:
            before, after = (
                None if (year := of.get(site_id)) is None else year.at(month) for of in (self._years, years)
            )
            if before is not after:
                _mark(touched, before, after)
        posts = tuple(year.post for year in years.values())
        if posts != self.posts:
            method, router = self._prepared.method, self._router
            before_them, after_them = (evacuation(method, router, own, month) for own in (self.posts, posts))
            if before_them is not after_them:
                touched |= before_them.chance != after_them.chance
        return np.flatnonzero(touched)

    def _add_gains(
        self,
        gains: NDArray[np.float64],
        years: Mapping[str, _Year],
        groups: MonthGroups,
        group: int,
        cells: NDArray[np.int64],
    ) -> None:
        """Write how much more need is met in a group of months, of which only `cells` differ."""
        method = self._prepared.method
        place = np.full(self._prepared.area.grid.n_cells, -1, dtype=np.int32)
        place[cells] = np.arange(len(cells), dtype=np.int32)
        kept: list[list[SiteEffects | None]] = []
        for year in years.values():
            own = year.at(groups.first[group])
            kept.append([None] * len(groups))
            kept[-1][group] = None if own is None else own.within(place)
        posts = tuple(year.post for year in years.values())
        there = gathered(posts, groups, tuple(method.capabilities), kept, len(cells))
        chances = group_chances(method, self._router, there, group, cells=cells)
        force, *tiers = (deliver(rule, chances) for rule in self._rules)
        first = groups.first[group] - 1
        before = self.delivery.tiers[:, first, cells]
        arrives = force.astype(np.float64) - self.delivery.force[first, cells]
        months = np.array(groups.months(group)) - 1
        for row, scope in zip(gains, self._scopes, strict=True):
            need = scope.need[np.ix_(months, cells)]
            row[0, months] = need @ arrives
            # As figures do it: in single precision, and then the difference.
            was, now = (
                mission(each, scope.tier_weights).astype(np.float64) for each in (before, np.stack(tiers))
            )
            row[1, months] = need @ (now - was)


def _stands_alike(one: Station, other: Station) -> bool:
    """Tell whether a site stands in the same place in the same months with the same assets."""
    return one is other or (one.months, one.holdings, one.connector.key) == (
        other.months,
        other.holdings,
        other.connector.key,
    )


def _mark(touched: NDArray[np.bool_], before: SiteEffects | None, after: SiteEffects | None) -> None:
    """Mark the cells in which a station does anything else than before."""
    if before is None or after is None:
        for each in (before, after):
            if each is not None:
                touched[each.cells] = True
        return
    for capability in range(len(before.start) - 1):
        (cells, miss), (others, other_miss) = before.of(capability), after.of(capability)
        if np.array_equal(cells, others):
            touched[cells[miss != other_miss]] = True
        else:
            was, now = (np.ones(len(touched), np.float32) for _ in range(2))
            was[cells], now[others] = miss, other_miss
            touched |= was != now
