"""Lists without a reader whose publisher their columns tell: the ledger is proposed, and what they are not is said."""

from __future__ import annotations

import pytest

from tests.foreign_files import collection, feature

pytestmark = pytest.mark.slow

RING = [[[20.1, 0.1], [20.3, 0.1], [20.3, 0.3], [20.1, 0.3], [20.1, 0.1]]]
LABEL = {
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
    path.write_bytes(collection([feature("Polygon", RING, **LABEL)]))
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
    path.write_bytes(collection([feature("Polygon", RING, **LABEL, adm0_a3="SQR", iso_3166_2="SQ-W")]))
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
