"""
Geo-PKO (Cil, Fjelde, Hultman & Nilsson 2020): peacekeeping sites and units as drawn on UN deployment maps.

The maps show that a unit of a kind is somewhere, not how strong it is: troop numbers and
symbols are not turned into strength. A kind of unit drawn at a site counts once, or as often
as the map shows it at least (`Strength`); either is a lower bound, with low confidence, and a
unit not drawn may still be there. A unit known to be smaller than a company is none. What is drawn
and makes no asset is counted and named in the notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.area import Dropped
from layers.errors import Fault, LayerError
from layers.formats.delimited import Inspection, RawTable, read_table
from layers.formats.forbidden import slug
from layers.formats.geopko_notes import NOT_HELD, NOT_HELD_YEARLY, told_of
from layers.formats.geopko_runs import in_a_row
from layers.formats.geopko_units import BESIDE, COMPANY, SIZES, SIZES_OF_KINDS, UNKNOWN, Strength, counted
from layers.formats.reading import Reading
from layers.formats.spelling import AS_GIVEN, Spelling, spelled
from layers.sentences import Sentence, say
from layers.sites import Confidence, SiteKind

UNITS = {
    "infantry_company": ("inf",),
    "fpu_platoon": ("fpu",),
    "helicopter": ("avia", "he.sup"),
    "surgery": ("med",),
    "isr_tactical": ("uav",),
    "engineer_company": ("eng",),
    "unpol_team": ("unpol.dummy",),
}
"""
Kind of asset -> flags of the map table, any of which shows it.

The maps draw helicopters as an aviation unit or as `he.sup`, "helicopter support", rarely both.
"""

YEARLY_UNITS = {
    "infantry_company": ("Infantry",),
    "helicopter": ("Av",),
    "surgery": ("Med",),
    "unpol_team": ("UNPOL",),
}
"""Kind of asset -> columns of the yearly table, present where one is above 0."""

SECTOR_HQ = 2
"""`hq` from here on: 2 sector, 3 mission headquarters; 1, a battalion's staff, is a camp."""

_AT_LEAST_ONE = (
    "each kind of unit drawn at a site counts once, at least one, and what is known to be smaller than a"
    " company is none; troop numbers and numbers of symbols are not turned into strength"
)
_TAKEN_AS = (
    "a medical unit is taken as surgery, an aviation unit or helicopter support as helicopters, all with low"
    " confidence"
)
_DATED = (
    "a site is open from the month of the first map of a row that shows it to the month of the last, in the"
    " table by year from year to year, for a map of the mission that lacks it ends its time; when between two"
    " maps it opened or closed is not known and not counted as open; where the mission's last map before the"
    " frame date shows it, it is open still, unless another mission followed at one of its places or others"
    " have maps a year later; one on the oldest map may be older, and its units are those of"
    " the last map of the row"
)
NOTES = (
    _AT_LEAST_ONE,
    _TAKEN_AS,
    "the maps show the military and the police only: no civilian team is known from them",
    _DATED,
)
_AS_DRAWN = (
    "of infantry the larger of the battalions and the companies drawn at a site counts as companies, at"
    " least so many: a battalion and its companies may both be drawn; of formed police each unit counts as"
    " a platoon, of every other kind one; what is known to be smaller than a company is none; troop numbers"
    " are not turned into strength"
)
DRAWN_NOTES = (
    _AS_DRAWN,
    _TAKEN_AS + ", whatever the level of the hospital, which the maps do not tell",
    *NOTES[2:],
)
_YEARS_DRAWN_NOTES = (_AT_LEAST_ONE, *DRAWN_NOTES[1:])

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_CODES = {
    **{str(number): number for number in range(1, 13)},
    **{f"{number:02d}": number for number in range(1, 10)},
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
}
PLACE = ("mission", "location", "latitude", "longitude", "hq", "year")
"""Columns of both tables that say where a site is, and when."""


def read_geopko(
    path: Path, frame_date: date, spelling: Spelling = AS_GIVEN, strength: Strength = Strength.ONCE
) -> tuple[Reading, Reading]:
    """
    Read the sites and units on the maps not after `frame_date`, each site with the time it was drawn.

    Parameters
    ----------
    path
        CSV of the full table: one row for each site and map, 113 columns in version 2.1.
    frame_date
        Day the review looks at; a map counts as drawn on the first of its month.
    spelling
        How names of places are written here.
    strength
        How units are counted.

    Returns
    -------
    tuple
        Columns of `Sites`, and columns of `Assets`. Two rows for one place on the maps of one
        month are one site with the units of both. A site is open as `in_a_row` says; a place
        that stood at several times is several sites, each with the units of its last map.

    Raises
    ------
    LayerError
        With every fault found, or if no map is old enough.
    """
    table = _without_unknown(_read(path, ("month", *columns_of(UNITS))))
    look = Inspection(table)
    rows = _places(look, UNITS, spelling)
    rows = rows.assign(**counted(look, rows[list(UNITS)] > 0, strength), **_flags(look, NOT_HELD))
    rows["month"] = look.codes("month", _with_any_case(look.text("month")))
    look.finish()
    start = pd.to_datetime({"year": rows["year"], "month": rows["month"], "day": 1}).astype("datetime64[ns]")
    rows = rows.assign(start=start, end=start + pd.offsets.MonthEnd(0))
    at_frame = rows[rows["start"] <= pd.Timestamp(frame_date)]
    if at_frame.empty:
        raise LayerError([_too_young(table.file, "month", frame_date)])
    drawn = at_frame["start"].dt.strftime("%Y-%m")
    at_frame = at_frame.assign(source="Geo-PKO, UN deployment map of " + drawn)
    notes = NOTES if strength is Strength.ONCE else DRAWN_NOTES
    return _sites_and_assets(at_frame, (UNITS, NOT_HELD), table, notes)


def read_geopko_years(
    path: Path, frame_date: date, spelling: Spelling = AS_GIVEN, strength: Strength = Strength.ONCE
) -> tuple[Reading, Reading]:
    """
    Read the sites and units up to the year of `frame_date` from the yearly table (version 2.3, "FrontMap").

    Returns
    -------
    tuple
        Columns of `Sites`, and columns of `Assets`. The table repeats places within a
        year with other troop numbers: these are one site with the units of all, and
        the rows merged are counted. A site is open from the start of the first year of a row
        to the end of the last, as `in_a_row` says of maps.

    Raises
    ------
    LayerError
        With every fault found, or if every year is later.
    """
    table = _read(path, columns_of(YEARLY_UNITS))
    look = Inspection(table)
    rows = _places(look, YEARLY_UNITS, spelling)
    # Of troops of every kind the table gives each number that a map of the year has, of infantry a mean.
    small = rows["infantry_company"] & (look.numbers("NoTroops", low=0, empty=True) < COMPANY)
    rows["infantry_company"] &= ~small
    rows = rows.assign(
        **rows[list(YEARLY_UNITS)].astype(int), **_flags(look, NOT_HELD_YEARLY), small_infantry=small
    )
    look.finish()
    start = pd.to_datetime({"year": rows["year"], "month": 1, "day": 1}).astype("datetime64[ns]")
    rows = rows.assign(start=start, end=start + pd.offsets.YearEnd(0))
    at_frame = rows[rows["year"] <= frame_date.year]
    if at_frame.empty:
        raise LayerError([_too_young(table.file, "year", frame_date)])
    year = at_frame["year"].astype(int).astype(str)
    source = "Geo-PKO, UN deployment maps of " + year + ", the whole year"
    at_frame = at_frame.assign(source=source)
    # It gives means over the maps of a year, of which no number of units can be read back.
    notes = _YEARS_DRAWN_NOTES if strength is Strength.DRAWN else NOTES
    return _sites_and_assets(at_frame, (YEARLY_UNITS, NOT_HELD_YEARLY), table, notes)


def _read(path: Path, columns: Iterable[str]) -> RawTable:
    """Return a table that has its places and further columns."""
    return read_table(path, required=(*PLACE, *columns), degrees=("longitude", "latitude"))


def columns_of(units: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return every column that tells of a unit."""
    return tuple(column for columns in units.values() for column in columns)


def _places(look: Inspection, units: Mapping[str, tuple[str, ...]], spelling: Spelling) -> pd.DataFrame:
    """Return place, year, headquarters and units [0/1] of every row, faults kept in `look`."""
    flags = {
        kind: pd.concat([look.numbers(column, low=0, empty=True) > 0 for column in columns], axis=1).any(
            axis=1
        )
        for kind, columns in units.items()
    }
    name = spelled(look.text("location"), spelling)
    look.blame_empty("location", say("Name the place"))
    look.blame_empty("mission", say("Name the mission"))
    return pd.DataFrame(
        {
            "mission": look.text("mission"),
            "place": name.map(slug),
            "name": name,
            "year": look.numbers("year", low=1945, high=2100),
            "hq": look.numbers("hq", low=0, high=3, empty=True).fillna(0),
            "point": look.points("longitude", "latitude"),
            **flags,
        }
    )


def _flags(look: Inspection, named: Mapping[str, Sentence]) -> dict[str, pd.Series]:
    """Return whether a row bears each flag, which the table may lack."""
    return {name: look.numbers(name, low=0, empty=True) > 0 for name in named}


def _without_unknown(table: RawTable) -> RawTable:
    """Return the table with sizes that it says to be unknown left empty."""
    sizes = [name for name in (*SIZES, *SIZES_OF_KINDS) if name in table.frame]
    known = table.frame[sizes].mask(table.frame[sizes].apply(lambda cells: cells.str.lower()) == UNKNOWN, "")
    return replace(table, frame=table.frame.assign(**known))


def _with_any_case(months: pd.Series) -> dict[str, int]:
    """Return the month codes for the cells as written, whatever their case."""
    known = {cell: _MONTH_CODES[cell.lower()] for cell in months if cell.lower() in _MONTH_CODES}
    return {**_MONTH_CODES, **known}


def _too_young(file: str, column: str, frame_date: date) -> Fault:
    problem = say("no map is as old as the frame date {day}", day=frame_date.isoformat())
    return Fault(file, problem, say("Take a later frame date or an older map"), column=column)


def _sites_and_assets(
    rows: pd.DataFrame,
    known: tuple[Mapping[str, tuple[str, ...]], Mapping[str, Sentence]],
    table: RawTable,
    notes: tuple[str, ...],
) -> tuple[Reading, Reading]:
    """Return a site for each time a place stood, as its last map shows it, and its units as assets."""
    units, not_held = known
    kinds = list(units)
    merged = int(rows.duplicated(["mission", "place", "start"]).sum())
    runs = in_a_row(rows)
    latest = runs.rows["start"] == runs.rows.groupby("site_id")["start"].transform("max")
    once = ["name", "point", "start", "end", "source", "open_from", "open_to"]
    most = [name for name in ("hq", *kinds, *not_held, *BESIDE) if name in rows]
    sites = (
        runs.rows[latest]
        .groupby("site_id", sort=True)[[*once, *most]]
        .agg({**dict.fromkeys(once, "first"), **dict.fromkeys(most, "max")})
    )
    lost = (Dropped("sites", say("row merged with another of the same place"), merged),) if merged else ()
    assets = [
        _asset(str(site_id), kind, row["source"], int(row[kind]))
        for site_id, row in sites.iterrows()
        for kind in kinds
        if row[kind]
    ]
    told = told_of(sites, not_held, runs)
    return (
        Reading(_site_frame(sites), (*table.dropped, *lost), (*notes, *told)),
        Reading(pd.DataFrame(assets, columns=list(_asset("", "", "", 1))), (), notes),
    )


def _site_frame(sites: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the columns of `Sites`."""
    return gpd.GeoDataFrame(
        {
            "site_id": sites.index.to_numpy(),
            "name": sites["name"].to_numpy(),
            "kind": [str(SiteKind.SECTOR_HQ if hq >= SECTOR_HQ else SiteKind.CAMP) for hq in sites["hq"]],
            "months": "all",
            "open_from": sites["open_from"].to_numpy(),
            "open_to": sites["open_to"].to_numpy(),
            "confidence": str(Confidence.MEDIUM),
            "source": sites["source"].to_numpy(),
        },
        geometry=list(sites["point"]),
        crs="EPSG:4326",
    )


def _asset(site_id: str, kind: str, source: str, count: int) -> dict[str, object]:
    """Return one row of `Assets`; what the map does not say stays empty."""
    nothing = float("nan")
    return {
        "asset_id": f"{site_id}-{kind}",
        "site_id": site_id,
        "kind": kind,
        "count": count,
        "availability": nothing,
        "notice_min": nothing,
        "mission_share": nothing,
        "is_least": True,
        "confidence": str(Confidence.LOW),
        "source": source,
    }
