"""An area folder's `area.toml` and `sources.csv`: which files there are and whose they are."""

from __future__ import annotations

import hashlib
import os
import tomllib
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.errors import Fault, LayerError
from layers.population import RasterUnit
from layers.tables import read_table

FORMAT = 1
"""Version of the area folder's layout."""

LONGEST_NAME = 200
"""Longest file name read [bytes]."""

SMALLEST_CELL_KM, LARGEST_CELL_KM = 1, 10
"""Below, a country has too many cells to reckon; above, a patrol's day fits into one."""

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""Days under review, as far as incidents reach."""

LAYER_FILES = (
    "sites",
    "assets",
    "incidents",
    "roads",
    "rivers",
    "lakes",
    "flood_zones",
    "country",
    "regions",
    "districts",
    "places",
    "airfields",
    "sensitive",
)
"""Layers of rows and shapes that every area folder names."""

OLD_NAMES = {"districts": "cercles"}
"""Names by which folders made before may call a layer."""


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the area's ledger `sources.csv`: a file and where it comes from."""

    file: str
    layer: str
    title: str
    origin: str
    date: str
    licence: str
    invented: str
    """"no", "partly" or "yes"."""
    confidence: str
    note: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `area.toml` says."""

    area_id: str
    names: dict[str, str]
    crs: CRS
    frame_date: date
    cell_m: float
    files: dict[str, str]
    population: str
    population_unit: RasterUnit
    population_year: int
    focus: tuple[tuple[str, tuple[str, ...]], ...]


def read_manifest(folder: Path) -> Manifest:
    """
    Read `folder`/area.toml.

    Raises
    ------
    LayerError
        With every key that is missing or makes no sense.
    """
    path = folder / "area.toml"
    # Not Path.is_file, which raises where the folder may not be entered.
    if not os.path.isfile(path):  # noqa: PTH113
        raise LayerError([Fault("area.toml", f"folder {folder.name!r} has none", "Name an area folder.")])
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LayerError([Fault("area.toml", "it cannot be opened", "Allow reading it.")]) from error
    except (ValueError, RecursionError) as error:
        raise LayerError(
            [Fault("area.toml", f"it does not read as TOML ({error})", "Mend the line named.")]
        ) from error
    faults = _faults(said) or _strays(folder, said)
    if faults:
        raise LayerError(faults)
    return Manifest(
        area_id=said["area_id"],
        names=dict(said["name"]),
        crs=CRS(said["crs"]),
        frame_date=said["frame_date"],
        cell_m=float(said["cell_km"]) * 1000,
        files=_files(said),
        population=said["population"]["file"],
        population_unit=RasterUnit(said["population"]["unit"]),
        population_year=int(said["population"]["year"]),
        focus=tuple((name, tuple(units)) for name, units in said.get("focus", {}).items()),
    )


def _faults(said: dict[str, Any]) -> list[Fault]:
    kinds: dict[str, type | tuple[type, ...]] = {
        "format": int,
        "area_id": str,
        "crs": str,
        "frame_date": date,
        "cell_km": (int, float),
        "name": dict,
        "layers": dict,
        "population": dict,
    }
    wrong = [
        name
        for name, kind in kinds.items()
        if not isinstance(said.get(name), kind) or isinstance(said[name], bool | datetime)
    ]
    faults = [
        Fault("area.toml", "the key is missing or of the wrong kind", "See the README of the data.", name)
        for name in wrong
    ]
    if wrong:
        return faults
    checks = [
        (said["format"] == FORMAT, "format", f"only format {FORMAT} is read", "Build the folder again."),
        (
            SMALLEST_CELL_KM <= said["cell_km"] <= LARGEST_CELL_KM,
            "cell_km",
            f"cells of {SMALLEST_CELL_KM} to {LARGEST_CELL_KM} km are allowed",
            "Choose one, usually 5.",
        ),
        (
            "en" in said["name"] and all(isinstance(text, str) for text in said["name"].values()),
            "name",
            "there is no English name, or a name is no text",
            'Write en = "…".',
        ),
        (
            EARLIEST <= said["frame_date"] <= LATEST,
            "frame_date",
            "it is out of range",
            f"Use a day from {EARLIEST} to {LATEST}.",
        ),
        (
            _is_metric(said["crs"]),
            "crs",
            "it is no projected system in metres, or not equal-area",
            "Use a Lambert equal-area system.",
        ),
        (
            said["population"].get("unit") in list(RasterUnit),
            "population",
            "unit must be count or density",
            "Correct it.",
        ),
        (
            isinstance(said["population"].get("file"), str),
            "population",
            "file is missing",
            "Name the raster.",
        ),
        (isinstance(said["population"].get("year"), int), "population", "year is missing", "Give the year."),
    ]
    faults += [
        Fault("area.toml", problem, remedy, column) for fine, column, problem, remedy in checks if not fine
    ]
    focus = said.get("focus", {})
    faults += [
        Fault("area.toml", f"focus {name!r} is no list of units", 'Write ["ML05"].', "focus")
        for name, units in (focus.items() if isinstance(focus, dict) else {"focus": focus}.items())
        if not isinstance(units, list) or not all(isinstance(unit, str) for unit in units)
    ]
    return faults + [
        Fault("area.toml", f"layer {name!r} is not named", "Add it; a layer may have no rows.", "layers")
        for name in LAYER_FILES
        if not isinstance(_files(said).get(name), str)
    ]


def _files(said: dict[str, Any]) -> dict[str, Any]:
    """Return the file of each layer named, by today's name of the layer."""
    named = said["layers"]
    return {**named, **{new: named[old] for new, old in OLD_NAMES.items() if old in named and new not in named}}


def _strays(folder: Path, said: dict[str, Any]) -> list[Fault]:
    """Name the files that `area.toml` looks for outside its own folder, by path or by link."""
    files = _files(said)
    named = [("layers", files[name]) for name in LAYER_FILES]
    return [
        Fault(
            "area.toml",
            f"{file[:80]!r} is no plain file name inside the folder",
            "Put the file into the folder and give its name alone.",
            key,
        )
        for key, file in [*named, ("population", said["population"]["file"])]
        if not _plain(file) or (folder / file).is_symlink()
    ]


def _plain(file: str) -> bool:
    """Tell whether `file` is a name, not a path, that every system can hold."""
    short = 0 < len(file.encode("utf-8", "surrogatepass")) <= LONGEST_NAME
    return short and file.isprintable() and not set(file) & set("/\\:") and file not in {".", ".."}


def _is_metric(text: str) -> bool:
    try:
        crs = CRS(text)
    except CRSError:
        return False
    operation = crs.coordinate_operation
    in_metres = crs.is_projected and all(axis.unit_name == "metre" for axis in crs.axis_info)
    return in_metres and operation is not None and "equal area" in operation.method_name.lower()


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Read the ledger of `folder`, or raise `LayerError` where a column is missing."""
    table = read_table(folder / "sources.csv")
    names = [field.name for field in fields(Source)]
    missing = [name for name in names if name not in table.frame]
    if missing:
        raise LayerError(
            Fault(table.file, "the column is missing", "Add it.", column=name) for name in missing
        )
    return tuple(Source(*row) for row in table.frame[names].itertuples(index=False))


def folder_digest(folder: Path, manifest: Manifest) -> str:
    """Return a hash of every file that the manifest names, and of itself."""
    whole = hashlib.sha256()
    for name in sorted({"area.toml", "objectives.toml", manifest.population, *manifest.files.values()}):
        path = folder / name
        if path.is_file():
            whole.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]
