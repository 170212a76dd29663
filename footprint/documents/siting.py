"""Documents of public location problems: what was asked, what was found, what is proved."""

from __future__ import annotations

import math

from footprint.documents.layout import FORMAT
from footprint.documents.layout.siting import SitingDocument
from footprint.siting.answer import SitingAnswer, SitingStatus
from footprint.siting.solving import Effort
from footprint.siting.world import SitingWorld


def siting_document(
    world: SitingWorld, result: SitingAnswer, effort: Effort, *, radius: float | None
) -> SitingDocument:
    """
    Return what was found of a benchmark file's problem.

    Parameters
    ----------
    world
        What the file holds.
    result
        What was found.
    effort
        How long the search might go on.
    radius
        Distance within which a site covers; None where there is none.
    """
    numbers = {
        "objective": result.bracket.objective,
        "bound": result.bracket.bound,
        "gap": result.bracket.gap,
    }
    known = {name: value if math.isfinite(value) else None for name, value in numbers.items()}
    absent = {name: _reason(name, result) for name, value in known.items() if value is None}
    if result.allowed is None:
        absent["p"] = "the number of sites is what is made small"
    if radius is None:
        absent["radius"] = "no radius in this problem"
    return SitingDocument(
        format=FORMAT,
        kind="footprint-bench",
        file=world.file,
        recognised=world.format,
        problem=result.problem,
        status=result.status,
        n_demand=len(world.demand_ids),
        n_sites=len(world.site_ids),
        n_rows=result.rows,
        p=result.allowed,
        radius=radius,
        objective=known["objective"],
        bound=known["bound"],
        gap=known["gap"],
        wanted_gap=effort.gap,
        elapsed_s=result.seconds,
        allowed_s=effort.seconds,
        chosen=tuple(world.site_ids[site] for site in result.bracket.chosen),
        unserved=tuple(world.demand_ids[point] for point in result.unserved),
        notes=tuple(str(note) for note in world.notes),
        reasons=absent,
    )


def _reason(name: str, result: SitingAnswer) -> str:
    """Return why a number is not known."""
    if result.status is SitingStatus.INFEASIBLE:
        return "no choice of sites serves all demand"
    if name == "gap" and result.bracket.objective == 0:
        return "no share of an objective of 0"
    return "not found, or not proved, in the time allowed"
