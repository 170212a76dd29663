"""Gi*: the published example, an independent implementation, exhaustive enumeration, and laws."""

from __future__ import annotations

from itertools import combinations, permutations

import libpysal
import numpy as np
import pytest
from esda import G_Local
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cdist
from scipy.stats import false_discovery_control

from footprint.violence.hotspots import benjamini_hochberg, disc_kernel, gi_star, permutation_tails
from footprint.violence.hotspots.gistar import window_sums
from footprint.violence.hotspots.permutation import tails_of_orders

SMALL = arrays(np.int64, (5, 6), elements=st.integers(0, 5))
MASKS = arrays(np.bool_, (5, 6))


def by_hand(counts, mask, kernel):
    """Gi* by its definition, one pair of cells at a time."""
    places = np.argwhere(mask)
    values = counts[mask].astype(float)
    n, mean, deviation = len(values), values.mean(), values.std()
    middle = np.array(kernel.shape) // 2
    z = np.full(counts.shape, np.nan)
    for place in places:
        offsets = places - place + middle
        near = np.all((offsets >= 0) & (offsets < kernel.shape), axis=1)
        weight = np.where(near, kernel[tuple(np.clip(offsets, 0, np.array(kernel.shape) - 1).T)], 0.0)
        spread = (n * (weight**2).sum() - weight.sum() ** 2) / (n - 1) if n > 1 else 0.0
        if deviation > 0 and spread > 1e-9:
            z[tuple(place)] = ((weight * values).sum() - mean * weight.sum()) / (deviation * np.sqrt(spread))
    return z


def test_the_published_six_points():
    # The example in the documentation of PySAL's local G, binary weights within 15 units, cells of 5 units.
    points = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
    counts, mask = np.zeros((7, 9)), np.zeros((7, 9), bool)
    for (x, y), value in zip(points, [2, 3, 3.2, 5, 8, 7], strict=True):
        counts[y // 5, x // 5], mask[y // 5, x // 5] = value, True
    z = gi_star(counts, mask, disc_kernel(3.0))
    published = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    assert [z[y // 5, x // 5] for x, y in points] == pytest.approx(published, abs=5e-9)


@pytest.mark.parametrize("radius", [1.0, 2.3, 4.0])
def test_gi_star_equals_esda(radius):
    rng = np.random.default_rng(0)
    counts = rng.negative_binomial(0.3, 0.3, size=(20, 23)).astype(float)
    rows, columns = np.indices(counts.shape)
    points = np.column_stack([rows.ravel(), columns.ravel()])
    weights = libpysal.weights.DistanceBand(points, radius + 1e-9, binary=True, silence_warnings=True)
    peer = G_Local(counts.ravel(), weights, transform="B", star=True, permutations=0)
    z = gi_star(counts, np.ones(counts.shape, bool), disc_kernel(radius))
    assert np.abs(z.ravel() - peer.Zs).max() < 1e-9


@settings(max_examples=60)
@given(SMALL, MASKS.filter(np.any), st.sampled_from([1.0, 1.5, 2.0, 9.0]))
@pytest.mark.slow
def test_gi_star_equals_its_definition_under_any_mask(counts, mask, radius):
    kernel = disc_kernel(radius)
    assert gi_star(counts, mask, kernel) == pytest.approx(
        by_hand(counts, mask, kernel), abs=1e-9, nan_ok=True
    )


def test_an_uneven_weighted_kernel_is_laid_as_drawn():
    rng = np.random.default_rng(1)
    counts, mask, kernel = rng.poisson(2, (8, 9)), rng.random((8, 9)) < 0.8, rng.random((3, 5))
    assert gi_star(counts, mask, kernel) == pytest.approx(
        by_hand(counts, mask, kernel), abs=1e-9, nan_ok=True
    )


def test_sums_of_whole_numbers_are_exact():
    counts = np.random.default_rng(2).integers(0, 10_000, (200, 200)).astype(float)
    sums = window_sums(counts, disc_kernel(7.0))
    assert np.array_equal(sums, np.rint(sums))
    assert sums[100, 100] == counts[93:108, 93:108][disc_kernel(7.0) > 0].sum()


def test_an_even_map_has_nothing_to_compare():
    assert np.isnan(gi_star(np.full((4, 4), 3.0), np.ones((4, 4), bool), disc_kernel(1.0))).all()


def test_cells_outside_the_mask_are_neither_judged_nor_counted():
    counts, mask = np.zeros((5, 5)), np.ones((5, 5), bool)
    counts[0, 0], mask[0, :] = 1_000, False
    counts[4, 4] = 2
    z = gi_star(counts, mask, disc_kernel(1.0))
    assert np.isnan(z[0]).all()
    assert z[1, 0] < 0


@settings(max_examples=40)
@given(SMALL, st.integers(1, 3), st.integers(1, 4))
def test_one_more_incident_never_lowers_the_rank_of_its_own_cell(counts, row, column):
    mask, kernel = np.ones(counts.shape, bool), disc_kernel(1.0)
    more = counts.copy()
    more[row, column] += 1
    if counts.std() == 0 or more.std() == 0:
        return
    inner = (slice(1, -1), slice(1, -1))  # cells with all their neighbours
    before, after = gi_star(counts, mask, kernel), gi_star(more, mask, kernel)
    above = [(z[inner] > z[row, column] + 1e-9).sum() for z in (before, after)]
    assert above[1] <= above[0]


def ring_world(values):
    """Cells on a line; a disc is a cell and those beside it. Values, sums, cells in each disc."""
    values = np.asarray(values, dtype=float)
    apart = cdist(np.arange(len(values))[:, None], np.arange(len(values))[:, None])
    near = apart <= 1
    return values, near @ values, near.sum(axis=1)


@pytest.mark.parametrize("values", [[0, 1, 3, 0, 2, 5], [4, 4, 0, 0, 0, 1, 0], [0, 0.5, 2, 0.25, 0, 1]])
def test_every_order_gives_the_exhaustive_p_with_the_own_cell_counted(values):
    values, sums, number = ring_world(values)
    orders = np.array(list(permutations(range(len(values)))), dtype=np.int32)
    tails = tails_of_orders(values, sums, number, orders)
    for cell in range(len(values)):
        drawn = np.array([sum(chosen) for chosen in combinations(values, number[cell])])
        assert tails.at_least[cell] / len(orders) == pytest.approx(
            np.mean(drawn >= sums[cell] - 1e-9), abs=1e-12
        )
        assert tails.at_most[cell] / len(orders) == pytest.approx(
            np.mean(drawn <= sums[cell] + 1e-9), abs=1e-12
        )


def test_drawn_p_come_near_the_exhaustive_p():
    values, sums, number = ring_world([0, 1, 3, 0, 2, 5, 0, 1])
    exact = tails_of_orders(values, sums, number, np.array(list(permutations(range(8))), dtype=np.int32))
    drawn = permutation_tails(values, sums, number, n_draws=20_000, seed=1)
    share = exact.at_least / 40_320
    assert np.abs(drawn.at_least / 20_000 - share).max() < 4 * np.sqrt(0.25 / 20_000)


def test_p_does_not_depend_on_how_the_table_is_cut(monkeypatch):
    values, sums, number = ring_world(np.arange(30) % 7)
    whole = permutation_tails(values, sums, number, n_draws=500, seed=3)
    monkeypatch.setattr("footprint.violence.hotspots.permutation.TABLE_BYTES", 32 * 3 * 7)
    pieces = permutation_tails(values, sums, number, n_draws=500, seed=3)
    assert np.array_equal(whole.at_least, pieces.at_least)


def test_maps_of_the_same_values_share_one_table():
    values, sums, number = ring_world([0, 1, 3, 0, 2, 5, 0, 1])
    _, turned, _ = ring_world(values[::-1])
    both = permutation_tails(values, np.array([sums, turned]), number, n_draws=500, seed=3)
    alone = permutation_tails(values, turned, number, n_draws=500, seed=3)
    assert np.array_equal(both.at_least[1], alone.at_least)
    assert np.array_equal(both.at_most[1], alone.at_most)


def test_a_cell_alone_is_held_against_single_cells():
    # Three draws of one cell among three: nine comes up in a third of them.
    orders = np.array(list(permutations(range(3))), dtype=np.int32)
    values = np.array([9.0, 0, 0])
    tails = tails_of_orders(values, values, np.ones(3, dtype=np.int64), orders)
    assert tails.at_least.tolist() == [2, 6, 6]


def test_the_busiest_cell_is_not_left_cold_in_a_hot_ring():
    # A town of forty among eight cells of two: its neighbours are hot, and so must it be.
    counts = np.zeros((30, 30))
    counts[9:12, 9:12] = 2
    counts[10, 10] = 40
    sums = window_sums(counts, disc_kernel(1.5))
    number = window_sums(np.ones((30, 30)), disc_kernel(1.5)).astype(np.int64)
    tails = permutation_tails(counts.ravel(), sums.ravel(), number.ravel(), n_draws=999, seed=0)
    p = tails.p_high.reshape(30, 30)
    assert p[10, 10] == p.min()


def test_p_of_nothing_is_nothing():
    nothing = np.zeros(0)
    assert (
        permutation_tails(nothing, nothing, np.zeros(0, dtype=np.int64), n_draws=9, seed=0).p_high.size == 0
    )


@given(arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1)))
@pytest.mark.slow
def test_adjusted_p_equal_scipy_and_keep_their_order(p):
    adjusted = benjamini_hochberg(p)
    assert adjusted == pytest.approx(false_discovery_control(p, method="bh"), abs=1e-12)
    assert (adjusted >= p - 1e-15).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()


@given(arrays(np.float64, st.integers(2, 20), elements=st.floats(0, 1)), st.floats(0, 1))
@pytest.mark.slow
def test_a_smaller_p_never_raises_an_adjusted_p(p, factor):
    smaller = p.copy()
    smaller[0] *= factor
    assert (benjamini_hochberg(smaller) <= benjamini_hochberg(p) + 1e-12).all()


def test_untested_cells_are_no_tests():
    assert benjamini_hochberg(np.array([0.01, np.nan, 0.04])) == pytest.approx(
        [0.02, np.nan, 0.04], nan_ok=True
    )
