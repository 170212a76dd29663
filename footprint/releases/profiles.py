"""
Profiles: what each profile of precision lets be shown of sites, incidents and figures.

=============  ======================  ===================================  ==================  ============
profile        a site stands           and is called                        incidents           figures
=============  ======================  ===================================  ==================  ============
`STRICT`       at its unit's label     by its unit                          counts of units     1 %, 1,000
`PUBLIC`       to 0.1°; a planned one  by name; a planned one by its unit   squares of 0.1°     1 %, 1,000
               at its unit's label
`INTERNAL`     to 0.01°, about 1 km    by name                              squares of 0.01°    0.1 %, 100
`RESTRICTED`   as in the data          by name                              as in the data      as reckoned
=============  ======================  ===================================  ==================  ============

Planned is what a plan opens, closes or moves. "Near Old Town" tells of the place itself, so under `STRICT`
and `PUBLIC`, and on whatever is marked unclassified, a planned site is called by its second-level unit:
"Proposed site in River District", and stands where that unit's name would be written. What closes or moves
there is told as it stands today, and in words by a place of several sites (`footprint.releases.site_places`).
Under `STRICT` and `PUBLIC` a number of incidents below three is not shown, nor one that would let such a
number be worked out from this and every earlier release (`footprint.releases.suppress`).

Which base, bridge or ferry costs most if it is lost, and what stands at each base, is a list of targets to
whoever wishes ill: it is told by name only as exactly as in the data and strictly confidential
(`tells_weak_points`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import geopandas as gpd
import pandas as pd

from footprint.disclosure import Precision, rounded, step_deg
from footprint.indicators.outlines import nearest_unit
from footprint.language import Language, msgid
from footprint.releases.counts import AREA, CountOf, IncidentCount, middle, square, unit
from footprint.releases.suppress import safe_counts
from footprint.releases.terms import Marking, Release
from layers import Area
from layers.sentences import Sentence, say
from layers.tables import WGS84

PRECISION_LABELS = {
    Precision.STRICT: msgid("By unit, no fewer than three incidents"),
    Precision.PUBLIC: msgid("Tenths of a degree, no fewer than three incidents"),
    Precision.INTERNAL: msgid("About one kilometre"),
    Precision.RESTRICTED: msgid("As in the data"),
}
"""Words for each profile, the coarsest first."""

COUNTED = frozenset({Precision.STRICT, Precision.PUBLIC})
"""Profiles under which small numbers are withheld, and what was told before is part of the sum."""

_SHARE_STEP = {Precision.STRICT: 0.01, Precision.PUBLIC: 0.01, Precision.INTERNAL: 0.001}
_PEOPLE_STEP = {Precision.STRICT: 1000.0, Precision.PUBLIC: 1000.0, Precision.INTERNAL: 100.0}
"""Coarse enough that one incident more moves few figures; a judgement."""

_PLACED = 2
"""Coarsest `geo_precision` of what is drawn: the place itself, or near it."""


class SiteCourse(StrEnum):
    """What a plan does with a site."""

    STAYS = "stays"
    PROPOSED = "proposed"
    CLOSING = "closing"
    MOVED = "moved"


_BY_UNIT = {
    SiteCourse.STAYS: say("Site in {unit}"),
    SiteCourse.PROPOSED: say("Proposed site in {unit}"),
    SiteCourse.CLOSING: say("Closing site in {unit}"),
    SiteCourse.MOVED: say("Moved site in {unit}"),
}


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site as the data or a plan have it."""

    name: str
    lon: float
    """[degrees]."""
    lat: float
    course: SiteCourse = SiteCourse.STAYS


def site_position(area: Area, site: KnownSite, precision: Precision, marking: Marking) -> tuple[float, float]:
    """
    Return where a site may be drawn: longitude and latitude [degrees].

    What may be called only by its unit stands where its unit's name would be written.

    Parameters
    ----------
    area
        Its second-level units.
    site
        The site; one outside every unit is given to the nearest.
    precision
        The profile.
    marking
        How the page is to be handled.
    """
    if not is_called_by_unit(site.course, precision, marking):
        return rounded(site.lon, site.lat, precision)
    own = unit_of_point(area, site.lon, site.lat)
    return _label_points(area)[own]


def site_name(area: Area, site: KnownSite, precision: Precision, marking: Marking) -> Sentence | str:
    """
    Return what a site may be called.

    Parameters
    ----------
    area
        Its second-level units.
    site
        The site.
    precision
        The profile.
    marking
        How the page is to be handled.

    Returns
    -------
    Sentence or str
        Its name as the data have it, or a sentence that calls it by its unit, to be said in a language.
    """
    if not is_called_by_unit(site.course, precision, marking):
        return site.name
    own = unit_of_point(area, site.lon, site.lat)
    return _BY_UNIT[site.course].having(unit=str(area.districts.at[own, "name"]))


def is_called_by_unit(course: SiteCourse, precision: Precision, marking: Marking) -> bool:
    """Tell whether a site may be called by its unit alone; then its identifier may not be told either."""
    if precision is Precision.STRICT:
        return True
    planned = course is not SiteCourse.STAYS
    return planned and (precision is Precision.PUBLIC or marking is Marking.UNCLASSIFIED)


@dataclass(frozen=True, slots=True)
class Shown:
    """Incidents as they may be shown."""

    points: tuple[tuple[float, float, int], ...]
    """Longitude, latitude [degrees] and number of incidents there."""
    withheld: int | None
    """Incidents that may not be shown; None where that number may not be told either."""
    counts: tuple[IncidentCount, ...]
    """What this tells, for the log; none where the profile withholds no small numbers."""


@lru_cache(maxsize=8)
def incident_cells(area: Area, precision: Precision, earlier: tuple[IncidentCount, ...] = ()) -> Shown:
    """
    Return the incidents of all years gathered to what a profile allows.

    Parameters
    ----------
    area
        The area. Incidents placed no better than their unit are never drawn as points: their own point is
        only a stand-in.
    precision
        The profile.
    earlier
        Every count that was told of this area before (`footprint.releases.seal.told_before`). It
        matters to `COUNTED` profiles alone.
    """
    incidents = area.incidents
    if incidents.empty:
        return Shown((), 0, ())
    if precision not in COUNTED:
        return _gathered(incidents, precision)
    years = int(incidents["year"].min()), int(incidents["year"].max())
    places = safe_counts(area, _places(area, precision, years), earlier).shown
    # After them, so that it is the total that gives way and not a place.
    everything = safe_counts(area, [CountOf(AREA, *years)], (*earlier, *places)).shown
    at = _label_points(area)
    points = [(*(middle(each.of.place) or at[_own_id(each.of.place)]), each.number) for each in places]
    withheld = everything[0].number - sum(each.number for each in places) if everything else None
    return Shown(tuple(sorted(points)), withheld, (*places, *everything))


def figure(value: float, precision: Precision, *, people: bool = False) -> float:
    """
    Return a figure as exactly as it may be told.

    Parameters
    ----------
    value
        A share from 0 to 1, or a number of people [persons].
    precision
        The profile.
    people
        Whether it is a number of people.

    Returns
    -------
    float
        NaN stays NaN, and inf inf.

    Examples
    --------
    >>> figure(0.4567, Precision.PUBLIC), figure(0.4567, Precision.INTERNAL)
    (0.46, 0.457)
    >>> figure(12_345, Precision.STRICT, people=True)
    12000.0
    """
    step = (_PEOPLE_STEP if people else _SHARE_STEP).get(precision)
    if step is None or not math.isfinite(value):
        return float(value)
    return round(round(value / step) * step, 6) + 0.0


def hides_plans(release: Release) -> bool:
    """Tell whether planned sites, and what a plan does to standing ones, may not be named."""
    return is_called_by_unit(SiteCourse.PROPOSED, release.precision, release.marking)


_WITHHELD = msgid(
    "Which site, road or crossing costs most if it is lost, and what stands at each site, is told only with "
    "precision “{precision}” and marked {marking}; here there are kinds and sums."
)


def tells_weak_points(release: Release) -> bool:
    """
    Tell whether a release may name what an answer hangs on, and what stands at each site.

    By name these are targets: only for those who may have both the exact places and the strictest marking.
    """
    exact = release.precision is Precision.RESTRICTED
    return exact and release.marking is Marking.STRICTLY_CONFIDENTIAL


def weak_points_words(release: Release, language: Language) -> str:
    """Say that names of weak points are withheld, and on which terms they are told; "" where they are."""
    if tells_weak_points(release):
        return ""
    return language.text(
        _WITHHELD,
        precision=language.text(PRECISION_LABELS[Precision.RESTRICTED]),
        # In small letters: a marking in capitals would be taken for the page's own.
        marking=language.text(Marking.STRICTLY_CONFIDENTIAL.label).lower(),
    )


def share_digits(precision: Precision) -> int:
    """Return the decimals of a share in per cent: none where shares are told to the per cent."""
    return 0 if precision in COUNTED else 1


def tells_cells(precision: Precision) -> bool:
    """
    Tell whether a profile lets need and coverage be drawn cell by cell.

    Cells of 5 km are finer than a tenth of a degree, and lie round a new site like a target.
    """
    return precision not in COUNTED


def _gathered(incidents: gpd.GeoDataFrame, precision: Precision) -> Shown:
    step = step_deg(precision)
    points = incidents.geometry[incidents["geo_precision"] <= _PLACED].to_crs(WGS84)
    cells = pd.DataFrame(
        {"lon": (points.x / step).round().astype(int), "lat": (points.y / step).round().astype(int)}
    )
    counts = cells.value_counts(sort=False)
    columns = (counts.index.get_level_values("lon"), counts.index.get_level_values("lat"), counts)
    shown = tuple(
        (round(lon * step, 5), round(lat * step, 5), int(number))
        for lon, lat, number in zip(*(column.tolist() for column in columns), strict=True)
    )
    return Shown(shown, len(incidents) - len(points), ())


def _places(area: Area, precision: Precision, years: tuple[int, int]) -> list[CountOf]:
    """Return what could be shown of incidents, small numbers too."""
    if precision is Precision.STRICT:
        # Incidents at the border do not stand for a unit mostly outside: they are among those withheld.
        told = [own for own in map(str, area.districts.index) if own not in area.districts_outside]
        return [CountOf(unit(own), *years) for own in told]
    near = area.incidents.geometry[area.incidents["geo_precision"] <= _PLACED].to_crs(WGS84)
    places = {square(lon, lat) for lon, lat in zip(near.x, near.y, strict=True)}
    return [CountOf(place, *years) for place in sorted(places)]


def _own_id(place: str) -> str:
    return place.removeprefix(unit(""))


@lru_cache(maxsize=4)
def _label_points(area: Area) -> dict[str, tuple[float, float]]:
    """Return a point inside each second-level unit [degrees], where its name would be written."""
    points = gpd.GeoSeries(area.districts.geometry.representative_point(), crs=area.crs).to_crs(WGS84)
    return {
        str(own): (round(float(lon), 5), round(float(lat), 5))
        for own, lon, lat in zip(points.index, points.x, points.y, strict=True)
    }


@lru_cache(maxsize=4096)
def unit_of_point(area: Area, lon: float, lat: float) -> str:
    """
    Return the identifier of the second-level unit at a point [degrees], or of the nearest.

    On a limit it is the first by identifier: whatever is told of one site is told of one unit.
    """
    point = gpd.GeoSeries(gpd.points_from_xy([lon], [lat]), crs=WGS84).to_crs(area.crs).iloc[0]
    return nearest_unit(area.districts, point)
