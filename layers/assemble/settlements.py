"""Places for names on the map: seats of regions and districts, and towns with their population."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
from pyproj import CRS

from layers.area import Dropped
from layers.formats.forbidden import plain
from layers.formats.identity import told_apart
from layers.formats.reading import Reading
from layers.places import PlaceKind
from layers.projection import projected
from layers.sentences import say

SAME_M = 30_000
"""Two places of one name nearer than this are one [m]."""

SAME_VILLAGE_M = 5_000
"""Two places of one name of which neither is a seat are one nearer than this [m]: names of villages recur."""

SPOT_M = 3_000
"""Two places nearer than this are one whatever their names [m]: spellings differ."""

SEATS = (PlaceKind.CAPITAL, PlaceKind.REGION_SEAT, PlaceKind.DISTRICT_SEAT)


def labelled_places(settlements: Reading, towns: Reading, crs: CRS) -> Reading:
    """
    Join the seats of one source with the towns of another.

    Parameters
    ----------
    settlements
        Populated places with their rank; only seats of districts and above are taken.
    towns
        Towns with their population.
    crs
        Reference system in metres, to measure in.

    Returns
    -------
    Reading
        Columns of `Places`: every seat, with the population of the town of the same
        name near it or, failing that, on the same spot; and the towns that are no seat.
    """
    seats = settlements.keeping(
        settlements.frame["kind"].isin(list(SEATS)),
        layer="places",
        reason=say("no seat of a {district}: too many for the map"),
    )
    pairs = _pairs(seats.shapes.to_crs(crs), towns.shapes.to_crs(crs))
    people = towns.frame.set_index("place_id")["people"]
    named = seats.frame.assign(people=seats.frame["place_id"].map(pairs).map(people))
    rest = towns.frame[~towns.frame["place_id"].isin(pairs.to_numpy())]
    frame = gpd.GeoDataFrame(pd.concat([named, rest], ignore_index=True), crs=seats.shapes.crs)
    note = f"{len(pairs)} of {len(named)} seats take the population of the town of their name or spot"
    return Reading(
        frame.sort_values("place_id", ignore_index=True), (*seats.dropped, *towns.dropped), (note,)
    )


_RANK = {kind: rank for rank, kind in enumerate(PlaceKind)}


def all_places(lists: Sequence[Reading], crs: CRS) -> Reading:
    """
    Join lists of towns and villages of which none is of seats alone: every place once, none for its kind.

    Parameters
    ----------
    lists
        In the order in which they were brought.
    crs
        Reference system in metres, to measure in.

    Returns
    -------
    Reading
        Columns of `Places`. A place of one name that two lists have nearer than `SAME_M`, or
        `SAME_VILLAGE_M` where neither says that it is a seat, is one: of the two rows that stays which says
        most of what it is the seat of, the earlier where they say the same, with the people of the other
        where it states none. Each row is one with one row of another list at most, the nearest first.
    """
    first, *others = lists
    frame = gpd.GeoDataFrame(first.frame)
    dropped, notes = list(first.dropped), list(first.notes)
    for other in others:
        frame, twice = _with_list(frame, other.shapes, crs)
        dropped += [*other.dropped, *([Dropped("places", _TWICE, twice)] if twice else [])]
        notes += other.notes
    joined = Reading(frame, tuple(dropped), tuple(dict.fromkeys(notes)))
    return told_apart(joined, str(frame.columns[0]), layer="places")


_TWICE = say("a place that another list has too, under the same name and near it")


def _with_list(have: gpd.GeoDataFrame, more: gpd.GeoDataFrame, crs: CRS) -> tuple[gpd.GeoDataFrame, int]:
    """Return places with those of another list, and how many both have."""
    rows, theirs = [*have.to_dict("records")], more.to_dict("records")
    same = _same(projected(have, crs), projected(more, crs))
    for n, row in enumerate(theirs):
        if n not in same:
            rows.append(row)
            continue
        at = same[n]
        kept, gone = sorted([rows[at], row], key=lambda each: _RANK[PlaceKind(each["kind"])])
        rows[at] = {**kept, "people": gone["people"] if pd.isna(kept["people"]) else kept["people"]}
    joined = gpd.GeoDataFrame(rows, columns=list(have.columns), geometry="geometry", crs=have.crs)
    return joined, len(same)


def _same(have: gpd.GeoDataFrame, more: gpd.GeoDataFrame) -> dict[int, int]:
    """Return by position which of `have` one of `more` is, each once at most; both in metres."""
    by_name: dict[str, list[int]] = {}
    for m, name in enumerate(have["name"]):
        by_name.setdefault(plain(name), []).append(m)
    near = [
        (away_m, m, n)
        for n, (name, kind, point) in enumerate(zip(more["name"], more["kind"], more.geometry, strict=True))
        for m in by_name.get(plain(name), ())
        if (away_m := have.geometry.iloc[m].distance(point))
        <= (SAME_M if {kind, have["kind"].iloc[m]} & set(SEATS) else SAME_VILLAGE_M)
    ]
    made, taken = dict[int, int](), set[int]()
    for _, m, n in sorted(near):
        if n not in made and m not in taken:
            made[n] = m
            taken.add(m)
    return made


def _pairs(seats: gpd.GeoDataFrame, towns: gpd.GeoDataFrame) -> pd.Series:
    """Return the town of each seat that has one, by seat; both in metres."""
    found = {}
    for seat_id, name, point in zip(seats["place_id"], seats["name"], seats.geometry, strict=True):
        away_m = towns.distance(point)
        alike = (towns["name"].map(plain) == plain(name)) & (away_m <= SAME_M)
        near = towns.assign(away_m=away_m, other=~alike)[alike | (away_m <= SPOT_M)]
        if len(near):
            found[seat_id] = near.sort_values(["other", "away_m", "place_id"])["place_id"].iloc[0]
    return pd.Series(found, dtype=object)
