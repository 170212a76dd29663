"""Schema: what each document holds, as JSON Schema, made from its types and the data dictionary."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from importlib import import_module
from inspect import getdoc
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from footprint.documents.place_columns import column

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}


class DocumentName(StrEnum):
    """Documents that have a schema."""

    REVIEW = "review"
    SITE = "site"
    SITES = "sites"
    COMPARE = "compare"
    HOTSPOTS = "hotspots"
    CALENDAR = "calendar"
    EVIDENCE = "evidence"
    OPTIONS = "options"
    SURE = "sure"
    WHY = "why"
    AREA_CHECK = "area-check"
    PROPOSAL_CHECK = "proposal-check"
    BENCH = "bench"
    STAGGER = "stagger"
    RELEASE_CHECK = "release-check"
    RELEASE_AUDIT = "release-audit"
    BRIEFING = "briefing"
    LOOK = "look"
    IMPORT = "import"
    AREA_COLUMNS = "area-columns"
    DOCTOR = "doctor"
    ROADS = "roads"


_TYPES = {
    DocumentName.REVIEW: ("review", "ReviewDocument"),
    DocumentName.SITE: ("site", "SiteDocument"),
    DocumentName.SITES: ("sites", "SitesDocument"),
    DocumentName.COMPARE: ("compared", "CompareDocument"),
    DocumentName.HOTSPOTS: ("violence", "HotspotsDocument"),
    DocumentName.CALENDAR: ("violence", "CalendarDocument"),
    DocumentName.EVIDENCE: ("evidence", "EvidenceDocument"),
    DocumentName.OPTIONS: ("options", "OptionsDocument"),
    DocumentName.SURE: ("sure", "SureDocument"),
    DocumentName.WHY: ("place", "PlaceDocument"),
    DocumentName.AREA_CHECK: ("area_check", "AreaCheckDocument"),
    DocumentName.PROPOSAL_CHECK: ("proposal", "ProposalCheckDocument"),
    DocumentName.BENCH: ("siting", "SitingDocument"),
    DocumentName.STAGGER: ("stagger", "StaggerDocument"),
    DocumentName.RELEASE_CHECK: ("release_check", "ReleaseCheckDocument"),
    DocumentName.RELEASE_AUDIT: ("release_audit", "ReleaseAuditDocument"),
    DocumentName.BRIEFING: ("briefing", "BriefingDocument"),
    DocumentName.LOOK: ("look", "LookDocument"),
    DocumentName.IMPORT: ("brought", "ImportDocument"),
    DocumentName.AREA_COLUMNS: ("area_columns", "AreaColumnsDocument"),
    DocumentName.DOCTOR: ("doctor", "DoctorDocument"),
    DocumentName.ROADS: ("roads", "RoadsDocument"),
}
"""Module of the layout and type of each document; only the one asked for is imported."""

Schema = dict[str, Any]
"""A JSON Schema, or a part of one."""


def schema(name: DocumentName) -> Schema:
    """
    Return the JSON Schema (draft 2020-12) of a document.

    Parameters
    ----------
    name
        Which document.

    Returns
    -------
    dict
        Every key is required and no other allowed; `x-unit` gives the unit of numbers. Where null may
        stand, the row's `reasons` say why it does.
    """
    module, type_name = _TYPES[name]
    kind: type[DataclassInstance] = getattr(import_module(f"footprint.documents.layout.{module}"), type_name)
    layout = import_module("footprint.documents.layout")
    definitions: dict[str, Schema] = {}
    content = _object(kind, definitions)
    content["properties"]["format"]["const"] = layout.FORMAT
    content["properties"]["kind"]["const"] = f"footprint-{name}"
    return {
        "$schema": DIALECT,
        "$id": f"urn:footprint:document:{name}:{layout.FORMAT}",
        "title": f"footprint-{name}",
        **content,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_json(name: DocumentName) -> str:
    """Return the JSON Schema of a document as text."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2)


def _object(kind: type[DataclassInstance], definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a dataclass, gathering those of its parts into `definitions`."""
    properties = _properties(kind, definitions)
    gaps = [name for name, part in properties.items() if _may_be_null(part) and "x-unit" in part]
    if "reasons" in properties:
        properties["reasons"]["propertyNames"] = {"enum": gaps}
    if _is_change(kind):
        properties = {"change": {"const": kind.__name__}, **properties}
    return {
        "description": (getdoc(kind) or "").split("\n")[0],
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _properties(kind: type[DataclassInstance], definitions: dict[str, Schema]) -> dict[str, Schema]:
    hints = get_type_hints(kind)
    found: dict[str, Schema] = {}
    for each in fields(kind):
        if each.metadata.get("flat"):
            found |= _properties(hints[each.name], definitions)
            continue
        found[each.name] = _typed(hints[each.name], definitions)
        entry = column(kind.__name__, each.name)
        if entry is not None:
            found[each.name]["description"] = entry.meaning
            if entry.unit and _has_numbers(found[each.name]):
                found[each.name]["x-unit"] = entry.unit
    return found


def _typed(hint: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401  any type there is
    """Return the schema of one type."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is None:
        return _single(hint, definitions)
    if origin in {Union, UnionType}:
        return _union([_typed(each, definitions) for each in inner])
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin is tuple:
        return _array(inner, definitions)
    names, values = (_typed(each, definitions) for each in inner)
    return {"type": "object", "additionalProperties": values, **_names(names)}


def _single(kind: type, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a type that is made of no others; of a dataclass, where it is defined."""
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if kind is date:
        return {"type": "string", "format": "date"}
    if issubclass(kind, StrEnum):
        return {"type": "string", "enum": [str(each) for each in kind]}
    if not is_dataclass(kind):
        raise TypeError(f"{kind!r} cannot stand in a document")
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = _object(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _array(inner: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:
    if inner[-1] is Ellipsis:
        return {"type": "array", "items": _typed(inner[0], definitions)}
    items = [_typed(each, definitions) for each in inner]
    return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}


def _names(names: Schema) -> Schema:
    """Return which keys an object may have, where they are an enumeration."""
    return {"propertyNames": {"enum": names["enum"]}} if "enum" in names else {}


def _union(parts: list[Schema]) -> Schema:
    """Return the schema of alternatives; plain ones share one list of types."""
    if all(part.keys() == {"type"} for part in parts):
        return {"type": [part["type"] for part in parts]}
    return {"anyOf": parts}


def _may_be_null(part: Schema) -> bool:
    types = part.get("type")
    return (isinstance(types, list) and "null" in types) or {"type": "null"} in part.get("anyOf", ())


def _has_numbers(part: Schema) -> bool:
    """Tell whether numbers stand in it: itself, its items, or its values."""
    types = part.get("type", ())
    held = [types] if isinstance(types, str) else list(types)
    nested = [part.get("items"), part.get("additionalProperties"), *part.get("prefixItems", ())]
    return bool({"number", "integer"} & set(held)) or any(
        _has_numbers(each) for each in nested if isinstance(each, dict)
    )


def _is_change(kind: type[DataclassInstance]) -> bool:
    """Tell whether a part is a change of a scenario, which is written with its kind."""
    return kind.__module__ == "footprint.scenario.changes"
