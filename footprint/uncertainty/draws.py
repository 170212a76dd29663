"""Draws: what is drawn of the numbers that are not known exactly, the same for whatever is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.capabilities import Aircraft
from footprint.coverage.footprints import FORCE, TIERS
from footprint.method import Capability, Drawn, DrawnName, Law, Method
from footprint.travel.profiles import Profile

HELICOPTERS = "helicopter"
"""Name under which the availability of helicopters is drawn, beside those of capabilities."""

SEASONS = ("dry", "rains")
"""Times are drawn apart in dry months and in the rains."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number that is drawn."""

    name: DrawnName
    of: str = ""
    """Which of several: a capability, a tier, a way of travelling and its months; "" of one alone."""

    @property
    def number_id(self) -> str:
        """Identifier, for instance "availability.PATROL"."""
        return f"{self.name}.{self.of}" if self.of else str(self.name)


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Common draws: one row for each, one column for each number."""

    numbers: tuple[Number, ...]
    values: NDArray[np.float64] = field(repr=False)
    """Times the method's own number, km for places, shape (n_draws, n_numbers)."""
    seed: int

    def __len__(self) -> int:
        """Count the draws."""
        return len(self.values)

    def draw(self, at: int) -> Draw:
        """Return one of them."""
        return drawn_once(at, self.numbers, self.values[at].tolist(), self.seed)

    def column(self, name: DrawnName, of: str = "") -> NDArray[np.float64]:
        """Return what is drawn of one number, shape (n_draws,)."""
        return np.asarray(self.values[:, self.numbers.index(Number(name, of))])


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """One value of every number that is drawn."""

    at: int
    """Number of the draw, -1 for the method itself."""
    numbers: tuple[Number, ...] = field(repr=False)
    value: Mapping[str, float] = field(repr=False)
    """Of each number, by its identifier."""
    seed: int

    def of(self, name: DrawnName, of: str = "") -> float:
        """Return the value of one number."""
        return self.value[f"{name}.{of}" if of else name]

    def time_factor(self, profile: Profile, *, rains: bool) -> float:
        """Return how many times as long a way of travelling takes, in dry months or in the rains."""
        return self.of(DrawnName.TIME, _when(profile, rains=rains))

    def tier_weights(self, own: Sequence[float]) -> NDArray[np.float64]:
        """Return an objective's tier weights as drawn, adding up to what they added up to."""
        drawn = np.array([self.of(DrawnName.TIER_WEIGHT, tier) for tier in TIERS]) * np.asarray(own)
        return np.asarray(drawn * (sum(own) / drawn.sum()) if drawn.sum() > 0 else np.asarray(own))

    def moved_km(self, n_incidents: int) -> NDArray[np.float64]:
        """Return how far each incident lies from where it is coded, east and north [km], shape (n, 2)."""
        away_km = self.of(DrawnName.LOCATION)
        if not away_km > 0:
            return np.zeros((n_incidents, 2))
        return away_km * _generator(self.seed, f"places {self.at}").standard_normal((n_incidents, 2))

    def changes(self, method: Method) -> dict[str, float]:
        """
        Return what the draw makes of the numbers that a method can be edited in, by their paths.

        Times, weights of tiers and places are not among them: no number of the method stands for these.
        The pull of thin data is the estimate's times what is drawn; it is not estimated anew, so both of
        its limits are to be the estimate when a review is to be compared.
        """
        own = {
            "travel.helicopter_kmh": (DrawnName.HELICOPTER_SPEED, ""),
            "travel.helicopter_notice_min": (DrawnName.HELICOPTER_NOTICE, ""),
            "tasking.helicopter_availability": (DrawnName.AVAILABILITY, HELICOPTERS),
            "demand.half_life_days": (DrawnName.HALF_LIFE, ""),
            "demand.people_share": (DrawnName.PEOPLE_SHARE, ""),
            "demand.shrinkage_factor": (DrawnName.SHRINKAGE, ""),
        } | {
            f"capability.{each.of}.availability": (each.name, each.of)
            for each in self.numbers
            if each.name is DrawnName.AVAILABILITY and each.of != HELICOPTERS
        }
        known = {each.parameter_id: each for each in method.parameters}
        return {
            path: min(max(known[path].value * self.of(*of), known[path].minimum), known[path].maximum)
            for path, of in own.items()
        }


def _when(profile: Profile, *, rains: bool) -> str:
    return f"{profile}.{SEASONS[rains]}"


def numbers_of(method: Method) -> tuple[Number, ...]:
    """
    Return every number that is drawn under a method, in an order of its own.

    Availabilities are those of the capabilities in its footprints; that of evacuation is whether it can
    be done at all, and is not drawn. What an area's data state is drawn neither: it is stated.
    """
    named = {name for bundle in (FORCE, *TIERS) for group in method.bundles[bundle].groups for name in group}
    own = [method.capabilities[name] for name in sorted(named)]
    profiles = {Profile(each.ground) for each in own if each.ground} | {Profile.CONVOY}
    profiles |= {Profile.BOAT for each in own if each.boat}
    return (
        *(
            Number(DrawnName.TIME, _when(profile, rains=rains))
            for profile in sorted(profiles)
            for rains in (False, True)
        ),
        Number(DrawnName.HELICOPTER_SPEED),
        Number(DrawnName.HELICOPTER_NOTICE),
        Number(DrawnName.AVAILABILITY, HELICOPTERS),
        *(Number(DrawnName.AVAILABILITY, each.capability_id) for each in own if not each.relay),
        Number(DrawnName.HALF_LIFE),
        Number(DrawnName.PEOPLE_SHARE),
        Number(DrawnName.SHRINKAGE),
        *(Number(DrawnName.TIER_WEIGHT, tier) for tier in TIERS),
        Number(DrawnName.LOCATION),
    )


def common_draws(method: Method) -> Draws:
    """
    Return the draws of a method: the same for every plan, every area and every other question.

    Each number is drawn by itself from the seed and its own name, so that nothing else that is asked
    or drawn changes it.
    """
    numbers, n_draws, seed = numbers_of(method), method.uncertainty.draws, method.uncertainty.seed
    columns = [
        _by_law(method.drawn[each.name], _generator(seed, each.number_id).random(n_draws)) for each in numbers
    ]
    return Draws(numbers, np.column_stack(columns), seed)


def drawn_once(at: int, numbers: tuple[Number, ...], values: Sequence[float], seed: int) -> Draw:
    """Return one draw from the values of its numbers, in their order."""
    named = {each.number_id: value for each, value in zip(numbers, values, strict=True)}
    return Draw(at, numbers, named, seed)


def _generator(seed: int, name: str) -> np.random.Generator:
    own = hashlib.sha256(name.encode()).digest()
    return np.random.default_rng([seed, *np.frombuffer(own, dtype="<u4").tolist()])


def _by_law(drawn: Drawn, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return values by a law from numbers that are uniform between 0 and 1.

    Examples
    --------
    >>> half = Drawn(name=DrawnName.TIME, label="", law=Law.TRIANGULAR, low=0.5, high=1.5)
    >>> _by_law(half, np.array([0.0, 0.125, 0.5, 1.0])).tolist()
    [0.5, 0.75, 1.0, 1.5]
    """
    low, high = drawn.low, drawn.high
    if drawn.law is Law.UNIFORM or not high > low:
        return np.asarray(low + uniform * (high - low))
    likeliest = min(max(drawn.centre, low), high)
    below = (likeliest - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (likeliest - low))
    falling = high - np.sqrt((1 - uniform) * (high - low) * (high - likeliest))
    return np.asarray(np.where(uniform < below, rising, falling))


def drawn_capabilities(method: Method, draw: Draw) -> tuple[dict[str, Capability], Aircraft]:
    """Return the capabilities and helicopters of a method as a draw has them."""
    changes = draw.changes(method)
    capabilities = {
        name: replace(each, availability=changes.get(f"capability.{name}.availability", each.availability))
        for name, each in method.capabilities.items()
    }
    aircraft = Aircraft(changes["tasking.helicopter_availability"], changes["travel.helicopter_notice_min"])
    return capabilities, aircraft
