"""What every station does in each group of months, kept by all that it depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.capabilities import Aircraft, Effect, site_effects
from footprint.coverage.effects import Effects, Number, SiteEffects
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
    groups, kept = station_years(prepared, router, posts, roads, by_air=by_air)
    names, n_cells = tuple(prepared.method.capabilities), prepared.area.grid.n_cells
    return gathered(tuple(posts), groups, names, kept, n_cells)


def station_years(
    prepared: Prepared,
    router: Router,
    posts: Sequence[Station],
    roads: RoadState,
    *,
    by_air: bool = True,
) -> tuple[MonthGroups, list[list[SiteEffects | None]]]:
    """
    Return groups of months alike, and what each station does in each; None where it is closed.

    Parameters
    ----------
    prepared, router, posts, roads, by_air
        As for `station_effects`.
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
        taken = taken_by_escorts(prepared, router, post, roads)
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
    return groups, kept


def gathered(
    posts: tuple[Station, ...],
    groups: MonthGroups,
    capabilities: tuple[str, ...],
    kept: Sequence[Sequence[SiteEffects | None]],
    n_cells: int,
) -> Effects:
    """
    Lay the effects of every station and group one after the other; equal ones stand once.

    Parameters
    ----------
    posts, groups, kept
        The stations, months alike, and what each station does in each group; None where it is closed.
    capabilities
        Names, in the order of every axis of capabilities.
    n_cells
        Cells that are told of.
    """
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


def taken_by_escorts(prepared: Prepared, router: Router, post: Station, roads: RoadState) -> Escort:
    """Return what escorts take from a station, in every month alike."""
    asked_days = _asked_days(prepared, router, post, roads)
    return escort_of(post.holdings, prepared.method.capabilities, asked_days)


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
