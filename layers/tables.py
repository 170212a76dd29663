"""Read a generic layer file: CSV, GeoJSON or GeoPackage, as text and shapes, nothing assumed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

from layers.errors import Fault, LayerError
from layers.formats.forbidden import left_out
from layers.geojson import refuse_linked_crs

WGS84 = "EPSG:4326"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows of one file before anything is promised of them."""

    file: str
    frame: pd.DataFrame
    """Columns as in the file; CSV cells are text, "" where empty."""
    first_row: int
    """Number of the first row as a person counts: 2 under a CSV header, 1 for features."""
    left_out: tuple[str, ...] = ()
    """Columns that must not be read (people's names, ethnicity, religion, affiliation), said in words."""

    def row(self, position: int) -> int:
        """Return the number a person would give to the row at `position`."""
        return self.first_row + position


def first_row(file: str) -> int:
    """Return the number a person gives to the first row of a file: 2 under a CSV header, 1 for features."""
    return 2 if file.lower().endswith(".csv") else 1


def read_table(path: Path) -> Table:
    """
    Read a file of rows, with shapes where it has any.

    Parameters
    ----------
    path
        A .csv (shapes from columns `lon` and `lat`, or `wkt`), .geojson or .gpkg file.

    Returns
    -------
    Table
        Shapes stand in a column `geometry` in longitude and latitude; where a CSV cell
        is no number the shape is None, for `conform` to report with its row.

    Raises
    ------
    LayerError
        If the file is missing, of another kind, empty of columns, or unreadable.
    """
    if not path.is_file():
        raise LayerError([Fault(path.name, "the file is not there", "Put it there or change area.toml.")])
    match path.suffix.lower():
        case ".csv":
            return _read_csv(path)
        case ".geojson" | ".gpkg":
            return _read_vector(path)
        case other:
            raise LayerError(
                [Fault(path.name, f"files of kind {other!r} are not read", "Use CSV, GeoJSON or GeoPackage.")]
            )


def _read_csv(path: Path) -> Table:
    try:
        frame = pd.read_csv(
            path, dtype=str, keep_default_na=False, encoding="utf-8-sig", skip_blank_lines=False
        )
    except UnicodeDecodeError as error:
        raise LayerError(
            [Fault(path.name, f"byte {error.start} is not UTF-8 text", "Save the file as CSV UTF-8.")]
        ) from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise LayerError(
            [Fault(path.name, f"it does not read as a table ({error})", "Check quotes and commas.")]
        ) from error
    except OSError as error:
        raise LayerError([Fault(path.name, "it cannot be opened", "Allow reading it.")]) from error
    if not isinstance(frame.index, pd.RangeIndex):
        # pandas takes surplus leading cells for row labels, and every column would be off by one.
        raise LayerError(
            [Fault(path.name, "rows hold more cells than the header", "Check quotes and commas.")]
        )
    frame.columns = frame.columns.str.strip()
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise LayerError(
            Fault(path.name, "the column stands twice", "Keep one of them.", str(name)) for name in twice
        )
    frame = frame.apply(lambda column: column.str.strip())
    if {"lon", "lat"} <= set(frame.columns):
        lon, lat = (pd.to_numeric(frame[name], errors="coerce") for name in ("lon", "lat"))
        points = shapely.points(lon.fillna(0.0), lat.fillna(0.0))
        frame["geometry"] = pd.Series(list(points), index=frame.index, dtype=object).where(
            lon.notna() & lat.notna(), None
        )
    elif "wkt" in frame.columns:
        frame["geometry"] = list(shapely.from_wkt(frame["wkt"].to_numpy(), on_invalid="ignore"))
    frame, said = left_out(frame)
    return Table(path.name, frame, first_row=first_row(path.name), left_out=said)


def _read_vector(path: Path) -> Table:
    refuse_linked_crs(path)
    try:
        layers = pyogrio.list_layers(path)
        frame = gpd.read_file(path, engine="pyogrio")
    except UnicodeDecodeError as error:
        raise LayerError([Fault(path.name, "its text is not UTF-8", "Export it in UTF-8.")]) from error
    except (DataSourceError, DataLayerError, FeatureError, GeometryError) as error:
        # What the reader says names the whole path, so it is not passed on.
        raise LayerError(
            [Fault(path.name, "it does not read as a map layer", "Export it again from its program.")]
        ) from error
    if len(layers) > 1:
        names = ", ".join(str(name) for name in layers[:, 0])
        raise LayerError(
            [Fault(path.name, f"it holds several layers ({names})", "Keep one layer in a file.")]
        )
    if not isinstance(frame, gpd.GeoDataFrame):
        raise LayerError([Fault(path.name, "it holds no shapes", "Export the layer with its geometry.")])
    if frame.crs is None:
        raise LayerError([Fault(path.name, "no reference system is set", "Export it in WGS 84 (EPSG:4326).")])
    here = frame.to_crs(WGS84)
    plain = pd.DataFrame(here.drop(columns=here.geometry.name))
    plain["geometry"] = list(here.geometry)
    plain, said = left_out(plain)
    return Table(path.name, plain, first_row=first_row(path.name), left_out=said)
