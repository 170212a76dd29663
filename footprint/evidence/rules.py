"""Rules that name places and months from what was known, and what a rule names."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

_TIE_DIGITS = 10
"""Scores equal to so many digits are ties: sums of the same numbers in another order differ beyond."""


class RankingRule(StrEnum):
    """A way to name places and months from what was known when the year before ended."""

    LAST_YEAR = "last_12_months"
    WHOLE_RECORD = "whole_record"
    SAME_MONTH = "same_month_last_year"
    PEOPLE = "people"
    ALIKE = "every_place_and_month_alike"
    THREAT = "threat"
    CALENDAR = "threat_with_calendar_where_earned"
    EVERY_CALENDAR = "threat_with_every_calendar"
    BLEND = "blend"


SIMPLE = (
    RankingRule.LAST_YEAR,
    RankingRule.WHOLE_RECORD,
    RankingRule.SAME_MONTH,
    RankingRule.PEOPLE,
    RankingRule.ALIKE,
)
"""Rules that need no tool."""

PER_HEAD = (
    RankingRule.PEOPLE,
    RankingRule.THREAT,
    RankingRule.CALENDAR,
    RankingRule.EVERY_CALENDAR,
    RankingRule.BLEND,
)
"""Rules that need people."""

MONTHLY = (RankingRule.SAME_MONTH, RankingRule.CALENDAR, RankingRule.EVERY_CALENDAR)
"""Rules that tell months apart: they say nothing where no month is known."""


def named(scores: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """
    Return what a rule names: the highest scores, up to a share of all.

    Parameters
    ----------
    scores
        Score of each place and month.
    share
        How much is named [0-1].

    Returns
    -------
    ndarray
        1 where named, 0 where not, and the same in between for all that share the score at the
        edge; the mean is `share`. NaN throughout where scores are not known. Same shape.
    """
    flat = np.ravel(scores).astype(np.float64)
    if not len(flat) or np.isnan(flat).any():
        return np.full(np.shape(scores), np.nan)
    largest = float(np.abs(flat).max())
    flat = np.round(flat / largest, _TIE_DIGITS) if largest > 0 else flat
    quota = share * len(flat)
    edge = np.sort(flat)[::-1][min(int(np.ceil(quota)), len(flat)) - 1]
    above, at = flat > edge, flat == edge
    part = (quota - above.sum()) / at.sum()
    return np.where(above, 1.0, np.where(at, part, 0.0)).reshape(np.shape(scores))
