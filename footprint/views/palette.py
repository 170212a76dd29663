"""Say which colour stands for what, on the map and in its legend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from footprint.indicators.levels import Divergence, Side
from footprint.language import Language, msgid
from footprint.views.colours import COVERAGE, LAND, SIDES
from footprint.views.escaping import escape

CELL_OPACITY = 0.78
"""Opacity of cells on a map; the ground shows faintly through."""

NO_DATA_CLASS = 255
"""Class number of cells without data."""
NOT_REACHED_CLASS = 254
"""Class number of cells whose value is infinite."""

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")

Rgba = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0-255 each."""

COVERAGE_COLOURS = dict(zip(Divergence, COVERAGE, strict=True))

COVERAGE_LABELS = {
    Divergence.BOTH: msgid("Both: troops could arrive, and tier I or III could be there"),
    Divergence.FORCE_ONLY: msgid("Force only: could arrive, could not act as a mission"),
    Divergence.CIVILIAN_AND_POLICE_ONLY: msgid(
        "Civilian and police only: present, troops cannot come in time"
    ),
    Divergence.NEITHER: msgid("Neither"),
    Divergence.FORCE_REST_UNKNOWN: msgid("Troops could arrive; tiers I and III not known"),
    Divergence.NOT_KNOWN: msgid("Troops cannot arrive in time; tiers I and III not known"),
}


SIDE_COLOURS = dict(zip(Side, SIDES, strict=True))


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One row of a legend: a colour, perhaps hatched, and what it means."""

    colour: str
    """Hexadecimal colour, "#RRGGBB", as it looks on the map."""
    label: str
    hatched: bool = False

    def __post_init__(self) -> None:
        """Refuse anything but a colour, so that no style can be smuggled in."""
        _rgb(self.colour)


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours of a map mean."""

    title: str
    rows: tuple[LegendRow, ...] = ()
    notes: tuple[str, ...] = ()
    """Lines in small print: what the numbers are, their date, what is left out."""

    def body(self) -> str:
        """Return the rows and notes as escaped HTML, styled by class but for the colours."""
        rows = "".join(
            f'<div class="fp-row"><i class="fp-swatch{" fp-hatched" if row.hatched else ""}"'
            f' style="background-color:{row.colour}"></i><span>{escape(row.label)}</span></div>'
            for row in self.rows
        )
        notes = "".join(f'<p class="fp-note">{escape(note)}</p>' for note in self.notes)
        return rows + notes


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Cells sorted into classes, with the colours of the classes and what they mean."""

    classes: NDArray[np.uint8] = field(repr=False)
    """Class of each cell, shape (n_cells,); classes without a colour stay clear."""
    colours: tuple[Rgba, ...]
    legend: Legend
    hatched: NDArray[np.bool_] | None = field(default=None, repr=False)
    """Cells struck through, shape (n_cells,)."""


def classify(values: ArrayLike, breaks: Sequence[float]) -> NDArray[np.uint8]:
    """
    Sort values into classes.

    Parameters
    ----------
    values
        Any amounts, shape (n,).
    breaks
        Ascending upper limits of all classes but the last, each inclusive.

    Returns
    -------
    NDArray[np.uint8]
        Class of each value: 0 up to the first limit, and so on; `NOT_REACHED_CLASS`
        for inf, `NO_DATA_CLASS` for NaN, shape (n,).

    Examples
    --------
    >>> classify([1.0, 2.0, 2.1, float("inf"), float("nan")], [2.0]).tolist()
    [0, 0, 1, 254, 255]
    """
    numbers = np.asarray(values, dtype=np.float64)
    if list(breaks) != sorted(set(breaks)):
        raise ValueError("class limits must ascend")
    classes = np.searchsorted(np.asarray(breaks, dtype=np.float64), numbers, side="left").astype(np.uint8)
    classes[np.isposinf(numbers)] = NOT_REACHED_CLASS
    classes[np.isnan(numbers)] = NO_DATA_CLASS
    return classes


def palette(colours: Sequence[str]) -> tuple[Rgba, ...]:
    """Return hexadecimal `colours` as red, green and blue, opaque."""
    return tuple(rgba(colour, 255) for colour in colours)


def coverage_legend(
    language: Language,
    notes: tuple[str, ...] = (),
    *,
    classes: NDArray[np.uint8] | None = None,
    hatched: bool = False,
) -> Legend:
    """
    Return the legend of the divergence map.

    The four classes always, what is not known and the row of hatched cells if there are any.
    """
    rows = tuple(
        LegendRow(on_land(COVERAGE_COLOURS[kind]), language.text(label))
        for kind, label in COVERAGE_LABELS.items()
        if kind <= Divergence.NEITHER or (classes is not None and (classes == kind).any())
    )
    if hatched:
        bare = language.text("Hatched: no physical protection (presence, back-up or surgery is missing)")
        rows = (*rows, LegendRow(on_land(COVERAGE_COLOURS[Divergence.NEITHER]), bare, hatched=True))
    return Legend(language.text("Who could reach, with what"), rows, notes)


def on_land(colour: str) -> str:
    """Return what `colour` looks like where cells lie over land, for legends."""
    pairs = zip(_rgb(colour), _rgb(LAND), strict=True)
    blend = (round(CELL_OPACITY * top + (1 - CELL_OPACITY) * under) for top, under in pairs)
    return "#" + "".join(f"{part:02X}" for part in blend)


def rgba(colour: str, opacity: int) -> Rgba:
    """Return a hexadecimal colour with an opacity (0-255)."""
    return (*_rgb(colour), opacity)


def _rgb(colour: str) -> tuple[int, int, int]:
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{colour!r} is no colour of the form #RRGGBB")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
