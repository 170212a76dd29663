"""Brought: cells of a raster as they came back from the process that read it, checked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from layers.foreign import limits
from layers.foreign.seen import CellsSeen, SheetSeen
from layers.foreign.sheets import refusal
from layers.population import RasterUnit
from layers.sentences import Sentence, say

_EXPORT_AGAIN = say("Export it again from its program.")
_NOT_WHOLE = say("what came back of it is not whole")
_BY_RULE = say("Bring a GeoTIFF of one band, in a stated reference system, cut to your area.")
_CLOSE = 1e-4
"""Share by which sums of cells of single precision may miss the sum said."""
_BYTES = 4


@dataclass(frozen=True, slots=True, eq=False)
class RasterCells:
    """
    Cells of a foreign raster, in rows from the north, in longitude and latitude of WGS 84.

    Notes
    -----
    Nobody is lost: what the file holds is `kept`, which is what `values` hold, and `outside`.
    """

    values: NDArray[np.float32]
    """People, or people per square kilometre, NaN where there are no data, shape (rows, columns)."""
    unit: RasterUnit
    west: float
    """Of the first column [degrees]; beyond 180 where the area lies across it."""
    north: float
    step_x: float
    """Sides of the cells [degrees]."""
    step_y: float
    factor: int
    """Cells of the file along the side of one of these."""
    moved: bool
    """Whether they were laid upon a grid of degrees from another reference system."""
    without_data: int
    """Cells of the file, of those kept, without a value."""
    negative: int
    infinite: int
    """Cells with values that are no number of people, left out."""
    kept: float
    """People in the cells kept [persons]."""
    outside: float | None
    """People in the cells cut off [persons]; None where the file is too large to read them all."""
    flattened: Sentence | None = None
    """Why its largest values may be cut off, None where nothing says so."""

    @property
    def reference(self) -> str:
        """Reference system of the cells."""
        return "EPSG:4326"


def brought_cells(file: str, sheet: SheetSeen, path: Path, unit: RasterUnit) -> RasterCells:
    """
    Return cells that were written down by the process that read a raster.

    Raises
    ------
    LayerError
        If the raster has no cells that can be had, or what lies there is not what was said.
    """
    about = sheet.cells
    if about is None:
        why = sheet.without_cells
        raise refusal(file, why or say("it is no raster"), _BY_RULE)
    if not _is_possible(about) or path.is_symlink() or not path.is_file():
        raise refusal(file, _NOT_WHOLE, _EXPORT_AGAIN)
    if path.stat().st_size != about.rows * about.columns * _BYTES:
        raise refusal(file, _NOT_WHOLE, _EXPORT_AGAIN)
    values = np.fromfile(path, "<f4").reshape(about.rows, about.columns)
    counts = unit is RasterUnit.COUNT
    kept, outside = (about.kept, about.outside) if counts else (about.kept_by_area, about.outside_by_area)
    bad = np.isinf(values) | (values < 0)
    total = float(np.nansum(values, dtype=np.float64))
    if bad.any() or (counts and not math.isclose(total, kept, rel_tol=_CLOSE, abs_tol=_CLOSE)):
        raise refusal(file, _NOT_WHOLE, _EXPORT_AGAIN)
    return RasterCells(
        values=values.astype(np.float32),
        unit=unit,
        west=about.west,
        north=about.north,
        step_x=about.step_x,
        step_y=about.step_y,
        factor=about.factor,
        moved=about.moved,
        without_data=about.without_data,
        negative=about.negative,
        infinite=about.infinite,
        kept=kept,
        outside=outside,
        flattened=about.flattened,
    )


def _is_possible(about: CellsSeen) -> bool:
    """Tell whether cells lie on the Earth and are no more than may come back."""
    return (
        about.rows > 0
        and about.columns > 0
        and about.rows * about.columns <= limits.RASTER_KEPT
        and 0 < about.step_x <= 360  # noqa: PLR2004  degrees
        and 0 < about.step_y <= 180  # noqa: PLR2004
        and abs(about.west) <= 540  # noqa: PLR2004  one and a half turns
        and abs(about.north) <= 90 + about.step_y
    )
