"""Reading the hand tables and writing layer files so that equal content gives equal bytes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

DIGITS = 5
"""Decimals of a degree kept in files, about one metre."""

Row = dict[str, str]


def read_table(path: Path) -> list[Row]:
    """Return the rows of a CSV file, every value as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table_bytes(rows: list[dict[str, Any]]) -> bytes:
    """
    Return `rows` as CSV with a header from the first row's keys.

    Floats are written with at most five decimals, None as nothing, truth
    values in lower case.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0].keys())
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.{DIGITS}f}".rstrip("0").rstrip(".")
    return str(value)


def points(text: str) -> list[tuple[float, float]]:
    """Read "lon lat;lon lat" as coordinate pairs [degrees]."""
    return [(float(lon), float(lat)) for lon, lat in (pair.split() for pair in filter(None, text.split(";")))]


def geojson_bytes(rows: list[tuple[dict[str, Any], BaseGeometry]]) -> bytes:
    """Return properties and shapes (lon/lat WGS84) as a GeoJSON collection, one feature per line."""
    features = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": _rounded(shape)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, shape in rows
    ]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n").encode("utf-8")


def _rounded(shape: BaseGeometry) -> dict[str, Any]:
    plain = json.loads(shapely.to_geojson(shape))
    return {"type": plain["type"], "coordinates": _round(plain["coordinates"])}


def _round(value: Any) -> Any:
    return round(value, DIGITS) if isinstance(value, float | int) else [_round(part) for part in value]
