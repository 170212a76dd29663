"""Making a set: every page and file of a recipe, one after the other, each under a code of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from footprint.briefing.brief import Brief
from footprint.briefing.recipe import PAGE_NAMES, Product, Recipe
from footprint.briefing.sheets.paper import Page
from footprint.briefing.sheets.sheet import SheetAsked, SheetFormat, map_sheet, written
from footprint.disclosure import Precision
from footprint.errors import ReleaseError, UnclearPlaceError
from footprint.indicators.periods import MONTHS
from footprint.indicators.units import Level
from footprint.language import LANGUAGES, Language, msgid
from footprint.views.cells import Asked
from footprint.views.focus import WHOLE, focus_keys, focus_name, within
from layers import Area
from layers.sentences import say

MEDIA_TYPES = {
    SheetFormat.PNG: "image/png",
    SheetFormat.PDF: "application/pdf",
    SheetFormat.SVG: "image/svg+xml",
}
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]+")
SHEETS = msgid("drawing {name}")

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Produced:
    """One file of a set."""

    name: str
    content: bytes = field(repr=False)
    media_type: str
    code: str
    """Under which it stands in the log of releases, and which it carries."""
    alternative: str = ""
    """What a picture shows, for those who do not see it."""


def focus_named(area: Area, words: str) -> str:
    """
    Return the key of what is looked at from a name or an identifier; "" is the whole area.

    Raises
    ------
    UnclearPlaceError
        If nothing is called so, or several things are; all that there are, or might be meant, are named.
    """
    keys = focus_keys(area)
    if words in keys:
        return words
    by_identifier = [key for key in keys if key.partition(":")[2] == words]
    wanted = _folded(words)
    by_name = [
        key
        for key in keys
        if key != WHOLE and wanted in {_folded(focus_name(area, key, code)) for code in LANGUAGES}
    ]
    found = by_identifier or by_name
    if len(found) == 1:
        return found[0]
    if found:
        raise UnclearPlaceError(say("{name} is several: {keys}", name=words, keys=", ".join(found)))
    names = sorted({focus_name(area, key, "en") for key in keys if not key.startswith(f"{Level.DISTRICT}:")})
    raise UnclearPlaceError(
        say("nothing is called {name}; there are {names}", name=words, names=", ".join(names))
    )


def check(brief: Brief, recipe: Recipe) -> None:
    """
    Refuse a recipe that its terms do not permit, before anything is drawn.

    Raises
    ------
    ReleaseError
        If it asks for cells where its precision shows none.
    """
    if recipe.view is not None and brief.release.precision is Precision.PUBLIC:
        raise ReleaseError(
            say("cells of five kilometres are finer than this precision permits: ask for dots instead")
        )


def sheets(brief: Brief, recipe: Recipe, code: Callable[[], str], step: Step) -> Iterator[Produced]:
    """
    Draw the map sheets of a recipe in the language of a brief.

    Parameters
    ----------
    brief
        What is told.
    recipe
        Which sheets, on which paper.
    code
        Gives the next sheet its code.
    step
        Told what is drawn.
    """
    for focus, month, what in _maps(brief, recipe):
        for page in recipe.pages:
            asked = SheetAsked(focus, month, page, _view(brief, recipe, month))
            name = file_name(brief, focus, what, page)
            step(brief.language.text(SHEETS, name=name))
            own = code()
            made = map_sheet(brief, asked, own)
            for file_format in recipe.formats:
                content = written(made, brief, file_format)
                yield Produced(
                    f"{name}.{file_format}", content, MEDIA_TYPES[file_format], own, made.alternative
                )


def _maps(brief: Brief, recipe: Recipe) -> Iterator[tuple[str, int, str]]:
    """Yield focus, month and word of each map: of the whole, of each unit within, of each month."""
    if Product.SHEET in recipe.products:
        yield brief.focus, brief.month, f"{brief.month:02d}"
    if Product.ATLAS in recipe.products:
        level, units = within(brief.prepared.area, brief.focus)
        for unit_id in units:
            yield f"{level}:{unit_id}", brief.month, f"{brief.month:02d}"
    if Product.MONTHS in recipe.products:
        for month in range(1, MONTHS + 1):
            yield brief.focus, month, f"{month:02d}"


def _view(brief: Brief, recipe: Recipe, month: int) -> Asked | None:
    return None if recipe.view is None else Asked(view=recipe.view, month=month, measure=brief.measure)


def file_name(brief: Brief, focus: str, what: str, page: Page | None = None) -> str:
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
    return "_".join(filter(None, map(_plain, parts)))


def in_language(brief: Brief, code: str) -> Brief:
    """Return the same brief in another language."""
    return replace(brief, language=Language.of_area(code, brief.prepared.area.unit_words))


def _plain(words: str) -> str:
    """Return words in letters that every file system takes; what has no plain letter becomes a hyphen."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return _NOT_IN_NAMES.sub("-", bare).strip("-")


def _folded(words: str) -> str:
    return " ".join(
        unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").casefold().split()
    )
