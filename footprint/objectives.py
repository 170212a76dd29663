"""Objectives: what the mission is for, each with its own scope, measure and weights."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from footprint.errors import ObjectiveError

TIERS = 3

_SLACK = 1e-6
"""How far weights may be off one: three thirds in decimals do not add up to it."""


_KINDS = {"name": dict, "regions": list, "decided": bool, "tier_weights": list}
"""Keys of an objective whose kind nothing else would check."""


class Measure(StrEnum):
    """Whose need counts: people, threat to people, or a blend of the two."""

    BLEND = "blend"
    PEOPLE = "people"
    THREAT = "threat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A strategic objective with a mandate reference, a scope and weights."""

    objective_id: str
    names: tuple[tuple[str, str], ...]
    """Name in each language, as pairs of language and text."""
    mandate: str
    regions: tuple[str, ...]
    """First-level units in its scope."""
    weight: float
    """Weight among the objectives [0-1]; set by mission leadership."""
    decided: bool
    """Whether leadership has set the weight; if not, results say so."""
    measure: Measure
    tier_weights: tuple[float, float, float]

    def name(self, language: str) -> str:
        """Return the name in `language`, or in the first language given."""
        return dict(self.names).get(language, self.names[0][1])


def load_objectives(folder: Path) -> tuple[Objective, ...]:
    """
    Read the objectives that come with an area.

    Parameters
    ----------
    folder
        Area folder with a file `objectives.toml`.

    Raises
    ------
    ObjectiveError
        If the file is missing or an objective makes no sense; all faults are named.
    """
    from layers.sentences import say  # noqa: PLC0415 - layers take seconds to import

    path = folder / "objectives.toml"
    if not path.is_file():
        raise ObjectiveError(
            say(
                "{folder}: there is no objectives.toml; a review needs at least one objective",
                folder=folder.name,
            )
        )
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig"))["objective"]
        objectives = tuple(_objective(row) for row in rows)
    except ObjectiveError:
        raise
    except KeyError as error:
        raise ObjectiveError(
            say("objectives.toml: {key} is missing; see the README of the data", key=str(error))
        ) from error
    except (OSError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ObjectiveError(
            say("objectives.toml: it cannot be read: {reason}", reason=str(error))
        ) from error
    check_objectives(objectives)
    return objectives


def check_objectives(objectives: tuple[Objective, ...]) -> None:
    """Raise `ObjectiveError` unless weights add up to one, over objectives and over tiers."""
    from layers.sentences import as_typed, say  # noqa: PLC0415 - layers take seconds to import

    faults = [
        say("{objective}: tier weights must be from 0 to 1 and add up to 1", objective=objective.objective_id)
        for objective in objectives
        if not (min(objective.tier_weights) >= 0 and abs(sum(objective.tier_weights) - 1) <= _SLACK)
    ]
    ids = [objective.objective_id for objective in objectives]
    faults += [
        say("objective {objective} stands twice", objective=repr(name))
        for name in sorted({name for name in ids if ids.count(name) > 1})
    ]
    faults += [
        say("an objective cannot have the id {objective}; give it one of its own", objective=repr(name))
        for name in ids
        if not name or name in list(Measure)
    ]
    faults += [
        say("{objective}: it names no region", objective=objective.objective_id)
        for objective in objectives
        if not objective.regions
    ]
    total = sum(objective.weight for objective in objectives)
    if not (abs(total - 1) <= _SLACK and all(objective.weight >= 0 for objective in objectives)):
        faults.append(
            say(
                "the objectives' weights must be from 0 to 1 and add up to 1; they add up to {total}",
                total=as_typed(total),
            )
        )
    if faults:
        raise ObjectiveError(*faults)


def _objective(row: dict[str, Any]) -> Objective:
    from layers.sentences import say  # noqa: PLC0415 - layers take seconds to import

    objective = str(row["id"])
    for key, kind in _KINDS.items():
        if not isinstance(row[key], kind):
            raise ObjectiveError(
                say(
                    "objectives.toml: {objective}: {key} is {value}, which is of the wrong kind",
                    objective=objective,
                    key=key,
                    value=repr(row[key]),
                )
            )
    if not row["name"]:
        raise ObjectiveError(say("objectives.toml: {objective}: it has no name", objective=objective))
    if len(row["tier_weights"]) != TIERS or row["measure"] not in list(Measure):
        raise ObjectiveError(
            say(
                "objectives.toml: {objective}: it needs {n} tier_weights, and a measure that is one of"
                " {known}, not {value}",
                objective=objective,
                n=TIERS,
                known=", ".join(Measure),
                value=repr(row["measure"]),
            )
        )
    first, second, third = (float(weight) for weight in row["tier_weights"])
    return Objective(
        objective_id=objective,
        names=tuple((str(code), str(text)) for code, text in row["name"].items()),
        mandate=str(row["mandate"]),
        regions=tuple(str(unit) for unit in row["regions"]),
        weight=float(row["weight"]),
        decided=bool(row["decided"]),
        measure=Measure(row["measure"]),
        tier_weights=(first, second, third),
    )
