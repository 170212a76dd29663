"""OurAirports: airfields, and the length of their longest runway."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.airfields import AirfieldKind
from layers.formats.delimited import Inspection, read_table
from layers.formats.identity import told_apart
from layers.formats.reading import Reading
from layers.sentences import say

KIND = {
    "large_airport": AirfieldKind.AIRPORT,
    "medium_airport": AirfieldKind.AIRPORT,
    "small_airport": AirfieldKind.AIRSTRIP,
    "heliport": AirfieldKind.HELIPORT,
    "closed": AirfieldKind.CLOSED,
    "seaplane_base": "seaplane_base",
    "balloonport": "balloonport",
}
"""`type`; seaplane bases and balloonports are left out."""

_FOOT_M = 0.3048


def read_ourairports(airports: Path, runways: Path) -> Reading:
    """
    Read airfields and their runways.

    Returns
    -------
    Reading
        Columns of `Airfields`; `runway_m` [m] is the longest runway not closed, empty
        where none is listed.

    Raises
    ------
    LayerError
        With the faults of both files.
    """
    fields = read_table(
        airports,
        required=("ident", "type", "name", "latitude_deg", "longitude_deg"),
        degrees=("longitude_deg", "latitude_deg"),
    )
    look = Inspection(fields)
    frame = gpd.GeoDataFrame(
        {
            "airfield_id": look.text("ident"),
            "name": look.text("name"),
            "kind": look.codes("type", KIND).astype(str),
        },
        geometry=look.points("longitude_deg", "latitude_deg"),
    )
    longest_m = _longest_runway_m(runways, look)
    look.finish()
    frame["runway_m"] = frame["airfield_id"].map(longest_m).astype(float)
    reading = Reading(frame, fields.dropped).keeping(
        frame["kind"].isin(list(AirfieldKind)),
        layer="airfields",
        reason=say("no place for aeroplanes or helicopters"),
    )
    return told_apart(reading, "airfield_id", layer="airfields")


def _longest_runway_m(path: Path, airfields: Inspection) -> pd.Series:
    """Return the longest open runway [m] by airfield; the file's faults go to `airfields`."""
    table = read_table(path, required=("airport_ident", "length_ft", "closed"))
    look = Inspection(table)
    length_m = look.numbers("length_ft", low=0, empty=True) * _FOOT_M
    usable = look.numbers("closed", low=0, high=1, empty=True).fillna(0) == 0
    airfields.faults.extend(look.faults)
    return length_m.where(length_m > 0)[usable].groupby(look.text("airport_ident")[usable]).max()
