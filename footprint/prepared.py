"""Prepared: what every scenario of a review shares, reckoned once per area and method."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from footprint.demand import MONTHS, DemandSurface, Ground, demand_surface, estimate_kappa, threat
from footprint.errors import ObjectiveError
from footprint.indicators.units import Level, Units
from footprint.method import Method
from footprint.objectives import Measure, Objective, check_objectives
from footprint.travel.network import Network, build_network
from footprint.travel.profiles import Profile
from footprint.travel.router import Router, router_key
from footprint.violence.counted import counted_incidents
from layers import Area
from layers.sentences import say
from layers.zones import Zones, zones

SeasonShares = NDArray[np.float64]
"""Share of a year's incidents in each month, shape (n_cells, 12), rows adding up to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """
    An area made ready for scenarios under one method: a value, which nothing changes.

    It can be pickled and sent to another process; the sensitive places of its area stay behind.
    Searches are not in it but in a `Router` beside it, which any number of values may share.
    """

    area: Area
    method: Method
    objectives: tuple[Objective, ...]
    network: Network = field(repr=False)
    regions: Zones = field(repr=False)
    districts: Zones = field(repr=False)
    units: Units = field(repr=False)
    """The area, its regions and its cercles."""
    scopes: Mapping[str, Units] = field(repr=False)
    """Each objective's scope as a unit of its own, by objective."""
    demand: DemandSurface = field(repr=False)
    surfaces: Mapping[str, NDArray[np.float32]] = field(repr=False)
    """Demand over the area by measure, and by objective that of its measure, shape (12, n_cells) each."""
    calendar_digest: str = ""
    """Hash of the calendar of return that threat follows; "" where every month is alike."""

    def __repr__(self) -> str:
        """Say what was made ready, under what; never its rows or arrays."""
        objectives = ", ".join(each.objective_id for each in self.objectives)
        changed = ", ".join(change.path for change in self.method.changes) or "nothing changed"
        people = float(np.nansum(self.area.population.people))
        calendar = "in use" if self.calendar_digest else "not in use"
        return (
            f"Prepared({self.area.area_id!r} as of {self.area.frame_date}: {len(self.area.sites)} sites, "
            f"{len(self.area.incidents)} incidents, {people:,.0f} people on {self.area.grid.n_cells} cells "
            f"of {self.area.grid.cell_m / 1000:g} km; objectives {objectives}; "
            f"method {self.method.digest[:8]}, {changed}; calendar of return {calendar})"
        )

    def __reduce__(self) -> tuple[Callable[..., Prepared], tuple[object, ...]]:
        """Pickle the views of mappings, which cannot be, as what they view."""
        values = (getattr(self, each.name) for each in fields(self))
        return _thawed, tuple(
            dict(value) if isinstance(value, MappingProxyType) else value for value in values
        )

    @property
    def limits_min(self) -> Mapping[str, float]:
        """How far to search by each travel profile [min]: as far as any capability or report asks."""
        limits: dict[str, float] = {}
        for capability in self.method.capabilities.values():
            if capability.minutes is None:
                continue
            asked = max(capability.minutes.zero, self.method.reporting.beyond_min)
            for profile in (capability.ground, "boat" if capability.boat else ""):
                limits[profile] = max(limits.get(profile, 0.0), asked)
        # Whoever asks for escorts reckons by convoys.
        limits[Profile.CONVOY] = max(limits.get(Profile.CONVOY, 0.0), self.method.tasking.escort_reach_min)
        return limits

    @property
    def router_key(self) -> str:
        """What its searches depend on: values with equal keys can share a router."""
        return router_key(self.network, self.method.travel, self.limits_min)

    def router(self) -> Router:
        """Return a new, empty router for its searches."""
        return Router(self.network, self.method.travel, self.limits_min)


def _thawed(*values: object) -> Prepared:
    """Return a prepared area from its pickled fields."""
    return Prepared(*(_frozen(value) if isinstance(value, dict) else value for value in values))  # type: ignore[arg-type]


def _frozen(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a mapping that cannot be changed, nor its arrays."""
    for value in values.values():
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    return MappingProxyType(dict(values))


def prepare(
    area: Area,
    method: Method,
    objectives: tuple[Objective, ...],
    *,
    network: Network | None = None,
    profile: NDArray[np.float64] | None = None,
) -> Prepared:
    """
    Make an area ready for scenarios.

    Parameters
    ----------
    area
        Its layers.
    method
        Numbers and bundles.
    objectives
        What the mission is for; weights add up to 1.
    network
        The area's travel network, when it is at hand from an area prepared by another method.
    profile
        Share of a year's incidents in each month, shape (n_cells, 12), rows adding up to 1; where
        a season has earned its place, threat follows it. None is every month alike.

    Raises
    ------
    ObjectiveError
        If an objective names a region that the area does not have, or weights do not add up.
    """
    check_objectives(objectives)
    _check_scopes(area, objectives)
    network = network or build_network(
        area.grid,
        area.roads,
        area.rivers,
        area.lakes,
        area.flood_zones,
        rains_months=area.rains_months,
    )
    by_unit = area.population.by_unit
    regions = zones(area.regions, area.grid, by_unit.get("regions"), outside=area.regions_outside)
    districts = zones(area.districts, area.grid, by_unit.get("districts"), outside=area.districts_outside)
    demand, surfaces = _need(area, method, objectives, (regions, districts), profile)
    return Prepared(
        area=area,
        method=method,
        objectives=objectives,
        network=network,
        regions=regions,
        districts=districts,
        units=_units(area, regions, districts),
        scopes=_frozen({o.objective_id: _scope(o, regions) for o in objectives}),
        demand=demand,
        surfaces=surfaces,
        calendar_digest=digest_of_profile(profile),
    )


def with_profile(prepared: Prepared, profile: NDArray[np.float64] | None) -> Prepared:
    """
    Return a prepared area whose threat follows another seasonal profile.

    Parameters
    ----------
    prepared
        The area made ready.
    profile
        As for `prepare`; None is every month alike.

    Returns
    -------
    Prepared
        Sharing network and searches with `prepared`: only whose need counts in which month differs.
    """
    demand, surfaces = _need(
        prepared.area, prepared.method, prepared.objectives, (prepared.regions, prepared.districts), profile
    )
    return replace(prepared, demand=demand, surfaces=surfaces, calendar_digest=digest_of_profile(profile))


def _need(
    area: Area,
    method: Method,
    objectives: tuple[Objective, ...],
    levels: tuple[Zones, Zones],
    profile: NDArray[np.float64] | None,
) -> tuple[DemandSurface, Mapping[str, NDArray[np.float32]]]:
    """Return demand, and its surface by measure over the area; an objective has that of its measure."""
    numbers, ground = method.demand, ground_of(area, *levels)
    counted = counted_incidents(area.incidents)
    spread = threat(counted.incidents, ground, numbers=numbers, frame_date=area.frame_date)
    kappa = estimate_kappa(counted.incidents, ground, numbers=numbers, frame_date=area.frame_date)
    spread = replace(spread, excluded=(*counted.excluded, *spread.excluded))
    season = None if profile is None else MONTHS * profile
    demand = demand_surface(spread, ground, numbers=numbers, kappa=kappa, season=season)
    surfaces = {str(measure): demand.of(measure) for measure in Measure}
    return demand, _frozen(surfaces | {o.objective_id: surfaces[str(o.measure)] for o in objectives})


def ground_of(area: Area, regions: Zones, districts: Zones) -> Ground:
    """
    Return an area's people and units, as demand is spread over them.

    Parameters
    ----------
    area
        Its people and the shapes of its units.
    regions, districts
        Which share of each cell lies in which unit.
    """
    return Ground(
        grid=area.grid,
        people=area.population.people,
        districts=districts,
        regions=regions,
        district_shapes=area.districts.geometry.to_numpy(),
        region_shapes=area.regions.geometry.to_numpy(),
    )


def digest_of_profile(profile: NDArray[np.float64] | None) -> str:
    """Return the hash of a seasonal profile, as for `prepare`; "" for every month alike."""
    return "" if profile is None else hashlib.sha256(np.ascontiguousarray(profile).tobytes()).hexdigest()[:16]


def _check_scopes(area: Area, objectives: tuple[Objective, ...]) -> None:
    faults = [
        say("{objective}: there is no region {unit}", objective=objective.objective_id, unit=repr(unit))
        for objective in objectives
        for unit in objective.regions
        if unit not in area.regions.index
    ]
    if faults:
        raise ObjectiveError(*faults)


def _units(area: Area, regions: Zones, districts: Zones) -> Units:
    whole = sparse.csr_array(np.ones((1, area.grid.n_cells)))
    rows = [(Level.AREA, area.area_id, area.names["en"])]
    rows += [(Level.REGION, unit, area.regions.at[unit, "name"]) for unit in regions.unit_ids]
    rows += [(Level.DISTRICT, unit, area.districts.at[unit, "name"]) for unit in districts.unit_ids]
    frame = pd.DataFrame(rows, columns=["level", "unit_id", "name"])
    shares = sparse.vstack([whole, regions.shares, districts.shares]).tocsr()
    return Units(frame, shares, np.concatenate([[False], regions.outside, districts.outside]))


def _scope(objective: Objective, regions: Zones) -> Units:
    """
    Return an objective's scope as one unit: the shares of its regions together.

    Cells at the border count in it as in the area, unless every region of it lies mostly outside.
    """
    own = np.isin(regions.unit_ids, objective.regions)
    within, outside = own.astype(np.float64), bool(own.any() and regions.outside[own].all())
    row = (Level.OBJECTIVE, objective.objective_id, objective.name("en"))
    frame = pd.DataFrame([row], columns=["level", "unit_id", "name"])
    shares = sparse.csr_array(sparse.csr_array(within[None]) @ regions.shares)
    return Units(frame, shares, np.array([outside]))
