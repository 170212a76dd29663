"""Which records of two providers are one and the same event?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from layers.incidents import exactly_known, same_events

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Two providers' incidents brought together, each event once."""

    incidents: gpd.GeoDataFrame
    """All of the first, then the unmatched of the second; one common `provider` label."""
    pairs: pd.DataFrame
    """Matched records: columns first_id, second_id, days apart [d], distance_m [m]."""
    n_vague: int
    """Records of the second left out because they cannot be matched: no day, or only a unit."""


def match_sources(first: gpd.GeoDataFrame, second: gpd.GeoDataFrame) -> Matched:
    """
    Bring two providers' incidents together without counting an event twice.

    Parameters
    ----------
    first, second
        Incidents layers in one projected system [m]; where both hold an event the record
        of `first` is kept.

    Returns
    -------
    Matched
        Pairs as in `layers.incidents.same_events`. Of `second`, records that cannot be matched are
        dropped and counted, since any might repeat an event of `first`. Identifiers found in both
        get the provider's name in front.
    """
    label = " + ".join(sorted({*first["provider"], *second["provider"]}))
    second = _distinct(first, second)
    exact = exactly_known(second)
    kept = second[exact]
    pairs = same_events(first, kept)
    unmatched = kept[~kept.index.isin(pairs["second_id"])]
    together = pd.concat([first, unmatched]) if len(unmatched) else first.copy()
    together["provider"] = label
    return Matched(together.sort_index(), pairs, int((~exact).sum()))


def _distinct(first: gpd.GeoDataFrame, second: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return `second` with identifiers that `first` does not use."""
    if not second.index.isin(first.index).any():
        return second
    renamed = second.copy()
    renamed.index = pd.Index(second["provider"] + ":" + second.index, name=second.index.name)
    return renamed
