"""
The reason why nobody comes, held against a reckoning of its own: SciPy's search over the product's graph, without limits.

Cells are drawn where somebody is missing. Each reason is worked out anew by the words in which it is stated, from who
holds what where, from ways in this and in the other months, and from water.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest
from pyproj import Geod, Transformer
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely import LineString

from footprint.coverage.stations import Station
from footprint.method import Capability
from footprint.place.hindrance import Hindrance, Why
from footprint.travel.profiles import Profile
from footprint.travel.reach import components
from footprint.travel.road_state import RoadState
from tests.footprint.place.asked import Case, real_case
from tests.worlds import bundled_prepared

pytestmark = pytest.mark.slow

DRAWN = 32
MONTH = 10
"""When most of the country is under water."""
COUNTRY, STREET, QUAY, LAST = 0, 1, 2, 3
"""Kinds of leg by which a site joins the network."""
IN_RANGE = {Why.ESCORTS, Why.DAY_LIMIT, Why.NOT_READY, Why.OUT_OF_RANGE}


@dataclass(frozen=True)
class Told:
    """A reason worked out anew."""

    why: set[Why]
    minutes: float = np.inf
    joined: frozenset[str] = frozenset()
    """Sites of which one may be named; empty where any may."""


class Ways:
    """Minutes from every site to some cells by one profile in one month, however long."""

    def __init__(self, case: Case, profile: Profile, month: int, cells: list[int]) -> None:
        network, posts = case.prepared.network, case.result.stations
        weights = case.router.weights(profile, month, RoadState())
        tail = np.repeat(np.arange(network.n_nodes), np.diff(network.indptr))
        head, spent = network.indices, weights.arcs.minutes.astype(float)
        # Links end in cells, by street for whoever stops there: as arcs to a node of its own beside each cell.
        link = network.arc_edge - network.edges.starts.links
        linked = (link >= 0) & (link < len(weights.last_min)) & (network.node_cell[head] >= 0)
        stop = network.n_nodes + np.arange(len(cells))
        beside = np.full(network.grid.n_cells, -1)
        beside[cells] = stop
        last = linked & (beside[np.maximum(network.node_cell[head], 0)] >= 0)
        ends = network.cell_node[cells]
        start = network.n_nodes + len(cells) + np.arange(len(posts))
        rows = [tail, tail[last], ends]
        columns = [head, beside[network.node_cell[head[last]]], stop]
        values = [spent, weights.last_min[link[last]].astype(float), np.zeros(len(cells))]
        for number, post in enumerate(posts):
            for node, minutes, at in self._legs(post, weights, month, network):
                if at < 0 or beside[at] >= 0:
                    rows.append([start[number]])
                    columns.append([node if at < 0 else beside[at]])
                    values.append([minutes])
        graph = _graph(np.concatenate(rows), np.concatenate(columns), np.concatenate(values))
        found = dijkstra(graph, indices=start)[:, stop]
        self.minutes = dict(zip((post.site_id for post in posts), found, strict=True))

    @staticmethod
    def _legs(post, weights, month, network):
        """Yield node, minutes and, of a last leg, the cell."""
        site, boat = post.connector, weights.profile is Profile.BOAT
        far_m = np.minimum(site.length_m, weights.street_m)
        by_street = 0.06 * far_m / weights.street_kmh + 0.06 * (site.length_m - far_m) / weights.off_road_kmh
        for number, kind in enumerate(site.kind):
            node, dry = int(site.node[number]), not site.wet[number] >> (month - 1) & 1
            across = 0.06 * float(site.length_m[number]) / weights.off_road_kmh
            if kind == STREET:
                yield node, 0.06 * float(site.length_m[number]) / weights.street_kmh, -1
            elif boat or (dry and kind in (COUNTRY, LAST)):
                yield node, across, -1
                if kind == LAST:
                    yield node, float(by_street[number]), int(network.node_cell[node])
        own_m = min(site.cell_m, weights.street_m)
        own_min = 0.06 * own_m / weights.street_kmh + 0.06 * (site.cell_m - own_m) / weights.off_road_kmh
        yield int(network.cell_node[site.cell]), float(own_min), int(site.cell)


def _graph(tail: np.ndarray, head: np.ndarray, minutes: np.ndarray) -> csr_matrix:
    """Return a graph of the quickest open arc between each two nodes; SciPy would add them up."""
    order = np.lexsort((minutes, head, tail))
    tail, head, minutes = tail[order], head[order], minutes[order]
    kept = np.r_[True, (np.diff(tail) != 0) | (np.diff(head) != 0)] & np.isfinite(minutes)
    n_nodes = int(max(tail.max(), head.max())) + 1
    # SciPy takes no time for no arc: a moment stands for it.
    return csr_matrix((np.maximum(minutes[kept], 1e-9), (tail[kept], head[kept])), shape=(n_nodes, n_nodes))


class Reasons:
    """Cells of a case where somebody is missing, and why, worked out anew."""

    def __init__(self, case: Case) -> None:
        self.case, self.method = case, case.prepared.method
        levels = case.result.delivery
        all_levels = np.stack([levels.force, *levels.tiers])
        missing = all_levels[:, MONTH - 1] == 0
        none = missing.any(axis=0)
        near = (missing & (all_levels.max(axis=1) > 0)).any(axis=0)
        wet = none & ((case.prepared.network.cell_wet >> (MONTH - 1) & 1) > 0)
        parts = components(case.router.weights(Profile.CONVOY, MONTH, RoadState()))
        parts = parts[case.prepared.network.cell_node]
        island = none & (parts != np.bincount(parts).argmax()) & ~wet
        draw, pools = np.random.default_rng(4), (none, near, wet, island)
        cells = {int(cell) for pool in pools for cell in self._some(draw, pool, DRAWN // len(pools))}
        self.cells = sorted(cells)
        self._ways: dict[tuple[Profile, int], Ways] = {}

    @staticmethod
    def _some(draw, pool, count):
        cells = np.flatnonzero(pool)
        return draw.choice(cells, min(count, len(cells)), replace=False)

    @cached_property
    def months(self) -> tuple[int, ...]:
        return self.case.router.months(RoadState()).first

    def minutes(self, post: Station, capability: Capability, cell: int, month: int) -> dict[Profile, float]:
        """Return minutes from a site by each way of a capability, notice left out."""
        names = [capability.ground, "boat" if capability.boat else ""]
        found = {}
        for profile in (Profile(name) for name in names if name):
            if (profile, month) not in self._ways:
                self._ways[profile, month] = Ways(self.case, profile, month, self.cells)
            found[profile] = float(self._ways[profile, month].minutes[post.site_id][self.cells.index(cell)])
        return found

    def told(self, name: str, cell: int) -> Told:
        """Return the reason why a capability is not there."""
        capability = self.method.capabilities[name]
        asked = set(capability.assets) | ({capability.needs} - {""})
        held = {post.site_id: {each.kind for each in post.holdings} for post in self.case.result.stations}
        able = [
            post
            for post in self.case.result.stations
            if held[post.site_id] & set(capability.assets)
            and asked - set(capability.assets) <= held[post.site_id]
        ]
        there = [post for post in able if post.months >> (MONTH - 1) & 1]
        if not able or not there:
            return Told({Why.CLOSED if able else Why.NOBODY})
        told = [self.by_land(capability, able, there, cell)] if capability.minutes is not None else []
        flying = [post for post in there if capability.air and "helicopter" in held[post.site_id]]
        if flying:
            told.append(self.by_air(capability, flying, cell))
        order = list(Why)
        return min(told, key=lambda each: (min(order.index(why) for why in each.why), each.minutes))

    def by_air(self, capability: Capability, posts: list[Station], cell: int) -> Told:
        travel, grid = self.method.travel, self.case.prepared.area.grid
        to_globe = Transformer.from_crs(grid.crs, "EPSG:4326", always_xy=True)
        x_m, y_m = np.array([(post.x_m, post.y_m) for post in posts]).T
        lon, lat = to_globe.transform(x_m, y_m)
        own = to_globe.transform(np.full(len(posts), grid.x_m[cell]), np.full(len(posts), grid.y_m[cell]))
        away_m = Geod(ellps="WGS84").inv(lon, lat, *own)[2]
        notices = [
            min(
                each.notice_min if each.notice_min is not None else travel.helicopter_notice_min
                for each in post.holdings
                if each.kind == "helicopter"
            )
            for post in posts
        ]
        minutes = float(min(0.06 * away_m / travel.helicopter_kmh + notices))
        return Told({Why.DAY_LIMIT if minutes < capability.air_minutes.zero else Why.OUT_OF_RANGE}, minutes)

    def by_land(self, capability: Capability, able: list[Station], there: list[Station], cell: int) -> Told:
        now = self.soonest(there, capability, cell, MONTH)
        if now < capability.minutes.zero:
            return Told(IN_RANGE, now)
        if np.isfinite(now):
            return Told({Why.OUT_OF_RANGE}, now)
        rank = [
            *self.this_month(capability, able, there, cell),
            *self.other_months(capability, able, cell),
            *self.in_no_month(capability, there, cell),
        ]
        return rank[0]

    def this_month(self, capability, able, there, cell):
        """Yield reasons of who has a way by land this month, longer than any search."""
        far = {post.site_id for post in able if post.connector.snapped_too_far}
        by_road = self.joined(there, capability, cell, MONTH)
        if by_road - far:
            yield Told({Why.OUT_OF_RANGE}, joined=by_road - far)
        elif self.in_time_elsewhen(capability, able, cell):
            yield Told({Why.WATER if self.wet(cell) else Why.CUT_OFF})
        elif by_road:
            yield Told({Why.TOO_FAR_FROM_ROADS}, joined=by_road)

    def other_months(self, capability, able, cell):
        """Yield reasons of who has a way by land in another month, longer than any search."""
        elsewhen = frozenset().union(*(self.joined(able, capability, cell, month) for month in self.months))
        if elsewhen:
            yield Told({Why.WATER if self.wet(cell) else Why.OUT_OF_RANGE}, joined=elsewhen)

    def in_no_month(self, capability, there, cell):
        """Yield reasons of who has no way by land in any month."""
        if self.wet(cell) or self.water_between(there, cell):
            yield Told({Why.WATER}, joined=frozenset({self.nearest(there, cell).site_id}))
        afloat = self.joined(there, capability, cell, MONTH, boats=True)
        yield Told({Why.OUT_OF_RANGE}, joined=afloat) if afloat else Told({Why.NO_ROUTE})

    def wet(self, cell):
        return bool(self.case.prepared.network.cell_wet[cell] >> (MONTH - 1) & 1)

    def in_time_elsewhen(self, capability, able, cell):
        zero_min = capability.minutes.zero
        return any(self.soonest(able, capability, cell, month) < zero_min for month in self.months)

    def soonest(self, posts, capability, cell, month):
        """Return the soonest arrival by any way that a search of the product ends in."""
        horizon, spent = self.case.prepared.limits_min, [np.inf]
        for post in (each for each in posts if each.months >> (month - 1) & 1):
            carriers = (each for each in post.holdings if each.kind in capability.assets)
            notice = min(each.notice_min or 0.0 for each in carriers)
            for way, minutes in self.minutes(post, capability, cell, month).items():
                spent.append(notice + minutes if minutes <= horizon[way] else np.inf)
        return min(spent)

    def joined(self, posts, capability, cell, month, *, boats=False):
        """Return the sites that have a way in a month, however long; boats only where asked or all there is."""
        land = {Profile(capability.ground)} if capability.ground else {Profile.BOAT}
        asked = land | ({Profile.BOAT} if boats else set())
        return frozenset(
            post.site_id
            for post in posts
            if post.months >> (month - 1) & 1
            and any(
                np.isfinite(minutes) and way in asked
                for way, minutes in self.minutes(post, capability, cell, month).items()
            )
        )

    def nearest(self, posts: list[Station], cell: int) -> Station:
        grid = self.case.prepared.area.grid
        x_m, y_m = float(grid.x_m[cell]), float(grid.y_m[cell])
        return min(posts, key=lambda each: np.hypot(each.x_m - x_m, each.y_m - y_m))

    def water_between(self, posts: list[Station], cell: int) -> bool:
        network, grid = self.case.prepared.network, self.case.prepared.area.grid
        x_m, y_m, post = float(grid.x_m[cell]), float(grid.y_m[cell]), self.nearest(posts, cell)
        line = np.array([LineString([(post.x_m, post.y_m), (x_m, y_m)])], dtype=object)
        return bool(network.waters.cut(line)[0] or network.waters.wet_months(line)[0] >> (MONTH - 1) & 1)


@pytest.fixture(scope="module", params=["bundled", pytest.param("real", marks=pytest.mark.real)])
def reasons(request):
    if request.param == "bundled":
        return Reasons(Case.of(bundled_prepared()))
    return Reasons(Case.of(real_case(request.getfixturevalue("real_folder"))))


def test_the_reason_is_the_one_worked_out_anew(reasons):
    wrong, sorts = [], set()
    for cell in reasons.cells:
        place = reasons.case.explained(cell, MONTH)
        links = [link for tier in place.tiers for link in tier.links if link.hindrance is not None]
        groups = [(link.capabilities, link.hindrance) for link in links]
        if place.force.hindrance is not None:
            groups.append((reasons.method.bundles["FORCE"].groups[0], place.force.hindrance))
        for group, hindrance in groups:
            name = hindrance.capability_id
            if hindrance.why is Why.NOT_KNOWN or reasons.method.capabilities[name].relay:
                continue
            assert name in group
            told = [reasons.told(each, cell) for each in group]
            sorts.add(hindrance.why)
            if not _agree(hindrance, told[group.index(name)]) or _rank(hindrance) > min(map(_rank, told)):
                wrong.append((cell, hindrance, told))
    assert wrong == []
    assert {Why.OUT_OF_RANGE, Why.WATER} <= sorts


def _rank(reason: Hindrance | Told) -> int:
    """Return how far from coming somebody is at most."""
    return max(list(Why).index(why) for why in ({reason.why} if isinstance(reason.why, Why) else reason.why))


def _agree(hindrance: Hindrance, told: Told) -> bool:
    if hindrance.why not in told.why or (told.joined and hindrance.site_id not in told.joined):
        return False
    if np.isinf(told.minutes):
        return bool(np.isinf(hindrance.minutes))
    return hindrance.minutes == pytest.approx(told.minutes, rel=1e-3)
