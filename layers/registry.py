"""Every layer of rows and shapes: how it is loaded, and what stands for it where a folder has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandera.pandas as pa
from pyproj import CRS

from layers.airfields import Airfields, load_airfields
from layers.boundaries import Boundaries, load_boundaries
from layers.conform import no_rows
from layers.incidents import Incidents, load_incidents
from layers.places import Places, load_places
from layers.roads import Roads, load_roads
from layers.sensitive import Sensitive, load_sensitive, unknown_sensitive
from layers.sites import Assets, Sites, load_assets, load_sites
from layers.waters import FloodZones, Lakes, Rivers, load_flood_zones, load_lakes, load_rivers


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of an area folder."""

    load: Callable[[Path, CRS], Any]
    """Reads its file in the area's reference system."""
    schema: type[pa.DataFrameModel]
    """Columns of its file, and what may stand in them."""
    empty: Callable[[CRS], Any] | None = None
    """What stands for it where a folder names none: not known, rather than none. None: it must be there."""
    old_name: str = ""
    """Name by which folders made before may call it."""


LAYERS: dict[str, Layer] = {
    "sites": Layer(load_sites, Sites),
    "assets": Layer(load_assets, Assets),
    "incidents": Layer(load_incidents, Incidents, partial(no_rows, Incidents)),
    "roads": Layer(load_roads, Roads),
    "rivers": Layer(load_rivers, Rivers, partial(no_rows, Rivers)),
    "lakes": Layer(load_lakes, Lakes, partial(no_rows, Lakes)),
    "flood_zones": Layer(load_flood_zones, FloodZones, partial(no_rows, FloodZones)),
    "country": Layer(load_boundaries, Boundaries),
    "regions": Layer(load_boundaries, Boundaries),
    "districts": Layer(load_boundaries, Boundaries, old_name="cercles"),
    "places": Layer(load_places, Places, partial(no_rows, Places)),
    "airfields": Layer(load_airfields, Airfields, partial(no_rows, Airfields)),
    "sensitive": Layer(load_sensitive, Sensitive, unknown_sensitive),
}
"""By name, in the order of `area.toml`. A new layer is one line here and one field of `Area`."""
