"""Seats: the two footprints of each unit as a pair of bars at its seat, and what changes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan, nan

import geopandas as gpd
import pandas as pd

from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import Language, msgid
from footprint.review import Review
from footprint.views.escaping import Json
from layers import Area
from layers.characters import printable
from layers.places import PlaceKind
from layers.tables import WGS84

_SEATS = {
    Level.REGION: (PlaceKind.CAPITAL, PlaceKind.REGION_SEAT),
    Level.DISTRICT: (PlaceKind.CAPITAL, PlaceKind.REGION_SEAT, PlaceKind.DISTRICT_SEAT),
}
_OUTSIDE = msgid("not known: mostly outside")
_WHOLE_FROM = 0.0995
"""Shares from which on whole per cents are written [share]: less than a tenth needs a decimal."""
_LEAST = 0.0005
"""Smallest share that a tenth of a per cent can write."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One unit in one month."""

    unit_id: str
    name: str
    need: float
    """Its share of the area's need."""
    force: float
    """Force footprint [share of its need]; NaN where not known."""
    mission: float
    force_change: float
    """Against another review, of what is known; 0 against itself."""
    mission_change: float

    @property
    def gap(self) -> float:
        """Need that troops could reach and the whole mission could not [share of the area's need]."""
        return self.need * (self.force - self.mission)


def seat_rows(
    before: Review,
    after: Review,
    units: tuple[Level, Sequence[str]],
    month: int,
    unknown: frozenset[Indicator],
) -> tuple[SeatRow, ...]:
    """
    Return units in a month, the widest gap first.

    Parameters
    ----------
    before, after
        Two reviews of one prepared area; the same one twice where nothing is compared.
    units
        Level and identifiers.
    month
        Month (1-12).
    unknown
        Indicators of which the data say nothing.
    """
    level, unit_ids = units
    now, least, first = (
        _rows(frame, level, month) for frame in (after.figures, after.at_least, before.at_least)
    )
    names = now["name"].to_dict()
    need = now["demand"].to_dict()
    shown = (Indicator.FORCE, Indicator.MISSION)
    own = {each: now[each].to_dict() for each in shown}
    change = {each: (least[each] - first[each]).fillna(0.0).to_dict() for each in shown}
    found = [
        SeatRow(
            unit_id,
            str(names[unit_id]),
            float(need[unit_id]),
            *(nan if each in unknown else float(own[each][unit_id]) for each in shown),
            *(float(change[each][unit_id]) for each in shown),
        )
        for unit_id in unit_ids
    ]
    return tuple(sorted(found, key=lambda row: (isnan(row.gap), -row.gap, row.unit_id)))


def _rows(figures: pd.DataFrame, level: Level, month: int) -> pd.DataFrame:
    wanted = (figures["level"] == level).to_numpy() & (figures["month"] == month).to_numpy()
    return figures[wanted].set_index("unit_id")


def seat_marks(
    area: Area, level: Level, rows: Sequence[SeatRow], language: Language, changed: Indicator | None
) -> list[Json]:
    """
    Return what the map's script draws at each seat.

    Parameters
    ----------
    area
        Where seats are.
    level
        Level of `rows`.
    rows
        From `seat_rows`.
    language
        Of numbers.
    changed
        Indicator whose change is written instead of the bars; None for the bars.

    Notes
    -----
    Of a unit that lies mostly outside the area neither is drawn: why stands in their place.
    """
    places = seat_places(area, level)
    outside = area.regions_outside if level is Level.REGION else area.districts_outside
    return [
        {
            "id": row.unit_id,
            "name": printable(row.name),
            "lon": places[row.unit_id][0],
            "lat": places[row.unit_id][1],
            **(
                {"change": 0, "words": language.text(_OUTSIDE)}
                if row.unit_id in outside
                else _values(row, language, changed)
            ),
        }
        for row in rows
    ]


def _values(row: SeatRow, language: Language, changed: Indicator | None) -> dict[str, Json]:
    if changed is not None:
        level, change = (
            (row.force, row.force_change) if changed is Indicator.FORCE else (row.mission, row.mission_change)
        )
        if abs(change) < SMALL:
            return {"change": 0, "words": "?" if isnan(level) else "="}
        return {"change": change, "words": language.points(change)}
    return {
        "force": None if isnan(row.force) else round(row.force, 4),
        "mission": None if isnan(row.mission) else round(row.mission, 4),
        "force_words": short_percent(row.force, language),
        "mission_words": short_percent(row.mission, language),
    }


def short_percent(share: float, language: Language) -> str:
    """
    Return a share in per cent without its sign: whole from a tenth on, "?" where not known.

    What is more than nothing is never written as nothing: below half a tenth of a per cent it is "<0.1".
    """
    if isnan(share):
        return "?"
    if 0 < share < _LEAST:
        return f"<{language.number(0.1, 1)}"
    return language.number(100 * share, 0 if share == 0 or share >= _WHOLE_FROM else 1)


@lru_cache(maxsize=4)
def seat_places(area: Area, level: Level) -> dict[str, tuple[float, float]]:
    """Return where each unit's figures stand [degrees]: at its seat, or in its midst where none is known."""
    units = area.regions if level is Level.REGION else area.districts
    middle = gpd.GeoSeries(units.geometry.representative_point(), crs=units.crs).to_crs(WGS84)
    found = {str(unit_id): (round(point.x, 4), round(point.y, 4)) for unit_id, point in middle.items()}
    seats = area.places[area.places["kind"].isin([str(kind) for kind in _SEATS[level]])]
    if seats.empty:
        return found
    # A unit's own seat names it better than a higher one that lies in it too.
    order = {str(kind): number for number, kind in enumerate(_SEATS[level])}
    inside = gpd.sjoin(seats, units[["geometry"]], predicate="within")
    inside = inside.assign(grade=inside["kind"].map(order)).sort_values("grade", kind="stable")
    degrees = inside.geometry.to_crs(WGS84)
    # The seat of its own level comes last and stays.
    for unit_id, point in zip(inside["unit_id"].tolist(), degrees, strict=True):
        found[str(unit_id)] = (round(point.x, 4), round(point.y, 4))
    return found
