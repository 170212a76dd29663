"""The answer: doing nothing and closing always beside the plans, and every figure of them from a review."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import isnan

import pytest

from footprint.criteria.criterion import Criterion
from footprint.language import Language
from footprint.options import answer as answers
from footprint.options.answer import BEST, CLOSING, NOTHING, OTHER, figure_of
from footprint.options.choices import Act, Allowed, ChoiceSet
from footprint.options.engine import OptionsQuestion, Sufficing
from footprint.options.problem import ONE_OFF, Floor, Limits
from footprint.options.session import (
    OTHERS,
    RECKONING,
    REVIEWING,
    SEARCHING,
    inquire,
    with_budgets,
    with_order,
    with_wish,
)
from footprint.options.solve import SearchStatus
from footprint.options.words import losers_words, status_words
from footprint.views.option_html import matrix_of
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
    aim,
    basis,
    numbered,
    of_site,
    silent,
)
from tests.worlds import review, router_of

pytestmark = pytest.mark.slow

NEITHER = ChoiceSet((MIDDLE, NORTH))
NONE = replace(LOOSE, floors=(Floor(MISSION, 0.99),))


def inquired(limits: Limits, table: ChoiceSet, *figures, prepared=None, told=None, most=None):
    prepared = prepared or basis()
    question = OptionsQuestion(table, aim(*figures), limits)
    telling = (told if told is not None else []).append
    return inquire(prepared, router_of(prepared), question, EFFORT, telling, most=most)


@cache
def whole():
    return inquired(replace(LOOSE, one_off_usd=2e6), TABLE, MISSION, FORCE)


@cache
def without_plan():
    return inquired(NONE, TABLE)


@cache
def of_silent():
    return inquired(LOOSE, TABLE, prepared=silent(), most=2)


def names(found) -> list[str]:
    return [plan.name for plan in found.answer.plans]


def test_doing_nothing_and_closing_stand_before_the_plans_found():
    assert names(whole())[:3] == [NOTHING, CLOSING, BEST]


def test_whatever_follows_the_best_is_an_alternative():
    assert set(names(whole())[3:]) <= {OTHER}


def test_where_no_plan_keeps_to_the_limits_both_still_stand():
    assert names(without_plan()) == [NOTHING, CLOSING]


def test_where_nothing_may_be_closed_doing_nothing_stands_alone():
    assert names(inquired(LOOSE, NEITHER, most=1)) == [NOTHING, BEST]


def test_what_must_not_be_closed_is_not_closed_for_comparison_either():
    table = ChoiceSet((*KEPT, replace(CLOSED, allowed=Allowed.FORBIDDEN), MIDDLE))
    assert CLOSING not in names(inquired(LOOSE, table, most=1))


def test_the_site_whose_closing_costs_least_is_the_one_that_is_closed():
    table = ChoiceSet((*KEPT, of_site("west", Act.CLOSE), CLOSED))
    found = inquired(LOOSE, table, most=1)
    engine, scores = found.engine, {}
    for place in ("west", "east"):
        plan = engine.pack.today
        number = numbered(engine, next(each for each in table.choices[2:] if each.place == place))
        plan[engine.pack.place_of(number)] = number
        scores[place] = engine.problem.score(engine.evaluator.set(plan))
    (chosen,) = found.answer.plans[1].chosen
    assert chosen.place == max(scores, key=scores.__getitem__)


def test_doing_nothing_changes_nothing():
    nothing = whole().answer.plans[0]
    assert (nothing.chosen, nothing.scenario.changes, dict(nothing.used)) == ((), (), {})


@pytest.mark.parametrize("at", [0, 1, 2])
def test_every_figure_is_that_of_a_review(at):
    plan = whole().answer.plans[at]
    own = review(basis(), plan.scenario)
    for each in plan.figures:
        theirs = figure_of(basis(), own, each.figure)
        assert (each.mean, each.worst, each.known) == (theirs.mean, theirs.worst, theirs.known)


def test_the_score_is_what_the_figures_of_the_best_come_to():
    best = whole().answer.plans[2].figures[0]
    assert whole().answer.score == pytest.approx(0.5 * best.mean + 0.5 * best.worst, abs=1e-6)


def test_a_review_that_does_not_confirm_the_search_is_a_fault_of_ours(monkeypatch):
    monkeypatch.setattr(answers, "figure_of", lambda *each: replace(figure_of(*each), worst=0.9))
    with pytest.raises(ArithmeticError, match="differ"):
        inquired(LOOSE, NEITHER, most=1)


def test_plans_are_told_apart_whatever_the_language():
    keys = [plan.key for plan in whole().answer.plans]
    assert len(set(keys)) == len(keys)


def test_costs_among_the_criteria_are_those_of_its_choices():
    close = whole().answer.plans[1]
    values = {each.criterion: each.value for each in close.criteria}
    assert (values[Criterion.ONE_OFF], values[Criterion.RECURRENT]) == (1e5, -1e5)


def test_a_cost_that_nobody_states_is_not_known_in_the_matrix():
    table = ChoiceSet((*KEPT, replace(MIDDLE, one_off_usd=None)))
    best = inquired(LOOSE, table, most=1).answer.plans[-1]
    values = {each.criterion: each.value for each in best.criteria}
    assert isnan(values[Criterion.ONE_OFF])


def test_doing_nothing_costs_nothing_which_is_known():
    values = {each.criterion: each.value for each in whole().answer.plans[0].criteria}
    assert values[Criterion.ONE_OFF] == 0.0


def test_choices_left_out_for_want_of_a_cost_are_named():
    unknown = replace(MIDDLE, one_off_usd=None)
    found = inquired(replace(LOOSE, one_off_usd=9e6), ChoiceSet((*KEPT, unknown, NORTH)), most=1)
    assert found.answer.uncosted == (unknown,)


def test_without_civilian_teams_figures_are_what_is_there_at_least():
    assert {each.known for plan in of_silent().answer.plans for each in plan.figures[:1]} >= {False}


def test_and_that_is_said_in_both_languages():
    assert "figures of what is there at least" in status_words(of_silent().answer, Language("en"))
    assert "au moins" in status_words(of_silent().answer, Language("fr"))


def test_of_a_tier_that_nobody_is_named_for_the_matrix_says_nothing():
    values = {each.criterion: each.value for each in of_silent().answer.plans[0].criteria}
    assert isnan(values[Criterion.TIER_1_MEAN])


def test_without_a_plan_there_is_no_score_no_bound_and_no_gap():
    own = without_plan().answer
    assert own.status is SearchStatus.NONE
    assert all(isnan(value) for value in (own.score, own.bound, own.gap))


def test_that_there_is_no_plan_is_said():
    assert status_words(without_plan().answer, Language("en")).startswith("No plan keeps to these limits.")
    assert status_words(without_plan().answer, Language("fr")).startswith("Aucun plan")


def test_each_step_of_a_search_is_told():
    told: list[str] = []
    inquired(LOOSE, NEITHER, told=told, most=1)
    assert told == [RECKONING, SEARCHING, OTHERS, REVIEWING]


@pytest.mark.parametrize("step", [RECKONING, SEARCHING, OTHERS, REVIEWING])
def test_each_step_has_its_french(step):
    assert Language("fr").text(step) != step


def test_budgets_are_added_to_what_was_found():
    more = with_budgets(whole(), EFFORT, 2, [].append)
    assert [step.cap for step in more.frontier] == [0.0, 4e6]
    assert more.answer is whole().answer


def test_an_order_stands_with_what_it_would_take():
    number = numbered(whole().engine, NORTH)
    ((forced, takes),) = with_order(whole(), number, EFFORT, [].append).forced
    assert forced.choice == NORTH
    assert takes == ()


def test_an_order_that_has_no_plan_says_what_it_would_take():
    found = inquired(replace(LOOSE, one_off_usd=1.5e6), NEITHER, most=1)
    ((_, (more,)),) = with_order(found, numbered(found.engine, NORTH), EFFORT, [].append).forced
    assert more.excess == ((ONE_OFF, 0.5e6),)


def test_the_same_order_twice_stands_once_and_last():
    first, second = (numbered(whole().engine, each) for each in (NORTH, CLOSED))
    found = whole()
    for number in (first, second, first):
        found = with_order(found, number, EFFORT, [].append)
    assert [forced.choice for forced, _ in found.forced] == [CLOSED, NORTH]


def test_a_wish_takes_the_place_of_the_wish_before():
    found = whole()
    for least in (0.98, 0.99):
        found = with_wish(found, least, EFFORT, [].append)
    ((least, takes),) = found.wishes
    assert least == 0.99
    assert [each.verdict for each in takes] == [Sufficing.NEVER]


def test_whether_a_region_loses_of_what_is_not_known_is_not_known():
    found = of_silent().answer
    plan = next(each for each in found.plans if each.name == BEST)
    assert (plan.losers, plan.maybe_losers) == ((), ("Left", "Right"))
    told = losers_words(plan, found, Language("en"))
    assert told == "Mission footprint: whether the worst season falls is not known of Left and Right."


def test_what_is_lost_of_what_is_there_at_least_is_said_at_least():
    found = of_silent().answer
    plan = next(each for each in found.plans if each.name == CLOSING)
    assert {lost.name for lost in plan.losers} == {"Left", "Right"}
    assert not any(lost.known for lost in plan.losers)
    assert plan.maybe_losers == ()
    assert (
        losers_words(plan, found, Language("en")).replace("\xa0", " ").endswith("Left ≥ 11.9 % to ≥ 10.9 %.")
    )


def test_where_all_is_known_it_is_known_who_loses():
    assert all(plan.maybe_losers == () for plan in whole().answer.plans)


def test_what_is_there_at_least_has_no_rank():
    page = matrix_of(of_silent().answer, silent(), Language("fr"))
    rows = [row for row in page.split("<tr>") if "≥" in row]
    assert rows
    assert all("#" not in row and row.count("≥") == 2 * len(of_silent().answer.plans) for row in rows)
    assert "non connu" in page
    assert "—" not in page
