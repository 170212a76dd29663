"""Nearest sites: hand-worked rows, and the laws of adding, closing and waiting longer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from footprint.coverage.nearest import leave_one_out, nearest_two, within

INF = np.inf

MINUTES = np.array(
    [
        [10, 50, 90, INF, INF],
        [70, 50, 20, 60, INF],
        [INF, 80, 30, 61, INF],
    ],
    dtype=np.float32,
)
"""Three sites, five cells; the last cell is cut off."""

PEOPLE = np.array([1, 2, 4, 8, 16.0])
ALL = np.arange(3)

tables = arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(1, 30)),
    elements=st.one_of(st.integers(0, 200).map(float), st.just(INF)),
)


def test_without_open_sites_nobody_is_reached() -> None:
    none = np.array([], dtype=int)
    two = nearest_two(MINUTES, none)
    assert set(two.owner) == {-1}
    assert leave_one_out(two, PEOPLE, limit_min=60).tolist() == []


def test_limits_are_inclusive_and_no_route_is_within_no_limit() -> None:
    nearest = nearest_two(MINUTES, ALL).best_min
    reached = [float(PEOPLE[within(nearest, limit)].sum()) for limit in (0, 10, 59.9, 60, 1e9, INF)]
    assert reached == [0, 1, 7, 15, 15, 15]


def test_the_second_to_arrive_and_the_owner() -> None:
    two = nearest_two(MINUTES, ALL)
    assert two.best_min.tolist() == [10, 50, 20, 60, INF]
    assert two.second_min.tolist() == [70, 50, 30, 61, INF]
    assert two.owner.tolist() == [0, 0, 1, 1, -1]


def test_a_site_is_missed_where_no_other_arrives_in_time() -> None:
    two = nearest_two(MINUTES, ALL)
    assert leave_one_out(two, PEOPLE, limit_min=60).tolist() == [1, 8, 0]


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    two = nearest_two(MINUTES, ALL)
    monkeypatch.setattr("footprint.coverage.nearest.BLOCK_CELLS", 2)
    by_two = nearest_two(MINUTES, ALL)
    assert (by_two.second_min == two.second_min).all()
    assert (by_two.owner == two.owner).all()


@given(minutes=tables)
@pytest.mark.slow
def test_nearest_is_the_smallest_of_all(minutes: NDArray[np.float32]) -> None:
    sites = np.arange(len(minutes))
    padded = np.vstack([minutes, np.full((1, minutes.shape[1]), INF, "float32")])
    two = nearest_two(minutes, sites)
    assert (two.best_min == minutes.min(axis=0)).all()
    assert (two.second_min == np.sort(padded, axis=0)[1]).all()
    owned = two.owner >= 0
    assert (owned == np.isfinite(two.best_min)).all()
    assert (minutes[two.owner[owned], np.flatnonzero(owned)] == two.best_min[owned]).all()


@given(minutes=tables, limit=st.integers(0, 200), data=st.data())
@pytest.mark.slow
def test_leaving_one_out_equals_reckoning_without_it(
    minutes: NDArray[np.float32], limit: int, data: st.DataObject
) -> None:
    weights = np.arange(1.0, minutes.shape[1] + 1)
    order = np.array(data.draw(st.permutations(range(len(minutes)))))
    whole = _reached(minutes, weights, limit)
    without = [_reached(np.delete(minutes, site, axis=0), weights, limit) for site in range(len(minutes))]
    losses = leave_one_out(nearest_two(minutes, order), weights, limit_min=limit)
    assert losses == pytest.approx(whole - np.array(without))


def _reached(minutes: NDArray[np.float32], weights: NDArray[np.float64], limit: float) -> float:
    """Return the weight within a limit, the plain way."""
    return float(weights[minutes.min(axis=0, initial=INF) <= limit].sum())
