"""Write a catalogue as TOML, the same bytes for the same content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(content: Mapping[str, Any]) -> str:
    """
    Return content as TOML.

    Parameters
    ----------
    content
        Texts, numbers, truths, days, lists of such, tables, and lists of tables.

    Returns
    -------
    str
        Each table under its own head, a list of tables as one head for each; tables inside a list
        inside one of those stand on their line.

    Examples
    --------
    >>> print(toml_text({"a": {"b": 1, "c": [{"d": "e"}]}}), end="")
    [a]
    b = 1
    <BLANKLINE>
    [[a.c]]
    d = "e"
    """
    return "\n\n".join("\n".join(block) for block in _blocks(content, ()) if block) + "\n"


def _blocks(table: Mapping[str, Any], within: tuple[str, ...], head: str = "") -> Iterator[list[str]]:
    """Yield the lines of a table that are its own, then those of each table in it."""
    inner = {key: value for key, value in table.items() if isinstance(value, Mapping) or _tables(value)}
    own = [f"{toml_key(key)} = {toml_value(value)}" for key, value in table.items() if key not in inner]
    if own or (head and not inner):
        yield [head, *own] if head else own
    elif head.startswith("[["):
        yield [head]
    for key, value in inner.items():
        path = (*within, key)
        name = ".".join(map(toml_key, path))
        if isinstance(value, Mapping):
            yield from _blocks(value, path, f"[{name}]")
        else:
            for each in value:
                yield from _blocks(each, path, f"[[{name}]]")


def _tables(value: object) -> bool:
    return (
        isinstance(value, list | tuple) and bool(value) and all(isinstance(each, Mapping) for each in value)
    )


def toml_key(key: str) -> str:
    """Return a key as TOML writes it."""
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def toml_value(value: object) -> str:
    """Return a value as TOML writes it, a table on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # A JSON string is a basic string of TOML, escapes included, but for the one control it lets be.
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
        case date():
            return value.isoformat()
        case Mapping():
            return "{ " + ", ".join(f"{toml_key(k)} = {toml_value(v)}" for k, v in value.items()) + " }"
        case list() | tuple():
            return f"[{', '.join(map(toml_value, value))}]"
        case _:
            return repr(value)
