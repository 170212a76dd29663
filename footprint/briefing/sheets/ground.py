"""The ground of a sheet: land, units, waters, flood, roads; sensitive places are not among it."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from shapely.geometry import box as rectangle

from footprint.briefing.sheets.board import Board
from footprint.briefing.sheets.extent import Extent, degree_step, lat_span_deg, lon_span_deg
from footprint.briefing.sheets.panel import Key
from footprint.briefing.sheets.typeset import Font, Look
from footprint.language import Language, msgid
from footprint.views.colours import CLIENT, FAINT, PRINTED_ROADS
from footprint.views.focus import outlined
from layers import Area
from layers.antimeridian import wrapped
from layers.months import in_month
from layers.roads import RoadClass

_GREAT = (RoadClass.TRUNK, RoadClass.PRIMARY)
_MIDDLE = (RoadClass.SECONDARY, RoadClass.TERTIARY)
_ROADS = (
    ("great", 1.1, "-", PRINTED_ROADS[0]),
    ("middle", 0.7, "-", PRINTED_ROADS[1]),
    ("small", 0.5, (0, (4, 2)), PRINTED_ROADS[2]),
)
"""Name, width [pt], dashes and colour of roads, the heaviest first; they read on grey prints too."""
_ROAD_WORDS = {
    "great": msgid("Main road"),
    "middle": msgid("Secondary road"),
    "small": msgid("Other road or track"),
}
_FLOOD_HATCH = "----"
_EAST_WEST = (msgid("{degrees}° E"), msgid("{degrees}° W"))
_NORTH_SOUTH = (msgid("{degrees}° N"), msgid("{degrees}° S"))
_ALONG = np.linspace(-1.5, 1.5, 400)
"""Along a line of the graticule, in spans of the map."""
_HALF_TURN, _POLE = 180.0, 89.0
_NOUGHT = 1e-9
_FINE_MM = 0.15
"""How far a simplified line may stray on paper: less than it is wide."""
_UPRIGHT: Look = {"rotation": 90, "va": "center"}


@dataclass(frozen=True, slots=True)
class GroundShown:
    """What of the ground is on a map, for its legend."""

    roads: tuple[str, ...]
    river: bool
    lake: bool
    flood: bool
    outlined: bool
    """Whether what is looked at has a line of its own."""


def draw_ground(board: Board) -> GroundShown:
    """Draw land, boundaries, waters, the month's flood and roads; return what of it is there."""
    area, pen = board.brief.prepared.area, _Pen(board.axes, board.extent)
    board.axes.set_facecolor(CLIENT["outside"])
    country = pen.within(area.country)
    pen.fill(country, {"color": CLIENT["land"], "zorder": 1})
    river, lake, flood = _draw_waters(pen, area, board.month)
    pen.fill(pen.within(area.districts).boundary, _DISTRICT_LINE | {"zorder": 3})
    pen.fill(pen.within(area.regions).boundary, _REGION_LINE | {"zorder": 3.1})
    pen.fill(country.boundary, _COUNTRY_LINE | {"zorder": 3.2})
    _graticule(board.axes, board.extent)
    roads = _draw_roads(pen, area)
    for frame in (area.regions, area.districts):
        own = frame[frame.index.isin(outlined(area, board.focus))]
        if len(own):
            edge = gpd.GeoSeries([own.union_all()]).boundary
            pen.fill(edge, _LOOKED_AT_LINE | {"zorder": 4})
    return GroundShown(roads, river, lake, flood, bool(outlined(area, board.focus)))


_LOOKED_AT_LINE: Look = {"color": CLIENT["ink"], "linewidth": 1.6}
_COUNTRY_LINE: Look = {"color": CLIENT["country-edge"], "linewidth": 1.3}
_REGION_LINE: Look = {"color": CLIENT["region-edge"], "linewidth": 0.9, "linestyle": (0, (7, 2, 1, 2))}
_DISTRICT_LINE: Look = {"color": CLIENT["district-edge"], "linewidth": 0.5, "linestyle": (0, (3, 2))}
_FLOOD: Look = {"facecolor": "none", "edgecolor": CLIENT["flood"], "hatch": _FLOOD_HATCH, "linewidth": 0.5}


class _Pen:
    """Draws layers, of which only what is seen, and no finer than paper shows."""

    def __init__(self, axes: Axes, extent: Extent) -> None:
        self._axes = axes
        self._seen = rectangle(extent.west, extent.south, extent.east, extent.north)
        self._fine_m = _FINE_MM * extent.m_per_mm

    def within(self, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return what of a layer is on the map."""
        here = frame[frame.intersects(self._seen)]
        return here.assign(geometry=here.geometry.simplify(self._fine_m)) if len(here) else here

    def fill(self, frame: gpd.GeoDataFrame | gpd.GeoSeries, look: Look) -> None:
        """Draw a layer."""
        if len(frame):
            frame.plot(ax=self._axes, aspect=None, **look)


def _draw_waters(pen: _Pen, area: Area, month: int) -> tuple[bool, bool, bool]:
    """Draw the month's flood, lakes and rivers; return whether there are rivers, lakes and flood."""
    flooded = [in_month(int(months), month) for months in area.flood_zones["months"].tolist()]
    flood = pen.within(area.flood_zones[np.array(flooded, dtype=bool)])
    pen.fill(flood, _FLOOD | {"zorder": 2})
    lakes, rivers = pen.within(area.lakes), pen.within(area.rivers)
    pen.fill(lakes, {"color": CLIENT["lake"], "zorder": 2.1})
    great = rivers["barrier"].to_numpy(dtype=bool)
    pen.fill(rivers[~great], {"color": CLIENT["stream"], "linewidth": 0.6, "zorder": 2.2})
    pen.fill(rivers[great], {"color": CLIENT["river"], "linewidth": 1.5, "zorder": 2.3})
    return len(rivers) > 0, len(lakes) > 0, len(flood) > 0


def _draw_roads(pen: _Pen, area: Area) -> tuple[str, ...]:
    """Draw the roads; return the kinds that are on the map, the heaviest first."""
    roads = pen.within(area.roads)
    kinds = roads["road_class"].map(_road_kind)
    drawn = []
    for name, width, dashes, colour in _ROADS:
        own = roads[kinds == name]
        if len(own):
            drawn.append(name)
            pen.fill(own, {"color": colour, "linewidth": width, "linestyle": dashes, "zorder": 3.5})
    return tuple(drawn)


def _road_kind(road_class: str) -> str:
    kind = RoadClass(road_class)
    return "great" if kind in _GREAT else "middle" if kind in _MIDDLE else "small"


def _lines(extent: Extent) -> tuple[float, list[float], list[float]]:
    """Return the step of the graticule, and its longitudes and latitudes about a map [degrees]."""
    lon, lat = extent.middle
    around = max(lon_span_deg(extent), lat_span_deg(extent))
    step = degree_step(around)

    def about(middle: float, most: float) -> list[float]:
        first, last = np.floor((middle - around) / step), np.ceil((middle + around) / step)
        return [float(each) for each in np.arange(first, last + 1) * step if abs(each) <= most]

    # Longitudes run on across the antimeridian; of a map of the whole globe each is drawn once.
    return step, about(lon, 2 * _HALF_TURN if around < _HALF_TURN else _HALF_TURN), about(lat, _POLE)


def _graticule(axes: Axes, extent: Extent) -> None:
    _, lons, lats = _lines(extent)
    lines = [_meridian(extent, each) for each in lons] + [_parallel(extent, each) for each in lats]
    for x, y in lines:
        axes.plot(x, y, color=FAINT, linewidth=0.3, alpha=0.8, zorder=3.3)


_Line = tuple[NDArray[np.float64], NDArray[np.float64]]


def _meridian(extent: Extent, lon: float) -> _Line:
    """Return a meridian across the map and beyond [m]."""
    _, lat = extent.middle
    lats = np.clip(lat + lat_span_deg(extent) * _ALONG, -_POLE, _POLE)
    return extent.to_metres.transform(np.full(len(lats), lon), lats)


def _parallel(extent: Extent, lat: float) -> _Line:
    """Return a parallel across the map and beyond [m]."""
    lon, _ = extent.middle
    lons = lon + np.clip(lon_span_deg(extent) * _ALONG, -_HALF_TURN, _HALF_TURN)
    return extent.to_metres.transform(lons, np.full(len(lons), lat))


def name_graticule(board: Board) -> None:
    """Write the degrees at the left and lower edges of the map, just outside it."""
    sheet, extent, language = board.sheet, board.extent, board.brief.language
    font = Font(5.0 * board.letters, colour=CLIENT["muted"])
    step, lons, lats = _lines(extent)
    digits = next(places for places in (0, 1, 2) if round(step, places) == step)
    for each in lons:
        x, y = _meridian(extent, each)
        edge = float(np.interp(extent.south, y, x))
        if extent.west < edge < extent.east:
            at = extent.on_page(edge, extent.south)
            words = _degrees(wrapped(each), digits, language, _EAST_WEST)
            sheet.put(words, (at[0], at[1] - 0.9 * font.line_mm), font, align="center")
    for each in lats:
        x, y = _parallel(extent, each)
        edge = float(np.interp(extent.west, x, y))
        if extent.south < edge < extent.north:
            at = extent.on_page(extent.west, edge)
            words = _degrees(each, digits, language, _NORTH_SOUTH)
            sheet.put(words, (at[0] - 1.0, at[1]), font, align="center", look=_UPRIGHT)


def _degrees(value: float, digits: int, language: Language, words: tuple[str, str]) -> str:
    if abs(value) < _NOUGHT:
        return "0°"
    if abs(value) == _HALF_TURN:
        return "180°"
    return language.text(words[0 if value > 0 else 1], degrees=language.number(abs(value), digits))


def ground_keys(ground: GroundShown, month: int, language: Language) -> list[Key]:
    """Return the rows of the legend: a mark of matplotlib and what it means."""
    text = language.text
    rows: list[Key] = []
    for name, width, dashes, colour in _ROADS:
        if name in ground.roads:
            rows.append((Line2D([], [], color=colour, lw=width, ls=dashes), text(_ROAD_WORDS[name])))
    if ground.river:
        rows.append((Line2D([], [], color=CLIENT["river"], lw=1.5), text("River")))
    if ground.lake:
        rows.append((Rectangle((0, 0), 1, 1, fc=CLIENT["lake"], ec="none"), text("Lake")))
    if ground.flood:
        rows.append(
            (Rectangle((0, 0), 1, 1, **_FLOOD), text("flooded in {month}", month=language.month(month)))
        )
    if ground.outlined:
        rows.append((Line2D([], [], **_LOOKED_AT_LINE), text("What is looked at")))
    district = text("{District}")
    rows += [
        (Line2D([], [], **_COUNTRY_LINE), text("Country")),
        (Line2D([], [], **_REGION_LINE), text("{Region}")),
        # Units of the first level that serve as the second too are one row.
        *([(Line2D([], [], **_DISTRICT_LINE), district)] if district != text("{Region}") else []),
    ]
    return rows
