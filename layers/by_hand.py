"""Layers kept by hand: which of them nobody has filled in yet, and what to do about those that are needed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from layers.errors import Fault, LayerError
from layers.registry import LAYERS
from layers.sentences import Sentence, say
from layers.tables import read_table

_BRING = say("Bring one: footprint area import FOLDER FILE.")

_FILL_IN = say(
    "Fill it in (footprint area columns {layer} says how), or bring a file: "
    "footprint area import FOLDER FILE."
)


def by_hand_check(kept: object) -> tuple[bool, str, Sentence, Sentence]:
    """Return whether the key `by_hand` of an `area.toml` is fine, its name, and what is wrong if not."""
    known = {*LAYERS, "population"}
    fine = isinstance(kept, list) and all(isinstance(name, str) and name in known for name in kept)
    return (
        fine,
        "by_hand",
        say("it is no list of layers"),
        say("Write layers such as sites, or leave it out."),
    )


def filled(folder: Path, files: Mapping[str, str], by_hand: Collection[str]) -> dict[str, str]:
    """
    Return the file of each layer that the folder has.

    Parameters
    ----------
    folder
        An area folder.
    files
        File of each layer that it names.
    by_hand
        Layers kept by hand. Of those that an area may lack, one without rows is left out: nobody has
        filled it in, so what there is is not known, which is another thing than none.
    """
    waiting = {
        name
        for name, file in files.items()
        if name in by_hand
        and name in LAYERS
        and LAYERS[name].empty is not None
        and _without_rows(folder / file)
    }
    return {name: file for name, file in files.items() if name not in waiting}


def waiting_faults(folder: Path, files: Mapping[str, str], by_hand: Collection[str]) -> list[Fault]:
    """Return a fault for each layer kept by hand that an area needs and that has no rows yet."""
    return [
        Fault(file, say("nothing stands in it yet"), _FILL_IN.having(layer=name))
        for name, file in files.items()
        if name in by_hand and _without_rows(folder / file)
    ]


def no_people(file: str, *, there: bool) -> Fault:
    """Return the fault of a population raster that has not been brought, or whose meaning is not stated."""
    if not there:
        return Fault(file, say("there is no raster of the population yet"), _BRING)
    problem = say("whether it counts people by cell or by square kilometre, and in which year, is not stated")
    remedy = say(
        'Write unit = "count" (or "density") and year = 2019 under [layers.population] of '
        "imports/catalogue.toml, and build the folder again."
    )
    return Fault(file, problem, remedy)


def _without_rows(path: Path) -> bool:
    """Tell whether a file is there and holds no rows; what does not read has a fault of its own."""
    if not path.is_file():
        return False
    try:
        return read_table(path).frame.empty
    except LayerError:
        return False
