"""The set of files: what others open of a brief, each planned before its code is drawn."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from footprint.briefing.brief import Brief
from footprint.briefing.files.about import about
from footprint.briefing.files.document import json_of
from footprint.briefing.files.geographic import geojson_of, geopackage_of, kmz_of
from footprint.briefing.files.layers import layer_titles
from footprint.briefing.files.spreadsheet import csv_of, xlsx_of
from footprint.briefing.files.tables import table, table_titles
from footprint.documents.schema import DocumentName, schema
from footprint.language import msgid


class FileFormat(StrEnum):
    """Files that other programs open."""

    GEOPACKAGE = "gpkg"
    GEOJSON = "geojson"
    KMZ = "kmz"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


FORMAT_LABELS = {
    FileFormat.GEOPACKAGE: msgid("GeoPackage with its styles, for QGIS"),
    FileFormat.GEOJSON: msgid("GeoJSON, a file for each layer"),
    FileFormat.KMZ: msgid("KMZ, for globes"),
    FileFormat.CSV: msgid("CSV, a file for each table"),
    FileFormat.XLSX: msgid("Excel workbook"),
    FileFormat.JSON: msgid("JSON with its schema, for programs"),
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that is to be made, once its code is drawn."""

    suffix: str
    """What the end of its name is, after an underscore: "sites.geojson"."""
    media_type: str
    description: str
    """What it is, in the language of the brief."""
    make: Callable[[str], bytes] = field(repr=False)
    """Makes it under a code; equal briefs and codes give equal bytes."""


def files_of(brief: Brief, formats: Sequence[FileFormat] = tuple(FileFormat)) -> tuple[DataFile, ...]:
    """
    Return the files that others open of a brief, as its release permits them; none is made yet.

    Parameters
    ----------
    brief
        What is told, and on what terms.
    formats
        Which are wanted.
    """
    return tuple(each for wanted in formats for each in _PLANS[wanted](brief))


def _geopackage(brief: Brief) -> Iterator[DataFile]:
    yield _file(brief, FileFormat.GEOPACKAGE, "map.gpkg", partial(geopackage_of, brief))


def _geojson(brief: Brief) -> Iterator[DataFile]:
    for name, title in layer_titles(brief).items():
        yield DataFile(
            f"{name}.geojson", MEDIA_TYPES[FileFormat.GEOJSON], title, partial(geojson_of, brief, name)
        )


def _kmz(brief: Brief) -> Iterator[DataFile]:
    yield _file(brief, FileFormat.KMZ, "map.kmz", partial(kmz_of, brief))


def _csv(brief: Brief) -> Iterator[DataFile]:
    for name, title in table_titles(brief).items():
        yield DataFile(f"{name}.csv", MEDIA_TYPES[FileFormat.CSV], title, partial(_one_csv, brief, name))


def _one_csv(brief: Brief, name: str, code: str) -> bytes:
    return csv_of(brief, table(brief, name, about(brief, code)), code)


def _xlsx(brief: Brief) -> Iterator[DataFile]:
    yield _file(brief, FileFormat.XLSX, "tables.xlsx", partial(xlsx_of, brief))


def _json(brief: Brief) -> Iterator[DataFile]:
    yield _file(brief, FileFormat.JSON, "data.json", partial(json_of, brief))
    title = brief.language.text("Schema of the file for programs")
    yield DataFile("data.schema.json", "application/schema+json", title, _schema)


def _schema(code: str) -> bytes:
    content = {**schema(DocumentName.BRIEFING), "$comment": code}
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def _file(brief: Brief, wanted: FileFormat, suffix: str, make: Callable[[str], bytes]) -> DataFile:
    return DataFile(suffix, MEDIA_TYPES[wanted], brief.language.text(FORMAT_LABELS[wanted]), make)


MEDIA_TYPES = {
    FileFormat.GEOPACKAGE: "application/geopackage+sqlite3",
    FileFormat.GEOJSON: "application/geo+json",
    FileFormat.KMZ: "application/vnd.google-earth.kmz",
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSON: "application/json",
}
_PLANS: dict[FileFormat, Callable[[Brief], Iterator[DataFile]]] = {
    FileFormat.GEOPACKAGE: _geopackage,
    FileFormat.GEOJSON: _geojson,
    FileFormat.KMZ: _kmz,
    FileFormat.CSV: _csv,
    FileFormat.XLSX: _xlsx,
    FileFormat.JSON: _json,
}
