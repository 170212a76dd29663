"""Which incidents does a test run on, how many were left out, and why?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from footprint.errors import FootprintError
from layers.incidents import DatePrecision, EventType
from layers.sentences import say

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

FIRST_STAND_IN_PRECISION = 3
"""From this `geo_precision` on, a point only stands in for a whole unit."""

CAPITAL_TOLERANCE_M = 1_000.0
"""How far a provider's stand-in point may lie from our own point of the capital [m]. Judgement."""


class Exclusion(StrEnum):
    """Why an incident takes no part in a test."""

    OTHER_PROVIDER = "other_provider"
    OUTSIDE_PERIOD = "outside_period"
    OTHER_TYPE = "other_type"
    YEAR_ONLY = "year_only"
    DEFAULT_GEOCODE = "default_geocode"
    IMPRECISE_PLACE = "imprecise_place"
    OUTSIDE_AREA = "outside_area"
    OUTSIDE_MASK = "outside_mask"


VIOLENCE = frozenset({EventType.ATTACK_ON_CIVILIANS, EventType.BATTLE, EventType.EXPLOSION})
"""Event types counted unless asked otherwise."""

POORLY_PLACED = frozenset({Exclusion.DEFAULT_GEOCODE, Exclusion.IMPRECISE_PLACE})
"""Reasons that follow from how well the record is placed."""


class MixedProvidersError(FootprintError):
    """Incidents of several providers were to be counted together, which counts events twice."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """Incidents left out for one reason."""

    reason: Exclusion
    count: int


def together(excluded: Iterable[Excluded]) -> tuple[Excluded, ...]:
    """
    Return each reason once, with all the incidents left out for it, in the order given.

    Examples
    --------
    >>> reason = Exclusion.OUTSIDE_AREA
    >>> together([Excluded(reason, 1), Excluded(reason, 2)])[0].count
    3
    """
    total: dict[Exclusion, int] = {}
    for each in excluded:
        total[each.reason] = total.get(each.reason, 0) + each.count
    return tuple(Excluded(reason, count) for reason, count in total.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """
    What is asked of the incidents: kinds, provider and period.

    Attributes
    ----------
    first, last
        First and last day, inclusive. An incident dated to its year only is in when its
        year meets the period, since no more is known. `last` is the frame date of the
        review or earlier.
    types
        Event types counted.
    provider
        Provider counted; needed when the layer holds several that were never matched.
    whole_years
        Count an incident dated to its year only where that whole year lies in the period; where it only
        meets it, the incident is left out for its date.
    """

    first: date
    last: date
    types: frozenset[EventType] = VIOLENCE
    provider: str | None = None
    whole_years: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Incidents a test may use, and an account of all others."""

    used: gpd.GeoDataFrame
    """Rows of the incidents layer that count, ordered by `incident_id`."""
    excluded: tuple[Excluded, ...]
    """Every reason that met at least one incident; the first that applies counts."""
    incident_filter: IncidentFilter
    n_at_stand_in: int
    """Used incidents at exactly the point of one that is imprecise: worth a second look."""

    @property
    def n_used(self) -> int:
        """Incidents used."""
        return len(self.used)

    @property
    def n_excluded(self) -> int:
        """Incidents that answer the question but are too poorly placed to be tested."""
        return sum(item.count for item in self.excluded if item.reason in POORLY_PLACED)

    @property
    def excluded_share(self) -> float:
        """Share of the incidents asked for that were too poorly placed; 0 when none was asked for."""
        asked_for = self.n_used + self.n_excluded
        return self.n_excluded / asked_for if asked_for else 0.0


def select(
    incidents: gpd.GeoDataFrame,
    incident_filter: IncidentFilter,
    *,
    geo_precision_max: int = 1,
    capitals: gpd.GeoDataFrame | None = None,
) -> Selection:
    """
    Choose the incidents a test runs on and account for the rest.

    Parameters
    ----------
    incidents
        Incidents layer, valid under `Incidents`.
    incident_filter
        Kinds, provider and period.
    geo_precision_max
        Coarsest `geo_precision` used, inclusive. 1 for hotspots; 2 for discs of 50 km;
        3 for whole cercles, where a point that stands in for the cercle is still inside it.
    capitals
        Points of unit capitals, in the layer's reference system. Imprecise incidents on
        one of them are counted apart as default geocodes.

    Returns
    -------
    Selection
        Used incidents and the count of the others by reason.

    Raises
    ------
    MixedProvidersError
        If incidents of more than one provider would be added up. Name one in
        `incident_filter`, or bring them together with `match_sources`.

    Notes
    -----
    Imprecise incidents are dropped from tests, not moved or spread: a spread event makes
    neighbouring cells alike, which is what the test looks for, and one left on the capital
    piles up there. They keep their weight in demand.
    """
    rows = incidents.sort_index()
    faults = _faults(rows, incident_filter, geo_precision_max, capitals)
    reason = np.full(len(rows), "", dtype=object)
    for name, faulty in reversed(faults):
        reason[faulty] = name
    excluded = tuple(Excluded(name, int(n)) for name, _ in faults if (n := np.sum(reason == name)))
    used = rows[reason == ""]
    providers = sorted(used["provider"].unique())
    if len(providers) > 1:
        raise MixedProvidersError(
            say(
                "incidents of {providers} would be counted twice; choose one provider or match them",
                providers=", ".join(providers),
            )
        )
    return Selection(used, excluded, incident_filter, _at_stand_in(used, rows))


def _faults(
    rows: gpd.GeoDataFrame,
    incident_filter: IncidentFilter,
    geo_precision_max: int,
    capitals: gpd.GeoDataFrame | None,
) -> list[tuple[Exclusion, NDArray[np.bool_]]]:
    """Return what would exclude each row, most basic reason first."""
    precision = rows["geo_precision"].to_numpy()
    wanted = rows["provider"] == (
        rows["provider"] if incident_filter.provider is None else incident_filter.provider
    )
    too_coarse = precision > geo_precision_max
    return [
        (Exclusion.OTHER_PROVIDER, ~wanted.to_numpy()),
        (Exclusion.OUTSIDE_PERIOD, ~in_period(rows, incident_filter.first, incident_filter.last)),
        (Exclusion.OTHER_TYPE, ~rows["event_type"].isin(list(incident_filter.types)).to_numpy()),
        (Exclusion.YEAR_ONLY, _half_known(rows, incident_filter)),
        (Exclusion.DEFAULT_GEOCODE, too_coarse & _at_capital(rows, capitals)),
        (Exclusion.IMPRECISE_PLACE, too_coarse),
    ]


def in_period(rows: pd.DataFrame, first: date, last: date, *, whole_years: bool = False) -> NDArray[np.bool_]:
    """
    Tell which incidents fall from `first` to `last`, inclusive, shape (n,).

    Where only the year is known, those whose year meets the period, or with `whole_years` lies in it.
    """
    day, year = rows["date"], rows["year"]
    by_day = day.between(pd.Timestamp(first), pd.Timestamp(last) + pd.Timedelta(days=1), inclusive="left")
    from_year, to_year = first.year, last.year
    if whole_years:
        from_year += (first.month, first.day) != (1, 1)
        to_year -= (last.month, last.day) != (12, 31)
    return np.where(_year_only(rows), year.between(from_year, to_year), by_day).astype(bool)


def _half_known(rows: pd.DataFrame, asked: IncidentFilter) -> NDArray[np.bool_]:
    """Tell which incidents may or may not fall into the period, since only their year is known."""
    if not asked.whole_years:
        return np.zeros(len(rows), bool)
    return np.asarray(_year_only(rows) & ~in_period(rows, asked.first, asked.last, whole_years=True))


def _year_only(rows: pd.DataFrame) -> NDArray[np.bool_]:
    return (rows["date"].isna() | (rows["date_precision"] == DatePrecision.YEAR)).to_numpy(dtype=bool)


def _at_capital(rows: gpd.GeoDataFrame, capitals: gpd.GeoDataFrame | None) -> NDArray[np.bool_]:
    """Tell which incidents of stand-in precision lie on a unit's capital."""
    stand_in = (rows["geo_precision"] >= FIRST_STAND_IN_PRECISION).to_numpy()
    if capitals is None or capitals.empty or rows.empty:
        return np.zeros(len(rows), bool)
    distance_m, _ = cKDTree(_points(capitals)).query(_points(rows))
    return np.asarray(stand_in & (distance_m <= CAPITAL_TOLERANCE_M))


def _at_stand_in(used: gpd.GeoDataFrame, rows: gpd.GeoDataFrame) -> int:
    """Count precise incidents that share the exact point of an imprecise one."""
    imprecise = rows[rows["geo_precision"] >= FIRST_STAND_IN_PRECISION]
    precise = used[used["geo_precision"] < FIRST_STAND_IN_PRECISION]
    stand_ins = {tuple(point) for point in _points(imprecise)}
    return sum(tuple(point) in stand_ins for point in _points(precise))


def _points(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return points as x and y [m], shape (n, 2)."""
    return np.column_stack([frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy()])
