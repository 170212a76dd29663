"""Staggering: which of alike mobile units stands where in which months, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.gaps import as_it_stands
from footprint.errors import ScenarioError
from footprint.method import Method
from footprint.options.choices import Act, Assets, OptionError
from footprint.options.solve import SearchEffort, SearchStatus
from footprint.options.stagger_months import MonthValues
from footprint.options.stagger_question import MONTHS, MobilePlace, Staggering
from footprint.options.stagger_solve import score_of, solve_stays
from footprint.options.stagger_stays import MonthOfUnits, Stay, Stays, month_of_units, units_of
from footprint.options.suggest import suggested
from footprint.place.finding import Named, find_place
from footprint.prepared import Prepared
from footprint.review import Review, by_objectives, review
from footprint.scenario import Scenario, placed
from footprint.travel.router import Router
from layers import Area
from layers.antimeridian import wrapped
from layers.months import months_in
from layers.projection import degrees_from
from layers.sentences import say

_TRIED_PER_PLACE = 3
"""So many places are looked at for each that is asked for: many have no supply path."""


@dataclass(frozen=True, slots=True)
class MadeStay:
    """One stay of the answer."""

    stay: Stay
    place: MobilePlace
    units: tuple[int, ...]
    """Which unit (1 and up) in each of its months; another for those of a stay begun last year, in turns."""
    adds: float
    """By how much the figure raised falls without it [share of need]."""

    @property
    def unit(self) -> int:
        """Unit that begins it."""
        return self.units[0]

    def unit_in(self, month: int) -> int | None:
        """Return the unit that stands there in a month (1-12); None where none does."""
        when = self.stay.when()
        return self.units[when.index(month)] if month in when else None


@dataclass(frozen=True, slots=True, eq=False)
class Staggered:
    """The answer: stays, and every figure as reviews give it."""

    asked: Staggering
    plan: Scenario
    """What the units do, as a plan for the desk: a site with their assets at each place in its months."""
    review: Review = field(repr=False)
    """Of the plan."""
    stays: tuple[MadeStay, ...]
    """By first month from the start of the year, then by place."""
    rotates: bool
    """Whether units take turns over the years: no unit can make the same stays every year."""
    usable: NDArray[np.bool_] = field(repr=False)
    """Whether another site reaches each place by road or boat in each month, shape (n_places, 12)."""
    units: tuple[MonthOfUnits, ...]
    """What the units do in each month, January first."""
    without: NDArray[np.float64] = field(repr=False)
    """Mission footprint of the objectives in each month as things stand [share of need], shape (12,)."""
    with_units: NDArray[np.float64] = field(repr=False)
    """The same with the units, shape (12,)."""
    known: bool
    """Whether the data name somebody for every tier; else figures are at least so much."""
    raised: tuple[float, float]
    """What is raised, without and with the units: mean of the year and worst season as they count."""
    bound: float
    """What no choice of stays exceeds; inf where none is known."""
    status: SearchStatus
    seconds: float

    @property
    def added(self) -> float:
        """What the units add to the figure raised [share of need]."""
        return self.raised[1] - self.raised[0]

    @property
    def gap(self) -> float:
        """By which share of what the units add they could add more at most; inf where no bound is known."""
        most = self.bound - self.raised[1]
        if most <= 1e-9:  # noqa: PLR2004 - single precision of reviews
            return 0.0
        return most / self.added if self.added > 0 else float("inf")

    def months_at(self, place: int) -> tuple[int, ...]:
        """Return the months (1-12) with a unit at a place, ascending."""
        return tuple(
            sorted(month for each in self.stays if each.stay.place == place for month in each.stay.when())
        )


def stagger(prepared: Prepared, router: Router, asked: Staggering, effort: SearchEffort) -> Staggered:
    """
    Seek which unit stands where in which months.

    Parameters
    ----------
    prepared
        The area; need follows its calendar of return where it was made ready so.
    router
        Its searches.
    asked
        Units, places, and rules of their stays.
    effort
        How hard to try; its gap is a share of what the units add.

    Returns
    -------
    Staggered
        Every figure is that of a review.

    Raises
    ------
    OptionError
        If the question makes no sense for this area.
    """
    asked.must_make_sense()
    _must_be_known(prepared, asked.assets)
    values = MonthValues(prepared, router, asked)
    stays = Stays.of(asked, values.usable)
    seasons = [tuple(months_in(season.months)) for season in prepared.area.seasons]
    solved = solve_stays(values, stays, asked, seasons, effort)
    chosen = [stays.all[number] for number in solved.chosen]
    start = prepared.area.start_month
    chosen.sort(key=lambda stay: ((stay.start - start) % MONTHS, stay.place, stay.months))
    plan = _plan(asked, chosen)
    before, after = review(prepared, asked.base, router), review(prepared, plan, router)
    score = score_of(asked, seasons)
    without, with_units = mission_by_month(prepared, before), mission_by_month(prepared, after)
    raised = float(score(without)), float(score(with_units))
    units, rotates = units_of(chosen, asked, start)

    def adds(number: int) -> float:
        rest = _plan(asked, [stay for each, stay in enumerate(chosen) if each != number])
        return raised[1] - float(score(mission_by_month(prepared, review(prepared, rest, router))))

    return Staggered(
        asked=asked,
        plan=plan,
        review=after,
        stays=tuple(
            MadeStay(stay, asked.places[stay.place], own, adds(number))
            for number, (stay, own) in enumerate(zip(chosen, units, strict=True))
        ),
        rotates=rotates,
        usable=values.usable,
        units=tuple(month_of_units(chosen, asked, month) for month in range(1, MONTHS + 1)),
        without=without,
        with_units=with_units,
        known=bool(by_objectives(prepared, after)["MF"].notna().all()),
        raised=raised,
        bound=max(solved.bound, raised[1]),
        status=solved.status,
        seconds=solved.seconds,
    )


def mission_by_month(prepared: Prepared, result: Review) -> NDArray[np.float64]:
    """Return the Mission footprint of the objectives in each month, at least, shape (12,)."""
    least = by_objectives(prepared, replace(result, figures=result.at_least)).sort_values("month")
    return least["MF"].to_numpy(dtype=np.float64)


def suggested_places(
    prepared: Prepared, router: Router, asked: Staggering, number: int
) -> tuple[MobilePlace, ...]:
    """
    Return the places where one unit alone would add most in the months in which it can be there.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    asked
        Units and rules; its places are those looked at.
    number
        How many, at most; a place that no other site reaches long enough for a stay is none.
    """
    values = MonthValues(prepared, router, asked)
    able = np.zeros(len(asked.places), dtype=bool)
    able[Stays.of(asked, values.usable).place] = True
    adds = [
        sum(
            max(values.value(month, 1 << place) - values.value(month, 0), 0.0)
            for month in range(1, MONTHS + 1)
            if values.usable[place, month - 1]
        )
        for place in range(len(asked.places))
    ]
    order = sorted(np.flatnonzero(able).tolist(), key=lambda each: (-adds[each], asked.places[each].place_id))
    return tuple(asked.places[each] for each in order[:number])


def candidate_places(prepared: Prepared, number: int) -> tuple[MobilePlace, ...]:
    """Return three times as many places as asked for with most need around them, to choose among."""
    found: dict[str, MobilePlace] = {}
    for each in suggested(prepared, _TRIED_PER_PLACE * number).choices:
        if each.act is Act.OPEN and each.lon is not None and each.lat is not None:
            found.setdefault(each.place, MobilePlace(each.place, each.name, each.lon, each.lat))
    return tuple(place for place in found.values() if _lies_inside(prepared.area, place))


def _lies_inside(area: Area, place: MobilePlace) -> bool:
    """Tell whether a site can stand at a place: rounding can carry one on the outline across it."""
    try:
        placed(area, place.lon, place.lat)
    except ScenarioError:
        return False
    return True


def named_places(prepared: Prepared, names: Sequence[str]) -> tuple[MobilePlace, ...]:
    """
    Return places by what they are called.

    Parameters
    ----------
    prepared
        The area.
    names
        Towns, or units by their seats; or coordinates, latitude first.

    Raises
    ------
    UnclearPlaceError
        If a name means nothing, several places, or a point outside the area.
    OptionError
        If a place is a site already.
    """
    laydown = as_it_stands(prepared)
    spotted = [find_place(prepared, laydown, name) for name in names]
    sites = [each.name for each in spotted if each.named is Named.SITE]
    if sites:
        raise OptionError(*(say("{place}: a site stands there already", place=each) for each in sites))
    onto = degrees_from(prepared.area.crs)
    found: dict[str, MobilePlace] = {}
    for each, name in zip(spotted, names, strict=True):
        lon, lat = onto.transform(each.x_m, each.y_m)
        lon = wrapped(lon)
        place_id = f"at-{each.own_id or f'{lat:.4f}-{lon:.4f}'}"
        found[place_id] = MobilePlace(place_id, each.name or name, round(lon, 5), round(lat, 5))
    return tuple(found.values())


def package_assets(method: Method, package_id: str) -> Assets:
    """
    Return what a package of the method holds.

    Raises
    ------
    OptionError
        If there is none of that name.
    """
    if package_id not in method.packages:
        raise OptionError(
            say(
                "there is no package {package}; there are: {known}",
                package=package_id,
                known=", ".join(method.packages),
            )
        )
    return tuple(sorted(method.packages[package_id].assets))


def _plan(asked: Staggering, stays: Sequence[Stay]) -> Scenario:
    months_at: dict[int, int] = {}
    for stay in stays:
        for month in stay.when():
            months_at[stay.place] = months_at.get(stay.place, 0) | 1 << (month - 1)
    return asked.operation(months_at, asked.name)


def _must_be_known(prepared: Prepared, assets: Assets) -> None:
    strange = sorted({kind for kind, _ in assets} - prepared.method.assets.keys())
    if strange:
        raise OptionError(
            say(
                "there is no kind of asset {kind}; there are: {known}",
                kind=", ".join(strange),
                known=", ".join(prepared.method.assets),
            )
        )
