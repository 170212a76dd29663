"""
Seal: how a set of files leaves, so that each can be told from every other afterwards.

A file carries its code, so the code is drawn before the file is made, and the file's digest is known only
after. So a release has two entries in the log:

1. `begin` draws a code for each file and logs on what terms it will leave, and every count of incidents in
it: from
   then on these counts are part of what was told, whether the files leave or not.
2. The files are made, each with its code and QR code. 3. `seal` logs the digest of each. Only what it
returns may be handed over: a receipt, which whoever gets the files may
   keep, and hold against the log later.

What was begun and never sealed is known as such: its code says that nothing left under it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from footprint.disclosure import local_secret
from footprint.errors import ReleaseError
from footprint.releases.checkpoint import Checkpoint, read_checkpoint
from footprint.releases.codes import drawn_code
from footprint.releases.counts import IncidentCount
from footprint.releases.entries import (
    BEGIN,
    SEAL,
    ReleaseRun,
    begin_entry,
    logged_files,
    told_counts,
    told_surfaces,
)
from footprint.releases.kept import read_own, replace_own
from footprint.releases.log import Content, LogState, ReleaseLog
from footprint.releases.merkle import inclusion_proof
from footprint.releases.revisions import following_number, free_revision, refuse_taken
from footprint.releases.surfaces import squares_given_away
from layers.sentences import say

EARLIER_LOG = "exports.jsonl"
"""Log of exports that the program once kept, without proof; its digest is taken into this one."""


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """What was told of an area before, at profiles that withhold small numbers."""

    counts: tuple[IncidentCount, ...]
    surfaces: tuple[frozenset[str], ...] = field(repr=False)
    """Marks of the incidents under each map of need."""
    entries: int
    """Entries of the log by then."""


@dataclass(frozen=True, slots=True)
class Reserved:
    """A release that has begun: the code of each file by its name."""

    codes: Mapping[str, str]
    index: int
    """Place of its entry in the log."""
    entry: Content


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file as it will leave."""

    content: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever gets a release may keep: its entry, proof that the log has it, and the checkpoint."""

    entry: bytes
    """As it stands in the log."""
    index: int
    proof: tuple[bytes, ...]
    """From the entry to the root (RFC 6962)."""
    checkpoint: Checkpoint

    @property
    def text(self) -> str:
        """The receipt as a file."""
        content = {
            "kind": _RECEIPT,
            "index": self.index,
            "entry": self.entry.decode(),
            "proof": [part.hex() for part in self.proof],
            "checkpoint": self.checkpoint.text,
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


_RECEIPT = "footprint-release-receipt"


def read_receipt(content: bytes) -> Receipt | None:
    """Return the receipt that a file holds; None where it is none, to the letter."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    match found:
        case {
            "kind": str(kind),
            "index": int(index),
            "entry": str(entry),
            "proof": [*proof],
            "checkpoint": str(note),
        } if kind == _RECEIPT:
            checkpoint = read_checkpoint(note)
            try:
                parts = tuple(bytes.fromhex(part) for part in proof)
            except (TypeError, ValueError):
                return None
            if checkpoint is None:
                return None
            receipt = Receipt(entry.encode(errors="replace"), index, parts, checkpoint)
            return receipt if receipt.text.encode() == content else None
        case _:
            return None


def told_before(log: ReleaseLog, area_id: str) -> ToldBefore:
    """
    Return what was told of an area before, for `incident_cells`, `safe_counts` and `ReleaseRun.seen`.

    Raises
    ------
    ReleaseError
        If the log does not hold: what was told is not known then, and nothing may be.
    SecretError
        If the key is not safe.
    """
    state = _holding(log)
    surfaces = tuple(_surface(log, digest) for digest in told_surfaces(state.contents, area_id))
    return ToldBefore(told_counts(state.contents, area_id), surfaces, len(state.lines))


def next_revision(log: ReleaseLog, area_id: str, number: str) -> int:
    """
    Return the revision under which a number may leave next.

    Parameters
    ----------
    log
        The log.
    area_id
        Identifier of the area.
    number
        Number of the map or report, as the office counts them.

    Returns
    -------
    int
        One more than the last that left in any language; 1 if none did.

    Raises
    ------
    ReleaseError
        If the log does not hold.
    SecretError
        If the key is not safe.
    """
    return free_revision(_holding(log).contents, area_id, number)


def next_number(log: ReleaseLog, area_id: str, besides: Collection[str] = ()) -> str:
    """
    Return the number to propose for the next release of an area, counted on from the last one.

    Parameters
    ----------
    log
        What left before.
    area_id
        The area.
    besides
        Numbers that nobody gave by hand, such as those of maps of a screen: none is counted on from.

    Raises
    ------
    ReleaseError
        If the log does not hold.
    SecretError
        If the key is not safe.
    """
    return following_number(_holding(log).contents, area_id, besides)


def _holding(log: ReleaseLog) -> LogState:
    """Return a log that holds."""
    state = log.examine()
    if state.faults:
        raise ReleaseError(say("Nothing leaves while the log of releases does not hold."), *state.faults)
    return state


def refuse_surface(surface: frozenset[str] | None, before: ToldBefore) -> None:
    """
    Refuse a map of need that would place what happened since another one left.

    Parameters
    ----------
    surface
        Marks of the incidents that it rests on (`footprint.releases.surfaces`); None where it shows no need
        by cells.
    before
        What was told of the area before.

    Raises
    ------
    ReleaseError
        If it would place one or two incidents.
    """
    given_away = 0 if surface is None else squares_given_away(surface, before.surfaces)
    if given_away:
        raise ReleaseError(
            say(
                "A map of need as it is now, held against one that left before, would place one or two "
                "incidents; squares where it would: {n}. Show need by unit, or wait for more incidents.",
                n=given_away,
            )
        )


def begin(log: ReleaseLog, run: ReleaseRun, names: Sequence[str], now: datetime | None = None) -> Reserved:
    """
    Draw a code for each file of a release, and log on what terms it will leave.

    Parameters
    ----------
    log
        The log.
    run
        What is about to be made.
    names
        Names of the files, each once.
    now
        The time, the present if left out.

    Raises
    ------
    ReleaseError
        If the log does not hold; if another release of the area was logged since `run.seen`, so that counts
        made before it are not safe beside it; if a map of need would place one or two incidents; or if a
        release of another run left under its number, revision and language.
    SecretError
        If a key is not safe.
    """
    secret = local_secret(log.keys)
    marks = "\n".join(sorted(run.surface or ())).encode()
    if run.surface is not None:
        refuse_surface(run.surface, told_before(log, run.provenance.area_id))
        _keep_marks(log, marks)

    def write(before: Sequence[Content]) -> Content:
        tells = run.counts or run.surface is not None
        if tells and any(_tells(each, run.provenance.area_id) for each in before[run.seen :]):
            raise ReleaseError(say("Another release of this area was logged meanwhile. Make this one anew."))
        taken = {file.code for file in logged_files(before)}
        codes: dict[str, str] = {}
        for name in names:
            draws = (
                f"{len(before)}/{name}/{run.provenance.identifier}/{turn}".encode() for turn in range(1 << 20)
            )
            codes[name] = next(
                code for code in (drawn_code(secret, draw) for draw in draws) if code not in taken
            )
            taken.add(codes[name])
        entry = begin_entry(run, codes, "" if run.surface is None else _digest(marks), _time(now))
        refuse_taken(before, entry, secret)
        return entry if before else {**entry, "earlier": _earlier(log)}

    index, state = log.append(write)
    entry = state.contents[index]
    return Reserved(dict(entry["files"]), index, entry)


def seal(
    log: ReleaseLog, reserved: Reserved, files: Mapping[str, MadeFile], now: datetime | None = None
) -> Receipt:
    """
    Log the digests of files that were made; only then may they be handed over.

    Parameters
    ----------
    log
        The log.
    reserved
        As `begin` returned it.
    files
        Every file that leaves, by the name that its code was drawn for.
    now
        The time, the present if left out.

    Raises
    ------
    ReleaseError
        If a file has no code, the release was sealed before, another one under its number and revision was
        sealed meanwhile, or the log does not hold.
    SecretError
        If the key is not safe.
    """
    secret = local_secret(log.keys)
    unknown = sorted(files.keys() - reserved.codes.keys())
    if unknown:
        raise ReleaseError(say("No code was drawn for {names}.", names=", ".join(unknown)))
    sealed = {
        name: {
            "code": reserved.codes[name],
            "sha256": _digest(file.content),
            "media_type": file.media_type,
            "bytes": len(file.content),
        }
        for name, file in files.items()
    }

    def write(before: Sequence[Content]) -> Content:
        begun = reserved.index < len(before) and before[reserved.index] == reserved.entry
        if not begun or any(
            each.get("kind") == SEAL and each.get("begin") == reserved.index for each in before
        ):
            raise ReleaseError(say("This release was not begun in this log, or was sealed before."))
        refuse_taken(before, reserved.entry, secret)
        return {"kind": SEAL, "at": _time(now), "begin": reserved.index, "files": sealed}

    index, state = log.append(write)
    if state.checkpoint is None:
        raise ReleaseError(say("The log of releases has no checkpoint."))
    return Receipt(state.lines[index], index, inclusion_proof(index, state.leaves), state.checkpoint)


def _earlier(log: ReleaseLog) -> dict[str, object] | None:
    """Return the digest of an older log of exports, so that it cannot change any more; None without one."""
    content = read_own(log.folder / EARLIER_LOG)
    if content is None:
        return None
    return {"file": EARLIER_LOG, "sha256": _digest(content), "lines": content.count(b"\n")}


def _tells(content: Content, area_id: str) -> bool:
    """Tell whether an entry tells counts or need of an area."""
    of_area = content.get("kind") == BEGIN and content.get("area") == area_id
    return of_area and bool(content["counts"] or content["surface"])


_MARKS = ".marks"
_MARKS_LOST = say(
    "What an earlier map of need rested on is no longer known: {file} was changed or cannot be used."
)


def _keep_marks(log: ReleaseLog, marks: bytes) -> None:
    file = log.folder / f"{_digest(marks)}{_MARKS}"
    try:
        replace_own(file, marks)
    except OSError as error:
        raise ReleaseError(_MARKS_LOST.having(file=file.name)) from error


def _surface(log: ReleaseLog, digest: str) -> frozenset[str]:
    """Return the marks under a map of need that left."""
    file = log.folder / f"{digest}{_MARKS}"
    try:
        content = read_own(file)
    except OSError as error:
        raise ReleaseError(_MARKS_LOST.having(file=file.name)) from error
    if content is None or _digest(content) != digest:
        raise ReleaseError(_MARKS_LOST.having(file=file.name))
    return frozenset(content.decode().split("\n")) if content else frozenset()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _time(now: datetime | None) -> str:
    return (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
