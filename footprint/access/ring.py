"""
The watch ring: who lives where violence can move to when a plan opens, closes or moves sites?

Violence can move rather than fall where troops come or go: from 30 to 80 km away by the shortest way over
land, more of it was seen (Peitz and Reisch 2019). So these places are to be watched. Nothing here
foretells that violence will move, nor that it will not move elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from footprint.access.changed import SiteChange, changed_places
from footprint.access.past import past_killings
from footprint.access.paths import joined_by_land, path_km
from footprint.coverage.stations import Station
from footprint.indicators.figures import figures
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import EQUAL, Delivery
from footprint.indicators.periods import MONTHS_OF_YEAR, mean_over, monthly
from footprint.indicators.units import Units
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.router import Router
from layers.months import months_in


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPlace:
    """One place where a plan changes whether a site stands, and its own ring."""

    site_id: str
    name: str
    change: SiteChange
    months: tuple[int, ...]
    """Months (1-12) in which it does; the ring is watched in these."""
    people: float
    """People in its own ring [persons]; NaN where nobody knows them. Rings of several places overlap."""
    stranded: float
    """
    People up to the far end in a straight line to whom no way over land leads from there, however long:
    the ring is what remains [persons]; NaN where nobody knows them.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedUnit:
    """A second-level unit of which a part lies in the ring."""

    unit_id: str
    name: str
    people: float
    """Its people in the ring [persons]; NaN where nobody knows them."""
    killings: float
    """Its part of the ring's `killings`; NaN as `outside`, or where no incidents are known."""
    outside: bool = False
    """Whether it lies mostly outside the area, so that nothing of it is known."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WatchRing:
    """The rings around all places where a plan changes sites, united: nobody in it is counted twice."""

    near_km: float
    far_km: float
    places: tuple[WatchedPlace, ...]
    """By site; none where a plan changes no site, and then there is no ring."""
    inside: NDArray[np.bool_] = field(repr=False)
    """Which cells are to be watched in which months, shape (12, n_cells)."""
    people: float
    """People in it in any month [persons]; 0 without a ring, NaN where nobody knows them."""
    units: tuple[WatchedUnit, ...]
    """Most people first."""
    first: date
    last: date
    killings: float
    """
    Incidents from `first` to `last` in which civilians died, in the ring in their month; one known by its
    year only counts for a twelfth in each.
    """
    killings_all: float
    """Those of the whole area in months in which there is a ring."""
    killings_share: float
    """One by the other [0-1]; NaN where there are none, or no layer of incidents."""
    by_year: int
    """Incidents of the whole area known by their year only, of those that are counted."""
    left_out: int
    """Further ones of the whole area that have no cell, or of which nobody knows whether they were then."""
    unstated: int
    """Incidents of that time of which nobody states whether civilians died."""
    force: tuple[float, float]
    """
    Force footprint of the ring before and after [share of its need], mean of its months; NaN where not known.
    """
    mission: tuple[float, float]
    """Mission footprint, likewise."""


def watch_ring(
    prepared: Prepared, router: Router, before: Review, after: Review, *, measure: Measure = Measure.BLEND
) -> WatchRing:
    """
    Return what is to be watched around every place where sites change between two reviews.

    Parameters
    ----------
    prepared
        Area and method: the ring reaches from `proposals.ring_near_km` to `proposals.ring_far_km`, both
        inclusive, and looks back `evidence.long_window_months`.
    router
        Searches over the area.
    before, after
        Reviews of two plans on that area, usually of the baseline and of a plan.
    measure
        Whose need weighs the footprints of the ring.

    Returns
    -------
    WatchRing
        Without changed sites there is no ring: nobody lives in it, and its shares are NaN. Assets that
        come or go alone change no site.

    Notes
    -----
    Distances are those of `footprint.access.paths.path_km`: the shortest way by road or across country on
    the undisturbed network in its driest month, the same in every month. A site open in some months is
    watched in the months in which it makes a difference. A place's own cell is in no ring of its own.
    Killings are those of `footprint.access.past.past_killings`, each where it was and in its month.
    """
    numbers, months = prepared.method.proposals, prepared.method.evidence.long_window_months
    spots = changed_places(before.stations, after.stations)
    near_km, far_km = numbers.ring_near_km, numbers.ring_far_km
    own = [_own_ring(router, spot.post, near_km, far_km) for spot in spots]
    inside = np.zeros((len(MONTHS_OF_YEAR), prepared.area.grid.n_cells), dtype=bool)
    for spot, cells in zip(spots, own, strict=True):
        for month in months_in(spot.months):
            inside[month - 1] |= cells
    anytime = np.asarray(inside.any(axis=0))
    past = past_killings(prepared.area, int(months))
    here = (past.in_month * inside[:, past.cell]).sum(axis=0)
    # Of incidents that nobody has brought there are none here, and none is not what is known.
    unknown = 0.0 if past.known else float("nan")
    seasons = reduce(or_, (spot.months for spot in spots), 0)
    there = float(past.in_month[[month - 1 for month in months_in(seasons)]].sum()) if seasons else 0.0
    shares = [_levels(prepared, each.delivery, inside, seasons, measure) for each in (before, after)]
    return WatchRing(
        near_km=near_km,
        far_km=far_km,
        places=tuple(
            WatchedPlace(
                site_id=spot.post.site_id,
                name=spot.post.name,
                change=spot.change,
                months=tuple(months_in(spot.months)),
                people=_heads(prepared, cells),
                stranded=_heads(prepared, _stranded(router, spot.post, far_km)),
            )
            for spot, cells in zip(spots, own, strict=True)
        ),
        inside=inside,
        people=_heads(prepared, anytime),
        units=tuple(
            replace(each, killings=each.killings + unknown)
            for each in _units(prepared, anytime, (past.cell, here))
        ),
        first=past.first,
        last=past.last,
        killings=float(here.sum()) + unknown,
        killings_all=there + unknown,
        killings_share=float(here.sum() / there) if there else float("nan"),
        by_year=past.by_year,
        left_out=past.misplaced + past.undated,
        unstated=past.unstated,
        force=(shares[0][0], shares[1][0]),
        mission=(shares[0][1], shares[1][1]),
    )


def _own_ring(router: Router, post: Station, near_km: float, far_km: float) -> NDArray[np.bool_]:
    """Return the cells of one place's ring, shape (n_cells,); limits are inclusive, to a metre."""
    km = path_km(router, post.connector, far_km)
    inside = np.isfinite(km) & (km >= np.float32(near_km - TOLERANCE_MIN))
    inside[post.connector.cell] = False
    return np.asarray(inside)


def _stranded(router: Router, post: Station, far_km: float) -> NDArray[np.bool_]:
    """Return the cells up to the far end in a straight line to which no way over land leads, (n_cells,)."""
    grid = router.network.grid
    straight_km = np.hypot(grid.x_m - post.x_m, grid.y_m - post.y_m) / 1000
    return np.asarray((straight_km <= far_km) & ~joined_by_land(router, post.connector))


def _heads(prepared: Prepared, cells: NDArray[np.bool_]) -> float:
    """Return the people of cells [persons]; NaN where they are known in none of them."""
    people = prepared.area.population.people[cells]
    if not len(people):
        return 0.0
    return float(np.nansum(people)) if np.isfinite(people).any() else float("nan")


def _units(
    prepared: Prepared,
    cells: NDArray[np.bool_],
    killings: tuple[NDArray[np.int32], NDArray[np.float64]],
) -> tuple[WatchedUnit, ...]:
    zones, names = prepared.districts, prepared.area.districts["name"]
    people = prepared.area.population.people
    heads = zones.sums(np.where(cells, people, 0.0))
    known = zones.sums(np.where(cells, np.isfinite(people), 0.0).astype(float))
    touched = np.unique(zones.main_unit[cells])
    inhabited = np.flatnonzero(np.nan_to_num(heads) > 0)
    at, count = killings
    events = np.bincount(zones.main_unit[at] + 1, count, minlength=len(zones.unit_ids) + 1)[1:]
    rows = sorted({*touched[touched >= 0].tolist(), *inhabited.tolist()})
    found = [
        WatchedUnit(
            unit_id=zones.unit_ids[row],
            name=str(names[zones.unit_ids[row]]),
            people=float(heads[row]) if known[row] > 0 else float("nan"),
            killings=float("nan") if zones.outside[row] else float(events[row]),
            outside=bool(zones.outside[row]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (-np.nan_to_num(each.people), each.unit_id)))


def _levels(
    prepared: Prepared, delivery: Delivery, inside: NDArray[np.bool_], seasons: int, measure: Measure
) -> tuple[float, float]:
    """Return Force and Mission of the ring, mean of the months in which there is one; NaN: not known."""
    if not seasons:
        return float("nan"), float("nan")
    cells = np.flatnonzero(inside.any(axis=0))
    at = (np.ones(len(cells)), (np.zeros(len(cells), np.int64), cells))
    unit = pd.DataFrame({"level": ["ring"], "unit_id": ["ring"], "name": ["ring"]})
    rows = figures(
        delivery,
        np.where(inside, prepared.surfaces[str(measure)], np.float32(0)),
        prepared.area.population.people,
        Units(unit, sparse.csr_array(at, shape=(1, inside.shape[1])), np.array([False])),
        tier_weights=EQUAL,
        threshold=prepared.method.reporting.class_threshold,
    )
    _, values = monthly(rows, (Indicator.FORCE, Indicator.MISSION))
    force, mission = mean_over(values[0], months_in(seasons)).tolist()
    return float(force), float(mission)
