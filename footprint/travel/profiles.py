"""How fast does each way of travelling move, on each kind of road, in the dry months and in the rains?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from layers.roads import Crossing, RoadClass, Smoothness, Surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.method import Travel
    from footprint.travel.roads import RoadTable


class Profile(StrEnum):
    """
    A way of travelling.

    `SEARCHED` is a convoy that searches every road before using it. `BOAT` is a team that
    walks to the water, goes on by boat and lands again. `HELICOPTER` flies in a straight
    line and has no speed on the network.
    """

    CIVIL = "civil"
    PATROL = "patrol"
    CONVOY = "convoy"
    SEARCHED = "searched"
    FOOT = "foot"
    BOAT = "boat"
    HELICOPTER = "helicopter"


WALKERS = frozenset({Profile.FOOT, Profile.BOAT})
"""Profiles that walk wherever they touch land."""

ESCORTED = frozenset({Profile.PATROL, Profile.CONVOY, Profile.SEARCHED})
"""Profiles held to search speed on roads rated for search."""


def road_kmh(roads: RoadTable, profile: Profile, travel: Travel, *, rains: bool) -> NDArray[np.float64]:
    """
    Give the speed of `profile` on each road.

    Parameters
    ----------
    roads
        What is known of each road, with the scenario's repairs and ratings applied.
    profile
        Way of travelling; not the helicopter.
    travel
        Speeds and factors.
    rains
        Whether the month has the factors of the rains.

    Returns
    -------
    NDArray
        Speed [km/h], shape (n_roads,). Ferries have the ferry's speed, without the wait.

    Notes
    -----
    Free flow by class, times the smaller of the factors of surface and smoothness, times the factor of
    the rains, times the profile's factor, at most the profile's cap. No road is slower than the ground
    beside it. On roads rated for search at most the search speed. Unknown surfaces count as unpaved,
    unknown smoothness as good. Walkers walk on roads too.
    """
    across_kmh = off_road_kmh(profile, travel, rains=rains)
    if profile in WALKERS:
        kmh = np.full(len(roads.road_id), across_kmh)
    else:
        factor, cap_kmh = _pace(profile, travel)
        kmh = np.minimum(_free_kmh(roads, travel, rains=rains) * factor, cap_kmh)
        kmh = np.maximum(kmh, across_kmh)
        if profile in ESCORTED:
            kmh = np.where(rated_roads(roads, profile), np.minimum(kmh, travel.searched_cap_kmh), kmh)
    return np.where(roads.crossing == Crossing.FERRY, travel.ferry_kmh, kmh)


def rated_roads(roads: RoadTable, profile: Profile) -> NDArray[np.bool_]:
    """Return which roads a profile takes as rated for search: all of them if it searches every road."""
    return roads.search_rated | (profile is Profile.SEARCHED)


def street_kmh(profile: Profile, travel: Travel, *, rains: bool) -> float:
    """
    Give the speed on streets [km/h]: from a site to its road, and on the first stretch of last legs.

    Streets of unknown surface, never slower than open country.
    """
    across_kmh = off_road_kmh(profile, travel, rains=rains)
    if profile in WALKERS:
        return across_kmh
    season = travel.rains_factor["unpaved"] if rains else 1.0
    factor, cap_kmh = _pace(profile, travel)
    kmh = travel.free_flow_kmh[RoadClass.RESIDENTIAL] * travel.unpaved_factor * season * factor
    kmh = max(min(kmh, cap_kmh), across_kmh)
    return min(kmh, travel.searched_cap_kmh if profile is Profile.SEARCHED else np.inf)


def off_road_kmh(profile: Profile, travel: Travel, *, rains: bool) -> float:
    """Give the speed [km/h] across country: at most the profile's own cap, never slower than on foot."""
    if profile is Profile.HELICOPTER:
        raise ValueError("a helicopter has no speed on the network")
    foot_kmh = travel.foot_wet_kmh if rains else travel.foot_dry_kmh
    if profile in WALKERS:
        return foot_kmh
    share = {Profile.CIVIL: 1.0, Profile.PATROL: travel.patrol_off_road_factor}
    kmh = travel.vehicle_wet_kmh if rains else travel.vehicle_dry_kmh
    kmh = max(kmh * share.get(profile, travel.convoy_off_road_factor), foot_kmh)
    cap_kmh = travel.searched_cap_kmh if profile is Profile.SEARCHED else _pace(profile, travel)[1]
    return min(kmh, cap_kmh)


def _pace(profile: Profile, travel: Travel) -> tuple[float, float]:
    """Return the share of free flow at which a vehicle profile moves, and its cap [km/h]."""
    if profile is Profile.CIVIL:
        return 1.0, np.inf
    if profile is Profile.PATROL:
        return travel.patrol_factor, travel.patrol_cap_kmh
    if profile in (Profile.CONVOY, Profile.SEARCHED):
        return travel.convoy_factor, travel.convoy_cap_kmh
    raise ValueError(f"{profile} is no vehicle profile")


def _free_kmh(roads: RoadTable, travel: Travel, *, rains: bool) -> NDArray[np.float64]:
    """Return free-flow speed by class, surface, smoothness and season [km/h], shape (n_roads,)."""
    paved = roads.surface == Surface.PAVED
    kmh = np.where(paved, 1.0, travel.unpaved_factor)
    for smoothness in (Smoothness.BAD, Smoothness.VERY_BAD, Smoothness.HORRIBLE):
        # The smaller of the two: a bad track is unpaved already.
        at = roads.smoothness == smoothness
        kmh[at] = np.minimum(kmh[at], travel.smoothness_factor[smoothness])
    for road_class in RoadClass:
        kmh[roads.road_class == road_class] *= travel.free_flow_kmh[road_class]
    if rains:
        track = np.isin(roads.road_class, [RoadClass.TRACK, RoadClass.PATH])
        factor = travel.rains_factor
        kmh *= np.where(track, factor["track"], np.where(paved, factor["paved"], factor["unpaved"]))
    return kmh
