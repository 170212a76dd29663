"""Columns of what stands beside plans: the ring to be watched, response to past alerts, criteria, ranks."""

from __future__ import annotations

from footprint.documents.columns import MINUTES, PEOPLE, PEOPLE_UNKNOWN, SILENT, Column
from footprint.indicators.indicator import SHARE

NO_RING = "no site changes, so there is no ring"
NO_KILLING = "no incident of that time in which civilians died counts"
NO_ALERT = "no attack on civilians of that time counts"
NO_LAYER = "not known: the area has no layer of incidents"

_ALERTS = "share of alerts"
_INCIDENTS = "incidents"

WATCH: dict[str, Column] = {
    "WatchPart.near_km": Column("km", "near end of the ring, by the shortest way over land, inclusive"),
    "WatchPart.far_km": Column("km", "far end of the ring, likewise"),
    "WatchPart.people": Column(PEOPLE, "who live in it, nobody counted twice", PEOPLE_UNKNOWN),
    "WatchPart.first": Column("", "first day of the time looked back on"),
    "WatchPart.last": Column("", "its last day, the frame date"),
    "WatchPart.killings": Column(
        _INCIDENTS, "of that time in which civilians died, in the ring in its months", decimals=2
    ),
    "WatchPart.killings_all": Column(_INCIDENTS, "likewise, of the whole area in these months", decimals=2),
    "WatchPart.killings_share": Column("share of incidents", "one by the other"),
    "WatchPart.known_by_year": Column(_INCIDENTS, "of the area known by their year: a twelfth in each month"),
    "WatchPart.left_out": Column(_INCIDENTS, "of the area without a cell, or perhaps not of that time"),
    "WatchPart.not_stated": Column(_INCIDENTS, "of which nobody states whether civilians died"),
    "WatchPart.force_before": Column(SHARE, "Force footprint of the ring before, mean of its months"),
    "WatchPart.force_after": Column(SHARE, "Force footprint of the ring after"),
    "WatchPart.mission_before": Column(SHARE, "Mission footprint of the ring before, mean of its months"),
    "WatchPart.mission_after": Column(SHARE, "Mission footprint of the ring after"),
    "WatchedPlaceRow.change": Column("", "what the plan does there"),
    "WatchedPlaceRow.months": Column("1-12", "months in which it does, and in which its ring is watched"),
    "WatchedPlaceRow.people": Column(PEOPLE, "who live in its own ring", PEOPLE_UNKNOWN),
    "WatchedPlaceRow.stranded_people": Column(
        PEOPLE, "up to the far end in a straight line, to whom no way over land leads", PEOPLE_UNKNOWN
    ),
    "WatchedUnitRow.people": Column(PEOPLE, "who live in its part of the ring", PEOPLE_UNKNOWN),
    "WatchedUnitRow.killings": Column(_INCIDENTS, "its part of those of the ring", decimals=2),
    "ResponsePart.first": Column("", "first day of the time looked back on"),
    "ResponsePart.last": Column("", "its last day, the frame date"),
    "ResponsePart.limit_min": Column(MINUTES, "time within which is in time"),
    "ResponsePart.alerts": Column(_INCIDENTS, "attacks on civilians of that time that have a cell"),
    "ResponsePart.known_by_year": Column(_INCIDENTS, "of these known by their year: mean of its months"),
    "ResponsePart.near": Column(_INCIDENTS, "of these placed to about 25 km only"),
    "ResponsePart.left_out": Column(_INCIDENTS, "without a cell, or perhaps not of that time"),
    "ResponsePart.not_stated": Column(_INCIDENTS, "that say neither what happened nor who died"),
    "ResponseShares.share": Column(_ALERTS, "anybody gets to in time by land, water or air", SILENT),
    "ResponseShares.at_least": Column(_ALERTS, "those get to whom the data or the plan name", NO_ALERT),
    "ResponseShares.by_land": Column(_ALERTS, "anybody gets to in time by land or water", SILENT),
    "ResponseShares.troops": Column(_ALERTS, "troops get to in time", SILENT),
    "ResponseShares.troops_by_land": Column(_ALERTS, "troops get to in time by land or water", SILENT),
    "CriterionRow.amount": Column("stated beside it", "what the option comes to"),
    "RankedOptionRow.rank": Column("-", "1 is the best; equal ones share a place"),
    "RankedOptionRow.score": Column("-", "weighted mean of criteria scaled among these options, 0 to 1"),
    "RankedOptionRow.first_share": Column("share of draws", "of weights drawn, by which it comes first"),
    "CompareDocument.measure": Column("", "whose need counts"),
    "CompareDocument.draws": Column("draws", "weights drawn around those of each group"),
}
"""Columns of these parts, by "Table.column"."""
