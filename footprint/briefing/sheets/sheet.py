"""One map sheet: title, map, legend, months, place in the country, small print and marking on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from footprint.briefing.brief import Brief
from footprint.briefing.findings import plan_name, told
from footprint.briefing.sheets.board import Board
from footprint.briefing.sheets.cells import DOT_COLOURS, draw_cells, draw_dots
from footprint.briefing.sheets.extent import Extent, extent_of
from footprint.briefing.sheets.ground import GroundShown, draw_ground, ground_keys, name_graticule
from footprint.briefing.sheets.marks import UNKNOWN_BAR, Marks, draw_marks, mark_keys
from footprint.briefing.sheets.panel import (
    Fonts,
    Key,
    draw_inset,
    draw_months,
    draw_north,
    draw_scale_bar,
    write_keys,
    write_small_print,
)
from footprint.briefing.sheets.paper import POINTS_PER_MM, Box, Orientation, PaperPage
from footprint.briefing.sheets.typeset import Font, Look, PaperSheet, TextColumn, height_of, lines_of
from footprint.briefing.small_print import by_lot, handling, paragraphs
from footprint.caveats import silent
from footprint.indicators.indicator import Indicator
from footprint.releases.terms import Clearance
from footprint.views.cells import VIEW_LABELS, Asked
from footprint.views.colours import CLIENT, FORCE, MISSION, PAPER
from footprint.views.dots import DotState
from footprint.views.focus import focus_name
from footprint.views.palette import Picture

_MARGIN_MM, _BAND_MM = 8.0, 5.0
_PANEL_MM = 68.0
"""Width of what stands beside the map, on A4."""
_ROW_MM, _MOST_STRIP_MM = 56.0, 40.0
"""Heights below the map of an upright sheet: legend, months and place; and most for the small print."""
_CODE_MM = 14.0
_MOST_TITLE_LINES = 3
_WATERMARK, _WATERMARK_TURN = 0.13, 28
_WATERMARK_WIDE, _SHORT_WORD = 1.1, 8
"""Width of a letter across the map, and letters of a word that is not made larger still."""


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
    axes = sheet.axes(map_box)
    board = Board(brief, sheet, axes, extent, asked.focus, asked.month, fonts.letters)
    ground = draw_ground(board)
    over = draw_dots(board) if asked.view is None else draw_cells(board, asked.view)
    _frame(axes, extent)
    marks = draw_marks(board, [draw_scale_bar(board, fonts), draw_north(board, fonts)])
    name_graticule(board)
    _watermark(board)
    panels, last = _columns(sheet, columns)
    _legends(board, panels, fonts, (ground, over, marks))
    draw_months(panels[1], board, fonts)
    write_keys(panels[1], "", _bar_keys(brief), fonts)
    # Where most room is left: how much the legend takes depends on the map.
    draw_inset(max(panels, key=lambda column: column.left_over), board, fonts)
    code_box, too_long = _print(last, [*words, *_lost(marks, brief)], fonts)
    where = focus_name(brief.prepared.area, asked.focus, brief.language.code)
    alternative = brief.language.text("Map of {where}. {sentence}", where=where, sentence=title)
    return MapSheet(sheet, code_box, title, alternative, marks, too_long)


def _frame(axes: Axes, extent: Extent) -> None:
    """Show the extent alone, whatever was drawn, without the labels that drawing layers puts at the axes."""
    axes.set_xlim(extent.west, extent.east)
    axes.set_ylim(extent.south, extent.north)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlabel("")
    axes.set_ylabel("")


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


_Over = Picture | tuple[DotState, ...]
_Panels = tuple[TextColumn, TextColumn, TextColumn]
"""Columns of legend, months and ground, which may be one."""


def _over_keys(brief: Brief, over: _Over, fonts: Fonts) -> tuple[str, list[Key], list[str]]:
    """Return title, rows and notes of the legend of what lies over the ground."""
    text = brief.language.text
    if isinstance(over, Picture):
        rows: list[Key] = [
            (
                Rectangle(
                    (0, 0),
                    1,
                    1,
                    fc=row.colour,
                    ec=CLIENT["edge"],
                    lw=0.3,
                    hatch="////" if row.hatched else None,
                ),
                row.label,
            )
            for row in over.legend.rows
        ]
        return over.legend.title, rows, list(over.legend.notes)
    rows = []
    for state, words in _dot_words(brief).items():
        if state not in over:
            continue
        hollow = state is DotState.OUT_OF_REACH
        colour = DOT_COLOURS[state]
        look: Look = {"mfc": PAPER if hollow else colour, "mec": colour, "mew": 0.5 if hollow else 0}
        rows.append((Line2D([], [], marker="o", ls="none", ms=3.0 * fonts.letters, **look), words))
    notes = [text("1 dot = 0.01 % of the area’s need"), *by_lot(brief, brief.language)]
    return text("Who could be reached"), rows, notes


def _dot_words(brief: Brief) -> dict[DotState, str]:
    """Return what each kind of dot means: where not all is known, less than on other maps."""
    text, unknown = brief.language.text, silent(brief.prepared)
    force, mission = (each not in unknown for each in (Indicator.FORCE, Indicator.MISSION))
    gap = text("troops only: the gap") if mission else text("troops could reach; the mission: not known")
    return {
        DotState.MISSION: text("the mission could act"),
        DotState.TROOPS_ONLY: gap if force else text("troops: not known"),
        DotState.OUT_OF_REACH: text("out of reach") if force else text("not known"),
    }


def _bar_keys(brief: Brief) -> list[Key]:
    text = brief.language.text
    rows: list[Key] = [
        (Rectangle((0, 0), 1, 1, fc=FORCE, ec="none"), text("Force: % of need that troops could reach")),
        (Rectangle((0, 0), 1, 1, fc=MISSION, ec="none"), text("Mission: % that the whole mission could")),
    ]
    if silent(brief.prepared):
        rows.append((Rectangle((0, 0), 1, 1, **UNKNOWN_BAR), text("?: not known, which is not nought")))
    return rows


def _columns(
    sheet: PaperSheet, boxes: tuple[Box, ...]
) -> tuple[tuple[TextColumn, TextColumn, TextColumn], TextColumn]:
    """Return the columns of legend, months and ground, which may be one, and that of the small print."""
    *panels, last = (TextColumn(sheet, box) for box in boxes)
    first, middle, third = panels * 3 if len(panels) == 1 else panels
    return (first, middle, third), last


def _legends(
    board: Board,
    panels: _Panels,
    fonts: Fonts,
    drawn: tuple[GroundShown, _Over, Marks],
) -> None:
    (first, _, third), (ground, over, marks), language = panels, drawn, board.brief.language
    title, rows, notes = _over_keys(board.brief, over, fonts)
    write_keys(first, title, rows, fonts)
    for note in notes:
        first.write(note, fonts.small)
    first.space(0.8)
    sites = mark_keys(marks.sites, fonts.letters, language)
    if sites:
        write_keys(first, language.text("Sites"), sites, fonts)
    write_keys(third, language.text("Ground"), ground_keys(ground, board.month, language), fonts)


def _print(column: TextColumn, words: list[str], fonts: Fonts) -> tuple[Box, float]:
    """Write the small print; return the place of the code beside it, and what finds no room [mm]."""
    side, box = _CODE_MM * fonts.letters, column.box
    column.box = Box(box.left, box.bottom, box.width - side - 1.5, box.height)
    return Box(box.right - side, box.top - side, side, side), write_small_print(column, words, fonts)


def _lost(marks: Marks, brief: Brief) -> list[str]:
    language = brief.language
    names = language.listing(marks.lost)
    return [language.text("No room for the names of: {names}.", names=names)] if marks.lost else []


def _watermark(board: Board) -> None:
    """Write across the map that nobody has cleared it."""
    brief, box = board.brief, board.extent.box
    if brief.release.clearance is Clearance.CLEARED:
        return
    words = brief.language.text(brief.release.clearance.label)
    size = _WATERMARK_WIDE * box.width * POINTS_PER_MM / max(len(words), _SHORT_WORD)
    board.sheet.put(
        words,
        (box.left + box.width / 2, box.bottom + box.height / 2),
        Font(size, bold=True, colour=CLIENT["incident"]),
        align="center",
        look={"va": "center", "rotation": _WATERMARK_TURN, "alpha": _WATERMARK, "zorder": 20},
    )
