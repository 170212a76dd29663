"""A country of one's own in few files of providers, two degrees square, with its own catalogue."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
from shapely import box

from tests.layers.square import Folder

OWN = """
[area]
area_id = "own"
crs = "+proj=laea +lat_0=14 +lon_0=-4 +datum=WGS84 +units=m +no_defs"
frame_date = 2019-06-30
cell_km = 10
name.en = "Own"
"""
LEDGER = 'title = "t"\norigin = "o"\ndate = "2019"\nlicence = "l"\nconfidence = "low"\n'


def write_own_country(source: Path) -> Path:
    """Write the files, those with readers that no bundled catalogue uses among them."""
    source.mkdir()
    Folder(source)  # for its population raster
    west, east = box(-5, 13, -4, 15), box(-4, 13, -3, 15)
    for level, shapes in ((1, [west, east]), (2, [west, east])):
        columns = {f"ADM{n}_PCODE": [f"P{n}{i}" for i in (1, 2)] for n in range(1, level + 1)}
        columns |= {f"ADM{level}_EN": ["West", "East"], "ADM0_PCODE": ["P", "P"]}
        gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(
            source / "units.gpkg", layer=f"adm{level}"
        )
    put = {
        "pko.csv": (
            "mission,location,latitude,longitude,hq,year,Infantry,Av,Med,UNPOL",
            "M,Post,14,-4.5,0,2019,1,0,0,1",
        ),
        "acled.csv": (
            "event_id_cnty,event_date,year,time_precision,event_type,admin1,admin2,location,latitude,longitude,geo_precision,fatalities",
            "A1,2019-03-01,2019,1,Battles,West,West,Post,14,-4.4,1,2",
        ),
        "sites.csv": ("amenity,X,Y", "hospital,-4.5,14", "pharmacy,-4.5,14"),
        "edges.csv": ("from,to,l,h,time", "1,2,110,primary,90"),
        "nodes.csv": ("Agglomeration_ID,x,y", "1,-4.5,14", "2,-3.5,14"),
    }
    for name, rows in put.items():
        (source / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    reads = {
        "sites": 'reader = "geopko_years"\nfile = "pko.csv"',
        "assets": "",
        "incidents": 'reader = "acled"\nfile = "acled.csv"',
        "roads": 'reader = "urban_network"\nedges = "edges.csv"\nnodes = "nodes.csv"',
        "country": 'reader = "cod_outline"\nfile = "units.gpkg"\nlevel = 1\nunit_id = "P"\nname = "Own"',
        "regions": 'reader = "cod_boundaries"\nfile = "units.gpkg"\nlevel = 1',
        "districts": 'reader = "cod_boundaries"\nfile = "units.gpkg"\nlevel = 2',
        "population": 'reader = "worldpop"\nfile = "population.tif"\nunit = "count"\nyear = 2019',
        "sensitive": 'reader = "healthsites"\nfile = "sites.csv"',
    }
    text = OWN + "".join(
        f"[layers.{layer}]\n{LEDGER}" + (f"[[layers.{layer}.read]]\n{read}\n" if read else "")
        for layer, read in reads.items()
    )
    (source / "catalogue.toml").write_text(text, encoding="utf-8")
    return source
