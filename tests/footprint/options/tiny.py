"""A world of two sites, west and east, that tests of options share: a few cells, costs by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.options.choices import Act, Choice, ChoiceSet
from footprint.options.engine import Engine, OptionsQuestion
from footprint.options.pack import AimFigure
from footprint.options.problem import Aim, Goal, Limits
from footprint.options.solve import SearchEffort
from footprint.prepared import Prepared
from layers import Area
from tests.worlds import (
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_objective,
    make_roads,
    make_sites,
    make_units,
    router_of,
)

EFFORT = SearchEffort(20.0, 1e-9)
TEAMS = (("civil_affairs_team", 1), ("community_liaison", 1))
MISSION = AimFigure(Indicator.MISSION, Level.OBJECTIVE)
FORCE = AimFigure(Indicator.FORCE, Level.AREA)
NAMED: Mapping[str, Mapping[str, int]] = {
    "west": {
        "infantry_company": 2,
        "civil_affairs_team": 1,
        "community_liaison": 1,
        "human_rights_team": 1,
        "stabilisation_team": 1,
        "unpol_team": 1,
        "fpu_platoon": 1,
        "helicopter": 1,
        "surgery": 1,
    },
    "east": {"infantry_company": 1, "civil_affairs_team": 1},
}
"""Somebody for every tier, so that every figure is known."""


def land(held: Mapping[str, Mapping[str, int]] = NAMED) -> Area:
    """Return twelve by four cells with a road through them, two regions, and a plain flooded in autumn."""
    return make_area(
        size=(0, 0, 60, 20),
        sites=make_sites({"west": (7.5, 7.5), "east": (52.5, 7.5)}),
        assets=make_assets(held),
        roads=make_roads({"main": [(2.5, 7.5), (57.5, 7.5)]}),
        regions=make_units(
            {"left": (0, 0, 30, 20), "right": (30, 0, 60, 20)}, dict.fromkeys(("left", "right"), "country")
        ),
        districts=make_units({"cercle": (0, 0, 60, 20)}, {"cercle": "left"}),
        flood={"plain": ("9-11", (20, 0, 40, 20))},
    )


@cache
def basis() -> Prepared:
    """Return it made ready, with one objective for each region."""
    return make_basis(
        land(),
        make_objective("whole", regions=("left", "right"), weight=0.5),
        make_objective("near", regions=("right",), weight=0.5),
    )


@cache
def silent() -> Prepared:
    """Return it without any civilian team: tiers that nobody is named for are not known."""
    return make_basis(
        land(
            {"west": {"infantry_company": 2, "helicopter": 1, "surgery": 1}, "east": {"infantry_company": 1}}
        ),
        make_objective("whole", regions=("left", "right")),
    )


def opened(place: str, x_km: float, y_km: float, assets=TEAMS, **differs) -> Choice:
    """Return a new site at a point; it costs a million once, a hundred thousand a year and two posts."""
    usual = {"one_off_usd": 1e6, "recurrent_usd": 1e5, "posts": 2}
    return Choice(
        **(
            {"place": place, "name": place.title(), "act": Act.OPEN, "assets": tuple(sorted(assets))}
            | lonlat(x_km, y_km)
            | usual
            | differs
        )
    )


def of_site(place: str, act: Act, **differs) -> Choice:
    """Return what may become of a site; like keeping it, it costs nothing once and its year costs 100,000."""
    usual = {"one_off_usd": 0.0, "recurrent_usd": 1e5, "posts": 5}
    return Choice(**({"place": place, "name": place.title(), "act": act} | usual | differs))


KEPT = tuple(of_site(place, Act.KEEP) for place in ("west", "east"))
CLOSED = of_site("east", Act.CLOSE, one_off_usd=1e5, recurrent_usd=0.0, posts=0)
MIDDLE = opened("middle", 27.5, 12.5)
NORTH = opened("north", 42.5, 17.5, one_off_usd=2e6)
TABLE = ChoiceSet((*KEPT, CLOSED, MIDDLE, NORTH))

LOOSE = Limits(one_off_usd=None, more_recurrent_usd=None, more_posts=None, free_assets=True)
"""No limit at all."""


def aim(*figures: AimFigure, mean_share: float = 0.5) -> Aim:
    """Return figures to be raised, one after the other."""
    return Aim(tuple((Goal(figure, mean_share),) for figure in figures or (MISSION,)))


def engine(limits: Limits = LOOSE, *figures: AimFigure, table: ChoiceSet = TABLE, prepared=None) -> Engine:
    """Return the engine of a question."""
    prepared = prepared or basis()
    return Engine(prepared, router_of(prepared), OptionsQuestion(table, aim(*figures), limits))


def numbered(own: Engine, choice: Choice) -> int:
    """Return the number of a choice."""
    found = (n for n in range(own.pack.n_choices) if (each := own.pack.choice(n)) and each.key == choice.key)
    return next(found)


def acts(own: Engine, plan) -> set[str]:
    """Return the places that a plan changes, with what is done there."""
    return {f"{choice.act} {choice.place}" for choice in own.pack.chosen(plan)}


def quick(prepared: Prepared) -> Prepared:
    """Return an area under a method that looks at three budgets."""
    numbers = replace(prepared.method.options, frontier_steps=3)
    return replace(prepared, method=replace(prepared.method, options=numbers))
