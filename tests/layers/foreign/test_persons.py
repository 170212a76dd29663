"""Persons: no name, telephone number or address is shown or taken, whatever its column is called."""

from __future__ import annotations

import pytest

from layers.foreign.assess import first_rows
from layers.foreign.guess import guess
from layers.foreign.header import read_header
from layers.foreign.isolation import looked_at
from layers.foreign.profile import ColumnProfile
from layers.foreign.refused import is_about_person, is_personal, is_titled, names_person


def content(name: str, cells: list[str]) -> str:
    profile = ColumnProfile()
    profile.add(cells)
    profile.settle()
    made = guess(name, "", profile)
    assert made.content != "refused" or made.examples == ()
    return made.content


OF_PERSONS = """Focal point|Point focal|POC|Point of contact|Contact|Responsable|Responsable du site|Manager|Camp manager
Chef|Chef de poste|Superviseur|Supervisor|Officer in charge|Person in charge|Commander|Commandant|Author|Auteur
Prepared by|Établi par|Préparé par|Reported by|Updated by|Mis à jour par|Enumerator|Enquêteur|Reporter|Witness|Témoin
Source name|Coordinator|Coordonnateur|Directeur|Head of office|Head teacher|Owner|Propriétaire|Représentant
Personne ressource|Interlocuteur|Gestionnaire|Driver|Signature|Team leader|Chief|Maire"""


@pytest.mark.parametrize("name", OF_PERSONS.replace("\n", "|").split("|"))
@pytest.mark.slow
def test_a_column_of_whoever_holds_an_office_is_refused(name):
    assert content(name, ["Ada Example", "Bo Example", "Cy Example"]) == "refused"


OF_OTHERS = """Source|Source scale|Chef-lieu|Chef-lieu de cercle|Commandement|PoC site|Ownership|Operator|Management agency
Site|Head count|Site name|Nom du site|Chefferie|Préfecture|Territory|Headquarters|Contingent|Base|Surface|ll_source"""


@pytest.mark.parametrize("name", OF_OTHERS.replace("\n", "|").split("|"))
def test_a_column_of_places_sources_and_units_is_not(name):
    assert content(name, ["Old Ford", "New Ford", "Long Bridge"]) != "refused"


@pytest.mark.parametrize("cells", [["12", "4", "30"], ["yes", "no", "yes"], ["2019-06-30", "2019-07-01"]])
def test_counts_answers_and_days_of_officers_are_no_persons(cells):
    assert content("Officers", cells) != "refused"


TITLED = ["Maj. Example", "Col. A. Example", "Lt Example", "Lt Col Example", "Capt Example", "Mr Example", "Mr A",
          "Mrs Example", "Mme Example", "M. Example", "Dr Example", "Contact: Maj. Example", "Lt. Cdr. Example"]  # fmt: skip


@pytest.mark.parametrize("cell", TITLED)
def test_a_title_and_a_name_are_a_person(cell):
    assert is_titled(cell)


NOT_TITLED = ["Major road", "M 4", "Col de la Piste", "Dr Example Clinic", "Mme Example School", "General Hospital",
              "Mr", "Drinking water", "Malakal", "Dry season", "MSF", "Lt", "Captured", "Mission base", "M.A.S.H.", "Gen Area", "Rev Date", "DR Congo"]  # fmt: skip


@pytest.mark.parametrize("cell", NOT_TITLED)
def test_a_place_or_a_word_is_none(cell):
    assert not is_titled(cell)


def test_a_column_is_refused_by_the_titles_in_its_cells():
    assert content("Remarks", ["Maj. Example", "Mr Other", "", "closed"]) == "refused"


def test_one_titled_name_among_many_remarks_is_not_shown():
    profile = ColumnProfile()
    profile.add(["Capt Example", *(f"road {n}" for n in range(9))])
    profile.settle()
    made = guess("Remarks", "", profile)
    assert made.content != "refused"
    assert "Capt Example" not in made.examples


PERSONAL = ["+211 912 345 678", "00211912345678", "a.b@example.org", "call +223 70 00 00 00 first",
            "Example, a.b@example.org", "70 11 22 33", "06 12 34 56 78", "0912 345 678"]  # fmt: skip


@pytest.mark.parametrize("cell", PERSONAL)
def test_telephone_numbers_and_addresses_are_known_by_content(cell):
    assert is_personal(cell)
    assert content("Remarks", [cell] * 3) == "refused"


@pytest.mark.parametrize(
    "cell", ["04 52 19 N", "1 250 000", "2019-06-30", "12 05 2019", "36N 0344200 0538600", "0101010203", "+31.5563123", "14.5, -4.2", "a @ b"]
)  # fmt: skip
def test_coordinates_days_and_codes_are_no_telephone_numbers(cell):
    assert not is_about_person(cell)


def test_a_heading_that_holds_a_person_is_numbered():
    header = read_header([(1, ("Site", "Prepared by A. Example")), (2, ("x", "y"))])
    assert header.columns == ("Site", "column 2")
    assert names_person("Site list (Maj. Example)")


@pytest.mark.parametrize(
    "name", ["Col Total", "Rev No", "Gen Hospitals", "Dr Total", "Prepared by", "Lt Vehicles", "2019"]
)
def test_a_heading_of_short_words_keeps_its_name(name):
    assert not names_person(name)


@pytest.mark.slow
def test_cells_of_a_column_refused_by_content_do_not_come_back(tmp_path):
    content = "".join(f"Post {n};Maj. Example{n};14.{n};-4.{n}\n" for n in range(1, 9))
    path = tmp_path / "a.csv"
    path.write_text(f"site;remark;lat;lon\n{content}", encoding="utf-8")
    with looked_at(path) as looked:
        assert [each.content for each in looked.seen.sheets[0].columns][1] == "refused"
        assert {row.cells[1] for row in looked.rows(0)} == {""}


def test_a_cell_about_a_person_in_another_column_is_not_shown(tmp_path):
    path = tmp_path / "rows"
    path.write_text('[2, ["Post", "Capt Example"], null, null]\n', encoding="utf-8")
    assert first_rows(path, 1)[0].cells == ("Post", "…")
