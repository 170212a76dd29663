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
        raise ScenarioError(f"{path.name} is no scenario file: it is not UTF-8 text") from error
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
    faults = []
    if content.get("area_id") != area.area_id:
        faults.append(f"the scenario is for area {content.get('area_id')!r}, this is {area.area_id!r}")
    name = content.get("name", "")
    if not isinstance(name, str) or not name.isprintable():
        faults.append("the scenario's name is no text in one line")
    changes = []
    for number, entry in enumerate(content["changes"], start=1):
        try:
            changes.append(_read_change(number, entry))
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(*faults)
    return Loaded(Scenario(name, tuple(changes)), stale=content.get("area_digest") != area.digest)


def _parsed(text: str) -> dict[str, Any]:
    """Return the content of a scenario file, or say that it is none."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise ScenarioError(f"this is no scenario file: line {error.lineno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise ScenarioError(
            "this is no scenario file: a number is too long, or lists are too deep"
        ) from error
    if (
        not isinstance(content, dict)
        or content.get("format") != FORMAT
        or not isinstance(content.get("changes"), list)
    ):
        raise ScenarioError(f"this is no scenario file of format {FORMAT}")
    return content


def _read_change(number: int, entry: object) -> Change:
    if not isinstance(entry, dict) or str(entry.get("change")) not in KINDS:
        raise ScenarioError(
            f"change {number}: there is no such kind of change; there are: {', '.join(KINDS)}"
        )
    kind = KINDS[str(entry["change"])]
    given = {name: value for name, value in entry.items() if name != "change"}
    specs = kind.__dataclass_fields__
    faults = [f"{kind.__name__} has no field {name}" for name in sorted(given.keys() - specs.keys())]
    faults += [
        f"{kind.__name__} lacks {name}"
        for name, spec in sorted(specs.items())
        if spec.default is MISSING and name not in given
    ]
    values = {}
    for name, value in given.items():
        try:
            values[name] = _read_value(specs[name].type, value) if name in specs else None
        except (ValueError, OverflowError) as error:
            faults.append(f"{name}: {error}")
    if faults:
        raise ScenarioError(*(f"change {number}: {fault}" for fault in faults))
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
        raise ValueError(f"{value!r} is no {kind}")
    if isinstance(value, str) and not value.isprintable():
        raise ValueError("a text holds a line break or another sign that cannot be printed")
    return reader(value)
