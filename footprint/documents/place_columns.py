"""Columns of places: what stands in documents about one place, and where every column is looked up."""

from __future__ import annotations

from footprint.documents.briefing_columns import BRIEFING
from footprint.documents.columns import (
    COLUMNS,
    MINUTES,
    MONTHS,
    NO_DEMAND,
    OWN,
    PEOPLE,
    PEOPLE_UNKNOWN,
    SILENT,
    Column,
)
from footprint.documents.doctor_columns import DOCTOR
from footprint.documents.hanging_columns import HANGING
from footprint.documents.look_columns import LOOK
from footprint.documents.option_columns import OPTIONS
from footprint.documents.release_columns import RELEASES
from footprint.documents.road_columns import ROADS
from footprint.documents.stagger_columns import STAGGER
from footprint.documents.sure_columns import SURE
from footprint.documents.watch_columns import WATCH
from footprint.indicators.indicator import SHARE

PLACES: dict[str, Column] = {
    "PlaceDocument.measure": Column("", "whose need counts"),
    "PlaceDocument.threshold": Column("level", "from which a place counts as reached"),
    "PlacePart.lon": Column("°", "longitude of the place", decimals=4),
    "PlacePart.lat": Column("°", "latitude of the place", decimals=4),
    "PlacePart.town_km": Column("km", "straight distance to the nearest town named", decimals=1),
    "PlacePart.people": Column(PEOPLE, "who live in the cell", PEOPLE_UNKNOWN),
    "PlacePart.need_share": Column("share of all demand", "in the cell, in the month", decimals=9),
    "ForcePart.level": Column("level", "chance that troops could be there in time", SILENT),
    "ForcePart.ground": Column("level", "the same by ground alone", SILENT),
    "ForcePart.air": Column("level", "the same by air alone; the two overlap", SILENT),
    "ForcePart.by_month": Column("level", "in each month, January first; null where not known"),
    "ForcePart.months_reached": Column(MONTHS, "at the threshold", SILENT),
    "TierPart.level": Column("level", "of its weakest link", SILENT),
    "TierPart.by_month": Column("level", "in each month, January first; null where not known"),
    "TierPart.months_reached": Column(MONTHS, "at the threshold", SILENT),
    "LinkRow.chance": Column("level", "of the best capability of the group", SILENT),
    "MeansRow.minutes": Column(MINUTES, "soonest arrival, notice included; evacuation: to surgery"),
    "MeansRow.chance": Column("level", "that somebody of this site is there in time"),
    "HindrancePart.minutes": Column(MINUTES, "how long it would take, notice included"),
    "HindrancePart.over_min": Column(MINUTES, "longer than this, where the way exceeds all searches"),
    "HindrancePart.limit_min": Column(MINUTES, "from when on nothing is left of the effect"),
    "HindrancePart.straight_km": Column("km", "to that site in a straight line", decimals=1),
    "AdditionPart.count": Column("assets", "number of assets of the kind"),
    "PackedRow.count": Column("assets", "number of assets of the kind"),
    "PackagePart.level": Column("level", "with all of them at a new site there"),
    "AdditionPart.level": Column("level", "of Force or the tier with them"),
    "AdditionPart.lon": Column("°", "longitude of where they stand", decimals=4),
    "AdditionPart.lat": Column("°", "latitude of where they stand", decimals=4),
    "DonorPart.force": Column(SHARE, "change of the area's Force footprint, mean of the year", NO_DEMAND),
    "DonorPart.mission": Column(SHARE, "change of its Mission footprint", NO_DEMAND),
    "LoserRow.force": Column(SHARE, "change of the unit's Force footprint, mean of the year", NO_DEMAND),
    "LoserRow.mission": Column(SHARE, "change of its Mission footprint", NO_DEMAND),
    "SitingDocument.problem": Column("", "what was made small or large"),
    "SitingDocument.n_demand": Column("points", "demand points, or rows, of the file"),
    "SitingDocument.n_sites": Column("sites", "candidates, or columns, of the file"),
    "SitingDocument.n_rows": Column("rows", "left once rows alike were merged and implied ones dropped"),
    "SitingDocument.p": Column("sites", "how many there may be; null where their number is made small"),
    "SitingDocument.radius": Column("unit of the file", "distance within which a site covers, inclusive"),
    "SitingDocument.objective": Column(
        "unit of the file", "value of the sites chosen; null where there are none"
    ),
    "SitingDocument.bound": Column(
        "unit of the file", "no choice is better than this; null where none is proved"
    ),
    "SitingDocument.gap": Column("share of the objective", "how much better any choice could be, at most"),
    "SitingDocument.wanted_gap": Column("share of the objective", "gap at which the search could stop"),
    "SitingDocument.elapsed_s": Column("s", "time that reckoning took, reading left out"),
    "SitingDocument.allowed_s": Column("s", "time allowed"),
}
"""Columns of documents about one place, by "Table.column"."""


def column(table: str, name: str) -> Column | None:
    """Return what the column `name` of a table holds, None where the dictionary has no entry."""
    own = f"{table}.{name}"
    by_table = PLACES | WATCH | OPTIONS | STAGGER | SURE | HANGING | RELEASES | BRIEFING
    by_table |= LOOK | DOCTOR | ROADS
    return by_table.get(own, OWN.get(own, COLUMNS.get(name)))
