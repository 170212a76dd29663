"""Every kind of provider's file that can be read, by the name a catalogue calls its reader by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pyproj import CRS

from layers.formats import options
from layers.formats.acled import read_acled
from layers.formats.geonames import read_geonames
from layers.formats.geopko import read_geopko, read_geopko_years
from layers.formats.listed import read_listed
from layers.formats.ocha_cod import read_cod_boundaries, read_cod_outline, read_cod_places
from layers.formats.options import Option
from layers.formats.osm_roads import read_osm_roads
from layers.formats.ourairports import read_ourairports
from layers.formats.outlines import read_outlines
from layers.formats.reading import Reading
from layers.formats.rivers_lakes import read_lakes, read_rivers
from layers.formats.roadlines import read_flownet, read_optimal_edges, read_smoothed_edges, read_urban_network
from layers.formats.spelling import Spelling
from layers.formats.ucdp import read_ucdp
from layers.formats.who_facilities import read_healthsites, read_who_facilities
from layers.formats.worldpop import PopulationReading, read_worldpop
from layers.registry import LAYERS
from layers.sentences import Sentence, say

Readings = tuple[Reading | PopulationReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a reader is asked to read, and for which area."""

    files: Mapping[str, Path]
    """By the reader's own names for its files."""
    options: Mapping[str, Any]
    """Read by each `Option`; one that is not needed may be missing."""
    frame_date: date
    """Day the review looks at."""
    crs: CRS
    """Reference system of the area, to measure in."""
    spelling: Spelling
    """How names are written in the area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One kind of provider's file, and how it is read."""

    title: Sentence
    feeds: tuple[str, ...]
    """Layers it can be read for, one at a time."""
    brings: tuple[str, ...] = ()
    """Layers that come along whenever it is read."""
    files: tuple[str, ...] = ("file",)
    """Names of the files it takes; all are needed."""
    options: Mapping[str, Option] = field(default_factory=dict)
    is_own: bool = False
    """Whether its files are of this program's own making, and need no process apart to read them."""
    read: Callable[[Order], Readings]
    """Returns the layer it is read for, then those it brings."""


def _one(read: Callable[[Path], Reading]) -> Callable[[Order], Readings]:
    """Return a reader of one file that needs to know nothing else."""
    return lambda order: (read(order.files["file"]),)


def _geopko(order: Order, read: Callable[..., tuple[Reading, Reading]]) -> Readings:
    wanted = {name: order.options[name] for name in ("strength",) if name in order.options}
    return read(order.files["file"], order.frame_date, order.spelling, **wanted)


def _osm_roads(order: Order) -> Readings:
    wanted = {name: order.options[name] for name in ("wet_months", "leave_out") if name in order.options}
    return (read_osm_roads(order.files["file"], order.frame_date, order.crs, **wanted),)


def _rivers(order: Order) -> Readings:
    wanted = {name: order.options[name] for name in ("courses", "navigable") if name in order.options}
    fine, named = order.files["fine"], order.files["named"]
    return (read_rivers(fine, named, order.crs, spelling=order.spelling, **wanted),)


def _worldpop(order: Order) -> Readings:
    return (read_worldpop(order.files["file"], order.options["unit"]),)


READERS: dict[str, Reader] = {
    "geopko_maps": Reader(
        title=say("Geo-PKO, one row for each site and UN map"),
        feeds=("sites",),
        brings=("assets",),
        options={"strength": Option(options.strength)},
        read=lambda order: _geopko(order, read_geopko),
    ),
    "geopko_years": Reader(
        title=say("Geo-PKO, one row for each site and year (FrontMap)"),
        feeds=("sites",),
        brings=("assets",),
        options={"strength": Option(options.strength)},
        read=lambda order: _geopko(order, read_geopko_years),
    ),
    "ucdp": Reader(
        title=say("UCDP GED: the whole table, HDX's, or the cut of six columns"),
        feeds=("incidents",),
        options={"countries": Option(options.texts)},
        read=lambda order: (read_ucdp(order.files["file"], order.options.get("countries", ())),),
    ),
    "acled": Reader(
        title=say("ACLED, the layout up to 2022 or the current one"),
        feeds=("incidents",),
        read=_one(read_acled),
    ),
    "optimal_edges": Reader(
        title=say("OptimalAfricanRoads, real edges with lengths and times"),
        feeds=("roads",),
        read=_one(read_optimal_edges),
    ),
    "smoothed_edges": Reader(
        title=say("OptimalAfricanRoads, the unsimplified network"),
        feeds=("roads",),
        read=_one(read_smoothed_edges),
    ),
    "flownet": Reader(
        title=say("flownet, the Trans-African network"), feeds=("roads",), read=_one(read_flownet)
    ),
    "urban_network": Reader(
        title=say("African Urban Network"),
        feeds=("roads",),
        files=("edges", "nodes"),
        read=lambda order: (read_urban_network(order.files["edges"], order.files["nodes"]),),
    ),
    "osm_roads": Reader(
        title=say("OpenStreetMap, lines of roads and ferries with their tags"),
        feeds=("roads",),
        options={"wet_months": Option(options.months), "leave_out": Option(options.texts)},
        read=_osm_roads,
    ),
    "wdb_rivers": Reader(
        title=say("GSHHG/WDBII rivers, named after Natural Earth"),
        feeds=("rivers",),
        files=("fine", "named"),
        options={"courses": Option(options.courses), "navigable": Option(options.navigable)},
        read=_rivers,
    ),
    "gshhg_lakes": Reader(title=say("GSHHG lakes"), feeds=("lakes",), read=_one(read_lakes)),
    "cod_boundaries": Reader(
        title=say("OCHA COD-AB, the units of one level"),
        feeds=("country", "regions", "districts"),
        options={"level": Option(options.level, needed=True)},
        read=lambda order: (
            read_cod_boundaries(order.files["file"], order.options["level"], order.spelling),
        ),
    ),
    "cod_outline": Reader(
        title=say("OCHA COD-AB, the country as the union of its units"),
        feeds=("country",),
        options={
            "level": Option(options.level, needed=True),
            "unit_id": Option(options.text, needed=True),
            "name": Option(options.text, needed=True),
        },
        read=lambda order: (read_cod_outline(order.files["file"], **order.options),),
    ),
    "cod_places": Reader(
        title=say("OCHA COD, populated places with their rank"),
        feeds=("places",),
        read=lambda order: (read_cod_places(order.files["file"], order.spelling),),
    ),
    "listed": Reader(
        title=say("a list in the columns of its layer"),
        feeds=tuple(LAYERS),
        options={"layer": Option(options.text, needed=True)},
        is_own=True,
        read=lambda order: (read_listed(order.files["file"], order.options["layer"]),),
    ),
    "outlines": Reader(
        title=say("Outline or first-level units that a new area is begun with"),
        feeds=("country", "regions", "districts"),
        options={
            "level": Option(options.level, needed=True),
            "unit_id": Option(options.text, needed=True),
            "name": Option(options.text, needed=True),
        },
        is_own=True,
        read=lambda order: (read_outlines(order.files["file"], **order.options),),
    ),
    "geonames": Reader(
        title=say("GeoNames, towns of one country"),
        feeds=("places",),
        options={"country": Option(options.text, needed=True)},
        read=lambda order: (read_geonames(order.files["file"], order.options["country"], order.spelling),),
    ),
    "worldpop": Reader(
        title=say("WorldPop, a raster in longitude and latitude"),
        feeds=("population",),
        options={
            "unit": Option(options.raster_unit, needed=True),
            "year": Option(options.year, needed=True),
        },
        read=_worldpop,
    ),
    "ourairports": Reader(
        title=say("OurAirports, airfields and runways"),
        feeds=("airfields",),
        files=("airports", "runways"),
        read=lambda order: (read_ourairports(order.files["airports"], order.files["runways"]),),
    ),
    "who_facilities": Reader(
        title=say("WHO/KWTRP, public health facilities"),
        feeds=("sensitive",),
        read=_one(read_who_facilities),
    ),
    "healthsites": Reader(
        title=say("healthsites.io, places of care"),
        feeds=("sensitive",),
        read=_one(read_healthsites),
    ),
}
"""A new kind of file is its module and one entry here; no other code names it, only catalogues and tests."""
