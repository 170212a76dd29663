"""The two footprints: Force, Mission and its three tiers, and the four classes of their divergence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from footprint.method import Bundle

TIERS = ("TIER_1", "TIER_2", "TIER_3")
FORCE = "FORCE"


class Weakest(StrEnum):
    """How a tier's groups make a whole: its weakest one, or a softer mean for sensitivity."""

    MINIMUM = "minimum"
    GEOMETRIC = "geometric"


def deliver(
    bundle: Bundle, chances: Mapping[str, NDArray[np.float32]], *, weakest: Weakest = Weakest.MINIMUM
) -> NDArray[np.float32]:
    """
    Return how far a bundle can be delivered in each cell.

    Parameters
    ----------
    bundle
        Groups of capabilities and the rule that joins them.
    chances
        Chance that each capability is there [0-1], shape (n_cells,) each.
    weakest
        How groups join under the rule "all".

    Returns
    -------
    ndarray
        Shape (n_cells,), 0-1. Under "all" each group is as good as its best capability;
        under "any" it is the chance that at least one capability of any group is there.

    Examples
    --------
    >>> both = Bundle(bundle_id="T", label="", rule="all", groups=(("A", "B"), ("C",)))
    >>> half = np.array([0.5], dtype="float32")
    >>> deliver(both, {"A": half * 0, "B": half, "C": half / 2}).tolist()
    [0.25]
    """
    if bundle.rule == "any":
        miss = np.float32(1) - chances[bundle.groups[0][0]]
        for name in [name for group in bundle.groups for name in group][1:]:
            miss = miss * (np.float32(1) - chances[name])
        return np.float32(1) - miss
    groups = [best(chances, group) for group in bundle.groups]
    if weakest is Weakest.GEOMETRIC:
        product = np.prod(groups, axis=0)
        return np.asarray(product ** (1 / len(groups)), dtype=np.float32)
    least = groups[0]
    for group in groups[1:]:
        least = np.minimum(least, group)
    return least


def best(chances: Mapping[str, NDArray[np.float32]], group: Sequence[str]) -> NDArray[np.float32]:
    """Return the best capability of a group in each cell, shape (n_cells,)."""
    top = chances[group[0]]
    for name in group[1:]:
        top = np.maximum(top, chances[name])
    return top


def bundle_minutes(bundle: Bundle, arrivals: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    """
    Return when a bundle is complete in each cell [min], inf where it never is.

    Under "all" that is when the last group's first capability arrives; under "any" when
    the first capability does.
    """
    groups = [np.min([arrivals[name] for name in group], axis=0) for group in bundle.groups]
    return np.asarray(
        np.max(groups, axis=0) if bundle.rule == "all" else np.min(groups, axis=0), dtype=np.float32
    )
