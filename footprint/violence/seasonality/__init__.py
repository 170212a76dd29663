"""When does violence come back? Seasons that recur year after year, and the profile demand follows."""

from __future__ import annotations

from footprint.violence.seasonality.calendar import (
    Calendar,
    LeftOut,
    Omission,
    SeasonYears,
    disc_calendar,
    district_calendar,
    quietest_month,
)
from footprint.violence.seasonality.poisson_binomial import poisson_binomial_tail
from footprint.violence.seasonality.profile import SeasonalProfile, seasonal_profile
from footprint.violence.seasonality.recurrence import (
    Recurrence,
    Status,
    YearState,
    recurrence,
    recurrent_cells,
)
from footprint.violence.seasonality.sentence import Finding, caveat, findings, sentence

__all__ = [
    "Calendar",
    "Finding",
    "LeftOut",
    "Omission",
    "Recurrence",
    "SeasonYears",
    "SeasonalProfile",
    "Status",
    "YearState",
    "caveat",
    "disc_calendar",
    "district_calendar",
    "findings",
    "poisson_binomial_tail",
    "quietest_month",
    "recurrence",
    "recurrent_cells",
    "seasonal_profile",
    "sentence",
]
