"""The profile: sums to one, follows the nation where data are thin and the area where they are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from footprint.violence.seasonality import seasonal_profile
from footprint.violence.seasonality.profile import dirichlet_strength, log_likelihood
from tests.footprint.violence.seasonality.simulate import make_calendar

counts_of_areas = arrays(
    np.int64, st.tuples(st.integers(1, 4), st.integers(1, 4), st.just(12)), elements=st.integers(0, 6)
)


@settings(max_examples=40, deadline=None)
@given(counts_of_areas)
def test_shares_are_shares_and_sum_to_one(counts):
    profile = seasonal_profile(make_calendar(counts), n_resamples=5)
    assert (profile.share >= 0).all()
    assert profile.share.sum(axis=1) == pytest.approx(1.0)
    assert profile.factor.mean(axis=1) == pytest.approx(1.0)
    assert (profile.low <= profile.high).all()


def test_january_comes_first_wherever_years_are_cut():
    only_october = np.zeros((1, 3, 12), dtype=int)
    only_october[:, :, 2] = 5  # third month after a cut in August
    profile = seasonal_profile(make_calendar(only_october, first_month=8), n_resamples=0)
    assert profile.share[0].argmax() == 9


def test_an_area_without_incidents_follows_the_nation():
    busy = np.tile([0] * 9 + [4, 3, 3], (6, 1))
    profile = seasonal_profile(make_calendar([busy, busy * 0], first_month=1), n_resamples=20)
    assert profile.share[1] == pytest.approx(profile.national)


def test_no_incidents_at_all_is_flat():
    profile = seasonal_profile(make_calendar(np.zeros((2, 5, 12), dtype=int)), n_resamples=3)
    assert profile.factor == pytest.approx(1.0)


def test_areas_alike_are_pooled_and_areas_apart_are_not():
    rng = np.random.default_rng(0)
    alike = rng.multinomial(40, np.full(12, 1 / 12), size=(30, 1))
    apart = np.stack([np.roll([[40] + [0] * 11], area, axis=1) for area in range(12)])
    assert seasonal_profile(make_calendar(alike), n_resamples=0).strength > 200
    assert seasonal_profile(make_calendar(apart), n_resamples=0).strength < 2


def test_the_strength_is_the_likeliest():
    rng = np.random.default_rng(1)
    national = rng.dirichlet(np.full(12, 3.0))
    counts = np.stack([rng.multinomial(50, rng.dirichlet(20 * national)) for _ in range(60)])
    strength = dirichlet_strength(counts, national)
    assert strength == pytest.approx(20, rel=0.35)
    best = log_likelihood(counts, national, strength)
    assert all(best >= log_likelihood(counts, national, strength * factor) for factor in (0.5, 0.9, 1.1, 2))


def test_the_likelihood_is_the_product_of_urn_draws():
    national, strength = np.array([0.5, 0.5] + [0.0] * 10), 4.0
    counts = np.array([[2, 1] + [0] * 10])
    urn = (2 / 4) * (3 / 5) * (2 / 6)  # Pólya's urn: January, January, February
    assert log_likelihood(counts, national, strength) == pytest.approx(np.log(urn))


def test_more_years_narrow_the_band():
    rng = np.random.default_rng(2)
    few = rng.multinomial(20, np.full(12, 1 / 12), size=(3, 4))
    many = rng.multinomial(20, np.full(12, 1 / 12), size=(3, 40))
    width = [np.mean(p.high - p.low) for p in (seasonal_profile(make_calendar(c)) for c in (few, many))]
    assert width[1] < width[0]


def test_the_same_seed_gives_the_same_band():
    counts = np.random.default_rng(3).poisson(1.0, (3, 6, 12))
    one, other = (seasonal_profile(make_calendar(counts), seed=7) for _ in range(2))
    assert np.array_equal(one.low, other.low)
