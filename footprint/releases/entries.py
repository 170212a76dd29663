"""Entries: what the log of releases holds of each release, written and read back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from footprint.disclosure import Precision
from footprint.provenance import Provenance
from footprint.releases.counts import IncidentCount, count_from
from footprint.releases.log import Content
from footprint.releases.terms import Clearance, Marking, Release

BEGIN, SEAL = "begin", "seal"
"""Kinds of entries: codes are drawn, files are sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRun:
    """What is about to be made and to leave, and what it gives away."""

    provenance: Provenance
    """What it rests on, as it may be told under the profile (keyed where it must be)."""
    number: str
    """Number of the map or report, as the office counts them."""
    revision: int
    language: str
    release: Release
    counts: tuple[IncidentCount, ...] = ()
    """Every count of incidents that it tells, where small numbers are withheld."""
    surface: frozenset[str] | None = None
    """Marks of the incidents under a map of need (`footprint.releases.surfaces`); None without one."""
    seen: int = 0
    """Entries of the log that `counts` and `surface` were made in sight of (`ToldBefore.entries`)."""


@dataclass(frozen=True, slots=True)
class LoggedFile:
    """A file that was drawn a code for, and what the log says of it."""

    code: str
    name: str
    begun: Content
    """What was asked for, by whom and for whom."""
    sealed: Content | None
    """Digest, media type and length; None where it never left."""
    sealed_at: str
    """When, in UTC; "" where it never left."""


def begin_entry(run: ReleaseRun, codes: Mapping[str, str], surface: str, at: str) -> dict[str, Any]:
    """
    Return the entry of a release that begins.

    Parameters
    ----------
    run
        What is about to be made.
    codes
        Code of each file by its name.
    surface
        Digest of the marks under a map of need; "" without one.
    at
        Time in UTC.
    """
    release = run.release
    return {
        "kind": BEGIN,
        "at": at,
        "area": run.provenance.area_id,
        "run": run.provenance.identifier,
        # As text: numbers with decimals are not written alike by every program.
        "provenance": json.dumps(run.provenance.document, sort_keys=True, ensure_ascii=False),
        "number": run.number,
        "revision": run.revision,
        "language": run.language,
        "purpose": release.purpose,
        "audience": release.audience,
        "releaser": release.releaser,
        "profile": str(release.precision),
        "marking": str(release.marking),
        "clearance": str(release.clearance),
        "cleared_by": release.cleared_by,
        "files": dict(codes),
        "counts": [each.plain for each in run.counts],
        "surface": surface,
    }


def logged_files(contents: Sequence[Content]) -> tuple[LoggedFile, ...]:
    """
    Return every file that the log knows, in order.

    An entry that is not as this program writes them says nothing: `LogState.faults` names what was changed.
    """
    begun: dict[int, Content] = {}
    sealed: dict[tuple[int, str], tuple[Content, str]] = {}
    for index, content in enumerate(contents):
        match content:
            case {"kind": "begin"} if _is_begin(content):
                begun[index] = content
            case {"kind": "seal", "begin": int(at), "files": dict(files), "at": str(when)}:
                for name, file in files.items():
                    if isinstance(file, dict):
                        sealed[at, name] = (file, when)
            case _:
                pass
    return tuple(
        LoggedFile(str(code), str(name), content, *sealed.get((index, name), (None, "")))
        for index, content in begun.items()
        for name, code in content["files"].items()
    )


_TEXTS = ("at", "area", "run", "number", "language", "purpose", "audience", "releaser", "surface")


def _is_begin(content: Content) -> bool:
    """Tell whether an entry is as `begin_entry` writes it; one that was changed may be anything."""
    texts = all(isinstance(content.get(name), str) for name in _TEXTS)
    closed = {"profile": Precision, "marking": Marking, "clearance": Clearance}
    words = all(content.get(name) in set(map(str, kind)) for name, kind in closed.items())
    files, counts = content.get("files"), content.get("counts")
    return (
        texts
        # Entries of earlier versions name nobody who cleared them.
        and isinstance(content.get("cleared_by", ""), str)
        and words
        and isinstance(content.get("revision"), int)
        and isinstance(counts, list)
        and isinstance(files, dict)
        and all(isinstance(code, str) for code in files.values())
    )


def told_counts(contents: Sequence[Content], area_id: str) -> tuple[IncidentCount, ...]:
    """
    Return every count of incidents of an area that was told, each once.

    Raises
    ------
    ValueError
        If one is not as this program writes them.
    """
    counts = (
        count_from(plain)
        for content in contents
        if content.get("kind") == BEGIN and content.get("area") == area_id
        for plain in content["counts"]
    )
    return tuple(dict.fromkeys(counts))


def told_surfaces(contents: Sequence[Content], area_id: str) -> tuple[str, ...]:
    """Return the digests of the marks under every map of need of an area that was told, each once."""
    digests = (
        str(content["surface"])
        for content in contents
        if content.get("kind") == BEGIN and content.get("area") == area_id and content["surface"]
    )
    return tuple(dict.fromkeys(digests))
