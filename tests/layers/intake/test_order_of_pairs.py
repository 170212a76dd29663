"""Which of two degrees in a cell is the latitude: the area decides and it is said, or a person is asked."""

from __future__ import annotations

import pytest

from tests.foreign_files import workbook
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

SAID = ("layer=sites", *LEDGER)


@pytest.fixture
def pairs(tmp_path):
    """Return a function that writes a list of sites with pairs of degrees."""

    def writing(*cells: str):
        path = tmp_path / "sites.csv"
        rows = "".join(f'Post {n},TOB,"{cell}"\n' for n, cell in enumerate(cells))
        path.write_text(f"Name,Type,GPS\n{rows}", encoding="utf-8")
        return path

    return writing


@pytest.mark.parametrize(
    ("cells", "order"),
    [(("0.5, 20.25", "0.8, 20.75"), "latitude"), (("20.25, 0.5", "20.75, 0.8"), "longitude")],
)
def test_where_the_area_decides_nobody_is_asked_and_it_is_said(bringing, pairs, cells, order):
    offer = bringing.offer(pairs(*cells), *SAID)
    assert offer.questions == ()
    assert f"'GPS' is read as {order} first: only so do its places lie in the area." in offer.sheet.remarks
    assert [(each.x, each.y) for each in offer.taken.frame.geometry] == [(20.25, 0.5), (20.75, 0.8)]


def test_where_the_area_does_not_decide_a_person_is_asked(bringing, pairs):
    [asked] = bringing.offer(pairs("45.5, 33.25", "45.8, 33.75"), *SAID).questions
    assert (asked.key, asked.choices) == ("first", ("latitude", "longitude"))


def test_what_a_person_says_of_the_order_holds(bringing, pairs):
    offer = bringing.offer(pairs("0.5, 20.25", "0.8, 20.75"), "first=longitude", *SAID)
    assert offer.taken.taken == 0


def test_where_letters_say_the_order_nothing_more_is_said(bringing, pairs):
    offer = bringing.offer(pairs("0.5 N, 20.25 E", "0.8 N, 20.75 E"), *SAID)
    assert not any("only so do its places" in each for each in offer.sheet.remarks)


@pytest.mark.parametrize("answer", ["first=longitude", "swapped=yes"])
def test_a_person_who_says_otherwise_than_the_area_is_followed_and_not_contradicted(bringing, pairs, answer):
    offer = bringing.offer(pairs("0.5, 20.25", "0.8, 20.75"), answer, *SAID)
    assert offer.taken.taken == 0
    assert not any("only so do its places" in each or "in the area" in each for each in offer.sheet.remarks)
    assert (offer.sheet.extent.west, offer.sheet.extent.north) == (0.5, 20.75)


def test_a_person_who_agrees_with_the_area_leaves_its_remark(bringing, pairs):
    offer = bringing.offer(pairs("0.5, 20.25", "0.8, 20.75"), "first=latitude", *SAID)
    assert any("only so do its places" in each for each in offer.sheet.remarks)


@pytest.fixture
def under_one_heading(tmp_path):
    """Return a function that writes a workbook with one merged heading over two columns of degrees."""

    def writing(heading: str, *places: tuple[float, float]):
        path = tmp_path / "bases.xlsx"
        rows = [["Name", heading, None, "Type"], *([f"Post {n}", *at, "TOB"] for n, at in enumerate(places))]
        path.write_bytes(workbook({"Bases": rows}, ["B1:C1"]))
        return path

    return writing


def test_under_one_heading_a_person_is_asked_which_column_is_the_latitude(bringing, under_one_heading):
    path = under_one_heading("Coordinates", (0.5, 20.2), (0.8, 20.7))
    [asked] = bringing.offer(path, *SAID).questions
    assert (asked.key, "'Coordinates', 'column 3'" in asked.asks) == ("first", True)
    taken = bringing.offer(path, "first=latitude", *SAID).taken
    assert [(each.x, each.y) for each in taken.frame.geometry] == [(20.2, 0.5), (20.7, 0.8)]
    assert bringing.offer(path, "first=longitude", *SAID).taken.taken == 0


@pytest.mark.parametrize(
    ("heading", "at"), [("Coordonnées (lat / long)", (0.5, 20.2)), ("GPS: long, lat", (20.2, 0.5))]
)
def test_a_heading_that_says_the_order_is_followed(bringing, under_one_heading, heading, at):
    offer = bringing.offer(under_one_heading(heading, at, at[:]), *SAID)
    assert offer.questions == ()
    assert {(each.x, each.y) for each in offer.taken.frame.geometry} == {(20.2, 0.5)}


def test_a_number_beside_a_column_of_coordinates_with_a_name_is_none(bringing, under_one_heading):
    offer = bringing.offer(under_one_heading("Troops", (150, 20), (120, 30)), *SAID)
    assert [each.key for each in offer.questions] == ["content.…"]
