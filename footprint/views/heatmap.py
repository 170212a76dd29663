"""Draw the calendar of return: in which months violence comes back, area by area and year by year."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt

from footprint.language import Language, msgid
from footprint.views.colours import ACCENT, BUSY, CALM, EDGE, GRID, INK, KEY_EDGE, MUTED, PAPER
from footprint.views.escaping import escape, tag

_MONTHS = range(1, 13)
_NAMES_PX, _NOTES_PX, _HEAD_PX, _GAP_PX = 150, 270, 26, 7
_SQUARE_PX, _STEP_PX = 6, 8
_ACROSS_PER_DOWN = 1.6
_HATCH_PX = 9
_LETTER_PX = 6.4
"""Room for a letter of the key; an image cannot measure its own text."""
_FONTS = "'Source Sans 3','Segoe UI',Roboto,Arial,sans-serif"


class SquareState(StrEnum):
    """How a year stands in a month of an area."""

    HIT = "hit"
    QUIET = "quiet"
    TOO_FEW = "too_few"


STATE_COLOURS = {SquareState.HIT: BUSY, SquareState.QUIET: CALM, SquareState.TOO_FEW: PAPER}
STATE_LABELS = {
    SquareState.HIT: msgid("busier than its own year"),
    SquareState.QUIET: msgid("not busier"),
    SquareState.TOO_FEW: msgid("too few events to tell"),
}


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One area: how each year stands in each month, and the window found."""

    name: str
    states: tuple[tuple[SquareState, ...], ...]
    """State of each year, in order, for each month from January on, shape (12, n_years)."""
    window: tuple[int, ...] = ()
    """Months (1-12) of the window; empty if none was looked for or found."""
    significant: bool = False
    note: str = ""
    """Numbers of events and years, and how sure the window is."""


def calendar_heatmap(
    rows: Sequence[CalendarRow], years: Sequence[int], language: Language, *, title: str
) -> str:
    """
    Draw the calendar of return.

    Parameters
    ----------
    rows
        Areas, in the order shown.
    years
        Years of the squares, in reading order within each month.
    language
        Language of months and key.
    title
        What is shown, for those who do not see it.

    Returns
    -------
    str
        HTML: an image with a row per area and a column per month, in each cell one small square
        per year, and a frame around each window; rows in which nothing stands out are hatched.
        Empty without rows or years.
    """
    if not rows or not years:
        return ""
    across = ceil(sqrt(len(years) * _ACROSS_PER_DOWN))
    down = ceil(len(years) / across)
    cell = (across * _STEP_PX + _GAP_PX, down * _STEP_PX + _GAP_PX)
    width = _NAMES_PX + 12 * cell[0] + _NOTES_PX
    height = _HEAD_PX + len(rows) * cell[1] + 24
    heads = "".join(_month_head(month, cell, language) for month in _MONTHS)
    body = "".join(_row(row, _HEAD_PX + i * cell[1], cell, across) for i, row in enumerate(rows))
    key = _key(years, height - 6, language)
    found = [row for row in rows if row.window and row.significant]
    spoken = language.clauses(
        language.labelled(row.name, f"{language.months(row.window)} {row.note}") for row in found
    )
    drawing = tag(
        "svg",
        *(heads, body, key),
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        font_family=_FONTS,
    )
    # As an image: Streamlit strips drawings from a page's HTML, and nothing in an image can run.
    encoded = base64.b64encode(drawing.encode()).decode("ascii")
    image = tag(
        "img",
        src=f"data:image/svg+xml;base64,{encoded}",
        alt=f"{title}. {spoken}",
        width=width,
        height=height,
        style="max-width:none;display:block",
    ).removesuffix("</img>")
    return tag("div", image, style="overflow-x:auto")


def _month_head(month: int, cell: tuple[int, int], language: Language) -> str:
    middle = _NAMES_PX + (month - 0.5) * cell[0] - _GAP_PX / 2
    return _words(language.month_short(month), middle, 16, text_anchor="middle")


def _row(row: CalendarRow, top: int, cell: tuple[int, int], across: int) -> str:
    if len(row.states) != len(_MONTHS):
        raise ValueError(f"{row.name}: {len(row.states)} months")
    baseline = top + (cell[1] - _GAP_PX) / 2 + 4
    right = _NAMES_PX + 12 * cell[0] + 6
    weight = 600 if row.significant else 400
    return tag(
        "g",
        tag("line", x1=0, x2=right + _NOTES_PX, y1=top - 4, y2=top - 4, stroke=GRID),
        _words(row.name, 0, baseline, fill=INK, font_size=13, font_weight=weight),
        *(_squares(row, state, top, cell, across) for state in SquareState),
        "" if row.significant else _hatch(top, cell),
        _window(row, top, cell),
        _words(row.note, right, baseline),
    )


def _squares(row: CalendarRow, state: SquareState, top: int, cell: tuple[int, int], across: int) -> str:
    """Draw all squares of one state in one path: thousands of elements would be slow."""
    places = [
        (_NAMES_PX + month * cell[0] + year % across * _STEP_PX, top + year // across * _STEP_PX)
        for month, years in enumerate(row.states)
        for year, found in enumerate(years)
        if found == state
    ]
    if not places:
        return ""
    side = _SQUARE_PX
    path = "".join(f"M{x} {y}h{side}v{side}h-{side}z" for x, y in places)
    stroke = EDGE if state == SquareState.TOO_FEW else STATE_COLOURS[state]
    return tag("path", d=path, fill=STATE_COLOURS[state], stroke=stroke, stroke_width=0.8)


def _hatch(top: int, cell: tuple[int, int]) -> str:
    """Hatch a row in which nothing stands out beyond chance."""
    height, width = cell[1] - _GAP_PX, 12 * cell[0] - _GAP_PX
    lines = "".join(f"M{_NAMES_PX + x} {top + height}l{height} -{height}" for x in range(0, width, _HATCH_PX))
    return tag("path", d=lines, stroke=MUTED, stroke_width=0.7, stroke_opacity=0.5, fill="none")


def _window(row: CalendarRow, top: int, cell: tuple[int, int]) -> str:
    """Frame the window; one that runs over the new year is framed in two parts."""
    months = sorted(row.window)
    runs = [
        (first, next(month for month in range(first, 14) if month + 1 not in months))
        for first in months
        if first - 1 not in months
    ]
    line: dict[str, object] = {"stroke": MUTED, "stroke_dasharray": "3 3"}
    if row.significant:
        line = {"stroke": ACCENT, "stroke_width": 2}
    return "".join(
        tag(
            "rect",
            x=_NAMES_PX + (first - 1) * cell[0] - 4,
            y=top - 3,
            width=(last - first + 1) * cell[0] - _GAP_PX + 6,
            height=cell[1] - _GAP_PX + 4,
            rx=4,
            fill="none",
            **line,
        )
        for first, last in runs
    )


def _key(years: Sequence[int], y: int, language: Language) -> str:
    span = language.text("One square per year, {first}–{last}:", first=min(years), last=max(years))
    parts = [_words(span, 0, y)]
    x = round(_LETTER_PX * len(span)) + 12
    for state in SquareState:
        label = language.text(STATE_LABELS[state])
        square = {"width": 9, "height": 9, "stroke": KEY_EDGE, "stroke_width": 0.8}
        parts += [tag("rect", x=x, y=y - 9, fill=STATE_COLOURS[state], **square), _words(label, x + 14, y)]
        x += 30 + round(_LETTER_PX * len(label))
    return "".join(parts)


def _words(words: str, x: float, y: float, **attributes: object) -> str:
    return tag("text", escape(words), x=x, y=y, **{"font_size": 12, "fill": MUTED, **attributes})
