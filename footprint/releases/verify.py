"""Verification: from which run a file or code is, with which redaction, to whom; does the log hold?"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from footprint.disclosure import Precision, signing_seed
from footprint.errors import ReleaseError
from footprint.language import Language, msgid
from footprint.releases.checkpoint import public_key
from footprint.releases.codes import codes_in, read_code
from footprint.releases.entries import LoggedFile, logged_files
from footprint.releases.log import LogState, ReleaseLog
from footprint.releases.merkle import consistency_proof, extends, includes, leaf_hash, root
from footprint.releases.profiles import PRECISION_LABELS
from footprint.releases.seal import Receipt, read_receipt
from footprint.releases.terms import Clearance, Marking, clearance_words
from layers.characters import printable
from layers.sentences import Sentence, say

_MOST_BYTES = 64 << 20
"""Bytes of a file, or of what a packed file holds, that are looked through for a code."""
_MOST_MEMBERS = 2000


class ReleaseFinding(StrEnum):
    """What holding a file or code against the log comes to."""

    UNCHANGED = "unchanged"
    """The file is one that was released."""
    KNOWN = "known"
    """The code is one of a file that was released; no file was looked at."""
    IN_THE_LOG = "in_the_log"
    """The release that a receipt is of is in the log, which grew out of what it was then."""
    CHANGED = "changed"
    """The file carries a code, or is said to have one, of a file that was released, and is not that file."""
    NEVER_RELEASED = "never_released"
    """The code was drawn, and nothing left under it."""
    NOT_KNOWN = "not_known"
    """The log knows neither."""
    WRONG_CODE = "wrong_code"
    """No such code can be: a letter is wrong."""
    OTHER_HISTORY = "other_history"
    """The log is not the one that a receipt was given from."""


_GOOD = {ReleaseFinding.UNCHANGED, ReleaseFinding.KNOWN, ReleaseFinding.IN_THE_LOG}

_WORDS = {
    ReleaseFinding.UNCHANGED: msgid("The file is what was released under {code}, unchanged."),
    ReleaseFinding.KNOWN: msgid("{code} is the code of a file that was released."),
    ReleaseFinding.IN_THE_LOG: msgid(
        "The receipt’s release is in the log, which grew out of what it was then."
    ),
    ReleaseFinding.CHANGED: msgid(
        "The file is not what was released under {code}: it was changed, or the code was copied."
    ),
    ReleaseFinding.NEVER_RELEASED: msgid("{code} was drawn for a file, and nothing was released under it."),
    ReleaseFinding.NOT_KNOWN: msgid(
        "The log knows no such file or code: it was changed, or released elsewhere, or never."
    ),
    ReleaseFinding.WRONG_CODE: msgid("No code is written like that: a letter is wrong, or missing."),
    ReleaseFinding.OTHER_HISTORY: msgid(
        "The log is not the one that the receipt was given from: either was changed since."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseVerdict:
    """What holding a file or code against the log came to."""

    finding: ReleaseFinding
    code: str
    """Code it is about; "" where none is known."""
    sha256: str
    """Digest of the file looked at; "" without one."""
    files: tuple[LoggedFile, ...]
    """What the log says of it: one file, or all those of a receipt."""
    entries: int
    """Entries of the log."""
    root: str
    """Its hash."""
    faults: tuple[Sentence, ...] = field(default=())
    """What is wrong with the log; nothing where it holds."""

    @property
    def holds(self) -> bool:
        """Whether all is well: the file, and the log that says so."""
        return self.finding in _GOOD and not self.faults

    def said(self, language: Language) -> tuple[str, ...]:
        """Return all of it in words, a line each."""
        text = language.text
        lines = [text(_WORDS[self.finding], code=self.code)]
        for file in self.files:
            lines += _file_words(file, language)
        if self.faults:
            lines += [
                text("The log of releases does not hold:"),
                *(fault.said(language) for fault in self.faults),
            ]
        elif self.entries:
            lines.append(
                language.plural(
                    "The log of releases holds: {n} entry, and its signed checkpoint fits.",
                    "The log of releases holds: {n} entries, and their signed checkpoint fits.",
                    self.entries,
                )
            )
        else:
            lines.append(text("The log of releases has no entry yet."))
        return tuple(map(printable, lines))


def verify(log: ReleaseLog, asked: str | Path, code: str = "") -> ReleaseVerdict:
    """
    Hold a file, a receipt or a code against the log.

    Parameters
    ----------
    log
        The log.
    asked
        A path is a file, or a receipt; a text is a code as somebody typed it.
    code
        Code printed on the file, where the file is packed so that it cannot be found in it.

    Raises
    ------
    ReleaseError
        If the file or the log cannot be read.
    SecretError
        If the log's key is not safe.
    """
    state = log.examine()
    known = logged_files(state.contents)
    if isinstance(asked, str):
        return _verdict(state, *_of_code(asked, known))
    try:
        content = asked.read_bytes()
    except OSError as error:
        raise ReleaseError(
            say("{file} cannot be read ({reason}).", file=asked.name, reason=str(error.strerror))
        ) from error
    receipt = read_receipt(content)
    if receipt is not None:
        return _verdict(state, *_of_receipt(receipt, state, known, log))
    digest = hashlib.sha256(content).hexdigest()
    return _verdict(state, *_of_file(content, digest, known, code), sha256=digest)


def _verdict(
    state: LogState, finding: ReleaseFinding, files: Sequence[LoggedFile], code: str, sha256: str = ""
) -> ReleaseVerdict:
    return ReleaseVerdict(
        finding=finding,
        code=code,
        sha256=sha256,
        files=tuple(files),
        entries=len(state.lines),
        root=root(state.leaves).hex(),
        faults=state.faults,
    )


_Held = tuple[ReleaseFinding, Sequence[LoggedFile], str]


def _of_code(typed: str, known: Sequence[LoggedFile]) -> _Held:
    code = read_code(typed)
    if code is None:
        return ReleaseFinding.WRONG_CODE, (), typed
    of_code = [file for file in known if file.code == code]
    if not of_code:
        return ReleaseFinding.NOT_KNOWN, (), code
    finding = ReleaseFinding.KNOWN if of_code[-1].sealed else ReleaseFinding.NEVER_RELEASED
    return finding, of_code[-1:], code


def _of_file(content: bytes, digest: str, known: Sequence[LoggedFile], typed: str) -> _Held:
    same = [file for file in known if file.sealed and file.sealed.get("sha256") == digest]
    stated = read_code(typed) if typed else None
    if typed and stated is None:
        return ReleaseFinding.WRONG_CODE, (), typed
    if stated is not None:
        own = [file for file in same if file.code == stated]
        if own:
            return ReleaseFinding.UNCHANGED, own[-1:], stated
        _, files, _ = _of_code(stated, known)
        return (ReleaseFinding.CHANGED if files else ReleaseFinding.NOT_KNOWN), files, stated
    if same:
        return ReleaseFinding.UNCHANGED, same[-1:], same[-1].code
    carried = {code for part in _parts(content) for code in codes_in(part)}
    for file in reversed(known):
        if file.code in carried:
            return ReleaseFinding.CHANGED, (file,), file.code
    return ReleaseFinding.NOT_KNOWN, (), ""


def _of_receipt(receipt: Receipt, state: LogState, known: Sequence[LoggedFile], log: ReleaseLog) -> _Held:
    then, leaf = receipt.checkpoint, leaf_hash(receipt.entry)
    ours = then.signed_by(public_key(signing_seed(log.keys)))
    given = includes(then.root, then.size, leaf, receipt.index, receipt.proof)
    grown = 0 < then.size <= len(state.lines) and extends(
        root(state.leaves), len(state.lines), then.root, then.size, consistency_proof(then.size, state.leaves)
    )
    if not (ours and given and grown):
        return ReleaseFinding.OTHER_HISTORY, (), ""
    begun = state.contents[receipt.index].get("begin")
    entry = state.contents[begun] if isinstance(begun, int) and begun < len(state.lines) else None
    files = [file for file in known if file.begun == entry]
    return ReleaseFinding.IN_THE_LOG, files, files[0].code if len(files) == 1 else ""


def _parts(content: bytes) -> Iterator[bytes]:
    """Return what a file holds; of a packed one also what is packed, as far as is safe to unpack."""
    yield content[:_MOST_BYTES]
    left = _MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            # As our own are packed; what is packed otherwise, or under a password, is none of ours.
            ours = [each for each in packed.infolist() if each.compress_type in _PACKED]
            ours = [each for each in ours if not each.flag_bits & _UNDER_A_PASSWORD]
            for member in ours[:_MOST_MEMBERS]:
                with packed.open(member) as file:
                    part = file.read(left)
                left -= len(part)
                yield part
                if left <= 0:
                    return
    except _DAMAGED:
        return  # not packed, or damaged: then nothing more can be found


_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UNDER_A_PASSWORD = 1
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError)
"""What reading a damaged archive ends with: names and offsets that are none are a ValueError."""


def _file_words(file: LoggedFile, language: Language) -> list[str]:
    text, begun = language.text, file.begun
    profile, marking = str(begun["profile"]), str(begun["marking"])
    clearance = Clearance(str(begun["clearance"]))
    return [
        text(
            "{name}: from run {run} of area {area}, number {number}, revision {revision}.",
            name=file.name,
            run=begun["run"],
            area=begun["area"],
            number=begun["number"],
            revision=begun["revision"],
        ),
        text(
            "Purpose: {purpose}. Audience: {audience}. Released by: {releaser}.",
            purpose=begun["purpose"],
            audience=begun["audience"],
            releaser=begun["releaser"],
        ),
        text(
            "Marking: {marking}. Clearance: {clearance}. Precision: {precision}.",
            marking=text(Marking(marking).label),
            clearance=clearance_words(clearance, str(begun.get("cleared_by", "")), language),
            precision=text(PRECISION_LABELS[Precision(profile)]),
        ),
        text("Released on {time}.", time=_when(file.sealed_at, language))
        if file.sealed
        else text("Begun on {time}, never released.", time=_when(str(begun["at"]), language)),
    ]


def _when(stated: str, language: Language) -> str:
    """Return a time of the log in a language; as it stands where it is none."""
    try:
        time = datetime.fromisoformat(stated)
    except ValueError:
        return stated
    return f"{language.date(time.date())}, {time:%H:%M} UTC"
