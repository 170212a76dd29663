"""Completeness: what keeps a proposal from the workshop, and what it leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from footprint.disclosure import Precision
from footprint.language import msgid
from footprint.proposals.case import Case, Check, block, warn
from footprint.proposals.form import NEW, ProposalKind, ask_of
from footprint.proposals.phrases import FirstClause, Phrase
from footprint.releases.terms import Marking

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ANY_SEASON = "all"
"""Season of a proposal that is for the whole year."""

_FINEST = {
    Marking.UNCLASSIFIED: Precision.PUBLIC,
    Marking.CONFIDENTIAL: Precision.INTERNAL,
    Marking.STRICTLY_CONFIDENTIAL: Precision.RESTRICTED,
}
"""Finest precision that each classification permits."""


def completeness(case: Case) -> Iterator[Check]:
    """Yield every reason why a proposal cannot go to the workshop, and a list of what it leaves unsaid."""
    yield from _of_the_area(case)
    yield from _of_the_place(case)
    yield from _of_the_package(case)
    yield from _of_the_purpose(case)
    yield from _of_the_handling(case)
    yield from _unsaid(case)


def _of_the_area(case: Case) -> Iterator[Check]:
    area, drawn_on = case.prepared.area, case.proposal.provenance
    if drawn_on.area_id and drawn_on.area_id != area.area_id:
        phrase = Phrase(msgid("The proposal is for area {other}, this is {this}."))
        yield block("other_area", phrase.having(other=drawn_on.area_id, this=area.area_id))
    elif drawn_on.area_digest and drawn_on.area_digest != area.digest:
        yield warn("stale", Phrase(msgid("The area's files have changed since the proposal was written.")))


def _of_the_place(case: Case) -> Iterator[Check]:
    proposal, what = case.proposal, case.proposal.what
    if what.kind is None:
        yield block("kind_missing", Phrase(msgid("It is not said what is proposed.")))
    if proposal.opens and (what.lon is None or what.lat is None):
        yield block("place_missing", Phrase(msgid("Longitude or latitude of the new site is missing.")))
    if what.kind in {ProposalKind.CLOSE, ProposalKind.DOWNSIZE} and not what.site:
        yield block("place_missing", Phrase(msgid("The site it is about is missing.")))
    if what.kind is ProposalKind.AXIS and not what.roads:
        yield block("place_missing", Phrase(msgid("The roads of the axis are missing.")))
    for why in case.obstacles:
        yield block("cannot_be_made", why)
    yield from _of_the_unit(case)


def _of_the_unit(case: Case) -> Iterator[Check]:
    """Hold the point against the second-level unit that the form states, by the unit's own outline."""
    point, stated = case.point, case.proposal.what.unit
    if point is None or not stated:
        return
    districts = case.prepared.area.districts
    names = [str(name) for name in districts.loc[districts.covers(point), "name"]]
    ids = [str(unit_id) for unit_id in districts.index[districts.covers(point)]]
    if stated.casefold() not in {each.casefold() for each in (*names, *ids)}:
        phrase = Phrase(msgid("The form says {stated}; the point lies in {found}."))
        where: Phrase | str = ", ".join(names) or Phrase(msgid("no {district}"))
        yield block("other_unit", phrase.having(stated=stated, found=where))


def _of_the_package(case: Case) -> Iterator[Check]:
    proposal, package = case.proposal, case.proposal.what.package
    needs_package = proposal.opens or proposal.what.kind is ProposalKind.DOWNSIZE
    if needs_package and not any(each.kind and each.count for each in package):
        phrase = Phrase(msgid("The package is empty: no kind of asset with its number."))
        yield block("package_missing", phrase)
    for each in package:
        if bool(each.kind) != (each.count is not None):
            phrase = Phrase(msgid("A block of the package names a kind without number, or a number alone."))
            yield block("package_missing", phrase)
    if not proposal.opens:
        return
    lacking = [_asset(case, each.kind) for each in package if each.kind and not each.donor]
    if lacking:
        phrase = Phrase(
            msgid('The donor of {assets} is missing; say which site gives them up, or "new" for new posts.')
        )
        yield block("donor_missing", phrase.having(assets=tuple(lacking)))


def _asset(case: Case, kind: str) -> Phrase | str:
    known = case.prepared.method.assets
    return Phrase(known[kind].label) if kind in known else kind


def _of_the_purpose(case: Case) -> Iterator[Check]:
    why, what, prepared = case.proposal.why, case.proposal.what, case.prepared
    objectives = [each.objective_id for each in prepared.objectives]
    seasons = [each.season_id for each in prepared.area.seasons]
    known = Phrase(msgid("There is no {what} {given}; there are: {known}."))
    if not why.objective:
        yield block("objective_missing", Phrase(msgid("The objective it serves is missing.")))
    elif why.objective not in objectives:
        yield block(
            "objective_unknown",
            known.having(what=Phrase(msgid("objective")), given=why.objective, known=", ".join(objectives)),
        )
    if why.tier is None:
        yield block("tier_missing", Phrase(msgid("The tier it serves is missing.")))
    if not what.exit_condition:
        yield block(
            "exit_missing", Phrase(msgid("The exit condition is missing: when would it close again?"))
        )
    if not why.season:
        yield block("season_missing", Phrase(msgid("The season it is for is missing.")))
    elif why.season != ANY_SEASON and why.season not in seasons:
        yield block(
            "season_unknown",
            known.having(
                what=Phrase(msgid("season")), given=why.season, known=", ".join([*seasons, ANY_SEASON])
            ),
        )
    if not any(map(str.strip, why.alternatives)) or not why.without_base:
        phrase = Phrase(msgid("The alternatives considered are missing, or what would be done with no base."))
        yield block("alternative_missing", phrase)


def _of_the_handling(case: Case) -> Iterator[Check]:
    marking, precision = case.proposal.harm.classification, case.proposal.harm.precision
    if marking is None:
        yield block("classification_missing", Phrase(msgid("The classification is missing.")))
        return
    if marking is Marking.UNCLASSIFIED:
        phrase = Phrase(msgid("A proposed or closing site is confidential at least, not unclassified."))
        yield block("classification_too_low", phrase)
    order = list(Precision)
    if precision is not None and order.index(precision) > order.index(_FINEST[marking]):
        phrase = Phrase(
            msgid("It asks to be told as precisely as “{precision}”; “{marking}” permits “{finest}” at most.")
        )
        filled = phrase.having(precision=str(precision), marking=str(marking), finest=str(_FINEST[marking]))
        yield block("precision_too_fine", filled)


_CHECKED_ELSEWHERE = frozenset(
    {
        "kind", "lon", "lat", "site", "roads", "exit_condition", "package", "objective", "tier", "season",
        "alternatives", "without_base", "evidence", "water_source", "host_government", "community",
        "women_consulted", "national_forces", "hrddp_reference", "grazing_corridor", "classification",
    }
)  # fmt: skip
"""Fields whose absence has a check of its own, or that not every kind of proposal has."""


def _unsaid(case: Case) -> Iterator[Check]:
    proposal = case.proposal
    parts = (proposal.what, proposal.why, proposal.feasibility, proposal.harm)
    empty = [*_empty(proposal), *(about for part in parts for about in _empty(part))]
    if empty:
        phrase = Phrase(msgid("Not known, for the form does not say: {fields}."))
        yield warn("not_stated", phrase.having(fields=tuple(empty)))


def _empty(part: DataclassInstance) -> Iterator[FirstClause]:
    """Yield what belongs in each empty field of one part."""
    for own in fields(part):
        value = getattr(part, own.name)
        if own.name not in _CHECKED_ELSEWHERE and not is_dataclass(value) and value in {None, "", ()}:
            yield FirstClause(Phrase(ask_of(own).about))


def outside_posts(case: Case) -> int:
    """Return how many assets of the package no site gives up."""
    return sum(each.count or 0 for each in case.proposal.what.package if each.donor == NEW)
