"""What is odd in layers that can be used: gaps in the drawing, lengths, a ledger that does not fit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import nearest_points

from layers.cautions import FLATTENED, LABEL, counts_not_taken, titles_with
from layers.manifest import Manifest, Source

JOINED_M = 10.0
"""Road ends this near another road are joined to it when roads become a network, and are no gap [m]."""

GAP_M = 200.0
"""Road ends up to this far from another road are named as a gap [m]; a judgement."""

RIVER_TOUCH_M = 1.0
"""Ends of rivers this near one another, or a lake, are no gap [m]."""

LENGTH_FACTOR = 2.0
"""Factor by which a stated length may differ from the drawing before it is named; a judgement."""


class OddityKind(StrEnum):
    """What is odd."""

    ROAD_GAP = "road_gap"
    ROAD_JOINED = "road_joined"
    RIVER_GAP = "river_gap"
    LENGTH = "length_disagrees"
    UNIT_OUTSIDE = "unit_outside"
    NO_SOURCE = "no_source"
    CHECKSUM = "checksum"
    NO_LICENCE = "no_licence"
    NO_FILE = "ledger_without_file"
    LABEL = "drawn_for_a_label"
    FLATTENED = "people_cut_off"
    NOT_TAKEN = "rows_not_taken"


@dataclass(frozen=True, slots=True)
class Oddity:
    """One kind of oddity, and everything that shows it, by name and with its figure."""

    kind: OddityKind
    names: tuple[str, ...]


def drawing_oddities(
    roads: gpd.GeoDataFrame, rivers: gpd.GeoDataFrame, lakes: gpd.GeoDataFrame, *, cell_m: float
) -> tuple[Oddity, ...]:
    """
    Return what is odd in the drawing of roads and rivers.

    Parameters
    ----------
    roads, rivers, lakes
        As loaded, in metres.
    cell_m
        Side of a cell [m]: parts of a river no farther apart leave room for a patrol.
    """
    found = (
        (OddityKind.ROAD_GAP, road_gaps(roads)),
        (OddityKind.RIVER_GAP, river_gaps(rivers, lakes, cell_m)),
        (OddityKind.LENGTH, lengths_that_disagree(roads)),
    )
    return tuple(Oddity(kind, names) for kind, names in found if names)


def unit_oddities(*levels: tuple[gpd.GeoDataFrame, Mapping[str, float]]) -> tuple[Oddity, ...]:
    """
    Return units of which most lies outside the outline, with the share that lies in it.

    Parameters
    ----------
    *levels
        Units of each level, as loaded, and those of `layers.inside.mostly_outside`.
    """
    names = []
    for units, outside in levels:
        called = _called(units.loc[list(outside)])
        names += [
            f"{name} ({100 * share:.0f} %)" for name, share in zip(called, outside.values(), strict=True)
        ]
    return (Oddity(OddityKind.UNIT_OUTSIDE, tuple(dict.fromkeys(names))),) if names else ()


def road_gaps(roads: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Return the roads of which an end comes near another road without joining it, with both names."""
    called = _called(roads)
    gaps: dict[tuple[str, str], float] = {}
    for end, to, gap_m in _loose(roads.geometry.to_numpy(), GAP_M):
        first, last = sorted((called[end // 2], called[to]))
        gaps[first, last] = min(gap_m, gaps.get((first, last), np.inf))
    return _pairs(gaps)


def joined(roads: gpd.GeoDataFrame, within_m: float) -> tuple[gpd.GeoDataFrame, tuple[Oddity, ...]]:
    """
    Draw road ends on to the road they nearly meet, as a folder may ask.

    Parameters
    ----------
    roads
        As loaded, in metres.
    within_m
        Largest gap joined [m]; 0 joins none.

    Returns
    -------
    tuple
        The roads, the nearest gaps closed first; and what was joined, by name and distance.
    """
    lines, called = roads.geometry.to_numpy().copy(), _called(roads)
    gaps: dict[tuple[str, str], float] = {}
    for end, to, gap_m in sorted(_loose(lines, within_m), key=lambda gap: (gap[2], gap[:2])):
        line, at = lines[end // 2], -(end % 2)
        meeting = nearest_points(shapely.get_point(line, at), lines[to])[1]
        if not shapely.distance(shapely.get_point(line, at), lines[to]) > JOINED_M:
            continue  # the other road was drawn on to this one before
        points = list(line.coords)
        points.insert(len(points) if at else 0, meeting.coords[0])
        lines[end // 2] = shapely.LineString(points)
        first, last = sorted((called[end // 2], called[to]))
        gaps[first, last] = gap_m
    if not gaps:
        return roads, ()
    drawn = roads.set_geometry(gpd.GeoSeries(lines, index=roads.index, crs=roads.crs))
    return drawn, (Oddity(OddityKind.ROAD_JOINED, _pairs(gaps)),)


def _loose(lines: NDArray[np.object_], within_m: float) -> list[tuple[int, int, float]]:
    """Return the ends (two for each line) near a line that meet none, that line and the distance [m]."""
    ends = _ends(lines)
    if not len(ends) or within_m <= 0:
        return []
    end, other = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=within_m)
    foreign = end // 2 != other
    end, other = end[foreign], other[foreign]
    away_m = shapely.distance(ends[end], lines[other])
    open_ended = ~np.isin(end, end[away_m <= JOINED_M])
    rows = zip(end[open_ended], other[open_ended], away_m[open_ended], strict=True)
    return [(int(at), int(to), float(gap_m)) for at, to, gap_m in rows]


def river_gaps(rivers: gpd.GeoDataFrame, lakes: gpd.GeoDataFrame, cell_m: float) -> tuple[str, ...]:
    """Return the barrier rivers that end near the end of another, or in two parts, with the distance."""
    barriers = rivers[rivers["barrier"].astype(bool)]
    lines, called = barriers.geometry.to_numpy(), _called(barriers)
    ends = _ends(lines)
    if not len(ends):
        return ()
    end, other = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=RIVER_TOUCH_M)
    loose = ~np.isin(np.arange(len(ends)), end[end // 2 != other])
    loose &= ~shapely.dwithin(ends, lakes.union_all(), RIVER_TOUCH_M)
    alone = np.flatnonzero(loose)
    near, far = shapely.STRtree(ends[alone]).query(ends[alone], predicate="dwithin", distance=cell_m)
    gaps: dict[tuple[str, str], float] = {}
    for at, to in zip(alone[near], alone[far], strict=True):
        if at // 2 < to // 2:
            first, last = sorted((called[at // 2], called[to // 2]))
            gap_m = float(shapely.distance(ends[at], ends[to]))
            gaps[first, last] = min(gap_m, gaps.get((first, last), np.inf))
    return _pairs(gaps)


def lengths_that_disagree(roads: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Return the roads whose stated length and drawing differ by more than `LENGTH_FACTOR`."""
    drawn_km, stated_km = roads.length.to_numpy() / 1000, roads["length_km"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = stated_km / drawn_km
    odd = np.flatnonzero((factor > LENGTH_FACTOR) | (factor < 1 / LENGTH_FACTOR))
    called = _called(roads)
    return tuple(f"{called[at]} ({stated_km[at]:.0f} km, {drawn_km[at]:.0f} km)" for at in odd)


def ledger_oddities(folder: Path, manifest: Manifest, sources: Iterable[Source]) -> tuple[Oddity, ...]:
    """
    Return where the ledger does not fit the files.

    Files it does not name, files that changed since, files without a licence, rows whose
    file is not there, and what its notes say that must stand beside every answer.
    """
    sources = tuple(sources)
    rows = {source.file: source for source in sources}
    named = {*manifest.files.values(), manifest.population, "objectives.toml"}
    there = sorted(name for name in named if (folder / name).is_file())
    found = (
        (OddityKind.NO_SOURCE, [name for name in there if name not in rows]),
        (
            OddityKind.CHECKSUM,
            [
                name
                for name in there
                if name in rows and rows[name].sha256 and _changed(folder / name, rows[name])
            ],
        ),
        (OddityKind.NO_LICENCE, sorted(name for name in there if name in rows and not rows[name].licence)),
        (OddityKind.NO_FILE, sorted(name for name in rows if not (folder / name).exists())),
        (OddityKind.LABEL, titles_with(LABEL, sources)),
        (OddityKind.FLATTENED, titles_with(FLATTENED, sources)),
        (OddityKind.NOT_TAKEN, counts_not_taken(sources)),
    )
    return tuple(Oddity(kind, tuple(names)) for kind, names in found if names)


def _changed(path: Path, source: Source) -> bool:
    return hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256


def _ends(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return both ends of each line in turn, shape (2 * n_lines,)."""
    ends: NDArray[np.object_] = np.column_stack(
        [shapely.get_point(lines, 0), shapely.get_point(lines, -1)]
    ).ravel()
    return ends


def _called(rows: gpd.GeoDataFrame) -> list[str]:
    """Return what to call each row: its name and identifier, or either."""
    return [
        str(key) if not name or name == key else f"{name} [{key}]"
        for key, name in zip(rows.index, rows["name"], strict=True)
    ]


def _pairs(gaps: dict[tuple[str, str], float]) -> tuple[str, ...]:
    """Return pairs of names with their distance, the nearest first."""
    ordered = sorted(gaps.items(), key=lambda gap: (gap[1], gap[0]))
    return tuple(f"{first} – {last} ({gap_m:.0f} m)" for (first, last), gap_m in ordered)
