"""Sites, seats with their pair of bars, and towns, each with its name where none lies over another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan

from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from footprint.briefing.findings import rows_of_month
from footprint.briefing.sheets.board import Board
from footprint.briefing.sheets.labels import LabelWanted, Placed, place_labels
from footprint.briefing.sheets.panel import Key
from footprint.briefing.sheets.paper import POINTS_PER_MM, Box
from footprint.briefing.sheets.typeset import Font, Look, PaperSheet, width_mm
from footprint.language import Language
from footprint.views.colours import CLIENT, PAPER
from footprint.views.focus import within
from footprint.views.maps import STATE_LABELS, MapSite, SiteState
from footprint.views.scene import released_marks
from footprint.views.seats import SeatRow, seat_places, short_percent
from footprint.views.words import KIND_LABELS
from layers.characters import printable
from layers.places import PlaceKind
from layers.sites import SiteKind

_SHAPES = {
    SiteKind.SECTOR_HQ: "*",
    SiteKind.CAMP: "s",
    SiteKind.FIELD_OFFICE: "h",
    SiteKind.TOB: "^",
    SiteKind.SEASONAL_TOB: "v",
    SiteKind.CLA_POST: "o",
    SiteKind.AIRSTRIP: "P",
}
_WIDE_SHAPE = {SiteKind.SECTOR_HQ: 1.5}
_STATE_COLOURS = {
    SiteState.EXISTING: CLIENT["site"],
    SiteState.PROPOSED: CLIENT["site-proposed"],
    SiteState.CLOSING: CLIENT["site-closing"],
    SiteState.MOVED: CLIENT["site-moved"],
    SiteState.CLOSED: CLIENT["site-closed"],
}
_SITE_PT, _TOWN_PT = 6.6, 3.0
"""Width of marks on A4."""
_BAR_MM, _BAR_HIGH_MM = 11.0, 1.5
"""A bar of 100 %, and how high it is, on A4."""
UNKNOWN_BAR: Look = {"fc": "none", "ec": CLIENT["muted"], "lw": 0.3, "hatch": "//////"}
"""Where nobody knows how long a bar would be."""
_BESIDE_MM = 0.5
"""Between a mark and its name."""
_HOLLOW = {SiteState.CLOSED, SiteState.CLOSING}
_TOWN_KINDS = (PlaceKind.CAPITAL, PlaceKind.REGION_SEAT, PlaceKind.DISTRICT_SEAT, PlaceKind.TOWN)


@dataclass(frozen=True, slots=True)
class SiteDrawn:
    """A site on a map: its mark, where it stands [m], its kind."""

    mark: MapSite
    x: float
    y: float
    kind: SiteKind


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on a map, for its legend, and what did not find room."""

    sites: tuple[SiteDrawn, ...]
    unnamed: int
    """Towns left out for want of room."""
    lost: tuple[str, ...]
    """Names of sites and seats that found none either."""
    boxes: tuple[Box, ...]
    """Where names and bars stand on the page; no two share any part."""


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """A thing on the map that wants a name beside it."""

    name: str
    point: tuple[float, float]
    """Where it stands on the page [mm]."""
    size: tuple[float, float]
    """Of its name, or of what stands there instead [mm]."""
    radius: float
    """Of its mark [mm]."""
    draw: Callable[[Placed | None], None]
    must: bool = True

    @property
    def wanted(self) -> LabelWanted:
        """The place it asks for."""
        return LabelWanted(*self.point, *self.size, self.radius + _BESIDE_MM, self.must)

    @property
    def covers(self) -> Box:
        """What its mark covers."""
        x, y, radius = *self.point, self.radius
        return Box(x - radius, y - radius, 2 * radius, 2 * radius)


def draw_marks(board: Board, taken: Sequence[Box]) -> Marks:
    """
    Draw sites, seats with bars, and towns, with their names.

    Parameters
    ----------
    board
        The map.
    taken
        Rectangles of the page that no name may cover.
    """
    sites = _sites(board)
    must = [*_seats(board), *(_site_item(board, site) for site in sites)]
    towns = _towns(board, {item.name for item in must})
    items = [*must, *towns]
    placed = place_labels(
        [item.wanted for item in items], [*taken, *(item.covers for item in must)], board.extent.box
    )
    for item, own in zip(items, placed, strict=True):
        item.draw(own)
    lost = tuple(item.name for item, own in zip(must, placed, strict=False) if own is None)
    boxes = tuple(own.box for own in placed if own is not None)
    return Marks(tuple(sites), len(items) - len(boxes) - len(lost), lost, boxes)


def _sites(board: Board) -> list[SiteDrawn]:
    """Return the sites on the map as precisely as they may be shown, those of the plan first."""
    brief, turn = board.brief, board.extent.to_metres
    kinds = brief.shown.laydown.sites["kind"].to_dict() | brief.prepared.area.sites["kind"].to_dict()
    found = []
    told = released_marks(brief.prepared, brief.shown, board.month, brief.release, brief.language)
    for own, shown in told.items():
        x, y = turn.transform(shown.lon, shown.lat)
        if board.extent.shows(x, y):
            found.append(SiteDrawn(shown, float(x), float(y), SiteKind(kinds[own])))
    order = {SiteState.PROPOSED: 0, SiteState.CLOSING: 1, SiteState.MOVED: 2}
    return sorted(found, key=lambda site: (order.get(site.mark.state, len(order)), site.mark.site_id))


def _site_item(board: Board, site: SiteDrawn) -> _Item:
    colour = CLIENT["proposed-words" if site.mark.state is SiteState.PROPOSED else "site-name"]
    font = Font(6.6 * board.letters, bold=True, colour=colour)
    name, point = printable(site.mark.name), board.on_page(site.x, site.y)

    def draw(own: Placed | None) -> None:
        board.axes.plot([site.x], [site.y], zorder=7, **_look(site.kind, site.mark.state, board.letters))
        if site.mark.state is SiteState.CLOSING:
            size, ink = 1.25 * _SITE_PT * board.letters, _STATE_COLOURS[SiteState.CLOSING]
            board.axes.plot([site.x], [site.y], "x", ms=size, mec=ink, mew=1.2 * board.letters, zorder=7.1)
        _name(board, name, point, own, font)

    return _Item(name, point, _size(name, font), _SITE_PT * board.letters / POINTS_PER_MM / 2, draw)


def _seats(board: Board) -> list[_Item]:
    """Return the units inside the focus: a name and a pair of bars at each one's seat."""
    area, brief = board.brief.prepared.area, board.brief
    level, _ = within(area, board.focus)
    places, turn = seat_places(area, level), board.extent.to_metres
    found = []
    for row in rows_of_month(brief, board.focus, board.month):
        x, y = turn.transform(*places[row.unit_id])
        if board.extent.shows(x, y):
            found.append(_seat_item(board, row, (float(x), float(y))))
    return found


def _seat_item(board: Board, row: SeatRow, at: tuple[float, float]) -> _Item:
    block, point = _seat_block(row, board.letters, board.brief.language), board.on_page(*at)

    def draw(own: Placed | None) -> None:
        board.axes.plot(
            [at[0]],
            [at[1]],
            "o",
            ms=_TOWN_PT * board.letters,
            mfc=CLIENT["ink"],
            mec=PAPER,
            mew=0.4,
            zorder=6.1,
        )
        if own is not None:
            _lead(board.sheet, point, own)
            block.draw(board.sheet, own.box)

    return _Item(block.name, point, block.size, 0.5 * _TOWN_PT * board.letters / POINTS_PER_MM, draw)


def _towns(board: Board, named: set[str]) -> list[_Item]:
    """Return towns by how much they are, without those whose name stands there already."""
    places = board.brief.prepared.area.places
    order = {str(kind): rank for rank, kind in enumerate(_TOWN_KINDS)}
    own = places[places["kind"].isin(list(order))]
    own = own.assign(rank=own["kind"].map(order)).sort_values(["rank", "name"], kind="stable")
    return [
        _town_item(board, printable(str(name)), (point.x, point.y))
        for name, point in zip(own["name"], own.geometry, strict=True)
        if board.extent.shows(point.x, point.y) and printable(str(name)) not in named
    ]


def _town_item(board: Board, name: str, at: tuple[float, float]) -> _Item:
    font, point = Font(6.0 * board.letters, colour=CLIENT["name-3"]), board.on_page(*at)
    size = _TOWN_PT * board.letters

    def draw(own: Placed | None) -> None:
        if own is not None:
            board.axes.plot(
                [at[0]], [at[1]], "o", ms=size, mfc=PAPER, mec=CLIENT["name-dot"], mew=0.6, zorder=6
            )
            _name(board, name, point, own, font)

    return _Item(name, point, _size(name, font), 0.5 * size / POINTS_PER_MM, draw, must=False)


@dataclass(frozen=True, slots=True)
class _SeatBlock:
    """A unit's name over its pair of bars."""

    name: str
    bars: tuple[tuple[float, str, str, str], ...]
    """Share, words, colour of the bar and of the words; Force first."""
    letters: float
    size: tuple[float, float]

    def draw(self, sheet: PaperSheet, box: Box) -> None:
        """Draw it into a rectangle of its size."""
        font = Font(6.8 * self.letters, bold=True, colour=CLIENT["name"])
        sheet.put(self.name, (box.left, box.top - 0.78 * font.line_mm), font, halo=True)
        high, long = _BAR_HIGH_MM * self.letters, _BAR_MM * self.letters
        y = box.top - font.line_mm
        for share, words, colour, words_colour in self.bars:
            y -= high + 0.35 * self.letters
            sheet.area(Box(box.left, y, long, high), {"fc": PAPER, "ec": CLIENT["edge"], "lw": 0.3})
            if isnan(share):
                sheet.area(
                    Box(box.left, y, long, high),
                    UNKNOWN_BAR,
                )
            elif share > 0:
                sheet.area(Box(box.left, y, long * min(share, 1.0), high), {"fc": colour, "ec": "none"})
            number = Font(6.0 * self.letters, bold=True, colour=words_colour)
            sheet.put(words, (box.left + long + 0.6, y + 0.15 * high), number, halo=True)


def _seat_block(row: SeatRow, letters: float, language: Language) -> _SeatBlock:
    bars = (
        (row.force, short_percent(row.force, language), CLIENT["force"], CLIENT["force-words"]),
        (row.mission, short_percent(row.mission, language), CLIENT["mission"], CLIENT["mission"]),
    )
    name = printable(row.name)
    font, number = Font(6.8 * letters, bold=True), Font(6.0 * letters, bold=True)
    wide = max(
        width_mm(name, font),
        _BAR_MM * letters + 0.6 + max(width_mm(words, number) for _, words, _, _ in bars),
    )
    high = font.line_mm + 2 * (_BAR_HIGH_MM + 0.35) * letters + 0.3
    return _SeatBlock(name, bars, letters, (wide + 0.4, high))


def _size(name: str, font: Font) -> tuple[float, float]:
    return width_mm(name, font) + 0.4, 0.92 * font.line_mm


def _name(board: Board, name: str, point: tuple[float, float], own: Placed | None, font: Font) -> None:
    if own is not None:
        _lead(board.sheet, point, own)
        at = (own.box.left + 0.2, own.box.bottom + 0.24 * font.line_mm)
        board.sheet.put(name, at, font, halo=True, look={"zorder": 9})


def _lead(sheet: PaperSheet, point: tuple[float, float], own: Placed) -> None:
    if not own.leads:
        return
    box = own.box
    end = (min(max(point[0], box.left), box.right), min(max(point[1], box.bottom), box.top))
    halo = [withStroke(linewidth=1.2, foreground=PAPER)]
    sheet.line(point, end, {"color": CLIENT["muted"], "linewidth": 0.5, "path_effects": halo})


def _look(kind: SiteKind, state: SiteState, letters: float) -> Look:
    colour = _STATE_COLOURS[state]
    return {
        "marker": _SHAPES[kind],
        "linestyle": "none",
        "ms": _SITE_PT * _WIDE_SHAPE.get(kind, 1.0) * letters,
        "mfc": PAPER if state in _HOLLOW else colour,
        "mec": colour if state in _HOLLOW else PAPER,
        "mew": (1.0 if state in _HOLLOW else 0.7) * letters,
    }


def mark_keys(sites: Sequence[SiteDrawn], letters: float, language: Language) -> list[Key]:
    """Return the rows of the legend: one for each kind of site, in each state that is on the map."""
    states, kinds = list(SiteState), list(SiteKind)
    pairs = sorted(
        {(site.mark.state, site.kind) for site in sites},
        key=lambda pair: (states.index(pair[0]), kinds.index(pair[1])),
    )
    rows: list[Key] = []
    for state, kind in pairs:
        size = 0.85 * _SITE_PT * _WIDE_SHAPE.get(kind, 1.0) * letters
        words = language.labelled(language.text(STATE_LABELS[state]), language.text(KIND_LABELS[kind]))
        rows.append((Line2D([], [], **(_look(kind, state, letters) | {"ms": size})), words))
    return rows
