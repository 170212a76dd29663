"""Audiences: whom sets are usually for, and on what terms one for them begins."""

from __future__ import annotations

from enum import StrEnum

from footprint.disclosure import Precision
from footprint.language import msgid
from footprint.releases.terms import Marking


class Audience(StrEnum):
    """Whom a set is for; whoever is not among them is named in words."""

    LEADERSHIP = "leadership"
    COMMANDERS = "commanders"
    AUTHORITIES = "authorities"
    HUMANITARIANS = "humanitarians"
    ANYBODY = "anybody"

    @property
    def label(self) -> str:
        """Words, to be put into a language."""
        return _LABELS[self]


_LABELS = {
    Audience.LEADERSHIP: msgid("Mission leadership"),
    Audience.COMMANDERS: msgid("Sector and battalion commanders"),
    Audience.AUTHORITIES: msgid("Governor and local authorities"),
    Audience.HUMANITARIANS: msgid("OCHA and humanitarian partners"),
    Audience.ANYBODY: msgid("Anybody"),
}
FIRST_TERMS = {
    Audience.LEADERSHIP: (Marking.CONFIDENTIAL, Precision.INTERNAL),
    Audience.COMMANDERS: (Marking.CONFIDENTIAL, Precision.INTERNAL),
    Audience.AUTHORITIES: (Marking.CONFIDENTIAL, Precision.PUBLIC),
    Audience.HUMANITARIANS: (Marking.CONFIDENTIAL, Precision.PUBLIC),
    Audience.ANYBODY: (Marking.UNCLASSIFIED, Precision.STRICT),
}
"""Marking and precision that a set begins with: outside the mission no finer than the public; a judgement."""
OTHERWISE = (Marking.CONFIDENTIAL, Precision.PUBLIC)
"""The same where the audience is named in words: nobody knows that it belongs to the mission."""
