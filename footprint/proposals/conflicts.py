"""Conflicts: sites that bring the same to the same people, and offices that want the same place or assets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import Station
from footprint.language import msgid
from footprint.prepared import Prepared
from footprint.proposals.case import Case, Check, warn
from footprint.proposals.consequences import Consequences
from footprint.proposals.form import ProposalKind
from footprint.proposals.phrases import Amount, Measured, Phrase, Quantity
from footprint.proposals.scenarios import counted, donations, held
from footprint.travel.router import Router

_BLEND = "blend"


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of what one site brings another brings too."""

    site_id: str
    share: float
    """Of its chances over capabilities and need, mean of its months [0-1]; NaN where it brings nothing."""


def overlaps(
    prepared: Prepared, router: Router, outcome: Consequences, others: Sequence[Station]
) -> tuple[Overlap, ...]:
    """
    Return how much of what a proposed site brings each other site brings too.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    outcome
        The proposal's consequences.
    others
        Sites of today, or of other proposals.

    Notes
    -----
    Σ d·min(c, c′) / Σ d·c over cells, capabilities and the months in which the site is open: d is the need,
    c and c′ the chances that a capability of the one and of the other is there in time.
    """
    if outcome.post is None or not others:
        return ()
    effects = station_effects(prepared, router, (outcome.post, *others), outcome.after.laydown.roads)
    need = prepared.surfaces[_BLEND].astype(np.float64)
    own, both = 0.0, np.zeros(len(others))
    for group in range(len(effects.groups)):
        if not effects.is_open(0, group):
            continue
        weight = need[[month - 1 for month in effects.groups.months(group)]].sum(axis=0)
        mine = effects.chances(group, [0])
        kept = np.flatnonzero(mine.any(axis=0))
        own += float((mine[:, kept] @ weight[kept]).sum())
        for at in range(len(others)):
            theirs = effects.chances(group, [at + 1])
            both[at] += float((np.minimum(mine[:, kept], theirs[:, kept]) @ weight[kept]).sum())
    shares = both / own if own > 0 else np.full(len(others), np.nan)
    return tuple(Overlap(post.site_id, float(share)) for post, share in zip(others, shares, strict=True))


def conflicts(case: Case, cases: Sequence[Case]) -> Iterator[Check]:
    """
    Yield what stands between a proposal and today's sites, and the proposals of other offices.

    Parameters
    ----------
    case
        The proposal.
    cases
        All that are looked at together, itself among them; those of its own office may be alternatives, and
        only compete with it for assets.
    """
    if case.outcome is not None and case.proposal.opens:
        yield from _with_sites(case, case.outcome)
        for other in cases:
            if other.number != case.number and not _of_one_office(case, other):
                yield from _between(case, case.outcome, other)
    yield from _booked_twice(case, cases)


def _of_one_office(case: Case, other: Case) -> bool:
    """Tell whether two proposals come from one office; those of an office nobody names may not."""
    mine, theirs = (each.proposal.office.strip().casefold() for each in (case, other))
    return bool(mine) and mine == theirs


def _with_sites(case: Case, outcome: Consequences) -> Iterator[Check]:
    limit, today = case.prepared.method.proposals.overlap_share, outcome.before.stations
    names = {each.site_id: each.name for each in today}
    phrase = Phrase(msgid("{share} of what it brings {name} brings already."))
    for each in overlaps(case.prepared, case.router, outcome, today):
        if each.share > limit:
            filled = phrase.having(share=Amount(each.share, Quantity.SHARE), name=names[each.site_id])
            yield warn("overlap_site", filled, _overlap(each, each.site_id))


def _overlap(each: Overlap, of: str) -> Measured:
    return Measured(name="overlap", value=each.share, quantity=Quantity.SHARE, of=of)


def _between(case: Case, outcome: Consequences, other: Case) -> Iterator[Check]:
    mine, theirs, numbers = case.point, other.point, case.prepared.method.proposals
    if mine is None or theirs is None:
        return
    km = float(mine.distance(theirs)) / 1000
    if km <= numbers.conflict_km:
        phrase = Phrase(msgid("{office} proposes {name} {km} km from here."))
        filled = phrase.having(
            office=other.proposal.office or Phrase(msgid("An office that is not named")),
            name=other.label,
            km=Amount(km, Quantity.KM),
        )
        # Whole kilometres, so that exact places cannot be told from a few distances.
        near = Measured(name="distance_km", value=round(km), quantity=Quantity.KM, of=other.label)
        yield warn("conflict_near", filled, near)
    if other.outcome is None or other.outcome.post is None:
        return
    for each in overlaps(case.prepared, case.router, outcome, (other.outcome.post,)):
        if each.share > numbers.overlap_share:
            phrase = Phrase(msgid("{share} of what it brings {name}, proposed by {office}, would bring too."))
            filled = phrase.having(
                share=Amount(each.share, Quantity.SHARE),
                name=other.label,
                office=other.proposal.office or Phrase(msgid("an office that is not named")),
            )
            yield warn("conflict_overlap", filled, _overlap(each, other.label))


def _booked_twice(case: Case, cases: Sequence[Case]) -> Iterator[Check]:
    """Look for donors of which all proposals together ask more than they have."""
    has, area = held(case.prepared.area), case.prepared.area
    assets = case.prepared.method.assets
    for (donor, kind), count in _taken(case).items():
        by_case = {each.number: _taken(each).get((donor, kind), 0) for each in cases}
        asked = sum(by_case.values())
        there = has.get((donor, kind), 0)
        rivals = tuple(each.label for each in cases if by_case[each.number] and each.number != case.number)
        if not rivals or asked <= there or count > there:
            continue  # by itself it asks too much: that is a fault of its own, said there
        phrase = Phrase(
            msgid("Booked twice: {name} has {there} × {asset}, and {asked} are asked of it, by {rivals} too.")
        )
        filled = phrase.having(
            name=str(area.sites.at[donor, "name"]),
            there=there,
            asset=Phrase(assets[kind].label),
            asked=asked,
            rivals=rivals,
        )
        figures = (("asked", asked), ("held", there))
        evidence = (
            Measured(name=name, value=value, quantity=Quantity.ASSETS, of=f"{donor}/{kind}")
            for name, value in figures
        )
        yield warn("booked_twice", filled, *evidence)


def _taken(case: Case) -> dict[tuple[str, str], int]:
    """Return what a proposal takes from today's sites: from donors, and what closing or downsizing ends."""
    what, area = case.proposal.what, case.prepared.area
    match what.kind:
        case ProposalKind.DOWNSIZE:
            return {(what.site, kind): count for kind, count in counted(what.package).items()}
        case ProposalKind.CLOSE:
            return {(site, kind): count for (site, kind), count in held(area).items() if site == what.site}
        case _:
            return donations(case.proposal)
