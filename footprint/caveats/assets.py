"""Notices about assets: numbers that are known as lower bounds alone."""

from __future__ import annotations

from footprint.caveats.caveat import Caveat
from footprint.language import msgid
from layers import Area
from layers.sites import open_on


def at_least(area: Area) -> list[Caveat]:
    """Return how many counts of assets at open sites are lower bounds, where any are."""
    stand = area.sites.index[open_on(area.sites, area.frame_date)]
    here = area.assets[area.assets["site_id"].isin(stand)]
    count = int(here["is_least"].sum())
    if not count:
        return []
    return [Caveat("assets_at_least", LEAST, (("count", count), ("total", len(here))))]


LEAST = msgid(
    "What sites hold is known as a lower bound alone in {count} of {total} rows of assets: maps show units,"
    " not their strength, nor whether a medical unit operates. Figures are too low where more stands there;"
    " state it in assets.csv."
)
"""The bound is that of counts; a medical unit is taken as surgery, which may be too much."""
