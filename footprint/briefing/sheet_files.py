"""Map sheets as files: which a recipe asks for, what each is called, and atlases of many pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from footprint.briefing.brief import Brief
from footprint.briefing.recipe import PAGE_NAMES, Product, Recipe
from footprint.briefing.sheets.paper import MEDIA_TYPES, PaperPage, SheetFormat
from footprint.briefing.sheets.sheet import MapSheet, SheetAsked, map_sheet
from footprint.briefing.sheets.writing import written, written_atlas
from footprint.briefing.words import PRODUCT_LABELS
from footprint.indicators.periods import MONTHS
from footprint.views.cells import Asked
from footprint.views.focus import focus_name, within

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that is to be made, once its code is drawn."""

    name: str
    media_type: str
    make: Callable[[str], bytes] = field(repr=False)
    """Makes it under a code."""
    description: str = ""
    """What it is, in the reader's language."""


def sheet_files(brief: Brief, recipe: Recipe) -> Iterator[PlannedFile]:
    """
    Yield the files of every sheet that a recipe asks for.

    An atlas is one PDF of many pages; pictures of its sheets are files of their own.
    """
    for page in recipe.pages:
        main = _asked(brief, recipe, (brief.focus, brief.month), page)
        if Product.SHEET in recipe.products:
            yield from _files_of(brief, main, recipe.formats)
        for product, maps in _atlases(brief, recipe).items():
            every = [_asked(brief, recipe, each, page) for each in maps]
            if SheetFormat.PDF in recipe.formats:
                yield _atlas(brief, product, every)
            pictures = tuple(each for each in recipe.formats if each is not SheetFormat.PDF)
            for asked in every:
                # One that is the main sheet is a picture already.
                if asked != main or Product.SHEET not in recipe.products:
                    yield from _files_of(brief, asked, pictures)


def _asked(brief: Brief, recipe: Recipe, of: tuple[str, int], page: PaperPage) -> SheetAsked:
    focus, month = of
    return SheetAsked(focus, month, page, view_of(brief, recipe, month))


def _files_of(brief: Brief, asked: SheetAsked, formats: tuple[SheetFormat, ...]) -> Iterator[PlannedFile]:
    name = file_name(brief, asked.focus, f"{asked.month:02d}", asked.page)
    drawing = _SheetDrawing(brief, asked, len(formats))
    for file_format in formats:
        yield PlannedFile(f"{name}.{file_format}", MEDIA_TYPES[file_format], drawing.maker(file_format))


def _atlas(brief: Brief, product: Product, every: list[SheetAsked]) -> PlannedFile:
    """Return an atlas: its pages are drawn one after the other, so that no more than one is held."""
    what = f"{brief.month:02d}-atlas" if product is Product.ATLAS else "atlas"
    name = file_name(brief, brief.focus, what, every[0].page)
    words = brief.language.text(PRODUCT_LABELS[product])

    def make(code: str) -> bytes:
        return written_atlas((map_sheet(brief, asked) for asked in every), brief, words, code)

    return PlannedFile(f"{name}.pdf", MEDIA_TYPES[SheetFormat.PDF], make, words)


class _SheetDrawing:
    """A sheet that is drawn once, when its first file is made, and forgotten after its last."""

    def __init__(self, brief: Brief, asked: SheetAsked, files: int) -> None:
        self._brief, self._asked, self._left = brief, asked, files
        self._made: MapSheet | None = None

    def maker(self, file_format: SheetFormat) -> Callable[[str], bytes]:
        """Return what makes the file of a format under a code."""

        def make(code: str) -> bytes:
            made = self._made or map_sheet(self._brief, self._asked)
            self._left -= 1
            self._made = made if self._left else None
            return written(made, self._brief, file_format, code)

        return make


def _atlases(brief: Brief, recipe: Recipe) -> dict[Product, list[tuple[str, int]]]:
    """Return focus and month of each page of every atlas: of the units within, of the twelve months."""
    level, units = within(brief.prepared.area, brief.focus)
    every = {
        Product.ATLAS: [(f"{level}:{unit_id}", brief.month) for unit_id in units],
        Product.MONTHS: [(brief.focus, month) for month in range(1, MONTHS + 1)],
    }
    return {product: maps for product, maps in every.items() if product in recipe.products and maps}


def view_of(brief: Brief, recipe: Recipe, month: int) -> Asked | None:
    """Return the view of cells that a recipe asks for; None for dots of need."""
    return None if recipe.view is None else Asked(view=recipe.view, month=month, measure=brief.measure)


def file_name(brief: Brief, focus: str, what: str, page: PaperPage | None = None) -> str:
    """
    Return the name of a file without its ending, as offices of the United Nations file their maps.

    Number and revision, place, what it is, paper, language and date, each in plain letters.
    """
    parts = (
        brief.number,
        f"r{brief.revision}",
        focus_name(brief.prepared.area, focus, brief.language.code),
        what,
        PAGE_NAMES[page] if page else "",
        brief.language.code,
        brief.made.strftime("%Y%m%d"),
    )
    return "_".join(filter(None, map(plain_letters, parts)))


def plain_letters(words: str) -> str:
    """Return words in letters that every file system takes; what has no plain letter becomes a hyphen."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return _NOT_IN_NAMES.sub("-", bare).strip("-")
