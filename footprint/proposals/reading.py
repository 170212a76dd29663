"""Reading: a proposal from its file; every fault at once, and nothing silently left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from footprint.proposals.decoding import decoded, read_bytes
from footprint.proposals.faults import (
    MISSPELT_FIELD,
    NOT_AMONG,
    NOT_ASKED_FOR,
    ONE_LINE,
    OTHER_FORM,
    OTHER_FORMAT,
    OUT_OF_RANGE,
    STEERING,
    TOO_LONG,
    TOO_MANY,
    UNKNOWN_FIELD,
    UNREADABLE_LINE,
    WRONG_KIND,
    FormFault,
    ProposalError,
)
from footprint.proposals.form import Ask, Proposal, ask_of
from layers.characters import printable, steers
from layers.formats.forbidden import forbidden_kind
from layers.months import months_mask
from layers.sentences import Sentence, SentenceValue, say

FORMAT = 1
"""Version of the proposal's file."""

KIND = "footprint-proposal"
"""What the file says it is."""

MOST_SIGNS = 20_000
MOST_ENTRIES = 200
MOST_FAULTS = 100
"""Faults named of one file; with more of them it is no proposal that somebody filled in."""

_SYNTAX_FAULTS = 20
_SHOWN = 60
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")

Part = TypeVar("Part")
Texts = tuple[Sentence, Sentence]


def load_proposal(path: Path) -> Proposal:
    """Read a proposal's file; see `loads_proposal`."""
    return loads_proposal(read_bytes(path), path.name)


def loads_proposal(content: bytes, file: str) -> Proposal:
    """
    Read a proposal from the bytes of its file.

    Parameters
    ----------
    content
        As they were stored or sent, in UTF-8, UTF-16 or UTF-32.
    file
        Its name, for messages.

    Returns
    -------
    Proposal
        Fields that are left out or empty are not stated.

    Raises
    ------
    ProposalError
        With every fault: a file of another kind, lines that cannot be read, fields that are not
        there, answers that are none.
    """
    text = decoded(content, file)
    reader = _Reader(file)
    table = reader.parsed(text)
    reader.check_kind(table)
    proposal = reader.part(Proposal, {key: table[key] for key in table if key not in {"format", "kind"}}, "")
    if reader.faults:
        raise ProposalError(reader.faults[:MOST_FAULTS])
    return proposal


class _Reader:
    """Reads parts of one file, and gathers what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[FormFault] = []

    def fault(self, place: str, texts: Texts, **values: SentenceValue) -> None:
        problem, remedy = (
            each.having(**{name: value for name, value in values.items() if f"{{{name}}}" in each.template})
            for each in texts
        )
        self.faults.append(FormFault(self.file, printable(place), problem, remedy))

    def parsed(self, text: str) -> dict[str, Any]:
        """Return the tables of the text; a line that cannot be read is a fault, and the rest is read."""
        other = _looks_like(text)
        if other is not None:
            self.fault("", OTHER_FORM, what=other)
            raise ProposalError(self.faults)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for _ in range(_SYNTAX_FAULTS):
            try:
                return tomllib.loads("\n".join(lines))
            except (ValueError, RecursionError) as error:
                found = _AT.search(str(error))
                line = int(found[1]) if found else len(lines)
                self.fault("", UNREADABLE_LINE, line=line, column=int(found[2]) if found else 1)
                if not found or line > len(lines) or not lines[line - 1].strip():
                    break
                lines[line - 1] = ""
        raise ProposalError(self.faults)

    def check_kind(self, table: dict[str, Any]) -> None:
        """Refuse a file of another kind or format before its fields are looked at."""
        if table.get("kind") != KIND:
            self.fault("kind", OTHER_FORM, what=say("a file of settings of another program"))
        elif table.get("format") != FORMAT:
            self.fault("format", OTHER_FORMAT, format=_shown(table.get("format", "")), known=FORMAT)
        else:
            return
        raise ProposalError(self.faults)

    def part(self, kind: type[Part], table: object, place: str) -> Part:
        """Return one part of the form from a table of the file."""
        if not isinstance(table, dict):
            self.fault(place, WRONG_KIND["table"], value=_shown(table))
            table = {}
        hints, values = get_type_hints(kind), dict[str, Any]()
        known = {own.name: own for own in fields(kind)}  # type: ignore[arg-type]  # a dataclass of the form
        for name, value in table.items():
            here = f"{place}.{name}" if place else name
            if name not in known:
                self._unknown(name, here, list(known))
            elif not (isinstance(value, str) and not value.strip()):
                values[name] = self._field(known[name], hints[name], value, here)
        return kind(**values)

    def _unknown(self, name: str, place: str, known: list[str]) -> None:
        near = get_close_matches(name, known, 1)
        if forbidden_kind(name):
            self.fault(place, NOT_ASKED_FOR)
        elif near:
            self.fault(place, MISSPELT_FIELD, near=near[0])
        else:
            self.fault(place, UNKNOWN_FIELD)

    def _field(self, own: Field[Any], hint: Any, value: object, place: str) -> Any:  # noqa: ANN401
        """Return one field's value, or its empty one with a fault."""
        try:
            return self._value(without_none(hint), ask_of(own), value, place)
        except _Refusal as refusal:
            self.fault(place, refusal.texts, **refusal.values)
            return own.default

    def _value(self, hint: Any, ask: Ask, value: object, place: str) -> Any:  # noqa: ANN401
        if get_origin(hint) is tuple:
            return tuple(self._entries(get_args(hint)[0], ask, value, place))
        if isinstance(hint, type) and is_dataclass(hint):
            return self.part(hint, value, place)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return _choice(hint, value)
        read = _READERS[ask.form or hint.__name__]
        return read(value, ask)

    def _entries(self, hint: Any, ask: Ask, value: object, place: str) -> Iterator[Any]:  # noqa: ANN401
        if not isinstance(value, list):
            raise _Refusal(WRONG_KIND["list" if hint is str else "table"], value=_shown(value))
        if len(value) > MOST_ENTRIES:
            raise _Refusal(TOO_MANY, most=MOST_ENTRIES)
        for number, each in enumerate(value, start=1):
            here = f"{place} {number}"
            try:
                yield _text(each, ask) if hint is str else self.part(hint, each, here)
            except _Refusal as refusal:
                self.fault(here, refusal.texts, **refusal.values)


class _Refusal(Exception):  # noqa: N818 - it is caught where it is raised, and becomes a fault
    """An answer that is none."""

    def __init__(self, texts: Texts, **values: SentenceValue) -> None:
        super().__init__()
        self.texts, self.values = texts, values


def without_none(hint: Any) -> Any:  # noqa: ANN401
    """Return a type without its None."""
    inner = [each for each in get_args(hint) if each is not NoneType]
    return inner[0] if NoneType in get_args(hint) else hint


def _shown(value: object) -> str:
    """Return a value as a message names it: short, in one line."""
    text = printable(value if isinstance(value, str) else repr(value))
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f"“{text}”"


def _looks_like(text: str) -> Sentence | None:
    """Return what a text is that is clearly no form, None where it may be one."""
    start = text.lstrip()[:2000]
    if start.startswith("{") and '"changes"' in text:
        return say("a scenario")
    if start.startswith("{"):
        return say("a document for other programs")
    if start.startswith("<"):
        return say("a web page or a map")
    first = start.split("\n", 1)[0]
    if "=" not in start and max(first.count(sign) for sign in ",;\t") > 1:
        return say("a table")
    if "=" not in text:
        return say("plain text")
    return None


def _text(value: object, ask: Ask) -> str:
    if not isinstance(value, str):
        raise _Refusal(WRONG_KIND["text"], value=_shown(value))
    if not ask.long and "\n" in value:
        raise _Refusal(ONE_LINE)
    if steers(value.replace("\n", "")):
        raise _Refusal(STEERING)
    if len(value) > MOST_SIGNS:
        raise _Refusal(TOO_LONG, most=MOST_SIGNS)
    return value


def _number(value: object, ask: Ask) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Refusal(WRONG_KIND["number"], value=_shown(value))
    return float(_ranged(value, ask))


def _whole(value: object, ask: Ask) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Refusal(WRONG_KIND["whole"], value=_shown(value))
    return int(_ranged(value, ask))


def _ranged(value: float, ask: Ask) -> float:
    least, most = ask.at_least, ask.at_most
    low = least is not None and value < least
    high = most is not None and value > most
    if low or high or (isinstance(value, float) and not isfinite(value)):
        raise _Refusal(OUT_OF_RANGE, value=_shown(value), least=f"{least:g}", most=f"{most:g}")
    return value


def _yes_no(value: object, _: Ask) -> bool:
    if not isinstance(value, bool):
        raise _Refusal(WRONG_KIND["yes_no"], value=_shown(value))
    return value


def _day(value: object, _: Ask) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _Refusal(WRONG_KIND["day"], value=_shown(value)) from None


def _month(value: object, _: Ask) -> date:
    found = _MONTH.fullmatch(value if isinstance(value, str) else "")
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (year and 1 <= month <= 12):  # noqa: PLR2004  December
        raise _Refusal(WRONG_KIND["month"], value=_shown(value))
    return date(year, month, 1)


def _months(value: object, _: Ask) -> int:
    try:
        mask = months_mask(value) if isinstance(value, str) else 0
    except ValueError:
        mask = 0
    if not mask:
        raise _Refusal(WRONG_KIND["months"], value=_shown(value))
    return mask


def _choice(kind: type[StrEnum], value: object) -> StrEnum:
    try:
        return kind(value if isinstance(value, str) else "")
    except ValueError:
        raise _Refusal(NOT_AMONG, value=_shown(value), known=", ".join(kind)) from None


_READERS: dict[str, Callable[[object, Ask], Any]] = {
    "str": _text,
    "float": _number,
    "int": _whole,
    "bool": _yes_no,
    "date": _day,
    "month": _month,
    "months": _months,
}
"""How each type of field is read."""
