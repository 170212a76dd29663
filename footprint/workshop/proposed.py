"""Proposals in a plan: what each says of itself, and the changes it stands for among the plan's others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from footprint.language import Language
from footprint.method import Method
from footprint.proposals.form import Proposal
from footprint.proposals.reading import loads_proposal
from footprint.proposals.scenarios import changes_of
from footprint.proposals.writing import dumps_proposal
from footprint.scenario import Change
from footprint.workshop.plans import Forms, Plan

_ENGLISH = Language("en")


def proposals_in(plan: Plan) -> Mapping[str, Proposal]:
    """Return the proposals of a plan by the site each opens."""
    return {site_id: _read(text) for site_id, text in plan.forms}


@lru_cache(maxsize=256)
def _read(text: str) -> Proposal:
    return loads_proposal(text.encode(), "plan")


def having(
    plan: Plan, site_id: str, proposal: Proposal | None, method: Method
) -> tuple[tuple[Change, ...], Forms]:
    """
    Return what a plan changes and says once one of its proposals is another, new or gone.

    Parameters
    ----------
    plan
        The plan as it stands.
    site_id
        Site that the proposal opens; one that the plan does not have adds a proposal.
    proposal
        What it is to say; None takes it out.
    method
        Tells which component an asset belongs to.

    Returns
    -------
    tuple
        Its changes, those of the proposal where they stood or else last, and its forms.
    """
    before = proposals_in(plan)
    forms = dict(plan.forms)
    rest, at = list(plan.scenario.changes), len(plan.scenario.changes)
    if site_id in before:
        own = changes_of(before[site_id], method, site_id)
        at = min((rest.index(change) for change in own if change in rest), default=at)
        rest = _without(rest, own)
        del forms[site_id]
    if proposal is None:
        # What else was changed at its site goes with it.
        left = tuple(change for change in rest if getattr(change, "site_id", "") != site_id)
        return left, tuple(sorted(forms.items()))
    forms[site_id] = dumps_proposal(proposal, _ENGLISH)
    return (*rest[:at], *changes_of(proposal, method, site_id), *rest[at:]), tuple(sorted(forms.items()))


def _without(changes: Sequence[Change], gone: Sequence[Change]) -> list[Change]:
    """Return changes less others, each taken out once: two proposals may take alike from one donor."""
    left = list(changes)
    for change in gone:
        if change in left:
            left.remove(change)
    return left


def free_site_id(plan: Plan) -> str:
    """Return an identifier for a new site that the plan does not have."""
    taken = {getattr(change, "site_id", "") for change in plan.scenario.changes} | set(dict(plan.forms))
    return next(name for name in (f"p{number}" for number in range(1, 10_000)) if name not in taken)
