"""
Geo-PKO: from when to when a place stands, by the maps that show it and the maps that do not.

A place stands through the maps of its mission that show it in a row. A map that does not show it ends its
time, for a map that is there and lacks a place does not show that it stands. When between two maps it was
opened or closed nobody knows, so it stands from the first day of the month of the first map of the row to
the last day of the month of the last, no longer. (The authors' own table by month lets every place stand
until the next map.)

A map that shows fewer than half of the places of the map before it and of the map after it is taken to
show a part of the mission: what is on it stands, and it ends the time of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from layers.formats.forbidden import slug

PART = 0.5
"""Share of the places of both neighbouring maps below which a map shows a part of the mission."""
SILENT_MONTHS = 12
"""Months without a map, while other missions in the table have later ones, after which a mission has ended.

Two missions measured had at most 4 months from map to map.
"""
_PLACE = ["mission", "place"]


@dataclass(frozen=True, slots=True)
class Unshown:
    """A time between two maps that show a place, with maps that do not."""

    name: str
    first: pd.Timestamp
    """First day after the month of the last map with it."""
    last: pd.Timestamp
    """Last day before the month of the next map with it."""
    maps: int
    """Maps without it."""


@dataclass(frozen=True, slots=True, eq=False)
class MapRuns:
    """Rows of maps with the row of maps that each belongs to."""

    rows: pd.DataFrame
    """As they were, with `site_id`, and `open_from` and `open_to` of the site, missing if it stands still."""
    gaps: tuple[Unshown, ...]
    parts: tuple[pd.Timestamp, ...]
    """Maps taken to show a part of the mission."""


def in_a_row(rows: pd.DataFrame) -> MapRuns:
    """
    Return rows of maps with the site that each tells of, one for each time in which a place stood.

    Parameters
    ----------
    rows
        A row for each place and map: `mission`, `place` and `name`, and `start` and `end`, the first and
        last day that the map stands for. Rows of one mission and `start` are one map.

    Returns
    -------
    MapRuns
        The site that stood last at a place keeps the place's identifier; those before it are told apart
        by the month they opened in, and by the mission where there are several.
    """
    numbered, parts = [], []
    for _, own in rows.groupby("mission", sort=True):
        maps = own.groupby("start")["place"].nunique().sort_index()
        part = _parts(maps)
        parts += list(maps.index[part])
        # A map of a part counts no further: from the map before it to the one after it nothing is missed.
        numbered.append(own.assign(number=own["start"].map((~part).cumsum())))
    placed = pd.concat(numbered).sort_values([*_PLACE, "start"], kind="stable")
    ones = placed.groupby(_PLACE, sort=False)
    # Between a map of a part, which bears the number of the whole map before it, and that map is no gap.
    placed = placed.assign(missed=ones["number"].diff().fillna(0) - 1, before=ones["end"].shift())
    later = placed[placed["missed"] > 0]
    gaps = tuple(
        Unshown(name, before + pd.Timedelta(days=1), start - pd.Timedelta(days=1), int(missed))
        for name, before, start, missed in later[["name", "before", "start", "missed"]].itertuples(
            index=False
        )
    )
    run = (placed["missed"] > 0).groupby([placed[each] for each in _PLACE]).cumsum()
    return MapRuns(_as_sites(placed.assign(run=run)), gaps, tuple(sorted(parts)))


def _parts(maps: pd.Series) -> pd.Series:
    """Tell which maps show a part of the mission: fewer than half of the places of both neighbours."""
    return (maps < PART * maps.shift()) & (maps < PART * maps.shift(-1))


def _as_sites(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the identifier and the time of the site that each tells of."""
    by_run = placed.groupby([*_PLACE, "run"], sort=False)
    first, last = by_run["start"].transform("min"), by_run["start"].transform("max")
    latest = placed.groupby("mission")["start"].transform("max")
    ended = latest < placed["start"].max() - pd.DateOffset(months=SILENT_MONTHS)
    stands = (last == latest) & ~ended
    is_last = last == placed.groupby("place")["start"].transform("max")
    several = placed.groupby("place")["mission"].transform("nunique") > 1
    # Of two missions that show a place on maps of the same last month the first by name keeps it.
    keeper = placed["mission"].where(is_last).groupby(placed["place"]).transform("min")
    keeps = is_last & (placed["mission"] == keeper)
    apart = first.dt.strftime("_%Y_%m")
    apart = apart.mask(several, "_" + placed["mission"].map(slug) + apart)
    return placed.assign(
        site_id=placed["place"].where(keeps, placed["place"] + apart),
        open_from=first,
        open_to=by_run["end"].transform("max").mask(stands),
    ).drop(columns=["number", "missed", "before", "run"])
