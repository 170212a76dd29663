"""GeoNames (the cities500 list): towns with their population."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from layers.formats.delimited import Inspection, read_table
from layers.formats.identity import told_apart
from layers.formats.reading import Reading
from layers.formats.spelling import AS_GIVEN, Spelling, spelled
from layers.places import PlaceKind
from layers.sentences import say

TOWN_PEOPLE = 5_000
"""From here on a place counts as a town [persons]; a judgement."""


def read_geonames(path: Path, country: str, spelling: Spelling = AS_GIVEN) -> Reading:
    """
    Read the places of one country.

    Parameters
    ----------
    path
        CSV with geonameid, name, latitude, longitude, countrycode and population.
    country
        ISO code of two letters.
    spelling
        How names are written here.

    Returns
    -------
    Reading
        Columns of `Places`; a population of 0 means that none is stated, so it is empty.

    Raises
    ------
    LayerError
        With every fault found.
    """
    table = read_table(
        path,
        required=("geonameid", "name", "latitude", "longitude", "countrycode", "population"),
        degrees=("longitude", "latitude"),
    )
    look = Inspection(table)
    people = look.numbers("population", low=0, empty=True)
    large = people >= TOWN_PEOPLE
    frame = gpd.GeoDataFrame(
        {
            "place_id": "gn-" + look.text("geonameid"),
            "name": spelled(look.text("name"), spelling),
            "kind": large.map({True: str(PlaceKind.TOWN), False: str(PlaceKind.VILLAGE)}),
            "people": people.where(people > 0),
        },
        geometry=look.points("longitude", "latitude"),
    )
    look.finish()
    reading = Reading(frame, table.dropped).keeping(
        look.text("countrycode") == country, layer="places", reason=say("outside {country}", country=country)
    )
    return told_apart(reading, "place_id", layer="places")
