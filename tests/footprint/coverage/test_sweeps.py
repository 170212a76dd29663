"""Sweeps: merged cells must say exactly what the nearest open site says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.coverage.sweeps import signatures, sweep

INF = np.inf


def _direct(minutes: np.ndarray, weights: np.ndarray, is_open: np.ndarray, limit: float) -> np.ndarray:
    covered = [weights[(minutes[row] <= limit).any(axis=0)].sum() for row in is_open]
    return np.array(covered).reshape(len(is_open))


def test_cells_the_same_sites_reach_are_one_class() -> None:
    minutes = np.array([[10, 20, 90, INF], [90, 70, 30, INF]], dtype=np.float32)
    found = signatures(minutes, np.array([1, 2, 4, 8.0]), limit_min=60)
    assert found.masks.ravel().tolist() == [0b01, 0b10]
    assert found.weights.tolist() == [3, 4]
    assert found.total == 15


def test_each_scenario_counts_the_classes_it_reaches() -> None:
    minutes = np.array([[10, 20, 90, INF], [90, 60, 30, INF]], dtype=np.float32)
    found = signatures(minutes, np.array([1, 2, 4, 8.0]), limit_min=60)
    scenarios = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=bool)
    assert sweep(found, scenarios).tolist() == [0, 3, 6, 7]


@pytest.mark.parametrize("shape", [(0, 5), (3, 0), (3, 5)])
def test_nothing_covered_is_zero(shape: tuple[int, int]) -> None:
    found = signatures(np.full(shape, INF, "float32"), np.ones(shape[1]), limit_min=60)
    assert len(found.weights) == 0
    assert sweep(found, np.ones((2, shape[0]), dtype=bool)).tolist() == [0, 0]


@pytest.mark.parametrize("n_sites", [1, 63, 64, 65, 128, 150])
def test_any_number_of_sites_agrees_with_the_nearest(n_sites: int) -> None:
    draw = np.random.default_rng(n_sites)
    minutes = draw.uniform(0, 600, (n_sites, 400)).astype(np.float32)
    weights = draw.lognormal(3, 1.5, 400)
    is_open = draw.random((50, n_sites)) < draw.random((50, 1))
    found = signatures(minutes, weights, limit_min=40)
    assert sweep(found, is_open) == pytest.approx(_direct(minutes, weights, is_open, 40))


@given(seed=st.integers(0, 10_000), n_sites=st.integers(1, 70), limit=st.integers(0, 60))
@pytest.mark.slow
def test_a_sweep_equals_direct_reckoning_whatever_the_order(seed: int, n_sites: int, limit: int) -> None:
    draw = np.random.default_rng(seed)
    minutes = draw.integers(0, 60, (n_sites, 40)).astype(np.float32)
    minutes[draw.random(minutes.shape) < 0.3] = INF
    weights = draw.integers(1, 9, 40).astype(float)
    is_open = draw.random((8, n_sites)) < 0.3
    direct = _direct(minutes, weights, is_open, limit)
    order, cells = draw.permutation(n_sites), draw.permutation(40)
    assert (sweep(signatures(minutes, weights, limit_min=limit), is_open) == direct).all()
    mixed = signatures(minutes[order][:, cells], weights[cells], limit_min=limit)
    assert (sweep(mixed, is_open[:, order]) == direct).all()
