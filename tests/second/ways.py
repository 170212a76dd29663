"""Ways, from section 4 of the specification: speeds, minutes per edge, rated ground, last legs, quickest ways."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from pyproj import Geod, Transformer
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

STREET, QUAY, LAST = 1, 2, 3
"""Kinds of leg of a site, as the network's data have them; 0 is open country."""
RATED_FROM = 1e-6
"""Share of an edge within the zone below which it is rounding."""


@dataclass(frozen=True)
class Speeds:
    """What one profile drives in one month [km/h]."""

    road: np.ndarray
    across: float
    street: float


def in_month(masks, month):
    return (np.asarray(masks).astype(np.int64) >> (month - 1)) & 1 == 1


class Ways:
    """Quickest ways over the product's graph, taken as data, by SciPy's own search."""

    def __init__(self, network, roads, numbers):
        self.net, self.numbers = network, numbers.travel
        self.roads = roads.loc[network.roads.table.road_id]
        self.starts = network.edges.starts
        tail = np.repeat(np.arange(network.n_nodes), np.diff(network.indptr))
        self.arc = (tail, network.indices, network.arc_edge)
        self.ends = np.zeros((2, self.starts.end), np.int64)
        self.ends[0, network.arc_edge], self.ends[1, network.arc_edge] = tail, network.indices
        self._kept = {}

    def speeds(self, profile, month):
        """Return the speeds of a profile in a month, unrated."""
        n, rains = self.numbers, bool(in_month(self.net.rains_months, month))
        foot = n.foot_wet_kmh if rains else n.foot_dry_kmh
        if profile == "boat":
            walked = np.full(len(self.roads), foot)
            return Speeds(np.where(self.roads["crossing"] == "ferry", n.ferry_kmh, walked), foot, foot)
        vehicle = n.vehicle_wet_kmh if rains else n.vehicle_dry_kmh
        factor, cap, off = {
            "civil": (1.0, np.inf, 1.0),
            "patrol": (n.patrol_factor, n.patrol_cap_kmh, n.patrol_off_road_factor),
            "convoy": (n.convoy_factor, n.convoy_cap_kmh, n.convoy_off_road_factor),
        }[profile]
        across = min(max(vehicle * off, foot), cap)
        road = np.array([self._free(*row, rains) for row in self._facts()])
        road = np.maximum(np.minimum(road * factor, cap), across)
        road = np.where(self.roads["crossing"] == "ferry", n.ferry_kmh, road)
        street = max(min(self._free("residential", "unpaved", "good", rains) * factor, cap), across)
        return Speeds(road, across, street)

    def _facts(self):
        return zip(*(self.roads[name] for name in ("road_class", "surface", "smoothness")), strict=True)

    def _free(self, road_class, surface, smoothness, rains):
        """Return free flow: class × the smallest of surface and smoothness × season."""
        n, paved = self.numbers, surface == "paved"
        worst = min(1.0 if paved else n.unpaved_factor, n.smoothness_factor.get(smoothness, 1.0))
        season = 1.0
        if rains:
            kind = "track" if road_class in ("track", "path") else "paved" if paved else "unpaved"
            season = n.rains_factor[kind]
        return n.free_flow_kmh[road_class] * worst * season

    @cached_property
    def beside(self):
        """Return the share of each edge of open country (moves, links) within the zone of a rated road."""
        count = self.starts.reaches - self.starts.moves
        lines = self.roads.geometry[self.roads["search_rated"].to_numpy()]
        within_m = self.numbers.rated_ground_km * 1000
        if not len(lines) or not within_m:
            return np.zeros(count)
        zone = shapely.union_all(shapely.buffer(lines.to_numpy(), within_m, quad_segs=64))
        country = slice(self.starts.moves, self.starts.reaches)
        nodes = np.stack([self.net.x_m, self.net.y_m], axis=1)
        drawn = shapely.linestrings(
            np.stack([nodes[self.ends[0, country]], nodes[self.ends[1, country]]], axis=1)
        )
        shapely.prepare(zone)
        met = np.flatnonzero(shapely.intersects(zone, drawn))
        share = np.zeros(count)
        length_m = shapely.length(drawn[met])
        inside = shapely.length(shapely.intersection(drawn[met], zone))
        share[met] = np.divide(inside, length_m, out=np.zeros(len(met)), where=length_m > 0)
        return share.clip(0, 1)

    def minutes(self, profile, month, *, unrated_only=False, undisturbed=False):
        """Return minutes of each edge, and of each link as a last leg; inf where there is no way."""
        n, edges, s = self.numbers, self.net.edges, self.starts
        speeds = self.speeds(profile, month)
        length_km = edges.length_m.astype(np.float64) / 1000
        spent = length_km * 60 / speeds.across
        self._along_roads(spent, speeds, (profile, month), length_km, undisturbed=undisturbed)
        last = self.last_leg(length_km[s.links : s.reaches], speeds)
        moves, links = slice(s.moves, s.links), slice(s.links, s.reaches)
        beside = self.beside
        if profile in ("patrol", "convoy"):
            capped, split = n.searched_cap_kmh, s.links - s.moves
            country = length_km[s.moves : s.reaches]
            spent[s.moves : s.reaches] = _partly(country, beside, speeds.across, capped)
            # Part by part: the stretch by street and the one across are each searched on their share.
            legs = country[split:]
            street = np.minimum(legs, n.street_leg_km)
            last = _partly(street, beside[split:], speeds.street, capped)
            last += _partly(legs - street, beside[split:], speeds.across, capped)
        shut = in_month(edges.shut, month)
        if profile == "boat":
            afloat = in_month(edges.afloat, month)
            spent[afloat] = length_km[afloat] * 60 / n.boat_kmh
            spent[moves][edges.crosses & ~afloat[moves]] = np.inf
            spent[s.reaches :][shut[s.reaches :]] = np.inf
        else:
            spent[s.moves : s.reaches][shut[s.moves : s.reaches]] = np.inf
            spent[moves][edges.crosses] = np.inf
            spent[s.reaches :] = np.inf
        if unrated_only:
            rated_road = self.roads["search_rated"].to_numpy()[edges.road]
            spent[: s.reaches][np.r_[rated_road, beside > RATED_FROM]] = np.inf
        return spent, np.where(np.isinf(spent[links]), np.inf, last), speeds

    def last_leg(self, length_km, speeds):
        """Return minutes of legs that end in a cell: streets reach some way, beyond it is open country."""
        street = np.minimum(length_km, self.numbers.street_leg_km)
        return street * 60 / speeds.street + (length_km - street) * 60 / speeds.across

    def _along_roads(self, spent, speeds, when, length_km, *, undisturbed):
        """Write minutes along roads: capped where rated, shut where closed or under water off a dyke."""
        profile, month = when
        n, edges, s = self.numbers, self.net.edges, self.starts
        rated = self.roads["search_rated"].to_numpy()
        kmh = speeds.road
        if profile in ("patrol", "convoy"):
            ferry = (self.roads["crossing"] == "ferry").to_numpy()
            kmh = np.where(rated & ~ferry, np.minimum(kmh, n.searched_cap_kmh), kmh)
        part = slice(s.roads, s.moves)
        spent[part] = length_km[part] * 60 / kmh[edges.road] + edges.wait_share * n.ferry_wait_min
        closed = in_month(self.roads["closed_months"].to_numpy(), month)[edges.road] & (not undisturbed)
        wet = in_month(edges.shut[part], month) & ~self.roads["raised"].to_numpy()[edges.road]
        spent[part][closed | wet] = np.inf

    def cells(self, joined, profile, month, **how):
        """Return minutes from a site (its legs are data) to every cell; inf where none goes."""
        key = (joined.key, profile, month, *sorted(how.items()))
        if key not in self._kept:
            self._kept[key] = self._searched(joined, profile, month, how)
        return self._kept[key]

    def _searched(self, joined, profile, month, how):
        net, s = self.net, self.starts
        spent, last, speeds = self.minutes(profile, month, **how)
        dry = ~in_month(joined.wet, month)
        usable = (joined.kind == STREET) | ((joined.kind != QUAY) & dry)
        usable = np.ones(len(usable), bool) if profile == "boat" else usable
        kmh = np.where(joined.kind == STREET, speeds.street, speeds.across)
        legs = (joined.length_m * 0.06 / kmh)[usable]
        by_node = self._dijkstra(spent, joined.node[usable], legs)
        found = by_node[net.cell_node]
        links = np.arange(s.links, s.reaches)
        first, second = self.ends[:, links]
        swap = net.node_cell[first] >= 0
        road, cell = np.where(swap, second, first), net.node_cell[np.where(swap, first, second)]
        np.minimum.at(found, cell, by_node[road] + last)
        stop = usable & (joined.kind == LAST)
        stops = self.last_leg(joined.length_m[stop] / 1000, speeds)
        np.minimum.at(found, net.node_cell[joined.node[stop]], stops)
        found[joined.cell] = min(found[joined.cell], self.last_leg(joined.cell_m / 1000, speeds))
        return found

    @cached_property
    def _pairs(self):
        """Return the arcs in the order of their two nodes, where each pair begins, and the pairs."""
        tail, head, edge = self.arc
        order = np.lexsort((head, tail))
        tails, heads = tail[order], head[order]
        begins = np.flatnonzero(np.r_[True, (np.diff(tails) != 0) | (np.diff(heads) != 0)])
        return edge[order], begins, tails[begins], heads[begins]

    def _dijkstra(self, spent, nodes, legs):
        """Search from a node of its own that the legs start at; of arcs side by side the shortest counts."""
        edge, begins, tails, heads = self._pairs
        n = self.net.n_nodes
        cost = np.minimum.reduceat(np.maximum(spent[edge], 1e-12), begins)
        first = np.full(n, np.inf)
        np.minimum.at(first, nodes, np.maximum(legs, 1e-12))
        reached, can = np.flatnonzero(np.isfinite(first)), np.isfinite(cost)
        rows = np.bincount(tails[can], minlength=n)
        indptr = np.r_[0, np.cumsum(np.r_[rows, len(reached)])]
        arcs = (np.r_[cost[can], first[reached]], np.r_[heads[can], reached], indptr)
        return dijkstra(csr_matrix(arcs, shape=(n + 1, n + 1)), indices=n)[:n]


def _partly(length_km, share, kmh, cap_kmh):
    """Return minutes where a share of the length is held to a cap."""
    return length_km * 60 * ((1 - share) / kmh + share / min(kmh, cap_kmh))


def flown_km(grid, x_m, y_m):
    """Return the geodesic from a place to every cell's centre [km]."""
    to_degrees = Transformer.from_crs(grid.crs, grid.crs.geodetic_crs, always_xy=True)
    lon, lat = to_degrees.transform(grid.x_m, grid.y_m)
    lon_0, lat_0 = to_degrees.transform(np.full(len(lon), x_m), np.full(len(lon), y_m))
    return np.asarray(Geod(ellps="WGS84").inv(lon_0, lat_0, lon, lat)[2]) / 1000
