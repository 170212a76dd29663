"""Files as people have them, made by code, all invented: tables, workbooks, shapefiles, GeoPackages."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from layers.foreign.seen import SheetSeen

WGS84_PRJ = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Iterable[str] = ()) -> bytes:
    """Return a workbook; `merged` are ranges of its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            # With a day of its own: else the same file would be other bytes each second.
            member = zipfile.ZipInfo(name, (2019, 6, 30, 0, 0, 0))
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def collection(features: Sequence[Mapping[str, Any]], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def shapefile(
    lines: Sequence[Sequence[tuple[float, float]]],
    table: Sequence[Mapping[str, str]],
    *,
    name: str = "roads",
    prj: str | None = WGS84_PRJ,
    encoding: str = "utf-8",
    cpg: str | None = None,
) -> dict[str, bytes]:
    """Return the parts of a shapefile of lines of one part each."""
    records, index, offset = b"", b"", 50
    for number, line in enumerate(lines, start=1):
        xs, ys = [x for x, _ in line], [y for _, y in line]
        body = struct.pack("<i4d2ii", 3, min(xs), min(ys), max(xs), max(ys), 1, len(line), 0)
        body += b"".join(struct.pack("<2d", *place) for place in line)
        words = len(body) // 2
        records += struct.pack(">2i", number, words) + body
        index += struct.pack(">2i", offset, words)
        offset += words + 4
    every = [place for line in lines for place in line] or [(0.0, 0.0)]
    xs, ys = [x for x, _ in every], [y for _, y in every]

    def head(size: int) -> bytes:
        start = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + size) // 2)
        return start + struct.pack("<2i8d", 1000, 3, min(xs), min(ys), max(xs), max(ys), 0, 0, 0, 0)

    parts = {
        f"{name}.shp": head(len(records)) + records,
        f"{name}.shx": head(len(index)) + index,
        f"{name}.dbf": dbase(table, encoding),
    }
    if prj is not None:
        parts[f"{name}.prj"] = prj.encode()
    if cpg is not None:
        parts[f"{name}.cpg"] = cpg.encode()
    return parts


def dbase(table: Sequence[Mapping[str, str]], encoding: str = "utf-8") -> bytes:
    names = list(table[0])
    width = 40
    head = struct.pack(
        "<4BIHH20x", 3, 119, 1, 1, len(table), 32 * (len(names) + 1) + 1, 1 + width * len(names)
    )
    for name in names:
        head += name.encode().ljust(11, b"\0")[:11] + b"C" + b"\0" * 4 + bytes([width, 0]) + b"\0" * 14
    rows = b"".join(
        b" " + b"".join(row[name].encode(encoding).ljust(width)[:width] for name in names) for row in table
    )
    return head + b"\r" + rows + b"\x1a"


def geopackage(path: Path, tables: Mapping[str, Sequence[tuple[bytes, str]]], extra: str = "") -> bytes:
    """Return a GeoPackage of layers with a name each, written with SQLite alone; `extra` is run at the end."""
    with sqlite3.connect(path) as base:
        base.executescript(
            """
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
                organization_coordsys_id INTEGER, definition TEXT, description TEXT);
            CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT,
                srs_id INTEGER);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
                srs_id INTEGER, z INTEGER, m INTEGER);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'x', '');
            INSERT INTO gpkg_spatial_ref_sys VALUES ('none', -1, 'NONE', -1, 'undefined', '');
            """
        )
        for name, rows in tables.items():
            base.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT)')
            base.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?, 4326)", (name, name))
            base.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', 4326, 0, 0)", (name,)
            )
            for shape, label in rows:
                blob = b"GP\0\1" + struct.pack("<i", 4326) + shape
                base.execute(f'INSERT INTO "{name}" (geom, name) VALUES (?, ?)', (blob, label))  # noqa: S608
        base.executescript(extra)
    base.close()
    return path.read_bytes()


def point(x: float, y: float) -> bytes:
    return struct.pack("<BI2d", 1, 1, x, y)


def kml(placemarks: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>Invented</name>{placemarks}</Document></kml>"
    ).encode()


def placemark(name: str, x: float, y: float, more: str = "") -> str:
    return (
        f"<Placemark><name>{name}</name>{more}<Point><coordinates>{x},{y},0</coordinates></Point></Placemark>"
    )


def contents(sheet: SheetSeen) -> dict[str, str]:
    """Return what each column is taken for, with a question mark where it is not decided."""
    return {each.name: f"{each.content}{'' if each.decided else '?'}" for each in sheet.columns}
