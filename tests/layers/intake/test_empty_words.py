"""An empty cell in a column of words is asked about as such, and answered in one word."""

from __future__ import annotations

import pytest

from layers.intake.answers import read_answers
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

SITES = "Name,Type,Latitude,Longitude\nAlpha,TOB,0.5,20.25\nBravo,,0.8,20.75\nCharlie,-,0.2,20.5\n"
INCIDENTS = (
    "Date,Type,Latitude,Longitude,Civilians killed\n2019-02-13,Ambush,0.51,20.16,1\n2019-02-14,,0.5,20.2,2\n"
)
OF_INCIDENTS = ("layer=incidents", "value.geo_precision=1", "value.reliability=1", *LEDGER)


@pytest.fixture
def sites(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(SITES, encoding="utf-8")
    return path


def test_rows_with_an_empty_cell_are_asked_about_once_with_their_number(bringing, sites):
    [asked] = bringing.offer(sites, "layer=sites", *LEDGER).questions
    assert asked.key == "empty.kind"
    assert "The cell of 'Type' is empty in rows: 2." in asked.asks
    assert asked.choices[-1] == "leave_out"


def test_rows_with_an_empty_cell_are_left_out_as_is_said(bringing, sites):
    taken = bringing.offer(sites, "layer=sites", "empty.kind=leave_out", *LEDGER).taken
    assert (taken.taken, [each.rows for each in taken.left_out], taken.reports) == (1, [(3, 4)], ())


def test_rows_with_an_empty_cell_are_taken_for_a_word_as_is_said(bringing, sites):
    taken = bringing.offer(sites, "layer=sites", "empty.kind=camp", *LEDGER).taken
    assert list(taken.frame["kind"]) == ["tob", "camp", "camp"]


def test_an_empty_answer_about_empty_cells_leaves_nothing_out(bringing, sites):
    assert [each.key for each in bringing.offer(sites, "layer=sites", "empty.kind=", *LEDGER).questions] == [
        "empty.kind"
    ]


def test_another_word_for_empty_cells_is_asked_again(bringing, sites):
    [asked] = bringing.offer(sites, "layer=sites", "empty.kind=castle", *LEDGER).questions
    assert (asked.key, "'castle' is no word of kind" in asked.asks) == ("empty.kind", True)


def test_the_words_own_way_of_not_knowing_is_proposed(bringing, tmp_path):
    path = tmp_path / "incidents.csv"
    path.write_text(INCIDENTS, encoding="utf-8")
    asked = [each for each in bringing.offer(path, *OF_INCIDENTS).questions if each.key.startswith("empty.")]
    assert [each.suggested for each in asked] == ["unknown"]


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (("empty.kind=camp",), {"": "camp"}),
        (("empty.kind=leave_out", "word.kind.X=tob"), {"": "", "X": "tob"}),
        (("word.kind.=camp",), {"": "camp"}),
    ],
)
def test_what_empty_cells_mean_is_read_from_either_key(texts, meant):
    assert read_answers(texts).words == {"kind": meant}


ROADS = (
    '{"type": "Feature", "properties": {"road": "R%d", "surface": "%s", "cls": "primary"}, "geometry":'
    ' {"type": "LineString", "coordinates": [[20.2, 0.4], [20.6, 0.5]]}}'
)


@pytest.fixture
def roads(tmp_path):
    path = tmp_path / "roads.geojson"
    rows = ", ".join(ROADS % each for each in enumerate(["", "n/a", "-", "paved", "unpaved"]))
    path.write_text(f'{{"type": "FeatureCollection", "features": [{rows}]}}', encoding="utf-8")
    return path


OF_ROADS = ("layer=roads", "value.road_class=primary", *LEDGER)


def surfaces(bringing, roads, *answers):
    return list(bringing.offer(roads, *OF_ROADS, *answers).taken.frame["surface"])


def test_what_is_said_of_empty_cells_holds_however_they_are_written_where_a_word_would_stand(bringing, roads):
    assert surfaces(bringing, roads, "empty.surface=paved") == ["paved"] * 4 + ["unpaved"]


def test_empty_cells_of_which_nothing_is_said_stay_not_known(bringing, roads):
    assert surfaces(bringing, roads) == ["unknown"] * 3 + ["paved", "unpaved"]


@pytest.mark.parametrize("name", ["smoothness", "name", "confidence"])
def test_what_is_said_of_empty_cells_of_no_column_of_words_is_asked_back(bringing, roads, name):
    [asked] = bringing.offer(roads, *OF_ROADS, f"empty.{name}=leave_out").questions
    assert (asked.key, f"No column of words is taken for {name}" in asked.asks) == (f"empty.{name}", True)


def test_what_is_said_of_empty_cells_of_no_column_can_be_taken_back(bringing, roads):
    assert bringing.offer(roads, *OF_ROADS, "empty.smoothness=good", "empty.smoothness=").questions == ()
