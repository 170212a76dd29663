"""Scenario files: changes written out with the baseline they were drawn on, and read back with care."""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Any

from footprint.errors import ScenarioError
from footprint.scenario.changes import KINDS, Change, Scenario, plain
from layers import Area
from layers.sites import SiteKind

FORMAT = 1
"""Version of the scenario file."""


def save(scenario: Scenario, path: Path, *, area: Area) -> None:
    """Write `scenario` as a JSON file that names the baseline it was drawn on."""
    path.write_text(dumps(scenario, area=area), encoding="utf-8")


def dumps(scenario: Scenario, *, area: Area) -> str:
    """Return `scenario` as the text of a scenario file."""
    said = {
        "format": FORMAT,
        "name": scenario.name,
        "area_id": area.area_id,
        "area_digest": area.digest,
        "changes": plain(scenario.changes),
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


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
        If it is no scenario file of this area, or a change is not one we know.
    """
    try:
        said = json.loads(text)
    except json.JSONDecodeError as error:
        raise ScenarioError(f"this is no scenario file: line {error.lineno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise ScenarioError(
            "this is no scenario file: a number is too long, or lists are too deep"
        ) from error
    if (
        not isinstance(said, dict)
        or said.get("format") != FORMAT
        or not isinstance(said.get("changes"), list)
    ):
        raise ScenarioError(f"this is no scenario file of format {FORMAT}")
    if said.get("area_id") != area.area_id:
        raise ScenarioError(f"the scenario is for area {said.get('area_id')!r}, this is {area.area_id!r}")
    name = said.get("name", "")
    if not isinstance(name, str) or not name.isprintable():
        raise ScenarioError("the scenario's name is no text in one line")
    changes = tuple(_read_change(number, entry) for number, entry in enumerate(said["changes"], start=1))
    return Loaded(Scenario(name, changes), stale=said.get("area_digest") != area.digest)


def _read_change(number: int, entry: object) -> Change:
    if not isinstance(entry, dict) or str(entry.get("change")) not in KINDS:
        raise ScenarioError(
            f"change {number}: there is no such kind of change; there are: {', '.join(KINDS)}"
        )
    kind = KINDS[str(entry["change"])]
    given = {name: value for name, value in entry.items() if name != "change"}
    kinds = {name: spec.type for name, spec in kind.__dataclass_fields__.items()}
    unknown = sorted(given.keys() - kinds.keys())
    if unknown:
        raise ScenarioError(f"change {number}: {kind.__name__} has no field {', '.join(unknown)}")
    missing = sorted(
        name
        for name, spec in kind.__dataclass_fields__.items()
        if spec.default is MISSING and name not in given
    )
    if missing:
        raise ScenarioError(f"change {number}: {kind.__name__} lacks {', '.join(missing)}")
    try:
        made: Change = kind(**{name: _read_value(kinds[name], value) for name, value in given.items()})
    except (ValueError, OverflowError) as error:
        raise ScenarioError(f"change {number}: {error}") from error
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
