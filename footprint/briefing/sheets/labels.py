"""
Labels: names beside their points, none over another.

Each label takes the first free place of a fixed order around its point, the most wanted labels first: the
greedy method by which Christensen, Marks and Shieber (1995, ACM Transactions on Graphics 14(3)) measure
others. It is not the best there is, but its places are the same on every machine, and it never lays one label
over another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from footprint.briefing.sheets.paper import Box

_AWAY_MM = (0.0, 1.2, 2.4, 4.0, 6.0, 8.5, 11.5, 15.0, 19.0, 24.0, 30.0)
"""How far from its nearest place a label may stand, the nearest first."""
_SIDES = ((1, 0), (1, 1), (1, -1), (-1, 0), (-1, 1), (-1, -1), (0, 1), (0, -1))
"""Right of its point before left, and beside it before above: as hand-made maps have it (Imhof 1975)."""
_NEAR = 3
"""Of `_AWAY_MM`: how many a label that may be left out tries."""
_LINE_FROM_MM = 3.0
"""Distance from which on a line leads from the point to its label."""


@dataclass(frozen=True, slots=True)
class LabelWanted:
    """A label that wants a place: its point [mm on the page], its size, and whether it may be left out."""

    x: float
    y: float
    width: float
    height: float
    away: float
    """Nearest it may stand to its point: the radius of the mark there."""
    must: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands, and whether a line has to lead there."""

    box: Box
    leads: bool


def place_labels(wanted: Sequence[LabelWanted], taken: Sequence[Box], frame: Box) -> list[Placed | None]:
    """
    Find a place for each label inside a frame.

    Parameters
    ----------
    wanted
        The most important first.
    taken
        What no label may cover: marks, the scale bar, the arrow.
    frame
        Where labels may stand.

    Returns
    -------
    list of Placed or None
        In the order of `wanted`; None where there is no room. No two share any part.
    """
    occupied = list(taken)
    found: list[Placed | None] = []
    for label in wanted:
        placed = next(
            (
                Placed(box, away >= _LINE_FROM_MM)
                for away in (_AWAY_MM if label.must else _AWAY_MM[:_NEAR])
                for box in _around(label, away)
                if frame.holds(box) and not any(box.meets(other) for other in occupied)
            ),
            None,
        )
        found.append(placed)
        if placed is not None:
            occupied.append(placed.box)
    return found


def _around(label: LabelWanted, away: float) -> list[Box]:
    distance = label.away + away
    places = []
    for across, up in _SIDES:
        # Diagonal places stand as far as the others, along both axes.
        step = distance if 0 in (across, up) else distance * 0.71
        left = label.x + across * step - label.width * (1 - across) / 2
        bottom = label.y + up * step - label.height * (1 - up) / 2
        places.append(Box(left, bottom, label.width, label.height))
    return places
