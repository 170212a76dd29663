"""
Plans left: how exactly somebody who holds every release can know the sites of each plan.

The log holds neither places nor names, but which plan left under which profile. Under `Precision.STRICT` and
`Precision.PUBLIC` a planned site stands at its unit's label, under the finer profiles in a square. Whoever
holds two releases of one plan knows what both allow: the square of the finer one, as far as it lies in the
unit that the coarser one names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from footprint.disclosure import Precision
from footprint.provenance import keyed
from footprint.releases.entries import BEGIN, SEAL
from footprint.releases.log import Content
from footprint.releases.profiles import COUNTED
from footprint.scenario import Scenario

_ORDER = list(Precision)
"""The coarsest first."""


@dataclass(frozen=True, slots=True)
class PlanLeft:
    """What left of one plan of an area."""

    plan_id: str
    """Hash of its changes under this user's secret."""
    numbers: tuple[str, ...]
    """Number and revision of each release, in the order of the log, each once."""
    profiles: tuple[Precision, ...]
    """Of each release, in the order of the log."""

    @property
    def finest(self) -> Precision:
        """The most exact profile under which it left."""
        return max(self.profiles, key=_ORDER.index)

    @property
    def narrowing_pairs(self) -> int:
        """Pairs of which the coarser one narrows the finer: to the part of a square in the unit it names."""
        return sum(self.profiles.count(coarse) for coarse in COUNTED) * self.profiles.count(
            Precision.INTERNAL
        )


def plans_left(contents: Sequence[Content], area_id: str, secret: bytes) -> tuple[PlanLeft, ...]:
    """
    Return every plan of an area that left, in the order of the log.

    Parameters
    ----------
    contents
        Entries of the log.
    area_id
        Identifier of the area.
    secret
        Under which hashes of places leave where profiles hide places.

    Returns
    -------
    tuple of PlanLeft
        The first plan of each set alone: the log names no others. Today's sites are none.
    """
    today = keyed(Scenario("").scenario_id, secret)
    found: dict[str, list[Content]] = {}
    for content in contents:
        begun = contents[content["begin"]] if content.get("kind") == SEAL else {}
        if begun.get("kind") == BEGIN and begun.get("area") == area_id:
            own = str(json.loads(begun["provenance"])["scenario_id"])
            plan = own if Precision(begun["profile"]) in COUNTED else keyed(own, secret)
            if plan != today:
                found.setdefault(plan, []).append(begun)
    return tuple(
        PlanLeft(
            plan_id=plan,
            numbers=tuple(dict.fromkeys(f"{each['number']} ({each['revision']})" for each in entries)),
            profiles=tuple(Precision(each["profile"]) for each in entries),
        )
        for plan, entries in found.items()
    )
