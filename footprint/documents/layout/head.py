"""Head: what documents begin with: what they are, of which area, under which method, with which caveats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from footprint.documents.layout import FLAT
from footprint.objectives import Measure
from footprint.provenance import Provenance
from footprint.scenario.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolPart:
    """The program that made the document."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaHead:
    """The area that the document is about."""

    area_id: str
    names: Mapping[str, str]
    frame_date: date
    digest: str
    invented: bool
    cell_km: float
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenancePart:
    """What the answer rests on: change any part and the identifier changes."""

    identifier: str
    """Hash of all that follows."""
    rests_on: Provenance = field(metadata=FLAT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A file that results rest on, as the area's ledger states it."""

    layer: str
    file: str
    title: str
    date: str
    licence: str
    invented: str
    confidence: str
    sha256: str | None
    """Null for sensitive places: a hash of places is the places to whoever tries them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every document about an area begins with."""

    format: int
    kind: str
    tool: ToolPart
    provenance: ProvenancePart
    area: AreaHead
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonRow:
    """A season and its months."""

    season_id: str
    label: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """A number of the method that is not the shipped one."""

    parameter_id: str
    label: str
    value: float
    default: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPart:
    """The method that results rest on."""

    digest: str
    seasons: tuple[SeasonRow, ...]
    changed: tuple[ParameterRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioPart:
    """The scenario under review; without changes it is today's mission."""

    scenario_id: str
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRow:
    """An objective, its weight, and whether anybody decided it."""

    objective_id: str
    names: Mapping[str, str]
    mandate: str
    regions: tuple[str, ...]
    weight: float
    decided: bool
    measure: Measure
    tier_weights: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a review is of: method, scenario and objectives."""

    method: MethodPart
    scenario: ScenarioPart
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRow:
    """A caveat in English, with the words and counts in it."""

    code: str
    text: str
    values: Mapping[str, str | int | tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """Unit and meaning of a column."""

    unit: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What must be known beside the numbers: limits, caveats, units."""

    limits: tuple[str, ...]
    warnings: tuple[WarningRow, ...]
    units: Mapping[str, UnitRow]
