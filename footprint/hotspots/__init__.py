"""Where violence clusters: precise incidents, Gi* with permutation p, and classes over the years."""

from __future__ import annotations

from footprint.hotspots.clusters import Hotspots, HotspotSettings, hotspots
from footprint.hotspots.emerging import Emerging, EmergingSettings, emerging
from footprint.hotspots.gistar import disc_kernel, gi_star
from footprint.hotspots.patterns import Pattern, classify
from footprint.hotspots.permutation import Tails, benjamini_hochberg, permutation_tails
from footprint.hotspots.selection import (
    Excluded,
    IncidentFilter,
    MixedProvidersError,
    Reason,
    Selection,
    select,
)
from footprint.hotspots.sources import Matched, match_sources
from footprint.hotspots.trend import Trend, mann_kendall

__all__ = [
    "Emerging",
    "EmergingSettings",
    "Excluded",
    "HotspotSettings",
    "Hotspots",
    "IncidentFilter",
    "Matched",
    "MixedProvidersError",
    "Pattern",
    "Reason",
    "Selection",
    "Tails",
    "Trend",
    "benjamini_hochberg",
    "classify",
    "disc_kernel",
    "emerging",
    "gi_star",
    "hotspots",
    "mann_kendall",
    "match_sources",
    "permutation_tails",
    "select",
]
