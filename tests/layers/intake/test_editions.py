"""A list's next edition: known by its identifiers, true of whose it is, and nothing left out unsaid."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from layers.foreign.isolation import looked_at
from layers.intake.answers import read_answers
from layers.intake.area import bounds_of, facts_of, imports_of, rebuild
from layers.intake.edition import earlier_answers
from layers.intake.identifiers import is_called_identifier
from layers.intake.offer import offers
from layers.intake.remembered import last_editions
from layers.manifest import read_sources
from tests.foreign_files import workbook
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

INCIDENTS = (
    "N°;Date;Type d'incident;Localité;Latitude;Longitude;Morts civils\n"
    "I-01;13/02/2019;Embuscade;Alpha;0,51;20,16;0\n"
    "I-02;25/03/2019;Attaque de village;Bravo;0,79;20,74;12\n"
    "I-03;31/03/2019;EEI;Charlie;0,20;20,40;\n"
)
NEXT = INCIDENTS.replace("20,74;12", "20,74;14").replace("I-03;31/03", "I-04;30/03")
ANSWERS = ("layer=incidents", "value.geo_precision=1", "value.reliability=1", *LEDGER)


@pytest.fixture
def june(tmp_path):
    path = tmp_path / "juin.csv"
    path.write_text(INCIDENTS, encoding="utf-8")
    return path


@pytest.fixture
def july(tmp_path):
    path = tmp_path / "juillet.csv"
    path.write_text(NEXT, encoding="utf-8")
    return path


class Editions:
    """Brings a file and its next edition, as the command does."""

    def __init__(self, bringing) -> None:
        self.bringing, self.area = bringing, bringing.area

    def offer(self, path, *answers: str):
        with imports_of(self.area) as imports, looked_at(path, bounds_of(self.area)) as looked:
            said = [*earlier_answers(imports, looked.seen), read_answers(answers)]
            return offers(looked, said, facts_of(self.area, imports, ()))[0]

    def update(self, path, *answers: str):
        with imports_of(self.area) as imports, looked_at(path, bounds_of(self.area)) as looked:
            said = [*earlier_answers(imports, looked.seen), read_answers(answers)]
            offer = offers(looked, said, facts_of(self.area, imports, ()))[0]
            assert offer.questions == (), [each.key for each in offer.questions]
            imports.add(looked, offer, said, digest="")
            return rebuild(self.area, imports, lambda _: None)


@pytest.fixture
def editions(bringing, june):
    bringing.take((june, ANSWERS))
    return Editions(bringing)


def test_rows_are_known_by_the_column_of_numbers_whoever_calls_it_so(editions, july):
    (row,) = (each for each in editions.update(july, "ledger.date=2019").changes if each.layer == "incidents")
    assert (row.new, row.changed, row.vanished, row.same) == (1, 1, 1, 1)


@pytest.mark.parametrize("name", ["N°", "No.", "S/N", "Réf.", "Serial", "Site ID", "Incident No", "P-code"])
def test_columns_are_called_as_identifiers_are(name):
    assert is_called_identifier(name)


@pytest.mark.parametrize("name", ["No of dead", "Number of IDPs", "Nombre de morts", "Population", "Name"])
def test_counts_and_names_are_not_called_as_identifiers_are(name):
    assert not is_called_identifier(name)


def test_a_column_of_codes_that_many_rows_share_is_no_identifier(bringing, tmp_path):
    path = tmp_path / "sites.csv"
    rows = "".join(f"{'AB'[n % 2]},Post {n},camp,0.5,20.{n + 1}\n" for n in range(8))
    path.write_text(f"Code,name,kind,lat,lon\n{rows}")
    offer = bringing.offer(path, "layer=sites", *LEDGER)
    assert "site_id" not in offer.mapping.columns


def test_the_code_of_the_unit_that_places_lie_in_is_not_taken_for_their_own(bringing, tmp_path):
    path = tmp_path / "places.csv"
    rows = "".join(f"C{n // 2},Place {n},0.{n + 1},20.2\n" for n in range(8))
    path.write_text(f"Payam code,name,lat,lon\n{rows}")
    offer = bringing.offer(path, "layer=places", "value.kind=village", *LEDGER)
    assert "place_id" not in offer.mapping.columns


SITES = "Site ID,name,kind,lat,lon,FPU platoons\nS1,Alpha,camp,0.5,20.2,1\nS2,Bravo,tob,0.4,20.3,2\nS2,Charlie,camp,0.3,20.4,3\n"


@pytest.fixture
def sites(bringing, tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(SITES)
    return bringing.offer(path, "layer=sites", *LEDGER).taken


def test_identifiers_that_stand_twice_are_told_apart_and_their_rows_are_named(sites):
    assert list(sites.frame["site_id"]) == ["S1", "S2", "S2-2"]
    assert "'S2': 3, 4" in sites.notes[0]


def test_what_stands_at_two_sites_of_one_identifier_is_counted_at_each(sites):
    assert list(sites.assets["site_id"]) == ["S1", "S2", "S2-2"]


def test_names_that_stand_twice_are_said_where_they_make_identifiers(bringing, tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text("name,kind,lat,lon\nAlpha,camp,0.5,20.2\nalpha,camp,0.4,20.3\n")
    assert "'alpha': 2, 3" in bringing.offer(path, "layer=sites", *LEDGER).taken.notes[0]


def test_the_new_edition_has_a_title_and_rows_of_its_own_name(editions, july):
    editions.update(july, "ledger.date=2019-07")
    (ledger,) = (each for each in read_sources(editions.area) if each.layer == "incidents")
    assert (ledger.title, ledger.date, ledger.origin, ledger.licence) == (
        "juillet.csv",
        "2019-07",
        "Office",
        "own",
    )
    assert set(pd.read_csv(editions.area / "incidents.csv")["provider"]) == {"juillet.csv"}


def test_as_of_when_the_new_edition_is_is_asked(editions, july):
    assert [each.key for each in editions.offer(july).questions] == ["ledger.date"]


def test_bad_rows_of_a_new_edition_are_left_out_only_where_that_is_said_of_it(bringing, june, july):
    june.write_text(INCIDENTS + "I-09;99/99/2019;Embuscade;Alpha;0,51;20,16;0\n", encoding="utf-8")
    bringing.take((june, ANSWERS), leaves_out=True)
    with imports_of(bringing.area) as imports, looked_at(july, bounds_of(bringing.area)) as looked:
        assert [each.leaves_out for each in earlier_answers(imports, looked.seen)] == [False]


def test_a_new_word_of_the_new_edition_is_asked_about_and_known_ones_are_not(bringing, june, july):
    june.write_text(INCIDENTS.replace("EEI", "Chose"), encoding="utf-8")
    bringing.take((june, (*ANSWERS, "word.event_type.Chose=explosion")))
    july.write_text(NEXT.replace("EEI", "Chose").replace("Embuscade", "Machin"), encoding="utf-8")
    keys = [each.key for each in Editions(bringing).offer(july, "ledger.date=2019").questions]
    assert keys == ["word.event_type.Machin"]


def test_a_column_of_the_last_edition_that_is_gone_is_asked_about(editions, july):
    july.write_text(NEXT.replace("Morts civils", "Tues peut-etre"), encoding="utf-8")
    keys = [each.key for each in editions.offer(july, "ledger.date=2019").questions]
    assert keys == ["column.deaths_civilians"]


STATES = {
    "North": [["ID", "Settlement", "Lat", "Long"], ["N1", "Alpha", 0.5, 20.2], ["N2", "Bravo", 0.6, 20.3]],
    "South": [["ID", "Settlement", "Lat", "Long"], ["S1", "Charlie", 0.2, 20.2]],
}
PLACES = ("layer=places", "value.kind=village", *LEDGER)


@pytest.fixture
def by_state(tmp_path):
    path = tmp_path / "places.xlsx"
    path.write_bytes(workbook(STATES))
    return path


def test_sheets_of_one_workbook_give_way_each_to_its_own_next_edition(bringing, by_state):
    bringing.take((by_state, PLACES))
    sheets = {**STATES, "South": [*STATES["South"], ["S2", "Delta", 0.3, 20.4]]}
    by_state.write_bytes(workbook(sheets))
    with imports_of(bringing.area) as imports, looked_at(by_state, bounds_of(bringing.area)) as looked:
        said = [*earlier_answers(imports, looked.seen), read_answers(["ledger.date=2019"])]
        for offer in offers(looked, said, facts_of(bringing.area, imports, ())):
            imports.add(looked, offer, said, digest="")
        (row,) = (each for each in rebuild(bringing.area, imports, lambda _: None).changes)
    assert (row.new, row.changed, row.vanished, row.same) == (1, 0, 0, 3)


def test_columns_say_more_of_which_list_a_sheet_continues_than_a_name_such_as_sheet1(bringing, tmp_path):
    heads = ["ID", "Settlement", "Lat", "Long"]
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    rows = [[*heads, "Remark", "Source"], ["N1", "Alpha", 0.5, 20.2, "a", "b"]]
    old.write_bytes(workbook({"Sheet1": rows, "Towns": [heads, ["S1", "Charlie", 0.2, 20.2]]}))
    new.write_bytes(workbook({"Sheet1": [heads, ["S2", "Delta", 0.3, 20.4]]}))
    bringing.take((old, PLACES))
    with imports_of(bringing.area) as imports, looked_at(new, bounds_of(bringing.area)) as looked:
        assert [each.sheet for each in last_editions(imports.remembered, looked.seen.sheets)] == ["Towns"]


def test_all_places_of_several_lists_are_kept_whatever_they_are_the_seat_of(bringing, by_state):
    bringing.take((by_state, PLACES))
    assert len(pd.read_csv(bringing.area / "places.csv")) == 3


def test_a_place_that_two_lists_have_stands_once_as_the_seat_it_is_said_to_be(bringing, by_state, tmp_path):
    other = tmp_path / "seats.csv"
    other.write_text("ID,name,lat,lon,people\nZ1,ALPHA,0.501,20.201,900\n")
    bringing.take((by_state, PLACES), (other, ("layer=places", "value.kind=cercle_seat", *LEDGER)))
    places = pd.read_csv(bringing.area / "places.csv").set_index("place_id")
    assert (len(places), places.loc["Z1", "kind"], "N1" in places.index) == (3, "cercle_seat", False)


def test_the_ledger_of_a_layer_names_every_file_and_whose_terms_are_whose(bringing, by_state, tmp_path):
    other = tmp_path / "more.csv"
    other.write_text("ID,name,lat,lon\nZ1,Zulu,0.7,20.7\n")
    terms = ("ledger.origin=Elsewhere", "ledger.date=2018", "ledger.licence=LGPL-3", "ledger.confidence=low")
    bringing.take((by_state, PLACES), (other, ("layer=places", "value.kind=village", *terms)))
    (ledger,) = (each for each in read_sources(bringing.area) if each.layer == "places")
    assert (ledger.title, ledger.origin, ledger.confidence) == (
        "places.xlsx; more.csv",
        "Office; Elsewhere",
        "low",
    )
    assert ledger.licence == "own (places.xlsx); LGPL-3 (more.csv)"


def places_ledger(bringing, path, name, forgets):
    """Return what the ledger says of places once a list joins one of which less is remembered."""
    kept = bringing.area / "imports" / "remembered.json"
    kept.write_text(json.dumps(forgets(json.loads(kept.read_text(encoding="utf-8")))), encoding="utf-8")
    path = path.with_name(name)
    path.write_text(f"ID,name,lat,lon\nZ1,{path.stem},0.7,20.7\n")
    terms = ("ledger.origin=Else", "ledger.date=2018", "ledger.licence=LGPL-3", "ledger.confidence=low")
    bringing.take((path, ("layer=places", "value.kind=village", *terms)))
    (ledger,) = (each for each in read_sources(bringing.area) if each.layer == "places")
    return ledger.title, ledger.date, ledger.licence


@pytest.mark.parametrize(
    "forgets",
    [lambda kept: [each for each in kept if each["layer"] != "places"],
     lambda kept: [{**each, "ledger": {}} for each in kept]],
    ids=["written by hand", "brought before its ledger was kept"],
)  # fmt: skip
def test_what_the_ledger_says_of_a_reading_of_which_nothing_is_remembered_stays(bringing, by_state, forgets):
    bringing.take((by_state, PLACES))
    assert places_ledger(bringing, by_state, "more.csv", forgets) == (
        "places.xlsx; more.csv",
        "2019 (places.xlsx); 2018 (more.csv)",
        "own (places.xlsx); LGPL-3 (more.csv)",
    )
    assert places_ledger(bringing, by_state, "third.csv", list) == (
        "places.xlsx; more.csv; third.csv",
        "2019 (places.xlsx); 2018 (more.csv); 2018 (third.csv)",
        "own (places.xlsx); LGPL-3 (more.csv); LGPL-3 (third.csv)",
    )


def test_what_an_earlier_list_of_sites_counted_is_gone_with_a_list_that_counts_nothing(bringing, tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(SITES)
    bringing.take((path, ("layer=sites", *LEDGER)))
    path.write_text("Site ID,name,kind,lat,lon\nS1,Alpha,camp,0.5,20.2\n")
    bringing.take((path, ("layer=sites", *LEDGER)), replaces=True)
    assert pd.read_csv(bringing.area / "assets.csv").empty
