"""Patterns: from an area to where violence gathers and when it returns, with what was left out."""

from __future__ import annotations

from footprint.patterns.ground import Ground, coarser, ground
from footprint.patterns.patterns import Patterns, month_hotspots, patterns
from footprint.patterns.profile import cell_profile
from footprint.patterns.question import (
    COUNTED,
    PatternSettings,
    Period,
    Question,
    one_source,
    period,
    settings_of,
)

__all__ = [
    "COUNTED",
    "Ground",
    "PatternSettings",
    "Patterns",
    "Period",
    "Question",
    "cell_profile",
    "coarser",
    "ground",
    "month_hotspots",
    "one_source",
    "patterns",
    "period",
    "settings_of",
]
