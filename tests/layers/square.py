"""Two degrees square, cut in West and East by a river; two sites, one road between them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from shapely import box

from layers import LayerError, load_area
from layers.manifest import LAYER_FILES

HEAD = {
    "sites.csv": "site_id,name,kind,months,open_from,open_to,confidence,source,lon,lat",
    "assets.csv": "asset_id,site_id,kind,count,availability,notice_min,mission_share,confidence,source",
    "incidents.csv": "incident_id,date,year,date_precision,event_type,deaths,deaths_civilians,geo_precision,"
    "reliability,adm1,adm2,place,provider,invented,lon,lat",
    "roads.csv": "road_id,name,road_class,surface,smoothness,crossing,raised,search_rated,closed_months,length_km,stated_min,wkt",
    "rivers.csv": "river_id,name,barrier,navigable_months,wkt",
    "lakes.csv": "lake_id,name,wkt",
    "flood_zones.csv": "zone_id,name,months,wkt",
    "country.csv": "unit_id,name,parent_id,approximate,wkt",
    "regions.csv": "unit_id,name,parent_id,approximate,wkt",
    "districts.csv": "unit_id,name,parent_id,approximate,wkt",
    "places.csv": "place_id,name,kind,people,lon,lat",
    "airfields.csv": "airfield_id,name,kind,runway_m,lon,lat",
    "sensitive.csv": "place_id,kind,lon,lat",
    "sources.csv": "file,layer,title,origin,date,licence,invented,confidence,note,sha256",
}
SQUARE, WEST, EAST = box(-5, 13, -3, 15), box(-5, 13, -4, 15), box(-4, 13, -3, 15)
ROWS = {
    "sites.csv": [
        "camp,Camp,camp,all,,,high,invented,-4.5,14",
        "post,Post,tob,10-3,2019-01-01,,low,invented,-3.5,14.5",
    ],
    "assets.csv": [
        "a1,camp,infantry_company,2,,,,high,invented",
        "a2,post,helicopter,1,0.5,30,,low,invented",
    ],
    "incidents.csv": ["i1,2019-03-23,2019,day,attack_on_civilians,4,4,1,1,,,Here,invented,true,-3.6,14.1"],
    "roads.csv": ['r1,RN1,trunk,paved,good,none,false,true,,,,"LINESTRING (-4.5 14, -3.5 14.5)"'],
    "rivers.csv": ['v1,River,true,8-1,"LINESTRING (-4 13, -4 15)"'],
    "lakes.csv": [],
    "flood_zones.csv": [],
    "country.csv": [f'C,Country,,true,"{SQUARE.wkt}"'],
    "regions.csv": [f'W,West,C,true,"{WEST.wkt}"', f'E,East,C,true,"{EAST.wkt}"'],
    "districts.csv": [f'W1,Western,W,true,"{WEST.wkt}"', f'E1,Eastern,E,true,"{EAST.wkt}"'],
    "places.csv": ["p1,Town,town,5000,-4.5,14"],
    "airfields.csv": ["f1,Field,airstrip,1200,-4.5,14"],
    "sensitive.csv": ["s1,school,-4.123456,14.654321", "s2,well,-3.765432,13.246813"],
    "sources.csv": ["sites.csv,sites,Sites,nobody,2019,CC0,yes,low,,0"],
}
TOML = """format = 1
area_id = "square"
crs = "+proj=laea +lat_0=14 +lon_0=-4 +datum=WGS84 +units=m +no_defs"
frame_date = 2019-06-30
cell_km = 10
[name]
en = "Square"
[layers]
{layers}
[population]
file = "population.tif"
unit = "count"
year = 2019
[focus]
West = ["W"]
"""


class Folder:
    """An area folder that a test writes, spoils and loads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, rows in ROWS.items():
            self.put(name, *rows)
        self.toml = TOML.format(layers="\n".join(f'{layer} = "{layer}.csv"' for layer in LAYER_FILES))
        self.say()
        _write_population(path / "population.tif")

    def put(self, name: str, *rows: str) -> None:
        """Write a file with its head and these rows."""
        (self.path / name).write_text("\n".join([HEAD[name], *rows]) + "\n", encoding="utf-8")

    def add(self, name: str, *rows: str) -> None:
        self.put(name, *ROWS[name], *rows)

    def say(self, old: str = "", new: str = "") -> None:
        """Write area.toml with one thing said otherwise."""
        assert old in self.toml
        (self.path / "area.toml").write_text(
            self.toml.replace(old, new, 1) if old else self.toml, encoding="utf-8"
        )

    def faults(self) -> list[str]:
        with pytest.raises(LayerError) as caught:
            load_area(self.path)
        return [str(fault) for fault in caught.value.faults]


def _write_population(path: Path) -> None:
    """Write ten people in each tenth of a degree."""
    profile = {
        "driver": "GTiff",
        "width": 20,
        "height": 20,
        "count": 1,
        "dtype": "float32",
        "crs": "EPSG:4326",
    }
    with rasterio.open(path, "w", transform=rasterio.Affine(0.1, 0, -5, 0, -0.1, 15), **profile) as raster:
        raster.write(np.full((20, 20), 10, np.float32), 1)
