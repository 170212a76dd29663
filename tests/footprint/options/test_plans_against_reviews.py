"""Whatever plan is found, its review says the same; and in a world of two villages anybody can find it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.method import default_method
from footprint.options.choices import Act, Choice, ChoiceSet
from footprint.options.evaluate import PlanEvaluator
from footprint.options.pack import AimFigure, pack
from footprint.options.problem import Aim, Floor, Goal, Limits, figures_needed, problem_of
from footprint.options.solve import SearchEffort, SearchStatus, solve
from footprint.options.suggest import suggested
from footprint.review import by_objectives
from layers.months import months_in
from tests.footprint.options.small import relaxation_of
from tests.worlds import (
    bundled_prepared,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_sites,
    review,
    router_of,
)

pytestmark = pytest.mark.slow

FORCE = AimFigure(Indicator.FORCE, Level.OBJECTIVE)
MISSION = AimFigure(Indicator.MISSION, Level.OBJECTIVE)
COSTS = {"one_off_usd": 1e6, "recurrent_usd": 0.0, "posts": 0}


def solved(prepared, choices, aim, limits, seconds=20.0):
    made = pack(prepared, router_of(prepared), choices, figures_needed(prepared, aim, limits))
    evaluator = PlanEvaluator(made)
    problem = problem_of(prepared, made, aim, limits, evaluator)
    found = solve(problem, evaluator, relaxation_of(problem, evaluator), SearchEffort(seconds, 0.001))
    return made, problem, found


def seasons_of(prepared, choices, made, plan, column):
    """Return the mean of each season of a plan, by its review."""
    own = by_objectives(prepared, review(prepared, choices.scenario(made.chosen(plan), "plan")))
    monthly = own.groupby("month")[column].mean()
    return [float(monthly.loc[list(months_in(season.months))].mean()) for season in prepared.area.seasons]


# -- two villages -------------------------------------------------------------------------------------

MILL, FORD = (12.5, 12.5), (87.5, 37.5)


@cache
def villages():
    """Three hundred people at the mill, a hundred at the ford, 79 km apart; a company at the ford."""
    return make_basis(
        make_area(
            sites=make_sites({"ford": FORD}),
            assets=make_assets({"ford": {"infantry_company": 1}}),
            people={MILL: 300.0, FORD: 100.0},
        )
    )


def company(at_hand: int = 1) -> float:
    """Return what companies come to where they stand: they patrol, and they react."""
    capabilities = default_method().capabilities
    missed = (1 - capabilities["PATROL"].availability) * (1 - capabilities["QRF_GROUND"].availability)
    return 1 - missed**at_hand


KEEP = Choice(place="ford", name="Ford", act=Act.KEEP, recurrent_usd=0.0, posts=0)
CLOSE_FORD = Choice(place="ford", name="Ford", act=Act.CLOSE, **COSTS)
MOVE = Choice(place="ford", name="Ford", act=Act.MOVE, **lonlat(*MILL), **COSTS)
OPEN = Choice(
    place="mill",
    name="Mill",
    act=Act.OPEN,
    assets=(("infantry_company", 1),),
    **lonlat(*MILL),
    **(COSTS | {"one_off_usd": 5e6}),
)
TABLE = ChoiceSet((KEEP, CLOSE_FORD, MOVE, OPEN))


@pytest.mark.parametrize(
    ("limits", "share", "acts"),
    [
        (Limits(one_off_usd=0.0), 0.25, set()),
        (Limits(one_off_usd=1e6), 0.75, {Act.MOVE}),
        (Limits(one_off_usd=9e6), 0.75, {Act.MOVE}),
        (Limits(one_off_usd=5e6, more_assets=(("infantry_company", 1),)), 1.0, {Act.OPEN}),
        (Limits(one_off_usd=4e6, more_assets=(("infantry_company", 1),)), 0.75, {Act.MOVE}),
    ],
)
def test_the_company_goes_where_most_people_are_and_a_second_stays(limits, share, acts):
    made, _, found = solved(villages(), TABLE, Aim(((Goal(FORCE, 1.0),),)), limits)
    assert found.status is SearchStatus.PROVED
    assert found.score == pytest.approx(share * company(), rel=1e-6)
    by_review = seasons_of(villages(), TABLE, made, found.plan, "FF")
    assert by_review == pytest.approx([share * company()] * 4, rel=1e-6)
    chosen = {choice.act for choice in made.chosen(found.plan)}
    # Closing the ford and opening the mill does what moving does, and may be found instead where it is paid for.
    assert chosen == acts or (limits.one_off_usd == 9e6 and chosen == {Act.CLOSE, Act.OPEN})


def test_nobody_opens_where_the_site_moves_to():
    limits = Limits(one_off_usd=9e6, more_assets=(("infantry_company", 1),))
    made, problem, _ = solved(villages(), TABLE, Aim(((Goal(FORCE, 1.0),),)), limits)
    keys = [choice and choice.key for choice in map(made.choice, range(made.n_choices))]
    both = np.array([keys.index(MOVE.key), keys.index(OPEN.key)])
    assert not problem.fits(both)
    assert problem.fits(np.array([keys.index(KEEP.key), keys.index(OPEN.key)]))


# -- the bundled case ---------------------------------------------------------------------------------

ASKED = {
    "mean": (Goal(MISSION, 1.0),),
    "worst season": (Goal(MISSION, 0.0),),
    "both, with force": (Goal(MISSION, 0.5), Goal(FORCE, 0.7, 0.5)),
}


@pytest.mark.parametrize("asked", ASKED)
def test_plans_of_the_bundled_case_come_to_what_their_reviews_say(asked):
    prepared = bundled_prepared()
    goals, choices = ASKED[asked], suggested(prepared, 4)
    limits = Limits(
        one_off_usd=12e6,
        more_recurrent_usd=2e6,
        more_posts=10,
        more_assets=(("civil_affairs_team", 3), ("human_rights_team", 3), ("stabilisation_team", 3)),
        floors=(Floor(FORCE, 0.05),),
        donor_drop=0.05,
    )
    made, problem, found = solved(prepared, choices, Aim((goals,)), limits, seconds=4.0)
    assert found.plan is not None
    assert (found.plan != made.today).any()
    values = PlanEvaluator(made).set(found.plan)
    assert problem.fits(found.plan)
    assert problem.passes(found.plan, values)
    score = 0.0
    for goal in goals:
        column = {"mission": "MF", "force": "FF"}["mission" if goal.figure == MISSION else "force"]
        own = seasons_of(prepared, choices, made, found.plan, column)
        assert values[made.columns(made.figures.index(goal.figure))] == pytest.approx(own, abs=1e-6)
        mean = float(np.dot(own, made.season_share))
        score += goal.weight * (goal.mean_share * mean + (1 - goal.mean_share) * min(own))
    assert found.score == pytest.approx(score, abs=1e-6)
