"""The programs name no place of the bundled case: what is said of a country stands in its data."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "data" / "mali"
PACKAGES = ("footprint", "layers")
KINDS = (".py", ".toml", ".js", ".css")

ORDINARY = frozenset({"Bac", "Ber", "Bla", "Dia", "Embranchement", "San"})
"""Names that are also words of English, French or code."""

ALSO = frozenset({"MINUSMA", "Malian", "malien", "malienne", "Timbuktu"})
"""Other words for the country, its places and its mission."""

CODES = re.compile(r"\bML\d+\b|\bMLI\b|\b[\"']ML[\"']")
"""P-codes and country codes of the case."""


def _properties(name: str, *columns: str) -> Iterator[str]:
    features = json.loads((CASE / name).read_text(encoding="utf-8"))["features"]
    yield from (str(feature["properties"][column]) for feature in features for column in columns)


def _cells(name: str, column: str) -> Iterator[str]:
    with (CASE / name).open(encoding="utf-8") as file:
        yield from (row[column] for row in csv.DictReader(file))


def _said() -> Iterator[str]:
    area = tomllib.loads((CASE / "area.toml").read_text(encoding="utf-8"))
    yield from area["name"].values()
    yield from area["focus"]


def names() -> frozenset[str]:
    """Return every proper name in the bundled layers, numbers of roads and plain words left out."""
    found = {*_said(), *_cells("sites.csv", "name"), *_cells("places.csv", "name")}
    for name in ("regions", "cercles", "country", "rivers", "lakes", "flood_zones", "roads"):
        found |= {*_properties(f"{name}.geojson", "name")}
    parts = {part.strip() for name in found for part in re.split(r"[,()/–]| - ", name)}
    proper = {part for part in parts if part[:1].isupper() and not re.fullmatch(r"R[NR]?\s?\d+.*", part)}
    return frozenset(proper | ALSO) - ORDINARY


def lines(package: str) -> Iterator[tuple[str, int, str]]:
    """Yield file, number and text of every line of a package; titles of sources are bibliography."""
    for path in sorted((ROOT / package).rglob("*")):
        if path.suffix not in KINDS or "__pycache__" in path.parts:
            continue
        table = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if path.suffix == ".toml" and line.startswith("["):
                table = line
            if table != "[sources]":
                yield path.relative_to(ROOT).as_posix(), number, line


def naming(package: str) -> list[str]:
    """Return where a package names a place or a code of the case."""
    pattern = re.compile(
        rf"(?<!\w)({'|'.join(map(re.escape, sorted(names(), key=len, reverse=True)))})(?!\w)"
    )
    return [
        f"{file}:{number}: {found[0]}"
        for file, number, line in lines(package)
        for found in (*pattern.finditer(line), *CODES.finditer(line))
    ]


def test_the_names_looked_for_are_there():
    assert {"Mali", "Mopti", "Ségou", "Niger", "Gao", "Lac Débo"} <= names()
    assert len(names()) > 100


@pytest.mark.parametrize("package", PACKAGES)
def test_no_program_names_a_place_of_the_bundled_case(package):
    assert naming(package) == []
