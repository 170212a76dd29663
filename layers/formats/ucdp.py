"""
UCDP Georeferenced Event Dataset: the provider's table, HDX's flavour of it, and a six-column cut.

Codes are those of the GED codebook (Sundberg & Melander 2013). Names of actors and press
texts are never carried over. Numbers of deaths are the best estimates.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.errors import LayerError
from layers.formats.delimited import Inspection, RawTable, missing_columns, read_table, with_whole_names
from layers.formats.forbidden import plain
from layers.formats.identity import content_ids, latest_of_each
from layers.formats.reading import Reading
from layers.incidents import DatePrecision, EventType
from layers.sentences import say

FULL = (
    "id",
    "year",
    "type_of_violence",
    "where_prec",
    "where_coordinates",
    "latitude",
    "longitude",
    "event_clarity",
    "number_of_sources",
    "date_prec",
    "date_start",
    "deaths_civilians",
    "best",
)
"""Columns needed of the whole table; `adm_1` and `adm_2` are taken where they are."""

CUT = ("year", "longitude", "latitude", "where_coordinates", "best", "deaths_civilians")
"""Columns of the six-column cut."""

GEO_PRECISION = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 6}
"""`where_prec`; 7, at sea or in the air, is no better than the country."""

EVENT_TYPE = {"1": EventType.BATTLE, "2": EventType.BATTLE, "3": EventType.ATTACK_ON_CIVILIANS}
"""`type_of_violence`: state-based, non-state, one-sided."""

DATE_PRECISION = {
    "1": DatePrecision.DAY,
    "2": DatePrecision.WEEK,
    "3": DatePrecision.WEEK,
    "4": DatePrecision.MONTH,
    "5": DatePrecision.YEAR,
}
"""`date_prec`: the day; 2-6 days; the week; the month; more than a month, up to a year."""

RELIABILITY_NOTE = (
    "reliability is judged: 1 for an event reported on its own by two sources or more, 2 for one source or an"
    " unstated number, 3 for an event known only as part of a summary (event_clarity 2)"
)
CUT_NOTE = (
    "the six-column cut has no date, type or precision: dates are left empty with the year only, the type is"
    " unknown, reliability is 2, and geo_precision is inferred from the wording of where_coordinates; events"
    " of the frame date's own year cannot be cut at the day"
)

_UNIT_WORDS = {
    1: "region|province|governorate|state|division",
    2: "cercle|county|department|(?<!sub )district|municipality|commune",
}
"""What units of the first and of the second level are called in one country or another."""

_WORDED = (
    (re.compile(r"\b(between|roads?|axis|border|along|northern|southern|eastern|western|central)\b"), 5),
    (re.compile(rf"\b({_UNIT_WORDS[2]})$"), 3),
    (re.compile(rf"\b({_UNIT_WORDS[1]})$"), 4),
    (re.compile(r"\b(village|town|city)$"), 1),
)


def read_ucdp(path: Path, countries: Collection[str] = ()) -> Reading:
    """
    Read UCDP events, whichever of the published layouts the file has.

    Parameters
    ----------
    path
        CSV: the 49-column table (dates ISO, with or without a midnight time), HDX's
        reordered one with its row of HXL tags, or the cut of six columns (`CUT`).
    countries
        Names that stand for a whole country where the cut words a place; the full table
        states its precision and needs none.

    Returns
    -------
    Reading
        Columns of `Incidents`, one row per event, points in longitude and latitude.

    Raises
    ------
    LayerError
        With every missing column, or every fault of every column.
    """
    table = with_whole_names(read_table(path, required=(), degrees=("longitude", "latitude")), (*FULL, *CUT))
    columns = set(table.frame.columns)
    if columns.isdisjoint({"id", "where_prec", "date_start"}):
        _require(table, CUT)
        return _read_cut(table, countries)
    _require(table, FULL)
    return _read_full(table)


def worded_precision(place: str, countries: Collection[str] = ()) -> int:
    """
    Infer the precision of a place from how UCDP words it.

    Parameters
    ----------
    place
        For instance "Old Ford town".
    countries
        Names of whole countries, in the words of `plain`.

    Returns
    -------
    int
        1 for a village, town or city; 3 for a district, county or the like; 4 for a
        region, province or the like; 5, to be reviewed, for a stretch ("between", "road",
        "axis") or part of a country ("northern"); 6 for a country; else 2 (wells,
        forests, valleys, localities, areas).

    Notes
    -----
    Checked on 1,600 events of the full table, which state their precision: towns,
    villages and cities are coded 1 in 75 % and 2 in the rest, districts 3 in 97 %,
    provinces and the like 4 in 99 %, areas 2 in 92 %, and stretches of road 5.

    Examples
    --------
    >>> [worded_precision(p) for p in ("Old Ford town", "Ford County", "East region", "Northern coast")]
    [1, 3, 4, 5]
    """
    words = plain(place)
    if words in countries:
        return 6
    return next((precision for pattern, precision in _WORDED if pattern.search(words)), 2)


def _require(table: RawTable, columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in table.frame.columns]
    if missing:
        raise LayerError(missing_columns(table.file, missing))


def _read_cut(table: RawTable, countries: Collection[str]) -> Reading:
    """Return the six-column cut as incidents."""
    look = Inspection(table)
    place = look.text("where_coordinates")
    whole = frozenset(plain(name) for name in countries)
    frame = gpd.GeoDataFrame(
        {
            "incident_id": content_ids(table.frame[list(CUT)], "ucdp"),
            "date": pd.Series(pd.NaT, index=place.index, dtype="datetime64[ns]"),
            "year": look.numbers("year", low=1900, high=2100),
            "date_precision": str(DatePrecision.YEAR),
            "event_type": str(EventType.UNKNOWN),
            "deaths": look.numbers("best", low=0),
            "deaths_civilians": look.numbers("deaths_civilians", low=0),
            "geo_precision": place.map(lambda words: worded_precision(words, whole)),
            "reliability": 2,
            "adm1": "",
            "adm2": "",
            "place": place,
            "provider": "UCDP GED",
            "invented": False,
        },
        geometry=look.points("longitude", "latitude"),
    )
    look.finish()
    return Reading(frame.astype({"year": int}), table.dropped, (CUT_NOTE,))


def _read_full(table: RawTable) -> Reading:
    """Return the whole table as incidents."""
    look = Inspection(table)
    precision = look.codes("date_prec", DATE_PRECISION).astype(str)
    frame = gpd.GeoDataFrame(
        {
            "incident_id": _identifiers(look),
            "date": look.dates("date_start").mask(precision == DatePrecision.YEAR),
            "year": look.numbers("year", low=1900, high=2100),
            "date_precision": precision,
            "event_type": look.codes("type_of_violence", EVENT_TYPE).astype(str),
            "deaths": look.numbers("best", low=0, empty=True),
            "deaths_civilians": look.numbers("deaths_civilians", low=0, empty=True),
            "geo_precision": look.codes("where_prec", GEO_PRECISION),
            "reliability": _reliability(look),
            "adm1": look.text("adm_1"),
            "adm2": look.text("adm_2"),
            "place": look.text("where_coordinates"),
            "provider": "UCDP GED",
            "invented": False,
        },
        geometry=look.points("longitude", "latitude"),
    )
    look.finish()
    frame = frame.astype({"year": int, "geo_precision": int})
    return latest_of_each(
        Reading(frame, table.dropped, (RELIABILITY_NOTE,)), "incident_id", layer="incidents"
    )


def _identifiers(look: Inspection) -> pd.Series:
    """Return the provider's identifiers, a decimal ".0" left by other tools cut off."""
    look.blame_empty("id", say("State the event's id"))
    return look.text("id").str.replace(r"\.0+$", "", regex=True)


def _reliability(look: Inspection) -> pd.Series:
    """Return 1 (best) to 3 from clarity and number of sources, as `RELIABILITY_NOTE` says."""
    clear = look.codes("event_clarity", {"1": 1, "2": 2}) == 1
    several = look.numbers("number_of_sources", low=-1, empty=True) > 1
    return pd.Series(3, index=clear.index).mask(clear, 2).mask(clear & several, 1)
