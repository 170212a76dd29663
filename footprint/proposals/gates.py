"""Gates: what a named role must sign for, which no gain can outweigh; what is not known is no "no"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from footprint.caveats import silent
from footprint.compare import by_season
from footprint.coverage.evacuation import evacuation, surgery_of
from footprint.coverage.gaps import as_it_stands
from footprint.coverage.holdings import HELICOPTER
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import CLOSE
from footprint.indicators.units import Level
from footprint.language import msgid
from footprint.method import Component
from footprint.proposals.case import Case, Check, gate
from footprint.proposals.consequences import Consequences, unit_of
from footprint.proposals.form import ConsentState, ProposalKind
from footprint.proposals.phrases import Amount, InMonths, Measured, Phrase, Quantity
from footprint.proposals.scenarios import components, counted
from footprint.travel.kernel import TOLERANCE_MIN
from layers.sensitive import SensitiveKind

MEDICAL = Phrase(msgid("chief medical officer"))
HEAD_OF_OFFICE = Phrase(msgid("head of office"))
HUMAN_RIGHTS = Phrase(msgid("head of human rights"))
HUMANITARIAN = Phrase(msgid("humanitarian coordinator's office"))
CIVIL_AFFAIRS = Phrase(msgid("head of civil affairs"))
CHIEF_OF_STAFF = Phrase(msgid("mission chief of staff"))
LEADERSHIP = Phrase(msgid("mission leadership"))


class Nearness(Enum):
    """Answer about sensitive places of one kind."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"
    """No place of the kind is known in this area, or none is on file."""
    NOT_ANSWERED = "not answered"
    """The one who asks has had the answers there are for him, here or altogether."""


SENSITIVE_WORDS = {
    SensitiveKind.SCHOOL: msgid("school"),
    SensitiveKind.CLINIC: msgid("clinic"),
    SensitiveKind.WELL: msgid("well"),
    SensitiveKind.MARKET: msgid("market"),
    SensitiveKind.IDP_SITE: msgid("camp of displaced people"),
    SensitiveKind.HUMANITARIAN_HUB: msgid("humanitarian hub"),
}
"""What each kind of sensitive place is called."""


def gates(case: Case, near: Mapping[SensitiveKind, Nearness] | None) -> Iterator[Check]:
    """
    Yield what a named role must sign for.

    Parameters
    ----------
    case
        The proposal.
    near
        Answers about sensitive places; None where nobody asked, as in documents, which travel.
    """
    if case.outcome is not None:
        yield from _evacuation(case, case.outcome)
        yield from _donor_regions(case, case.outcome)
    if case.proposal.opens:
        yield from _consent(case)
        yield from _national_forces(case)
        yield from _corridor(case)
        yield from _component(case)
        yield from _sensitive(near or {})


def _evacuation(case: Case, outcome: Consequences) -> Iterator[Check]:
    holds_people = case.proposal.opens or case.proposal.what.kind is ProposalKind.DOWNSIZE
    if outcome.post is None or not holds_people:
        return
    method, cell = case.prepared.method, outcome.post.connector.cell
    limit = method.reporting.casevac_limit_min
    minutes = {
        month: float(evacuation(method, case.router, outcome.after.stations, month).minutes[cell])
        for month in case.planned
    }
    late = {month: value for month, value in minutes.items() if value > limit + TOLERANCE_MIN}
    if not late:
        return
    kinds = set(as_it_stands(case.prepared).assets["kind"])
    if not {HELICOPTER, surgery_of(method)} <= kinds:
        phrase = Phrase(msgid("How soon a casualty is in surgery is not known: the data name none."))
        yield gate("casevac_not_known", phrase, MEDICAL)
        return
    phrase = Phrase(
        msgid("A casualty is in surgery after {time} at worst, the limit being {limit}: {months}.")
    ).having(
        time=Amount(max(late.values()), Quantity.MINUTES),
        limit=Amount(limit, Quantity.MINUTES),
        months=InMonths(tuple(late)),
    )
    evidence = (
        Measured(name="surgery_min", value=value, quantity=Quantity.MINUTES, month=month)
        for month, value in late.items()
    )
    yield gate("casevac_late", phrase, MEDICAL, *evidence)


def _donor_regions(case: Case, outcome: Consequences) -> Iterator[Check]:
    """Hold the worst season of each region that gives something up against what it was."""
    giving = [each.site_id for each in outcome.donors]
    if case.proposal.what.kind in {ProposalKind.CLOSE, ProposalKind.DOWNSIZE} and outcome.post is not None:
        giving.append(outcome.post.site_id)
    posts = {each.site_id: each for each in outcome.before.stations}
    regions = {unit_of(case.prepared, posts[site_id], Level.REGION) for site_id in giving}
    if giving and Indicator.MISSION in silent(case.prepared):
        phrase = Phrase(
            msgid("What donors lose of the Mission footprint is not known: the data are silent on a tier.")
        )
        yield gate("donor_region_not_known", phrase, LEADERSHIP)
    drop = case.prepared.method.proposals.donor_drop
    rows = by_season(outcome.before, outcome.after, case.prepared.area.seasons, (Indicator.MISSION,))
    rows = rows[(rows["level"] == Level.REGION) & (rows["period"] == "worst") & rows["unit_id"].isin(regions)]
    phrase = Phrase(
        msgid(
            "{name}, which gives up assets, falls from {before} to {after} of its need in its worst season."
        )
    )
    columns = (rows[name].tolist() for name in ("unit_id", "name", "first", "second", "change"))
    for unit_id, name, first, second, change in zip(*columns, strict=True):
        if change < -drop - CLOSE:
            filled = phrase.having(
                name=str(name),
                before=Amount(first, Quantity.SHARE),
                after=Amount(second, Quantity.SHARE),
            )
            lost = Measured(name="MF_worst", value=change, quantity=Quantity.POINTS, of=str(unit_id))
            yield gate("donor_region_loss", filled, LEADERSHIP, lost)


def _consent(case: Case) -> Iterator[Check]:
    asked = case.proposal.feasibility
    parties = (
        (Phrase(msgid("host government")), asked.host_government),
        (Phrase(msgid("community")), asked.community),
    )
    given = [party for party, consent in parties if consent.state is ConsentState.GIVEN]
    lacking = tuple(party for party, consent in parties if consent.state is not ConsentState.GIVEN)
    if not given:
        yield gate("consent_none", Phrase(msgid("Nobody has given consent.")), HEAD_OF_OFFICE)
    elif lacking:
        phrase = Phrase(msgid("Consent is one-sided: {parties} has not given it."))
        yield gate("consent_one_sided", phrase.having(parties=lacking), HEAD_OF_OFFICE)
    elif not asked.women_consulted:
        answer = (
            Phrase(msgid("Consent is one-sided: women were not consulted."))
            if asked.women_consulted is False
            else Phrase(msgid("Whether women were consulted is not known."))
        )
        yield gate("consent_without_women", answer, HEAD_OF_OFFICE)


def _national_forces(case: Case) -> Iterator[Check]:
    harm = case.proposal.harm
    if harm.national_forces is None:
        phrase = Phrase(msgid("Whether national forces would be at the same place is not known."))
        yield gate("national_forces_not_known", phrase, HUMAN_RIGHTS)
    elif harm.national_forces and not harm.hrddp_reference:
        phrase = Phrase(
            msgid("National forces would be at the same place, without human rights due diligence.")
        )
        yield gate("national_forces", phrase, HUMAN_RIGHTS)


def _corridor(case: Case) -> Iterator[Check]:
    passing = case.prepared.method.proposals.corridor_months
    months = tuple(month for month in case.planned if month in passing)
    answer = case.proposal.harm.grazing_corridor
    if not months or answer is False:
        return
    if answer:
        phrase = Phrase(msgid("A grazing corridor passes within 2 km while herds are moving: {months}."))
        yield gate("grazing_corridor", phrase.having(months=InMonths(months)), CIVIL_AFFAIRS)
        return
    phrase = Phrase(
        msgid("Whether a grazing corridor passes within 2 km is not known; herds move: {months}.")
    )
    yield gate("grazing_not_known", phrase.having(months=InMonths(months)), CIVIL_AFFAIRS)


def _component(case: Case) -> Iterator[Check]:
    """Look for a site of one component; support carries others and is none by itself."""
    kinds = counted(case.proposal.what.package)
    found = components(kinds, case.prepared.method) - {Component.SUPPORT}
    if kinds and len(found) <= 1:
        words = {
            Component.MILITARY: Phrase(msgid("military")),
            Component.POLICE: Phrase(msgid("police")),
            Component.CIVILIAN: Phrase(msgid("civilian")),
            Component.SUPPORT: Phrase(msgid("support")),
        }
        only = next(iter(found), Component.SUPPORT)
        phrase = Phrase(msgid("The site has one component alone: {component}."))
        yield gate("single_component", phrase.having(component=words[only]), CHIEF_OF_STAFF)


def _sensitive(near: Mapping[SensitiveKind, Nearness]) -> Iterator[Check]:
    sentences = (
        (Nearness.YES, "sensitive_near",
         Phrase(msgid("Within the distance to be kept may lie: {kinds}. Ask OCHA."))),
        (Nearness.NOT_KNOWN, "sensitive_not_known",
         Phrase(msgid("Whether these lie nearby is not known: {kinds}. Ask OCHA."))),
        (Nearness.NOT_ANSWERED, "sensitive_not_answered",
         Phrase(msgid("No further answer is given about these here: {kinds}. Ask OCHA."))),
    )  # fmt: skip
    for answer, code, phrase in sentences:
        kinds = tuple(Phrase(SENSITIVE_WORDS[kind]) for kind, own in near.items() if own is answer)
        if kinds:
            yield gate(code, phrase.having(kinds=kinds), HUMANITARIAN)
