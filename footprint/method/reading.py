"""Reading: the method's file, checked to the last entry; whatever is wrong is named with its path."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from footprint.errors import MethodError
from layers.sentences import Sentence, as_typed, say

LEAF_PARTS = ("value", "min", "max", "unit", "source", "label")
"""Keys of a number in the file: all of them, and no other."""

SECTIONS = (
    "travel",
    "demand",
    "reporting",
    "tasking",
    "hotspots",
    "seasonality",
    "evidence",
    "proposals",
    "options",
    "uncertainty",
)
"""Tables of numbers, each read into a class whose fields are called as its keys."""

LARGEST = 1e15
"""No number of a method is larger; counts beyond it are no longer exact."""

Section = TypeVar("Section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A number of the file, its range and words, checked."""

    value: float
    minimum: float
    maximum: float
    unit: str
    source: str
    label: str


def shown(value: object) -> str:
    """Return a value as a message names it: short, in one line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004  a line's worth


def refuse(faults: Iterable[Sentence]) -> None:
    """Raise `MethodError` with every fault, if there is any."""
    found = list(faults)
    if found:
        raise MethodError(*found)


def table(parent: Mapping[str, Any], key: str, path: str = "") -> dict[str, Any]:
    """Return the table under a key, or say that there is none."""
    here = f"{path}.{key}" if path else key
    entry = parent.get(key)
    if not isinstance(entry, dict):
        raise MethodError(say("{key} is {value}; it must be a table", key=here, value=shown(entry)))
    return entry


def text(entry: Mapping[str, Any], key: str, path: str, *, allowed: Collection[str] | None = None) -> str:
    """Return the words under a key, one of those `allowed` if there are such, or say what is wrong."""
    value = entry.get(key)
    if isinstance(value, str) and value.strip() and (allowed is None or value in allowed):
        return value
    known = None if allowed is None else sorted(allowed)
    if not isinstance(value, str) or not (value.strip() or (known is not None and "" in known)):
        if known is None:
            raise MethodError(no_text(f"{path}.{key}", value))
        raise MethodError(
            say(
                "{key} is {value}; it must be text, one of: {known}",
                key=f"{path}.{key}",
                value=shown(value),
                known=_listed(known),
            )
        )
    if known is not None and value not in known:
        raise MethodError(
            say(
                "{key} is {value}; it must be one of: {known}",
                key=f"{path}.{key}",
                value=shown(value),
                known=_listed(known),
            )
        )
    return value


def texts(value: object, path: str, *, allowed: Iterable[str]) -> tuple[str, ...]:
    """Return a list of words, each one of those `allowed`, not empty and without repeats."""
    known = sorted(allowed)
    if not isinstance(value, list) or not value:
        raise MethodError(
            say(
                "{key} is {value}; it must be a list of: {known}",
                key=path,
                value=shown(value),
                known=_listed(known),
            )
        )
    wrong = [each for each in value if not isinstance(each, str) or each not in known]
    if wrong:
        raise MethodError(
            say(
                "{key} names {value}; it may name: {known}",
                key=path,
                value=shown(wrong[0]),
                known=_listed(known),
            )
        )
    if len(set(value)) < len(value):
        raise MethodError(say("{key} is {value}; it must name each but once", key=path, value=shown(value)))
    return tuple(value)


def flag(entry: Mapping[str, Any], key: str, path: str) -> bool:
    """Return a switch, off where it is not there."""
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise MethodError(
            say("{key} is {value}; it must be true or false", key=f"{path}.{key}", value=shown(value))
        )
    return value


def only(entry: Mapping[str, Any], known: Iterable[str], path: str) -> None:
    """Refuse keys that nobody reads: a misspelt one would else act as if it were not there."""
    names = set(known)
    if names.issuperset(entry):
        return
    refuse(
        say(
            "{key} is {value}; there is no such key, there are: {known}",
            key=f"{path}.{key}" if path else key,
            value=shown(entry[key]),
            known=_listed(sorted(names)),
        )
        for key in entry
        if key not in names
    )


def number(value: object) -> float | None:
    """Return a finite number, None for anything that only looks like one."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        return None
    return float(value) + 0.0  # no negative zero


def leaves(tables: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path and entry of every number below some tables, checked or not."""
    for key, entry in tables.items():
        if isinstance(entry, dict):
            here = f"{path}.{key}" if path else key
            if "value" in entry:
                yield here, entry
            else:
                yield from leaves(entry, here)


def leaf(path: str, entry: Mapping[str, Any], sources: Mapping[str, str]) -> Leaf:
    """Return one number of the file, or raise `MethodError` with its path, value and range."""
    only(entry, LEAF_PARTS, path)
    low, high, value = (number(entry.get(key)) for key in ("min", "max", "value"))
    if low is None or low < 0:
        raise MethodError(
            say(
                "{key} is {value}; it must be a number from {least} to {most}",
                key=f"{path}.min",
                value=shown(entry.get("min")),
                least=0,
                most=as_typed(LARGEST),
            )
        )
    if high is None or high < low:
        raise MethodError(
            say(
                "{key} is {value}; it must be a number from min, {least}, on",
                key=f"{path}.max",
                value=shown(entry.get("max")),
                least=as_typed(low),
            )
        )
    unit, label = text(entry, "unit", path), text(entry, "label", path)
    source = text(entry, "source", path, allowed=sources)
    if value is None or not low <= value <= high:
        raise MethodError(
            out_of_range(
                path,
                entry["value"],
                Leaf(value=low, minimum=low, maximum=high, unit=unit, source=source, label=label),
            )
        )
    return Leaf(value=value, minimum=low, maximum=high, unit=unit, source=source, label=label)


def out_of_range(path: str, value: object, known: Leaf) -> Sentence:
    """Say that a value is none for a number: its path, the value, and the range."""
    return say(
        "{key} is {value} {unit}; it must be a number from {least} to {most}",
        key=path,
        value=as_typed(value) if isinstance(value, float) else shown(value),
        unit=Sentence(known.unit),
        least=as_typed(known.minimum),
        most=as_typed(known.maximum),
    )


def no_text(path: str, value: object) -> Sentence:
    """Say that a value is no text."""
    return say("{key} is {value}; it must be text", key=path, value=shown(value))


def missing(path: str) -> Sentence:
    """Say that a number is missing."""
    return say("{key} is missing; it must be a number", key=path)


def section(kind: type[Section], name: str, values: Mapping[str, float]) -> Section:
    """
    Return a table of numbers as its class: one field for each key, and no other.

    Parameters
    ----------
    kind
        Dataclass whose fields are float, int, or mappings of numbers with all their `keys` named.
    name
        Table of the file.
    values
        Value of every number by path.

    Raises
    ------
    MethodError
        If a number is missing, none is read, or one that counts is not whole; all are named.
    """
    own = {
        path.removeprefix(f"{name}."): value for path, value in values.items() if path.startswith(f"{name}.")
    }
    arguments: dict[str, Any] = {}
    faults: list[Sentence] = []
    read: set[str] = set()
    for spec in fields(kind):  # type: ignore[arg-type]
        if "keys" in spec.metadata:
            keys = {f"{spec.name}.{key}": str(key) for key in spec.metadata["keys"]}
            arguments[spec.name] = {key: own[path] for path, key in keys.items() if path in own}
            read |= keys.keys() & own.keys()
            faults += [missing(f"{name}.{path}") for path in keys if path not in own]
        elif spec.name not in own:
            faults.append(missing(f"{name}.{spec.name}"))
        else:
            read.add(spec.name)
            value = own[spec.name]
            arguments[spec.name] = int(value) if spec.type == "int" else value
            if spec.type == "int" and value != int(value):
                faults.append(
                    say(
                        "{key} is {value}; it must be a whole number",
                        key=f"{name}.{spec.name}",
                        value=as_typed(value),
                    )
                )
    faults += [
        say("{key} is {value}; nothing reads it", key=f"{name}.{key}", value=as_typed(own[key]))
        for key in own
        if key not in read
    ]
    refuse(faults)
    return kind(**arguments)


def _listed(known: list[str]) -> str:
    return ", ".join(each or '""' for each in known)
