"""Rows: a frame of numbers as the typed rows of a document, rounded, with a reason for every gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from footprint.documents.columns import NO_PEOPLE, OUTSIDE_AREA, PEOPLE_UNKNOWN, SILENT, Column
from footprint.documents.place_columns import column
from footprint.travel.reasons import Reason

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")

_WHY_NO_TROOPS = {
    Reason.OUT_OF_RANGE: "out of range",
    Reason.CUT_OFF_THIS_MONTH: "cut off in this month",
    Reason.NO_ROUTE: "no way by land in any month",
    Reason.SNAPPED_TOO_FAR: "only from a site that is too far from any road",
    Reason.OUTSIDE_DAY_LIMIT: "not within daylight",
}


def rows_of(kind: type[Row], frame: pd.DataFrame) -> tuple[Row, ...]:
    """
    Return a frame's rows, numbers rounded, and the reason for each number that is missing.

    Parameters
    ----------
    kind
        Type of the rows: a field for each column, and `reasons`.
    frame
        Its columns, `troops_reason` where troops may not arrive, `people_known` where the people of a
        row's unit may not be known, `outside` where it may lie mostly outside the area, and `silent` where
        the data may name no asset for a number.
    """
    make: Callable[..., Row] = kind
    entries = {each.name: column(kind.__name__, each.name) for each in fields(kind) if each.name != "reasons"}
    columns = {name: _values(frame[name], entry) for name, entry in entries.items()}
    gaps = _gaps(frame, columns, entries)
    rows = zip(*columns.values(), strict=True)
    return tuple(
        make(**dict(zip(columns, values, strict=True)), reasons=gaps.get(place, {}))
        for place, values in enumerate(rows)
    )


def _values(values: pd.Series[Any], entry: Column | None) -> list[Any]:
    """Return a column as a document holds it; whole numbers and words stay as they are."""
    plain = values.tolist()
    if values.dtype.kind == "f" and entry is not None:
        return [entry.rounded(value) for value in plain]
    return plain


def _gaps(
    frame: pd.DataFrame, columns: dict[str, list[Any]], entries: dict[str, Column | None]
) -> dict[int, dict[str, str]]:
    """Return why numbers are missing, by place of the row and column; rows without gaps are left out."""
    measures = columns.get("measure", [""] * len(frame))
    known = frame["people_known"].tolist() if "people_known" in frame else [True] * len(frame)
    outside = frame["outside"].tolist() if "outside" in frame else [False] * len(frame)
    silent = frame["silent"].tolist() if "silent" in frame else [False] * len(frame)
    troops: Sequence[Reason | None] = frame["troops_reason"].tolist() if "troops_reason" in frame else ()
    found: dict[int, dict[str, str]] = {}
    for name, values in columns.items():
        entry = entries[name]
        if entry is None or not entry.unit:
            continue
        for place, value in enumerate(values):
            if value is None:
                why = SILENT if silent[place] else _why(str(measures[place]), entry)
                why = why if known[place] else PEOPLE_UNKNOWN
                if known[place] and name == "troops_min" and (reason := troops[place]) is not None:
                    why = _WHY_NO_TROOPS[reason]
                found.setdefault(place, {})[name] = OUTSIDE_AREA if outside[place] else why
    return found


def _why(measure: str, entry: Column) -> str:
    return NO_PEOPLE if measure.endswith("_people") else entry.gap
