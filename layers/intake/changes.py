"""Changes: what differs between two editions of an area's layers, counted by their identifiers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import shapely

from layers.errors import LayerError
from layers.registry import LAYERS
from layers.tables import read_table

_WHENCE = ("source", "provider")
"""Columns that say which edition a row is from: a row that says all else as before is as before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerChange:
    """How many rows of a layer are new, changed, gone and as they were."""

    layer: str
    new: int
    changed: int
    vanished: int
    same: int

    @property
    def rows(self) -> int:
        """Rows that there are now."""
        return self.new + self.changed + self.same


def rows_of(area: Path, layer: str, file: str) -> dict[str, tuple[str, ...]]:
    """
    Return the content of each row of a layer's file as text, by its identifier; nothing without a file.

    Parameters
    ----------
    area
        An area folder, which need not be whole.
    layer, file
        Name of the layer and of its file there.
    """
    key = str(LAYERS[layer].schema.to_schema().index.name)
    path = area / file
    if path.is_symlink() or not path.is_file():
        return {}
    try:
        frame = read_table(path).frame
    except LayerError:
        # A file that does not read has no rows to compare; its own check names what is wrong.
        return {}
    if key not in frame:
        return {}
    columns = [name for name in frame.columns if name not in {key, *_WHENCE}]
    text = frame[columns].copy()
    if "geometry" in columns:
        text["geometry"] = [
            None if each is None else shapely.to_wkb(each, hex=True) for each in frame["geometry"]
        ]
    values = text.astype(object).where(text.notna(), "").astype(str)
    return dict(zip(frame[key].astype(str), values.itertuples(index=False, name=None), strict=True))


def layer_change(
    layer: str, before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]]
) -> LayerChange:
    """
    Return what differs between two editions of a layer.

    Examples
    --------
    >>> layer_change("sites", {"a": ("1",), "b": ("1",)}, {"b": ("2",), "c": ("1",)})
    LayerChange(layer='sites', new=1, changed=1, vanished=1, same=0)
    """
    shared = before.keys() & after.keys()
    changed = sum(before[key] != after[key] for key in shared)
    return LayerChange(
        layer=layer,
        new=len(after.keys() - before.keys()),
        changed=changed,
        vanished=len(before.keys() - after.keys()),
        same=len(shared) - changed,
    )
