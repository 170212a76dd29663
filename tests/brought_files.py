"""Files of an invented square country as its office has them: outline, sites, incidents, roads, people."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import Affine

from tests.foreign_files import collection, feature, workbook

SITES = [
    ["Sites of the mission, May 2019", None, None, None, None, None, None],
    [None] * 7,
    ["Name", "Type", "Latitude", "Longitude", "Infantry coy", "CLA", "Camp manager"],
    ["Alpha <b>*x*</b>", "Permanent base", "0°30'N", "20°15'E", 2, 1, "X. Exemple"],
    ["Bravo", "TOB", "0°48'N", "20°45'E", 1, None, "Y. Exemple"],
]
INCIDENTS = (
    "Date;Type;Place;Latitude;Longitude;Civilians killed\n"
    "13/02/2019;Ambush;Alpha;0,51;20,16;0\n"
    "05/03/2019;Attack on village;Bravo;0,79;20,74;12\n"
    "31/03/2019;IED;Charlie;0,20;20,40;\n"
    "no date;Ambush;Delta;0,20;20,40;1\n"
)


def brought_files(folder: Path) -> dict[str, Path]:
    """Write the files into a folder and return them by what they hold."""
    ring = [[20, 0], [21, 0], [21, 1], [20, 1], [20, 0]]
    lines = [
        feature("LineString", [[20.25, 0.5], [20.5, 0.6]], name="RN1", highway="trunk", surface="paved"),
        feature("LineString", [[20.5, 0.6], [20.75, 0.8]], name="Track", highway="track", surface="dirt"),
    ]
    contents = {
        "outline": ("outline.geojson", collection([feature("Polygon", [ring], name="Square")])),
        "sites": ("sites.xlsx", workbook({"Sheet1": SITES}, merged=["A1:G1"])),
        "incidents": ("incidents.csv", INCIDENTS.encode("cp1252")),
        "roads": ("roads.geojson", collection(lines)),
    }
    made = {}
    for name, (file, content) in contents.items():
        made[name] = folder / file
        made[name].write_bytes(content)
    made["people"] = folder / "people_2019_count.tif"
    shape = {"driver": "GTiff", "height": 60, "width": 60, "count": 1, "dtype": "float32"}
    placed = {"crs": "EPSG:4326", "transform": Affine(1 / 60, 0, 20, 0, -1 / 60, 1)}
    with rasterio.open(made["people"], "w", **shape, **placed) as raster:
        raster.write(np.full((60, 60), 10, dtype="float32"), 1)
    return made
