"""Stations: the sites of a laydown with what they hold and how they join the network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isnan

import pandas as pd

from footprint.coverage.holdings import Holding
from footprint.method import Capability
from footprint.scenario import Laydown
from footprint.travel.connectors import Connector
from footprint.travel.profiles import Profile
from footprint.travel.router import Router
from layers.months import in_month


@dataclass(frozen=True, slots=True, eq=False)
class Station:
    """One site of a laydown with what it holds and how it joins the network."""

    site_id: str
    name: str
    months: int
    """Months in which it is open, bit m-1 for m."""
    x_m: float
    y_m: float
    holdings: tuple[Holding, ...]
    profiles: tuple[Profile, ...]
    """Travel profiles by which its assets move."""
    connector: Connector = field(repr=False)

    def has(self, kind: str) -> bool:
        """Tell whether it holds an asset of `kind`."""
        return any(holding.kind == kind for holding in self.holdings)

    def is_open(self, month: int) -> bool:
        """Tell whether it is open in a month (1-12)."""
        return in_month(self.months, month)


def stations(laydown: Laydown, capabilities: Mapping[str, Capability], router: Router) -> tuple[Station, ...]:
    """
    Return the sites of a laydown, in order of their identifiers.

    Parameters
    ----------
    laydown
        Who stands where, with what.
    capabilities
        Tell by which profiles assets move.
    router
        Joins sites to the network.

    Raises
    ------
    PlaceError
        If a site lies in no cell of the area.
    """
    held = _holdings(laydown.assets.sort_index())
    sites = laydown.sites
    rows = zip(sites.index, sites["name"], sites["months"], sites.geometry.x, sites.geometry.y, strict=True)
    return tuple(
        Station(
            site_id=site_id,
            name=name,
            months=int(months),
            x_m=x_m,
            y_m=y_m,
            holdings=held.get(site_id, ()),
            profiles=profiles_of((holding.kind for holding in held.get(site_id, ())), capabilities),
            connector=router.connector(x_m, y_m),
        )
        for site_id, name, months, x_m, y_m in sorted(rows)
    )


def profiles_of(kinds: Iterable[str], capabilities: Mapping[str, Capability]) -> tuple[Profile, ...]:
    """Return the travel profiles by which a site with assets of these kinds moves, in order."""
    held, used = set(kinds), set()
    for capability in capabilities.values():
        if held & set(capability.assets):
            used |= {capability.ground, "boat" if capability.boat else ""} - {""}
    return tuple(sorted(Profile(name) for name in used))


def _holdings(assets: pd.DataFrame) -> dict[str, tuple[Holding, ...]]:
    columns = ["site_id", "kind", "count", "availability", "notice_min", "mission_share"]
    held: dict[str, tuple[Holding, ...]] = {}
    for site_id, kind, count, *shares in zip(*(assets[name].tolist() for name in columns), strict=True):
        stated = (None if isnan(share) else share for share in shares)
        held[site_id] = (*held.get(site_id, ()), Holding(kind, count, *stated))
    return held
