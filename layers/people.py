"""
People: a population raster of any resolution, brought to the cells of a grid.

Each source cell's people are shared among the grid's cells by exact area, in the raster's own
reference system, so nobody is counted twice and nobody is lost between two cells.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import rasterio
import shapely
from numba import njit
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window
from scipy import sparse
from shapely.geometry.base import BaseGeometry

from layers.errors import Fault, LayerError
from layers.grid import Grid
from layers.on_raster import columns_round, is_torn, on_map, on_raster, turns
from layers.population import Population, RasterUnit
from layers.sentences import Sentence, say
from layers.shares import SHARE_FLOOR, CellEdges, area_shares, lattice_shares, polygon_edges
from layers.zones import BorderPieces, border_pieces

RASTER_CELLS_MAX = 500_000_000
"""Largest raster read [cells]; a large country at 100 m has 370 million."""

BLOCK_CELLS_MAX = 64_000_000
"""Largest piece in which a raster may be stored [cells]: one piece is unpacked at a time."""

STRIP_CELLS = 16_000_000
"""Source cells held in memory at a time."""

PEOPLE_MAX = 1e10
"""More people than live on Earth: a value for missing data was not declared, or the unit is wrong."""

NODATA_VALUES = (255.0, 9_999.0, 32_767.0, 65_535.0, 99_999.0, 2_147_483_647.0, 4_294_967_295.0)
"""Values that programs write for missing data, where they are the largest and stand more than once."""

_SLACK = 1e-6
"""Columns by which a turn round the globe may miss a whole number for rounding."""

REMEDY_COVER = say("Choose a raster that covers the whole area and holds people in it.")
REMEDY_NODATA = say(
    "Set the value that means no data in the file, and check whether it counts people or density."
)


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """Pieces of land whose people are wanted, and the cell that gets them."""

    land: NDArray[np.object_]
    """Each piece as a polygon [m]."""
    cells: NDArray[np.int64]
    """Cell that gets the people of each piece, -1 for none, shape (n_pieces,)."""


def people_on_grid(
    path: Path,
    grid: Grid,
    *,
    unit: RasterUnit,
    year: int,
    outline: BaseGeometry | None = None,
    levels: Mapping[str, gpd.GeoDataFrame] | None = None,
) -> Population:
    """
    Read a population raster and bring it to the cells of `grid`.

    Parameters
    ----------
    path
        GeoTIFF with one band, in any reference system.
    grid
        Cells to fill; its reference system must be equal-area.
    unit
        Whether the raster counts people per cell or per square kilometre; density is
        multiplied by each source cell's true area first.
    year
        Year the raster stands for.
    outline
        The area, in the grid's reference system [m]. With it, people are shared by area
        at the border: a cell gets only those inside the outline. Without it, every cell
        gets all people of its square, whoever's they are.
    levels
        Units by level, in the grid's reference system [m]; the people of cells that their borders
        cut are told unit by unit.

    Returns
    -------
    Population
        A cell in which no source cell has data is NaN; one with data in part has the
        people of that part, and nothing is invented for the rest. `source_total` counts
        the source inside the outline, so that `source_total` less the sum of `people` is
        what found no cell; without an outline it counts the whole rectangle of the grid.

    Raises
    ------
    LayerError
        If the file is not a usable raster of people, or does not cover the area.

    Notes
    -----
    People are spread evenly over the degrees (or metres) of their source cell. For a source
    cell of 1/6 degree below 25 degrees of latitude this departs from an even spread over the
    ground by less than 0.1 % of the cell's people.
    """
    with _opened(path) as source:
        pieces = _squares(grid) if outline is None else _land(grid, outline)
        cut = {level: border_pieces(units, grid) for level, units in (levels or {}).items()}
        border = _border(grid, pieces) if outline is not None else _Pieces(pieces.land[:0], pieces.cells[:0])
        land = np.concatenate([pieces.land, border.land, *(each.land for each in cut.values())])
        to_source = Transformer.from_crs(grid.crs, source.crs, always_xy=True)
        placed = on_raster(polygon_edges(land), to_source, source)
        if not np.isfinite(placed.ends).all() or (
            outline is not None and not source.crs.is_geographic and is_torn(placed)
        ):
            problem = say("the area cannot be placed in the raster's reference system")
            raise _fault(path, problem, REMEDY_COVER)
        sums, known = _totals(source, placed, unit, grid.crs)
        resolution_m = _resolution_m(source, placed, grid.crs)
    counts = [len(pieces.land), len(border.land), *(len(each.land) for each in cut.values())]
    sums, whole, *beside = np.split(sums, np.cumsum(counts)[:-1])
    people = _to_cells(sums, known[: len(sums)], pieces.cells, grid.n_cells)
    if np.isnan(people).all():
        raise _fault(path, say("no cell inside the area holds a number"), REMEDY_COVER)
    total = float(sums[-1]) if outline is None else float(sums.sum())
    if total > PEOPLE_MAX:
        raise _fault(path, say("it adds up to more people than live on Earth"), REMEDY_NODATA)
    return Population(
        people=people,
        source_total=total,
        resolution_m=resolution_m,
        unit=unit,
        year=year,
        beyond=float(np.nan) if outline is None else max(float(whole.sum() - sums[border.cells].sum()), 0.0),
        by_unit={
            level: _by_unit(each, found, (len(units), grid.n_cells))
            for (level, units), each, found in zip((levels or {}).items(), cut.values(), beside, strict=True)
        },
    )


@contextmanager
def _opened(path: Path) -> Iterator[DatasetReader]:
    """Open a raster after checking, on its header alone, that it can be one of people."""
    if not path.is_file():
        remedy = say("Put it back, or name another in the area's list.")
        raise _fault(path, say("the file is missing"), remedy)
    with warnings.catch_warnings():
        # A raster that is not placed is told from its header below, in our own words.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            source = rasterio.open(path, driver="GTiff")
        except RasterioError as error:
            problem = say("it cannot be read as a raster")
            raise _fault(path, problem, say("Save it as a GeoTIFF.")) from error
    with source:
        faults = _header_faults(path, source)
        if faults:
            raise LayerError(faults)
        yield source


def _header_faults(path: Path, source: DatasetReader) -> list[Fault]:
    """List what the header alone rules out, before any cell is read."""
    faults = []
    if source.count != 1:
        problem = say("it has {n} bands, so which one counts people is unclear", n=source.count)
        faults.append(Fault(path.name, problem, say("Save the band of people as a file of its own.")))
    elif np.issubdtype(np.dtype(source.dtypes[0]), np.complexfloating):
        faults.append(Fault(path.name, say("its numbers are complex"), say("Save it with real numbers.")))
    if source.crs is None or source.transform.is_identity:
        remedy = say("Save it with its coordinate reference system and position.")
        faults.append(Fault(path.name, say("it does not say where on Earth it lies"), remedy))
    elif source.transform.is_degenerate:
        remedy = say("Save it again with its true cell size.")
        faults.append(Fault(path.name, say("its cells have no area"), remedy))
    if source.width * source.height > RASTER_CELLS_MAX:
        problem = say(
            "it declares {width} by {height} cells, more than can be read",
            width=source.width,
            height=source.height,
        )
        remedy = say("Cut it to the area, or use a version with larger cells.")
        faults.append(Fault(path.name, problem, remedy))
    elif max(rows * columns for rows, columns in source.block_shapes) > BLOCK_CELLS_MAX:
        problem = say("it is stored in one piece too large to read")
        faults.append(Fault(path.name, problem, say("Save it with tiles.")))
    return faults


def _fault(path: Path, problem: Sentence, remedy: Sentence) -> LayerError:
    return LayerError([Fault(path.name, problem, remedy)])


def _squares(grid: Grid) -> _Pieces:
    """Return the square of each cell, then the whole rectangle, which belongs to no cell."""
    rows, columns = grid.shape
    east_m, south_m = grid.west_m + columns * grid.cell_m, grid.north_m - rows * grid.cell_m
    # Long sides are bent by the change of reference system: give them points on the way.
    whole = shapely.segmentize(shapely.box(grid.west_m, south_m, east_m, grid.north_m), grid.cell_m)
    cells = np.append(np.arange(grid.n_cells), -1)
    return _Pieces(np.append(grid.boxes(), whole), cells)


def _land(grid: Grid, outline: BaseGeometry) -> _Pieces:
    """Cut the outline along the squares; each that it meets is a cell of the area."""
    shares = lattice_shares(outline, grid.west_m, grid.north_m, grid.cell_m, grid.shape).ravel()
    touched = np.flatnonzero(shares)
    rows, columns = touched // grid.shape[1], touched % grid.shape[1]
    west_m, north_m = grid.west_m + columns * grid.cell_m, grid.north_m - rows * grid.cell_m
    pieces = shapely.box(west_m, north_m - grid.cell_m, west_m + grid.cell_m, north_m)
    cut = shares[touched] < 1 - SHARE_FLOOR
    pieces[cut] = shapely.intersection(pieces[cut], outline)
    cells = grid.lookup[touched].astype(np.int64)
    return _Pieces(pieces, cells)


def _border(grid: Grid, pieces: _Pieces) -> _Pieces:
    """Return the whole squares of cells that the outline cuts, with the place of each among the pieces."""
    is_cut = shapely.area(pieces.land) < (1 - SHARE_FLOOR) * grid.cell_m**2
    cut = np.flatnonzero(is_cut & (pieces.cells >= 0))
    return _Pieces(grid.boxes()[pieces.cells[cut]], cut)


def _totals(
    source: DatasetReader, placed: CellEdges, unit: RasterUnit, crs: CRS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the people in each piece and how many source cells of data it holds."""
    n_pieces = len(placed.starts) - 1
    sums, known = np.zeros(n_pieces), np.zeros(n_pieces)
    largest, times = 0.0, 0
    for ends in turns(source, placed.ends):
        for window in _strips(source, ends):
            values = _numbers(source, window)
            largest, times = _largest(values, largest, times)
            if unit is RasterUnit.DENSITY:
                values *= _areas_km2(source, window, crs)
            _add_strip(ends, placed.starts, values, (window.row_off, window.col_off), sums, known)
    if times > 1 and (largest in NODATA_VALUES or largest > PEOPLE_MAX):
        problem = say(
            "{n} cells hold {value}, which looks like missing data that is not declared",
            n=times,
            value=f"{largest:g}",
        )
        raise _fault(Path(source.name), problem, REMEDY_NODATA)
    return sums, known


def _largest(values: NDArray[np.float64], largest: float, times: int) -> tuple[float, int]:
    """Return the largest value so far and how often it stands."""
    if np.isnan(values).all():
        return largest, times
    here = float(np.nanmax(values))
    count = int(np.count_nonzero(values == here))
    if here > largest:
        return here, count
    return largest, times + count * (here == largest)


def _strips(source: DatasetReader, ends: NDArray[np.float64]) -> Iterator[Window]:
    """Cut the part of the raster that the pieces lie on into windows that fit in memory."""
    if not len(ends):
        return
    # A raster that goes round the globe may show its first column once more at its end.
    width = int(np.ceil(min(float(source.width), columns_round(source) - _SLACK)))
    low = np.floor(ends.reshape(-1, 2).min(axis=0))
    high = np.ceil(ends.reshape(-1, 2).max(axis=0))
    left, top = (int(value) for value in np.clip(low, 0, (width, source.height)))
    right, bottom = (int(value) for value in np.clip(high, 0, (width, source.height)))
    if left >= right:
        return
    height = max(STRIP_CELLS // (right - left), 1)
    for row in range(top, bottom, height):
        yield Window(left, row, right - left, min(height, bottom - row))


def _numbers(source: DatasetReader, window: Window) -> NDArray[np.float64]:
    """Read one window, NaN where there are no data."""
    path = Path(source.name)
    try:
        read = source.read(1, window=window, masked=True)
    except RasterioError as error:
        raise _fault(path, say("it is damaged or cut short"), say("Fetch it again.")) from error
    values: NDArray[np.float64] = read.astype(np.float64).filled(np.nan)
    values[np.isinf(values)] = np.nan
    negative = values < 0
    if negative.any():
        problem = say(
            "{n} cells are negative, the lowest {value}",
            n=int(np.count_nonzero(negative)),
            value=f"{np.nanmin(values):g}",
        )
        raise _fault(path, problem, REMEDY_NODATA)
    return values


def _areas_km2(source: DatasetReader, window: Window, crs: CRS) -> NDArray[np.float64]:
    """Return the true area of each source cell, one column if it is the same along a row."""
    even = source.crs.is_geographic and source.transform.b == 0 == source.transform.d
    width = 1 if even else int(window.width)
    rows = np.arange(window.row_off, window.row_off + window.height + 1)
    columns = np.arange(window.col_off, window.col_off + width + 1)
    return _corner_areas_m2(source, columns, rows, crs) / 1e6


def _corner_areas_m2(
    source: DatasetReader, columns: NDArray[np.floating], rows: NDArray[np.floating], crs: CRS
) -> NDArray[np.float64]:
    """Return the areas of the source cells between corner lines, in the equal-area system."""
    to_grid = Transformer.from_crs(source.crs, crs, always_xy=True)
    x, y = to_grid.transform(*on_map(source.transform, *np.meshgrid(columns, rows)))
    # Half the cross product of the diagonals: exact for any quadrilateral.
    down_x, down_y = x[1:, 1:] - x[:-1, :-1], y[1:, 1:] - y[:-1, :-1]
    up_x, up_y = x[:-1, 1:] - x[1:, :-1], y[:-1, 1:] - y[1:, :-1]
    areas: NDArray[np.float64] = 0.5 * np.abs(down_x * up_y - down_y * up_x)
    return areas


def _resolution_m(source: DatasetReader, placed: CellEdges, crs: CRS) -> float:
    """Return the side of the source cell at the centre of the pieces [m]."""
    points = placed.ends.reshape(-1, 2)
    column, row = np.floor((points.min(axis=0) + points.max(axis=0)) / 2)
    corners = np.array([column, column + 1]), np.array([row, row + 1])
    return float(np.sqrt(_corner_areas_m2(source, *corners, crs)[0, 0]))


@njit(cache=True, nogil=True)
def _add_strip(
    ends: NDArray[np.float64],
    starts: NDArray[np.int64],
    values: NDArray[np.float64],
    corner: tuple[int, int],
    sums: NDArray[np.float64],
    known: NDArray[np.float64],
) -> None:
    """Add one strip of the raster, its top left cell at `corner`, to the pieces it touches."""
    first_row, first_column = corner
    last_row, last_column = first_row + values.shape[0], first_column + values.shape[1]
    for piece in range(starts.shape[0] - 1):
        sides = ends[starts[piece] : starts[piece + 1]]
        if sides.shape[0] == 0:
            continue
        top = max(int(np.floor(min(sides[:, 1].min(), sides[:, 3].min()))), first_row)
        bottom = min(int(np.ceil(max(sides[:, 1].max(), sides[:, 3].max()))), last_row)
        left = max(int(np.floor(min(sides[:, 0].min(), sides[:, 2].min()))), first_column)
        right = min(int(np.ceil(max(sides[:, 0].max(), sides[:, 2].max()))), last_column)
        if top >= bottom or left >= right:
            continue
        shares = area_shares(sides, top, bottom, left, right)
        for row in range(top, bottom):
            for column in range(left, right):
                share = shares[row - top, column - left]
                value = values[row - first_row, column - first_column]
                if share > 0.0 and not np.isnan(value):
                    sums[piece] += share * value
                    known[piece] += share


def _to_cells(
    sums: NDArray[np.float64], known: NDArray[np.float64], cells: NDArray[np.int64], n_cells: int
) -> NDArray[np.float64]:
    """Give each cell the people of its pieces; NaN where none of them holds data."""
    held = cells >= 0
    people = np.bincount(cells[held], weights=sums[held], minlength=n_cells)
    share = np.bincount(cells[held], weights=known[held], minlength=n_cells)
    return np.where(share > SHARE_FLOOR, people, np.nan)


def _by_unit(
    cut: BorderPieces, people: NDArray[np.float64], shape: tuple[int, int]
) -> sparse.csr_array[np.float64]:
    """Return the people of the pieces as a table of units by cells."""
    return sparse.coo_array((people, (cut.unit, cut.cell)), shape=shape).tocsr()
