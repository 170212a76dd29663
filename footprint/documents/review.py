"""Review: what a review comes to, as a document for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from footprint.access.remoteness import SHARES, Remoteness, months_reached, remoteness, remoteness_figures
from footprint.access.watched import Watched, watched
from footprint.caveats import LIMITS, Caveat, caveats
from footprint.compare import escort_days
from footprint.coverage.footprints import Weakest
from footprint.documents.columns import COLUMNS, FIGURES, NO_DEMAND, OUTSIDE_AREA, PEOPLE_UNKNOWN, SILENT
from footprint.documents.comparison import comparison
from footprint.documents.head import about, notes, subject
from footprint.documents.layout.review import (
    BoundRow,
    EscortRow,
    FigureRow,
    PeriodRow,
    ReachableRow,
    RemotenessPeriodRow,
    RemotenessRow,
    ReviewDocument,
    WeightedRow,
)
from footprint.documents.need import need_part
from footprint.documents.rows import rows_of
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import SeasonMonths, by_period
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review, by_objectives, review
from footprint.travel.router import Router


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What a document reports on."""

    prepared: Prepared = field(repr=False)
    answer: Review
    remoteness: Remoteness = field(repr=False)
    caveats: tuple[Caveat, ...]
    baseline: Review | None = None
    """The review of the unchanged baseline, where a scenario changes it."""
    measure: Measure = Measure.BLEND
    """Whose need counts in the figures of the area, regions and cercles."""
    independent: Review | None = None
    """The same review with the groups of a tier independent: the lower bound of its figures."""
    beside: Watched | None = None
    """What the scenario may push away, where it changes the baseline."""


def findings(
    prepared: Prepared,
    router: Router,
    result: Review,
    baseline: Review | None = None,
    *,
    further: Sequence[Caveat] = (),
    measure: Measure = Measure.BLEND,
) -> Findings:
    """Return a review with its remoteness and caveats; `further` ones stand first."""
    said = (*further, *caveats(prepared, result))
    independent = review(prepared, result.scenario, router, measure=measure, weakest=Weakest.PRODUCT)
    beside = None if baseline is None else watched(prepared, router, baseline, result, measure=measure)
    far = remoteness(prepared, router, result)
    return Findings(prepared, result, far, said, baseline, measure, independent, beside)


def review_document(findings: Findings, months: Sequence[int]) -> ReviewDocument:
    """
    Return a review as a document.

    Parameters
    ----------
    findings
        The review and what goes with it.
    months
        Months (1-12) whose figures are given one by one; seasons, mean and worst season
        always cover the whole year.
    """
    prepared, answer = findings.prepared, findings.answer
    figures = answer.figures.assign(
        FF_minus_B2=answer.figures[Indicator.FORCE] - answer.figures[Indicator.TIER_2],
        silent=answer.figures["demand"] > 0,
    )
    overall = by_objectives(prepared, answer)
    least = by_objectives(prepared, replace(answer, figures=answer.at_least))
    counted = [prepared.scopes[each.objective_id] for each in prepared.objectives if each.weight > 0]
    # One that nothing is known of leaves the sum not known, for the reason of that one.
    overall = overall.assign(
        silent=least["MF"].notna(),
        people_known=all(each.known(prepared.area.population.people).all() for each in counted),
        outside=any(each.outside.any() for each in counted),
    )
    remote, seasons = _remoteness(findings), prepared.area.seasons
    beyond = by_period(remote, SHARES, seasons, higher_is_better=False)
    hidden = set(remote.loc[remote["silent"], ["level", "unit_id"]].itertuples(index=False, name=None))
    rows = zip(beyond["level"], beyond["unit_id"], strict=True)
    beyond = beyond.assign(silent=[unit in hidden for unit in rows])
    reachable = months_reached(prepared, answer, prepared.units)
    figures, remote, beyond, reachable = (
        _marked(prepared, frame) for frame in (figures, remote, beyond, reachable)
    )
    return ReviewDocument(
        head=about("footprint-review", prepared.area, answer.provenance),
        subject=subject(prepared, answer.scenario),
        notes=notes(LIMITS, findings.caveats, FIGURES),
        measure=findings.measure,
        months=tuple(months),
        figures=rows_of(FigureRow, _in_months(figures, months)),
        periods=_periods(figures, seasons),
        lower_bounds=_bounds(findings),
        over_objectives=rows_of(WeightedRow, _in_months(overall, months)),
        remoteness=rows_of(RemotenessRow, _in_months(remote, months)),
        remoteness_periods=rows_of(RemotenessPeriodRow, beyond),
        months_reachable=rows_of(ReachableRow, reachable),
        escorts=rows_of(EscortRow, escort_days(answer)),
        need=need_part(prepared),
        comparison=None
        if findings.baseline is None
        else comparison(prepared, findings.baseline, answer, findings.beside),
    )


_GAPS = ("mean", "worst")


def _in_months(frame: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    return frame[frame["month"].isin(list(months))]


def _periods(
    figures: pd.DataFrame, seasons: Sequence[SeasonMonths], indicators: Sequence[Indicator] = tuple(Indicator)
) -> tuple[PeriodRow, ...]:
    """Return indicators of every unit over the seasons and the year."""
    units = zip(figures["level"], figures["unit_id"], strict=True)
    told = zip(units, *(figures[name] for name in ("people_known", "outside", "silent")), strict=True)
    why: dict[tuple[str, str], str] = {}
    for unit, known, outside, needed in told:
        reason = SILENT if needed else why.get(unit, NO_DEMAND)
        why[unit] = OUTSIDE_AREA if outside else reason if known else PEOPLE_UNKNOWN
    mean, worst, share = COLUMNS["mean"], COLUMNS["worst"], COLUMNS["seasons"]
    return tuple(
        PeriodRow(
            level=row["level"],
            unit_id=row["unit_id"],
            name=row["name"],
            measure=Indicator(row["measure"]),
            seasons={each.season_id: share.rounded(row[each.season_id]) for each in seasons},
            mean=mean.rounded(row["mean"]),
            worst=worst.rounded(row["worst"]),
            worst_season=row["worst_season"],
            reasons={} if row["worst_season"] else dict.fromkeys(_GAPS, why[row["level"], row["unit_id"]]),
        )
        for row in by_period(figures, list(indicators), seasons).to_dict("records")
    )


_BOUNDED = (Indicator.MISSION, Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3)


def _bounds(findings: Findings) -> tuple[BoundRow, ...]:
    """Return the lower bound of everything that joins groups, over the year."""
    if findings.independent is None:
        return ()
    figures = findings.independent.figures.assign(silent=findings.independent.figures["demand"] > 0)
    rows = _periods(_marked(findings.prepared, figures), findings.prepared.area.seasons, _BOUNDED)
    return tuple(
        BoundRow(
            level=row.level,
            unit_id=row.unit_id,
            name=row.name,
            measure=row.measure,
            mean=row.mean,
            worst=row.worst,
            reasons=row.reasons,
        )
        for row in rows
    )


def _marked(prepared: Prepared, frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of units with whether their people are known, and whether they lie mostly outside."""
    people, known, outside = prepared.area.population.people, set[tuple[str, str]](), set[tuple[str, str]]()
    for units in (prepared.units, *prepared.scopes.values()):
        for which, told in ((known, units.known(people)), (outside, units.outside)):
            rows = units.frame[told]
            which |= set(zip(rows["level"], rows["unit_id"], strict=True))
    pairs = [*zip(frame["level"], frame["unit_id"], strict=True)]
    return frame.assign(
        people_known=[pair in known for pair in pairs], outside=[pair in outside for pair in pairs]
    )


def _remoteness(findings: Findings) -> pd.DataFrame:
    """Return remoteness over the units, and over the scope of each objective by its own need."""
    prepared = findings.prepared
    scopes = [(each.objective_id, prepared.scopes[each.objective_id]) for each in prepared.objectives]
    pairs = [(str(findings.measure), prepared.units), *scopes]
    frames = [remoteness_figures(prepared, findings.remoteness, surface, units) for surface, units in pairs]
    return pd.concat(frames, ignore_index=True)
