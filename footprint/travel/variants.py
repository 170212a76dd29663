"""Variants: searches over a network of which one water, or one month's rain, is left out."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from footprint.travel.profiles import Profile
from footprint.travel.rated import ends_of
from footprint.travel.router import Router
from footprint.travel.weights import with_edges
from footprint.travel.without import changed_edges, changed_nodes
from layers.months import in_month

if TYPE_CHECKING:
    from footprint.travel.connectors import Connector
    from footprint.travel.network import Network
    from footprint.travel.reach import Reach
    from footprint.travel.road_state import RoadState
    from footprint.travel.weights import Weights

_MONTHS = range(1, 13)

_KEPT = 200


class VariantRouter(Router):
    """
    Searches over a variant of a network, of which the searches over the network itself answer most.

    A search that gets to no node where an edge takes another time is what it was; and a month that it
    no longer rains in is like another, dry one, if the same is under water in both. The rest is searched.
    """

    def __init__(self, base: Router, network: Network) -> None:
        """
        Make a router that shares what `base` keeps.

        Parameters
        ----------
        base
            Over the network as it is.
        network
            A variant of it, by `footprint.travel.without`.
        """
        super().__init__(network, base.travel, base.limits_min, kept=base.kept)
        self._base = base
        self._changed: LRUCache[tuple[int, bool], NDArray[np.uint8]] = LRUCache(_KEPT)
        self._then: LRUCache[tuple[int, bool, RoadState], int] = LRUCache(_KEPT)

    def connector(self, x_m: float, y_m: float) -> Connector:
        """Return how a place joins the network: that of before where no leg lies in other water."""
        before = self._base.connector(x_m, y_m)
        if self.network.waters is self._base.network.waters:
            return before
        own = super().connector(x_m, y_m)
        legs = ("node", "length_m", "kind", "wet")
        same = all(np.array_equal(getattr(before, name), getattr(own, name)) for name in legs)
        return before if same else own

    def touches(self, passed: NDArray[np.bool_]) -> bool:
        """
        Tell whether anything may change for whoever gets to some nodes in any month, by land or water.

        Parameters
        ----------
        passed
            Whether somebody gets to each node, shape (at least n_nodes,).
        """
        base, own = self._base.network, self.network
        if base.rains_months != own.rains_months or base.driest_month != own.driest_month:
            return True
        return bool(passed[: base.n_nodes][self._ever_changed].any())

    @cached_property
    def _ever_changed(self) -> NDArray[np.int64]:
        """Nodes at which some edge is under water, or afloat, in other months than before."""
        before, after = self._base.network.edges, self.network.edges
        differs = (before.shut != after.shut) | (before.afloat != after.afloat)
        return ends_of(self.network.drawn, np.flatnonzero(differs))

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
        then = self._month_before(connector, profile, month, roads, unrated_only=unrated_only)
        if then:
            return self._base.route(connector, profile, then, roads, unrated_only=unrated_only)
        return super().route(connector, profile, month, roads, unrated_only=unrated_only)

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
        then = self._month_before(connector, profile, month, roads, unrated_only=unrated_only)
        if then:
            return self._base.search_key(connector, profile, then, roads, unrated_only=unrated_only)
        return super().search_key(connector, profile, month, roads, unrated_only=unrated_only)

    def answered_elsewhere(
        self, connector: Connector, profile: Profile, month: int, roads: RoadState
    ) -> bool:
        """Tell whether a search over the network as it is answers."""
        return bool(self._month_before(connector, profile, month, roads))

    def given_weights(
        self, when: tuple[Profile, int], roads: RoadState, key: str, *, unrated_only: bool
    ) -> Weights:
        """Return minutes along every arc: those of before but for edges under other water."""
        (profile, month), base = when, self._base
        then = self._alike_before(month, roads, afloat=profile is Profile.BOAT)
        if then:
            return base.weights(profile, then, roads, unrated_only=unrated_only)
        if not self._rains_alike(month):
            return super().given_weights(when, roads, key, unrated_only=unrated_only)
        groups = self.months(roads)
        before = base.weights(profile, month, roads, unrated_only=unrated_only)
        before = replace(before, months=groups.mask(groups.group(month)))
        edges = changed_edges(base.network, self.network, month, afloat=profile is Profile.BOAT)
        return with_edges(self.network, before, self.travel, roads, edges, unrated_only=unrated_only)

    def _month_before(
        self,
        connector: Connector,
        profile: Profile,
        month: int,
        roads: RoadState,
        *,
        unrated_only: bool = False,
    ) -> int:
        """Return the month whose search over the network as it is answers; 0 if none does."""
        if self._base.connector(connector.x_m, connector.y_m) is not connector:
            return 0
        afloat = profile is Profile.BOAT
        then = self._alike_before(month, roads, afloat=afloat)
        if then:
            # Legs of the site too are under water in the same months.
            alike = afloat or not ((connector.wet >> (month - 1) ^ connector.wet >> (then - 1)) & 1).any()
            return then if alike else 0
        if not self._rains_alike(month):
            return 0
        before = self._base.route(connector, profile, month, roads, unrated_only=unrated_only)
        return 0 if (before.passed & self._changed_in(month, afloat=afloat)).any() else month

    def _rains_alike(self, month: int) -> bool:
        before, after = self._base.network.rains_months, self.network.rains_months
        return in_month(before, month) == in_month(after, month)

    def _changed_in(self, month: int, *, afloat: bool) -> NDArray[np.uint8]:
        with self._lock:
            known = self._changed.get((month, afloat))
        if known is None:
            known = np.packbits(changed_nodes(self._base.network, self.network, month, afloat=afloat))
            with self._lock:
                self._changed[month, afloat] = known
        return known

    def _alike_before(self, month: int, roads: RoadState, *, afloat: bool) -> int:
        """Return a month in which every edge took the time that it takes here in `month`; 0 if none."""
        with self._lock:
            known = self._then.get((month, afloat, roads))
        if known is None:
            order = (month, *(other for other in _MONTHS if other != month))
            asked = (each for each in order if self._is_alike(each, month, roads, afloat=afloat))
            known = next(asked, 0)
            with self._lock:
                self._then[month, afloat, roads] = known
        return known

    def _is_alike(self, before: int, month: int, roads: RoadState, *, afloat: bool) -> bool:
        base, own, table = self._base.network, self.network, self.network.roads.table
        if in_month(base.rains_months, before) != in_month(own.rains_months, month):
            return False
        if before != month:
            if roads.lowered or (roads.lost(table, before) != roads.lost(table, month)).any():
                return False
            closed = roads.apply(table).closed_months
            if ((closed >> (before - 1) ^ closed >> (month - 1)) & 1).any():
                return False
        land = slice(0, own.edges.starts.end if afloat else own.edges.starts.reaches)
        pairs = [(base.edges.shut[land], own.edges.shut[land])]
        pairs += [(base.edges.afloat, own.edges.afloat)] if afloat else []
        return all((then >> (before - 1) & 1 == now >> (month - 1) & 1).all() for then, now in pairs)
