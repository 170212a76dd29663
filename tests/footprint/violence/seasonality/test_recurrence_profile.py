"""The profile: sums to one, follows the nation where data are thin and the area where they are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from footprint.violence.seasonality import seasonal_profile
from footprint.violence.seasonality.profile import left_out_score, yearly_strength
from tests.footprint.violence.seasonality.simulate import make_calendar
from tests.worlds import SEASONALITY_NUMBERS


def profiled(calendar, **options):
    """Return the profiles under the shipped numbers."""
    return seasonal_profile(calendar, SEASONALITY_NUMBERS, **options)


counts_of_areas = arrays(
    np.int64, st.tuples(st.integers(1, 4), st.integers(1, 4), st.just(12)), elements=st.integers(0, 6)
)


@settings(max_examples=40)
@given(counts_of_areas)
def test_shares_are_shares_and_sum_to_one(counts):
    profile = profiled(make_calendar(counts), n_resamples=5)
    assert (profile.share >= 0).all()
    assert profile.share.sum(axis=1) == pytest.approx(1.0)
    assert profile.need.sum(axis=1) == pytest.approx(1.0)
    assert (profile.low <= profile.high).all()


def test_january_comes_first_wherever_years_are_cut():
    only_october = np.zeros((1, 3, 12), dtype=int)
    only_october[:, :, 2] = 5  # third month after a cut in August
    profile = profiled(make_calendar(only_october, first_month=8), n_resamples=0)
    assert profile.share[0].argmax() == 9


def test_an_area_without_incidents_follows_the_nation():
    busy = np.tile([0] * 9 + [4, 3, 3], (6, 1))
    profile = profiled(make_calendar([busy, busy * 0], first_month=1), n_resamples=20)
    assert profile.share[1] == pytest.approx(profile.national)


def test_no_incidents_at_all_is_flat():
    profile = profiled(make_calendar(np.zeros((2, 5, 12), dtype=int)), n_resamples=3)
    assert profile.share == pytest.approx(1 / 12)


def test_areas_alike_are_pooled_and_areas_apart_are_not():
    rng = np.random.default_rng(0)
    alike = rng.multinomial(10, np.full(12, 1 / 12), size=(30, 4))
    apart = np.stack([np.roll([[10] + [0] * 11] * 4, area, axis=1) for area in range(12)])
    assert profiled(make_calendar(alike), n_resamples=0).strength > 200
    assert profiled(make_calendar(apart), n_resamples=0).strength < 2


def test_a_burst_in_one_year_is_variance_and_no_season():
    """Each area has one month of one year with forty incidents: pooled over years it would look like its season."""
    rng = np.random.default_rng(1)
    counts = rng.multinomial(12, np.full(12, 1 / 12), size=(20, 6))
    for area in counts:
        area[rng.integers(6), rng.integers(12)] += 40
    profile = profiled(make_calendar(counts), n_resamples=0)
    raw = counts.sum(axis=1) / counts.sum(axis=(1, 2))[:, None]
    assert raw.max(axis=1).min() > 0.3
    assert profile.share.max() < 0.2
    assert profile.strength > 200


def test_the_strength_is_the_likeliest():
    rng = np.random.default_rng(1)
    national = rng.dirichlet(np.full(12, 3.0))
    counts = np.stack([rng.multinomial(20, rng.dirichlet(20 * national), size=5) for _ in range(80)])
    strength = yearly_strength(counts)
    assert strength == pytest.approx(20, rel=0.35)
    best = left_out_score(counts, strength)
    assert all(best >= left_out_score(counts, strength * factor) for factor in (0.5, 0.9, 1.1, 2))


def test_the_score_of_a_year_is_that_of_the_profile_of_the_others():
    counts = np.zeros((1, 2, 12), dtype=int)
    counts[0, 0, 0], counts[0, 1, 1] = 2, 3  # two in January, then three in February
    january_then = np.log((0 + 4 * 0.5 / 9) / (3 + 4))  # known: three in February; nation: half of 3 + 6
    february_then = np.log((0 + 4 * 0.5 / 8) / (2 + 4))
    assert left_out_score(counts, 4.0) == pytest.approx(2 * january_then + 3 * february_then)


def test_a_season_that_lasts_earns_its_place_and_one_that_never_was_does_not():
    rng = np.random.default_rng(3)
    season = np.ones(12)
    season[9:] = 6
    steady = rng.multinomial(20, season / season.sum(), size=(4, 7))
    bursts = np.stack([[np.roll([12] + [0] * 11, rng.integers(12)) for _ in range(7)] for _ in range(4)])
    profile = profiled(make_calendar(np.concatenate([steady, bursts]), first_month=1), n_resamples=0)
    assert profile.earned[:4].all()
    assert not profile.earned[4:].any()
    assert profile.n_earned == 4
    assert profile.need[4:] == pytest.approx(1 / 12)
    assert (profile.need[:4, 9:] > 1.5 / 12).all()
    assert (profile.forecast == 6).all()


def test_two_years_forecast_are_not_three():
    season = np.tile([0] * 9 + [6, 6, 6], (3, 1))
    profile = profiled(make_calendar([season, season], first_month=1), n_resamples=0)
    assert profile.forecast.tolist() == [2, 2]
    assert not profile.earned.any()


def test_a_year_with_too_few_incidents_is_not_forecast():
    season = np.tile([0] * 9 + [6, 6, 6], (6, 1))
    season[4] = [0] * 9 + [1, 1, 1]
    profile = profiled(make_calendar([season], first_month=1), n_resamples=0)
    assert profile.forecast.tolist() == [4]


def test_the_outbreak_of_a_war_earns_nothing():
    """One December with thirty incidents, after one with one, is a great success of a forecast: once."""
    quiet = [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]
    years = [[0] * 11 + [4], [0] * 11 + [30], *[quiet] * 4]
    profile = profiled(make_calendar([years], first_month=1), n_resamples=0)
    assert profile.gain[0] > 1
    assert not profile.earned[0]


def test_luck_earns_little():
    rng = np.random.default_rng(6)
    flat = rng.multinomial(15, np.full(12, 1 / 12), size=(200, 8))
    assert profiled(make_calendar(flat), n_resamples=0).earned.mean() <= 0.03


def test_more_years_narrow_the_band():
    rng = np.random.default_rng(2)
    few = rng.multinomial(20, np.full(12, 1 / 12), size=(3, 4))
    many = rng.multinomial(20, np.full(12, 1 / 12), size=(3, 40))
    width = [np.mean(p.high - p.low) for p in (profiled(make_calendar(c)) for c in (few, many))]
    assert width[1] < width[0]


def test_the_same_seed_gives_the_same_band():
    counts = np.random.default_rng(3).poisson(1.0, (3, 6, 12))
    one, other = (profiled(make_calendar(counts)) for _ in range(2))
    assert np.array_equal(one.low, other.low)
