"""Lists without a reader whose publisher their columns tell: the ledger is proposed, and what they are not is said."""

from __future__ import annotations

import csv
from types import SimpleNamespace

import pytest

from layers.cautions import LABEL, counts_not_taken, not_taken, titles_with
from layers.intake.answers import AnswerError, read_answers
from layers.intake.ledgers import joined_ledger
from tests.foreign_files import collection, feature
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

RING = [[[20.1, 0.1], [20.3, 0.1], [20.3, 0.3], [20.1, 0.3], [20.1, 0.1]]]
AREA = {
    "featurecla": "Geoarea",
    "name": "MARSH",
    "namealt": None,
    "region": "Africa",
    "min_label": 4.0,
    "max_label": 8.0,
    "scalerank": 3,
}


@pytest.fixture
def marsh(tmp_path):
    path = tmp_path / "regions.geojson"
    path.write_bytes(collection([feature("Polygon", RING, **AREA)]))
    return path


def test_an_area_with_a_name_is_no_unit_and_only_its_layer_and_months_are_asked(bringing, marsh):
    offer = bringing.offer(marsh)
    layer, months, date = offer.questions
    assert (layer.key, layer.suggested, months.key) == ("layer", "flood_zones", "value.months")
    assert (date.key, date.suggested) == ("ledger.date", "not stated")
    assert {"nothing", "lakes"} <= set(layer.choices)
    assert (offer.ledger["origin"], offer.ledger["licence"]) == ("Natural Earth", "public domain")
    assert any("how far a flood reaches" in str(each) for each in offer.sheet.remarks)


SAID = ("ledger.origin=Office", "ledger.date=2019")


def test_what_a_person_says_of_the_ledger_wins(bringing, marsh):
    offer = bringing.offer(marsh, "layer=flood_zones", "value.months=7-12", *SAID)
    assert offer.questions == ()
    assert (offer.ledger["origin"], offer.ledger["confidence"]) == ("Office", "low")


def test_units_of_the_same_publisher_stay_units(bringing, tmp_path):
    path = tmp_path / "units.geojson"
    path.write_bytes(collection([feature("Polygon", RING, **AREA, adm0_a3="SQR", iso_3166_2="SQ-W")]))
    assert bringing.offer(path).layer == "regions"


@pytest.mark.parametrize(
    ("columns", "row", "origin"),
    [
        (
            "pcode,name,loc_type,loc_subtype,unhcr_assist,type,POINT_X,POINT_Y",
            "1,Alpha,camp,,yes,IDP,20.2,0.5",
            "UNHCR",
        ),
        (
            "State_code,County_code,Payam_code,Health Facility Name,Functional Status,latitude,longitude",
            "S,C,P,Alpha PHCC,functional,0.5,20.2",
            "WHO",
        ),
    ],
)
def test_lists_of_sensitive_places_name_who_made_them(bringing, tmp_path, columns, row, origin):
    path = tmp_path / "list.csv"
    path.write_text(f"{columns}\n{row}\n")
    offer = bringing.offer(path)
    assert origin in offer.ledger["origin"]
    assert [each.key for each in offer.questions if each.key.startswith("ledger.")] == ["ledger.date"]


def test_a_list_of_nobody_known_asks_who_made_it(bringing, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,kind,latitude,longitude\nAlpha,camp,0.5,20.2\n")
    assert "ledger.origin" in [each.key for each in bringing.offer(path, "layer=sites").questions]


def test_lines_of_water_without_a_publisher_may_be_rivers(bringing, tmp_path):
    path = tmp_path / "waters.geojson"
    path.write_bytes(collection([feature("LineString", [[20.1, 0.1], [20.3, 0.3]], river="Long")]))
    (asked,) = [each for each in bringing.offer(path).questions if each.key == "layer"]
    assert (asked.suggested, "rivers" in asked.choices) == ("rivers", True)


def test_what_a_label_is_not_stands_in_the_ledger(bringing, marsh):
    offer = bringing.offer(marsh, "layer=flood_zones", "value.months=7-12", *SAID)
    assert offer.ledger["note"] == str(LABEL)


def test_rows_that_are_not_taken_stand_in_the_ledger_and_beside_every_answer(bringing, tmp_path):
    path = tmp_path / "bases.csv"
    path.write_text("name,kind,lat,lon\nAlpha,camp,0.5,20.2\nBravo,camp,,\nZulu,camp,far,20.3\n")
    answers = ("layer=sites", *LEDGER)
    assert bringing.offer(path, *answers).ledger["note"] == not_taken(2, "bases.csv")
    bringing.take((path, answers), leaves_out=True)
    ledger = csv.DictReader((bringing.area / "sources.csv").read_text(encoding="utf-8").splitlines())
    rows = [SimpleNamespace(**row) for row in ledger]
    assert counts_not_taken(rows) == ["2, bases.csv"]


def test_a_lake_of_natural_earth_is_one_without_a_question(bringing, tmp_path):
    path = tmp_path / "lakes.geojson"
    columns = {"featurecla": "Lake", "scalerank": 7, "name": "Deep", "name_alt": None, "min_zoom": 5.7}
    path.write_bytes(collection([feature("Polygon", RING, **columns)]))
    offer = bringing.offer(path, "ledger.date=2019")
    assert (offer.layer, offer.questions, offer.ledger["origin"]) == ("lakes", (), "Natural Earth")


def test_a_list_with_runways_is_offered_as_airfields(bringing, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Nom;Piste;Longueur de piste;Latitude;Longitude\nAlpha;terre;1 200;0,5;20,2\n")
    assert bringing.offer(path).layer == "airfields"


def test_a_site_list_with_a_runway_is_one_of_sites(bringing, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Base;FPU;Runway length;Latitude;Longitude\nAlpha;1;1200;0.5;20.2\n")
    assert bringing.offer(path).layer == "sites"


@pytest.mark.parametrize("date", ["content.Longitude=longitude", "soon", "12"])
def test_a_day_that_names_no_year_is_refused(date):
    with pytest.raises(AnswerError, match="names no year"):
        read_answers([f"ledger.date={date}"])


@pytest.mark.parametrize("date", ["2019", "30 juin 2019", "2011-2021", "not stated"])
def test_a_day_or_years_are_taken(date):
    assert read_answers([f"ledger.date={date}"]).stated == {"ledger.date": date}


def test_rows_not_taken_of_two_files_are_told_file_by_file():
    parts = [
        {"title": name, "licence": "own", "note": not_taken(n, name)}
        for n, name in ((113, "facilities (2019).xlsx"), (2, "b; c.csv"))
    ]
    row = SimpleNamespace(title="both", note=joined_ledger(parts)["note"])
    assert counts_not_taken([row]) == ["113, facilities [2019].xlsx", "2, b, c.csv"]


def test_a_caution_is_told_of_a_layer_of_several_files_too():
    parts = [{"title": "Sudd", "note": str(LABEL)}, {"title": "Own zones", "note": ""}]
    row = SimpleNamespace(title="Sudd; Own zones", note=joined_ledger(parts)["note"])
    assert titles_with(LABEL, [row]) == ["Sudd; Own zones"]
