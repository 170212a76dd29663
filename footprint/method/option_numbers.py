"""Numbers of options: how long to search, what counts as another plan, and costs that are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.method.parts import Component


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionNumbers:
    """Numbers that the search for plans rests on, and costs that are invented; called as in the file."""

    seconds: float
    """Time to search for the best plan [s]."""
    gap_share: float
    """Search ends where no plan can be better by more than this share [0-1]."""
    within_share: float
    """How far an alternative may fall short of the best [0-1]."""
    differ_share: float
    """Share of the changed sites in which two alternatives differ at least [0-1]."""
    alternatives: int
    """Plans offered beside one another, at most."""
    frontier_steps: int
    """Budgets for which the best plan is sought."""
    stay_min_months: int
    """Months a mobile unit stays in one place at least [months]."""
    stay_max_months: int
    """Months it stays in one place at most [months]."""
    rest_months: int
    """Months it rests after each stay [months]."""
    site_one_off_usd: float
    """Building a new site [US dollars]."""
    site_recurrent_usd: float
    """Running a site for a year, whatever stands there [US dollars]."""
    site_posts: int
    """Posts of a site, whatever stands there."""
    close_usd: float
    """Closing a site [US dollars]."""
    one_off_usd: Mapping[str, float] = field(metadata={"keys": Component})
    """Settling in one asset, by component [US dollars]."""
    recurrent_usd: Mapping[str, float] = field(metadata={"keys": Component})
    """Running one asset for a year, by component [US dollars]."""
    posts: Mapping[str, float] = field(metadata={"keys": Component})
    """Posts of one asset, by component."""
