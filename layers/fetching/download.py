"""Download: one file, resumed where it was broken off, held to a size and a checksum, put in place whole."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import urllib3
from urllib3.exceptions import HTTPError

from layers.errors import Fault, LayerError
from layers.exchange.workplace import sync
from layers.fetching.transport import Unreachable, opened
from layers.sentences import Rounded, Sentence, say

_PIECE = 1 << 16
_TRIES = 4
_SLOW_S, _SLOW_BYTES = 60.0, 4096
"""A line that brings less than this in that time is broken off; what came is kept."""
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_OK, _PART, _NOT_THERE, _PAST_END = 200, 206, 404, 416
_HEADS = {
    ".zip": (b"PK\x03\x04", b"PK\x05\x06"),
    ".tif": (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
    ".geojson": (b"{", b" ", b"\n", b"\r", b"\xef\xbb\xbf{"),
}
"""How files of a kind begin."""
_PAGE = re.compile(rb"\s*<(!doctype html|html|head|\?xml)", re.IGNORECASE)
_MB = 1e6

Progress = Callable[[int, int | None], None]
"""Told how many bytes there are, and of how many."""


@dataclass(frozen=True, slots=True)
class FileWanted:
    """A file to fetch."""

    url: str
    target: Path
    most_bytes: int
    page: str
    """Page where a person finds it by hand."""
    sha256: str = ""
    """Checksum that the publisher states, "" for none."""
    md5: str = ""
    """The same in the older kind that some servers keep."""

    @property
    def file(self) -> str:
        """Name it is kept under."""
        return self.target.name


@dataclass(frozen=True, slots=True)
class Come:
    """A file that has come whole."""

    size_bytes: int
    sha256: str
    etag: str
    modified: str
    is_checked: bool
    """Whether the publisher stated a checksum, and it was right."""


@dataclass(frozen=True, slots=True)
class _PartFile:
    """What came so far, and how the server marks the edition it is of."""

    path: Path
    mark: str = ""
    total: int | None = None

    @property
    def note(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.is_file() else 0

    def begin(self) -> None:
        """Take what came so far away."""
        for each in (self.path, self.note):
            each.unlink(missing_ok=True)


def download(wanted: FileWanted, *, loopback: bool, progress: Progress) -> Come:
    """
    Fetch one file; what is broken off is kept beside it and gone on with the next time.

    Parameters
    ----------
    wanted
        Address, place, size and checksum.
    loopback
        Whether the source itself names this machine.
    progress
        Told how far it has come.

    Returns
    -------
    Come
        Its size and checksum; the file stands in its place, whole.

    Raises
    ------
    LayerError
        If it is refused, too large, no file of its kind, not what the checksum says; or if the line broke too
        often, with words on how to fetch it by hand.
    """
    if os.path.lexists(wanted.target):
        raise LayerError(
            [Fault(wanted.file, say("it is there already"), say("Move it away to fetch it anew."))]
        )
    path = wanted.target.with_name(f".{wanted.file}.part")
    for attempt in range(_TRIES):
        part = _known(path, wanted.url)
        try:
            marks = _piece(wanted, part, loopback=loopback, progress=progress)
        except Unreachable as error:
            if attempt == _TRIES - 1 or not _known(path, wanted.url).size:
                raise _by_hand(wanted, _known(path, wanted.url)) from error
            continue
        if marks is not None:
            return _placed(wanted, part, *marks)
    raise _by_hand(wanted, _known(path, wanted.url))


def _known(path: Path, url: str) -> _PartFile:
    """Return what came so far of this very address; nothing where it cannot be gone on with."""
    fresh = _PartFile(path)
    if path.is_symlink() or fresh.note.is_symlink():
        fresh.begin()
    try:
        note = json.loads(fresh.note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return fresh
    mark, total = note.get("mark"), note.get("total")
    usable = note.get("url") == url and isinstance(mark, str) and isinstance(total, int | None)
    return _PartFile(path, mark, total) if usable else fresh


def _piece(
    wanted: FileWanted, part: _PartFile, *, loopback: bool, progress: Progress
) -> tuple[str, str] | None:
    """Fetch the rest of a file, or all of it; return how the server marks its edition, None to begin anew."""
    size = part.size if part.mark else 0
    headers = {"Range": f"bytes={size}-", "If-Range": part.mark} if size else {}
    with opened(wanted.url, wanted.file, loopback=loopback, headers=headers) as reply:
        etag = reply.headers.get("ETag", "")
        modified = reply.headers.get("Last-Modified", "")
        if reply.status == _PAST_END and size and size == part.total:
            return etag, modified
        if reply.status == _PAST_END and size:
            # What came so far is of no edition that there is now.
            part.begin()
            return None
        goes_on = reply.status == _PART and size > 0
        _refuse_answer(wanted, reply, goes_on=goes_on)
        total = _total(wanted, reply, size if goes_on else 0)
        if goes_on and _is_other(part, etag, modified, total):
            # Not every server that knows ranges knows If-Range: the rest would be of another edition.
            part.begin()
            return None
        if total is not None and total > wanted.most_bytes:
            raise _too_large(wanted)
        if not goes_on:
            part.begin()
        if not goes_on:
            _keep_note(wanted.url, part, etag, modified, total)
        _body(wanted, part, reply, total, progress)
    return etag, modified


def _is_other(part: _PartFile, etag: str, modified: str, total: int | None) -> bool:
    """Tell whether the rest that a server sends is of another edition than what came so far."""
    now = etag if part.mark.startswith('"') else modified
    return (bool(now) and now != part.mark) or (part.total is not None and total != part.total)


def _keep_note(url: str, part: _PartFile, etag: str, modified: str, total: int | None) -> None:
    # A weak mark says that two editions mean the same, not that their bytes are the same.
    mark = etag if etag and not etag.startswith("W/") else modified
    part.note.write_text(json.dumps({"url": url, "mark": mark, "total": total}), encoding="utf-8")


def _total(wanted: FileWanted, reply: urllib3.BaseHTTPResponse, begins: int) -> int | None:
    """Return the size of the whole file as the server states it, None where it does not."""
    if reply.status == _PART:
        stated = _RANGE.fullmatch(reply.headers.get("Content-Range", ""))
        if stated is None or int(stated[1]) != begins:
            raise _refusal(wanted, say("the server went on from another byte than asked"))
        return int(stated[3])
    length = reply.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else None


def _body(
    wanted: FileWanted,
    part: _PartFile,
    reply: urllib3.BaseHTTPResponse,
    total: int | None,
    progress: Progress,
) -> None:
    """Write what comes behind what came before."""
    size = part.size
    opened_file = os.open(part.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(opened_file, "ab") as sink:
        since, came = time.monotonic(), 0
        try:
            while piece := reply.read1(_PIECE):
                if not size:
                    _refuse_page(wanted, piece)
                size, came = size + len(piece), came + len(piece)
                if size > wanted.most_bytes:
                    raise _too_large(wanted)
                sink.write(piece)
                progress(size, total)
                if time.monotonic() - since > _SLOW_S:
                    if came < _SLOW_BYTES:
                        raise Unreachable("slow")
                    since, came = time.monotonic(), 0
        except (HTTPError, ConnectionError, TimeoutError) as error:
            raise Unreachable(str(error)) from error
        except LayerError:
            part.begin()
            raise
    if total is not None and size < total:
        raise Unreachable("short")


def _refuse_answer(wanted: FileWanted, reply: urllib3.BaseHTTPResponse, *, goes_on: bool) -> None:
    """Raise if the server did not answer with the file."""
    if reply.headers.get("Content-Encoding", "identity") not in {"", "identity"}:
        raise _refusal(wanted, say("the server packs it on the way, though asked not to"))
    if reply.status == _NOT_THERE:
        raise _refusal(wanted, say("the server has no such file (404)"))
    if reply.status != _OK and not goes_on:
        raise _refusal(wanted, say("the server answered {code}", code=str(reply.status)))


def _refuse_page(wanted: FileWanted, beginning: bytes) -> None:
    """Raise if a page came in the file's place, as the login of a hotel or a gateway does."""
    heads = _HEADS.get(wanted.target.suffix.lower())
    if _PAGE.match(beginning):
        raise _refusal(wanted, say("a web page came in its place: a login of the network, or it has moved"))
    if heads and not beginning.startswith(heads):
        raise _refusal(wanted, say("what came is no file of this kind"))


def _placed(wanted: FileWanted, part: _PartFile, etag: str, modified: str) -> Come:
    """Check the file, have it written through to the disk, and give it its name."""
    whole, older = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    with part.path.open("rb") as file:
        while piece := file.read(1 << 20):
            whole.update(piece)
            older.update(piece)
    right = (wanted.sha256 in {"", whole.hexdigest()}) and (wanted.md5 in {"", older.hexdigest()})
    size = part.size
    if not right:
        part.begin()
        raise _refusal(wanted, say("it is not what its publisher's checksum says"))
    sync(part.path)
    # A link, not a rename: a file that has come there meanwhile is not written over.
    os.link(part.path, wanted.target)
    part.begin()
    sync(wanted.target.parent)
    return Come(size, whole.hexdigest(), etag, modified, bool(wanted.sha256 or wanted.md5))


def _too_large(wanted: FileWanted) -> LayerError:
    most = Rounded(wanted.most_bytes / _MB, 0)
    return _refusal(wanted, say("it is larger than the {most} MB allowed for it", most=most))


def _refusal(wanted: FileWanted, problem: Sentence) -> LayerError:
    remedy = say("Nothing of it is kept. Look at {page}, and fetch it by hand.", page=wanted.page)
    return LayerError([Fault(wanted.file, problem, remedy)])


def _by_hand(wanted: FileWanted, part: _PartFile) -> LayerError:
    """Return what to do where nobody answers, or the line does not hold."""
    size = part.size
    if size and part.mark:
        problem = say("the line broke off again and again; {size} MB are kept", size=Rounded(size / _MB, 1))
        remedy = say("Start again to go on from there.")
    elif size:
        problem = say(
            "the line broke off again and again, and the server goes on from nowhere but the beginning"
        )
        remedy = say("Start again, or look at {page} and fetch it by hand.", page=wanted.page)
    else:
        problem = say("nobody answers: there is no network here, or a gateway is in the way")
        remedy = say(
            "Where there is one, fetch {url} (found on {page}), carry it here on a stick under the name "
            "{file}, and look at it with: footprint area look {file}",
            url=wanted.url,
            page=wanted.page,
            file=wanted.file,
        )
    return LayerError([Fault(wanted.file, problem, remedy)])
