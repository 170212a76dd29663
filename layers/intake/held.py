"""Held: what rows of a list are held against: the sites of the area, and its outline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely

from layers.sentences import Sentence, say

_FAR_DEG = 0.5
_HALF_TURN = 180.0
_LAYERS = frozenset({"sites", "incidents", "places"})
_FAR = say("it lies more than half a degree (some 55 km) outside the area's outline")


@dataclass(frozen=True, slots=True, eq=False)
class AreaHeld:
    """What is known of an area when a list is read."""

    sites: Mapping[str, str]
    """Identifier of each site, by itself and by its plain name, for lists of assets."""
    outline: Any = None
    """In longitude and latitude [degrees]; None where none reads."""

    def too_far(self, layer: str, point: shapely.Point) -> Sentence | None:
        """
        Return why a place of a list of one's own cannot be meant: a slip of typing, or another area's.

        Parameters
        ----------
        layer
            That the list feeds.
        point
            In longitude and latitude [degrees].

        Returns
        -------
        Sentence or None
            None where the place may be meant, or nothing tells.
        """
        if layer not in _LAYERS or self.outline is None:
            return None
        west, _, east, _ = self.outline.bounds
        # Across 180 degrees a place may be written in two ways.
        if west <= -_HALF_TURN or east >= _HALF_TURN or shapely.dwithin(self.outline, point, _FAR_DEG):
            return None
        return _FAR
