"""An area folder's `area.toml` and `sources.csv`: which files there are and whose they are."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.by_hand import by_hand_check, filled
from layers.characters import REMEDY, STEERS, steering_keys
from layers.disclaimer import disclaimer_faults, read_disclaimers
from layers.errors import Fault, LayerError
from layers.population import RasterUnit
from layers.registry import LAYERS
from layers.seasons import StatedYear, read_year, year_faults
from layers.sentences import Sentence, as_typed, say
from layers.tables import read_table, read_texts
from layers.unit_words import UnitWords, read_unit_words, unit_word_faults

FORMAT = 1
"""Version of the area folder's layout."""

LONGEST_NAME = 200
"""Longest file name read [bytes]."""

SMALLEST_CELL_KM, LARGEST_CELL_KM = 1, 10
"""Below, a country has too many cells to reckon; above, a patrol's day fits into one."""

JOIN_MAX_M = 200
"""Largest gap between road ends that may be joined on request [m]."""

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""Days under review, as far as incidents reach."""

LAYER_FILES = tuple(LAYERS)
"""Layers of rows and shapes, in the order of `area.toml`."""

OLD_NAMES = {name: layer.old_name for name, layer in LAYERS.items() if layer.old_name}
"""Names by which folders made before may call a layer."""

FILE = "area.toml"

LEDGER = "sources.csv"

SENSITIVE = "sensitive"
"""Layer of which nothing leaves the folder, not even a hash."""

OBJECTIVES = "objectives.toml"

BESIDE = (LEDGER, OBJECTIVES, "differences.csv")
"""Files that lie in a folder under a fixed name, without `area.toml` naming them."""

_LINKED = say("it is a link to a file elsewhere"), say("Put the file itself into the folder.")


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
    """File of each layer that the folder has."""
    absent: tuple[str, ...]
    """Layers that it may lack and does."""
    population: str
    population_unit: RasterUnit | None
    """None, like the year, where the raster is kept by hand and nobody has said it yet."""
    population_year: int | None
    focus: tuple[tuple[str, tuple[str, ...]], ...]
    start_focus: str
    """Focus that the map begins with; "" for the whole area."""
    year: StatedYear
    unit_words: UnitWords
    disclaimers: dict[str, str]
    """What its boundaries and names do not mean, by language, as the office words it; empty for the usual."""
    join_roads_m: float
    """Largest gap between road ends that is joined on request [m]; 0 for none."""
    unstated: tuple[str, ...]
    """What the folder does not say of its country, so that something common stands for it."""
    by_hand: frozenset[str]
    """Layers whose file is kept by hand: one without rows is not filled in yet, rather than none."""


def read_manifest(folder: Path) -> Manifest:
    """
    Read `folder`/area.toml.

    Raises
    ------
    LayerError
        With every key that is missing or makes no sense.
    """
    content = _read_toml(folder)
    faults = manifest_faults(content) or _strays(folder, content)
    if faults:
        raise LayerError(faults)
    by_hand = frozenset(content.get("by_hand", ()))
    files, people = filled(folder, _files(content), by_hand), content["population"]
    year = read_year(content)
    return Manifest(
        area_id=content["area_id"],
        names=dict(content["name"]),
        crs=CRS(content["crs"]),
        frame_date=content["frame_date"],
        cell_m=float(content["cell_km"]) * 1000,
        files={name: files[name] for name in LAYER_FILES if name in files},
        absent=tuple(name for name in LAYER_FILES if name not in files),
        population=people["file"],
        population_unit=RasterUnit(people["unit"]) if "unit" in people else None,
        population_year=int(people["year"]) if "year" in people else None,
        focus=tuple((name, tuple(units)) for name, units in content.get("focus", {}).items()),
        start_focus=content.get("start_focus", ""),
        year=year,
        unit_words=read_unit_words(content),
        disclaimers=read_disclaimers(content),
        join_roads_m=float(content.get("join_roads_m", 0)),
        unstated=(*year.unstated, *(() if "units" in content else ("units",))),
        by_hand=by_hand,
    )


def _read_toml(folder: Path) -> dict[str, Any]:
    """Return `folder`/area.toml as it stands, or raise `LayerError`."""
    path = folder / FILE
    # Not Path.is_file, which raises where the folder may not be entered.
    if not os.path.isfile(path):  # noqa: PTH113
        raise LayerError(
            [
                Fault(
                    FILE,
                    say("folder {folder} has none", folder=repr(folder.name)),
                    say("Name an area folder."),
                )
            ]
        )
    if path.is_symlink():
        raise LayerError([Fault(FILE, *_LINKED)])
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise LayerError([Fault(FILE, say("it cannot be opened"), say("Allow reading it."))]) from error
    except (ValueError, RecursionError) as error:
        problem = say("it does not read as TOML ({reason})", reason=str(error))
        raise LayerError([Fault(FILE, problem, say("Mend the line named."))]) from error


def manifest_faults(content: dict[str, Any]) -> list[Fault]:
    """Return everything wrong with the content of an `area.toml`, whether or not its files are there."""
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
        if not isinstance(content.get(name), kind) or isinstance(content[name], bool | datetime)
    ]
    faults = [
        Fault(FILE, say("the key is missing or of the wrong kind"), say("See the README of the data."), name)
        for name in wrong
    ]
    steers = STEERS.having(text=say("the text"))
    steering = [Fault(FILE, steers, REMEDY, key) for key in steering_keys(content)]
    country = [*year_faults(content), *unit_word_faults(content), *disclaimer_faults(content, FILE)]
    if wrong:
        return faults + steering + country
    return [*_value_faults(content), *_focus_faults(content), *_layer_faults(content), *country, *steering]


def _value_faults(content: dict[str, Any]) -> list[Fault]:
    """Return what is wrong with the values that every folder states."""
    checks = [
        (
            content["format"] == FORMAT,
            "format",
            say("only format {format} is read", format=str(FORMAT)),
            say("Build the folder again."),
        ),
        (
            SMALLEST_CELL_KM <= content["cell_km"] <= LARGEST_CELL_KM,
            "cell_km",
            say(
                "cells of {least} to {most} km are allowed",
                least=as_typed(SMALLEST_CELL_KM),
                most=as_typed(LARGEST_CELL_KM),
            ),
            say("Choose one, usually 5."),
        ),
        (
            "en" in content["name"] and all(isinstance(text, str) for text in content["name"].values()),
            "name",
            say("there is no English name, or a name is no text"),
            say('Write {key} = "{value}".', key="en", value="…"),
        ),
        (
            EARLIEST <= content["frame_date"] <= LATEST,
            "frame_date",
            say("it is out of range"),
            say("Use a day from {first} to {last}.", first=str(EARLIEST), last=str(LATEST)),
        ),
        (
            _is_gap(content.get("join_roads_m", 0)),
            "join_roads_m",
            say("gaps of 0 to {most} m can be joined", most=as_typed(JOIN_MAX_M)),
            say("Choose one, or leave the key out."),
        ),
        (
            _is_metric(content["crs"]),
            "crs",
            say("it is no projected system in metres, or not equal-area"),
            say("Use a Lambert equal-area system."),
        ),
        *_population_checks(content),
    ]
    return [Fault(FILE, problem, remedy, column) for fine, column, problem, remedy in checks if not fine]


def _population_checks(content: dict[str, Any]) -> list[tuple[bool, str, Sentence, Sentence]]:
    """Return whether each key of the population's table is fine, its table, and what is wrong if not."""
    population = content["population"]
    kept = content.get("by_hand", [])
    later = isinstance(kept, list) and "population" in kept
    return [
        by_hand_check(kept),
        (
            population.get("unit") in list(RasterUnit) or (later and "unit" not in population),
            "population",
            say("unit must be count or density"),
            say("Correct it."),
        ),
        (
            isinstance(population.get("file"), str),
            "population",
            say("file is missing"),
            say("Name the raster."),
        ),
        (
            isinstance(population.get("year"), int) or (later and "year" not in population),
            "population",
            say("year is missing"),
            say("Give the year."),
        ),
    ]


def _focus_faults(content: dict[str, Any]) -> list[Fault]:
    """Return what is wrong with the named focuses of the map, and with the one to begin with."""
    focus = content.get("focus", {})
    tables = focus if isinstance(focus, dict) else {"focus": focus}
    faults = [
        Fault(
            FILE,
            say("focus {focus} is no list of units", focus=repr(name)),
            say('Write ["R1", "R2"].'),
            "focus",
        )
        for name, units in tables.items()
        if not isinstance(units, list) or not all(isinstance(unit, str) for unit in units)
    ]
    start = content.get("start_focus", "")
    if start != "" and (not isinstance(start, str) or start not in tables):
        problem = say("{value} is no focus", value=repr(start))
        remedy = say("Name one of [focus], or leave the key out.")
        faults.append(Fault(FILE, problem, remedy, "start_focus"))
    return faults


def _layer_faults(content: dict[str, Any]) -> list[Fault]:
    """Return a fault for every layer that must be named and is not, or whose file is no text."""
    files = _files(content)
    return [
        Fault(
            FILE,
            say("layer {layer} is not named", layer=repr(name)),
            say("Add it; a layer may have no rows."),
            "layers",
        )
        for name, layer in LAYERS.items()
        if not isinstance(files.get(name), str) and (name in files or layer.empty is None)
    ]


def _files(content: dict[str, Any]) -> dict[str, Any]:
    """Return the file of each layer named, by today's name of the layer."""
    named = content["layers"]
    renamed = {new: named[old] for new, old in OLD_NAMES.items() if old in named and new not in named}
    return {**named, **renamed}


def _strays(folder: Path, content: dict[str, Any]) -> list[Fault]:
    """Name the files that `area.toml` looks for outside its own folder, by path or by link."""
    files = _files(content)
    named = [("layers", files[name]) for name in LAYER_FILES if name in files]
    strays = [
        Fault(
            FILE,
            say("{value} is no plain file name inside the folder", value=repr(file[:80])),
            say("Put the file into the folder and give its name alone."),
            key,
        )
        for key, file in [*named, ("population", content["population"]["file"])]
        if not _plain(file) or (folder / file).is_symlink()
    ]
    linked = [Fault(name, *_LINKED) for name in BESIDE if (folder / name).is_symlink()]
    return strays + linked


def _plain(file: str) -> bool:
    """Tell whether `file` is a name, not a path, that every system can hold."""
    short = 0 < len(file.encode("utf-8", "surrogatepass")) <= LONGEST_NAME
    return short and file.isprintable() and not set(file) & set("/\\:") and file not in {".", ".."}


def _is_gap(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= JOIN_MAX_M


def _is_metric(text: str) -> bool:
    try:
        crs = CRS(text)
    except CRSError:
        return False
    operation = crs.coordinate_operation
    in_metres = crs.is_projected and all(axis.unit_name == "metre" for axis in crs.axis_info)
    return in_metres and operation is not None and "equal area" in operation.method_name.lower()


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Read the ledger of `folder`, or raise `LayerError` for missing columns and for cells that steer."""
    table, faults = read_texts(folder / LEDGER, [field.name for field in fields(Source)])
    if faults:
        raise LayerError(faults)
    return tuple(Source(*row) for row in table.frame.itertuples(index=False))


def folder_digest(folder: Path, manifest: Manifest) -> str:
    """
    Return a hash of the manifest, the ledger and every file they name, without the sensitive places.

    It travels with every answer, and a hash of places is the places to whoever tries them all. So
    neither their file nor what the ledger says of it comes into it.
    """
    secret = manifest.files.get(SENSITIVE, "")
    named = {FILE, "objectives.toml", manifest.population, *manifest.files.values()} - {secret}
    whole = hashlib.sha256()
    for name in sorted(named):
        path = folder / name
        if path.is_file():
            whole.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    whole.update(LEDGER.encode() + b"\0" + hashlib.sha256(_open_ledger(folder, secret)).digest())
    return whole.hexdigest()[:16]


def _open_ledger(folder: Path, secret: str) -> bytes:
    """Return the ledger as bytes, without the rows of the sensitive layer or its file; b"" without one."""
    path = folder / LEDGER
    if not path.is_file():
        return b""
    rows = read_table(path).frame.astype(str)
    of_layer = rows.get("layer", pd.Series("", index=rows.index)).str.casefold() == SENSITIVE
    # By the last part, for a ledger may give the folder too.
    of_file = rows.get("file", pd.Series("", index=rows.index)).map(lambda name: Path(name).name) == secret
    kept = rows[~(of_layer | of_file)]
    return json.dumps([list(kept.columns), kept.to_numpy().tolist()], ensure_ascii=False).encode()
