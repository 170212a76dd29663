"""
What the commands said before the house was moved, as hashes, and how to make them.

    python -m tests.golden.moved AREA        print the hash of every document of an area folder

A document is compared without what the move brings: its provenance and the identifiers
derived from content. All the rest, order and digits included, must be the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from footprint.cli.main import app

SITE = ("--at", "-3.52,14.07", "--assets", "infantry_company=1,community_liaison=1,civil_affairs_team=1")
COMMANDS = {
    "review": ("review", "--all"),
    "review threat": ("review", "--all", "--measure", "threat"),
    "site": ("site", *SITE),
    "hotspots": ("hotspots",),
    "calendar": ("calendar",),
    "calendar cell": ("calendar", "--by", "cell"),
}
"""Options of each document; the area folder comes after the command."""

NEW = {"provenance", "digest", "sha256", "scenario_id"}
"""Keys that the move adds or whose identifiers it derives anew, wherever they stand."""

COMPARED = {"first", "second"}
"""Keys of a comparison that hold identifiers of scenarios; elsewhere they are figures."""


def settled(value: Any, key: str = "") -> Any:
    """Return a document without what the move may change."""
    if isinstance(value, list):
        return [settled(each, key) for each in value]
    if isinstance(value, dict):
        ids = COMPARED if "months_changed" in value else set()
        return {name: settled(each, name) for name, each in value.items() if name not in NEW | ids}
    return value


def settled_hash(text: str) -> str:
    """Return the hash of a document's text without what the move may change."""
    plain = json.dumps(settled(json.loads(text)), ensure_ascii=False, indent=2)
    return hashlib.sha256(plain.encode()).hexdigest()


def said(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every document of an area folder."""
    for name, (command, *options) in COMMANDS.items():
        result = CliRunner().invoke(app, [command, str(folder), *options, "--json"], catch_exceptions=False)
        yield name, result.stdout


if __name__ == "__main__":
    for name, text in said(Path(sys.argv[1])):
        print(f"{name}\t{settled_hash(text)}")
