"""Provider outlines differ: what lies up to a cell outside takes the nearest cell, and is named."""

from __future__ import annotations

import pytest

from footprint.caveats import moved
from footprint.language import Language
from layers import load_area
from layers.border import nearest_cells
from layers.errors import LayerError
from layers.grid import make_grid
from tests.layers.square import Folder
from tests.worlds import METRES, make_area, make_assets, make_sites

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path):
    """Two degrees square, from 5 to 3 degrees west; cells of 10 km."""
    return Folder(tmp_path)


def _incident(number: int, lon: float, lat: float, place: str = "Bangui city") -> str:
    return f"e{number},2019-03-23,2019,day,battle,4,4,1,1,,,{place},invented,true,{lon},{lat}"


def test_a_site_just_outside_stands_in_the_nearest_cell_and_is_named_with_its_distance(folder):
    folder.add("sites.csv", "port,Port,camp,all,,,low,invented,-5.05,14")
    area = load_area(folder.path)
    (port,) = area.moved
    assert (port.layer, port.name, port.rows) == ("sites", "Port", 1)
    assert port.distance_m == pytest.approx(5_400, abs=50)
    point = area.sites.geometry["port"]
    assert area.grid.cell_at(point.x, point.y) >= 0


def test_the_notice_names_it_in_both_languages(folder):
    folder.add("sites.csv", "port,Port,camp,all,,,low,invented,-5.002,14")
    (notice,) = moved(load_area(folder.path))
    assert notice.said(Language("en")) == (
        "Outside the country's outline, taken at the nearest cell: Port (216 m)."
    )
    assert notice.said(Language("fr")) == (
        "Hors des limites du pays, pris à la maille la plus proche\N{NO-BREAK SPACE}: Port (216 m)."
    )


def test_a_site_farther_than_a_cell_is_a_fault_with_file_row_name_distance_and_remedy(folder):
    folder.add(
        "sites.csv",
        "port,Port,camp,all,,,low,invented,-5.2,14",
        "far,Far,camp,all,,,low,invented,-5.9,14",
    )
    near, far = folder.faults()
    assert near == (
        "sites.csv, column 'lon', row 4: 'Port' lies 21.6 km outside the country's outline, more than one cell"
        " (10 km). Check its coordinates, or draw the outline to hold it."
    )
    assert far.startswith("sites.csv, column 'lon', row 5: 'Far' lies 97.2 km outside")


def test_a_site_with_longitude_and_latitude_changed_over_is_told_so(folder):
    folder.add("sites.csv", "turned,Turned,camp,all,,,low,invented,14,-4.5")
    (fault,) = folder.faults()
    assert "'Turned' lies" in fault
    assert fault.endswith("Longitude and latitude look swapped.")


def test_incidents_just_outside_count_where_they_are_and_are_named_by_place(folder):
    rows = [_incident(number, -5.005, 14) for number in range(3)] + [_incident(9, -5.01, 13.5, "")]
    folder.add("incidents.csv", *rows)
    area = load_area(folder.path)
    assert len(area.incidents) == 5
    assert [(each.name, each.rows) for each in area.moved] == [("Bangui city", 3), ("e9", 1)]
    assert (area.grid.cell_at(area.incidents.geometry.x, area.incidents.geometry.y) >= 0).all()
    (notice,) = moved(area)
    assert notice.said(Language("en")) == (
        "Incidents outside the country's outline, taken at the nearest cell: 4, most at"
        " Bangui city (3, 540 m), e9 (1, 1083 m)."
    )


def test_a_tenth_of_the_incidents_outside_is_left_out_and_more_is_refused_with_where(folder):
    inside = [_incident(number, -4, 14) for number in range(8)]
    folder.add("incidents.csv", *inside, _incident(90, 2.5, 13.5))
    assert [(drop.reason, drop.rows) for drop in load_area(folder.path).dropped] == [
        ("more than a cell outside the country's outline", 1)
    ]
    folder.add("incidents.csv", *inside, _incident(90, 2.5, 13.5), _incident(91, 2.1, 13.7))
    (fault,) = folder.faults()
    assert fault == (
        "incidents.csv, column 'lon', row 11 and 1 more: 2 of 11 incidents lie outside the country's outline,"
        " between longitude 2.1 and 2.5, latitude 13.5 and 13.7. Check their coordinates, or cut the file to"
        " the country."
    )


def test_all_incidents_changed_over_are_refused_as_swapped(folder):
    folder.put("incidents.csv", *[_incident(number, 14, -4) for number in range(5)])
    with pytest.raises(
        LayerError, match=r"5 of 5 incidents lie outside .* Longitude and latitude look swapped"
    ):
        load_area(folder.path)


def test_a_few_incidents_changed_over_are_a_fault_too_and_not_left_out(folder):
    inside = [_incident(number, -4, 14) for number in range(50)]
    folder.put("incidents.csv", *inside, _incident(90, 14, -4))
    (fault,) = folder.faults()
    assert fault == (
        "incidents.csv, column 'lon', row 52: 1 of 51 incidents lie outside the country's outline. Longitude and"
        " latitude look swapped."
    )


def test_a_site_on_the_outline_at_the_far_edge_of_the_last_cell_has_a_cell():
    country = make_area(sites=make_sites({"edge": (100, 50)}), assets=make_assets({})).country.union_all()
    grid = make_grid(country, METRES, cell_m=5000)
    rows, named = nearest_cells("sites", make_sites({"edge": (100, 0)}), ["Edge"], outline=country, grid=grid)
    assert grid.cell_at(rows.geometry.x, rows.geometry.y)[0] >= 0
    assert named == ()
