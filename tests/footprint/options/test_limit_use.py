"""How much of each limit a plan uses, what is left over, and whether any single change could use it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from footprint.language import Language
from footprint.options.limit_use import LimitUse, limits_used
from footprint.options.limit_words import limit_use_words
from footprint.options.problem import ONE_OFF, POSTS, Limits
from layers.months import months_mask
from tests.footprint.options.tiny import KEPT, LOOSE, MIDDLE, NORTH, TABLE, basis, engine, numbered, opened

ENGLISH, FRENCH = Language("en"), Language("fr")
METHOD = basis().method
MORE = "So much more of one of these alone would leave room for a further change, better or not"


def used(limits: Limits, *made, table=TABLE) -> dict[str, LimitUse]:
    own = engine(limits, table=table)
    plan = own.pack.today
    for choice in made:
        number = numbered(own, choice)
        plan[own.pack.place_of(number)] = number
    return {each.name: each for each in limits_used(own.problem, plan)}


def test_what_is_not_limited_is_not_told() -> None:
    assert used(LOOSE, MIDDLE) == {}


def test_used_and_left_add_up_to_the_limit() -> None:
    own = used(replace(LOOSE, one_off_usd=1.5e6), MIDDLE)[ONE_OFF]
    assert (own.used, own.left, own.limit) == (1e6, 0.5e6, 1.5e6)


@pytest.mark.slow
def test_what_is_left_is_too_little_where_every_single_change_takes_more() -> None:
    # North takes two million; closing east a hundred thousand.
    budget = replace(LOOSE, one_off_usd=1.05e6)
    assert used(budget, MIDDLE)[ONE_OFF].is_too_little
    assert not used(replace(LOOSE, one_off_usd=1.1e6), MIDDLE)[ONE_OFF].is_too_little


def test_a_limit_reached_to_the_last_is_used_up_and_not_too_little() -> None:
    own = used(replace(LOOSE, one_off_usd=1e6), MIDDLE)[ONE_OFF]
    assert own.is_used_up
    assert not own.is_too_little


def test_rounding_of_sums_leaves_nothing() -> None:
    costs = (0.1, 0.2)
    table = [opened(f"p{n}", 12.5 + 10 * n, 12.5, one_off_usd=cost) for n, cost in enumerate(costs)]
    own = used(replace(LOOSE, one_off_usd=0.3), *table, table=replace(TABLE, choices=(*KEPT, *table)))
    assert own[ONE_OFF].left == 0.0


def test_where_nothing_takes_more_there_is_no_least() -> None:
    own = used(
        replace(LOOSE, one_off_usd=9e6), MIDDLE, NORTH, table=replace(TABLE, choices=(*KEPT, MIDDLE, NORTH))
    )
    assert own[ONE_OFF].least_more is None


def test_what_is_left_is_said_in_both_languages() -> None:
    rows = (
        LimitUse(ONE_OFF, 1.05e6, 1e6, 5e4, 1e5, 5e4),
        LimitUse(POSTS, 2.0, 2.0, 0.0, 2.0, None),
        LimitUse("surgery", 0.0, 0.0, 0.0, 1.0, 1.0),
    )
    assert limit_use_words(rows, METHOD, ENGLISH) == (
        "Nothing is left of: posts and Surgery (level II hospital).",
        "Left over: 50,000 US dollars once (too little for any single further change).",
        f"{MORE}: 50,000 US dollars once; 1 × Surgery (level II hospital).",
    )
    assert "Il ne reste rien de" in limit_use_words(rows, METHOD, FRENCH)[0]


@pytest.mark.parametrize(
    ("units", "words"),
    [
        (1, "Nothing is left of: mobile units (June–September)."),
        (3, "Left over: 2 mobile units in any month."),
    ],
)
def test_mobile_units_are_told_by_their_months(units: int, words: str) -> None:
    rains = opened("rains", 17.5, 17.5, months=months_mask("6-9"))
    limits = replace(LOOSE, mobile_units=units)
    rows = tuple(used(limits, rains, table=replace(TABLE, choices=(*KEPT, rains))).values())
    assert words in limit_use_words(rows, METHOD, ENGLISH)


def test_a_plan_beyond_a_limit_has_less_than_nothing_left() -> None:
    assert used(replace(LOOSE, one_off_usd=0.5e6), MIDDLE)[ONE_OFF].left == -0.5e6


def test_numbers_are_plain_ones_that_a_document_can_hold() -> None:
    own = used(replace(LOOSE, one_off_usd=1.5e6), MIDDLE)[ONE_OFF]
    assert not any(isinstance(value, np.generic) for value in (own.limit, own.used, own.left, own.least_more))


def test_what_one_limit_alone_stops_is_told_by_what_it_lacks() -> None:
    # Of what is left, closing east fits; north lacks a million and a half.
    assert used(replace(LOOSE, one_off_usd=1.5e6), MIDDLE)[ONE_OFF].lacks == 1.5e6


def test_what_two_limits_stop_is_lacking_alone_of_neither() -> None:
    own = used(replace(LOOSE, one_off_usd=1.5e6, more_posts=2), MIDDLE)
    assert (own[ONE_OFF].lacks, own[POSTS].lacks) == (None, None)


@pytest.mark.slow
def test_so_much_more_leaves_room_for_a_plan_that_there_was_none_for() -> None:
    lacks = used(replace(LOOSE, one_off_usd=1.5e6), MIDDLE)[ONE_OFF].lacks
    assert lacks is not None
    for more, fits in ((lacks, True), (0.99 * lacks, False)):
        own = engine(replace(LOOSE, one_off_usd=1.5e6 + more))
        plan = own.pack.today
        for choice in (MIDDLE, NORTH):
            plan[own.pack.place_of(numbered(own, choice))] = numbered(own, choice)
        assert own.problem.fits(plan) is fits


def test_what_another_choice_excludes_lacks_nothing() -> None:
    limits = replace(LOOSE, one_off_usd=1.5e6, either_or=(("middle", "north"),))
    assert used(limits, MIDDLE)[ONE_OFF].lacks is None
