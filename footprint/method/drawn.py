"""Drawn: the numbers that are not known exactly, and how far from the method's own each may lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from footprint.errors import MethodError
from footprint.method.reading import LEAF_PARTS, missing, only, refuse, shown, text
from layers.sentences import say


class Law(StrEnum):
    """How a drawn number lies between its limits."""

    TRIANGULAR = "triangular"
    """Most likely at the method's own number, falling in a line to both limits."""
    UNIFORM = "uniform"


class DrawnName(StrEnum):
    """What is drawn."""

    TIME = "time"
    HELICOPTER_SPEED = "helicopter_speed"
    HELICOPTER_NOTICE = "helicopter_notice"
    AVAILABILITY = "availability"
    HALF_LIFE = "half_life"
    PEOPLE_SHARE = "people_share"
    SHRINKAGE = "shrinkage"
    TIER_WEIGHT = "tier_weight"
    LOCATION = "location"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A number that is drawn: times the method's own, or a distance for places."""

    name: DrawnName
    label: str
    law: Law
    low: float
    """Least [times the method's own number; km for places]."""
    high: float
    """Most, in the same unit."""

    @property
    def centre(self) -> float:
        """The value under which a draw is the method itself: once its number, no distance."""
        return 0.0 if self.name is DrawnName.LOCATION else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertaintyNumbers:
    """Numbers that bands rest on; fields are called as in the file."""

    draws: int
    seed: int
    low_share: float
    """Share of the draws below a band [0-1]."""
    high_share: float
    """Share of the draws up to the top of a band [0-1]."""
    told_apart_share: float
    """Share of the draws in which one of two plans must be better to be told from the other [0-1]."""
    cells_share: Mapping[str, float] = field(
        metadata={"keys": ("area_force", "area_mission", "part_force", "part_mission")}
    )
    """Difference of two plans that moving the cells by half a side makes by itself [share of need]."""


def drawn(key: str, entry: dict[str, Any], values: Mapping[str, float]) -> Drawn:
    """Return a number that is drawn; `values` are those of the whole file by path."""
    path = f"drawn.{key}"
    only(entry, {"label", "law", "low", "high"}, path)
    refuse(
        missing(f"{path}.{name}")
        if name not in entry
        else say(
            "{key} is {value}; it must have {parts}",
            key=f"{path}.{name}",
            value=shown(entry[name]),
            parts=", ".join(LEAF_PARTS),
        )
        for name in ("low", "high")
        if f"{path}.{name}" not in values
    )
    law = Law(text(entry, "law", path, allowed=list(Law)))
    low, high = values[f"{path}.low"], values[f"{path}.high"]
    if not low <= high:
        raise MethodError(say("{key} is more than {other}", key=f"{path}.low", other=f"{path}.high"))
    return Drawn(name=DrawnName(key), label=text(entry, "label", path), law=law, low=low, high=high)


def refuse_names(entries: Mapping[str, Any]) -> None:
    """Refuse a table of drawn numbers that lacks one, or has one that nothing reads."""
    only(entries, list(DrawnName), "drawn")
    refuse(
        say("{key} is missing; it must be a table", key=f"drawn.{name}")
        for name in DrawnName
        if name not in entries
    )
