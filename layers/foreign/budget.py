"""Budget: what looking at one file may cost, by what it is and how large it is."""

from __future__ import annotations

from dataclasses import dataclass

from layers.foreign import limits

_PBF_HEADER = b"\x0a\x09OSMHeader"
"""How the first block of an OpenStreetMap extract begins, behind four bytes that give its length."""
_LENGTH_BYTES = 4
_LONGEST_HEADER = 64 * 1024
"""Length that the format allows the header of a block [bytes]."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of the process that parses one file."""

    memory_bytes: int
    """Address space."""
    processor_s: int
    wall_s: float


def is_pbf(head: bytes) -> bool:
    """Tell whether a file that begins so is an OpenStreetMap extract (PBF)."""
    length = int.from_bytes(head[:_LENGTH_BYTES], "big")
    return 0 < length <= _LONGEST_HEADER and head[_LENGTH_BYTES:].startswith(_PBF_HEADER)


def budget_of(head: bytes, size_bytes: int) -> Budget:
    """
    Return the budget of a file.

    Parameters
    ----------
    head
        How it begins.
    size_bytes
        Its size.

    Notes
    -----
    All files have one budget, but extracts of OpenStreetMap: of these a country is wanted, not a table. Up to
    `limits.EXTRACT_PLAIN_BYTES` they have the same; beyond, memory and time grow with the size.
    """
    if not is_pbf(head) or size_bytes <= limits.EXTRACT_PLAIN_BYTES:
        return Budget(limits.MEMORY_BYTES, limits.PROCESSOR_S, limits.WALL_S)
    beyond = size_bytes - limits.EXTRACT_PLAIN_BYTES
    memory = min(limits.MEMORY_BYTES + limits.EXTRACT_MEMORY * beyond, limits.EXTRACT_MEMORY_BYTES)
    more_s = limits.EXTRACT_S * beyond / limits.MIB
    return Budget(
        memory_bytes=int(memory),
        processor_s=int(limits.PROCESSOR_S + more_s),
        wall_s=limits.WALL_S + 1.5 * more_s,
    )
