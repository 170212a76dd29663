"""Layout of what stands beside a plan: the ring to be watched, response to past alerts, equity not told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from footprint.access.changed import SiteChange
from footprint.indicators.indicator import Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPlaceRow:
    """One place where a plan changes whether a site stands; rings of several places may overlap."""

    site_id: str
    name: str
    change: SiteChange
    months: tuple[int, ...]
    people: int | None
    stranded_people: int | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedUnitRow:
    """A second-level unit of which a part lies in the ring; most people first."""

    unit_id: str
    name: str
    people: int | None
    killings: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPart:
    """The rings around all places where sites change, united: to be watched, and no prediction."""

    near_km: float
    far_km: float
    places: tuple[WatchedPlaceRow, ...]
    people: int | None
    units: tuple[WatchedUnitRow, ...]
    first: date
    last: date
    killings: float | None
    killings_all: float | None
    killings_share: float | None
    known_by_year: int
    left_out: int
    not_stated: int
    force_before: float | None
    force_after: float | None
    mission_before: float | None
    mission_after: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseShares:
    """Shares of past alerts that somebody could have got to in time from the sites of one plan."""

    share: float | None
    at_least: float | None
    by_land: float | None
    troops: float | None
    troops_by_land: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePart:
    """Projected response to past alerts, before and after; alerts are attacks on civilians."""

    first: date
    last: date
    limit_min: float
    alerts: int
    known_by_year: int
    near: int
    left_out: int
    not_stated: int
    before: ResponseShares
    after: ResponseShares


@dataclass(frozen=True, slots=True, kw_only=True)
class EquityUntoldRow:
    """A region of whose worst season nobody can tell whether it falls too far."""

    measure: Indicator
    unit_id: str
    name: str
