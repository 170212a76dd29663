"""How sure figures of plans are, as a document for other programs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from math import isfinite

from footprint.caveats import LIMITS, Caveat
from footprint.coverage.footprints import Weakest
from footprint.documents.columns import NO_DEMAND, OUTSIDE_AREA, SILENT
from footprint.documents.head import about, notes, subject
from footprint.documents.layout.sure import (
    BandRow,
    DrawnRow,
    PairRow,
    SureDocument,
    SurePart,
    SurePlanRow,
    SwingRow,
    TornadoRow,
)
from footprint.documents.sure_columns import SURE
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import msgid
from footprint.method import DrawnName
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.provenance import Provenance, of_review
from footprint.scenario import Scenario
from footprint.uncertainty import Figure, OfYear, Sureness, Tornado

SURE_LIMITS = (
    msgid(
        "Bands tell how figures move with the numbers that are drawn, whose limits are judgements; what the "
        "data leave out or the method leaves open moves no band."
    ),
    msgid(
        "Overlapping bands say nothing: the draws are common, so compare plans by their paired difference."
    ),
)

_HUNG_ON = (Indicator.FORCE, Indicator.MISSION)
"""What a tornado is told of, for the area and each objective."""


def sure_document(
    prepared: Prepared,
    drawn: Sureness,
    plans: Mapping[str, Scenario],
    caveats: tuple[Caveat, ...],
    *,
    measure: Measure,
) -> SureDocument:
    """
    Return what plans come to under common draws, as a document.

    Parameters
    ----------
    prepared
        The area.
    drawn
        What the draws gave.
    plans
        The plans by name; the first is what the others are held against in the tornados.
    caveats
        What must stand beside it.
    measure
        Whose need counts.
    """
    whole = subject(prepared, next(iter(plans.values())))
    return SureDocument(
        head=about("footprint-sure", prepared.area, _provenance(prepared, plans, measure)),
        notes=notes((*SURE_LIMITS, *LIMITS), caveats, ()),
        measure=measure,
        method=whole.method,
        objectives=whole.objectives,
        plans=tuple(
            SurePlanRow(plan=name, scenario=subject(prepared, scenario).scenario)
            for name, scenario in plans.items()
        ),
        part=sure_part(prepared, drawn),
        tornados=tuple(_tornados(drawn)),
    )


def sure_part(prepared: Prepared, drawn: Sureness) -> SurePart:
    """Return what is drawn, the band of every figure of each plan, and every two plans held together."""
    numbers = drawn.numbers
    return SurePart(
        draws=len(drawn.draws),
        seed=numbers.seed,
        low_share=numbers.low_share,
        high_share=numbers.high_share,
        told_apart_share=numbers.told_apart_share,
        drawn=tuple(
            DrawnRow(
                name=each.name,
                label=each.label,
                law=each.law,
                lowest=each.low,
                highest=each.high,
                unit="km" if each.name is DrawnName.LOCATION else "×",
            )
            for each in prepared.method.drawn.values()
        ),
        bands=tuple(
            _band(drawn, plan, figure, _empty(prepared, figure))
            for figure in drawn.figures()
            for plan in drawn.plans
        ),
        pairs=tuple(_pairs(drawn)),
    )


def _provenance(prepared: Prepared, plans: Mapping[str, Scenario], measure: Measure) -> Provenance:
    """Return what it rests on: of the scenarios the hash of all their identifiers."""
    first = of_review(prepared, next(iter(plans.values())), measure, Weakest.MINIMUM)
    ids = " ".join(each.scenario_id for each in plans.values())
    return replace(first, scenario_id=hashlib.sha256(ids.encode()).hexdigest()[: len(first.scenario_id)])


def _empty(prepared: Prepared, figure: Figure) -> str:
    """Return why a figure is of no need in some draw."""
    outside = figure.level is Level.REGION and figure.unit_id in prepared.area.regions_outside
    return OUTSIDE_AREA if outside else NO_DEMAND


def _band(drawn: Sureness, plan: str, figure: Figure, empty: str) -> BandRow:
    band, places = drawn.band(plan, figure), drawn.ranks(figure)
    column = SURE["BandRow.median"]
    values: dict[str, float | None] = dict.fromkeys(("centre", "low", "median", "high"))
    if band is not None:
        own = {"low": band.low, "median": band.median, "high": band.high}
        own["centre"] = drawn.at_centre(plan, figure)
        values = {name: column.rounded(own[name]) for name in values}
    why = SILENT if drawn.has_need(plan, figure) else empty
    return BandRow(
        plan=plan,
        level=figure.level,
        unit_id=figure.unit_id,
        name=drawn.name(figure),
        measure=figure.indicator,
        period=figure.period,
        **values,
        places=None if places is None else tuple(places[drawn.plans.index(plan)].tolist()),
        reasons={name: why for name, value in values.items() if value is None},
    )


def _pairs(drawn: Sureness) -> Iterator[PairRow]:
    share = SURE["PairRow.median"]
    for figure in drawn.figures():
        for first, second in combinations(drawn.plans, 2):
            pair = drawn.pair(first, second, figure)
            if pair is None:
                continue
            yield PairRow(
                first=first,
                second=second,
                level=figure.level,
                unit_id=figure.unit_id,
                name=drawn.name(figure),
                measure=figure.indicator,
                period=figure.period,
                known=drawn.is_known(first, figure) and drawn.is_known(second, figure),
                centre=round(pair.centre, share.digits) + 0.0,
                low=round(pair.band.low, share.digits) + 0.0,
                median=round(pair.band.median, share.digits) + 0.0,
                high=round(pair.band.high, share.digits) + 0.0,
                first_better=pair.first_better,
                second_better=pair.second_better,
                told_apart=pair.told_apart,
                within_cells=pair.within_cells,
            )


def _tornados(drawn: Sureness) -> Iterator[TornadoRow]:
    """Yield what the first plan's headlines hang on, and the difference of every other from it."""
    first, *others = drawn.plans
    for figure in drawn.figures():
        if figure.level is Level.REGION or figure.indicator not in _HUNG_ON or figure.period is OfYear.WORST:
            continue
        own = drawn.tornado(figure, first)
        if own is not None:
            yield _tornado(drawn, figure, first, None, own)
        for plan in others:
            apart = drawn.tornado(figure, plan, against=first)
            if apart is not None:
                yield _tornado(drawn, figure, plan, first, apart)


def _tornado(drawn: Sureness, figure: Figure, plan: str, against: str | None, tornado: Tornado) -> TornadoRow:
    share = SURE["TornadoRow.explained"]
    explained = share.rounded(tornado.explained)
    return TornadoRow(
        plan=plan,
        against=against,
        level=figure.level,
        unit_id=figure.unit_id,
        name=drawn.name(figure),
        measure=figure.indicator,
        period=figure.period,
        explained=explained,
        reasons={} if isfinite(tornado.explained) else {"explained": share.gap},
        swings=tuple(
            SwingRow(
                number=each.number.name,
                of=each.number.of,
                lowest=round(each.low, SURE["SwingRow.lowest"].digits),
                highest=round(each.high, SURE["SwingRow.highest"].digits),
                swing=round(each.swing, SURE["SwingRow.swing"].digits) + 0.0,
                doubt=round(each.doubt, SURE["SwingRow.doubt"].digits) + 0.0,
                share=round(each.share, SURE["SwingRow.share"].digits) + 0.0,
            )
            for each in tornado.swings
        ),
    )
