"""
A map for a page of another: a report's or a slide's, which has title, terms and small print itself.

It has its own size, letters that are read at that size, and the legend of what stands on it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from footprint.briefing.brief import Brief
from footprint.briefing.findings import told
from footprint.briefing.sheets.board import Board
from footprint.briefing.sheets.drawn import (
    DrawnMap,
    draw_map,
    write_bar_keys,
    write_ground_keys,
    write_over_keys,
    write_site_keys,
)
from footprint.briefing.sheets.extent import extent_of
from footprint.briefing.sheets.panel import Fonts, draw_country, write_scale
from footprint.briefing.sheets.paper import Box
from footprint.briefing.sheets.typeset import Font, PaperSheet, TextColumn
from footprint.briefing.small_print import handling
from footprint.views.cells import Asked
from footprint.views.colours import CLIENT, MUTED, WORDS
from footprint.views.focus import focus_name, outlined

_SMALLEST = 5.8
"""Smallest letters on and beside a map whose `letters` are 1 [pt]: those of its scale bar."""
_GAP_MM = 4.0
_COUNTRY_MM = 21.0
"""Height of the picture of the country, where `letters` are 1."""


@dataclass(frozen=True, slots=True)
class PageRoom:
    """The room that a page has for a map [mm], and the letters that are read there."""

    width: float
    height: float
    least_pt: float
    """Smallest letters."""
    columns: int
    """Of the legend, beside the map."""
    column_mm: tuple[float, ...]
    """How wide each may be; the first with which all of the legend has room is taken."""
    dpi: int


REPORT_ROOM = PageRoom(178.0, 128.0, 7.0, 1, (46.0, 52.0, 58.0, 66.0), 300)
"""The width of a report's page, and half of its height."""
SLIDE_ROOM = PageRoom(310.67, 139.0, 10.0, 2, (60.0, 68.0), 200)
"""The body of a slide."""


@dataclass(frozen=True, slots=True)
class _PageFonts(Fonts):
    """Letters beside a map in a page: all nearly alike, for none may be smaller than what is read there."""

    least_pt: float

    @property
    def heading(self) -> Font:
        """Over a block."""
        return Font(1.12 * self.least_pt, bold=True)

    @property
    def words(self) -> Font:
        """Rows of the legend."""
        return Font(self.least_pt, colour=WORDS)

    @property
    def small(self) -> Font:
        """Beside figures."""
        return Font(self.least_pt, colour=MUTED)


@dataclass(frozen=True, slots=True, eq=False)
class PageMap:
    """A map for a page."""

    sheet: PaperSheet = field(repr=False)
    alternative: str
    """What it shows, for those who do not see it."""
    left_over_mm: float
    """Height that is left below the longest column of the legend; negative where it runs over."""
    dpi: int

    @property
    def png(self) -> bytes:
        """As a picture."""
        out = io.BytesIO()
        self.sheet.figure.savefig(out, format="png", dpi=self.dpi, metadata={"Software": "Footprint"})
        return out.getvalue()


def page_map(brief: Brief, month: int, view: Asked | None, room: PageRoom) -> PageMap:
    """
    Draw the map of what a brief looks at for a page that has title, terms and small print itself.

    Parameters
    ----------
    brief
        What is told, and on what terms.
    month
        Month shown (1-12).
    view
        Cells of a view; None for dots of need.
    room
        How large it is, and how large its letters.
    """
    sheet, left_over = _drawn(brief, (month, view), room, room.column_mm[0])
    for wide in room.column_mm[1:]:
        if left_over >= 0:
            break
        sheet, left_over = _drawn(brief, (month, view), room, wide)
    where = focus_name(brief.prepared.area, brief.focus, brief.language.code)
    words = brief.language.text(
        "Map of {where}. {sentence}", where=where, sentence=told(brief, brief.focus, month)
    )
    return PageMap(sheet, words, left_over, room.dpi)


def _drawn(
    brief: Brief, shown: tuple[int, Asked | None], room: PageRoom, column_mm: float
) -> tuple[PaperSheet, float]:
    """Draw a map with a legend of a width; return it, and the height left below the legend."""
    month, view = shown
    fonts = _PageFonts(room.least_pt / _SMALLEST, room.least_pt)
    sheet = PaperSheet(room.width, room.height)
    foot = 1.2 * fonts.small.line_mm
    beside = room.columns * (column_mm + _GAP_MM)
    box = Box(0.3, foot, room.width - beside - 0.3, room.height - foot - 0.3)
    extent = extent_of(brief.prepared, brief.focus, box)
    board = Board(brief, sheet, sheet.axes(box), extent, brief.focus, month, fonts.letters)
    drawn = draw_map(board, view, fonts)
    columns = [
        TextColumn(
            sheet,
            Box(box.right + _GAP_MM + n * (column_mm + _GAP_MM), foot, column_mm, room.height - foot),
        )
        for n in range(room.columns)
    ]
    _legend(columns, board, drawn, fonts)
    # The picture may be taken out of its page: then it still says how it is to be handled.
    sheet.put(
        f"{handling(brief)} · {brief.number}",
        (0.3, 0.3 * fonts.small.line_mm),
        Font(room.least_pt, bold=True, colour=CLIENT["incident"]),
    )
    return sheet, min(column.left_over for column in columns)


def _legend(columns: list[TextColumn], board: Board, drawn: DrawnMap, fonts: Fonts) -> None:
    """Write what all of it means, each block where most room is left."""
    first, last = columns[0], columns[-1]
    write_over_keys(first, board, drawn, fonts)
    write_bar_keys(first, board, fonts)
    write_site_keys(first, board, drawn, fonts)
    write_ground_keys(last, board, drawn, fonts)
    for words in drawn.lost(board.brief.language):
        first.write(words, fonts.small)
    _place(max(columns, key=lambda column: column.left_over), board, fonts)


def _place(column: TextColumn, board: Board, fonts: Fonts) -> None:
    """Draw where the map lies in the country, with its scale and projection below."""
    if outlined(board.brief.prepared.area, board.focus):
        high = _COUNTRY_MM * fonts.letters
        top = column.at
        room = Box(column.box.left, top - high, column.box.width, high)
        column.space(top - draw_country(column.sheet, room, board).bottom + 1.0)
    write_scale(column, board, fonts)
