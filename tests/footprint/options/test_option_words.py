"""Options in words: what is not known is said, nothing is promised, both languages."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from footprint.language import Language
from footprint.options.choices import Act, CostSource
from footprint.options.engine import More, Sufficing
from footprint.options.problem import ONE_OFF, POSTS
from footprint.options.question_words import limits_words
from footprint.options.runs import Progress
from footprint.options.session import SEARCHING
from footprint.options.solve import SearchStatus
from footprint.options.words import (
    ACT_LABELS,
    ACTS,
    choice_words,
    invented_words,
    more_words,
    progress_words,
    resource_words,
    status_words,
)
from layers.months import months_mask
from tests.footprint.options.test_option_answer import whole
from tests.footprint.options.tiny import MIDDLE, basis, of_site, opened

ENGLISH, FRENCH = Language("en"), Language("fr")
METHOD = basis().method


def test_every_act_has_its_words():
    assert set(ACTS) == set(ACT_LABELS) == set(Act)


def test_what_is_taken_away_is_counted_without_a_sign():
    row = of_site("west", Act.THIN, assets=(("infantry_company", -2),))
    words = choice_words(row, METHOD, ENGLISH).replace("\xa0", " ")
    assert words == "Thin West: 2 × Infantry company"


def test_what_is_exchanged_is_counted_with_signs():
    row = of_site("west", Act.RESHAPE, assets=(("infantry_company", -1), ("surgery", 1)))
    words = choice_words(row, METHOD, ENGLISH)
    assert "+1" in words
    assert "-1" in words or "−1" in words


def test_a_new_site_for_some_months_says_which():
    row = opened("rains", 17.5, 17.5, months=months_mask("6-9"))
    assert choice_words(row, METHOD, ENGLISH).endswith("(June–September)")
    assert choice_words(row, METHOD, FRENCH) != choice_words(row, METHOD, ENGLISH)


@pytest.mark.parametrize("status", [SearchStatus.PROVED, SearchStatus.OPEN, SearchStatus.STOPPED])
@pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=["en", "fr"])
@pytest.mark.slow
def test_however_a_search_ended_the_best_the_bound_and_the_gap_are_said(status, language):
    answer = replace(whole().answer, status=status, score=0.2, bound=0.25, gap=0.25)
    words = status_words(answer, language)
    for value in (0.2, 0.25):
        assert language.percent(value, 2) in words


def test_a_search_that_found_nothing_in_time_does_not_say_that_there_is_nothing():
    answer = replace(whole().answer, status=SearchStatus.NOT_FOUND, score=nan, bound=0.5, gap=nan)
    assert "there may be one" in status_words(answer, ENGLISH)


@pytest.mark.parametrize("score", [nan, -inf, 0.0])
def test_before_anything_is_found_progress_names_no_figure(score):
    words = progress_words(Progress(1.0, score, nan, SEARCHING), waiting=False, language=ENGLISH)
    assert words == "Searching for the best plan …"


@pytest.mark.parametrize("bound", [nan, inf])
def test_while_no_bound_is_known_none_is_said(bound):
    words = progress_words(Progress(1.0, 0.2, bound, SEARCHING), waiting=False, language=ENGLISH)
    assert words.replace("\xa0", " ") == "Searching for the best plan … best so far 20.00 %"


def test_who_waits_for_a_turn_is_told():
    assert "waits for its turn" in progress_words(Progress(), waiting=True, language=ENGLISH)


def test_where_nothing_is_lacking_it_takes_nothing_more():
    assert more_words([], METHOD, ENGLISH) == "Nothing more: a plan within the limits does it."


def test_what_would_never_do_is_said_to_be_so():
    assert "would not be enough" in more_words([More((), Sufficing.NEVER)], METHOD, ENGLISH)


def test_ways_that_would_each_do_are_alternatives():
    found = [More(((ONE_OFF, 5e5),), Sufficing.ENOUGH), More(((POSTS, 2.0),), Sufficing.AT_LEAST)]
    words = more_words(found, METHOD, ENGLISH)
    assert "500,000 US dollars once, or 2 posts (at least)" in words


def test_one_post_is_one():
    assert resource_words(POSTS, 1.0, METHOD, ENGLISH) == "1 post"


def test_mobile_units_are_of_a_month():
    assert "June" in resource_words("mobile_6", 2.0, METHOD, ENGLISH)


@pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_the_question_is_said_with_its_limits(language):
    words = limits_words(whole().answer.question, basis(), language)
    assert language.number(2_000_000) in words
    assert "{" not in words


def test_only_where_a_cost_is_invented_it_is_said():
    assert invented_words([MIDDLE], ENGLISH) == ""
    assert invented_words([replace(MIDDLE, confidence=CostSource.INVENTED)], ENGLISH)
