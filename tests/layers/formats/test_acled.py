"""ACLED's layouts, in events invented for the purpose."""

import pandas as pd
import pytest

from layers.errors import LayerError
from layers.formats.acled import read_acled
from layers.incidents import Incidents

OLD = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,"
    "actor1,"
    "assoc_actor_1,inter1,actor2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,"
    "geo_precision,source,source_scale,notes,fatalities,timestamp,iso3"
)
TAGS = "#event+code" + "," * (OLD.count(",") - 1) + ",#country+code"
OLD_ROW = (
    "1,466,XXX1,1,2018-05-06,2018,1,{kind},Sub,Somebody,Friends,3,Others,7,37,Western Africa,Land,North,"
    "Far,Further,"
    'Alpha,14.5,-4.1,{geo},Paper,National,"Two, said ""they""\nand more",{deaths},1,LND'
)
NEW = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
    "location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
NEW_ROW = (
    "{id},06 May 2024,2024,{time},Political violence,{kind},Sub,Somebody,,State forces,Others,,Civilians,"
    "Some-Others,,"
    "466,Western Africa,Land,North,Far,Further,Alpha,14.5,-4.1,{geo},Paper,National,Told,{deaths},"
    "crowd size=no,1"
)


def valid(reading):
    return Incidents.validate(reading.frame.set_index("incident_id"), lazy=True)


def test_the_old_layout_reads_with_its_row_of_tags(typed):
    frame = valid(read_acled(typed(OLD, TAGS, OLD_ROW.format(kind="Battles", geo=2, deaths=3))))
    event = frame.loc["XXX1"]
    assert event[["event_type", "geo_precision", "date_precision", "deaths", "adm1", "adm2",
    "place"]].tolist() == [
        "battle", 2, "day", 3, "North", "Far", "Alpha",
    ]  # fmt: skip
    assert pd.isna(event["deaths_civilians"])


def test_the_current_layout_reads(typed):
    row = NEW_ROW.format(id="LND9", time=3, kind="Violence against civilians", geo=3, deaths=0)
    event = valid(read_acled(typed(NEW, row))).loc["LND9"]
    assert event["date"] == pd.Timestamp("2024-05-06")
    assert event[["event_type", "geo_precision", "date_precision", "reliability", "deaths"]].tolist() == [
        "attack_on_civilians", 4, "month", 3, 0,
    ]  # fmt: skip


def test_actors_notes_and_tags_are_left_out_and_said_so(typed):
    reading = read_acled(typed(NEW, NEW_ROW.format(id="LND9", time=1, kind="Riots", geo=1, deaths=0)))
    text = reading.frame.to_csv()
    assert not any(word in text for word in ("Somebody", "Others", "Told", "crowd"))
    reasons = " ".join(drop.reason for drop in reading.dropped)
    assert all(f"'{name}'" in reasons for name in ("actor1", "assoc_actor_2", "inter1", "interaction"))
    assert "notes, tags" in reasons


@pytest.mark.parametrize(("kind", "meant"), [
    ("Violence against civilians", "attack_on_civilians"),
    ("Battles", "battle"),
    ("Battle-No change of territory", "battle"),
    ("Explosions/Remote violence", "explosion"),
    ("Remote violence", "explosion"),
    ("Riots", "other"),
    ("Strategic developments", "other"),
])  # fmt: skip
@pytest.mark.slow
def test_event_types_old_and_new(typed, kind, meant):
    row = NEW_ROW.format(id="LND9", time=1, kind=kind, geo=1, deaths=0)
    assert valid(read_acled(typed(NEW, row)))["event_type"].tolist() == [meant]


def test_every_fault_is_told_at_once(typed):
    row = NEW_ROW.format(id="", time=5, kind="Riots", geo=9, deaths=-1)
    with pytest.raises(LayerError) as caught:
        read_acled(typed(NEW, row))
    assert {fault.column for fault in caught.value.faults} == {
        "event_id_cnty", "time_precision", "geo_precision", "fatalities",
    }  # fmt: skip


def test_missing_columns_are_all_named(typed):
    with pytest.raises(LayerError) as caught:
        read_acled(typed("event_date,year", "2018-05-06,2018"))
    assert {"event_id_cnty", "geo_precision", "fatalities"} <= {fault.column for fault in caught.value.faults}
