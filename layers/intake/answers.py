"""Answers: what a person says about a file, by keys that a question names and a command takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from layers.foreign.seen import ColumnContent
from layers.formats.geopko_units import Strength
from layers.intake.fields import TARGETS
from layers.intake.ground import read_reference
from layers.intake.words import ASSET_KINDS
from layers.population import RasterUnit
from layers.sentences import Sentence, say
from layers.sites import Confidence

GROUPS = ("column", "value", "asset", "word", "empty", "content", "option", "ledger")
"""First words of keys that have a second."""
_TWICE = "word"
EMPTY = "empty"
"""Group of answers about empty cells of fields of words, whatever they are written as."""
LEAVE_OUT = "leave_out"
"""Answer that leaves rows with an empty cell out."""
_ALONE = ("layer", "order", "first", "commas", "dots", "swapped", "reference")
_ABOUT = ">"
"""Parts the name of a sheet or a file from the key of what is said of it alone."""
_EITHER = {"column": "value.{}", "value": "column.{}", "empty": "word.{}."}
"""A field is read from a column or the same for all rows: what is said later takes the place of the other.
What empty cells mean can be said in two ways as well."""
NOT_STATED = "not stated"
LEDGER = ("title", "origin", "date", "licence", "confidence", "invented", "note")
NOTHING = "nothing"
"""Layer of a sheet of which nothing is taken."""
_CHOICES = {
    "layer": (*TARGETS, "population", NOTHING),
    "ledger.confidence": tuple(map(str, Confidence)),
    "ledger.invented": ("no", "partly", "yes"),
    "swapped": ("yes", "no"),
    "order": ("day", "month"),
    "first": ("latitude", "longitude"),
    "commas": ("decimals", "thousands"),
    "dots": ("decimals", "thousands"),
    "option.unit": tuple(map(str, RasterUnit)),
    "option.strength": tuple(map(str, Strength)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """Something that only a person can say."""

    key: str
    """As `Answers` takes it, such as "value.geo_precision"."""
    asks: Sentence
    choices: tuple[str, ...] = ()
    """Answers allowed; none where any text will do."""
    suggested: str = ""
    """What the file hints at, "" where nothing does."""


class AnswerError(ValueError):
    """An answer that cannot be one; `problem` says why."""

    def __init__(self, problem: Sentence) -> None:
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person said of one file, or of one sheet of it."""

    stated: Mapping[str, str] = field(default_factory=dict)
    """By key."""
    sheet: str = ""
    """Name of the sheet or of the file that they are about, or file and sheet as `about` writes them; "" for
    every sheet."""
    leaves_out: bool = False
    """Whether rows that cannot be taken are left out."""
    replaces: bool = False
    """Whether what stands for the layer gives way."""
    edition_of: str = ""
    """Name of the normalised form of the file that this is the next edition of, which alone gives way; ""
    for none."""
    as_before: bool = False
    """Whether they only repeat that nothing was taken of such a sheet before."""

    def of(self, group: str) -> dict[str, str]:
        """Return the answers of a group by their second word."""
        start = f"{group}."
        return {key.removeprefix(start): text for key, text in self.stated.items() if key.startswith(start)}

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """Return by field what cells mean."""
        made: dict[str, dict[str, str]] = {}
        for key, text in self.of(_TWICE).items():
            name, _, cell = key.partition(".")
            made.setdefault(name, {})[cell] = text
        for name, text in self.of(EMPTY).items():
            if text:
                made.setdefault(name, {})[""] = "" if text == LEAVE_OUT else text
        return made

    def choice(self, key: str) -> bool | None:
        """Return whether the first of the two choices of a key was made, None where neither was."""
        said = self.stated.get(key)
        return None if said is None else said == _CHOICES[key][0]


def read_answers(
    texts: Iterable[str], *, sheet: str = "", leaves_out: bool = False, replaces: bool = False
) -> Answers:
    """
    Return answers from texts such as "value.geo_precision=1".

    Raises
    ------
    AnswerError
        If a text is no key and value, or its key is not known.

    Examples
    --------
    >>> read_answers(["layer=sites", "word.kind.Base=camp"]).words
    {'kind': {'Base': 'camp'}}
    """
    stated = {}
    for text in texts:
        # A cell may hold "=", so what stands behind the last one is the answer.
        key, equals, value = text.rpartition("=") if text.startswith(f"{_TWICE}.") else text.partition("=")
        problem = answer_fault(key, value) if equals else say("{text} is no KEY=VALUE", text=repr(text))
        if problem is not None:
            raise AnswerError(problem)
        stated[key] = value
    return Answers(stated=stated, sheet=sheet, leaves_out=leaves_out, replaces=replaces)


def scoped_answers(
    texts: Iterable[str], *, sheet: str = "", leaves_out: bool = False, replaces: bool = False
) -> list[Answers]:
    """
    Return answers of which some are about one sheet or one file: "Planned>layer=nothing".

    Parameters
    ----------
    texts
        Such as "layer=sites", "Planned>layer=nothing", "rivers.geojson>ledger.origin=…" and
        "list.xlsx>Planned>layer=nothing".
    sheet, leaves_out, replaces
        Of all that name no sheet or file.

    Returns
    -------
    list of Answers
        What is said of all first, then what is said of less, which wins.

    Raises
    ------
    AnswerError
        As of `read_answers`.

    Examples
    --------
    >>> [(each.sheet, dict(each.stated)) for each in scoped_answers(["Planned>layer=nothing"])]
    [('', {}), ('Planned', {'layer': 'nothing'})]
    """
    of_all, parts = list[str](), dict[str, list[str]]()
    for text in texts:
        where, rest = _scope(text)
        (parts.setdefault(where, []) if where else of_all).append(rest)
    return [
        read_answers(of_all, sheet=sheet, leaves_out=leaves_out, replaces=replaces),
        *(read_answers(parts[where], sheet=where) for where in sorted(parts, key=lambda w: w.count(_ABOUT))),
    ]


def _scope(text: str) -> tuple[str, str]:
    """Return which sheet or file a text is about, "" where it names none, and what it says of it."""
    if is_key(text.partition("=")[0]):
        return "", text
    for at in (n for n, letter in enumerate(text) if letter == _ABOUT):
        if is_key(text[at + 1 :].partition("=")[0]):
            return text[:at], text[at + 1 :]
    return "", text


def about(file: str, sheet: str = "") -> str:
    """Return how answers name a file, or one of its sheets."""
    return f"{file}{_ABOUT}{sheet}" if sheet else file


def _is_about(scope: str, sheet: str, file: str) -> bool:
    return scope in {"", sheet, file, about(file, sheet)}


def is_key(key: str) -> bool:
    """Tell whether something of a file is said by this key."""
    group, point, second = key.partition(".")
    return key in _ALONE or bool(
        point and second and group in GROUPS and (group != "ledger" or second in LEDGER)
    )


_NO_REFERENCE = say(
    "{value} is no reference system that is known here; write one such as EPSG:32636, UTM 36N or UTM 36M"
)


def answer_fault(key: str, value: str) -> Sentence | None:
    """Return why something said of a file can be no answer, None where it can."""
    group = key.partition(".")[0]
    choices = tuple(map(str, ColumnContent)) if group == "content" else _CHOICES.get(key, ())
    if choices and value not in choices:
        return say("{key} is one of: {choices}", key=key, choices=", ".join(choices))
    if key == "reference" and read_reference(value) is None:
        return _NO_REFERENCE.having(value=repr(value))
    if (fault := _no_year(key, value)) is not None:
        return fault
    kind = key.removeprefix("asset.")
    if group == "asset" and kind not in ASSET_KINDS:
        known = ", ".join(ASSET_KINDS)
        return say("there is no kind of asset {kind}; there are: {known}", kind=repr(kind), known=known)
    if is_key(key):
        return None
    known = ", ".join([*_ALONE, *(f"{each}.…" for each in GROUPS)])
    return say("{key} is no key that is known; known are {known}", key=repr(key), known=known)


def _no_year(key: str, value: str) -> Sentence | None:
    """Return what is wrong with the year of a raster, or with a day that names none."""
    if key == "option.year" and not is_year(value):
        return say("{value} is no year from 1900 to 2100", value=repr(value))
    if key != "ledger.date" or not value or value in _NO_DATE or _YEAR.search(value):
        return None
    ask = say("{value} names no year; write a year or a day, or: {none}")
    return ask.having(value=repr(value), none=NOT_STATED)


def is_year(text: str) -> bool:
    """
    Tell whether a text is a year that people of a raster can be of.

    Examples
    --------
    >>> [is_year(each) for each in ("2020", "1899", "CC BY 4.0", "")]
    [True, False, False, False]
    """
    return text.isascii() and text.isdigit() and int(text) in range(_FIRST_YEAR, _LAST_YEAR + 1)


_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_NO_DATE = frozenset({NOT_STATED, "non indiqué"})
_YEAR = re.compile(r"(?<!\d)(1[5-9]|20)\d\d(?!\d)")


def other_key(key: str) -> str:
    """
    Return the key whose answer gives way to that of another, "" where none does.

    Examples
    --------
    >>> [other_key(key) for key in ("column.name", "empty.kind", "word.kind.", "word.kind.Base", "layer")]
    ['value.name', 'word.kind.', 'empty.kind', '', '']
    """
    group, _, name = key.partition(".")
    if group == _TWICE:
        return f"{EMPTY}.{name[:-1]}" if name.endswith(".") and name.count(".") == 1 else ""
    return _EITHER[group].format(name) if group in _EITHER else ""


def merged(answers: Iterable[Answers], sheet: str, file: str = "") -> Answers:
    """Return all that is said of a sheet of a file as one; what was said later wins."""
    fitting = [each for each in answers if _is_about(each.sheet, sheet, file)]
    stated: dict[str, str] = {}
    for key, text in (pair for each in fitting for pair in each.stated.items()):
        if text or key.startswith(f"{_TWICE}."):
            stated.pop(other_key(key), None)
        stated[key] = text
    return Answers(
        stated=stated,
        sheet=sheet,
        leaves_out=any(each.leaves_out for each in fitting),
        replaces=any(each.replaces for each in fitting),
        edition_of=next((each.edition_of for each in reversed(fitting) if each.edition_of), ""),
        as_before=any(each.as_before for each in fitting),
    )
