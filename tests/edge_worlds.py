"""Invented countries that try the map: across the equator, across the antimeridian, tiny and very large."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import rasterio
import shapely
from affine import Affine
from numpy.typing import NDArray

from layers.assemble import assemble
from layers.assemble.blank import NewArea, begin_area
from layers.assemble.plans import Origin
from layers.countries import FirstLevelUnit, whole
from layers.equal_area import equal_area_system, proposed_cell_km

CATALOGUES = Path(__file__).resolve().parents[1] / "data" / "catalogues"
ORIGIN = Origin("Squares", "drawn for a test", "2019", "none", "high", invented="yes")

Degrees = tuple[float, float]
Box = tuple[float, float, float, float]


def straight(lon_1: float, lat_1: float, lon_2: float, lat_2: float) -> Sequence[Degrees]:
    """Return the two ends of a road."""
    return ((lon_1, lat_1), (lon_2, lat_2))


def begin(folder: Path, units: Mapping[str, Sequence[Box]], cell_km: float | None = None) -> Path:
    """Begin an area of rectangles [degrees], by unit; a unit on both sides of 180 is two of them."""
    drawn = tuple(
        FirstLevelUnit(name, name.title(), shapely.MultiPolygon([shapely.box(*each) for each in boxes]))
        for name, boxes in units.items()
    )
    return begin_units(folder, drawn, cell_km)


def begin_units(folder: Path, drawn: tuple[FirstLevelUnit, ...], cell_km: float | None = None) -> Path:
    """Begin an area of any units."""
    system = equal_area_system(whole(drawn))
    wanted = NewArea(
        names={"en": folder.name.title()},
        outline_id="INV",
        units=drawn,
        system=system,
        frame_date=date(2019, 6, 30),
        cell_km=cell_km or proposed_cell_km(system.area_km2),
        origin=ORIGIN,
        rains="6-9",
    )
    begin_area(folder, wanted, catalogues=CATALOGUES)
    return folder


def fill(folder: Path, sites: Mapping[str, Degrees], roads: Sequence[Sequence[Sequence[Degrees]]]) -> None:
    """Fill in sites with a company each, and roads of one part or, cut at 180, of two."""
    rows = [
        f"{name},{name.title()},camp,all,,,high,invented,{lon},{lat}\n" for name, (lon, lat) in sites.items()
    ]
    held = [f"{name}-{kind},{name},{kind},2,,,,,high,invented\n" for name in sites for kind in KINDS]
    for file, lines in (("sites.csv", rows), ("assets.csv", held)):
        with (folder / file).open("a", encoding="utf-8") as table:
            table.writelines(lines)
    features = [
        {"type": "Feature", "properties": {"road_id": f"r{at}", **_ROAD}, "geometry": _line(parts)}
        for at, parts in enumerate(roads)
    ]
    whole_file = {"type": "FeatureCollection", "features": features}
    (folder / "roads.geojson").write_text(json.dumps(whole_file), encoding="utf-8")


def populate(folder: Path, people: NDArray[np.float32], west: float, north: float, step: float) -> Path:
    """Bring a raster in degrees, NaN for no data, and build the area again."""
    height, width = people.shape
    with rasterio.open(
        folder / "population.tif",
        "w",
        driver="GTiff",
        height=height,
        width=width,
        count=1,
        dtype="float32",
        crs="EPSG:4326",
        transform=Affine(step, 0, west, 0, -step, north),
        nodata=float("nan"),
        tiled=True,
        compress="deflate",
    ) as raster:
        raster.write(people.astype(np.float32), 1)
    catalogue = folder / "imports" / "catalogue.toml"
    text = catalogue.read_text(encoding="utf-8")
    if "year = 2019" not in text:
        stated = '[layers.population]\nunit = "count"\nyear = 2019\n'
        catalogue.write_text(text.replace("[layers.population]\n", stated), encoding="utf-8")
    assemble(folder / "imports", folder, catalogues=CATALOGUES)
    return folder


KINDS = ("infantry_company", "civil_affairs_team", "fpu_platoon", "community_liaison")
_ROAD = {
    "name": "Road",
    "road_class": "primary",
    "surface": "paved",
    "smoothness": "good",
    "crossing": "none",
    "raised": False,
    "search_rated": False,
    "closed_months": "",
    "length_km": None,
    "stated_min": None,
}


def _line(parts: Sequence[Sequence[Degrees]]) -> dict[str, object]:
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def lean(folder: Path) -> Path:
    """
    Build a country of two units with a road, two camps and people, and nothing of what may be missing.

    One camp, Edge, stands a little outside the outline.
    """
    begin(folder, {"west": [(0.5, 0.1, 0.9, 0.6)], "east": [(0.9, 0.1, 1.3, 0.6)]}, 5)
    fill(folder, {"mill": (0.7, 0.35), "edge": (1.32, 0.3)}, [[straight(0.55, 0.35, 1.25, 0.35)]])
    return populate(folder, np.full((12, 20), 50, dtype=np.float32), 0.4, 0.65, 0.05)
