"""Levels: how far Force, Mission and each tier go in every cell and month, and where they part company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from footprint.indicators.indicator import Indicator

EQUAL = (1 / 3, 1 / 3, 1 / 3)
"""Tier weights of everything that belongs to no single objective."""

_TIERS = (Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3)


class Divergence(IntEnum):
    """Where Force and Mission footprint agree and where they part company."""

    BOTH = 0
    FORCE_ONLY = 1
    """Troops can arrive, neither tier I nor tier III is there."""
    CIVILIAN_AND_POLICE_ONLY = 2
    """Civilians or police can work there; troops cannot come in time."""
    NEITHER = 3
    FORCE_REST_UNKNOWN = 4
    """Troops can arrive; nobody knows whether tier I or III is there."""
    NOT_KNOWN = 5
    """Troops cannot arrive in time; nobody knows whether tier I or III is there."""


class Side(IntEnum):
    """Which of two reviews reaches a cell."""

    BOTH = 0
    ONLY_FIRST = 1
    ONLY_SECOND = 2
    NEITHER = 3


@dataclass(frozen=True, slots=True, eq=False)
class Delivery:
    """What can be delivered in each cell, in each month [0-1]."""

    force: NDArray[np.float32] = field(repr=False)
    """Force footprint, shape (12, n_cells)."""
    tiers: NDArray[np.float32] = field(repr=False)
    """Tiers I to III as the data name them: what is there at least, shape (3, 12, n_cells)."""
    most: NDArray[np.float32] = field(repr=False)
    """Tiers I to III at most: above `tiers` where the data name no asset for part of what a tier needs."""
    circle: NDArray[np.bool_] = field(repr=False)
    """Within the circle map's radius of troops, shape (12, n_cells)."""
    force_ground: NDArray[np.float32] = field(repr=False)
    """Force footprint without what comes by air, shape (12, n_cells)."""
    force_known: bool = True
    """Whether the data name any troops at all."""

    def at_least(self) -> Delivery:
        """Return what is there at least, as if nobody were where the data name nobody."""
        return replace(self, most=self.tiers, force_known=True)

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """Where a tier is not known, shape (3, 12, n_cells): a group that nobody names could be there."""
        return np.asarray(self.most > self.tiers)


def mission(tiers: NDArray[np.float32], weights: Sequence[float]) -> NDArray[np.float32]:
    """
    Return the Mission footprint: the weighted mean of the tiers, shape of one tier.

    Parameters
    ----------
    tiers
        Deliverability of tiers I to III, first axis of length 3.
    weights
        Weight of each tier, adding up to 1.
    """
    first, second, third = np.asarray(weights, dtype=np.float32)
    # Term by term, as figures add up: what is summed here and there is the same to the last bit.
    return np.asarray(first * tiers[0] + second * tiers[1] + third * tiers[2], dtype=np.float32)


def divergence(
    force: NDArray[np.float32],
    tiers: NDArray[np.float32],
    most: NDArray[np.float32] | None = None,
    *,
    threshold: float,
) -> NDArray[np.uint8]:
    """
    Return the `Divergence` class of each cell.

    Parameters
    ----------
    force
        Force footprint of each cell [0-1].
    tiers
        Tiers I to III, first axis of length 3. Those that only the rest of the mission brings, I and
        III, decide: the Mission footprint itself, a mean of three, would leave the third class empty and
        count a whole post of tier I as nothing.
    most
        The tiers at most, where not all is known; in the shape of `tiers`.
    threshold
        Level from which a cell counts as reached, inclusive.
    """
    least = np.float32(threshold)
    most = tiers if most is None else most
    arrives, acts = force >= least, np.maximum(tiers[0], tiers[2]) >= least
    may_act = np.maximum(most[0], most[2]) >= least
    classes = np.full(force.shape, Divergence.NEITHER, dtype=np.uint8)
    classes[arrives & acts] = Divergence.BOTH
    classes[arrives & ~acts] = Divergence.FORCE_ONLY
    classes[~arrives & acts] = Divergence.CIVILIAN_AND_POLICE_ONLY
    classes[arrives & ~acts & may_act] = Divergence.FORCE_REST_UNKNOWN
    classes[~arrives & ~acts & may_act] = Divergence.NOT_KNOWN
    return classes


def level_of(
    delivery: Delivery, indicator: Indicator, month: int, *, tier_weights: Sequence[float] = EQUAL
) -> NDArray[np.float32]:
    """
    Return one indicator in every cell [0-1], shape (n_cells,).

    Parameters
    ----------
    delivery
        What can be delivered.
    indicator
        Which level.
    month
        Month (1-12).
    tier_weights
        Weights of the tiers in the Mission footprint.
    """
    tiers = delivery.tiers[:, month - 1]
    match indicator:
        case Indicator.FORCE:
            return np.asarray(delivery.force[month - 1])
        case Indicator.MISSION:
            return mission(tiers, tier_weights)
        case Indicator.TIER_1 | Indicator.TIER_2 | Indicator.TIER_3:
            return np.asarray(tiers[_TIERS.index(indicator)])
        case Indicator.CIRCLE:
            return np.asarray(delivery.circle[month - 1], dtype=np.float32)
        case Indicator.FORCE_GROUND:
            return np.asarray(delivery.force_ground[month - 1])
        case _:
            assert_never(indicator)


def sides(first: NDArray[np.float32], second: NDArray[np.float32], *, threshold: float) -> NDArray[np.uint8]:
    """Return the `Side` of each cell from its levels in two reviews; `threshold` itself counts as reached."""
    one, two = first >= np.float32(threshold), second >= np.float32(threshold)
    return np.select(
        [one & two, one, two], [Side.BOTH, Side.ONLY_FIRST, Side.ONLY_SECOND], Side.NEITHER
    ).astype(np.uint8)
