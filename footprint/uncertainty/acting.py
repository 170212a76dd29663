"""Who acts in some plans, searched once and farther, so that draws shorten and lengthen the same ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.capabilities import Lift, lifts_of
from footprint.coverage.escorts import Escort, escort_of, escorted_kinds, rated_share
from footprint.coverage.footprints import FORCE, TIERS
from footprint.coverage.holdings import HELICOPTER
from footprint.coverage.stations import Station, stations
from footprint.method import Capability, DrawnName
from footprint.prepared import Prepared
from footprint.scenario import Scenario, apply
from footprint.travel.months import MONTHS
from footprint.travel.profiles import Profile
from footprint.travel.reach import Reach
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router
from footprint.uncertainty.draws import Draw, Draws, drawn_capabilities, drawn_once
from layers.months import in_month


@dataclass(frozen=True, slots=True, eq=False)
class WayYear:
    """The ways of one site by one way of travelling, month by month, under the method's own speeds."""

    profile: Profile
    unrated: bool
    """Whether they keep off rated ground."""
    by_month: tuple[Reach, ...] = field(repr=False)
    """January first; months alike share one."""


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """A station over some roads; equal ones of several plans are one."""

    post: Station
    ways: tuple[int, ...]
    """Its ways, by number among all of them."""
    escorts: tuple[Escort, ...] = field(repr=False)
    """What escorts take from it in each draw, the method's own behind the last."""
    lifts: Mapping[str, tuple[tuple[Lift, ...], ...]] = field(repr=False)
    """Whoever flies, in each draw, by capability; the method's own behind the last."""


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """Everybody who acts in some plans."""

    names: tuple[str, ...]
    """Capabilities of the footprints, in the method's order."""
    draws: tuple[Draw, ...] = field(repr=False)
    """The draws, and the method itself behind the last."""
    plans: tuple[tuple[int, ...], ...]
    """Actors of each plan, by number, in the order of its sites."""
    actors: tuple[Actor, ...] = field(repr=False)
    ways: tuple[WayYear, ...] = field(repr=False)


def capabilities_of(prepared: Prepared) -> dict[str, Capability]:
    """Return the capabilities that stand in any footprint, in the method's order."""
    bundles = prepared.method.bundles
    named = {name for bundle in (FORCE, *TIERS) for group in bundles[bundle].groups for name in group}
    return {name: each for name, each in prepared.method.capabilities.items() if name in named}


def farther_router(prepared: Prepared, draws: Draws) -> Router:
    """
    Return a router that searches as far as the fastest draw gets within any limit.

    Every arc of a way of travelling takes the same factor, so the quickest way stays the quickest, and
    times under a draw are the searched ones times its factor: no draw searches anew.
    """
    limits: dict[str, float] = {}
    for each in capabilities_of(prepared).values():
        if each.minutes is not None:
            for profile in (each.ground, "boat" if each.boat else ""):
                limits[profile] = max(limits.get(profile, 0.0), each.minutes.zero)
    reach_min = prepared.method.tasking.escort_reach_min
    limits[Profile.CONVOY] = max(limits.get(Profile.CONVOY, 0.0), reach_min)
    limits.pop("", None)
    fastest = {
        name: min(1.0, *(draws.column(each.name, each.of).min() for each in own))
        for name in limits
        if (own := [n for n in draws.numbers if n.name is DrawnName.TIME and n.of.split(".")[0] == name])
    }
    limits = {name: limit / fastest[name] for name, limit in limits.items()}
    return Router(prepared.network, prepared.method.travel, limits)


@dataclass(frozen=True, slots=True, eq=False)
class _Scaled:
    """A route whose times are drawn."""

    cells: NDArray[np.int32]
    minutes: NDArray[np.float32]


class Casting:
    """Gathers who acts in some plans, each but once."""

    def __init__(self, prepared: Prepared, draws: Draws) -> None:
        """
        Prepare to search.

        Parameters
        ----------
        prepared
            The area under its method.
        draws
            Tell how far to search, and who wants for escorts.
        """
        self._prepared, self._router = prepared, farther_router(prepared, draws)
        self._capabilities = capabilities_of(prepared)
        self._draws = (*(draws.draw(at) for at in range(len(draws))), _centre_of(draws, prepared))
        self._drawn = [drawn_capabilities(prepared.method, draw) for draw in self._draws]
        self._actors: list[Actor] = []
        self._number: dict[object, int] = {}
        self._ways: list[WayYear] = []
        self._way_number: dict[object, int] = {}
        self._rated: dict[object, NDArray[np.float64]] = {}

    def cast(self, plans: Mapping[str, Scenario], router: Router) -> Cast:
        """Return everybody who acts in `plans`; `router` joins their sites to the network."""
        acting = []
        for scenario in plans.values():
            laydown = apply(scenario, self._prepared.area, self._prepared.method)
            posts = stations(laydown, self._prepared.method.capabilities, router)
            self._search_ahead(posts, laydown.roads)
            acting.append(tuple(self._actor(post, laydown.roads) for post in posts))
        return Cast(
            names=tuple(self._capabilities),
            draws=self._draws,
            plans=tuple(acting),
            actors=tuple(self._actors),
            ways=tuple(self._ways),
        )

    def _profiles(self, post: Station) -> list[Profile]:
        own = [each for each in self._capabilities.values() if any(post.has(kind) for kind in each.assets)]
        used = {name for each in own for name in (each.ground, "boat" if each.boat else "") if name}
        return sorted(Profile(name) for name in used)

    def _search_ahead(self, posts: Sequence[Station], roads: RoadState) -> None:
        wanted = [
            (post.connector, profile, month)
            for post in posts
            for profile in self._profiles(post)
            for month in self._router.months(roads).first
            if any(
                post.is_open(each)
                for each in self._router.months(roads).months(self._router.months(roads).group(month))
            )
        ]
        self._router.search_ahead(wanted, roads)

    def _actor(self, post: Station, roads: RoadState) -> int:
        escorts = self._escorts(post, roads)
        wanting = any(each.escorted < 1 for each in escorts)
        ways = tuple(
            self._way(post, profile, roads, unrated=unrated)
            for profile in self._profiles(post)
            for unrated in ((False, True) if wanting else (False,))
        )
        shares = tuple((each.asked_days, each.given_days) for each in escorts)
        key = (post.connector.key, post.holdings, post.months, ways, shares)
        if key not in self._number:
            self._number[key] = len(self._actors)
            self._actors.append(Actor(post, ways, escorts, self._lifts(post)))
        return self._number[key]

    def _way(self, post: Station, profile: Profile, roads: RoadState, *, unrated: bool) -> int:
        router, place = self._router, post.connector
        groups = router.months(roads)
        months = [groups.first[groups.group(month)] for month in range(1, MONTHS + 1)]
        searched = {
            month: router.searched(place, profile, month, roads, unrated_only=unrated)
            for month in groups.first
        }
        keys = {
            month: router.key(profile, month, own, unrated_only=unrated) for month, own in searched.items()
        }
        key = (place.key, profile, unrated, tuple(keys[month] for month in months))
        if key not in self._way_number:
            found = {
                month: router.route(place, profile, month, own, unrated_only=unrated)
                for month, own in searched.items()
            }
            self._way_number[key] = len(self._ways)
            self._ways.append(WayYear(profile, unrated, tuple(found[month] for month in months)))
        return self._way_number[key]

    def _escorts(self, post: Station, roads: RoadState) -> tuple[Escort, ...]:
        """Return what escorts take from a station in each draw."""
        method, kinds = self._prepared.method, escorted_kinds(self._prepared.method.capabilities)
        shares = np.zeros(len(self._draws))
        if any(post.has(kind) for kind in kinds):
            shares = self._rated_shares(post, roads.undisturb())
        return tuple(
            escort_of(post.holdings, method.capabilities, method.tasking.escort_days * share)
            for share in shares.tolist()
        )

    def _rated_shares(self, post: Station, still: RoadState) -> NDArray[np.float64]:
        """Return the share of people whose quickest way is rated, by the times of each draw."""
        key = (post.connector.key, still)
        if key not in self._rated:
            month = self._router.network.driest_month
            quickest, unrated = (
                self._router.route(post.connector, Profile.CONVOY, month, still, unrated_only=free)
                for free in (False, True)
            )
            rains = bool(in_month(self._prepared.network.rains_months, month))
            people = np.nan_to_num(self._prepared.area.population.people)
            reach_min = self._prepared.method.tasking.escort_reach_min
            shares = []
            for draw in self._draws:
                times = np.float32(draw.time_factor(Profile.CONVOY, rains=rains))
                two = [_Scaled(each.cells, each.minutes * times) for each in (quickest, unrated)]
                shares.append(rated_share(two[0], two[1], people, reach_min))
            self._rated[key] = np.array(shares)
        return self._rated[key]

    def _lifts(self, post: Station) -> dict[str, tuple[tuple[Lift, ...], ...]]:
        if not post.has(HELICOPTER):
            return {}
        found = {}
        for name, each in self._capabilities.items():
            carriers = [own for own in post.holdings if own.kind in each.assets]
            if each.air and carriers and not each.relay and (not each.needs or post.has(each.needs)):
                found[name] = tuple(
                    lifts_of(post.holdings, carriers, capabilities[name], aircraft)
                    for capabilities, aircraft in self._drawn
                )
        return found


def _centre_of(draws: Draws, prepared: Prepared) -> Draw:
    values = [prepared.method.drawn[each.name].centre for each in draws.numbers]
    return drawn_once(-1, draws.numbers, values, draws.seed)
