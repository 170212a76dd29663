"""Rasters: what the header of a TIFF declares, read without GDAL; its cells are read when all of it fits."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from layers.foreign import limits
from layers.foreign.raster_cells import read_cells
from layers.foreign.sheets import ForeignReading, ForeignSheet, refusal
from layers.sentences import Sentence, say

_WIDTH, _HEIGHT, _BITS, _BANDS, _FORMAT = 256, 257, 258, 277, 339
_SCALE, _TIE, _MATRIX, _KEYS = 33550, 33922, 34264, 34735
_TYPES = {1: "B", 2: "c", 3: "H", 4: "I", 11: "f", 12: "d", 16: "Q"}
"""TIFF's types of values as `struct` calls them."""
_GEOGRAPHIC, _PROJECTED = 2048, 3072
_USER_DEFINED = 32767
_ENTRIES, _VALUES = 1_000, 100_000
_FORMATS = {1: say("whole numbers"), 2: say("whole numbers with a sign"), 3: say("decimal numbers")}
_BROKEN = say("it is no GeoTIFF that can be read")
_EXPORT_AGAIN = say("Export it again from its program.")
_EIGHT = 8

Tags = Mapping[int, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Whether numbers stand big end first, and how wide they are: BigTIFF has wider ones."""

    order: str
    count: str
    entry: str
    inline: int


def read_raster(path: Path, file: str) -> ForeignReading:
    """
    Return what a GeoTIFF declares: its size, kind of numbers, bands, reference system and bounds; no rows.

    Raises
    ------
    LayerError
        If its header is broken.
    """
    try:
        with path.open("rb") as opened:
            tags = _tags(opened)
        width, height = int(tags[_WIDTH][0]), int(tags[_HEIGHT][0])
        bits, bands, form = (int(tags.get(each, (1.0,))[0]) for each in (_BITS, _BANDS, _FORMAT))
        reference, bounds = _reference(tags), _bounds(tags, width, height)
    except (struct.error, KeyError, IndexError, OverflowError, ValueError, OSError) as error:
        # An offset beyond what a file can have is an OSError to the system.
        raise refusal(file, _BROKEN, _EXPORT_AGAIN) from error
    megabytes = width * height * bits * bands // _EIGHT // limits.MIB
    remarks: list[Sentence] = [
        say("{width} by {height} cells, bands: {bands}.", width=width, height=height, bands=bands),
        say(
            "Its cells are {kind} of {bits} bits; read whole they take {n} MB.",
            kind=_FORMATS.get(form, say("numbers of another kind")),
            bits=bits,
            n=megabytes,
        ),
    ]
    if reference is None:
        remarks.append(say("It states no reference system by number."))
    sheet = ForeignSheet(file, (), iter(()), reference=reference, remarks=remarks)
    sheet.bounds, sheet.is_raster = bounds, True
    sheet.read_cells = partial(read_cells, path)
    return ForeignReading(say("GeoTIFF"), iter([sheet]))


def _tags(opened: BinaryIO) -> Tags:
    """Return the numbers of the first directory of a TIFF; texts are left aside."""
    head = opened.read(16)
    order = {b"II": "<", b"MM": ">"}[head[:2]]
    (version,) = struct.unpack_from(f"{order}H", head, 2)
    big = version == 43  # noqa: PLR2004  BigTIFF's number
    layout = _Layout(order, "Q", "HHQ", 8) if big else _Layout(order, "H", "HHI", 4)
    (at,) = struct.unpack_from(f"{order}Q", head, 8) if big else struct.unpack_from(f"{order}I", head, 4)
    opened.seek(at)
    size = struct.calcsize(order + layout.count)
    (entries,) = struct.unpack(order + layout.count, opened.read(size))
    if entries > _ENTRIES:
        raise ValueError("too many entries")
    step = struct.calcsize(order + layout.entry) + layout.inline
    directory = opened.read(entries * step)
    tags: dict[int, tuple[float, ...]] = {}
    for n in range(entries):
        tag, kind, count = struct.unpack_from(order + layout.entry, directory, n * step)
        if kind in _TYPES and kind != 2 and 0 < count <= _VALUES:  # noqa: PLR2004  2 is text
            tags[tag] = _values(
                opened, directory[(n + 1) * step - layout.inline : (n + 1) * step], layout, kind, count
            )
    return tags


def _values(opened: BinaryIO, inline: bytes, layout: _Layout, kind: int, count: int) -> tuple[float, ...]:
    form = layout.order + _TYPES[kind] * count
    size = struct.calcsize(form)
    if size <= layout.inline:
        return struct.unpack_from(form, inline)
    (at,) = struct.unpack(layout.order + ("Q" if layout.inline == _EIGHT else "I"), inline)
    opened.seek(at)
    return struct.unpack(form, opened.read(size))


def _reference(tags: Tags) -> str | None:
    """Return the reference system that a GeoTIFF names by its EPSG number."""
    keys = [int(each) for each in tags.get(_KEYS, ())]
    named = {keys[n]: keys[n + 3] for n in range(4, len(keys) - 3, 4)}
    code = named.get(_PROJECTED, named.get(_GEOGRAPHIC))
    return None if code is None or code == _USER_DEFINED else f"EPSG:{code}"


def _bounds(tags: Tags, width: int, height: int) -> tuple[float, float, float, float] | None:
    scale, tie = tags.get(_SCALE, ()), tags.get(_TIE, ())
    if len(scale) < 2 or len(tie) < 6 or _MATRIX in tags:  # noqa: PLR2004  x and y; a tie point has six numbers
        return None
    west, north = tie[3] - tie[0] * scale[0], tie[4] + tie[1] * scale[1]
    return west, north - height * scale[1], west + width * scale[0], north
