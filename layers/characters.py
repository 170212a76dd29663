"""Characters that steer a terminal or turn what is read: no name may hold one, no screen gets one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from layers.sentences import say

# C0 and C1 controls (line ends among them), and the marks that embed, override or isolate a direction.
# The joiners of Arabic and Indic scripts and the plain left-to-right marks stay: they are spelling.
_STEERING = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_ENDS_OF_LINES = re.compile("[\t\n\v\f\r\u0085\u2028\u2029]+")
_TURNING = re.compile(f"{_STEERING.pattern}|[\u200e\u200f]")

STEERS = say("{text} holds a control or direction character")
"""Said of a text, a cell or a key."""
REMEDY = say("Type the text again without it.")


def steers(text: str) -> bool:
    r"""
    Tell whether a text holds a control character or one that turns the direction of writing.

    Examples
    --------
    >>> steers("Old Town"), steers("Old\x1b[2J Town"), steers("Old\u202enwoT")
    (False, True, True)
    """
    return _STEERING.search(text) is not None


def printable(text: str) -> str:
    r"""
    Return a text on one line, without controls and without marks that turn the direction of writing.

    Parameters
    ----------
    text
        Anything a file or a person said: a name, a source, an error's message.

    Returns
    -------
    str
        Ends of lines and tabs are spaces; other controls (C0, C1) and marks of direction are left out. The
        joiners of Arabic and Indic scripts stay: they are spelling.

    Examples
    --------
    >>> printable("Old\x1b[2J Town"), printable("Old\u202enwoT"), printable("two\nlines")
    ('Old[2J Town', 'OldnwoT', 'two lines')
    """
    return _TURNING.sub("", _ENDS_OF_LINES.sub(" ", text))


def printable_lines(text: str) -> str:
    """Return a text of several lines, each of them printable."""
    return "\n".join(map(printable, text.split("\n")))


def steering_keys(content: Mapping[str, Any], within: str = "") -> list[str]:
    """
    Return the dotted keys, in order, of the texts in nested tables that hold such a character.

    A key that holds one itself is named by its `repr`, so that the list can be printed.
    """
    found: list[str] = []
    for key, value in content.items():
        shown = repr(key) if steers(key) else key
        place = f"{within}.{shown}" if within else shown
        each = value if isinstance(value, list) else [value]
        if steers(key) or any(isinstance(one, str) and steers(one) for one in each):
            found.append(place)
        for one in each:
            if isinstance(one, Mapping):
                found += steering_keys(one, place)
    return list(dict.fromkeys(found))
