"""Terms: how much each group of stakeholders makes of each criterion, and what options cost: one file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import nan
from pathlib import Path

from footprint.criteria.criterion import Costs, Criterion
from footprint.errors import FootprintError
from layers.sentences import Sentence, say

_COSTS = ("one_off_usd", "recurrent_usd")
MOST = 10**15
"""Largest weight, and largest cost [USD], as in a table of choices: beyond it somebody mistyped."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Weights by group, and costs by option."""

    weights: Mapping[str, Mapping[Criterion, float]] = field(default_factory=dict)
    costs: Mapping[str, Costs] = field(default_factory=dict)


def load_terms(path: Path) -> Terms:
    """
    Read a TOML file of weights and costs.

    Parameters
    ----------
    path
        A table `weights."GROUP"` with a number from 0 to `MOST` for each criterion that the group weighs,
        and a table `costs."OPTION"` with `one_off_usd` and `recurrent_usd`; either may be left out, and
        what is left out is not known.

    Raises
    ------
    FootprintError
        With every fault of the file.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise FootprintError(
            say("{file} cannot be read: {reason}", file=path.name, reason=str(error))
        ) from error
    faults: list[Sentence] = [
        say("{file}: nobody knows {name}; there are weights and costs", file=path.name, name=repr(name))
        for name in content.keys() - {"weights", "costs"}
    ]
    weights = _tables(content, "weights", tuple(Criterion), faults)
    costs = _tables(content, "costs", _COSTS, faults)
    if faults:
        raise FootprintError(*faults)
    return Terms(
        {group: {Criterion(name): each for name, each in own.items()} for group, own in weights.items()},
        {
            option: Costs(own.get("one_off_usd", nan), own.get("recurrent_usd", nan))
            for option, own in costs.items()
        },
    )


def _tables(
    content: Mapping[str, object], name: str, known: tuple[str, ...], faults: list[Sentence]
) -> dict[str, dict[str, float]]:
    """Return the tables under a name, and add what is wrong with them to `faults`."""
    tables = content.get(name, {})
    if not isinstance(tables, dict):
        faults.append(say("{name} must be tables, each with a name", name=name))
        return {}
    found: dict[str, dict[str, float]] = {}
    for title, own in tables.items():
        where = f'{name}."{title}"'
        if not isinstance(own, dict):
            faults.append(say("{name} must be tables, each with a name", name=where))
            continue
        for key, value in own.items():
            if key not in known:
                faults.append(
                    say(
                        "{where}: nobody knows {name}; there are: {known}",
                        where=where,
                        name=repr(key),
                        known=", ".join(known),
                    )
                )
            elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST:
                faults.append(
                    say(
                        "{where}: {name} must be a number from 0 to {most}",
                        where=where,
                        name=key,
                        most=MOST,
                    )
                )
            else:
                found.setdefault(title, {})[key] = float(value)
        found.setdefault(title, {})
    return found
