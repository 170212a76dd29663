"""Which records of two providers are one and the same event?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from layers.incidents import DatePrecision

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray


MATCHED_PRECISION_MAX = 2
"""Coarsest `geo_precision` at which a distance between two records says anything."""


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Two providers' incidents brought together, each event once."""

    incidents: gpd.GeoDataFrame
    """All of the first, then the unmatched of the second; one common `provider` label."""
    pairs: pd.DataFrame
    """Matched records: columns first_id, second_id, days apart [d], distance_m [m]."""
    n_vague: int
    """Records of the second left out because they cannot be matched: no day, or only a unit."""


def match_sources(
    first: gpd.GeoDataFrame, second: gpd.GeoDataFrame, *, days: int = 1, distance_m: float = 10_000.0
) -> Matched:
    """
    Bring two providers' incidents together without counting an event twice.

    Parameters
    ----------
    first, second
        Incidents layers in one projected system [m]; where both hold an event the record
        of `first` is kept.
    days
        Largest difference of dates [d], inclusive.
    distance_m
        Largest distance [m], inclusive.

    Returns
    -------
    Matched
        Records pair one to one, same event type, nearest in days and then in metres first,
        ties by identifier. Only records dated to the day and placed to precision 1 or 2 take
        part; of `second`, vaguer ones are dropped and counted, since any might repeat an event of
        `first`. Identifiers found in both get the provider's name in front.
    """
    label = " + ".join(sorted({*first["provider"], *second["provider"]}))
    second = _distinct(first, second)
    exact = _exact(second)
    kept = second[exact].sort_index()
    ours = first[_exact(first)].sort_index()
    pairs = _one_to_one(_candidates(ours, kept, days, distance_m))
    unmatched = kept[~kept.index.isin(pairs["second_id"])]
    together = pd.concat([first, unmatched]) if len(unmatched) else first.copy()
    together["provider"] = label
    return Matched(together.sort_index(), pairs, int((~exact).sum()))


def _exact(incidents: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which records have a day, and a place better than a whole unit."""
    day = (incidents["date_precision"] == DatePrecision.DAY) & incidents["date"].notna()
    return (day & (incidents["geo_precision"] <= MATCHED_PRECISION_MAX)).to_numpy(dtype=bool)


def _distinct(first: gpd.GeoDataFrame, second: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return `second` with identifiers that `first` does not use."""
    if not second.index.isin(first.index).any():
        return second
    renamed = second.copy()
    renamed.index = pd.Index(second["provider"] + ":" + second.index, name=second.index.name)
    return renamed


def _candidates(
    first: gpd.GeoDataFrame, second: gpd.GeoDataFrame, days: int, distance_m: float
) -> pd.DataFrame:
    """Return every pair near enough in time and space and of one type."""
    columns = ["first_id", "second_id", "days", "distance_m"]
    if first.empty or second.empty:
        return pd.DataFrame(columns=columns)
    tree, other = cKDTree(_points(first)), cKDTree(_points(second))
    near = tree.sparse_distance_matrix(other, distance_m, output_type="ndarray")
    i, j = near["i"].astype(np.int64), near["j"].astype(np.int64)
    first_day = first["date"].to_numpy().astype("datetime64[D]")
    second_day = second["date"].to_numpy().astype("datetime64[D]")
    apart = np.abs((first_day[i] - second_day[j]).astype(np.int64))
    same = first["event_type"].to_numpy()[i] == second["event_type"].to_numpy()[j]
    good = same & (apart <= days)
    found = [first.index.to_numpy()[i[good]], second.index.to_numpy()[j[good]], apart[good], near["v"][good]]
    return pd.DataFrame(dict(zip(columns, found, strict=True)))


def _one_to_one(candidates: pd.DataFrame) -> pd.DataFrame:
    """Keep the closest pairs so that no record is used twice."""
    ordered = candidates.sort_values(["days", "distance_m", "first_id", "second_id"])
    taken: set[str] = set()
    kept = []
    for number, (one, other) in enumerate(zip(ordered["first_id"], ordered["second_id"], strict=True)):
        if f"1{one}" not in taken and f"2{other}" not in taken:
            taken |= {f"1{one}", f"2{other}"}
            kept.append(number)
    return ordered.iloc[kept].reset_index(drop=True)


def _points(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return points as x and y [m], shape (n, 2)."""
    return np.column_stack([frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy()])
