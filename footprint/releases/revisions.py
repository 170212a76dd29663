"""Revisions: one number and revision is one content, so that nobody holds two that are called alike."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence

from footprint.errors import ReleaseError
from footprint.provenance import OF_PLACES, identifier_of, keyed
from footprint.releases.entries import BEGIN, SEAL
from footprint.releases.log import Content
from layers.sentences import say


def refuse_taken(contents: Sequence[Content], entry: Content, secret: bytes) -> None:
    """
    Refuse a release that is called as one that left, and rests on another run.

    Parameters
    ----------
    contents
        Entries of the log.
    entry
        Of the release that begins, or was begun.
    secret
        Under which hashes of places leave: the same run may leave once plainly and once keyed.

    Raises
    ------
    ReleaseError
        Naming number, revision, the day on which it left, and the next free revision.
    """
    area_id, number = str(entry["area"]), str(entry["number"])
    own = _names_of_run(entry, secret)
    for begun, sealed_at in _sealed(contents, area_id, number):
        alike = begun["revision"] == entry["revision"] and begun["language"] == entry["language"]
        if alike and not own & _names_of_run(begun, secret):
            raise ReleaseError(
                say(
                    "Number {number}, revision {revision} was released on {day} with other content. The next "
                    "free revision is {free}.",
                    number=number,
                    revision=int(entry["revision"]),
                    day=sealed_at[: len("2019-07-01")],
                    free=free_revision(contents, area_id, number),
                )
            )


def free_revision(contents: Sequence[Content], area_id: str, number: str) -> int:
    """Return the revision after the last one of a number that left, in whatever language; 1 without one."""
    return 1 + max((int(begun["revision"]) for begun, _ in _sealed(contents, area_id, number)), default=0)


def following_number(contents: Sequence[Content], area_id: str, besides: Collection[str] = ()) -> str:
    """
    Return a number for the next release of an area: one more than the last that was begun, "1" without one.

    A number that ends in no digits is proposed again: nobody knows how that office counts. Of
    `besides`, which nobody gave by hand, none is counted on from.
    """
    begun = (each for each in contents if each.get("kind") == BEGIN and each.get("area") == area_id)
    last = [number for number in (str(each["number"]) for each in begun) if number not in besides]
    if not last:
        return "1"
    counted = _COUNTED.fullmatch(last[-1])
    if counted is None:
        return last[-1]
    before, digits = counted.groups()
    return f"{before}{int(digits) + 1:0{len(digits)}d}"


_COUNTED = re.compile(r"(.*?)([0-9]{1,9})")
"""Number of an office: whatever stands before, and what is counted."""


def _sealed(contents: Sequence[Content], area_id: str, number: str) -> Iterator[tuple[Content, str]]:
    """Yield what was asked for of each release of a number that left, and when it did."""
    for content in contents:
        if content.get("kind") == SEAL:
            begun = contents[content["begin"]]
            if (begun.get("kind"), begun.get("area"), begun.get("number")) == (BEGIN, area_id, number):
                yield begun, str(content["at"])


def _names_of_run(entry: Content, secret: bytes) -> set[str]:
    """Return the hashes by which a run may be called: its own, and that under the secret."""
    parts = json.loads(entry["provenance"])
    under = parts | {name: keyed(str(parts[name]), secret) for name in OF_PLACES}
    return {str(entry["run"]), identifier_of(under)}
