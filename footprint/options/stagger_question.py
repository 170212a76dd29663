"""Staggering, asked: which of alike mobile units stands where, in which months of every year."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.method.option_numbers import OptionNumbers
from footprint.options.choices import Act, Assets, Choice, OptionError
from footprint.scenario import Change, Scenario
from layers.months import ALL_MONTHS
from layers.sentences import Sentence, say

MONTHS = 12

_MOST_UNITS = 50


@dataclass(frozen=True, slots=True)
class MobilePlace:
    """A place where a mobile unit may stand for a while."""

    place_id: str
    name: str
    lon: float
    """[degrees east]"""
    lat: float
    """[degrees north]"""

    def choice(self, assets: Assets, months: int = ALL_MONTHS) -> Choice:
        """Return the choice of a unit with these assets there, in some months or all."""
        return Choice(
            place=self.place_id,
            name=self.name,
            act=Act.OPEN,
            assets=assets,
            lon=self.lon,
            lat=self.lat,
            months=months,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Staggering:
    """What is asked of mobile units. The year is a circle: what is found can be done every year."""

    units: int
    """How many there are, all alike."""
    assets: Assets
    """What each of them brings."""
    places: tuple[MobilePlace, ...]
    stay_min_months: int
    stay_max_months: int
    rest_months: int
    """Months that a unit rests after each stay."""
    notice_months: int = 0
    """Months that a unit is on the way before each stay; 0 moves it between two months."""
    mean_share: float = 1.0
    """Weight of the mean of the year; the rest is that of the worst season [0-1]."""
    base: Scenario
    """What stands whatever the units do."""
    name: str = "Mobile units"
    """Of the plan."""

    @property
    def months_bound(self) -> int:
        """Months beyond its own that a stay keeps a unit from anything else."""
        return self.notice_months + self.rest_months

    def must_make_sense(self) -> None:
        """
        Check what can be checked without the area.

        Raises
        ------
        OptionError
            Naming everything that cannot be.
        """
        faults = list(_faults(self))
        if faults:
            raise OptionError(*faults)

    def operation(self, months_at: dict[int, int], name: str) -> Scenario:
        """
        Return what the units do as a plan: a seasonal site with their assets at each place.

        Parameters
        ----------
        months_at
            Months with a unit at each place, by its number; bit m-1 for m.
        name
            Of the plan.
        """
        choices = [self.places[place].choice(self.assets, months_at[place]) for place in sorted(months_at)]
        changes: list[Change] = [change for choice in choices for change in choice.changes()]
        return Scenario(name, (*self.base.changes, *changes))


def usual_staggering(
    numbers: OptionNumbers, *, units: int, assets: Assets, places: tuple[MobilePlace, ...]
) -> Staggering:
    """Return a question with the method's own stays and rests."""
    return Staggering(
        units=units,
        assets=assets,
        places=places,
        stay_min_months=numbers.stay_min_months,
        stay_max_months=numbers.stay_max_months,
        rest_months=numbers.rest_months,
        base=Scenario("today"),
    )


def _faults(asked: Staggering) -> list[Sentence]:
    faults = []
    if not 1 <= asked.units <= _MOST_UNITS:
        faults.append(say("there must be 1 to {most} mobile units", most=_MOST_UNITS))
    if not 1 <= asked.stay_min_months <= asked.stay_max_months <= MONTHS:
        faults.append(say("a stay lasts 1 to 12 months, and the shortest no longer than the longest"))
    if not (0 <= asked.rest_months < MONTHS and 0 <= asked.notice_months < MONTHS):
        faults.append(say("rest and notice last 0 to 11 months"))
    if not asked.assets:
        faults.append(say("mobile units need assets, such as: infantry_company 1"))
    if not asked.places:
        faults.append(say("there is no place where a mobile unit could stand"))
    names = [place.place_id for place in asked.places]
    faults += [
        say("{place} stands twice", place=name) for name in dict.fromkeys(names) if names.count(name) > 1
    ]
    return faults
