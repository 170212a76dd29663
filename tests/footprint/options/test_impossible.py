"""Where no plan keeps to the limits, the choices that contradict and the highest floor in reach are named."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest

from footprint.language import Language
from footprint.options.choices import Act, Allowed, Choice, ChoiceSet, RowOrigin
from footprint.options.engine import OptionsQuestion
from footprint.options.impossible import Impossible, impossible
from footprint.options.impossible_words import floor_words, impossible_words
from footprint.options.pack import AimFigure
from footprint.options.problem import Floor, Limits
from footprint.options.session import inquire
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
    aim,
    basis,
    engine,
    opened,
)
from tests.worlds import router_of

pytestmark = pytest.mark.slow

ENGLISH, FRENCH = Language("en"), Language("fr")


def fixed(choice: Choice, row: int, **differs) -> Choice:
    return replace(choice, allowed=Allowed.FIXED, origin=RowOrigin("koro.csv", row), **differs)


def why(limits: Limits, *choices: Choice) -> Impossible:
    own = engine(limits, table=ChoiceSet((*KEPT, *choices)))
    assert own.best(EFFORT).status is SearchStatus.NONE
    return impossible(own, EFFORT)


def told(limits: Limits, *choices: Choice) -> tuple[str, str]:
    """Return the one contradiction in both languages."""
    (only,) = why(limits, *choices).contradictions
    return str(only), only.said(FRENCH)


def test_what_is_fixed_beyond_the_budget_is_named_with_limit_rows_and_remedy() -> None:
    english, french = told(replace(LOOSE, one_off_usd=2.5e6), fixed(MIDDLE, 4), fixed(NORTH, 5))
    assert english == (
        "US dollars once: what is fixed takes 3,000,000 at least beyond today, whatever else is given up, and "
        "there are 2,500,000; raise the limit by 500,000 or set one free: open Middle (fixed; koro.csv, row "
        "4); open North (fixed; koro.csv, row 5)"
    )
    assert french.startswith("Dollars US une fois")
    assert "koro.csv, ligne 5" in french


def test_raised_by_what_it_lacks_the_limit_permits_a_plan() -> None:
    own = engine(replace(LOOSE, one_off_usd=3e6), table=ChoiceSet((*KEPT, fixed(MIDDLE, 4), fixed(NORTH, 5))))
    assert own.best(EFFORT).plan is not None


def test_what_is_fixed_beyond_the_stocks_is_named() -> None:
    held = fixed(opened("new", 27.5, 12.5, (("surgery", 3),)), 9)
    english, _ = told(replace(LOOSE, free_assets=False), held)
    assert english.startswith("surgery: what is fixed takes 3 at least beyond today")
    assert "there are 0; raise the limit by 3" in english
    assert "koro.csv, row 9" in english


def test_what_others_may_give_up_is_counted_before_anything_is_called_lacking() -> None:
    held = fixed(opened("new", 27.5, 12.5, (("surgery", 1),)), 9)
    gives = replace(KEPT[0], act=Act.THIN, assets=(("surgery", -1),))
    own = engine(replace(LOOSE, free_assets=False), table=ChoiceSet((*KEPT, held, gives)))
    assert own.best(EFFORT).plan is not None


def test_two_fixed_of_an_either_or_are_named() -> None:
    english, french = told(
        replace(LOOSE, either_or=(("middle", "north"),)), fixed(MIDDLE, 4), fixed(NORTH, 5)
    )
    assert english.startswith("either-or: at most one of these places may change")
    assert "open Middle (fixed; koro.csv, row 4); open North (fixed; koro.csv, row 5)" in english
    assert french.startswith("l’un ou l’autre")


def test_two_fixed_on_one_spot_are_named() -> None:
    beside = replace(MIDDLE, place="beside", name="Beside")
    english, french = told(LOOSE, fixed(beside, 6), fixed(MIDDLE, 4))
    assert english.startswith("these are fixed within a kilometre of one another")
    assert "koro.csv, row 6" in english
    assert "moins d’un kilomètre" in french


def test_a_fixed_choice_without_a_cost_is_named_where_costs_are_limited() -> None:
    english, french = told(replace(LOOSE, one_off_usd=1e9), fixed(MIDDLE, 4, one_off_usd=None))
    assert english.startswith("Middle: its choice is fixed, but its cost")
    assert english.endswith("open Middle (fixed; koro.csv, row 4)")
    assert "n’est pas indiqué" in french


def test_a_site_of_which_everything_is_forbidden_is_named() -> None:
    kept = replace(KEPT[1], allowed=Allowed.FORBIDDEN)
    own = engine(table=ChoiceSet((KEPT[0], kept, replace(CLOSED, allowed=Allowed.FORBIDDEN))))
    (only,) = impossible(own, EFFORT).contradictions
    assert only.startswith("East: each of its choices is forbidden")
    assert only.endswith("keep East (forbidden); close East (forbidden)")


def test_posts_that_no_plan_can_save_are_told_without_a_fixed_choice() -> None:
    own = engine(replace(LOOSE, more_posts=-3), table=ChoiceSet(KEPT))
    (only,) = impossible(own, EFFORT).contradictions
    assert only == "posts: every plan takes 0 at least beyond today, and there are -3; raise the limit by 3"


@pytest.mark.parametrize("limits", [LOOSE, replace(LOOSE, one_off_usd=2e6), Limits()])
def test_nothing_contradicts_where_there_is_a_plan(limits: Limits) -> None:
    own = engine(limits)
    assert own.best(EFFORT).plan is not None
    assert impossible(own, EFFORT).contradictions == ()


def highest_of_all(limits: Limits, figure: AimFigure) -> float:
    """Return the highest worst season of a figure by trying every plan."""
    own = engine(limits, figure)
    first = own.pack.first
    plans = product(*(range(int(a), int(b)) for a, b in pairwise(first)))
    columns = own.pack.columns(own.pack.figures.index(figure))
    return max(
        float(own.evaluator.set(np.array(plan))[columns].min())
        for plan in plans
        if own.problem.fits(np.array(plan))
    )


FLOORED = replace(LOOSE, one_off_usd=1e6, floors=(Floor(FORCE, 0.99),))


def test_a_floor_out_of_reach_is_told_with_the_highest_worst_season_there_is() -> None:
    (reach,) = why(FLOORED, CLOSED, MIDDLE, NORTH).floors
    highest = highest_of_all(replace(FLOORED, floors=()), FORCE)
    assert reach.highest.score == pytest.approx(highest, abs=1e-9)
    assert reach.highest.bound == pytest.approx(highest, abs=1e-6)


def test_it_is_said_in_both_languages() -> None:
    found = why(FLOORED, CLOSED, MIDDLE, NORTH)
    english, french = (" ".join(impossible_words(found, basis(), each)) for each in (ENGLISH, FRENCH))
    score = ENGLISH.percent(found.floors[0].highest.score, 2)
    assert f"the highest worst season of any plan within the other limits is {score}." in english
    assert "la pire saison la plus élevée de tous les plans" in french


def test_a_highest_that_is_not_proved_is_told_with_its_bound() -> None:
    (reach,) = why(FLOORED, CLOSED, MIDDLE, NORTH).floors
    doubtful = replace(reach, highest=replace(reach.highest, score=0.2, bound=0.3))
    words = floor_words(doubtful, basis(), ENGLISH)
    assert "found within the other limits is 20.00" in words
    assert "no plan exceeds 30.00" in words


def test_two_floors_of_which_neither_can_be_kept_are_each_told_alone() -> None:
    limits = replace(FLOORED, floors=(Floor(FORCE, 0.99), Floor(MISSION, 0.99)))
    found = why(limits, CLOSED, MIDDLE, NORTH)
    assert [each.alone for each in found.floors] == [True, True]
    assert all(each.highest.plan is not None for each in found.floors)


def test_what_it_would_take_is_told_where_nothing_contradicts_by_itself() -> None:
    # Either limit alone can be kept to; both cannot.
    limits = replace(LOOSE, one_off_usd=0.0, floors=(Floor(MISSION, 1e-9),))
    own = engine(replace(limits, floors=(Floor(MISSION, _reached(MIDDLE)),)))
    assert own.best(EFFORT).status is SearchStatus.NONE
    words = " ".join(impossible_words(impossible(own, EFFORT), basis(), ENGLISH))
    assert "It would take" in words
    assert "US dollars once more than the limits" in words


def _reached(choice: Choice) -> float:
    """Return the worst season of the Mission footprint with one choice made."""
    own = engine(LOOSE, table=TABLE)
    plan = own.pack.today
    number = next(n for n in range(own.pack.n_choices) if own.pack.choice(n) == choice)
    plan[own.pack.place_of(number)] = number
    return float(own.evaluator.set(plan)[own.pack.columns(0)].min())


def test_an_inquiry_without_a_plan_says_why() -> None:
    question = OptionsQuestion(TABLE, aim(), FLOORED)
    found = inquire(basis(), router_of(basis()), question, EFFORT, [].append, most=1)
    assert found.answer.impossible is not None
    assert len(found.answer.impossible.floors) == 1


def test_an_inquiry_with_a_plan_has_no_such_reason() -> None:
    question = OptionsQuestion(TABLE, aim(), LOOSE)
    found = inquire(basis(), router_of(basis()), question, EFFORT, [].append, most=1)
    assert found.answer.impossible is None


def test_who_stopped_the_search_is_not_kept_waiting_for_reasons() -> None:
    question = OptionsQuestion(TABLE, aim(), FLOORED)
    stopped = SearchEffort(20.0, 1e-9, lambda: True)
    found = inquire(basis(), router_of(basis()), question, stopped, [].append, most=1)
    assert found.answer.impossible is None
