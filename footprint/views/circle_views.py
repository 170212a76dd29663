"""Show where more happens than people would explain: circles by how many times more, and their table."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from footprint.language import Language
from footprint.prepared import Prepared
from footprint.views.colours import HEAT, NO_DATA, NO_INCIDENTS
from footprint.views.hotspot_views import (
    HOTSPOT_VIEW_LABELS,
    UNCOLOURED,
    HotspotView,
    counted,
    not_compared,
    unknown_row,
)
from footprint.views.palette import Legend, LegendRow, Picture, on_land, palette
from footprint.violence import ViolencePatterns
from footprint.violence.hotspots import Excess
from footprint.violence.hotspots.words import excess_words

_TIMES = (2, 5, 10, 20)
"""Limits of the classes of how many times more a circle holds than its people would explain."""


def excess_picture(violence: ViolencePatterns, excess: Excess, language: Language) -> Picture:
    """
    Return the circles that hold more than their people would explain, by how many times.

    Parameters
    ----------
    violence
        Patterns the circles belong to.
    excess
        The circles, from the same incidents.
    language
        Language of the legend.
    """
    text, here = language.text, violence.study_area
    times = np.array([each.count / each.expected for each in excess.circles] + [0.0])
    classes_of = np.where(times > 0, 1 + np.searchsorted(_TIMES, times, side="left"), 0)
    classes = classes_of[excess.inside][here.cell_of].astype(np.uint8)
    not_compared(classes, here, unknown=len(HEAT) + 1)
    bands = [
        text("up to {amount} times", amount=language.number(_TIMES[0])),
        *(
            text("{low} to {high} times", low=language.number(low), high=language.number(high))
            for low, high in pairwise(_TIMES)
        ),
        text("over {amount} times", amount=language.number(_TIMES[-1])),
    ]
    rows = [LegendRow(on_land(NO_INCIDENTS), text("no more than people would explain"))]
    rows += [
        LegendRow(on_land(colour), band)
        for number, (colour, band) in enumerate(zip(HEAT, bands, strict=True), start=1)
        if (classes == number).any()
    ]
    rows += unknown_row(here, language)
    notes = (
        excess_words(excess, language),
        counted(violence.hotspots, language),
        text(UNCOLOURED),
    )
    title = text(HOTSPOT_VIEW_LABELS[HotspotView.EXCESS])
    return Picture(classes, palette((NO_INCIDENTS, *HEAT, NO_DATA)), Legend(title, tuple(rows), notes))


def circle_rows(
    violence: ViolencePatterns, excess: Excess, prepared: Prepared, language: Language
) -> list[dict[str, str]]:
    """Return a table of the circles, the clearest first; each is named by the unit of its middle."""
    text, units = language.text, prepared.districts
    names = prepared.area.districts["name"]
    rows = []
    for each in excess.circles:
        inside = units.main_unit[violence.study_area.cell_of == each.cell]
        inside = inside[inside >= 0]
        name = str(names[units.unit_ids[int(np.bincount(inside).argmax())]]) if len(inside) else "–"
        rows.append(
            {
                text("{District}"): name,
                text("Radius, km"): language.number(each.radius_km),
                text("Incidents"): language.number(each.count),
                text("Expected by people"): language.number(each.expected, 1),
                text("Times"): language.number(each.count / each.expected, 1),
                text("People"): language.people(each.people),
                "p": language.number(each.p, 3),
            }
        )
    return rows
