"""
ACLED: the layout up to 2022 (data_id, event_id_no_cnty) and the current one, HXL tags tolerated.

Actors, notes and tags are never carried over. ACLED's terms forbid passing its data on:
the reader is for users who have their own copy.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.errors import LayerError
from layers.formats.delimited import Inspection, missing_columns, read_table, with_whole_names
from layers.formats.identity import dropped_columns, latest_of_each
from layers.formats.reading import Reading
from layers.incidents import DatePrecision, EventType
from layers.sentences import say

NEEDED = (
    "event_date",
    "year",
    "time_precision",
    "event_type",
    "admin1",
    "admin2",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "fatalities",
)
"""Columns both layouts share and that are needed."""

IDENTIFIERS = ("event_id_cnty", "data_id", "event_id_no_cnty")
"""Columns that may hold the identifier; the first that is there does."""

GEO_PRECISION = {"1": 1, "2": 2, "3": 4}
"""`geo_precision`: the place; near it, within a part of its district; the region."""

TIME_PRECISION = {"1": DatePrecision.DAY, "2": DatePrecision.WEEK, "3": DatePrecision.MONTH}

NOTE = (
    "deaths among civilians are not stated by ACLED apart: left empty; reliability is judged: 1 for the day"
    " and the place known, 3 for the month or the region only, else 2"
)

_DATE_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y")
_TEXTS = ("notes", "tags")


def read_acled(path: Path) -> Reading:
    """
    Read ACLED events of either layout.

    Parameters
    ----------
    path
        CSV as downloaded from ACLED or HDX.

    Returns
    -------
    Reading
        Columns of `Incidents`, one row per event, points in longitude and latitude.

    Raises
    ------
    LayerError
        With every missing column, or every fault of every column.
    """
    table = with_whole_names(
        read_table(path, required=(), degrees=("longitude", "latitude")), (*IDENTIFIERS, *NEEDED)
    )
    columns = table.frame.columns
    identifier = next((name for name in IDENTIFIERS if name in columns), None)
    missing = [name for name in NEEDED if name not in columns]
    if identifier is None or missing:
        raise LayerError(missing_columns(table.file, ([] if identifier else ["event_id_cnty"]) + missing))
    look = Inspection(table)
    frame = _incidents(look, identifier)
    look.finish()
    texts = [name for name in _TEXTS if name in columns]
    left = dropped_columns(table.file, say("free text never taken in"), texts)
    reading = Reading(frame.astype({"year": int, "geo_precision": int}), (*table.dropped, *left), (NOTE,))
    stamp = look.numbers("timestamp", empty=True) if "timestamp" in columns else None
    return latest_of_each(reading, "incident_id", layer="incidents", stamp=stamp)


def _incidents(look: Inspection, identifier: str) -> gpd.GeoDataFrame:
    """Return the events, faults kept in `look`."""
    geo = look.codes("geo_precision", GEO_PRECISION)
    span = look.codes("time_precision", TIME_PRECISION).astype(str)
    look.blame_empty(identifier, say("State the event's id"))
    return gpd.GeoDataFrame(
        {
            "incident_id": look.text(identifier),
            "date": look.dates("event_date", _DATE_FORMATS),
            "year": look.numbers("year", low=1900, high=2100),
            "date_precision": span,
            "event_type": look.text("event_type").map(event_type),
            "deaths": look.numbers("fatalities", low=0, empty=True),
            "deaths_civilians": float("nan"),
            "geo_precision": geo,
            "reliability": _reliability(geo, span),
            "adm1": look.text("admin1"),
            "adm2": look.text("admin2"),
            "place": look.text("location"),
            "provider": "ACLED",
            "invented": False,
        },
        geometry=look.points("longitude", "latitude"),
    )


def event_type(words: str) -> str:
    """
    Return the event type of ACLED's words, old or new.

    Examples
    --------
    >>> event_type("Battle-No change of territory"), event_type("Riots")
    ('battle', 'other')
    """
    known = words.strip().lower()
    if known == "violence against civilians":
        return str(EventType.ATTACK_ON_CIVILIANS)
    if known.startswith("battle"):
        return str(EventType.BATTLE)
    if known in {"explosions/remote violence", "remote violence"}:
        return str(EventType.EXPLOSION)
    return str(EventType.OTHER)


def _reliability(geo: pd.Series, span: pd.Series) -> pd.Series:
    """Return 1 (best) to 3 as `NOTE` says."""
    exact = (geo == 1) & (span == DatePrecision.DAY)
    vague = (geo == 4) | (span == DatePrecision.MONTH)  # noqa: PLR2004
    return pd.Series(2, index=geo.index).mask(exact, 1).mask(vague, 3)
