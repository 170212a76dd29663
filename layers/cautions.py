"""Cautions: what the ledger's notes say of a file that must stand beside every answer too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from layers.sentences import Sentence, say

LABEL = say("drawn to write a name on, not surveyed")
FLATTENED = say("large values may be cut off, as in a picture, and towns have fewer people than they have")
NOT_TAKEN = say("rows that are not taken, and not in the layer")

_PARTS = "; "
_COUNTED = re.compile(re.escape(str(NOT_TAKEN)) + r" \(([^()]+)\)")
_MARKS = str.maketrans({";": ",", "(": "[", ")": "]"})
"""What would part notes, or end a count."""


class Noted(Protocol):
    """A row of the ledger."""

    @property
    def title(self) -> str:
        """What the file is called."""

    @property
    def note(self) -> str:
        """What was judged, in parts."""


def not_taken(count: int, file: str) -> str:
    """
    Return the note that rows of a file are not taken.

    Examples
    --------
    >>> not_taken(2, "bases.xlsx")
    'rows that are not taken, and not in the layer (2, bases.xlsx)'
    """
    return f"{NOT_TAKEN} ({count}, {file.translate(_MARKS)})"


def names_its_file(note: str) -> bool:
    """Tell whether a note says of which file it is."""
    return note.startswith(str(NOT_TAKEN))


def joined(notes: Iterable[str]) -> str:
    """Return notes as one text of the ledger, "" for none."""
    return _PARTS.join(dict.fromkeys(filter(None, notes)))


def titles_with(caution: Sentence, sources: Iterable[Noted]) -> list[str]:
    """Return the titles of the files of whose notes one is this caution."""
    return [each.title for each in sources if str(caution) in each.note]


def counts_not_taken(sources: Iterable[Noted]) -> list[str]:
    """
    Return how many rows of which files are not taken, as notes say it.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> counts_not_taken([SimpleNamespace(title="Bases", note="by hand; " + not_taken(2, "bases.xlsx"))])
    ['2, bases.xlsx']
    """
    return list(dict.fromkeys(hit for each in sources for hit in _COUNTED.findall(each.note)))
