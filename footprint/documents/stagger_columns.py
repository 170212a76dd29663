"""Columns of staggering: what stands in documents about mobile units."""

from __future__ import annotations

from footprint.documents.columns import Column
from footprint.indicators.indicator import SHARE

_MONTHS, _UNITS = "months", "units"

NO_BOUND = "not known: the search ended before there was a bound"
NOTHING_ADDED = "the units add nothing, so that no share of it can be told"

STAGGER: dict[str, Column] = {
    "UnitAssetRow.kind": Column("", "kind of asset"),
    "UnitAssetRow.count": Column("assets", "how many each unit brings"),
    "StayRules.units": Column(_UNITS, "mobile units, all alike"),
    "StayRules.assets": Column("", "what each unit brings"),
    "StayRules.stay_min_months": Column(_MONTHS, "a unit stays at least"),
    "StayRules.stay_max_months": Column(_MONTHS, "a unit stays at most"),
    "StayRules.rest_months": Column(_MONTHS, "a unit rests after each stay"),
    "StayRules.notice_months": Column(_MONTHS, "a unit is on the way before each stay"),
    "StayRules.mean_share": Column("-", "weight of the mean of the year; the rest is the worst season's"),
    "StayRules.calendar": Column("", "whether need follows the calendar of return where it has earned it"),
    "StayRow.unit": Column("-", "which unit begins it, from 1"),
    "StayRow.units": Column("-", "which unit in each month, of a year from the area's first month on"),
    "StayRow.months": Column("1-12", "in their order, every year"),
    "StayRow.adds": Column(SHARE, "fall of the figure raised without this stay", decimals=9),
    "MobilePlaceRow.lon": Column("°", "longitude", decimals=5),
    "MobilePlaceRow.lat": Column("°", "latitude", decimals=5),
    "MobilePlaceRow.usable_months": Column("1-12", "in which another site reaches it by road or boat"),
    "MobilePlaceRow.held_months": Column("1-12", "in which a unit stands there"),
    "UnitsMonthRow.month": Column("1-12", "month"),
    "UnitsMonthRow.out": Column(_UNITS, "at places"),
    "UnitsMonthRow.on_the_way": Column(_UNITS, "on the way to a place"),
    "UnitsMonthRow.resting": Column(_UNITS, "at rest after a stay"),
    "UnitsMonthRow.free": Column(_UNITS, "with nothing to do"),
    "UnitsMonthRow.mission_without": Column(SHARE, "Mission footprint of the objectives as things stand"),
    "UnitsMonthRow.mission_with": Column(SHARE, "the same with the units"),
    "StaggerDocument.status": Column("", "how the search ended"),
    "StaggerDocument.seconds": Column("s", "that the search took", decimals=1),
    "StaggerDocument.mission_known": Column("", "false: figures are of what is there at least"),
    "StaggerDocument.mission_without": Column(SHARE, "figure raised, as things stand", decimals=9),
    "StaggerDocument.mission_with": Column(SHARE, "figure raised, with the units", decimals=9),
    "StaggerDocument.bound": Column(SHARE, "what no stays within the limits exceed", decimals=9),
    "StaggerDocument.gap": Column("share of what is added", "that other stays could add more at most"),
    "StaggerDocument.rotates": Column("", "whether units change roles from year to year"),
}
"""Columns of documents about mobile units, by "Table.column"."""
