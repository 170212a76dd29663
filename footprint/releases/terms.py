"""The terms on which something leaves: for whom, why, who answers for it, its marking and its precision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from footprint.disclosure import Precision
from footprint.errors import ReleaseError
from footprint.language import Language, msgid
from layers.characters import steers
from layers.sentences import say

LONGEST = 200
"""Letters of one entry: it stands on one line of every page."""


class Marking(StrEnum):
    """How a page is to be handled, as it says at its top and bottom."""

    UNCLASSIFIED = "unclassified"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"

    @property
    def label(self) -> str:
        """Words, to be put into a language."""
        return _MARKING_LABELS[self]


class Clearance(StrEnum):
    """Whether somebody has cleared a product; it says so across the page until somebody has."""

    DRAFT = "draft"
    NOT_CLEARED = "not_cleared"
    CLEARED = "cleared"

    @property
    def label(self) -> str:
        """Words, to be put into a language."""
        return _CLEARANCE_LABELS[self]


_MARKING_LABELS = {
    Marking.UNCLASSIFIED: msgid("UNCLASSIFIED"),
    Marking.CONFIDENTIAL: msgid("CONFIDENTIAL"),
    Marking.STRICTLY_CONFIDENTIAL: msgid("STRICTLY CONFIDENTIAL"),
}
_CLEARANCE_LABELS = {
    Clearance.DRAFT: msgid("DRAFT"),
    Clearance.NOT_CLEARED: msgid("NOT CLEARED"),
    Clearance.CLEARED: msgid("Cleared for release"),
}


def clearance_words(clearance: Clearance, cleared_by: str, language: Language) -> str:
    """Return whether something is cleared, and by whom, in words."""
    words = language.text(clearance.label)
    return language.text("{cleared} by {who}", cleared=words, who=cleared_by) if cleared_by else words


@dataclass(frozen=True, slots=True)
class Release:
    """Who takes something away, for whom, and why; kept in the log before it leaves."""

    purpose: str
    audience: str
    releaser: str
    """A function, not a name."""
    marking: Marking
    precision: Precision
    clearance: Clearance = Clearance.DRAFT
    cleared_by: str = ""
    """Who cleared it, a function, not a name; "" until somebody has."""

    def __post_init__(self) -> None:
        """
        Refuse what cannot be answered for.

        Raises
        ------
        ReleaseError
            Naming every entry that is empty, too long, or holds what is no text.
        """
        entries = {
            "purpose": self.purpose,
            "audience": self.audience,
            "releaser": self.releaser,
        }
        if self.clearance is Clearance.CLEARED:
            entries["cleared_by"] = self.cleared_by
        faults = [
            say("{entry}: say it in 1 to {most} plain letters.", entry=name, most=LONGEST)
            for name, words in entries.items()
            if not words.strip() or len(words) > LONGEST or steers(words) or not _is_text(words)
        ]
        if self.cleared_by and self.clearance is not Clearance.CLEARED:
            faults.append(say("cleared_by: leave it out until the release is cleared."))
        if faults:
            raise ReleaseError(*faults)


def _is_text(words: str) -> bool:
    """Tell whether words can be written to a file: bytes typed at a terminal need not be letters."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True
