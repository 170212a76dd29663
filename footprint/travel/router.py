"""The router: how places get to the cells, searched once and kept while there is room."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Hashable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import TYPE_CHECKING

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from footprint.travel.air import air_minutes
from footprint.travel.connectors import Connector, join
from footprint.travel.memory import Memory, Sized
from footprint.travel.months import MonthGroups
from footprint.travel.profiles import Profile
from footprint.travel.rated import rated_edges
from footprint.travel.reach import Reach, reach
from footprint.travel.weights import (
    Weights,
    arc_minutes,
    canonical,
    differing_nodes,
    network_months,
    weights_key,
    with_edges,
    with_loss,
)

if TYPE_CHECKING:
    from footprint.method import Travel
    from footprint.travel.network import Network
    from footprint.travel.road_state import RoadState

_ROOM_BYTES = {"weights": 120_000_000, "routes": 60_000_000, "flights": 20_000_000, "further": 60_000_000}
"""Room for arc minutes, searches, flights and what is made of them; the app stays below 1 GB with all."""

_CONNECTORS, _KEYS, _GROUPS = 2_000, 30_000, 500
"""
Small values kept, by number: a table of five hundred places asks for twenty thousand keys over and over,
and where fewer are kept each is made anew whenever it is asked for.
"""


class Kept:
    """What routers have searched, and what others make of it, while there is room."""

    def __init__(self) -> None:
        self.weights: Memory[Weights] = Memory(_ROOM_BYTES["weights"])
        self.routes: Memory[Reach] = Memory(_ROOM_BYTES["routes"])
        self.flights: Memory[NDArray[np.float32]] = Memory(_ROOM_BYTES["flights"])
        self.further: Memory[Sized] = Memory(_ROOM_BYTES["further"])


class Router:
    """
    Searches over one network under one set of travel numbers and limits.

    A cache and nothing else: whoever has none makes one and gets the same answers. Months in which
    the same roads are open at the same speeds share one search, and so do two scenarios
    and two methods that differ in nothing used here; everything is kept by what it depends on,
    never by name.
    """

    def __init__(
        self,
        network: Network,
        travel: Travel,
        limits_min: Mapping[str, float],
        *,
        kept: Kept | None = None,
    ) -> None:
        """
        Make an empty router.

        Parameters
        ----------
        network
            What can be travelled.
        travel
            Speeds, factors and waits.
        limits_min
            How far to search by each travel profile [min].
        kept
            What other routers over the same network, or variants of it, keep too: everything is kept by all
            else that it depends on. None is room of its own.
        """
        self.network, self.travel, self.limits_min = network, travel, dict(limits_min)
        self.kept = kept or Kept()
        self.further = self.kept.further
        """What others make of the searches, kept beside them by keys that name all it depends on."""
        self._keys: LRUCache[Hashable, str] = LRUCache(_KEYS)
        self._groups: LRUCache[RoadState, MonthGroups] = LRUCache(_GROUPS)
        self._searched: LRUCache[Hashable, RoadState] = LRUCache(_KEYS)
        self._alike: LRUCache[Hashable, int] = LRUCache(_KEYS)
        self._differing: LRUCache[Hashable, NDArray[np.uint8]] = LRUCache(_GROUPS)
        self._losses: LRUCache[tuple[RoadState, int], tuple[RoadState, NDArray[np.bool_]]] = LRUCache(_GROUPS)
        self._connectors: LRUCache[tuple[float, float], Connector] = LRUCache(_CONNECTORS)
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        """Say over what it searches and how much it holds."""
        kept = (self.kept.weights, self.kept.routes, self.kept.flights, self.further)
        megabytes = sum(memory.nbytes for memory in kept) / 1e6
        return f"Router(over {self.network!r}; {megabytes:.0f} MB kept)"

    def connector(self, x_m: float, y_m: float) -> Connector:
        """Return how a place joins the network, with its audit."""
        with self._lock:
            if (x_m, y_m) not in self._connectors:
                self._connectors[x_m, y_m] = join(self.network, x_m, y_m, self.travel)
            return self._connectors[x_m, y_m]

    def months(self, roads: RoadState) -> MonthGroups:
        """Return the months in which travel is alike over `roads`, whatever the profile."""
        with self._lock:
            if roads not in self._groups:
                self._groups[roads] = network_months(self.network, roads)
            return self._groups[roads]

    def key(self, profile: Profile, month: int, roads: RoadState, *, unrated_only: bool = False) -> str:
        """Return what the travel times of a profile in a month (1-12) depend on."""
        groups = self.months(roads)
        asked = (profile, groups.group(month), roads, unrated_only)
        with self._lock:
            if asked not in self._keys:
                self._keys[asked] = weights_key(
                    self.network, profile, month, self.travel, roads, unrated_only=unrated_only
                )
            return self._keys[asked]

    def weights(
        self, profile: Profile, month: int, roads: RoadState, *, unrated_only: bool = False
    ) -> Weights:
        """Return minutes along every arc, of a month (1-12) and all like it."""
        key = self.key(profile, month, roads, unrated_only=unrated_only)
        if not roads.has_loss:
            own = roads.rated_by_itself
            if own:
                return self._rerated((profile, month), roads, own, unrated_only=unrated_only)
            return self.given_weights((profile, month), roads, key, unrated_only=unrated_only)
        free, _ = self._without_loss(roads, month)
        before = self.weights(profile, month, free, unrated_only=unrated_only)
        # Made in a moment, and not kept: it would drive out what takes longer.
        return with_loss(
            self.network, before, roads, self.months(roads).mask(self.months(roads).group(month)), key
        )

    def given_weights(
        self, when: tuple[Profile, int], roads: RoadState, key: str, *, unrated_only: bool
    ) -> Weights:
        """Return minutes along every arc where roads are rated as the data or a whole scenario say."""
        return self.kept.weights.get(
            key,
            lambda: arc_minutes(self.network, *when, self.travel, roads, unrated_only=unrated_only),
        )

    def _rerated(
        self, when: tuple[Profile, int], roads: RoadState, own: tuple[str, ...], *, unrated_only: bool
    ) -> Weights:
        """Return minutes where single ratings differ from the data, from those where none does."""
        drawn, before = (
            self.network.drawn,
            self.weights(*when, roads.rated_as_given(), unrated_only=unrated_only),
        )
        rows = np.flatnonzero(np.isin(drawn.roads.table.road_id, own))
        edges = [rated_edges(drawn, int(row), self.travel.rated_ground_km) for row in rows]
        changed = np.unique(np.concatenate(edges))
        return with_edges(self.network, before, self.travel, roads, changed, unrated_only=unrated_only)

    def year_weights(self, profile: Profile, roads: RoadState) -> tuple[Weights, ...]:
        """Return minutes along every arc in each group of months."""
        return tuple(self.weights(profile, month, roads) for month in self.months(roads).first)

    def route(
        self,
        connector: Connector,
        profile: Profile,
        month: int,
        roads: RoadState,
        *,
        unrated_only: bool = False,
    ) -> Reach:
        """Return the cells a place gets to within the longest time anybody asks for."""
        own = self.searched(connector, profile, month, roads, unrated_only=unrated_only)
        then = self.answering_month(connector, profile, month, own, unrated_only=unrated_only)
        return self.kept.routes.get(
            (connector.key, self.key(profile, then, own, unrated_only=unrated_only)),
            lambda: self._search(connector, self.weights(profile, then, own, unrated_only=unrated_only)),
        )

    def search_key(
        self,
        connector: Connector,
        profile: Profile,
        month: int,
        roads: RoadState,
        *,
        unrated_only: bool = False,
    ) -> str:
        """Return what a place's search depends on, whatever the place: equal keys are the same search."""
        own = self.searched(connector, profile, month, roads, unrated_only=unrated_only)
        then = self.answering_month(connector, profile, month, own, unrated_only=unrated_only)
        return self.key(profile, then, own, unrated_only=unrated_only)

    def _search(self, connector: Connector, weights: Weights) -> Reach:
        return reach(self.network, weights, connector, self.limits_min.get(weights.profile, 0.0))

    def searched(
        self,
        connector: Connector,
        profile: Profile,
        month: int,
        roads: RoadState,
        *,
        unrated_only: bool = False,
    ) -> RoadState:
        """
        Return the state of the roads whose search answers for `roads`.

        That without closures and with every dyke, where none of the roads shut lies on its ways:
        shutting a road takes ways away and adds none, so a search that does not use it stays what it is.
        """
        if not roads.has_loss:
            return roads
        asked = (connector.key, profile, month, roads, unrated_only)
        with self._lock:
            known = self._searched.get(asked)
        if known is None:
            free, shut = self._without_loss(roads, month)
            used = self.route(connector, profile, month, free, unrated_only=unrated_only).taken
            known = roads if (used & shut).any() else free
            with self._lock:
                self._searched[asked] = known
        return known

    def answering_month(
        self,
        connector: Connector,
        profile: Profile,
        month: int,
        roads: RoadState,
        *,
        unrated_only: bool = False,
    ) -> int:
        """
        Return the first month whose search answers for a month (1-12) over `roads`, as `searched` gives them.

        Most stations get nowhere near the waters by which two months differ: what takes another time
        between nodes that a search never gets to changes nothing in it. Shutting roads only makes it get
        to fewer, so it is enough to ask where it gets to without.
        """
        groups = self.months(roads)
        first = groups.first[groups.group(month)]
        asked = (connector.key, profile, first, roads, unrated_only)
        with self._lock:
            known = self._alike.get(asked)
        if known is None:
            known = first
            free = roads.without_loss()
            for earlier in groups.first[: groups.group(month)]:
                if self._may_answer((connector, profile), (earlier, first), roads):
                    way = self.route(connector, profile, earlier, free, unrated_only=unrated_only)
                    if not (way.passed & self._differs(profile, (earlier, first), free)).any():
                        known = self.answering_month(
                            connector, profile, earlier, roads, unrated_only=unrated_only
                        )
                        break
            with self._lock:
                self._alike[asked] = known
        return known

    def answered_elsewhere(
        self, connector: Connector, profile: Profile, month: int, roads: RoadState
    ) -> bool:
        """Tell whether the searches of another router answer; never, but for variants."""
        del connector, profile, month, roads
        return False

    def _may_answer(self, who: tuple[Connector, Profile], months: tuple[int, int], roads: RoadState) -> bool:
        """Tell whether two months have the same speeds, closures and legs of a station."""
        (connector, profile), (one, other) = who, months
        rains = self.network.rains_months
        if (rains >> (one - 1) ^ rains >> (other - 1)) & 1 or roads.lowered:
            return False
        if (
            profile is not Profile.BOAT
            and ((connector.wet >> (one - 1) ^ connector.wet >> (other - 1)) & 1).any()
        ):
            return False
        table = self.network.roads.table
        return not roads.closed or bool((roads.lost(table, one) == roads.lost(table, other)).all())

    def _differs(self, profile: Profile, months: tuple[int, int], roads: RoadState) -> NDArray[np.uint8]:
        """Return the nodes at which an edge takes another time in one month than in another, packed."""
        afloat = profile is Profile.BOAT
        asked = (afloat, months, roads.reopened, roads.repaired, roads.raised, roads.undisturbed)
        with self._lock:
            known = self._differing.get(asked)
        if known is None:
            known = np.packbits(differing_nodes(self.network, months, roads, afloat=afloat))
            with self._lock:
                self._differing[asked] = known
        return known

    def lost(self, roads: RoadState) -> NDArray[np.bool_]:
        """Return which roads closures, or dykes taken away, may shut in some month, by row."""
        return roads.lost(self.network.roads.table)

    def _without_loss(self, roads: RoadState, month: int) -> tuple[RoadState, NDArray[np.bool_]]:
        """Return a state of the roads without closures, and which roads these shut in a month."""
        with self._lock:
            known = self._losses.get((roads, month))
        if known is None:
            known = roads.without_loss(), roads.lost(self.network.roads.table, month)
            with self._lock:
                self._losses[roads, month] = known
        return known

    def flight(self, x_m: float, y_m: float) -> NDArray[np.float32]:
        """Return the flight time to every cell without notice [min], shape (n_cells,)."""
        return self.kept.flights.get(
            (x_m, y_m),
            lambda: air_minutes(self.network.grid, x_m, y_m, self.travel).astype(np.float32),
        )

    def search_ahead(self, wanted: Iterable[tuple[Connector, Profile, int]], roads: RoadState) -> None:
        """Search in threads what will be asked for; searches run outside Python's lock."""
        # Choices of one place ask for the same searches over and over.
        own = {(place.key, profile, month): (place, profile, month) for place, profile, month in wanted}
        asked = list(own.values())
        if roads.has_loss:
            # First without closures: most of these searches answer for those with them.
            self.search_ahead(asked, roads.without_loss())
        # Month by month: the searches of earlier ones answer for most of the later.
        for month in sorted({month for _, _, month in asked}):
            self._search_month(
                [(place, profile) for place, profile, when in asked if when == month], month, roads
            )

    def _search_month(self, asked: Sequence[tuple[Connector, Profile]], month: int, roads: RoadState) -> None:
        missing: dict[tuple[Profile, int, RoadState], dict[str, Connector]] = {}
        for connector, profile in asked:
            if self.answered_elsewhere(connector, profile, month, roads):
                continue
            own = self.searched(connector, profile, month, roads)
            then = self.answering_month(connector, profile, month, own)
            if (connector.key, self.key(profile, then, own)) not in self.kept.routes:
                missing.setdefault((profile, then, own), {})[connector.key] = connector
        if not missing:
            return
        with ThreadPoolExecutor(cpu_count()) as threads:
            for (profile, then, own), places in missing.items():
                weights, key = self.weights(profile, then, own), self.key(profile, then, own)
                made = threads.map(lambda place, over=weights: self._search(place, over), places.values())
                for place, found in zip(places, made, strict=True):
                    self.kept.routes.keep((place, key), found)


def router_key(network: Network, travel: Travel, limits_min: Mapping[str, float]) -> str:
    """Return what a router depends on: equal keys can share one, whatever else their methods say."""
    content = (network.digest, canonical(travel), sorted(limits_min.items()))
    return hashlib.blake2b(repr(content).encode(), digest_size=16).hexdigest()
