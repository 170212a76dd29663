"""Scenario files: changes written out with the baseline they were drawn on, and read back with care."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Any

from footprint.errors import ScenarioError
from footprint.scenario.changes import KINDS, Change, Scenario, plain
from layers import Area
from layers.sentences import Sentence, say
from layers.sites import SiteKind

FORMAT = 1
"""Version of the scenario file."""


def dumps(scenario: Scenario, *, area: Area, provenance: Mapping[str, Any]) -> str:
    """
    Return `scenario` as the text of a file that names the baseline it was drawn on.

    Parameters
    ----------
    scenario
        The changes.
    area
        The baseline.
    provenance
        What its review rested on when it was saved, for whoever reads the file.
    """
    content = {
        "format": FORMAT,
        "name": scenario.name,
        "area_id": area.area_id,
        "area_digest": area.digest,
        "provenance": dict(provenance),
        "changes": plain(scenario.changes),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario read from a file."""

    scenario: Scenario
    stale: bool
    """Whether the baseline's files have changed since it was saved."""


def load(path: Path, *, area: Area) -> Loaded:
    """Read a scenario file; see `loads`."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ScenarioError(
            say("{file} is no scenario file: it is not UTF-8 text", file=path.name)
        ) from error
    return loads(text, area=area)


def loads(text: str, *, area: Area) -> Loaded:
    """
    Read the text of a scenario file.

    Raises
    ------
    ScenarioError
        If it is no scenario file of this area, or changes are not ones we know: every fault.
    """
    content = _parsed(text.removeprefix("\ufeff"))
    faults: list[Sentence] = []
    if content.get("area_id") != area.area_id:
        faults.append(
            say(
                "the scenario is for area {theirs}, this is {ours}",
                theirs=repr(content.get("area_id")),
                ours=repr(area.area_id),
            )
        )
    name = content.get("name", "")
    if not isinstance(name, str) or not name.isprintable():
        faults.append(say("the scenario's name is no text in one line"))
    changes = []
    for number, entry in enumerate(content["changes"], start=1):
        try:
            changes.append(_read_change(number, entry))
        except ScenarioError as error:
            faults += error.sentences
    if faults:
        raise ScenarioError(*faults)
    return Loaded(Scenario(name, tuple(changes)), stale=content.get("area_digest") != area.digest)


def _parsed(text: str) -> dict[str, Any]:
    """Return the content of a scenario file, or say that it is none."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise ScenarioError(
            say("this is no scenario file: line {line}: {reason}", line=str(error.lineno), reason=error.msg)
        ) from error
    except (ValueError, RecursionError) as error:
        raise ScenarioError(
            say("this is no scenario file: a number is too long, or lists are too deep")
        ) from error
    if (
        not isinstance(content, dict)
        or content.get("format") != FORMAT
        or not isinstance(content.get("changes"), list)
    ):
        raise ScenarioError(say("this is no scenario file of format {format}", format=str(FORMAT)))
    return content


def _read_change(number: int, entry: object) -> Change:
    if not isinstance(entry, dict) or str(entry.get("change")) not in KINDS:
        raise ScenarioError(
            say(
                "change {number}: {fault}",
                number=str(number),
                fault=say("there is no such kind of change; there are: {known}", known=", ".join(KINDS)),
            )
        )
    kind = KINDS[str(entry["change"])]
    given = {name: value for name, value in entry.items() if name != "change"}
    specs = kind.__dataclass_fields__
    faults = [
        say("{kind} has no field {field}", kind=kind.__name__, field=name)
        for name in sorted(given.keys() - specs.keys())
    ]
    faults += [
        say("{kind} lacks {field}", kind=kind.__name__, field=name)
        for name, spec in sorted(specs.items())
        if spec.default is MISSING and name not in given
    ]
    values = {}
    for name, value in given.items():
        try:
            values[name] = _read_value(specs[name].type, value) if name in specs else None
        except ScenarioError as error:
            faults += [say("{field}: {fault}", field=name, fault=fault) for fault in error.sentences]
    if faults:
        raise ScenarioError(
            *(say("change {number}: {fault}", number=str(number), fault=fault) for fault in faults)
        )
    made: Change = kind(**values)
    return made


def _read_value(kind: str, value: object) -> object:
    """Read one field of a change as its declared kind, refusing what only looks like it."""
    readers: dict[str, tuple[type | tuple[type, ...], Any]] = {
        "str": (str, str),
        "int": (int, int),
        "float": ((int, float), float),
        "bool": (bool, bool),
        "SiteKind": (str, SiteKind),
    }
    allowed, reader = readers[kind]
    if not isinstance(value, allowed) or (kind in {"int", "float"} and isinstance(value, bool)):
        raise ScenarioError(say("{value} is no {kind}", value=repr(value), kind=kind))
    if isinstance(value, str) and not value.isprintable():
        raise ScenarioError(say("a text holds a line break or another sign that cannot be printed"))
    try:
        return reader(value)
    except ValueError:
        raise ScenarioError(
            say("{value} is none of: {known}", value=repr(value), known=", ".join(SiteKind))
        ) from None
    except OverflowError:
        raise ScenarioError(say("{value} is out of range", value=repr(value)[:40])) from None
