"""Show where violence gathers and when it returns: maps of cells, and twelve small maps on one scale."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from footprint.access.isolation import PatrolAccess, Return, returns
from footprint.language import Language, msgid
from footprint.views.colours import (
    BY_PEOPLE,
    COLD,
    GRID,
    HATCH,
    HEAT,
    INK,
    MUTED,
    NO_DATA,
    NO_INCIDENTS,
    NO_PATTERN,
    PATTERNS,
    RETURNS,
    SWATCH_EDGE,
    WORDS,
)
from footprint.views.escaping import escape, tag
from footprint.views.palette import Legend, LegendRow, Picture, on_land, palette, rgba
from footprint.views.raster import MercatorFrame, paint
from footprint.violence import ViolencePatterns
from footprint.violence.hotspots import HotspotClass, Hotspots, disc_kernel
from footprint.violence.hotspots.gistar import window_sums
from footprint.violence.hotspots.words import PATTERN_LABELS, steps_words
from footprint.violence.seasonality import Recurrence
from footprint.violence.study_area import StudyArea


class HotspotView(StrEnum):
    """What the map of the Hotspots page shows."""

    ALL_MONTHS = "all_months"
    THIS_MONTH = "this_month"
    EXCESS = "excess"
    CLASSES = "classes"
    DISTRICTS = "cercles"
    DISCS = "discs"


HOTSPOT_VIEW_LABELS = {
    HotspotView.ALL_MONTHS: msgid("Hotspots, all months together"),
    HotspotView.THIS_MONTH: msgid("Hotspots of this month"),
    HotspotView.EXCESS: msgid("More than its people would explain"),
    HotspotView.CLASSES: msgid("Classes over the years"),
    HotspotView.DISTRICTS: msgid("Months that return, by {district}"),
    HotspotView.DISCS: msgid("Months that return, within 50 km"),
}
HOTSPOT_VIEW_HELP = {
    HotspotView.ALL_MONTHS: msgid(
        "Colour: incidents around each cell. Hatched: no more than chance would gather there."
    ),
    HotspotView.THIS_MONTH: msgid(
        "As above, with incidents of this month alone, all years together. Fewer incidents, so fewer "
        "findings."
    ),
    HotspotView.EXCESS: msgid(
        "Circles that hold more incidents than their people would bring, none overlapping another. A "
        "question of its own: where violence gathers beyond chance is another map."
    ),
    HotspotView.CLASSES: msgid(
        "What each cell's years say: newly busy, busy throughout, on and off, or busy in one season."
    ),
    HotspotView.DISTRICTS: msgid(
        "{Districts} in which the same months are busier than their own year, year after year."
    ),
    HotspotView.DISCS: msgid(
        "The same within 50 km of every 25 km cell. Neighbouring cells share incidents, so count areas, "
        "not cells."
    ),
}

PATTERN_COLOURS = dict(zip(PATTERN_LABELS, PATTERNS, strict=True))

RETURN_LABELS = {
    Return.CUT_OFF: msgid("Returns in this month, and cut off in it"),
    Return.NEVER_REACHED: msgid("Returns in this month, beyond patrols in every month"),
    Return.REACHED: msgid("Returns in this month"),
    Return.OTHER_MONTHS: msgid("Returns in other months"),
    Return.NO_PATTERN: msgid("No pattern found"),
    Return.NOT_TESTED: msgid("Too few incidents or years to tell"),
}
RETURN_COLOURS = dict(zip(Return, RETURNS, strict=True))

NOT_COMPARED = 255
"""Class of cells that no test compared; left clear."""
_NICE = (1, 2, 5)
_SMALL_STEP = 5
_SMALL_COLOURS = (NO_INCIDENTS, *HEAT)
_SMALL_HATCH = rgba(INK, 110)


def hotspot_picture(violence: ViolencePatterns, spots: Hotspots, language: Language) -> Picture:
    """
    Return the incidents around each cell, hatched where they are no hotspot.

    Parameters
    ----------
    violence
        Patterns the hotspots belong to.
    spots
        Hotspots of the whole period, or of one month.
    language
        Language of the legend.
    """
    text, here = language.text, violence.study_area
    around = incidents_around(violence, spots)[here.cell_of]
    breaks = round_breaks(float(around.max(initial=0.0)))
    compared = spots.mask[here.cell_of]
    classes = np.where(around > 0, 1 + np.searchsorted(breaks, around, side="left"), 0).astype(np.uint8)
    by_people = spots.explained[here.cell_of]
    classes[by_people] = len(HEAT) + 1
    not_compared(classes, here, unknown=len(HEAT) + 2)
    hatched = compared & (around > 0) & ~spots.significant[here.cell_of]
    edges = [0, *breaks]
    bands = [_band(low, high, language) for low, high in pairwise(edges)]
    bands.append(text("over {amount}", amount=language.number(breaks[-1])))
    radius = language.number(violence.numbers.hotspots.radius_km)
    rows = (
        LegendRow(on_land(NO_INCIDENTS), text("none")),
        *(LegendRow(on_land(colour), band) for colour, band in zip(HEAT, bands, strict=True)),
        LegendRow(on_land(HEAT[0]), text("not significant"), hatched=True),
    )
    if by_people.any():
        rows += (LegendRow(on_land(BY_PEOPLE), text("hotspot, as its people would explain")),)
    rows += unknown_row(here, language)
    notes = (
        counted(spots, language),
        language.plural("{n} cell is a hotspot", "{n} cells are hotspots", int(spots.significant.sum())),
        text(UNCOLOURED),
    )
    title = text("Incidents within {radius} km", radius=radius)
    colours = (NO_INCIDENTS, *HEAT, BY_PEOPLE, NO_DATA)
    return Picture(classes, palette(colours), Legend(title, rows, notes), hatched)


UNCOLOURED = msgid("Uncoloured: not compared, for nobody lives there or it is open water.")


def not_compared(classes: NDArray[np.uint8], here: StudyArea, *, unknown: int) -> None:
    """Clear the cells that no test compared; where people are not known, that is a class of its own."""
    classes[~here.mask[here.cell_of]] = NOT_COMPARED
    classes[here.unknown[here.cell_of]] = unknown


def unknown_row(here: StudyArea, language: Language) -> tuple[LegendRow, ...]:
    """Return what the colour of cells means whose people are not known, where there are any."""
    label = language.text("not compared: people not known")
    return (LegendRow(on_land(NO_DATA), label),) if here.unknown.any() else ()


def class_picture(violence: ViolencePatterns, language: Language) -> Picture:
    """Return the class of each cell over the years."""
    text, here = language.text, violence.study_area
    pattern = violence.emerging.pattern[here.cell_of]
    words = list(PATTERN_LABELS)
    classes = np.full(len(pattern), len(words) + 1, np.uint8)
    classes[np.isin(pattern, [word for word in HotspotClass if word.value.endswith("_cold")])] = len(words)
    for number, word in enumerate(words):
        classes[pattern == word] = number
    not_compared(classes, here, unknown=len(words) + 2)
    rows = [
        LegendRow(on_land(PATTERN_COLOURS[word]), text(PATTERN_LABELS[word]))
        for number, word in enumerate(words)
        if (classes == number).any()
    ]
    if (classes == len(words)).any():
        rows.append(LegendRow(on_land(COLD), text("Fewer than elsewhere in some years")))
    rows.append(LegendRow(on_land(NO_PATTERN), text("No pattern found")))
    rows += unknown_row(here, language)
    notes = steps_words(violence.emerging, language)
    colours = (*PATTERN_COLOURS.values(), COLD, NO_PATTERN, NO_DATA)
    title = text(HOTSPOT_VIEW_LABELS[HotspotView.CLASSES])
    return Picture(classes, palette(colours), Legend(title, tuple(rows), notes))


def return_picture(
    recurrence: Recurrence, unit_of: NDArray[np.int32], reach: PatrolAccess, month: int, language: Language
) -> Picture:
    """
    Return what a month means for each cell: does violence return, and can anyone come?

    Parameters
    ----------
    recurrence
        Recurrence by cercle or by disc.
    unit_of
        Row in `recurrence` of each cell, -1 for none, shape (n_cells,).
    reach
        When patrols get to each cell.
    month
        1-12.
    language
        Language of the legend.
    """
    text = language.text
    classes = returns(recurrence, unit_of, reach, month)
    cut_off = classes == Return.CUT_OFF
    wet = bool((cut_off & reach.flooded[month - 1]).any())
    rows = []
    for kind in Return:
        if not (classes == kind).any():
            continue
        label = text(RETURN_LABELS[kind])
        if kind is Return.CUT_OFF and wet:
            label = text("Returns in this month, and cut off by flood or road")
        rows.append(LegendRow(on_land(RETURN_COLOURS[kind]), label))
    tested = int((recurrence.table["status"] == "tested").sum())
    notes = (
        text(
            "{found} of {tested} areas tested return; {all} areas in all.",
            found=language.number(recurrence.table["significant"].sum()),
            tested=language.number(tested),
            all=language.number(len(recurrence.table)),
        ),
        text("Patrols: within the time limit and back by daylight, from today's or the plan's sites."),
    )
    title = text("Does violence return in {month}?", month=language.month(month))
    return Picture(classes, palette(list(RETURN_COLOURS.values())), Legend(title, tuple(rows), notes))


def incidents_around(violence: ViolencePatterns, spots: Hotspots) -> NDArray[np.float64]:
    """Return the incidents within the tests' radius of each hotspot cell, shape (n_cells,)."""
    grid = violence.study_area.cells
    kernel = disc_kernel(violence.numbers.hotspots.radius_m / grid.cell_m)
    inside = np.where(spots.mask, spots.count, 0).astype(float)
    return np.asarray(window_sums(grid.raster(inside, fill=0.0), kernel).ravel()[grid.cells])


def round_breaks(largest: float) -> tuple[int, ...]:
    """
    Return four round, ascending class limits for amounts up to `largest`.

    Examples
    --------
    >>> round_breaks(130)
    (10, 20, 50, 100)
    >>> round_breaks(3)
    (1, 2, 5, 10)
    """
    steps = [nice * 10**power for power in range(8) for nice in _NICE]
    below = [number for number, step in enumerate(steps) if step < max(largest, 1)]
    last = max(below[-1] if below else 0, 3)
    return tuple(steps[last - 3 : last + 1])


def small_maps(
    violence: ViolencePatterns,
    months: Sequence[Hotspots],
    frame: MercatorFrame,
    language: Language,
    *,
    chosen: int,
) -> str:
    """
    Draw twelve small maps on one scale.

    Parameters
    ----------
    violence
        Patterns of the whole period.
    months
        Hotspots of each month, January first.
    frame
        Pixels of the area's own grid.
    language
        Language of months and key.
    chosen
        Month (1-12) shown on the large map, framed.

    Returns
    -------
    str
        HTML: twelve images that wrap, each with its month and number of incidents, and one key.
        Hatched: not more than chance would gather there in this month.
    """
    small = replace(frame, index=np.ascontiguousarray(frame.index[::_SMALL_STEP, ::_SMALL_STEP]))
    around = [incidents_around(violence, spots) for spots in months]
    breaks = round_breaks(max((float(values.max(initial=0.0)) for values in around), default=0.0))
    cells = violence.study_area.cell_of
    figures = []
    for number, (spots, values) in enumerate(zip(months, around, strict=True), start=1):
        own = values[cells]
        classes = np.where(own > 0, 1 + np.searchsorted(breaks, own, side="left"), 0).astype(np.uint8)
        hatched = (own > 0) & ~spots.significant[cells]
        png = paint(small, classes, palette(_SMALL_COLOURS), hatched=hatched, hatch_colour=_SMALL_HATCH)
        figures.append(_small_map(png, number, spots, language, framed=number == chosen))
    style = "display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:10px 12px"
    return tag("div", *figures, style=style) + _small_key(breaks, violence, language)


def _small_map(png: bytes, month: int, spots: Hotspots, language: Language, *, framed: bool) -> str:
    count = language.plural("{n} incident", "{n} incidents", spots.n_used)
    hot = language.plural("{n} cell is a hotspot", "{n} cells are hotspots", int(spots.significant.sum()))
    image = tag(
        "img",
        src="data:image/png;base64," + base64.b64encode(png).decode("ascii"),
        alt=language.labelled(language.month(month), language.clauses((count, hot))),
        style="width:100%;display:block;image-rendering:auto",
    ).removesuffix("</img>")
    said = tag(
        "figcaption",
        tag("b", escape(language.month(month).capitalize())),
        tag("span", escape(f" · {count}"), style=f"color:{MUTED}"),
        style="font-size:13px;line-height:1.3;padding-bottom:2px",
    )
    border = f"2px solid {INK}" if framed else f"1px solid {GRID}"
    return tag("figure", said, image, style=f"margin:0;padding:6px;border:{border};border-radius:8px")


def _small_key(breaks: Sequence[int], violence: ViolencePatterns, language: Language) -> str:
    text = language.text
    labels = [
        text("none"),
        *(_band(low, high, language) for low, high in pairwise((0, *breaks))),
        text("over {amount}", amount=language.number(breaks[-1])),
    ]
    swatch = f"display:inline-block;width:18px;height:12px;border:1px solid {SWATCH_EDGE};border-radius:3px"
    hatch = f"background:repeating-linear-gradient(135deg,transparent 0 3px,{HATCH} 3px 4.5px)"
    parts = [
        tag("span", tag("i", style=f"{swatch};background:{colour};margin-right:5px"), escape(label))
        for colour, label in zip(_SMALL_COLOURS, labels, strict=True)
    ]
    parts.append(
        tag("span", tag("i", style=f"{swatch};{hatch};margin-right:5px"), escape(text("not significant")))
    )
    radius = language.number(violence.numbers.hotspots.radius_km)
    head = tag("span", escape(text("Incidents within {radius} km", radius=radius)), style="font-weight:600")
    style = f"display:flex;flex-wrap:wrap;gap:4px 16px;padding-top:8px;font-size:13px;color:{WORDS}"
    return tag("div", head, *parts, style=style)


def _band(low: float, high: float, language: Language) -> str:
    first = int(low) + 1
    return language.number(high) if first == high else f"{language.number(first)}–{language.number(high)}"


def counted(spots: Hotspots, language: Language) -> str:
    """Return how many incidents took part, and of which days."""
    return language.plural(
        "{n} incident, {first} to {last}",
        "{n} incidents, {first} to {last}",
        spots.n_used,
        first=language.date(spots.first),
        last=language.date(spots.last),
    )
