"""Where violence clusters: precise incidents, Gi* with permutation p, and classes over the years."""

from __future__ import annotations

from footprint.violence.hotspots.classes import HotspotClass, classify
from footprint.violence.hotspots.clusters import Hotspots, hotspots
from footprint.violence.hotspots.emerging import Emerging, emerging
from footprint.violence.hotspots.gistar import disc_kernel, gi_star
from footprint.violence.hotspots.permutation import Tails, benjamini_hochberg, permutation_tails
from footprint.violence.hotspots.trend import Trend, mann_kendall
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
    "Emerging",
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
