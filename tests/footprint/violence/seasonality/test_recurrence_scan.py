"""The scan: exact where it says exact, blind to bursts and growth, indifferent to names and order."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binom

from footprint.violence.seasonality import poisson_binomial_tail
from footprint.violence.seasonality.recurrence import jeffreys, left_out_years_hit
from footprint.violence.seasonality.scan import best_window, hit_table, scan_p
from tests.worlds import SEASONALITY_NUMBERS

RULE = SEASONALITY_NUMBERS
OCTOBER_TO_DECEMBER = [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3]
MARCH = [0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0]
EVEN = [1] * 12

calendars = arrays(np.int64, st.tuples(st.integers(4, 5), st.just(12)), elements=st.integers(0, 4))


def hits_of(*years):
    return hit_table(np.array(years), RULE)


def brute_force_p(hits):
    """Rotate every year in every way and scan again, as the words say it."""
    observed = best_window(hits, RULE.lengths).score
    reached = []
    for turns in product(range(12), repeat=len(hits) - 1):
        turned = [hits[0], *(np.roll(year, turn, axis=1) for year, turn in zip(hits[1:], turns, strict=True))]
        reached.append(best_window(np.stack(turned), RULE.lengths).score >= observed - 1e-9)
    return np.mean(reached)


def test_a_window_with_twice_its_even_share_is_a_hit():
    year = np.array([2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0])  # 12 incidents: 2 in a month is twice its share
    assert hit_table(year, RULE)[0].tolist() == [True, True] + [False] * 10
    assert not hit_table(year, RULE)[1].any() or hit_table(year, RULE)[1].tolist() == [True] + [False] * 11


def test_one_incident_is_never_a_hit():
    lonely = np.array([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1])
    assert not hit_table(lonely, RULE)[0].any()


def test_windows_run_over_the_cut():
    year = np.array([3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3])
    assert hit_table(year, RULE)[1, 11]


def test_the_best_window_is_the_one_the_years_share():
    hits = hits_of(OCTOBER_TO_DECEMBER, OCTOBER_TO_DECEMBER, OCTOBER_TO_DECEMBER, MARCH)
    window = best_window(hits, RULE.lengths)
    assert window.start in (9, 10, 11)
    assert window.score > 2


def test_even_years_have_no_window_and_p_one():
    hits = hits_of(EVEN, EVEN, EVEN, EVEN)
    assert best_window(hits, RULE.lengths).score == -np.inf
    assert scan_p(hits, -np.inf, None) == 1.0


@pytest.mark.parametrize("seed", range(6))
def test_the_exact_scan_equals_brute_force(seed):
    rng = np.random.default_rng(seed)
    hits = hit_table(rng.multinomial(8, rng.dirichlet(np.full(12, 0.4), 4)), RULE)
    assert scan_p(hits, best_window(hits, RULE.lengths).score, None) == pytest.approx(
        brute_force_p(hits), abs=1e-12
    )


def test_drawn_rotations_come_near_the_exact_p():
    rng = np.random.default_rng(3)
    hits = hit_table(rng.multinomial(8, rng.dirichlet(np.full(12, 0.4), 5)), RULE)
    score = best_window(hits, RULE.lengths).score
    exact = scan_p(hits, score, None)
    drawn = scan_p(hits, score, rng.integers(0, 12, (9_999, 5)))
    assert drawn == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 9_999) + 1e-4)


@pytest.mark.parametrize("start", [0, 4, 11])
@pytest.mark.parametrize("column", range(4))
def test_a_fixed_window_has_the_p_of_all_rotations(column, start):
    rng = np.random.default_rng(column)
    hits = hit_table(rng.multinomial(9, rng.dirichlet(np.full(12, 0.4), 4)), RULE)[:, column]
    k = int(hits[:, start].sum())
    every = [
        sum(year[turn] for year, turn in zip(hits, turns, strict=True))
        for turns in product(range(12), repeat=4)
    ]
    assert poisson_binomial_tail(hits.mean(axis=1), k) == pytest.approx(
        np.mean(np.array(every) >= k), abs=1e-12
    )


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.integers(-1, 9))
def test_poisson_binomial_equals_enumeration(chances, k):
    total = 0.0
    for outcome in product((0, 1), repeat=len(chances)):
        if sum(outcome) >= k:
            total += np.prod(
                [chance if won else 1 - chance for chance, won in zip(chances, outcome, strict=True)]
            )
    assert poisson_binomial_tail(np.array(chances), k) == pytest.approx(total, abs=1e-12)


def test_poisson_binomial_of_equal_chances_is_binomial():
    assert poisson_binomial_tail(np.full(30, 0.3), 12) == pytest.approx(binom.sf(11, 30, 0.3), rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(calendars, st.integers(1, 11))
def test_turning_all_years_alike_changes_no_p(counts, turn):
    hits, turned = hit_table(counts, RULE), hit_table(np.roll(counts, turn, axis=1), RULE)
    score, other = best_window(hits, RULE.lengths).score, best_window(turned, RULE.lengths).score
    assert score == pytest.approx(other)
    assert scan_p(hits, score, None) == scan_p(turned, other, None)


@settings(max_examples=40, deadline=None)
@given(calendars, st.randoms(use_true_random=False))
def test_the_order_of_years_changes_no_p(counts, random):
    order = list(range(len(counts)))
    random.shuffle(order)
    hits = hit_table(counts, RULE)
    score = best_window(hits, RULE.lengths).score
    assert scan_p(hits, score, None) == pytest.approx(scan_p(hits[order], score, None), abs=1e-12)


def test_fourteen_years_fit_the_counters():
    hits = hits_of(*[OCTOBER_TO_DECEMBER] * 40)
    window = best_window(hits, RULE.lengths)
    offsets = np.random.default_rng(0).integers(0, 12, (999, 40))
    assert scan_p(hits, window.score, offsets) == pytest.approx(1 / 1000)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"), [(6, 8, 0.41, 0.94), (0, 5, 0.0, 0.38), (5, 5, 0.62, 1.0)]
)
def test_jeffreys_interval(k, n, low, high):
    assert jeffreys(k, n) == pytest.approx((low, high), abs=0.006)


def test_left_out_years_are_predicted_only_by_the_others():
    alike = hits_of(OCTOBER_TO_DECEMBER, OCTOBER_TO_DECEMBER, OCTOBER_TO_DECEMBER, OCTOBER_TO_DECEMBER, MARCH)
    assert left_out_years_hit(alike, RULE.lengths) == 4  # March never follows from the others
    strangers = [np.roll(MARCH, shift).tolist() for shift in (0, 5, 8)]
    assert left_out_years_hit(hits_of(*strangers), (1,)) == 0
