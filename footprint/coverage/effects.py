"""Effects: what each station does in each group of months, as arrays that every evaluation shares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

from footprint.coverage.capabilities import Aircraft, Effect, site_effects
from footprint.coverage.escorts import Escort, escort_of, escorted_kinds, rated_share
from footprint.coverage.holdings import HELICOPTER, Approach, Day
from footprint.coverage.stations import Station
from footprint.method import Capability
from footprint.prepared import Prepared
from footprint.travel.air import day_limit_min, shortest_day_min
from footprint.travel.months import MONTHS, MonthGroups
from footprint.travel.profiles import Profile
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router

Number = TypeVar("Number", np.int32, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class SiteEffects:
    """What one station does in one group of months: its capabilities one after the other."""

    start: NDArray[np.int64] = field(repr=False)
    """First entry of each capability, and behind the last, shape (n_capabilities + 1,)."""
    cells: NDArray[np.int32] = field(repr=False)
    """Cells it gets to, by capability, ascending in each."""
    miss: NDArray[np.float32] = field(repr=False)
    """Chance that none of the station's assets is there in time and fit for use [0-1]."""
    arrival_min: NDArray[np.float32] = field(repr=False)
    """Soonest arrival, notice included [min]; inf where effect comes by no dated arrival."""
    escort: Escort
    """What escorts take from it."""

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        return 1000 + int(self.cells.nbytes + self.miss.nbytes + self.arrival_min.nbytes)


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """
    What every station does in every group of months.

    Stations need not belong to one laydown: a portfolio is a choice among them, and several may be
    alternatives for one site.
    """

    stations: tuple[Station, ...] = field(repr=False)
    groups: MonthGroups
    """Months alike: the same roads at the same speeds, the same stations open."""
    capabilities: tuple[str, ...]
    """Names of the capabilities, in the order of every axis of capabilities."""
    start: NDArray[np.int64] = field(repr=False)
    """First entry of each station, group and capability, shape (n_stations, n_groups, n_capabilities + 1)."""
    cells: NDArray[np.int32] = field(repr=False)
    miss: NDArray[np.float32] = field(repr=False)
    arrival_min: NDArray[np.float32] = field(repr=False)
    escorts: tuple[tuple[Escort | None, ...], ...] = field(repr=False)
    """By station and group; None where the station is closed."""
    n_cells: int

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        arrays = (self.start, self.cells, self.miss, self.arrival_min)
        return sum(int(array.nbytes) for array in arrays)

    def is_open(self, station: int, group: int) -> bool:
        """Tell whether a station is open in a group of months."""
        return self.stations[station].is_open(self.groups.first[group])

    def present(self, group: int, chosen: Sequence[int] | None = None) -> NDArray[np.int64]:
        """Return the stations open in a group, of those chosen or of all, ascending."""
        asked = range(len(self.stations)) if chosen is None else sorted(chosen)
        return np.array([station for station in asked if self.is_open(station, group)], dtype=np.int64)

    def chances(self, group: int, chosen: Sequence[int] | None = None) -> NDArray[np.float32]:
        """
        Return the chance that each capability is there in a group of months.

        Parameters
        ----------
        group
            Group of months.
        chosen
            Stations that stand, by number; all of them if left out.

        Returns
        -------
        ndarray
            Chance that at least one of the stations' assets is there [0-1], shape (n_capabilities,
            n_cells); 0 for evacuation, which no station brings alone (see `Evacuation`).
        """
        miss = np.ones((len(self.capabilities), self.n_cells), dtype=np.float32)
        _join(self.start[:, group], self.cells, self.miss, self.present(group, chosen), miss)
        return np.subtract(np.float32(1), miss, out=miss)

    def arrivals_by_station(self, group: int, names: Sequence[str]) -> NDArray[np.float32]:
        """
        Return the soonest arrival of any of some capabilities from each station in a group.

        Parameters
        ----------
        group
            Group of months.
        names
            Capabilities.

        Returns
        -------
        ndarray
            Notice included [min], inf where none comes or the station is closed, shape (n_stations,
            n_cells).
        """
        soonest = np.full((len(self.stations), self.n_cells), np.inf, dtype=np.float32)
        for station in self.present(group):
            for name in names:
                first, last = self.start[station, group, self.capabilities.index(name) :][:2]
                cells, row = self.cells[first:last], soonest[station]
                row[cells] = np.minimum(row[cells], self.arrival_min[first:last])
        return soonest

    def arrivals(self, group: int) -> dict[str, NDArray[np.float32]]:
        """Return the soonest arrival of each capability in a group [min], inf for none, shape (n_cells,)."""
        soonest = np.full((len(self.capabilities), self.n_cells), np.inf, dtype=np.float32)
        _soonest(self.start[:, group], self.cells, self.arrival_min, self.present(group), soonest)
        return dict(zip(self.capabilities, soonest, strict=True))


@njit(cache=True, nogil=True)
def _join(
    start: NDArray[np.int64],
    cells: NDArray[np.int32],
    miss: NDArray[np.float32],
    stations: NDArray[np.int64],
    joined: NDArray[np.float32],
) -> None:
    """Multiply into `joined` what each station misses, station by station in their order."""
    for station in stations:
        for capability in range(joined.shape[0]):
            for at in range(start[station, capability], start[station, capability + 1]):
                joined[capability, cells[at]] *= miss[at]


@njit(cache=True, nogil=True)
def _soonest(
    start: NDArray[np.int64],
    cells: NDArray[np.int32],
    arrival_min: NDArray[np.float32],
    stations: NDArray[np.int64],
    soonest: NDArray[np.float32],
) -> None:
    """Lower `soonest` to the arrival of each station that comes sooner."""
    for station in stations:
        for capability in range(soonest.shape[0]):
            for at in range(start[station, capability], start[station, capability + 1]):
                cell = cells[at]
                soonest[capability, cell] = min(soonest[capability, cell], arrival_min[at])


def station_effects(
    prepared: Prepared,
    router: Router,
    posts: Sequence[Station],
    roads: RoadState,
    *,
    by_air: bool = True,
) -> Effects:
    """
    Return what stations do in each group of months over `roads`.

    Parameters
    ----------
    prepared
        Area and method.
    router
        Searches, kept; what stations do is kept there too.
    posts
        The stations, in the order in which their chances are joined.
    roads
        State of the roads.
    by_air
        False takes everybody off the helicopters: what arrives by land and water alone.
    """
    dusk = meets_dusk(prepared)
    days = (1 << month for month in range(MONTHS)) if dusk else ()
    groups = router.months(roads).split([*(post.months for post in posts), *days])
    capabilities = prepared.method.capabilities
    grounded = {name: replace(each, air=False) for name, each in capabilities.items()}
    named = [(each, _content(each)) for each in ((capabilities, grounded) if not by_air else (capabilities,))]
    acting = []
    for post in posts:
        own, key = named[-1 if post.has(HELICOPTER) else 0]
        taken = escort_of(post.holdings, own, _asked_days(prepared, router, post, roads))
        acting.append(_Acting(post, roads, taken, own, key, dusk))
    _search_ahead(router, acting, roads.without_loss(), groups)
    if roads.has_loss:
        # Whose ways no closure touches does what it did: one look at a station spares all its months.
        acting = [_untouched(router, act, groups) for act in acting]
        _search_ahead(router, [act for act in acting if act.roads.has_loss], roads, groups)
    kept = [
        [_kept(prepared, router, act, month) if act.post.is_open(month) else None for month in groups.first]
        for act in acting
    ]
    return _gathered(tuple(posts), groups, tuple(capabilities), kept, prepared.area.grid.n_cells)


def _gathered(
    posts: tuple[Station, ...],
    groups: MonthGroups,
    capabilities: tuple[str, ...],
    kept: Sequence[Sequence[SiteEffects | None]],
    n_cells: int,
) -> Effects:
    """Lay the effects of every station and group one after the other; equal ones stand once."""
    unique = {id(each): each for row in kept for each in row if each is not None}
    offset: dict[int, int] = {}
    total = 0
    for number, each in unique.items():
        offset[number] = total
        total += len(each.cells)
    start = np.zeros((len(posts), len(groups), len(capabilities) + 1), dtype=np.int64)
    for station, row in enumerate(kept):
        for group, own in enumerate(row):
            if own is not None:
                start[station, group] = own.start + offset[id(own)]
    parts = list(unique.values())
    return Effects(
        stations=posts,
        groups=groups,
        capabilities=capabilities,
        start=start,
        cells=_joined([each.cells for each in parts], np.int32),
        miss=_joined([each.miss for each in parts], np.float32),
        arrival_min=_joined([each.arrival_min for each in parts], np.float32),
        escorts=tuple(tuple(None if each is None else each.escort for each in row) for row in kept),
        n_cells=n_cells,
    )


def _joined(parts: Sequence[NDArray[Number]], kind: type[Number]) -> NDArray[Number]:
    return np.concatenate([np.zeros(0, kind), *parts])


@dataclass(frozen=True, slots=True, eq=False)
class _Acting:
    """One station over some roads, and what is asked of it whatever the month."""

    post: Station
    roads: RoadState
    taken: Escort
    """What escorts take from it."""
    capabilities: Mapping[str, Capability]
    """As its assets act that fly, or are kept from flying."""
    capabilities_key: str
    """Name of their content."""
    dusk: bool
    """Whether the day is too short for some of them in some month."""

    @property
    def unrated(self) -> bool:
        """Whether some of its teams keep off rated ground, for want of escorts."""
        return self.taken.escorted < 1

    def routes(self, groups: MonthGroups) -> Iterator[tuple[Profile, int, bool]]:
        """Yield profile, month and whether off rated ground of every search that it rests on."""
        for profile in self.post.profiles:
            for month in groups.first:
                if self.post.is_open(month):
                    yield from (
                        (profile, month, free) for free in ((False, True) if self.unrated else (False,))
                    )


def _search_ahead(router: Router, acting: Sequence[_Acting], roads: RoadState, groups: MonthGroups) -> None:
    router.search_ahead(
        (
            (act.post.connector, profile, month)
            for act in acting
            for profile, month, free in act.routes(groups)
            if not free
        ),
        roads,
    )


def _untouched(router: Router, act: _Acting, groups: MonthGroups) -> _Acting:
    """Return a station over the roads without closures, if none of these lies on any of its ways."""
    free, gone = act.roads.without_loss(), router.lost(act.roads)
    for profile, month, unrated in act.routes(groups):
        way = router.route(act.post.connector, profile, month, free, unrated_only=unrated)
        if (way.taken & gone).any():
            return act
    return replace(act, roads=free)


def _content(capabilities: Mapping[str, Capability]) -> str:
    """Name the content of capabilities; hashing them anew for every month took longer than the rest."""
    return hashlib.blake2b(repr(tuple(capabilities.values())).encode(), digest_size=16).hexdigest()


def _kept(prepared: Prepared, router: Router, act: _Acting, month: int) -> SiteEffects:
    """Return what one station does in a month and those like it, from memory where it was asked before."""
    post, roads, own, method = act.post, act.roads, act.capabilities, prepared.method
    aircraft = Aircraft(method.tasking.helicopter_availability, method.travel.helicopter_notice_min)
    key = (
        "effects",
        post.connector.key,
        post.holdings,
        _search_keys(router, act, month, unrated=act.unrated),
        # A router may serve several methods: the key names all of the method that acts here.
        act.capabilities_key,
        (act.taken, aircraft, method.tasking.stay_min),
        month if act.dusk else 0,
    )

    def make() -> SiteEffects:
        approach = approach_of(router, post, month, roads, unrated=act.unrated)
        if act.dusk:
            daylight_min = day_limit_min(prepared.area.grid, month, returns=False)
            approach = replace(approach, day=Day(daylight_min, method.tasking.stay_min))
        effects = site_effects(post.holdings, approach, own, aircraft=aircraft, taken=act.taken)
        return _in_a_row([effects.get(name) for name in own], act.taken)

    made = router.further.get(key, make)
    if not isinstance(made, SiteEffects):
        raise TypeError(f"{made!r} is kept where effects belong")
    return made


def _search_keys(router: Router, act: _Acting, month: int, *, unrated: bool) -> tuple[str, ...]:
    """Return what the searches of a station in a month depend on, those off rated ground too if asked for."""
    return tuple(
        router.search_key(act.post.connector, profile, month, act.roads, unrated_only=free)
        for free in ((False, True) if unrated else (False,))
        for profile in act.post.profiles
    )


def meets_dusk(prepared: Prepared) -> bool:
    """
    Tell whether any capability reaches so far that the day could be too short for it in some month.

    If none does, months of unequal days are alike, which spares eleven reckonings of twelve.
    """
    stay_min, longest_min = prepared.method.tasking.stay_min, 0.0
    for each in prepared.method.capabilities.values():
        for limits in (each.minutes, each.air_minutes):
            if limits is not None:
                away_min = limits.zero if each.overnight else 2 * limits.zero + stay_min
                longest_min = max(longest_min, away_min)
    return longest_min > shortest_day_min(prepared.area.grid)


def _asked_days(prepared: Prepared, router: Router, post: Station, roads: RoadState) -> float:
    """
    Return the escort days a month that one civilian team of a station asks for.

    By the undisturbed network in its driest month, so that closing or repairing a road never changes
    it: escorts follow teams and ratings alone.
    """
    numbers, kinds = prepared.method.tasking, escorted_kinds(prepared.method.capabilities)
    if not any(post.has(kind) for kind in kinds):
        return 0.0
    still, month = roads.undisturb(), router.network.driest_month
    quickest, unrated = (
        router.route(post.connector, Profile.CONVOY, month, still, unrated_only=free)
        for free in (False, True)
    )
    people = np.nan_to_num(prepared.area.population.people)
    return numbers.escort_days * rated_share(quickest, unrated, people, numbers.escort_reach_min)


def approach_of(
    router: Router, post: Station, month: int, roads: RoadState, *, unrated: bool = False
) -> Approach:
    """
    Return a station's ways to the cells in a month (1-12) and those like it.

    Parameters
    ----------
    router, post, month, roads
        Searches, the station, the month, the state of the roads.
    unrated
        With the ways that keep off rated ground: whoever gets no escort takes them.
    """
    flight_min = router.flight(post.x_m, post.y_m)
    return Approach(
        routes={
            str(profile): router.route(post.connector, profile, month, roads) for profile in post.profiles
        },
        flight_min=flight_min,
        straight_km=flight_min * np.float32(router.travel.helicopter_kmh / 60.0),
        unrated={
            str(profile): router.route(post.connector, profile, month, roads, unrated_only=True)
            for profile in post.profiles
            if unrated
        },
    )


def _in_a_row(effects: Sequence[Effect | None], taken: Escort) -> SiteEffects:
    """Lay the effects of a station's capabilities one after the other."""
    present = [effect for effect in effects if effect is not None]
    sizes = [0 if effect is None else len(effect.cells) for effect in effects]
    return SiteEffects(
        start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        cells=_joined([effect.cells for effect in present], np.int32),
        miss=_joined([effect.miss for effect in present], np.float32),
        arrival_min=_joined([effect.arrival_min for effect in present], np.float32),
        escort=taken,
    )
