"""
Extract: roads and ferries out of an OpenStreetMap extract (`.osm.pbf`), a country at a time.

The file is read twice by osmium: once for the tags of ways, once for ways with the places of their nodes.
Places of nodes are kept in one array of 16 bytes each; Python sees ways of roads and ferries alone. Who drew
them and when is not read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import osmium
from osmium.filter import EntityFilter, KeyFilter
from osmium.geom import WKBFactory
from osmium.io import File, ThreadPool

from layers.characters import printable
from layers.errors import LayerError
from layers.foreign import limits
from layers.foreign.child import PROGRESS
from layers.foreign.sheets import ForeignReading, ForeignRow, ForeignSheet, refusal, too_many_rows
from layers.formats.osm_keys import TAGS
from layers.sentences import Sentence, say

_FAULTS = (RuntimeError, ValueError, IndexError, KeyError, OverflowError, UnicodeDecodeError)
"""What osmium raises where an extract is not whole."""
_NO_MEMORY = "Cannot allocate memory"
"""What the system says to osmium where it would grow beyond its limit."""
_EVERY = 5_000
_TWO = 2
_CUT_OFF = say("Ways of which some nodes are not in the file: {n}; the parts that are there are taken.")
_WAY_ALONE = say("none of its nodes is in the file")
_NO_TEXT = say("its tags are no text in UTF-8")
_TOO_LONG = say("it has more than {n} points", n=limits.VERTICES)
_EXPORT_AGAIN = say("Download the extract again, or another one.")


def read_extract(path: Path, file: str) -> ForeignReading:
    """
    Return the roads and ferries of an extract.

    Raises
    ------
    LayerError
        If it holds none, more than may be read, or is not whole.
    """
    keys, count = _keys(path, file)
    remarks: list[Sentence] = [say("Of the extract only roads and ferries are read.")]
    sheet = ForeignSheet(
        file,
        ("osm_id", *keys),
        _rows(path, file, keys, count, remarks),
        has_shapes=True,
        reference="EPSG:4326",
        remarks=remarks,
    )
    return ForeignReading(say("OpenStreetMap extract"), iter([sheet]))


def _ways(path: Path, *, with_nodes: bool) -> Iterator[Any]:
    """Yield the ways that may be roads or ferries."""
    kinds = osmium.osm.NODE | osmium.osm.WAY if with_nodes else osmium.osm.WAY
    ways = osmium.FileProcessor(File(str(path), "pbf"), kinds, thread_pool=ThreadPool(1, 2))
    if with_nodes:
        ways.with_locations("sparse_mmap_array")
    ways.with_filter(EntityFilter(osmium.osm.WAY)).with_filter(KeyFilter("highway", "route"))
    for way in ways:
        if "highway" in way.tags or _is_ferry(way):
            yield way


def _is_ferry(way: Any) -> bool:  # noqa: ANN401  a way of osmium
    try:
        return bool(way.tags.get("route") == "ferry")
    except UnicodeDecodeError:
        return False


def _keys(path: Path, file: str) -> tuple[tuple[str, ...], int]:
    """Return the keys that ways have, in the order in which they are known, and how many ways there are."""
    seen: set[str] = set()
    wanted = set(TAGS)
    count = 0
    try:
        if osmium.io.Reader(File(str(path), "pbf"), osmium.osm.NOTHING).header().has_multiple_object_versions:
            problem = say("it holds the history of each object, not the map of one day")
            raise refusal(file, problem, say("Bring the extract without history."))
        for way in _ways(path, with_nodes=False):
            count += 1
            if count > limits.ROWS:
                raise too_many_rows(file, file)
            if wanted:
                new = {key for key in wanted if key in way.tags}
                seen |= new
                wanted -= new
    except _FAULTS as error:
        raise _not_whole(file, error) from error
    if not count:
        problem = say("no road and no ferry is in it")
        raise refusal(file, problem, say("Bring the extract of a country or region, as .osm.pbf."))
    return tuple(key for key in TAGS if key in seen), count


def _rows(
    path: Path, file: str, keys: tuple[str, ...], count: int, remarks: list[Sentence]
) -> Iterator[ForeignRow]:
    draw = WKBFactory()
    cut_off = 0
    try:
        for number, way in enumerate(_ways(path, with_nodes=True), start=1):
            if number % _EVERY == 1:
                path.with_name(PROGRESS).write_text(f"{number} {count}", encoding="ascii")
            if len(way.nodes) > limits.VERTICES:
                yield ForeignRow(number, _cells(way, (), len(keys)), problem=_TOO_LONG)
                continue
            try:
                cells = _cells(way, keys)
            except UnicodeDecodeError:
                yield ForeignRow(number, _cells(way, (), len(keys)), problem=_NO_TEXT)
                continue
            shape, whole = _shape(way, draw)
            cut_off += shape is not None and not whole
            yield ForeignRow(number, cells, shape, None if shape else _WAY_ALONE)
    except _FAULTS as error:
        raise _not_whole(file, error) from error
    if cut_off:
        remarks.append(_CUT_OFF.having(n=cut_off))


def _cells(way: Any, keys: tuple[str, ...], width: int = 0) -> tuple[str, ...]:  # noqa: ANN401
    tags = way.tags
    return (
        str(way.id),
        *(tags.get(key, "").strip()[: limits.CELL_CHARACTERS] for key in keys),
        *[""] * width,
    )


def _shape(way: Any, draw: WKBFactory) -> tuple[bytes | None, bool]:  # noqa: ANN401
    """Return the line of a way, and whether all its nodes are in it."""
    try:
        return bytes.fromhex(draw.create_linestring(way)), True
    except (osmium.InvalidLocationError, RuntimeError):
        return _parts(way), False


def _parts(way: Any) -> bytes | None:  # noqa: ANN401  a way of osmium
    """Return the parts of a way whose nodes are in the file, None if there is none."""
    runs = [
        [(node.lon, node.lat) for node in nodes]
        for there, nodes in groupby(way.nodes, key=lambda node: node.location.valid())
        if there
    ]
    lines = [run for run in runs if len(set(run)) >= _TWO]
    if not lines:
        return None
    made = [_line(run) for run in lines]
    return struct.pack("<BII", 1, 5, len(made)) + b"".join(made)


def _line(run: list[tuple[float, float]]) -> bytes:
    """Return a line as WKB."""
    return struct.pack("<BII", 1, 2, len(run)) + b"".join(struct.pack("<2d", *place) for place in run)


def _not_whole(file: str, error: Exception) -> Exception:
    """Return the error that refuses an extract that osmium cannot read, or the refusal that it is already."""
    if isinstance(error, LayerError):
        return error
    if _NO_MEMORY in str(error):
        return MemoryError()
    # Words of the file may stand in it.
    reason = printable(str(error))[:200] or type(error).__name__
    problem = say("it does not read as an OpenStreetMap extract ({reason})", reason=reason)
    return refusal(file, problem, _EXPORT_AGAIN)
