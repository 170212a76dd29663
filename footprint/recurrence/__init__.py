"""When does violence come back? Seasons that recur year after year, and the profile demand follows."""

from __future__ import annotations

from footprint.recurrence.calendar import (
    Calendar,
    LeftOut,
    Omission,
    Span,
    district_calendar,
    disc_calendar,
    quietest_month,
)
from footprint.recurrence.poisson_binomial import poisson_binomial_tail
from footprint.recurrence.profile import Profile, seasonal_profile
from footprint.recurrence.recurrence import Recurrence, Status, YearState, recurrence, recurrent_cells
from footprint.recurrence.scan import ScanSettings
from footprint.recurrence.sentence import Finding, caveat, findings, sentence

__all__ = [
    "Calendar",
    "Finding",
    "LeftOut",
    "Omission",
    "Profile",
    "Recurrence",
    "ScanSettings",
    "Span",
    "Status",
    "YearState",
    "caveat",
    "district_calendar",
    "disc_calendar",
    "findings",
    "poisson_binomial_tail",
    "quietest_month",
    "recurrence",
    "recurrent_cells",
    "seasonal_profile",
    "sentence",
]
