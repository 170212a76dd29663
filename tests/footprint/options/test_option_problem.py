"""Limits as people mean them: inclusive, by month, and what is not known is not nought."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.options.choices import Act, Allowed, ChoiceSet, OptionError
from footprint.options.pack import AimFigure
from footprint.options.problem import ONE_OFF, POSTS, RECURRENT, Floor, Limits
from layers.months import months_mask
from tests.footprint.options.tiny import (
    CLOSED,
    KEPT,
    LOOSE,
    MIDDLE,
    MISSION,
    NORTH,
    TABLE,
    engine,
    numbered,
    of_site,
    opened,
)
from tests.worlds import lonlat

pytestmark = pytest.mark.slow


def plan(own, *choices):
    """Return the plan that makes these choices."""
    found = own.pack.today
    for choice in choices:
        number = numbered(own, choice)
        found[own.pack.place_of(number)] = number
    return found


def fits(limits: Limits, *choices, table: ChoiceSet = TABLE) -> bool:
    own = engine(limits, table=table)
    return own.problem.fits(plan(own, *choices))


def passes(limits: Limits, *choices, table: ChoiceSet = TABLE) -> bool:
    own = engine(limits, table=table)
    asked = plan(own, *choices)
    return own.problem.passes(asked, own.evaluator.set(asked))


def only(**limits) -> Limits:
    """Return no limit but these."""
    return replace(LOOSE, **limits)


def test_with_everything_as_it_is_every_limit_of_nought_is_kept():
    assert fits(Limits(one_off_usd=0.0, mobile_units=0))


@pytest.mark.parametrize(("cap", "kept"), [(3e6, True), (3e6 - 1, False), (3.1e6, True)])
def test_a_budget_is_inclusive(cap, kept):
    assert fits(only(one_off_usd=cap), MIDDLE, NORTH) is kept


def test_a_budget_is_inclusive_also_where_sums_round():
    rows = tuple(opened(f"p{number}", 7.5 + 5 * number, 17.5, one_off_usd=0.1) for number in range(3))
    assert 0.1 + 0.1 + 0.1 > 0.3
    assert fits(only(one_off_usd=0.3), *rows, table=ChoiceSet(rows))


@pytest.mark.parametrize(("cap", "kept"), [(2e5, True), (199_999.0, False)])
def test_a_year_may_cost_so_much_more_and_no_more(cap, kept):
    assert fits(only(more_recurrent_usd=cap), MIDDLE, NORTH) is kept


def test_what_a_closed_site_saves_pays_for_another():
    assert fits(only(more_recurrent_usd=0.0), MIDDLE, CLOSED)


@pytest.mark.parametrize("choices", [(), (MIDDLE, CLOSED)])
def test_a_saving_may_be_asked_for(choices):
    assert not fits(only(more_recurrent_usd=-1e5), *choices)
    assert fits(only(more_recurrent_usd=-1e5), CLOSED)


@pytest.mark.parametrize(("cap", "kept"), [(2, True), (1, False)])
def test_posts_are_counted_beyond_today(cap, kept):
    assert fits(only(more_posts=cap), MIDDLE) is kept


def test_posts_of_a_closed_site_are_free_for_others():
    assert fits(only(more_posts=0), MIDDLE, NORTH, CLOSED)


def test_assets_come_from_somewhere():
    assert not fits(only(free_assets=False), MIDDLE)


def test_assets_may_be_more_by_kind():
    more = (("civil_affairs_team", 1), ("community_liaison", 1))
    assert fits(only(free_assets=False, more_assets=more), MIDDLE)
    assert not fits(only(free_assets=False, more_assets=more[:1]), MIDDLE)


def test_what_a_site_gives_up_another_may_have():
    post = opened("post", 27.5, 12.5, (("infantry_company", 1),))
    thin = of_site("west", Act.THIN, assets=(("infantry_company", -1),))
    table = ChoiceSet((*KEPT, post, thin))
    assert fits(only(free_assets=False), post, thin, table=table)
    assert not fits(only(free_assets=False), post, table=table)


def test_a_kind_that_there_is_not_is_refused():
    with pytest.raises(OptionError, match="there is no kind of asset tank; there are"):
        engine(Limits(more_assets=(("tank", 1),)))


UNKNOWN = {ONE_OFF: "one_off_usd", RECURRENT: "more_recurrent_usd", POSTS: "more_posts"}


@pytest.mark.parametrize("cost", UNKNOWN)
def test_a_cost_that_nobody_states_leaves_the_choice_out_where_it_is_limited(cost):
    silent = replace(MIDDLE, **{cost: None})
    own = engine(only(**{UNKNOWN[cost]: 10**9}), table=ChoiceSet((*KEPT, silent, NORTH)))
    assert own.problem.uncosted == (silent,)
    assert not own.problem.allowed[numbered(own, silent)]
    assert own.problem.allowed[numbered(own, NORTH)]


@pytest.mark.parametrize("cost", UNKNOWN)
def test_and_leaves_it_in_where_it_is_not(cost):
    silent = replace(MIDDLE, **{cost: None})
    others = {name: 10**9 for key, name in UNKNOWN.items() if key != cost}
    own = engine(only(**others), table=ChoiceSet((*KEPT, silent, NORTH)))
    assert own.problem.uncosted == ()
    assert own.problem.allowed[numbered(own, silent)]


def test_where_it_is_not_known_what_a_site_costs_today_nothing_of_it_can_be_reckoned():
    rows = (replace(KEPT[1], recurrent_usd=None), CLOSED)
    own = engine(only(more_recurrent_usd=0.0), table=ChoiceSet(rows))
    assert own.problem.uncosted == (CLOSED,)


def test_a_forbidden_choice_without_a_cost_is_not_said_to_be_left_out_for_it():
    row = replace(MIDDLE, one_off_usd=None, allowed=Allowed.FORBIDDEN)
    assert engine(only(one_off_usd=1e9), table=ChoiceSet((row,))).problem.uncosted == ()


RAINS = opened("rains", 17.5, 17.5, months=months_mask("6-9"))
AUTUMN = opened("autumn", 27.5, 17.5, months=months_mask("9-11"))
WINTER = opened("winter", 37.5, 17.5, months=months_mask("12-2"))
SEASONAL = ChoiceSet((RAINS, AUTUMN, WINTER, MIDDLE))


def test_a_mobile_unit_is_in_one_place_in_one_month():
    assert not fits(only(mobile_units=1), RAINS, AUTUMN, table=SEASONAL)


def test_a_mobile_unit_goes_on_to_another_place_in_another_month():
    assert fits(only(mobile_units=1), RAINS, WINTER, table=SEASONAL)


def test_two_units_may_be_in_two_places():
    assert fits(only(mobile_units=2), RAINS, AUTUMN, WINTER, table=SEASONAL)


def test_a_site_that_stays_all_year_takes_no_mobile_unit():
    assert fits(only(mobile_units=0), MIDDLE, table=SEASONAL)


def test_a_site_that_closes_for_some_months_takes_none_either():
    row = of_site("east", Act.SEASONAL, months=months_mask("11-5"))
    assert fits(only(mobile_units=0), row, table=ChoiceSet((*KEPT, row)))


def test_of_an_either_or_one_at_most_may_change():
    limits = only(either_or=(("middle", "north"),))
    assert not fits(limits, MIDDLE, NORTH)
    assert fits(limits, MIDDLE)
    assert fits(limits)


def test_of_an_either_or_keeping_a_site_is_no_change():
    assert fits(only(either_or=(("east", "north"),)), NORTH)


def test_a_place_of_an_either_or_that_is_not_there_is_named():
    with pytest.raises(OptionError, match="either-or: there is no place south"):
        engine(only(either_or=(("middle", "south"),)))


def test_two_places_that_coincide_are_never_opened_both():
    twin = opened("twin", 27.5, 12.5)
    assert not fits(LOOSE, MIDDLE, twin, table=ChoiceSet((MIDDLE, twin)))
    assert fits(LOOSE, twin, table=ChoiceSet((MIDDLE, twin)))


def test_a_site_that_moves_to_a_place_takes_it():
    move = of_site("east", Act.MOVE, **lonlat(27.5, 12.5))
    assert not fits(LOOSE, MIDDLE, move, table=ChoiceSet((*KEPT, MIDDLE, move)))


def test_two_packages_of_one_place_do_not_stand_in_each_others_way():
    other = opened("middle", 27.5, 12.5, (("surgery", 1),))
    assert fits(LOOSE, other, table=ChoiceSet((MIDDLE, other)))


def test_a_fixed_choice_must_be_made():
    table = ChoiceSet((*KEPT, replace(MIDDLE, allowed=Allowed.FIXED)))
    assert not fits(LOOSE, table=table)
    assert fits(LOOSE, MIDDLE, table=table)


def test_a_forbidden_choice_must_not_be_made():
    table = ChoiceSet((*KEPT, replace(MIDDLE, allowed=Allowed.FORBIDDEN)))
    assert not fits(LOOSE, MIDDLE, table=table)


RIGHT = AimFigure(Indicator.MISSION, Level.REGION, "right")


def worst(own, figure: AimFigure, *choices) -> float:
    values = own.evaluator.set(plan(own, *choices))
    return float(values[own.pack.columns(own.pack.figures.index(figure))].min())


def test_a_floor_is_inclusive_and_of_the_worst_season():
    own = engine(only(floors=(Floor(RIGHT, 0.0),)))
    least = worst(own, RIGHT)
    assert passes(only(floors=(Floor(RIGHT, least),)))
    assert not passes(only(floors=(Floor(RIGHT, least + 1e-6),)))


def test_a_floor_can_be_reached_by_a_change():
    own = engine(only(floors=(Floor(RIGHT, 0.0),)))
    least = worst(own, RIGHT, NORTH)
    assert not passes(only(floors=(Floor(RIGHT, least),)))
    assert passes(only(floors=(Floor(RIGHT, least),)), NORTH)


def drop_of(*choices) -> float:
    own = engine(only(donor_drop=1.0))
    return worst(own, RIGHT) - worst(own, RIGHT, *choices)


def test_a_region_that_gives_may_lose_so_much_and_no_more():
    drop = drop_of(CLOSED)
    assert drop > 0
    assert passes(only(donor_drop=drop), CLOSED)
    assert not passes(only(donor_drop=drop - 1e-6), CLOSED)


def test_a_region_that_gives_nothing_has_no_gate():
    """Its figures fall because another region gives."""
    row = of_site("west", Act.CLOSE)
    own = engine(only(donor_drop=0.0), table=ChoiceSet((*KEPT, row)))
    gates = own.problem.gates
    assert [gate.when for gate in gates] == [frozenset({numbered(own, row)})]


def test_without_a_limit_for_donors_there_is_no_gate():
    assert engine(LOOSE).problem.gates == ()


@pytest.mark.parametrize(
    "row",
    [
        of_site("east", Act.THIN, assets=(("infantry_company", -1),)),
        of_site("east", Act.SEASONAL, months=months_mask("11-5")),
        of_site("east", Act.MOVE, **lonlat(47.5, 12.5)),
        of_site("east", Act.RESHAPE, assets=(("infantry_company", -1), ("surgery", 1))),
    ],
    ids=lambda row: str(row.act),
)
def test_whoever_gives_anything_up_is_a_donor(row):
    own = engine(only(donor_drop=0.0), table=ChoiceSet((*KEPT, row)))
    assert len(own.problem.gates) == 1


def test_who_only_gets_something_is_none():
    row = of_site("east", Act.STRENGTHEN, assets=(("surgery", 1),))
    assert engine(only(donor_drop=0.0), table=ChoiceSet((*KEPT, row))).problem.gates == ()


def test_the_aim_is_mean_and_worst_season_by_their_weights():
    own = engine(LOOSE)
    values = own.evaluator.set(own.pack.today)
    seasons = values[own.pack.columns(own.pack.figures.index(MISSION))]
    by_hand = 0.5 * float(seasons @ np.array([3, 3, 4, 2])) / 12 + 0.5 * float(seasons.min())
    assert own.problem.score(values) == pytest.approx(by_hand, abs=1e-12)


def test_what_a_plan_takes_is_named_by_resource():
    own = engine(LOOSE)
    used = dict(zip(own.problem.resources, own.problem.used(plan(own, MIDDLE, CLOSED)), strict=True))
    assert (used[ONE_OFF], used[RECURRENT], used[POSTS]) == (1.1e6, 0.0, -3.0)
    assert (used["infantry_company"], used["civil_affairs_team"], used["community_liaison"]) == (-1, 0, 1)
