"""Changes: what differs between two editions of an area's layers, counted by their identifiers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
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
    reported: int = 0
    """Rows that were there, and of which the new edition's cannot be taken: they are not gone."""

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


_AGAIN = re.compile(r"-\d+$")
"""What tells rows apart that share an identifier."""


def layer_change(
    layer: str,
    before: dict[str, tuple[str, ...]],
    after: dict[str, tuple[str, ...]],
    reported: Mapping[str, int] | None = None,
) -> LayerChange:
    """
    Return what differs between two editions of a layer.

    Parameters
    ----------
    layer
        Its name.
    before, after
        As `rows_of` returns them.
    reported
        How many rows of the new edition cannot be taken, or are left out, by their identifier.

    Examples
    --------
    >>> layer_change("sites", {"a": ("1",), "b": ("1",)}, {"b": ("2",), "c": ("1",)})
    LayerChange(layer='sites', new=1, changed=1, vanished=1, same=0, reported=0)
    >>> change = layer_change("sites", {"a": ("1",), "a-2": ("1",), "b": ("1",)}, {}, {"a": 2})
    >>> change.vanished, change.reported
    (1, 2)
    """
    shared = before.keys() & after.keys()
    gone = before.keys() - after.keys()
    there = _still_there(gone, reported or {})
    changed = sum(before[key] != after[key] for key in shared)
    return LayerChange(
        layer=layer,
        new=len(after.keys() - before.keys()),
        changed=changed,
        vanished=len(gone) - there,
        same=len(shared) - changed,
        reported=there,
    )


def _still_there(gone: Iterable[str], reported: Mapping[str, int]) -> int:
    """Return how many identifiers that are there no more are of rows that could not be taken."""
    left = Counter(reported)
    # Whole identifiers first: "post-2" may be a name.
    of_all = [key for key in sorted(gone) if key in left]
    left.subtract(of_all)
    count = len(of_all)
    for key in sorted(set(gone) - set(of_all)):
        if left[_AGAIN.sub("", key)] > 0:
            left[_AGAIN.sub("", key)] -= 1
            count += 1
    return count
