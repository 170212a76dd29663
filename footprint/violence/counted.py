"""Counted: the incidents that count for demand, every event once."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd

from footprint.violence.question import COUNTED, one_source


@dataclass(frozen=True, slots=True, eq=False)
class CountedIncidents:
    """Incidents of the kinds that count, each event once, and what was left out."""

    incidents: gpd.GeoDataFrame = field(repr=False)
    excluded: tuple[tuple[str, int], ...]
    """Records left out, by reason; only reasons that occurred."""


def counted_incidents(incidents: gpd.GeoDataFrame) -> CountedIncidents:
    """
    Return the incidents that count for demand: violence, and what providers do not name, each once.

    Protests and "strategic developments" tell of no threat to people's lives, and an event told by two
    providers is one event.
    """
    source = one_source(incidents)
    violent = source.incidents["event_type"].isin(COUNTED)
    reasons = (
        ("of a kind that is not counted", int((~violent).sum())),
        ("told by another provider already", source.n_matched),
        ("too vague to tell whether another provider tells of them already", source.n_vague),
    )
    return CountedIncidents(
        source.incidents[violent], tuple((reason, count) for reason, count in reasons if count)
    )
