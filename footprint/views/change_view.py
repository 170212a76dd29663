"""What changes from one review to another in every cell, in seven classes and without a threshold."""

from __future__ import annotations

import numpy as np

from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import level_of
from footprint.language import Language
from footprint.review import Review
from footprint.views.colours import DIFFERENCES
from footprint.views.palette import Legend, LegendRow, Picture, on_land, palette

_UNCHANGED = 3


def change_picture(
    before: Review, after: Review, indicator: Indicator, month: int, language: Language
) -> Picture:
    """
    Return the change of an indicator in every cell.

    Parameters
    ----------
    before, after
        A and B.
    indicator
        Whose change.
    month
        Month (1-12).
    language
        Of the legend.

    Returns
    -------
    Picture
        Steps at 0.05, 5 and 20 points; cells that change by less are clear.
    """
    first, second = (level_of(each.delivery, indicator, month).astype(np.float64) for each in (before, after))
    change = second - first
    # A step belongs to the class farther from none, on both sides.
    steps = sum((np.abs(change) >= edge).astype(np.int8) for edge in (SMALL, 0.05, 0.2))
    classes = (_UNCHANGED + np.sign(change).astype(np.int8) * steps).astype(np.uint8)
    classes[classes == _UNCHANGED] = len(DIFFERENCES)
    text = language.text
    ends = (text("A reaches more"), *("",) * 5, text("B reaches more"))
    rows = tuple(
        LegendRow(on_land(colour), label)
        for number, (colour, label) in enumerate(zip(DIFFERENCES, ends, strict=True))
        if number != _UNCHANGED
    )
    title = text("{measure}: steps at 0.05, 5 and 20 points, no threshold", measure=text(indicator.label))
    return Picture(classes, palette(DIFFERENCES), Legend(title, rows))
