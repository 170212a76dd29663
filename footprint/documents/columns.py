"""Columns: unit, meaning and rounding of every number in a document, and why one may be missing."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

from footprint.travel.reasons import Reason

Json = dict[str, Any]

_SHARE, _HEADS, _PEOPLE = "share of demand", "share of people", "persons"
_MINUTES, _DAYS, _MONTHS = "min", "days/month", "months/year"
NO_DEMAND, _NO_PEOPLE = "no demand in this unit", "no people in this unit"

COLUMNS = {
    "month": ("1-12", "month of the year", ""),
    "people": (_PEOPLE, "people who live in the unit", ""),
    "demand": ("share of all demand", "demand in the unit; in an objective's own row, of its scope", ""),
    "FF": (_SHARE, "Force footprint: where troops could arrive in time", NO_DEMAND),
    "MF": (_SHARE, "Mission footprint: weighted mean of B1, B2 and B3", NO_DEMAND),
    "B1": (_SHARE, "tier I, dialogue and engagement", NO_DEMAND),
    "B2": (_SHARE, "tier II, physical protection; never above FF", NO_DEMAND),
    "B3": (_SHARE, "tier III, protective environment", NO_DEMAND),
    "FF0": (_SHARE, "what a circle map would say", NO_DEMAND),
    "FF_minus_B2": (_SHARE, "like-for-like gap between force and mission", NO_DEMAND),
    "both_demand": (_SHARE, "force and mission both reach the class threshold", NO_DEMAND),
    "force_only_demand": (_SHARE, "troops can arrive, the mission cannot act as one", NO_DEMAND),
    "civilian_and_police_only_demand": (_SHARE, "present, cannot be protected or evacuated", NO_DEMAND),
    "neither_demand": (_SHARE, "neither reaches the class threshold", NO_DEMAND),
    "both_people": (_HEADS, "as both_demand", _NO_PEOPLE),
    "force_only_people": (_HEADS, "as force_only_demand", _NO_PEOPLE),
    "civilian_and_police_only_people": (_HEADS, "as civilian_and_police_only_demand", _NO_PEOPLE),
    "neither_people": (_HEADS, "as neither_demand", _NO_PEOPLE),
    "people_beyond_bundle": (_PEOPLE, "beyond the time limit of any tier's bundle", ""),
    "beyond_bundle_demand": (_SHARE, "beyond the time limit of any tier's bundle", NO_DEMAND),
    "beyond_bundle_people": (_HEADS, "beyond the time limit of any tier's bundle", _NO_PEOPLE),
    "people_beyond_surgery": (_PEOPLE, "beyond the time limit to surgery", ""),
    "beyond_surgery_demand": (_SHARE, "beyond the time limit to surgery", NO_DEMAND),
    "beyond_surgery_people": (_HEADS, "beyond the time limit to surgery", _NO_PEOPLE),
    "troops_min": (_MINUTES, "troops arrive by land at half of the demand within", NO_DEMAND),
    "months_reachable": (_MONTHS, "someone arrives in time by land or water; mean over people", _NO_PEOPLE),
    "people_all_year": (_PEOPLE, "reached by land or water in every month", ""),
    "people_part_year": (_PEOPLE, "reached by land or water in some months", ""),
    "people_never": (_PEOPLE, "reached by land or water in no month", ""),
    "surgery_min": (_MINUTES, "time from call to surgery", ""),
    "asked_days": (_DAYS, "escorts that the site's civilian teams ask for", ""),
    "given_days": (_DAYS, "escorts that its companies can give", ""),
    "capacity_days": (_DAYS, "company days the site has", ""),
    "first_days": (_DAYS, "escorts given before", ""),
    "second_days": (_DAYS, "escorts given after", ""),
    "change_days": (_DAYS, "after minus before", ""),
    "unmet_days": (_DAYS, "asked for after, and not given", ""),
    "seasons": (_SHARE, "mean of each season, by its identifier", NO_DEMAND),
    "mean": (_SHARE, "mean of the year; of people for measures that end in people", NO_DEMAND),
    "worst": (_SHARE, "mean of the worst season", NO_DEMAND),
    "first": (_SHARE, "before", NO_DEMAND),
    "second": (_SHARE, "after", NO_DEMAND),
    "change": (_SHARE, "after minus before", NO_DEMAND),
}
"""Unit, meaning and reason for having no number, of every column with numbers."""

_DIGITS = {_MINUTES: 1, _DAYS: 2, _MONTHS: 2}
_SHARE_DIGITS = 6
"""Decimals of shares: enough to add up, few enough not to change from machine to machine."""
_WHY_NO_TROOPS = {
    Reason.OUT_OF_RANGE: "out of range",
    Reason.CUT_OFF_THIS_MONTH: "cut off in this month",
    Reason.NO_ROUTE: "no way by land in any month",
    Reason.SNAPPED_TOO_FAR: "only from a site that is too far from any road",
    Reason.OUTSIDE_DAY_LIMIT: "not within daylight",
}


def json_rows(frame: pd.DataFrame) -> list[Json]:
    """Return a frame's rows, numbers rounded, and the reason for each number that is missing."""
    why = frame["troops_reason"].tolist() if "troops_reason" in frame else [None] * len(frame)
    columns = [str(name) for name in frame.columns if name != "troops_reason"]
    rows = []
    for values, reason in zip(frame[columns].itertuples(index=False, name=None), why, strict=True):
        row: Json = {name: json_number(name, value) for name, value in zip(columns, values, strict=True)}
        missing = [name for name, value in row.items() if value is None and name in COLUMNS]
        row["reasons"] = {name: _why(name, row, reason) for name in missing}
        rows.append(row)
    return rows


def _why(column: str, row: Json, reason: Reason | None) -> str:
    if column == "troops_min" and reason is not None:
        return _WHY_NO_TROOPS[reason]
    return _NO_PEOPLE if str(row.get("measure", "")).endswith("_people") else COLUMNS[column][2]


def json_number(column: str, value: str | float | None) -> str | float | bool | None:
    """Return one value as JSON can carry it: rounded, and None for NaN and inf."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, str):
        # A word of an enumeration becomes plain text.
        return str(value)
    if not isinstance(value, float):
        return value
    unit = COLUMNS[column][0] if column in COLUMNS else ""
    if not isfinite(value):
        return None
    # Adding zero turns -0.0 into 0.0.
    return round(value) if unit == _PEOPLE else round(value, _DIGITS.get(unit, _SHARE_DIGITS)) + 0.0
