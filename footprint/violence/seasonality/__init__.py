"""When does violence come back? Seasons that recur year after year, and the profile demand follows."""

from __future__ import annotations

from footprint.violence.seasonality.calendar import (
    Calendar,
    LeftOut,
    MonthSpan,
    Omission,
    disc_calendar,
    quietest_month,
    unit_calendar,
)
from footprint.violence.seasonality.dates import DateWarning, Doubt, date_warnings
from footprint.violence.seasonality.doubt_words import warning_words
from footprint.violence.seasonality.finding import Finding, findings
from footprint.violence.seasonality.foresight import Foretold, Record, foresight, is_forecast, record
from footprint.violence.seasonality.poisson_binomial import poisson_binomial_tail
from footprint.violence.seasonality.power import power
from footprint.violence.seasonality.profile import SeasonalProfile, seasonal_profile
from footprint.violence.seasonality.recurrence import (
    Answer,
    Recurrence,
    Status,
    YearState,
    recurrence,
    recurrent_cells,
)
from footprint.violence.seasonality.scan import Scan, scan
from footprint.violence.seasonality.sentence import caveat, sentence

__all__ = [
    "Answer",
    "Calendar",
    "DateWarning",
    "Doubt",
    "Finding",
    "Foretold",
    "LeftOut",
    "MonthSpan",
    "Omission",
    "Record",
    "Recurrence",
    "Scan",
    "SeasonalProfile",
    "Status",
    "YearState",
    "caveat",
    "date_warnings",
    "disc_calendar",
    "findings",
    "foresight",
    "is_forecast",
    "poisson_binomial_tail",
    "power",
    "quietest_month",
    "record",
    "recurrence",
    "recurrent_cells",
    "scan",
    "seasonal_profile",
    "sentence",
    "unit_calendar",
    "warning_words",
]
