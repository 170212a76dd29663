"""Columns: the data dictionary of all documents: unit, meaning, rounding, and why a number may be missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from footprint.indicators.indicator import SHARE, Indicator

_HEADS, PEOPLE = "share of people", "persons"
MINUTES, _DAYS, MONTHS = "min", "days/month", "months/year"
NO_DEMAND, NO_PEOPLE = "no demand in this unit", "no people in this unit"
NO_CELL = "no event has a cell"
FEW_CELLS = "events lie in too few cells to tell"
NO_THREAT = "no incident carries weight"
NO_INCIDENT = "no incident of a whole year with a year before it"
NOTHING_TO_NAME = f"{NO_INCIDENT}, or nobody known to live there"

PEOPLE_UNKNOWN = "not known: the population raster says nothing of this unit"

SILENT = "not known: the data name no asset for it"

OUTSIDE_AREA = "not known: mostly outside the outline of this area"
"""Of units of `layers.inside.mostly_outside`: their cells at the border count in larger units alone."""

_SHARE_DIGITS = 6
"""Decimals of shares: enough to add up, few enough not to change from machine to machine."""
_DIGITS = {PEOPLE: 0, MINUTES: 1, _DAYS: 2, MONTHS: 2, "standard deviations": 3}
"""Decimals of other units."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a document holds."""

    unit: str
    """Unit of its numbers; "" where it holds words."""
    meaning: str
    gap: str = ""
    """Why a number may be missing, where every gap has the same reason."""
    decimals: int | None = None
    """Decimals, where they are not those of the unit."""

    @property
    def digits(self) -> int:
        """Decimals of its numbers."""
        return _DIGITS.get(self.unit, _SHARE_DIGITS) if self.decimals is None else self.decimals

    def rounded(self, value: float) -> float | None:
        """
        Return one number as a document holds it: rounded, and None for NaN and inf.

        Examples
        --------
        >>> FIGURES["people"].rounded(1234.6), FIGURES["troops_min"].rounded(float("inf"))
        (1235, None)
        """
        if not isfinite(value):
            return None
        # Adding zero turns -0.0 into 0.0.
        return round(value) if self.unit == PEOPLE else round(value, self.digits) + 0.0


def _share(meaning: str) -> Column:
    return Column(SHARE, meaning, NO_DEMAND)


def _of_people(meaning: str) -> Column:
    return Column(_HEADS, meaning, NO_PEOPLE)


FIGURES: dict[str, Column] = {
    "month": Column("1-12", "month of the year"),
    "people": Column(PEOPLE, "people who live in the unit"),
    "demand": Column("share of all demand", "demand in the unit; in an objective's own row, of its scope"),
    **{str(each): Column(each.unit, each.meaning, NO_DEMAND) for each in Indicator},
    "FF_minus_B2": _share("like-for-like gap between force and mission"),
    "both_demand": _share("troops and tier I or III reach the class threshold"),
    "force_only_demand": _share("troops can arrive, neither tier I nor III is there"),
    "civilian_and_police_only_demand": _share("tier I or III is there, troops cannot arrive in time"),
    "neither_demand": _share("neither reaches the class threshold"),
    "force_rest_unknown_demand": _share("troops can arrive; tiers I and III not known"),
    "not_known_demand": _share("troops cannot arrive in time; tiers I and III not known"),
    "both_people": _of_people("as both_demand"),
    "force_only_people": _of_people("as force_only_demand"),
    "civilian_and_police_only_people": _of_people("as civilian_and_police_only_demand"),
    "neither_people": _of_people("as neither_demand"),
    "force_rest_unknown_people": _of_people("as force_rest_unknown_demand"),
    "not_known_people": _of_people("as not_known_demand"),
    "people_beyond_bundle": Column(PEOPLE, "beyond the time limit of any tier's bundle"),
    "beyond_bundle_demand": _share("beyond the time limit of any tier's bundle"),
    "beyond_bundle_people": _of_people("beyond the time limit of any tier's bundle"),
    "people_beyond_surgery": Column(PEOPLE, "beyond the time limit to surgery"),
    "beyond_surgery_demand": _share("beyond the time limit to surgery"),
    "beyond_surgery_people": _of_people("beyond the time limit to surgery"),
    "troops_min": Column(MINUTES, "troops arrive by land at half of the demand within", NO_DEMAND),
    "months_troops": Column(MONTHS, "troops reach the class threshold; mean over people", NO_PEOPLE),
    "months_tier_1": Column(MONTHS, "tier I reaches the class threshold; mean over people", NO_PEOPLE),
    "months_tier_2": Column(MONTHS, "tier II reaches the class threshold; mean over people", NO_PEOPLE),
    "months_tier_3": Column(MONTHS, "tier III reaches the class threshold; mean over people", NO_PEOPLE),
    "people_all_year": Column(PEOPLE, "troops reach the class threshold in every month"),
    "people_part_year": Column(PEOPLE, "troops reach the class threshold in some months"),
    "people_never": Column(PEOPLE, "troops reach the class threshold in no month"),
    "surgery_min": Column(MINUTES, "time from call to surgery"),
    "asked_days": Column(_DAYS, "escorts that the site's civilian teams ask for", SILENT),
    "given_days": Column(_DAYS, "escorts that its companies can give", SILENT),
    "capacity_days": Column(_DAYS, "company days the site has", SILENT),
    "first_days": Column(_DAYS, "escorts given before", SILENT),
    "second_days": Column(_DAYS, "escorts given after", SILENT),
    "change_days": Column(_DAYS, "after minus before", SILENT),
    "unmet_days": Column(_DAYS, "asked for after, and not given", SILENT),
    "seasons": _share("mean of each season, by its identifier"),
    "mean": _share("mean of the year; of people for measures that end in people"),
    "worst": _share("mean of the worst season"),
    "first": _share("before"),
    "second": _share("after"),
    "change": _share("after minus before"),
}
"""Columns of the tables of a review, in the order in which its documents explain them."""

VIOLENCE: dict[str, Column] = {
    "lon": Column("°", "longitude of the cell's centre", decimals=4),
    "lat": Column("°", "latitude of the cell's centre", decimals=4),
    "count": Column("incidents", "in the cell itself"),
    "z": Column("standard deviations", "Getis-Ord Gi* of the cell and its neighbourhood"),
    "p": Column("-", "one-sided permutation p; in a calendar, p of the scan"),
    "q": Column("-", "p adjusted for the number of cells or areas compared"),
    "cercle_outside": Column(
        "", "whether the cercle named lies mostly outside the outline, so that no cell counts for it"
    ),
    "by_people": Column("", "whether the cell is as hot as its people would explain"),
    "by_people_share": Column(
        "share of worlds", "in which the cell is a hotspot, the counts being dealt out by people"
    ),
    "cells": Column("cells", "number of hotspot cells"),
    "expected": Column("incidents", "that the circle's share of the people would bring", decimals=2),
    "ratio": Column("times", "what its people would explain", decimals=2),
    "n_events": Column("incidents", "counted in the calendar"),
    "eligible_years": Column("season-years", "with enough incidents to tell"),
    "first_month": Column("1-12", "first month of the window"),
    "hits": Column("season-years", "in which the window was busier than its own year"),
    "low": Column("share", "lower end of the 95 % interval of hits"),
    "high": Column("share", "upper end of the 95 % interval of hits"),
    "events_a_year": Column("incidents", "of an eligible season-year, the median", decimals=1),
    "power": Column(
        "probability", "of finding a season three times as busy, with as many incidents and years"
    ),
    "inside": Column("incidents", "of later years, in the months that the calendar known before had named"),
    "share_of_months": Column("share", "of the year that these months are"),
    "strength": Column("incidents", "that the national pattern weighs in each profile"),
    "by_month": Column("incidents", "January first, one row per calendar year"),
}
"""Columns of the tables of hotspots and calendars."""

_REST: dict[str, Column] = {
    "format": Column("version", "version of the documents' layout"),
    "kind": Column("", "which document this is"),
    "version": Column("", "version of the tool"),
    "area_id": Column("", "identifier of the area"),
    "names": Column("", "name by language"),
    "frame_date": Column("", "day under review"),
    "digest": Column("", "hash of the content"),
    "invented": Column("", "whether anything in it is invented"),
    "cell_km": Column("km", "side of a cell"),
    "seed": Column("-", "seed of the random draws"),
    "q_max": Column("-", "largest q taken as significant"),
    "value": Column("stated beside it", "in this review"),
    "default": Column("stated beside it", "as shipped"),
    "weight": Column("share", "weight among the objectives"),
    "tier_weights": Column("share", "weights of tiers I, II and III in the Mission footprint"),
    "level": Column("", "what kind of unit the row is about"),
    "unit_id": Column("", "identifier of the unit"),
    "site_id": Column("", "identifier of the site"),
    "measure": Column("", "which share the row is about"),
    "period": Column("", 'a season\'s identifier, "mean" or "worst"'),
    "worst_season": Column("", "identifier of the worst season, null where nobody can know"),
    "reasons": Column("", "why a number of the row is null, by column"),
    "months": Column("1-12", "months of the year"),
    "months_changed": Column("1-12", "months in which anything changes"),
    "worst_before": Column(SHARE, "its worst season before"),
    "worst_after": Column(SHARE, "its worst season after"),
    "area_gain": Column(SHARE, "rise of the area's mean"),
    "equity_drop": Column(SHARE, "fall of a region's worst season from which on it is flagged"),
    "reachable_months": Column("1-12", "months in which others reach it by land or water"),
    "evacuation_limit_min": Column(MINUTES, "longest acceptable time from call to surgery"),
    "within": Column("", "whether surgery is within the limit"),
    "told_twice": Column("incidents", "told by two providers, counted once"),
    "cannot_be_matched": Column("incidents", "too vague to be matched between providers"),
    "used": Column("incidents", "that take part"),
    "too_poorly_placed_share": Column("share of incidents", "left out for their place"),
    "radius_km": Column("km", "radius of a neighbourhood"),
    "radii_km": Column("km", "radii of the circles tried"),
    "tested": Column("", "value of a cell that hotspots are sought in"),
    "incidents_min": Column("incidents", "below which nothing can be told"),
    "verdict": Column("", "found, tested and none stands out, or cannot tell"),
    "causes": Column("", "what weakens the result, or takes it away"),
    "power": Column("probability", "to find a third of the incidents within 40 km", decimals=3),
    "largest_share": Column("share of variance", "of the values tested, in the five largest cells"),
    "largest_share_counts": Column("share of variance", "of the raw counts, in the five largest cells"),
    "by_people_cells": Column("cells", "hotspots that are as hot as their people would explain"),
    "classed": Column("", "whether there are classes at all"),
    "trends": Column("", "whether there are steps enough to tell a trend"),
    "pooled": Column("", "whether each step is compared with all steps"),
    "kept": Column("", "whether the step holds incidents enough"),
    "p_max": Column("-", "largest p taken as more than people would explain"),
    "smallest_p": Column("-", "of any circle"),
    "permutations": Column("-", "random draws behind each p"),
    "cells_compared": Column("cells", "that were tested"),
    "cells_uninhabited": Column("cells", "not tested: nobody lives there"),
    "cells_people_unknown": Column("cells", "not tested: how many live there is not known"),
    "cells_water": Column("cells", "not tested: open water"),
    "cell": Column("-", "number of the cell"),
    "pattern": Column("", "class of the cell over the years"),
    "years": Column("year", "years compared"),
    "lengths": Column("months", "lengths of the windows that were tried"),
    "events_min": Column("incidents", "a season-year needs to count"),
    "years_min": Column("season-years", "an area needs to be tested"),
    "busier": Column("times", "its even share a window must hold to be hit"),
    "hit_events_min": Column("incidents", "a window needs to be hit"),
    "n_draws": Column("-", "random rotations, at most"),
    "power_min": Column("probability", "of finding a strong season below which no answer is given"),
    "foretold_years_min": Column("season-years", "to be foretold before a calendar is called a forecast"),
    "of_all": Column("incidents", "of the source: those used and those left out"),
    "season_years": Column("", "each season-year by name, and whether the window was hit in it"),
    "foresight": Column("", "what each later year made of the calendar known before it began"),
    "of_year": Column("incidents", "of that year"),
    "of_years": Column("incidents", "of these later years"),
    "later_years": Column("season-years", "that had a calendar before they began, and incidents"),
    "beaten": Column("season-years", "in which the months named held more than their share"),
    "expected": Column("incidents", "that the months named would hold were all months alike", decimals=1),
    "beat": Column("", "whether the months named held more than their share"),
    "of_units": Column("units", "of the second level, whether or not they have incidents"),
    "earned": Column("units", "whose profile forecast later years better than every month alike"),
    "not_tested": Column("areas", "that could not be tested"),
    "shrinkage_thousand": Column(
        "thousand people", "weight of the larger unit's rate where data are thin", decimals=2
    ),
    "shrinkage_basis": Column("", "where that number comes from"),
    "threat_from_place": Column("share of threat", "from incidents placed within about 25 km", NO_THREAT),
    "threat_from_cercle": Column("share of threat", "from the rate of the cercle", NO_THREAT),
    "threat_from_region": Column("share of threat", "from the rate of the region", NO_THREAT),
    "incidents_used": Column("incidents", "that carry weight in demand"),
    "incidents_share": Column("share of incidents", "in the unit, of those whose unit is known"),
    "demand_share": Column("share of all demand", "in the unit, mean of the year"),
    "layers": Column("rows", "number of rows of each layer"),
    "rows": Column("rows", "how many rows share the fault"),
    "row": Column("row", "first row concerned, the header being row 1; null where none is to blame"),
}
"""What else documents hold."""

COLUMNS: dict[str, Column] = FIGURES | VIOLENCE | _REST
"""Every column by its name."""

OWN: dict[str, Column] = {
    "Changed.old": Column("as stated", "value as shipped, in the unit beside it"),
    "Changed.new": Column("as stated", "value in use, in the unit beside it"),
    "AreaHead.cells": Column("cells", "number of cells of the area"),
    "SitePart.lon": Column("°", "longitude of the site", decimals=5),
    "SitePart.lat": Column("°", "latitude of the site", decimals=5),
    "AssetRow.count": Column("assets", "number of assets"),
    "DonorRow.count": Column("assets", "number of assets given"),
    "ExcludedRow.count": Column("incidents", "left out"),
    "OmittedRow.count": Column("incidents", "not in the calendar"),
    "PatternsPart.cells": Column("cells", "number of hotspot cells of each class"),
    "ScanPart.first_month": Column("1-12", "month at which years are cut where they are told"),
    "ForetoldRow.season_year": Column("year", "in which the season-year begins"),
    "ForetoldRow.months": Column("1-12", "that the calendar known before had named"),
    "CircleRow.lon": Column("°", "longitude of the circle's middle", decimals=4),
    "CircleRow.lat": Column("°", "latitude of the circle's middle", decimals=4),
    "CircleRow.radius_km": Column("km", "radius of the circle"),
    "CircleRow.count": Column("incidents", "in the circle"),
    "CircleRow.p": Column("-", "rank of its ratio among the largest of each draw"),
    "StepRow.used": Column("incidents", "in the cells compared"),
    "BoundRow.mean": Column(SHARE, "mean of the year if all that a tier needs is independent", NO_DEMAND),
    "BoundRow.worst": Column(SHARE, "the same of its worst season", NO_DEMAND),
    "ReviewDocument.measure": Column("", "whose need counts outside the objectives"),
    "ObjectiveRow.measure": Column("", "whose need counts"),
    "Comparison.first": Column("", "identifier of the scenario before"),
    "Comparison.second": Column("", "identifier of the scenario after"),
    "Comparison.by_month": Column("", "changes of the units that change, month by month"),
    "HotspotsDocument.period": Column("", "days and providers looked at"),
    "CalendarDocument.period": Column("", "days and providers looked at"),
    "ReviewDocument.remoteness": Column("", "who is beyond reach, month by month"),
    "ReviewDocument.months_reachable": Column("", "in how many months units are reached"),
    "FaultRow.file": Column("", "file name, without its folder"),
    "OpenSite.lon": Column("°", "longitude"),
    "OpenSite.lat": Column("°", "latitude"),
    "OpenSite.months": Column("bits", "months open, bit m-1 for month m"),
    "MoveSite.lon": Column("°", "longitude"),
    "MoveSite.lat": Column("°", "latitude"),
    "CloseSite.months": Column("bits", "months closed, bit m-1 for month m"),
    "CloseRoad.months": Column("bits", "months closed, bit m-1 for month m"),
    "AddAssets.count": Column("assets", "number of assets brought"),
    "RemoveAssets.count": Column("assets", "number of assets taken away"),
    "ReachRow.sites": Column("sites", "that stood in the middle of that time"),
    "ReachRow.events": Column("incidents", "with civilian deaths, placed within about 25 km"),
    "ReachRow.known_by_year": Column("incidents", "of these known by their year only: mean of its months"),
    "ReachRow.placed_too_poorly": Column("incidents", "with civilian deaths that have no cell"),
    "ReachRow.year_partly_inside": Column("incidents", "known by a year partly in that time: left out"),
    "ReachRow.first": Column("", "first day"),
    "ReachRow.last": Column("", "last day"),
    "ReachedRow.measure": Column("", "which level of places"),
    "ReachedRow.people_mean": Column("level", "mean over people and months"),
    "ReachedRow.events_mean": Column("level", "mean over events, each in its month and cell"),
    "ReachedRow.events_low": Column("level", "5 % of that over events drawn again"),
    "ReachedRow.events_high": Column("level", "95 % of that over events drawn again"),
    "ReachedRow.p": Column("-", "two-sided, against as many places drawn in proportion to people"),
    "EvidenceDocument.source_differences": Column(
        "assets", "at sites, of which another source states otherwise"
    ),
    "EvidenceDocument.deaths_not_stated": Column("incidents", "nobody states whether civilians were killed"),
    "RuleYear.year": Column("year", "calendar year that is judged"),
    "RuleYear.events": Column("incidents", "of the year that take part"),
    "RuleYear.share": Column(
        "share of incidents", "in places and months that the rule named", NOTHING_TO_NAME
    ),
    "RuleRow.rule": Column("", "how places and months are ranked by the end of the year before"),
    "RuleRow.simple": Column("", "whether it needs no tool"),
    "RuleRow.pooled": Column("share of incidents", "of all years, where the rule had named", NOTHING_TO_NAME),
    "RuleRow.on_cells": Column(
        "share of incidents",
        "of all years and placed exactly, in as large a share of cells as the rule had named; not judged",
        "no such incident, no people, or a rule that tells months apart",
    ),
    "ForesightPart.cell_km": Column("km", "side of the cells that rules name too, without months"),
    "ForesightPart.cell_events": Column("incidents", "incidents placed exactly, of all years judged"),
    "LeftOutRow.count": Column("incidents", "that take no part"),
    "ForesightPart.by_month": Column("", "whether months are ranked too, and not places alone"),
    "ForesightPart.units": Column("units", "second-level units that are ranked"),
    "ForesightPart.named_share": Column("share", "of places and months that each rule names"),
    "ForesightPart.outcome": Column("", "what the years say of this tool's threat"),
    "ForesightPart.best_simple": Column("", "simple rule that caught most over all years"),
    "ForesightPart.difference": Column("share of incidents", "caught by the threat, less by that rule"),
    "ForesightPart.low": Column("share of incidents", "5 % of that over units and years drawn again"),
    "ForesightPart.high": Column("share of incidents", "95 % of that over units and years drawn again"),
    "ProposalPart.number": Column("-", "place among those checked together, from 1"),
    "ProposalPart.kind": Column("", "what is proposed, null where it is not said"),
    "ProposalPart.lon": Column("°", "longitude, as precisely as the form lets it be told", decimals=5),
    "ProposalPart.lat": Column("°", "latitude, as precisely as the form lets it be told", decimals=5),
    "ProposalPart.precision": Column("", "how precisely its place may be told, null where it is not said"),
    "ProposalPart.gains": Column("", "second-level units and months in which force or mission gain"),
    "ProposalPart.losses": Column("", "second-level units and months in which force or mission lose"),
    "ProvidedRow.kind": Column("", "kind of asset"),
    "ProvidedRow.count": Column("assets", "how many; null where it is not said"),
    "DonorLossPart.losses": Column(
        "", "what second-level units lose if these assets were gone, month by month"
    ),
    "CheckRow.code": Column("", "what it is about, for programs"),
    "CheckFigure.name": Column("", "what the figure is"),
    "CheckFigure.value": Column("stated beside it", "figure that the check rests on"),
    "CheckFigure.month": Column("1-12", "month it holds for; null where it is not of one month"),
    "SitesDocument.within_min": Column(MINUTES, "time within which troops count as reaching people"),
    "SitesDocument.measure": Column("", "whose need counts"),
    "RetaskAssets.mission_share": Column("share", "part of the assets that the mission tasks"),
}
"""Columns that mean something of their own in one table, by "Table.column"."""


def explained(names: Iterable[str]) -> dict[str, Column]:
    """Return columns by name, for a document that says what its numbers mean."""
    return {name: COLUMNS[name] for name in names}
