"""Where violence clusters: Gi* with permutation p, classes over the years, circles against people."""

from __future__ import annotations

from footprint.violence.hotspots.classes import HotspotClass, classify
from footprint.violence.hotspots.clusters import Hotspots, hotspots
from footprint.violence.hotspots.emerging import Emerging, emerging
from footprint.violence.hotspots.excess import Circle, Excess, excess
from footprint.violence.hotspots.gistar import disc_kernel, gi_star
from footprint.violence.hotspots.permutation import Tails, benjamini_hochberg, permutation_tails
from footprint.violence.hotspots.trend import Trend, mann_kendall
from footprint.violence.hotspots.verdict import Cause, Dominance, Verdict
from footprint.violence.selection import (
    Excluded,
    Exclusion,
    IncidentFilter,
    MixedProvidersError,
    Selection,
    select,
)
from footprint.violence.sources import Matched, match_sources

__all__ = [
    "Cause",
    "Circle",
    "Dominance",
    "Emerging",
    "Excess",
    "Excluded",
    "Exclusion",
    "HotspotClass",
    "Hotspots",
    "IncidentFilter",
    "Matched",
    "MixedProvidersError",
    "Selection",
    "Tails",
    "Trend",
    "Verdict",
    "benjamini_hochberg",
    "classify",
    "disc_kernel",
    "emerging",
    "excess",
    "gi_star",
    "hotspots",
    "mann_kendall",
    "match_sources",
    "permutation_tails",
    "select",
]
