"""Packing: sentences and faults as JSON, to come back from the process that parses."""

from __future__ import annotations

from typing import Any

from layers.characters import printable
from layers.errors import Fault
from layers.sentences import Rounded, Sentence, SentenceValue

_LONGEST = 300
"""Characters of a value of a file that a sentence repeats."""


def packed(value: SentenceValue) -> Any:  # noqa: ANN401  what JSON can carry
    """Return a sentence, or a value in one, as plain lists and texts."""
    match value:
        case Sentence():
            return ["sentence", value.template, {name: packed(each) for name, each in value.values.items()}]
        case Rounded(number, digits):
            return ["rounded", number, digits]
        case int():
            return ["count", value]
        case _:
            return ["text", printable(value)[:_LONGEST]]


def unpacked(content: Any) -> SentenceValue:  # noqa: ANN401  from JSON
    """Return what was packed; a text is cleaned of characters that steer, whoever packed it."""
    match content:
        case ["sentence", str() as template, dict() as values]:
            return Sentence(printable(template), {str(name): unpacked(each) for name, each in values.items()})
        case ["rounded", int() | float() as number, int() as digits]:
            return Rounded(float(number), digits)
        case ["count", int() as count]:
            return count
        case ["text", str() as text]:
            return printable(text)
        case _:
            raise ValueError("no packed sentence")


def sentence(content: Any) -> Sentence:  # noqa: ANN401  from JSON
    """Return a packed sentence; raise ValueError if it is none."""
    value = unpacked(content)
    if not isinstance(value, Sentence):
        raise ValueError("no packed sentence")  # noqa: TRY004  what JSON holds is a matter of its value
    return value


def packed_fault(fault: Fault) -> Any:  # noqa: ANN401  what JSON can carry
    """Return a fault as plain lists and texts."""
    return [fault.file, fault.column, fault.row, fault.rows, packed(fault.problem), packed(fault.remedy)]


def unpacked_fault(content: Any) -> Fault:  # noqa: ANN401  from JSON
    """Return a fault that was packed; raise ValueError if it is none."""
    file, column, row, rows, problem, remedy = content
    return Fault(
        printable(str(file)),
        sentence(problem),
        sentence(remedy),
        column=printable(str(column)),
        row=None if row is None else int(row),
        rows=int(rows),
    )
