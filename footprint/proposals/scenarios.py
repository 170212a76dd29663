"""Scenarios: a proposal as changes on the baseline, each asset taken from its donor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from footprint.errors import ScenarioError
from footprint.language import msgid
from footprint.method import Component, Method
from footprint.proposals.form import NEW, Proposal, ProposalKind, Provided
from footprint.proposals.phrases import Phrase
from footprint.scenario import (
    AddAssets,
    Change,
    CloseSite,
    OpenSite,
    RemoveAssets,
    RepairRoad,
    Scenario,
    apply,
)
from layers import Area
from layers.months import ALL_MONTHS
from layers.sites import SiteKind


def scenario_of(proposal: Proposal, method: Method, number: int = 1) -> Scenario | None:
    """
    Return the scenario that a proposal stands for.

    Parameters
    ----------
    proposal
        The form.
    method
        Tells which component an asset belongs to.
    number
        Of the proposal among those looked at together.

    Returns
    -------
    Scenario or None
        Assets first leave their donors, all year: a site that is open for a season keeps its donors waiting
        for the rest. None where kind, place or package are missing, so that there is nothing to reckon.
    """
    changes = changes_of(proposal, method, new_site_id(number))
    return Scenario(proposal.name or new_site_id(number), changes) if changes else None


def new_site_id(number: int) -> str:
    """Return the identifier of the site that a proposal opens."""
    return f"proposal-{number}"


def place_id(proposal: Proposal, number: int = 1) -> str:
    """Return the identifier of the site that a proposal is about, "" for an axis."""
    if proposal.what.kind is ProposalKind.AXIS:
        return ""
    return new_site_id(number) if proposal.opens else proposal.what.site


def changes_of(proposal: Proposal, method: Method, site_id: str) -> tuple[Change, ...]:
    """Return the changes a proposal stands for, if a new site of it is called `site_id`."""
    what = proposal.what
    match what.kind:
        case ProposalKind.OPEN | ProposalKind.SEASONAL | ProposalKind.LIAISON:
            return _opening(proposal, method, site_id)
        case ProposalKind.CLOSE if what.site:
            return (CloseSite(what.site, what.months or ALL_MONTHS),)
        case ProposalKind.DOWNSIZE if what.site:
            gone = counted(what.package)
            return tuple(RemoveAssets(what.site, kind, count) for kind, count in gone.items())
        case ProposalKind.AXIS:
            return tuple(RepairRoad(road_id) for road_id in what.roads)
        case _:
            return ()


def _opening(proposal: Proposal, method: Method, site_id: str) -> tuple[Change, ...]:
    what = proposal.what
    if what.lon is None or what.lat is None:
        return ()
    opened = OpenSite(
        site_id,
        proposal.name or site_id,
        what.lon,
        what.lat,
        site_kind(proposal, method),
        what.months or ALL_MONTHS,
    )
    given = [RemoveAssets(donor, kind, count) for (donor, kind), count in donations(proposal).items()]
    brought = [AddAssets(site_id, kind, count) for kind, count in counted(what.package).items()]
    return (*given, opened, *brought)


def site_kind(proposal: Proposal, method: Method) -> SiteKind:
    """Return what kind of site a proposal opens: a base where soldiers come, else an office."""
    if proposal.what.kind is ProposalKind.SEASONAL:
        return SiteKind.SEASONAL_TOB
    if proposal.what.kind is ProposalKind.LIAISON:
        return SiteKind.CLA_POST
    kinds = counted(proposal.what.package)
    return SiteKind.TOB if Component.MILITARY in components(kinds, method) else SiteKind.FIELD_OFFICE


def components(kinds: Iterable[str], method: Method) -> frozenset[Component]:
    """Return the components that kinds of asset belong to; kinds the method does not know have none."""
    return frozenset(method.assets[kind].component for kind in kinds if kind in method.assets)


def counted(package: Iterable[Provided]) -> dict[str, int]:
    """Return how many assets of each kind a package holds; blocks without kind or number hold none."""
    total: Counter[str] = Counter()
    for each in package:
        if each.kind and each.count is not None:
            total[each.kind] += each.count
    return dict(total)


def donations(proposal: Proposal) -> dict[tuple[str, str], int]:
    """Return how many assets of each kind each donor gives up to a new site, in the form's order."""
    total: Counter[tuple[str, str]] = Counter()
    for each in proposal.what.package if proposal.opens else ():
        if each.kind and each.count is not None and each.donor not in {"", NEW}:
            total[each.donor, each.kind] += each.count
    return dict(total)


def held(area: Area) -> Mapping[tuple[str, str], int]:
    """Return how many assets of each kind each site of the baseline holds."""
    total: Counter[tuple[str, str]] = Counter()
    columns = (area.assets[name].tolist() for name in ("site_id", "kind", "count"))
    for site_id, kind, count in zip(*columns, strict=True):
        total[site_id, kind] += count
    return dict(total)


def obstacles(scenario: Scenario, area: Area, method: Method) -> tuple[Phrase, ...]:
    """Return why a scenario cannot be made, in words; nothing where it can."""
    try:
        apply(scenario, area, method)
    except ScenarioError as error:
        why = dict.fromkeys(_in_words(change, area, method) for change in _failing(scenario, area, method))
        return tuple(why) or (
            Phrase(msgid("The changes cannot be made together: {why}.")).having(why=error.sentences[0]),
        )
    return ()


def _failing(scenario: Scenario, area: Area, method: Method) -> list[Change]:
    """Return the changes that fail, each tried after those before it that can be made."""
    made, failing, unopened = Scenario(scenario.name), list[Change](), set[str]()
    for change in scenario.changes:
        if isinstance(change, AddAssets) and change.site_id in unopened and change.kind in method.assets:
            continue
        try:
            apply(made.then(change), area, method)
        except ScenarioError:
            failing.append(change)
            unopened |= {change.site_id} if isinstance(change, OpenSite) else set()
        else:
            made = made.then(change)
    return failing


def _in_words(change: Change, area: Area, method: Method) -> Phrase:
    match change:
        case AddAssets(kind=kind) | RemoveAssets(kind=kind) if kind not in method.assets:
            known = ", ".join(method.assets)
            return Phrase(msgid("There is no kind of asset {kind}; there are: {known}.")).having(
                kind=kind, known=known
            )
        case CloseSite(site_id) | RemoveAssets(site_id) if site_id not in area.sites.index:
            return Phrase(msgid("There is no site {site}; there are: {known}.")).having(
                site=site_id, known=", ".join(sorted(area.sites.index))
            )
        case RemoveAssets():
            return _too_few(change, area, method)
        case OpenSite():
            # Without the numbers: swapped ones would be the place, and what is said here may travel.
            return Phrase(
                msgid("The point lies outside the area; look whether longitude and latitude are swapped.")
            )
        case RepairRoad(road_id):
            return Phrase(msgid("There is no road {road}.")).having(road=road_id)
        case _:
            return Phrase(msgid("One of its changes cannot be made."))


def _too_few(change: RemoveAssets, area: Area, method: Method) -> Phrase:
    """Say that a site cannot give so many, or that nobody knows what it has."""
    site, asset = str(area.sites.at[change.site_id, "name"]), Phrase(method.assets[change.kind].label)
    if change.kind not in set(area.assets["kind"]):
        # The data name none at any site: that is silence, and no nought.
        phrase = Phrase(msgid("Whether {site} has {asset} is not known: the data name none anywhere."))
        return phrase.having(site=site, asset=asset)
    has = held(area).get((change.site_id, change.kind), 0)
    phrase = Phrase(msgid("{site} has {has} × {asset} and cannot give {count}."))
    return phrase.having(site=site, has=has, asset=asset, count=change.count)
