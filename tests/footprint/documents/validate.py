"""Hold a document against its schema, as any program could."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from footprint.documents.schema import DocumentName, schema


@cache
def validator(name: DocumentName) -> Draft202012Validator:
    """Return what tells whether a document is as its schema says; the schema itself is checked first."""
    said = schema(name)
    Draft202012Validator.check_schema(said)
    return Draft202012Validator(said, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(document: Any, name: DocumentName) -> list[str]:
    """Return where a document differs from its schema."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(document)]
