"""
A catalogue: which provider's file feeds which layer of an area, whose it is, and what the area is called.

A catalogue is a TOML file, so that another country needs no code. The bundled ones lie in
`data/catalogues`; `layers.formats.registry` lists the readers they may name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pyproj import CRS

from layers.assemble.page import Page
from layers.assemble.plans import LEDGER, LayerPlan, Origin, read_origin, read_plans
from layers.assemble.texts import area_table
from layers.characters import REMEDY, STEERS, steering_keys
from layers.errors import Fault, LayerError
from layers.formats.normal import INDEX
from layers.formats.spelling import Spelling
from layers.manifest import manifest_faults
from layers.sentences import say

OWN = "catalogue.toml"
"""Name of a catalogue that lies beside the files it names."""

_TABLES = ("area", "spelling", "layers", "objectives")
_AREA = (
    "area_id",
    "crs",
    "frame_date",
    "cell_km",
    "languages",
    "start_focus",
    "name",
    "disclaimer",
    "focus",
    "calendar",
    "seasons",
    "units",
)


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Everything needed to build an area folder from a folder of provider files."""

    name: str
    """Name of its file, for messages."""
    area: Mapping[str, Any]
    """What goes into `area.toml` as it stands."""
    plans: tuple[LayerPlan, ...]
    """In the order of the ledger."""
    spelling: Spelling
    objectives: tuple[Mapping[str, Any], ...]
    objectives_origin: Origin | None

    @property
    def crs(self) -> CRS:
        """Reference system of the area [m]."""
        return CRS(self.area["crs"])

    @property
    def frame_date(self) -> date:
        """Day the review looks at unless told otherwise."""
        day: date = self.area["frame_date"]
        return day

    @property
    def sources(self) -> tuple[str, ...]:
        """Every provider's file it names, relative to the source, each once."""
        named = (file for plan in self.plans for step in plan.steps for file in step.files.values())
        return tuple(dict.fromkeys(named))

    def missing(self, source: Path) -> tuple[str, ...]:
        """Return the files it names that are not in `source`."""
        return tuple(name for name in self.sources if not _is_there(source / name))


def _is_there(path: Path) -> bool:
    """Tell whether a provider's file is there, or its normalised form, which is a folder."""
    return path.is_file() or (path / INDEX).is_file()


def read_catalogue(path: Path) -> Catalogue:
    """
    Read a catalogue.

    Raises
    ------
    LayerError
        With every key that is missing, not known or makes no sense, and what to write.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LayerError([Fault(path.name, say("it cannot be opened"), say("Allow reading it."))]) from error
    except (ValueError, RecursionError) as error:
        problem = say("it does not read as TOML ({reason})", reason=str(error))
        raise LayerError([Fault(path.name, problem, say("Mend the line named."))]) from error
    page = Page(path.name)
    for key in content.keys() - set(_TABLES):
        page.blame(key, say("the key is not known"), say("Known are {known}.", known=", ".join(_TABLES)))
    for key in steering_keys(content):
        page.blame(key, STEERS.having(text=say("the text")), REMEDY)
    area = page.table(content, "area", needed=True)
    page.only(area, "area", _AREA)
    spelling = page.table(content, "spelling")
    for name in (name for name, text in spelling.items() if not isinstance(text, str)):
        page.blame(f"spelling.{name}", say("it is no text"), say("Write how the name is spelt here."))
    plans = read_plans(page, page.table(content, "layers", needed=True))
    objectives, origin = _objectives(page, page.table(content, "objectives"))
    if not page.faults:
        # What the folder's own door would say, told before anything is read.
        told = manifest_faults(area_table(area, plans, area.get("frame_date")))
        page.faults.extend(Fault(page.file, f.problem, f.remedy, f"area.{f.column}") for f in told)
    if page.faults:
        raise LayerError(page.faults)
    return Catalogue(path.name, area, plans, spelling, objectives, origin)


def find_catalogue(source: Path, catalogues: Path, named: str | None = None) -> Catalogue:
    """
    Return the catalogue to build from.

    Parameters
    ----------
    source
        Folder of provider files.
    catalogues
        Folder of the bundled catalogues.
    named
        Path of a catalogue, or name of a bundled one, for instance "mali".

    Returns
    -------
    Catalogue
        The one named; else the source's own `catalogue.toml`; else the bundled one whose
        files are all there, the one with most files if several are.

    Raises
    ------
    LayerError
        If there is none of that name, if it has faults, or if files are missing: all that
        it names, or all that the bundled one names that lacks fewest.
    """
    if named is not None:
        return _whole(read_catalogue(_named(catalogues, named)), source)
    if (source / OWN).is_file():
        return _whole(read_catalogue(source / OWN), source)
    bundled = [read_catalogue(path) for path in sorted(catalogues.glob("*.toml"))]
    if not bundled:
        problem = say("no catalogue says what its files are")
        remedy = say("Put {file} beside them, or name one.", file=OWN)
        raise LayerError([Fault(source.name, problem, remedy)])
    nearest = min(bundled, key=lambda known: (len(known.missing(source)), -len(known.sources), known.name))
    return _whole(nearest, source)


def _named(catalogues: Path, named: str) -> Path:
    """Return the file of a catalogue named by its path or, if bundled, by its name."""
    for path in (Path(named), catalogues / f"{named}.toml"):
        if path.is_file():
            return path
    known = ", ".join(path.stem for path in sorted(catalogues.glob("*.toml")))
    remedy = say("Name a file, or one of: {known}.", known=known)
    raise LayerError([Fault(named, say("there is no such catalogue"), remedy)])


def _whole(catalogue: Catalogue, source: Path) -> Catalogue:
    """Return `catalogue` if all its files are in `source`, or raise naming those that are not."""
    missing = catalogue.missing(source)
    if missing:
        problem = say(
            "it is not in {folder}, and the catalogue {catalogue} reads it",
            folder=repr(source.name),
            catalogue=catalogue.name,
        )
        remedy = say("Put it there, or write {file} for the files you have.", file=OWN)
        raise LayerError([Fault(name, problem, remedy) for name in missing])
    return catalogue


def _objectives(page: Page, table: dict[str, Any]) -> tuple[tuple[dict[str, Any], ...], Origin | None]:
    """Return the objectives and whose they are, none where the catalogue has none; faults go to `page`."""
    if not table:
        return (), None
    page.only(table, "objectives", ("objective", *LEDGER))
    told = table.get("objective")
    if not isinstance(told, list) or not told or not all(isinstance(each, dict) for each in told):
        remedy = say("Write [[{table}]] for each.", table="objectives.objective")
        page.blame("objectives.objective", say("it is no list"), remedy)
        told = []
    return tuple(told), read_origin(page, table, "objectives")
