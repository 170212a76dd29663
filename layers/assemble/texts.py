"""The texts of an area folder: `area.toml` and `objectives.toml`."""

from __future__ import annotations

from datetime import date

CRS_TEXT = "+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs"
"""Equal-area system centred on Mali."""

_AREA = """\
format = 1
area_id = "mali_published"
crs = "{crs}"
frame_date = {frame_date}
cell_km = 5
languages = ["en", "fr"]
assembled = true

[name]
en = "Mali (published data, division before 2016)"
fr = "Mali (données publiées, découpage d'avant 2016)"

[layers]
sites = "sites.csv"
assets = "assets.csv"
incidents = "incidents.csv"
roads = "roads.geojson"
rivers = "rivers.geojson"
lakes = "lakes.geojson"
flood_zones = "flood_zones.geojson"
country = "country.geojson"
regions = "regions.geojson"
cercles = "cercles.geojson"
places = "places.csv"
airfields = "airfields.csv"
sensitive = "sensitive.csv"

[population]
file = "population.tif"
unit = "density"
year = 2020

[focus]
Mopti = ["ML05"]
"Ségou" = ["ML04"]
"""

OBJECTIVES = """\
# Weights and regions are set by the mission's leadership; these stand until it does.

[[objective]]
id = "north"
name.en = "Support the peace agreement in the North"
name.fr = "Appuyer l'accord de paix dans le Nord"
mandate = "Security Council resolution 2480 (2019), first strategic priority"
regions = ["ML06", "ML07", "ML08"]
weight = 0.5
decided = false
measure = "blend"
tier_weights = [0.3333333333, 0.3333333333, 0.3333333334]

[[objective]]
id = "centre"
name.en = "Protect civilians in the Centre"
name.fr = "Protéger les civils dans le Centre"
mandate = "Security Council resolution 2480 (2019), second strategic priority"
regions = ["ML04", "ML05"]
weight = 0.5
decided = false
measure = "blend"
tier_weights = [0.3333333333, 0.3333333333, 0.3333333334]
"""
"""Two objectives, half each, not decided; the units are those of the division before 2016."""


def area_text(frame_date: date) -> str:
    """Return `area.toml` of the folder."""
    return _AREA.format(crs=CRS_TEXT, frame_date=frame_date.isoformat())
