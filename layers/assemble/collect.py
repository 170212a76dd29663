"""Read every layer a catalogue names and cut it to the area; all faults of all files at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS
from shapely import Geometry

from layers.area import Dropped
from layers.assemble.catalogue import Catalogue
from layers.assemble.drawn import drawn_network
from layers.assemble.floods import flood_zones
from layers.assemble.network import merge_networks
from layers.assemble.plans import LayerPlan, Step
from layers.assemble.settlements import all_places, labelled_places
from layers.border import SWAPPED_REMEDY, swapped_inside
from layers.characters import STEERS, steers
from layers.errors import Fault, LayerError
from layers.foreign.normalised import normalised_here
from layers.formats.identity import latest_of_each, told_apart
from layers.formats.osm_roads import APART
from layers.formats.reading import Reading
from layers.formats.registry import Order
from layers.formats.worldpop import PopulationReading
from layers.projection import projected
from layers.scratch import own_folder
from layers.sentences import Sentence, say

BORDER_M = 5_000
"""Roads are kept this far beyond the outline [m], so that one along the border is not cut to pieces."""

WATER_BORDER_M = 20_000
"""Waters are kept, whole, if they come this near the outline [m]."""

WATERS = ("rivers", "lakes")
INSIDE = ("airfields", "sensitive")
"""Layers of which only what lies inside the outline is kept."""

NEARBY = ("sites", "incidents")
"""Layers of which what lies up to a cell outside is kept too: it takes the nearest cell."""

_OUTSIDE = say("outside the country's outline")
_BEYOND = say("more than a cell outside the country's outline")

_WGS84 = "EPSG:4326"

_Read = dict[str, list[Reading]]
"""By layer, one reading for each of its steps."""


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """Every layer of the folder to be, in longitude and latitude."""

    frames: dict[str, pd.DataFrame]
    """By layer name, rows in the order they are written in."""
    population: PopulationReading | None
    """None where it is kept by hand."""
    dropped: tuple[Dropped, ...]
    notes: dict[str, tuple[str, ...]]
    """Judgements by layer name."""


def collect(
    source: Path, catalogue: Catalogue, frame_date: date, tell: Callable[[Sentence], None]
) -> Collected:
    """
    Read all layers and cut them to the area.

    Raises
    ------
    LayerError
        With every fault of every file.
    """
    crs = catalogue.crs
    read, population = _all_read(source, catalogue, frame_date, tell)
    outline = projected(read["country"][0].shapes, crs).union_all()
    readings: dict[str, Reading] = {}
    if "roads" in read:
        tell(say("joining the road network"))
        readings["roads"] = _network(read.pop("roads"), crs, outline)
    readings |= {name: _joined(name, steps, catalogue) for name, steps in read.items()}
    for name, above in _ABOVE.items():
        if name in readings and above in readings:
            readings[name] = _with_parents(readings[name], readings[above], crs)
    for name in readings.keys() & set(WATERS):
        readings[name] = _near(readings[name], outline.buffer(WATER_BORDER_M), crs, layer=name)
    for plan in catalogue.plans:
        if plan.zones:
            tell(say("drawing the flood zones"))
            readings[plan.layer] = _flooded(plan, readings, crs)
    for name in readings.keys() & set(INSIDE):
        readings[name] = _near(readings[name], outline, crs, layer=name)
    nearby = outline.buffer(float(catalogue.area["cell_km"]) * 1000)
    _check_swapped(readings, outline, crs)
    for name in readings.keys() & set(NEARBY):
        readings[name] = _near(readings[name], nearby, crs, layer=name, reason=_BEYOND)
    if {"assets", "sites"} <= readings.keys():
        readings["assets"] = readings["assets"].keeping(
            readings["assets"].frame["site_id"].isin(readings["sites"].frame["site_id"]),
            layer="assets",
            reason=say("at a site more than a cell outside the country's outline"),
        )
    ordered = {plan.layer: readings[plan.layer] for plan in catalogue.plans if plan.layer in readings}
    dropped = tuple(drop for reading in ordered.values() for drop in reading.dropped)
    notes = {name: reading.notes for name, reading in ordered.items()}
    notes |= {"population": population.notes} if population is not None else {}
    return Collected({name: reading.frame for name, reading in ordered.items()}, population, dropped, notes)


_ABOVE = {"regions": "country", "districts": "regions"}


def _with_parents(units: Reading, above: Reading, crs: CRS) -> Reading:
    """Return units with those that name none given the unit above in which most of each lies."""
    bare = (units.frame["parent_id"] == "").to_numpy()
    if not bare.any():
        return units
    inner, outer = projected(units.shapes, crs), projected(above.shapes, crs)
    shared = shapely.area(
        shapely.intersection(inner.geometry.to_numpy()[bare, None], outer.geometry.to_numpy()[None, :])
    )
    parents = units.frame["parent_id"].astype(object).to_numpy(copy=True)
    parents[bare] = above.frame["unit_id"].to_numpy()[shared.argmax(axis=1)]
    note = "units without a unit above are given the one in which most of each lies"
    return replace(units, frame=units.frame.assign(parent_id=parents), notes=(*units.notes, note))


def _check_swapped(readings: dict[str, Reading], outline: Geometry, crs: CRS) -> None:
    """Raise `LayerError` where points outside would lie inside with longitude and latitude changed over."""
    faults = []
    for name in NEARBY:
        if name not in readings:
            continue
        points = readings[name].shapes.to_crs(crs).geometry
        out = points[~points.within(outline)]
        swapped = int(swapped_inside(out, outline).sum()) if len(out) else 0
        if swapped:
            problem = say("{n} of {total} lie outside the country's outline", n=swapped, total=len(points))
            faults.append(Fault(name, problem, SWAPPED_REMEDY, "longitude", rows=swapped))
    if faults:
        raise LayerError(faults)


def _all_read(
    source: Path, catalogue: Catalogue, frame_date: date, tell: Callable[[Sentence], None]
) -> tuple[_Read, PopulationReading | None]:
    """Return what every reader reads, or raise `LayerError` with the faults of all."""
    read: _Read = {}
    population: PopulationReading | None = None
    faults: list[Fault] = []
    with own_folder("normalised") as scratch:
        for plan in catalogue.plans:
            for step in plan.steps:
                tell(say("reading {layer} ({title})", layer=plan.layer, title=step.known.title))
                try:
                    files = _normal(step, source, scratch)
                    found = step.known.read(_order(step, files, catalogue, frame_date))
                except LayerError as error:
                    faults.extend(error.faults)
                    continue
                for layer, reading in zip((plan.layer, *step.known.brings), found, strict=True):
                    if isinstance(reading, PopulationReading):
                        population = reading
                        continue
                    faults.extend(_steering(reading, next(iter(files.values())).name))
                    read.setdefault(layer, []).append(reading)
    if faults:
        raise LayerError(faults)
    return read, population


def _order(step: Step, files: Mapping[str, Path], catalogue: Catalogue, frame_date: date) -> Order:
    return Order(
        files=files,
        options=step.options,
        frame_date=frame_date,
        crs=catalogue.crs,
        spelling=catalogue.spelling,
    )


def _normal(step: Step, source: Path, scratch: Path) -> dict[str, Path]:
    """Return the files of a step as they came back from a process apart; those of our own making as is."""
    if step.known.is_own:
        return {name: source / file for name, file in step.files.items()}
    unit = step.options.get("unit") if "population" in step.known.feeds else None
    return {name: normalised_here(source / file, scratch, unit) for name, file in step.files.items()}


def _steering(reading: Reading, file: str) -> list[Fault]:
    """Return a fault for every column of texts in which a control or direction character stands."""
    faults = []
    for column in reading.frame.select_dtypes(include=["object", "string"]).columns:
        texts = reading.frame[column]
        wrong = texts[[isinstance(text, str) and steers(text) for text in texts]]
        if len(wrong):
            problem, remedy = STEERS.having(text=repr(wrong.iloc[0])), say("Correct it in the file.")
            faults.append(Fault(file, problem, remedy, column=str(column), rows=len(wrong)))
    return faults


def _joined(layer: str, steps: list[Reading], catalogue: Catalogue) -> Reading:
    """Return the readings of one layer as one."""
    if len(steps) == 1:
        return steps[0]
    if layer == "places":
        return _places(steps, catalogue)
    frame = gpd.GeoDataFrame(
        pd.concat([step.frame for step in steps], ignore_index=True), crs=steps[0].shapes.crs
    )
    dropped = tuple(drop for step in steps for drop in step.dropped)
    notes = tuple(dict.fromkeys(note for step in steps for note in step.notes))
    joined = Reading(frame, dropped, notes)
    if layer == "incidents":
        return latest_of_each(joined, str(frame.columns[0]), layer=layer)
    return told_apart(joined, str(frame.columns[0]), layer=layer)


def _places(steps: list[Reading], catalogue: Catalogue) -> Reading:
    """Return the places of several lists: seats of units with the towns of the others, or all of all."""
    readers = [step.reader for plan in catalogue.plans if plan.layer == "places" for step in plan.steps]
    if readers[0] != _SEATS:
        return all_places(steps, catalogue.crs)
    # It ranks all that is inhabited: without its villages, which are too many for a map.
    seats, *others = steps
    return labelled_places(seats, all_places(others, catalogue.crs), catalogue.crs)


_SEATS = "cod_places"


def _network(steps: list[Reading], crs: CRS, outline: Geometry) -> Reading:
    """
    Return the roads of all sources as one joined network; the first is the base that others fill.

    All that is drawn street by street is made into one network first.
    """
    metric = [projected(step.shapes, crs) for step in steps]
    drawn = [frame for frame in metric if APART in frame]
    others = [frame for frame in metric if APART not in frame]
    streets = drawn_network(pd.concat(drawn, ignore_index=True), outline, BORDER_M) if drawn else None
    networks = [*others]
    if streets is not None:
        networks.insert(0 if APART in metric[0] else 1, streets.roads)
    base, *extras = networks
    merged = merge_networks(base, extras, outline.buffer(BORDER_M), drawn=APART in metric[0])
    counts = (
        (_OUTSIDE, merged.outside),
        (say("road of another network that runs near one of the base network"), merged.near),
        (say("road of another network whose ends are joined already"), merged.detour),
        (say("piece cut off from the network at the border"), merged.stubs),
    )
    dropped = (
        *(drop for step in steps for drop in step.dropped),
        *(streets.dropped if streets else ()),
        *(
            Dropped("roads", reason, rows)
            for reason, rows in counts
            if rows or (extras and reason is not _OUTSIDE)
        ),
    )
    note = (
        f"{merged.added} straight edges of other networks fill gaps: their middle is over 10 km from the base"
        " and the way round over 1.5 times as long"
    )
    told = (
        steps[0].notes if streets is None else tuple(dict.fromkeys(n for step in steps for n in step.notes))
    )
    cut = say("Roads cut at the border: {n}. Each part of theirs inside is a row of its own.", n=merged.cut)
    notes = (
        *told,
        *(streets.notes if streets else ()),
        *([note] if extras else []),
        *([cut] if merged.cut else []),
    )
    return Reading(merged.roads.to_crs(_WGS84), dropped, notes)


def _flooded(plan: LayerPlan, readings: dict[str, Reading], crs: CRS) -> Reading:
    """Return the flood zones a catalogue describes, drawn from districts and waters."""
    metric = {name: projected(readings[name].shapes, crs) for name in ("districts", *WATERS)}
    return Reading(
        flood_zones(plan.zones, metric["districts"], metric["rivers"], metric["lakes"]).to_crs(_WGS84)
    )


def _near(
    reading: Reading, within: Geometry, crs: CRS, *, layer: str, reason: Sentence = _OUTSIDE
) -> Reading:
    """Return the rows that touch an area [m], the others counted."""
    shapely.prepare(within)
    touching = projected(reading.shapes, crs).intersects(within)
    return reading.keeping(touching, layer=layer, reason=reason)
