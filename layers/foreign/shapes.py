"""Shapes: coordinates as lists → WKB of two dimensions, or what is wrong with them."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from typing import Any

from layers.foreign import limits
from layers.sentences import Sentence, say

_CODES = {
    "Point": 1,
    "LineString": 2,
    "Polygon": 3,
    "MultiPoint": 4,
    "MultiLineString": 5,
    "MultiPolygon": 6,
}
_PARTS = {"MultiPoint": "Point", "MultiLineString": "LineString", "MultiPolygon": "Polygon"}
_PAIR = 2
_RING = 4
"""Least positions of a closed ring."""

NOT_FINITE = say("a coordinate is not a finite number")
NO_SHAPE = say("it has no shape")
_ODD = say("its coordinates are not those of a {kind}")
_UNCLOSED = say("a ring of its outline is not closed")
_COLLECTION = say("it is a collection of mixed shapes")
_UNKNOWN = say("{kind} is no kind of shape that is read")
_LONG = say("it has more than {n} positions")


class ShapeError(ValueError):
    """A shape that cannot be read; `problem` says why."""

    def __init__(self, problem: Sentence) -> None:
        self.problem = problem
        super().__init__(problem)


def wkb(kind: object, coordinates: object) -> bytes:
    """
    Return a shape as WKB, little-endian, its heights left out.

    Parameters
    ----------
    kind
        "Point", "LineString", "Polygon" or one of their multiples, as GeoJSON names them.
    coordinates
        Nested lists of numbers, as GeoJSON has them.

    Raises
    ------
    ShapeError
        If it is another kind, a coordinate is no finite number, or a ring is not closed.

    Examples
    --------
    >>> wkb("Point", [1.0, 2.0]).hex()
    '0101000000000000000000f03f0000000000000040'
    """
    if kind == "GeometryCollection":
        raise ShapeError(_COLLECTION)
    if not isinstance(kind, str) or kind not in _CODES:
        raise ShapeError(_UNKNOWN.having(kind=repr(kind)[:40]))
    written = bytearray()
    _write(kind, coordinates, written)
    return bytes(written)


def _write(kind: str, coordinates: Any, written: bytearray) -> None:  # noqa: ANN401  as JSON has it
    if not isinstance(coordinates, list | tuple):
        raise ShapeError(_ODD.having(kind=kind))
    if not coordinates:
        raise ShapeError(NO_SHAPE)
    written += struct.pack("<BI", 1, _CODES[kind])
    match kind:
        case "Point":
            written += struct.pack("<2d", *_position(coordinates, kind))
        case "LineString":
            _positions(coordinates, kind, written, least=_PAIR)
        case "Polygon":
            written += struct.pack("<I", len(coordinates))
            for ring in coordinates:
                _ring(ring, written)
        case _:
            written += struct.pack("<I", len(coordinates))
            for part in coordinates:
                _write(_PARTS[kind], part, written)


def _ring(ring: Any, written: bytearray) -> None:  # noqa: ANN401  as JSON has it
    if not isinstance(ring, list | tuple):
        raise ShapeError(_ODD.having(kind="Polygon"))
    if len(ring) < _RING or _position(ring[0], "Polygon") != _position(ring[-1], "Polygon"):
        raise ShapeError(_UNCLOSED)
    _positions(ring, "Polygon", written, least=_RING)


def _positions(line: Sequence[Any], kind: str, written: bytearray, *, least: int) -> None:
    if len(line) < least:
        raise ShapeError(_ODD.having(kind=kind))
    if len(line) > limits.VERTICES:
        raise ShapeError(_LONG.having(n=limits.VERTICES))
    written += struct.pack("<I", len(line))
    flat = [value for place in line for value in _position(place, kind)]
    written += struct.pack(f"<{len(flat)}d", *flat)


def _position(place: Any, kind: str) -> tuple[float, float]:  # noqa: ANN401  as JSON has it
    if not isinstance(place, list | tuple) or len(place) < _PAIR:
        raise ShapeError(_ODD.having(kind=kind))
    x, y = place[0], place[1]
    if (
        isinstance(x, bool)
        or isinstance(y, bool)
        or not isinstance(x, int | float)
        or not isinstance(y, int | float)
    ):
        raise ShapeError(_ODD.having(kind=kind))
    try:
        x, y = float(x), float(y)
    except OverflowError:
        raise ShapeError(NOT_FINITE) from None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ShapeError(NOT_FINITE)
    return x, y


KINDS = {code: kind for kind, code in _CODES.items()}


def kind_of(shape: bytes) -> str:
    """Return the kind of a shape that was written here, by its header."""
    return KINDS[struct.unpack_from("<I", shape, 1)[0]]


def bounds(shape: bytes) -> tuple[float, float, float, float]:
    """
    Return west, south, east and north of a shape that was written here, in its own units.

    Examples
    --------
    >>> bounds(wkb("LineString", [[1, 5], [3, 2]]))
    (1.0, 2.0, 3.0, 5.0)
    """
    xs: list[float] = []
    ys: list[float] = []
    _gather(shape, 0, xs, ys)
    return min(xs), min(ys), max(xs), max(ys)


def _gather(shape: bytes, at: int, xs: list[float], ys: list[float]) -> int:
    """Add a shape's coordinates from a byte on; return the byte after it."""
    kind = KINDS[struct.unpack_from("<I", shape, at + 1)[0]]
    at += 5
    if kind == "Point":
        return _take(shape, at, 1, xs, ys)
    (count,) = struct.unpack_from("<I", shape, at)
    at += 4
    if kind == "LineString":
        return _take(shape, at, count, xs, ys)
    for _ in range(count):
        if kind == "Polygon":
            (n,) = struct.unpack_from("<I", shape, at)
            at = _take(shape, at + 4, n, xs, ys)
        else:
            at = _gather(shape, at, xs, ys)
    return at


def _take(shape: bytes, at: int, count: int, xs: list[float], ys: list[float]) -> int:
    flat = struct.unpack_from(f"<{2 * count}d", shape, at)
    xs += flat[::2]
    ys += flat[1::2]
    return at + 16 * count
