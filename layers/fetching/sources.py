"""Sources: what can be fetched by name, as a file states it: publisher, licence, addresses, sizes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from layers.errors import Fault, LayerError
from layers.sentences import say

_TEXTS = ("title", "publisher", "licence", "citation", "page", "checked")
_KEYS = {*_TEXTS, "index", "files", "note", "years", "year"}
_FILE_KEYS = {"url", "file", "size_mb", "most_mb", "formats", "sha256", "level"}
_PLACE = re.compile(r"\{([A-Za-z0-9_]+)\}")
_PLACES = {"ISO3", "iso3", "iso2", "ISO2", "year", "region", "slug"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_CODE = re.compile(r"[A-Z]{3}")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
MOST_MB = 2000
"""Cap on a file whose source states none [MB]."""


class Index(StrEnum):
    """What stands at the address of a file."""

    NONE = "none"
    """The file itself."""
    GEOBOUNDARIES = "geoboundaries"
    """What geoBoundaries says of a boundary: its file, licence and year."""
    CKAN = "ckan"
    """What a CKAN server says of a package: its resources."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source."""

    url: str
    """Template of its address, or of what says where it is."""
    file: str
    """Template of the name it is kept under."""
    size_mb: float | None
    """About how large it is, None where that hangs on the country and is not known [MB]."""
    most_mb: float
    """More than this is not taken [MB]."""
    formats: tuple[str, ...] = ()
    """Formats of a package's resources that are taken, the best first."""
    sha256: str = ""
    """Checksum, where the publisher states one for good."""


@dataclass(frozen=True, slots=True)
class PublicSource:
    """A source that can be fetched from by name."""

    name: str
    title: str
    publisher: str
    licence: str
    citation: str
    page: str
    """Page where a person finds it by hand."""
    checked: str
    """Day on which its addresses were last tried, "" for never."""
    index: Index
    files: tuple[SourceFile, ...]
    note: str
    year: int | None
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class CountryWords:
    """How sources call a country."""

    iso3: str
    iso2: str
    name: str
    region: str
    """Path of its extract of OpenStreetMap, "" where not known."""


@dataclass(frozen=True, slots=True)
class SourceList:
    """All that can be fetched."""

    sources: Mapping[str, PublicSource]
    countries: Mapping[str, CountryWords]

    def source(self, name: str) -> PublicSource:
        """Return a source by its name, or raise with those there are."""
        if name in self.sources:
            return self.sources[name]
        remedy = say("Name one of: {known}.", known=", ".join(self.sources))
        raise LayerError([Fault(name, say("no source has this name"), remedy)])

    def country(self, code: str) -> CountryWords:
        """Return how sources call a country, by its three letters, or raise."""
        if code.upper() in self.countries:
            return self.countries[code.upper()]
        known = ", ".join(sorted(self.countries))
        problem = say("no country has this code of three letters (ISO 3166)")
        raise LayerError([Fault(code, problem, say("Name one of: {known}.", known=known))])


def filled(
    template: str, source: PublicSource, country: CountryWords | None, year: int | None, file: str
) -> str:
    """
    Return an address or a name with its places filled.

    Parameters
    ----------
    country, year
        What was asked for; None where nothing was.
    file
        What is fetched, for the words of a refusal.

    Raises
    ------
    LayerError
        If a place needs a country, a year or a region that was not named or is not known.
    """
    needed = set(_PLACE.findall(template))
    if needed - {"year"} and country is None:
        raise LayerError(
            [Fault(file, say("it is kept by country"), say("Add --country with its three letters."))]
        )
    if "region" in needed and country is not None and not country.region:
        remedy = say("Look for it on {page}.", page=source.page)
        raise LayerError(
            [Fault(file, say("the region of {country} is not known", country=country.name), remedy)]
        )
    chosen = year or source.year
    if "year" in needed:
        first, last = source.years or (0, 0)
        if chosen is None or not first <= chosen <= last:
            problem = say("it has the years {first} to {last}", first=str(first), last=str(last))
            raise LayerError([Fault(file, problem, say("Add --year with one of them."))])
    values = {"year": str(chosen)}
    if country is not None:
        values |= {
            "ISO3": country.iso3,
            "iso3": country.iso3.lower(),
            "ISO2": country.iso2,
            "iso2": country.iso2.lower(),
            "region": country.region,
            "slug": re.sub(r"[^a-z]+", "-", country.name.lower()).strip("-"),
        }
    return _PLACE.sub(lambda place: values[place[1]], template)


def read_sources_file(path: Path) -> SourceList:
    """
    Return the sources that a TOML file states.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = say("it does not read as TOML: {why}", why=str(error))
        raise LayerError([Fault(path.name, problem, say("Correct it."))]) from error
    faults: list[Fault] = []
    sources = {name: _source(name, table, path.name, faults) for name, table in _tables(content, "sources")}
    countries = {
        code: _country(code, table, path.name, faults) for code, table in _tables(content, "countries")
    }
    if faults:
        raise LayerError(faults)
    return SourceList(
        {name: each for name, each in sources.items() if each},
        {code: each for code, each in countries.items() if each},
    )


def _tables(content: Mapping[str, Any], key: str) -> list[tuple[str, Mapping[str, Any]]]:
    tables = content.get(key, {})
    return [(name, table) for name, table in tables.items() if isinstance(table, dict)]


def _source(name: str, table: Mapping[str, Any], file: str, faults: list[Fault]) -> PublicSource | None:
    """Return one source; faults go to `faults`."""
    began = len(faults)
    for key in sorted(table.keys() - _KEYS):
        _blame(faults, file, f"sources.{name}.{key}", "unknown")
    for key in _TEXTS:
        if not isinstance(table.get(key), str):
            _blame(faults, file, f"sources.{name}.{key}", "text")
    entries = table.get("files")
    if not isinstance(entries, list) or not entries:
        _blame(faults, file, f"sources.{name}.files", "text")
    if table.get("index", "none") not in list(Index):
        _blame(faults, file, f"sources.{name}.index", "unknown")
    years = _YEARS.fullmatch(str(table.get("years", "")))
    if len(faults) > began:
        return None
    files = [_file(name, entry, file, faults) for entry in table["files"]]
    return PublicSource(
        name=name,
        **{key: table[key] for key in _TEXTS},
        index=Index(table.get("index", "none")),
        files=tuple(each for each in files if each),
        note=str(table.get("note", "")),
        year=table.get("year"),
        years=(int(years[1]), int(years[2])) if years else None,
    )


def _file(name: str, entry: object, file: str, faults: list[Fault]) -> SourceFile | None:
    """Return one file of a source; faults go to `faults`."""
    began, within = len(faults), f"sources.{name}.files"
    table: Mapping[str, Any] = entry if isinstance(entry, dict) else {}
    for key in ("url", "file"):
        text = table.get(key)
        if not isinstance(text, str) or set(_PLACE.findall(text)) - _PLACES:
            _blame(faults, file, f"{within}.{key}", "text")
    for key in sorted(table.keys() - _FILE_KEYS):
        _blame(faults, file, f"{within}.{key}", "unknown")
    kept = PurePosixPath(str(table.get("file", "")))
    if len(faults) == began and not _NAME.fullmatch(_PLACE.sub("x", kept.as_posix())):
        _blame(faults, file, f"{within}.file", "text")
    if len(faults) > began:
        return None
    size = table.get("size_mb")
    return SourceFile(
        url=table["url"],
        file=table["file"],
        size_mb=None if size is None else float(size),
        most_mb=float(table.get("most_mb", MOST_MB)),
        formats=tuple(table.get("formats", ())),
        sha256=str(table.get("sha256", "")).lower(),
    )


def _country(code: str, table: Mapping[str, Any], file: str, faults: list[Fault]) -> CountryWords | None:
    """Return how sources call one country; faults go to `faults`."""
    texts = {key: table.get(key, "") for key in ("iso2", "name", "region")}
    if not _CODE.fullmatch(code) or not all(isinstance(text, str) for text in texts.values()):
        _blame(faults, file, f"countries.{code}", "text")
        return None
    return CountryWords(code, **texts)


def _blame(faults: list[Fault], file: str, key: str, why: str) -> None:
    problem = say("the key is not known") if why == "unknown" else say("it is missing or no text of its kind")
    faults.append(Fault(file, problem, say("Correct it."), key))
