"""Fetched: what the ledger of a fetched file says of it, for the ledger of the area it comes into."""

from __future__ import annotations

import json
from pathlib import Path

from layers.characters import printable
from layers.fetching.fetch import LEDGER
from layers.intake.answers import Answers

_LONGEST = 300
_BYTES = 100_000
_NAMES = {"title": "title", "origin": "publisher", "licence": "licence", "date": "edition"}
"""What the ledger of an area takes from which entry of that of a file."""


def answers_beside(path: Path) -> list[Answers]:
    """
    Return what stands in the ledger that lies beside a fetched file; nothing where none does.

    Parameters
    ----------
    path
        The file. Its ledger is text that anybody may have written: only short texts are taken, for the
        ledger of the area alone, and a person sees and corrects them.
    """
    beside = path.with_name(f"{path.name}{LEDGER}")
    try:
        if beside.is_symlink() or beside.stat().st_size > _BYTES:
            return []
        content = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(content, dict):
        return []
    stated = {
        f"ledger.{name}": printable(str(content[key]))[:_LONGEST]
        for name, key in _NAMES.items()
        if isinstance(content.get(key), str) and content[key]
    }
    return [Answers(stated=stated)] if stated else []
