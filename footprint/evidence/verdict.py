"""ForesightVerdict: does this tool's threat name places worse than the best simple rule?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import nan

import numpy as np
from numpy.typing import NDArray

from footprint.evidence.foresight import Foresight
from footprint.evidence.rules import SIMPLE, RankingRule
from footprint.method import EvidenceNumbers

_LEAST_UNITS = 2
"""Cercles that must be there for a ranking of them to tell anything."""

BAND = (5, 95)
"""Ends of the band [%]."""


class Outcome(StrEnum):
    """What the years say of this tool's threat."""

    FAILS = "fails"
    """Its band lies wholly below what is allowed."""
    CANNOT_TELL = "cannot_tell"
    """Its band is too wide, or incidents or cercles are too few."""
    HOLDS = "holds"
    UNTESTED = "untested"
    """No year has incidents and a year before it, or nobody is known to live there."""


@dataclass(frozen=True, slots=True)
class ForesightVerdict:
    """The threat against the simple rule that caught most, over all years."""

    outcome: Outcome
    best: RankingRule
    difference: float
    """Share of incidents in what the threat named, less that of the best simple rule [-1 to 1]."""
    low: float
    high: float
    """5 and 95 % of that over cercles and years drawn again."""


def verdict(record: Foresight, numbers: EvidenceNumbers) -> ForesightVerdict:
    """
    Hold this tool's threat against the best simple rule.

    Parameters
    ----------
    record
        Every rule on every year.
    numbers
        How far it may fall short, how wide a band still tells something, resamples and seed.

    Returns
    -------
    ForesightVerdict
        Without a year to judge by, numbers are NaN.

    Notes
    -----
    The difference is paired, cercle by cercle and year by year, and both are drawn again with
    replacement. The best simple rule is the one that did best on these very years, which
    favours it.
    """
    if np.isnan(record.pooled(RankingRule.THREAT)):
        return ForesightVerdict(Outcome.UNTESTED, SIMPLE[0], nan, nan, nan)
    best = max((rule for rule in SIMPLE if rule in record.rules), key=record.pooled)
    gained = np.array([each.caught[RankingRule.THREAT] - each.caught[best] for each in record.years])
    events = np.array([each.events for each in record.years])
    low, high = np.percentile(_differences(gained, events, numbers), BAND)
    if record.n_units < _LEAST_UNITS or record.n_events < numbers.events_min:
        outcome = Outcome.CANNOT_TELL
    elif high < -numbers.worse_share:
        outcome = Outcome.FAILS
    elif high - low > numbers.wide_share:
        outcome = Outcome.CANNOT_TELL
    else:
        outcome = Outcome.HOLDS
    return ForesightVerdict(outcome, best, float(gained.sum() / events.sum()), float(low), float(high))


def _differences(
    gained: NDArray[np.float64], events: NDArray[np.float64], numbers: EvidenceNumbers
) -> NDArray[np.float64]:
    """Return the difference over cercles and years drawn again; arrays are (n_years, n_districts)."""
    generator = np.random.default_rng(numbers.seed)
    n_years, n_units = gained.shape
    years = generator.multinomial(n_years, np.full(n_years, 1 / n_years), size=numbers.resamples)
    units = generator.multinomial(n_units, np.full(n_units, 1 / n_units), size=numbers.resamples)
    above = ((years @ gained) * units).sum(axis=1)
    below = ((years @ events) * units).sum(axis=1)
    return np.asarray(above[below > 0] / below[below > 0])
