"""Explained: one place asked about on the command line, as what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.caveats import STALE, Caveat, caveats
from footprint.cli.grouped import PlaceAsked
from footprint.documents.layout.place import PlaceDocument
from footprint.documents.place import place_document
from footprint.objectives import Measure
from footprint.place.closing import Closing, closings
from footprint.place.explain import Place, explain
from footprint.place.finding import find_place
from footprint.prepared import Prepared
from footprint.review import Review, review
from footprint.scenario import Scenario
from footprint.views.place_words import PLACE_LIMITS


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """One place of a review, and all that stands beside it."""

    result: Review
    place: Place
    closings: tuple[Closing, ...]
    """Of Force first, then of each tier."""
    caveats: tuple[Caveat, ...]
    document: PlaceDocument


def explained(
    prepared: Prepared,
    scenario: Scenario,
    text: str,
    about: PlaceAsked,
    *,
    measure: Measure,
    stale: bool,
) -> Explained:
    """Return what one place, as `text` names it, comes to under a scenario."""
    router = prepared.router()
    result = review(prepared, scenario, router, measure=measure)
    spotted = find_place(prepared, result.laydown, text)
    month = about.month or prepared.area.start_month
    place = explain(prepared, router, result, spotted, month, measure=measure)
    closing_all = closings(prepared, router, result, place, donor=about.donor or "")
    beside = (*((STALE,) if stale else ()), *caveats(prepared, result))
    document = place_document(prepared, result, place, closing_all, (beside, PLACE_LIMITS))
    return Explained(result, place, closing_all, beside, document)
