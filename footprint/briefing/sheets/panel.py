"""Beside the map: what its marks mean, the twelve months, where it lies, and the small print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PatchCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.transforms import Affine2D
from shapely.geometry import box as rectangle

from footprint.briefing.brief import Brief
from footprint.briefing.findings import months_of
from footprint.briefing.sheets.board import Board
from footprint.briefing.sheets.extent import round_length_m, round_scale
from footprint.briefing.sheets.paper import Box
from footprint.briefing.sheets.typeset import Font, Look, PaperSheet, TextColumn, height_of, width_mm
from footprint.indicators.indicator import Indicator
from footprint.language import Language, msgid
from footprint.releases.codes import qr_matrix
from footprint.views.colours import CLIENT, INK, MUTED, PAPER, WORDS
from footprint.views.finding import FOOTPRINTS, worst_months
from footprint.views.focus import outlined
from footprint.views.seats import short_percent

_LEAST_PT = 4.6
"""Smallest letters of the small print; smaller ones nobody reads."""
_SHRINK = 0.94
_KEY_MM = 8.0
_QUIET = 2
"""White squares around a code, by which a camera finds it."""
_CODE_PT = 0.36
"""Size of a code's letters to a millimetre of its squares."""
_METHODS = {
    "Lambert Azimuthal Equal Area": msgid("azimuthal by Lambert"),
    "Albers Equal Area": msgid("conic by Albers"),
    "Lambert Cylindrical Equal Area": msgid("cylindrical by Lambert"),
}
"""Names that PROJ has for methods of projection, in words that have their French."""
_MONTHS = 12
_INSET_SHARE = 0.55
"""Most of a column's width that the country takes."""
_WORST = "\u25be"
"""Marks the months of the worst season, as on the desk."""
Key = tuple[Line2D | Rectangle, str]
"""A row of a legend: a mark, and what it means."""
_FOOTPRINT_COLOURS = {
    Indicator.FORCE: (CLIENT["force"], CLIENT["force-words"]),
    Indicator.MISSION: (CLIENT["mission"], CLIENT["mission"]),
}


@dataclass(frozen=True, slots=True)
class Fonts:
    """Letters of a sheet, by what they say."""

    letters: float

    @property
    def heading(self) -> Font:
        """Over a block."""
        return Font(7.6 * self.letters, bold=True)

    @property
    def words(self) -> Font:
        """Rows of the legend."""
        return Font(6.4 * self.letters, colour=WORDS)

    @property
    def print(self) -> Font:
        """Small print, where it has room."""
        return Font(5.2 * self.letters, colour=CLIENT["small-print"])

    @property
    def small(self) -> Font:
        """Beside figures."""
        return Font(5.6 * self.letters, colour=MUTED)


def write_keys(column: TextColumn, title: str, rows: Sequence[Key], fonts: Fonts) -> None:
    """Write a legend: a mark and its words on each row."""
    if title:
        column.write(title, fonts.heading)
        column.space(0.4)
    indent = _KEY_MM * fonts.letters
    for mark, words in rows:
        top = column.at
        column.write(words, fonts.words, indent_mm=indent)
        middle = top - 0.5 * fonts.words.line_mm
        _draw_key(column.sheet, mark, Box(column.box.left, middle - 1.1, indent - 1.6, 2.2))
    column.space(1.1)


def _draw_key(sheet: PaperSheet, mark: Line2D | Rectangle, box: Box) -> None:
    """Draw a mark in a rectangle: lines across it, points in its middle, areas filling it."""
    wide, high = sheet.width, sheet.height
    if isinstance(mark, Rectangle):
        mark.set_transform(sheet.figure.transFigure)
        mark.set_bounds(box.left / wide, box.bottom / high, box.width / wide, box.height / high)
        mark.set_zorder(2)
        sheet.figure.add_artist(mark)
        return
    y = (box.bottom + 0.5 * box.height) / high
    is_line = mark.get_linestyle() not in {"None", "none", ""}
    xs = [box.left / wide, box.right / wide] if is_line else [(box.left + 0.5 * box.width) / wide]
    mark.set_data(xs, [y] * len(xs))
    mark.set_transform(sheet.figure.transFigure)
    sheet.figure.add_artist(mark)


def draw_months(column: TextColumn, board: Board, fonts: Fonts) -> None:
    """Draw both footprints of the twelve months as bars, the month of the map set apart."""
    brief, sheet, language = board.brief, column.sheet, board.brief.language
    column.write(language.text("Share of need by month, %"), fonts.heading)
    tall = 17.0 * fonts.letters
    box = column.take(tall + 4.2 * fonts.letters)
    values = months_of(brief, board.focus, brief.shown)
    known = [each for own in values.values() for each in own if not isnan(each)]
    most = max([*known, 0.05])
    worst = worst_months(values[Indicator.FORCE], brief.prepared.area.seasons)
    step = box.width / _MONTHS
    base = box.bottom + 4.0 * fonts.letters
    for at in range(_MONTHS):
        left = box.left + at * step
        if at + 1 == board.month:
            sheet.area(
                Box(left, box.bottom, step, box.height),
                {"fc": CLIENT["chosen"], "ec": CLIENT["ink"], "lw": 0.5},
            )
        for place, indicator in enumerate(FOOTPRINTS):
            own, (colour, ink) = values[indicator][at], _FOOTPRINT_COLOURS[indicator]
            x, wide = left + (0.12 + 0.4 * place) * step, 0.36 * step
            high = 0.0 if isnan(own) else (tall - 3.4 * fonts.letters) * own / most
            if isnan(own):
                sheet.area(Box(x, base, wide, 2.0), {"fc": PAPER, "ec": MUTED, "lw": 0.3, "hatch": "//////"})
                high = 2.0
            elif own > 0:
                sheet.area(Box(x, base, wide, high), {"fc": colour, "ec": "none"})
            number = Font(4.3 * fonts.letters, bold=True, colour=ink)
            sheet.put(short_percent(own, language), (x + wide / 2, base + high + 0.5), number, align="center")
        letter = Font(5.2 * fonts.letters, bold=at + 1 == board.month, colour=WORDS)
        name = language.month_short(at + 1)[:4].rstrip(".")
        sheet.put(name, (left + step / 2, box.bottom + 1.2 * fonts.letters), letter, align="center")
        if at + 1 in worst:
            sheet.put(_WORST, (left + step / 2, box.bottom - 0.6 * fonts.letters), letter, align="center")
    sheet.line((box.left, base), (box.right, base), {"color": CLIENT["edge"], "linewidth": 0.5})
    if worst:
        column.space(0.8 * fonts.letters)
        column.write(f"{_WORST} {language.text('Force’s worst season')}", fonts.small)
    column.space(1.4)


def draw_inset(column: TextColumn, board: Board, fonts: Fonts) -> None:
    """Draw where the map lies in the country, and beside it its scale and projection."""
    if not outlined(board.brief.prepared.area, board.focus):
        write_scale(column, board, fonts)
        return
    tall = 27.0 * fonts.letters
    box = column.take(tall)
    room = Box(box.left, box.bottom, _INSET_SHARE * box.width, tall)
    place = draw_country(column.sheet, room, board)
    gap = 2.5
    rest = Box(place.right + gap, box.bottom, box.right - place.right - gap, tall)
    write_scale(TextColumn(column.sheet, rest), board, fonts)
    column.space(1.2)


def draw_country(sheet: PaperSheet, room: Box, board: Board) -> Box:
    """Draw where the map lies in the country, from the left upper corner of a room; return what it covers."""
    area, extent = board.brief.prepared.area, board.extent
    west, south, east, north = area.country.total_bounds
    wide = min(room.height * (east - west) / (north - south), room.width)
    high = wide * (north - south) / (east - west)
    place = Box(room.left, room.top - high, wide, high)
    axes = sheet.axes(place)
    axes.set_axis_off()
    thin = (east - west) / 400
    area.country.simplify(thin).plot(
        ax=axes, aspect=None, color=CLIENT["land"], edgecolor=CLIENT["country-edge"], linewidth=0.5
    )
    chosen = [
        frame[frame.index.isin(outlined(area, board.focus))] for frame in (area.regions, area.districts)
    ]
    for own in chosen:
        if len(own):
            own.simplify(thin).plot(ax=axes, aspect=None, color=CLIENT["mission"], alpha=0.45, linewidth=0)
    shown = rectangle(extent.west, extent.south, extent.east, extent.north).intersection(
        rectangle(west, south, east, north)
    )
    frame = Polygon(list(shown.exterior.coords))
    axes.add_collection(PatchCollection([frame], facecolor="none", edgecolor=CLIENT["accent"], linewidth=0.9))
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    return place


def write_scale(column: TextColumn, board: Board, fonts: Fonts) -> None:
    """Write the scale of a map and the system in which it is drawn."""
    language = board.brief.language
    number = language.number(round_scale(board.extent.true_m_per_mm))
    column.write(language.text("Scale about 1:{n}", n=number), Font(6.2 * fonts.letters, bold=True))
    column.space(0.6)
    column.write(_projection_words(board.brief, language), fonts.small)


def _projection_words(brief: Brief, language: Language) -> str:
    """Say in which system the map is drawn."""
    crs = brief.prepared.area.crs
    known = crs.to_epsg()
    name = crs.coordinate_operation.method_name if crs.coordinate_operation else crs.name
    said = language.text(f"EPSG:{known}" if known else _METHODS.get(name, name))
    return language.text(
        "Projection: {name}, WGS 84; equal in area. North is true north.", name=language.text(said)
    )


def draw_scale_bar(board: Board, fonts: Fonts) -> Box:
    """Draw a bar of kilometres into the map's right lower corner; return what it covers."""
    sheet, extent, language = board.sheet, board.extent, board.brief.language
    long_m = round_length_m(0.24 * extent.box.width * extent.true_m_per_mm)
    long_mm = long_m / extent.true_m_per_mm
    font = Font(5.8 * fonts.letters)
    digits = 0 if long_m >= 2000 else 1  # noqa: PLR2004  halves of a kilometre
    ends = [language.number(part * long_m / 1000, digits) for part in (0, 0.5, 1)]
    unit = f"{ends[-1]}\u00a0km"
    high = 1.3 * fonts.letters
    room = Box(
        extent.box.right - long_mm - width_mm(unit, font) - 4.5,
        extent.box.bottom + 1.5,
        long_mm + width_mm(unit, font) + 3.0,
        high + font.line_mm + 2.2,
    )
    sheet.area(room, {"fc": PAPER, "ec": "none", "alpha": 0.82, "zorder": 8})
    left, bottom = room.left + 0.5 * width_mm(ends[0], font) + 0.8, room.bottom + 1.0
    for fourth in range(4):
        own = Box(left + fourth * long_mm / 4, bottom, long_mm / 4, high)
        sheet.area(own, {"fc": INK if fourth % 2 == 0 else PAPER, "ec": INK, "lw": 0.5, "zorder": 8.1})
    for part, words in zip((0.0, 0.5, 1.0), (*ends[:2], unit), strict=True):
        at = (left + part * long_mm, bottom + high + 0.6)
        align = "center" if part < 1 else "left"
        x = at[0] - (0 if part < 1 else 0.5 * width_mm(ends[-1], font))
        sheet.put(words, (x, at[1]), font, align=align, look={"zorder": 8.2})
    return room


def draw_north(board: Board, fonts: Fonts) -> Box:
    """Draw an arrow to true north into the map's right upper corner; return what it covers."""
    sheet, extent, language = board.sheet, board.extent, board.brief.language
    tall, wide = 8.0 * fonts.letters, 4.4 * fonts.letters
    font = Font(7.0 * fonts.letters, bold=True)
    room = Box(
        extent.box.right - wide - 3.5,
        extent.box.top - tall - font.line_mm - 2.5,
        wide + 2.0,
        tall + font.line_mm + 1.5,
    )
    x, y = room.left + 0.5 * room.width, room.bottom + 0.8
    shape = [(0, tall), (0.5 * wide, 0), (0, 0.28 * tall), (-0.5 * wide, 0)]
    turn = Affine2D().translate(0, -tall / 2).rotate_deg(-extent.north_turn).translate(x, y + tall / 2)
    corners = [turn.transform(point) for point in shape]
    for half, colour in (((0, 1, 2), INK), ((0, 2, 3), PAPER)):
        points = [(corners[each][0] / sheet.width, corners[each][1] / sheet.height) for each in half]
        look: Look = {"fc": colour, "ec": INK, "lw": 0.6, "zorder": 8, "transform": sheet.figure.transFigure}
        sheet.figure.add_artist(Polygon(points, **look))
    sheet.put(language.text("N"), (x, y + tall + 0.5), font, align="center", halo=True, look={"zorder": 8.2})
    return room


def draw_code(sheet: PaperSheet, code: str, box: Box) -> tuple[Artist, Artist]:
    """Draw a code into a rectangle, as squares for a camera, and below it as letters; return both."""
    squares = np.array(qr_matrix(code), dtype=float)
    axes = sheet.axes(box)
    axes.set_axis_off()
    picture = 1 - np.pad(squares, _QUIET)
    axes.imshow(picture, cmap="gray", vmin=0, vmax=1, interpolation="nearest", aspect="auto")
    font = Font(_CODE_PT * box.width, bold=True)
    words = sheet.put(code, (box.left + box.width / 2, box.bottom - font.line_mm), font, align="center")
    return axes, words


def write_small_print(column: TextColumn, paragraphs: list[str], fonts: Fonts) -> float:
    """
    Write paragraphs in the largest letters with which all fit.

    Returns
    -------
    float
        Height that they need more than there is, in the smallest letters [mm]; 0 where all fit.
    """
    size = fonts.print.size_pt
    while True:
        font = Font(size, colour=fonts.print.colour)
        needed = height_of(paragraphs, font, column.box.width, 0.25 * font.line_mm)
        if needed <= column.left_over or size * _SHRINK < _LEAST_PT:
            break
        size *= _SHRINK
    too_long = max(needed - column.left_over, 0.0)
    for each in paragraphs:
        column.write(each, font)
        column.space(0.25 * font.line_mm)
    return too_long
