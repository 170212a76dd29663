"""Places for names on the map: seats of regions and districts, and towns with their population."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from pyproj import CRS

from layers.formats.forbidden import plain
from layers.formats.reading import Reading
from layers.places import PlaceKind
from layers.sentences import say

SAME_M = 30_000
"""Two places of one name nearer than this are one [m]."""

SPOT_M = 3_000
"""Two places nearer than this are one whatever their names [m]: spellings differ."""

SEATS = (PlaceKind.CAPITAL, PlaceKind.REGION_SEAT, PlaceKind.DISTRICT_SEAT)


def labelled_places(settlements: Reading, towns: Reading, crs: CRS) -> Reading:
    """
    Join the seats of one source with the towns of another.

    Parameters
    ----------
    settlements
        Populated places with their rank; only seats of districts and above are taken.
    towns
        Towns with their population.
    crs
        Reference system in metres, to measure in.

    Returns
    -------
    Reading
        Columns of `Places`: every seat, with the population of the town of the same
        name near it or, failing that, on the same spot; and the towns that are no seat.
    """
    seats = settlements.keeping(
        settlements.frame["kind"].isin(list(SEATS)),
        layer="places",
        reason=say("no seat of a district: too many for the map"),
    )
    pairs = _pairs(seats.shapes.to_crs(crs), towns.shapes.to_crs(crs))
    people = towns.frame.set_index("place_id")["people"]
    named = seats.frame.assign(people=seats.frame["place_id"].map(pairs).map(people))
    rest = towns.frame[~towns.frame["place_id"].isin(pairs.to_numpy())]
    frame = gpd.GeoDataFrame(pd.concat([named, rest], ignore_index=True), crs=seats.shapes.crs)
    note = f"{len(pairs)} of {len(named)} seats take the population of the town of their name or spot"
    return Reading(
        frame.sort_values("place_id", ignore_index=True), (*seats.dropped, *towns.dropped), (note,)
    )


def _pairs(seats: gpd.GeoDataFrame, towns: gpd.GeoDataFrame) -> pd.Series:
    """Return the town of each seat that has one, by seat; both in metres."""
    found = {}
    for seat_id, name, point in zip(seats["place_id"], seats["name"], seats.geometry, strict=True):
        away_m = towns.distance(point)
        alike = (towns["name"].map(plain) == plain(name)) & (away_m <= SAME_M)
        near = towns.assign(away_m=away_m, other=~alike)[alike | (away_m <= SPOT_M)]
        if len(near):
            found[seat_id] = near.sort_values(["other", "away_m", "place_id"])["place_id"].iloc[0]
    return pd.Series(found, dtype=object)
