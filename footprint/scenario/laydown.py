"""The laydown: who stands where, with what, over which roads, once a scenario's changes are made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import assert_never

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import Point

from footprint.errors import ScenarioError
from footprint.method import Method
from footprint.scenario.assets import Rows, changed, frame_of, rows_of
from footprint.scenario.changes import (
    OF_THE_PLAN,
    AddAssets,
    Change,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    RepairRoad,
    RetaskAssets,
    Scenario,
)
from footprint.travel.road_state import RoadState
from layers import Area
from layers.months import ALL_MONTHS
from layers.projection import metres_on
from layers.sentences import Rounded, Sentence, say
from layers.sites import Confidence


@dataclass(frozen=True, slots=True, eq=False)
class Laydown:
    """Who stands where, with what, over which roads: the baseline after a scenario's changes."""

    sites: gpd.GeoDataFrame = field(repr=False)
    assets: pd.DataFrame = field(repr=False)
    roads: RoadState


def apply(scenario: Scenario, area: Area, method: Method) -> Laydown:
    """
    Return what stands under `scenario`, on copies.

    Parameters
    ----------
    scenario
        Changes, applied in order.
    area
        The baseline; never changed.
    method
        Tells which kinds of asset there are.

    Returns
    -------
    Laydown
        Sites and assets valid under the schemas of `layers.sites`, sorted by identifier.

    Raises
    ------
    ScenarioError
        Naming every change that cannot be made and why; nothing is half done.
    """
    unknown = sorted(set(area.assets["kind"]) - method.assets.keys())
    if unknown:
        raise ScenarioError(
            say(
                "the method knows no asset kind {kinds}; add it to the method or mend the data",
                kinds=", ".join(unknown),
            )
        )
    baseline = rows_of(area.assets)
    draft, faults = _Draft(area.sites.sort_index(), baseline, baseline, RoadState()), []
    unopened: set[str] = set()
    for number, change in enumerate(scenario.changes, start=1):
        if (
            not isinstance(change, OpenSite | CloseRoad | RepairRoad | RateRoad)
            and change.site_id in unopened
        ):
            continue  # its fault is that the site could not be opened, which is said already
        try:
            draft = _changed(draft, change, area, method)
        except ScenarioError as error:
            faults += [
                say(
                    "change {number} of {name}: {fault}",
                    number=str(number),
                    name=repr(scenario.name),
                    fault=fault,
                )
                for fault in error.sentences
            ]
            unopened |= {change.site_id} if isinstance(change, OpenSite) else set()
    if faults:
        raise ScenarioError(*faults)
    if draft.assets is baseline:
        return Laydown(draft.sites, area.assets.sort_index(), draft.roads)
    return Laydown(draft.sites, frame_of(draft.assets, area.assets), draft.roads)


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A laydown while its changes are being made."""

    sites: gpd.GeoDataFrame
    baseline: Rows
    """Assets of the area, unchanged."""
    assets: Rows
    roads: RoadState


def _changed(draft: _Draft, change: Change, area: Area, method: Method) -> _Draft:
    match change:
        case OpenSite() | CloseSite() | MoveSite():
            return _sites_changed(draft, change, area)
        case AddAssets() | RemoveAssets() | RetaskAssets():
            _must_stand(draft.sites, change.site_id)
            if change.kind not in method.assets:
                known = ", ".join(method.assets)
                raise ScenarioError(
                    say(
                        "there is no kind of asset {kind}; there are: {known}",
                        kind=repr(change.kind),
                        known=known,
                    )
                )
            return replace(draft, assets=changed(draft.assets, change, draft.baseline))
        case CloseRoad() | RepairRoad() | RateRoad():
            return replace(draft, roads=_roads_changed(draft.roads, change, area))
        case _:
            assert_never(change)


def _sites_changed(draft: _Draft, change: OpenSite | CloseSite | MoveSite, area: Area) -> _Draft:
    sites = draft.sites
    match change:
        case OpenSite():
            faults = _opening_faults(change, sites, area)
            if faults:
                raise ScenarioError(*faults)
            return replace(draft, sites=pd.concat([sites, _site_row(change, area)]).sort_index())
        case MoveSite(site_id, lon, lat):
            _must_stand(sites, site_id)
            moved = sites.copy()
            moved.loc[[site_id], "geometry"] = [placed(area, lon, lat)]
            return replace(draft, sites=moved)
        case CloseSite(site_id, months):
            _must_stand(sites, site_id)
            _must_be_months(months)
            left = int(sites.at[site_id, "months"]) & ~months
            if left:
                kept = sites.copy()
                kept.loc[site_id, "months"] = left
                return replace(draft, sites=kept)
            homes = {key: row for key, row in draft.assets.items() if row.site_id != site_id}
            return replace(draft, sites=sites.drop(index=site_id), assets=homes)
        case _:
            assert_never(change)


def _opening_faults(change: OpenSite, sites: gpd.GeoDataFrame, area: Area) -> list[Sentence]:
    """Return everything that stands against opening a site."""
    faults: list[Sentence] = []
    for check in (lambda: _must_be_months(change.months), lambda: placed(area, change.lon, change.lat)):
        try:
            check()
        except ScenarioError as error:
            faults += error.sentences
    if not change.site_id.strip():
        faults.append(say("a new site needs an identifier"))
    if not (change.site_id + change.name).isprintable():
        faults.append(say("a site's name and identifier must be plain text in one line"))
    if change.site_id in sites.index:
        faults.append(say("site {site} is already there", site=repr(change.site_id)))
    return faults


def _site_row(change: OpenSite, area: Area) -> gpd.GeoDataFrame:
    row = gpd.GeoDataFrame(
        {
            "name": [change.name],
            "kind": [str(change.kind)],
            "months": [change.months],
            "open_from": pd.Series([None], dtype="datetime64[ns]"),
            "open_to": pd.Series([None], dtype="datetime64[ns]"),
            "confidence": [str(Confidence.ASSUMED)],
            "source": [OF_THE_PLAN],
        },
        geometry=[placed(area, change.lon, change.lat)],
        crs=area.crs,
    )
    row.index = pd.Index([change.site_id], name="site_id")
    return row[[*area.sites.columns]]


def placed(area: Area, lon: float, lat: float) -> Point:
    """
    Return a point of the map in the area's reference system.

    Raises
    ------
    ScenarioError
        If it lies outside the area's outline.
    """
    point = Point(metres_on(area.crs).transform(lon, lat))
    if not area.country.covers(point).any():
        raise ScenarioError(
            say(
                "longitude {lon}, latitude {lat} lies outside the area; longitude comes first",
                lon=Rounded(lon, 4),
                lat=Rounded(lat, 4),
            )
        )
    if area.grid.cell_at(np.array([point.x]), np.array([point.y]))[0] < 0:
        # On the outline, where it runs along the far edge of the last cell.
        return Point(area.grid.nearest_place(point.x, point.y))
    return point


def _must_be_months(months: int) -> None:
    if not 1 <= months <= ALL_MONTHS:
        raise ScenarioError(
            say("{value} is no set of months; it must name at least one of the twelve", value=str(months))
        )


def _must_stand(sites: gpd.GeoDataFrame, site_id: str) -> None:
    if site_id not in sites.index:
        raise ScenarioError(say("there is no site {site}", site=repr(site_id)))


def _roads_changed(roads: RoadState, change: CloseRoad | RepairRoad | RateRoad, area: Area) -> RoadState:
    if change.road_id not in area.roads.index and not (
        isinstance(change, RateRoad) and change.road_id == "*"
    ):
        raise ScenarioError(say("there is no road {road}", road=repr(change.road_id)))
    match change:
        case CloseRoad(road_id, months):
            _must_be_months(months)
            return roads.close(road_id, months)
        case RepairRoad(road_id):
            return roads.repair(road_id, raise_it=True)
        case RateRoad("*", rated):
            # Whatever was said of single roads before is overtaken.
            return replace(roads, all_rated=rated, rated=(), unrated=())
        case RateRoad(road_id, rated):
            return roads.rate(road_id, rated=rated)
        case _:
            assert_never(change)
