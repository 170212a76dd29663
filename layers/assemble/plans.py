"""How each layer of an area folder is made: what a catalogue says under `layers`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import PurePosixPath
from typing import Any

from layers.assemble.floods import Zone
from layers.assemble.page import Page
from layers.formats.options import UnfitError
from layers.formats.registry import READERS, Reader
from layers.months import months_mask
from layers.registry import LAYERS
from layers.sentences import say

JOINED = {"roads": 99, "places": 99, "sensitive": 99}
"""Layers that several files may be read for, and how many: a network, seats and towns, lists of places."""

_SHAPED = {"roads", "rivers", "lakes", "flood_zones", "country", "regions", "districts"}
_DRAWN_FROM = {"districts", "rivers", "lakes"}
"""What flood zones are drawn from."""
_INVENTED = ("no", "partly", "yes")


@dataclass(frozen=True, slots=True)
class Origin:
    """What the ledger says of one file of the area folder, but for its name and checksum."""

    title: str
    origin: str
    date: str
    licence: str
    confidence: str
    invented: str = "no"
    note: str = ""


LEDGER = tuple(field.name for field in fields(Origin))


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One reading: a reader of the registry, its files relative to the source, and its options."""

    reader: str
    files: Mapping[str, str]
    """By the reader's own names for them."""
    options: Mapping[str, Any]

    @property
    def known(self) -> Reader:
        """The reader itself."""
        return READERS[self.reader]


@dataclass(frozen=True, slots=True, eq=False)
class LayerPlan:
    """How one layer is made, and what the ledger says of it."""

    layer: str
    file: str
    """Name of the file written."""
    origin: Origin
    steps: tuple[Step, ...]
    """None where the layer comes along with another, is drawn from `zones` or kept by hand."""
    zones: tuple[Zone, ...] = ()
    ledger: str = ""
    """What the ledger calls the layer, "" for its own name: documents quote it, so it outlasts a renaming."""
    by_hand: bool = False
    """Whether its file is kept by hand in the area folder, and carried over as it is."""
    people: Mapping[str, Any] = field(default_factory=dict)
    """Of a population raster kept by hand: its unit and year as far as they are stated."""


def usual_file(layer: str) -> str:
    """
    Return the name a layer's file has unless a catalogue says otherwise.

    Examples
    --------
    >>> usual_file("sites"), usual_file("roads"), usual_file("population")
    ('sites.csv', 'roads.geojson', 'population.tif')
    """
    if layer == "population":
        return "population.tif"
    return f"{layer}.geojson" if layer in _SHAPED else f"{layer}.csv"


def read_origin(page: Page, table: Mapping[str, Any], within: str, *, by_hand: bool = False) -> Origin:
    """Return what the ledger is to say; of a file kept by hand it may be empty. Faults go to `page`."""
    unsaid = "" if by_hand else None
    needed = {
        name: page.text(table, within, name, default=unsaid)
        for name in ("title", "origin", "date", "licence", "confidence")
    }
    invented = page.text(table, within, "invented", default="no")
    if invented not in _INVENTED:
        problem = say("{value} is not known", value=repr(invented))
        page.blame(f"{within}.invented", problem, say("Write no, partly or yes."))
    return Origin(**needed, invented=invented, note=page.text(table, within, "note", default=""))


def read_plans(page: Page, layers: Mapping[str, Any]) -> tuple[LayerPlan, ...]:
    """Return the plan of every layer, in the order of the catalogue; faults go to `page`."""
    names = [*LAYERS, "population"]
    page.only(layers, "layers", names)
    plans = tuple(_plan(page, name, page.table(layers, name)) for name in layers if name in names)
    brought = {name for plan in plans for step in plan.steps for name in step.known.brings}
    needed = {name for name, layer in LAYERS.items() if layer.empty is None} | {"population"}
    for name in names:
        if name in needed and name not in layers:
            remedy = say("Say how it is read; an area needs it.")
            page.blame(f"layers.{name}", say("the layer is missing"), remedy)
    for plan in plans:
        made = plan.steps or plan.zones or plan.by_hand
        if not made and plan.layer not in brought and not page.faults:
            remedy = say("Name a reader and its files.")
            page.blame(f"layers.{plan.layer}.read", say("nothing is read for it"), remedy)
        if plan.steps and plan.layer in brought:
            problem = say("it comes along with another layer")
            page.blame(f"layers.{plan.layer}.read", problem, say("Leave `read` out."))
    _check_by_hand(page, plans, brought)
    if brought - layers.keys():
        for name in sorted(brought - layers.keys()):
            problem = say("the layer comes along and is not named")
            page.blame(f"layers.{name}", problem, say("Say whose it is."))
    return plans


def _check_by_hand(page: Page, plans: tuple[LayerPlan, ...], brought: set[str]) -> None:
    """State what cannot be kept by hand: the outline, what files make too, what zones are drawn from."""
    zones = any(plan.zones for plan in plans)
    for plan in plans:
        if not plan.by_hand:
            continue
        key = f"layers.{plan.layer}.by_hand"
        if plan.layer == "country":
            page.blame(key, say("every other layer is cut to it"), say("Name a reader and its file."))
        if plan.steps or plan.zones or plan.layer in brought:
            problem = say("it is kept by hand and made from files")
            page.blame(key, problem, say("Leave one of the two out."))
        if zones and plan.layer in _DRAWN_FROM:
            problem = say("flood zones are drawn from it")
            page.blame(key, problem, say("Name a reader and its file, or keep the flood zones by hand too."))


def _plan(page: Page, layer: str, table: dict[str, Any]) -> LayerPlan:
    """Return the plan of one layer; faults go to `page`."""
    within = f"layers.{layer}"
    drawn = ("zones",) if layer == "flood_zones" else ()
    by_hand = table.get("by_hand", False)
    if not isinstance(by_hand, bool):
        page.blame(f"{within}.by_hand", say("it is neither true nor false"), say("Write true or false."))
    stated = ("unit", "year") if layer == "population" and by_hand is True else ()
    page.only(table, within, ("file", "ledger", "read", "by_hand", *drawn, *stated, *LEDGER))
    file = page.text(table, within, "file", default=usual_file(layer))
    usual = PurePosixPath(usual_file(layer))
    if PurePosixPath(file).suffix != usual.suffix or PurePosixPath(file).name != file:
        remedy = say("Write a name such as {name}.", name=repr(usual.name))
        page.blame(f"{within}.file", say("{value} will not do", value=repr(file)), remedy)
    entries = table.get("read", [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        remedy = say("Write [[{table}]] for each.", table=f"{within}.read")
        page.blame(f"{within}.read", say("it is no list of readings"), remedy)
        entries = []
    most = JOINED.get(layer, 1)
    if len(entries) > most:
        problem = say("{n} files are read", n=len(entries))
        page.blame(f"{within}.read", problem, say("At most {n} can be joined.", n=most))
    steps = [_step(page, layer, each, f"{within}.read") for each in entries]
    zones = _zones(page, table["zones"], within) if drawn and "zones" in table else ()
    found = tuple(step for step in steps if step is not None)
    ledger = page.text(table, within, "ledger", default="")
    return LayerPlan(
        layer,
        file,
        read_origin(page, table, within, by_hand=by_hand is True),
        found,
        zones,
        ledger,
        by_hand=by_hand is True,
        people={key: table[key] for key in stated if key in table},
    )


def _step(page: Page, layer: str, table: dict[str, Any], within: str) -> Step | None:
    """Return one reading, None where its reader is not known; faults go to `page`."""
    name = table.get("reader")
    fit = [known for known, reader in READERS.items() if layer in reader.feeds]
    if name not in fit:
        page.blame(
            f"{within}.reader",
            say("{reader} reads no {layer}", reader=repr(name), layer=layer),
            say("Name one of: {known}.", known=", ".join(fit))
            if fit
            else say("Nothing can be read for it; leave the layer out."),
        )
        return None
    reader = READERS[str(name)]
    page.only(table, within, ("reader", *reader.files, *reader.options))
    files = {key: page.text(table, within, key) for key in reader.files}
    for key, file in files.items():
        path = PurePosixPath(file)
        if path.is_absolute() or ".." in path.parts or "\\" in file:
            problem = say("{value} leads out of the source", value=repr(file))
            page.blame(f"{within}.{key}", problem, say("Name a file inside it."))
    return Step(str(name), files, _options(page, reader, table, within))


def _options(page: Page, reader: Reader, table: dict[str, Any], within: str) -> dict[str, Any]:
    """Return the options a reading states, as its reader takes them; faults go to `page`."""
    found = {}
    for key, option in reader.options.items():
        if key not in table:
            if option.needed:
                needs = say("The reader {reader} needs it.", reader=repr(table["reader"]))
                page.blame(f"{within}.{key}", say("it is missing"), needs)
            continue
        try:
            found[key] = option.read(table[key])
        except UnfitError as error:
            page.blame(f"{within}.{key}", error.problem, say("Correct it."))
    return found


def _zones(page: Page, entries: object, within: str) -> tuple[Zone, ...]:
    """Return the flood zones to draw; faults go to `page`."""
    remedy = say(
        'Write [[{table}]] with zone_id, name, months = "9-11" and districts = ["…"].',
        table=f"{within}.zones",
    )
    zones = []
    for table in entries if isinstance(entries, list) else [None]:
        zone = _zone(table) if isinstance(table, dict) else None
        if zone is None:
            page.blame(f"{within}.zones", say("a zone is not complete, or says more"), remedy)
        else:
            zones.append(zone)
    return tuple(zones)


def _zone(table: Mapping[str, Any]) -> Zone | None:
    """Return one flood zone, None if anything is missing, more or no list of months."""
    texts = ("zone_id", "name", "months")
    if table.keys() != {*texts, "districts"} or not _texts(table["districts"]):
        return None
    if not all(isinstance(table[key], str) for key in texts):
        return None
    try:
        months_mask(table["months"])
    except ValueError:
        return None
    return Zone(table["zone_id"], table["name"], tuple(table["districts"]), table["months"])


def _texts(entries: object) -> bool:
    """Tell whether `entries` is a list of texts with at least one."""
    return isinstance(entries, list) and bool(entries) and all(isinstance(each, str) for each in entries)
