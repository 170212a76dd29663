"""Evidence: what happened, held against what could have been reached, as a document for other programs."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Any

from footprint.caveats import LIMITS, Caveat
from footprint.coverage.footprints import Weakest
from footprint.documents.columns import (
    FEW_CELLS,
    NO_CELL,
    NO_DEMAND,
    NO_INCIDENT,
    NO_PEOPLE,
    OUTSIDE_AREA,
    OWN,
    SILENT,
    VIOLENCE,
)
from footprint.documents.hanging_columns import HANGING
from footprint.documents.head import about, notes
from footprint.documents.layout.evidence import (
    CostliestRow,
    EvidenceDocument,
    ForesightPart,
    FragilityPart,
    LeftOutRow,
    ObjectiveChange,
    PieceRow,
    ReachedRow,
    ReachRow,
    RegionChange,
    RuleRow,
    RuleYear,
)
from footprint.documents.layout.violence import Sentences
from footprint.evidence.costliest import costliest
from footprint.evidence.foresight import Foresight
from footprint.evidence.foresight_words import FORESIGHT_LIMITS, foresight_words
from footprint.evidence.fragility import Fragility, WithoutPiece
from footprint.evidence.fragility_words import FRAGILITY_LIMITS, fragility_words, piece_words
from footprint.evidence.gathered import Evidence
from footprint.evidence.reach import Reached, ReachOfEvents
from footprint.evidence.rules import SIMPLE, RankingRule
from footprint.evidence.words import DESCRIPTIVE, reach_words
from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.provenance import of_review
from footprint.scenario import Scenario


def evidence_document(
    prepared: Prepared, evidence: Evidence, fragility: Fragility, caveats: tuple[Caveat, ...]
) -> EvidenceDocument:
    """
    Return evidence as a document.

    Parameters
    ----------
    prepared
        The area.
    evidence
        What happened, held against the answers.
    fragility
        What the answer for the sites as they stand hangs on.
    caveats
        What must stand beside it.
    """
    provenance = of_review(prepared, Scenario("today"), Measure.PEOPLE, Weakest.MINIMUM)
    return EvidenceDocument(
        head=about("footprint-evidence", prepared.area, provenance),
        notes=notes((DESCRIPTIVE, *FORESIGHT_LIMITS, *FRAGILITY_LIMITS, *LIMITS), caveats, ()),
        reach=tuple(_row(each, prepared) for each in evidence.reach),
        foresight=_foresight(evidence, prepared),
        fragility=_fragility(fragility, prepared),
        source_differences=len(prepared.area.differences),
        deaths_not_stated=evidence.n_unstated,
    )


def _said(words: Callable[[Language], str], prepared: Prepared) -> Sentences:
    """Return a finding in both languages, in the words of the area's units."""
    units = prepared.area.unit_words
    return Sentences(en=words(Language.of_area("en", units)), fr=words(Language.of_area("fr", units)))


def _row(reach: ReachOfEvents, prepared: Prepared) -> ReachRow:
    numbers = prepared.method.evidence
    return ReachRow(
        first=reach.span.first,
        last=reach.span.last,
        sites=reach.n_sites,
        events=reach.n_events,
        known_by_year=reach.n_year_only,
        placed_too_poorly=reach.n_elsewhere,
        year_partly_inside=reach.n_undated,
        measures=tuple(_reached(each, reach) for each in reach.measures),
        sentence=_said(lambda language: reach_words(reach, numbers, language), prepared),
    )


def _reached(measure: Reached, reach: ReachOfEvents) -> ReachedRow:
    share = OWN["ReachedRow.events_mean"]
    values = {
        "people_mean": share.rounded(measure.people),
        "events_mean": share.rounded(measure.events),
        "events_low": share.rounded(measure.low),
        "events_high": share.rounded(measure.high),
        "p": VIOLENCE["p"].rounded(measure.p),
    }
    nobody = not reach.inhabited
    why = dict.fromkeys(values, SILENT) if reach.n_events else dict.fromkeys(values, NO_CELL)
    if reach.n_events and not isnan(measure.events):
        why |= dict.fromkeys(("events_low", "events_high", "p"), FEW_CELLS)
    why |= {"people_mean": NO_PEOPLE if nobody else SILENT}
    if nobody and reach.n_events:
        why |= {"p": NO_PEOPLE}
    return ReachedRow(
        measure=measure.measure,
        **values,
        reasons={name: why[name] for name, value in values.items() if value is None},
    )


def _foresight(evidence: Evidence, prepared: Prepared) -> ForesightPart:
    record, verdict = evidence.foresight, evidence.verdict
    share = prepared.method.evidence.named_share
    why = NO_PEOPLE if record.n_events else NO_INCIDENT
    values = {
        name: OWN[f"ForesightPart.{name}"].rounded(getattr(verdict, name))
        for name in ("difference", "low", "high")
    }
    return ForesightPart(
        by_month=record.by_month,
        units=record.n_units,
        named_share=share,
        outcome=verdict.outcome,
        best_simple=verdict.best,
        **values,
        reasons={name: why for name, value in values.items() if value is None},
        rules=tuple(_rule(record, rule) for rule in record.rules),
        cell_km=record.cells.cell_km,
        cell_events=record.cells.n_events,
        left_out=tuple(LeftOutRow(reason=reason, count=count) for reason, count in record.left_out),
        sentence=_said(lambda language: foresight_words(record, verdict, share, language), prepared),
    )


def _rule(record: Foresight, rule: RankingRule) -> RuleRow:
    caught = OWN["RuleYear.share"]
    return RuleRow(
        rule=rule,
        simple=rule in SIMPLE,
        pooled=OWN["RuleRow.pooled"].rounded(record.pooled(rule)),
        on_cells=OWN["RuleRow.on_cells"].rounded(record.cells.pooled.get(rule, float("nan"))),
        years=tuple(
            RuleYear(year=each.year, events=each.n_events, share=caught.rounded(each.share(rule)))
            for each in record.years
        ),
    )


def _fragility(fragility: Fragility, prepared: Prepared) -> FragilityPart:
    known = {"force": fragility.force_known, "mission": fragility.mission_known}
    today = _headlines(fragility.force, fragility.mission)
    for name in (name for name, told in known.items() if not told):
        today[name], today["reasons"][name] = None, SILENT
    if fragility.n_without_effect is None:
        today["reasons"]["without_effect"] = NO_DEMAND
    return FragilityPart(
        **today,
        force_known=fragility.force_known,
        mission_known=fragility.mission_known,
        without_effect=fragility.n_without_effect,
        pieces=tuple(_piece(each, prepared) for each in fragility.left_out),
        costliest=_costliest(fragility, prepared),
        sentence=_said(lambda language: fragility_words(fragility, prepared, language), prepared),
    )


def _piece(row: WithoutPiece, prepared: Prepared) -> PieceRow:
    return PieceRow(
        piece=row.piece,
        of=row.of,
        kind=row.kind or None,
        name=_named(row, prepared),
        **_headlines(row.force, row.mission),
        objectives=tuple(
            ObjectiveChange(objective_id=objective_id, **_headlines(*pair))
            for objective_id, pair in row.by_objective.items()
        ),
        regions=tuple(
            RegionChange(
                unit_id=unit_id,
                **_headlines(*pair, OUTSIDE_AREA if unit_id in prepared.area.regions_outside else NO_DEMAND),
            )
            for unit_id, pair in row.by_region.items()
        ),
    )


def _costliest(fragility: Fragility, prepared: Prepared) -> tuple[CostliestRow, ...]:
    known = {Indicator.FORCE: fragility.force_known, Indicator.MISSION: fragility.mission_known}
    names = prepared.area.regions["name"]
    outside = dict.fromkeys(prepared.area.regions_outside, OUTSIDE_AREA)
    rows = []
    for each in costliest(fragility):
        own = each.piece
        change = HANGING["CostliestRow.change"].rounded(each.change)
        rows.append(
            CostliestRow(
                unit_id=each.unit_id,
                region=str(names[each.unit_id]),
                indicator=each.indicator,
                among=each.among,
                of=None if own is None else own.of,
                name=None if own is None else _named(own, prepared),
                change=change,
                reasons={}
                if change is not None
                else {"change": outside.get(each.unit_id, NO_DEMAND if known[each.indicator] else SILENT)},
            )
        )
    return tuple(rows)


def _named(row: WithoutPiece, prepared: Prepared) -> Sentences:
    return _said(lambda language: piece_words(row, prepared, language), prepared)


def _headlines(force: float, mission: float, empty: str = NO_DEMAND) -> dict[str, Any]:
    """Return both headlines as a document holds them, with `empty` as the reason for what is missing."""
    share = HANGING["PieceRow.force"]
    values = {"force": share.rounded(force), "mission": share.rounded(mission)}
    return values | {"reasons": {name: empty for name, value in values.items() if value is None}}
