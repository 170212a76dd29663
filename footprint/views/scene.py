"""Scene: everything on the map of any page, described once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from footprint.disclosure import Precision, rounded
from footprint.language import Language
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.views.maps import CellLayer, MapContent, MapSite, Pane, Swipe
from footprint.views.palette import Picture
from footprint.views.raster import MercatorFrame, paint
from footprint.views.situation import dots, focus_bounds, map_sites

INCIDENTS, FLOOD = "incidents", "flood"
"""What a reader may lay over the cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a map shows besides its cells, and how precisely."""

    month: int
    label: str
    """What the map is, for those who do not see it."""
    focus: str = ""
    """Named focus to zoom to; "" is the whole area."""
    outlined: tuple[str, ...] | None = None
    """Units to outline, by identifier; those of the focus if None."""
    over: Collection[str] = ()
    """Any of `INCIDENTS` and `FLOOD`."""
    precision: Precision | None = None
    """How precisely sites and incidents are drawn; None as on screen: sites where they are."""
    notice: str = ""
    """Line in the corner; "" says what boundaries do not mean."""


def scene(
    prepared: Prepared,
    result: Review,
    cells: tuple[CellLayer, ...] | Swipe,
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
        Pictures of the cells from `layer`, or two of them under a slider.
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
    sites = map_sites(prepared, result, stage.month, language)
    if stage.precision is not None:
        sites = tuple(_coarser(site, stage.precision) for site in sites)
    return MapContent(
        cells=() if isinstance(cells, Swipe) else cells,
        swipe=cells if isinstance(cells, Swipe) else None,
        sites=sites,
        dots=dots(area, stage.precision or Precision.INTERNAL) if INCIDENTS in stage.over else (),
        flood_month=stage.month if FLOOD in stage.over else None,
        focus=dict(area.focus).get(stage.focus, ()) if stage.outlined is None else stage.outlined,
        view=focus_bounds(area, stage.focus),
        legend=picture.legend,
        ribbon=text("Some data are invented") if area.invented else "",
        notice=stage.notice or text("Boundaries and names do not imply official endorsement."),
        label=stage.label,
    )


def _coarser(site: MapSite, precision: Precision) -> MapSite:
    lon, lat = rounded(site.lon, site.lat, precision)
    return replace(site, lon=lon, lat=lat)


def layer(frame: MercatorFrame, picture: Picture, pane: Pane = "cells") -> CellLayer:
    """Return the cells of a picture, painted."""
    png = paint(frame, picture.classes, picture.colours, hatched=picture.hatched)
    return CellLayer(png, frame.bounds, pane=pane)
