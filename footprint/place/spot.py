"""Spot: what stations do in one cell in one month, by the rules of reviews, without the other cells."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.capabilities import Aircraft, Effect, site_effects
from footprint.coverage.escorts import Escort, escorted_kinds
from footprint.coverage.evacuation import Evacuation, evacuation_between, ready_for
from footprint.coverage.holdings import COMPANY, HELICOPTER, Approach, Day
from footprint.coverage.station_effects import meets_dusk, taken_by_escorts
from footprint.coverage.stations import Station
from footprint.method import Capability
from footprint.prepared import Prepared
from footprint.travel.air import day_limit_min
from footprint.travel.connectors import last_legs
from footprint.travel.fastest import fastest_kmh
from footprint.travel.profiles import Profile
from footprint.travel.reach import reach
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router

HERE = "\N{SYMBOL FOR NULL}\n"
"""Stands for a new site in the cell asked about: in two lines, as no identifier of a site may be."""

_BENT = 1.02
"""Straight distances on the map may be that much longer or shorter than on the globe."""


class Way(NamedTuple):
    """A way to the one cell, as a search has ways to many."""

    cells: NDArray[np.int32]
    minutes: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One cell in one month, over some roads."""

    prepared: Prepared
    router: Router = field(repr=False)
    roads: RoadState
    cell: int
    month: int
    dusk: bool
    """Whether the day is too short for somebody in some month."""
    limits_min: Mapping[str, float]
    """How far ways are searched for by each travel profile [min]."""
    _kept: dict[Hashable, float] = field(default_factory=dict, repr=False)
    """Minutes and speeds asked for before: every capability asks for the same few."""

    @classmethod
    def of(cls, prepared: Prepared, router: Router, roads: RoadState, cell: int, month: int) -> Spot:
        """Return a cell in a month (1-12) over roads."""
        return cls(prepared, router, roads, cell, month, meets_dusk(prepared), prepared.limits_min)

    def flight_min(self, post: Station) -> NDArray[np.float32]:
        """Return the flight time from a station without notice [min], shape (1,)."""
        return self.router.flight(post.x_m, post.y_m)[self.cell : self.cell + 1]

    def straight_km(self, post: Station) -> NDArray[np.float32]:
        """Return the straight distance from a station [km], shape (1,)."""
        kmh = self.router.travel.helicopter_kmh
        return np.asarray(self.flight_min(post) * np.float32(kmh / 60.0))

    def within(self, post: Station, profile: Profile, limit_min: float, *, month: int = 0) -> bool:
        """Tell whether a station is so near that a way might take no longer than a limit [min]."""
        kmh = self._fastest_kmh(profile, month or self.month)
        return self.away_km(post) <= kmh / 60.0 * limit_min * _BENT

    def away_km(self, post: Station) -> float:
        """Return the straight distance from a station [km], kept."""
        asked = ("away", post.connector.key)
        if asked not in self._kept:
            self._kept[asked] = float(self.straight_km(post)[0])
        return self._kept[asked]

    def minutes(
        self, post: Station, profile: Profile, *, month: int = 0, unrated_only: bool = False
    ) -> float:
        """
        Return how long a station takes by land or water without notice [min], inf beyond every limit.

        In the month asked about, or in another one.
        """
        month = month or self.month
        asked = (post.site_id == HERE, post.connector.key, profile, month, unrated_only)
        if asked not in self._kept:
            self._kept[asked] = self._minutes(post, profile, month, unrated_only=unrated_only)
        return self._kept[asked]

    def _minutes(self, post: Station, profile: Profile, month: int, *, unrated_only: bool) -> float:
        if not self.within(post, profile, self.limits_min.get(profile, 0.0), month=month):
            return float("inf")
        if post.site_id == HERE:
            return self._own_minutes(post, profile, month, unrated_only=unrated_only)
        way = self.router.route(post.connector, profile, month, self.roads, unrated_only=unrated_only)
        at = int(np.searchsorted(way.cells, self.cell))
        there = at < len(way.cells) and way.cells[at] == self.cell
        return float(way.minutes[at]) if there else float("inf")

    def effects(self, post: Station, asked: Mapping[str, Capability]) -> dict[str, Effect]:
        """Return what some capabilities of a station do in the cell; those that do nothing are left out."""
        method = self.prepared.method
        if not post.is_open(self.month) or not self.may_act(post, asked.values()):
            return {}
        taken = self.taken(post)
        effects = site_effects(
            post.holdings,
            self._approach(post, asked.values(), unrated=taken.escorted < 1),
            asked,
            aircraft=Aircraft(method.tasking.helicopter_availability, method.travel.helicopter_notice_min),
            taken=taken,
        )
        return {name: effect for name, effect in effects.items() if len(effect.cells)}

    def taken(self, post: Station) -> Escort:
        """Return what escorts take from a station."""
        if post.site_id == HERE and not post.has(COMPANY) and not self._rated_here(post):
            # Whether its teams are escorted makes no difference in its own cell: two searches spared.
            return Escort(0.0, 0.0, 0.0)
        return taken_by_escorts(self.prepared, self.router, post, self.roads)

    def may_act(self, post: Station, capabilities: Iterable[Capability]) -> bool:
        """Tell whether a station is near enough for any of some capabilities, without a search."""
        kinds = {holding.kind for holding in post.holdings}
        flies = HELICOPTER in kinds
        for each in capabilities:
            if not kinds & set(each.assets):
                continue
            if each.radius_km is not None:
                return True
            if each.air and flies and self._in_flight(post, each):
                return True
            if each.minutes is not None and any(
                self.within(post, profile, each.minutes.zero) for profile in ways_of(each)
            ):
                return True
        return False

    def _in_flight(self, post: Station, capability: Capability) -> bool:
        limits = capability.air_minutes
        return limits is not None and float(self.flight_min(post)[0]) <= limits.zero

    def evacuation(self, posts: Sequence[Station]) -> Evacuation:
        """Return evacuation from the cell."""
        method = self.prepared.method
        flying, mending = ready_for(method, posts, self.month)
        places = [(post.x_m, post.y_m) for post in posts]
        cells = np.array([self.cell])
        return evacuation_between(self.router.network.grid, places, flying, mending, method, cells)

    def _approach(self, post: Station, capabilities: Iterable[Capability], *, unrated: bool) -> Approach:
        held = {holding.kind for holding in post.holdings}
        profiles = {way for each in capabilities if held & set(each.assets) for way in ways_of(each)}
        day = None
        if self.dusk:
            light_min = day_limit_min(self.router.network.grid, self.month, returns=False)
            day = Day(light_min[self.cell : self.cell + 1], self.prepared.method.tasking.stay_min)
        return Approach(
            routes={str(each): self._way(post, each) for each in sorted(profiles)},
            flight_min=self.flight_min(post),
            straight_km=self.straight_km(post),
            unrated={
                str(each): self._way(post, each, unrated_only=True) for each in sorted(profiles) if unrated
            },
            day=day,
        )

    def _way(self, post: Station, profile: Profile, *, unrated_only: bool = False) -> Way:
        minutes = self.minutes(post, profile, unrated_only=unrated_only)
        cells = np.zeros(int(np.isfinite(minutes)), np.int32)
        return Way(cells, np.full(len(cells), minutes, np.float32))

    def _own_minutes(self, post: Station, profile: Profile, month: int, *, unrated_only: bool) -> float:
        """Return the minutes to a new site's own cell: no longer than its last leg takes."""
        weights = self.router.weights(profile, month, self.roads, unrated_only=unrated_only)
        cells, legs = last_legs(post.connector, weights, self.router.network.node_cell)
        limit_min = float(legs[cells == self.cell].min())
        found = reach(self.router.network, weights, post.connector, limit_min)
        own = found.minutes[found.cells == self.cell]
        return float(own[0]) if len(own) else limit_min

    def _rated_here(self, post: Station) -> bool:
        """Tell whether a new site's escorted teams go otherwise in its own cell off rated ground."""
        held = {holding.kind for holding in post.holdings}
        capabilities = self.prepared.method.capabilities
        if not held & escorted_kinds(capabilities):
            return False
        profiles = {way for each in capabilities.values() if each.escorted for way in ways_of(each)}
        return any(
            self.minutes(post, each) != self.minutes(post, each, unrated_only=True) for each in profiles
        )

    def _fastest_kmh(self, profile: Profile, month: int) -> float:
        """Return the speed of the fastest arc or leg in a straight line, kept beside the searches."""
        asked = ("fastest", profile, month)
        if asked not in self._kept:
            key = ("fastest", self.router.key(profile, month, self.roads))
            kept = self.router.further.get(key, lambda: self._fastest(profile, month))
            self._kept[asked] = float(kept[0]) if isinstance(kept, np.ndarray) else float("inf")
        return self._kept[asked]

    def _fastest(self, profile: Profile, month: int) -> NDArray[np.float64]:
        network, weights = self.router.network, self.router.weights(profile, month, self.roads)
        kmh = fastest_kmh(weights.arcs, network.x_m, network.y_m)
        return np.array([max(kmh, weights.street_kmh, weights.off_road_kmh)])


def ways_of(capability: Capability) -> tuple[Profile, ...]:
    """Return the travel profiles by which a capability goes by land and water."""
    names = (capability.ground, "boat" if capability.boat else "")
    return tuple(Profile(name) for name in names if name)


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """What every station of a laydown does in a cell in a month."""

    spot: Spot
    posts: tuple[Station, ...]
    effects: tuple[Mapping[str, Effect], ...]
    """By station; what does nothing there is left out."""
    names: tuple[str, ...]
    """The capabilities told of."""

    @classmethod
    def of(cls, spot: Spot, posts: Sequence[Station], names: Sequence[str]) -> Stand:
        """Reckon some capabilities of every station."""
        asked = {name: spot.prepared.method.capabilities[name] for name in names}
        effects = tuple(spot.effects(post, asked) for post in posts)
        return cls(spot, tuple(posts), effects, tuple(names))

    def having(self, *changed: Station) -> Stand:
        """Return it with some stations as they would be, or with new ones."""
        asked = {name: self.spot.prepared.method.capabilities[name] for name in self.names}
        by_id = {post.site_id: number for number, post in enumerate(self.posts)}
        posts, effects = list(self.posts), list(self.effects)
        for post in changed:
            own = self.spot.effects(post, asked)
            if post.site_id in by_id:
                posts[by_id[post.site_id]], effects[by_id[post.site_id]] = post, own
            else:
                posts, effects = [*posts, post], [*effects, own]
        return replace(self, posts=tuple(posts), effects=tuple(effects))

    def chances(self) -> NDArray[np.float32]:
        """Return the chance that each capability is there [0-1], shape (n_names, 1), as reviews join them."""
        found = np.zeros((len(self.names), 1), dtype=np.float32)
        for row, name in enumerate(self.names):
            capability = self.spot.prepared.method.capabilities[name]
            if capability.relay:
                away = self.spot.evacuation(self.posts).chance
                found[row] = away * np.float32(capability.availability)
                continue
            miss = np.float32(1)
            for own in self.effects:
                if name in own:
                    miss *= own[name].miss[0]
            found[row] = np.float32(1) - miss
        return found
