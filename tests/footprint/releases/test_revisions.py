"""One number and revision is one content: a second one under it does not leave, and is told what it may be called."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from footprint.disclosure import local_secret
from footprint.errors import ReleaseError
from footprint.language import Language
from footprint.method.parts import Changed
from footprint.releases.seal import MadeFile, Reserved, begin, next_number, next_revision, seal
from footprint.views.release import screen_numbers
from tests.footprint.releases.kits import NOW, PROVENANCE, log_in, run_of

OTHER = replace(PROVENANCE, scenario_id="d" * 12)
CHANGED = Changed(path="travel.patrol_cap_kmh", old=0.1, new=30, unit="km/h")


@pytest.fixture
def log(tmp_path):
    return log_in(tmp_path)


def sealed(log, **changed: object) -> Reserved:
    reserved = begin(log, run_of(**changed), ["map.html"], NOW)
    seal(log, reserved, {"map.html": MadeFile(b"a", "text/html")}, NOW)
    return reserved


def test_another_run_under_a_number_and_revision_that_left_is_refused(log):
    sealed(log)
    with pytest.raises(ReleaseError) as refused:
        begin(log, run_of(provenance=OTHER), ["map.html"], NOW)
    (fault,) = refused.value.sentences
    assert fault.said(Language("en")) == (
        "Number MAP-7, revision 2 was released on 2019-07-01 with other content. The next free revision is 3."
    )
    assert "MAP-7" in fault.said(Language("fr"))


def test_what_is_refused_is_not_logged(log):
    sealed(log)
    before = len(log.examine().lines)
    with pytest.raises(ReleaseError):
        begin(log, run_of(provenance=OTHER), ["map.html"], NOW)
    assert len(log.examine().lines) == before


def test_the_same_run_may_be_released_again(log):
    sealed(log)
    sealed(log)


@pytest.mark.parametrize("changes", [(), (CHANGED,)])
@pytest.mark.parametrize("keyed_first", [True, False])
def test_the_same_run_may_be_released_with_hashes_plain_and_under_the_secret(log, changes, keyed_first):
    plain = replace(PROVENANCE, method_changes=changes)
    pair = (plain, plain.keyed(local_secret(log.keys)))
    for each in reversed(pair) if keyed_first else pair:
        sealed(log, provenance=each)
    for each in (OTHER, OTHER.keyed(local_secret(log.keys))):
        with pytest.raises(ReleaseError):
            begin(log, run_of(provenance=each), ["map.html"], NOW)


@pytest.mark.parametrize("differs", [{"revision": 3}, {"number": "MAP-8"}, {"language": "en"}])
def test_another_run_may_leave_under_another_number_revision_or_language(log, differs):
    sealed(log)
    sealed(log, provenance=OTHER, **differs)


def test_another_area_has_its_own_numbers(log):
    sealed(log)
    sealed(log, provenance=replace(OTHER, area_id="elsewhere"))


def test_what_was_begun_and_never_left_takes_no_number(log):
    begin(log, run_of(), ["map.html"], NOW)
    sealed(log, provenance=OTHER)


def test_of_two_that_begin_at_once_one_is_sealed(log):
    first, second = (begin(log, run_of(provenance=own), ["map.html"], NOW) for own in (PROVENANCE, OTHER))
    made = {"map.html": MadeFile(b"a", "text/html")}
    seal(log, first, made, NOW)
    with pytest.raises(ReleaseError, match="The next free revision is 3"):
        seal(log, second, made, NOW + dt.timedelta(hours=1))


def test_the_next_revision_is_one_more_than_the_last_that_left_in_any_language(log):
    assert next_revision(log, "mali", "MAP-7") == 1
    sealed(log, revision=1)
    sealed(log, revision=4, language="en")
    begin(log, run_of(revision=9), ["map.html"], NOW)
    assert next_revision(log, "mali", "MAP-7") == 5
    assert next_revision(log, "mali", "MAP-8") == next_revision(log, "elsewhere", "MAP-7") == 1


@pytest.mark.parametrize(
    ("number", "following"), [("MLI-7", "MLI-8"), ("FP/009", "FP/010"), ("9", "10"), ("annex", "annex")]
)
def test_the_next_number_counts_on_from_the_last_one_of_the_area(log, number, following):
    sealed(log, number=number)
    assert next_number(log, PROVENANCE.area_id) == following
    assert next_number(log, "elsewhere") == "1"


def test_it_does_not_count_on_from_maps_of_the_screen_which_nobody_numbers(log):
    sealed(log, number="divergence-01")
    assert next_number(log, PROVENANCE.area_id, screen_numbers()) == "1"
    sealed(log, number="MLI-7")
    sealed(log, number="mission-12")
    assert next_number(log, PROVENANCE.area_id, screen_numbers()) == "MLI-8"
