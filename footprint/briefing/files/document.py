"""Document: what a brief tells as JSON that holds to a published schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from footprint.briefing.brief import Brief
from footprint.briefing.files.about import about, not_known, place
from footprint.briefing.files.plain import plain
from footprint.briefing.files.sites import told_assets, told_sites
from footprint.briefing.files.tables import sources
from footprint.briefing.files.units import UnitYear, unit_years
from footprint.briefing.findings import plan_name
from footprint.briefing.small_print import released_provenance
from footprint.caveats import silent
from footprint.documents.briefing_columns import BRIEFING
from footprint.documents.json import to_json
from footprint.documents.layout import FORMAT
from footprint.documents.layout.briefing import (
    BriefedArea,
    BriefedAssets,
    BriefedChangeRow,
    BriefedMonthRow,
    BriefedSite,
    BriefedSource,
    BriefedYearRow,
    BriefingDocument,
    BriefingTerms,
)
from footprint.documents.layout.head import ToolPart, UnitRow
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS_OF_YEAR
from footprint.provenance import version
from footprint.views.focus import WHOLE, focus_name

_NAMES = {Indicator.FORCE: "force", Indicator.MISSION: "mission"}


def json_of(brief: Brief, code: str) -> bytes:
    """
    Return what a brief tells as a document of kind "briefing" (`footprint schema briefing`).

    Parameters
    ----------
    brief
        What is told.
    code
        Under which the file stands in the log of releases.
    """
    return to_json(_document(brief, code)).encode() + b"\n"


def _document(brief: Brief, code: str) -> BriefingDocument:
    years = unit_years(brief)
    return BriefingDocument(
        format=FORMAT,
        kind="footprint-briefing",
        tool=ToolPart(name="footprint-review", version=version()),
        language=brief.language.code,
        terms=_terms(brief, code),
        about={row.key: row.value for row in about(brief, code)},
        area=_area(brief),
        month=brief.month,
        plans=tuple(plain(plan_name(brief, plan)) for plan in (brief.today, *brief.plans)),
        figures=tuple(row for each in years for row in _months(each)),
        years=tuple(row for each in years for row in _years(brief, each)),
        changes=tuple(row for each in years for row in _changes(brief, each)),
        sites=tuple(
            BriefedSite(
                site_id=each.site_id,
                name=each.name,
                kind=str(each.kind),
                state=str(each.state),
                months=each.months,
                lon=each.lon,
                lat=each.lat,
                confidence=each.confidence,
            )
            for each in told_sites(brief)
        ),
        assets=_assets(brief),
        sources=_sources(brief),
        not_known=not_known(brief),
        units={name: UnitRow(unit=entry.unit, meaning=entry.meaning) for name, entry in BRIEFING.items()},
    )


def _terms(brief: Brief, code: str) -> BriefingTerms:
    release = brief.release
    return BriefingTerms(
        code=code,
        marking=release.marking,
        clearance=release.clearance,
        cleared_by=plain(release.cleared_by),
        precision=release.precision,
        purpose=plain(release.purpose),
        audience=plain(release.audience),
        releaser=plain(release.releaser),
        number=plain(brief.number),
        revision=brief.revision,
        made=brief.made,
    )


def _area(brief: Brief) -> BriefedArea:
    area = brief.prepared.area
    return BriefedArea(
        area_id=area.area_id,
        name=plain(focus_name(area, WHOLE, brief.language.code)),
        looked_at=place(brief),
        frame_date=area.frame_date,
        invented=area.invented,
        provenance=released_provenance(brief, brief.shown).identifier,
    )


def _unit(each: UnitYear) -> dict[str, str]:
    return {
        "plan": each.plan,
        "level": each.unit.level,
        "unit_id": each.unit.shown_id,
        "name": each.unit.name,
    }


def _months(each: UnitYear) -> Iterator[BriefedMonthRow]:
    why = {_NAMES[own]: series.why for own, series in each.footprints.items()}
    for month in MONTHS_OF_YEAR:
        need = each.need[month - 1]
        values = {_NAMES[own]: series.by_month[month - 1] for own, series in each.footprints.items()}
        gaps = {name: why[name] for name, value in values.items() if value is None}
        if need is None:
            gaps = {"need": each.need_why} | gaps
        yield BriefedMonthRow(
            **_unit(each),
            month=month,
            need=need,
            force=values["force"],
            mission=values["mission"],
            reasons=gaps,
        )


def _years(brief: Brief, each: UnitYear) -> Iterator[BriefedYearRow]:
    ids = [season.season_id for season in brief.prepared.area.seasons]
    for own, series in each.footprints.items():
        values = {"mean": series.mean, "worst": series.worst}
        yield BriefedYearRow(
            **_unit(each),
            footprint=_NAMES[own],
            seasons=dict(zip(ids, series.by_season, strict=True)),
            mean=series.mean,
            worst=series.worst,
            worst_season=series.worst_season or None,
            reasons=_gaps(values, series.why),
        )


def _changes(brief: Brief, each: UnitYear) -> Iterator[BriefedChangeRow]:
    for own, change in (each.changes or {}).items():
        yield BriefedChangeRow(
            **_unit(each),
            footprint=_NAMES[own],
            by_month=change.by_month,
            mean=change.mean,
            worst=change.worst,
            at_least=own in silent(brief.prepared),
            reasons=_gaps({"mean": change.mean, "worst": change.worst}, change.why),
        )


def _gaps(values: Mapping[str, float | None], why: str) -> dict[str, str]:
    return {name: why for name, value in values.items() if value is None}


def _assets(brief: Brief) -> tuple[BriefedAssets, ...] | None:
    told = told_assets(brief)
    if told is None:
        return None
    return tuple(
        BriefedAssets(
            site_id=each.site_id,
            kind=each.kind,
            today=each.today,
            with_plan=each.plan,
            confidence=each.confidence,
        )
        for each in told
    )


def _sources(brief: Brief) -> tuple[BriefedSource, ...]:
    table = sources(brief)
    keys = [column.key for column in table.columns]
    return tuple(BriefedSource(**dict(zip(keys, map(str, row), strict=True))) for row in table.rows)
