"""What might have been sensitive places is shown once a person says that it is something else."""

from __future__ import annotations

import pytest

from layers.intake.preview import first_cells, is_hidden, shape_sample
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

MINISTRY = (
    "code;nom_formation_sanitaire;type;statut;region;cercle;latitude;longitude;fonctionnel\n"
    "A1;Alpha;CSCOM;public;A;A;0.5;20.25;oui\nA2;Bravo;Point d’eau;public;A;A;0.6;20.35;oui\n"
    "A3;Charlie;Cimetière;public;A;A;0.7;20.45;oui\n"
)
ROWS = (
    "Name,Type,Latitude,Longitude,Contact,Camp manager\n"
    "Alpha IDP site,Base,0.5,20.25,a@b.org,X. Exemple\n"
    "Bravo IDP site,TOB,0.8,20.75,c@d.org,Y. Exemple\n"
    "Echo,COB,0.4,20.5,e@f.org,V. Exemple\n"
    "Foxtrot,FOB,0.5,20.5,e@f.org,U. Exemple\n"
    "Charlie,FOB,0.7,20.5,e@f.org,Z. Exemple\n"
    ",Delta,FOB,0.6,20.5,g@h.org,W. Exemple\n"
)
CARE = (
    "State,County,Health Facility Name,Type,latitude,longitude,Functional Status\n"
    "West,Alpha,Alpha PHCU,PHCU,0.5,20.25,Functional\nWest,Bravo,Bravo,County Hospital,0.8,20.75,Closed\n"
)


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def facilities(tmp_path):
    path = tmp_path / "facilities.csv"
    path.write_text(CARE, encoding="utf-8")
    return path


def examples(offer) -> dict[str, tuple[str, ...]]:
    return {each.name: each.examples for each in offer.sheet.columns}


def test_examples_are_hidden_until_the_layer_is_said(bringing, listed):
    offer = bringing.offer(listed, *LEDGER)
    assert is_hidden(offer)
    assert not any(examples(offer).values())


def test_examples_are_shown_once_the_layer_is_said(bringing, listed):
    offer = bringing.offer(listed, "layer=sites", *LEDGER)
    assert examples(offer)["Name"] == ("Echo", "Foxtrot", "Charlie")
    assert not any("no example" in each for each in offer.sheet.remarks)


def test_columns_about_persons_stay_refused(bringing, listed):
    offer = bringing.offer(listed, "layer=sites", *LEDGER)
    assert {each.name for each in offer.sheet.columns if each.is_refused} == {"Contact", "Camp manager"}
    assert examples(offer)["Contact"] == examples(offer)["Camp manager"] == ()


def test_what_is_said_to_be_sensitive_stays_hidden(bringing, listed):
    assert not any(examples(bringing.offer(listed, "layer=sensitive", *LEDGER)).values())


def test_a_list_of_health_facilities_asks_neither_for_its_layer_nor_for_its_kind(bringing, facilities):
    offer = bringing.offer(facilities, *LEDGER)
    assert (offer.layer, offer.questions) == ("sensitive", ())
    assert set(offer.taken.frame["kind"]) == {"clinic"}


def test_a_list_that_is_surely_of_health_facilities_is_never_shown(bringing, facilities):
    assert is_hidden(bringing.offer(facilities, "layer=sites", *LEDGER))


def test_no_coordinates_are_examples_of_a_list_that_looked_sensitive(bringing, listed):
    offer = bringing.offer(listed, "layer=sites", *LEDGER)
    assert examples(offer)["Latitude"] == examples(offer)["Longitude"] == ()


def test_a_row_that_speaks_of_a_sensitive_place_is_neither_drawn_nor_listed(bringing, listed):
    with bringing.looked(listed, "layer=sites", *LEDGER) as (looked, offer, _):
        assert shape_sample(looked, offer).placed == 3
        assert first_cells(looked, offer, 5) == (
            ("Name", "Type"),
            (("Echo", "COB"), ("Foxtrot", "FOB"), ("Charlie", "FOB")),
        )


def test_of_a_list_that_is_surely_sensitive_no_question_repeats_a_cell(bringing, facilities):
    offer = bringing.offer(facilities, "column.kind=Health Facility Name", *LEDGER)
    assert [each.key for each in offer.questions] == ["word.kind.…"]
    assert "2 different cells" in offer.questions[0].asks
    assert not any("Bravo" in each.asks for each in offer.questions)


def test_what_is_not_repeated_can_still_be_answered(bringing, facilities):
    words = ("word.kind.Alpha PHCU=clinic", "word.kind.Bravo=")
    offer = bringing.offer(facilities, "column.kind=Health Facility Name", *words, *LEDGER)
    assert offer.questions == ()


def test_types_that_are_not_all_of_care_are_asked_about(bringing, tmp_path):
    path = tmp_path / "ministry.csv"
    path.write_text(MINISTRY, encoding="utf-8")
    offer = bringing.offer(path, "layer=sensitive", *LEDGER)
    assert (offer.mapping.columns["kind"], "kind" in offer.mapping.stated) == ("type", False)
    assert [each.key for each in offer.questions] == ["word.kind.Cimetière"]


def test_where_every_second_row_speaks_of_a_sensitive_place_no_row_is_shown(bringing, tmp_path):
    path = tmp_path / "care.csv"
    path.write_text("Nom,Latitude,Longitude\nCSCOM A,0.5,20.25\nPoste B,0.6,20.35\n", encoding="utf-8")
    with bringing.looked(path, "layer=places", *LEDGER) as (looked, offer, _):
        assert not any(examples(offer).values())
        assert first_cells(looked, offer, 5)[1] == ()
