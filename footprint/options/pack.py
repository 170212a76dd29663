"""Pack: what every choice of every place does, ready to be joined into plans thousands of times a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from footprint.coverage.footprints import FORCE, TIERS
from footprint.coverage.holdings import Holding
from footprint.coverage.packing import Wanted
from footprint.coverage.portfolios import Portfolios, portfolios
from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import Station, profiles_of, stations
from footprint.errors import ScenarioError
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import EQUAL
from footprint.indicators.units import Level
from footprint.objectives import Measure, Objective
from footprint.options.choices import Act, Choice, ChoicePlace, ChoiceSet, OptionError, at_its_row
from footprint.prepared import Prepared
from footprint.scenario import Scenario, apply
from footprint.travel.months import MonthGroups
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router
from layers.months import months_in
from layers.sentences import Sentence, say

_TIER_OF = {Indicator.TIER_1: 0, Indicator.TIER_2: 1, Indicator.TIER_3: 2}


@dataclass(frozen=True, slots=True)
class AimFigure:
    """A figure that is to be raised, or that must not fall below something."""

    indicator: Indicator
    """Mission or Force footprint, or one tier."""
    level: Level
    """Of the area, a region or cercle, or an objective."""
    unit_id: str = ""
    """Which one; "" at the level of objectives is all of them by their weights."""


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """
    Every choice as a station, and the rows in which they matter.

    A plan is an array of choice numbers, one for each place, counted over all places
    (`first[place]` is the place as it stands).
    """

    places: tuple[ChoicePlace, ...]
    figures: tuple[AimFigure, ...]
    """Column ``figure * n_seasons + season`` of every answer is the mean of that season."""
    season_share: NDArray[np.float64]
    """Months of each season in twelfths, shape (n_seasons,)."""
    first: NDArray[np.int64] = field(repr=False)
    """First choice of each place, and behind the last, shape (n_places + 1,)."""
    station: NDArray[np.int64] = field(repr=False)
    """Station of each choice, -1 where nothing stands, shape (n_choices,)."""
    stations: tuple[Station, ...] = field(repr=False)
    portfolios: Portfolios = field(repr=False)
    roads: RoadState = field(repr=False)
    cells_xy_m: NDArray[np.float64] = field(repr=False)
    """Middle of each cell of the area [m], shape (n_cells, 2)."""

    @property
    def n_choices(self) -> int:
        """Choices of all places together."""
        return int(self.first[-1])

    @property
    def today(self) -> NDArray[np.int64]:
        """Return the plan in which everything stands as it does."""
        return self.first[:-1].copy()

    def place_of(self, choice: int) -> int:
        """Return the place of a choice."""
        return int(np.searchsorted(self.first, choice, side="right") - 1)

    def choice(self, number: int) -> Choice | None:
        """Return a choice by its number; None is nothing where nothing stands."""
        place = self.place_of(number)
        return self.places[place].choices[number - int(self.first[place])]

    def chosen(self, plan: NDArray[np.int64]) -> tuple[Choice, ...]:
        """Return what a plan changes, by place; sites that are kept are left out."""
        numbers = [int(number) for number, today in zip(plan, self.first, strict=False) if number != today]
        return tuple(choice for number in numbers if (choice := self.choice(number)) is not None)

    def columns(self, figure: int) -> NDArray[np.int64]:
        """Return the columns of a figure, season by season."""
        n_seasons = len(self.season_share)
        return np.arange(figure * n_seasons, (figure + 1) * n_seasons)


def pack(
    prepared: Prepared,
    router: Router,
    choices: ChoiceSet,
    figures: Sequence[AimFigure],
    *,
    measure: Measure = Measure.BLEND,
) -> Pack:
    """
    Reckon what every choice does.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    choices
        What may become of each place.
    figures
        Figures that will be asked for.
    measure
        Whose need counts; an objective counts by its own.

    Returns
    -------
    Pack
        Exact: escorts, aircraft and seasons of each choice are those of a review.

    Raises
    ------
    OptionError
        If a choice cannot be made, naming every one; or if a figure has no need to be met.
    """
    places = choices.places(dict(zip(prepared.area.sites.index, prepared.area.sites["name"], strict=True)))
    roads, standing = _standing(prepared, router, choices, places)
    first = np.cumsum([0, *(len(place.choices) for place in places)])
    posts: list[Station] = []
    station = np.full(first[-1], -1, dtype=np.int64)
    for number, post in enumerate(standing):
        if post is not None:
            station[number] = len(posts)
            posts.append(post)
    effects = station_effects(prepared, router, posts, roads)
    wanted = _wanted(prepared, figures, effects.groups, measure)
    return Pack(
        places=places,
        figures=tuple(figures),
        season_share=np.array([len(months_in(each.months)) / 12 for each in prepared.area.seasons]),
        first=first,
        station=station,
        stations=tuple(posts),
        portfolios=portfolios(effects, prepared.method, prepared.area.grid, wanted),
        roads=roads,
        cells_xy_m=np.column_stack([prepared.area.grid.x_m, prepared.area.grid.y_m]),
    )


def _standing(
    prepared: Prepared, router: Router, choices: ChoiceSet, places: tuple[ChoicePlace, ...]
) -> tuple[RoadState, list[Station | None]]:
    """Return the roads, and the station that each choice of each place comes to, None for none."""
    capabilities = prepared.method.capabilities
    roads = apply(Scenario("choices", choices.roads), prepared.area, prepared.method).roads
    bare = _alone(prepared, router, choices, [_without_assets(place) for place in places])
    whole = _alone(prepared, router, choices, [_as_they_are(place) for place in places])
    found: list[Station | None] = []
    for place in places:
        for choice in place.choices:
            if choice is None:
                found.append(None)
            elif choice.act is Act.OPEN:
                holdings = tuple(Holding(kind, count) for kind, count in choice.assets)
                profiles = profiles_of((kind for kind, _ in choice.assets), capabilities)
                # As a review would make it; but a site of which only the assets differ is placed once.
                post = bare[place.place_id, replace(choice, assets=()).key]
                found.append(replace(post, holdings=holdings, profiles=profiles))
            else:
                found.append(whole.get((place.place_id, choice.key)))
    return roads, found


def _without_assets(place: ChoicePlace) -> list[Choice]:
    """Return the openings of a place that differ in more than their assets, without these."""
    opened = (choice for choice in place.choices if choice is not None and choice.act is Act.OPEN)
    return list({(own := replace(choice, assets=())).key: own for choice in opened}.values())


def _as_they_are(place: ChoicePlace) -> list[Choice]:
    return [choice for choice in place.choices if choice is not None and choice.act is not Act.OPEN]


def _alone(
    prepared: Prepared, router: Router, choices: ChoiceSet, asked: Sequence[Sequence[Choice]]
) -> dict[tuple[str, str], Station]:
    """Return the station that each choice comes to, by place and key; none where the site is closed."""
    area, method = prepared.area, prepared.method
    found: dict[tuple[str, str], Station] = {}
    # Choices of different places do not touch one another: the n-th ones of all are one scenario.
    for layer in zip_longest(*asked):
        own = {choice.place: choice for choice in layer if choice is not None}
        changes = tuple(change for choice in own.values() for change in choice.changes())
        try:
            laydown = apply(Scenario("choices", (*choices.roads, *changes)), area, method)
        except ScenarioError as error:
            raise OptionError(*_faults(prepared, choices)) from error
        for post in stations(laydown, method.capabilities, router):
            if post.site_id in own:
                found[post.site_id, own[post.site_id].key] = post
    return found


def _faults(prepared: Prepared, choices: ChoiceSet) -> list[Sentence]:
    """Return why choices cannot be made, each tried alone, with where each stands and what to do."""
    faults: list[Sentence] = []
    for choice in choices.choices:
        try:
            apply(Scenario(choice.key, (*choices.roads, *choice.changes())), prepared.area, prepared.method)
        except ScenarioError as error:
            for each in error.sentences:
                told = say("{place}: {fault}; mend that or take the row out", place=choice.name, fault=each)
                faults.append(at_its_row(choice, _column_at_fault(prepared, choices, choice), told))
    return list(dict.fromkeys(faults))


def _column_at_fault(prepared: Prepared, choices: ChoiceSet, choice: Choice) -> str:
    """Return the column of the table in which a choice that cannot be made is to be mended."""
    if choice.act in {Act.CLOSE, Act.SEASONAL}:
        return "place"
    bare = replace(choice, assets=())
    try:
        apply(Scenario(choice.key, (*choices.roads, *bare.changes())), prepared.area, prepared.method)
    except ScenarioError:
        return "lon"
    return "assets"


def _wanted(
    prepared: Prepared, figures: Sequence[AimFigure], groups: MonthGroups, measure: Measure
) -> dict[str, Wanted]:
    """Return the weights of every figure and season in each bundle that any of them counts."""
    seasons, n_cells = prepared.area.seasons, prepared.area.grid.n_cells
    columns: dict[str, list[sparse.csc_array]] = {name: [] for name in (FORCE, *TIERS)}
    for figure in figures:
        parts = need_parts(prepared, figure, measure)
        for season in seasons:
            months = months_in(season.months)
            dense = {name: np.zeros((len(groups), n_cells)) for name in columns}
            for need, weights in parts:
                for month in months:
                    row = need[month - 1] / len(months)
                    for name, weight in weights.items():
                        dense[name][groups.group(month)] += weight * row
            for name, values in dense.items():
                columns[name].append(sparse.csc_array(values.reshape(-1, 1)))
    known = np.ones(len(figures) * len(seasons), dtype=bool)
    stacked = {name: sparse.csr_array(sparse.hstack(own)) for name, own in columns.items()}
    return {name: Wanted(own, known) for name, own in stacked.items() if own.nnz}


UNIT_OUTSIDE = say("{unit} lies mostly outside the area's outline: nothing of it can be raised or kept")
_SCOPES_OUTSIDE = say(
    "objectives whose regions all lie mostly outside the area's outline: {units}; so what all objectives come"
    " to is not known, and cannot be raised or kept: name another objective, a region, or the area"
)


def objectives_named(prepared: Prepared, unit_id: str) -> list[Objective]:
    """
    Return the objectives that count in a figure: the one of that identifier, or with "" all of weight.

    Raises
    ------
    OptionError
        If nothing is known of one of them, as all its regions lie mostly outside: neither is their sum.
    """
    asked = [each for each in prepared.objectives if each.objective_id == unit_id or not unit_id]
    asked = [each for each in asked if unit_id or each.weight > 0]
    outside = [each.objective_id for each in asked if prepared.scopes[each.objective_id].outside.any()]
    if outside and unit_id:
        raise OptionError(UNIT_OUTSIDE.having(unit=repr(unit_id)))
    if outside:
        raise OptionError(_SCOPES_OUTSIDE.having(units=", ".join(map(repr, outside))))
    return asked


def need_parts(
    prepared: Prepared, figure: AimFigure, measure: Measure
) -> list[tuple[NDArray[np.float64], dict[str, float]]]:
    """Return needs that add up to one in each month, shape (12, n_cells), and how bundles weigh in each."""
    if figure.level is Level.OBJECTIVE:
        parts = [
            (
                prepared.surfaces[each.objective_id],
                prepared.scopes[each.objective_id].shares[[0]],
                each.tier_weights,
                1.0 if figure.unit_id else each.weight,
            )
            for each in objectives_named(prepared, figure.unit_id)
        ]
    else:
        frame = prepared.units.frame
        rows = np.flatnonzero((frame["level"] == figure.level) & (frame["unit_id"].isin([figure.unit_id])))
        if figure.level is Level.AREA:
            rows = np.flatnonzero(frame["level"] == figure.level)
        if prepared.units.outside[rows].any():
            raise OptionError(UNIT_OUTSIDE.having(unit=repr(figure.unit_id)))
        surface = prepared.surfaces[str(measure)]
        parts = [(surface, prepared.units.shares[[int(row)]], EQUAL, 1.0) for row in rows]
    if not parts:
        raise OptionError(
            say("there is no {level} {unit}", level=str(figure.level), unit=repr(figure.unit_id))
        )
    found = []
    for surface, shares, tier_weights, weight in parts:
        own = np.asarray(surface, dtype=np.float64) * shares.toarray()[0][None, :]
        total = own.sum(axis=1)
        if weight > 0 and not (total > 0).all():
            raise OptionError(
                say(
                    "{unit} has no need in some month: nothing can be weighed there",
                    unit=repr(figure.unit_id),
                )
            )
        if weight > 0:
            found.append((weight * own / total[:, None], _bundles(figure.indicator, tier_weights)))
    return found


def _bundles(indicator: Indicator, tier_weights: Sequence[float]) -> dict[str, float]:
    """Return how bundles weigh in an indicator."""
    if indicator is Indicator.FORCE:
        return {FORCE: 1.0}
    if indicator is Indicator.MISSION:
        return dict(zip(TIERS, tier_weights, strict=True))
    if indicator in _TIER_OF:
        return {TIERS[_TIER_OF[indicator]]: 1.0}
    raise OptionError(say("{figure} cannot be asked for", figure=str(indicator)))
