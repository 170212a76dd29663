"""
Fields: what a list that somebody brings may say of each layer, and what stands where it does not.

Columns, kinds of cell and allowed words are those of the layers' own schemas. Added here is one thing
alone: what is to be done where the list has no such column. Some things must be said by a person,
some stay empty and so not known, some are made from the rest, and some have a word of their own
for what nobody states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandera.pandas as pa

from layers.airfields import Airfields
from layers.boundaries import Boundaries
from layers.incidents import Incidents
from layers.intake.words import ASSET_KINDS
from layers.places import Places
from layers.roads import Roads
from layers.sensitive import Sensitive
from layers.sites import Assets, Sites
from layers.waters import FloodZones, Lakes, Rivers


class Form(StrEnum):
    """How a cell of a field is read."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    DAY = "day"
    MONTHS = "months"
    TRUTH = "truth"
    WORD = "word"
    """One of the words allowed."""


class Absent(StrEnum):
    """What is done where no column is taken for a field."""

    ASKED = "asked"
    """A person says what holds for all rows."""
    EMPTY = "empty"
    """It stays empty: not known."""
    MADE = "made"
    """It is made from the rest."""
    STANDS = "stands"
    """The word or value stands that says that nothing is stated, or what is usual; it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeField:
    """One column of a layer."""

    name: str
    form: Form
    words: tuple[str, ...]
    """Allowed, of a field of words."""
    absent: Absent
    stands: str
    """What stands where `absent` is `STANDS`; "" otherwise."""
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One layer that a list can be taken for."""

    layer: str
    shapes: frozenset[str]
    """Kinds of shape that it takes, multiples counted as one; none of a layer without places."""
    key: str
    """Column of its identifiers."""
    fields: tuple[IntakeField, ...]

    def field(self, name: str) -> IntakeField | None:
        """Return a field by its name, None if the layer has none such."""
        return next((each for each in self.fields if each.name == name), None)


_MONTHS = frozenset({"months", "closed_months", "navigable_months"})


def _field(name: str, column: pa.Column | pa.Index, absent: Absent, stands: str) -> IntakeField:
    checks = {check.name: check.statistics or {} for check in column.checks}
    words = tuple(dict.fromkeys(map(str, checks.get("isin", {}).get("allowed_values", ()))))
    if "str_matches" in checks:
        # Kinds of asset are free in the layer, so that a mission can have its own; a list is asked by these.
        words = ASSET_KINDS
    return IntakeField(
        name=name,
        form=_form(name, str(column.dtype), words),
        words=words,
        absent=absent,
        stands=stands,
        least=checks.get("greater_than_or_equal_to", checks.get("greater_than", {})).get("min_value"),
        most=checks.get("less_than_or_equal_to", {}).get("max_value"),
    )


def _form(name: str, kind: str, words: tuple[str, ...]) -> Form:
    if name in _MONTHS:
        return Form.MONTHS
    if words:
        return Form.WORD
    for start, form in (("datetime", Form.DAY), ("bool", Form.TRUTH), ("int", Form.WHOLE), ("float", Form.NUMBER)):  # fmt: skip  # noqa: E501
        if kind.startswith(start):
            return form
    return Form.TEXT


def _target(layer: str, schema: type[pa.DataFrameModel], shapes: str, absent: Mapping[str, str]) -> Target:
    """
    Return a target, made of a schema and what is done where a column is missing.

    `absent` gives for each column "asked", "empty", "made", or "=" and the word that stands. A column
    that it does not name may be empty if the schema lets it, and is asked for otherwise.
    """
    promised = schema.to_schema()
    columns = {str(promised.index.name): promised.index, **promised.columns}
    fields = []
    for name, column in columns.items():
        if name == "geometry":
            continue
        policy = absent.get(name, "empty" if column.nullable else "asked")
        if name == promised.index.name:
            policy = "made"
        stands = policy.removeprefix("=") if policy.startswith("=") else ""
        fields.append(
            _field(name, column, Absent.STANDS if policy.startswith("=") else Absent(policy), stands)
        )
    return Target(
        layer=layer, shapes=frozenset(shapes.split()), key=str(promised.index.name), fields=tuple(fields)
    )


_UNITS = {"parent_id": "made", "approximate": "asked"}

TARGETS: dict[str, Target] = {
    each.layer: each
    for each in (
        _target("sites", Sites, "Point", {"months": "=all", "confidence": "made", "source": "made"}),
        _target(
            "incidents",
            Incidents,
            "Point",
            {
                "year": "made",
                "date_precision": "made",
                "event_type": "asked",
                "adm1": "=",
                "adm2": "=",
                "place": "=",
                "provider": "made",
                "invented": "made",
            },
        ),
        _target("assets", Assets, "", {"is_least": "=false", "confidence": "made", "source": "made"}),
        _target(
            "roads",
            Roads,
            "LineString",
            {
                "name": "=",
                "surface": "=unknown",
                "smoothness": "=unknown",
                "crossing": "=none",
                "raised": "=false",
                "search_rated": "=false",
                "closed_months": "=",
            },
        ),
        _target("rivers", Rivers, "LineString", {"name": "="}),
        _target("lakes", Lakes, "Polygon", {"name": "="}),
        _target("flood_zones", FloodZones, "Polygon", {}),
        _target("country", Boundaries, "Polygon", _UNITS),
        _target("regions", Boundaries, "Polygon", _UNITS),
        _target("districts", Boundaries, "Polygon", _UNITS),
        _target("places", Places, "Point", {}),
        _target("airfields", Airfields, "Point", {}),
        _target("sensitive", Sensitive, "Point", {}),
    )
}
"""Layers that a list of rows or shapes can be taken for, by name."""
