"""Values: what one option comes to by every criterion, and why where nobody knows."""

from __future__ import annotations

from math import isnan, nan

import pandas as pd

from footprint.access.remoteness import remoteness, remoteness_figures
from footprint.access.watched import watched
from footprint.compare import by_season, escort_days
from footprint.criteria.criterion import Costs, Criterion, CriterionValue
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS, YearSummary, monthly, over_year
from footprint.indicators.units import Level
from footprint.language import msgid
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.router import Router

_SILENT = msgid("the data name no asset for it")
_NO_ALERT = msgid("no attack on civilians has a sure place and date")
_NO_PEOPLE = msgid("nobody knows how many people live there")
_NOT_STATED = msgid("nobody states it")

_SHOWN = (Indicator.FORCE, Indicator.MISSION, Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3)


def criteria(
    prepared: Prepared,
    router: Router,
    before: Review,
    after: Review,
    *,
    measure: Measure = Measure.BLEND,
    costs: Costs | None = None,
) -> tuple[CriterionValue, ...]:
    """
    Return what one option comes to by every criterion, in their fixed order.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    before, after
        Reviews of the baseline and of the option, by `measure`.
    measure
        Whose need counts.
    costs
        What it costs, stated from outside; None where nobody states it.

    Returns
    -------
    tuple of CriterionValue
        One for each `Criterion`, NaN with its reason where not known: never nought. Footprints are
        those of the area; people beyond reach are means over the months; the region that loses most is
        that of the Mission footprint's worst season, by what is there at least.
    """
    year = _year(prepared, after)
    beside = watched(prepared, router, before, after, measure=measure)
    costs = costs or Costs()
    beyond = _beyond(prepared, router, after, measure)
    force, mission, first, second, third = (year[each] for each in _SHOWN)
    people_why = _SILENT if prepared.units.known(prepared.area.population.people).all() else _NO_PEOPLE
    alerts_why = _SILENT if beside.after.alerts else _NO_ALERT
    values = {
        Criterion.FORCE_MEAN: (force.mean, _SILENT),
        Criterion.FORCE_WORST: (force.worst, _SILENT),
        Criterion.MISSION_MEAN: (mission.mean, _SILENT),
        Criterion.MISSION_WORST: (mission.worst, _SILENT),
        Criterion.TIER_1_MEAN: (first.mean, _SILENT),
        Criterion.TIER_2_MEAN: (second.mean, _SILENT),
        Criterion.TIER_3_MEAN: (third.mean, _SILENT),
        Criterion.LIKE_FOR_LIKE: (force.mean - second.mean, _SILENT),
        Criterion.WORST_REGION: (_worst_region(prepared, before, after, mission), _SILENT),
        Criterion.BEYOND_BUNDLE: (beyond[0], people_why),
        Criterion.BEYOND_SURGERY: (beyond[1], people_why),
        Criterion.RESPONSE: (beside.after.share, alerts_why),
        Criterion.RESPONSE_BY_LAND: (beside.after.by_land, alerts_why),
        Criterion.RING: (beside.ring.people, _NO_PEOPLE),
        Criterion.ESCORTS: (_escorts(after), _SILENT),
        Criterion.ONE_OFF: (costs.one_off_usd, _NOT_STATED),
        Criterion.RECURRENT: (costs.recurrent_usd, _NOT_STATED),
    }
    return tuple(
        CriterionValue(each, value, why if isnan(value) else "")
        for each, (value, why) in ((each, values[each]) for each in Criterion)
    )


def _area(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["level"] == Level.AREA]


def _year(prepared: Prepared, result: Review) -> dict[Indicator, YearSummary]:
    _, values = monthly(_area(result.figures), _SHOWN)
    year = over_year(values[0], prepared.area.seasons)
    return {each: year.summary(number) for number, each in enumerate(_SHOWN)}


def _worst_region(prepared: Prepared, before: Review, after: Review, mission: YearSummary) -> float:
    """Return the change of the region that loses most [share of its need]; NaN where Mission is not known."""
    if isnan(mission.mean):
        return nan
    rows = by_season(before, after, prepared.area.seasons, (Indicator.MISSION,))
    regions = rows[(rows["level"] == Level.REGION) & (rows["period"] == "worst")]
    # Regions without need have nothing to lose.
    return float(regions["change"].min())


def _beyond(prepared: Prepared, router: Router, result: Review, measure: Measure) -> tuple[float, float]:
    """Return the people beyond any bundle and beyond surgery, mean of the months [persons]."""
    far = remoteness(prepared, router, result)
    rows = _area(remoteness_figures(prepared, far, str(measure), prepared.units))
    bundle, surgery = (
        float(rows[f"people_beyond_{name}"].mean(skipna=False)) for name in ("bundle", "surgery")
    )
    return bundle, surgery


def _escorts(result: Review) -> float:
    """Return the escort days that all sites ask for, mean of the year [days/month]; NaN if not known."""
    return float(escort_days(result)["asked_days"].sum(skipna=False)) / MONTHS
