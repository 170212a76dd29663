"""Ranked: options scaled, weighed by each group apart, drawn around its weights, and beaten by others."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan

import numpy as np
import pytest
from scipy.stats import beta

from footprint.criteria.criterion import Criterion, CriterionValue
from footprint.criteria.ranked import ranked
from footprint.errors import FootprintError
from footprint.language import Language
from footprint.method import default_method
from footprint.views.criteria_words import ranking_sentences, value_words

NUMBERS = default_method().reporting
FORCE, RING, COST = Criterion.FORCE_MEAN, Criterion.RING, Criterion.RECURRENT


def option(force, ring, cost=nan):
    values = ((FORCE, force), (RING, ring), (COST, cost))
    return tuple(
        CriterionValue(each, value, "nobody states it" if isnan(value) else "") for each, value in values
    )


MATRIX = {
    "nothing": option(0.2, 0),
    "camp": option(0.4, 1000),
    "post": option(0.3, 250),
    "worse": option(0.2, 1000),
}
"""Scaled: Force 0, 1, 0.5, 0; ring, the fewer the better, 1, 0, 0.75, 0."""


def by_group(weights, rows=MATRIX, numbers=NUMBERS):
    return {each.group: each for each in ranked(rows, weights, numbers).groups}


def test_scores_are_weighted_means_of_values_scaled_between_the_best_and_the_worst():
    found = by_group({"planners": {FORCE: 3, RING: 1}})["planners"]
    assert [(each.name, each.score, each.rank) for each in found.options] == [
        ("camp", pytest.approx(0.75), 1),
        ("post", pytest.approx(0.5625), 2),
        ("nothing", pytest.approx(0.25), 3),
        ("worse", pytest.approx(0), 4),
    ]


def test_each_group_ranks_for_itself():
    found = by_group({"force": {FORCE: 1}, "protection": {RING: 1}})
    assert found["force"].options[0].name == "camp"
    assert found["protection"].options[0].name == "nothing"
    assert by_group({"force": {FORCE: 1}})["force"] == found["force"], "another group changes nothing"


def test_equal_options_share_a_place_and_their_draws():
    found = by_group({"force": {FORCE: 1}}, {"a": option(0.4, 1), "b": option(0.4, 2), "c": option(0.1, 3)})[
        "force"
    ]
    assert [(each.name, each.rank, each.first_share) for each in found.options] == [
        ("a", 1, 0.5),
        ("b", 1, 0.5),
        ("c", 3, 0),
    ]


def test_what_is_not_known_of_every_option_takes_no_part_and_is_said():
    found = by_group({"finance": {COST: 5, FORCE: 1}, "treasury": {COST: 1}})
    assert found["finance"].left_out == (COST,)
    assert [each.score for each in found["finance"].options] == pytest.approx([1, 0.5, 0, 0])
    assert found["treasury"].options == ()
    assert ranked(MATRIX, {}, NUMBERS).compared == (FORCE, RING)


def test_a_criterion_that_tells_nothing_apart_moves_nobody():
    rows = {"a": option(0.4, 7), "b": option(0.1, 7)}
    found = by_group({"g": {FORCE: 1, RING: 1}}, rows)["g"]
    assert [(each.name, each.score) for each in found.options] == [("a", 0.5), ("b", 0)]


def test_options_that_others_beat_are_named_without_any_weight():
    assert ranked(MATRIX, {}, NUMBERS).dominated == (("worse", "nothing"),)
    assert ranked({"a": option(0.4, 7), "b": option(0.4, 7)}, {}, NUMBERS).dominated == ()


def test_draws_say_how_firmly_an_option_comes_first():
    """At weights of one half each camp and nothing tie, and post, 0.625, is ahead of both."""
    found = by_group({"g": {FORCE: 1, RING: 1}})["g"]
    firsts = {each.name: each.first_share for each in found.options}
    # Post comes first where Force weighs from 1/3 to 3/5: of Beta(10, 10), by scipy's own function.
    expected = beta.cdf(0.6, 10, 10) - beta.cdf(1 / 3, 10, 10)
    assert firsts["post"] == pytest.approx(expected, abs=0.05)
    assert firsts["camp"] == pytest.approx(1 - beta.cdf(0.6, 10, 10), abs=0.05)
    assert firsts["worse"] == 0
    assert sum(firsts.values()) == pytest.approx(1)


def test_the_numbers_of_the_draws_act():
    weights = {"g": {FORCE: 1, RING: 1}}

    def firsts(**changed):
        found = by_group(weights, numbers=replace(NUMBERS, **changed))["g"]
        return {each.name: each.first_share for each in found.options}

    usual = firsts()
    assert usual == firsts()
    assert usual != firsts(rank_seed=1)
    assert usual != firsts(rank_draws=999)
    assert firsts(rank_concentration=5000)["post"] == 1, "drawn at the weights themselves"
    assert firsts(rank_concentration=1)["post"] < usual["post"]


def test_scale_and_order_of_weights_and_options_change_nothing():
    one = by_group({"g": {FORCE: 3, RING: 1}})["g"]
    two = by_group({"g": {RING: 0.25, FORCE: 0.75}}, dict(reversed(MATRIX.items())))["g"]
    assert {each.name: (each.rank, each.first_share) for each in one.options} == {
        each.name: (each.rank, pytest.approx(each.first_share)) for each in two.options
    }


def test_of_nothing_comes_nothing():
    assert ranked({}, {"g": {FORCE: 1}}, NUMBERS).groups[0].options == ()
    alone = by_group({"g": {FORCE: 1}}, {"a": option(0.4, 1)})["g"].options[0]
    assert (alone.rank, alone.first_share) == (1, 1)


@pytest.mark.parametrize("weight", [-1, nan, float("inf")])
def test_weights_that_are_none_are_refused_by_name(weight):
    with pytest.raises(FootprintError, match=r"'odd'.*from 0 on"):
        ranked(MATRIX, {"odd": {FORCE: weight}, "good": {FORCE: 1}}, NUMBERS)
    with pytest.raises(FootprintError, match="'empty' weighs no criterion"):
        ranked(MATRIX, {"empty": {FORCE: 0}}, NUMBERS)


def test_a_dominated_option_comes_first_by_no_weights():
    generator = np.random.default_rng(0)
    for _ in range(50):
        rows = {f"o{n}": option(*generator.integers(0, 4, 2)) for n in range(5)}
        found = ranked(rows, {"g": {FORCE: 1, RING: 1}}, replace(NUMBERS, rank_draws=99))
        firsts = {each.name: each.first_share for each in found.groups[0].options}
        strictly = {name for name, _ in found.dominated}
        assert all(firsts[name] < 1e-9 for name in strictly)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_rankings_are_said_group_by_group(code):
    said = ranking_sentences(ranked(MATRIX, {"finance": {COST: 5, FORCE: 1}}, NUMBERS), Language(code))
    assert len(said) == 3
    assert said[0].startswith("finance")
    assert said[1].startswith("finance")
    assert "worse" in said[2]


def test_what_is_not_known_is_a_dash():
    assert value_words(CriterionValue(COST, nan, "nobody states it"), Language("en")) == "not known"
    assert value_words(CriterionValue(RING, 1234.0), Language("en")) == "1,230"
