"""Write the files of an area folder; the same layers give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers.antimeridian import cut_through, wrapped
from layers.assemble.by_hand import stated_origin
from layers.assemble.catalogue import Catalogue
from layers.assemble.collect import Collected
from layers.assemble.texts import area_text, objectives_text
from layers.formats.worldpop import write_population
from layers.manifest import OBJECTIVES

DECIMALS = 6
"""Decimals of longitude and latitude in files, about 0.1 m."""


ALL_REGIONS = "all"
"""What a catalogue may say instead of the regions of an objective."""

GRID_DEGREES = 10.0**-DECIMALS


def write_folder(
    folder: Path,
    catalogue: Catalogue,
    layers: Collected,
    frame_date: date,
    *,
    origins: Mapping[str, Mapping[str, str]],
) -> None:
    """
    Write every file of an area folder, the ledger last.

    Parameters
    ----------
    folder
        Holds the layers kept by hand already.
    catalogue, layers, frame_date
        What it is made from.
    origins
        What the ledger said so far of each file, for those kept by hand.
    """
    for plan in catalogue.plans:
        path = folder / plan.file
        if plan.by_hand:
            continue
        if layers.population is not None and plan.layer == "population":
            write_population(layers.population, path)
        elif path.suffix == ".geojson":
            _write_shapes(gpd.GeoDataFrame(layers.frames[plan.layer]), path)
        else:
            _write_rows(layers.frames[plan.layer], path)
    if catalogue.objectives and not (folder / OBJECTIVES).exists():
        _write_text(folder / OBJECTIVES, objectives_text(_in_scope(catalogue, layers)))
    _write_text(folder / "area.toml", area_text(catalogue.area, catalogue.plans, frame_date))
    _write_ledger(folder, catalogue, layers, origins)


def _in_scope(catalogue: Catalogue, layers: Collected) -> list[dict[str, Any]]:
    """Return the objectives, each with its regions; "all" are those that the area has now."""
    every = sorted(layers.frames["regions"]["unit_id"]) if "regions" in layers.frames else []
    return [
        {**each, "regions": every} if each.get("regions") == ALL_REGIONS else dict(each)
        for each in catalogue.objectives
    ]


def _write_rows(frame: pd.DataFrame, path: Path) -> None:
    """Write rows as CSV, points as columns lon and lat, dates as days, truth as true and false."""
    plain = pd.DataFrame(frame).copy()
    if isinstance(frame, gpd.GeoDataFrame):
        plain = plain.drop(columns=frame.geometry.name)
        plain["lon"] = wrapped(frame.geometry.x.to_numpy()).round(DECIMALS)
        plain["lat"] = frame.geometry.y.round(DECIMALS)
    for column in plain.columns:
        if pd.api.types.is_datetime64_any_dtype(plain[column]):
            plain[column] = plain[column].dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_bool_dtype(plain[column]):
            plain[column] = plain[column].map({True: "true", False: "false"})
    ordered = plain.sort_values(str(plain.columns[0]), ignore_index=True)
    ordered.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _write_shapes(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write lines or polygons as GeoJSON, rounded to `DECIMALS` without breaking them."""
    rounded = shapely.set_precision(cut_through(frame.geometry.to_numpy()), GRID_DEGREES)
    shapes = frame.set_geometry(gpd.GeoSeries(rounded, index=frame.index, crs=frame.crs))
    ordered = shapes.sort_values(str(shapes.columns[0]), ignore_index=True)
    ordered.to_file(path, driver="GeoJSON", engine="pyogrio", COORDINATE_PRECISION=DECIMALS)


def _write_ledger(
    folder: Path, catalogue: Catalogue, layers: Collected, origins: Mapping[str, Mapping[str, str]]
) -> None:
    """Write `sources.csv`: origin, licence, judgements and checksum of each file."""
    files = [
        (plan.file, plan.layer, plan.ledger or plan.layer, stated_origin(plan, origins))
        for plan in catalogue.plans
        if not plan.by_hand or (folder / plan.file).is_file()
    ]
    if catalogue.objectives_origin is not None:
        files.append((OBJECTIVES, "objectives", "objectives", asdict(catalogue.objectives_origin)))
    elif (folder / OBJECTIVES).is_file() and OBJECTIVES in origins:
        files.append((OBJECTIVES, "objectives", "objectives", dict(origins[OBJECTIVES])))
    rows = []
    for file, layer, called, origin in files:
        notes = "; ".join(filter(None, (origin["note"], *layers.notes.get(layer, ()))))
        rows.append(
            {
                "file": file,
                "layer": called,
                "title": origin["title"],
                "origin": origin["origin"],
                "date": origin["date"],
                "licence": origin["licence"],
                "invented": origin["invented"],
                "confidence": origin["confidence"],
                "note": notes,
                "sha256": hashlib.sha256((folder / file).read_bytes()).hexdigest(),
            }
        )
    pd.DataFrame(rows).to_csv(folder / "sources.csv", index=False, lineterminator="\n", encoding="utf-8")


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
