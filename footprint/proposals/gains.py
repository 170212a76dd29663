"""Gains: what a proposal adds, for each objective and season, for what cost, and how firmly it ranks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from footprint.access.ring import watch_ring
from footprint.caveats import silent
from footprint.compare import by_season, equity, escort_days
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import CLOSE, by_period
from footprint.indicators.units import Level
from footprint.language import msgid
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.proposals.case import Case, Check, info, warn
from footprint.proposals.completeness import outside_posts
from footprint.proposals.consequences import Consequences
from footprint.proposals.phrases import Amount, LocalName, Measured, Phrase, Quantity
from footprint.review import Review, figures_of
from layers.months import ALL_MONTHS

_MILLION = 1e6
_NAMED = 5
"""Units of the ring that are named, most people first."""


def gains(case: Case, cases: Sequence[Case]) -> Iterator[Check]:
    """Yield what a proposal that can be made adds, asks and moves."""
    if case.outcome is None:
        phrase = Phrase(msgid("What it changes is not reckoned: it cannot be made as it is."))
        yield info("not_reckoned", phrase)
        return
    yield from _of_objectives(case, case.outcome)
    yield from _escorts(case, case.outcome)
    yield from _donors(case)
    yield from _equity(case, case.outcome)
    yield from _ring(case, case.outcome)
    yield from _rank(case, cases)


def _of_objectives(case: Case, outcome: Consequences) -> Iterator[Check]:
    rows = by_season(outcome.before, outcome.after, case.prepared.area.seasons, (Indicator.MISSION,))
    rows = rows[rows["level"] == Level.OBJECTIVE]
    names = {each.objective_id: LocalName(each.names) for each in case.prepared.objectives}
    phrase = Phrase(
        msgid(
            "Objective “{name}”: Mission footprint {mean} in the mean of the year, "
            "{worst} in its worst season."
        )
        if Indicator.MISSION not in silent(case.prepared)
        else msgid(
            "Objective “{name}”: what it adds by itself is {mean} in the mean of the year, {worst} in its "
            "worst season; what the Mission footprint comes to is not known."
        )
    )
    for unit_id, own in rows.groupby("unit_id", sort=False):
        change = dict(zip(own["period"], own["change"].tolist(), strict=True))
        filled = phrase.having(
            name=names[str(unit_id)],
            mean=Amount(change["mean"], Quantity.POINTS),
            worst=Amount(change["worst"], Quantity.POINTS),
        )
        evidence = (
            Measured(name=f"MF_{period}", value=value, quantity=Quantity.POINTS, of=str(unit_id))
            for period, value in change.items()
        )
        yield info("gain", filled, *evidence)
        if unit_id == case.proposal.why.objective:
            yield from _for_cost(case, outcome, change["mean"])


def _for_cost(case: Case, outcome: Consequences, gain: float) -> Iterator[Check]:
    """Yield the gain of its own objective for each million dollars a year and each day of escort."""
    cost = case.proposal.feasibility.recurrent_usd
    if not cost:
        phrase = Phrase(msgid("Gain for its cost: not known, for the cost a year is not stated or nought."))
        yield info("gain_per_cost", phrase)
    else:
        each = gain / (cost / _MILLION)
        phrase = Phrase(msgid("Gain for each million dollars a year: {gain}."))
        measured = Measured(name="MF_per_million_usd", value=each, quantity=Quantity.POINTS_EACH)
        yield info("gain_per_cost", phrase.having(gain=Amount(each, Quantity.POINTS_EACH)), measured)
    days = _asked_days(outcome.after) - _asked_days(outcome.before)
    if days > CLOSE:
        phrase = Phrase(msgid("Gain for each day of escort a month: {gain}."))
        measured = Measured(name="MF_per_escort_day", value=gain / days, quantity=Quantity.POINTS_EACH)
        filled = phrase.having(gain=Amount(gain / days, Quantity.POINTS_EACH))
        yield info("gain_per_escort_day", filled, measured)


def _asked_days(result: Review) -> float:
    """Return the escort days asked by all sites, mean of the year [days/month]; NaN if not known."""
    return float(escort_days(result)["asked_days"].sum(skipna=False)) / 12


def _escorts(case: Case, outcome: Consequences) -> Iterator[Check]:
    if outcome.post is None or not case.proposal.opens:
        return
    days = escort_days(outcome.after)
    own = days[days["site_id"] == outcome.post.site_id]
    if own.empty:
        return
    asked, given = float(own["asked_days"].max()), float(own["given_days"].max())
    if np.isnan(asked):
        phrase = Phrase(msgid("How many days of escort its teams ask for is not known."))
        yield info("escorts", phrase, Measured(name="asked_days", value=asked, quantity=Quantity.DAYS))
    elif asked > CLOSE:
        phrase = Phrase(
            msgid("Its teams ask for up to {asked} days of escort a month; its companies give {given}.")
        )
        evidence = (
            Measured(name=name, value=value, quantity=Quantity.DAYS)
            for name, value in (("asked_days", asked), ("given_days", given))
        )
        filled = phrase.having(asked=Amount(asked, Quantity.DAYS), given=Amount(given, Quantity.DAYS))
        yield info("escorts", filled, *evidence)


def _donors(case: Case) -> Iterator[Check]:
    new = outside_posts(case)
    if case.proposal.opens and new:
        phrase = Phrase(msgid("{count} of its assets are new posts, which no site gives up."))
        count = Measured(name="new_posts", value=new, quantity=Quantity.ASSETS)
        yield info("new_posts", phrase.having(count=new), count)
    part_of_year = (case.proposal.what.months or ALL_MONTHS) != ALL_MONTHS
    if part_of_year and case.outcome is not None and case.outcome.donors:
        phrase = Phrase(
            msgid("Donors are reckoned without these assets all year; the site is open in some months alone.")
        )
        yield info("donors_all_year", phrase)


def _equity(case: Case, outcome: Consequences) -> Iterator[Check]:
    """Yield each region that pays for a gain on average."""
    drop = case.prepared.method.reporting.equity_drop
    paid = equity(outcome.before, outcome.after, case.prepared.area.seasons, drop=drop)
    phrase = Phrase(
        msgid(
            "The area’s mean rises, but {name} falls from {before} to {after} of its need "
            "in its worst season."
        )
    )
    for flag in paid.flags:
        filled = phrase.having(
            name=flag.name,
            before=Amount(flag.before, Quantity.SHARE),
            after=Amount(flag.after, Quantity.SHARE),
        )
        change = flag.after - flag.before
        lost = Measured(name="MF_worst", value=change, quantity=Quantity.POINTS, of=flag.unit_id)
        yield warn("equity", filled, lost)


def _ring(case: Case, outcome: Consequences) -> Iterator[Check]:
    """Yield who lives where violence may move to."""
    ring = watch_ring(case.prepared, case.router, outcome.before, outcome.after)
    if not ring.places:
        return
    names = tuple(each.name for each in ring.units if each.people > 0)[:_NAMED]
    phrase = Phrase(
        msgid(
            "Violence may move rather than fall: watch {near} to {far} km around it by the shortest way over "
            "land, {people} people, most in {units}."
        )
    )
    filled = phrase.having(
        near=Amount(ring.near_km, Quantity.KM),
        far=Amount(ring.far_km, Quantity.KM),
        people=Amount(ring.people, Quantity.PEOPLE),
        units=names or Phrase(msgid("no {district}")),
    )
    yield info(
        "watch_ring", filled, Measured(name="ring_people", value=ring.people, quantity=Quantity.PEOPLE)
    )


def _rank(case: Case, cases: Sequence[Case]) -> Iterator[Check]:
    """Yield in how many rankings by gain it stands where it stands in the first of them."""
    made = [each for each in cases if each.outcome is not None]
    if len(made) < 2:  # noqa: PLR2004  nothing to rank
        return
    by_number = {each.number: _gains_by_ranking(each.prepared, each.outcome) for each in made if each.outcome}
    rankings = list(by_number[case.number])
    ranks = [
        1 + sum(by_number[each.number][ranking] > by_number[case.number][ranking] + CLOSE for each in made)
        for ranking in rankings
    ]
    same = sum(rank == ranks[0] for rank in ranks)
    phrase = Phrase(
        msgid(
            "Ranks {rank} of {n} by what it adds to the Mission footprint of the area, and so in {same} of "
            "{all} rankings (whose need counts; mean or worst season)."
        )
    )
    evidence = (
        Measured(name=f"rank_{measure}_{period}", value=rank, quantity=Quantity.ASSETS)
        for (measure, period), rank in zip(rankings, ranks, strict=True)
    )
    yield info("rank", phrase.having(rank=ranks[0], n=len(made), same=same, all=len(ranks)), *evidence)


def _gains_by_ranking(prepared: Prepared, outcome: Consequences) -> Mapping[tuple[str, str], float]:
    """Return the change of the area's Mission footprint by whose need counts, mean and worst season."""
    changes: dict[tuple[str, str], float] = {}
    for measure in Measure:
        before, after = (_of_area(prepared, each, measure) for each in (outcome.before, outcome.after))
        for period in ("mean", "worst"):
            changes[str(measure), period] = float(np.nan_to_num(after[period] - before[period]))
    return changes


def _of_area(prepared: Prepared, result: Review, measure: Measure) -> pd.Series[float]:
    rows = figures_of(prepared, result.delivery.at_least(), measure)
    area = rows[rows["level"] == Level.AREA]
    return by_period(area, (Indicator.MISSION,), prepared.area.seasons).iloc[0]
