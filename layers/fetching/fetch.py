"""Fetch: all files of a source, each agreed to before it is asked for, with a ledger beside each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from layers.errors import Fault, LayerError
from layers.fetching.addresses import is_loopback
from layers.fetching.download import Come, FileWanted, Progress, download
from layers.fetching.index import Listed, listed
from layers.fetching.sources import CountryWords, Index, PublicSource, SourceFile, filled
from layers.fetching.transport import Unreachable
from layers.sentences import say

LEDGER = ".fetched.json"
"""What the name of a ledger adds to that of its file."""
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class SourceOffer:
    """A file as it is offered: what somebody agrees to before it is asked for."""

    file: str
    url: str
    licence: str
    size_mb: float | None
    """About; None where nobody says."""
    page: str
    """Page where a person finds it by hand."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that has come."""

    path: Path
    come: Come


Agree = Callable[[SourceOffer], bool]
"""Asked before each address is asked for; no is no."""


def offers(
    source: PublicSource, country: CountryWords | None, year: int | None = None
) -> tuple[SourceOffer, ...]:
    """
    Return what a source offers, without asking anybody.

    Raises
    ------
    LayerError
        If a country or year is needed that was not named.
    """
    return tuple(
        SourceOffer(
            file := filled(each.file, source, country, year, source.name),
            filled(each.url, source, country, year, file),
            source.licence,
            each.size_mb,
            filled(source.page, source, country, year, file),
        )
        for each in source.files
    )


def fetch_source(
    source: PublicSource,
    offered: tuple[SourceOffer, ...],
    folder: Path,
    *,
    agree: Agree,
    progress: Callable[[str], Progress],
) -> tuple[Fetched, ...]:
    """
    Fetch the files of a source into a folder.

    Parameters
    ----------
    source
        Which.
    offered
        What `offers` returned for it, and somebody has agreed to.
    folder
        Where they go; made if it is not there.
    agree
        Asked again where a server states another licence for its file than the source does.
    progress
        Given a file's name, returns who is told how far it has come.

    Returns
    -------
    tuple of Fetched
        Each file with a ledger beside it: address, day, checksum, licence. A file that was not
        agreed to is left out.

    Raises
    ------
    LayerError
        What is wrong, and what to do by hand; files that came before stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    come = []
    for each, offer in zip(source.files, offered, strict=True):
        target = folder / offer.file
        loopback = is_loopback(offer.url)
        entry = _listed(source, each, offer, loopback=loopback)
        licence = offer.licence
        if entry is not None and entry.licence and entry.licence != offer.licence:
            licence = entry.licence
            size_mb = entry.size_bytes / _MB if entry.size_bytes else offer.size_mb
            if not agree(SourceOffer(offer.file, entry.url, licence, size_mb, offer.page)):
                continue
        wanted = FileWanted(
            url=entry.url if entry else offer.url,
            target=target,
            most_bytes=int(each.most_mb * _MB),
            page=offer.page,
            sha256=each.sha256,
            md5=entry.md5 if entry else "",
        )
        got = download(wanted, loopback=loopback, progress=progress(offer.file))
        _write_ledger(source, wanted, got, licence, entry)
        come.append(Fetched(target, got))
    return tuple(come)


def _listed(source: PublicSource, file: SourceFile, offer: SourceOffer, *, loopback: bool) -> Listed | None:
    """Return where an index says the file lies; None where its address is the file's own."""
    if source.index is Index.NONE:
        return None
    try:
        return listed(offer.url, source.index, offer.file, file.formats, loopback=loopback)
    except Unreachable as error:
        problem = say("nobody answers: there is no network here, or a gateway is in the way")
        remedy = say(
            "Where there is one, look for it on {page}, carry it here on a stick, and look at it with: "
            "footprint area look FILE",
            page=offer.page,
        )
        raise LayerError([Fault(offer.file, problem, remedy)]) from error


def _write_ledger(
    source: PublicSource, wanted: FileWanted, come: Come, licence: str, entry: Listed | None
) -> None:
    """Write where a file is from beside it, for the ledger of the area that it goes into."""
    content = {
        "file": wanted.file,
        "title": source.title,
        "publisher": source.publisher,
        "licence": licence,
        "citation": source.citation,
        "page": wanted.page,
        # As it was asked for: where a redirect led may hold somebody's signature.
        "url": wanted.url,
        "edition": entry.edition if entry else "",
        "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
        "bytes": come.size_bytes,
        "sha256": come.sha256,
        "checked_against_publisher": come.is_checked,
        "etag": come.etag,
        "last_modified": come.modified,
    }
    path = wanted.target.with_name(f"{wanted.file}{LEDGER}")
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
