"""A recipe: everything a set of sheets is made by, in a file, so that an office repeats it each month."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from footprint.briefing.sheets.paper import Orientation, Paper, PaperPage, SheetFormat
from footprint.disclosure import Precision
from footprint.errors import ReleaseError
from footprint.language import LANGUAGES
from footprint.objectives import Measure
from footprint.releases.terms import Clearance, Marking, Release
from footprint.views.cells import PATTERN_VIEWS, View
from layers.characters import printable
from layers.sentences import Sentence, say

FORMAT = 1
"""Version of a recipe's file."""
_MOST_BYTES = 100_000
_DOTS = "dots"
_YEAR = 12


class Product(StrEnum):
    """What a set may hold."""

    SHEET = "sheet"
    """A map sheet of the whole of what is looked at."""
    ATLAS = "atlas"
    """A sheet for each unit within."""
    MONTHS = "months"
    """A sheet for each month."""
    REPORT = "report"
    SLIDES = "slides"
    MAP = "map"
    """The living map, in one file."""
    FILES = "files"
    """What others open: tables and layers."""


USUAL = (Product.SHEET, Product.REPORT, Product.SLIDES, Product.MAP, Product.FILES)
"""What a set holds if nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is made, in which languages, on which paper, and on what terms it leaves."""

    region: str = ""
    """What is looked at: a named focus, a unit's name or identifier; "" is the whole area."""
    plans: tuple[str, ...] = ()
    """Files of plans, held against today's sites; relative to the recipe's own folder."""
    languages: tuple[str, ...] = ("en", "fr")
    month: int | None = None
    """Month of the main sheet (1-12); None for the one in which the mission could do least."""
    measure: Measure = Measure.BLEND
    view: View | None = None
    """Cells of a view; None for dots of need."""
    products: tuple[Product, ...] = USUAL
    pages: tuple[PaperPage, ...] = (PaperPage(Paper.A4, Orientation.LANDSCAPE),)
    formats: tuple[SheetFormat, ...] = (SheetFormat.PDF, SheetFormat.PNG)
    release: Release
    number: str
    """Number of the set, as the office counts them."""
    revision: int | None = None
    """Its revision; None for the next that has not left."""


def recipe_entries(path: Path) -> dict[str, object]:
    """
    Return what stands in a recipe's file, as yet unread.

    Raises
    ------
    ReleaseError
        If it is no TOML.
    """
    content = path.read_bytes()
    if len(content) > _MOST_BYTES:
        raise ReleaseError(say("{file}: larger than any recipe ({n} bytes)", file=path.name, n=len(content)))
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReleaseError(say("{file}: it is not UTF-8 text", file=path.name)) from error
    except tomllib.TOMLDecodeError as error:
        sentence = say("{file}: it cannot be read ({reason})", file=path.name, reason=printable(str(error)))
        raise ReleaseError(sentence) from error


def recipe_of(entries: Mapping[str, object], source: str | None) -> Recipe:
    """
    Read a recipe.

    Parameters
    ----------
    entries
        As `recipe_entries` returns them, or as somebody typed them.
    source
        File in which they stand, for messages; None where they were typed as options of the command.

    Raises
    ------
    ReleaseError
        With everything that is wrong, each with the key it stands under and what may stand there.
    """
    return _RecipeReader(source, entries).recipe()


_TYPE_WORDS = say("say it in some words; between quotation marks where there are spaces")
_WRITE_WORDS = say("write some words in quotation marks")


class _RecipeReader:
    """Takes a recipe's keys one by one, and keeps every fault."""

    def __init__(self, file: str | None, entries: Mapping[str, Any]) -> None:
        self._file, self._found = file, dict(entries)
        self._faults: list[Sentence] = []

    def recipe(self) -> Recipe:
        if self._found.pop("format", None) != FORMAT:
            self._fault("format", say("{n} is the only one there is", n=FORMAT))
        months = [str(month) for month in range(1, _YEAR + 1)]
        region, number = self._words("region", ""), self._words("number", None)
        plans = self._list("plans", None, ())
        languages = self._list("languages", list(LANGUAGES), ("en", "fr"))
        products = self._list("products", list(Product), USUAL)
        formats = self._list("formats", list(SheetFormat), (SheetFormat.PDF, SheetFormat.PNG))
        month = self._one("month", months, "")
        views = [_DOTS, *(view for view in View if view not in PATTERN_VIEWS)]
        view = self._one("view", views, _DOTS)
        pages = self._list("pages", list(_PAGES), ("a4-landscape",))
        measure = Measure(self._one("measure", list(Measure), Measure.BLEND))
        revision = self._count("revision")
        terms = {each: self._words(each, None) for each in ("purpose", "audience", "releaser")}
        marking = self._one("marking", list(Marking), None)
        precision = self._one("precision", list(Precision), None)
        clearance = self._one("clearance", list(Clearance), Clearance.DRAFT)
        cleared_by = self._words("cleared_by", "").strip()
        if bool(cleared_by) != (clearance == Clearance.CLEARED):
            self._fault("cleared_by", say("say who cleared it, and only where it is cleared"))
        for key in self._found:
            near = get_close_matches(key, _KEYS, 1)
            hint = say("; {near}, perhaps", near=near[0]) if near else ""
            self._faults.append(
                say(
                    "{file}: {key} is no entry of a recipe{hint}",
                    file=str(self._file),
                    key=printable(key),
                    hint=hint,
                )
            )
        if self._faults:
            raise ReleaseError(*self._faults)
        return Recipe(
            region=region,
            number=number,
            plans=plans,
            languages=languages,
            products=tuple(map(Product, products)),
            formats=tuple(map(SheetFormat, formats)),
            month=int(month) if month else None,
            view=None if view == _DOTS else View(view),
            pages=tuple(_PAGES[page] for page in pages),
            measure=measure,
            revision=revision,
            release=Release(
                **terms,
                marking=Marking(marking),
                precision=Precision(precision),
                clearance=Clearance(clearance),
                cleared_by=cleared_by,
            ),
        )

    def _fault(self, key: str, problem: Sentence) -> None:
        if self._file is None:
            option = f"--{_OPTIONS.get(key, key).replace('_', '-')}"
            self._faults.append(say("{option}: {problem}", option=option, problem=problem))
        else:
            self._faults.append(say("{file}: {key}: {problem}", file=self._file, key=key, problem=problem))

    def _words(self, key: str, missing: str | None) -> str:
        found = self._found.pop(key, missing)
        if isinstance(found, str) and (found.strip() or missing == ""):
            return found
        self._fault(key, _TYPE_WORDS if self._file is None else _WRITE_WORDS)
        return "?"

    def _count(self, key: str) -> int | None:
        found = self._found.pop(key, None)
        if found is None or (isinstance(found, int) and not isinstance(found, bool) and found > 0):
            return found
        self._fault(key, say("write a whole number from 1 on"))
        return None

    def _one(self, key: str, allowed: list[str], missing: str | None) -> str:
        found = self._found.pop(key, missing)
        if found == missing and missing is not None:
            return str(missing)
        if str(found) in allowed and not isinstance(found, bool):
            return str(found)
        self._fault(key, say("write one of {allowed}", allowed=", ".join(allowed)))
        return str(allowed[0])

    def _list(self, key: str, allowed: list[str] | None, missing: tuple[str, ...]) -> tuple[str, ...]:
        found = self._found.pop(key, None)
        if found is None:
            return missing
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            self._fault(key, say("write a list of words in quotation marks"))
            return missing
        if allowed is None:
            return tuple(found)
        strange = [printable(each) for each in found if each not in allowed]
        if strange or not found:
            values = {"strange": ", ".join(strange) or "[]", "allowed": ", ".join(allowed)}
            self._fault(key, say("{strange} is not among {allowed}", **values))
            return missing
        return tuple(dict.fromkeys(found))


_PAGES = {f"{paper}-{lies}": PaperPage(paper, lies) for paper in Paper for lies in Orientation}
PAGE_NAMES: dict[PaperPage, str] = {page: name for name, page in _PAGES.items()}
"""How each page is written in a recipe."""
_OPTIONS = {
    "plans": "plan",
    "languages": "lang",
    "products": "product",
    "pages": "page",
    "formats": "format",
}
"""What the command calls what a recipe calls otherwise."""
_KEYS = (
    "format",
    "region",
    "number",
    "revision",
    "plans",
    "languages",
    "month",
    "measure",
    "view",
    "products",
    "pages",
    "formats",
    "purpose",
    "audience",
    "releaser",
    "marking",
    "precision",
    "clearance",
    "cleared_by",
)


def dumps_recipe(recipe: Recipe) -> str:
    """Return a recipe as the text of its file."""
    release = recipe.release
    entries: dict[str, Any] = {
        "format": FORMAT,
        "region": recipe.region,
        "number": recipe.number,
        "revision": recipe.revision,
        "plans": list(recipe.plans),
        "languages": list(recipe.languages),
        "month": recipe.month,
        "measure": str(recipe.measure),
        "view": str(recipe.view or _DOTS),
        "products": [str(each) for each in recipe.products],
        "pages": [PAGE_NAMES[page] for page in recipe.pages],
        "formats": [str(each) for each in recipe.formats],
        "purpose": release.purpose,
        "audience": release.audience,
        "releaser": release.releaser,
        "marking": str(release.marking),
        "precision": str(release.precision),
        "clearance": str(release.clearance),
        "cleared_by": release.cleared_by or None,
    }
    return "".join(f"{key} = {_toml(value)}\n" for key, value in entries.items() if value is not None)


def _toml(value: Any) -> str:  # noqa: ANN401  whatever a recipe holds
    if isinstance(value, list):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    if isinstance(value, int):
        return str(value)
    marks = {'"': '\\"', "\\": "\\\\"}
    written = "".join(
        marks.get(sign, sign if sign.isprintable() else f"\\U{ord(sign):08X}") for sign in str(value)
    )
    return f'"{written}"'
