"""Held: what rows of a list are held against: the sites of the area, and its outline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.sentences import Sentence, say

_FAR_DEG = 0.5
_HALF_TURN = 180.0
_LATITUDES, _LONGITUDES = 90.0, 360.0
"""Longitudes run on beyond 180 in files that lie across it."""
_LAYERS = frozenset(
    "sites incidents places roads rivers lakes flood_zones country regions districts".split()  # noqa: SIM905
)
"""Layers of an area's own. Airfields and sensitive places come in lists of the world, and are cut when it is
built."""
_NO_DEGREES = say("its coordinates are no longitude and latitude; is its reference system the one stated?")
_TOO_WIDE = say(
    "it is more than 180 degrees wide; a shape that crosses the line of 180 degrees is written in two parts,"
    " cut there"
)
_FAR = say("it lies more than half a degree (some 55 km) outside the area's outline")


@dataclass(frozen=True, slots=True, eq=False)
class AreaHeld:
    """What is known of an area when a list is read."""

    sites: Mapping[str, str]
    """Identifier of each site, by itself and by its plain name, for lists of assets."""
    outline: Any = None
    """In longitude and latitude [degrees]; None where none reads."""
    _is_whole: bool = field(init=False, default=False)
    """Whether the outline tells what lies outside: across 180 degrees a place may be written in two ways."""

    def __post_init__(self) -> None:
        """Make the outline ready for many questions."""
        if self.outline is not None:
            shapely.prepare(self.outline)
            west, _, east, _ = self.outline.bounds
            object.__setattr__(self, "_is_whole", west > -_HALF_TURN and east < _HALF_TURN)

    def too_far(self, layer: str, shape: Any) -> Sentence | None:  # noqa: ANN401  shapely is not typed
        """
        Return why a place of a list of one's own cannot be meant: a slip of typing, or another area's.

        Parameters
        ----------
        layer
            That the list feeds.
        shape
            A point, a line or a polygon in longitude and latitude [degrees].

        Returns
        -------
        Sentence or None
            None where the place may be meant, or nothing tells.
        """
        west, south, east, north = shape.bounds
        # Endless ones and those that are no number are neither.
        if not (max(-west, east) <= _LONGITUDES and max(-south, north) <= _LATITUDES):
            return _NO_DEGREES
        if east - west > _HALF_TURN and (_widths(shape) > _HALF_TURN).any():
            return _TOO_WIDE
        if layer not in _LAYERS or not self._is_whole or shapely.dwithin(self.outline, shape, _FAR_DEG):
            return None
        return _FAR


def _widths(shape: Any) -> NDArray[np.float64]:  # noqa: ANN401  shapely is not typed
    """Return how wide each part of a shape is [degrees]."""
    west, _, east, _ = shapely.bounds(shapely.get_parts(shape)).T
    return np.asarray(east - west)
