"""
Roads of OpenStreetMap as lines with their tags: from an extract, an export or a download by hand.

Taken are GeoPackages and GeoJSON with tags as columns, as this program makes them of `.osm.pbf`, as the
Export Tool of HOT and HDX has them, as QuickOSM and GDAL write them (`other_tags`), and the roads of
Geofabrik's extracts (`fclass`). One row is one way, or a part of one; the network is made of them where the
area is put together (`layers.assemble.drawn`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from layers.area import Dropped
from layers.errors import Fault, LayerError
from layers.formats import osm_words as words
from layers.formats.forbidden import slug
from layers.formats.identity import content_ids, numbered
from layers.formats.osm_closures import Closures, closures
from layers.formats.osm_tags import PROBE, OsmTags, osm_tags
from layers.formats.reading import Reading
from layers.formats.vectors import read_vectors, single_lines
from layers.months import months_text
from layers.projection import projected
from layers.roads import Crossing, RoadClass, Smoothness, Surface
from layers.sentences import say

APART = "apart"
"""Further column of the frame: whether the road runs over or under others, on a bridge or in a tunnel."""

_LINES = ("LineString", "MultiLineString")
_NAMED = 5
"""Words that are not known, named in a statement."""


@dataclass(slots=True)
class _Sieve:
    """Rows on their way through, each left out for one reason and counted."""

    lines: gpd.GeoDataFrame
    tags: OsmTags
    dropped: list[Dropped] = field(default_factory=list)

    def leave_out(self, rows: pd.Series, reason: str) -> None:
        """Leave out the rows where `rows` is true."""
        lost = int(rows.sum())
        if lost:
            self.dropped.append(Dropped("roads", reason, lost))
            self.lines, self.tags = self.lines[~rows], self.tags.taking(~rows)


def read_osm_roads(
    path: Path,
    frame_date: date,
    crs: CRS,
    *,
    wet_months: int | None = None,
    leave_out: Collection[str] = (),
) -> Reading:
    """
    Read roads and ferries of OpenStreetMap.

    Parameters
    ----------
    path
        GeoPackage or GeoJSON with a column `highway`, `fclass`, `route` or `other_tags`.
    frame_date
        Day the review looks at, that closures with dates are held against.
    crs
        Reference system of the area, to measure in [m].
    wet_months
        Months in which roads of the dry season are shut, bit m-1 for m; None if nobody says.
    leave_out
        Classes that are not wanted, in OpenStreetMap's words or in those of `RoadClass`.

    Returns
    -------
    Reading
        Columns of `Roads` and `apart`. Rows of the file are rows taken and rows dropped, each for one reason.

    Raises
    ------
    LayerError
        If it is no such file.

    Notes
    -----
    The network is travelled both ways; how much of it is one-way is said in a note.
    """
    raw, refused = read_vectors(path, ())
    if not {slug(str(name)) for name in raw.columns} & set(PROBE):
        remedy = say("Bring lines of roads of OpenStreetMap with their tags as columns.")
        problem = say("it has no column {names}", names=", ".join(PROBE))
        raise LayerError([Fault(path.name, problem, remedy)])
    sieve = _Sieve(raw, osm_tags(raw))
    no_line = ~raw.geom_type.isin(_LINES) | raw.geometry.is_empty
    sieve.leave_out(no_line, "no line: drawn as a point or an area, or without shape")
    ferry = _only_roads(sieve, leave_out)
    road_class = _classes(sieve.tags, ferry)
    shut = closures(_for_whom(sieve.tags, road_class), frame_date, wet_months)
    months = pd.Series(shut.shut, index=sieve.tags.index)
    impassable = sieve.tags.word("smoothness") == words.IMPASSABLE
    for rows, reason in (
        (shut.barred, "access shut (no, private, military, customers, permit or delivery)"),
        (shut.unopened, f"opens only after {frame_date}"),
        (impassable, "smoothness=impassable: no vehicle with wheels passes"),
    ):
        sieve.leave_out(rows.reindex(sieve.tags.index), reason)
    tags = sieve.tags
    kept = {"road_class": road_class, "ferry": ferry, "months": months}
    frame = _frame(sieve.lines, tags, **{name: column.reindex(tags.index) for name, column in kept.items()})
    notes = _notes(frame, tags, shut, projected(sieve.lines, crs).length / 1000)
    return Reading(_single(frame), (*refused, *sieve.dropped), notes)


def _only_roads(sieve: _Sieve, leave_out: Collection[str]) -> pd.Series:
    """Leave out what is no road, and return which of the rows left are ferries."""
    word = _class_word(sieve.tags)
    ferry = (sieve.tags.word("route") == "ferry") | word.eq("ferry")
    known = set(words.CLASSES) | words.GONE | words.NO_WAY
    unknown = ~ferry & (word != "") & ~word.isin(known)
    names = ", ".join(map(repr, word[unknown].value_counts().index[:_NAMED]))
    sidewalk = (word == "footway") & sieve.tags.word("footway").isin(
        {"sidewalk", "crossing", "traffic_island"}
    )
    unwanted = set(leave_out)
    wanted_not = word.isin(unwanted) | word.map(words.CLASSES).isin(unwanted)
    for rows, reason in (
        (~ferry & (word == ""), "no road: neither highway nor a ferry"),
        (
            ~ferry & word.isin(words.GONE),
            "not built yet, or no longer there (construction, proposed, razed …)",
        ),
        (
            ~ferry & (word.isin(words.NO_WAY) | sidewalk),
            "no way for vehicles or patrols (steps, sidewalks …)",
        ),
        (unknown, f"its class is not known ({names})"),
        (~ferry & wanted_not, f"classes left out as asked ({', '.join(sorted(unwanted))})"),
    ):
        sieve.leave_out(rows.reindex(sieve.tags.index), reason)
    return ferry.reindex(sieve.tags.index)


def _class_word(tags: OsmTags) -> pd.Series:
    """Return `highway`, or Geofabrik's class where that is the column there is."""
    return tags.word("fclass" if tags.geofabrik else "highway")


def _classes(tags: OsmTags, ferry: pd.Series) -> pd.Series:
    """Return the class of each row."""
    found = _class_word(tags).map(words.CLASSES)
    return found.where(found.notna() | ~ferry, words.FERRY_CLASS).astype(str)


def _for_whom(tags: OsmTags, road_class: pd.Series) -> OsmTags:
    """Return the tags without those that shut paths to vehicles: on paths people walk."""
    walked = road_class == RoadClass.PATH
    vehicle = [key for key in tags.columns if key.startswith(("vehicle", "motor_vehicle"))]
    columns = tags.columns | {key: tags.columns[key].where(~walked, "") for key in vehicle}
    return OsmTags(columns, tags.index, tags.geofabrik, tags.unclear)


def _frame(
    lines: gpd.GeoDataFrame, tags: OsmTags, *, road_class: pd.Series, ferry: pd.Series, months: pd.Series
) -> gpd.GeoDataFrame:
    """Return the columns of `Roads`, one row for each row of the file."""
    surface, smoothness = _ground(tags)
    bridge = ~tags.word("bridge").isin(words.NO | {"low_water_crossing"})
    crossing = np.select([ferry, bridge], [str(Crossing.FERRY), str(Crossing.BRIDGE)], str(Crossing.NONE))
    raised = ~tags.word("embankment").isin(words.NO) | tags.word("causeway").isin(words.YES)
    raised |= tags.word("man_made").isin({"dyke", "dike", "embankment"})
    written = {mask: months_text(int(mask)) for mask in months.unique()}
    frame = gpd.GeoDataFrame(
        {
            "road_id": "",
            "name": _names(tags),
            "road_class": road_class,
            "surface": surface,
            "smoothness": smoothness,
            "crossing": crossing,
            "raised": raised & ~ferry,
            "search_rated": False,
            "closed_months": months.map(written),
            "length_km": np.nan,
            "stated_min": np.nan,
            APART: bridge | ferry | ~tags.word("tunnel").isin(words.NO),
        },
        geometry=lines.geometry.to_numpy(),
        crs=lines.crs,
        index=lines.index,
    )
    return frame.assign(road_id=_ids(frame, tags))


def _ground(tags: OsmTags) -> tuple[pd.Series, pd.Series]:
    """Return surface and smoothness, from the grade of a track where they are not stated."""
    grade = tags.word("tracktype").where(
        lambda cells: cells != "", tags.word("fclass").str.removeprefix("track_")
    )
    surfaces = tags.word("surface").map(_surface).astype(object)
    smooth = tags.word("smoothness").map(words.SMOOTH).fillna(Smoothness.UNKNOWN).astype(object)
    by_grade = grade.map(lambda word: words.GRADES.get(word, (Surface.UNKNOWN, Smoothness.UNKNOWN)))
    surfaces = surfaces.where(surfaces != Surface.UNKNOWN, by_grade.str[0])
    smooth = smooth.where(smooth != Smoothness.UNKNOWN, by_grade.str[1])
    return surfaces.astype(str), smooth.astype(str)


def _surface(text: str) -> Surface:
    """Return what a road is made of; of several, the worse."""
    parts = {part.strip() for part in text.split(";")} - {""}
    if parts & words.UNPAVED:
        return Surface.UNPAVED
    return Surface.PAVED if parts and parts <= words.PAVED else Surface.UNKNOWN


def _names(tags: OsmTags) -> pd.Series:
    """Return the name, in whatever language there is one, or else the number of the road."""
    names = tags.text("name")
    for key in ("name:en", "name:fr", "ref"):
        names = names.where(names != "", tags.text(key))
    return names


def _ids(frame: gpd.GeoDataFrame, tags: OsmTags) -> pd.Series:
    """Return identifiers made of OpenStreetMap's own, or of the content where there is none."""
    own = tags.text("osm_id")
    for key in ("full_id", "id"):
        own = own.where(own != "", tags.text(key))
    number = own.str.extract(r"(\d+)$")[0]
    without = number.isna()
    ids = "osm-" + number.fillna("")
    if without.any():
        ids = ids.where(~without, content_ids(frame[without], "osm").reindex(frame.index))
    return ids


def _single(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return lines of one part each, those of one identifier numbered by where they lie."""
    single = single_lines(frame)
    shared = single[single["road_id"].duplicated(keep=False)]
    places = pd.DataFrame({"id": shared["road_id"], "at": shapely.to_wkb(shapely.normalize(shared.geometry))})
    ids = numbered(places.sort_values(["id", "at"], kind="stable")["id"])
    return single.assign(road_id=ids.reindex(single.index).fillna(single["road_id"]))


def _notes(frame: gpd.GeoDataFrame, tags: OsmTags, shut: Closures, length_km: pd.Series) -> tuple[str, ...]:
    """Say what was judged, each with how many rows and how long they are."""
    word, surface = _class_word(tags), tags.word("surface")
    one_way = tags.word("oneway").isin(words.ONE_WAY - ({"t", "f"} if not tags.geofabrik else set()))
    one_way |= tags.word("junction").isin({"roundabout", "circular"}) & (tags.word("oneway") == "")
    unread = surface[(surface != "") & (frame["surface"] == Surface.UNKNOWN)]
    odd = ", ".join(map(repr, unread.value_counts().index[:_NAMED]))
    about = [
        ("are one-way and travelled both ways", one_way),
        ("are fords, taken as any other road; whether they pass in the rains is not known", _fords(tags)),
        (
            "are footways, cycleways or bridleways, taken as paths",
            word.isin({"footway", "cycleway", "bridleway"}),
        ),
        ("have no class of their own (highway=road), taken as unclassified", word == "road"),
        ("are alleys, drives and accesses (highway=service), taken as residential", word == "service"),
        (
            f"have a surface that is in no list ({odd}), taken as unknown",
            frame["surface"].index.isin(unread.index),
        ),
        ("have surface or smoothness from the grade of a track (tracktype)", _graded(tags, frame)),
        ("state no smoothness that is known", frame["smoothness"] == Smoothness.UNKNOWN),
        ("state no surface that is known", frame["surface"] == Surface.UNKNOWN),
        *((text, rows.reindex(frame.index)) for text, rows in shut.notes),
    ]
    unclear = ", ".join(map(repr, tags.unclear))
    cut_off = f"columns cut off so that they may be any of several tags are not read: {unclear}"
    return (*([cut_off] if unclear else []), *_counted(about, length_km))


def _counted(about: Sequence[tuple[str, Any]], length_km: pd.Series) -> tuple[str, ...]:
    """Say what there is to say with how many rows it is of, and how long they are."""
    return tuple(
        f"{int(np.sum(rows)):,} ways ({float(length_km[rows].sum()):,.0f} km) {text}"
        for text, rows in about
        if np.any(rows)
    )


def _fords(tags: OsmTags) -> pd.Series:
    """Tell which rows are fords."""
    fords: pd.Series = ~tags.word("ford").isin(words.NO) | (tags.word("bridge") == "low_water_crossing")
    return fords


def _graded(tags: OsmTags, frame: gpd.GeoDataFrame) -> pd.Series:
    """Tell which rows owe their surface or smoothness to the grade of a track."""
    surface = (tags.word("surface").map(_surface) == Surface.UNKNOWN) & (frame["surface"] != Surface.UNKNOWN)
    smooth = ~tags.word("smoothness").isin(words.SMOOTH) & (frame["smoothness"] != Smoothness.UNKNOWN)
    graded: pd.Series = surface | smooth
    return graded
