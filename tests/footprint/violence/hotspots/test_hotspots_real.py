"""Real files: the places named are those that a person who knows the country would name, and not the capital alone."""

from __future__ import annotations

from collections import Counter
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pyproj import CRS

from footprint.documents.violence import hotspots_document
from footprint.method import default_method
from footprint.violence import Question
from footprint.violence.hotspots import IncidentFilter, Verdict, emerging, hotspots, select
from footprint.violence.hotspots.emerging import months_back
from layers.grid import make_grid
from tests.kept import area_at
from tests.worlds import HOTSPOT_NUMBERS, find_patterns

pytestmark = pytest.mark.slow

CENTRAL_AFRICA = CRS("+proj=laea +lat_0=6.5 +lon_0=20.5 +datum=WGS84 +units=m +no_defs")
DATES = {1: "day", 2: "week", 3: "week", 4: "month", 5: "year"}
KINDS = {1: "battle", 2: "battle", 3: "attack_on_civilians"}


@pytest.fixture(scope="module")
def mali(real_folder):
    """Mali, as of June 2019, from provider files."""
    return area_at(real_folder)


@pytest.fixture(scope="module")
def south_sudan(south_sudan_folder):
    """South Sudan from provider files."""
    return area_at(south_sudan_folder)


@pytest.fixture(scope="module")
def central_africa(south_sudan_source):
    """Incidents of the Central African Republic, 1991 to 2022, and cells of 10 km within its outline."""
    outlines = gpd.read_file(
        south_sudan_source / "natural_earth/world-atlas_npm_2.0.2_countries10m_ssd_neighbours.geojson"
    ).to_crs(CENTRAL_AFRICA)
    outline = outlines.loc[outlines["name"] == "Central African Rep.", "geometry"].iloc[0]
    raw = gpd.read_file(south_sudan_source.parent / "car/ucdp_ged_23_1_car.geojson").to_crs(CENTRAL_AFRICA)
    rows = {
        "date": pd.to_datetime(raw["date_start"]),
        "year": raw["year"],
        "date_precision": raw["date_prec"].map(DATES),
        "event_type": raw["type_of_violence"].map(KINDS),
        "geo_precision": raw["where_prec"].clip(upper=6),
        "provider": "UCDP",
        "place": raw["where_coordinates"],
    }
    incidents = gpd.GeoDataFrame(rows, geometry=raw.geometry, crs=CENTRAL_AFRICA)
    incidents.index = pd.Index(raw["id"].astype(str), name="incident_id")
    return incidents, make_grid(outline, CENTRAL_AFRICA, cell_m=10_000)


def hot_by_cercle(document):
    return Counter(row.cercle for row in document.hotspots)


def accounted(part):
    return part.used + sum(each.count for each in part.excluded)


def test_mali_names_the_centre_and_neither_the_capital_nor_the_old_north(mali):
    found = find_patterns(mali)
    document = hotspots_document(mali, default_method(), found)
    cells = hot_by_cercle(document)
    assert document.result.verdict is Verdict.FOUND
    # The war of the Centre in 2017 and 2018; of 2019 the file states years only, and the year is not whole.
    assert {"Koro", "Bandiagara", "Bankass", "Douentza"} <= set(cells)
    assert sum(cells[each] for each in ("Koro", "Bandiagara", "Bankass", "Douentza", "Mopti")) > 0.5 * len(
        document.hotspots
    )
    assert not {"Bamako", "Kati", "Kayes", "Sikasso", "Bougouni"} & set(cells)
    assert document.result.largest_share < 0.2
    first = document.excess.circles[0]
    assert (first.cercle, first.p) == ("Koro", 0.001)
    assert first.ratio > 5
    for part in (document.incidents, document.patterns.incidents, document.excess.incidents):
        assert accounted(part) == len(mali.incidents)


def test_mali_dates_its_incidents_by_year_so_that_only_whole_years_of_the_window_count(mali):
    found = find_patterns(mali)
    assert set(found.precise.used["year"]) == {2017, 2018}
    assert (mali.incidents["date_precision"] == "year").all()


def test_south_sudan_names_southern_unity_and_the_equatorias(south_sudan):
    document = hotspots_document(south_sudan, default_method(), find_patterns(south_sudan))
    cells = hot_by_cercle(document)
    # The offensive of 2018 against Koch, Leer and Mayendit; the war around Yei since July 2016.
    assert {"Koch", "Leer", "Mayendit", "Yei", "Lainya", "Kajo-Keji", "Morobo"} <= set(cells)
    assert document.patterns.classed
    assert document.patterns.cells["consecutive_hot"] > document.patterns.cells["new_hot"] > 0
    for part in (document.incidents, document.patterns.incidents, document.excess.incidents):
        assert accounted(part) == len(south_sudan.incidents)


def test_on_raw_counts_of_the_whole_record_one_town_hides_south_sudan(south_sudan):
    raw = find_patterns(south_sudan, Question(whole_record=True, raw_counts=True)).hotspots
    logs = find_patterns(south_sudan, Question(whole_record=True)).hotspots
    assert raw.dominance.counts > 0.8
    assert not raw.significant.any()
    assert logs.significant.any()


def places_hot(central_africa, last, *, raw=False):
    """Return how many incidents of the 36 months before a day lie in hotspots, by place, and the hotspots."""
    incidents, grid = central_africa
    window = IncidentFilter(first=months_back(last, 36), last=last, whole_years=True)
    chosen = select(incidents, window)
    spots = hotspots(chosen, grid, np.ones(grid.n_cells, bool), settings=HOTSPOT_NUMBERS, raw=raw)
    assert spots.n_used + sum(each.count for each in spots.excluded) == len(incidents) == 1848
    cell = cells_of(chosen, grid)
    inside = (cell >= 0) & spots.significant[cell]
    return Counter(chosen.used["place"][inside]), spots


@pytest.mark.parametrize(
    ("last", "places"),
    [
        # The fall of Bangui, and Bambari where the front then lay.
        (date(2014, 12, 31), {"Bangui city", "Bambari town", "Bossangoa town"}),
        # The war of the Ouaka, Basse-Kotto and Haute-Kotto.
        (date(2017, 12, 31), {"Bria town", "Alindao town", "Ndassima village"}),
        # The north-west on the border of Cameroon and Chad.
        (date(2022, 12, 31), {"Bocaranga town", "Mann town", "Ndim village"}),
    ],
)
def test_central_africa_names_the_front_of_each_time(central_africa, last, places):
    named, spots = places_hot(central_africa, last)
    assert spots.verdict is Verdict.FOUND
    assert places <= set(named)
    assert spots.significant.mean() < 0.1


def test_on_raw_counts_the_capital_hides_central_africa_and_the_result_says_so(central_africa):
    incidents, grid = central_africa
    whole = IncidentFilter(first=date(1991, 1, 1), last=date(2022, 12, 31), whole_years=True)
    chosen, everywhere = select(incidents, whole), np.ones(grid.n_cells, bool)
    raw = hotspots(chosen, grid, everywhere, settings=HOTSPOT_NUMBERS, raw=True)
    assert raw.verdict is Verdict.CANNOT_TELL
    assert raw.dominance.counts > 0.9
    assert {"low_power", "dominated"} <= set(raw.causes)
    logs = hotspots(chosen, grid, everywhere, settings=HOTSPOT_NUMBERS)
    cell = cells_of(chosen, grid)
    named = chosen.used["place"][(cell >= 0) & logs.significant[cell]]
    assert {"Bambari town", "Bria town", "Bocaranga town"} <= set(named)


def cells_of(chosen, grid):
    """Return the cell of each incident, -1 outside the outline."""
    return grid.cell_at(chosen.used.geometry.x.to_numpy(), chosen.used.geometry.y.to_numpy())


def test_central_africa_tells_the_north_west_as_consecutive(central_africa):
    incidents, grid = central_africa
    whole = IncidentFilter(first=date(1991, 1, 1), last=date(2022, 12, 31), whole_years=True)
    chosen = select(incidents, whole)
    history = emerging(chosen, grid, np.ones(grid.n_cells, bool), settings=HOTSPOT_NUMBERS)
    assert history.classed
    assert history.trends
    assert len(history.steps) == 10
    cell = cells_of(chosen, grid)
    in_row = (cell >= 0) & (history.pattern[cell] == "consecutive_hot")
    assert {"Bocaranga town", "Mann town"} <= set(chosen.used["place"][in_row])
    # Bangui was hot when it fell, and is no hotspot at the end.
    capital = chosen.used["place"] == "Bangui city"
    assert set(history.pattern[cell[capital & (cell >= 0)]]) <= {"none", "historical_hot"}
