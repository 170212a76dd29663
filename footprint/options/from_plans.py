"""From plans: what a plan changes at each place, as rows of the table, with its proposals' costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from operator import or_

from footprint.options.choices import Act, Choice, CostSource
from footprint.options.suggest import held_by_site, priced
from footprint.prepared import Prepared
from footprint.proposals.form import Proposal
from footprint.scenario import AddAssets, Change, CloseSite, MoveSite, OpenSite, RemoveAssets, Scenario
from layers.months import ALL_MONTHS


def from_plans(
    prepared: Prepared,
    scenario: Scenario,
    office: str,
    proposals: Mapping[str, Proposal],
    *,
    prefix: str = "",
) -> tuple[Choice, ...]:
    """
    Return what a plan changes as choices, by place.

    Parameters
    ----------
    prepared
        The area.
    scenario
        The plan's changes; those of roads and tasking are left to the plan.
    office
        Who proposes it.
    proposals
        What proposals say, by the site each opens: costs and posts stated there are taken, others are
        invented and say so.
    prefix
        Begins the identifiers of new places: two plans may call theirs alike.

    Returns
    -------
    tuple of Choice
        What donors give up are rows of their own: the search finds its own donors, and may take these.
    """
    names = {str(site_id): str(name) for site_id, name in prepared.area.sites["name"].items()}
    held = held_by_site(prepared)
    by_place, _ = _by_place(scenario)
    found = []
    for place, changes in by_place.items():
        choice = _choice(place, changes, names, prefix)
        if choice is None:
            continue
        choice = priced(choice, held.get(place, {}), prepared.method)
        own = proposals.get(place)
        found.append(_stated(choice, office or (own.office if own else ""), own, scenario.name))
    return tuple(found)


def unsaid(scenario: Scenario) -> tuple[Change, ...]:
    """
    Return the changes of a plan that `from_plans` leaves to the plan.

    Parameters
    ----------
    scenario
        The plan's changes: those of roads and tasking, and those of places at which it changes several
        things that no one act of the table says.
    """
    by_place, rest = _by_place(scenario)
    lost = [own for place, own in by_place.items() if _choice(place, own, {}, "") is None]
    return (*rest, *(change for own in lost for change in own))


def _by_place(scenario: Scenario) -> tuple[dict[str, list[Change]], list[Change]]:
    """Return the changes of each place, and those of none."""
    by_place: dict[str, list[Change]] = {}
    rest: list[Change] = []
    for change in scenario.changes:
        if isinstance(change, OpenSite | CloseSite | MoveSite | AddAssets | RemoveAssets):
            by_place.setdefault(change.site_id, []).append(change)
        else:
            rest.append(change)
    return by_place, rest


def _choice(place: str, changes: list[Change], names: Mapping[str, str], prefix: str) -> Choice | None:
    """Return the changes of one place as one choice; None where no act of the table says them."""
    counts: Counter[str] = Counter()
    for change in changes:
        if isinstance(change, AddAssets):
            counts[change.kind] += change.count
        elif isinstance(change, RemoveAssets):
            counts[change.kind] -= change.count
    assets = tuple(sorted((kind, count) for kind, count in counts.items() if count))
    opened = next((each for each in changes if isinstance(each, OpenSite)), None)
    closed = reduce(or_, (each.months for each in changes if isinstance(each, CloseSite)), 0)
    moved = next((each for each in changes if isinstance(each, MoveSite)), None)
    name = names.get(place, place)
    if opened is not None:
        new = all(count > 0 for _, count in assets) and assets and moved is None and not closed
        return (
            Choice(
                place=f"{prefix}{place}",
                name=opened.name,
                act=Act.OPEN,
                assets=assets,
                lon=opened.lon,
                lat=opened.lat,
                months=opened.months,
            )
            if new
            else None
        )
    if closed:
        left = ALL_MONTHS & ~closed
        if left and (assets or moved is not None):
            return None
        act = Act.SEASONAL if left else Act.CLOSE
        return Choice(place=place, name=name, act=act, months=left or ALL_MONTHS)
    if moved is not None:
        return None if assets else Choice(place=place, name=name, act=Act.MOVE, lon=moved.lon, lat=moved.lat)
    if not assets:
        return None
    signs = {count > 0 for _, count in assets}
    act = Act.RESHAPE if len(signs) > 1 else (Act.STRENGTHEN if signs == {True} else Act.THIN)
    return Choice(place=place, name=name, act=act, assets=assets)


def _stated(choice: Choice, office: str, proposal: Proposal | None, plan: str) -> Choice:
    """Return a choice with what its proposal states; a cost that it leaves out stays invented."""
    named = replace(choice, office=office, source=plan)
    own = proposal.feasibility if proposal else None
    if own is None:
        return named
    both = own.one_off_usd is not None and own.recurrent_usd is not None
    told = CostSource(str(own.cost_confidence)) if own.cost_confidence is not None else None
    return replace(
        named,
        one_off_usd=choice.one_off_usd if own.one_off_usd is None else own.one_off_usd,
        recurrent_usd=choice.recurrent_usd if own.recurrent_usd is None else own.recurrent_usd,
        posts=choice.posts if own.posts is None else own.posts,
        confidence=told if both else choice.confidence,
    )
