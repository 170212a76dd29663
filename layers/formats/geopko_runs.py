"""
Geo-PKO: from when to when a place stands, by the maps that show it and the maps that do not.

A place stands through the maps of its mission that show it in a row. A map that does not show it ends its
time, for a map that is there and lacks a place does not show that it stands. When between two maps it was
opened or closed nobody knows, so it stands from the first day of the month of the first map of the row to
the last day of the month of the last, no longer. (The authors' own table by month lets every place stand
until the next map.)

A map that shows fewer than half of the places of the whole map before it and of the whole map after it is
taken to show a part of the mission: what is on it stands, and it ends the time of nothing. So are two such
maps in a row, and a last map alone, after which none can confirm it. More maps in a row, or two at the end,
confirm each other: the mission has become that small, which is said.

A mission ends with its last map when another has its first map later and shows one of its places (its
successor), or when others have maps a year later. In a table by year that is the next year.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from layers.formats.forbidden import slug

PART = 0.5
"""Share of the places of the whole maps around it below which a map shows a part of the mission."""
PARTS_IN_A_ROW = 2
"""Maps of a part in a row, at most; more of them show that the mission had become small."""
SILENT_MONTHS = 12
"""Months from a mission's last map to a later one of others from which on it has ended.

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
    shrunk: tuple[pd.Timestamp, ...] = ()
    """Maps of fewer than half the places of the whole map before, taken for whole all the same."""


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
    numbered, parts, shrunk = [], [], []
    for mission, own in rows.groupby("mission", sort=True):
        maps = own.groupby("start")["place"].nunique().sort_index()
        part, small = _parts(maps.tolist())
        parts += list(maps.index[part])
        shrunk += list(maps.index[small])
        # A map of a part counts no further: from the map before it to the one after it nothing is missed.
        number = pd.Series([not each for each in part], index=maps.index).cumsum()
        others = rows.loc[rows["mission"] != mission, "start"]
        silences = _silences(maps.index.to_series(), others).cumsum()
        numbered.append(own.assign(number=own["start"].map(number), silences=own["start"].map(silences)))
    placed = pd.concat(numbered).sort_values([*_PLACE, "start"], kind="stable")
    ones = placed.groupby(_PLACE, sort=False)
    # Between a map of a part, which bears the number of the whole map before it, and that map is no gap.
    missed = (ones["number"].diff().fillna(1) - 1).clip(lower=0)
    breaks = (missed > 0) | (ones["silences"].diff().fillna(0) > 0)
    placed = placed.assign(missed=missed, breaks=breaks, before=ones["end"].shift())
    later = placed[breaks]
    gaps = tuple(
        Unshown(name, before + pd.Timedelta(days=1), start - pd.Timedelta(days=1), int(missed))
        for name, before, start, missed in later[["name", "before", "start", "missed"]].itertuples(
            index=False
        )
    )
    run = breaks.groupby([placed[each] for each in _PLACE]).cumsum()
    return MapRuns(_as_sites(placed.assign(run=run)), gaps, tuple(sorted(parts)), tuple(sorted(shrunk)))


def _parts(places: list[int]) -> tuple[list[bool], list[bool]]:
    """Tell which maps show a part of the mission, and which show that it has become small."""
    part, shrunk = [False] * len(places), [False] * len(places)
    whole = 0
    for n, here in enumerate(places):
        low = here < PART * places[whole]
        part[n] = low and _is_part(places, n, whole)
        if not part[n]:
            whole, shrunk[n] = n, low
    return part, shrunk


def _is_part(places: list[int], n: int, whole: int) -> bool:
    """Tell whether a map far smaller than the whole one before it shows a part, by the maps after it."""
    if n == len(places) - 1:
        return True
    after = next((m for m in range(n + 1, len(places)) if places[n] < PART * places[m]), None)
    return after is not None and after - whole - 1 <= PARTS_IN_A_ROW


def _silences(maps: pd.Series, others: pd.Series) -> pd.Series:
    """Tell before which maps of a mission others have maps a year after its map before."""
    return pd.Series(
        [
            bool(((others >= before + pd.DateOffset(months=SILENT_MONTHS)) & (others < start)).any())
            for before, start in zip(maps.shift(), maps, strict=True)
        ],
        index=maps.index,
    )


def _ended(placed: pd.DataFrame) -> set[str]:
    """Return the missions that have ended with their last map: succeeded, or silent while others go on."""
    by_mission = placed.groupby("mission")
    first = by_mission["start"].min().to_dict()
    last = by_mission["start"].max().to_dict()
    places = {mission: set(own["place"]) for mission, own in by_mission}
    since = max(last.values()) - pd.DateOffset(months=SILENT_MONTHS)
    return {
        str(one)
        for one, its in places.items()
        if last[one] <= since
        or any(first[other] > last[one] and its & theirs for other, theirs in places.items())
    }


def _as_sites(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the identifier and the time of the site that each tells of."""
    by_run = placed.groupby([*_PLACE, "run"], sort=False)
    first, last = by_run["start"].transform("min"), by_run["start"].transform("max")
    # By number: a last map of a part bears that of the whole map before it, whose places stand still.
    latest = placed.groupby("mission")["number"].transform("max") == by_run["number"].transform("max")
    silences = placed.groupby("mission")["silences"].transform("max") == by_run["silences"].transform("max")
    stands = latest & silences & ~placed["mission"].isin(_ended(placed))
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
    ).drop(columns=["number", "silences", "missed", "breaks", "before", "run"])
