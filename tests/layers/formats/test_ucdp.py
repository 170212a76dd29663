"""UCDP's layouts, true and typed."""

import geopandas as gpd
import pandas as pd
import pytest

from layers.errors import LayerError
from layers.formats.ucdp import FULL, read_ucdp, worded_precision
from layers.incidents import Incidents

CUT = "year,longitude,latitude,where_coordinates,best,deaths_civilians"
HEADER = ",".join([*FULL, "adm_1", "adm_2", "side_a", "source_article"])
ROW = "7,2018,3,1,Alpha town,14.5,-4.1,1,2,1,2018-05-06,3,4,Mopti region,Mopti cercle,Someone,News"


def valid(reading) -> gpd.GeoDataFrame:
    return Incidents.validate(reading.frame.set_index("incident_id"), lazy=True)


def test_the_whole_table_becomes_incidents(typed):
    frame = valid(read_ucdp(typed(HEADER, ROW)))
    event = frame.loc["7"]
    assert event["date"] == pd.Timestamp("2018-05-06")
    assert event[["event_type", "date_precision", "geo_precision", "reliability"]].tolist() == [
        "attack_on_civilians", "day", 1, 1,
    ]  # fmt: skip
    assert event[["deaths", "deaths_civilians", "adm1", "adm2", "place"]].tolist() == [
        4, 3, "Mopti region", "Mopti cercle", "Alpha town",
    ]  # fmt: skip
    assert (event.geometry.x, event.geometry.y) == (-4.1, 14.5)


def test_actors_and_press_are_left_out_and_said_so(typed):
    reading = read_ucdp(typed(HEADER, ROW))
    assert "Someone" not in reading.frame.to_csv()
    assert "News" not in reading.frame.to_csv()
    assert {drop.reason.split(" never")[0] for drop in reading.dropped} == {
        "armed actors",
        "press text naming actors and persons",
    }


@pytest.mark.parametrize(
    ("code", "precision"), [("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5", 5), ("6", 6), ("7", 6), ("3.0", 3)]
)
@pytest.mark.slow
def test_where_prec_is_mapped(typed, code, precision):
    row = ROW.replace("3,1,Alpha town", f"3,{code},Alpha town")
    assert valid(read_ucdp(typed(HEADER, row)))["geo_precision"].tolist() == [precision]


@pytest.mark.parametrize(
    ("code", "precision"), [("1", "day"), ("2", "week"), ("3", "week"), ("4", "month"), ("5", "year")]
)
@pytest.mark.slow
def test_date_prec_is_mapped_and_a_year_has_no_date(typed, code, precision):
    row = ROW.replace("1,2,1,2018-05-06", f"1,2,{code},2018-05-06 00:00:00.000")
    event = valid(read_ucdp(typed(HEADER, row))).iloc[0]
    assert event["date_precision"] == precision
    assert pd.isna(event["date"]) == (precision == "year")


@pytest.mark.parametrize(("clarity", "sources", "reliability"), [
    ("1", "2", 1), ("1", "1", 2), ("1", "-1", 2), ("1", "", 2), ("2", "5", 3),
])  # fmt: skip
@pytest.mark.slow
def test_reliability_follows_clarity_and_sources(typed, clarity, sources, reliability):
    row = ROW.replace("-4.1,1,2,1,", f"-4.1,{clarity},{sources},1,")
    assert valid(read_ucdp(typed(HEADER, row)))["reliability"].tolist() == [reliability]


def test_newlines_and_doubled_quotes_inside_a_cell_do_not_break_rows(typed):
    row = ROW.replace("Alpha town", '"forest of Alpha\n\nsaid ""the"" witness, far off"')
    frame = valid(read_ucdp(typed(HEADER, row, ROW.replace("7,", "8,", 1))))
    assert frame.index.tolist() == ["7", "8"]
    assert frame.loc["7", "place"] == 'forest of Alpha\n\nsaid "the" witness, far off'


def test_a_row_of_hxl_tags_is_no_event(typed):
    tags = ",".join(["#meta+id", *[""] * (HEADER.count(",") - 1), "#x"])
    assert len(valid(read_ucdp(typed(HEADER, tags, ROW)))) == 1


def test_an_event_given_twice_or_revised_under_its_id_counts_once(typed):
    other = ROW.replace("Alpha", "Beta")
    reading = read_ucdp(typed(HEADER, ROW, ROW, other))
    frame = valid(reading)
    assert frame["place"].to_dict() == {"7": "Beta town"}, "the later row is the revision"
    assert [(drop.reason, drop.rows) for drop in reading.dropped if drop.rows] == [
        ("an earlier row of the same identifier, since revised", 2)
    ]


def test_an_identifier_that_stands_in_every_row_identifies_nothing(typed):
    rows = [ROW.replace("Alpha", f"Place{number}") for number in range(11)]
    with pytest.raises(LayerError, match="'7' stands 11 times, so it is no event's own identifier"):
        read_ucdp(typed(HEADER, *rows))


def test_every_fault_is_told_at_once_with_its_row(typed):
    bad = "9,nineteen,8,1,Alpha town,99,-4.1,1,2,1,06/05/2018,-3,4,,,,"
    with pytest.raises(LayerError) as caught:
        read_ucdp(typed(HEADER, ROW, bad))
    assert {(fault.column, fault.row) for fault in caught.value.faults} == {
        ("year", 3), ("type_of_violence", 3), ("latitude", 3), ("date_start", 3), ("deaths_civilians", 3),
    }  # fmt: skip


def test_rows_with_one_fault_are_counted_together(typed):
    with pytest.raises(LayerError) as caught:
        read_ucdp(typed(CUT, "1999,x,2,A town,1,1", "1999,y,2,A town,1,1", "1999,1,2,A town,1,1"))
    (fault,) = caught.value.faults
    assert (fault.file, fault.column, fault.row, fault.rows) == ("typed.csv", "longitude", 2, 2)
    assert "'x' is no number" in str(fault)


def test_a_decimal_comma_is_no_number(typed):
    with pytest.raises(LayerError, match="decimal point"):
        read_ucdp(typed(CUT, '1999,"-4,1",14.5,A town,1,1'))


@pytest.mark.parametrize("header", ["a,b,c", "id,year,where_prec", ""])
def test_a_file_without_the_columns_is_refused_naming_them(typed, header):
    with pytest.raises(LayerError):
        read_ucdp(typed(header, "1,2,3") if header else typed(name="empty.csv"))


def test_missing_columns_are_all_named(typed):
    with pytest.raises(LayerError) as caught:
        read_ucdp(typed("id,year,where_prec", "1,2018,1"))
    assert {fault.column for fault in caught.value.faults} == set(FULL) - {"id", "year", "where_prec"}


def test_text_in_another_encoding_is_refused_plainly(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes(f"{CUT}\n2018,-4.1,14.5,Sévaré town,1,1\n".encode("latin-1"))
    with pytest.raises(LayerError, match="UTF-8"):
        read_ucdp(path)


@pytest.mark.parametrize(("place", "precision"), [
    ("Sokolo town", 1), ("Karana village", 1), ("Bamako city", 1), ("Koro Cercle", 3),
    ("Pirojpur District", 3),
    ("Bhandaria sub-district", 2), ("Mopti region", 4), ("Zabul province", 4), ("Mali", 6),
    ("Burkina Faso", 6),
    ("Northern Mali", 5), ("Mali northern", 5), ("between Dera and Konna", 5), ("Boni-Douenza road", 5),
    ("Dialoubé-Mopti axis", 5), ("Agar-n-Adamous area", 2), ("Serma forest", 2), ("I-n-Ekar well", 2),
    ("Douaya", 2),
])  # fmt: skip
def test_wording_gives_the_precision(place, precision):
    assert worded_precision(place, {"mali", "burkina faso"}) == precision


def test_the_cut_has_years_only_and_ids_from_content(typed):
    rows = [
        "2012,-6.0,14.7,Alpha town,8,8",
        "2013,-4.1,14.5,Beta cercle,11,0",
        "2012,-6.0,14.7,Alpha town,8,8",
    ]
    frame = valid(read_ucdp(typed(CUT, *rows)))
    assert frame["date"].isna().all()
    assert set(frame["date_precision"]) == {"year"}
    assert set(frame["event_type"]) == {"unknown"}
    assert frame["geo_precision"].tolist() == [1, 3, 1]
    turned = valid(read_ucdp(typed(CUT, *reversed(rows))))
    assert turned["place"].sort_index().to_dict() == frame["place"].sort_index().to_dict()
    assert frame.index.is_unique


def test_the_real_cut_has_500_events_60_of_them_at_a_region_or_cercle(real_source):
    frame = valid(read_ucdp(real_source / "incidents/ucdp_ged_20_1_mali_6cols_1995_2019.csv"))
    assert len(frame) == 500
    assert frame["geo_precision"].isin([3, 4]).sum() == 60
    assert frame["deaths_civilians"].sum() == 903
    assert (frame["year"].min(), frame["year"].max()) == (1995, 2019)


@pytest.mark.parametrize(("file", "rows", "columns"), [
    ("ucdp_ged_23_1_sample1000_global_49cols.csv", 1000, 49),
    ("ucdp_ged_23_1_sample_mali_7rows_49cols.csv", 7, 49),
    ("ucdp_ged_25_1_mali_sample.csv", 14, 49),
    ("hdx_ucdp_schema_example_conflict_data_BGD.csv", 601, 48),
])  # fmt: skip
def test_the_real_tables_read_whole(real_source, file, rows, columns):
    path = real_source / "incidents" / file
    raw = pd.read_csv(path)
    assert len(raw.columns) in {columns, 43}
    frame = valid(read_ucdp(path))
    assert len(frame) == rows
    assert frame["date"].notna().sum() == (frame["date_precision"] != "year").sum()


def test_the_real_hand_copied_sample_keeps_its_quirks(real_source):
    frame = valid(read_ucdp(real_source / "incidents/ucdp_ged_25_1_mali_sample.csv"))
    assert frame.loc["13123", "date"] == pd.Timestamp("1995-01-06")
    assert frame.loc["13023", ["geo_precision", "date_precision", "adm1"]].tolist() == [6, "week", ""]
    assert frame.loc["462849", "place"] == "Sokolo town"


def test_the_wording_rule_agrees_with_the_codes_of_the_real_tables(real_source):
    files = ["ucdp_ged_23_1_sample1000_global_49cols.csv", "hdx_ucdp_schema_example_conflict_data_BGD.csv"]
    frame = pd.concat([read_ucdp(real_source / "incidents" / file).frame for file in files])
    worded = frame["place"].map(worded_precision)
    town = worded == 1
    assert (frame["geo_precision"][town] <= 2).all()
    assert (frame["geo_precision"][town] == 1).mean() > 0.7
    assert (frame["geo_precision"][worded == 4] == 4).mean() > 0.9
    assert (frame["geo_precision"][worded == 3] == 3).mean() > 0.9
