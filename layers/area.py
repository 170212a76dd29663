"""The place under review: every layer, in one equal-area reference system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from layers.border import Moved, nearest_cells, outside_m
from layers.by_hand import no_people, waiting_faults
from layers.conform import LEFT_OUT, LOST
from layers.cross import cross_faults
from layers.differences import Difference, read_differences
from layers.errors import Fault, LayerError
from layers.grid import Grid, make_grid
from layers.inside import mostly_outside
from layers.manifest import Manifest, Source, folder_digest, read_manifest, read_sources
from layers.oddities import Oddity, drawing_oddities, joined, ledger_oddities, unit_oddities
from layers.people import people_on_grid
from layers.population import Population
from layers.registry import LAYERS
from layers.seasons import QUARTERS, Season
from layers.sensitive import SensitivePlaces
from layers.sentences import say
from layers.sites import open_on
from layers.tables import not_there
from layers.unit_words import COMMON_WORDS, UnitWords, is_one_level

_READ_AGAIN = 3
"""How often a folder is read that somebody replaces meanwhile."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows a loader left out of a layer, and why; never silent."""

    layer: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Area:
    """All layers of one area, read once and never changed."""

    area_id: str
    names: dict[str, str]
    """Name in each language."""
    folder: Path
    crs: CRS
    frame_date: date
    invented: bool
    """Whether any layer is invented."""
    digest: str
    """Hash of every file read; two areas with one digest give one result."""
    grid: Grid
    sites: gpd.GeoDataFrame
    assets: pd.DataFrame
    incidents: gpd.GeoDataFrame
    roads: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    flood_zones: gpd.GeoDataFrame
    population: Population
    country: gpd.GeoDataFrame
    regions: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    airfields: gpd.GeoDataFrame
    sensitive: SensitivePlaces
    sources: tuple[Source, ...]
    dropped: tuple[Dropped, ...]
    focus: tuple[tuple[str, tuple[str, ...]], ...]
    """Each named focus of the map and the first-level units in it."""
    sensitive_file: str = ""
    """File of the sensitive places, whose hash goes nowhere; "" without one."""
    start_focus: str = ""
    """Focus that the map begins with; "" for the whole area."""
    absent: tuple[str, ...] = ()
    """Layers that the folder has not: not known, rather than none. Each carries a frame without rows."""
    seasons: tuple[Season, ...] = QUARTERS
    """In the order of the year as the folder tells it; every month in exactly one."""
    rains_months: int = 0
    """Months in which roads are wet, bit m-1 for m; 0 where the folder states none."""
    start_month: int = 1
    """Month in which the area's year of seasons begins, and that a new reader sees first."""
    unit_words: UnitWords = COMMON_WORDS
    disclaimers: Mapping[str, str] = field(default_factory=dict)
    """What its boundaries and names do not mean, by language, as the office words it; empty for the usual."""
    other_sites: gpd.GeoDataFrame | None = None
    """Sites not open on the frame date, so that each year can be judged by its own; None: none known."""
    other_assets: pd.DataFrame | None = None
    """Assets at `other_sites`."""
    moved: tuple[Moved, ...] = ()
    """Places outside the outline, by a cell at most, that stand in the nearest cell."""
    differences: tuple[Difference, ...] = ()
    """Where another source states otherwise which site holds what."""
    oddities: tuple[Oddity, ...] = ()
    """What is odd in the layers and in the ledger, though they can be used."""
    regions_outside: Mapping[str, float] = field(default_factory=dict)
    """Regions that lie mostly outside the outline, with their share inside: of them nothing is known."""
    districts_outside: Mapping[str, float] = field(default_factory=dict)
    """The same of districts; see `layers.inside.mostly_outside`."""
    unstated: tuple[str, ...] = ()
    """
    What the folder does not say, so that something common stands for it: "seasons", "rains",
    "start_month", "units".
    """

    def __repr__(self) -> str:
        """Name the area and its content; never print its rows."""
        return f"Area({self.area_id!r}, {self.frame_date}, {self.digest})"


def load_area(folder: Path) -> Area:
    """
    Load the area described by `folder`/area.toml.

    Parameters
    ----------
    folder
        An area folder: `area.toml`, `sources.csv` and the layer files they name.

    Returns
    -------
    Area
        Every layer, in the area's reference system; rows left out are counted in
        `Area.dropped`.

    Raises
    ------
    LayerError
        With every fault of every file; nothing is half loaded. If the folder is replaced
        while it is read, it is read again, so that files of two builds never mix.
    """
    for _ in range(_READ_AGAIN):
        standing = _standing(folder)
        try:
            area = _load(folder)
        except LayerError:
            if _standing(folder) == standing:
                raise
        else:
            if _standing(folder) == standing:
                return area
    remedy = say("Wait until builds of it are done, then start again")
    raise LayerError([Fault(folder.name, say("it was replaced again and again while it was read"), remedy)])


def _standing(folder: Path) -> int | None:
    """Return the number that the system gave the folder that stands there; None where none can be met."""
    try:
        return folder.stat().st_ino
    except OSError:
        return None


def _load(folder: Path) -> Area:
    """Return every layer of a folder as it stands."""
    manifest = read_manifest(folder)
    layers, faults = _loaded(folder, manifest)
    sources: tuple[Source, ...] = ()
    differences: tuple[Difference, ...] = ()
    try:
        sources = read_sources(folder)
        differences = read_differences(folder)
    except LayerError as error:
        faults += error.faults
    faults += _people_faults(folder, manifest)
    faults += waiting_faults(folder, manifest.files, manifest.by_hand)
    faults += cross_faults(layers, manifest)
    unit, year = manifest.population_unit, manifest.population_year
    if faults or unit is None or year is None:
        raise LayerError(faults)
    outline = layers["country"].union_all()
    grid = make_grid(outline, manifest.crs, cell_m=manifest.cell_m)
    population = people_on_grid(
        folder / manifest.population,
        grid,
        unit=unit,
        year=year,
        outline=outline,
        levels={level: layers[level] for level in ("regions", "districts")},
    )
    dropped = (*_left_out(layers), *_keep_the_frame(layers, manifest, outline), *_without_people(population))
    moved = _to_the_nearest_cells(layers, outline, grid)
    layers["roads"], closed = joined(layers["roads"], manifest.join_roads_m)
    outside = {level: mostly_outside(outline, layers[level]) for level in ("regions", "districts")}
    one_level = is_one_level(layers["regions"]["name"], layers["districts"]["name"])
    return Area(
        area_id=manifest.area_id,
        names=manifest.names,
        disclaimers=manifest.disclaimers,
        folder=folder,
        crs=manifest.crs,
        frame_date=manifest.frame_date,
        invented=any(source.invented != "no" for source in sources),
        digest=folder_digest(folder, manifest),
        grid=grid,
        population=population,
        sources=sources,
        dropped=dropped,
        moved=moved,
        differences=differences,
        oddities=(*ledger_oddities(folder, manifest, sources), *closed, *_drawn(layers, manifest, outside)),
        regions_outside=outside["regions"],
        districts_outside=outside["districts"],
        focus=manifest.focus,
        sensitive_file=manifest.files.get("sensitive", ""),
        start_focus=manifest.start_focus,
        absent=manifest.absent,
        seasons=manifest.year.seasons,
        rains_months=manifest.year.rains_months,
        start_month=manifest.year.start_month,
        unit_words=manifest.unit_words.of_one_level() if one_level else manifest.unit_words,
        unstated=manifest.unstated,
        **layers,
    )


def _drawn(
    layers: Mapping[str, Any], manifest: Manifest, outside: Mapping[str, Mapping[str, float]]
) -> tuple[Oddity, ...]:
    """Return what is odd in the drawing of units, roads and rivers."""
    return (
        *unit_oddities(*((layers[level], shares) for level, shares in outside.items())),
        *drawing_oddities(layers["roads"], layers["rivers"], layers["lakes"], cell_m=manifest.cell_m),
    )


def _people_faults(folder: Path, manifest: Manifest) -> list[Fault]:
    """Return a fault if the population raster is not there, or nobody has said what its values mean."""
    there = (folder / manifest.population).is_file()
    stated = manifest.population_unit is not None and manifest.population_year is not None
    if "population" in manifest.by_hand:
        return [] if there and stated else [no_people(manifest.population, there=there)]
    return [] if there else [not_there(manifest.population)]


def _loaded(folder: Path, manifest: Manifest) -> tuple[dict[str, Any], list[Fault]]:
    """Return every layer that reads, those the folder has not as frames without rows, and all faults."""
    layers: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, layer in LAYERS.items():
        if layer.empty is not None and name in manifest.absent:
            layers[name] = layer.empty(manifest.crs)
            continue
        try:
            layers[name] = layer.load(folder / manifest.files[name], manifest.crs)
        except LayerError as error:
            faults += error.faults
    return layers, faults


def _left_out(layers: dict[str, Any]) -> tuple[Dropped, ...]:
    """State the columns that were refused at the door, no row lost by it, and rows that repeat others."""
    columns = [
        Dropped(name, statement, 0)
        for name, layer in layers.items()
        for statement in getattr(layer, "attrs", {}).pop(LEFT_OUT, ())
    ]
    rows = [
        Dropped(name, reason, count)
        for name, layer in layers.items()
        for reason, count in getattr(layer, "attrs", {}).pop(LOST, ())
    ]
    return (*columns, *rows)


def _without_people(population: Population) -> tuple[Dropped, ...]:
    """Count the cells that the population raster says nothing about."""
    unknown = int(np.isnan(population.people).sum())
    return (Dropped("population", "cells without population data", unknown),) if unknown else ()


def _keep_the_frame(layers: dict[str, Any], manifest: Manifest, outline: BaseGeometry) -> tuple[Dropped, ...]:
    """Cut layers to the frame date and the outline, in place in `layers`, and count what goes."""
    day = pd.Timestamp(manifest.frame_date)
    sites, assets, incidents = layers["sites"], layers["assets"], layers["incidents"]
    open_then = open_on(sites, manifest.frame_date)
    homes = assets["site_id"].isin(sites.index[open_then])
    later = (incidents["date"] > day) | (incidents["year"] > day.year)
    outside = (outside_m(incidents.geometry, outline) > manifest.cell_m) & ~later
    layers["sites"], layers["other_sites"] = sites[open_then], sites[~open_then]
    layers["assets"], layers["other_assets"] = assets[homes], assets[~homes]
    layers["incidents"] = incidents[~later & ~outside]
    counts = (
        ("sites", "not open on the frame date", int((~open_then).sum())),
        ("assets", "at a site not open on the frame date", int((~homes).sum())),
        ("incidents", "after the frame date", int(later.sum())),
        ("incidents", "more than a cell outside the country's outline", int(outside.sum())),
    )
    return tuple(Dropped(layer, reason, rows) for layer, reason, rows in counts if rows)


def _to_the_nearest_cells(layers: dict[str, Any], outline: BaseGeometry, grid: Grid) -> tuple[Moved, ...]:
    """Put what lies outside the outline into the nearest cell, in place in `layers`, and name it."""
    moved: tuple[Moved, ...] = ()
    for key in ("sites", "other_sites", "incidents"):
        rows = layers[key]
        names = rows["name"] if "name" in rows else rows["place"].where(rows["place"] != "", rows.index)
        layer = key.removeprefix("other_")
        layers[key], found = nearest_cells(layer, rows, names, outline=outline, grid=grid)
        moved += found
    return moved
