"""What layers are called, how many rows they have, and what a folder leaves unsaid."""

from __future__ import annotations

from footprint.caveats.caveat import Caveat
from footprint.language import msgid
from layers import Area
from layers.manifest import LAYER_FILES, OLD_NAMES

LAYERS = (*LAYER_FILES, *OLD_NAMES.values(), "population", "objectives")
"""Layers that results rest on."""

LAYER_WORDS = {
    "sites": msgid("Sites"),
    "assets": msgid("Assets"),
    "incidents": msgid("Incidents"),
    "roads": msgid("Roads"),
    "rivers": msgid("Rivers"),
    "lakes": msgid("Lakes"),
    "flood_zones": msgid("Flood zones"),
    "country": msgid("Country"),
    "regions": msgid("{Regions}"),
    "districts": msgid("{Districts}"),
    "places": msgid("Towns and villages"),
    "airfields": msgid("Airfields"),
    "population": msgid("Population"),
    "cells": msgid("Cells"),
    "sensitive": msgid("Sensitive places"),
    "objectives": msgid("Objectives"),
    "inputs": msgid("Inputs that layers are made from"),
    "documentation": msgid("Documentation"),
}
"""What each layer is called."""


def layer_words(layer: str) -> str:
    """Return what a layer is called, whichever of its names a file uses."""
    now = {old: name for name, old in OLD_NAMES.items()}.get(layer, layer)
    return LAYER_WORDS.get(now, layer)


def layer_rows(area: Area) -> dict[str, int | None]:
    """
    Return the number of rows of each layer, and of cells; sensitive places are not even counted.

    A layer that the folder does not have is None: nothing is known of it, which is not nought.
    """
    rows = {
        name: None if name in area.absent else len(getattr(area, name))
        for name in LAYER_FILES
        if name != "sensitive"
    }
    return {**rows, "cells": area.grid.n_cells}


_UNSTATED = {
    "rains": msgid("months of rain"),
    "seasons": msgid("seasons"),
    "start_month": msgid("first month of the year of seasons"),
    "units": msgid("words for units"),
}


def absences(area: Area) -> list[Caveat]:
    """Return which layers a folder does not have, and what it leaves unsaid."""
    layers = msgid("Not known, for the folder has no such layer: {layers}.")
    unsaid = msgid("The folder does not state {names}; what is common elsewhere stands in.")
    checks = (
        Caveat("layers_absent", layers, (("layers", tuple(map(layer_words, area.absent))),)),
        Caveat("unstated", unsaid, (("names", tuple(_UNSTATED.get(each, each) for each in area.unstated)),)),
    )
    return [each for each, told in zip(checks, (area.absent, area.unstated), strict=True) if told]
