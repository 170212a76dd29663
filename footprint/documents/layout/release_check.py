"""Layout of what holding a file or code against the log of releases came to."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.disclosure import Precision
from footprint.releases.terms import Clearance, Marking
from footprint.releases.verify import ReleaseFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFileRow:
    """A file that a code was drawn for, and what the log says of it."""

    code: str
    name: str
    area_id: str
    run: str
    """Identifier of the provenance that the file names."""
    number: str
    revision: int
    language: str
    precision: Precision
    marking: Marking
    clearance: Clearance
    cleared_by: str
    """A function; "" until somebody has."""
    purpose: str
    audience: str
    releaser: str
    begun_at: str
    sealed_at: str
    """"" where nothing left under the code."""
    sha256: str
    """As it left; "" where nothing did."""
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCheckDocument:
    """Whether a file is what was released, from which run, to whom, and whether the log holds."""

    format: int
    kind: str
    holds: bool
    """Whether all is well: the file, and the log that says so."""
    finding: ReleaseFinding
    code: str
    sha256: str
    """Of the file looked at; "" without one."""
    files: tuple[ReleasedFileRow, ...]
    log_entries: int
    log_root: str
    log_faults: tuple[str, ...]
    """What is wrong with the log, in English; nothing where it holds."""
