"""What the cells of a map can show: classes, colours and legend of every view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from footprint.access.isolation import PatrolAccess, rows_of
from footprint.access.nearest import Reason, nearest_minutes, why_not
from footprint.caveats import silent
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import Divergence, divergence, level_of
from footprint.language import Language, msgid
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.profiles import Profile
from footprint.travel.router import Router
from footprint.views.colours import AMOUNTS, NO_DATA, NOT_REACHED, REASONS, SEQUENCE
from footprint.views.hotspot_views import hotspot_picture, return_picture
from footprint.views.palette import (
    COVERAGE_COLOURS,
    NO_DATA_CLASS,
    NOT_REACHED_CLASS,
    Legend,
    LegendRow,
    Picture,
    classify,
    coverage_legend,
    on_land,
    palette,
)
from footprint.violence import ViolencePatterns


class View(StrEnum):
    """What the map shows."""

    DIVERGENCE = "divergence"
    MISSION = "mission"
    FORCE = "force"
    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    TIER_3 = "tier_3"
    MINUTES = "minutes"
    REASONS = "reasons"
    DEMAND = "demand"
    HOTSPOTS = "hotspots"
    RECURRENCE = "recurrence"


VIEW_LABELS = {
    View.DIVERGENCE: msgid("Where Force and Mission part company"),
    View.MISSION: Indicator.MISSION.label,
    View.FORCE: Indicator.FORCE.label,
    View.TIER_1: Indicator.TIER_1.label,
    View.TIER_2: Indicator.TIER_2.label,
    View.TIER_3: Indicator.TIER_3.label,
    View.MINUTES: msgid("Travel time from the nearest site"),
    View.REASONS: msgid("Why a place is not reached"),
    View.DEMAND: msgid("Protection need"),
    View.HOTSPOTS: msgid("Hotspots of violence"),
    View.RECURRENCE: msgid("Months in which violence returns"),
}
VIEW_HELP = {
    View.DIVERGENCE: msgid(
        "Compares where troops can arrive with where the whole bundle of a tier could be delivered."
    ),
    View.MISSION: msgid("Mean of the three tiers: 0 % is no tier, 100 % all three at full strength."),
    View.FORCE: msgid("Chance that at least one of patrol, road or air reaction force is there in time."),
    View.TIER_1: msgid(
        "Needs someone who returns (civil affairs) and someone who stays (community liaison)."
    ),
    View.TIER_2: msgid(
        "Needs presence, back-up and surgery within two hours; the weakest of the three counts."
    ),
    View.TIER_3: msgid(
        "Needs police, human rights and stabilisation or a partner; the weakest of the three counts."
    ),
    View.MINUTES: msgid(
        "Door to centre of the cell, over roads, across country and by ferry, in this month."
    ),
    View.REASONS: msgid("For a trip out and back by daylight within four hours each way."),
    View.DEMAND: msgid("Where people and threat are: the weights behind every percentage."),
    View.HOTSPOTS: msgid(
        "Incidents of all months and years; hatched where no more than chance would gather. "
        "More on the Hotspots page."
    ),
    View.RECURRENCE: msgid(
        "{Districts} busier than their own year in this month, year after year, and whether patrols get "
        "there then."
    ),
}
PATTERN_VIEWS = (View.HOTSPOTS, View.RECURRENCE)
"""Views of what was found in the incidents."""

PROFILE_LABELS = {
    Profile.PATROL: msgid("Patrol by road"),
    Profile.CONVOY: msgid("Convoy"),
    Profile.CIVIL: msgid("Civilian vehicle"),
    Profile.SEARCHED: msgid("Route searched for explosive devices"),
    Profile.FOOT: msgid("On foot"),
    Profile.BOAT: msgid("Boat, then on foot"),
    Profile.HELICOPTER: msgid("Helicopter"),
}

REASON_LABELS = {
    Reason.REACHED: msgid("Could be reached"),
    Reason.OUT_OF_RANGE: msgid("Out of range"),
    Reason.CUT_OFF_THIS_MONTH: msgid("Cut off this month"),
    Reason.NO_ROUTE: msgid("No route in any month"),
    Reason.SNAPPED_TOO_FAR: msgid("Site too far from any road"),
    Reason.OUTSIDE_DAY_LIMIT: msgid("Too far to be back by daylight"),
}
REASON_COLOURS = dict(zip(Reason, REASONS, strict=True))

LEVEL_VIEWS = {
    View.MISSION: Indicator.MISSION,
    View.FORCE: Indicator.FORCE,
    View.TIER_1: Indicator.TIER_1,
    View.TIER_2: Indicator.TIER_2,
    View.TIER_3: Indicator.TIER_3,
}
"""Views of one level, and the indicator each shows."""

_LEVELS = (0.02, 0.1, 0.3, 0.5)
# Real missions deliver little in most places: the low classes tell them apart.
_HOURS_MIN = (60.0, 120.0, 240.0, 480.0)
_DEMAND_PER_MILLION = (2.0, 5.0, 20.0, 80.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader wants to see."""

    view: View
    month: int
    profile: Profile = Profile.PATROL
    measure: Measure = Measure.BLEND
    found: ViolencePatterns | None = None
    """What was found in the incidents, for `PATTERN_VIEWS`."""
    reach: PatrolAccess | None = None
    """When patrols get to each cell, for the months that return."""


def picture(
    prepared: Prepared, router: Router, result: Review, request: Asked, language: Language
) -> Picture:
    """
    Return the cells of a map as asked.

    Parameters
    ----------
    prepared, router, result
        The area, its searches, and a scenario's review on it.
    request
        View, month, and travel profile or measure where the view has one.
    language
        Language of the legend.
    """
    match request.view:
        case View.DIVERGENCE:
            return _divergence(prepared, result, request.month, language)
        case View.MINUTES:
            minutes = nearest_minutes(router, result, request.profile, request.month)
            return amounts_picture(minutes, _HOURS_MIN, _hours(request, language), language, unreached=True)
        case View.REASONS:
            return _reasons(prepared, router, result, request, language)
        case View.DEMAND:
            return _demand(prepared, request, language)
        case View.HOTSPOTS | View.RECURRENCE:
            return _pattern(prepared, request, language)
        case _:
            indicator = LEVEL_VIEWS[request.view]
            values = level_of(result.delivery, indicator, request.month)
            return level_picture(values, indicator, language, known=indicator not in silent(prepared))


def _pattern(prepared: Prepared, request: Asked, language: Language) -> Picture:
    """Return hotspots, or what the month means where violence returns."""
    if request.found is None or (request.view is View.RECURRENCE and request.reach is None):
        raise ValueError(f"{request.view} needs what was found in the incidents")
    if request.reach is None:
        return hotspot_picture(request.found, request.found.hotspots, language)
    rows = rows_of(request.found.districts, prepared.districts)
    return return_picture(request.found.districts, rows, request.reach, request.month, language)


def level_picture(
    values: NDArray[np.float32], indicator: Indicator, language: Language, *, known: bool = True
) -> Picture:
    """Return an indicator of each cell in five classes; where it is not known, a 0 has no colour."""
    if not known:
        values = np.where(values > 0, values, np.float32(np.nan))
    return amounts_picture(values, _LEVELS, (language.text(indicator.label), _percents(language)), language)


def _divergence(prepared: Prepared, result: Review, month: int, language: Language) -> Picture:
    threshold = prepared.method.reporting.class_threshold
    tiers = result.delivery.tiers[:, month - 1]
    most = result.delivery.most[:, month - 1]
    classes = divergence(result.delivery.force[month - 1], tiers, most, threshold=threshold)
    reached = ~np.isin(classes, (Divergence.NEITHER, Divergence.NOT_KNOWN))
    bare = reached & (most[1] < np.float32(threshold))
    note = language.text("A place counts as reached from {level} on.", level=language.percent(threshold, 0))
    legend = coverage_legend(language, (note,), classes=classes, hatched=bool(bare.any()))
    return Picture(classes, palette(list(COVERAGE_COLOURS.values())), legend, bare)


def amounts_picture(
    values: NDArray[np.floating],
    breaks: Sequence[float],
    words: tuple[str, tuple[str, ...]],
    language: Language,
    *,
    unreached: bool = False,
) -> Picture:
    """
    Return amounts of each cell in classes.

    Parameters
    ----------
    values
        Amounts, NaN where not known, shape (n_cells,).
    breaks
        Ascending upper limits of all classes but the last.
    words
        Title of the legend, and a label for each class.
    language
        Language of the legend.
    unreached
        Whether they are times, inf where nothing reaches.
    """
    classes = classify(values, breaks)
    # Times run from near (dark) to far (light); levels have a true zero and start pale.
    colours = (*(AMOUNTS if unreached else SEQUENCE), NOT_REACHED, NO_DATA)
    title, labels = words
    rows = [LegendRow(on_land(colour), label) for colour, label in zip(colours, labels, strict=False)]
    far, empty = np.uint8(len(labels)), np.uint8(len(labels) + 1)
    if unreached:
        rows.append(LegendRow(on_land(NOT_REACHED), language.text("not reached")))
    if (classes == NO_DATA_CLASS).any():
        rows.append(LegendRow(on_land(NO_DATA), language.text("not known")))
    shown = np.select([classes == NOT_REACHED_CLASS, classes == NO_DATA_CLASS], [far, empty], classes)
    return Picture(shown, palette(colours), Legend(title, tuple(rows)))


def _percents(language: Language) -> tuple[str, ...]:
    edges = (0.0, *_LEVELS, 1.0)
    return tuple(f"{language.number(100 * low)}–{language.percent(high, 0)}" for low, high in pairwise(edges))


def _hours(request: Asked, language: Language) -> tuple[str, tuple[str, ...]]:
    title = language.labelled(
        language.text(VIEW_LABELS[View.MINUTES]), language.text(PROFILE_LABELS[request.profile])
    )
    edges = [language.number(minutes / 60) for minutes in _HOURS_MIN]
    middle = [f"{low}–{high} h" for low, high in pairwise(edges)]
    return title, (
        language.text("up to {hours} h", hours=edges[0]),
        *middle,
        language.text("over {hours} h", hours=edges[-1]),
    )


def _reasons(
    prepared: Prepared, router: Router, result: Review, request: Asked, language: Language
) -> Picture:
    limit_min = prepared.method.reporting.beyond_min
    classes = why_not(router, result, request.profile, request.month, limit_min=limit_min)
    rows = tuple(
        LegendRow(on_land(REASON_COLOURS[reason]), language.text(REASON_LABELS[reason]))
        for reason in Reason
        if (classes == reason).any()
    )
    title = f"{language.text(PROFILE_LABELS[request.profile])}, {language.hours(limit_min)}"
    return Picture(classes, palette([REASON_COLOURS[reason] for reason in Reason]), Legend(title, rows))


def _demand(prepared: Prepared, request: Asked, language: Language) -> Picture:
    values = prepared.surfaces[str(request.measure)][request.month - 1].astype(float) * 1e6
    values[np.isnan(prepared.area.population.people)] = np.nan
    edges = [language.number(edge) for edge in _DEMAND_PER_MILLION]
    middle = [f"{low}–{high}" for low, high in pairwise(edges)]
    labels = (
        language.text("up to {amount}", amount=edges[0]),
        *middle,
        language.text("over {amount}", amount=edges[-1]),
    )
    title = language.text("Protection need: millionths of the country's")
    return amounts_picture(values, _DEMAND_PER_MILLION, (title, labels), language)
