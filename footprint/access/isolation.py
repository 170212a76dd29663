"""Where does violence return in the very months in which nobody gets there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import shapely
from numpy.typing import NDArray

from footprint.access.nearest import in_months, land_routes, nearest_minutes
from footprint.indicators.periods import MONTHS
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.air import day_limit_min
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.profiles import Profile
from footprint.travel.router import Router
from footprint.violence.seasonality import Answer, Finding, Recurrence, findings
from layers import Area
from layers.months import months_in
from layers.zones import Zones


class Return(IntEnum):
    """What a month means for a place, in the order of the map's classes."""

    CUT_OFF = 0
    """Violence returns in this month, in which the place is cut off: in others it is not."""
    NEVER_REACHED = 1
    """Violence returns in this month; a patrol is too far away in every month."""
    REACHED = 2
    """Violence returns in this month, and a patrol could come."""
    OTHER_MONTHS = 3
    """Violence returns, but in other months."""
    NO_PATTERN = 4
    """No season stands out, where a strong one would have been found more likely than not."""
    NOT_TESTED = 5
    """Too few incidents or years, or no dates, to tell."""


@dataclass(frozen=True, slots=True, eq=False)
class PatrolAccess:
    """When patrols get to each cell, and when it is under flood."""

    reached: NDArray[np.bool_] = field(repr=False)
    """Whether a patrol gets there and back by daylight within the limit, shape (12, n_cells)."""
    way: NDArray[np.bool_] = field(repr=False)
    """Whether there is any way by land at all, however long, shape (12, n_cells)."""
    flooded: NDArray[np.bool_] = field(repr=False)
    """Whether the cell's middle is in a flood zone, shape (12, n_cells)."""

    @property
    def cut_off(self) -> NDArray[np.bool_]:
        """
        Cells cut off in a month, shape (12, n_cells).

        Either a patrol would get there in another month but not in this one, or there is no
        way at all in this month though there is in another.
        """
        lost_patrol = ~self.reached & self.reached.any(axis=0)
        return np.asarray(lost_patrol | (~self.way & self.way.any(axis=0)))


def patrol_access(prepared: Prepared, router: Router, result: Review) -> PatrolAccess:
    """
    Find in which months patrols reach each cell.

    Parameters
    ----------
    prepared, router, result
        The area, its searches, and the review of one scenario.

    Returns
    -------
    PatrolAccess
        By road, across country and by ferry, at the speed of a patrol, from any site open in the
        month, within the method's time limit each way and back by daylight.
    """
    limit_min = np.float32(prepared.method.reporting.beyond_min + TOLERANCE_MIN)
    groups = router.months(result.laydown.roads).split(post.months for post in result.stations)
    soonest = [nearest_minutes(router, result, Profile.PATROL, month) for month in groups.first]
    reached = np.empty((MONTHS, prepared.area.grid.n_cells), bool)
    for month, group in enumerate(groups.of_month, start=1):
        by_day = day_limit_min(prepared.area.grid, month, returns=True) + np.float32(TOLERANCE_MIN)
        reached[month - 1] = (soonest[group] <= limit_min) & (soonest[group] <= by_day)
    routes = land_routes(router, result.stations, result.laydown.roads)
    return PatrolAccess(reached, in_months(routes.joined | routes.snapped), flooded(prepared.area))


def flooded(area: Area) -> NDArray[np.bool_]:
    """Tell in which months each cell's middle is in a flood zone, shape (12, n_cells)."""
    wet = np.zeros((MONTHS, area.grid.n_cells), bool)
    for shape, months in zip(area.flood_zones.geometry, area.flood_zones["months"], strict=True):
        shapely.prepare(shape)
        inside = shapely.contains_xy(shape, area.grid.x_m, area.grid.y_m)
        for month in months_in(int(months)):
            wet[month - 1] |= inside
    return wet


def rows_of(recurrence: Recurrence, units: Zones) -> NDArray[np.int32]:
    """Return the row of the unit that holds most of each cell, -1 for none, shape (n_cells,)."""
    row = {area_id: number for number, area_id in enumerate(recurrence.calendar.area_ids)}
    order = np.array([*(row.get(unit_id, -1) for unit_id in units.unit_ids), -1], np.int32)
    return order[units.main_unit]


def returns(
    recurrence: Recurrence, unit_of: NDArray[np.int32], reach: PatrolAccess, month: int
) -> NDArray[np.uint8]:
    """
    Say for each cell what a month means: does violence return there, and can anyone come?

    Parameters
    ----------
    recurrence
        Recurrence of the units, cercles or discs.
    unit_of
        Row in `recurrence` of each cell, -1 for none, shape (n_cells,): from `rows_of` for cercles.
    reach
        From `access`.
    month
        1-12.

    Returns
    -------
    NDArray
        `Return` of each cell, shape (n_cells,); cells in no unit are not tested, nor
        are those of a unit with too few incidents to tell.
    """
    table = recurrence.table
    told = (table["answer"] == Answer.NONE).to_numpy()
    start = table["first_month"].fillna(0).to_numpy().astype(int)
    length = table["length"].fillna(0).to_numpy().astype(int)
    recurrent = table["significant"].to_numpy(dtype=bool)
    now = recurrent & ((month - start) % MONTHS < length)
    unit = np.where(recurrent, Return.OTHER_MONTHS, np.where(told, Return.NO_PATTERN, Return.NOT_TESTED))
    unit = np.append(np.where(now, Return.REACHED, unit), Return.NOT_TESTED)
    classes = unit[unit_of].astype(np.uint8)
    here = classes == Return.REACHED
    classes[here & ~reach.reached[month - 1]] = Return.NEVER_REACHED
    classes[here & reach.cut_off[month - 1]] = Return.CUT_OFF
    return classes


@dataclass(frozen=True, slots=True)
class Coincidence:
    """One unit whose violence returns, and who is cut off in those months."""

    finding: Finding
    people: float
    """People of the unit [persons]."""
    cut_off: Mapping[int, float]
    """People cut off in each month of its window [persons]: reached in other months."""
    under_flood: Mapping[int, float]
    """Of these, people in flood zones [persons]."""
    never: float
    """People whom patrols reach in no month [persons]."""

    @property
    def worst_month(self) -> int:
        """Month of the window in which most people are cut off; the first on a tie."""
        return max(self.cut_off, key=lambda month: self.cut_off[month])

    @property
    def months_cut_off(self) -> tuple[int, ...]:
        """Months of the window in which anyone is cut off."""
        return tuple(month for month, people in self.cut_off.items() if people >= 1)


def coincidences(
    recurrence: Recurrence, districts: Zones, people: NDArray[np.float64], reach: PatrolAccess
) -> tuple[Coincidence, ...]:
    """
    List the cercles whose violence returns, those with most people cut off in their window first.

    Parameters
    ----------
    recurrence
        Recurrence by cercle.
    cercles
        Shares of the cells in the cercles.
    people
        People of each cell [persons], NaN where unknown, shape (n_cells,).
    reach
        From `access`.
    """
    unit = {unit_id: row for row, unit_id in enumerate(districts.unit_ids)}
    heads = np.nan_to_num(people)
    off = districts.sums((reach.cut_off * heads).T)
    wet = districts.sums((reach.cut_off * reach.flooded * heads).T)
    never = districts.sums(~reach.reached.any(axis=0) * heads)
    total = districts.sums(heads)
    rows = [
        Coincidence(
            each,
            float(total[unit[each.area_id]]),
            {month: float(off[unit[each.area_id], month - 1]) for month in each.months},
            {month: float(wet[unit[each.area_id], month - 1]) for month in each.months},
            float(never[unit[each.area_id]]),
        )
        for each in findings(recurrence)
        if each.significant
    ]
    return tuple(sorted(rows, key=lambda row: (-row.cut_off[row.worst_month], row.finding.area_id)))
