"""A bundle for a colleague who helps: it helps, and no name, value, coordinate or path of anybody is in it."""

from __future__ import annotations

import getpass
import io
import json
import re
import socket
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from footprint.cli.main import app
from footprint.doctor import bundle, examine
from footprint.doctor.packing import _report
from footprint.doctor.safe import NOT_KNOWN, column, layer, wording
from footprint.documents.json import to_json
from footprint.documents.schema import DocumentName
from footprint.language import Language
from footprint.workshop.health import store_health
from footprint.workshop.store import Store
from layers import Fault, load_area
from layers.sentences import Sentence, say
from tests.footprint.documents.validate import faults
from tests.kept import BUNDLED
from tests.layers.square import Folder

pytestmark = pytest.mark.slow


def texts(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def names_of(area):
    """Every name that an area holds: of sites, places, units, roads, waters, files and of the area itself."""
    frames = (
        area.sites,
        area.places,
        area.regions,
        area.districts,
        area.country,
        area.roads,
        area.rivers,
        area.lakes,
    )
    words = {str(name) for frame in frames for name in frame["name"]} | {*area.names.values(), area.area_id}
    words |= {str(place) for place in area.incidents["place"]} | {path.name for path in area.folder.iterdir()}
    # The helper is told which file of the program is meant, which is no secret.
    return {word for word in words if len(word) > 3} - {"area.toml", "sources.csv", "objectives.toml"}


def coordinates_of(area):
    """Every longitude and latitude of a point, to two decimals and more, those of sensitive places too."""
    shapes = [frame.to_crs(4326).geometry for frame in (area.sites, area.places, area.incidents)]
    lines = (area.folder / area.sensitive_file).read_text(encoding="utf-8").splitlines()
    numbers = [f"{value:.2f}" for each in shapes for point in each for value in (point.x, point.y)]
    return {*numbers, *(n[:-1] for line in lines for n in re.findall(r"-?\d+\.\d{2,}", line))}


def hits(text, words):
    return {word for word in words if re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", text)}


@pytest.mark.slow
def test_nothing_of_the_bundled_case_of_its_user_or_of_the_machine_is_in_the_bundle(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Africa/Bamako")
    monkeypatch.setenv("FOOTPRINT_AREA", "/home/mdiallo/Mopti")
    store = tmp_path / "mdiallo" / "desks.store"
    store.parent.mkdir()
    with Store(store) as desks:
        desks.new_desk("mali")
    document = examine(BUNDLED, store)
    everything = "\n".join(texts(bundle(document)).values())
    area = load_area(BUNDLED)
    assert hits(everything, names_of(area)) == set()
    # Numbers of versions are what two decimals may be.
    without_versions = to_json(replace(document, versions={}))
    assert hits(without_versions, coordinates_of(area)) == set()
    private = {
        "mdiallo",
        "Bamako",
        "desks.store",
        str(Path.home()),
        str(BUNDLED),
        str(tmp_path),
        socket.gethostname(),
    }
    assert hits(everything, private) == set()
    if getpass.getuser() != "root":
        assert getpass.getuser() not in everything
    assert document.area is not None
    assert (document.area.ended, document.area.is_usable) == ("whole", True)
    assert "sensitive" not in document.area.layers
    assert document.store.desks == "fewer than 10"
    assert faults(json.loads(to_json(document)), DocumentName.DOCTOR) == []


@pytest.mark.slow
def test_faults_of_a_hostile_area_are_told_by_wording_layer_and_column_alone(tmp_path):
    folder = tmp_path / "Tin-Zaouaten"
    folder.mkdir()
    area = Folder(folder)
    area.add("sites.csv", "x1,Anefis,no_such_kind,all,,,high,invented,200.123456,95.5")
    area.add("roads.csv", 'r2,RN-Anefis,Anefis,paved,good,none,false,true,,,,"LINESTRING (1 1"')
    (folder / "Anefis.csv").write_text(
        "place_id,Anefis,kind,lon,lat\ns1,a,Anefis,-4.123456,14.654321\n", encoding="utf-8"
    )
    area.say('places = "places.csv"', 'places = "Anefis.csv"')
    area.toml = area.toml.replace('places = "places.csv"', 'places = "Anefis.csv"').replace(
        'West = ["W"]', 'Anefis = ["Anefis"]'
    )
    area.say()
    document = examine(folder, tmp_path / "none.store")
    everything = "\n".join(texts(bundle(document)).values())
    assert (
        hits(everything, {"Anefis", "Anefis.csv", "Tin-Zaouaten", "no_such_kind", "RN-Anefis", str(tmp_path)})
        == set()
    )
    assert hits(everything, {"200.123456", "-4.123456", "14.654321", "95.5"}) == set()
    part = document.area
    assert part is not None
    assert not part.is_usable
    assert {"sites", "roads", "places"} <= {each.layer for each in part.faults}
    assert all(each.problem and each.problem != NOT_KNOWN for each in part.faults)
    assert document.store.is_there is False


def test_a_process_that_a_bug_ends_is_told_by_kind_and_frames_without_its_words(tmp_path):
    code = (
        "import sys; from footprint.doctor import probe; sys.argv = ['-c', sys.argv[1]]\n"
        "def broken(_): raise RuntimeError('Anefis at 14.654321')\n"
        "probe._examined = broken; probe.main()"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False)
    report = _report(done)
    assert report["ended"] == "RuntimeError"
    assert report["frames"][0].startswith("footprint/doctor/probe.py:")
    assert "Anefis" not in json.dumps(report)
    assert _report(subprocess.CompletedProcess([], -9, b"", b""))["ended"] == "signal 9"


def test_words_that_no_catalogue_holds_stay_at_home():
    language = Language("fr")
    assert wording(Sentence("Anefis is closed"), language) == NOT_KNOWN
    fault = say(
        "{place}: {problem}. {remedy}", place="Anefis.csv", problem=Sentence("Anefis"), remedy="Anefis"
    )
    assert "Anefis" not in wording(fault, language)


@given(private=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=3, max_size=30))
@settings(max_examples=200)
def test_no_word_of_a_fault_but_its_template_goes_out(private):
    """Whatever a file, a column, a value or a sentence of somebody else holds; 3 characters may be part of a word."""
    marked, language = f"⁂{private}⁂", Language("fr")
    inner = say("it is missing").having(value=marked)
    fault = Fault(
        file=marked,
        problem=say("{place}: {problem}. {remedy}", place=marked, problem=inner, remedy=Sentence(marked)),
        remedy=say("Name one of: {known}.", known=marked),
        column=f"focus.{marked}",
    )
    words = (
        wording(fault.problem, language), wording(fault.remedy, language), column(fault.column), column(marked),
        layer(fault, {}), layer(fault, {"sites.csv": "sites"}), wording(marked, language),
    )  # fmt: skip
    assert not any("⁂" in word for word in words)
    assert column(fault.column) == "focus"


def test_a_store_that_is_damaged_is_told_as_such_and_left_as_it_is(tmp_path):
    broken = tmp_path / "broken.store"
    broken.write_bytes(b"no database" * 100)
    before = broken.read_bytes()
    health = store_health(broken)
    assert health is not None
    assert (health.is_sound, health.desks) == (False, None)
    assert broken.read_bytes() == before


def test_the_command_shows_what_it_packs_and_writes_over_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("footprint.doctor.packing._area", lambda _: None)
    there = tmp_path / "there.zip"
    there.touch()
    assert "is there already" in CliRunner().invoke(app, ["doctor", "--out", str(there)]).output
    done = CliRunner().invoke(app, ["doctor", "--lang", "fr", "--out", str(tmp_path / "new.zip")])
    assert done.exit_code == 0
    packed = texts((tmp_path / "new.zip").read_bytes())
    assert packed["doctor.json"] in done.stdout
    assert Language("fr").text("A bundle for a colleague who helps with Footprint") in done.stdout
    assert set(packed) == {"README.txt", "doctor.json"}
    assert (tmp_path / "new.zip").stat().st_mode & 0o777 == 0o600
