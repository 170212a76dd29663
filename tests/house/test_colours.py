"""Colours stand in one table, and every name a script or style sheet asks for is in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from footprint.views import colours

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "footprint" / "views" / "colours.py"
KINDS = {".py", ".js", ".css", ".toml", ".html"}

COLOUR = re.compile(
    r"(?<!&)#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})\b|\b(?:rgb|hsl)a?\(\s*\d|%23[0-9A-Fa-f]{3}"
)
"""A colour as style sheets write it; `&#123;` is a character."""
PROPERTY = re.compile(r"var\(--fp-(?!words-)([\w-]+)\)")
"""A colour by its name; what begins with `words-` is a sentence."""
LOOKED_UP = re.compile(r"(?:colours|\bc)\[\"([\w-]+)\"\]|\[\"(road-\d)\"")


def texts() -> dict[Path, str]:
    files = [path for path in (ROOT / "footprint").rglob("*") if path.suffix in KINDS]
    return {path: path.read_text(encoding="utf-8") for path in files if "__pycache__" not in path.parts}


def asked_for() -> set[str]:
    """Return the names that scripts and style sheets ask for."""
    found: set[str] = set()
    for path, text in texts().items():
        found |= set(PROPERTY.findall(text)) if path != TABLE else set()
        if path.suffix == ".js":
            found |= {name for pair in LOOKED_UP.findall(text) for name in pair if name}
    return found


@pytest.mark.slow
def test_no_colour_stands_outside_the_table():
    outside = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path, text in texts().items()
        if path != TABLE
        for number, line in enumerate(text.splitlines(), 1)
        if COLOUR.search(line)
    ]
    assert outside == []


def test_no_colour_stands_twice_in_the_table():
    written = re.findall(r"\"(#[0-9A-F]{6})\"", TABLE.read_text(encoding="utf-8").split("def faded")[0])
    assert sorted(written) == sorted(set(written))


def test_every_name_asked_for_is_in_the_table_and_every_name_in_it_is_asked_for():
    assert asked_for() == set(colours.CLIENT)


def test_every_value_is_a_colour():
    assert [
        name
        for name, value in colours.CLIENT.items()
        if not re.fullmatch(r"#[0-9A-F]{6}(?:[0-9A-F]{2})?", value)
    ] == []


def test_a_checkout_started_with_streamlit_alone_looks_the_same():
    """Streamlit reads this file itself, so that it cannot read the table."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert theme["primaryColor"] == colours.PRIMARY
    assert theme["backgroundColor"] == colours.PAPER
    assert theme["textColor"] == colours.INK
