"""Standing: what an area that is being made has of each layer, from where, and what is still missing."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from layers.assemble.catalogue import OWN
from layers.errors import LayerError
from layers.intake.imports import FOLDER
from layers.manifest import Manifest, read_manifest, read_sources
from layers.registry import LAYERS
from layers.tables import read_table

NEEDED = ("population", "sites", "assets", "roads")
"""Layers without which no review can be made, besides the outline and its units."""

_PEOPLE = "population"


class HowKnown(StrEnum):
    """How a layer came into an area."""

    IMPORTED = "imported"
    BY_HAND = "by_hand"
    UNKNOWN = "unknown"
    """Nobody has brought it: not known, rather than none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerStanding:
    """What an area has of one layer."""

    layer: str
    how: HowKnown
    rows: int | None
    """None where they cannot be counted: of a raster, or of a file that does not read."""
    title: str
    date: str
    is_needed: bool


def standing(area: Path) -> tuple[LayerStanding, ...]:
    """
    Return what an area has of each layer, in the order of layers, people first.

    Raises
    ------
    LayerError
        If its `area.toml`, its ledger or its catalogue does not read.
    """
    manifest = read_manifest(area)
    sources = {each.layer: each for each in read_sources(area)}
    content = tomllib.loads((area / FOLDER / OWN).read_text(encoding="utf-8")).get("layers", {})
    made = []
    for layer in (_PEOPLE, *LAYERS):
        imported = bool(content.get(layer, {}).get("read")) or (
            layer in content and "by_hand" not in content[layer]
        )
        rows = _rows(area, manifest, layer)
        there = bool(rows) or (layer == _PEOPLE and (area / manifest.population).is_file())
        there = there and not _is_first_again(layer, content)
        how = HowKnown.UNKNOWN if not there else HowKnown.IMPORTED if imported else HowKnown.BY_HAND
        source = sources.get(layer)
        made.append(
            LayerStanding(
                layer=layer,
                how=how,
                rows=rows if there else None,
                title=source.title if source is not None and there else "",
                date=source.date if source is not None and there else "",
                is_needed=layer in NEEDED,
            )
        )
    return tuple(made)


def _is_first_again(layer: str, content: Mapping[str, Any]) -> bool:
    """Tell whether units of the second level are those of the first, with which the area was begun."""
    steps = content.get(layer, {}).get("read", [])
    return layer == "districts" and [each.get("reader") for each in steps] == ["outlines"]


def _rows(area: Path, manifest: Manifest, layer: str) -> int | None:
    file = manifest.files.get(layer)
    if file is None:
        return None
    try:
        return len(read_table(area / file).frame)
    except LayerError:
        # A check of the folder says what is wrong with it; here it counts as unknown.
        return None


def empty_tables(tables: Mapping[str, Iterable[str]]) -> bytes:
    """
    Return a zip of empty tables.

    Parameters
    ----------
    tables
        Names of columns, by name of file; what is no table of cells is left out.
    """
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for file, columns in tables.items():
            if file.endswith(".csv"):
                # With the mark by which spreadsheets know UTF-8.
                packed.writestr(file, ("\ufeff" + ",".join(columns) + "\r\n").encode("utf-8"))
    return kept.getvalue()
