"""Delivery: what a laydown can do in every cell and month, step by step from its sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.coverage.capabilities import (
    Effect,
    Escort,
    Holding,
    combined,
    escort,
    lift_off_min,
    site_effects,
    soonest,
)
from footprint.coverage.footprints import FORCE, TIERS, Weakest, deliver
from footprint.indicators.levels import Delivery
from footprint.indicators.periods import MONTHS
from footprint.method import Component
from footprint.prepared import Prepared
from footprint.scenario import Laydown
from footprint.travel.connectors import Connector
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.profiles import Profile
from footprint.travel.road_state import RoadState
from footprint.travel.router import SiteMonth
from layers.months import in_month


@dataclass(frozen=True, slots=True, eq=False)
class Station:
    """One site of a laydown with what it holds and how it joins the network."""

    site_id: str
    name: str
    months: int
    x_m: float
    y_m: float
    holdings: tuple[Holding, ...]
    profiles: tuple[Profile, ...]
    access: Connector = field(repr=False)

    def has(self, kind: str) -> bool:
        """Tell whether it holds an asset of `kind`."""
        return any(holding.kind == kind for holding in self.holdings)


@dataclass(frozen=True, slots=True, eq=False)
class MonthEffects:
    """What every open site does in one month."""

    by_site: Mapping[str, Mapping[str, Effect]] = field(repr=False)
    """Effects by capability, by site."""
    escorts: Mapping[str, Escort]
    casevac_min: NDArray[np.float32] = field(repr=False)
    """Time from call to surgery of each cell [min], inf where there is none, shape (n_cells,)."""

    def chances(self, prepared: Prepared) -> dict[str, NDArray[np.float32]]:
        """Return the chance that each capability is there [0-1], shape (n_cells,) each; awareness too."""
        n_cells = prepared.area.grid.n_cells
        limit = np.float32(prepared.method.reporting.casevac_limit_min + TOLERANCE_MIN)
        found = {}
        for name, capability in prepared.method.capabilities.items():
            if capability.relay:
                feasible = self.casevac_min <= limit
                found[name] = feasible.astype(np.float32) * np.float32(capability.availability)
            else:
                found[name] = combined(self._of(name), n_cells)
        return found

    def arrivals(self, prepared: Prepared) -> dict[str, NDArray[np.float32]]:
        """Return the soonest arrival of each capability [min], shape (n_cells,) each."""
        n_cells = prepared.area.grid.n_cells
        limit = np.float32(prepared.method.reporting.casevac_limit_min + TOLERANCE_MIN)
        return {
            name: np.where(self.casevac_min <= limit, self.casevac_min, np.float32(np.inf))
            if capability.relay
            else soonest(self._of(name), n_cells)
            for name, capability in prepared.method.capabilities.items()
        }

    def _of(self, capability: str) -> list[Effect]:
        return [effects[capability] for effects in self.by_site.values() if capability in effects]


def stations(prepared: Prepared, laydown: Laydown) -> tuple[Station, ...]:
    """Return the sites of a laydown, in order of their identifiers."""
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
            profiles=prepared.ways.profiles(holding.kind for holding in held.get(site_id, ())),
            access=prepared.ways.access(x_m, y_m),
        )
        for site_id, name, months, x_m, y_m in sorted(rows)
    )


def _holdings(assets: pd.DataFrame) -> dict[str, tuple[Holding, ...]]:
    columns = ["site_id", "kind", "count", "availability", "notice_min", "mission_share"]
    held: dict[str, tuple[Holding, ...]] = {}
    for site_id, kind, count, *shares in zip(*(assets[name].tolist() for name in columns), strict=True):
        stated = (None if isnan(share) else share for share in shares)
        held[site_id] = (*held.get(site_id, ()), Holding(kind, count, *stated))
    return held


def year_effects(prepared: Prepared, posts: Sequence[Station], roads: RoadState) -> tuple[MonthEffects, ...]:
    """
    Return what the stations `posts` do in each month over `roads`, January first.

    Months in which the same sites are open and the same roads passable at the same speeds
    share one value.
    """
    prepared.ways.search_ahead(
        (
            (post.access, profile, month)
            for post in posts
            for profile in post.profiles
            for month in range(1, MONTHS + 1)
            if in_month(post.months, month)
        ),
        roads,
    )
    alike: dict[tuple[object, ...], MonthEffects] = {}
    year = []
    for month in range(1, MONTHS + 1):
        key = _likeness(prepared, posts, month, roads)
        if key not in alike:
            alike[key] = _month_effects(prepared, posts, month, roads)
        year.append(alike[key])
    return tuple(year)


def _likeness(
    prepared: Prepared, posts: Sequence[Station], month: int, roads: RoadState
) -> tuple[object, ...]:
    profiles = sorted({profile for post in posts for profile in post.profiles})
    return (
        tuple(post.site_id for post in posts if in_month(post.months, month)),
        tuple(prepared.ways.key(profile, month, roads) for profile in profiles),
    )


def casevac(prepared: Prepared, posts: Sequence[Station], month: int) -> NDArray[np.float32]:
    """Return the time from call to surgery of each cell in `month` [min], shape (n_cells,); inf for none."""
    present = [post for post in posts if in_month(post.months, month)]
    usual = prepared.method.travel.helicopter_notice_min
    ready = ((post, lift_off_min(post.holdings, usual)) for post in present)
    flying = [(post, notice_min) for post, notice_min in ready if notice_min is not None]
    relay = next((c.relay for c in prepared.method.capabilities.values() if c.relay), "")
    return prepared.ways.casevac(
        [(post.x_m, post.y_m) for post, _ in flying],
        [(post.x_m, post.y_m) for post in present if post.has(relay)],
        [notice_min for _, notice_min in flying],
    )


def _month_effects(
    prepared: Prepared, posts: Sequence[Station], month: int, roads: RoadState
) -> MonthEffects:
    present = [post for post in posts if in_month(post.months, month)]
    done = {post.site_id: _site_month(prepared, post, month, roads) for post in present}
    return MonthEffects(
        by_site={site_id: found.effects for site_id, found in done.items()},
        escorts={site_id: found.taken for site_id, found in done.items()},
        casevac_min=casevac(prepared, posts, month),
    )


def _site_month(prepared: Prepared, post: Station, month: int, roads: RoadState) -> SiteMonth:
    """Return what one site does in one month, from what is kept where the same was asked before."""
    method = prepared.method
    key = (
        post.access.key,
        post.holdings,
        tuple(prepared.ways.key(profile, month, roads) for profile in post.profiles),
    )

    def make() -> SiteMonth:
        approach = prepared.ways.approach(post.access, post.profiles, month, roads)
        taken = escort(post.holdings, approach, method.capabilities, days=method.reporting.escort_days)
        effects = site_effects(
            post.holdings,
            approach,
            method.capabilities,
            helicopter_notice_min=method.travel.helicopter_notice_min,
            taken=taken,
        )
        return SiteMonth(effects, taken)

    return prepared.ways.effects(key, make)


def deliver_all(
    prepared: Prepared,
    year: Sequence[MonthEffects],
    posts: Sequence[Station],
    *,
    weakest: Weakest = Weakest.MINIMUM,
) -> Delivery:
    """
    Return the two footprints and the circle map of a laydown in every cell and month.

    Parameters
    ----------
    basis
        Area and method.
    year
        What its sites do in each month.
    posts
        The sites, for the circle map.
    weakest
        How a tier's groups join.
    """
    n_cells = prepared.area.grid.n_cells
    force = np.zeros((MONTHS, n_cells), dtype=np.float32)
    tiers = np.zeros((len(TIERS), MONTHS, n_cells), dtype=np.float32)
    done: dict[int, int] = {}
    for month, effects in enumerate(year):
        same = done.setdefault(id(effects), month)
        if same != month:
            force[month], tiers[:, month] = force[same], tiers[:, same]
            continue
        chances = effects.chances(prepared)
        force[month] = deliver(prepared.method.bundles[FORCE], chances)
        for number, name in enumerate(TIERS):
            tiers[number, month] = deliver(prepared.method.bundles[name], chances, weakest=weakest)
    return Delivery(force, tiers, circle(prepared, posts))


def circle(prepared: Prepared, posts: Sequence[Station]) -> NDArray[np.bool_]:
    """Return which cells lie within the circle map's radius of troops, shape (12, n_cells)."""
    troops = {kind for kind, asset in prepared.method.assets.items() if asset.component is Component.MILITARY}
    inside = np.zeros((MONTHS, prepared.area.grid.n_cells), dtype=bool)
    limit = prepared.method.reporting.circle_km + 1e-6
    for post in posts:
        if not any(post.has(kind) for kind in troops):
            continue
        near = prepared.ways.flight(post.x_m, post.y_m) * (prepared.method.travel.helicopter / 60.0) <= limit
        for month in range(MONTHS):
            if in_month(post.months, month + 1):
                inside[month] |= near
    return inside
