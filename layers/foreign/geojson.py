"""GeoJSON: features read without GDAL, which would follow a `crs` that is a link."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from layers.foreign import limits
from layers.foreign.cells import written
from layers.foreign.shapes import NO_SHAPE, ShapeError, wkb
from layers.foreign.sheets import ForeignReading, ForeignRow, ForeignSheet, distinct, refusal
from layers.sentences import Sentence, say

WGS84 = "EPSG:4326"
"""What GeoJSON is in unless it says otherwise."""

_EXPORT_AGAIN = say("Export it again as GeoJSON from its program.")


def read_geojson(path: Path, file: str) -> ForeignReading:
    """
    Return the one layer of a GeoJSON file.

    Raises
    ------
    LayerError
        If it is no GeoJSON, too large to be held, or its `crs` is not of type "name".
    """
    if path.stat().st_size > limits.WHOLE_BYTES:
        problem = say("it is larger than {most} MB", most=limits.WHOLE_BYTES // limits.MIB)
        raise refusal(file, problem, say("Cut it to your area, or save it as GeoPackage."))
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise refusal(file, say("its text is not UTF-8"), say("Export it in UTF-8.")) from error
    except (ValueError, RecursionError) as error:
        raise refusal(file, say("it does not read as GeoJSON"), _EXPORT_AGAIN) from error
    features = _features(content, file)
    if len(features) > limits.ROWS:
        problem = say("it holds {n} features, more than {most}", n=len(features), most=limits.ROWS)
        raise refusal(file, problem, say("Cut it to your area, or into parts."))
    remarks: list[Sentence] = []
    reference = _reference(content, file, remarks)
    names = dict.fromkeys(str(key) for each in features for key in _properties(each))
    if len(names) > limits.COLUMNS:
        problem = say("it has {n} columns, more than {most}", n=len(names), most=limits.COLUMNS)
        raise refusal(file, problem, say("Keep the columns that are needed."))
    columns = distinct(list(names), remarks)
    rows = _rows(features, tuple(names))
    sheet = ForeignSheet(file, columns, rows, has_shapes=True, reference=reference, remarks=remarks)
    sheet.is_assumed = content.get("crs") is None
    return ForeignReading(say("GeoJSON"), iter([sheet]))


def _features(content: Any, file: str) -> list[Any]:  # noqa: ANN401  as JSON has it
    kind = content.get("type") if isinstance(content, dict) else None
    match kind:
        case "FeatureCollection" if isinstance(content.get("features"), list):
            return list(content["features"])
        case "Feature":
            return [content]
        case "Topology":
            problem = say("it is TopoJSON")
            raise refusal(file, problem, say("Save it as GeoJSON, in QGIS or mapshaper."))
        case str() if "coordinates" in content:
            return [{"type": "Feature", "properties": {}, "geometry": content}]
        case _:
            raise refusal(file, say("it holds no features"), _EXPORT_AGAIN)


def _reference(content: Mapping[str, Any], file: str, remarks: list[Sentence]) -> str:
    stated = content.get("crs")
    if stated is None:
        return WGS84
    properties = stated.get("properties") if isinstance(stated, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(stated, dict) or stated.get("type") != "name" or not isinstance(name, str):
        problem = say("its member 'crs' is not of type 'name'")
        raise refusal(file, problem, say("Export it again in WGS 84 (EPSG:4326)."))
    remarks.append(say("It names its reference system: {name}.", name=name))
    return name


def _properties(feature: object) -> Mapping[str, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else {}


def _rows(features: list[Any], names: tuple[str, ...]) -> Iterator[ForeignRow]:
    for number, feature in enumerate(features, start=1):
        properties = _properties(feature)
        cells = tuple(_text(properties.get(name)) for name in names)
        if not isinstance(feature, dict):
            yield ForeignRow(number, cells, problem=say("it is no feature"))
            continue
        geometry = feature.get("geometry")
        if not isinstance(geometry, dict):
            yield ForeignRow(number, cells, problem=NO_SHAPE)
            continue
        try:
            yield ForeignRow(number, cells, wkb(geometry.get("type"), geometry.get("coordinates")))
        except ShapeError as error:
            yield ForeignRow(number, cells, problem=error.problem)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value.strip()[: limits.CELL_CHARACTERS]
        case bool():
            return "true" if value else "false"
        case float():
            return written(value)
        case int():
            return str(value)[: limits.CELL_CHARACTERS]
        case _:
            return json.dumps(value, ensure_ascii=False)[: limits.CELL_CHARACTERS]
