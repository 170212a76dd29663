"""`footprint area look`: what is in a file, on the terminal and as a document, and nothing is taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint.cli.main import app
from footprint.documents.schema import DocumentName
from tests.footprint.documents.validate import faults

pytestmark = pytest.mark.slow

SITES = "site,lat,lon,date,phone\nOld Ford,14.5,-4.2,05/06/2019,+223 70 11 22 33\nMill,x,-3.5,06/06/2019,\n"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["area", "look", *arguments])
    return result.exit_code, result.output


@pytest.fixture
def sites(tmp_path: Path) -> str:
    path = tmp_path / "sites.csv"
    path.write_text(SITES)
    return str(path)


def test_the_table_says_what_is_in_a_file_and_which_rows_cannot_be_read(sites):
    code, text = run(sites, "--rows", "1")
    assert code == 0
    assert "sites.csv: rows 2, can be read 1, cannot 1" in text
    assert "row 3, column lat: 'x' is no coordinate" in text
    assert "not decided" in text
    assert "70 11" not in text


def test_the_document_is_what_its_schema_says(sites):
    code, text = run(sites, "--json")
    document = json.loads(text)
    assert code == 0
    assert faults(document, DocumentName.LOOK) == []
    assert document["sheets"][0]["reports"] == [
        {
            "problem": "'x' is no coordinate; write it such as 6.2059 or 6°12'21\"N",
            "column": "lat",
            "row_numbers": [3],
            "rows": 1,
        }
    ]


def test_it_speaks_french(sites):
    _, text = run(sites, "--lang", "fr")
    assert "Rien n’en a été pris." in text
    assert "elle contient des numéros" in text


def test_a_file_that_is_refused_is_one_message_and_exit_code_1(tmp_path):
    path = tmp_path / "sites.docx"
    path.write_bytes(b"x")
    code, text = run(str(path))
    assert code == 1
    assert text.count("sites.docx") == 1


def test_places_are_held_against_an_area(sites):
    _, text = run(sites, "--near", str(Path("data/mali").resolve()))
    assert "Places in the area: 1 of 1." in text
