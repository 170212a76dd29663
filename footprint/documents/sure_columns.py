"""Columns of how sure figures are, by "Table.column"."""

from __future__ import annotations

from footprint.documents.columns import NO_DEMAND, Column
from footprint.indicators.indicator import SHARE

_DRAWS, _TIMES = "draws", "× the method's own, km for places"
NOTHING_VARIES = "the same in every draw"

SURE: dict[str, Column] = {
    "SureDocument.measure": Column("", "whose need counts outside the objectives"),
    "SurePart.draws": Column(_DRAWS, "common draws, the same for every plan"),
    "SurePart.seed": Column("-", "seed of the draws"),
    "SurePart.low_share": Column("share of draws", "below a band", decimals=3),
    "SurePart.high_share": Column("share of draws", "up to the top of a band", decimals=3),
    "SurePart.told_apart_share": Column(
        "share of draws", "in which one of two plans must be better to be told from the other", decimals=3
    ),
    "DrawnRow.lowest": Column("as stated", "least that is drawn, in the row's unit", decimals=4),
    "DrawnRow.highest": Column("as stated", "most that is drawn, in the row's unit", decimals=4),
    "BandRow.centre": Column(SHARE, "by the method's own numbers, as its review says", NO_DEMAND),
    "BandRow.low": Column(SHARE, "bottom of the band over the draws", NO_DEMAND),
    "BandRow.median": Column(SHARE, "half of the draws lie below", NO_DEMAND),
    "BandRow.high": Column(SHARE, "top of the band over the draws", NO_DEMAND),
    "BandRow.places": Column(_DRAWS, "in which the plan is first, second …; null where any is not known"),
    "PairRow.known": Column("", "false: of what is there at least, so what one adds over the other"),
    "PairRow.centre": Column(SHARE, "second minus first by the method's own numbers", NO_DEMAND),
    "PairRow.low": Column(SHARE, "bottom of the band of the difference, draw by draw", NO_DEMAND),
    "PairRow.median": Column(SHARE, "median of the difference, draw by draw", NO_DEMAND),
    "PairRow.high": Column(SHARE, "top of the band of the difference, draw by draw", NO_DEMAND),
    "PairRow.first_better": Column(_DRAWS, "in which the first is strictly better"),
    "PairRow.second_better": Column(_DRAWS, "in which the second is; ties count for neither"),
    "PairRow.told_apart": Column("", "whether either is better in enough draws"),
    "PairRow.within_cells": Column("", "whether the median is less than moving the cells makes by itself"),
    "TornadoRow.explained": Column(
        "share of variance", "that goes with single numbers in straight lines", NOTHING_VARIES, decimals=3
    ),
    "SwingRow.of": Column("", "which of several: capability, tier, way of travelling and months"),
    "SwingRow.lowest": Column(_TIMES, "the number at the bottom of its band", decimals=4),
    "SwingRow.highest": Column(_TIMES, "the number at the top of its band", decimals=4),
    "SwingRow.swing": Column(SHARE, "rise from the one to the other; negative where it falls"),
    "SwingRow.doubt": Column(SHARE, "standard error of the swing"),
    "SwingRow.share": Column("share of variance", "that goes with the number", decimals=3),
}
"""Columns of documents about draws."""
