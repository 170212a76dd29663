"""Words on a page: how wide they are, where lines break, where they stand. All lengths in millimetres."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from footprint.briefing.sheets.paper import MM_PER_INCH, POINTS_PER_MM, Box
from footprint.views.colours import INK, PAPER
from layers.characters import printable

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that every machine has it; it has the letters of West African languages too."""
LEADING = 1.22
"""Distance of lines, in sizes of the letters."""
DPI = 300
"""Points to the inch of pictures; words are measured as they are drawn there."""
Look = dict[str, Any]
"""How something looks, in matplotlib's words."""


@dataclass(frozen=True, slots=True)
class Font:
    """How words look."""

    size_pt: float
    bold: bool = False
    colour: str = INK

    @property
    def properties(self) -> FontProperties:
        """As matplotlib wants it."""
        weight = "bold" if self.bold else "normal"
        return FontProperties(family=FAMILY, size=self.size_pt, weight=weight)

    @property
    def line_mm(self) -> float:
        """Distance of lines."""
        return self.size_pt * LEADING / POINTS_PER_MM


@lru_cache(maxsize=1)
def _ruler() -> RendererAgg:
    return RendererAgg(8, 8, DPI)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=20_000)
def width_mm(words: str, font: Font) -> float:
    """Return how wide a line is drawn: small letters are fitted to points, up to a twentieth wider."""
    ruler = _ruler()
    size = ruler.get_text_width_height_descent(words, font.properties, ismath=False)  # type: ignore[no-untyped-call]
    return float(size[0]) / DPI * MM_PER_INCH


def lines_of(words: str, font: Font, within_mm: float) -> list[str]:
    """
    Break words into lines no wider than `within_mm`.

    Lines break at spaces that may break; a word wider than a line is broken within, and loses nothing.
    """
    lines: list[str] = []
    line = ""
    for word in printable(words).split(" "):
        longer = f"{line} {word}" if line else word
        if width_mm(longer, font) <= within_mm:
            line = longer
            continue
        if line:
            lines.append(line)
        while width_mm(word, font) > within_mm and len(word) > 1:
            fits = _fitting(word, font, within_mm)
            lines.append(word[:fits])
            word = word[fits:]  # noqa: PLW2901  what is left of it
        line = word
    return [*lines, line]


def _fitting(word: str, font: Font, within_mm: float) -> int:
    """Return how many letters of a word fit on a line, one at least."""
    kept = len(word) - 1
    while kept > 1 and width_mm(word[:kept], font) > within_mm:
        kept -= 1
    return kept


@dataclass(slots=True, eq=False)
class PaperSheet:
    """A figure of a page's size on which words are put by millimetres."""

    width: float
    height: float
    figure: Figure = field(init=False)

    def __post_init__(self) -> None:
        """Make the empty page."""
        size = (self.width / MM_PER_INCH, self.height / MM_PER_INCH)
        self.figure = Figure(figsize=size, dpi=DPI, facecolor=PAPER)

    def put(
        self,
        words: str,
        at: tuple[float, float],
        font: Font,
        *,
        align: str = "left",
        halo: bool = False,
        look: Look | None = None,
    ) -> Text:
        """
        Put one line with its base line at a place; it is text, whatever stands in it.

        Parameters
        ----------
        words, at, font
            What, where [mm], and in which letters.
        align
            Which part of the line is at the place: "left", "center" or "right".
        halo
            Whether the paper shines through around it.
        look
            Anything else, in matplotlib's words.
        """
        own: Look = {"ha": align, "va": "baseline"} | (look or {})
        made = self.figure.text(
            at[0] / self.width,
            at[1] / self.height,
            printable(words),
            fontproperties=font.properties,
            color=font.colour,
            parse_math=False,
            **own,
        )
        if halo:
            made.set_path_effects([withStroke(linewidth=font.size_pt / 3.2, foreground=PAPER)])
        return made

    def axes(self, box: Box) -> Axes:
        """Return axes that fill a rectangle."""
        return self.figure.add_axes(self._shares(box))

    def area(self, box: Box, look: Look) -> None:
        """Draw a rectangle."""
        left, bottom, width, height = self._shares(box)
        shape = Rectangle((left, bottom), width, height, transform=self.figure.transFigure, **look)
        self.figure.add_artist(shape)

    def line(self, start: tuple[float, float], end: tuple[float, float], look: Look) -> Line2D:
        """Draw a line."""
        xs, ys = [start[0] / self.width, end[0] / self.width], [start[1] / self.height, end[1] / self.height]
        made = Line2D(xs, ys, **look)
        self.figure.add_artist(made)
        return made

    def shares(self, x: float, y: float) -> tuple[float, float]:
        """Return a place as shares of the page's width and height."""
        return x / self.width, y / self.height

    def _shares(self, box: Box) -> tuple[float, float, float, float]:
        return (*self.shares(box.left, box.bottom), box.width / self.width, box.height / self.height)


@dataclass(slots=True, eq=False)
class TextColumn:
    """Words and marks one below the other, from the top of a rectangle down."""

    sheet: PaperSheet
    box: Box
    at: float = field(init=False)
    """Height reached."""

    def __post_init__(self) -> None:
        """Begin at the top."""
        self.at = self.box.top

    @property
    def left_over(self) -> float:
        """Height that is left."""
        return self.at - self.box.bottom

    def space(self, height_mm: float) -> None:
        """Leave room."""
        self.at -= height_mm

    def write(self, words: str, font: Font, *, indent_mm: float = 0.0) -> int:
        """Write words over as many lines as they take; return how many."""
        lines = lines_of(words, font, self.box.width - indent_mm)
        for line in lines:
            self.at -= font.line_mm
            self.sheet.put(line, (self.box.left + indent_mm, self.at + 0.25 * font.line_mm), font)
        return len(lines)

    def take(self, height_mm: float) -> Box:
        """Return the next rectangle over the whole width."""
        self.at -= height_mm
        return Box(self.box.left, self.at, self.box.width, height_mm)


def height_of(texts: list[str], font: Font, within_mm: float, between_mm: float = 0.0) -> float:
    """Return how high paragraphs stand."""
    return sum(len(lines_of(each, font, within_mm)) * font.line_mm + between_mm for each in texts)
