"""Change an area by files: in a copy of its imports, from which it is built anew, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely

from layers.area import Dropped
from layers.assemble.catalogue import OWN
from layers.assemble.folder import reassemble
from layers.countries import Country
from layers.errors import Fault, LayerError
from layers.formats.forbidden import plain
from layers.intake.changes import LayerChange, layer_change, rows_of
from layers.intake.imports import FOLDER, Imports, digest_of
from layers.intake.labels import layer_said
from layers.intake.offer import AreaFacts
from layers.manifest import read_manifest, read_sources
from layers.registry import LAYERS
from layers.scratch import own_folder
from layers.sentences import Sentence, say
from layers.tables import read_table

Box = tuple[float, float, float, float]
_AROUND = 1.0
"""Degrees around the outline in which places are still expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaChange:
    """What became of an area that files were brought into."""

    changes: tuple[LayerChange, ...]
    """Of layers that were touched or differ."""
    dropped: tuple[Dropped, ...]
    notes: tuple[Sentence, ...]


@contextmanager
def imports_of(area: Path) -> Iterator[Imports]:
    """
    Yield a copy of an area's imports, gone when this ends; `rebuild` makes the area from it.

    Raises
    ------
    LayerError
        If the folder was not begun as an area that files are brought into.
    """
    with own_folder("imports") as folder:
        yield Imports.copied(area, folder / FOLDER)


def rebuild(area: Path, imports: Imports, progress: Callable[[Sentence], None]) -> AreaChange:
    """
    Build an area anew from a changed copy of its imports.

    Raises
    ------
    LayerError
        With every fault of every file, or if a file that must come with others is missing, or if the area
        was changed meanwhile; the area then stays as it was.
    """
    waiting = imports.waiting()
    if waiting:
        remedy = say("Bring both together.")
        raise LayerError([Fault(area.name, each, remedy) for each in waiting])
    faults = _changed_by_hand(area, imports)
    if faults:
        raise LayerError(faults)
    imports.write()
    before = _rows(area)

    def still() -> None:
        if imports.begun_from != (area / FOLDER / OWN).read_bytes():
            problem = say("the area was changed by somebody else meanwhile; nothing was taken")
            raise LayerError([Fault(area.name, problem, say("Import the files again."))])

    def fits(made: Path) -> None:
        faults = _emptied(area, made, imports, before)
        if faults:
            raise LayerError(faults)

    built = reassemble(imports.folder, area, still=still, fits=fits, progress=progress)
    after = _rows(area)
    changes = tuple(
        layer_change(layer, before[layer], after[layer], imports.not_taken.get(layer)) for layer in LAYERS
    )
    told = tuple(
        each for each in changes if each.new or each.changed or each.vanished or each.layer in imports.touched
    )
    for each in changes:
        imports.notes += _not_gone(each, imports.not_taken.get(each.layer, {}))
    about = {*imports.touched, *(each.layer for each in told)}
    left = tuple(each for each in built.dropped if each.layer in about)
    judged = (note for layer, notes in built.notes.items() if layer in about for note in notes)
    # Of what readers judge, the ledger holds all; said here is what can be said in every language.
    said = dict.fromkeys(note for note in judged if isinstance(note, Sentence))
    return AreaChange(changes=told, dropped=left, notes=(*imports.notes, *said))


def _not_gone(change: LayerChange, not_taken: Mapping[str, int]) -> list[Sentence]:
    """Say which rows that are there no more are in the new edition all the same, but were not taken."""
    made = []
    if change.reported:
        made.append(_REPORTED.having(layer=layer_said(change.layer), n=change.reported))
    if change.vanished and not_taken.get(""):
        made.append(_UNKNOWN.having(layer=layer_said(change.layer), n=not_taken[""]))
    return made


_REPORTED = say(
    "{layer}: rows that were there before and cannot be taken, or are left out, of this edition: {n}. They"
    " are not in the layer until they are mended and brought again; they are not counted as gone."
)
_UNKNOWN = say(
    "{layer}: rows of this edition that cannot be taken, or are left out, and have no identifier: {n}."
    " Whether they were there before, and are among those gone, is not known."
)


def _emptied(
    area: Path, made: Path, imports: Imports, before: Mapping[str, Mapping[str, object]]
) -> list[Fault]:
    """
    Return a fault for each file after which its layer would hold nothing.

    No rows would be read as: there are none. Of roads, waters and places that a box was cut for, none may lie
    in the outline; but where rows stood before, they do not go so.
    """
    files = read_manifest(made).files
    brought = {
        each.layer: each.file
        for each in imports.remembered
        if each.layer in LAYERS and each.layer in files and not (area / FOLDER / each.folder).exists()
    }
    return [
        Fault(file, _EMPTIED.having(layer=layer_said(layer)), _AS_IT_WAS)
        for layer, file in brought.items()
        if (before[layer] or layer not in _MAY_BE_EMPTY) and not rows_of(made, layer, files[layer])
    ]


_MAY_BE_EMPTY = {"roads", "rivers", "lakes", "flood_zones", "places", "airfields", "sensitive", "assets"}
_EMPTIED = say("{layer}: none of its rows can be taken, so that the layer would be empty")
_AS_IT_WAS = say("The area stays as it was. Mend the file, and bring it again.")


def _changed_by_hand(area: Path, imports: Imports) -> list[Fault]:
    """Return a fault for each file made from others that somebody has changed since: building loses that."""
    built = {row.file: row.sha256 for row in read_sources(area)}
    manifest = read_manifest(area)
    files, layers = manifest.files, imports.content["layers"]
    filled = [
        Fault(files[layer], _FILLED, _GIVES_WAY)
        for layer in sorted(manifest.by_hand & files.keys() & layers.keys() - imports.replaced)
        if layers[layer].get("read") and rows_of(area, layer, files[layer])
    ]
    problem = say("it was changed by hand since it was built from what was brought, and would be built anew")
    return filled + [
        Fault(file, problem, _KEEP.having(layer=layer))
        for layer, file in files.items()
        if layers.get(layer, {}).get("read")
        and layer not in imports.replaced
        and (area / file).is_file()
        and built.get(file, "") not in {"", digest_of(area / file)}
    ]


_FILLED = say("rows stand in it that were written by hand")
_GIVES_WAY = say("Say --replace if they may give way.")
_KEEP = say(
    "Say by_hand = true under [layers.{layer}] of imports/catalogue.toml instead of what is read, or bring it by --replace."  # noqa: E501
)


def _rows(area: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the rows of every layer, none of those that the folder has not."""
    files = read_manifest(area).files
    return {layer: rows_of(area, layer, files[layer]) if layer in files else {} for layer in LAYERS}


def facts_of(
    area: Path, imports: Imports, countries: Sequence[Country], companions: Iterable[str] = ()
) -> AreaFacts:
    """
    Return what an area's catalogue says of it.

    Parameters
    ----------
    area
        Its folder.
    imports
        Of the area.
    companions
        Providers' kinds of file that come together.
    countries
        Of the world, to know the code of two letters of one begun by its code of three.
    """
    name = imports.content.get("area", {}).get("name", {})
    read = imports.content.get("layers", {}).get("country", {}).get("read", [])
    code = str(read[0].get("unit_id", "")) if read else ""
    two = next((each.iso2 for each in countries if code in {each.iso3, each.iso2}), "")
    rains = imports.content.get("area", {}).get("calendar", {}).get("rains", "")
    return AreaFacts(
        outline=_outline(area),
        name=str(name.get("en", "")),
        country=two,
        unit_id=code,
        companions=frozenset(companions),
        rains=str(rains),
        sites=_sites(area),
    )


def _sites(area: Path) -> dict[str, str]:
    """Return the identifier of each site of an area, by itself and by its name as `plain` writes it."""
    try:
        frame = read_table(area / read_manifest(area).files["sites"]).frame
    except (LayerError, KeyError):
        return {}
    if not {"site_id", "name"} <= set(frame.columns):
        return {}
    keys = frame["site_id"].astype(str)
    by_name = {plain(name): key for name, key in zip(frame["name"].astype(str), keys, strict=True)}
    return {**by_name, **{key: key for key in keys}}


def _outline(area: Path) -> Any | None:  # noqa: ANN401  shapely is not typed
    """Return an area's outline in degrees, None where none reads."""
    try:
        path = area / read_manifest(area).files["country"]
        return _outline_of(path, path.stat().st_mtime_ns)
    except (LayerError, KeyError, OSError):
        return None


@lru_cache(maxsize=4)
def _outline_of(path: Path, _changed_ns: int) -> Any | None:  # noqa: ANN401  shapely is not typed
    """Return the outline in a file as it was at a time, for it is asked for with every answer."""
    frame = read_table(path).frame
    return None if "geometry" not in frame or frame.empty else shapely.union_all(frame["geometry"].to_numpy())


def bounds_of(area: Path) -> Box | None:
    """
    Return where an area's places are expected, in degrees: its outline and a degree around it.

    Returns
    -------
    tuple or None
        West, south, east and north; None where the folder has no outline that reads.
    """
    try:
        frame = read_table(area / read_manifest(area).files["country"]).frame
    except (LayerError, KeyError):
        return None
    if "geometry" not in frame or frame.empty:
        return None
    west, south, east, north = shapely.total_bounds(frame["geometry"].to_numpy())
    return west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND
