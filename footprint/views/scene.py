"""Scene: everything on the map of any page, described once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

import geopandas as gpd

from footprint.disclosure import Precision
from footprint.language import Language, msgid
from footprint.prepared import Prepared
from footprint.releases.counts import IncidentCount
from footprint.releases.profiles import (
    KnownSite,
    SiteCourse,
    hides_plans,
    incident_cells,
    is_called_by_unit,
    site_name,
    site_position,
)
from footprint.releases.terms import Release
from footprint.review import Review
from footprint.scenario import OpenSite
from footprint.shipped import outlines
from footprint.views.focus import focus_bounds, outlined
from footprint.views.maps import CellLayer, Dot, MapContent, MapSite, SiteState
from footprint.views.palette import Picture
from footprint.views.raster import MercatorFrame, paint
from footprint.views.words import KIND_LABELS
from layers import Area
from layers.countries import DisputedPlace, disputed_places
from layers.intake.titles import EARTH_TITLE
from layers.months import in_month
from layers.sentences import Sentence
from layers.sites import SiteKind
from layers.tables import WGS84

INCIDENTS, FLOOD = "incidents", "flood"
"""What a reader may lay over the cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a map shows besides its cells, and how precisely."""

    month: int
    label: str
    """What the map is, for those who do not see it."""
    focus: str = ""
    """What to zoom to, from `focus.focus_keys`; "" is the whole area."""
    outlined: tuple[str, ...] | None = None
    """Units to outline, by identifier; those of the focus if None."""
    over: Collection[str] = ()
    """Any of `INCIDENTS` and `FLOOD`."""
    release: Release | None = None
    """On what terms it leaves; None on screen: sites where they are, incidents to a kilometre."""
    earlier: tuple[IncidentCount, ...] = ()
    """Counts of incidents that left before, `footprint.releases.seal.told_before`."""
    notice: str | None = None
    """Line in the corner; None says what boundaries do not mean, "" leaves that to what stands around."""


def scene(
    prepared: Prepared,
    result: Review,
    cells: tuple[CellLayer, ...],
    picture: Picture,
    stage: Stage,
    language: Language,
) -> MapContent:
    """
    Describe the map of a page.

    Parameters
    ----------
    prepared, result
        The area, and the review whose sites are drawn.
    cells
        Pictures of the cells from `layer`.
    picture
        The picture whose legend is shown.
    stage
        What is shown besides.
    language
        Language of every word.

    Returns
    -------
    MapContent
        Add with `replace` what only one page has: a selection, a sketch, the stamp.
    """
    text, area = language.text, prepared.area
    sites = site_marks(prepared, result, stage.month, language)
    if stage.release is not None:
        sites = tuple(released_marks(prepared, result, stage.month, stage.release, language).values())
    return MapContent(
        cells=cells,
        sites=sites,
        dots=_dots(area, stage) if INCIDENTS in stage.over else (),
        flood_month=stage.month if FLOOD in stage.over else None,
        floods_known="flood_zones" not in area.absent,
        focus=outlined(area, stage.focus) if stage.outlined is None else stage.outlined,
        view=focus_bounds(prepared, stage.focus) if stage.focus else None,
        legend=picture.legend,
        ribbon=text("Some data are invented") if area.invented else "",
        notice=boundary_notice(area, language) if stage.notice is None else stage.notice,
        label=stage.label,
    )


_COURSES = {
    SiteState.PROPOSED: SiteCourse.PROPOSED,
    SiteState.CLOSING: SiteCourse.CLOSING,
    SiteState.MOVED: SiteCourse.MOVED,
}
"""What a plan does with a site; one in any other state stays."""


def released_marks(
    prepared: Prepared, result: Review, month: int, release: Release, language: Language
) -> dict[str, MapSite]:
    """
    Return every site where, as and called what a release may tell, by the identifier of the area or plan.

    Parameters
    ----------
    prepared, result
        The area, and the review whose sites are told.
    month
        Month (1-12) in which they are told.
    release
        On what terms. Where it hides plans, what closes or moves is told as it stands today: only a mark
        would say which one it is.
    language
        Language of the names.

    Returns
    -------
    dict
        Those called by their unit last, under identifiers and in an order that say nothing of their names.
    """
    marks = site_marks(prepared, result, month, language)
    if hides_plans(release):
        today = _marks(prepared.area.sites, prepared.area.sites, frozenset(), month, language)
        marks = (*today, *(each for each in marks if each.state is SiteState.PROPOSED))
    named: dict[str, MapSite] = {}
    hidden: dict[str, MapSite] = {}
    for mark in marks:
        course = _COURSES.get(mark.state, SiteCourse.STAYS)
        by_unit = is_called_by_unit(course, release.precision, release.marking)
        (hidden if by_unit else named)[mark.site_id] = _released(prepared.area, mark, release, language)
    free = (name for name in map("site-{}".format, count(1)) if name not in named)
    order = sorted(hidden, key=lambda own: (hidden[own].name, hidden[own].detail, str(hidden[own].state)))
    # An identifier is made of the name.
    return named | {own: replace(hidden[own], site_id=next(free)) for own in order}


def _released(area: Area, mark: MapSite, release: Release, language: Language) -> MapSite:
    """Return a site where, and called what, a release may tell."""
    known = KnownSite(mark.name, mark.lon, mark.lat, _COURSES.get(mark.state, SiteCourse.STAYS))
    lon, lat = site_position(area, known, release.precision, release.marking)
    name = site_name(area, known, release.precision, release.marking)
    return replace(mark, name=name.said(language) if isinstance(name, Sentence) else name, lon=lon, lat=lat)


def layer(frame: MercatorFrame, picture: Picture) -> CellLayer:
    """Return the cells of a picture, painted."""
    png = paint(frame, picture.classes, picture.colours, hatched=picture.hatched)
    return CellLayer(png, frame.bounds)


def boundary_notice(area: Area, language: Language) -> str:
    """Return what stands on or around every map: what its boundaries do not mean, as the office words it."""
    usual = language.text("Boundaries and names do not imply official endorsement.")
    own = area.disclaimers.get(language.code) or area.disclaimers.get("en")
    return " ".join([own, *_sides(area, language)]) if own else usual


def _sides(area: Area, language: Language) -> Iterator[str]:
    """Yield on which side of an outline disputed areas lie, unless it is the one that its notice is about."""
    titles = (each.title for each in area.sources if each.layer == "country")
    if any(each.endswith(EARTH_TITLE) for each in titles):
        return
    for is_inside, template in (
        (True, msgid("Inside this outline: {places}.")),
        (False, msgid("Outside this outline: {places}.")),
    ):
        places = [place.name(language.code) for place, inside in _disputed(area) if inside is is_inside]
        if places:
            yield language.text(template, places=language.listing(places))


@lru_cache(maxsize=4)
def _disputed(area: Area) -> tuple[tuple[DisputedPlace, bool], ...]:
    """Return the disputed areas at the outline of an area, and whether each lies inside it."""
    return disputed_places(outlines(), area.country.to_crs(WGS84).geometry)


def site_marks(prepared: Prepared, result: Review, month: int, language: Language) -> tuple[MapSite, ...]:
    """Return every site of the baseline and the scenario, as it stands in `month`."""
    opened = {change.site_id for change in result.scenario.changes if isinstance(change, OpenSite)}
    return _marks(prepared.area.sites, result.laydown.sites, opened, month, language)


def _marks(
    before: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
    opened: Collection[str],
    month: int,
    language: Language,
) -> tuple[MapSite, ...]:
    both = gpd.GeoDataFrame(after.combine_first(before), geometry="geometry", crs=before.crs).sort_index()
    degrees = both.geometry.to_crs(WGS84)
    marks = []
    for site_id, point in degrees.items():
        state = SiteState.EXISTING
        if site_id not in after.index:
            state = SiteState.CLOSING
        elif site_id in opened:
            state = SiteState.PROPOSED
        elif not in_month(int(after.at[site_id, "months"]), month):
            state = SiteState.CLOSED
        elif not after.at[site_id, "geometry"].equals(before.at[site_id, "geometry"]):
            state = SiteState.MOVED
        kind = language.text(KIND_LABELS[SiteKind(both.at[site_id, "kind"])])
        marks.append(MapSite(str(site_id), str(both.at[site_id, "name"]), point.x, point.y, state, kind))
    return tuple(marks)


def _dots(area: Area, stage: Stage) -> tuple[Dot, ...]:
    """Return the area's incidents as dots, as precisely as they may be shown."""
    precision = Precision.INTERNAL if stage.release is None else stage.release.precision
    shown = incident_cells(area, precision, stage.earlier)
    return tuple(Dot(lon, lat, count) for lon, lat, count in shown.points)
