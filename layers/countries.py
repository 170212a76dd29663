"""
Countries: which there are, what they are called, and their outlines as Natural Earth draws them.

The files are made by `data/build_outlines` and lie in `data/outlines`, so that an area can be
begun without a network. Lines are approximate and are no opinion on any boundary: what is
disputed about a country stands in its notes.
"""

from __future__ import annotations

import csv
import difflib
import json
import lzma
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from layers.errors import Fault, LayerError
from layers.sentences import say

INDEX = "countries.csv"
PROPOSALS = "proposals.csv"
DISPUTED = "disputed.csv"

ENDING = ".json.xz"

_NEAR_DEG = 2.0
"""How near an outline a disputed area is told of [degrees]."""

_OFFERED = 8
"""Most countries named in a message."""


@dataclass(frozen=True, slots=True)
class Country:
    """One country of Natural Earth."""

    iso3: str
    iso2: str
    names: tuple[tuple[str, str], ...]
    """Pairs of language and name."""
    other_names: tuple[str, ...]
    """What people write besides."""
    units: int
    """First-level units."""
    notes: tuple[tuple[str, str], ...]
    """What is disputed about its outline, by language; empty where nothing is said."""

    def name(self, language: str) -> str:
        """Return its name in a language, in English where there is none in it."""
        names = dict(self.names)
        return names.get(language, names["en"])

    def note(self, language: str) -> str:
        """Return what is disputed about its outline, "" where nothing is said."""
        notes = dict(self.notes)
        return notes.get(language, notes.get("en", ""))


@dataclass(frozen=True, slots=True, eq=False)
class FirstLevelUnit:
    """One unit of the first level."""

    unit_id: str
    name: str
    shape: MultiPolygon
    """In longitude and latitude [degrees], cut at the antimeridian where it lies on both sides."""


@dataclass(frozen=True, slots=True)
class DisputedPlace:
    """An area whose status is not settled, by a point inside it."""

    names: tuple[tuple[str, str], ...]
    """Pairs of language and name."""
    longitude: float
    latitude: float

    def name(self, language: str) -> str:
        """Return its name in a language."""
        return dict(self.names)[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryProposal:
    """What stands in the fields when an area of a country is begun, to be changed; empty where not known."""

    unit_words: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    """Singular and plural by language, by level "region" and "district"; a level left out: not known."""
    units_from: str = ""
    """Who names units so."""
    rains: str | None = None
    """Months of rain such as "4-11"; None: not known."""
    start_month: int | None = None
    """In which its year of seasons begins."""
    rains_from: str = ""
    """Who says so of the rains."""


def read_countries(folder: Path) -> tuple[Country, ...]:
    """
    Read which countries there are.

    Parameters
    ----------
    folder
        Folder of outlines, `data/outlines`.

    Returns
    -------
    tuple of Country
        In the order of their ISO 3166 codes of three letters.
    """
    with (folder / INDEX).open(encoding="utf-8", newline="") as file:
        return tuple(_country(row) for row in csv.DictReader(file))


def _country(row: dict[str, str]) -> Country:
    notes = tuple((language, row[f"note_{language}"]) for language in ("en", "fr"))
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"],
        names=tuple((language, row[f"name_{language}"]) for language in ("en", "fr")),
        other_names=tuple(filter(None, row["other_names"].split("|"))),
        units=int(row["units"]),
        notes=tuple((language, note) for language, note in notes if note),
    )


def find_country(countries: Sequence[Country], asked: str) -> Country:
    """
    Return the country that is meant.

    Parameters
    ----------
    countries
        All there are.
    asked
        Its code of three or two letters, or its name in English or French; capitals, accents
        and hyphens do not matter.

    Raises
    ------
    LayerError
        If none is called so, with what is near; or if several are, with all of them.
    """
    key = _key(asked)
    by_code = [each for each in countries if key and key in {_key(each.iso3), _key(each.iso2)}]
    if by_code:
        return by_code[0]
    called = [each for each in countries if key in {_key(name) for name in _names(each)}]
    if len(called) == 1:
        return called[0]
    if called:
        problem = say("several countries are called so: {choices}", choices=_listed(called))
        raise LayerError([Fault(asked, problem, say("Give the code of three letters."))])
    near = _near(countries, key)
    remedy = (
        say("Did you mean {choices}? Give the code of three letters.", choices=_listed(near))
        if near
        else say("footprint area countries lists them all.")
    )
    raise LayerError([Fault(asked, say("no country is called so"), remedy)])


def country_units(folder: Path, country: Country) -> tuple[FirstLevelUnit, ...]:
    """Return a country's first-level units, in the order of their identifiers."""
    content = json.loads(lzma.decompress((folder / f"{country.iso3}{ENDING}").read_bytes()))
    steps = int(content["steps"])
    return tuple(
        FirstLevelUnit(
            each["id"], each["name"], MultiPolygon([_polygon(part, steps) for part in each["rings"]])
        )
        for each in content["units"]
    )


def proposal(folder: Path, country: Country) -> CountryProposal:
    """
    Return what is proposed for an area of a country; nothing is where nothing is known of it.

    Parameters
    ----------
    folder
        Folder of outlines.
    country
        One of `read_countries`.
    """
    with (folder / PROPOSALS).open(encoding="utf-8", newline="") as file:
        row = next((row for row in csv.DictReader(file) if row["iso3"] == country.iso3), None)
    if row is None:
        return CountryProposal()
    words = {
        level: {code: (row[f"{level}_{code}"], row[f"{level}s_{code}"]) for code in ("en", "fr")}
        for level in ("region", "district")
        if row[f"{level}_en"]
    }
    return CountryProposal(
        unit_words=words,
        units_from=row["units_from"],
        rains=row["rains"] or None,
        start_month=int(row["start_month"]) if row["start_month"] else None,
        rains_from=row["rains_from"],
    )


def disputed_places(folder: Path, outline: Iterable[Any]) -> tuple[tuple[DisputedPlace, bool], ...]:
    """
    Return the disputed areas at an outline, and whether each lies inside it.

    Parameters
    ----------
    folder
        Folder of outlines.
    outline
        Polygons in longitude and latitude [degrees].

    Returns
    -------
    tuple
        Of those whose point lies inside, or no farther than two degrees.
    """
    ground = shapely.union_all(list(outline))
    with (folder / DISPUTED).open(encoding="utf-8", newline="") as file:
        places = [
            DisputedPlace(
                tuple((code, row[f"name_{code}"]) for code in ("en", "fr")),
                float(row["longitude"]),
                float(row["latitude"]),
            )
            for row in csv.DictReader(file)
        ]
    points = [shapely.Point(each.longitude, each.latitude) for each in places]
    return tuple(
        (each, bool(ground.contains(point)))
        for each, point in zip(places, points, strict=True)
        if ground.distance(point) <= _NEAR_DEG
    )


def _polygon(rings: list[list[int]], steps: int) -> Polygon:
    """Return a polygon from the steps between its points, the outer ring first."""
    drawn = [np.cumsum(np.reshape(ring, (-1, 2)), axis=0) / steps for ring in rings]
    return Polygon(drawn[0], drawn[1:])


def whole(units: Iterable[FirstLevelUnit]) -> Any:  # noqa: ANN401  shapely is not typed
    """Return units as one outline in longitude and latitude."""
    return shapely.union_all([unit.shape for unit in units])


def _names(country: Country) -> tuple[str, ...]:
    return (*(name for _, name in country.names), *country.other_names)


def _key(text: str) -> str:
    """
    Return a name without what people write one way or another.

    Examples
    --------
    >>> _key("Côte d’Ivoire") == _key("COTE D'IVOIRE"), _key("Guinea-Bissau")
    (True, 'guinea bissau')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare.casefold()).split())


def _near(countries: Sequence[Country], key: str) -> list[Country]:
    """Return countries in whose name the word stands, else those spelt nearly so."""
    if not key:
        return []
    within = [each for each in countries if any(key in _key(name) for name in _names(each))]
    if within:
        return within[:_OFFERED]
    by_name = {_key(name): each for each in countries for name in _names(each)}
    alike = [by_name[name] for name in difflib.get_close_matches(key, by_name, n=3, cutoff=0.75)]
    return [each for at, each in enumerate(alike) if each not in alike[:at]]


def _listed(countries: Iterable[Country]) -> str:
    return ", ".join(f"{each.name('en')} ({each.iso3})" for each in countries)
