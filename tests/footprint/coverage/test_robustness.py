"""Robustness: hand worlds, all subsets as a second opinion, and the laws of fair shares."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from footprint.coverage.robustness import expected_best, shapley_shares

pytestmark = pytest.mark.slow

tables = arrays(
    np.float64,
    st.tuples(st.integers(1, 7), st.integers(1, 6)),
    elements=st.integers(0, 8).map(lambda step: step / 8),
)


def _best(coverage: NDArray[np.float64]) -> NDArray[np.float64]:
    return coverage.max(axis=0, initial=0.0)


def _weights(coverage: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.arange(1.0, coverage.shape[1] + 1)


def _by_all_subsets(coverage: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Reckon Shapley values from their definition."""
    n_sites = len(coverage)
    shares = np.zeros(n_sites)
    for site in range(n_sites):
        others = [other for other in range(n_sites) if other != site]
        for size in range(n_sites):
            chance = factorial(size) * factorial(n_sites - size - 1) / factorial(n_sites)
            for group in combinations(others, size):
                gain = _best(coverage[[*group, site]]) - _best(coverage[list(group)])
                shares[site] += chance * weights @ gain
    return shares


@pytest.mark.slow
def test_two_equal_sites_share_and_neither_is_missed() -> None:
    coverage = np.array([[1.0], [1.0]])
    assert shapley_shares(coverage, np.array([10.0])).tolist() == [5, 5]


def test_the_better_site_earns_the_step_it_alone_gives() -> None:
    coverage = np.array([[0.4], [1.0], [0.0]])
    assert shapley_shares(coverage, np.array([10.0])) == pytest.approx([2, 8, 0])


def test_the_expected_coverage_waits_for_the_best_open_site() -> None:
    coverage = np.array([[1.0, 0.0], [0.4, 0.5]])
    assert expected_best(coverage, np.array([0.5, 0.8])) == pytest.approx([0.5 + 0.5 * 0.8 * 0.4, 0.4])


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (2, 3)])
def test_nothing_covered_gives_nothing(shape: tuple[int, int]) -> None:
    coverage, weights = np.zeros(shape), np.ones(shape[1])
    assert (shapley_shares(coverage, weights) == 0).all()
    assert (expected_best(coverage, np.ones(shape[0])) == 0).all()


@given(coverage=tables)
def test_shares_equal_their_definition_over_all_subsets(coverage: NDArray[np.float64]) -> None:
    weights = _weights(coverage)
    assert shapley_shares(coverage, weights) == pytest.approx(_by_all_subsets(coverage, weights))


@given(coverage=tables, data=st.data())
def test_shares_are_fair(coverage: NDArray[np.float64], data: st.DataObject) -> None:
    weights = _weights(coverage)
    shares = shapley_shares(coverage, weights)
    assert shares.sum() == pytest.approx(weights @ _best(coverage))
    assert (shares >= 0).all()
    order = np.array(data.draw(st.permutations(range(len(coverage)))))
    assert shapley_shares(coverage[order], weights) == pytest.approx(shares[order])
    twins = shapley_shares(np.vstack([coverage, coverage[:1]]), weights)
    assert twins[0] == pytest.approx(twins[-1])
    with_idle = shapley_shares(np.vstack([coverage, np.zeros((1, coverage.shape[1]))]), weights)
    assert with_idle == pytest.approx(np.append(shares, 0.0))


@given(coverage=tables, seed=st.integers(0, 1000))
def test_expectations_equal_the_mean_over_all_closures(coverage: NDArray[np.float64], seed: int) -> None:
    is_open = np.random.default_rng(seed).random(len(coverage)).round(2)
    mean = np.zeros(coverage.shape[1])
    for state in np.ndindex(*[2] * len(coverage)):
        kept = np.array(state, dtype=bool)
        mean += np.where(kept, is_open, 1 - is_open).prod() * _best(coverage[kept])
    assert expected_best(coverage, is_open) == pytest.approx(mean)


@given(coverage=tables)
def test_short_floats_and_other_layouts_give_the_same(coverage: NDArray[np.float64]) -> None:
    weights = _weights(coverage)
    other = np.asfortranarray(coverage.astype(np.float32))
    assert shapley_shares(other, weights) == pytest.approx(shapley_shares(coverage, weights))
