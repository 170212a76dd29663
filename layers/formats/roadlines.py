"""
Road networks published for Africa as a whole: the trunk roads, with lengths and times but no class.

Three sources: the real edges of OptimalAfricanRoads (routed on OpenStreetMap), the
African Urban Network (straight edges with a class), and flownet (straight edges with
stated times; its proposed links are left out).
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.area import Dropped
from layers.formats.delimited import Inspection, read_table
from layers.formats.identity import numbered
from layers.formats.reading import Reading
from layers.formats.vectors import attributes, read_vectors, single_lines
from layers.roads import Crossing, RoadClass, Smoothness, Surface
from layers.sentences import say

CLASS_FROM_KMH = (
    (75.0, RoadClass.TRUNK),
    (60.0, RoadClass.PRIMARY),
    (47.5, RoadClass.SECONDARY),
    (32.5, RoadClass.TERTIARY),
    (0.0, RoadClass.UNCLASSIFIED),
)
"""Mean stated speed [km/h] from which on an edge takes a class; a judgement."""

PAVED_FROM_KMH = 60.0
"""Mean stated speed [km/h] from which on an edge is taken as paved; a judgement."""

SPEED_NOTE = (
    "class and surface are judged from the stated mean speed, which comes from the car profile of OSRM"
    " (trunk 85, primary 65, secondary 55, tertiary 40, unclassified 25 km/h, less where the surface is"
    " poor): from 75 km/h trunk, 60 primary, 47.5 secondary, 32.5 tertiary, else unclassified; from 60 km/h"
    " paved, else unknown"
)
RAISED_NOTE = "paved roads are taken as raised, passable in flood; a judgement"

_URBAN_CLASS = {"motorway": "trunk", "trunk": "trunk", "primary": "primary", "added": "added"}


def read_optimal_edges(path: Path) -> Reading:
    """
    Read the real edges of OptimalAfricanRoads.

    Parameters
    ----------
    path
        Lines with `from`, `to`, `distance` [km] and `duration` [min].

    Returns
    -------
    Reading
        Columns of `Roads`, with the stated length and time.
    """
    raw, dropped = read_vectors(path, ("from", "to", "distance", "duration"))
    lines, length_km, stated_min = _stated(raw, path.name)
    frame = _roads(lines, ids="oar-" + _edge_ids(lines), length_km=length_km, stated_min=stated_min)
    return Reading(frame, dropped, (SPEED_NOTE, RAISED_NOTE))


def read_smoothed_edges(path: Path) -> Reading:
    """Read the unsimplified network of OptimalAfricanRoads; it states no length, time or class."""
    raw, dropped = read_vectors(path, ("from", "to"))
    lines = single_lines(raw)
    nothing = pd.Series(np.nan, index=lines.index)
    frame = _roads(lines, ids="oas-" + _edge_ids(lines), length_km=nothing, stated_min=nothing)
    return Reading(
        frame, dropped, ("lines without length and time are taken as unclassified, surface unknown",)
    )


def read_flownet(path: Path) -> Reading:
    """Read the network of flownet; links that are only proposed (`add`) are dropped and counted."""
    raw, dropped = read_vectors(path, ("from", "to", "distance", "duration", "add"))
    built = ~raw["add"].astype(str).str.lower().isin({"true", "1", "1.0"})
    proposed = Dropped("roads", say("link only proposed"), int((~built).sum()))
    lines, length_m, stated_min = _stated(raw[built], path.name)
    frame = _roads(lines, ids="flow-" + _edge_ids(lines), length_km=length_m / 1000, stated_min=stated_min)
    left = (proposed,) if proposed.rows else ()
    return Reading(frame, (*dropped, *left), (SPEED_NOTE, RAISED_NOTE, "edges are straight lines"))


def read_urban_network(edges: Path, nodes: Path) -> Reading:
    """
    Read the African Urban Network; edges its authors added to join it up are dropped and counted.

    Parameters
    ----------
    edges
        CSV with `from`, `to`, `l` [km], `h` (class) and `time` [min].
    nodes
        CSV with `Agglomeration_ID`, `x` and `y`.

    Returns
    -------
    Reading
        Columns of `Roads`; edges are straight lines with the stated length and time.

    Raises
    ------
    LayerError
        With the faults of both files, an edge to an unknown node among them.
    """
    look = Inspection(read_table(edges, required=("from", "to", "l", "h", "time")))
    place = Inspection(read_table(nodes, required=("Agglomeration_ID", "x", "y"), degrees=("x", "y")))
    points = place.points("x", "y").set_axis(place.text("Agglomeration_ID").to_numpy())
    known = {node: node for node in points.index}
    ends = [look.codes(column, known) for column in ("from", "to")]
    kind = look.codes("h", _URBAN_CLASS)
    length_km, time_min = look.numbers("l", low=0), look.numbers("time", low=0)
    look.faults.extend(place.faults)
    look.finish()
    first, last = (points.reindex(end).to_numpy() for end in ends)
    coordinates = np.stack([shapely.get_coordinates(first), shapely.get_coordinates(last)], axis=1)
    lines = gpd.GeoDataFrame(geometry=shapely.linestrings(coordinates), index=kind.index, crs="EPSG:4326")
    ids = numbered("aun-" + ends[0] + "-" + ends[1])
    frame = _roads(lines, ids=ids, length_km=length_km, stated_min=time_min).assign(road_class=kind)
    frame = frame.assign(surface=str(Surface.UNKNOWN), raised=False)
    reading = Reading(
        frame,
        look.table.dropped,
        ("classes are the provider's, surface is unknown; edges are straight lines",),
    )
    return reading.keeping(
        kind != "added", layer="roads", reason=say("edge added by the authors to join the network")
    )


def _stated(raw: gpd.GeoDataFrame, file: str) -> tuple[gpd.GeoDataFrame, pd.Series, pd.Series]:
    """Return single lines with their stated `distance` and `duration` as numbers."""
    look = attributes(raw, file)
    columns = {name: look.numbers(name, low=0) for name in ("distance", "duration")}
    look.finish()
    lines = single_lines(raw.assign(**columns))
    return lines, lines["distance"], lines["duration"]


def _edge_ids(lines: gpd.GeoDataFrame) -> pd.Series:
    """Return from-to as identifiers, repeated ones numbered."""
    ends = [lines[column].astype(float).astype(int).astype(str) for column in ("from", "to")]
    return numbered(ends[0] + "-" + ends[1])


def _roads(
    lines: gpd.GeoDataFrame, *, ids: pd.Series, length_km: pd.Series, stated_min: pd.Series
) -> gpd.GeoDataFrame:
    """Return the columns of `Roads`, class and surface judged from the stated speed."""
    kmh = (length_km / stated_min * 60).to_numpy(dtype=float)
    paved = kmh >= PAVED_FROM_KMH
    return gpd.GeoDataFrame(
        {
            "road_id": ids,
            "name": "",
            "road_class": [_class(speed) for speed in kmh],
            "surface": np.where(paved, str(Surface.PAVED), str(Surface.UNKNOWN)),
            "smoothness": str(Smoothness.UNKNOWN),
            "crossing": str(Crossing.NONE),
            "raised": paved,
            "search_rated": False,
            "closed_months": "",
            "length_km": length_km.astype(float),
            "stated_min": stated_min.astype(float),
        },
        geometry=lines.geometry.to_numpy(),
        crs=lines.crs,
        index=lines.index,
    )


def _class(kmh: float) -> str:
    """Return the class of a mean speed [km/h], unclassified where none is stated."""
    return str(next((name for least, name in CLASS_FROM_KMH if kmh >= least), RoadClass.UNCLASSIFIED))
