"""Logs and releases for tests: in the test's folders, with times and words of no matter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from footprint.disclosure import Precision
from footprint.provenance import Provenance
from footprint.releases.entries import ReleaseRun
from footprint.releases.log import ReleaseLog
from footprint.releases.seal import MadeFile, Receipt, begin, seal
from footprint.releases.terms import Clearance, Marking, Release

NOW = datetime(2019, 7, 1, 9, 30, tzinfo=UTC)
TERMS = Release("regional briefing", "the governor", "chief of plans", Marking.CONFIDENTIAL, Precision.PUBLIC)
CLEARED = Release(
    "planning",
    "sector west",
    "chief of staff",
    Marking.STRICTLY_CONFIDENTIAL,
    Precision.INTERNAL,
    Clearance.CLEARED,
    "chief of staff",
)
PROVENANCE = Provenance(
    area_id="mali",
    area_digest="a" * 16,
    frame_date=date(2019, 6, 30),
    method_digest="b" * 16,
    method_changes=(),
    scenario_id="c" * 12,
    measure="blend",
    weakest="product",
    question="",
    calendar_digest="",
    version="1",
)


def log_in(folder: Path) -> ReleaseLog:
    return ReleaseLog(folder / "state", folder / "data")


def run_of(release: Release = TERMS, **changed: object) -> ReleaseRun:
    usual = {
        "provenance": PROVENANCE,
        "number": "MAP-7",
        "revision": 2,
        "language": "fr",
        "release": release,
    }
    return ReleaseRun(**(usual | changed))


def released(log: ReleaseLog, *names: str, release: Release = TERMS) -> tuple[dict[str, bytes], Receipt]:
    """Release one file for each name, which holds its code, and return them."""
    reserved = begin(log, run_of(release), names, NOW)
    files = {name: f"<p>{name}: {reserved.codes[name]}</p>".encode() for name in names}
    made = {name: MadeFile(content, "text/html") for name, content in files.items()}
    return files, seal(log, reserved, made, NOW)
