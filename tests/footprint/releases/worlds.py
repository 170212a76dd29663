"""Worlds of counts small enough to reckon by hand."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.releases.counts import AREA, CountOf, IncidentCount, region, square, unit
from layers import Area
from tests.worlds import make_area, make_assets, make_incidents, make_sites, make_units

WEST, EAST = unit("west"), unit("east")


def area_with(counts: Mapping[tuple[str, int], int], **columns: object) -> Area:
    """
    Return an area of two regions of two units each, with so many incidents by unit and year.

    north: nw | ne
    south: sw | se
    """
    boxes = {"nw": (0, 50, 50, 100), "ne": (50, 50, 100, 100), "sw": (0, 0, 50, 50), "se": (50, 0, 100, 50)}
    middles = {name: ((west + east) / 2, (low + high) / 2) for name, (west, low, east, high) in boxes.items()}
    rows = [
        {"at": middles[place], "year": year, **columns}
        for (place, year), number in counts.items()
        for _ in range(number)
    ]
    return make_area(
        size=(0, 0, 100, 100),
        sites=make_sites({"a": (10, 10)}),
        assets=make_assets({}),
        incidents=make_incidents(rows),
        regions=make_units(
            {"north": (0, 50, 100, 100), "south": (0, 0, 100, 50)}, {"north": "c", "south": "c"}
        ),
        districts=make_units(boxes, {"nw": "north", "ne": "north", "sw": "south", "se": "south"}),
    )


def table(places: tuple[str, ...], *spans: tuple[int, int]) -> list[CountOf]:
    """Return the counts of a table of places by spans of years."""
    return [CountOf(place, first, last) for place in places for first, last in spans]


ALL_PLACES = (AREA, region("north"), region("south"), *(unit(name) for name in ("nw", "ne", "sw", "se")))

__all__ = ["ALL_PLACES", "AREA", "CountOf", "IncidentCount", "area_with", "region", "square", "table", "unit"]
