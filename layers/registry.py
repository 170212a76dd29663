"""Every layer of rows and shapes: how it is loaded, and what stands for it where a folder has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pyproj import CRS

from layers.airfields import Airfields, load_airfields
from layers.boundaries import load_boundaries
from layers.conform import no_rows
from layers.incidents import Incidents, load_incidents
from layers.places import Places, load_places
from layers.roads import load_roads
from layers.sensitive import load_sensitive, unknown_sensitive
from layers.sites import load_assets, load_sites
from layers.waters import FloodZones, Lakes, Rivers, load_flood_zones, load_lakes, load_rivers


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of an area folder."""

    load: Callable[[Path, CRS], Any]
    """Reads its file in the area's reference system."""
    empty: Callable[[CRS], Any] | None = None
    """What stands for it where a folder names none: not known, rather than none. None: it must be there."""
    old_name: str = ""
    """Name by which folders made before may call it."""


LAYERS: dict[str, Layer] = {
    "sites": Layer(load_sites),
    "assets": Layer(load_assets),
    "incidents": Layer(load_incidents, partial(no_rows, Incidents)),
    "roads": Layer(load_roads),
    "rivers": Layer(load_rivers, partial(no_rows, Rivers)),
    "lakes": Layer(load_lakes, partial(no_rows, Lakes)),
    "flood_zones": Layer(load_flood_zones, partial(no_rows, FloodZones)),
    "country": Layer(load_boundaries),
    "regions": Layer(load_boundaries),
    "districts": Layer(load_boundaries, old_name="cercles"),
    "places": Layer(load_places, partial(no_rows, Places)),
    "airfields": Layer(load_airfields, partial(no_rows, Airfields)),
    "sensitive": Layer(load_sensitive, unknown_sensitive),
}
"""By name, in the order of `area.toml`. A new layer is one line here and one field of `Area`."""
