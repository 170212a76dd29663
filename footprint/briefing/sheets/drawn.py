"""A map as it is drawn, on a sheet of its own or within a page of another, and the rows of its legend."""

from __future__ import annotations

from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from footprint.briefing.brief import Brief
from footprint.briefing.sheets.board import Board
from footprint.briefing.sheets.cells import DOT_COLOURS, draw_cells, draw_dots
from footprint.briefing.sheets.extent import Extent
from footprint.briefing.sheets.ground import GroundShown, draw_ground, ground_keys
from footprint.briefing.sheets.marks import UNKNOWN_BAR, Marks, draw_marks, mark_keys
from footprint.briefing.sheets.panel import Fonts, Key, draw_north, draw_scale_bar, write_keys
from footprint.briefing.sheets.paper import POINTS_PER_MM
from footprint.briefing.sheets.typeset import Font, Look, TextColumn
from footprint.briefing.small_print import by_lot
from footprint.caveats import silent
from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.releases.terms import Clearance
from footprint.views.cells import Asked
from footprint.views.colours import CLIENT, FORCE, MISSION, PAPER
from footprint.views.dots import DotState
from footprint.views.palette import Picture

_WATERMARK, _WATERMARK_TURN = 0.13, 28
_WATERMARK_WIDE, _SHORT_WORD = 1.1, 8
"""Width of a letter across the map, and letters of a word that is not made larger still."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnMap:
    """What stands on a map."""

    ground: GroundShown
    over: Picture | tuple[DotState, ...] = field(repr=False)
    """The picture of a view's cells, or which dots of need there are, the worst first."""
    marks: Marks = field(repr=False)

    def lost(self, language: Language) -> list[str]:
        """Say whose names found no room; nothing where all did."""
        names = language.listing(self.marks.lost)
        return [language.text("No room for the names of: {names}.", names=names)] if self.marks.lost else []


def draw_map(board: Board, view: Asked | None, fonts: Fonts) -> DrawnMap:
    """Draw ground, need or the cells of a view, sites, seats and towns, scale and north."""
    ground = draw_ground(board)
    over = draw_dots(board) if view is None else draw_cells(board, view)
    _frame(board.axes, board.extent)
    marks = draw_marks(board, [draw_scale_bar(board, fonts), draw_north(board, fonts)])
    _watermark(board)
    return DrawnMap(ground, over, marks)


def _frame(axes: Axes, extent: Extent) -> None:
    """Show the extent alone, whatever was drawn, without the labels that drawing layers puts at the axes."""
    axes.set_xlim(extent.west, extent.east)
    axes.set_ylim(extent.south, extent.north)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlabel("")
    axes.set_ylabel("")


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


def write_over_keys(column: TextColumn, board: Board, drawn: DrawnMap, fonts: Fonts) -> None:
    """Write what dots, or the colours of cells, mean."""
    title, rows, notes = _over_keys(board.brief, drawn.over, fonts)
    write_keys(column, title, rows, fonts)
    for note in notes:
        column.write(note, fonts.small)
    column.space(0.8)


def write_site_keys(column: TextColumn, board: Board, drawn: DrawnMap, fonts: Fonts) -> None:
    """Write what the marks of sites mean, where there are sites."""
    language = board.brief.language
    sites = mark_keys(drawn.marks.sites, fonts.letters, language)
    if sites:
        write_keys(column, language.text("Sites"), sites, fonts)


def write_ground_keys(column: TextColumn, board: Board, drawn: DrawnMap, fonts: Fonts) -> None:
    """Write what the lines and areas of the ground mean."""
    language = board.brief.language
    write_keys(column, language.text("Ground"), ground_keys(drawn.ground, board.month, language), fonts)


def write_bar_keys(column: TextColumn, board: Board, fonts: Fonts) -> None:
    """Write what the pair of bars at a seat means."""
    write_keys(column, "", _bar_keys(board.brief), fonts)


def _over_keys(
    brief: Brief, over: Picture | tuple[DotState, ...], fonts: Fonts
) -> tuple[str, list[Key], list[str]]:
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
