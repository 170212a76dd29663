"""Costliest: in each region, the one site and the one way whose loss costs most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isnan, nan

from footprint.evidence.fragility import SMALL, Fragility, Piece, WithoutPiece
from footprint.indicators.indicator import Indicator


class Among(StrEnum):
    """What the costliest is looked for among."""

    SITES = "sites"
    WAYS = "ways"
    """Roads, bridges and ferries."""


_PIECES: Mapping[Among, frozenset[Piece]] = {
    Among.SITES: frozenset({Piece.SITE}),
    Among.WAYS: frozenset({Piece.ROAD, Piece.BRIDGE, Piece.FERRY}),
}


@dataclass(frozen=True, slots=True)
class Costliest:
    """The one piece without which a headline of a region falls most."""

    unit_id: str
    indicator: Indicator
    among: Among
    piece: WithoutPiece | None
    """None where no loss of one lowers it."""
    change: float
    """Change of the year's mean without it [share of the region's need, at most 0]; NaN without need."""


def costliest(fragility: Fragility) -> tuple[Costliest, ...]:
    """
    Return, for each region, each headline, sites and ways, the one whose loss costs most.

    Parameters
    ----------
    fragility
        Every piece left out.

    Returns
    -------
    tuple of Costliest
        Region by region; of equal ones that which costs the area more.
    """
    if not fragility.left_out:
        return ()
    regions = list(fragility.left_out[0].by_region)
    return tuple(
        _of(fragility, unit_id, (number, indicator), among)
        for unit_id in regions
        for number, indicator in enumerate((Indicator.FORCE, Indicator.MISSION))
        for among in Among
    )


def _of(fragility: Fragility, unit_id: str, which: tuple[int, Indicator], among: Among) -> Costliest:
    number, indicator = which
    own = [each for each in fragility.left_out if each.piece in _PIECES[among]]
    changes = [each.by_region[unit_id][number] for each in own]
    if any(map(isnan, changes)) or not changes:
        return Costliest(unit_id, indicator, among, None, nan if changes else 0.0)
    at = min(range(len(own)), key=lambda each: round(changes[each] / SMALL))
    if changes[at] > -SMALL:
        return Costliest(unit_id, indicator, among, None, 0.0)
    return Costliest(unit_id, indicator, among, own[at], changes[at])
