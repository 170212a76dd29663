"""Hindrance: what keeps a capability from a cell in a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

import numpy as np
from numpy.typing import NDArray
from shapely import LineString

from footprint.coverage.capabilities import Aircraft, lifts_of
from footprint.coverage.evacuation import ready_for, surgery_of
from footprint.coverage.holdings import COMPANY, HELICOPTER
from footprint.coverage.stations import Station
from footprint.method import Capability
from footprint.place.spot import Spot, ways_of
from footprint.travel.connectors import sources
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.profiles import Profile
from footprint.travel.reach import components
from layers.months import in_month


class Why(StrEnum):
    """What stands between a capability and a cell, from the least to the most."""

    THERE = "there"
    """Nothing: somebody comes, however seldom or late."""
    ESCORTS = "escorts"
    """In range only over ground that is searched, and there is no escort; or escorts take every patrol."""
    DAY_LIMIT = "day_limit"
    """In range, but not by daylight."""
    NOT_READY = "not_ready"
    """In range, but stated as never fit for use."""
    WATER = "water"
    """The cell is under water in this month, or water lies between in every month."""
    CUT_OFF = "cut_off"
    """Somebody would come in time in another month, and has no way in this one."""
    OUT_OF_RANGE = "out_of_range"
    """There is a way, in this month or in another, and it takes too long; or it lies too far to fly."""
    TOO_FAR_FROM_ROADS = "too_far_from_roads"
    """Only sites too far from any road have a way."""
    NO_ROUTE = "no_route"
    """There is no way in any month."""
    CLOSED = "closed"
    """Whoever holds it is closed in this month."""
    NOBODY = "nobody"
    """No site holds it."""
    NOT_KNOWN = "not_known"
    """The data name nobody who holds it, which does not mean that there is none."""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a capability is not there."""

    why: Why
    capability_id: str
    site_id: str = ""
    """Site that comes nearest to it; "" for none."""
    minutes: float = inf
    """How long it takes from there, notice included [min]; inf where that is not found."""
    limit_min: float = inf
    """From when on nothing is left of its effect [min]."""
    kind: str = ""
    """Kind of asset that nobody holds, where that alone is missing."""
    straight_km: float = inf
    """How far that site lies in a straight line [km]; inf without one."""
    over_min: float = 0.0
    """How long it takes at least, where the way is longer than any that is searched for [min]; else 0."""


_ORDER = list(Why)


def least(hindrances: Sequence[Hindrance]) -> Hindrance:
    """Return the smallest hindrance: whoever comes nearest to being there."""
    return min(
        hindrances,
        key=lambda each: (_ORDER.index(each.why), each.minutes, each.straight_km, each.capability_id),
    )


def hindrance(spot: Spot, posts: Sequence[Station], capability: Capability) -> Hindrance:
    """
    Return what keeps a capability from a cell where nobody brings it.

    Parameters
    ----------
    spot
        Cell, month and roads.
    posts
        All stations of the laydown.
    capability
        What does not come.
    """
    own = _hindrance(spot, posts, capability)
    site = next((post for post in posts if post.site_id == own.site_id), None)
    return own if site is None else replace(own, straight_km=spot.away_km(site))


def _hindrance(spot: Spot, posts: Sequence[Station], capability: Capability) -> Hindrance:
    if capability.relay:
        return _without_evacuation(spot, posts, capability)
    name = capability.capability_id
    holders = [post for post in posts if any(post.has(kind) for kind in capability.assets)]
    able = [post for post in holders if not capability.needs or post.has(capability.needs)]
    if not able:
        missing = capability.needs if holders else (*capability.assets, "")[0]
        return Hindrance(Why.NOBODY, name, kind=missing)
    there = [post for post in able if post.is_open(spot.month)]
    if not there:
        return Hindrance(Why.CLOSED, name, _nearest(spot, able).site_id)
    tried = [_by_land(spot, able, there, capability)] if ways_of(capability) else []
    flying = [post for post in there if post.has(HELICOPTER)] if capability.air else []
    if flying or not tried:
        tried.append(_by_air(spot, flying or there, capability))
    return least(tried)


def _nearest(spot: Spot, posts: Sequence[Station]) -> Station:
    return min(posts, key=lambda post: (spot.away_km(post), post.site_id))


def _without_evacuation(spot: Spot, posts: Sequence[Station], capability: Capability) -> Hindrance:
    name, surgery = capability.capability_id, surgery_of(spot.prepared.method)
    flying, mending = ready_for(spot.prepared.method, posts, spot.month)
    for found, kind in ((flying, HELICOPTER), (mending, surgery)):
        if not found:
            closed = [post for post in posts if post.has(kind)]
            why = (
                Why.CLOSED if closed and not any(post.is_open(spot.month) for post in closed) else Why.NOBODY
            )
            why = Why.NOT_READY if any(post.is_open(spot.month) for post in closed) else why
            return Hindrance(why, name, closed[0].site_id if closed else "", kind=kind)
    away, limit = spot.evacuation(posts), spot.prepared.method.reporting.casevac_limit_min
    called = [
        (float(spot.flight_min(posts[each.station])[0]) + each.ready_min, posts[each.station].site_id)
        for each in flying
    ]
    return Hindrance(Why.OUT_OF_RANGE, name, min(called)[1], float(away.minutes[0]), limit)


def _by_air(spot: Spot, posts: Sequence[Station], capability: Capability) -> Hindrance:
    """Return what keeps whoever only flies, or acts in a circle."""
    name, limits = capability.capability_id, capability.air_minutes
    if limits is None:
        return Hindrance(Why.OUT_OF_RANGE, name, _nearest(spot, posts).site_id)
    ready = [(_flown_min(spot, post, capability), post.site_id) for post in posts]
    minutes, nearest = min(ready)
    if np.isinf(minutes):
        return Hindrance(Why.NOT_READY, name, _nearest(spot, posts).site_id)
    why = Why.DAY_LIMIT if minutes < limits.zero else Why.OUT_OF_RANGE
    return Hindrance(why, name, nearest, minutes, limits.zero)


def _flown_min(spot: Spot, post: Station, capability: Capability) -> float:
    """Return the soonest arrival by air, notice included [min]; inf where nobody is ever ready to fly."""
    method = spot.prepared.method
    aircraft = Aircraft(method.tasking.helicopter_availability, method.travel.helicopter_notice_min)
    carriers = [each for each in post.holdings if each.kind in capability.assets]
    lifts = lifts_of(post.holdings, carriers, capability, aircraft)
    return float(spot.flight_min(post)[0]) + lifts[0].ready_min if lifts else inf


def _by_land(
    spot: Spot, able: Sequence[Station], there: Sequence[Station], capability: Capability
) -> Hindrance:
    """Return what keeps whoever goes by land or water."""
    name, limits = capability.capability_id, capability.minutes
    if limits is None:
        return Hindrance(Why.OUT_OF_RANGE, name, _nearest(spot, there).site_id)
    minutes, nearest = min((_soonest(spot, post, capability, spot.month), post.site_id) for post in there)
    if minutes < limits.zero:
        why = _in_range(spot, there, nearest, capability)
        return Hindrance(why, name, nearest, minutes, limits.zero)
    if np.isfinite(minutes):
        return Hindrance(Why.OUT_OF_RANGE, name, nearest, minutes, limits.zero)
    why, site_id = _no_way(spot, able, there, capability)
    post = next(each for each in able if each.site_id == site_id)
    beyond = why is Why.OUT_OF_RANGE and bool(_nearest_joined(spot, [post], ways_of(capability), spot.month))
    over_min = _horizon_min(spot, post, capability) if beyond else 0.0
    return Hindrance(why, name, site_id, limit_min=limits.zero, over_min=over_min)


def _horizon_min(spot: Spot, post: Station, capability: Capability) -> float:
    """Return how long whatever is not found takes at least from a station by land or water [min]."""
    return _notice_min(post, capability) + min(spot.limits_min[way] for way in ways_of(capability))


def _in_range(spot: Spot, there: Sequence[Station], site_id: str, capability: Capability) -> Why:
    """Return why somebody in range has no effect."""
    post = next(each for each in there if each.site_id == site_id)
    taken, kinds = spot.taken(post), set(capability.assets)
    if (capability.escorted and taken.escorted < 1) or (COMPANY in kinds and taken.patrol_left <= 0):
        return Why.ESCORTS
    if capability.km is not None and spot.away_km(post) >= capability.km.zero:
        return Why.OUT_OF_RANGE
    carriers = [each for each in post.holdings if each.kind in kinds]
    if all(each.availability == 0 or each.mission_share == 0 for each in carriers):
        return Why.NOT_READY
    return Why.DAY_LIMIT if spot.dusk else Why.NOT_READY


def _soonest(spot: Spot, post: Station, capability: Capability, month: int) -> float:
    """Return the soonest arrival from a station by land or water, notice included [min]."""
    soonest = min(spot.minutes(post, way, month=month) for way in ways_of(capability))
    return _notice_min(post, capability) + soonest


def _notice_min(post: Station, capability: Capability) -> float:
    return min(each.notice_min or 0.0 for each in post.holdings if each.kind in capability.assets)


def _no_way(
    spot: Spot, able: Sequence[Station], there: Sequence[Station], capability: Capability
) -> tuple[Why, str]:
    """Return why no way is found within any limit, and from which site."""
    limits, network = capability.minutes, spot.router.network
    zero_min = 0.0 if limits is None else limits.zero + TOLERANCE_MIN
    under_water = in_month(int(network.cell_wet[spot.cell]), spot.month)
    # Whoever may also go by boat walks where none floats: a way, but what bars the road is the reason.
    ways = tuple(way for way in ways_of(capability) if way is not Profile.BOAT) or ways_of(capability)
    by_road = [post for post in there if not post.connector.snapped_too_far]
    joined = _nearest_joined(spot, by_road, ways, spot.month)
    if joined:
        return Why.OUT_OF_RANGE, joined
    groups = spot.router.months(spot.roads)
    years = [
        (month, [post for post in able if post.months & groups.mask(number)])
        for number, month in enumerate(groups.first)
        if number != groups.group(spot.month)
    ]
    for month, posts in years:
        for post in posts:
            if _soonest(spot, post, capability, month) < zero_min:
                return Why.WATER if under_water else Why.CUT_OFF, post.site_id
    off_road = _nearest_joined(spot, there, ways, spot.month)
    if off_road:
        return Why.TOO_FAR_FROM_ROADS, off_road
    for month, posts in years:
        elsewhen = _nearest_joined(spot, posts, ways, month)
        if elsewhen:
            return Why.WATER if under_water else Why.OUT_OF_RANGE, elsewhen
    nearest = _nearest(spot, there).site_id
    if under_water or _water_between(spot, there):
        return Why.WATER, nearest
    afloat = _nearest_joined(spot, there, ways_of(capability), spot.month)
    return (Why.OUT_OF_RANGE, afloat) if afloat else (Why.NO_ROUTE, nearest)


def _nearest_joined(spot: Spot, posts: Sequence[Station], ways: Sequence[Profile], month: int) -> str:
    """Return the nearest station that has a way to the cell in a month, however long; "" for none."""
    near = sorted(posts, key=lambda post: (spot.away_km(post), post.site_id))
    return next((post.site_id for post in near if any(_leads(spot, post, way, month) for way in ways)), "")


def _leads(spot: Spot, post: Station, profile: Profile, month: int) -> bool:
    parts = _parts(spot, profile, month)
    own = parts[spot.router.network.cell_node[spot.cell]]
    weights = spot.router.weights(profile, month, spot.roads)
    return bool((parts[sources(post.connector, weights).nodes] == own).any())


def _parts(spot: Spot, profile: Profile, month: int) -> NDArray[np.int32]:
    """Return the part of the network each node belongs to in a month, kept beside the searches."""
    router = spot.router
    kept = router.further.get(
        ("parts", router.key(profile, month, spot.roads)),
        lambda: components(router.weights(profile, month, spot.roads)),
    )
    if not isinstance(kept, np.ndarray):
        raise TypeError(f"{kept!r} is kept where parts of a network belong")
    return kept


def _water_between(spot: Spot, posts: Sequence[Station]) -> bool:
    """Tell whether water lies in the straight line to the nearest station, in every month."""
    grid, waters = spot.router.network.grid, spot.router.network.waters
    post = _nearest(spot, posts)
    ends = ((post.x_m, post.y_m), (float(grid.x_m[spot.cell]), float(grid.y_m[spot.cell])))
    lines = np.array([LineString(ends)], dtype=object)
    return bool(waters.cut(lines)[0]) or in_month(int(waters.wet_months(lines)[0]), spot.month)
