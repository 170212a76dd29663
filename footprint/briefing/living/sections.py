"""Sections: arrays of numbers as one compressed text, from which a browser reads them back exactly."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FLOAT, _WIDEST = "f4", 3


class Sections:
    """
    Arrays by name, laid one after the other.

    Bytes of a kind stand together, all lowest ones first: that compresses best, and alignment is no matter.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self.index: dict[str, list[Any]] = {}
        self._parts: list[bytes] = []
        self._size = 0

    def whole(self, name: str, values: NDArray[Any], *, rising: bool = False) -> None:
        """
        Add whole numbers of up to three bytes.

        Parameters
        ----------
        name
            By which they are found again.
        values
            Not negative.
        rising
            Whether they never fall, so that their steps are kept in their place.
        """
        flat = np.asarray(values, dtype=np.int64).ravel()
        kept = np.diff(flat, prepend=0) if rising else flat
        if kept.size and (kept.min() < 0 or kept.max() >= 1 << (8 * _WIDEST)):
            raise ValueError(f"section {name!r} holds {kept.min()} to {kept.max()}")
        width = next(n for n in range(1, _WIDEST + 1) if not kept.size or kept.max() < 1 << (8 * n))
        planes = [((kept >> (8 * n)) & 0xFF).astype(np.uint8).tobytes() for n in range(width)]
        self._add(name, f"u{width}", flat.size, b"".join(planes), rising=rising)

    def real(self, name: str, values: NDArray[Any]) -> None:
        """Add numbers in single precision."""
        flat = np.ascontiguousarray(values, dtype="<f4").ravel()
        planes = flat.view(np.uint8).reshape(-1, 4).T
        self._add(name, _FLOAT, flat.size, np.ascontiguousarray(planes).tobytes(), rising=False)

    def text(self) -> str:
        """Return all of them compressed (raw deflate, RFC 1951) in the letters of base 64."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(b"".join(self._parts)) + packer.flush()
        return base64.b64encode(packed).decode("ascii")

    def _add(self, name: str, kind: str, count: int, content: bytes, *, rising: bool) -> None:
        self.index[name] = [kind, self._size, count, int(rising)]
        self._parts.append(content)
        self._size += len(content)
