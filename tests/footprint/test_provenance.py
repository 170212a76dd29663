"""An answer names what it rests on: any part changed is seen, and no part gives a place away."""

from __future__ import annotations

import hashlib
import itertools
import json
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from typer.testing import CliRunner

from footprint.cli.main import app as command
from footprint.coverage.footprints import Weakest
from footprint.disclosure import Precision, local_secret, rounded
from footprint.documents.head import about
from footprint.documents.json import to_json
from footprint.language import Language
from footprint.method import default_method
from footprint.method.parts import Changed
from footprint.objectives import Measure
from footprint.prepared import prepare, with_profile
from footprint.provenance import Provenance, of_review, of_violence
from footprint.releases.log import LOG_FILE, ReleaseLog
from footprint.releases.terms import Marking, Release
from footprint.releases.verify import verify
from footprint.scenario import AddAssets, CloseSite, MoveSite, Scenario
from footprint.views.cells import Asked, View
from footprint.views.raster import mercator_frame
from footprint.views.release import Taken, file_name, hand_over, provenance_line, released_provenance
from footprint.violence import Question
from layers import load_area
from tests.layers.square import Folder
from tests.worlds import (
    BUNDLED,
    bundled_area,
    bundled_prepared,
    find_patterns,
    make_area,
    make_assets,
    make_basis,
    make_objective,
    make_sites,
    review,
    router_of,
)

pytestmark = pytest.mark.slow

EN, FR = Language("en"), Language("fr")
SECRET = b"s" * 32
WHOLE = Provenance(
    area_id="area",
    area_digest="a" * 16,
    frame_date=date(2019, 6, 30),
    method_digest="b" * 16,
    method_changes=(),
    scenario_id="c" * 12,
    measure="blend",
    weakest="minimum",
    question="kinds",
    calendar_digest="d" * 16,
    version="1",
)
OTHERS = {
    "frame_date": date(2019, 6, 29),
    "method_changes": (Changed(path="travel.convoy_cap_kmh", old=30.0, new=25.0, unit="km/h"),),
}
KEYED = {"area_digest", "scenario_id", "calendar_digest"}

LON, LAT = -0.0425, 16.2775
PLAN = Scenario("plan", (MoveSite("gao", LON, LAT),))
RELEASE = Release("briefing", "mission leadership", "chief of plans", Marking.CONFIDENTIAL, Precision.PUBLIC)


# Every part counts


@pytest.mark.parametrize("name", [each.name for each in fields(Provenance)])
def test_the_identifier_changes_with_every_part(name):
    other = replace(WHOLE, **{name: OTHERS.get(name, "other")})
    assert other.identifier != WHOLE.identifier
    assert other.document["identifier"] == other.identifier


@pytest.mark.parametrize("part", ["path", "old", "new", "unit"])
def test_the_identifier_changes_with_every_part_of_a_changed_number(part):
    one = OTHERS["method_changes"][0]
    two = replace(one, **{part: 1.0 if part in {"old", "new"} else "other"})
    assert (
        replace(WHOLE, method_changes=(one,)).identifier != replace(WHOLE, method_changes=(two,)).identifier
    )


def world():
    sites = make_sites({"camp": (12.5, 12.5), "post": (72.5, 22.5)})
    assets = make_assets({"camp": {"infantry_company": 1}, "post": {"unpol_team": 1}})
    return make_basis(make_area(sites=sites, assets=assets))


def test_equal_questions_of_equal_data_have_equal_identifiers():
    """A scenario's name is no part of it, and neither is the order in which things were asked."""
    one = review(world(), Scenario("one", (CloseSite("camp"),)))
    review(world(), Scenario("between"))
    two = review(world(), Scenario("two", (CloseSite("camp"),)))
    assert one.provenance == two.provenance
    assert one.provenance.identifier == two.provenance.identifier


def test_every_other_question_has_another_identifier():
    prepared, plan = world(), Scenario("plan", (CloseSite("camp"),))
    faster = default_method().edited({"travel.convoy_cap_kmh": 20.0})
    even = np.full((prepared.area.grid.n_cells, 12), 1 / 12)
    early = even.copy()
    early[0] = [1.0, *[0.0] * 11]
    answers = {
        "plan": review(prepared, plan),
        "another scenario": review(prepared, Scenario("plan", (CloseSite("post"),))),
        "no scenario": review(prepared, Scenario("plan")),
        "a number of the method": review(make_basis(prepared.area, method=faster), plan),
        "another measure": review(prepared, plan, measure=Measure.PEOPLE),
        "another weakest": review(prepared, plan, weakest=Weakest.GEOMETRIC),
        "the calendar": review(with_profile(prepared, even), plan),
        "another calendar": review(with_profile(prepared, early), plan),
    }
    identifiers = {name: answer.provenance.identifier for name, answer in answers.items()}
    assert len(set(identifiers.values())) == len(answers), identifiers
    off_again = review(with_profile(with_profile(prepared, even), None), plan)
    assert off_again.provenance.identifier == identifiers["plan"]


def test_every_other_question_of_the_incidents_has_another_identifier():
    method, area = default_method(), world().area
    questions = [
        Question(),
        Question(types=frozenset()),
        Question(first_year=2018),
        Question(last_year=2018),
        Question(precision_max=1),
        Question(provider="invented"),
    ]
    assert len({of_violence(area, method, each).identifier for each in questions}) == len(questions)


@pytest.mark.slow
def test_a_file_of_the_area_changes_the_identifier_and_sensitive_places_do_not(tmp_path):
    folder = Folder(tmp_path)

    def identifier():
        area = load_area(folder.path)
        prepared = prepare(area, default_method(), (make_objective(regions=tuple(area.regions.index)),))
        return of_review(prepared, Scenario("none"), Measure.BLEND, Weakest.MINIMUM).identifier

    before = identifier()
    folder.put("sensitive.csv", "s1,clinic,-4.2,14.6")
    assert identifier() == before
    folder.add("places.csv", "p2,Hamlet,village,50,-4.4,14.1")
    assert identifier() != before


# No place is given away


def test_a_key_changes_what_depends_on_places_and_nothing_else():
    under = WHOLE.keyed(SECRET)
    assert {
        each.name for each in fields(Provenance) if getattr(under, each.name) != getattr(WHOLE, each.name)
    } == KEYED
    assert under == WHOLE.keyed(SECRET)
    assert under != WHOLE.keyed(b"t" * 32)
    assert under.identifier != WHOLE.identifier
    assert all(len(getattr(under, name)) == len(getattr(WHOLE, name)) for name in KEYED)
    assert replace(WHOLE, calendar_digest="").keyed(SECRET).calendar_digest == ""


def candidates():
    """Every place, forty to a tenth of a degree, that is shown to the public as the true one is."""
    west, south = rounded(LON, LAT, Precision.PUBLIC)
    steps = [round(0.0025 * step - 0.05, 4) for step in range(41)]
    for east, north in itertools.product(steps, steps):
        yield Scenario("guess", (MoveSite("gao", round(west + east, 4), round(south + north, 4)),))


@pytest.mark.slow
def test_a_plain_identifier_is_the_place_to_whoever_tries_them_all():
    """The attack itself: what a reader of a public map knows is the place to a tenth, and the identifier."""
    found = {guess.changes for guess in candidates() if guess.scenario_id == PLAN.scenario_id}
    assert found == {PLAN.changes}
    plain = answered().provenance
    by_whole = {
        guess.changes
        for guess in candidates()
        if replace(plain, scenario_id=guess.scenario_id).identifier == plain.identifier
    }
    assert by_whole == {PLAN.changes}


def test_under_a_key_no_place_tried_matches():
    plain = answered().provenance
    public = plain.keyed(SECRET)
    for guess in candidates():
        # With the area's plain digest and the printed one; with no key, and with one of the attacker's own.
        tries = [replace(base, scenario_id=guess.scenario_id) for base in (plain, public)]
        tries.append(tries[0].keyed(b"theirs" * 6))
        assert public.scenario_id not in {each.scenario_id for each in tries}
        assert public.identifier not in {each.identifier for each in tries}


def answered(plan=PLAN):
    return review(bundled_prepared(), plan)


def taken(*, view=View.DIVERGENCE, plan=PLAN):
    prepared = bundled_prepared()
    patterns = find_patterns(bundled_area()) if view is View.HOTSPOTS else None
    return Taken(
        prepared=prepared,
        router=router_of(prepared),
        review=answered(plan),
        asked=Asked(view=view, month=10, found=patterns),
        frame=mercator_frame(prepared.area.grid),
        layers=("incidents", "flood"),
        focus="",
    )


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path, monkeypatch):
    """The secret is the test's own, never the user's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.mark.slow
@pytest.mark.parametrize("language", [EN, FR], ids=["en", "fr"])
@pytest.mark.parametrize("view", [View.DIVERGENCE, View.DEMAND])
def test_a_public_export_holds_no_plain_hash_of_places(view, language, tmp_path):
    map_ = taken(view=view)
    plain = map_.review.provenance
    provenance = released_provenance(map_, Precision.PUBLIC)
    log = ReleaseLog(tmp_path / "state")
    html = hand_over(map_, RELEASE, provenance, language, log)
    name = file_name(map_, provenance, language)
    logged = (tmp_path / "state" / LOG_FILE).read_text(encoding="utf-8")
    assert bool(log.examine().contents[0]["surface"]) == (view is View.DEMAND)
    for leaving in (html, name, logged):
        assert plain.scenario_id not in leaving
        assert plain.area_digest not in leaving
        assert plain.identifier not in leaving
        assert provenance.identifier in leaving
    assert f"{abs(LON)}" not in html
    assert f"{LAT}" not in html
    for part in (
        provenance.area_digest,
        provenance.scenario_id,
        provenance.method_digest,
        provenance.version,
    ):
        assert part in html
        assert part in logged


def test_an_internal_export_names_its_plain_provenance(tmp_path):
    map_ = taken()
    release = replace(RELEASE, precision=Precision.INTERNAL)
    provenance = released_provenance(map_, release.precision)
    assert provenance == map_.review.provenance
    html = hand_over(map_, release, provenance, EN, ReleaseLog(tmp_path / "state"))
    assert f"scenario {PLAN.scenario_id}" in html
    assert provenance.area_digest in html


def test_the_same_map_released_twice_has_the_same_identifier():
    first, again = (released_provenance(taken(), Precision.PUBLIC) for _ in range(2))
    assert first == again
    other = taken(plan=Scenario("plan", (AddAssets("gao", "infantry_company"),)))
    assert released_provenance(other, Precision.PUBLIC).identifier != first.identifier
    assert first == answered().provenance.keyed(local_secret())


@pytest.mark.slow
def test_a_map_of_patterns_names_what_was_asked_of_the_incidents():
    patterns, plain = (
        released_provenance(taken(view=view), Precision.INTERNAL) for view in (View.HOTSPOTS, View.DIVERGENCE)
    )
    assert (patterns.question, plain.question) == (Question().key, "")
    assert patterns.identifier != plain.identifier
    assert Question().key in provenance_line(patterns, EN)


def test_the_line_names_every_number_changed_the_measure_and_the_calendar():
    usual = provenance_line(replace(WHOLE, calendar_digest="", question=""), EN)
    assert usual == (
        f"Provenance {replace(WHOLE, calendar_digest='', question='').identifier}: area {'a' * 16}, method {'b' * 16}, "
        f"scenario {'c' * 12}, version 1. Every number as shipped. Need counted by: People and threat. "
        "Threat is alike in every month."
    )
    changed = provenance_line(replace(WHOLE, **OTHERS), EN)
    assert "Numbers changed: travel.convoy_cap_kmh 30 → 25 km/h." in changed
    assert f"Threat follows the calendar of return {'d' * 16}." in changed
    assert "Incidents asked for: kinds." in changed


@pytest.mark.slow
def test_a_map_is_logged_on_its_terms_before_it_leaves_and_is_known_afterwards(tmp_path):
    log = ReleaseLog(tmp_path / "state")
    html = hand_over(taken(), RELEASE, WHOLE, EN, log)
    begun, sealed = log.examine().contents
    assert json.loads(begun["provenance"])["identifier"] == WHOLE.identifier
    terms = (begun["purpose"], begun["number"], begun["profile"], begun["marking"])
    assert terms == ("briefing", "divergence-10", "public", "confidential")
    assert all(number >= 3 for *_, number in begun["counts"])
    ((name, file),) = sealed["files"].items()
    assert begun["files"] == {name: file["code"]}
    assert file["code"] in html
    (tmp_path / name).write_text(html, encoding="utf-8")
    assert verify(log, tmp_path / name).holds


@pytest.mark.slow
@pytest.mark.parametrize("words", ["review", "area check", "calendar", "hotspots"])
@pytest.mark.usefixtures("read_once")
def test_no_document_holds_a_hash_of_the_sensitive_places(words):
    result = CliRunner().invoke(command, [*words.split(), str(BUNDLED), "--json"])
    assert result.exit_code == 0, result.output
    secret = hashlib.sha256((BUNDLED / "sensitive.csv").read_bytes()).hexdigest()
    assert secret[:12] not in result.output


def test_the_hash_of_the_sensitive_file_is_withheld_whatever_layer_its_row_names():
    area = bundled_area()
    row = next(source for source in area.sources if source.layer == "sensitive")
    disguised = replace(area, sources=(*area.sources, replace(row, layer="places", file=f"./{row.file}")))
    head = about("footprint-hotspots", disguised, of_violence(disguised, default_method(), Question()))
    assert row.sha256
    assert row.sha256 not in to_json(head)
