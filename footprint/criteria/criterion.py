"""Criterion: what an option can be held against, in which unit, and whether more of it is better."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import nan

from footprint.language import msgid

NOTHING = msgid("Do nothing")
"""The option that is always there."""


class Criterion(StrEnum):
    """What options are held against, in the order in which they stand in a matrix."""

    FORCE_MEAN = "force_mean"
    FORCE_WORST = "force_worst"
    MISSION_MEAN = "mission_mean"
    MISSION_WORST = "mission_worst"
    TIER_1_MEAN = "tier_1_mean"
    TIER_2_MEAN = "tier_2_mean"
    TIER_3_MEAN = "tier_3_mean"
    LIKE_FOR_LIKE = "like_for_like"
    WORST_REGION = "worst_region"
    BEYOND_BUNDLE = "people_beyond_bundle"
    BEYOND_SURGERY = "people_beyond_surgery"
    RESPONSE = "response"
    RESPONSE_BY_LAND = "response_by_land"
    RING = "ring_people"
    ESCORTS = "escort_days"
    ONE_OFF = "one_off_usd"
    RECURRENT = "recurrent_usd"

    @property
    def label(self) -> str:
        """What it is called, a message of the catalogue."""
        return _TOLD[self][0]

    @property
    def unit(self) -> str:
        """Unit of its values."""
        return _TOLD[self][1]

    @property
    def more_is_better(self) -> bool:
        """Whether the option with most of it is the best by it, or that with least."""
        return _TOLD[self][2]


_NEED, _PERSONS, _ALERTS, _DAYS, _USD = "share of need", "persons", "share of alerts", "days/month", "USD"

_TOLD: dict[Criterion, tuple[str, str, bool]] = {
    Criterion.FORCE_MEAN: (msgid("Force, mean of the year"), _NEED, True),
    Criterion.FORCE_WORST: (msgid("Force, worst season"), _NEED, True),
    Criterion.MISSION_MEAN: (msgid("Mission, mean of the year"), _NEED, True),
    Criterion.MISSION_WORST: (msgid("Mission, worst season"), _NEED, True),
    Criterion.TIER_1_MEAN: (msgid("Tier I, mean of the year"), _NEED, True),
    Criterion.TIER_2_MEAN: (msgid("Tier II, mean of the year"), _NEED, True),
    Criterion.TIER_3_MEAN: (msgid("Tier III, mean of the year"), _NEED, True),
    Criterion.LIKE_FOR_LIKE: (msgid("Force less tier II: what can arrive and not act"), _NEED, False),
    Criterion.WORST_REGION: (msgid("Change of the {region} that loses most, worst season"), _NEED, True),
    Criterion.BEYOND_BUNDLE: (msgid("People beyond the limit of any bundle"), _PERSONS, False),
    Criterion.BEYOND_SURGERY: (msgid("People beyond the limit to surgery"), _PERSONS, False),
    Criterion.RESPONSE: (
        msgid("Past attacks to which anybody could have come within the limit, by air too: no protection"),
        _ALERTS,
        True,
    ),
    Criterion.RESPONSE_BY_LAND: (
        msgid(
            "Past attacks to which anybody could have come within the limit by land or water: no protection"
        ),
        _ALERTS,
        True,
    ),
    Criterion.RING: (msgid("People in the ring to be watched"), _PERSONS, False),
    Criterion.ESCORTS: (msgid("Escort days asked, a month"), _DAYS, False),
    Criterion.ONE_OFF: (msgid("One-off cost"), _USD, False),
    Criterion.RECURRENT: (msgid("Cost a year"), f"{_USD}/year", False),
}
"""Label, unit, and whether more is better."""


@dataclass(frozen=True, slots=True)
class CriterionValue:
    """What one option comes to by one criterion."""

    criterion: Criterion
    value: float
    """In the criterion's unit; NaN where not known."""
    why: str = ""
    """Why it is not known, a message of the catalogue; "" where it is."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What an option costs, stated from outside; NaN where nobody states it."""

    one_off_usd: float = nan
    recurrent_usd: float = nan
    """A year."""
