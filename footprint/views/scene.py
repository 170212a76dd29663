"""Scene: everything on the map of any page, described once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

import geopandas as gpd

from footprint.disclosure import Precision, rounded, shown_incidents
from footprint.language import Language
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import OpenSite
from footprint.views.focus import focus_bounds, outlined
from footprint.views.maps import CellLayer, Dot, MapContent, MapSite, SiteState
from footprint.views.palette import Picture
from footprint.views.raster import MercatorFrame, paint
from footprint.views.words import KIND_LABELS
from layers import Area
from layers.months import in_month
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
    precision: Precision | None = None
    """How precisely sites and incidents are drawn; None as on screen: sites where they are."""
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
    if stage.precision is not None:
        sites = tuple(_coarser(site, stage.precision) for site in sites)
    return MapContent(
        cells=cells,
        sites=sites,
        dots=_dots(area, stage.precision or Precision.INTERNAL) if INCIDENTS in stage.over else (),
        flood_month=stage.month if FLOOD in stage.over else None,
        focus=outlined(area, stage.focus) if stage.outlined is None else stage.outlined,
        view=focus_bounds(prepared, stage.focus) if stage.focus else None,
        legend=picture.legend,
        ribbon=text("Some data are invented") if area.invented else "",
        notice=boundary_notice(language) if stage.notice is None else stage.notice,
        label=stage.label,
    )


def _coarser(site: MapSite, precision: Precision) -> MapSite:
    lon, lat = rounded(site.lon, site.lat, precision)
    return replace(site, lon=lon, lat=lat)


def layer(frame: MercatorFrame, picture: Picture) -> CellLayer:
    """Return the cells of a picture, painted."""
    png = paint(frame, picture.classes, picture.colours, hatched=picture.hatched)
    return CellLayer(png, frame.bounds)


def boundary_notice(language: Language) -> str:
    """Return what stands on or around every map: what its boundaries do not mean."""
    return language.text("Boundaries and names do not imply official endorsement.")


def site_marks(prepared: Prepared, result: Review, month: int, language: Language) -> tuple[MapSite, ...]:
    """Return every site of the baseline and the scenario, as it stands in `month`."""
    before, after = prepared.area.sites, result.laydown.sites
    opened = {change.site_id for change in result.scenario.changes if isinstance(change, OpenSite)}
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


@lru_cache(maxsize=4)
def _dots(area: Area, precision: Precision) -> tuple[Dot, ...]:
    """Return the area's incidents as dots, as precisely as they may be shown."""
    shown = shown_incidents(area.incidents, precision)
    return tuple(Dot(lon, lat, count) for lon, lat, count in shown.points)
