"""Cautions: what a proposal's readers are warned about."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import Station
from footprint.language import msgid
from footprint.prepared import Prepared
from footprint.proposals.case import Case, Check, warn
from footprint.proposals.consequences import Consequences
from footprint.proposals.form import PlacedTo
from footprint.proposals.phrases import Amount, InMonths, Measured, Phrase, Quantity
from footprint.proposals.routes import ways_apart
from footprint.proposals.suitable import Siting, nearest_suitable, siting
from footprint.review import Review
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.router import Router


def cautions(case: Case) -> Iterator[Check]:
    """Yield what the readers of a proposal are warned about, but for conflicts with others."""
    if case.point is not None:
        yield from _place(case)
    if case.outcome is not None and case.outcome.post is not None and case.proposal.opens:
        yield from _reach(case, case.outcome, case.outcome.post)
    yield from _evidence(case)
    if case.proposal.opens and not case.proposal.feasibility.water_source:
        yield warn("water_unstated", Phrase(msgid("Where its water comes from is not stated.")))
    yield from _availability(case)


def _place(case: Case) -> Iterator[Check]:
    point = case.point
    if point is None:
        return
    found = siting(case.prepared, case.router, point, case.planned)
    if found.suitable:
        return
    better = nearest_suitable(case.prepared, case.router, point, case.planned)
    instead: Phrase
    if better is None:
        instead = Phrase(msgid("No dry place on the network was found around."))
    else:
        instead = Phrase(msgid("The nearest place that is suitable: {lat}, {lon} ({km} km).")).having(
            lat=f"{better.lat:.2f}", lon=f"{better.lon:.2f}", km=Amount(better.distance_km, Quantity.KM)
        )
    yield from _against(found, instead)


def _against(place: Siting, instead: Phrase) -> Iterator[Check]:
    if place.in_water:
        yield warn("in_water", Phrase(msgid("It lies in a lake. {instead}")).having(instead=instead))
    if place.flooded:
        phrase = Phrase(msgid("It lies in a flood zone in {months}. {instead}"))
        evidence = (
            Measured(name="flooded", value=1.0, quantity=Quantity.SHARE, month=month)
            for month in place.flooded
        )
        filled = phrase.having(months=InMonths(place.flooded), instead=instead)
        yield warn("in_flood", filled, *evidence)
    if place.off_network:
        phrase = Phrase(msgid("No road is within reach of it. {instead}"))
        yield warn("off_network", phrase.having(instead=instead))


def _reach(case: Case, outcome: Consequences, post: Station) -> Iterator[Check]:
    least = case.prepared.method.proposals.reachable_months_min
    months = reachable_months(case.prepared, case.router, outcome.before, post)
    if len(months) < least:
        phrase = Phrase(msgid("Other sites reach it by land or water in {count} months a year: {months}."))
        count = Measured(name="reachable_months", value=len(months), quantity=Quantity.MONTHS)
        filled = phrase.having(count=Amount(len(months), Quantity.MONTHS), months=InMonths(months))
        yield warn("seldom_reachable", filled, count)
    others = [each for each in outcome.after.stations if each.site_id != post.site_id]
    ways, road_id = ways_apart(case.prepared.network, post, others, case.planned)
    if ways == 0:
        phrase = Phrase(msgid("No road that is open in all its months joins it to another site."))
        yield warn("no_supply_path", phrase)
    elif ways == 1:
        phrase = Phrase(msgid("All supply by road hangs on one piece of road: {road}."))
        roads = case.prepared.area.roads
        name = str(roads.at[road_id, "name"]) if road_id in roads.index else road_id
        one = Measured(name="ways_apart", value=1.0, quantity=Quantity.ASSETS, of=road_id)
        yield warn("single_supply_path", phrase.having(road=name or road_id), one)


def reachable_months(prepared: Prepared, router: Router, before: Review, post: Station) -> tuple[int, ...]:
    """Return the months (1-12) in which any of today's sites reaches a place by land or water in time."""
    effects = station_effects(prepared, router, before.stations, before.laydown.roads, by_air=False)
    limit = np.float32(prepared.method.reporting.beyond_min + TOLERANCE_MIN)
    movers = [name for name, each in prepared.method.capabilities.items() if each.ground or each.boat]
    found: list[int] = []
    for group in range(len(effects.groups)):
        arrivals = effects.arrivals(group)
        if min(arrivals[name][post.connector.cell] for name in movers) <= limit:
            found += effects.groups.months(group)
    return tuple(sorted(found))


def _evidence(case: Case) -> Iterator[Check]:
    pieces = [each for each in case.proposal.why.evidence if each.source or each.statement or each.stated_on]
    if not pieces:
        yield warn("evidence_missing", Phrase(msgid("No evidence is given.")))
        return
    frame, limit = case.prepared.area.frame_date, case.prepared.method.proposals.evidence_days
    days = [(frame - each.stated_on).days for each in pieces if each.stated_on is not None]
    if not days:
        phrase = Phrase(msgid("None of the evidence is dated: how old it is, is not known."))
        yield warn("evidence_undated", phrase)
    elif min(days) > limit:
        phrase = Phrase(msgid("The latest evidence is {days} days old on the frame date."))
        age = Measured(name="age_days", value=min(days), quantity=Quantity.AGE)
        yield warn("evidence_old", phrase.having(days=Amount(min(days), Quantity.AGE)), age)
    if any(each < 0 for each in days):
        yield warn("evidence_future", Phrase(msgid("Some of the evidence is dated after the frame date.")))
    sources = {each.source.strip().casefold() for each in pieces} - {""}
    if len(sources) == 1:
        yield warn("evidence_single", Phrase(msgid("All evidence has one source.")))
    elif not sources:
        yield warn("evidence_unsourced", Phrase(msgid("None of the evidence has a source.")))
    if not {PlacedTo.PLACE, PlacedTo.NEAR} & {each.placed_to for each in pieces}:
        phrase = Phrase(msgid("No evidence is placed better than a whole {district}, or nobody says."))
        yield warn("evidence_imprecise", phrase)


def _availability(case: Case) -> Iterator[Check]:
    """Look for assets that are said to be at hand more often than the method has it."""
    method = case.prepared.method
    for each in case.proposal.what.package:
        usual = [own.availability for own in method.capabilities.values() if each.kind in own.assets]
        if each.availability is None or not usual or each.availability <= max(usual):
            continue
        phrase = Phrase(
            msgid("{asset}: at hand {stated} of the time, says the form; gains are reckoned with {usual}.")
        )
        filled = phrase.having(
            asset=Phrase(method.assets[each.kind].label),
            stated=Amount(each.availability, Quantity.SHARE),
            usual=Amount(max(usual), Quantity.SHARE),
        )
        stated = Measured(name="availability", value=each.availability, quantity=Quantity.SHARE, of=each.kind)
        yield warn("availability_above_default", filled, stated)
