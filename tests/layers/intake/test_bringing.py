"""Files as people have them become layers of an area: shown first, corrected, taken, and brought again."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from layers.area import load_area
from layers.errors import LayerError
from layers.foreign.isolation import looked_at
from layers.intake.answers import AnswerError, read_answers
from layers.intake.area import bounds_of, facts_of, imports_of, rebuild
from layers.intake.edition import earlier_answers
from layers.intake.offer import offers
from layers.manifest import read_manifest
from tests.foreign_files import collection, feature, workbook
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

SITES = [
    ["Liste des sites de la mission – mai 2019", None, None, None, None, None, None, None],
    [None] * 8,
    [
        "Nom du site",
        "Type de base",
        "Latitude",
        "Longitude",
        "Inf Coy",
        "FPU",
        "Hélicoptères",
        "Chef de camp",
    ],
    ["Alpha", "Base permanente", "0°30'N", "20°15'E", 2, 1, 1, "X. Exemple"],
    ["Bravo", "BOT", "0°48'N", "20°45'E", 1, None, None, "Y. Exemple"],
]
INCIDENTS = (
    "Numéro;Date de l'incident;Type d'incident;Localité;Latitude;Longitude;Civils tués;Auteurs présumés\n"
    "1;13/02/2019;Embuscade;Alpha;0,51;20,16;0;inconnu\n"
    "2;05/03/2019;Attaque de village;Bravo;0,79;20,74;12;inconnu\n"
    "3;31/03/2019;EEI;Charlie;0,20;20,40;;inconnu\n"
    "4;sans date;Embuscade;Delta;0,20;20,40;1;inconnu\n"
)


@pytest.fixture
def site_list(tmp_path):
    path = tmp_path / "sites.xlsx"
    path.write_bytes(workbook({"Feuil1": SITES}, merged=["A1:H1"]))
    return path


@pytest.fixture
def incident_list(tmp_path):
    path = tmp_path / "incidents.csv"
    path.write_bytes(INCIDENTS.encode("cp1252"))
    return path


@pytest.fixture
def road_lines(tmp_path):
    path = tmp_path / "routes.geojson"
    lines = [
        feature(
            "LineString",
            [[20.25, 0.5], [20.5, 0.6]],
            nom="RN1",
            classe="Route nationale",
            revetement="goudron",
        ),
        feature("LineString", [[20.5, 0.6], [20.75, 0.8]], nom="Piste", classe="piste", revetement="terre"),
    ]
    path.write_bytes(collection(lines))
    return path


def test_a_site_list_with_a_title_row_and_degrees_is_taken_for_sites_and_what_stands_at_them(
    bringing, site_list
):
    offer = bringing.offer(site_list, "layer=sites", *LEDGER)
    assert offer.questions == ()
    assert list(offer.taken.frame["kind"]) == ["camp", "tob"]
    assert offer.taken.frame.geometry.x.tolist() == pytest.approx([20.25, 20.75])
    counts = offer.taken.assets.set_index("asset_id")["count"].to_dict()
    assert counts == {
        "alpha_infantry_company": 2,
        "alpha_fpu_platoon": 1,
        "alpha_helicopter": 1,
        "bravo_infantry_company": 1,
    }


def test_names_of_persons_are_refused_by_name_and_never_written(bringing, site_list):
    bringing.take((site_list, ("layer=sites", *LEDGER)))
    brought = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in bringing.area.rglob("*")
        if path.is_file() and path.suffix in {".csv", ".json", ".toml", ".geojson"}
    )
    assert "Exemple" not in brought


def test_what_is_not_decided_is_asked_before_anything_is_taken(bringing, site_list):
    keys = [each.key for each in bringing.offer(site_list).questions]
    assert keys[0] == "layer"
    assert {"ledger.origin", "ledger.confidence"} <= set(keys)


def test_a_french_incident_list_in_cp1252_with_decimal_commas_is_read_day_first(bringing, incident_list):
    offer = bringing.offer(
        incident_list, "layer=incidents", "value.geo_precision=1", "value.reliability=1", *LEDGER
    )
    frame = offer.taken.frame
    assert list(frame["date"]) == ["2019-02-13", "2019-03-05", "2019-03-31"]
    assert list(frame["event_type"]) == ["battle", "attack_on_civilians", "explosion"]
    assert list(frame["deaths_civilians"]) == [0, 12, ""]


def test_rows_in_are_rows_taken_and_rows_reported(bringing, incident_list):
    offer = bringing.offer(
        incident_list, "layer=incidents", "value.geo_precision=1", "value.reliability=1", *LEDGER
    )
    assert offer.taken.rows == 4 == offer.taken.taken + sum(each.count for each in offer.taken.reports)
    assert [each.rows for each in offer.taken.reports] == [(5,)]


def test_a_word_that_nothing_explains_is_asked_about_and_an_empty_answer_leaves_its_rows_out(
    bringing, tmp_path
):
    path = tmp_path / "sites.csv"
    path.write_text("name,kind,lat,lon\nAlpha,camp,0.5,20.2\nBravo,base,0.4,20.3\nCharlie,zone X,0.3,20.4\n")
    asked = [each.key for each in bringing.offer(path, "layer=sites", *LEDGER).questions]
    assert asked == ["word.kind.zone X"]
    offer = bringing.offer(path, "layer=sites", "word.kind.zone X=", *LEDGER)
    assert (offer.taken.taken, [each.rows for each in offer.taken.left_out]) == (2, [(4,)])


def test_an_area_of_files_can_be_reviewed(bringing, site_list, incident_list, road_lines, people):
    incidents = ("layer=incidents", "value.geo_precision=1", "value.reliability=1", *LEDGER)
    bringing.take(
        (site_list, ("layer=sites", *LEDGER)),
        (incident_list, incidents),
        (road_lines, ("layer=roads", *LEDGER)),
        (people, ("option.unit=count", "option.year=2019", *LEDGER)),
        leaves_out=True,
    )
    area = load_area(bringing.area)
    assert list(area.sites.index) == ["alpha", "bravo"]
    assert len(area.incidents) == 3
    assert area.population.people.sum() == pytest.approx(100_000, rel=1e-3)


def test_the_next_edition_is_taken_as_the_last_and_its_rows_are_counted(bringing, incident_list, tmp_path):
    answers = (
        "layer=incidents",
        "value.geo_precision=1",
        "value.reliability=1",
        "column.incident_id=Numéro",
        *LEDGER,
    )
    bringing.take((incident_list, answers), leaves_out=True)
    later = tmp_path / "incidents_juin.csv"
    changed = INCIDENTS.replace("0,79;20,74;12", "0,79;20,74;14").replace("1;13/02", "5;13/02")
    later.write_bytes(changed.encode("cp1252"))
    with imports_of(bringing.area) as imports, looked_at(later, bounds_of(bringing.area)) as looked:
        earlier = earlier_answers(imports, looked.seen)
    stated = (*(f"{key}={text}" for key, text in earlier[0].stated.items()), "ledger.date=2019-06")
    change = bringing.take((later, stated), leaves_out=True, replaces=True)
    (row,) = (each for each in change.changes if each.layer == "incidents")
    assert (row.new, row.changed, row.vanished, row.same) == (1, 1, 1, 1)


def test_a_file_that_is_like_none_brought_before_is_no_new_edition(bringing, site_list, road_lines):
    bringing.take((site_list, ("layer=sites", *LEDGER)))
    with (
        imports_of(bringing.area) as imports,
        looked_at(road_lines) as looked,
        pytest.raises(LayerError) as raised,
    ):
        earlier_answers(imports, looked.seen)
    assert "sites.xlsx" in str(raised.value)


def test_a_layer_is_not_replaced_unless_it_is_said(bringing, site_list):
    bringing.take((site_list, ("layer=sites", *LEDGER)))
    with pytest.raises(LayerError, match="brought already"):
        bringing.take((site_list, ("layer=sites", *LEDGER)))
    bringing.take((site_list, ("layer=sites", *LEDGER)), replaces=True)


def test_a_table_of_assets_finds_its_sites_by_name_and_reports_those_that_are_none(
    bringing, site_list, tmp_path
):
    bringing.take((site_list, ("layer=sites", *LEDGER)))
    path = tmp_path / "moyens.csv"
    path.write_text(
        "Site,Type,Nombre\nAlpha,Hélicoptères,3\nBRAVO,UPC,1\nZulu,Infantry,1\n", encoding="utf-8"
    )
    offer = bringing.offer(path, *LEDGER)
    assert offer.layer == "assets"
    assert list(offer.taken.frame["site_id"]) == ["alpha", "bravo"]
    assert [each.rows for each in offer.taken.reports] == [(4,)]


def test_sensitive_places_are_kept_as_kind_and_place_alone(bringing, tmp_path):
    path = tmp_path / "health.csv"
    path.write_text("Name,Type,Lat,Long\nHope,Hospital,0.5,20.2\nFaith,École,0.4,20.3\n", encoding="utf-8")
    bringing.take((path, ("layer=sensitive", *LEDGER)))
    file = read_manifest(bringing.area).files["sensitive"]
    assert list(pd.read_csv(bringing.area / file).columns) == ["place_id", "kind", "lon", "lat"]
    assert "Hope" not in "".join(path.read_text() for path in (bringing.area / "imports").rglob("*.csv"))


def test_units_of_a_second_level_are_put_into_the_first_by_where_they_lie(bringing, tmp_path):
    boxes = [(20, 0, 20.5, 0.5), (20, 0.5, 20.5, 1), (20.5, 0, 21, 1)]
    path = tmp_path / "districts.geojson"
    rings = [[[[a, b], [c, b], [c, d], [a, d], [a, b]]] for a, b, c, d in boxes]
    path.write_bytes(collection([feature("Polygon", ring, nom=f"D{n}") for n, ring in enumerate(rings)]))
    bringing.take((path, ("layer=districts", "value.approximate=true", *LEDGER)))
    shapes = json.loads((bringing.area / "districts.geojson").read_text())["features"]
    assert [each["properties"]["parent_id"] for each in shapes] == ["W", "W", "E"]


def test_files_that_need_each_other_are_not_taken_alone(bringing, tmp_path):
    path = tmp_path / "airports.csv"
    path.write_text("ident,type,name,latitude_deg,longitude_deg\nXX01,small_airport,Alpha,0.5,20.2\n")
    with pytest.raises(LayerError, match="runways"):
        bringing.take((path, LEDGER))


def test_what_goes_wrong_leaves_the_area_as_it_was(bringing, site_list, tmp_path):
    bringing.take((site_list, ("layer=sites", *LEDGER)))
    before = {path: path.read_bytes() for path in bringing.area.rglob("*") if path.is_file()}
    events = tmp_path / "events.csv"
    events.write_text(
        "year,longitude,latitude,where_coordinates,best,deaths_civilians\n2019,20.2,0.5,Alpha,many,0\n",
        encoding="utf-8",
    )
    with pytest.raises(LayerError):
        bringing.take((events, LEDGER), replaces=True)
    assert {path: path.read_bytes() for path in bringing.area.rglob("*") if path.is_file()} == before


def test_somebody_elses_import_meanwhile_is_not_lost(bringing, site_list):
    with imports_of(bringing.area) as imports:
        bringing.take((site_list, ("layer=sites", *LEDGER)))
        with pytest.raises(LayerError, match="meanwhile"):
            rebuild(bringing.area, imports, lambda _: None)


def test_a_layer_changed_by_hand_since_it_was_brought_is_not_lost(bringing, site_list, road_lines):
    bringing.take((site_list, ("layer=sites", *LEDGER)))
    sites = bringing.area / "sites.csv"
    sites.write_text(sites.read_text().replace("Bravo", "Bravo South"))
    with pytest.raises(LayerError, match=r"changed by hand"):
        bringing.take((road_lines, ("layer=roads", *LEDGER)))
    assert "Bravo South" in sites.read_text()


def test_objectives_written_by_hand_stay_whatever_is_brought(bringing, site_list, road_lines):
    objectives = bringing.area / "objectives.toml"
    objectives.write_text(objectives.read_text().replace("Protect civilians", "Protect people"))
    bringing.take((site_list, ("layer=sites", *LEDGER)))
    bringing.take((road_lines, ("layer=roads", *LEDGER)))
    assert "Protect people" in objectives.read_text()


def test_rows_written_by_hand_do_not_give_way_unless_it_is_said(bringing, site_list):
    sites = bringing.area / "sites.csv"
    header = sites.read_text(encoding="utf-8-sig")
    sites.write_text(header + "hand,By hand,camp,all,,,high,us,20.1,0.5\n", encoding="utf-8-sig")
    with pytest.raises(LayerError, match="written by hand"):
        bringing.take((site_list, ("layer=sites", *LEDGER)))
    bringing.take((site_list, ("layer=sites", *LEDGER)), replaces=True)


def test_headings_of_latitude_and_longitude_that_are_swapped_are_asked_about_and_put_right(
    bringing, tmp_path
):
    path = tmp_path / "swapped.csv"
    path.write_text("name,kind,lat,lon\nAlpha,camp,20.2,0.5\nBravo,camp,20.3,0.4\n")
    assert [each.key for each in bringing.offer(path, "layer=sites", *LEDGER).questions] == ["swapped"]
    frame = bringing.offer(path, "layer=sites", "swapped=yes", *LEDGER).taken.frame
    assert frame.geometry.x.tolist() == [20.2, 20.3]


@pytest.mark.parametrize("answer", ["value.kind=checkpoint", "word.kind.camp=fort"])
def test_an_answer_that_is_no_word_of_the_layer_is_asked_again(bringing, tmp_path, answer):
    path = tmp_path / "sites.csv"
    path.write_text("name,kind,lat,lon\nAlpha,camp,0.5,20.2\n")
    offer = bringing.offer(path, "layer=sites", answer, *LEDGER)
    assert [each.key for each in offer.questions] == [answer.partition("=")[0]]


@pytest.mark.parametrize("answer", ["layer=fort", "content.lat=place", "ledger.confidence=sure"])
def test_an_answer_that_can_be_none_is_refused_by_its_choices(answer):
    with pytest.raises(AnswerError, match="is one of"):
        read_answers([answer])


def test_dead_civilians_are_not_taken_for_all_the_dead(bringing, tmp_path):
    path = tmp_path / "incidents.csv"
    path.write_text("Date,Type d'incident,Morts civils,lat,lon\n2019-02-13,Embuscade,3,0.5,20.2\n")
    columns = bringing.offer(path, "layer=incidents", *LEDGER).mapping.columns
    assert (columns.get("deaths_civilians"), columns.get("deaths")) == ("Morts civils", None)


def test_counts_with_words_beside_them_are_read_and_told(bringing, tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text("name,kind,lat,lon,Coys\nAlpha,camp,0.5,20.2,2 coys\nBravo,camp,0.4,20.3,1\n")
    taken = bringing.offer(path, "layer=sites", *LEDGER).taken
    assert taken.assets["count"].tolist() == [2, 1]
    assert ["'2 coys' → 2" in each for each in map(str, taken.notes)] == [True]


@pytest.mark.parametrize(("column", "told"), [("FPU", True), ("FPU platoons", False)])
def test_a_column_of_police_units_is_said_to_be_counted_in_platoons(bringing, tmp_path, column, told):
    path = tmp_path / "sites.csv"
    path.write_text(f"name,kind,lat,lon,{column}\nAlpha,camp,0.5,20.2,2\n")
    notes = bringing.offer(path, "layer=sites", *LEDGER).taken.notes
    assert any("platoons" in str(each) for each in notes) == told


AIRPORTS = "ident,type,name,latitude_deg,longitude_deg\nXX01,small_airport,Alpha,0.5,20.2\n"
RUNWAYS = "airport_ref,airport_ident,length_ft,surface,closed\n1,XX01,3000,GRS,0\n"
NAMED_DAY = ("ledger.date=2019",)


def updated(bringing, path, *answers):
    with imports_of(bringing.area) as imports, looked_at(path, bounds_of(bringing.area)) as looked:
        earlier = earlier_answers(imports, looked.seen)
        said = [read_answers(answers), *earlier]
        for offer in offers(looked, said, facts_of(bringing.area, imports, ())):
            imports.add(looked, offer, said, digest="")
        return rebuild(bringing.area, imports, lambda _: None)


@pytest.fixture
def airfields(tmp_path):
    airports, runways = tmp_path / "airports.csv", tmp_path / "runways.csv"
    airports.write_text(AIRPORTS)
    runways.write_text(RUNWAYS)
    return airports, runways


def test_of_two_files_of_one_layer_one_can_be_brought_again_alone(bringing, airfields):
    airports, runways = airfields
    bringing.take((airports, NAMED_DAY), (runways, NAMED_DAY))
    airports.write_text(AIRPORTS + "XX02,heliport,Bravo,0.6,20.3\n")
    (row,) = (each for each in updated(bringing, airports, *NAMED_DAY).changes if each.layer == "airfields")
    assert (row.new, row.same, row.vanished) == (1, 1, 0)


def test_two_files_that_replace_a_layer_in_one_command_both_stand(bringing, airfields):
    both = tuple((path, NAMED_DAY) for path in airfields)
    bringing.take(*both)
    bringing.take(*both, replaces=True)
    assert "914.4" in (bringing.area / "airfields.csv").read_text()


def test_of_several_road_files_only_the_one_brought_again_gives_way(bringing, road_lines, tmp_path):
    other = tmp_path / "tracks.geojson"
    line = feature(
        "LineString", [[20.2, 0.2], [20.4, 0.2]], name="T1", highway="track", surface="dirt", osm_id="7"
    )
    other.write_bytes(collection([line]))
    bringing.take(
        (road_lines, ("layer=roads", *LEDGER)), (other, ("layer=roads", "option.leave_out=path", *LEDGER))
    )
    change = updated(bringing, other, "ledger.date=2019-07")
    (row,) = (each for each in change.changes if each.layer == "roads")
    assert (row.new, row.vanished) == (0, 0)


def test_a_raster_of_another_year_takes_the_place_of_the_last(bringing, people):
    bringing.take((people, ("option.unit=count", "option.year=2019", *LEDGER)))
    updated(bringing, people, "option.year=2020")
    assert read_manifest(bringing.area).population_year == 2020
