"""Index: what a server says of a file before it is fetched: where it lies, its licence, its checksum."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.errors import Fault, LayerError
from layers.fetching.sources import Index
from layers.fetching.transport import opened
from layers.sentences import Sentence, say

_MOST_BYTES = 8_000_000
_OK = 200
_MD5 = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as an index lists it."""

    url: str
    licence: str
    edition: str
    size_bytes: int | None
    md5: str


def listed(url: str, index: Index, file: str, formats: Sequence[str], *, loopback: bool) -> Listed:
    """
    Ask an index for a file.

    Parameters
    ----------
    url
        Address of the index.
    index
        Whose form it has.
    file
        What is fetched, for the words of a refusal.
    formats
        Formats of a package that are taken, the best first.
    loopback
        Whether the source itself names this machine.

    Raises
    ------
    LayerError
        If it lists no such file, or does not read as an index.
    Unreachable
        If nobody answers.
    """
    content = _read(url, file, loopback=loopback)
    try:
        return _of_geoboundaries(content) if index is Index.GEOBOUNDARIES else _of_ckan(content, formats)
    except (KeyError, TypeError, ValueError, StopIteration, AttributeError) as error:
        raise _refusal(file, say("its server lists no such file")) from error


def _read(url: str, file: str, *, loopback: bool) -> Any:  # noqa: ANN401  what JSON holds
    with opened(url, file, loopback=loopback, headers={"Accept": "application/json"}) as answer:
        if answer.status != _OK:
            problem = say("the server answered {code}", code=str(answer.status))
            raise _refusal(file, problem)
        if answer.headers.get("Content-Encoding", "identity") not in {"", "identity"}:
            raise _refusal(file, say("the server packs it on the way, though asked not to"))
        body = answer.read(_MOST_BYTES + 1)
    if len(body) > _MOST_BYTES:
        raise _refusal(file, say("what its server says of it is too large"))
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _refusal(file, say("what its server says of it does not read as JSON")) from error


def _of_geoboundaries(content: Mapping[str, Any]) -> Listed:
    url = content["gjDownloadURL"]
    edition = f"{content.get('boundaryYearRepresented', '')} {content.get('boundaryID', '')}".strip()
    return Listed(_text(url), _text(content.get("boundaryLicense", "")), _text(edition), None, "")


def _of_ckan(content: Mapping[str, Any], formats: Sequence[str]) -> Listed:
    """Return the first resource of the best format that a package has."""
    package = content["result"]
    wanted = [each.lower() for each in formats]
    fit = [each for each in package["resources"] if str(each.get("format", "")).lower() in wanted]
    best = min(fit, key=lambda each: wanted.index(str(each["format"]).lower()), default=None)
    if best is None:
        raise KeyError("resources")
    checksum = str(best.get("hash") or "").lower().removeprefix("md5:")
    size = best.get("size")
    return Listed(
        url=_text(best.get("download_url") or best["url"]),
        licence=_text(package.get("license_title") or ""),
        edition=_text(best.get("last_modified") or ""),
        size_bytes=size if isinstance(size, int) and size > 0 else None,
        md5=checksum if _MD5.fullmatch(checksum) else "",
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value[:2000]


def _refusal(file: str, problem: Sentence) -> LayerError:
    return LayerError([Fault(file, problem, say("Nothing of it is kept; fetch it by hand."))])
