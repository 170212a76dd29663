"""Paging: what of a content stands on which slide, so that nothing runs over. Lengths in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from footprint.briefing.content.parts import (
    BarChart,
    Chapter,
    ChapterBlock,
    Illustration,
    Prose,
    ProseKind,
    TextTable,
)
from footprint.briefing.widths import MM_PER_POINT, column_widths, lines_needed

WIDE_MM, HIGH_MM = 338.67, 190.5
"""A slide of 16 to 9."""
SIDE_MM = 14.0
TOP_MM, BOTTOM_MM = 33.0, 172.0
"""Where the body of a slide begins and ends."""
BODY_MM = WIDE_MM - 2 * SIDE_MM
ROOM_MM = BOTTOM_MM - TOP_MM

_SIZES = {
    ProseKind.LEAD: 20.0,
    ProseKind.PLAIN: 16.0,
    ProseKind.ITEM: 16.0,
    ProseKind.SHORT: 12.0,
    ProseKind.NOTE: 11.0,
    ProseKind.DETAIL: 14.0,
}
"""Size of each kind of sentence [pt]."""
_DENSITIES = (1.0, 0.92, 0.85, 0.78)
"""How large words are against these, the largest that makes the fewest slides of a part."""
_TO_SPEAKER = frozenset({ProseKind.NOTE, ProseKind.SHORT})
"""What goes to the speaker where a slide begun has no room for it, and makes no slide of its own."""
LEADING = 1.2
NARROWER = 0.93
"""Words on slides are at most this wide, against DejaVu Sans, by which they are measured."""
AFTER_MM = 2.6
"""Below each sentence."""
INDENT_MM = 6.0
TITLE_PT, TITLE_MM = 13.0, 8.0
"""The line above a table or chart."""
NOTE_PT = 10.5
HEADING_SIZES, HEADING_MM = (24.0, 20.0, 17.0, 14.0, 11.0), 17.0
SECOND_PT, SECOND_MM = 20.0, 13.5
"""The heading of a part that stands below another on its slide, with the room above it."""
CELL_SIZES = (12.0, 11.0, 10.0, 9.0)
"""Sizes of the words of a table [pt], the largest that lets its words stand whole and its rows on a slide."""
LEAST_PT = 10.0
"""Size of the words of a table below which only one that is too wide for its slide goes."""
CELL_INSET_MM = 1.6
_ROW_MM = 1.5
"""Height of a row of a table besides its lines."""
LETTERS_MM = 1.2
"""What single words may be wider than measured: some letters are."""
CHART_MM, LEAST_CHART_MM = 118.0, 62.0
"""Height of a chart that has a slide to itself, and of one that has not, at least."""
LEAST_ROWS = 3
"""A table does not begin at the foot of a slide with fewer."""


@dataclass(frozen=True, slots=True)
class SizedProse:
    """A sentence in letters of a size."""

    text: str
    kind: ProseKind
    size_pt: float


@dataclass(frozen=True, slots=True)
class SizedTable:
    """A table, or as many of its rows as a slide holds."""

    table: TextTable
    size_pt: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    """Of the header and of each row."""


@dataclass(frozen=True, slots=True)
class SizedChart:
    """A chart as high as it stands."""

    chart: BarChart
    high_mm: float


@dataclass(frozen=True, slots=True)
class SecondHeading:
    """The heading of a part that stands below another on its slide."""

    text: str


SlideBlock = SizedProse | SizedTable | SizedChart | SecondHeading | Illustration


@dataclass(slots=True)
class SlidePlan:
    """What stands on one slide, from the top down, and what the speaker says."""

    heading: str
    blocks: list[SlideBlock] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    used_mm: float = 0.0

    @property
    def room_mm(self) -> float:
        """Height that is left."""
        return ROOM_MM - self.used_mm

    def take(self, block: SlideBlock) -> None:
        """Put a block below those that stand here."""
        self.blocks.append(block)
        self.used_mm += height_of(block)


def all_slides(chapters: Sequence[Chapter], with_pictures: Sequence[str]) -> list[SlidePlan]:
    """
    Share parts among slides: short ones that follow each other stand on one.

    Parameters
    ----------
    chapters
        The parts.
    with_pictures
        Names of the pictures there are: a place without one takes no slide.
    """
    plans: list[SlidePlan] = []
    at = 0
    while at < len(chapters):
        number, together = _most_together(chapters[at:], with_pictures)
        plans += [together] if together else slides_of(chapters[at], with_pictures)
        at += number
    return plans


def _most_together(chapters: Sequence[Chapter], with_pictures: Sequence[str]) -> tuple[int, SlidePlan | None]:
    """Return how many of the first parts stand on one slide, and that slide; (1, None) where no two do."""
    alone = (at for at, each in enumerate(chapters) if each.whole)
    for number in range(next(alone, len(chapters)), 1, -1):
        for density in _DENSITIES:
            plan = _together(chapters[:number], with_pictures, density)
            if plan is not None:
                return number, plan
    return 1, None


def _together(chapters: Sequence[Chapter], with_pictures: Sequence[str], density: float) -> SlidePlan | None:
    """Return the slide of several parts, one below the other; None where they need more than one."""
    plan: SlidePlan | None = None
    for chapter in chapters:
        used = plan.used_mm + SECOND_MM if plan else 0.0
        (own, *others) = _at_density(chapter, with_pictures, density, used)
        if others or own.used_mm > ROOM_MM:
            return None
        if plan is None:
            plan = own
        else:
            plan.take(SecondHeading(own.heading))
            for block in own.blocks:
                plan.take(block)
            plan.notes += own.notes
    return plan


def slides_of(chapter: Chapter, with_pictures: Sequence[str]) -> list[SlidePlan]:
    """
    Share a part among slides.

    Parameters
    ----------
    chapter
        The part. Its details are left to the speaker's notes of its first slide.
    with_pictures
        Names of the pictures there are: a place without one takes no slide.

    Returns
    -------
    list of SlidePlan
        One at least, each with something on it, and none with more than it holds.
    """
    return min((_at_density(chapter, with_pictures, each) for each in _DENSITIES), key=len)


def _at_density(
    chapter: Chapter, with_pictures: Sequence[str], density: float, used_mm: float = 0.0
) -> list[SlidePlan]:
    """Share a part among slides in words of a size; of the first slide a height may be used already."""
    number = f"{chapter.number}  " if chapter.number else ""
    heading, notes = f"{number}{chapter.heading}", list(_details(chapter))
    plans = [SlidePlan(heading, used_mm=used_mm)]
    for block in _shown(chapter, with_pictures):
        if isinstance(block, Prose) and block.kind in _TO_SPEAKER and plans[-1].blocks:
            note = _sized_prose(block, density)
            if height_of(note) > plans[-1].room_mm:
                plans[-1].notes.append(block.text)
                continue
        for piece in _pieces(block, plans[-1], density):
            wanted = height_of(piece) + (_FOLLOWING_MM if _leads(piece) else 0.0)
            if wanted > plans[-1].room_mm and plans[-1].blocks:
                plans.append(SlidePlan(heading))
            plans[-1].take(piece)
    plans = [plan for plan in plans if plan.blocks]
    if len(plans) > 1:
        for at, plan in enumerate(plans, start=1):
            plan.heading = f"{heading} ({at}/{len(plans)})"
    if plans:
        plans[0].notes += notes
    return plans


def _sized_prose(block: Prose, density: float) -> SizedProse:
    # Small print is no smaller where the rest is.
    scale = 1.0 if block.kind is ProseKind.NOTE else density
    return SizedProse(block.text, block.kind, _SIZES[block.kind] * scale)


_FOLLOWING_MM = 20.0
"""Room that must be left below what leads to what follows."""


def _leads(block: SlideBlock) -> bool:
    """Tell whether a sentence leads to what follows, and may not be the last on a slide."""
    return isinstance(block, SizedProse) and block.text.endswith(":")


def _details(chapter: Chapter) -> Iterator[str]:
    """Yield what the report alone shows, as the speaker may say it."""
    for each in chapter.blocks:
        match each:
            case Prose(text=words, kind=ProseKind.DETAIL):
                yield words
            case TextTable(detail=True):
                yield each.title
                yield from (" · ".join(row) for row in (each.header, *each.rows))
                if each.note:
                    yield each.note
            case BarChart(detail=True):
                yield each.alternative


def _shown(chapter: Chapter, with_pictures: Sequence[str]) -> Iterator[ChapterBlock]:
    """Yield the blocks that stand on slides; those of a part that is all detail stand there themselves."""
    all_detail = all(_is_detail(each) for each in chapter.blocks)
    for each in chapter.blocks:
        if _is_detail(each) and not all_detail:
            continue
        if isinstance(each, Illustration) and each.name not in with_pictures:
            continue
        yield each


def _is_detail(block: ChapterBlock) -> bool:
    if isinstance(block, Prose):
        return block.kind is ProseKind.DETAIL
    return isinstance(block, TextTable | BarChart) and block.detail


def _pieces(block: ChapterBlock, plan: SlidePlan, density: float) -> Iterator[SlideBlock]:
    """Yield a block in pieces each of which a slide holds; the first may stand on the slide begun."""
    match block:
        case Prose():
            yield _sized_prose(block, density)
        case TextTable():
            yield from _pieces_of_table(block, plan, density)
        case BarChart():
            beside = TITLE_MM + _note_mm(block.note)
            room = plan.room_mm - beside
            yield SizedChart(block, min(CHART_MM, room if room >= LEAST_CHART_MM else CHART_MM))
        case Illustration():
            yield block


def _pieces_of_table(block: TextTable, plan: SlidePlan, density: float) -> Iterator[SlideBlock]:
    sized = sized_table(block, density)
    start, room = 0, plan.room_mm
    whole = TITLE_MM + sum(sized.heights) + AFTER_MM + _note_mm(block.note)
    if whole > room and (whole <= ROOM_MM or _rows_within(sized, 0, room) < LEAST_ROWS):
        room = ROOM_MM
    while start < len(block.rows) or start == 0:
        end = min(start + max(_rows_within(sized, start, room), 1), max(len(block.rows), 1))
        note = block.note if end >= len(block.rows) else ""
        part = replace(block, rows=block.rows[start:end], note=note)
        heights = (sized.heights[0], *sized.heights[1 + start : 1 + end])
        yield SizedTable(part, sized.size_pt, sized.widths, heights)
        start, room = end, ROOM_MM


def _rows_within(sized: SizedTable, start: int, room_mm: float) -> int:
    """Return how many rows from one on go into a height, with header, title and note."""
    left = room_mm - TITLE_MM - sized.heights[0] - AFTER_MM - _note_mm(sized.table.note)
    number = 0
    for height in sized.heights[1 + start :]:
        left -= height
        if left < 0:
            break
        number += 1
    return number


def sized_table(table: TextTable, density: float = 1.0) -> SizedTable:
    """Return a table with the widths of its columns and the heights of its rows."""
    found = None
    most = max(density * CELL_SIZES[0], LEAST_PT)
    for size in (each for each in CELL_SIZES if each <= most):
        found = _sized(table, size)
        whole = TITLE_MM + sum(found.heights) + AFTER_MM + _note_mm(table.note)
        if whole <= ROOM_MM and not _broken(found):
            return found
    return found if found is not None else _sized(table, CELL_SIZES[-1])


def _sized(table: TextTable, size_pt: float) -> SizedTable:
    padding = 2 * CELL_INSET_MM + LETTERS_MM
    widths = column_widths(table, NARROWER * size_pt, BODY_MM, padding_mm=padding)
    line = size_pt * LEADING * MM_PER_POINT
    heights = [
        max(
            lines_needed(cell, NARROWER * size_pt, wide - padding, bold=row is table.header)
            for cell, wide in zip(row, widths, strict=True)
        )
        * line
        + _ROW_MM
        for row in (table.header, *table.rows)
    ]
    return SizedTable(table, size_pt, widths, tuple(heights))


def _broken(sized: SizedTable) -> bool:
    """Tell whether a word of a table is wider than its column."""
    padding = 2 * CELL_INSET_MM + LETTERS_MM
    return any(
        lines_needed(word, NARROWER * sized.size_pt, wide - padding) > 1
        for row in (sized.table.header, *sized.table.rows)
        for cell, wide in zip(row, sized.widths, strict=True)
        for word in cell.split(" ")
    )


def _note_mm(note: str) -> float:
    if not note:
        return 0.0
    return lines_needed(note, NARROWER * NOTE_PT, BODY_MM) * NOTE_PT * LEADING * MM_PER_POINT + AFTER_MM


def heading_pt(heading: str) -> float:
    """Return the size of a heading's letters [pt]: the largest at which it stands above the body."""
    for size in HEADING_SIZES:
        lines = lines_needed(heading, NARROWER * size, BODY_MM, bold=True)
        if lines * size * LEADING * MM_PER_POINT <= HEADING_MM:
            return size
    return HEADING_SIZES[-1]


def height_of(block: SlideBlock) -> float:
    """Return how high a block stands."""
    match block:
        case SizedProse():
            wide = BODY_MM - (INDENT_MM if is_item(block) else 0.0) - 2.0
            bold = block.kind is ProseKind.LEAD
            lines = lines_needed(block.text, NARROWER * block.size_pt, wide, bold=bold)
            return lines * block.size_pt * LEADING * MM_PER_POINT + AFTER_MM
        case SizedTable():
            return TITLE_MM + sum(block.heights) + AFTER_MM + _note_mm(block.table.note)
        case SizedChart():
            return TITLE_MM + block.high_mm + _note_mm(block.chart.note)
        case SecondHeading():
            return SECOND_MM
        case Illustration():
            return ROOM_MM


def is_item(block: SizedProse) -> bool:
    """Tell whether a sentence is one of several, with a dash before it."""
    return block.kind in {ProseKind.ITEM, ProseKind.SHORT}
