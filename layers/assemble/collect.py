"""Read every layer of a catalogue folder and cut it to the area; all faults of all files at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from pyproj import CRS
from shapely import Geometry

from layers.area import Dropped
from layers.assemble.catalogue import Catalogue
from layers.assemble.delta import flood_zones
from layers.assemble.network import merge_networks
from layers.assemble.settlements import labelled_places
from layers.assemble.texts import CRS_TEXT
from layers.errors import Fault, LayerError
from layers.formats.geonames import read_geonames
from layers.formats.geopko import read_geopko
from layers.formats.ocha_cod import read_cod_boundaries, read_cod_places
from layers.formats.ourairports import read_ourairports
from layers.formats.reading import Reading
from layers.formats.rivers_lakes import read_lakes, read_rivers
from layers.formats.roadlines import read_flownet, read_optimal_edges, read_smoothed_edges, read_urban_network
from layers.formats.ucdp import read_ucdp
from layers.formats.who_facilities import read_who_facilities
from layers.formats.worldpop import PopulationReading, read_worldpop
from layers.population import RasterUnit

COUNTRY = "ML"
"""ISO code of the country assembled."""

BORDER_M = 5_000
"""Roads are kept this far beyond the outline [m], so that one along the border is not cut to pieces."""

WATER_BORDER_M = 20_000
"""Waters are kept, whole, if they come this near the outline [m]."""

_WGS84 = "EPSG:4326"


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """Every layer of the folder to be, in longitude and latitude."""

    frames: dict[str, pd.DataFrame]
    """By layer name, rows in the order they are written in."""
    population: PopulationReading
    dropped: tuple[Dropped, ...]
    notes: dict[str, tuple[str, ...]]
    """Judgements by layer name."""


def _all_read(readers: Mapping[str, Callable[[], Any]], tell: Callable[[str], None]) -> dict[str, Any]:
    """Return what every reader reads, or raise `LayerError` with the faults of all."""
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, reader in readers.items():
        tell(f"reading {name.removeprefix('_')}")
        try:
            found[name] = reader()
        except LayerError as error:
            faults.extend(error.faults)
    if faults:
        raise LayerError(faults)
    return found


def collect(source: Path, catalogue: Catalogue, frame_date: date, tell: Callable[[str], None]) -> Layers:
    """
    Read all layers and cut them to the area.

    Raises
    ------
    LayerError
        With every fault of every file.
    """
    crs = CRS(CRS_TEXT)
    readings, population = _read_all(source, catalogue, frame_date, tell)
    outline = readings["country"].shapes.to_crs(crs).union_all()
    tell("joining the road network")
    readings["roads"] = _network(readings, crs, outline)
    tell("drawing the flood zones")
    for name in ("rivers", "lakes"):
        readings[name] = _near(readings[name], outline.buffer(WATER_BORDER_M), crs, layer=name)
    metric = {name: readings[name].shapes.to_crs(crs) for name in ("cercles", "rivers", "lakes")}
    zones = flood_zones(metric["cercles"], metric["rivers"], metric["lakes"]).to_crs(_WGS84)
    note = (
        "land within 8 km of named rivers and of lakes, in the cercles of each part; months after bulletins"
    )
    readings["flood_zones"] = Reading(zones, (), (note,))
    for name in ("sites", "incidents", "airfields", "sensitive"):
        readings[name] = _near(readings[name], outline, crs, layer=name)
    readings["assets"] = readings["assets"].keeping(
        readings["assets"].frame["site_id"].isin(readings["sites"].frame["site_id"]),
        layer="assets",
        reason="at a site outside the country's outline",
    )
    kept = {name: reading for name, reading in readings.items() if not name.startswith("_")}
    dropped = tuple(drop for reading in kept.values() for drop in reading.dropped)
    notes = {name: reading.notes for name, reading in kept.items()}
    return Layers({name: reading.frame for name, reading in kept.items()}, population, dropped, notes)


def _read_all(
    source: Path, files: Catalogue, frame_date: date, tell: Callable[[str], None]
) -> tuple[dict[str, Reading], PopulationReading]:
    """Return every layer as its provider has it; names with an underscore are ingredients."""
    crs = CRS(CRS_TEXT)
    admin = source / files.boundaries
    readers: dict[str, Callable[[], Any]] = {
        "country": lambda: read_cod_boundaries(admin, 0),
        "regions": lambda: read_cod_boundaries(admin, 1),
        "cercles": lambda: read_cod_boundaries(admin, 2),
        "incidents": lambda: read_ucdp(source / files.incidents),
        "airfields": lambda: read_ourairports(source / files.airports, source / files.runways),
        "sensitive": lambda: read_who_facilities(source / files.clinics),
        "rivers": lambda: read_rivers(source / files.rivers, source / files.rivers_named, crs),
        "lakes": lambda: read_lakes(source / files.lakes),
        "_settlements": lambda: read_cod_places(source / files.places),
        "_towns": lambda: read_geonames(source / files.towns, COUNTRY),
        "_roads": lambda: read_optimal_edges(source / files.roads),
        "_smoothed": lambda: read_smoothed_edges(source / files.roads_smoothed),
        "_flownet": lambda: read_flownet(source / files.roads_flownet),
        "_urban": lambda: read_urban_network(
            source / files.roads_urban_edges, source / files.roads_urban_nodes
        ),
        "_bases": lambda: read_geopko(source / files.sites, frame_date),
        "_population": lambda: read_worldpop(source / files.population, RasterUnit.DENSITY),
    }
    found = _all_read(readers, tell)
    found["sites"], found["assets"] = found.pop("_bases")
    population: PopulationReading = found.pop("_population")
    found["places"] = labelled_places(found["_settlements"], found["_towns"], crs)
    return found, population


def _network(readings: dict[str, Reading], crs: CRS, outline: Geometry) -> Reading:
    """Return the roads of all sources as one joined network."""
    base = readings["_roads"].shapes.to_crs(crs)
    others = [readings[name] for name in ("_urban", "_flownet", "_smoothed")]
    merged = merge_networks(base, [other.shapes.to_crs(crs) for other in others], outline.buffer(BORDER_M))
    dropped = (
        *(drop for other in (readings["_roads"], *others) for drop in other.dropped),
        Dropped("roads", "road of another network that runs near one of the base network", merged.near),
        Dropped("roads", "road of another network whose ends are joined already", merged.detour),
        Dropped("roads", "piece cut off from the network at the border", merged.stubs),
    )
    reach = "trunk roads only: places off them, Timbuktu among them, are far from any road of this network"
    note = (
        f"{merged.added} straight edges of other networks fill gaps: their middle is over 10 km from the base"
        " and the way round over 1.5 times as long"
    )
    return Reading(merged.roads.to_crs(_WGS84), dropped, (*readings["_roads"].notes, note, reach))


def _near(reading: Reading, within: Geometry, crs: CRS, *, layer: str) -> Reading:
    """Return the rows that touch an area [m], the others counted."""
    shapely.prepare(within)
    touching = reading.shapes.to_crs(crs).intersects(within)
    return reading.keeping(touching, layer=layer, reason="outside the country's outline")
