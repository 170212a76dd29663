"""What a map can show where no cell may be told from its neighbours: one value for each second-level unit."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from footprint.caveats import silent
from footprint.disclosure import Precision
from footprint.indicators.levels import Divergence
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.prepared import Prepared
from footprint.releases.profiles import figure
from footprint.review import Review
from footprint.views.cells import LEVEL_VIEWS, Asked, View, amounts_picture, level_picture
from footprint.views.palette import COVERAGE_COLOURS, NO_DATA_CLASS, Picture, coverage_legend, palette

UNIT_VIEWS = frozenset({View.DIVERGENCE, View.DEMAND, *LEVEL_VIEWS})
"""Views that say something of a unit; of the others a unit has no one value."""

_NEED = (0.01, 0.02, 0.05, 0.1)


def unit_picture(
    prepared: Prepared, result: Review, asked: Asked, precision: Precision, language: Language
) -> Picture:
    """
    Return a map of which all cells of a second-level unit are alike.

    Parameters
    ----------
    prepared, result
        The area, and the review that is shown.
    asked
        View, of `UNIT_VIEWS`, month and measure.
    precision
        How exactly a share may be told.
    language
        Language of the legend.

    Raises
    ------
    ValueError
        If a unit has no one value of the view.
    """
    match asked.view:
        case View.DIVERGENCE:
            return _divergence(prepared, result, asked.month, precision, language)
        case View.DEMAND:
            return _demand(prepared, asked, precision, language)
        case view if view in LEVEL_VIEWS:
            indicator = LEVEL_VIEWS[view]
            known = indicator not in silent(prepared)
            of_units = _column(result, str(indicator), asked.month, exact=known)
            values = _spread(prepared, {own: figure(share, precision) for own, share in of_units.items()})
            return level_picture(values.astype(np.float32), indicator, language, known=known)
        case _:
            raise ValueError(f"{asked.view} has no one value of a unit")


def _column(result: Review, name: str, month: int, *, exact: bool = True) -> dict[str, float]:
    """Return a column of the figures of second-level units in a month."""
    figures = result.figures if exact else result.at_least
    own = figures[(figures["level"] == Level.DISTRICT) & (figures["month"] == month)]
    pairs = zip(own["unit_id"].tolist(), own[name].tolist(), strict=True)
    return {str(unit_id): float(value) for unit_id, value in pairs}


def _spread(prepared: Prepared, of_units: Mapping[str, float]) -> NDArray[np.float64]:
    """Return the value of each cell's unit, NaN outside every unit, shape (n_cells,)."""
    values = [of_units[str(own)] for own in prepared.districts.unit_ids]
    # The last is that of cells without a unit, whose number is -1.
    return np.array([*values, np.nan])[np.asarray(prepared.districts.main_unit)]


def _divergence(
    prepared: Prepared, result: Review, month: int, precision: Precision, language: Language
) -> Picture:
    kinds = list(Divergence)
    shares = np.array(
        [
            _spread(
                prepared,
                {
                    own: figure(value, precision)
                    for own, value in _column(result, f"{kind.name.lower()}_demand", month).items()
                },
            )
            for kind in kinds
        ]
    )
    numbers = np.array([int(kind) for kind in kinds], dtype=np.uint8)
    classes = numbers[np.nan_to_num(shares).argmax(axis=0)]
    # Where nobody is in need, and outside every unit, there is no class.
    classes[~(shares > 0).any(axis=0)] = NO_DATA_CLASS
    note = language.text("The class in which the largest part of the need of each {district} lies.")
    legend = coverage_legend(language, (note,), classes=classes, hatched=False)
    return Picture(classes.astype(np.uint8), palette(list(COVERAGE_COLOURS.values())), legend)


def _demand(prepared: Prepared, asked: Asked, precision: Precision, language: Language) -> Picture:
    frame, need = prepared.units.frame, prepared.surfaces[str(asked.measure)][asked.month - 1]
    rows = np.flatnonzero((frame["level"] == Level.DISTRICT).to_numpy())
    shares = prepared.units.shares[rows] @ np.nan_to_num(need).astype(np.float64)
    shares[prepared.units.outside[rows]] = np.nan
    ids = frame["unit_id"].iloc[rows].astype(str).tolist()
    told = {own: figure(float(share), precision) for own, share in zip(ids, shares, strict=True)}
    values = _spread(prepared, told)
    values[np.isnan(prepared.area.population.people)] = np.nan
    edges = [language.percent(edge, 0) for edge in _NEED]
    labels = (
        language.text("up to {amount}", amount=edges[0]),
        *(f"{low}–{high}" for low, high in pairwise(edges)),
        language.text("over {amount}", amount=edges[-1]),
    )
    title = language.text("Protection need of each {district}: share of the country's")
    return amounts_picture(values, _NEED, (title, labels), language)
