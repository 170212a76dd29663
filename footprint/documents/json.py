"""JSON: a document as text for other programs: no NaN, no infinity, nothing but what it declares."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from footprint.scenario.changes import KINDS, plain

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def to_json(document: DataclassInstance) -> str:
    """
    Return a document as text.

    Raises
    ------
    TypeError
        If it holds what no document may: a number of another library, a frame.
    ValueError
        If a number is NaN or infinite: a gap is None, with a reason.
    """
    return json.dumps(_part(document), ensure_ascii=False, allow_nan=False, indent=2)


@cache
def _fields(kind: type[DataclassInstance]) -> tuple[tuple[str, bool], ...]:
    """Return the names of a part's fields, and which of them stand for fields of their own."""
    return tuple((each.name, bool(each.metadata.get("flat"))) for each in fields(kind))


def _part(part: DataclassInstance) -> dict[str, Any]:
    """Return a part of a document as an object, its keys in the order of its fields."""
    if type(part).__name__ in KINDS:
        return plain((part,))[0]  # type: ignore[arg-type]  # it is a change, by its kind
    content: dict[str, Any] = {}
    for name, flat in _fields(type(part)):
        if flat:
            content |= _part(getattr(part, name))
        else:
            content[name] = _value(getattr(part, name))
    return content


def _value(value: object) -> Any:  # noqa: ANN401  what JSON can carry
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _value(each) for name, each in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return _part(value)
    raise TypeError(f"{value!r} cannot stand in a document")
