"""Health of a store, asked without opening it for writing: counts alone, nothing of what desks hold."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """What there is to tell of a store without a word of what is in it."""

    is_sound: bool
    """Whether the database finds itself whole and is one of ours."""
    version: str
    """Migration it stands at, "" where it does not say."""
    desks: int | None
    steps: int | None
    size_bytes: int


def store_health(path: Path) -> StoreHealth | None:
    """
    Tell how a store fares; nothing of it is changed.

    Parameters
    ----------
    path
        File of the store.

    Returns
    -------
    StoreHealth or None
        None where there is no such file.
    """
    if not path.is_file():
        return None
    parts = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]
    size_bytes = sum(part.stat().st_size for part in parts if part.is_file())
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as database:
            (sound,) = database.execute("PRAGMA quick_check(1)").fetchone()
            version = database.execute("SELECT version_num FROM alembic_version").fetchone()
            (desks,) = database.execute("SELECT count(*) FROM desk").fetchone()
            (steps,) = database.execute("SELECT count(*) FROM step").fetchone()
    except sqlite3.Error:
        return StoreHealth(is_sound=False, version="", desks=None, steps=None, size_bytes=size_bytes)
    return StoreHealth(sound == "ok", str(version[0]) if version else "", desks, steps, size_bytes)


def sqlite_version() -> str:
    """Return the version of the database."""
    return sqlite3.sqlite_version
