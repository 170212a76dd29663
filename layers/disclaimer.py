"""Disclaimer: what an area's boundaries and names do not mean, as the office words it."""

from __future__ import annotations

from typing import Any

from layers.errors import Fault
from layers.sentences import say

_KEY = "disclaimer"
_LONGEST = 600
"""Letters: it stands on every page."""


def read_disclaimers(content: dict[str, Any]) -> dict[str, str]:
    """Return the words by language from the content of an `area.toml`; none where it states none."""
    return dict(content.get(_KEY, {}))


def disclaimer_faults(content: dict[str, Any], file: str) -> list[Fault]:
    """
    Return what is wrong with the words.

    Parameters
    ----------
    content
        Of an `area.toml`.
    file
        Its name, for messages.
    """
    stated = content.get(_KEY, {"en": "…"})
    fine = (
        isinstance(stated, dict)
        and "en" in stated
        and all(isinstance(text, str) and 0 < len(text.strip()) <= _LONGEST for text in stated.values())
    )
    if fine:
        return []
    problem = say("there is no English text, or one is no text of 1 to {n} letters", n=_LONGEST)
    return [Fault(file, problem, say('Write {key} = "{value}".', key="en", value="…"), _KEY)]
