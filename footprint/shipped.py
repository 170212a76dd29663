"""Folders of data that ship with the program: in a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(inside: Path, beside: Path) -> Path:
    """Return a file or folder: a wheel carries it inside the package, a checkout has it beside it."""
    carried = _PACKAGE / inside
    return carried if carried.exists() else _PACKAGE.parent / beside


def bundled_case() -> Path:
    """Return the area folder that ships with the project."""
    return shipped(Path("data") / "mali", Path("data") / "mali")


def outlines() -> Path:
    """Return the folder of outlines that comes with the program."""
    return bundled_case().parent / "outlines"
