"""Making a set: every page and file of a recipe, each under a code of its own, logged before it leaves."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial

from footprint.briefing.brief import Brief
from footprint.briefing.content.parts import Content, cleaned
from footprint.briefing.content.reckoning import Reckoning, reckon
from footprint.briefing.content.region import REGION_MAP
from footprint.briefing.content.telling import Telling
from footprint.briefing.content.whole import content_of
from footprint.briefing.files.crate import CratedFile, crate_of
from footprint.briefing.files.set import files_of
from footprint.briefing.living.page import living_map
from footprint.briefing.recipe import Product, Recipe, dumps_recipe
from footprint.briefing.report.compiling import GivenPicture, report_pdf
from footprint.briefing.sheet_files import PlannedFile, file_name, sheet_files, view_of
from footprint.briefing.sheets.page_map import REPORT_ROOM, SLIDE_ROOM, PageRoom, page_map
from footprint.briefing.sheets.paper import Orientation, Paper, PaperPage
from footprint.briefing.sheets.sheet import SheetAsked, map_sheet
from footprint.briefing.sheets.writing import looked_at
from footprint.briefing.slides.deck import slides_pptx
from footprint.briefing.small_print import released_provenance
from footprint.briefing.words import PRODUCT_LABELS
from footprint.errors import ReleaseError, UnclearPlaceError
from footprint.indicators.units import Level
from footprint.language import LANGUAGES, Language, msgid
from footprint.releases.codes import qr_svg
from footprint.releases.entries import ReleaseRun
from footprint.releases.log import ReleaseLog
from footprint.releases.profiles import tells_cells
from footprint.releases.seal import MadeFile, Receipt, begin, seal
from footprint.views.focus import WHOLE, focus_keys, focus_name, focus_of
from layers import Area
from layers.sentences import say

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ReleasedSet:
    """Files that may be handed over: the log has them."""

    files: Mapping[str, MadeFile] = field(repr=False)
    codes: Mapping[str, str]
    """Code of each file by its name."""
    receipt: Receipt = field(repr=False)


def focus_named(area: Area, words: str) -> str:
    """
    Return the key of what is looked at from a name or an identifier; "" is the whole area.

    Where a region and a smaller unit are called alike, the region is meant.

    Raises
    ------
    UnclearPlaceError
        If nothing is called so, or several things are; all that there are, or might be meant, are named.
    """
    keys = focus_keys(area)
    if words in keys:
        return words
    wanted = _folded(words)
    called = {
        key: {key, *focus_of(area, key).unit_ids} & {words} or wanted in _names(area, key)
        for key in keys
        if key != WHOLE
    }
    found = [key for key, fits in called.items() if fits]
    # A region is often called as the unit of its seat: who asks for a name means the larger of the two.
    larger = [key for key in found if focus_of(area, key).level is Level.REGION]
    chosen = larger or found
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        raise UnclearPlaceError(say("{name} is several: {keys}", name=words, keys=", ".join(chosen)))
    every = {
        folded: focus_name(area, key, "en") for key in keys if key != WHOLE for folded in _names(area, key)
    }
    near = [every[each] for each in get_close_matches(wanted, every, 3)]
    hint = say("; {near}, perhaps", near=", ".join(dict.fromkeys(near))) if near else ""
    names = sorted({focus_name(area, key, "en") for key in keys if not key.startswith(f"{Level.DISTRICT}:")})
    raise UnclearPlaceError(
        say(
            "nothing is called {name}{hint}; there are {names}", name=words, hint=hint, names=", ".join(names)
        )
    )


def release_sets(log: ReleaseLog, brief: Brief, recipe: Recipe, step: Step) -> dict[str, ReleasedSet]:
    """
    Make everything that a recipe asks for, in each of its languages, and log it.

    Parameters
    ----------
    log
        Of releases: what it does not hold does not leave.
    brief
        What is told, and on what terms; its language does not matter.
    recipe
        What is made, in which languages, on which paper.
    step
        Told what is being made.

    Returns
    -------
    dict
        A set by the code of its language; each is a release of its own.

    Raises
    ------
    ReleaseError
        If the recipe asks for what its terms do not permit, or the log does not hold.
    SecretError
        If a key of this machine is not safe.
    """
    _check(brief, recipe)
    brief = replace(brief, keys=log.keys)
    shared = _SharedReckoning(brief)
    return {
        code: _released(log, _Set(in_language(brief, code), recipe, shared, step))
        for code in recipe.languages
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Set:
    """What is made in one language."""

    brief: Brief
    recipe: Recipe
    reckoned: _SharedReckoning
    step: Step


class _SharedReckoning:
    """What report and slides rest on besides the reviews: reckoned once for all languages."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._kept: Reckoning | None = None

    def get(self, step: Step) -> Reckoning:
        """Return it; the first time it takes a while."""
        self._kept = self._kept or reckon(self._brief, step)
        return self._kept


def _released(log: ReleaseLog, wanted: _Set) -> ReleasedSet:
    """Make a set under codes of its own, its crate last, and log it."""
    brief = wanted.brief
    planned = {each.name: each for each in _planned(wanted)}
    run = ReleaseRun(
        provenance=released_provenance(brief, brief.shown),
        number=brief.number,
        revision=brief.revision,
        language=brief.language.code,
        release=brief.release,
    )
    reserved = begin(log, run, [*planned, CRATE])
    files: dict[str, MadeFile] = {}
    listed: dict[str, CratedFile] = {}
    for name, each in planned.items():
        wanted.step(brief.language.text(_MAKING, name=name))
        files[name] = MadeFile(each.make(reserved.codes[name]), each.media_type)
        listed[name] = CratedFile(files[name].content, each.media_type, each.description)
    files[CRATE] = MadeFile(crate_of(brief, listed, reserved.codes[CRATE]), "application/ld+json")
    return ReleasedSet(files, reserved.codes, seal(log, reserved, files))


CRATE, RECEIPT, RECIPE = "ro-crate-metadata.json", "receipt.json", "recipe.toml"
"""Files of a set besides its products: what it consists of, proof of the log, how to make it anew."""


def packed(sets: Mapping[str, ReleasedSet], recipe: Recipe) -> dict[str, bytes]:
    """Return the files of a release by their paths: a folder for each language, and the recipe."""
    # Whoever makes the set anew makes its next revision.
    found = {RECIPE: dumps_recipe(replace(recipe, revision=None)).encode()}
    for code, own in sets.items():
        found |= {f"{code}/{name}": file.content for name, file in own.files.items()}
        found[f"{code}/{RECEIPT}"] = own.receipt.text.encode()
    return found


def preview_of(brief: Brief, recipe: Recipe) -> tuple[bytes, str]:
    """Return the main sheet as a small picture without a code, to be looked at only, and what it shows."""
    _check(brief, recipe)
    page = (*recipe.pages, PaperPage(Paper.A4, Orientation.LANDSCAPE))[0]
    made = map_sheet(brief, SheetAsked(brief.focus, brief.month, page, view_of(brief, recipe, brief.month)))
    return looked_at(made), made.alternative


_MAKING = msgid("making {name}")


def _check(brief: Brief, recipe: Recipe) -> None:
    """Refuse cells where no cell may be told from its neighbours, before anything is drawn."""
    if recipe.view is not None and not tells_cells(brief.release.precision):
        raise ReleaseError(
            say("cells of five kilometres are finer than this precision permits: ask for dots instead")
        )


def _planned(wanted: _Set) -> Iterator[PlannedFile]:
    """Yield every file of a set in the order in which they are made, but for its crate."""
    brief, products = wanted.brief, wanted.recipe.products
    yield from sheet_files(brief, wanted.recipe)
    told, stem = _Told(wanted), file_name(brief, brief.focus, "")
    for product, ending, media_type, make in (
        (Product.REPORT, "report.pdf", "application/pdf", told.report),
        (Product.SLIDES, "slides.pptx", _PPTX, told.slides),
        (Product.MAP, "map.html", "text/html", partial(_living, brief)),
    ):
        if product in products:
            words = brief.language.text(PRODUCT_LABELS[product])
            yield PlannedFile(f"{stem}_{ending}", media_type, make, words)
    if Product.FILES in products:
        for each in files_of(brief):
            yield PlannedFile(f"{stem}_{each.suffix}", each.media_type, each.make, each.description)


_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def _living(brief: Brief, code: str) -> bytes:
    return living_map(brief, code, qr_svg(code)).encode()


class _Told:
    """Report and slides, which tell the same content; it is put together when the first of them is made."""

    def __init__(self, wanted: _Set) -> None:
        self._wanted = wanted
        self._kept: Content | None = None

    def report(self, code: str) -> bytes:
        """Return the report under a code."""
        pictures = self._pictures(REPORT_ROOM)
        return report_pdf(self._content(), pictures, code=code, qr_svg=qr_svg(code).encode())

    def slides(self, code: str) -> bytes:
        """Return the slides under a code."""
        return slides_pptx(self._content(), self._pictures(SLIDE_ROOM), code=code)

    def _content(self) -> Content:
        if self._kept is None:
            wanted, text = self._wanted, self._wanted.brief.language.text
            reckoned = wanted.reckoned.get(lambda words: wanted.step(text(words)))
            self._kept = content_of(Telling(wanted.brief, reckoned))
        return self._kept

    def _pictures(self, room: PageRoom) -> dict[str, GivenPicture]:
        """Return the map in the size of a page's room for it."""
        brief = self._wanted.brief
        made = page_map(brief, brief.month, view_of(brief, self._wanted.recipe, brief.month), room)
        return {REGION_MAP: GivenPicture(made.png, cleaned(made.alternative, brief.language.code))}


def in_language(brief: Brief, code: str) -> Brief:
    """Return the same brief in another language."""
    return replace(brief, language=Language.of_area(code, brief.prepared.area.unit_words))


def _names(area: Area, key: str) -> set[str]:
    """Return what is looked at is called in every language, without accents and capital letters."""
    return {_folded(focus_name(area, key, code)) for code in LANGUAGES}


def _folded(words: str) -> str:
    return " ".join(
        unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").casefold().split()
    )
