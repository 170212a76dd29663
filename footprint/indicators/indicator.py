"""Indicators: the shares of demand that a review ends in, each with its names, meaning and direction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from footprint.language import msgid

SHARE = "share of demand"
"""Unit of every indicator so far: 0-1 of the demand of a unit."""


class Indicator(StrEnum):
    """
    What a review says of a unit, a month or a cell, in the order of its tables.

    Examples
    --------
    >>> Indicator.FORCE, Indicator("B2").short, Indicator.MISSION.higher_is_better
    (<Indicator.FORCE: 'FF'>, 'Tier II', True)
    """

    FORCE = "FF"
    MISSION = "MF"
    TIER_1 = "B1"
    TIER_2 = "B2"
    TIER_3 = "B3"
    CIRCLE = "FF0"
    FORCE_GROUND = "FG"

    @property
    def label(self) -> str:
        """Name in full, an English sentence of the catalogues."""
        return _WORDS[self].label

    @property
    def short(self) -> str:
        """Name where there is little room, an English sentence of the catalogues."""
        return _WORDS[self].short

    @property
    def meaning(self) -> str:
        """What it counts, in one line, as documents say it."""
        return _WORDS[self].meaning

    @property
    def unit(self) -> str:
        """Unit of its values, as documents say it."""
        return _WORDS[self].unit

    @property
    def higher_is_better(self) -> bool:
        """Whether the lowest season is the worst."""
        return _WORDS[self].higher_is_better


@dataclass(frozen=True, slots=True)
class _Words:
    """One row of the table of indicators."""

    label: str
    short: str
    meaning: str
    unit: str = SHARE
    higher_is_better: bool = True


_WORDS = {
    Indicator.FORCE: _Words(
        msgid("Force footprint"), msgid("Force"), "Force footprint: where troops could arrive in time"
    ),
    Indicator.MISSION: _Words(
        msgid("Mission footprint"), msgid("Mission"), "Mission footprint: weighted mean of B1, B2 and B3"
    ),
    Indicator.TIER_1: _Words(
        msgid("Tier I: dialogue and engagement"), msgid("Tier I"), "tier I, dialogue and engagement"
    ),
    Indicator.TIER_2: _Words(
        msgid("Tier II: physical protection"),
        msgid("Tier II"),
        "tier II, physical protection; never above FF",
    ),
    Indicator.TIER_3: _Words(
        msgid("Tier III: protective environment"), msgid("Tier III"), "tier III, protective environment"
    ),
    Indicator.CIRCLE: _Words(
        msgid("What a circle map would say"), msgid("Circle map"), "what a circle map would say"
    ),
    Indicator.FORCE_GROUND: _Words(
        msgid("Force footprint by ground"),
        msgid("Force by ground"),
        "Force footprint without what comes by air alone; never above FF",
    ),
}
