"""What might have been sensitive places is shown once a person says that it is something else."""

from __future__ import annotations

import pytest

from layers.intake.preview import is_hidden
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

ROWS = (
    "Name,Type,Latitude,Longitude,Contact,Camp manager\n"
    "Alpha IDP site,Base,0.5,20.25,a@b.org,X. Exemple\n"
    "Bravo IDP site,TOB,0.8,20.75,c@d.org,Y. Exemple\n"
)
CARE = (
    "State,County,Health Facility Name,Type,latitude,longitude,Functional Status\n"
    "West,Alpha,Alpha PHCU,PHCU,0.5,20.25,Functional\nWest,Bravo,Bravo,Other,0.8,20.75,Closed\n"
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
    assert examples(offer)["Name"] == ("Alpha IDP site", "Bravo IDP site")
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


def test_a_column_for_the_kind_may_still_be_named(bringing, facilities):
    offer = bringing.offer(facilities, "column.kind=Type", *LEDGER)
    assert [each.key for each in offer.questions] == ["word.kind.Other"]
