"""One map sheet: title, map, legend, months, place in the country, small print and marking on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from footprint.briefing.brief import Brief
from footprint.briefing.findings import plan_name, told
from footprint.briefing.sheets.board import Board
from footprint.briefing.sheets.drawn import (
    draw_map,
    write_bar_keys,
    write_ground_keys,
    write_over_keys,
    write_site_keys,
)
from footprint.briefing.sheets.extent import extent_of
from footprint.briefing.sheets.ground import name_graticule
from footprint.briefing.sheets.marks import Marks
from footprint.briefing.sheets.panel import (
    Fonts,
    draw_inset,
    draw_months,
    write_small_print,
)
from footprint.briefing.sheets.paper import Box, Orientation, PaperPage
from footprint.briefing.sheets.typeset import Font, PaperSheet, TextColumn, height_of, lines_of
from footprint.briefing.small_print import handling, paragraphs
from footprint.views.cells import VIEW_LABELS, Asked
from footprint.views.colours import CLIENT
from footprint.views.focus import focus_name

_MARGIN_MM, _BAND_MM = 8.0, 5.0
_PANEL_MM = 68.0
"""Width of what stands beside the map, on A4."""
_ROW_MM, _MOST_STRIP_MM = 56.0, 40.0
"""Heights below the map of an upright sheet: legend, months and place; and most for the small print."""
_CODE_MM = 14.0
_MOST_TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """Which map: of what, in which month, on which paper."""

    focus: str
    month: int
    page: PaperPage
    view: Asked | None = None
    """Cells of a view; None for dots of need."""


@dataclass(frozen=True, slots=True, eq=False)
class MapSheet:
    """A sheet as it is drawn."""

    sheet: PaperSheet = field(repr=False)
    code_box: Box
    """Where its code comes to stand."""
    title: str
    alternative: str
    """What the picture shows, for those who do not see it."""
    marks: Marks = field(repr=False)
    too_long_mm: float
    """Height by which the small print outgrows its place."""


def map_sheet(brief: Brief, asked: SheetAsked) -> MapSheet:
    """
    Draw a map sheet; its code comes with `written`.

    Parameters
    ----------
    brief
        What is told, and on what terms.
    asked
        Which map.
    """
    width, height = asked.page.size
    fonts = Fonts(asked.page.letters)
    sheet = PaperSheet(width, height)
    _mark(sheet, brief, fonts)
    title = told(brief, asked.focus, asked.month)
    inside = Box(
        _MARGIN_MM, _MARGIN_MM + _BAND_MM, width - 2 * _MARGIN_MM, height - 2 * (_MARGIN_MM + _BAND_MM)
    )
    head = _head(sheet, brief, asked, title, inside, fonts)
    words = paragraphs(brief)
    strip = _strip_height(words, inside.width, fonts)
    map_box, columns = _split(inside, head, strip, asked.page, fonts)
    extent = extent_of(brief.prepared, asked.focus, map_box)
    board = Board(brief, sheet, sheet.axes(map_box), extent, asked.focus, asked.month, fonts.letters)
    drawn = draw_map(board, asked.view, fonts)
    name_graticule(board)
    panels, last = _columns(sheet, columns)
    write_over_keys(panels[0], board, drawn, fonts)
    write_site_keys(panels[0], board, drawn, fonts)
    write_ground_keys(panels[2], board, drawn, fonts)
    draw_months(panels[1], board, fonts)
    write_bar_keys(panels[1], board, fonts)
    # Where most room is left: how much the legend takes depends on the map.
    draw_inset(max(panels, key=lambda column: column.left_over), board, fonts)
    code_box, too_long = _print(last, [*words, *drawn.lost(brief.language)], fonts)
    where = focus_name(brief.prepared.area, asked.focus, brief.language.code)
    alternative = brief.language.text("Map of {where}. {sentence}", where=where, sentence=title)
    return MapSheet(sheet, code_box, title, alternative, drawn.marks, too_long)


def _mark(sheet: PaperSheet, brief: Brief, fonts: Fonts) -> None:
    """Write how the page is to be handled at its top and bottom."""
    font = Font(8.0 * fonts.letters, bold=True, colour=CLIENT["incident"])
    for y in (sheet.height - _MARGIN_MM - 1.0, _MARGIN_MM - 2.0):
        sheet.put(handling(brief), (sheet.width / 2, y), font, align="center")


def _head(sheet: PaperSheet, brief: Brief, asked: SheetAsked, title: str, inside: Box, fonts: Fonts) -> float:
    """Write the sentence and what it is of; return the height that is left below."""
    size = 13.0 * fonts.letters
    font = Font(size, bold=True)
    while len(lines_of(title, font, inside.width)) > _MOST_TITLE_LINES and font.size_pt > 0.6 * size:
        font = Font(font.size_pt * 0.95, bold=True)
    column = TextColumn(sheet, inside)
    column.write(title, font)
    column.space(0.6)
    column.write(_under_title(brief, asked), Font(7.6 * fonts.letters, colour=CLIENT["muted"]))
    column.space(2.0)
    return column.at


def _under_title(brief: Brief, asked: SheetAsked) -> str:
    language, area = brief.language, brief.prepared.area
    text = language.text
    plan = plan_name(brief, brief.shown)
    view = text("Dots of need") if asked.view is None else text(VIEW_LABELS[asked.view.view])
    return " · ".join(
        (
            focus_name(area, asked.focus, language.code),
            language.month(asked.month),
            view,
            plan,
            text("as of {date}", date=language.date(area.frame_date)),
        )
    )


def _strip_height(words: list[str], wide_mm: float, fonts: Fonts) -> float:
    """Return how high the small print stands across the page, beside the code; never more than it may."""
    font = fonts.print
    needed = height_of(words, font, wide_mm - _CODE_MM * fonts.letters - 1.5, 0.25 * font.line_mm)
    least, most = (_CODE_MM + 3.5) * fonts.letters, _MOST_STRIP_MM * fonts.letters
    return min(max(needed + font.line_mm, least), most) + 2.0


def _split(
    inside: Box, top: float, strip: float, page: PaperPage, fonts: Fonts
) -> tuple[Box, tuple[Box, ...]]:
    """Return the map's rectangle, and those of what stands beside or below it, the small print last."""
    scale_mm = 4.0 * fonts.letters  # for the degrees at its edges
    floor = inside.bottom + strip
    print_box = Box(inside.left, inside.bottom, inside.width, strip - 2.0)
    if page.orientation is Orientation.LANDSCAPE:
        panel = _PANEL_MM * fonts.letters
        wide = inside.width - panel - 4.0
        box = Box(inside.left + scale_mm, floor + scale_mm, wide - scale_mm, top - floor - scale_mm)
        return box, (Box(box.right + 4.0, floor, panel, top - floor), print_box)
    bottom = floor + _ROW_MM * fonts.letters + scale_mm + 2.0
    box = Box(inside.left + scale_mm, bottom, inside.width - scale_mm, top - bottom)
    third = (inside.width - 8.0) / 3
    columns = (Box(inside.left + n * (third + 4.0), floor, third, _ROW_MM * fonts.letters) for n in range(3))
    return box, (*columns, print_box)


def _columns(
    sheet: PaperSheet, boxes: tuple[Box, ...]
) -> tuple[tuple[TextColumn, TextColumn, TextColumn], TextColumn]:
    """Return the columns of legend, months and ground, which may be one, and that of the small print."""
    *panels, last = (TextColumn(sheet, box) for box in boxes)
    first, middle, third = panels * 3 if len(panels) == 1 else panels
    return (first, middle, third), last


def _print(column: TextColumn, words: list[str], fonts: Fonts) -> tuple[Box, float]:
    """Write the small print; return the place of the code beside it, and what finds no room [mm]."""
    side, box = _CODE_MM * fonts.letters, column.box
    column.box = Box(box.left, box.bottom, box.width - side - 1.5, box.height)
    return Box(box.right - side, box.top - side, side, side), write_small_print(column, words, fonts)
