"""Siting: medium worlds against the plainest integer programme of each problem, solved by scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from footprint.siting.answer import SitingStatus
from footprint.siting.solving import solve_cover, solve_median
from tests.footprint.siting.worlds import PATIENT, distances_of

pytestmark = pytest.mark.slow

RADIUS, P = 0.2, 4


def world(seed):
    draw = np.random.default_rng(seed)
    distances = np.hypot(*(draw.random((40, 1, 2)) - draw.random((1, 25, 2))).transpose(2, 0, 1))
    return distances_of(distances, weights=draw.integers(1, 20, 40))


def plain(costs, rows, least, integers):
    """Return the least cost of columns from 0 to 1, the first of them whole."""
    whole = np.arange(len(costs)) < integers
    found = milp(
        costs, integrality=whole, bounds=Bounds(0, 1), constraints=LinearConstraint(rows, least, np.inf)
    )
    return found.fun if found.success else np.inf


@pytest.mark.parametrize("seed", range(5))
def test_maximal_covering_is_as_scipy_finds_it(seed):
    place = world(seed)
    covered = place.distances <= RADIUS
    n, m = covered.shape
    rows = np.block([[covered, -np.eye(n)], [-np.ones((1, m)), np.zeros((1, n))]])
    best = -plain(np.r_[np.zeros(m), -place.weights], rows, np.r_[np.zeros(n), -P], m)
    answer = solve_cover(place, PATIENT, radius=RADIUS, p=P, every=False)
    assert answer.bracket.objective == pytest.approx(best)
    assert answer.status is SitingStatus.OPTIMAL


@pytest.mark.parametrize("seed", range(5))
def test_the_median_is_as_scipy_finds_it(seed):
    place = world(seed)
    n, m = place.distances.shape
    served = np.kron(np.eye(n), np.ones((1, m)))
    only_open = np.hstack([np.tile(np.eye(m), (n, 1)), -np.eye(n * m)])
    rows = np.vstack(
        [
            np.hstack([np.zeros((n, m)), served]),
            only_open,
            np.r_[-np.ones(m), np.zeros(n * m)],
        ]
    )
    costs = np.r_[np.zeros(m), (place.distances * place.weights[:, None]).ravel()]
    best = plain(costs, rows, np.r_[np.ones(n), np.zeros(n * m), -P], m)
    answer = solve_median(place, PATIENT, p=P, centre=False)
    assert answer.bracket.objective == pytest.approx(best)
    assert answer.bracket.bound == pytest.approx(best, rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_set_covering_and_the_centre_are_as_scipy_finds_them(seed):
    place = world(seed)
    _, m = place.distances.shape
    centre = solve_median(place, PATIENT, p=P, centre=True).bracket.objective
    for radius, enough in ((centre, True), (np.nextafter(centre * (1 - 1e-8), 0), False)):
        fewest = plain(np.ones(m), (place.distances <= radius).astype(float), np.ones(40), m)
        assert (round(min(fewest, 99)) <= P) is enough
        answer = solve_cover(place, PATIENT, radius=radius, p=None, every=True)
        if np.isfinite(fewest):
            assert answer.bracket.objective == round(fewest)
        else:
            assert answer.status is SitingStatus.INFEASIBLE
