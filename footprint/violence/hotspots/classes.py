"""In which words is a cell's history told? The Emerging Hot Spot classes, and one of ours."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.violence.hotspots.trend import Trend


class HotspotClass(StrEnum):
    """Class of a cell: ours, and the seventeen of Emerging Hot Spot Analysis."""

    SEASONAL_RECURRENT = "seasonal_recurrent"
    NEW_HOT = "new_hot"
    CONSECUTIVE_HOT = "consecutive_hot"
    INTENSIFYING_HOT = "intensifying_hot"
    PERSISTENT_HOT = "persistent_hot"
    DIMINISHING_HOT = "diminishing_hot"
    SPORADIC_HOT = "sporadic_hot"
    OSCILLATING_HOT = "oscillating_hot"
    HISTORICAL_HOT = "historical_hot"
    NEW_COLD = "new_cold"
    CONSECUTIVE_COLD = "consecutive_cold"
    INTENSIFYING_COLD = "intensifying_cold"
    PERSISTENT_COLD = "persistent_cold"
    DIMINISHING_COLD = "diminishing_cold"
    SPORADIC_COLD = "sporadic_cold"
    OSCILLATING_COLD = "oscillating_cold"
    HISTORICAL_COLD = "historical_cold"
    THROUGHOUT_HOT = "throughout_hot"
    """Ours: hot nearly throughout, and too few steps to tell whether it rises or falls."""
    THROUGHOUT_COLD = "throughout_cold"
    NONE = "none"


HOT = (
    HotspotClass.NEW_HOT,
    HotspotClass.CONSECUTIVE_HOT,
    HotspotClass.INTENSIFYING_HOT,
    HotspotClass.PERSISTENT_HOT,
    HotspotClass.DIMINISHING_HOT,
    HotspotClass.SPORADIC_HOT,
    HotspotClass.OSCILLATING_HOT,
    HotspotClass.HISTORICAL_HOT,
    HotspotClass.THROUGHOUT_HOT,
)
COLD = tuple(HotspotClass(pattern.value.replace("_hot", "_cold")) for pattern in HOT)

MOST_YEARS_SHARE = 0.9
"""Share of years that makes a cell hot throughout. Source: Emerging Hot Spot Analysis, ArcGIS Pro 3."""


def classify(
    hot: NDArray[np.bool_],
    cold: NDArray[np.bool_],
    trend: Trend,
    *,
    recurrent: NDArray[np.bool_] | None = None,
    trend_p_max: float,
    trend_steps_min: int = 1,
) -> NDArray[np.object_]:
    """
    Name the pattern of each cell over the years.

    Parameters
    ----------
    hot, cold
        Whether the cell was significantly hot or cold in each yearly step, shape (n_cells, n_steps).
    trend
        Mann-Kendall test of the cells' yearly scores.
    recurrent
        Cells with a recurrent season, shape (n_cells,); they are *seasonal recurrent* first.
    trend_p_max
        Largest p of a trend taken as one, inclusive.
    trend_steps_min
        Steps below which no class is given that needs a trend, or its absence: *throughout* then stands for
        *intensifying*, *persistent* and *diminishing*.

    Returns
    -------
    NDArray
        `HotspotClass` of each cell, shape (n_cells,).

    Notes
    -----
    Rules as ArcGIS Pro 3 documents them, first match in its order. With fewer than ten
    years "90 percent of the steps" means every year. *New*: hot in the last year, never before.
    *Consecutive*: never hot before one unbroken run of at least two years that lasts to the end,
    hot in less than 90 %. *Intensifying*, *diminishing*: hot in 90 % and in the last year, with
    a trend; *persistent*: hot in 90 %, no trend. *Sporadic*: hot in the last year, on and off before,
    never cold; *oscillating*: the same but cold in some year. *Historical*: hot in 90 %, not in the last.
    Cold mirrors hot, with the trend reversed. A cell cold for nine years of ten and hot in the
    last is *new hot*, not *historical cold*: what holds now is said first.
    """
    known = trend.p <= trend_p_max
    rising, falling = known & (trend.z > 0), known & (trend.z < 0)
    enough = hot.shape[1] >= trend_steps_min
    met = [
        *zip(HOT, _rules(hot, cold, rising, falling, enough=enough), strict=True),
        *zip(COLD, _rules(cold, hot, falling, rising, enough=enough), strict=True),
    ]
    historical = {HotspotClass.HISTORICAL_HOT, HotspotClass.HISTORICAL_COLD}
    words = list(HotspotClass)
    code = np.full(len(hot), words.index(HotspotClass.NONE))
    # What holds in the last year is said before what held once, so history is laid down first.
    for name, holds in sorted(met, key=lambda item: item[0] not in historical):
        code[holds] = words.index(name)
    if recurrent is not None:
        code[recurrent] = words.index(HotspotClass.SEASONAL_RECURRENT)
    named: NDArray[np.object_] = np.array(words, dtype=object)[code]
    return named


def _rules(
    hot: NDArray[np.bool_],
    cold: NDArray[np.bool_],
    rising: NDArray[np.bool_],
    falling: NDArray[np.bool_],
    *,
    enough: bool,
) -> tuple[NDArray[np.bool_], ...]:
    """Return which cells meet each of the rules, in the order of `HOT`; at most one each."""
    n_years = hot.shape[1]
    last = hot[:, -1:].any(axis=1)
    times = hot.sum(axis=1)
    most = (times >= MOST_YEARS_SHARE * n_years - 1e-9) & (times > 0)
    run = np.cumprod(hot[:, ::-1], axis=1).sum(axis=1)
    new = last & (times == 1)
    consecutive = last & (run >= 2) & (run == times) & ~most  # noqa: PLR2004 - two is the rule
    throughout = last & most & ~new
    on_and_off = last & ~most & ~new & ~consecutive
    ever_cold = cold.any(axis=1)
    return (
        new,
        consecutive,
        throughout & rising & enough,
        throughout & ~rising & ~falling & enough,
        throughout & falling & enough,
        on_and_off & ~ever_cold,
        on_and_off & ever_cold,
        ~last & most,
        throughout & (not enough),
    )
