"""What does not fit together between files that are each in order?"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

from layers.antimeridian import crosses, wrapped
from layers.border import SWAPPED_REMEDY, outside_m, swapped_inside, too_far
from layers.errors import Fault
from layers.manifest import Manifest
from layers.sentences import Rounded, Sentence, say
from layers.tables import WGS84, first_row

BENT_MAX_SHARE = 0.02
"""How much lengths may be bent in the area before its reference system is refused [share]; a judgement."""

DROPPED_MAX_SHARE = 0.1
"""Share of the incidents outside the outline from which on the file is refused; a judgement."""


def cross_faults(layers: dict[str, Any], manifest: Manifest) -> list[Fault]:
    """Say what does not fit together between files that are each in order."""
    faults: list[Fault] = []
    files = manifest.files
    if {"sites", "assets"} <= layers.keys():
        lost = ~layers["assets"]["site_id"].isin(layers["sites"].index)
        faults += _cross(
            files["assets"],
            "site_id",
            layers["assets"]["site_id"],
            lost,
            say("{value} is no site of {file}", file=files["sites"]),
        )
    if {"regions", "districts"} <= layers.keys():
        lost = ~layers["districts"]["parent_id"].isin(layers["regions"].index)
        faults += _cross(
            files["districts"],
            "parent_id",
            layers["districts"]["parent_id"],
            lost,
            say("{value} is no unit of {file}", file=files["regions"]),
        )
    if "regions" in layers:
        faults += [
            Fault(
                "area.toml",
                say("focus {focus} names {unit}, which is no unit", focus=repr(name), unit=repr(unit)),
                say("Use identifiers of {file}.", file=files["regions"]),
            )
            for name, units in manifest.focus
            for unit in units
            if unit not in layers["regions"].index
        ]
    if "country" in layers and layers["country"].empty:
        faults.append(
            Fault(files["country"], say("there is no outline in it"), say("Put the country's outline there."))
        )
    elif {"sites", "country"} <= layers.keys():
        outline = layers["country"].union_all()
        bent = _bent(layers["country"], manifest)
        if bent:
            return [*faults, *bent]
        faults += too_far(layers["sites"], outline, manifest.cell_m, files["sites"])
        if "incidents" in layers:
            faults += _incidents_outside(layers["incidents"], outline, manifest)
    return faults


def _cross(
    file: str, column: str, values: pd.Series[Any], lost: pd.Series[bool], problem: Sentence
) -> list[Fault]:
    positions = lost.to_numpy().nonzero()[0]
    if not len(positions):
        return []
    first = values.iloc[positions[0]]
    return [
        Fault(
            file,
            problem.having(value=repr(first)),
            say("Correct it or add the other row."),
            column,
            int(positions[0]) + first_row(file),
            len(positions),
        )
    ]


def _bent(country: gpd.GeoDataFrame, manifest: Manifest) -> list[Fault]:
    """Refuse a reference system that bends lengths in the country, and propose one centred on it."""
    degrees = shapely.get_coordinates(country.to_crs(WGS84).geometry.to_numpy())
    system = Proj(manifest.crs)
    factors = system.get_factors(degrees[:, 0], degrees[:, 1], errcheck=False)
    stretched = np.stack([factors.tissot_semimajor, factors.tissot_semiminor])
    share = np.abs(stretched - 1)
    worst = float(share[np.isfinite(share)].max(initial=0.0))
    cut = crosses(degrees[:, 0])
    if worst <= BENT_MAX_SHARE and np.isfinite(share).all() and not cut:
        return []
    lon = np.where(degrees[:, 0] < 0, degrees[:, 0] + 360, degrees[:, 0]) if cut else degrees[:, 0]
    lat_0, lon_0 = (round((ends.min() + ends.max()) / 2, 1) for ends in (degrees[:, 1], lon))
    over = " +over" if cut or lon.max() > 180 else ""  # noqa: PLR2004  half round the globe
    centre = f"+lat_0={lat_0:.1f} +lon_0={wrapped(lon_0):.1f}{over}"
    proposed = f"+proj=laea {centre} +datum=WGS84 +units=m +no_defs"
    problem = (
        say("the area lies on both sides of the antimeridian, where longitudes of this system jump")
        if cut
        else say(
            "the reference system bends lengths in the area by up to {percent} %",
            percent=Rounded(100 * worst, 0),
        )
    )
    remedy = say('Write {key} = "{value}".', key="crs", value=proposed)
    return [Fault("area.toml", problem, remedy, "crs")]


def _incidents_outside(incidents: gpd.GeoDataFrame, outline: BaseGeometry, manifest: Manifest) -> list[Fault]:
    """
    Return why incidents outside the outline cannot simply be left out.

    Those that would lie inside with longitude and latitude changed over are a fault, as sites are;
    so is a file of which more than a tenth lies outside, with where that is.
    """
    far = np.flatnonzero(outside_m(incidents.geometry, outline) > manifest.cell_m)
    if not len(far):
        return []
    file = manifest.files["incidents"]
    swapped = far[swapped_inside(incidents.geometry.iloc[far], outline)]
    if len(swapped):
        problem = say(
            "{n} of {total} incidents lie outside the country's outline", n=len(swapped), total=len(incidents)
        )
        return [Fault(file, problem, SWAPPED_REMEDY, "lon", int(swapped[0]) + first_row(file), len(swapped))]
    if len(far) <= DROPPED_MAX_SHARE * len(incidents):
        return []
    west, south, east, north = incidents.geometry.iloc[far].to_crs(WGS84).total_bounds
    problem = say(
        "{n} of {total} incidents lie outside the country's outline, between longitude {west} and {east},"
        " latitude {south} and {north}",
        n=len(far),
        total=len(incidents),
        west=Rounded(west, 1),
        east=Rounded(east, 1),
        south=Rounded(south, 1),
        north=Rounded(north, 1),
    )
    remedy = say("Check their coordinates, or cut the file to the country.")
    return [Fault(file, problem, remedy, "lon", int(far[0]) + first_row(file), len(far))]
