"""Columns of what hangs on what: contributions, backup, chance closings, and pieces left out."""

from __future__ import annotations

from footprint.documents.columns import NO_DEMAND, PEOPLE, Column
from footprint.indicators.indicator import SHARE, Indicator

_LOST = Column(SHARE, "lost of it without this site, mean of the year", NO_DEMAND)
_PART = Column(SHARE, "the site's Shapley share of it: these add up to the figure", NO_DEMAND)
_FIGURES = (Indicator.MISSION, Indicator.FORCE, Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3)

HANGING: dict[str, Column] = {
    **{f"ContributionRow.{name}": _LOST for name in _FIGURES},
    **{f"ContributionRow.{name}_part": _PART for name in _FIGURES},
    "ContributionRow.sole_people": Column(PEOPLE, "whom troops reach by land in time from this site alone"),
    "ContributionRow.shapley_people": Column(PEOPLE, "the site's part of all whom troops reach so (Shapley)"),
    "ResiliencePart.open_share": Column("probability", "that each site is open, each by itself"),
    "ResiliencePart.people_reached": Column(PEOPLE, "whom troops reach by land in time, mean of the year"),
    "ResiliencePart.people_expected": Column(PEOPLE, "the same on average if sites fail"),
    "ResiliencePart.worst_pair": Column("", "the two sites whose loss together costs most people"),
    "ResiliencePart.worst_pair_people": Column(PEOPLE, "whom troops no longer reach so without both"),
    "ExpectedRow.indicator": Column("", "which figure of the area, mean of the year"),
    "ExpectedRow.now": Column(SHARE, "with all sites there", NO_DEMAND),
    "ExpectedRow.expected": Column(SHARE, "on average if sites fail", NO_DEMAND),
    "ExpectedRow.standard_error": Column(SHARE, "of that; 0 where it is exact", NO_DEMAND),
    "SitesDocument.threshold": Column("level", "from which a place counts as reached"),
    "SitesDocument.exact": Column("", "false: some Shapley shares and means are sampled"),
    "SitesDocument.largest_error": Column(SHARE, "standard error of a Shapley share; 0 where exact"),
    "BackupFigureRow.indicator": Column("", "which figure of the unit"),
    "BackupFigureRow.now": Column(SHARE, "mean of the year", NO_DEMAND),
    "BackupFigureRow.site_id": Column("", "without which it is lowest; null where it hangs on no one site"),
    "BackupFigureRow.left": Column(SHARE, "what is left without that site", NO_DEMAND),
    "DepthRow.indicator": Column("", "Force, or a tier"),
    "DepthRow.not_reached": Column(SHARE, "below the threshold with all sites there", NO_DEMAND),
    "DepthRow.one": Column(SHARE, "reached, and lost with one certain site", NO_DEMAND),
    "DepthRow.two": Column(SHARE, "lost with some two sites, and with no single one", NO_DEMAND),
    "DepthRow.more": Column(SHARE, "reached whichever two sites are lost", NO_DEMAND),
    "FragilityPart.force": Column(SHARE, "Force footprint of the area, year's mean, at least", NO_DEMAND),
    "FragilityPart.mission": Column(SHARE, "Mission footprint, the same", NO_DEMAND),
    "FragilityPart.force_known": Column("", "false: changes are of what is there at least"),
    "FragilityPart.mission_known": Column("", "false: changes are of what is there at least"),
    "FragilityPart.without_effect": Column("pieces", "without which nothing changes", NO_DEMAND),
    "PieceRow.piece": Column("", "what is left out"),
    "PieceRow.of": Column("", "site, road, zone, lake, river or month of rain (1-12) it belongs to"),
    "PieceRow.name": Column("", "what it is called"),
    "PieceRow.kind": Column("", "kind of asset, of assets alone"),
    "PieceRow.force": Column(SHARE, "change of the area's Force footprint without it", NO_DEMAND),
    "PieceRow.mission": Column(SHARE, "change of the area's Mission footprint without it", NO_DEMAND),
    "ObjectiveChange.force": Column(SHARE, "change of the objective's Force footprint", NO_DEMAND),
    "ObjectiveChange.mission": Column(SHARE, "change of its Mission footprint", NO_DEMAND),
    "RegionChange.force": Column(SHARE, "change of the region's Force footprint", NO_DEMAND),
    "RegionChange.mission": Column(SHARE, "change of its Mission footprint", NO_DEMAND),
    "CostliestRow.indicator": Column("", "which headline of the region"),
    "CostliestRow.among": Column("", "sites, or ways: roads, bridges and ferries"),
    "CostliestRow.of": Column("", "the one without which the headline falls most; null where none lowers it"),
    "CostliestRow.change": Column(SHARE, "change without it", NO_DEMAND),
}
"""Columns of documents about what hangs on what, by "Table.column"."""
