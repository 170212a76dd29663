"""Paper: its sizes, and the rectangles of a sheet on it. All lengths in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MM_PER_INCH = 25.4
POINTS_PER_MM = 72 / MM_PER_INCH


class Paper(StrEnum):
    """Size of the paper (ISO 216)."""

    A4 = "a4"
    A3 = "a3"


class Orientation(StrEnum):
    """How the paper lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


_SHORT_LONG = {Paper.A4: (210.0, 297.0), Paper.A3: (297.0, 420.0)}
_LETTERS = {Paper.A4: 1.0, Paper.A3: 1.3}
"""Size of letters against A4's."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page [mm], from its left lower corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.bottom + self.height

    def meets(self, other: Box) -> bool:
        """Tell whether two rectangles share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, other: Box) -> bool:
        """Tell whether another rectangle lies inside, edges included."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A sheet of paper as it lies."""

    paper: Paper
    orientation: Orientation

    @property
    def size(self) -> tuple[float, float]:
        """Width and height [mm]."""
        short, long = _SHORT_LONG[self.paper]
        return (short, long) if self.orientation is Orientation.PORTRAIT else (long, short)

    @property
    def letters(self) -> float:
        """Size of letters and marks, 1 on A4."""
        return _LETTERS[self.paper]


class SheetFormat(StrEnum):
    """File a sheet is written to."""

    PNG = "png"
    PDF = "pdf"
    SVG = "svg"


MEDIA_TYPES = {
    SheetFormat.PNG: "image/png",
    SheetFormat.PDF: "application/pdf",
    SheetFormat.SVG: "image/svg+xml",
}
