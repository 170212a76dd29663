"""The two footprints: Force, Mission and its three tiers, and the four classes of their divergence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numba import njit
from numpy.typing import NDArray

from footprint.method import Bundle, Capability

TIERS = ("TIER_1", "TIER_2", "TIER_3")
FORCE = "FORCE"


class Weakest(StrEnum):
    """
    How a tier's groups make a whole: its weakest one, or a softer mean for sensitivity.

    The weakest is an upper bound (Fréchet): it holds if the groups are there together. The product is
    what is left if each comes about by itself.
    """

    MINIMUM = "minimum"
    GEOMETRIC = "geometric"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A bundle as arrays: which capabilities, in which groups, and how they make a level."""

    slots: NDArray[np.int64]
    """Row of each capability of the bundle among all capabilities, group by group, shape (n_slots,)."""
    group: NDArray[np.int64]
    """Group of each slot, ascending from 0, shape (n_slots,)."""
    needs_all: bool
    """Whether every group is needed; else any capability of any group does."""
    multiplied: bool
    """Whether groups join by their product instead of the weakest."""
    rooted: bool
    """Whether the root of that is taken, for the geometric mean."""

    @property
    def how(self) -> tuple[NDArray[np.int64], bool, bool, bool]:
        """Return how the slots join, for `fill_levels`."""
        return self.group, self.needs_all, self.multiplied, self.rooted

    @property
    def n_groups(self) -> int:
        """Groups of the bundle."""
        return int(self.group[-1]) + 1


def rule_of(bundle: Bundle, capabilities: Sequence[str], *, weakest: Weakest = Weakest.MINIMUM) -> Rule:
    """
    Return the rule of a bundle over capabilities in a given order.

    Parameters
    ----------
    bundle
        Groups of capabilities and the word that joins them.
    capabilities
        Names of all capabilities, in the order of the arrays it will be asked of.
    weakest
        How groups join where all are needed.
    """
    row = {name: number for number, name in enumerate(capabilities)}
    pairs = [(row[name], number) for number, group in enumerate(bundle.groups) for name in group]
    slots = np.array([slot for slot, _ in pairs], dtype=np.int64)
    group = np.array([number for _, number in pairs], dtype=np.int64)
    multiplied = weakest is not Weakest.MINIMUM
    return Rule(slots, group, bundle.rule == "all", multiplied, weakest is Weakest.GEOMETRIC)


def ground_part(bundle: Bundle, capabilities: Mapping[str, Capability]) -> Bundle:
    """Return a bundle without what comes by air; without any group if a needed one is all by air."""
    groups = [tuple(name for name in group if not capabilities[name].air) for group in bundle.groups]
    if bundle.rule == "all" and not all(groups):
        groups = []
    return replace(bundle, rule=bundle.rule if groups else "any", groups=tuple(filter(None, groups)))


def deliver(rule: Rule, chances: NDArray[np.float32]) -> NDArray[np.float32]:
    """
    Return how far a bundle can be delivered in each cell.

    Parameters
    ----------
    rule
        The bundle.
    chances
        Chance that each capability is there [0-1], shape (n_capabilities, n_cells).

    Returns
    -------
    ndarray
        Shape (n_cells,), 0-1. Where all groups are needed each is as good as its best capability and
        the weakest counts; else it is the chance that at least one capability of any group is there.

    Examples
    --------
    >>> both = Bundle(bundle_id="T", label="", rule="all", groups=(("A", "B"), ("C",)))
    >>> deliver(rule_of(both, "ABC"), np.array([[0.0], [0.5], [0.25]], dtype="float32")).tolist()
    [0.25]
    """
    levels = np.empty(chances.shape[1], dtype=np.float32)
    fill_levels(rule.slots, rule.how, chances, levels)
    return levels


@njit(cache=True, nogil=True)
def fill_levels(slots, rule, chances, levels):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """
    Fill `levels` from the chances of a bundle's slots: the one rule of reviews and portfolios.

    Slot by slot along the rows, because that is what processors are fast at.
    """
    group, needs_all, multiplied, rooted = rule
    levels[:] = np.float32(1)
    if not needs_all:
        for slot in slots:
            _miss(levels, chances[slot])
        for place in range(len(levels)):
            levels[place] = np.float32(1) - levels[place]
        return
    best = np.zeros(len(levels), dtype=np.float32)
    for number in range(len(slots)):
        _best(best, chances[slots[number]])
        if number + 1 == len(slots) or group[number + 1] != group[number]:
            _joined(levels, best, multiplied)
            best[:] = np.float32(0)
    if rooted:
        levels[:] = levels ** (np.float32(1) / np.float32(group[-1] + 1))


@njit(cache=True, nogil=True)
def _miss(levels, chance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Multiply into `levels` what one capability misses."""
    for place in range(len(levels)):
        levels[place] *= np.float32(1) - chance[place]


@njit(cache=True, nogil=True)
def _best(best, chance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Raise `best` to a capability that is better."""
    for place in range(len(best)):
        best[place] = max(best[place], chance[place])


@njit(cache=True, nogil=True)
def _joined(levels, best, multiplied):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Join one more group: the weakest counts, or the product."""
    for place in range(len(levels)):
        levels[place] = levels[place] * best[place] if multiplied else min(levels[place], best[place])


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
