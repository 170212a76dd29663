"""What a person says of files: of one sheet alone, months in words, where rows are, and how it is refused."""

from __future__ import annotations

import pytest

from layers.intake.answers import AnswerError, merged, read_answers, scoped_answers
from layers.intake.preview import remarks_on
from layers.months_typed import months_said
from tests.foreign_files import collection, feature, workbook
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

TEXTS = ("layer=sites", "Planned>layer=nothing", "list.xlsx>ledger.origin=G3", "list.xlsx>Open>order=day")


@pytest.mark.parametrize(
    ("sheet", "file", "stated"),
    [
        ("Open", "list.xlsx", {"layer": "sites", "ledger.origin": "G3", "order": "day"}),
        ("Planned", "list.xlsx", {"layer": "nothing", "ledger.origin": "G3"}),
        ("Open", "other.xlsx", {"layer": "sites"}),
    ],
)
def test_an_answer_may_be_about_one_sheet_or_one_file(sheet, file, stated):
    assert merged(scoped_answers(TEXTS), sheet, file).stated == stated


def test_what_is_said_of_one_sheet_wins_whichever_was_said_first():
    said = scoped_answers(["Planned>layer=nothing", "layer=sites"])
    assert merged(said, "Planned").stated == {"layer": "nothing"}


def test_a_value_said_later_takes_the_place_of_a_column_said_before():
    said = [read_answers(["column.kind=Type"]), read_answers(["value.kind=camp"])]
    assert merged(said, "").stated == {"value.kind": "camp"}


def test_a_cell_that_holds_the_sign_between_sheet_and_key_is_a_cell():
    (only,) = scoped_answers(["word.kind.A>B=camp"])
    assert only.words == {"kind": {"A>B": "camp"}}


def test_a_key_that_is_not_known_is_refused_of_a_sheet_too():
    with pytest.raises(AnswerError, match="no key that is known"):
        scoped_answers(["Planned>layr=nothing"])


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("July to December", "7-12"),
        ("July–December", "7-12"),
        ("de novembre à mars", "11-3"),
        ("Jan, Feb and juin", "1-2,6"),
        ("décembre", "12"),
        ("toute l’année", "all"),
        ("7-12", "7-12"),
        ("none", ""),
        ("rainy season", None),
        ("7/12", None),
        ("July to", None),
    ],
)
def test_months_are_read_where_their_words_are_clear(text, months):
    assert months_said(text) == months


@pytest.fixture
def zone(tmp_path):
    path = tmp_path / "zones.geojson"
    ring = [[[20.1, 0.1], [20.3, 0.1], [20.3, 0.3], [20.1, 0.3], [20.1, 0.1]]]
    path.write_bytes(collection([feature("Polygon", ring, name="Marsh")]))
    return path


def test_months_of_a_flood_zone_are_those_under_water_and_an_example_is_shown(bringing, zone):
    (asked,) = bringing.offer(zone, "layer=flood_zones", *LEDGER).questions
    assert "under water" in asked.asks
    assert "7-12" in asked.asks


def test_an_answer_that_is_no_list_of_months_is_asked_again(bringing, zone):
    offer = bringing.offer(zone, "layer=flood_zones", "value.months=rainy season", *LEDGER)
    assert [each.key for each in offer.questions] == ["value.months"]


def test_months_in_words_stand_in_the_layer_as_numbers(bringing, zone):
    offer = bringing.offer(zone, "layer=flood_zones", "value.months=juillet à décembre", *LEDGER)
    assert list(offer.taken.frame["months"]) == ["7-12"]


def test_rivers_on_which_no_boat_passes_are_said_to_be_so_by_an_empty_answer(bringing, tmp_path):
    path = tmp_path / "rivers.geojson"
    path.write_bytes(collection([feature("LineString", [[20.1, 0.1], [20.3, 0.3]], name="Long")]))
    answers = ("layer=rivers", "value.barrier=true", *LEDGER)
    assert [each.key for each in bringing.offer(path, *answers).questions] == ["value.navigable_months"]
    assert list(
        bringing.offer(path, *answers, "value.navigable_months=").taken.frame["navigable_months"]
    ) == [""]


def test_a_question_for_a_word_names_the_words(bringing, tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text("name,lat,lon\nAlpha,0.5,20.2\n")
    (asked,) = bringing.offer(path, "layer=sites", *LEDGER).questions
    assert "sector_hq (headquarters of a sector), camp (permanent camp)" in asked.asks


# 20.25 E, 0.5 N in zone 34 of the north.
METRIC = "name;kind;X;Y\nAlpha;camp;416560;55270\nBravo;camp;4165600;55270\n"
COLUMNS = ("layer=sites", "content.X=easting", "content.Y=northing", *LEDGER)


@pytest.fixture
def metric(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(METRIC)
    return path


def test_eastings_without_a_zone_ask_for_it(bringing, metric):
    assert [each.key for each in bringing.offer(metric, *COLUMNS).questions] == ["reference"]


@pytest.mark.parametrize("reference", ["UTM 34N", "EPSG:32634"])
def test_a_reference_system_said_for_all_rows_places_them_and_reports_those_far_off(
    bringing, metric, reference
):
    taken = bringing.offer(metric, *COLUMNS, f"reference={reference}").taken
    assert (taken.frame.geometry.x[0], taken.frame.geometry.y[0]) == pytest.approx((20.25, 0.5), abs=1e-3)
    assert [each.rows for each in taken.reports] == [(3,)]


def test_a_zone_that_is_both_a_band_and_a_half_of_the_earth_is_refused():
    with pytest.raises(AnswerError, match="36S"):
        read_answers(["reference=36S"])


def test_how_many_lie_inside_the_outline_is_said_beside_how_many_are_left_out(bringing, tmp_path):
    path = tmp_path / "fields.csv"
    rows = "".join(f"F{n},Field {n},airstrip,{lat},20.4\n" for n, lat in enumerate((0.5, 0.6, 1.4)))
    path.write_text(f"icao,name,kind,lat,lon\n{rows}")
    with bringing.looked(path, "layer=airfields", *LEDGER) as (looked, offer, facts):
        said = [str(each) for each in remarks_on(looked, offer, facts.outline)]
    assert "Places inside the area's outline: 2 of 3." in said
    assert "Left out for lying outside it: 1." in said
    assert not any(each.startswith("Places in the area") for each in said)


def test_several_rows_are_named_together_only_where_they_hold_the_same(bringing, tmp_path):
    path = tmp_path / "sites.csv"
    rows = "".join(f"P{n},camp,0.{n + 1},20.2,{months}\n" for n, months in enumerate(("13", "7", "14", "13")))
    path.write_text(f"name,kind,lat,lon,months\n{rows}")
    reports = bringing.offer(path, "layer=sites", *LEDGER).taken.reports
    assert [(each.rows, "'13'" in each.problem) for each in reports] == [((2, 5), True), ((4,), False)]


def test_a_sheet_of_a_workbook_is_left_aside_where_that_is_said_of_it(bringing, tmp_path):
    path = tmp_path / "sites.xlsx"
    rows = [["name", "kind", "lat", "lon"], ["Alpha", "camp", 0.5, 20.2]]
    path.write_bytes(workbook({"Open": rows, "Planned": rows}))
    said = scoped_answers(["layer=sites", "Planned>layer=nothing", *LEDGER])
    with bringing.looked(path, said=said, sheet=1) as (_, offer, _facts):
        assert offer.is_nothing


@pytest.mark.parametrize(("said", "people"), [("thousands", [1250, 12_000]), ("decimals", [1.25, 12])])
def test_whether_points_part_thousands_is_asked_where_no_cell_says_it(bringing, tmp_path, said, people):
    path = tmp_path / "towns.csv"
    path.write_text("name,kind,people,lat,lon\nA,town,1.250,0.4,20.4\nB,town,12.000,0.5,20.6\n")
    stated = ("layer=places", *LEDGER)
    (question,) = bringing.offer(path, *stated).questions
    assert (question.key, question.choices) == ("dots", ("thousands", "decimals"))
    bringing.take((path, (*stated, f"dots={said}")))
    rows = (bringing.area / "places.csv").read_text().splitlines()[1:]
    assert sorted(float(row.split(",")[3]) for row in rows) == people


def test_a_decimal_elsewhere_in_a_column_makes_no_twelve_people_of_twelve_thousand(bringing, tmp_path):
    path = tmp_path / "towns.csv"
    path.write_text("name,kind,people,lat,lon\nA,town,3.5,0.4,20.4\nB,town,12.000,0.5,20.6\n")
    stated = ("layer=places", *LEDGER)
    (report,) = bringing.offer(path, *stated).taken.reports
    assert (report.column, report.rows) == ("people", (3,))
    assert "could be thousands or decimals" in str(report.problem)
    assert bringing.offer(path, *stated, "dots=decimals").taken.reports == ()


@pytest.mark.parametrize(("lat", "lon"), [("0.4", "120.4"), ("20.4", "0.4"), ("1.6", "20.4")])
def test_a_place_far_outside_the_area_is_reported_and_not_dropped(bringing, tmp_path, lat, lon):
    path = tmp_path / "sites.csv"
    path.write_text(f"name,kind,lat,lon\nAlpha,camp,0.5,20.5\nBravo,camp,{lat},{lon}\n")
    (report,) = bringing.offer(path, "layer=sites", *LEDGER).taken.reports
    assert (report.rows, report.column) == ((3,), "lat")
    assert "outside the area's outline" in str(report.problem)


def test_a_place_just_beyond_the_border_may_be_meant(bringing, tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text("name,kind,lat,lon\nAlpha,camp,0.5,20.5\nBravo,camp,1.4,20.5\n")
    assert bringing.offer(path, "layer=sites", *LEDGER).taken.reports == ()
