"""Check of a release: whether a file is what left, from which run and to whom, as a document."""

from __future__ import annotations

from footprint.disclosure import Precision
from footprint.documents.layout import FORMAT
from footprint.documents.layout.release_check import ReleaseCheckDocument, ReleasedFileRow
from footprint.releases.entries import LoggedFile
from footprint.releases.terms import Clearance, Marking
from footprint.releases.verify import ReleaseVerdict


def release_check_document(verdict: ReleaseVerdict) -> ReleaseCheckDocument:
    """Return what holding a file or code against the log came to, as a document."""
    return ReleaseCheckDocument(
        format=FORMAT,
        kind="footprint-release-check",
        holds=verdict.holds,
        finding=verdict.finding,
        code=verdict.code,
        sha256=verdict.sha256,
        files=tuple(map(_row, verdict.files)),
        log_entries=verdict.entries,
        log_root=verdict.root,
        log_faults=tuple(map(str, verdict.faults)),
    )


def _row(file: LoggedFile) -> ReleasedFileRow:
    begun, sealed = file.begun, file.sealed or {}
    return ReleasedFileRow(
        code=file.code,
        name=file.name,
        area_id=begun["area"],
        run=begun["run"],
        number=begun["number"],
        revision=begun["revision"],
        language=begun["language"],
        precision=Precision(begun["profile"]),
        marking=Marking(begun["marking"]),
        clearance=Clearance(begun["clearance"]),
        cleared_by=begun.get("cleared_by", ""),
        purpose=begun["purpose"],
        audience=begun["audience"],
        releaser=begun["releaser"],
        begun_at=begun["at"],
        sealed_at=file.sealed_at,
        sha256=str(sealed.get("sha256", "")),
        media_type=str(sealed.get("media_type", "")),
    )
