"""Rows of a new edition that cannot be taken are not gone: they are counted apart."""

from __future__ import annotations

import pytest

from layers.foreign.isolation import looked_at
from layers.intake.answers import read_answers
from layers.intake.area import bounds_of, facts_of, imports_of, rebuild
from layers.intake.edition import earlier_answers
from layers.intake.imports import digest_of
from layers.intake.offer import offers
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

FIRST = "Name,Type,Latitude,Longitude,Infantry coy\nAlpha,TOB,0.5,20.25,1\nBravo,TOB,0.8,20.75,2\nCharlie,TOB,0.2,20.5,1\n"
INCIDENTS = (
    "Date,Type,Latitude,Longitude,Civilians killed\n"
    "2019-02-13,Ambush,0.51,20.16,1\n2019-02-14,Ambush,0.5,20.2,2\n2019-02-15,Ambush,0.4,20.3,3\n"
)
OF_INCIDENTS = ("layer=incidents", "value.geo_precision=1", "value.reliability=1", *LEDGER)


@pytest.fixture
def updated(bringing, tmp_path):
    """Return a function that brings a list and its next edition, and returns what became of its layer."""

    def updating(first: str, second: str, *answers: str):
        path = tmp_path / "list.csv"
        path.write_text(first, encoding="utf-8")
        bringing.take((path, answers))
        path.write_text(second, encoding="utf-8")
        with imports_of(bringing.area) as imports, looked_at(path, bounds_of(bringing.area)) as looked:
            said = [
                *earlier_answers(imports, looked.seen),
                read_answers(["ledger.date=2019"], leaves_out=True),
            ]
            [offer] = offers(looked, said, facts_of(bringing.area, imports, ()))
            imports.add(looked, offer, said, digest=digest_of(path))
            change = rebuild(bringing.area, imports, lambda _: None)
        return {each.layer: each for each in change.changes}, [str(each) for each in change.notes]

    return updating


SAID = ("layer=sites", *LEDGER)


def test_a_row_whose_coordinates_cannot_be_read_is_not_gone(updated):
    changes, _ = updated(FIRST, FIRST.replace("0.8,20.75", "?,20.75"), *SAID)
    assert (changes["sites"].vanished, changes["sites"].reported, changes["sites"].same) == (0, 1, 2)


def test_what_stands_at_such_a_site_is_not_gone(updated):
    changes, _ = updated(FIRST, FIRST.replace("0.8,20.75", "?,20.75"), *SAID)
    assert (changes["assets"].vanished, changes["assets"].reported) == (0, 1)


def test_a_row_that_is_not_there_any_more_is_gone(updated):
    changes, notes = updated(FIRST, FIRST.replace("Bravo,TOB,0.8,20.75,2\n", ""), *SAID)
    assert (changes["sites"].vanished, changes["sites"].reported) == (1, 0)
    assert not any("not gone" in each for each in notes)


def test_rows_that_are_not_gone_are_said(updated):
    _, notes = updated(FIRST, FIRST.replace("0.8,20.75", "?,20.75"), *SAID)
    assert any(each.startswith("Sites: rows that were there before and cannot be taken") for each in notes)


def test_of_rows_without_an_identifier_it_is_said_that_nobody_knows(updated):
    changes, notes = updated(INCIDENTS, INCIDENTS.replace("0.5,20.2,2", "?,20.2,2"), *OF_INCIDENTS)
    assert (changes["incidents"].vanished, changes["incidents"].reported) == (1, 0)
    assert any("have no identifier: 1." in each and "is not known" in each for each in notes)
