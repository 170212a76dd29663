"""Which file comes from where: the ledger `sources.csv`, with a checksum of every file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from data.build_mali.tables import read_table, table_bytes

UNLISTED = {"area.toml", "sources.csv"}
"""The area's description and the ledger itself."""


def ledger_bytes(folder: Path, built: dict[str, bytes]) -> bytes:
    """
    Return the ledger: hand-written facts about each file and the SHA-256 of its bytes.

    Raises
    ------
    ValueError
        If a file of the folder has no row, or a row has no file.
    """
    rows = read_table(folder / "inputs" / "ledger.csv")
    present = {str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()}
    present = (present | set(built)) - UNLISTED
    odd = present ^ {row["file"] for row in rows}
    if odd:
        raise ValueError(f"ledger.csv and the folder differ in: {', '.join(sorted(odd))}")
    return table_bytes([{**row, "sha256": _digest(folder, row["file"], built)} for row in rows])


def _digest(folder: Path, file: str, built: dict[str, bytes]) -> str:
    content = built[file] if file in built else (folder / file).read_bytes()
    return hashlib.sha256(content).hexdigest()
