"""Ways: how each site gets to the cells, searched once and kept while there is room."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import Generic, Protocol, TypeVar

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from footprint.coverage.capabilities import Approach, Effect, Escort
from footprint.method import Method
from footprint.travel.air import Place, air_minutes, casevac_minutes
from footprint.travel.connectors import Connector, join
from footprint.travel.network import Network
from footprint.travel.profiles import Profile
from footprint.travel.reach import Reach, reach
from footprint.travel.road_state import RoadState
from footprint.travel.weights import Weights, arc_minutes, weights_key

_ROOM_BYTES = {"weights": 120_000_000, "routes": 60_000_000, "flights": 20_000_000, "effects": 60_000_000}
"""Room for arc minutes, searches, flights and effects; the app stays below 1 GB with all of it in use."""


class Sized(Protocol):
    """Something that knows its size in memory."""

    @property
    def nbytes(self) -> int:
        """Size [bytes]."""


Made = TypeVar("Made", bound=Sized)


@dataclass(frozen=True, slots=True, eq=False)
class SiteMonth:
    """What one site does in one month."""

    effects: Mapping[str, Effect]
    taken: Escort

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        return 1000 + sum(effect.nbytes for effect in self.effects.values())


class _Kept(Generic[Made]):
    """A cache of things of one kind by content, bounded in bytes, safe for threads."""

    def __init__(self, room_bytes: int) -> None:
        self._kept: LRUCache[Hashable, Made] = LRUCache(room_bytes, getsizeof=lambda made: made.nbytes)
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept under `key`, or make it and keep it if there is room for it at all."""
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = make()
            with self._lock:
                if found.nbytes <= self._kept.maxsize:
                    self._kept[key] = found
        return found

    def has(self, key: Hashable) -> bool:
        """Tell whether something is kept under `key`."""
        with self._lock:
            return key in self._kept


class Router:
    """
    Searches from sites over one network under one method.

    Two months in which the same roads are open at the same speeds share one search, and
    so do two scenarios: results are kept by what they depend on, never by name.
    """

    def __init__(self, network: Network, method: Method) -> None:
        self._network, self._method = network, method
        self._weights: _Kept[Weights] = _Kept(_ROOM_BYTES["weights"])
        self._routes: _Kept[Reach] = _Kept(_ROOM_BYTES["routes"])
        self._flights: _Kept[NDArray[np.float32]] = _Kept(_ROOM_BYTES["flights"])
        self._effects: _Kept[SiteMonth] = _Kept(_ROOM_BYTES["effects"])
        self._limits = _limits(method)
        self._keys: LRUCache[tuple[Profile, int, RoadState], str] = LRUCache(5000)
        self._accesses: LRUCache[tuple[float, float], Connector] = LRUCache(500)
        self._lock = threading.Lock()

    def profiles(self, kinds: Iterable[str]) -> tuple[Profile, ...]:
        """Return the travel profiles by which a site with assets of these kinds moves, in order."""
        held = set(kinds)
        used = set()
        for capability in self._method.capabilities.values():
            if held & set(capability.assets):
                used |= {capability.ground, "boat" if capability.boat else ""} - {""}
        return tuple(sorted(Profile(name) for name in used))

    def access(self, x_m: float, y_m: float) -> Connector:
        """Return how a place joins the network, with its audit."""
        with self._lock:
            if (x_m, y_m) not in self._accesses:
                self._accesses[x_m, y_m] = join(self._network, x_m, y_m, self._method.travel)
            return self._accesses[x_m, y_m]

    def key(self, profile: Profile, month: int, roads: RoadState) -> str:
        """Return what the travel times of a profile in a month depend on."""
        asked = (profile, month, roads)
        with self._lock:
            if asked not in self._keys:
                self._keys[asked] = weights_key(self._network, profile, month, self._method.travel, roads)
            return self._keys[asked]

    def weights(self, profile: Profile, month: int, roads: RoadState) -> Weights:
        """Return minutes along every arc."""
        return self._weights.get(
            self.key(profile, month, roads),
            lambda: arc_minutes(self._network, profile, month, self._method.travel, roads),
        )

    def route(self, access: Connector, profile: Profile, month: int, roads: RoadState) -> Reach:
        """Return the cells a place gets to within the longest time any capability asks for."""
        return self._routes.get(
            (access.key, self.key(profile, month, roads)),
            lambda: reach(
                self._network, self.weights(profile, month, roads), access, self._limits.get(profile, 0.0)
            ),
        )

    def flight(self, x_m: float, y_m: float) -> NDArray[np.float32]:
        """Return the flight time to every cell without notice [min], shape (n_cells,)."""
        return self._flights.get(
            (x_m, y_m),
            lambda: air_minutes(self._network.grid, x_m, y_m, self._method.travel).astype(np.float32),
        )

    def casevac(
        self,
        helicopters: Sequence[Place],
        surgeries: Sequence[Place],
        notice_min: Sequence[float] | None = None,
    ) -> NDArray[np.float32]:
        """
        Return the time from call to surgery of every cell [min], inf without either, shape (n_cells,).

        Helicopters lift off after their own notice [min], or after the method's if none is given.
        """
        return self._flights.get(
            (tuple(helicopters), tuple(surgeries), tuple(notice_min or ())),
            lambda: casevac_minutes(
                self._network.grid,
                helicopters,
                surgeries,
                self._method.travel,
                notice_min,
            ),
        )

    def effects(self, key: Hashable, make: Callable[[], SiteMonth]) -> SiteMonth:
        """Return what a site does in a month, kept under `key`, or make and keep it."""
        return self._effects.get(key, make)

    def approach(
        self, access: Connector, profiles: Iterable[Profile], month: int, roads: RoadState
    ) -> Approach:
        """Return a site's ways to the cells in one month."""
        flight_min = self.flight(access.x_m, access.y_m)
        return Approach(
            routes={str(profile): self.route(access, profile, month, roads) for profile in profiles},
            flight_min=flight_min,
            straight_km=flight_min * np.float32(self._method.travel.helicopter / 60.0),
        )

    def search_ahead(self, wanted: Iterable[tuple[Connector, Profile, int]], roads: RoadState) -> None:
        """Search in threads what will be asked for; searches run outside Python's lock."""
        first: dict[tuple[str, str], tuple[Connector, Profile, int]] = {}
        for access, profile, month in wanted:
            key = (access.key, self.key(profile, month, roads))
            if key not in first and not self._routes.has(key):
                first[key] = (access, profile, month)
        if not first:
            return
        for _, profile, month in first.values():
            self.weights(profile, month, roads)
        with ThreadPoolExecutor(cpu_count()) as threads:
            list(threads.map(lambda ask: self.route(ask[0], ask[1], ask[2], roads), first.values()))


def _limits(method: Method) -> Mapping[str, float]:
    """Return how far to search by each profile [min]: as far as any capability or report asks."""
    limits: dict[str, float] = {}
    for capability in method.capabilities.values():
        if capability.minutes is None:
            continue
        asked = max(capability.minutes.zero, method.reporting.beyond_min)
        for profile in (capability.ground, "boat" if capability.boat else ""):
            limits[profile] = max(limits.get(profile, 0.0), asked)
    return limits
