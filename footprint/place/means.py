"""Means: who brings a capability to a cell, from where, how, how soon and with what chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from footprint.coverage.evacuation import evacuation_between, ready_for
from footprint.coverage.stations import Station
from footprint.method import Capability
from footprint.place.spot import Spot, Stand


class Passage(StrEnum):
    """How somebody comes: a travel profile, or what knows no roads."""

    AIR = "air"
    CIRCLE = "circle"
    """Passage a radius alone, as surveillance does."""


@dataclass(frozen=True, slots=True)
class Means:
    """One capability of one site, in one cell and month."""

    capability_id: str
    site_id: str
    by: str
    """A travel profile, or one of `Passage`: what gives it the best chance."""
    minutes: float
    """Soonest arrival, notice included [min]; for evacuation from call to surgery; inf without a date."""
    chance: float
    """That somebody is there in time and fit for use [0-1]."""
    to_site_id: str = ""
    """For evacuation: where the surgery stands."""


def means_of(stand: Stand, name: str) -> tuple[Means, ...]:
    """
    Return who brings a capability to a cell, the best chance first, then the soonest.

    Parameters
    ----------
    stand
        What stations do there.
    name
        The capability.
    """
    capability = stand.spot.prepared.method.capabilities[name]
    if capability.relay:
        return _evacuating(stand.spot, stand.posts, capability)
    found = [
        _by_which(stand.spot, post, capability, 1.0 - float(own[name].miss[0]))
        for post, own in zip(stand.posts, stand.effects, strict=True)
        if name in own and own[name].miss[0] < 1
    ]
    return tuple(sorted(found, key=_best_first))


def _best_first(means: Means) -> tuple[float, float, str, str]:
    return -means.chance, means.minutes, means.site_id, means.to_site_id


def _by_which(spot: Spot, post: Station, capability: Capability, chance: float) -> Means:
    """Return the way of a capability that has the best chance by itself, of equal ones the soonest."""
    alone = {
        Passage.CIRCLE: capability if capability.radius_km is not None else None,
        capability.ground: replace(capability, boat=False, air=False) if capability.ground else None,
        "boat": replace(capability, ground="", air=False) if capability.boat else None,
        Passage.AIR: replace(capability, ground="", boat=False) if capability.air else None,
    }
    tried = []
    for by, own in alone.items():
        effect = (
            None
            if own is None
            else spot.effects(post, {capability.capability_id: own}).get(capability.capability_id)
        )
        if effect is not None:
            tried.append((float(effect.miss[0]), float(effect.arrival_min[0]), str(by)))
    _, minutes, by = min(tried)
    return Means(capability.capability_id, post.site_id, by, minutes, chance)


def _evacuating(spot: Spot, posts: Sequence[Station], capability: Capability) -> tuple[Means, ...]:
    """Return the pairs of helicopter and surgery that make it in time."""
    method, cells = spot.prepared.method, np.array([spot.cell])
    flying, mending = ready_for(method, posts, spot.month)
    places, grid = [(post.x_m, post.y_m) for post in posts], spot.router.network.grid
    found = []
    for fly in flying:
        for mend in mending:
            pair = evacuation_between(grid, places, [fly], [mend], method, cells)
            if pair.chance[0] > 0:
                found.append(
                    Means(
                        capability.capability_id,
                        posts[fly.station].site_id,
                        Passage.AIR,
                        float(pair.minutes[0]),
                        float(pair.chance[0]) * capability.availability,
                        posts[mend.station].site_id,
                    )
                )
    return tuple(sorted(found, key=_best_first))
