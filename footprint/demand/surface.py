"""Surface: how much protection need sits in each cell, in each month."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footprint.demand.ground import Ground
from footprint.demand.shrinkage import Kappa
from footprint.demand.threat import Threat
from footprint.method import Demand
from footprint.objectives import Measure

MONTHS = 12


@dataclass(frozen=True, slots=True)
class ThreatOrigin:
    """Which part of threat comes from where: shares that add up to 1, NaN without threat."""

    place: float
    """Incidents placed within about 25 km, in the neighbourhood."""
    district: float
    region: float


@dataclass(frozen=True, slots=True, eq=False)
class DemandSurface:
    """Demand of every measure over the whole area."""

    people: NDArray[np.float64] = field(repr=False)
    """People of each cell [persons]; NaN where unknown, shape (n_cells,)."""
    rate: NDArray[np.float64] = field(repr=False)
    """Threat per thousand people, shape (12, n_cells); 0 where people are unknown."""
    threat: Threat
    kappa: Kappa
    origin: ThreatOrigin
    people_share: float
    unknown_cells: int
    """Cells without population data: they carry no demand, which is not the same as no need."""

    @property
    def has_threat(self) -> bool:
        """Whether there is any threat to people: without it, the blend is people alone."""
        return bool((self.rate * np.nan_to_num(self.people)).any())

    def of(self, measure: Measure) -> NDArray[np.float32]:
        """
        Return the demand of a measure, which adds up to 1 over the area in each month.

        Parameters
        ----------
        measure
            People only, threat only, or the method's blend of the two.

        Returns
        -------
        ndarray
            Shape (12, n_cells). A measure with nothing to show (no people, or no threat) is zero
            throughout; the blend is then the other one.
        """
        people = np.nan_to_num(self.people)
        by_people = _shares(np.broadcast_to(people, self.rate.shape))
        by_threat = _shares(self.rate * people)
        share = {Measure.PEOPLE: 1.0, Measure.THREAT: 0.0, Measure.BLEND: self.people_share}[measure]
        return _shares(share * by_people + (1 - share) * by_threat).astype(np.float32)


def demand_surface(
    threat: Threat,
    ground: Ground,
    *,
    numbers: Demand,
    kappa: Kappa,
    season: NDArray[np.float64] | None = None,
) -> DemandSurface:
    """
    Turn spread incidents into a rate per head, drawn to that of district and region where people are few.

    Parameters
    ----------
    threat
        Incidents spread over the cells.
    ground
        People and units.
    numbers
        Neighbourhood, and share of people in the blend.
    kappa
        Pull towards the larger unit.
    season
        Factor of each month of the year, 1 on average, shape (n_cells, 12); None is every month alike.

    Notes
    -----
    With X and P the weight and the thousands of people summed over a neighbourhood,
    ``rate = (X + kappa rate_district) / (P + kappa)`` and
    ``rate_district = (O + kappa rate_region) / (n + kappa)``. Blend: a share of the demand goes by
    people, the rest by rate times people. No layer of vulnerability is in use.
    """
    pull = Pull(ground, numbers, kappa.thousand)
    if season is None:
        rate = np.broadcast_to(pull.rate(threat.whole), (MONTHS, ground.grid.n_cells))
    else:
        rate = np.stack([pull.rate(threat.whole * season[:, month]) for month in range(MONTHS)])
    return DemandSurface(
        people=ground.people,
        rate=np.where(ground.known, rate, 0.0),
        threat=threat,
        kappa=kappa,
        origin=_origin(threat, pull),
        people_share=numbers.people_share,
        unknown_cells=int((~ground.known).sum()),
    )


class Pull:
    """Rates of place, district and region, each drawn to the next."""

    def __init__(self, ground: Ground, numbers: Demand, kappa: float) -> None:
        """
        Make rates ready to be reckoned.

        Parameters
        ----------
        ground
            People and units.
        numbers
            The neighbourhood.
        kappa
            Pull towards the larger unit's rate [thousand people].
        """
        self.ground, self.kappa = ground, kappa
        self._near = {"sigma_km": numbers.neighbourhood_km, "cut_km": numbers.neighbourhood_cut_km}
        self._around = ground.neighbourhood(ground.thousands, **self._near)

    @property
    def _people(self) -> NDArray[np.float64]:
        return self._around + self.kappa

    def under(self, kappa: float) -> Pull:
        """Return rates under another pull [thousand people]; people are not summed anew."""
        other = copy(self)
        other.kappa = kappa
        return other

    def rate(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the rate of each cell [per thousand people] of incidents spread as `x`."""
        ground = self.ground
        area = float(_ratio(x.sum(), ground.thousands.sum()))
        in_region = np.asarray(ground.regions.shares @ x)
        in_district = np.asarray(ground.districts.shares @ x)
        region = np.append(_ratio(in_region, ground.region_thousands, area), area)
        over = region[ground.region_of]
        own = (in_district + self.kappa * over) / (ground.district_thousands + self.kappa)
        return self.of_place(x) + self.kappa * ground.mixed(ground.districts, own, area) / self._people

    def of_place(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the part of the rate that the neighbourhood itself makes."""
        return self.ground.neighbourhood(x, **self._near) / self._people

    def of_district(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the part of the rate that the district itself makes."""
        own = np.asarray(self.ground.districts.shares @ x) / (self.ground.district_thousands + self.kappa)
        return self.kappa * self.ground.mixed(self.ground.districts, own, 0.0) / self._people


def _origin(threat: Threat, pull: Pull) -> ThreatOrigin:
    people = pull.ground.thousands
    total = float(people @ pull.rate(threat.whole))
    if not total > 0:
        return ThreatOrigin(np.nan, np.nan, np.nan)
    place = float(people @ pull.of_place(threat.placed)) / total
    known = pull.of_place(threat.by_district) + pull.of_district(threat.placed + threat.by_district)
    district = float(people @ known) / total
    return ThreatOrigin(place, district, 1 - place - district)


def _ratio(
    above: NDArray[np.float64] | float, below: NDArray[np.float64] | float, otherwise: float = 0.0
) -> NDArray[np.float64]:
    out = np.full(np.shape(above), otherwise, dtype=np.float64)
    return np.asarray(np.divide(above, below, out=out, where=np.asarray(below) > 0))


def _shares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    total = values.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(values, total, out=np.zeros(values.shape), where=total > 0))
