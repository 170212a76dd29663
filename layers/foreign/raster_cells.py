"""Cells of a raster: read by windows in the process that parses, cut to the area, brought to 1 km."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError

from layers.foreign import limits
from layers.foreign.raster_ground import (
    FINEST,
    Affine,
    Cut,
    Floats,
    band_km2,
    factor_of,
    is_plain,
    on_earth,
    other_cut,
    plain_cut,
)
from layers.foreign.raster_spread import Spread, km2_of, side_of, spread
from layers.foreign.raster_values import ValueTally
from layers.foreign.reference import Box
from layers.foreign.seen import CellsSeen
from layers.sentences import Sentence, say

_CACHE_MB = 96
_AT_ONCE = 2_000_000
"""Cells that are held at once."""
_BLOCK_BYTES = 128 * limits.MIB
_LARGEST = float(np.finfo(np.float32).max)
_BROKEN = say("its cells are broken")
_SEVERAL = say("it has {n} bands, and which of them counts people nothing says; bring one band")
_COLOURS = say("its cells are colours, not counts; bring the GeoTIFF that the picture was made of")
_NO_REFERENCE = say("its reference system is not stated, so where its cells lie is not known")
_NOT_HERE = say("none of its cells lies in the area")
_NOT_ON_EARTH = say("its cells do not fit on the Earth in the reference system it states")
_TOO_MANY = say("{n} million cells would have to be read, more than {most} million; cut it to your area")
_TOO_FINE = say("its cells are finer than is read; bring cells of a metre or more")
_BLOCKS = say("its cells are packed in blocks too large to open; save it again in tiles")
_COMPLEX = say("its cells hold complex numbers; bring plain numbers")
_TOO_LARGE = say("its cells hold numbers larger than any count of people")
_MILLION = 1_000_000
_FINEST_FACTOR = 1_200


class _Unable(Exception):  # noqa: N818  not an error: a raster that is described and not read
    """Cells cannot be had; the sentence says why."""

    def __init__(self, why: Sentence) -> None:
        self.why = why
        super().__init__(why)


@dataclass(slots=True)
class _Tally:
    """What was met in the cells read."""

    without: int = 0
    negative: int = 0
    infinite: int = 0
    values: ValueTally = field(default_factory=ValueTally)
    """What the values of the cells kept have in common."""
    sums: list[tuple[float, float]] = field(default_factory=list)
    """Of each window, its values, and its values by area [km²]."""

    def total(self, place: int) -> float:
        """Return one of the sums over all windows."""
        return math.fsum(each[place] for each in self.sums)


@dataclass(frozen=True, slots=True)
class _Source:
    """An open raster and how its numbers are to be taken."""

    raster: Any
    crs: CRS
    affine: Affine
    size: tuple[int, int]
    flipped: bool
    """Whether its first row is the southernmost."""

    def window(self, top: int, bottom: int, first: int, after: int, tally: _Tally) -> NDArray[np.float64]:
        """Return values of a window, rows from the north in a plain raster; NaN where there are none."""
        rows = (self.size[1] - bottom, self.size[1] - top) if self.flipped else (top, bottom)
        raw = self.raster.read(1, window=(rows, (first, after)))
        bad = np.zeros(raw.shape, bool)
        flags = {flag.name for flag in self.raster.mask_flag_enums[0]}
        if "per_dataset" in flags:
            bad |= self.raster.read_masks(1, window=(rows, (first, after))) == 0
        nodata = self.raster.nodata
        if nodata is not None and math.isfinite(nodata):
            # As GDAL does it: the value as the cells' own type would hold it.
            bad |= raw == (np.float32(nodata) if raw.dtype == np.float32 else nodata)
        values: Floats = raw.astype(np.float64)
        scale, offset = self.raster.scales[0], self.raster.offsets[0]
        if (scale, offset) != (1.0, 0.0):
            values *= scale
            values += offset
        bad |= np.isnan(values)
        tally.without += int(np.count_nonzero(bad))
        wrong = ~bad & ~((values >= 0) & (values <= _LARGEST))
        if wrong.any():
            endless = int(np.count_nonzero(np.isinf(values[wrong])))
            tally.infinite += endless
            tally.negative += int(np.count_nonzero(values[wrong] < 0)) - int(np.isneginf(values[wrong]).sum())
            if np.any(np.isfinite(values[wrong]) & (values[wrong] > 0)):
                raise _Unable(_TOO_LARGE)
            bad |= wrong
        values[bad] = np.nan
        return values[::-1] if self.flipped else values


def read_cells(path: Path, near: Box | None, sums: Path, densities: Path) -> CellsSeen | Sentence:
    """
    Write the cells of a raster down twice, and return where they lie, or why they cannot be had.

    Parameters
    ----------
    near
        Bounds outside which cells are only counted [degrees]; None keeps all. Its west may be larger
        than its east: it then lies across 180°.
    sums
        File for the sum of the values in each cell: people, where values count people.
    densities
        File for the people of each cell by its area, where values count people of a km².

    Notes
    -----
    Cells come in rows from the north, in longitude and latitude of WGS 84, as `<f4`, NaN where no cell of
    the file has a value. What has a value only in part keeps its people: its density is by all its area.
    """
    # Only where a raster is read. What GDAL says beside rasterio's own errors has a family of its own.
    from rasterio._err import CPLE_BaseError  # noqa: PLC0415
    from rasterio.errors import NotGeoreferencedWarning, RasterioError  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            # Said of what is refused anyway, on a terminal where nobody looks for it.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            return _opened(path, near, sums, densities)
    except _Unable as unable:
        return unable.why
    except (RasterioError, CPLE_BaseError, CRSError, ProjError, ValueError, ArithmeticError):
        # What GDAL says of a broken file names our own paths.
        return _BROKEN


def _opened(path: Path, near: Box | None, sums: Path, densities: Path) -> CellsSeen:
    import rasterio  # noqa: PLC0415  only where a raster is read

    with rasterio.Env(GDAL_CACHEMAX=_CACHE_MB), rasterio.open(path, driver="GTiff") as raster:
        return _read(_source(raster), near, sums, densities)


def _source(raster: Any) -> _Source:  # noqa: ANN401  rasterio states no types
    """Return an open raster whose cells can be taken for numbers, or say why they cannot."""
    if raster.count != 1:
        raise _Unable(_SEVERAL.having(n=raster.count))
    if raster.colorinterp[0].name not in {"gray", "undefined"}:
        raise _Unable(_COLOURS)
    kind = np.dtype(raster.dtypes[0])
    if kind.kind == "c":
        raise _Unable(_COMPLEX)
    rows, columns = raster.block_shapes[0]
    if rows * columns * kind.itemsize > _BLOCK_BYTES:
        raise _Unable(_BLOCKS)
    if not (math.isfinite(raster.scales[0]) and raster.scales[0] and math.isfinite(raster.offsets[0])):
        raise _Unable(_BROKEN)
    affine, size = raster.transform, (raster.width, raster.height)
    numbers = (affine.a, affine.b, affine.c, affine.d, affine.e, affine.f)
    if raster.crs is None:
        raise _Unable(_NO_REFERENCE)
    if not all(map(math.isfinite, numbers)) or not affine.a * affine.e - affine.b * affine.d:
        raise _Unable(_NOT_ON_EARTH)
    crs = CRS.from_wkt(raster.crs.to_wkt())
    plain = is_plain(crs, affine, size)
    return _Source(raster, crs, affine, size, plain and affine.e > 0)


def _read(source: _Source, near: Box | None, sums: Path, densities: Path) -> CellsSeen:
    """Read a raster by whichever way its cells lie."""
    affine, size = source.affine, source.size
    plain = is_plain(source.crs, affine, size)
    if plain and not on_earth(affine, size):
        raise _Unable(_NOT_ON_EARTH)
    if plain and min(affine.a, abs(affine.e)) < FINEST / _FINEST_FACTOR:
        raise _Unable(_TOO_FINE)
    cut = plain_cut(affine, size, near) if plain else other_cut(source.crs, affine, size, near)
    if cut is None:
        raise _Unable(_NOT_HERE)
    kept, every = cut.width * cut.height, size[0] * size[1]
    if kept > limits.RASTER_CELLS:
        most = limits.RASTER_CELLS // _MILLION
        raise _Unable(_TOO_MANY.having(n=kept // _MILLION, most=most))
    side = min(affine.a, abs(affine.e)) if plain else side_of(source.crs, affine, cut)
    if side is None:
        raise _Unable(_NOT_ON_EARTH)
    factor = factor_of(side)
    if factor > _FINEST_FACTOR:
        raise _Unable(_TOO_FINE)
    columns, rows = -(-cut.width // factor), -(-cut.height // factor)
    if columns * rows > limits.RASTER_KEPT:
        most = limits.RASTER_KEPT // _MILLION
        raise _Unable(_TOO_MANY.having(n=columns * rows // _MILLION, most=most))
    inside, outside = _Tally(), _Tally() if every <= limits.RASTER_CELLS else None
    if plain:
        west, north, steps = _write_plain(source, cut, factor, (sums, densities), inside)
    else:
        made = _spread(source, cut, factor, near, inside)
        west, north, steps = made.west, made.north, (made.step, made.step)
        rows, columns = made.sums.shape
        sums.write_bytes(made.sums.astype("<f4").tobytes())
        densities.write_bytes(made.densities.astype("<f4").tobytes())
    if outside is not None:
        _count_outside(source, cut, outside, plain=plain)
    return CellsSeen(
        rows=rows,
        columns=columns,
        west=west,
        north=north,
        step_x=steps[0],
        step_y=steps[1],
        factor=factor,
        moved=not plain,
        without_data=inside.without,
        negative=inside.negative,
        infinite=inside.infinite,
        kept=inside.total(0),
        kept_by_area=inside.total(1),
        outside=None if outside is None else outside.total(0),
        outside_by_area=None if outside is None else outside.total(1),
        flattened=inside.values.flattened(),
    )


def _bands(height: int, factor: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield rows to be read together: whole cells of those that come back, and as many as may be held."""
    rows = max(1, min(512, _AT_ONCE // max(1, width)) // factor) * factor
    for top in range(0, height, rows):
        yield top, min(height, top + rows)


def _gathered(
    source: _Source, cut: Cut, factor: int, tally: _Tally
) -> Iterator[tuple[int, int, Floats, NDArray[np.bool_]]]:
    """
    Yield the kept cells by bands: first row, rows of the file, sums by row, and whether there is a value.

    Notes
    -----
    Sums are over the columns of each cell that comes back, row by row of the file: shape (rows of the
    file, columns that come back), so that rows may be weighed by their area.
    """
    columns = -(-cut.width // factor)
    chunk = max(1, _AT_ONCE // max(4, factor) // factor) * factor
    start = cut.columns[0][0] + cut.columns[0][2]
    for top, bottom in _bands(cut.height, factor, min(cut.width, chunk)):
        sums = np.zeros((bottom - top, columns))
        filled = np.zeros((bottom - top, columns), bool)
        for first, after, moved in cut.columns:
            for begin in range(first, after, chunk):
                end = min(after, begin + chunk)
                values = source.window(cut.top + top, cut.top + bottom, begin, end, tally)
                place = begin + moved - start
                edges = np.unique(np.concatenate([[0], np.arange(-place % factor, end - begin, factor)]))
                at = (place + edges) // factor
                valid = ~np.isnan(values)
                tally.values.add(values[valid])
                values[~valid] = 0.0
                sums[:, at] += np.add.reduceat(values, edges, axis=1)
                filled[:, at] |= np.logical_or.reduceat(valid, edges, axis=1)
        yield top, bottom - top, sums, filled


def _by_cells(rows: NDArray[Any], factor: int, how: np.ufunc) -> NDArray[Any]:
    return how.reduceat(rows, np.arange(0, rows.shape[0], factor), axis=0)


def _write_plain(
    source: _Source, cut: Cut, factor: int, targets: tuple[Path, Path], tally: _Tally
) -> tuple[float, float, tuple[float, float]]:
    """Write sums and densities of a plain raster, band by band; return its corner and the sides of cells."""
    affine, step_y = source.affine, abs(source.affine.e)
    north = max(affine.f, affine.f + affine.e * source.size[1]) - cut.top * step_y
    steps = affine.a * factor, step_y * factor
    with targets[0].open("wb") as sums_file, targets[1].open("wb") as densities_file:
        for top, height, sums, filled in _gathered(source, cut, factor, tally):
            norths = north - step_y * np.arange(top, top + height + 1)
            small = band_km2(norths, affine.a)[:, None]
            cells = -(-height // factor)
            whole = band_km2(north - step_y * (top + factor * np.arange(cells + 1)), steps[0])[:, None]
            people = _by_cells(sums * small, factor, np.add)
            made, valid = _by_cells(sums, factor, np.add), _by_cells(filled, factor, np.logical_or)
            tally.sums.append((float(made.sum()), float(people.sum())))
            for values, target in ((made, sums_file), (people / whole, densities_file)):
                if float(values.max(initial=0.0)) > _LARGEST:
                    raise _Unable(_TOO_LARGE)
                target.write(np.where(valid, values, np.nan).astype("<f4").tobytes())
    return cut.west(affine), north, steps


def _spread(source: _Source, cut: Cut, factor: int, near: Box | None, tally: _Tally) -> Spread:
    """Return the cells of a raster in another reference system on a grid of degrees."""
    gathered = [
        (_by_cells(sums, factor, np.add), _by_cells(filled, factor, np.logical_or))
        for _, _, sums, filled in _gathered(source, cut, factor, tally)
    ]
    sums, filled = (np.concatenate([each[place] for each in gathered]) for place in (0, 1))
    made = spread(source.crs, source.affine, cut, factor, (sums, filled), near)
    if made is None:
        raise _Unable(_NOT_ON_EARTH)
    if (
        max(float(np.nanmax(made.sums, initial=0.0)), float(np.nanmax(made.densities, initial=0.0)))
        > _LARGEST
    ):
        raise _Unable(_TOO_LARGE)
    tally.sums.append((float(sums.sum()), made.by_area))
    return made


def _count_outside(source: _Source, cut: Cut, tally: _Tally, *, plain: bool) -> None:
    """Count what lies in the file and is not kept."""
    width, height = source.size
    gaps, at = [], 0
    for first, after, _ in sorted(cut.columns):
        gaps.append((at, first))
        at = after
    gaps.append((at, width))
    windows = [(0, cut.top, 0, width), (cut.bottom, height, 0, width)]
    windows += [(cut.top, cut.bottom, first, after) for first, after in gaps]
    for top, bottom, first, after in windows:
        chunk = max(1, _AT_ONCE // 256)
        for begin in range(first, after, chunk):
            end = min(after, begin + chunk)
            for low, high in _bands(bottom - top, 1, end - begin):
                values = source.window(top + low, top + high, begin, end, tally)
                by_row = np.nansum(values, axis=1)
                km2 = _row_km2(source, (top + low, top + high), (begin, end), plain=plain)
                tally.sums.append((float(by_row.sum()), float((by_row * km2).sum())))


def _row_km2(source: _Source, rows: tuple[int, int], columns: tuple[int, int], *, plain: bool) -> Floats:
    """Return the area of one cell of each row [km²]; of other rasters, that in the middle of a window."""
    affine = source.affine
    if not plain:
        return np.full(rows[1] - rows[0], km2_of(source.crs, affine, rows, columns))
    north = max(affine.f, affine.f + affine.e * source.size[1])
    return band_km2(north - abs(affine.e) * np.arange(rows[0], rows[1] + 1), affine.a)
