"""The method: every number and bundle a review rests on, typed and frozen."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Self

from footprint.errors import MethodError
from footprint.method.parts import (
    AssetKind,
    Bundle,
    Capability,
    Component,
    Decay,
    Demand,
    Package,
    Parameter,
    Reporting,
    Season,
    Travel,
    ViolenceNumbers,
)
from layers.months import in_month, months_mask

__all__ = [
    "AssetKind",
    "Bundle",
    "Capability",
    "Component",
    "Decay",
    "Demand",
    "Method",
    "Package",
    "Parameter",
    "Reporting",
    "Season",
    "Travel",
    "ViolenceNumbers",
    "default_method",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Method:
    """Everything a review assumes; shown in full beside every result."""

    parameters: tuple[Parameter, ...] = field(repr=False)
    seasons: tuple[Season, ...]
    travel: Travel
    demand: Demand
    reporting: Reporting
    violence: ViolenceNumbers
    capabilities: Mapping[str, Capability]
    bundles: Mapping[str, Bundle]
    assets: Mapping[str, AssetKind]
    packages: Mapping[str, Package]
    digest: str
    """Hash of every number and bundle; equal digests give equal results."""
    changes: tuple[tuple[str, float], ...] = ()
    """Parameters that differ from the shipped values, by identifier."""

    def edited(self, changes: Mapping[str, float]) -> Self:
        """
        Return this method with some numbers replaced.

        Parameters
        ----------
        changes
            New value of each parameter identifier, in the parameter's unit.

        Returns
        -------
        Method
            A new method; numbers that return to their default are no longer changes.

        Raises
        ------
        MethodError
            If a parameter is unknown or its value out of range; all faults are named.
        """
        merged = {**dict(self.changes), **changes}
        return type(self)(**_built(_table(), merged))

    def season_months(self, season_id: str) -> tuple[int, ...]:
        """Return the months of a season, in calendar order."""
        for season in self.seasons:
            if season.season_id == season_id:
                return tuple(month for month in range(1, 13) if in_month(season.months, month))
        known = ", ".join(season.season_id for season in self.seasons)
        raise MethodError(f"there is no season {season_id!r}; there are: {known}")

    def season_of(self, month: int) -> Season:
        """Return the season `month` (1-12) belongs to."""
        return next(season for season in self.seasons if in_month(season.months, month))


@cache
def default_method() -> Method:
    """Return the method as shipped."""
    return Method(**_built(_table(), {}))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("footprint.method").joinpath("method.toml").read_text(encoding="utf-8")
    )


def _leaves(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for key, entry in table.items():
        if isinstance(entry, dict):
            here = f"{path}.{key}" if path else key
            if "value" in entry:
                yield here, entry
            else:
                yield from _leaves(entry, here)


def _parameters(table: dict[str, Any], changes: Mapping[str, float]) -> tuple[Parameter, ...]:
    leaves = dict(_leaves(table))
    faults = [f"there is no parameter {name!r}" for name in sorted(changes.keys() - leaves.keys())]
    found = []
    for parameter_id, leaf in leaves.items():
        value = float(changes.get(parameter_id, leaf["value"]))
        if not leaf["min"] <= value <= leaf["max"]:
            faults.append(
                f"{parameter_id} is {value:g} {leaf['unit']}; "
                f"it must lie from {leaf['min']:g} to {leaf['max']:g}"
            )
        section, *rest = parameter_id.split(".")
        capability = table["capability"][rest[0]] if section == "capability" else None
        found.append(
            Parameter(
                parameter_id=parameter_id,
                value=value,
                default=float(leaf["value"]),
                unit=leaf["unit"],
                minimum=float(leaf["min"]),
                maximum=float(leaf["max"]),
                source=table["sources"][leaf["source"]],
                judgement=leaf["source"] == "J",
                label=leaf["label"],
                group=capability["label"] if capability else section,
                effect=table["about"]["capability"] if capability else table[section]["about"],
            )
        )
    if faults:
        raise MethodError("; ".join(faults))
    return tuple(found)


def _built(table: dict[str, Any], changes: Mapping[str, float]) -> dict[str, Any]:
    parameters = _parameters(table, changes)
    value = {parameter.parameter_id: parameter.value for parameter in parameters}
    seasons = tuple(
        Season(season_id=key, label=entry["label"], months=months_mask(entry["months"]))
        for key, entry in table["season"].items()
    )
    capabilities = {key: _capability(key, entry, value) for key, entry in table["capability"].items()}
    bundles = {key: _bundle(key, entry, capabilities) for key, entry in table["bundle"].items()}
    structure = {key: table[key] for key in ("season", "capability", "bundle", "asset")}
    said = json.dumps([sorted(value.items()), structure], sort_keys=True)
    return {
        "parameters": parameters,
        "seasons": seasons,
        "travel": _travel(value, next(season.months for season in seasons if season.season_id == "RAINS")),
        "demand": _demand(value),
        "reporting": _reporting(value),
        "violence": _violence(value),
        "capabilities": capabilities,
        "bundles": bundles,
        "assets": {
            key: AssetKind(kind=key, label=entry["label"], component=Component(entry["component"]))
            for key, entry in table["asset"].items()
        },
        "packages": {
            key: Package(
                package_id=key,
                label=entry["label"],
                site_kind=entry["site"],
                assets=tuple(entry["assets"].items()),
            )
            for key, entry in table["package"].items()
        },
        "digest": hashlib.sha256(said.encode()).hexdigest()[:16],
        "changes": tuple((p.parameter_id, p.value) for p in parameters if p.changed),
    }


def _branch(value: Mapping[str, float], path: str) -> dict[str, float]:
    return {name.rsplit(".", 1)[1]: number for name, number in value.items() if name.startswith(path + ".")}


def _travel(value: Mapping[str, float], rains_months: int) -> Travel:
    surface = _branch(value, "travel.surface_factor")
    return Travel(
        free_flow=_branch(value, "travel.free_flow"),
        unpaved_factor=surface.pop("unpaved"),
        smoothness_factor=surface,
        rains_factor=_branch(value, "travel.rains_factor"),
        patrol_factor=value["travel.patrol.factor"],
        patrol_cap=value["travel.patrol.cap"],
        convoy_factor=value["travel.convoy.factor"],
        convoy_cap=value["travel.convoy.cap"],
        searched_cap=value["travel.searched.cap"],
        vehicle_dry=value["travel.off_road.vehicle_dry"],
        vehicle_wet=value["travel.off_road.vehicle_wet"],
        foot_dry=value["travel.off_road.foot_dry"],
        foot_wet=value["travel.off_road.foot_wet"],
        helicopter=value["travel.helicopter.speed"],
        helicopter_notice_min=value["travel.helicopter.notice"],
        pick_up_min=value["travel.helicopter.pick_up"],
        boat=value["travel.boat.speed"],
        ferry=value["travel.ferry.speed"],
        ferry_wait_min=value["travel.ferry.wait"],
        snap_limit_km=value["travel.access.snap_limit"],
        rains_months=rains_months,
    )


def _demand(value: Mapping[str, float]) -> Demand:
    return Demand(
        half_life_days=value["demand.half_life"],
        severity_cap=value["demand.severity_cap"],
        spread_km=(value["demand.spread_precise"], value["demand.spread_near"], value["demand.spread_unit"]),
        reliability=(
            value["demand.reliability_good"],
            value["demand.reliability_fair"],
            value["demand.reliability_poor"],
        ),
        cycle=value["demand.cycle"],
        shrinkage_thousand=value["demand.shrinkage"],
        people_share=value["demand.people_share"],
    )


def _reporting(value: Mapping[str, float]) -> Reporting:
    return Reporting(
        class_threshold=value["coverage.class_threshold"],
        circle_km=value["coverage.circle"],
        beyond_min=value["coverage.beyond"],
        casevac_limit_min=value["coverage.casevac_limit"],
        equity_drop=value["coverage.equity_drop"],
        escort_days=value["coverage.escort_days"],
    )


def _violence(value: Mapping[str, float]) -> ViolenceNumbers:
    return ViolenceNumbers(
        radius_km=value["hotspots.radius"],
        cell_km=value["hotspots.cell"],
        people_min=value["hotspots.people_min"],
        draws=round(value["hotspots.draws"]),
        spots_q_max=value["hotspots.q_max"],
        trend_p_max=value["hotspots.trend_p_max"],
        spots_seed=round(value["hotspots.seed"]),
        disc_cell_km=value["recurrence.cell"],
        events_min=round(value["recurrence.events_min"]),
        years_min=round(value["recurrence.years_min"]),
        busier=value["recurrence.busier"],
        hit_events_min=round(value["recurrence.hit_events_min"]),
        longest=round(value["recurrence.longest"]),
        months_missing_max=round(value["recurrence.months_missing_max"]),
        returns_q_max=value["recurrence.q_max"],
        rotations=round(value["recurrence.draws"]),
        returns_seed=round(value["recurrence.seed"]),
    )


def _capability(key: str, entry: dict[str, Any], value: Mapping[str, float]) -> Capability:
    def decay(full: str, zero: str) -> Decay | None:
        if f"capability.{key}.{zero}" not in value:
            return None
        limits = Decay(full=value[f"capability.{key}.{full}"], zero=value[f"capability.{key}.{zero}"])
        if limits.zero <= limits.full:
            raise MethodError(
                f"capability {key}: {zero} ({limits.zero:g}) must be above {full} ({limits.full:g})"
            )
        return limits

    return Capability(
        capability_id=key,
        label=entry["label"],
        component=Component(entry["component"]),
        assets=tuple(entry["assets"]),
        needs=entry.get("needs", ""),
        relay=entry.get("relay", ""),
        ground=entry["ground"],
        boat=entry.get("boat", False),
        air=entry.get("air", False),
        escorted=entry.get("escorted", False),
        overnight=entry.get("overnight", False),
        shared=entry.get("shared", False),
        minutes=decay("full_min", "zero_min"),
        km=decay("full_km", "zero_km"),
        air_minutes=decay("air_full_min", "air_zero_min"),
        radius_km=value.get(f"capability.{key}.radius_km"),
        availability=value[f"capability.{key}.availability"],
    )


def _bundle(key: str, entry: dict[str, Any], capabilities: Mapping[str, Capability]) -> Bundle:
    groups = tuple(tuple(group) for group in entry["groups"])
    unknown = sorted({name for group in groups for name in group} - capabilities.keys())
    if unknown or entry["rule"] not in {"all", "any"}:
        raise MethodError(f"bundle {key}: unknown capability or rule: {', '.join(unknown) or entry['rule']}")
    return Bundle(bundle_id=key, label=entry["label"], rule=entry["rule"], groups=groups)
