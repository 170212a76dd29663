"""A style sheet whose braces do not match loses every rule behind the gap, and no program says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOOTPRINT = Path(__file__).resolve().parents[2] / "footprint"
SHEETS = sorted(FOOTPRINT.rglob("client/*.css"))


def depths(text: str) -> list[int]:
    """Return how deep each line of a style sheet ends within braces; comments and strings do not count."""
    bare = re.sub(r"/\*.*?\*/", lambda told: "\n" * told.group().count("\n"), text, flags=re.DOTALL)
    bare = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", bare)
    depth, found = 0, []
    for line in bare.splitlines():
        depth += line.count("{") - line.count("}")
        found.append(depth)
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_braces_match(sheet: Path) -> None:
    found = depths(sheet.read_text(encoding="utf-8"))
    assert (min(found), found[-1]) == (0, 0)


def test_a_gap_would_be_seen():
    assert depths("a {b: c}\n@media (d) {e {f: g}\nh {i: j}")[-1] == 1
