"""How precisely places may be shown: the same rules for the screen and for every export."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import pandas as pd

from layers.tables import WGS84


class Precision(StrEnum):
    """Profiles of precision, from the coarsest to the exact."""

    PUBLIC = "public"
    """Tenths of a degree; fewer than three incidents are not shown."""
    INTERNAL = "internal"
    """About one kilometre."""
    RESTRICTED = "restricted"
    """As in the data."""


@dataclass(frozen=True, slots=True)
class _Rule:
    step_deg: float
    fewest: int


_RULES = {
    Precision.PUBLIC: _Rule(0.1, 3),
    Precision.INTERNAL: _Rule(0.01, 1),
    Precision.RESTRICTED: _Rule(1e-5, 1),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Incidents as they may be shown."""

    points: tuple[tuple[float, float, int], ...]
    """Longitude, latitude [degrees] and number of incidents there."""
    withheld: int
    """Incidents that may not be shown at this precision."""


def shown_incidents(incidents: gpd.GeoDataFrame, precision: Precision) -> Shown:
    """
    Return incidents gathered to the precision allowed.

    Parameters
    ----------
    incidents
        Valid under `layers.incidents.Incidents`. Those placed no better than their unit
        are withheld at every precision: their point is only a stand-in.
    precision
        How precisely they may be shown.
    """
    placed = incidents[incidents["geo_precision"] <= 2]  # noqa: PLR2004 - the place itself, or near it
    points = placed.geometry.to_crs(WGS84)
    rule = _RULES[precision]
    cells = pd.DataFrame(
        {
            "lon": (points.x / rule.step_deg).round().astype(int),
            "lat": (points.y / rule.step_deg).round().astype(int),
        }
    )
    counts = cells.value_counts(sort=False)
    enough = counts[counts >= rule.fewest]
    columns = (enough.index.get_level_values("lon"), enough.index.get_level_values("lat"), enough)
    shown = tuple(
        (round(lon * rule.step_deg, 5), round(lat * rule.step_deg, 5), int(number))
        for lon, lat, number in zip(*(column.tolist() for column in columns), strict=True)
    )
    return Shown(shown, withheld=len(incidents) - int(enough.sum()))


def rounded(lon: float, lat: float, precision: Precision) -> tuple[float, float]:
    """
    Return a site's position as precisely as it may be shown [degrees].

    Examples
    --------
    >>> rounded(-4.0931, 14.5274, Precision.PUBLIC)
    (-4.1, 14.5)
    """
    step = _RULES[precision].step_deg
    return round(round(lon / step) * step, 5), round(round(lat / step) * step, 5)
