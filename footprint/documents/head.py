"""Head: what every document says before its numbers, filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from footprint.caveats import LAYERS, Caveat, OwnWords
from footprint.documents.columns import explained
from footprint.documents.layout import FORMAT
from footprint.documents.layout.head import (
    AreaHead,
    Head,
    MethodPart,
    Notes,
    ObjectiveRow,
    ParameterRow,
    ProvenancePart,
    ScenarioPart,
    SeasonRow,
    SourceRow,
    Subject,
    ToolPart,
    UnitRow,
    WarningRow,
)
from footprint.language import Language
from footprint.objectives import Objective
from footprint.prepared import Prepared
from footprint.provenance import Provenance, version
from footprint.scenario import Scenario
from layers import Area, Source
from layers.manifest import SENSITIVE
from layers.months import months_in


def about(kind: str, area: Area, provenance: Provenance) -> Head:
    """Return the head of every document: what it is, made by what, resting on what, from which files."""
    return Head(
        format=FORMAT,
        kind=kind,
        tool=ToolPart(name="footprint-review", version=version()),
        provenance=ProvenancePart(identifier=provenance.identifier, rests_on=provenance),
        area=area_head(area),
        sources=tuple(
            _source(source, area.sensitive_file)
            for source in area.sources
            # A layer that nobody has brought is no source of anything.
            if source.layer in LAYERS and source.layer not in area.absent
        ),
    )


def area_head(area: Area) -> AreaHead:
    """Return which area a document is about."""
    return AreaHead(
        area_id=area.area_id,
        names=dict(area.names),
        frame_date=area.frame_date,
        digest=area.digest,
        invented=area.invented,
        cell_km=area.grid.cell_m / 1000,
        cells=area.grid.n_cells,
    )


def _source(source: Source, secret: str) -> SourceRow:
    """Return a row of the ledger; `secret` is the file of the sensitive places, "" without one."""
    withheld = source.layer.casefold() == SENSITIVE or Path(source.file).name == secret
    return SourceRow(
        layer=source.layer,
        file=source.file,
        title=source.title,
        date=source.date,
        licence=source.licence,
        invented=source.invented,
        confidence=source.confidence,
        # A hash of places is the places to whoever tries them all.
        sha256=None if withheld else source.sha256,
    )


def subject(prepared: Prepared, scenario: Scenario) -> Subject:
    """Return what a review is of: method, scenario and objectives."""
    method = prepared.method
    return Subject(
        method=MethodPart(
            digest=method.digest,
            seasons=tuple(
                SeasonRow(
                    season_id=each.season_id, label=each.label("en"), months=tuple(months_in(each.months))
                )
                for each in prepared.area.seasons
            ),
            changed=tuple(
                ParameterRow(
                    parameter_id=each.parameter_id,
                    label=each.label,
                    value=each.value,
                    default=each.default,
                    unit=each.unit,
                )
                for each in method.parameters
                if each.changed
            ),
        ),
        scenario=ScenarioPart(
            scenario_id=scenario.scenario_id, name=scenario.name, changes=tuple(scenario.changes)
        ),
        objectives=tuple(_objective(each) for each in prepared.objectives),
    )


def _objective(objective: Objective) -> ObjectiveRow:
    return ObjectiveRow(
        objective_id=objective.objective_id,
        names=dict(objective.names),
        mandate=objective.mandate,
        regions=objective.regions,
        weight=objective.weight,
        decided=objective.decided,
        measure=objective.measure,
        tier_weights=objective.tier_weights,
    )


def _told(caveat: Caveat) -> dict[str, str | int | tuple[str, ...]]:
    """Return the words and counts of a caveat, the area's own words in English."""
    english = Language("en")
    return {
        name: value.said(english) if isinstance(value, OwnWords) else value for name, value in caveat.values
    }


def notes(limits: Sequence[str], caveats: Iterable[Caveat], columns: Iterable[str]) -> Notes:
    """Return what must be known beside the numbers of a document, in English, and what its columns mean."""
    return Notes(
        limits=tuple(limits),
        warnings=tuple(
            WarningRow(code=each.code, text=each.said(Language("en")), values=_told(each)) for each in caveats
        ),
        units={
            name: UnitRow(unit=entry.unit, meaning=entry.meaning)
            for name, entry in explained(columns).items()
        },
    )
