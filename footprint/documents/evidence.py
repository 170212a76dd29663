"""Evidence: what happened, held against what could have been reached, as a document for other programs."""

from __future__ import annotations

from footprint.caveats import LIMITS, Caveat
from footprint.coverage.footprints import Weakest
from footprint.documents.columns import OWN, SILENT, VIOLENCE
from footprint.documents.head import about, notes
from footprint.documents.layout.evidence import EvidenceDocument, ReachedRow, ReachRow
from footprint.documents.layout.violence import Sentences
from footprint.evidence.reach import Reached, ReachOfEvents
from footprint.evidence.words import DESCRIPTIVE, reach_words
from footprint.language import Language
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.provenance import of_review
from footprint.scenario import Scenario


def evidence_document(
    prepared: Prepared, reach: tuple[ReachOfEvents, ...], caveats: tuple[Caveat, ...]
) -> EvidenceDocument:
    """
    Return evidence as a document.

    Parameters
    ----------
    prepared
        The area.
    reach
        From `footprint.evidence.reach.reach_of_events`.
    caveats
        What must stand beside it.
    """
    provenance = of_review(prepared, Scenario("today"), Measure.PEOPLE, Weakest.MINIMUM)
    return EvidenceDocument(
        head=about("footprint-evidence", prepared.area, provenance),
        notes=notes((DESCRIPTIVE, *LIMITS), caveats, ()),
        reach=tuple(_row(each) for each in reach),
    )


def _row(reach: ReachOfEvents) -> ReachRow:
    return ReachRow(
        first=reach.span.first,
        last=reach.span.last,
        sites=reach.n_sites,
        events=reach.n_events,
        known_by_year=reach.n_year_only,
        placed_too_poorly=reach.n_elsewhere,
        measures=tuple(_reached(each, reach.n_events) for each in reach.measures),
        sentence=Sentences(en=reach_words(reach, Language("en")), fr=reach_words(reach, Language("fr"))),
    )


def _reached(measure: Reached, n_events: int) -> ReachedRow:
    share = OWN["ReachedRow.events_mean"]
    values = {
        "people_mean": share.rounded(measure.people),
        "events_mean": share.rounded(measure.events),
        "events_low": share.rounded(measure.low),
        "events_high": share.rounded(measure.high),
        "p": VIOLENCE["p"].rounded(measure.p),
    }
    why = SILENT if n_events else "no event has a cell"
    return ReachedRow(
        measure=measure.measure,
        **values,
        reasons={name: why for name, value in values.items() if value is None},
    )
