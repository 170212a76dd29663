"""Layers: the map of a brief as shapes in longitude and latitude, as exactly as its release may tell them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry import box

from footprint.briefing.brief import Brief
from footprint.briefing.files.plain import plain
from footprint.briefing.files.sites import told_sites
from footprint.briefing.files.units import NOT_NAMED, Change, UnitYear, month_keys, told_units, unit_years
from footprint.caveats import silent
from footprint.disclosure import Precision, step_deg
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import level_of
from footprint.indicators.units import Level
from footprint.language import msgid
from footprint.releases.profiles import figure, hides_plans, tells_cells
from footprint.views.finding import FOOTPRINTS
from footprint.views.focus import WHOLE, focus_bounds
from footprint.views.maps import SiteState
from layers.antimeridian import cut_through
from layers.months import in_month, months_in
from layers.tables import WGS84

GROUND_DEG = 0.001
"""
Step of boundaries, roads and waters [degrees], about a hundred metres; of the published map, not of a secret.

Under `Precision.RESTRICTED` they are as exact as sites.
"""
_AROUND = 0.25
"""Of the ground beyond what is looked at, in shares of its width and height."""
_CELLS = "cells"
_TITLES = {
    "sites": msgid("Sites"),
    "regions": msgid("{Regions}"),
    "roads": msgid("Roads"),
    "rivers": msgid("Rivers"),
    "lakes": msgid("Lakes"),
    "flood_zones": msgid("Floods by month"),
    "districts": msgid("{Districts}"),
    _CELLS: msgid("Cells"),
    "outline": msgid("Country"),
}
"""The uppermost first: lines over what is filled."""
_LINES, _AREAS = "MultiLineString", "MultiPolygon"
NAMES = {Indicator.FORCE: "force", Indicator.MISSION: "mission"}


@dataclass(frozen=True, slots=True, eq=False)
class MapLayer:
    """One layer of the map."""

    name: str
    """For programs, in English."""
    title: str
    frame: gpd.GeoDataFrame = field(repr=False)
    """In longitude and latitude, its texts plain; None and NaN where nothing is known."""
    geometry_type: str
    step_deg: float | None
    """Every coordinate is a multiple of it [degrees]; None where any shape stands at a unit's label."""


@lru_cache(maxsize=2)
def map_layers(brief: Brief) -> tuple[MapLayer, ...]:
    """
    Return the layers of a brief, the uppermost first.

    Cells are among them only where a release is exact enough to tell them apart.
    """
    return tuple(_MAKERS[name](brief) for name in layer_titles(brief))


def layer_titles(brief: Brief) -> dict[str, str]:
    """
    Return the title of each layer of a brief, by its name, the uppermost first.

    One that the area lacks is not among them: a file without rows would say that there is none.
    """
    left_out = set(brief.prepared.area.absent)
    if not tells_cells(brief.release.precision):
        left_out.add(_CELLS)
    text = brief.language.text
    titles = {name: text(title) for name, title in _TITLES.items() if name not in left_out}
    if titles["districts"] == titles["regions"]:
        # Where no second level is known, units of the first serve as both, and are called alike.
        titles["districts"] = text("{units}, as second level", units=titles["districts"])
    return titles


def ground_deg(precision: Precision) -> float:
    """Return the step of boundaries, roads and waters [degrees]."""
    return step_deg(precision) if precision is Precision.RESTRICTED else GROUND_DEG


def _sites(brief: Brief) -> MapLayer:
    told, release = told_sites(brief), brief.release
    frame = gpd.GeoDataFrame(
        {
            "site_id": [each.site_id for each in told],
            "name": [each.name for each in told],
            "kind": [str(each.kind) for each in told],
            "kind_label": [each.kind_label for each in told],
            "state": [str(each.state) for each in told],
            "state_label": [each.state_label for each in told],
            "months": [each.months for each in told],
            "confidence": [each.confidence for each in told],
        },
        geometry=gpd.points_from_xy([each.lon for each in told], [each.lat for each in told]),
        crs=WGS84,
    )
    by_unit = release.precision is Precision.STRICT or (
        hides_plans(release) and any(each.state is SiteState.PROPOSED for each in told)
    )
    step = None if by_unit else step_deg(release.precision)
    return MapLayer("sites", layer_titles(brief)["sites"], frame, "Point", step)


def _units(brief: Brief, level: Level, name: str, frame: gpd.GeoDataFrame) -> MapLayer:
    """Return the units of a level, with the figures of the plan that is shown."""
    units = told_units(brief)
    # Today's sites come first, then each plan in turn.
    first = 1 if brief.plans else 0
    shown = unit_years(brief)[first * len(units) : (first + 1) * len(units)]
    own = [each for each in shown if each.unit.level == level]
    rows = pd.DataFrame([_unit_row(each) for each in own], columns=_unit_columns(brief))
    by_id = {str(unit_id): place for place, unit_id in enumerate(frame.index)}
    shapes = frame.iloc[[by_id[each.unit.unit_id] for each in own]]
    rows["approximate"] = shapes["approximate"].to_numpy(dtype=bool)
    return _drawn(brief, name, shapes, rows)


def _districts(brief: Brief) -> MapLayer:
    return _units(brief, Level.DISTRICT, "districts", brief.prepared.area.districts)


def _regions(brief: Brief) -> MapLayer:
    return _units(brief, Level.REGION, "regions", brief.prepared.area.regions)


def _unit_columns(brief: Brief) -> list[str]:
    columns = ["unit_id", "name", "plan", *month_keys("need")]
    for name in NAMES.values():
        columns += [*month_keys(name), f"{name}_mean", f"{name}_worst", f"{name}_worst_season", f"{name}_why"]
    if brief.plans:
        for name in NAMES.values():
            columns += [
                *month_keys(f"{name}_change"),
                f"{name}_change_mean",
                f"{name}_change_worst",
                f"{name}_change_why",
            ]
    return columns


def _unit_row(each: UnitYear) -> list[object]:
    row: list[object] = [each.unit.shown_id, each.unit.name, each.plan, *map(_number, each.need)]
    for own in FOOTPRINTS:
        series = each.footprints[own]
        row += [*map(_number, series.by_month), _number(series.mean), _number(series.worst)]
        row += [series.worst_season, series.why]
    for change in (each.changes or {}).values():
        row += _change_row(change)
    return row


def _change_row(change: Change) -> list[object]:
    return [*map(_number, change.by_month), _number(change.mean), _number(change.worst), change.why]


def _number(value: float | None) -> float:
    """Return a number for a column of numbers, where NaN is written as null."""
    return float("nan") if value is None else value


def _cells(brief: Brief) -> MapLayer:
    """Return the cells of what is looked at, in the month of the brief; only for releases that tell cells."""
    prepared, month, precision = brief.prepared, brief.month, brief.release.precision
    grid, text = prepared.area.grid, brief.language.text
    chosen = _cells_within(brief)
    levels, why = {}, []
    for own in FOOTPRINTS:
        values = level_of(brief.shown.delivery, own, month).astype(np.float64)[chosen]
        if own in silent(prepared):
            # What those who are named bring is known at least; a nought is not known.
            values = np.where(values > 0, values, np.nan)
            why.append(brief.language.labelled(text(own.label), text(NOT_NAMED)))
        levels[NAMES[own]] = [figure(float(each), precision) for each in values]
    people = np.asarray(prepared.area.population.people, dtype=np.float64)[chosen]
    half = grid.cell_m / 2
    x, y = grid.x_m[chosen], grid.y_m[chosen]
    shapes = gpd.GeoDataFrame(
        geometry=shapely.box(x - half, y - half, x + half, y + half), crs=prepared.area.crs
    )
    rows = pd.DataFrame(
        {
            "people": [figure(float(each), precision, people=True) for each in people],
            **levels,
            "month": month,
            "note": brief.language.clauses(why),
        }
    )
    return _drawn(brief, _CELLS, shapes, rows, step=step_deg(precision))


def _cells_within(brief: Brief) -> NDArray[np.intp]:
    """Return the cells whose main unit is looked at."""
    zones, main = brief.prepared.districts, np.asarray(brief.prepared.districts.main_unit)
    own = {each.unit_id for each in told_units(brief) if each.level == Level.DISTRICT}
    inside = np.array([str(unit_id) in own for unit_id in zones.unit_ids], dtype=bool)
    return np.flatnonzero((main >= 0) & inside[main])


_Columns = Mapping[str, Sequence[object]]


def _roads(brief: Brief) -> MapLayer:
    roads = brief.prepared.area.roads
    # Which routes are searched for devices, and when roads are shut, is nobody's outside.
    own = {column: [plain(str(each)) for each in roads[column]] for column in ("road_class", "surface")}
    return _ground(brief, "roads", roads, own)


def _rivers(brief: Brief) -> MapLayer:
    rivers = brief.prepared.area.rivers
    return _ground(brief, "rivers", rivers, {"barrier": rivers["barrier"].astype(bool).tolist()})


def _floods(brief: Brief) -> MapLayer:
    zones = brief.prepared.area.flood_zones
    months = [int(each) for each in zones["months"]]
    columns: dict[str, Sequence[object]] = {
        "months": [",".join(map(str, months_in(each))) for each in months]
    }
    columns |= {
        key: [in_month(each, month) for each in months]
        for month, key in enumerate(month_keys("flooded"), start=1)
    }
    return _ground(brief, "flood_zones", zones, columns)


def _lakes(brief: Brief) -> MapLayer:
    return _ground(brief, "lakes", brief.prepared.area.lakes, {})


def _outline(brief: Brief) -> MapLayer:
    return _ground(brief, "outline", brief.prepared.area.country, {})


def _ground(brief: Brief, name: str, frame: gpd.GeoDataFrame, columns: _Columns) -> MapLayer:
    rows = pd.DataFrame({"name": [plain(str(each)) for each in frame["name"]], **columns})
    near = _near(brief, frame)
    return _drawn(brief, name, frame[near], rows[near].reset_index(drop=True))


def _near(brief: Brief, frame: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Tell which shapes lie at or about what is looked at; all of them about a whole area."""
    bounds = focus_bounds(brief.prepared, brief.focus) if brief.focus != WHOLE else None
    if bounds is None or frame.empty:
        return np.ones(len(frame), dtype=bool)
    wide, high = _AROUND * (bounds.east - bounds.west), _AROUND * (bounds.north - bounds.south)
    seen = box(bounds.west - wide, bounds.south - high, bounds.east + wide, bounds.north + high)
    return np.asarray(frame.geometry.to_crs(WGS84).intersects(seen), dtype=bool)


def _drawn(
    brief: Brief,
    name: str,
    shapes: gpd.GeoDataFrame,
    rows: pd.DataFrame,
    step: float | None = None,
) -> MapLayer:
    """Return rows with their shapes, every coordinate a multiple of the step of the ground, or of cells."""
    step = ground_deg(brief.release.precision) if step is None else step
    degrees = shapes.geometry.to_crs(WGS84).to_numpy()
    # Squares stay squares without more ado; shapes of many corners may fold when they are gathered.
    gathered = degrees if name == _CELLS else shapely.set_precision(degrees, step)
    exact = shapely.transform(gathered, lambda at: np.round(np.round(at / step) * step, 5))
    exact = cut_through(exact)
    whole = ~shapely.is_empty(exact)
    kind = _LINES if name in {"roads", "rivers"} else _AREAS
    frame = gpd.GeoDataFrame(
        rows[whole].reset_index(drop=True), geometry=_of_one_kind(exact[whole], kind), crs=WGS84
    )
    return MapLayer(name, layer_titles(brief)[name], frame, kind, step)


def _of_one_kind(shapes: NDArray[np.object_], kind: str) -> NDArray[np.object_]:
    """Return shapes as collections of one kind: gathering may have left lines of an area, or parted it."""
    if shapely.get_type_id(shapes).tolist() == [shapely.GeometryType.POLYGON] * len(shapes):
        return np.asarray(
            shapely.orient_polygons(shapely.multipolygons(shapes, indices=np.arange(len(shapes))))
        )
    single = "LineString" if kind == _LINES else "Polygon"
    made = np.empty(len(shapes), dtype=object)
    for place, shape in enumerate(shapes):
        parts = [each for each in shapely.get_parts(shape) if each.geom_type == single]
        made[place] = (
            shapely.multilinestrings(parts)
            if kind == _LINES
            else shapely.orient_polygons(shapely.multipolygons(parts))
        )
    return made


_MAKERS: dict[str, Callable[[Brief], MapLayer]] = {
    "sites": _sites,
    "districts": _districts,
    "regions": _regions,
    _CELLS: _cells,
    "roads": _roads,
    "rivers": _rivers,
    "flood_zones": _floods,
    "lakes": _lakes,
    "outline": _outline,
}
