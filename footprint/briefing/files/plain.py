"""Plain text: what people and files call things, so that no other program takes it for more than words."""

from __future__ import annotations

import re

from layers.characters import printable

LONGEST = 32_000
"""Letters of one cell: a spreadsheet holds no more than 32,767."""

_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LIVE = frozenset("=+-@＝＋－＠|%")
"""Beginnings that one spreadsheet or another takes for a formula or a command."""
_AS_TEXT = "'"


def plain(words: str) -> str:
    r"""
    Return words on one line, with nothing in them that steers a screen or that XML may not hold.

    Examples
    --------
    >>> plain("Old\x1b[2J\tTown\ufffe")
    'Old[2J Town'
    """
    return _NOT_IN_XML.sub("", printable(words))[:LONGEST]


def in_csv(words: str) -> str:
    """
    Return words so that no spreadsheet that opens them as CSV runs them.

    Examples
    --------
    >>> in_csv("=1+1"), in_csv(" @SUM(A1)"), in_csv("Koro")
    ("'=1+1", "' @SUM(A1)", 'Koro')
    """
    clean = plain(words)
    return _AS_TEXT + clean if clean.lstrip()[:1] in _LIVE and clean.strip() else clean
