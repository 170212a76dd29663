"""Whatever is asked of a small table, held against every plan there is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise, product
from math import inf, isnan

import numpy as np
import pytest

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.options.choices import Act, Allowed, ChoiceSet, OptionError
from footprint.options.engine import More, Sufficing, Wish
from footprint.options.inquiry import budgets, why_not
from footprint.options.pack import AimFigure
from footprint.options.problem import ONE_OFF, POSTS, Floor, Limits
from footprint.options.solve import SearchEffort, SearchStatus
from tests.footprint.options.tiny import (
    CLOSED,
    EFFORT,
    FORCE,
    KEPT,
    LOOSE,
    MIDDLE,
    MISSION,
    NORTH,
    TABLE,
    acts,
    engine,
    numbered,
    of_site,
    opened,
)

pytestmark = pytest.mark.slow

SAME = 1e-7
POST = opened("post", 37.5, 2.5, (("infantry_company", 1),), one_off_usd=3e6)
THIN = of_site("west", Act.THIN, assets=(("infantry_company", -1),))
WIDE = ChoiceSet((*KEPT, CLOSED, MIDDLE, NORTH, POST, THIN))


def only(**limits) -> Limits:
    return replace(LOOSE, **limits)


@cache
def asked(limits: Limits = LOOSE, *figures: AimFigure, wide: bool = False):
    """Return an engine, and the best plan it finds."""
    own = engine(limits, *figures, table=WIDE if wide else TABLE)
    return own, own.best(EFFORT)


def every(own):
    """Return every plan that keeps to the limits, with what it comes to."""
    first, problem = own.pack.first.tolist(), own.problem
    found = []
    for plan in product(*(range(one, other) for one, other in pairwise(first))):
        whole = np.array(plan)
        values = own.evaluator.set(whole)
        if problem.fits(whole) and problem.passes(whole, values):
            found.append((problem.score(values), plan))
    return found


MONEY = only(one_off_usd=3e6)
ASKED = {
    "without limits": LOOSE,
    "for three million": MONEY,
    "with posts": only(more_posts=0),
    "with today's assets": only(free_assets=False),
    "either one or the other": only(either_or=(("middle", "north"),)),
}


@pytest.mark.parametrize("limits", ASKED.values(), ids=ASKED)
def test_the_best_plan_is_the_best_of_all(limits):
    own, best = asked(limits, wide=True)
    assert best.status is SearchStatus.PROVED
    assert best.score == pytest.approx(max(score for score, _ in every(own)), abs=SAME)


def test_no_plan_exceeds_the_bound():
    own, best = asked(MONEY, wide=True)
    assert max(score for score, _ in every(own)) <= best.bound + SAME


def test_where_nothing_fits_everything_stays_as_it_is():
    own, best = asked(only(one_off_usd=0.0, more_posts=-0))
    assert acts(own, best.plan) == set()
    assert best.status is SearchStatus.PROVED


def test_where_nothing_fits_there_is_no_alternative_either():
    own, best = asked(only(one_off_usd=0.0, more_posts=-0))
    plans, no_others = own.alternatives(best, EFFORT, most=5, within=0.5, differ=0.3)
    assert ([plan.plan.tolist() for plan in plans], no_others) == ([own.pack.today.tolist()], True)


def test_where_no_plan_keeps_to_the_limits_there_is_none():
    _, best = asked(only(floors=(Floor(MISSION, 0.99),)))
    assert (best.status, best.plan) == (SearchStatus.NONE, None)
    assert isnan(best.score)
    assert isnan(best.gap)


def test_a_fixed_choice_is_in_every_plan():
    own = engine(table=ChoiceSet((*KEPT, replace(CLOSED, allowed=Allowed.FIXED), MIDDLE)))
    assert acts(own, own.best(EFFORT).plan) == {"close east", "open middle"}


def test_what_is_raised_next_costs_the_first_nothing():
    own, best = asked(LOOSE, FORCE, MISSION)
    alone = asked(LOOSE, FORCE)[1]
    assert best.score == pytest.approx(alone.score, abs=SAME)
    assert own.problem.score(own.evaluator.set(best.plan)) == pytest.approx(alone.score, abs=SAME)


def test_of_plans_that_are_equal_by_the_first_the_one_is_taken_that_is_best_by_the_next():
    """Civilian teams add nothing to the Force footprint: without a second aim any of these plans would do."""
    own, best = asked(LOOSE, FORCE, MISSION)
    assert acts(own, best.plan) == {"open middle", "open north"}


@cache
def others(within: float, differ: float, most: int = 8):
    own, best = asked(MONEY, wide=True)
    return own, best, *own.alternatives(best, EFFORT, most=most, within=within, differ=differ)


@pytest.mark.parametrize("within", [0.02, 0.1, 0.3])
def test_alternatives_lie_within_the_share(within):
    _, best, plans, _ = others(within, 0.5)
    assert all(plan.score >= best.score * (1 - within) - SAME for plan in plans)


def test_the_best_comes_first_and_the_others_fall():
    _, best, plans, _ = others(0.3, 0.5)
    scores = [plan.score for plan in plans]
    assert plans[0] is best
    assert all(one >= other - SAME for one, other in pairwise(scores))


def apart(own, plan, other, differ: float) -> bool:
    """Tell whether a plan does otherwise at so large a share of the places that another changes."""
    changed = [at for at, number in enumerate(other) if number != own.pack.today[at]]
    if not changed:
        return list(plan) != list(other)
    return sum(plan[at] != other[at] for at in changed) >= max(1, int(np.ceil(differ * len(changed))))


@pytest.mark.parametrize("differ", [0.3, 0.5, 1.0])
def test_each_differs_from_those_before_it_in_the_share_asked_for(differ):
    own, _, plans, _ = others(0.5, differ)
    whole = [plan.plan.tolist() for plan in plans]
    assert len(whole) > 1
    for number, plan in enumerate(whole):
        assert all(apart(own, plan, other, differ) for other in whole[:number])


@pytest.mark.parametrize("within", [0.02, 0.1, 0.3])
def test_where_it_is_proved_that_there_is_no_other_there_is_none(within):
    own, best, plans, no_others = others(within, 0.5)
    assert no_others
    taken = [plan.plan.tolist() for plan in plans]
    left = [
        plan
        for score, plan in every(own)
        if score >= best.score * (1 - within) + SAME and all(apart(own, plan, each, 0.5) for each in taken)
    ]
    assert left == []


def test_no_more_are_offered_than_are_asked_for():
    assert len(others(0.9, 0.3, 2)[2]) == 2


def test_alternatives_keep_to_the_limits():
    own, _, plans, _ = others(0.5, 0.3)
    assert all(own.problem.fits(plan.plan) for plan in plans)


@pytest.mark.parametrize("choice", [CLOSED, MIDDLE, NORTH, POST, THIN], ids=lambda choice: choice.key)
def test_what_a_choice_costs_lies_between_what_is_said(choice):
    own, best = asked(MONEY, wide=True)
    number = numbered(own, choice)
    forced = own.forced(best, number, EFFORT)
    plans = every(own)
    truth = max(score for score, _ in plans) - max(score for score, plan in plans if number in plan)
    assert forced.loss_least - SAME <= truth <= forced.loss_most + SAME


def test_a_choice_that_the_best_plan_makes_costs_nothing():
    own, best = asked(LOOSE)
    assert own.forced(best, numbered(own, MIDDLE), EFFORT).loss_most == pytest.approx(0, abs=SAME)


def test_a_choice_that_does_not_fit_has_no_plan():
    own, best = asked(only(one_off_usd=1e6))
    forced = own.forced(best, numbered(own, NORTH), EFFORT)
    assert (forced.solved.status, forced.loss_least, forced.loss_most) == (SearchStatus.NONE, inf, inf)


def test_nothing_at_all_is_no_choice_to_ask_for():
    own, best = asked(LOOSE)
    place = next(n for n, each in enumerate(own.pack.places) if each.place_id == "middle")
    with pytest.raises(ValueError, match="nothing at all"):
        own.forced(best, int(own.pack.first[place]), EFFORT)


CAPS = (6e6, 0.0, 1e6, 2e6, 3e6)


@cache
def steps():
    own, best = asked(LOOSE, wide=True)
    return own, own.frontier(ONE_OFF, CAPS, EFFORT, best)


def test_budgets_ascend():
    assert [step.cap for step in steps()[1]] == sorted(CAPS)


def test_more_money_never_brings_less():
    scores = [step.solved.score for step in steps()[1]]
    assert all(one <= other + SAME for one, other in pairwise(scores))
    assert scores[0] < scores[-1]


def test_each_budget_brings_the_best_of_all_plans_within_it():
    own, found = steps()
    for step in found:
        within = only(one_off_usd=step.cap)
        cap = own.problem.capped(ONE_OFF, within.one_off_usd)
        best = max(score for score, plan in every(own) if cap.fits(np.array(plan)))
        assert step.solved.score == pytest.approx(best, abs=SAME)


def test_a_search_over_budgets_that_is_stopped_begins_no_other():
    own, best = asked(LOOSE, wide=True)
    assert own.frontier(ONE_OFF, CAPS, replace(EFFORT, stopped=lambda: True), best) == []


def test_budgets_go_from_nought_to_twice_what_was_asked():
    own, best = asked(MONEY, wide=True)
    assert [step.cap for step in budgets(own, EFFORT, 3, best)] == [0.0, 3e6, 6e6]


def test_without_a_budget_they_go_to_all_that_could_be_spent():
    own, best = asked(LOOSE, wide=True)
    assert budgets(own, EFFORT, 2, best)[-1].cap == 1e5 + 1e6 + 2e6 + 3e6


def takes(limits: Limits, *choices, least: float | None = None) -> list[More]:
    own, _ = asked(limits, wide=True)
    return own.what_it_takes(Wish(tuple(numbered(own, each) for each in choices), least), EFFORT)


def test_it_takes_nothing_where_a_plan_within_the_limits_does_it():
    assert takes(MONEY, NORTH) == []


def test_it_takes_the_money_that_is_lacking():
    assert takes(only(one_off_usd=1.5e6), NORTH) == [More(((ONE_OFF, 0.5e6),), Sufficing.ENOUGH)]


def test_it_takes_one_more_company_where_none_may_be_given_up():
    limits = only(free_assets=False, either_or=(("west", "post"), ("east", "post")))
    assert takes(limits, POST) == [More((("infantry_company", 1.0),), Sufficing.ENOUGH)]


def test_it_takes_nothing_where_another_site_can_give_the_company():
    assert takes(only(free_assets=False), POST) == []


def test_posts_are_whole():
    assert takes(only(more_posts=1, either_or=(("east", "north"),)), NORTH) == [
        More(((POSTS, 1.0),), Sufficing.ENOUGH)
    ]


def test_where_no_limit_alone_would_do_it_takes_several():
    limits = only(one_off_usd=1.5e6, more_posts=1, either_or=(("east", "north"),))
    (more,) = takes(limits, NORTH)
    assert dict(more.excess) == {ONE_OFF: 0.5e6, POSTS: 1.0}
    assert more.verdict is Sufficing.ENOUGH


def test_a_figure_that_is_wished_takes_the_money_of_the_cheapest_plan_that_reaches_it():
    own, _ = asked(LOOSE, wide=True)
    plans = [(own.problem.used(np.array(plan))[0], score) for score, plan in every(own)]
    wished = sorted(score for _, score in plans)[-5]
    cheapest = min(cost for cost, score in plans if score >= wished - SAME)
    assert cheapest > 1e6
    (more,) = takes(only(one_off_usd=1e6), least=wished - SAME)
    assert more.verdict is Sufficing.ENOUGH
    assert dict(more.excess)[ONE_OFF] == pytest.approx(cheapest - 1e6, abs=1)


def test_what_nothing_would_be_enough_for_is_said_to_be_so():
    assert takes(only(one_off_usd=1e6), least=0.99) == [More((), Sufficing.NEVER)]


def test_what_the_table_forbids_no_money_buys():
    limits = only(one_off_usd=1e6, either_or=(("middle", "north"),))
    assert [each.verdict for each in takes(limits, NORTH, MIDDLE)] == [Sufficing.NEVER]


@pytest.mark.parametrize("name", ["north", "North", "NORTH"])
def test_a_place_is_asked_for_by_identifier_or_name(name):
    own, best = asked(MONEY, wide=True)
    assert why_not(own, best, name, EFFORT)[0].choice == NORTH


def test_of_the_choices_of_a_place_the_one_is_made_that_adds_most_by_itself():
    """Without what stands there nothing is added: the site is thinned, not closed."""
    close = of_site("west", Act.CLOSE, one_off_usd=0.0)
    own = engine(table=ChoiceSet((*KEPT, close, THIN)))
    assert why_not(own, own.best(EFFORT), "west", EFFORT)[0].choice == THIN


def test_where_no_plan_has_it_it_is_said_what_it_would_take():
    own, best = asked(only(one_off_usd=1.5e6))
    _, more = why_not(own, best, "north", EFFORT)
    assert list(more) == [More(((ONE_OFF, 0.5e6),), Sufficing.ENOUGH)]


def test_a_place_that_is_not_there_is_said_with_those_that_are():
    own, best = asked(LOOSE)
    with pytest.raises(OptionError, match="there is no place 'south'; there are: East, Middle, North, West"):
        why_not(own, best, "south", EFFORT)


def test_a_place_of_which_nothing_may_become_is_said_to_be_so():
    own, best = asked(LOOSE)
    with pytest.raises(OptionError, match="'west': the table names nothing that may become of it"):
        why_not(own, best, "west", EFFORT)


def test_a_search_that_is_stopped_at_once_proves_nothing_and_keeps_to_the_limits():
    own = engine(MONEY, table=WIDE)
    best = own.best(SearchEffort(20.0, 1e-9, lambda: True))
    assert best.status in {SearchStatus.STOPPED, SearchStatus.NOT_FOUND}
    assert best.plan is None or own.problem.fits(best.plan)


def test_progress_is_told():
    told = []
    engine(MONEY, table=WIDE).best(replace(EFFORT, told=lambda *each: told.append(each)))
    assert told
    assert all(bound >= score - SAME for _, score, bound in told if not isnan(bound) and not isnan(score))


def test_budgets_tell_shares_of_need_as_their_progress():
    own, best = asked(LOOSE)
    told = []
    own.frontier(ONE_OFF, (0.0, 3e6), replace(EFFORT, told=lambda *each: told.append(each)), best)
    assert told
    assert all(0 < score <= bound + SAME <= 1 for _, score, bound in told)


def test_one_tier_of_one_region_can_be_raised():
    figure = AimFigure(Indicator.TIER_1, Level.REGION, "right")
    own, best = asked(only(one_off_usd=2e6), figure)
    assert best.score == pytest.approx(max(score for score, _ in every(own)), abs=SAME)
