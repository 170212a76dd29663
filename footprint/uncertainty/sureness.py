"""
How sure is a figure, and can two plans be told apart? The same two hundred draws for every plan.

Travel times (one factor for each way of travelling, in dry months and in the rains), helicopters,
availability, the half-life of incidents, the share of people, the pull of thin data, weights of tiers and
the places of incidents are drawn from the limits and laws of the method's file, all of them judgements.
Overlapping bands say nothing when draws are common: two plans may overlap almost wholly, and one be better
in every draw. So plans are compared draw by draw.

**Cells.** Differences smaller than what the cells make by themselves are marked. In the benchmark
`bench_laws` every area is reckoned with cells of 10, 5 and 2.5 km, each also moved by half a side: up to 5
km, figures of regions of at least fifty cells lie within 1.3 points of each other in any month. What two
plans differ by moves less, for both move together: `bench_draws` moves the cells by half a side under nine
plans of the bundled case. Differences from today moved by at most 0.32 points of Force and 0.065 of the
others over the whole area, 0.85 and 0.4 in a region or objective: see `uncertainty.cells_share`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from footprint.errors import FootprintError
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.method import UncertaintyNumbers
from footprint.objectives import Measure
from footprint.prepared import Prepared, digest_of_profile
from footprint.scenario import Scenario
from footprint.travel.router import Router
from footprint.uncertainty.acting import Casting
from footprint.uncertainty.bands import Band, Paired, band_of, paired, ranks_of
from footprint.uncertainty.draws import Draws, common_draws
from footprint.uncertainty.evaluate import Evaluator, asked_of
from footprint.uncertainty.need import DrawnNeed
from footprint.uncertainty.rows import Laying
from footprint.uncertainty.tornado import Tornado, tornado
from layers.sentences import say

FIGURES = (
    Indicator.FORCE,
    Indicator.MISSION,
    Indicator.TIER_1,
    Indicator.TIER_2,
    Indicator.TIER_3,
)
"""Figures that bands are given of."""


class OfYear(StrEnum):
    """Over what a figure is told."""

    MEAN = "mean"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one unit, whatever the plan."""

    level: Level
    unit_id: str
    indicator: Indicator
    period: OfYear


@dataclass(frozen=True, slots=True, eq=False)
class Sureness:
    """What some plans come to under common draws."""

    plans: tuple[str, ...]
    """Names of the plans, as they were asked."""
    units: tuple[tuple[Level, str, str], ...] = field(repr=False)
    """Level, identifier and name of the area, its regions and objectives."""
    draws: Draws = field(repr=False)
    numbers: UncertaintyNumbers = field(repr=False)
    centre: NDArray[np.float64] = field(repr=False)
    """By the method's own numbers [share of need], shape (n_plans, n_units, 5, 2)."""
    by_draw: NDArray[np.float64] = field(repr=False)
    """In each draw, as if nobody were where the data name nobody, (n_draws, n_plans, n_units, 5, 2)."""
    unknown: NDArray[np.bool_] = field(repr=False)
    """Whether part of a figure is not known in any draw, shape (n_plans, n_units, 5)."""

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        return int(self.centre.nbytes + self.by_draw.nbytes + self.unknown.nbytes + self.draws.values.nbytes)

    def figures(self) -> tuple[Figure, ...]:
        """Return every figure that there is, unit by unit."""
        return tuple(
            Figure(level, unit_id, indicator, period)
            for level, unit_id, _ in self.units
            for indicator in FIGURES
            for period in OfYear
        )

    def name(self, figure: Figure) -> str:
        """Return the name of a figure's unit."""
        return self.units[self._at(figure)[0]][2]

    def is_known(self, plan: str, figure: Figure) -> bool:
        """Tell whether a plan's figure is known; NaN, of a unit without need, is not."""
        unit, indicator, _ = self._at(figure)
        known = not self.unknown[self.plans.index(plan), unit, indicator]
        return bool(known) and self.has_need(plan, figure)

    def has_need(self, plan: str, figure: Figure) -> bool:
        """Tell whether a figure's unit has any need at all in every draw."""
        return bool(np.isfinite(self._drawn(plan, figure)).all())

    def band(self, plan: str, figure: Figure) -> Band | None:
        """Return the band of a plan's figure; None where it is not known."""
        return band_of(self._drawn(plan, figure), self.numbers) if self.is_known(plan, figure) else None

    def at_centre(self, plan: str, figure: Figure) -> float:
        """Return a plan's figure by the method's own numbers [share of need], NaN where it is not known."""
        own = float(self.centre[(self.plans.index(plan), *self._at(figure))])
        return own if self.is_known(plan, figure) else float("nan")

    def pair(self, first: str, second: str, figure: Figure) -> Paired | None:
        """
        Return two plans compared draw by draw, second minus first.

        Of a figure that is not known it is what one adds over the other, at least; None where there is
        no need at all.
        """
        one, other = self._drawn(first, figure), self._drawn(second, figure)
        if not (np.isfinite(one).all() and np.isfinite(other).all()):
            return None
        at = self._at(figure)
        before, after = (float(self.centre[(self.plans.index(name), *at)]) for name in (first, second))
        part = "area" if figure.level is Level.AREA else "part"
        kind = "force" if figure.indicator is Indicator.FORCE else "mission"
        cells_share = self.numbers.cells_share[f"{part}_{kind}"]
        return paired(after - before, one, other, self.numbers, cells_share=cells_share)

    def ranks(self, figure: Figure) -> NDArray[np.int64] | None:
        """Return how often each plan is first, second …, (n_plans, n_plans); None where any is not known."""
        if not all(self.is_known(plan, figure) for plan in self.plans):
            return None
        return ranks_of(np.column_stack([self._drawn(plan, figure) for plan in self.plans]))

    def tornado(self, figure: Figure, plan: str, *, against: str | None = None) -> Tornado | None:
        """Return which number a plan's figure, or its difference from another, hangs on most."""
        own = self._drawn(plan, figure)
        if against is not None:
            own = own - self._drawn(against, figure)
        elif not self.is_known(plan, figure):
            return None
        return tornado(self.draws, own, self.numbers) if np.isfinite(own).all() else None

    def _at(self, figure: Figure) -> tuple[int, int, int]:
        ids = [(level, unit_id) for level, unit_id, _ in self.units]
        return (
            ids.index((figure.level, figure.unit_id)),
            FIGURES.index(figure.indicator),
            list(OfYear).index(figure.period),
        )

    def _drawn(self, plan: str, figure: Figure) -> NDArray[np.float64]:
        unit, indicator, period = self._at(figure)
        return np.asarray(self.by_draw[:, self.plans.index(plan), unit, indicator, period])


def sureness(
    prepared: Prepared,
    router: Router,
    plans: Mapping[str, Scenario],
    measure: Measure = Measure.BLEND,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    profile: NDArray[np.float64] | None = None,
) -> Sureness:
    """
    Value plans under the method's common draws.

    Parameters
    ----------
    prepared
        The area under one method.
    router
        Joins sites to the network; searches are made anew, farther.
    plans
        Scenarios by name; put "do nothing" among them to compare with it.
    measure
        Whose need counts in the figures of the area and its regions.
    progress
        Called with how many draws are done and how many there are, in the caller's thread. Whatever it raises
        ends the work at once: that is how to stop.
    profile
        The calendar of return that the area's threat follows, where `prepared` was made with one.

    Returns
    -------
    Sureness
        The same figures for a plan, whichever others are asked with it.

    Raises
    ------
    FootprintError
        If there is no plan, or `profile` is not that of `prepared`.
    ScenarioError
        If a plan cannot be made.

    Notes
    -----
    No draw searches anew. Times are searched once, as far as the fastest draw gets, and take one factor for
    each way of travelling; need is one sum over the neighbourhood; effects are multiplied anew. What
    escorts take follows the drawn times. Under the method's own numbers the figures are those of
    `footprint.review.review`.
    """
    if not plans:
        raise FootprintError(say("there is no plan to be sure of; name one at least"))
    if prepared.calendar_digest != digest_of_profile(profile):
        raise FootprintError(say("the draws need the calendar of return that the threat follows"))
    return _valued(prepared, router, plans, measure, common_draws(prepared.method), (progress, profile))


def _valued(
    prepared: Prepared,
    router: Router,
    plans: Mapping[str, Scenario],
    measure: Measure,
    draws: Draws,
    how: tuple[Callable[[int, int], None], NDArray[np.float64] | None],
) -> Sureness:
    """Value plans under some draws."""
    progress, profile = how
    casting = Casting(prepared, draws)
    progress(0, len(draws))
    cast = casting.cast(plans, router)
    asked = asked_of(prepared, measure)
    table = Laying(prepared, cast).table()
    evaluator = Evaluator(prepared, cast, table, DrawnNeed(prepared, profile), asked)
    centre = evaluator.under(-1)
    values = np.empty((len(draws), *centre.figures.shape))
    unknown = centre.unknown
    with ThreadPoolExecutor(cpu_count()) as threads:
        made = threads.map(evaluator.under, range(len(draws)))
        try:
            for at, each in enumerate(made):
                values[at] = each.figures
                unknown = unknown | each.unknown
                progress(at + 1, len(draws))
        finally:
            threads.shutdown(wait=True, cancel_futures=True)
    return Sureness(
        plans=tuple(plans),
        units=tuple(zip(asked.level, asked.unit_ids, asked.names, strict=True)),
        draws=draws,
        numbers=prepared.method.uncertainty,
        centre=centre.figures,
        by_draw=values,
        unknown=unknown,
    )
