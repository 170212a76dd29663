"""Widths: how wide words are, and how a table's columns share a page or a slide. Lengths in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from PIL import ImageFont

from footprint.briefing.content.parts import TextTable

MM_PER_POINT = 25.4 / 72
_RULER_SIZE = 100
_SLACK_MM = 0.5
"""What rounding and kerning of another program may add to a line."""
_BREAKS = " "
"""The space that may break; those that may not hold words together."""


def fonts_folder() -> Path:
    """Return the folder of the fonts that come with the tool, so that no machine's own are asked for."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


@lru_cache(maxsize=2)
def _ruler(*, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(str(fonts_folder() / name), _RULER_SIZE)


@lru_cache(maxsize=50_000)
def width_mm(words: str, size_pt: float, *, bold: bool = False) -> float:
    """Return how wide a line is in DejaVu Sans."""
    return float(_ruler(bold=bold).getlength(words)) / _RULER_SIZE * size_pt * MM_PER_POINT


def lines_needed(words: str, size_pt: float, within_mm: float, *, bold: bool = False) -> int:
    """Return over how many lines words go; a word wider than a line is broken within."""
    lines, at = 1, 0.0
    space = width_mm(" ", size_pt, bold=bold)
    for word in words.split(_BREAKS):
        wide = width_mm(word, size_pt, bold=bold)
        if at and at + space + wide > within_mm:
            lines, at = lines + 1, 0.0
        at += wide + (space if at else 0.0)
        while at > within_mm > 0:
            lines, at = lines + 1, at - within_mm
    return lines


def breakable(words: str, size_pt: float, within_mm: float, *, bold: bool = True) -> str:
    """
    Return words that may break within where one of them is wider than a line, as an endless name may be.

    Where it may, a space without width stands; all other words are as they were.
    """
    if width_mm(words, size_pt, bold=bold) <= within_mm:
        return words
    pieces = [_cut(word, size_pt, within_mm, bold=bold) for word in words.split(_BREAKS)]
    return _BREAKS.join(pieces)


def _cut(word: str, size_pt: float, within_mm: float, *, bold: bool) -> str:
    pieces, start = [], 0
    while width_mm(word[start:], size_pt, bold=bold) > within_mm and start < len(word) - 1:
        end = start + 1
        while end < len(word) and width_mm(word[start : end + 1], size_pt, bold=bold) <= within_mm:
            end += 1
        pieces.append(word[start:end])
        start = end
    return "\u200b".join([*pieces, word[start:]])


def column_widths(
    table: TextTable, size_pt: float, total_mm: float, *, padding_mm: float = 2.0
) -> tuple[float, ...]:
    """
    Share a width among the columns of a table.

    Every column gets room for its longest word; what is left goes where lines would otherwise break, first
    to cells and then to the header.

    Parameters
    ----------
    table
        The table.
    size_pt
        Size of its letters.
    total_mm
        Width at most.
    padding_mm
        Left and right of the words of a cell, together.

    Returns
    -------
    tuple of float
        One for each column; together `total_mm` at most, and less where all fits in less.
    """
    columns = list(zip(table.header, *table.rows, strict=True))
    padding_mm += _SLACK_MM
    least = [max(_longest_word(cells, size_pt), 1.0) + padding_mm for cells in columns]
    full = [
        max([width_mm(cell, size_pt) for cell in cells[1:]], default=0.0) + padding_mm for cells in columns
    ]
    heads = [width_mm(cells[0], size_pt, bold=True) + padding_mm for cells in columns]
    widths = list(least)
    if sum(widths) > total_mm:
        return tuple(each * total_mm / sum(widths) for each in widths)
    for wanted in (full, [max(pair) for pair in zip(full, heads, strict=True)]):
        missing = [max(want - have, 0.0) for want, have in zip(wanted, widths, strict=True)]
        room = total_mm - sum(widths)
        share = min(1.0, room / sum(missing)) if sum(missing) else 0.0
        widths = [have + share * miss for have, miss in zip(widths, missing, strict=True)]
    return tuple(widths)


def _longest_word(cells: Sequence[str], size_pt: float) -> float:
    head, *body = cells
    words = [width_mm(word, size_pt, bold=True) for word in head.split(_BREAKS)]
    words += [width_mm(word, size_pt) for cell in body for word in cell.split(_BREAKS)]
    return max(words, default=0.0)
