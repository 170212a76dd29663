"""Shapefiles in a zip: their parts get names of our own and are read by the one driver allowed."""

from __future__ import annotations

import math
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import shapely

from layers.foreign import limits
from layers.foreign.archive import opened, read, unpack
from layers.foreign.cells import written
from layers.foreign.shapes import KINDS, NO_SHAPE, NOT_FINITE
from layers.foreign.sheets import ForeignReading, ForeignRow, ForeignSheet, distinct, refusal
from layers.sentences import Sentence, say

_PARTS = (".shp", ".shx", ".dbf", ".cpg")
_HEADER = 32
_MIXED = say("it is a collection of mixed shapes")


def read_shapefiles(path: Path, file: str) -> ForeignReading:
    """
    Return the layers of a zip of shapefiles.

    Raises
    ------
    LayerError
        If the archive is refused, holds no shapefile, or one lacks its table.
    """
    remarks: list[Sentence] = []
    with opened(path, file) as archive:
        members = {name.lower(): name for name in archive.namelist()}
        stems = sorted(name[: -len(".shp")] for name in members if name.endswith(".shp") and _is_ours(name))
    if not stems:
        problem = say("no shapefile, KML or table is in it")
        raise refusal(file, problem, say("Pack the .shp with its .dbf, .shx and .prj."))
    if len(stems) > limits.SHEETS:
        problem = say("it holds {n} layers, more than {most}", n=len(stems), most=limits.SHEETS)
        raise refusal(file, problem, say("Keep the layers that are needed."))
    return ForeignReading(say("zipped shapefile"), _sheets(path, file, stems), remarks)


def _is_ours(name: str) -> bool:
    """Tell whether a member is more than what a Mac puts beside it."""
    return not name.startswith("__macosx/") and not PurePosixPath(name).name.startswith("._")


def _sheets(path: Path, file: str, stems: list[str]) -> Iterator[ForeignSheet]:
    for n, stem in enumerate(stems):
        with opened(path, file) as archive:
            yield _sheet(archive, file, stem, path.with_name(f"layer{n}.shp"))


def _sheet(archive: zipfile.ZipFile, file: str, stem: str, target: Path) -> ForeignSheet:
    members = {name.lower(): name for name in archive.namelist()}
    layer = PurePosixPath(members[f"{stem}.shp"]).stem
    if f"{stem}.dbf" not in members:
        problem = say("the layer {layer} has no .dbf: its table is missing", layer=repr(layer))
        raise refusal(file, problem, say("Pack the .shp with its .dbf, .shx and .prj."))
    for suffix in _PARTS:
        if stem + suffix in members:
            unpack(archive, members[stem + suffix], target.with_suffix(suffix), file)
    _check_table(target.with_suffix(".dbf"), file, layer)
    remarks: list[Sentence] = []
    if f"{stem}.shx" not in members:
        remarks.append(say("It has no .shx; its shapes are read one after the other."))
    reference = None
    if f"{stem}.prj" in members:
        reference = read(archive, members[f"{stem}.prj"], file).decode("utf-8", "replace").strip() or None
    else:
        remarks.append(say("It has no .prj: its reference system is not known."))
    return _layer(target, file, layer, reference, remarks)


def _check_table(table: Path, file: str, layer: str) -> None:
    """Refuse a table that declares more rows than it has bytes for."""
    with table.open("rb") as source:
        head = source.read(_HEADER)
    if len(head) < _HEADER:
        raise refusal(file, say("the table of {layer} is broken", layer=repr(layer)), say("Export it again."))
    count, header_bytes, row_bytes = struct.unpack_from("<IHH", head, 4)
    if count * row_bytes > table.stat().st_size - header_bytes + row_bytes or count > limits.ROWS:
        problem = say(
            "the table of {layer} declares {n} rows, and has not room for them", layer=repr(layer), n=count
        )
        if count > limits.ROWS:
            problem = say("{sheet} has more than {n} rows", sheet=repr(layer), n=limits.ROWS)
        raise refusal(file, problem, say("Export it again, cut to your area."))


def _layer(
    target: Path, file: str, layer: str, reference: str | None, remarks: list[Sentence]
) -> ForeignSheet:
    # Imported here: GDAL looks for its list of drivers when it is first imported.
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError  # noqa: PLC0415
    from pyogrio.raw import read as read_layer  # noqa: PLC0415

    encoding = None if target.with_suffix(".cpg").exists() else _encoding(target.with_suffix(".dbf"))
    try:
        meta, _, geometry, fields = read_layer(target, encoding=encoding)
    except (
        UnicodeDecodeError,
        DataSourceError,
        DataLayerError,
        FeatureError,
        GeometryError,
        ValueError,
    ) as error:
        problem = say("the layer {layer} does not read as a shapefile", layer=repr(layer))
        raise refusal(file, problem, say("Export it again from its program.")) from error
    if encoding is not None:
        remarks.append(say("It names no encoding (.cpg); its text is read as {encoding}.", encoding=encoding))
    columns = distinct([str(name) for name in meta["fields"]], remarks)
    rows = _rows(geometry, fields)
    return ForeignSheet(layer, columns, rows, has_shapes=True, reference=reference, remarks=remarks)


def _encoding(table: Path) -> str:
    """Return what a table's bytes can be read as, where no file beside it says so."""
    try:
        table.read_bytes()[_HEADER:].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "UTF-8"


def _rows(geometry: Any, fields: list[Any]) -> Iterator[ForeignRow]:  # noqa: ANN401  arrays of objects
    for n, shape in enumerate(geometry):
        cells = tuple(text_of(column[n]) for column in fields)
        made, problem = flat(shape)
        yield ForeignRow(n + 1, cells, made, problem)


def flat(shape: bytes | None) -> tuple[bytes | None, Sentence | None]:
    """Return a shape of a file as WKB of two dimensions, or why it is none that is read."""
    if shape is None:
        return None, NO_SHAPE
    made = shapely.from_wkb(shape, on_invalid="ignore")
    if made is None or made.is_empty:
        return None, NO_SHAPE
    if made.geom_type not in KINDS.values():
        return None, _MIXED
    if not np.isfinite(shapely.get_coordinates(made)).all():
        return None, NOT_FINITE
    return shapely.to_wkb(shapely.force_2d(made), byte_order=1), None


def text_of(value: object) -> str:
    """Return a value of a table as text; "" where there is none."""
    match value:
        case None:
            return ""
        case bool() | np.bool_():
            return "true" if value else "false"
        case float() | np.floating():
            return _number_text(float(value))
        case np.datetime64():
            text = "" if np.isnat(value) else str(value)
            return text.removesuffix("T00:00:00.000").replace("T", " ")
        case _:
            return "" if isinstance(value, bytes) else str(value).strip()[: limits.CELL_CHARACTERS]


def _number_text(value: float) -> str:
    if math.isnan(value):
        # What such tables hold where a number is not known.
        return ""
    return written(value)
