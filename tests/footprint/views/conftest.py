"""A small country for maps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pyproj import CRS

from layers.grid import Grid, make_grid
from layers.months import months_mask

LAEA = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")


def frame(index: str, **columns: object) -> gpd.GeoDataFrame:
    """Return a frame with its ids as `index`, in the country's system."""
    made = gpd.GeoDataFrame(columns, crs=LAEA)
    made.index = pd.Index([f"{index}{i}" for i in range(len(made))], name=f"{index}_id")
    return made


@pytest.fixture(scope="session")
def outline() -> shapely.Polygon:
    """A country as large and as far from the centre as Mali, its north-west empty."""
    return shapely.Polygon(
        [(-870e3, -300e3), (-860e3, -790e3), (750e3, -790e3), (850e3, 200e3), (0, 830e3), (-60e3, -300e3)]
    )


@pytest.fixture(scope="session")
def grid(outline) -> Grid:
    """Its cells of 10 km."""
    return make_grid(outline, LAEA, cell_m=10_000)


class Country:
    """The layers of an area that maps draw; `sensitive` raises when touched."""

    area_id, crs, frame_date, folder = "toy", LAEA, date(2019, 6, 30), Path()

    def __init__(self, outline: shapely.Polygon) -> None:
        west, east = (
            outline.intersection(shapely.box(*box)) for box in ((-9e5, -9e5, 0, 9e5), (0, -9e5, 9e5, 9e5))
        )
        units = {"parent_id": "", "approximate": False}
        self.country = frame("country", name=["Toy"], geometry=[outline], **units)
        self.regions = frame("region", name=["West", "East"], geometry=[west, east], **units)
        self.districts = frame("cercle", name=["W", "E"], geometry=[west, east], **units)
        self.lakes = frame("lake", name=["Lake"], geometry=[shapely.Point(2e5, 0).buffer(3e4)])
        self.rivers = frame(
            "river",
            name=["Great", "Small"],
            barrier=[True, False],
            geometry=[
                shapely.LineString([(-7e5, -6e5), (7e5, -1e5)]),
                shapely.LineString([(0, 0), (1e5, 1e5)]),
            ],
        )
        self.flood_zones = frame(
            "zone", name=["Delta"], months=[months_mask("10-1")], geometry=[shapely.box(0, -4e5, 1e5, -2e5)]
        )
        self.roads = frame(
            "road",
            road_class=["trunk", "track"],
            geometry=[shapely.LineString([(-7e5, -7e5), (0, 0)]), shapely.LineString([(0, 0), (5e5, 0)])],
        )
        self.places = frame(
            "place",
            name=["Village", "Town", "Seat", "Capital"],
            kind=["village", "town", "region_seat", "capital"],
            people=[100.0, None, 5e4, 2e6],
            geometry=shapely.points([(0, 0), (1e5, 0), (2e5, 0), (-7e5, -7e5)]),
        )

    @property
    def sensitive(self) -> object:
        """Fail: no map may ask."""
        raise AssertionError("a map asked for sensitive places")


@pytest.fixture
def country(outline) -> Country:
    """The layers of the small country."""
    return Country(outline)
