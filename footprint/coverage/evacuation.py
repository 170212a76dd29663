"""Evacuation: how soon a casualty is in surgery, and how likely helicopter and surgery are there."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.holdings import HELICOPTER, Holding
from footprint.coverage.stations import Station
from footprint.method import Method
from footprint.travel.air import Place, great_circle_km
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.router import Router
from layers.grid import Grid

STAND_BY = 1.0
"""Availability of helicopter and surgery where none is stated: they stand by for casualties."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Some assets of one kind at one site, all ready after the same time."""

    station: int
    """Number of the station among those asked about."""
    ready_min: float
    """After the call [min]."""
    chance: float
    """That at least one of them is fit for use [0-1]."""


@dataclass(frozen=True, slots=True, eq=False)
class Evacuation:
    """Evacuation from every cell in one month."""

    minutes: NDArray[np.float32] = field(repr=False)
    """From call to surgery by the soonest pair [min], inf without helicopter or surgery, shape (n_cells,)."""
    chance: NDArray[np.float32] = field(repr=False)
    """That a pair which makes it in time is there [0-1], the likeliest one's, shape (n_cells,)."""

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        return int(self.minutes.nbytes + self.chance.nbytes)


def surgery_of(method: Method) -> str:
    """Return the kind of asset that a patient must reach, "" where the method has no evacuation."""
    return next((each.relay for each in method.capabilities.values() if each.relay), "")


def readiness(
    posts: Sequence[Station], kind: str, *, default_min: float, month: int | None = None
) -> tuple[Readiness, ...]:
    """
    Return when how much of a kind of asset is ready at each station.

    Parameters
    ----------
    posts
        Stations.
    kind
        Kind of asset.
    default_min
        Notice where none is stated [min].
    month
        Only of stations open in this month (1-12); None is all.

    Returns
    -------
    tuple of Readiness
        One for each different notice at a station: whoever waits longer has more of them.
        Those that are never fit for use are left out.
    """
    found = []
    for number, post in enumerate(posts):
        if month is not None and not post.is_open(month):
            continue
        own = [each for each in post.holdings if each.kind == kind]
        for ready_min in sorted({_notice(each, default_min) for each in own}):
            chance = _at_least_one(each for each in own if _notice(each, default_min) <= ready_min)
            if chance > 0:
                found.append(Readiness(number, ready_min, chance))
    return tuple(found)


def _notice(holding: Holding, default_min: float) -> float:
    return default_min if holding.notice_min is None else holding.notice_min


def _at_least_one(holdings: Iterable[Holding]) -> float:
    miss = 1.0
    for each in holdings:
        miss *= (1.0 - (STAND_BY if each.availability is None else each.availability)) ** each.count
    return 1.0 - miss


def ready_for(
    method: Method, posts: Sequence[Station], month: int
) -> tuple[tuple[Readiness, ...], tuple[Readiness, ...]]:
    """Return the helicopters and the surgeries that stations can send and offer in a month."""
    return (
        readiness(posts, HELICOPTER, default_min=method.travel.helicopter_notice_min, month=month),
        readiness(posts, surgery_of(method), default_min=0.0, month=month),
    )


def evacuation(method: Method, router: Router, posts: Sequence[Station], month: int) -> Evacuation:
    """
    Return evacuation from every cell in a month.

    Parameters
    ----------
    method
        Notice, speed, time to pick up, limit.
    router
        Keeps what was reckoned.
    posts
        Stations; helicopter and surgery may stand at different ones.
    month
        1-12.

    Notes
    -----
    Notice, flight to the casualty, pick-up, flight to surgery, which must be ready then. Flights are
    great circles at one speed; landing is taken as possible anywhere by day. Exempt from the day limit.
    """
    travel, limit_min = method.travel, method.reporting.casevac_limit_min
    flying, mending = ready_for(method, posts, month)
    places = [(post.x_m, post.y_m) for post in posts]
    key: tuple[Hashable, ...] = (
        "evacuation",
        *((places[each.station], each.ready_min, each.chance) for each in flying),
        "to",
        *((places[each.station], each.ready_min, each.chance) for each in mending),
        (travel.pick_up_min, travel.helicopter_kmh, limit_min),
    )
    grid = router.network.grid
    made = router.further.get(key, lambda: evacuation_between(grid, places, flying, mending, method))
    if not isinstance(made, Evacuation):
        raise TypeError(f"{made!r} is kept where an evacuation belongs")
    return made


def evacuation_between(
    grid: Grid,
    places: Sequence[Place],
    flying: Sequence[Readiness],
    mending: Sequence[Readiness],
    method: Method,
    cells: NDArray[np.int64] | None = None,
) -> Evacuation:
    """
    Return evacuation from every cell of a grid.

    Parameters
    ----------
    grid
        Cells.
    places
        Where each station stands [m].
    flying, mending
        Helicopters and surgeries, by number of the station.
    method
        Speed, time to pick up, limit.
    cells
        The cells that are told of; None is all.
    """
    n_cells = grid.n_cells if cells is None else len(cells)
    minutes, chance = np.full(n_cells, np.inf, np.float32), np.zeros(n_cells, np.float32)
    stations = sorted({each.station for each in (*flying, *mending)})
    if flying and mending:
        km = great_circle_km(grid, [places[station] for station in stations], cells)
        flight_min = dict(zip(stations, km * (60.0 / method.travel.helicopter_kmh), strict=True))
    for fly in flying:
        for mend in mending:
            total = flight_min[fly.station] + fly.ready_min + method.travel.pick_up_min
            total = np.maximum(total + flight_min[mend.station], mend.ready_min).astype(np.float32)
            np.minimum(minutes, total, out=minutes)
            there = np.float32(fly.chance) * np.float32(mend.chance)
            np.maximum(chance, np.where(in_time(total, method), there, np.float32(0)), out=chance)
    return Evacuation(minutes, chance)


def in_time(minutes: NDArray[np.float32], method: Method) -> NDArray[np.bool_]:
    """Tell where a casualty gets to surgery within the method's limit, which is inclusive."""
    return np.asarray(minutes <= np.float32(method.reporting.casevac_limit_min + TOLERANCE_MIN))
