"""The board: one map on its page, as those who draw on it see it."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes

from footprint.briefing.brief import Brief
from footprint.briefing.sheets.extent import Extent
from footprint.briefing.sheets.typeset import PaperSheet


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """What is drawn on, of what, and how large."""

    brief: Brief
    sheet: PaperSheet
    axes: Axes
    """Of the map, in the area's metres."""
    extent: Extent
    focus: str
    month: int
    """Month shown (1-12)."""
    letters: float
    """Size of letters and marks, 1 on A4."""

    def on_page(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return where a place stands on the page [mm]."""
        return self.extent.on_page(x_m, y_m)
