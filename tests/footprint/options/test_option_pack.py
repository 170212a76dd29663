"""What each choice comes to is what its review says, to the last figure."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import monthly
from footprint.indicators.units import Level
from footprint.objectives import Measure
from footprint.options.answer import figure_of
from footprint.options.choices import Act, ChoiceSet, OptionError
from footprint.options.evaluate import PlanEvaluator
from footprint.options.pack import AimFigure, pack
from footprint.scenario import CloseRoad
from layers.months import ALL_MONTHS, months_in, months_mask
from tests.footprint.options.tiny import CLOSED, MIDDLE, basis, land, of_site, opened, silent
from tests.worlds import lonlat, make_basis, make_objective, review, router_of

EXACT = 1e-6
ROWS = (
    CLOSED,
    of_site("west", Act.THIN, assets=(("infantry_company", -1),)),
    of_site("west", Act.RESHAPE, assets=(("helicopter", -1), ("unpol_team", 1))),
    of_site("west", Act.MOVE, **lonlat(17.5, 12.5)),
    of_site("west", Act.SEASONAL, months=months_mask("11-5")),
    of_site("east", Act.STRENGTHEN, assets=(("helicopter", 1), ("surgery", 1))),
    MIDDLE,
    opened("middle", 27.5, 12.5, (("infantry_company", 1),)),
    opened("middle", 27.5, 12.5, (("helicopter", 1),), months=months_mask("6-9")),
)
FIGURES = (
    *(AimFigure(each, Level.AREA) for each in (Indicator.MISSION, Indicator.FORCE, Indicator.TIER_2)),
    AimFigure(Indicator.MISSION, Level.OBJECTIVE),
    AimFigure(Indicator.MISSION, Level.OBJECTIVE, "near"),
    AimFigure(Indicator.TIER_1, Level.REGION, "left"),
    AimFigure(Indicator.TIER_3, Level.DISTRICT, "cercle"),
)


@cache
def packed(roads=()):
    own = pack(basis(), router_of(basis()), ChoiceSet(ROWS, roads), FIGURES)
    return own, PlanEvaluator(own)


def plan_of(own, *choices):
    plan = own.today
    keys = [choice.key for choice in choices]
    for number in range(own.n_choices):
        choice = own.choice(number)
        if choice is not None and choice.key in keys:
            plan[own.place_of(number)] = number
    return plan


def reviewed(own, plan, roads=()):
    return review(basis(), ChoiceSet(ROWS, roads).scenario(own.chosen(plan), "plan"))


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[f"{row.act}-{row.place}" for row in ROWS])
@pytest.mark.slow
def test_the_station_of_a_choice_is_that_of_its_review(number):
    own, _ = packed()
    plan = plan_of(own, ROWS[number])
    ours = [said(own.stations[at]) for at in own.station[plan] if at >= 0]
    assert sorted(ours) == sorted(map(said, reviewed(own, plan).stations))


def said(post) -> tuple[str, ...]:
    """Return a station as text, with all that it is."""
    fields = (getattr(post, name) for name in post.__slots__ if name != "connector")
    return (*map(repr, fields), post.connector.key)


@pytest.mark.parametrize(
    "chosen",
    [(), *((row,) for row in ROWS), (ROWS[0], ROWS[3], MIDDLE), (ROWS[4], ROWS[5], ROWS[7]), ROWS[1::5]],
    ids=lambda chosen: "+".join(f"{row.act}-{row.place}" for row in chosen) or "today",
)
@pytest.mark.slow
def test_figures_of_a_plan_are_those_of_its_review(chosen):
    own, evaluator = packed()
    plan = plan_of(own, *chosen)
    values, result = evaluator.set(plan), reviewed(own, plan)
    for number, figure in enumerate(FIGURES):
        columns = own.columns(number)
        theirs = figure_of(basis(), result, figure)
        assert values[columns] @ own.season_share == pytest.approx(theirs.mean, abs=EXACT)
        assert values[columns].min() == pytest.approx(theirs.worst, abs=EXACT)


def test_each_season_is_the_mean_of_its_months_in_the_review():
    own, evaluator = packed()
    plan = plan_of(own, MIDDLE, CLOSED)
    values, result = evaluator.set(plan), reviewed(own, plan)
    rows = result.at_least
    rows = rows[(rows["level"] == Level.REGION) & (rows["unit_id"] == "left")]
    _, months = monthly(rows, [Indicator.TIER_1])
    own_months = [
        months[0, 0][[month - 1 for month in months_in(season.months)]].mean()
        for season in basis().area.seasons
    ]
    number = FIGURES.index(AimFigure(Indicator.TIER_1, Level.REGION, "left"))
    np.testing.assert_allclose(values[own.columns(number)], own_months, atol=EXACT, rtol=0)


@pytest.mark.slow
def test_roads_of_the_table_hold_whatever_is_chosen():
    roads = (CloseRoad("main", ALL_MONTHS),)
    own, evaluator = packed(roads)
    for chosen in ((), (MIDDLE,)):
        plan = plan_of(own, *chosen)
        theirs = figure_of(basis(), reviewed(own, plan, roads), FIGURES[0])
        assert evaluator.set(plan)[own.columns(0)] @ own.season_share == pytest.approx(theirs.mean, abs=EXACT)


def test_a_closed_road_changes_figures_at_all():
    plain, cut = (packed(roads)[1] for roads in ((), (CloseRoad("main", ALL_MONTHS),)))
    assert not np.allclose(plain.set(plain.pack.today), cut.set(cut.pack.today))


def test_people_alone_can_be_counted():
    own = pack(basis(), router_of(basis()), ChoiceSet(ROWS), FIGURES[:1], measure=Measure.PEOPLE)
    result = review(basis(), ChoiceSet(()).scenario((), "today"), measure=Measure.PEOPLE)
    theirs = figure_of(basis(), result, FIGURES[0])
    mean = PlanEvaluator(own).set(own.today)[own.columns(0)] @ own.season_share
    assert mean == pytest.approx(theirs.mean, abs=EXACT)


@pytest.mark.slow
def test_figures_without_civilian_teams_are_what_is_there_at_least():
    own = pack(silent(), router_of(silent()), ChoiceSet(()), FIGURES[:1])
    result = review(silent(), ChoiceSet(()).scenario((), "today"))
    theirs = figure_of(silent(), result, FIGURES[0])
    mean = PlanEvaluator(own).set(own.today)[own.columns(0)] @ own.season_share
    assert not theirs.known
    assert mean == pytest.approx(theirs.mean, abs=EXACT)


def test_numbers_of_choices_lead_to_their_places_and_back():
    own, _ = packed()
    for place, each in enumerate(own.places):
        for at, choice in enumerate(each.choices):
            number = int(own.first[place]) + at
            assert own.place_of(number) == place
            assert own.choice(number) is choice


def test_today_changes_nothing():
    own, _ = packed()
    assert own.chosen(own.today) == ()


def test_what_a_plan_changes_is_named_by_place():
    own, _ = packed()
    assert own.chosen(plan_of(own, MIDDLE, CLOSED)) == (CLOSED, MIDDLE)


def test_where_nothing_stands_there_is_no_station():
    own, _ = packed()
    assert {own.stations[at].site_id for at in own.station[own.today] if at >= 0} == {"west", "east"}


def test_every_choice_that_cannot_be_made_is_named():
    wrong = (
        of_site("east", Act.THIN, assets=(("surgery", -1),)),
        of_site("west", Act.THIN, assets=(("infantry_company", -9),)),
    )
    with pytest.raises(OptionError) as caught:
        pack(basis(), router_of(basis()), ChoiceSet(wrong), FIGURES[:1])
    assert "East" in str(caught.value)
    assert "West" in str(caught.value)


def test_a_place_outside_the_area_is_named():
    with pytest.raises(OptionError, match="Far"):
        pack(basis(), router_of(basis()), ChoiceSet((opened("far", 500, 500),)), FIGURES[:1])


def test_a_figure_of_what_is_not_there_is_refused():
    nowhere = AimFigure(Indicator.MISSION, Level.REGION, "none")
    with pytest.raises(OptionError, match="there is no region 'none'"):
        pack(basis(), router_of(basis()), ChoiceSet(()), (nowhere,))


RAISABLE = {Indicator.MISSION, Indicator.FORCE, Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3}


@pytest.mark.parametrize("indicator", [each for each in Indicator if each not in RAISABLE])
def test_what_no_search_can_raise_is_refused(indicator):
    with pytest.raises(OptionError, match="cannot be asked for"):
        pack(basis(), router_of(basis()), ChoiceSet(()), (AimFigure(indicator, Level.AREA),))


@pytest.mark.slow
def test_a_unit_without_need_cannot_be_weighed():
    area = land()
    people = np.where(area.grid.x_m > 30_000, 0.0, area.population.people)
    nobody = replace(area.population, people=people)
    prepared = make_basis(
        replace(area, population=nobody), make_objective("whole", regions=("left", "right"))
    )
    with pytest.raises(OptionError, match="'right' has no need in some month"):
        pack(
            prepared,
            router_of(prepared),
            ChoiceSet(()),
            (AimFigure(Indicator.MISSION, Level.REGION, "right"),),
        )
