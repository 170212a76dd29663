"""
Log of releases: what left, on what terms, in a file that cannot be changed afterwards without showing.

Each line of `releases.jsonl` is one entry, as canonical JSON (keys in order, no spaces). The lines are the
leaves of a Merkle tree (`footprint.releases.merkle`), whose size and root stand signed in
`releases.checkpoint` (`footprint.releases.checkpoint`). The last checkpoint is also kept beside the key, in
another folder, so that a log that is cut together with its checkpoint still shows; and every receipt holds
one, so that whoever got a release can show that the log has another history by now.

An entry is written in this order: the checkpoint to come is signed and put on the disk under another name,
the entry is appended and put on the disk, the checkpoint takes its place. Killed in between, the next
writer finds either nothing appended, part of a line (taken back), or the whole entry (kept); so an entry
that was acknowledged is never lost, and nobody without the key can add one. Writers wait for each other,
whatever process they are of.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

from footprint.disclosure import SIGNING_FILE, key_folder, signing_seed
from footprint.errors import ReleaseError
from footprint.releases.checkpoint import Checkpoint, public_key, read_checkpoint, sign
from footprint.releases.kept import append_own, cut_own, read_own, replace_own
from footprint.releases.merkle import leaf_hash, root
from layers.errors import LayerError
from layers.private import make_private
from layers.sentences import Sentence, say

LOG_FILE = "releases.jsonl"
CHECKPOINT_FILE = "releases.checkpoint"
HEAD_FILE = "release.head"
_NEXT_FILE = "releases.next"
_LOCK_FILE = "releases.lock"

Content = Mapping[str, Any]
"""What an entry says: texts, whole numbers, yes and no, null, and lists and mappings of these."""


@dataclass(frozen=True, slots=True)
class LogState:
    """The log as it was found."""

    lines: tuple[bytes, ...]
    """Every entry as it stands in the file, without its line end."""
    checkpoint: Checkpoint | None
    """The last one signed; None where none can be read."""
    faults: tuple[Sentence, ...]
    """What is wrong with it; nothing where it holds."""

    @property
    def contents(self) -> tuple[Content, ...]:
        """What each entry says; an empty one for a line that is no entry."""
        return tuple(map(_content, self.lines))

    @property
    def leaves(self) -> tuple[bytes, ...]:
        """Hash of each entry."""
        return tuple(map(leaf_hash, self.lines))


@dataclass(frozen=True, slots=True)
class ReleaseLog:
    """Where the log of one user is kept, and where the key that signs it."""

    folder: Path
    keys: Path | None = None
    """Folder of the key; None is the user's own data folder."""

    @classmethod
    def of_user(cls) -> ReleaseLog:
        """Return the log in this user's own folders."""
        return cls(user_state_path("footprint", appauthor=False))

    def append(self, write: Callable[[Sequence[Content]], Content]) -> tuple[int, LogState]:
        """
        Add an entry, and see it onto the disk before anything is handed over.

        Parameters
        ----------
        write
            Makes the entry of those before it, while nobody else can add one.

        Returns
        -------
        tuple
            Place of the entry, from 0, and the log with it.

        Raises
        ------
        ReleaseError
            If the log does not hold or cannot be written: then nothing leaves.
        SecretError
            If the key is not safe.
        """
        with self._held():
            seed = signing_seed(self.keys)
            self._recover(public_key(seed))
            state = self._state(public_key(seed))
            if state.faults:
                raise ReleaseError(
                    say("Nothing leaves while the log of releases does not hold."), *state.faults
                )
            line = canonical(write(state.contents))
            lines = (*state.lines, line)
            checkpoint = sign(len(lines), root([*state.leaves, leaf_hash(line)]), seed)
            text = checkpoint.text.encode()
            replace_own(self.folder / _NEXT_FILE, text)
            append_own(self.folder / LOG_FILE, line + b"\n")
            self._settle(text)
            return len(lines) - 1, LogState(lines, checkpoint, ())

    def examine(self) -> LogState:
        """
        Return the log and all that is wrong with it.

        What a writer who was killed had begun is finished or taken back; nothing else is changed.

        Raises
        ------
        ReleaseError
            If it cannot be read.
        SecretError
            If the key is not safe.
        """
        with self._held():
            key = public_key(signing_seed(self.keys))
            self._recover(key)
            return self._state(key)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keep the log for one at a time."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            make_private(self.folder)
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
            descriptor = os.open(self.folder / _LOCK_FILE, flags, 0o600)
        except OSError as error:
            raise _unusable(error) from error
        except LayerError as error:
            raise ReleaseError(*(fault.sentence for fault in error.faults)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        except OSError as error:
            raise _unusable(error) from error
        finally:
            os.close(descriptor)

    def _recover(self, key: bytes) -> None:
        """Finish or take back what somebody who was killed had begun; touch nothing that is not just that."""
        begun = _note(self.folder / _NEXT_FILE)
        last = _note(self.folder / CHECKPOINT_FILE)
        head = _note(key_folder(self.keys) / HEAD_FILE)
        size, tree = (0, root([])) if last is None else (last.size, last.root)
        # Older notes, put back to have a cut log taken for one that was just begun, are left for `_state`
        # to name.
        news = (
            begun is not None and begun.size in {size, size + 1} and (head is None or head.size <= begun.size)
        )
        if begun is None or not begun.signed_by(key) or not news:
            return
        content = read_own(self.folder / LOG_FILE) or b""
        *lines, rest = content.split(b"\n")
        leaves = list(map(leaf_hash, lines))
        if root(leaves[:size]) != tree:
            return
        if not rest and begun.size == len(lines) and root(leaves) == begun.root:
            self._settle(begun.text.encode())
        elif len(lines) == size:
            if rest:
                cut_own(self.folder / LOG_FILE, len(content) - len(rest))
            (self.folder / _NEXT_FILE).unlink()

    def _settle(self, text: bytes) -> None:
        replace_own(self.folder / CHECKPOINT_FILE, text)
        replace_own(key_folder(self.keys) / HEAD_FILE, text)
        (self.folder / _NEXT_FILE).unlink(missing_ok=True)

    def _state(self, key: bytes) -> LogState:
        content = read_own(self.folder / LOG_FILE) or b""
        *lines, rest = content.split(b"\n")
        kept = tuple(lines) if not rest else (*lines, rest)
        checkpoint = _note(self.folder / CHECKPOINT_FILE)
        head = _note(key_folder(self.keys) / HEAD_FILE)
        notes = {CHECKPOINT_FILE: checkpoint, HEAD_FILE: head}
        begun = (self.folder / LOG_FILE, self.folder / CHECKPOINT_FILE, key_folder(self.keys) / HEAD_FILE)
        if not any(map(os.path.lexists, begun)):
            return LogState((), None, ())
        faults = [say("The log’s last entry is cut off.")] if rest else []
        faults += [
            say("Entry {n} of the log is not written as entries are.", n=number)
            for number, line in enumerate(kept, start=1)
            if not _content(line)
        ]
        for file, note in notes.items():
            faults += _against(file, note, kept, key, whole=file == CHECKPOINT_FILE)
        if any(note is not None and not note.signed_by(key) for note in notes.values()):
            faults.append(_OTHER_KEY)
        return LogState(kept, checkpoint, tuple(faults))


_OTHER_KEY = say(
    "The log was begun with another key: as another user, with another folder for data (HOME, "
    "XDG_DATA_HOME), or before the key was lost. Run the program as it ran then, or put {key} and {head} "
    "back from a copy into {keys}. If the key is lost for good, move {log} and {checkpoint} from {logs} to a "
    "safe place and keep them: a new log begins.",
    key=SIGNING_FILE,
    head=HEAD_FILE,
    log=LOG_FILE,
    checkpoint=CHECKPOINT_FILE,
    keys="~/.local/share/footprint",
    logs="~/.local/state/footprint",
)
"""Remedy where a checkpoint was signed with a key that is not at hand."""


def _against(
    file: str, note: Checkpoint | None, lines: Sequence[bytes], key: bytes, *, whole: bool
) -> list[Sentence]:
    """Return what a checkpoint says against some entries; they must be all it knows where it is the last."""
    if note is None:
        return [say("{file}, the log’s checkpoint, is missing or damaged.", file=file)]
    if not note.signed_by(key):
        return [say("{file}, the log’s checkpoint, is not signed by this user’s key.", file=file)]
    if note.size > len(lines):
        gone = note.size - len(lines)
        return [
            say(
                "The log is cut: of the {size} entries that {file} knows, {gone} missing.",
                gone=gone,
                size=note.size,
                file=file,
            )
        ]
    if whole and note.size < len(lines):
        return [say("Entries of the log that came without the key: {n}.", n=len(lines) - note.size)]
    if root(list(map(leaf_hash, lines[: note.size]))) != note.root:
        return [
            say(
                "The log’s first {size} entries are not those that {file} was signed for.",
                size=note.size,
                file=file,
            )
        ]
    return []


def canonical(content: Content) -> bytes:
    """
    Return what an entry says as one line: equal entries are equal bytes.

    Raises
    ------
    TypeError
        If it holds what two programs may write differently, such as a number with decimals.

    Examples
    --------
    >>> canonical({"b": [1, True, None], "a": "é"}).decode()
    '{"a":"é","b":[1,true,null]}'
    """
    _refuse_others(content)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _refuse_others(value: object) -> None:
    match value:
        case None | str() | bool() | int():
            return
        case Mapping():
            for name, part in value.items():
                if not isinstance(name, str):
                    raise TypeError(f"{name!r} cannot be a key of an entry")
                _refuse_others(part)
        case list() | tuple():
            for part in value:
                _refuse_others(part)
        case _:
            raise TypeError(f"{value!r} cannot stand in an entry")


def _content(line: bytes) -> Content:
    """Return what a line says; nothing where it is not an entry to the letter."""
    try:
        content = json.loads(line)
        return content if isinstance(content, dict) and canonical(content) == line else {}
    except (ValueError, TypeError, RecursionError):
        return {}


def _note(path: Path) -> Checkpoint | None:
    content = read_own(path)
    if content is None:
        return None
    try:
        return read_checkpoint(content.decode())
    except UnicodeDecodeError:
        return None


def _unusable(error: OSError) -> ReleaseError:
    return ReleaseError(
        say(
            "The log of releases cannot be used ({reason}): without it nothing leaves or is checked.",
            reason=str(error.strerror),
        )
    )
