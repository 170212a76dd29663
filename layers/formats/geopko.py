"""
Geo-PKO (Cil, Fjelde, Hultman & Nilsson 2020): peacekeeping sites and units as drawn on UN deployment maps.

The maps show that a unit of a kind is somewhere, not how strong it is: troop numbers and
symbols are not turned into strength. A kind of unit drawn at a site counts once, which
means "at least one", with low confidence; a unit not drawn may still be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.area import Dropped
from layers.errors import Fault, LayerError
from layers.formats.delimited import Inspection, read_table
from layers.formats.forbidden import slug
from layers.formats.reading import Reading
from layers.formats.spelling import AS_GIVEN, Spelling, spelled
from layers.sites import Confidence, SiteKind

UNITS = {
    "inf": "infantry_company",
    "fpu": "fpu_platoon",
    "avia": "helicopter",
    "med": "surgery",
    "uav": "isr_tactical",
    "eng": "engineer_company",
    "unpol.dummy": "unpol_team",
}
"""Flag of the map table -> kind of asset."""

YEARLY_UNITS = {"Infantry": "infantry_company", "Av": "helicopter", "Med": "surgery", "UNPOL": "unpol_team"}
"""Column of the yearly table -> kind of asset, present where above 0."""

SECTOR_HQ = 2
"""`hq` from here on: 2 sector, 3 mission headquarters; 1, a battalion's staff, is a camp."""

_AT_LEAST_ONE = (
    "each kind of unit drawn at a site counts once, at least one; troop numbers and numbers of symbols"
    " are not turned into strength"
)
NOTES = (
    _AT_LEAST_ONE,
    "a medical unit is taken as surgery and an aviation unit as helicopters, both with low confidence",
    "the maps show the military and the police only: no civilian team is known from them",
)

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


def read_geopko(path: Path, frame_date: date, spelling: Spelling = AS_GIVEN) -> tuple[Reading, Reading]:
    """
    Read the sites and units on the latest map not after `frame_date`.

    Parameters
    ----------
    path
        CSV of the full table: one row for each site and map, 113 columns in version 2.1.
    frame_date
        Day the review looks at; a map counts as drawn on the first of its month.
    spelling
        How names of places are written here.

    Returns
    -------
    tuple
        Columns of `Sites`, and columns of `Assets`. Two rows for one place on one map
        are one site with the units of both.

    Raises
    ------
    LayerError
        With every fault found, or if no map is old enough.
    """
    table = read_table(path, required=(*_PLACE, "month", *UNITS))
    look = Inspection(table)
    rows = _places(look, UNITS, spelling)
    rows["month"] = look.codes("month", _with_any_case(look.text("month")))
    look.finish()
    drawn = rows["year"] * 12 + rows["month"].astype(float)
    at_frame = drawn[drawn <= frame_date.year * 12 + frame_date.month]
    if at_frame.empty:
        raise LayerError([_too_young(table.file, "month", frame_date)])
    year, month = divmod(int(at_frame.max()) - 1, 12)
    source = f"Geo-PKO, UN deployment map of {year}-{month + 1:02d}"
    return _sites_and_assets(rows[drawn == at_frame.max()], UNITS, source=source, dropped=table.dropped)


def read_geopko_years(path: Path, frame_date: date, spelling: Spelling = AS_GIVEN) -> tuple[Reading, Reading]:
    """
    Read the sites and units of the year of `frame_date` from the yearly table (version 2.3, "FrontMap").

    Returns
    -------
    tuple
        Columns of `Sites`, and columns of `Assets`. The table repeats places within a
        year with other troop numbers: these are one site with the units of all, and
        the rows merged are counted.

    Raises
    ------
    LayerError
        With every fault found, or if every year is later.
    """
    table = read_table(path, required=(*_PLACE, *YEARLY_UNITS))
    look = Inspection(table)
    rows = _places(look, YEARLY_UNITS, spelling)
    look.finish()
    at_frame = rows["year"][rows["year"] <= frame_date.year]
    if at_frame.empty:
        raise LayerError([_too_young(table.file, "year", frame_date)])
    year = int(at_frame.max())
    source = f"Geo-PKO, UN deployment maps of {year}, the whole year"
    return _sites_and_assets(rows[rows["year"] == year], YEARLY_UNITS, source=source, dropped=table.dropped)


def _places(look: Inspection, units: Mapping[str, str], spelling: Spelling) -> pd.DataFrame:
    """Return place, year, headquarters and units [0/1] of every row, faults kept in `look`."""
    flags = {kind: look.numbers(column, low=0, empty=True) > 0 for column, kind in units.items()}
    name = spelled(look.text("location"), spelling)
    look.blame_empty("location", "Name the place")
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
    remedy = "Take a later frame date or an older map"
    return Fault(file, f"no map is as old as the frame date {frame_date.isoformat()}", remedy, column=column)


def _sites_and_assets(
    rows: pd.DataFrame, units: Mapping[str, str], *, source: str, dropped: tuple[Dropped, ...]
) -> tuple[Reading, Reading]:
    """Return one site for each place and one asset for each kind of unit at it."""
    kinds = list(units.values())
    sites = rows.groupby("site_id", sort=True).agg(
        {"name": "first", "hq": "max", "point": "first", **dict.fromkeys(kinds, "max")}
    )
    merged = len(rows) - len(sites)
    lost = (Dropped("sites", "row merged with another of the same place", merged),) if merged else ()
    assets = [
        _asset(str(site_id), kind, source) for site_id, row in sites.iterrows() for kind in kinds if row[kind]
    ]
    columns = list(_asset("", "", ""))
    return (
        Reading(_site_frame(sites, source), (*dropped, *lost), NOTES),
        Reading(pd.DataFrame(assets, columns=columns), (), NOTES),
    )


def _site_frame(sites: pd.DataFrame, source: str) -> gpd.GeoDataFrame:
    """Return the columns of `Sites`."""
    return gpd.GeoDataFrame(
        {
            "site_id": sites.index.to_numpy(),
            "name": sites["name"].to_numpy(),
            "kind": [str(SiteKind.SECTOR_HQ if hq >= SECTOR_HQ else SiteKind.CAMP) for hq in sites["hq"]],
            "months": "all",
            "open_from": pd.Series(pd.NaT, index=range(len(sites)), dtype="datetime64[ns]"),
            "open_to": pd.Series(pd.NaT, index=range(len(sites)), dtype="datetime64[ns]"),
            "confidence": str(Confidence.MEDIUM),
            "source": source,
        },
        geometry=list(sites["point"]),
        crs="EPSG:4326",
    )


def _asset(site_id: str, kind: str, source: str) -> dict[str, object]:
    """Return one row of `Assets`; what the map does not say stays empty."""
    nothing = float("nan")
    return {
        "asset_id": f"{site_id}-{kind}",
        "site_id": site_id,
        "kind": kind,
        "count": 1,
        "availability": nothing,
        "notice_min": nothing,
        "mission_share": nothing,
        "confidence": str(Confidence.LOW),
        "source": source,
    }
