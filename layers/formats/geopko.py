"""
Geo-PKO (Cil, Fjelde, Hultman & Nilsson 2020): peacekeeping sites and units as drawn on UN deployment maps.

The maps show that a unit of a kind is somewhere, not how strong it is: troop numbers and
symbols are not turned into strength. A kind of unit drawn at a site counts once, or as often
as the map shows it at least (`Strength`); either is a lower bound, with low confidence, and a
unit not drawn may still be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.area import Dropped
from layers.errors import Fault, LayerError
from layers.formats.delimited import Inspection, RawTable, read_table
from layers.formats.forbidden import slug
from layers.formats.geopko_units import Strength, counted
from layers.formats.reading import Reading
from layers.formats.spelling import AS_GIVEN, Spelling, spelled
from layers.sentences import say
from layers.sites import AT_LEAST, Confidence, SiteKind

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
    "each kind of unit drawn at a site counts once, at least one; troop numbers and numbers of symbols"
    " are not turned into strength"
)
_TAKEN_AS = (
    "a medical unit is taken as surgery, an aviation unit or helicopter support as helicopters, all with low"
    " confidence"
)
_DATED = (
    "a site is open from the first map that shows it to the last, and still open where the last map before"
    " the frame date shows it; one on the oldest map may be older, and its units are those of its last map"
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
    " a platoon, of every other kind one; troop numbers are not turned into strength"
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
_PLACE = ("mission", "location", "latitude", "longitude", "hq", "year")


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
        Columns of `Sites`, and columns of `Assets`. Two rows for one place on one map
        are one site with the units of both. A site is open from the month of the first
        map that shows it; where the latest map does not show it, to the end of the month
        of the last that does. Its units are those of the last map that shows it.

    Raises
    ------
    LayerError
        With every fault found, or if no map is old enough.
    """
    table = read_table(path, required=(*_PLACE, "month", *_columns(UNITS)))
    look = Inspection(table)
    rows = _places(look, UNITS, spelling)
    if strength is Strength.DRAWN:
        rows[list(UNITS)] = counted(look, rows[list(UNITS)] > 0)
        rows = rows.assign(
            boats=look.numbers("riv", low=0, empty=True).fillna(0), inf=look.text("inf") == "1"
        )
    rows["month"] = look.codes("month", _with_any_case(look.text("month")))
    look.finish()
    start = pd.to_datetime({"year": rows["year"], "month": rows["month"], "day": 1}).astype("datetime64[ns]")
    rows = rows.assign(start=start, end=start + pd.offsets.MonthEnd(0))
    at_frame = rows[rows["start"] <= pd.Timestamp(frame_date)]
    if at_frame.empty:
        raise LayerError([_too_young(table.file, "month", frame_date)])
    drawn = at_frame["start"].dt.strftime("%Y-%m")
    at_frame = at_frame.assign(source="Geo-PKO, UN deployment map of " + drawn)
    if strength is Strength.ONCE:
        return _sites_and_assets(at_frame, UNITS, table)
    return _sites_and_assets(at_frame, UNITS, table, (*DRAWN_NOTES, *_not_held(at_frame)))


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
        the rows merged are counted. A site is open from the start of its first year;
        where the latest year does not have it, to the end of its last.

    Raises
    ------
    LayerError
        With every fault found, or if every year is later.
    """
    table = read_table(path, required=(*_PLACE, *_columns(YEARLY_UNITS)))
    look = Inspection(table)
    rows = _places(look, YEARLY_UNITS, spelling)
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
    return _sites_and_assets(at_frame, YEARLY_UNITS, table, notes)


def _columns(units: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
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
    return pd.DataFrame(
        {
            "site_id": name.map(slug),
            "name": name,
            "year": look.numbers("year", low=1945, high=2100),
            "hq": look.numbers("hq", low=0, high=3, empty=True).fillna(0),
            "point": look.points("longitude", "latitude"),
            **flags,
        }
    )


def _with_any_case(months: pd.Series) -> dict[str, int]:
    """Return the month codes for the cells as written, whatever their case."""
    known = {cell: _MONTH_CODES[cell.lower()] for cell in months if cell.lower() in _MONTH_CODES}
    return {**_MONTH_CODES, **known}


def _too_young(file: str, column: str, frame_date: date) -> Fault:
    problem = say("no map is as old as the frame date {day}", day=frame_date.isoformat())
    return Fault(file, problem, say("Take a later frame date or an older map"), column=column)


def _sites_and_assets(
    rows: pd.DataFrame,
    units: Mapping[str, tuple[str, ...]],
    table: RawTable,
    notes: tuple[str, ...] = NOTES,
) -> tuple[Reading, Reading]:
    """Return one site for each place, as its last map shows it, and one asset for each kind of unit at it."""
    kinds = list(units)
    merged = int(rows.duplicated(["site_id", "start"]).sum())
    seen = rows.groupby("site_id", sort=True)["start"].agg(["min", "max"])
    latest = rows[rows["start"] == rows["site_id"].map(seen["max"])]
    sites = latest.groupby("site_id", sort=True).agg(
        {
            **dict.fromkeys(("name", "point", "start", "end", "source"), "first"),
            **dict.fromkeys(("hq", *kinds), "max"),
        }
    )
    sites = sites.assign(
        open_from=seen["min"], open_to=sites["end"].where(sites["start"] < rows["start"].max())
    )
    lost = (Dropped("sites", say("row merged with another of the same place"), merged),) if merged else ()
    assets = [
        _asset(str(site_id), kind, row["source"], int(row[kind]), is_least=notes is not NOTES)
        for site_id, row in sites.iterrows()
        for kind in kinds
        if row[kind]
    ]
    columns = list(_asset("", "", "", 1, is_least=False))
    return (
        Reading(_site_frame(sites), (*table.dropped, *lost), (*notes, *_gaps(rows, seen))),
        Reading(pd.DataFrame(assets, columns=columns), (), notes),
    )


def _not_held(rows: pd.DataFrame) -> tuple[str, ...]:
    """Name what the last map shows and no asset holds: platoons by themselves, and river units."""
    last = rows[rows["start"] == rows["start"].max()]
    alone = sorted(last.loc[last["inf"] & (last["infantry_company"] == 0), "name"])
    boats = sorted(last.loc[last["boats"] > 0, "name"])
    checks = (
        (alone, "an infantry platoon by itself is no company and is not taken, at"),
        (boats, "a river unit is drawn and not taken, for no kind of asset holds boats, at"),
    )
    return tuple(f"{what}: {', '.join(names)}" for names, what in checks if names)


def _gaps(rows: pd.DataFrame, seen: pd.DataFrame) -> tuple[str, ...]:
    """Name the sites that a map between their first and their last does not show; they count as open."""
    maps = rows["start"].drop_duplicates()
    shown = rows.groupby("site_id")["start"].nunique().to_dict()
    names = rows.groupby("site_id")["name"].first().to_dict()
    missing = [
        str(names[site_id])
        for site_id, (first, last) in seen.iterrows()
        if maps.between(first, last).sum() > shown[site_id]
    ]
    if not missing:
        return ()
    return (f"not on every map between the first and the last, and taken as open: {', '.join(missing)}",)


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


def _asset(site_id: str, kind: str, source: str, count: int, *, is_least: bool) -> dict[str, object]:
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
        "confidence": str(Confidence.LOW),
        "source": source + AT_LEAST if is_least else source,
    }
