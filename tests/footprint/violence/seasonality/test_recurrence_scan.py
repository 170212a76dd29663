"""The scan: the same as written out by hand, blind to bursts and growth, indifferent to names and cuts."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binom

from footprint.violence.seasonality import poisson_binomial_tail, scan
from footprint.violence.seasonality.recurrence import jeffreys
from footprint.violence.seasonality.scan import hit_table
from tests.footprint.violence.seasonality.simulate import pooled
from tests.worlds import SEASONALITY_NUMBERS

RULE = SEASONALITY_NUMBERS
QUICK = replace(RULE, draws=999)
OCTOBER_TO_DECEMBER = [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3]
MARCH = [0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0]
EVEN = [1] * 12

series_of_months = arrays(np.int64, st.integers(48, 62), elements=st.integers(0, 4))


def series(*years):
    return np.array(years).ravel()


def by_hand(months, draws, seed):
    """Return the share of rotated series that score as well, with plain NumPy and its own stream."""
    rng, observed = np.random.default_rng(seed), pooled(months, RULE).max()
    reached = 0
    for _ in range(draws):
        turned, cut = months.copy(), rng.integers(12)
        for first in range(cut, len(months) - 11, 12):
            turned[first : first + 12] = np.roll(months[first : first + 12], rng.integers(12))
        reached += pooled(turned, RULE).max() >= observed - 1e-9
    return (reached + 1) / (draws + 1)


def test_a_window_with_twice_its_even_share_is_a_hit():
    year = np.array([2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0])  # 12 incidents: 2 in a month is twice its share
    hits = hit_table(year, RULE)
    assert hits[0].tolist() == [True, True] + [False] * 10
    assert hits[1].tolist() == [True] + [False] * 11  # January and February: 4 of 12


def test_two_incidents_at_least_make_a_hit():
    assert not hit_table(np.array([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]), RULE)[0].any()


def test_a_window_runs_over_the_end_of_its_year():
    hits = hit_table(np.array([3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]), RULE)
    assert hits[1, 11]


@settings(max_examples=60)
@given(series_of_months)
@pytest.mark.slow
def test_the_score_is_that_of_the_words(months):
    scores = pooled(months, RULE)
    found = scan(months, replace(QUICK, draws=1))
    if np.isfinite(scores).any():
        assert found.score == pytest.approx(scores.max())
        assert scores[found.length - 1, found.start] == pytest.approx(scores.max())
    else:
        assert found.score == -np.inf


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_p_is_that_of_a_scan_written_by_hand(seed):
    rng = np.random.default_rng(seed)
    weights = np.ones(12)
    weights[3:6] = 2
    months = rng.multinomial(9, weights / weights.sum(), size=5).ravel()
    ours = scan(months, replace(RULE, draws=4_999, exceedances_max=99_999)).p
    theirs = by_hand(months, 400, seed)
    spread = np.sqrt(ours * (1 - ours) / 400 + 1e-6)
    assert theirs == pytest.approx(ours, abs=4 * spread + 0.005)


def test_the_fullest_of_windows_that_stand_out_alike_is_named():
    found = scan(series(*[[0] * 8 + [4, 3, 3, 0]] * 6), QUICK)
    assert (found.start, found.length) == (8, 3)
    assert found.p < 0.02


def test_one_bad_month_is_no_season():
    months = series(*[EVEN] * 8)
    months[40] += 60
    assert scan(months, QUICK).p > 0.05


def test_even_years_have_no_window_and_p_one():
    found = scan(series(*[EVEN] * 5), QUICK)
    assert (found.score, found.p) == (-np.inf, 1.0)


def test_fewer_months_than_a_year_have_none_either():
    assert scan(np.array([5, 5, 5]), QUICK).p == 1.0
    assert scan(np.zeros(0, int), QUICK).p == 1.0


def test_draws_that_end_early_keep_the_p():
    rng = np.random.default_rng(5)
    months = rng.poisson(1.0, 96)
    whole = scan(months, replace(RULE, exceedances_max=99_999)).p
    early = scan(months, replace(RULE, exceedances_max=400)).p
    assert whole > 0.05  # else nothing would end early
    assert early == pytest.approx(whole, rel=0.2)


@settings(max_examples=25)
@given(series_of_months, st.integers(1, 11))
def test_where_the_record_begins_in_the_year_moves_the_window_alone(months, turn):
    # The first and last months belong to fewer cuts, so a year without incidents stands at both ends.
    nothing = np.zeros(12, int)
    whole = np.concatenate([nothing, months, nothing])
    moved = np.concatenate([nothing[:turn], whole])
    one, other = scan(whole, replace(QUICK, draws=1)), scan(moved, replace(QUICK, draws=1))
    assert other.score == pytest.approx(one.score)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.integers(-1, 9))
@pytest.mark.slow
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


@pytest.mark.parametrize("start", [0, 4, 11])
@pytest.mark.parametrize("column", range(4))
@pytest.mark.slow
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


@pytest.mark.parametrize(
    ("k", "n", "low", "high"), [(6, 8, 0.41, 0.94), (0, 5, 0.0, 0.38), (5, 5, 0.62, 1.0)]
)
def test_jeffreys_interval(k, n, low, high):
    assert jeffreys(k, n) == pytest.approx((low, high), abs=0.006)
