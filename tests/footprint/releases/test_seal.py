"""A file says where it is from, with which redaction and for whom; what is not so is found."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest

from footprint.errors import ReleaseError
from footprint.language import Language
from footprint.releases.counts import AREA, CountOf, IncidentCount
from footprint.releases.seal import MadeFile, begin, read_receipt, seal, told_before
from footprint.releases.surfaces import squares_given_away, surface_marks
from footprint.releases.verify import ReleaseFinding, verify
from tests.footprint.releases.kits import CLEARED, NOW, PROVENANCE, log_in, released, run_of
from tests.footprint.releases.worlds import area_with

EN, FR = Language("en"), Language("fr")
COUNTS = (IncidentCount(CountOf(AREA, 2015, 2018), 12),)


@pytest.fixture
def log(tmp_path):
    return log_in(tmp_path)


def kept(tmp_path, content: bytes, name: str = "map.html"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_file_that_left_is_known_unchanged_with_run_terms_and_time(log, tmp_path):
    files, _ = released(log, "map.html", "report.pdf")
    verdict = verify(log, kept(tmp_path, files["map.html"]))
    assert (verdict.finding, verdict.holds) == (ReleaseFinding.UNCHANGED, True)
    words = "\n".join(verdict.said(EN))
    for each in (
        "unchanged",
        f"map.html: from run {PROVENANCE.identifier} of area mali, number MAP-7, revision 2.",
        "Purpose: regional briefing. Audience: the governor. Released by: chief of plans.",
        "Marking: CONFIDENTIAL. Clearance: DRAFT. Precision: Tenths of a degree, no fewer than three incidents.",
        "Released on 1 July 2019, 09:30 UTC.",
        "The log of releases holds: 2 entries",
    ):
        assert each in words
    assert "report.pdf" not in words


def test_it_is_said_in_french_too(log, tmp_path):
    files, _ = released(log, "map.html")
    words = "\n".join(verify(log, kept(tmp_path, files["map.html"])).said(FR))
    assert "inchangé" in words
    assert "Destinataires : the governor" in words.replace("\u00a0", " ")


@pytest.mark.parametrize("written", ["{}", " {} ", "{}".lower(), "without hyphens"])
def test_a_code_is_known_however_it_is_typed(log, written):
    files, _ = released(log, "map.html", release=CLEARED)
    code = files["map.html"].decode().split(": ")[1].removesuffix("</p>")
    typed = code.replace("-", "").lower() if written == "without hyphens" else written.format(code)
    verdict = verify(log, typed)
    assert (verdict.finding, verdict.code, verdict.holds) == (ReleaseFinding.KNOWN, code, True)
    assert "Clearance: Cleared for release by chief of staff." in "\n".join(verdict.said(EN))


def test_a_file_that_was_changed_still_carries_its_code_and_is_found(log, tmp_path):
    files, _ = released(log, "map.html")
    verdict = verify(log, kept(tmp_path, files["map.html"].replace(b"map", b"Map")))
    assert (verdict.finding, verdict.holds) == (ReleaseFinding.CHANGED, False)
    assert "it was changed, or the code was copied" in verdict.said(EN)[0]


def test_the_code_of_a_packed_file_is_found_in_it_or_can_be_typed(log, tmp_path):
    reserved = begin(log, run_of(), ["slides.pptx"], NOW)
    code = reserved.codes["slides.pptx"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("notes.xml", f"<t>{code}</t>" * 50)
    seal(log, reserved, {"slides.pptx": MadeFile(packed.getvalue(), "application/zip")}, NOW)
    changed = packed.getvalue() + b"more"
    assert verify(log, kept(tmp_path, packed.getvalue())).holds
    assert verify(log, kept(tmp_path, changed)).finding is ReleaseFinding.CHANGED
    assert verify(log, kept(tmp_path, b"nothing of it")).finding is ReleaseFinding.NOT_KNOWN
    assert verify(log, kept(tmp_path, b"nothing of it"), code).finding is ReleaseFinding.CHANGED


def test_another_files_code_does_not_make_a_file_that_one(log, tmp_path):
    files, receipt = released(log, "a.html", "b.html")
    codes = json.loads(receipt.entry)["files"]
    own = kept(tmp_path, files["a.html"])
    assert verify(log, own, codes["a.html"]["code"]).finding is ReleaseFinding.UNCHANGED
    assert verify(log, own, codes["b.html"]["code"]).finding is ReleaseFinding.CHANGED


def test_a_code_under_which_nothing_left_says_so(log):
    reserved = begin(log, run_of(), ["map.html"], NOW)
    verdict = verify(log, reserved.codes["map.html"])
    assert (verdict.finding, verdict.holds) == (ReleaseFinding.NEVER_RELEASED, False)
    assert "never released" in "\n".join(verdict.said(EN))


def test_a_wrong_letter_and_a_code_nobody_drew_are_told_apart(log):
    assert verify(log, "00111-ABCDE-B").finding is ReleaseFinding.NOT_KNOWN
    assert verify(log, "00111-ABCDF-B").finding is ReleaseFinding.WRONG_CODE
    assert verify(log, "hello").finding is ReleaseFinding.WRONG_CODE


def test_a_release_is_sealed_once_and_only_what_was_drawn_for(log):
    reserved = begin(log, run_of(), ["map.html"], NOW)
    made = MadeFile(b"x", "text/html")
    with pytest.raises(ReleaseError, match=r"No code was drawn for other\.html\."):
        seal(log, reserved, {"other.html": made}, NOW)
    seal(log, reserved, {"map.html": made}, NOW)
    with pytest.raises(ReleaseError, match="sealed before"):
        seal(log, reserved, {"map.html": made}, NOW)


def test_codes_of_a_log_are_all_different_and_say_nothing(log):
    codes = [
        code
        for _ in range(3)
        for code in begin(log, run_of(), [f"{n}.png" for n in range(20)]).codes.values()
    ]
    assert len(set(codes)) == 60


def test_what_was_told_before_is_what_was_begun_for_that_area(log):
    begin(log, run_of(counts=COUNTS), ["map.html"], NOW)
    begin(
        log,
        run_of(provenance=replace(PROVENANCE, area_id="elsewhere"), counts=(replace(COUNTS[0], number=99),)),
        ["map.html"],
        NOW,
    )
    before = told_before(log, "mali")
    assert (before.counts, before.surfaces, before.entries) == (COUNTS, (), 2)


def test_counts_made_without_sight_of_another_release_do_not_leave(log):
    """Each would be safe alone: two people make them at once."""
    begin(log, run_of(counts=COUNTS, seen=0), ["one.html"], NOW)
    with pytest.raises(ReleaseError, match=r"logged meanwhile\. Make this one anew"):
        begin(log, run_of(counts=COUNTS, seen=0), ["two.html"], NOW)
    begin(log, run_of(counts=COUNTS, seen=1), ["two.html"], NOW)


@pytest.mark.slow
def test_two_maps_of_need_do_not_place_the_one_event_between_them(log):
    secret = b"s" * 32
    before, one, three = (surface_marks(area_with({("nw", 2018): n}), secret) for n in (5, 6, 8))
    assert [squares_given_away(now, [before]) for now in (before, one, three)] == [0, 1, 0]
    begin(log, run_of(surface=before, seen=0), ["map.html"], NOW)
    with pytest.raises(ReleaseError, match="squares where it would: 1"):
        begin(log, run_of(surface=one, seen=1), ["map.html"], NOW)
    begin(log, run_of(surface=before, seen=1), ["map.html"], NOW)
    begin(log, run_of(surface=three, seen=2), ["map.html"], NOW)
    assert told_before(log, "mali").surfaces == (before, three)


@pytest.mark.slow
def test_marks_are_made_of_incidents_of_which_only_the_year_is_known():
    area = area_with({("nw", 2018): 2}, date=None, date_precision="year")
    assert len(surface_marks(area, b"a" * 32)) == 2


@pytest.mark.slow
def test_marks_say_nothing_without_the_secret_and_are_missed_when_they_are_changed(log, tmp_path):
    area = area_with({("nw", 2018): 2})
    assert not surface_marks(area, b"a" * 32) & surface_marks(area, b"b" * 32)
    begin(log, run_of(surface=surface_marks(area, b"a" * 32)), ["map.html"], NOW)
    (file,) = (tmp_path / "state").glob("*.marks")
    file.write_bytes(b"other")
    with pytest.raises(ReleaseError, match="no longer known"):
        told_before(log, "mali")


def test_a_receipt_comes_back_as_it_was_and_its_release_is_in_the_log(log, tmp_path):
    _, receipt = released(log, "map.html")
    released(log, "later.html")
    assert read_receipt(receipt.text.encode()) == receipt
    verdict = verify(log, kept(tmp_path, receipt.text.encode(), "receipt.json"))
    assert (verdict.finding, verdict.holds) == (ReleaseFinding.IN_THE_LOG, True)
    assert [file.name for file in verdict.files] == ["map.html"]


def test_an_older_log_of_exports_cannot_be_changed_once_this_one_has_begun(log, tmp_path):
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    (folder / "exports.jsonl").write_bytes(b'{"purpose":"briefing"}\n')
    (folder / "exports.jsonl").chmod(0o600)
    begin(log, run_of(), ["map.html"], NOW)
    begin(log, run_of(), ["map.html"], NOW)
    first, second = log.examine().contents
    assert first["earlier"]["lines"] == 1
    assert "earlier" not in second


def test_a_file_that_is_not_there_is_a_plain_fault(log, tmp_path):
    with pytest.raises(ReleaseError, match=r"map\.html cannot be read"):
        verify(log, tmp_path / "map.html")
