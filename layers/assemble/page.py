"""Reading a hand-written TOML file so that every fault in it is told at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from layers.errors import Fault
from layers.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Page:
    """One file being read, and the list its faults go to."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def blame(self, key: str, problem: Sentence, remedy: Sentence) -> None:
        """State a fault of one key, named with the tables it stands in."""
        self.faults.append(Fault(self.file, problem, remedy, column=key))

    def table(self, content: Mapping[str, Any], key: str, *, needed: bool = False) -> dict[str, Any]:
        """Return the table under a key of the file, empty where there is none; a fault if it is needed."""
        found, below = content.get(key, {}), say("Write [{key}] and, below it, its keys.", key=key)
        if not isinstance(found, dict):
            self.blame(key, say("it is no table"), below)
            return {}
        if needed and not found:
            self.blame(key, say("the table is missing or empty"), below)
        return found

    def only(self, table: Mapping[str, Any], within: str, known: Collection[str]) -> None:
        """State a fault for every key of a table that is not known: a misspelt one would say nothing."""
        for key in table:
            if key not in known:
                remedy = say("Known are {known}.", known=", ".join(known))
                self.blame(f"{within}.{key}", say("the key is not known"), remedy)

    def text(self, table: Mapping[str, Any], within: str, key: str, *, default: str | None = None) -> str:
        """Return a text, or its default; a fault where there is neither."""
        value = table.get(key, default)
        if isinstance(value, str) and (value or default is not None):
            return value
        remedy = say('Write {key} = "{value}".', key=key, value="…")
        self.blame(f"{within}.{key}", say("it is missing or no text"), remedy)
        return ""
