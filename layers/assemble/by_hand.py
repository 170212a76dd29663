"""
Layers kept by hand: files that lie in the area folder itself and are carried over at each rebuild.

Whoever fills in a table in a spreadsheet finds it again, unchanged, when another layer is brought;
only its checksum in the ledger is renewed. A table that nobody has filled in yet is its header alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layers.assemble.catalogue import OWN, Catalogue
from layers.assemble.plans import LEDGER as ORIGIN_COLUMNS
from layers.assemble.plans import LayerPlan
from layers.assemble.toml import toml_text
from layers.errors import LayerError
from layers.manifest import BESIDE, LEDGER, OBJECTIVES, read_sources
from layers.registry import LAYERS

_LARGE_BYTES = 10_000_000
"""Size from which a provider's file is not copied: nobody edits it in its place."""

KEPT_BESIDE = tuple(name for name in BESIDE if name != LEDGER)
"""Files under a fixed name that are carried over where a catalogue does not make them."""


def carry_over(
    catalogue: Catalogue, source: Path, old: Path, made: Path, *, takes_along: bool = False
) -> None:
    """
    Bring what is kept by hand from an area folder into the one that takes its place.

    Parameters
    ----------
    catalogue
        What the folder is made from.
    source
        Folder of provider files; one that lies in `old` goes along.
    old
        The folder as it stands, which need not be there.
    made
        The folder being made.
    takes_along
        Whether `source` is a changed copy of the folder of its name in `old`, and goes along too.
    """
    for plan in catalogue.plans:
        if plan.by_hand and not _taken(old / plan.file, made / plan.file) and plan.layer in LAYERS:
            write_header(plan.layer, made / plan.file, languages=catalogue.area.get("languages", ()))
    inside = takes_along or (source.resolve().parent == old.resolve() and source.is_dir())
    if not inside:
        return
    shutil.copytree(source, made / source.name, copy_function=_linked, ignore=_links)
    if catalogue.objectives and _is_changed(old, OBJECTIVES):
        # Somebody has written their own: the catalogue makes none from now on.
        _without_objectives(made / source.name / OWN)
    for name in KEPT_BESIDE:
        is_made = name == OBJECTIVES and catalogue.objectives and not _is_changed(old, name)
        if not is_made and not (made / name).exists():
            _taken(old / name, made / name)


def _without_objectives(path: Path) -> None:
    """Take the objectives out of a catalogue that may share its bytes with another."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    content.pop("objectives", None)
    path.unlink()
    path.write_text(toml_text(content), encoding="utf-8", newline="\n")


def _is_changed(old: Path, name: str) -> bool:
    """Tell whether a file of a folder is another than the one that its ledger was written for."""
    path = old / name
    try:
        built = {row.file: row.sha256 for row in read_sources(old)}
    except LayerError:
        return False
    if path.is_symlink() or not path.is_file() or name not in built:
        return False
    return built[name] != hashlib.sha256(path.read_bytes()).hexdigest()


def write_header(layer: str, path: Path, *, languages: object = ()) -> None:
    """
    Write the file of a layer without rows.

    Parameters
    ----------
    layer
        Name of the layer.
    path
        A table is its header, in UTF-8 with a mark by which spreadsheets know it; separated by
        semicolons where the first of the area's languages is French, as spreadsheets there
        expect it. Shapes are a GeoJSON without features.
    languages
        The area's languages, the first one first.
    """
    if path.suffix == ".geojson":
        empty = {"type": "FeatureCollection", "name": path.stem, "features": list[Any]()}
        path.write_text(json.dumps(empty, indent=1) + "\n", encoding="utf-8", newline="\n")
        return
    french = isinstance(languages, list | tuple) and list(languages[:1]) == ["fr"]
    text = (";" if french else ",").join(columns_of_file(layer)) + "\n"
    path.write_text(text, encoding="utf-8-sig", newline="\n")


def columns_of_file(layer: str) -> tuple[str, ...]:
    """
    Return the columns of a layer's table, a place as longitude and latitude.

    Examples
    --------
    >>> columns_of_file("airfields")
    ('airfield_id', 'name', 'kind', 'runway_m', 'lon', 'lat')
    """
    promised = LAYERS[layer].schema.to_schema()
    names = (promised.index.name, *promised.columns)
    placed = ("lon", "lat") if "geometry" in names else ()
    return (*(name for name in names if name != "geometry"), *placed)


def kept_origins(old: Path) -> Mapping[str, Mapping[str, str]]:
    """Return what the ledger of a folder says of each file, by file; nothing where it has none that reads."""
    try:
        rows = read_sources(old)
    except LayerError:
        # A folder that is not there yet, or whose ledger was spoilt by hand: the catalogue's words stand.
        return {}
    return {row.file: {name: str(getattr(row, name)) for name in ORIGIN_COLUMNS} for row in rows}


def stated_origin(plan: LayerPlan, kept: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return what the ledger is to say of a layer: of one kept by hand what stands there already."""
    stated = {name: str(getattr(plan.origin, name)) for name in ORIGIN_COLUMNS}
    return {**stated, **kept.get(plan.file, {})} if plan.by_hand else stated


def _taken(old: Path, new: Path) -> bool:
    """Copy a plain file and tell whether there was one; links are left behind."""
    if old.is_symlink() or not old.is_file():
        return False
    shutil.copyfile(old, new)
    return True


def _linked(old: str, new: str) -> str:
    """Copy a file of the source; a large one gets a second name instead, where the system permits."""
    try:
        if Path(old).stat().st_size < _LARGE_BYTES:
            shutil.copyfile(old, new, follow_symlinks=False)
        else:
            os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copyfile(old, new, follow_symlinks=False)
    return new


def _links(folder: str, names: list[str]) -> list[str]:
    """Return the names in a folder that are links: they may lead anywhere."""
    return [name for name in names if (Path(folder) / name).is_symlink()]
