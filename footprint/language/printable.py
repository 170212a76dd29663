"""Which characters of a text may reach a screen: none that steers it or turns the order of what is read."""

from __future__ import annotations

import re

_ENDS_OF_LINES = re.compile("[\t\n\v\f\r\u0085\u2028\u2029]+")
_STEERING = re.compile("[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


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
    return _STEERING.sub("", _ENDS_OF_LINES.sub(" ", text))
