"""
Counts: numbers of incidents as they may be told, of a place, in a span of years, of some kinds.

What is told of several places, spans and kinds overlaps, so differences tell more than anybody meant to.
Here everything that is told is taken apart into the smallest pieces that it can be put together from
(`Pieces`): pieces of places, of years and of kinds. What a reader can then work out is a matter of linear
equations (`footprint.releases.audit`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from shapely import box

from footprint.disclosure import Precision, rounded, step_deg
from layers import Area
from layers.incidents import EventType
from layers.tables import WGS84

AREA = "area"
_REGION, _UNIT, _SQUARE = "region/", "unit/", "square/"
_BY_UNIT, _BY_REGION, _BY_POINT = 3, 4, 2
"""Coarsest `geo_precision` at which an incident is known by its unit, its region, its square."""


@dataclass(frozen=True, slots=True, order=True)
class CountOf:
    """What incidents are counted: of a place, in whole years, of some kinds."""

    place: str
    """`AREA`, or of `region`, `unit`, `square`."""
    first: int
    """First year, inclusive."""
    last: int
    """Last year, inclusive; that of the frame date goes as far as the data do."""
    kinds: tuple[str, ...] = tuple(sorted(EventType))
    """From `layers.incidents.EventType`, in order."""


@dataclass(frozen=True, slots=True, order=True)
class IncidentCount:
    """A number of incidents that is told."""

    of: CountOf
    number: int

    @property
    def plain(self) -> list[object]:
        """As the log keeps it."""
        return [self.of.place, self.of.first, self.of.last, list(self.of.kinds), self.number]


def count_from(plain: Sequence[object]) -> IncidentCount:
    """
    Return a count as the log keeps it.

    Raises
    ------
    ValueError
        If it is none.
    """
    match plain:
        case [str(place), int(first), int(last), [*kinds], int(number)]:
            return IncidentCount(CountOf(place, first, last, tuple(map(str, kinds))), number)
        case _:
            raise ValueError(f"{plain!r} is no count")


def region(unit_id: str) -> str:
    """Return the place that a first-level unit is."""
    return _REGION + unit_id


def unit(unit_id: str) -> str:
    """Return the place that a second-level unit is."""
    return _UNIT + unit_id


def square(lon: float, lat: float) -> str:
    """
    Return the place that the public square around a point is [degrees].

    Examples
    --------
    >>> square(-4.0931, 14.5274)
    'square/-4.1,14.5'
    """
    east, north = rounded(lon, lat, Precision.PUBLIC)
    return f"{_SQUARE}{east:.1f},{north:.1f}"


def middle(place: str) -> tuple[float, float] | None:
    """Return the middle of a square [degrees]; None of another place."""
    if not place.startswith(_SQUARE):
        return None
    lon, lat = place.removeprefix(_SQUARE).split(",")
    return float(lon), float(lat)


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The smallest pieces that some counts can be put together from, and what is known of each."""

    numbers: NDArray[np.int64]
    """Incidents in each piece, shape (n_pieces,)."""
    vague: pd.DataFrame = field(repr=False)
    """Incidents known no better than a region or the area: columns `region`, `year`, `kind`."""
    _places: dict[str, NDArray[np.bool_]] = field(repr=False)
    _years: tuple[int, ...]
    """First year of each piece of time."""
    _kinds: tuple[frozenset[str], ...]

    def of(self, counted: CountOf) -> NDArray[np.bool_]:
        """Tell which pieces a count is made of, shape (n_pieces,)."""
        years = np.array([counted.first <= year <= counted.last for year in self._years])
        kinds = np.array([kind <= set(counted.kinds) for kind in self._kinds])
        return np.kron(self._places[counted.place], np.kron(years, kinds)).astype(bool)

    def vague_in(self, counted: CountOf) -> int:
        """
        Return how many incidents of a count are in no piece, since they are known no better.

        Whoever takes counts apart is taken to know these numbers.
        """
        if counted.place.startswith((_UNIT, _SQUARE)):
            return 0
        rows = self.vague
        if counted.place != AREA:
            rows = rows[rows["region"] == counted.place.removeprefix(_REGION)]
        inside = rows["year"].between(counted.first, counted.last) & rows["kind"].isin(counted.kinds)
        return int(inside.sum())

    def count(self, counted: CountOf) -> int:
        """Return the true number of incidents."""
        return int(self.numbers[self.of(counted)].sum()) + self.vague_in(counted)

    def matrix(self, counts: Iterable[CountOf]) -> sparse.csr_array:
        """Return which pieces each count is made of, shape (n_counts, n_pieces)."""
        rows = [np.flatnonzero(self.of(each)) for each in counts]
        starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
        held = np.concatenate([*rows, np.empty(0, np.int64)])
        return sparse.csr_array((np.ones(len(held)), held, starts), shape=(len(rows), len(self.numbers)))


def pieces_of(area: Area, counts: Sequence[CountOf]) -> Pieces:
    """
    Take counts of an area apart into the smallest pieces.

    Parameters
    ----------
    area
        Units and incidents.
    counts
        Everything that was told, and everything that is to be told.

    Returns
    -------
    Pieces
        A place is cut into the squares that are spoken of, cut at the limits of second-level units, and what
        is left of each unit; years and kinds are cut where any count begins or ends.

    Raises
    ------
    KeyError
        If a count is of a unit that the area has not.
    """
    cuts = sorted({each.first for each in counts} | {each.last + 1 for each in counts})
    starts = np.array(cuts[:-1] if len(cuts) > 1 else cuts)
    kinds = _kind_pieces(counts)
    placed, vague = _located(area)
    squares = sorted({each.place for each in counts if each.place.startswith(_SQUARE)})
    keys = _piece_keys(area, squares, placed)
    at = {key: number for number, key in enumerate(keys)}
    known = set(squares)
    inside = placed[placed["year"].between(cuts[0], cuts[-1] - 1)] if cuts else placed.iloc[:0]
    numbers = np.zeros((len(keys), len(starts), len(kinds)), np.int64)
    kind_at = {kind: number for number, piece in enumerate(kinds) for kind in piece}
    for own_unit, own_square, year, kind in zip(
        inside["unit"], inside["square"], inside["year"], inside["kind"], strict=True
    ):
        key = (own_unit, own_square if own_square in known else "")
        if key not in at or kind not in kind_at:
            continue
        numbers[at[key], int(np.searchsorted(starts, year, side="right")) - 1, kind_at[kind]] += 1
    return Pieces(
        numbers=numbers.ravel(),
        vague=vague,
        _places=_place_members(area, keys, squares),
        _years=tuple(map(int, starts)),
        _kinds=kinds,
    )


def _kind_pieces(counts: Sequence[CountOf]) -> tuple[frozenset[str], ...]:
    """Return sets of kinds that every count has wholly or not at all."""
    sets = sorted({each.kinds for each in counts})
    every = sorted({kind for each in sets for kind in each})
    signatures: dict[tuple[bool, ...], set[str]] = {}
    for kind in every:
        signatures.setdefault(tuple(kind in each for each in sets), set()).add(kind)
    return tuple(frozenset(piece) for piece in signatures.values())


def _located(area: Area) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return incidents by unit and square where known so well, and those known no better than a region."""
    incidents = area.incidents
    degrees = incidents.geometry.to_crs(WGS84)
    places = [square(lon, lat) for lon, lat in zip(degrees.x, degrees.y, strict=True)]
    near = incidents["geo_precision"] <= _BY_POINT
    table = pd.DataFrame(
        {
            "unit": _unit_of(incidents, area.districts),
            "region": _unit_of(incidents, area.regions),
            "square": np.where(near, places, ""),
            "year": incidents["year"].astype(int),
            "kind": incidents["event_type"].astype(str),
        },
        index=incidents.index,
    )
    by_unit = (incidents["geo_precision"] <= _BY_UNIT) & (table["unit"] != "")
    vague = table[~by_unit].copy()
    vague.loc[incidents["geo_precision"][~by_unit] > _BY_REGION, "region"] = ""
    return table[by_unit], vague


def _unit_of(points: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> pd.Series:
    """Return the unit that each point lies in, the first by identifier on a limit, "" in none."""
    joined = gpd.sjoin(points[["geometry"]], units[["geometry"]].sort_index(), predicate="intersects")
    first: pd.Series = joined["unit_id"].groupby(level=0).min()
    return first.reindex(points.index).fillna("").astype(str)


def _piece_keys(area: Area, squares: Sequence[str], placed: pd.DataFrame) -> list[tuple[str, str]]:
    """Return each piece of a place: its unit, and its square or "" for what is left of the unit."""
    half = step_deg(Precision.PUBLIC) / 2
    middles = [middle(each) for each in squares]
    boxes = [box(at[0] - half, at[1] - half, at[0] + half, at[1] + half) for at in middles if at is not None]
    frame = gpd.GeoDataFrame({"square": squares}, geometry=boxes, crs=WGS84).to_crs(area.crs)
    cut = gpd.sjoin(frame, area.districts[["geometry"]], predicate="intersects")
    drawn = set(zip(cut["unit_id"].astype(str), cut["square"], strict=True))
    # A point at a limit may lie beside the piece that is drawn, by the width of a pen.
    held = set(zip(placed["unit"], placed["square"], strict=True))
    held = {(own, each) for own, each in held if each in set(squares)}
    return sorted(drawn | held | {(str(own), "") for own in area.districts.index})


def _place_members(
    area: Area, keys: Sequence[tuple[str, str]], squares: Sequence[str]
) -> dict[str, NDArray[np.bool_]]:
    units, own = (np.array([key[side] for key in keys], dtype=object) for side in (0, 1))
    parents = area.districts["parent_id"].astype(str)
    above = np.array([parents[each] for each in units], dtype=object)
    members = {AREA: np.ones(len(keys), bool)}
    members |= {region(str(each)): above == str(each) for each in area.regions.index}
    members |= {unit(str(each)): units == str(each) for each in area.districts.index}
    return members | {each: own == each for each in squares}
