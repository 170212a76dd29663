"""Write the files of an area folder; the same layers give the same bytes."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from layers.assemble.catalogue import ORIGINS
from layers.assemble.collect import Layers
from layers.assemble.texts import OBJECTIVES, area_text
from layers.formats.worldpop import write_population

DECIMALS = 6
"""Decimals of longitude and latitude in files, about 0.1 m."""

GRID_DEGREES = 10.0**-DECIMALS


def write_folder(folder: Path, layers: Layers, frame_date: date) -> None:
    """Write every file of an area folder, the ledger last."""
    for name, frame in layers.frames.items():
        geojson = folder / f"{name}.geojson"
        if geojson.name in ORIGINS and isinstance(frame, gpd.GeoDataFrame):
            _write_shapes(frame, geojson)
        else:
            _write_rows(frame, folder / f"{name}.csv")
    write_population(layers.population, folder / "population.tif")
    _write_text(folder / "objectives.toml", OBJECTIVES)
    _write_text(folder / "area.toml", area_text(frame_date))
    _write_ledger(folder, layers)


def _write_rows(frame: pd.DataFrame, path: Path) -> None:
    """Write rows as CSV, points as columns lon and lat, dates as days, truth as true and false."""
    plain = pd.DataFrame(frame).copy()
    if isinstance(frame, gpd.GeoDataFrame):
        plain = plain.drop(columns=frame.geometry.name)
        plain["lon"], plain["lat"] = frame.geometry.x.round(DECIMALS), frame.geometry.y.round(DECIMALS)
    for column in plain.columns:
        if pd.api.types.is_datetime64_any_dtype(plain[column]):
            plain[column] = plain[column].dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_bool_dtype(plain[column]):
            plain[column] = plain[column].map({True: "true", False: "false"})
    ordered = plain.sort_values(str(plain.columns[0]), ignore_index=True)
    ordered.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _write_shapes(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write lines or polygons as GeoJSON, rounded to `DECIMALS` without breaking them."""
    rounded = shapely.set_precision(frame.geometry.to_numpy(), GRID_DEGREES)
    shapes = frame.set_geometry(gpd.GeoSeries(rounded, index=frame.index, crs=frame.crs))
    ordered = shapes.sort_values(str(shapes.columns[0]), ignore_index=True)
    ordered.to_file(path, driver="GeoJSON", engine="pyogrio", COORDINATE_PRECISION=DECIMALS)


def _write_ledger(folder: Path, layers: Layers) -> None:
    """Write `sources.csv`: origin, licence, judgements and checksum of each file."""
    rows = []
    for file, origin in ORIGINS.items():
        notes = "; ".join(filter(None, (origin.note, *layers.notes.get(origin.layer, ()))))
        rows.append(
            {
                "file": file,
                "layer": origin.layer,
                "title": origin.title,
                "origin": origin.origin,
                "date": origin.date,
                "licence": origin.licence,
                "invented": origin.invented,
                "confidence": origin.confidence,
                "note": notes,
                "sha256": hashlib.sha256((folder / file).read_bytes()).hexdigest(),
            }
        )
    pd.DataFrame(rows).to_csv(folder / "sources.csv", index=False, lineterminator="\n", encoding="utf-8")


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
