"""Small worlds that a reader can draw, built in memory through the same types as real areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS
from shapely import LineString, Point, Polygon, box

from footprint.method import Method, SeasonalityNumbers, ViolenceNumbers, default_method
from footprint.objectives import Measure, Objective
from footprint.prepared import Prepared, prepare
from footprint.review import Review
from footprint.review import review as reckon
from footprint.scenario import Scenario
from footprint.travel.router import Router
from footprint.violence import Question, ViolencePatterns
from footprint.violence import find_patterns as patterns_of
from footprint.violence.seasonality import Calendar, Recurrence
from footprint.violence.seasonality import recurrence as recurrence_of
from layers import Area
from layers.grid import make_grid
from layers.inside import mostly_outside
from layers.months import ALL_MONTHS, months_mask
from layers.population import Population, RasterUnit
from layers.registry import LAYERS
from layers.seasons import Season
from layers.sensitive import SensitivePlaces
from tests.kept import BUNDLED, area_at, is_kept, patterns_once, prepared_at

CATALOGUES = Path(__file__).resolve().parents[1] / "data" / "catalogues"
"""Folder of the bundled catalogues."""

METRES = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")
"""Lambert equal-area, as for Mali; worlds lie around its centre."""


RAINS_MONTHS = months_mask("6-9")
SEASONS = tuple(
    Season(name, (("en", name.title()), ("fr", name.title())), months_mask(months))
    for name, months in (
        ("COOL_DRY", "12-2"),
        ("HOT_DRY", "3-5"),
        ("RAINS", "6-9"),
        ("FLOOD_HARVEST", "10-11"),
    )
)
"""Seasons of every world, with its rains."""


def frame(rows: Mapping[str, Sequence[Any]], key: str, geometry: Sequence[Any]) -> gpd.GeoDataFrame:
    """Return rows as a frame in metres, indexed by `key`."""
    return gpd.GeoDataFrame(dict(rows), geometry=list(geometry), crs=METRES).set_index(key)


def make_sites(
    places: Mapping[str, tuple[float, float]], months: Mapping[str, str] | None = None
) -> gpd.GeoDataFrame:
    """Return sites at the given points [km]."""
    names = list(places)
    rows = {
        "site_id": names,
        "name": [name.title() for name in names],
        "kind": ["camp"] * len(names),
        "months": [months_mask((months or {}).get(name, "all")) for name in names],
        "open_from": pd.Series([pd.NaT] * len(names), dtype="datetime64[ns]"),
        "open_to": pd.Series([pd.NaT] * len(names), dtype="datetime64[ns]"),
        "confidence": ["assumed"] * len(names),
        "source": ["invented"] * len(names),
    }
    return frame(rows, "site_id", [Point(1000 * x, 1000 * y) for x, y in places.values()])


def make_assets(held: Mapping[str, Mapping[str, int]]) -> pd.DataFrame:
    """Return assets as counts by kind by site, all at the method's defaults."""
    rows = [
        (f"{site}:{kind}", site, kind, count) for site, kinds in held.items() for kind, count in kinds.items()
    ]
    assets = pd.DataFrame(rows, columns=["asset_id", "site_id", "kind", "count"]).set_index("asset_id")
    for column in ("availability", "notice_min", "mission_share"):
        assets[column] = float("nan")
    return assets.assign(is_least=False, confidence="assumed", source="invented")


def make_roads(
    lines: Mapping[str, Sequence[tuple[float, float]]], **columns: Mapping[str, Any]
) -> gpd.GeoDataFrame:
    """Return paved trunk roads along the given points [km]; `columns` overrides by road."""
    usual = {
        "name": "RN",
        "road_class": "trunk",
        "surface": "paved",
        "smoothness": "good",
        "crossing": "none",
        "raised": False,
        "search_rated": False,
        "closed_months": 0,
        "length_km": float("nan"),
        "stated_min": float("nan"),
    }
    rows = {"road_id": list(lines)} | {
        name: [columns.get(name, {}).get(road, value) for road in lines] for name, value in usual.items()
    }
    return frame(
        rows, "road_id", [LineString([(1000 * x, 1000 * y) for x, y in line]) for line in lines.values()]
    )


def make_incidents(rows: Sequence[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Return incidents; each row gives `at` [km] and what differs from one precise attack without deaths."""
    usual = {
        "date": pd.Timestamp("2019-06-30"),
        "year": 2019,
        "date_precision": "day",
        "event_type": "attack_on_civilians",
        "deaths": 0.0,
        "deaths_civilians": 0.0,
        "geo_precision": 1,
        "reliability": 1,
        "adm1": "",
        "adm2": "",
        "place": "",
        "provider": "invented",
        "invented": True,
    }
    full = [usual | {key: value for key, value in row.items() if key != "at"} for row in rows]
    table = pd.DataFrame(full, columns=list(usual))
    kinds = {
        "date": "datetime64[ns]",
        "year": int,
        "geo_precision": int,
        "reliability": int,
        "invented": bool,
    }
    table = table.astype(kinds | {"deaths": float, "deaths_civilians": float})
    points = [Point(1000 * row["at"][0], 1000 * row["at"][1]) for row in rows]
    table["incident_id"] = [f"e{number}" for number in range(len(rows))]
    return gpd.GeoDataFrame(table, geometry=points, crs=METRES).set_index("incident_id")


def make_units(
    boxes: Mapping[str, tuple[float, float, float, float]], parents: Mapping[str, str] | None = None
) -> gpd.GeoDataFrame:
    """Return rectangular units (west, south, east, north) [km]."""
    rows = {
        "unit_id": list(boxes),
        "name": [name.title() for name in boxes],
        "parent_id": [(parents or {}).get(name, "") for name in boxes],
        "approximate": [True] * len(boxes),
    }
    return frame(rows, "unit_id", [box(*(1000 * side for side in sides)) for sides in boxes.values()])


def make_area(
    *,
    size: tuple[float, float, float, float] = (0, 0, 100, 50),
    sites: gpd.GeoDataFrame,
    assets: pd.DataFrame,
    roads: gpd.GeoDataFrame | None = None,
    incidents: gpd.GeoDataFrame | None = None,
    people: Mapping[tuple[float, float], float] | float = 10.0,
    regions: gpd.GeoDataFrame | None = None,
    districts: gpd.GeoDataFrame | None = None,
    rivers: gpd.GeoDataFrame | None = None,
    flood: Mapping[str, tuple[str, tuple[float, float, float, float]]] | None = None,
) -> Area:
    """
    Return a rectangular area (west, south, east, north) [km] with 5 km cells.

    `people` is a number for every cell, or numbers at points [km], the rest being zero.
    """
    country = make_units({"country": size})
    grid = make_grid(country.union_all(), METRES, cell_m=5000)
    counts = np.zeros(grid.n_cells)
    if isinstance(people, Mapping):
        for (x, y), number in people.items():
            counts[grid.cell_at(np.array([1000 * x]), np.array([1000 * y]))[0]] += number
    else:
        counts[:] = people
    regions = make_units({"region": size}, {"region": "country"}) if regions is None else regions
    nothing = {name: layer.empty(METRES) for name, layer in LAYERS.items() if layer.empty is not None}
    layers = nothing | {
        "sites": sites,
        "assets": assets,
        "incidents": make_incidents([]) if incidents is None else incidents,
        "roads": make_roads({}) if roads is None else roads,
        "rivers": make_rivers({}) if rivers is None else rivers,
        "flood_zones": frame(
            {
                "zone_id": list(flood or {}),
                "name": list(flood or {}),
                "months": [months_mask(months) for months, _ in (flood or {}).values()],
            },
            "zone_id",
            [box(*(1000 * side for side in sides)) for _, sides in (flood or {}).values()],
        ),
        "country": country,
        "regions": regions,
        "districts": make_units({"cercle": size}, {"cercle": "region"}) if districts is None else districts,
        "sensitive": SensitivePlaces(frame({"place_id": [], "kind": []}, "place_id", [])),
    }
    outline = country.union_all()
    return Area(
        **layers,
        regions_outside=mostly_outside(outline, layers["regions"]),
        districts_outside=mostly_outside(outline, layers["districts"]),
        area_id="world",
        names={"en": "World", "fr": "Monde"},
        folder=Path("world"),
        crs=METRES,
        frame_date=date(2019, 6, 30),
        invented=True,
        digest="0" * 16,
        grid=grid,
        population=Population(counts, float(counts.sum()), 5000.0, RasterUnit.COUNT, 2019),
        sources=(),
        dropped=(),
        focus=(),
        seasons=SEASONS,
        rains_months=RAINS_MONTHS,
    )


def make_rivers(
    lines: Mapping[str, Sequence[tuple[float, float]]], navigable: str = "all"
) -> gpd.GeoDataFrame:
    """Return barrier rivers along the given points [km], navigable in the given months."""
    rows = {
        "river_id": list(lines),
        "name": list(lines),
        "barrier": [True] * len(lines),
        "navigable_months": [months_mask(navigable)] * len(lines),
    }
    return frame(
        rows, "river_id", [LineString([(1000 * x, 1000 * y) for x, y in line]) for line in lines.values()]
    )


def make_objective(
    objective_id: str = "whole", regions: tuple[str, ...] = ("region",), **differs: Any
) -> Objective:
    """Return an objective over `regions` that counts people; `differs` overrides its fields."""
    usual: dict[str, Any] = {
        "objective_id": objective_id,
        "names": (("en", objective_id.title()),),
        "mandate": "invented",
        "regions": regions,
        "weight": 1.0,
        "decided": False,
        "measure": Measure.PEOPLE,
        "tier_weights": (1 / 3, 1 / 3, 1 / 3),
    }
    return Objective(**(usual | differs))


def make_basis(area: Area, *objectives: Objective, method: Method | None = None) -> Prepared:
    """Return `area` made ready, with one objective over the whole of it unless others are given."""
    whole = make_objective(regions=tuple(area.regions.index))
    return prepare(area, method or default_method(), objectives or (whole,))


def cell_of(area: Area, x_km: float, y_km: float) -> int:
    """Return the number of the cell at a point [km]."""
    return int(area.grid.cell_at(np.array([1000 * x_km]), np.array([1000 * y_km]))[0])


def lonlat(x_km: float, y_km: float) -> dict[str, float]:
    """Return a point [km] as the `lon` and `lat` [degrees] that a change asks for."""
    point = gpd.GeoSeries([Point(1000 * x_km, 1000 * y_km)], crs=METRES).to_crs("EPSG:4326").iloc[0]
    return {"lon": point.x, "lat": point.y}


def bundled_area() -> Area:
    """Return the bundled case, loaded once in a run."""
    return area_at(BUNDLED)


def bundled_prepared() -> Prepared:
    """Return the bundled case made ready with its own objectives, once in a run."""
    return prepared_at(BUNDLED)


HOTSPOT_NUMBERS = default_method().violence.hotspots
SEASONALITY_NUMBERS = default_method().violence.seasonality


def find_patterns(
    area: Area, question: Question | None = None, numbers: ViolenceNumbers | None = None
) -> ViolencePatterns:
    """
    Return the patterns of an area, of all incidents under the shipped numbers unless told otherwise.

    Those of files that nobody changes are found once in a run: equal questions give equal answers.
    """
    whole = (area, question or Question(), numbers or default_method().violence)
    return patterns_once(*whole) if is_kept(area) else patterns_of(*whole)


def recurrence(calendar: Calendar, *, settings: SeasonalityNumbers = SEASONALITY_NUMBERS) -> Recurrence:
    """Return what recurs in a calendar, under the shipped numbers unless told otherwise."""
    return recurrence_of(calendar, settings=settings)


@cache
def router_of(prepared: Prepared) -> Router:
    """Return the searches of a prepared area, kept for the whole run."""
    return prepared.router()


def review(prepared: Prepared, scenario: Scenario, **options: Any) -> Review:
    """Return a review made with the searches that are kept."""
    return reckon(prepared, scenario, router_of(prepared), **options)


__all__ = [
    "ALL_MONTHS",
    "BUNDLED",
    "HOTSPOT_NUMBERS",
    "METRES",
    "RAINS_MONTHS",
    "SEASONALITY_NUMBERS",
    "SEASONS",
    "Polygon",
    "bundled_area",
    "bundled_prepared",
    "cell_of",
    "find_patterns",
    "lonlat",
    "make_area",
    "make_assets",
    "make_basis",
    "make_incidents",
    "make_objective",
    "make_rivers",
    "make_roads",
    "make_sites",
    "make_units",
    "recurrence",
    "review",
    "router_of",
]
