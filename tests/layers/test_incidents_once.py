"""An event counts once, whoever tells it and however often it was revised; its date is in its year."""

from __future__ import annotations

import pytest

from layers import load_area
from layers.area import Dropped
from layers.errors import LayerError
from layers.formats.acled import read_acled
from layers.incidents import RETOLD, REVISED
from tests.layers.square import Folder

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def _row(
    key: str, *, day: str = "2019-03-01", provider: str = "A", kind: str = "battle", lat: float = 14
) -> str:
    return f"{key},{day},{day[:4]},day,{kind},4,4,1,1,,,Here,{provider},true,-4,{lat}"


def test_an_event_told_by_two_providers_counts_once(folder):
    folder.put(
        "incidents.csv",
        _row("a1"), _row("a2", day="2019-04-01"),
        _row("b1", day="2019-03-02", provider="B", lat=14.08), _row("b2", day="2019-05-01", provider="B"),
        _row("a3", day="2019-06-01"),
    )  # fmt: skip
    area = load_area(folder.path)
    assert area.incidents.index.tolist() == ["a1", "a2", "b2", "a3"]
    assert area.dropped == (Dropped("incidents", RETOLD, 1),)


@pytest.mark.parametrize(
    "other", [{"day": "2019-03-03"}, {"lat": 14.1}, {"kind": "explosion"}], ids=["days", "km", "type"]
)
def test_an_event_of_another_day_place_or_type_is_another_event(folder, other):
    folder.put("incidents.csv", _row("a1"), _row("a2", day="2019-04-01"), _row("b1", provider="B", **other))
    assert len(load_area(folder.path).incidents) == 3


def test_one_provider_may_tell_of_two_events_on_one_day_in_one_place(folder):
    folder.put("incidents.csv", _row("a1"), _row("a2"))
    assert len(load_area(folder.path).incidents) == 2


def test_the_order_of_the_rows_makes_no_difference(folder):
    rows = [
        _row("a1"),
        _row("a2", lat=14.05),
        _row("a3", day="2019-06-01"),
        _row("b1", provider="B", lat=14.04),
    ]
    kept = []
    for order in (rows, rows[::-1]):
        folder.put("incidents.csv", *order)
        kept.append(sorted(load_area(folder.path).incidents.index))
    assert kept[0] == kept[1] == ["a1", "a2", "a3"]


def test_of_rows_revised_under_one_identifier_the_last_counts(folder):
    folder.put("incidents.csv", _row("a1"), _row("a2"), _row("a1", day="2019-04-15"))
    area = load_area(folder.path)
    assert area.incidents["date"].dt.month.to_dict() == {"a2": 3, "a1": 4}
    assert area.dropped == (Dropped("incidents", REVISED, 1),)


def test_a_fault_in_a_table_with_revisions_still_names_its_row(folder):
    folder.put("incidents.csv", _row("a1"), _row("a1", day="2019-13-01"))
    (fault,) = folder.faults()
    assert fault.startswith("incidents.csv, column 'date', row 3: '2019-13-01' is no date")


def test_a_date_in_another_year_than_beside_it_is_a_fault(folder):
    folder.put("incidents.csv", _row("a1"), _row("a2").replace(",2019,day", ",2018,day"))
    assert folder.faults() == [
        "incidents.csv, column 'date', row 3: 2019-03-01 is not in the year 2018 beside it. Correct either."
    ]


def test_a_date_out_of_range_is_a_fault(folder):
    folder.put("incidents.csv", _row("a1", day="1019-03-01"))
    assert any("'1019-03-01' is no date" in fault for fault in folder.faults())


def test_acled_rows_of_one_event_count_once_by_their_stamp(tmp_path):
    head = (
        "event_id_cnty,event_date,year,time_precision,event_type,fatalities,geo_precision,admin1,admin2,location,"
        "latitude,longitude,timestamp"
    )
    rows = [
        "MLI1,2018-03-01,2018,1,Battles,9,1,X,Y,Here,14,-4,1600000002",
        "MLI1,2018-03-01,2018,1,Battles,3,1,X,Y,Here,14,-4,1600000001",
    ]
    path = tmp_path / "acled.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    reading = read_acled(path)
    assert reading.frame["deaths"].tolist() == [9]
    assert [(drop.reason, drop.rows) for drop in reading.dropped if drop.rows] == [(REVISED, 1)]


def test_faults_stay_layer_errors(folder):
    folder.put("incidents.csv", _row("", day="2019-03-01"))
    with pytest.raises(LayerError, match="the identifier is empty"):
        load_area(folder.path)
