"""Levels: how far Force, Mission and each tier go in every cell and month, and where they part company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Divergence(IntEnum):
    """Where Force and Mission footprint agree and where they part company."""

    BOTH = 0
    FORCE_ONLY = 1
    """Troops can arrive, the mission cannot act as one."""
    CIVILIAN_AND_POLICE_ONLY = 2
    """Civilians and police are present; they cannot be protected or evacuated."""
    NEITHER = 3


@dataclass(frozen=True, slots=True, eq=False)
class Delivery:
    """What can be delivered in each cell, in each month [0-1]."""

    force: NDArray[np.float32] = field(repr=False)
    """Force footprint, shape (12, n_cells)."""
    tiers: NDArray[np.float32] = field(repr=False)
    """Tiers I to III, shape (3, 12, n_cells)."""
    circle: NDArray[np.bool_] = field(repr=False)
    """Within the circle map's radius of troops, shape (12, n_cells)."""


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
    return np.asarray(np.tensordot(np.asarray(weights, dtype=np.float32), tiers, axes=1), dtype=np.float32)


def divergence(
    force: NDArray[np.float32], whole: NDArray[np.float32], *, threshold: float
) -> NDArray[np.uint8]:
    """Return the `Divergence` class of each cell; a level equal to `threshold` counts as reached."""
    arrives, acts = force >= np.float32(threshold), whole >= np.float32(threshold)
    classes = np.full(force.shape, Divergence.NEITHER, dtype=np.uint8)
    classes[arrives & acts] = Divergence.BOTH
    classes[arrives & ~acts] = Divergence.FORCE_ONLY
    classes[~arrives & acts] = Divergence.CIVILIAN_AND_POLICE_ONLY
    return classes
