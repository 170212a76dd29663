"""Writing: a proposal as the text of its file, every field with what belongs there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from footprint.language import Language
from footprint.proposals.form import Ask, Proposal, ask_of
from footprint.proposals.reading import FORMAT, KIND, without_none
from layers.months import ALL_MONTHS, months_in

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def dumps_proposal(proposal: Proposal, language: Language) -> str:
    """
    Return a proposal as the text of a file that reads back as the same proposal.

    Parameters
    ----------
    proposal
        An empty one gives the empty form.
    language
        Of the comments; names of fields and answers are the same in every language.
    """
    text = language.text
    lines = [
        f"# {text('Proposal of a change to the mission footprint')}",
        f"# {text('Leave an answer empty where it is not known: what is not known is not nought.')}",
        f"# {text('Never a person’s name, ethnicity, religion or affiliation.')}",
        f"kind = {_written(KIND)}",
        f"format = {FORMAT}",
        *_part(proposal, "", language),
    ]
    return "\n".join(lines) + "\n"


def _part(part: DataclassInstance, place: str, language: Language) -> Iterator[str]:
    """Yield the lines of one part: its own answers, then the parts within it."""
    hints, inner = get_type_hints(type(part)), list[Field[Any]]()
    for own in fields(part):
        hint = without_none(hints[own.name])
        if is_dataclass(hint) or (get_origin(hint) is tuple and is_dataclass(get_args(hint)[0])):
            inner.append(own)
            continue
        yield f"{own.name} = {_answer(getattr(part, own.name), ask_of(own))}  # {_about(own, hint, language)}"
    for own in inner:
        value, here = getattr(part, own.name), f"{place}.{own.name}" if place else own.name
        yield ""
        yield f"# {language.text(ask_of(own).about)}"
        if isinstance(value, tuple):
            yield from _blocks(value, get_args(hints[own.name])[0], here, language)
        else:
            yield f"[{here}]"
            yield from _part(value, here, language)


def _blocks(
    values: tuple[Any, ...], kind: type[DataclassInstance], place: str, language: Language
) -> Iterator[str]:
    """Yield one block for each entry; without any an empty one as a comment, to be filled in."""
    for each in values:
        yield f"[[{place}]]"
        yield from _part(each, place, language)
    if not values:
        yield f"# {language.text('Take away the # before the lines of a block to fill it in.')}"
        yield f"# [[{place}]]"
        yield from (f"# {line}" for line in _part(kind(), place, language))


def _about(own: Field[Any], hint: Any, language: Language) -> str:  # noqa: ANN401  any type of the form
    """Return what belongs in a field, with the answers to choose among where there are such."""
    about = language.text(ask_of(own).about)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return f"{about}: {', '.join(hint)}"
    return f"{about}: true, false" if hint is bool else about


def _answer(value: object, ask: Ask) -> str:
    match value:
        case None:
            return '""'
        case date() if ask.form == "month":
            return _written(value.isoformat()[: len("2019-10")])
        case int() if ask.form == "months":
            return _written("all" if value == ALL_MONTHS else ",".join(map(str, months_in(value))))
        case tuple():
            return f"[{', '.join(map(_written, value))}]"
        case _:
            return _written(value)


def _written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case int() | float():
            return repr(value)
        case _:
            # What JSON escapes, a basic string of TOML escapes alike.
            return json.dumps(str(value), ensure_ascii=False)
