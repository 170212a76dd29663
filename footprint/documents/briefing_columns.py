"""Columns of what a briefing tells, by "Table.column"."""

from __future__ import annotations

from footprint.documents.columns import Column
from footprint.indicators.indicator import SHARE

BRIEFING: dict[str, Column] = {
    "BriefingTerms.revision": Column("revisions", "of the map or report, as the office counts them"),
    "BriefingDocument.month": Column("1-12", "month that its maps show"),
    "BriefedMonthRow.need": Column("share of all demand", "in the unit, in the month"),
    "BriefedMonthRow.force": Column(SHARE, "Force footprint: where troops could arrive in time"),
    "BriefedMonthRow.mission": Column(SHARE, "Mission footprint: weighted mean of the three tiers"),
    "BriefedYearRow.seasons": Column(SHARE, "mean of each season, by its identifier; null where not known"),
    "BriefedYearRow.mean": Column(SHARE, "mean of the year"),
    "BriefedYearRow.worst": Column(SHARE, "mean of the worst season"),
    "BriefedChangeRow.by_month": Column(
        SHARE, "with the plan less today, January first; null where not known"
    ),
    "BriefedChangeRow.mean": Column(SHARE, "change of the mean of the year"),
    "BriefedChangeRow.worst": Column(SHARE, "change of the worst season, which may be another in each"),
    "BriefedSite.lon": Column("°", "longitude, as precisely as the terms let it be told", decimals=5),
    "BriefedSite.lat": Column("°", "latitude, as precisely as the terms let it be told", decimals=5),
    "BriefedSite.months": Column("", "when it is open"),
    "BriefedAssets.today": Column("assets", "of the kind, today"),
    "BriefedAssets.with_plan": Column("assets", "of the kind, under the plan that is shown"),
}
