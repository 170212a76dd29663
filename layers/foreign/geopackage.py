"""GeoPackages: plain tables, read by SQLite itself; views, virtual tables and computed columns never."""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path

from layers.foreign import limits
from layers.foreign.shapefile import flat, text_of
from layers.foreign.shapes import NO_SHAPE
from layers.foreign.sheets import ForeignReading, ForeignRow, ForeignSheet, distinct, refusal, too_many_rows
from layers.sentences import Sentence, say

_PLAIN_TABLE = re.compile(r"\s*CREATE\s+TABLE\b", re.IGNORECASE)
_LISTS = frozenset({"gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"})
_STEPS, _TURNS = 100_000, 50_000
"""Steps of SQLite between two looks at the patience left, and how many looks that is."""
_STYLES = frozenset({"layer_styles", "qgis_projects"})
_SYSTEM = re.compile(r"(gpkg|rtree|sqlite|idx|ogr)_", re.IGNORECASE)
_EXPORT_AGAIN = say("Export it again as GeoPackage from its program.")
_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of the envelope, by its code in the flags."""
_HEADER = 8
_EMPTY = 0x10
_EXTENDED = 0x20
_UNDEFINED = {0, -1}

_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The second where SQLite's own message repeats names that are no UTF-8."""


def read_geopackage(path: Path, file: str) -> ForeignReading:
    """
    Return the layers of a GeoPackage that are plain tables, and its plain tables without shapes.

    Raises
    ------
    LayerError
        If it is no GeoPackage or holds no layer that may be read.
    """
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.UNPACKED_BYTES // 4)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.set_progress_handler(_Patience().is_over, _STEPS)
        remarks: list[Sentence] = []
        _check_contents(connection, file)
        tables = _tables(connection, file, remarks)
        shapes = dict(connection.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    except _UNREADABLE as error:
        raise refusal(file, say("it is no GeoPackage that can be read"), _EXPORT_AGAIN) from error
    return ForeignReading(say("GeoPackage"), _sheets(connection, file, tables, shapes, remarks), remarks)


class _Patience:
    """Ends a query that runs on and on."""

    def __init__(self) -> None:
        self._left = _TURNS

    def is_over(self) -> bool:
        """Tell SQLite whether to stop; it asks every so many steps."""
        self._left -= 1
        return self._left < 0


def _check_contents(connection: sqlite3.Connection, file: str) -> None:
    """Refuse a file whose lists of layers are no plain tables: a view is a query of somebody else's."""
    query = "SELECT name, type, sql FROM sqlite_master"
    plain = {
        name
        for name, kind, statement in connection.execute(query)
        if kind == "table" and _PLAIN_TABLE.match(statement or "")
    }
    hidden = [
        name
        for table in sorted(_LISTS & plain)
        for _, name, *_, hides in connection.execute(f"PRAGMA table_xinfo({_quoted(table)})")
        if hides
    ]
    if not plain >= _LISTS or hidden:
        raise refusal(file, say("its list of layers is no plain table"), _EXPORT_AGAIN)


def _tables(connection: sqlite3.Connection, file: str, remarks: list[Sentence]) -> list[str]:
    """Return the names of the plain tables that hold features or attributes."""
    query = (
        "SELECT c.table_name, m.type, m.sql FROM gpkg_contents c"
        " LEFT JOIN sqlite_master m ON m.name = c.table_name ORDER BY c.rowid"
    )
    kept: list[str] = []
    for name, kind, statement in connection.execute(query).fetchall():
        if name in _STYLES:
            remarks.append(say("{table} holds styles of QGIS and is left aside.", table=repr(name)))
        elif kind == "table" and _PLAIN_TABLE.match(statement or "") and not _SYSTEM.match(name):
            kept.append(name)
        elif kind == "view":
            remarks.append(
                say("{table} is a view, which is never run; save it as a table.", table=repr(name))
            )
        else:
            remarks.append(say("{table} is no plain table and is left out.", table=repr(name)))
    listed = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    remarks += [
        say("{table} holds styles of QGIS and is left aside.", table=repr(name))
        for name in sorted((listed & _STYLES) - _said(remarks))
    ]
    if not kept:
        why = str(remarks[-1]) if remarks else ""
        problem = (
            say("no layer in it can be read")
            if not why
            else say("no layer in it can be read: {why}", why=remarks[-1])
        )
        raise refusal(file, problem, say("Save the layer as a table, in QGIS by Export."))
    if len(kept) > limits.SHEETS:
        problem = say("it holds {n} layers, more than {most}", n=len(kept), most=limits.SHEETS)
        raise refusal(file, problem, say("Keep the layers that are needed."))
    return kept


def _said(remarks: list[Sentence]) -> set[str]:
    return {str(each.values.get("table", "")).strip("'") for each in remarks}


def _sheets(
    connection: sqlite3.Connection,
    file: str,
    tables: list[str],
    shapes: dict[str, str],
    remarks: list[Sentence],
) -> Iterator[ForeignSheet]:
    for table in tables:
        try:
            # Hidden columns are computed when they are read, by whatever the file says.
            described = connection.execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchall()
            hidden = [name for _, name, *_, hides in described if hides]
            names = [name for _, name, *_, hides in described if not hides]
            reference = _reference(connection, table)
        except _UNREADABLE as error:
            raise refusal(file, say("it is no GeoPackage that can be read"), _EXPORT_AGAIN) from error
        if len(names) > limits.COLUMNS:
            problem = say("it has {n} columns, more than {most}", n=len(names), most=limits.COLUMNS)
            raise refusal(file, problem, say("Keep the columns that are needed."))
        own: list[Sentence] = [
            say("The column {name} is computed and left out.", name=repr(name)) for name in hidden
        ]
        shape = shapes.get(table)
        shape = shape if shape in names else None
        rest = [name for name in names if name != shape]
        sheet = ForeignSheet(
            table,
            distinct(rest, own),
            iter(()),
            has_shapes=shape is not None,
            reference=reference,
            remarks=own,
        )
        sheet.rows = _rows(connection, file, table, rest, shape)
        yield sheet
    _ = remarks


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _reference(connection: sqlite3.Connection, table: str) -> str | None:
    query = (
        "SELECT s.organization, s.organization_coordsys_id, s.definition, s.srs_id"
        " FROM gpkg_geometry_columns g"
        " JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE g.table_name = ?"
    )
    stated = connection.execute(query, (table,)).fetchone()
    if stated is None or stated[3] in _UNDEFINED:
        return None
    organisation, code, definition, _ = stated
    return f"EPSG:{code}" if str(organisation).upper() == "EPSG" else str(definition)


def _rows(
    connection: sqlite3.Connection, file: str, table: str, names: list[str], shape: str | None
) -> Iterator[ForeignRow]:
    wanted = [*([shape] if shape else []), *names]
    statement = f"SELECT {', '.join(map(_quoted, wanted))} FROM {_quoted(table)}"  # noqa: S608  quoted names
    try:
        for number, values in enumerate(connection.execute(statement), start=1):
            if number > limits.ROWS:
                raise too_many_rows(file, table)
            if shape is None:
                yield ForeignRow(number, tuple(map(text_of, values)))
                continue
            made, problem = _shape(values[0])
            yield ForeignRow(number, tuple(map(text_of, values[1:])), made, problem)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        problem = say("the table {table} is broken ({reason})", table=repr(table), reason=str(error))
        raise refusal(file, problem, _EXPORT_AGAIN) from error


def _shape(blob: object) -> tuple[bytes | None, Sentence | None]:
    """Return the shape in a GeoPackage's binary: a header, perhaps an envelope, then WKB."""
    if not isinstance(blob, bytes) or len(blob) < _HEADER or blob[:2] != b"GP":
        return None, NO_SHAPE
    flags = blob[3]
    envelope = (flags >> 1) & 0b111
    if flags & _EMPTY or flags & _EXTENDED or envelope >= len(_ENVELOPES):
        return None, NO_SHAPE
    wkb = blob[_HEADER + _ENVELOPES[envelope] :]
    try:
        struct.unpack_from("<BI", wkb)
    except struct.error:
        return None, NO_SHAPE
    return flat(wkb)
