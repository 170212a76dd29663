"""What a laydown comes to without one piece: reckoned anew only where that piece can act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from footprint.coverage.delivery import delivery, footprint_rules, group_chances
from footprint.coverage.effects import SiteEffects
from footprint.coverage.evacuation import Evacuation, evacuation
from footprint.coverage.footprints import deliver
from footprint.coverage.station_effects import gathered, station_years
from footprint.coverage.stations import Station, stations
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import EQUAL, mission
from footprint.indicators.units import Level, Units
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import figures_of
from footprint.scenario import Laydown
from footprint.travel.months import MONTHS, MonthGroups
from footprint.travel.network import Network
from footprint.travel.profiles import Profile
from footprint.travel.rated import ends_of, rated_edges
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router
from footprint.travel.variants import VariantRouter

_EFFECTS_KEPT = 500
"""What stations do whose cells are kept, by number."""

_EACH_MONTH = MonthGroups(tuple(range(MONTHS)))

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
class _Scopes:
    """Units or objectives whose need counts by the same measure, and whose tiers weigh alike."""

    rows: list[int]
    """Place of each among all."""
    need: NDArray[np.float32]
    """Need of each month and cell [share of the whole], shape (12, n_cells)."""
    shares: NDArray[np.float64]
    """Share of each cell in each, shape (n_rows, n_cells)."""
    tier_weights: tuple[float, float, float]

    @property
    def total(self) -> NDArray[np.float64]:
        """Need of each in each month, shape (n_rows, 12)."""
        return np.asarray(self.shares @ self.need.astype(np.float64).T)


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """Some months in which the same differs in the same cells."""

    cells: NDArray[np.int64]
    """Where anything differs, ascending."""
    month: int
    """One of the months (1-12)."""
    there: list[SiteEffects | None]
    """What each station does then; None for one that gets to none of the cells."""
    months: list[int]


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
        self._cells: LRUCache[int, tuple[SiteEffects, NDArray[np.uint8]]] = LRUCache(_EFFECTS_KEPT)
        self._scopes = self._all_scopes()
        rows = [row for scopes in self._scopes for row in scopes.rows]
        self._totals = np.vstack([scopes.total for scopes in self._scopes])[np.argsort(rows)]
        self._totals[self._outside()] = np.nan
        self.headlines = self._of_the_year()
        """Mean of the year of each headline, at least [share], shape (1 + n_objectives + n_regions, 2)."""

    def change(self, laydown: Laydown, over: VariantRouter | None = None) -> NDArray[np.float64]:
        """
        Return by how much another laydown's headlines differ, shape (1 + n_objectives + n_regions, 2).

        Parameters
        ----------
        laydown
            Any; the more it is like this one, the less there is to reckon.
        over
            Searches over a variant of the network, on which this very laydown stands instead.
        """
        years = self._years_of(laydown) if over is None else self._years_over(laydown, over)
        gains = np.zeros((len(self._totals), len(HEADLINES), MONTHS))
        for case in self._cases(years):
            self._add_gains(gains, years, case)
        totals = self._totals[:, None]
        # NaN in a month, where nobody needs anything or nothing is known, is NaN of the year.
        shares = np.divide(gains, totals, out=np.full(gains.shape, np.nan), where=totals > 0)
        return np.asarray(shares.mean(axis=2))

    def over(self, varied: Callable[[Network], Network]) -> VariantRouter:
        """Return searches over a variant of the network, with every site joined to it."""
        found = VariantRouter(self._router, varied(self._router.network))
        for post in self.posts:
            found.connector(post.x_m, post.y_m)
        return found

    def _years_over(self, laydown: Laydown, over: VariantRouter) -> dict[str, _Year]:
        """Return what each station does on a variant of the network; mostly the very same, from memory."""
        elsewhere = replace(self._prepared, network=over.network)
        posts = stations(laydown, elsewhere.method.capabilities, over)
        joined = all(one.connector is other.connector for one, other in zip(self.posts, posts, strict=True))
        if joined and not any(over.touches(ways.passed) for ways in self._ways.values()):
            return self._years
        groups, kept = station_years(elsewhere, over, posts, laydown.roads)
        return {post.site_id: _Year(post, groups, row) for post, row in zip(posts, kept, strict=True)}

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

    def _all_scopes(self) -> list[_Scopes]:
        """Return the area, each objective, each region, in this order, those alike together."""
        prepared = self._prepared
        units = prepared.units
        regions = np.flatnonzero(units.frame["level"] == Level.REGION)
        blend = prepared.surfaces[str(Measure.BLEND)]
        own = [(units.shares[[0]], blend, EQUAL)]
        own += [
            (
                prepared.scopes[each.objective_id].shares,
                prepared.surfaces[each.objective_id],
                each.tier_weights,
            )
            for each in prepared.objectives
        ]
        own += [(units.shares[[unit]], blend, EQUAL) for unit in regions.tolist()]
        alike: dict[tuple[int, tuple[float, float, float]], list[int]] = {}
        for number, (_, need, tier_weights) in enumerate(own):
            alike.setdefault((id(need), tier_weights), []).append(number)
        return [
            _Scopes(
                rows, own[rows[0]][1], np.vstack([own[row][0].toarray() for row in rows]), own[rows[0]][2]
            )
            for rows in alike.values()
        ]

    def _outside(self) -> NDArray[np.bool_]:
        """Tell which of the area, each objective and each region lie mostly outside."""
        scopes = [self._prepared.scopes[each.objective_id].outside for each in self._prepared.objectives]
        return np.concatenate([[False], *scopes, self._prepared.regions.outside])

    def _of_the_year(self) -> NDArray[np.float64]:
        whole, levels = self._prepared.units, self.delivery.at_least()
        kept = np.flatnonzero(whole.frame["level"].isin([Level.AREA, Level.REGION]))
        units = Units(whole.frame.iloc[kept], whole.shares[kept], whole.outside[kept])
        rows = figures_of(self._prepared, levels, Measure.BLEND, units)
        by_month = rows[list(HEADLINES)].to_numpy(dtype=np.float64).reshape(-1, MONTHS, len(HEADLINES))
        # Objectives stand behind all units there, and between the area and its regions here.
        split = len(kept)
        order = [0, *range(split, len(by_month)), *range(1, split)]
        return np.asarray(by_month.mean(axis=1)[order])

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

    def _cases(self, years: Mapping[str, _Year]) -> list[_Case]:
        """Return the months in which anything differs, those together in which the same does."""
        found: dict[tuple[object, ...], _Case] = {}
        held = []  # what is told apart by its place in memory must stay there
        for group, month in enumerate((alike := self._months_alike(years)).first):
            cells, touched = self._touched(years, month)
            if not len(cells):
                continue
            # Only who gets to these cells takes part: others may do in each month what they like.
            packed = np.packbits(touched)
            there = [self._gets_to(year.at(month), packed) for year in years.values()]
            before = [self._gets_to(year.at(month), packed) for year in self._years.values()]
            held.append(self._flown(years, month))
            key = (cells.tobytes(), *map(id, (*there, *before, *held[-1])))
            case = found.setdefault(key, _Case(cells, month, there, []))
            case.months.extend(alike.months(group))
        return list(found.values())

    def _gets_to(self, effects: SiteEffects | None, touched: NDArray[np.uint8]) -> SiteEffects | None:
        """Return what a station does in a month if it gets to any of some cells, packed; else None."""
        if effects is None:
            return None
        kept = self._cells.get(id(effects))
        if kept is None:
            there = np.zeros(self._prepared.area.grid.n_cells, dtype=bool)
            there[effects.cells] = True
            kept = effects, np.packbits(there)
            # With the effects themselves, so that their place in memory stays theirs.
            self._cells[id(effects)] = kept
        return effects if (kept[1] & touched).any() else None

    def _flown(self, years: Mapping[str, _Year], month: int) -> tuple[Evacuation, Evacuation]:
        """Return evacuation in a month, before and after."""
        method, router = self._prepared.method, self._router
        posts = tuple(year.post for year in years.values())
        before, after = (evacuation(method, router, own, month) for own in (self.posts, posts))
        return before, after

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

    def _touched(self, years: Mapping[str, _Year], month: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the cells in which anything differs in a month, ascending, and whether each cell is one."""
        touched = np.zeros(self._prepared.area.grid.n_cells, dtype=bool)
        for site_id in {**self._years, **years}:
            before, after = (
                None if (year := of.get(site_id)) is None else year.at(month) for of in (self._years, years)
            )
            if before is not after:
                _mark(touched, before, after)
        posts = tuple(year.post for year in years.values())
        if posts != self.posts:
            before_them, after_them = self._flown(years, month)
            if before_them is not after_them:
                touched |= before_them.chance != after_them.chance
        return np.flatnonzero(touched), touched

    def _add_gains(self, gains: NDArray[np.float64], years: Mapping[str, _Year], case: _Case) -> None:
        """Write how much more need is met in some months alike, in which only some cells differ."""
        method, cells, first = self._prepared.method, case.cells, case.month - 1
        place = np.full(self._prepared.area.grid.n_cells, -1, dtype=np.int32)
        place[cells] = np.arange(len(cells), dtype=np.int32)
        kept: list[list[SiteEffects | None]] = [[None] * MONTHS for _ in case.there]
        for row, own in zip(kept, case.there, strict=True):
            row[first] = None if own is None else own.within(place)
        posts = tuple(year.post for year in years.values())
        there = gathered(posts, _EACH_MONTH, tuple(method.capabilities), kept, len(cells))
        chances = group_chances(method, self._router, there, first, cells=cells)
        force, *tiers = (deliver(rule, chances) for rule in self._rules)
        before, after = self.delivery.tiers[:, first, cells], np.stack(tiers)
        arrives = force.astype(np.float64) - self.delivery.force[first, cells]
        months = np.array(case.months) - 1
        for scopes in self._scopes:
            # As figures do it: in single precision, and then the difference.
            was, now = (mission(each, scopes.tier_weights).astype(np.float64) for each in (before, after))
            need, shares = scopes.need[np.ix_(months, cells)], scopes.shares[:, cells].T
            for number, gained in enumerate((arrives, now - was)):
                at = np.ix_(np.array(scopes.rows), np.array([number]), months)
                gains[at] = ((need * gained) @ shares).T[:, None]


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
