"""Siting: worlds worked by hand, and random ones against full enumeration."""

from __future__ import annotations

import math

import numpy as np
import pytest

from footprint.siting.answer import SitingStatus
from footprint.siting.faults import SitingQuestionError
from footprint.siting.solving import Effort, solve_cover, solve_median
from tests.footprint.siting.worlds import (
    PATIENT,
    distances_of,
    least_cost,
    least_farthest,
    least_sum,
    most_covered,
    sets_of,
)

LINE = np.abs(np.arange(5.0)[:, None] - np.arange(5.0))
"""Five places on a line, one apart: 0 1 2 3 4."""
SEEDS = range(80)


def chosen(answer):
    return tuple(site + 1 for site in answer.bracket.chosen)


def test_the_median_of_a_line_is_its_middle():
    answer = solve_median(distances_of(LINE), PATIENT, p=1, centre=False)
    assert (chosen(answer), answer.bracket.objective) == ((3,), 6.0)
    assert answer.status is SitingStatus.OPTIMAL


def test_a_heavy_end_draws_the_median_to_it():
    answer = solve_median(distances_of(LINE, weights=[9, 1, 1, 1, 1]), PATIENT, p=1, centre=False)
    assert (chosen(answer), answer.bracket.objective) == ((1,), 10.0)


def test_the_centre_counts_every_point_alike():
    answer = solve_median(distances_of(LINE, weights=[9, 1, 1, 1, 1]), PATIENT, p=1, centre=True)
    assert (chosen(answer), answer.bracket.objective) == ((3,), 2.0)


def test_a_radius_holds_its_own_end():
    at_the_end = solve_cover(distances_of(LINE), PATIENT, radius=1.0, p=1, every=False)
    short_of_it = solve_cover(distances_of(LINE), PATIENT, radius=0.999, p=1, every=False)
    assert (at_the_end.bracket.objective, short_of_it.bracket.objective) == (3.0, 1.0)


def test_a_radius_holds_its_end_though_lengths_add_up_inexactly():
    far = [[0.1 + 0.2]]
    assert solve_cover(distances_of(far), PATIENT, radius=0.3, p=1, every=False).bracket.objective == 1.0


def test_all_of_a_line_is_covered_by_two():
    answer = solve_cover(distances_of(LINE, p=1), PATIENT, radius=1.0, p=None, every=True)
    assert (answer.bracket.objective, answer.bracket.bound, answer.allowed) == (2.0, 2.0, None)


def test_a_dear_column_gives_way_to_two_cheap_ones():
    answer = solve_cover(
        sets_of([[1, 1, 0], [1, 0, 1]], [5, 2, 2]), PATIENT, radius=None, p=None, every=False
    )
    assert (chosen(answer), answer.bracket.objective) == ((2, 3), 4.0)


def test_rows_without_a_column_are_named_and_nothing_is_chosen():
    answer = solve_cover(sets_of([[1, 0], [0, 0]], [1, 1]), PATIENT, radius=None, p=None, every=False)
    assert (answer.status, answer.unserved, chosen(answer)) == (SitingStatus.INFEASIBLE, (1,), ())
    assert math.isnan(answer.bracket.gap)


def test_two_islands_have_no_median_of_one_site():
    islands = [[0, 1, math.inf], [1, 0, math.inf], [math.inf, math.inf, 0]]
    for centre in (False, True):
        answer = solve_median(distances_of(islands), PATIENT, p=1, centre=centre)
        assert answer.status is SitingStatus.INFEASIBLE
        both = solve_median(distances_of(islands), PATIENT, p=2, centre=centre)
        assert (both.status, both.bracket.objective) == (SitingStatus.OPTIMAL, 1.0)


def test_points_without_weight_ask_for_nothing():
    nothing = distances_of(LINE, weights=[0] * 5)
    assert solve_median(nothing, PATIENT, p=2, centre=False).bracket.objective == 0.0
    assert solve_cover(nothing, PATIENT, radius=1.0, p=2, every=False).bracket.gap == 0.0


def test_all_sites_open_leave_no_distance():
    for centre in (False, True):
        answer = solve_median(distances_of(LINE), PATIENT, p=5, centre=centre)
        assert (answer.bracket.objective, answer.status) == (0.0, SitingStatus.OPTIMAL)


def test_as_many_sites_are_named_as_were_asked_for():
    answer = solve_cover(distances_of(LINE), PATIENT, radius=4.0, p=3, every=False)
    assert len(answer.bracket.chosen) == 3


def test_the_number_of_sites_is_the_file_s_own_where_nobody_says_another():
    world = distances_of(LINE, p=2)
    assert solve_cover(world, PATIENT, radius=1.0, p=None, every=False).allowed == 2
    assert solve_cover(world, PATIENT, radius=1.0, p=1, every=False).allowed == 1


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda: solve_median(distances_of(LINE), PATIENT, p=6, centre=False), "6 sites are asked for; drawn has 5"),
        (lambda: solve_median(distances_of(LINE), PATIENT, p=None, centre=False), "add --p"),
        (lambda: solve_cover(distances_of(LINE), PATIENT, radius=None, p=1, every=False), "by --radius"),
        (lambda: solve_cover(sets_of([[1]], [1]), PATIENT, radius=1, p=1, every=False), "leave out --radius"),
        (lambda: solve_median(sets_of([[1]], [1]), PATIENT, p=1, centre=False), "no distances"),
    ],
)  # fmt: skip
def test_a_question_that_does_not_fit_is_refused_with_what_to_do(asked, words):
    with pytest.raises(SitingQuestionError, match=words):
        asked()


def random_distances(seed):
    """Return a world that encloses ties, inf, whole and broken lengths, and weights of 0 by turns."""
    draw = np.random.default_rng(seed)
    n, m = int(draw.integers(1, 12)), int(draw.integers(1, 10))
    distances = draw.integers(0, 9, (n, m)).astype(float) if seed % 2 else draw.random((n, m)) * 9
    if seed % 3 == 0:
        distances[draw.random((n, m)) < 0.3] = np.inf
    weights = draw.integers(0, 5, n).astype(float) if seed % 5 else draw.random(n) + 0.1
    return distances, weights, int(draw.integers(1, m + 1))


def check(answer, best):
    """Hold an answer against the best there is: equal, bounded and optimal; or nothing where there is nothing."""
    if not math.isfinite(best):
        assert answer.status is SitingStatus.INFEASIBLE
        return
    assert answer.bracket.objective == pytest.approx(best, rel=1e-9, abs=1e-9)
    assert answer.bracket.bound == pytest.approx(best, rel=1e-6, abs=1e-9)
    assert answer.status is SitingStatus.OPTIMAL


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.slow
def test_the_median_equals_full_enumeration(seed):
    distances, weights, p = random_distances(seed)
    if not np.isfinite(distances).any(axis=1).all():
        distances[:, 0] = np.where(np.isfinite(distances[:, 0]), distances[:, 0], 3.0)
    answer = solve_median(distances_of(distances, weights=weights), PATIENT, p=p, centre=False)
    check(answer, least_sum(distances, weights, p))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.slow
def test_the_centre_equals_full_enumeration(seed):
    distances, _, p = random_distances(seed)
    check(solve_median(distances_of(distances), PATIENT, p=p, centre=True), least_farthest(distances, p))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.slow
def test_maximal_covering_equals_full_enumeration(seed):
    distances, weights, p = random_distances(seed)
    answer = solve_cover(distances_of(distances, weights=weights), PATIENT, radius=3.0, p=p, every=False)
    check(answer, most_covered(distances <= 3.0, weights, p))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.slow
def test_set_covering_equals_full_enumeration(seed):
    distances, _, _ = random_distances(seed)
    costs = np.random.default_rng(seed).integers(0, 6, distances.shape[1]).astype(float)
    covered = distances <= 5.0
    answer = solve_cover(sets_of(covered, costs), PATIENT, radius=None, p=None, every=False)
    check(answer, least_cost(covered, costs))
    by_radius = solve_cover(distances_of(distances), PATIENT, radius=5.0, p=None, every=True)
    check(by_radius, least_cost(covered, np.ones(len(costs))))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.slow
def test_an_answer_is_worth_what_it_says(seed):
    draw = np.random.default_rng(seed)
    places, weights = draw.random((120, 2)), draw.integers(1, 9, 120).astype(float)
    distances = np.hypot(*(places[:, None] - places).T)
    answer = solve_median(distances_of(distances, weights=weights), PATIENT, p=7, centre=False)
    nearest = distances[:, list(answer.bracket.chosen)].min(axis=1)
    assert answer.bracket.objective == pytest.approx((weights * nearest).sum())
    assert answer.bracket.bound <= answer.bracket.objective


def test_no_time_leaves_a_choice_and_a_bound_that_holds():
    draw = np.random.default_rng(3)
    places = draw.random((150, 2))
    distances = np.hypot(*(places[:, None] - places).T)
    hurried = solve_median(distances_of(distances), Effort(seconds=1e-6), p=9, centre=False)
    patient = solve_median(distances_of(distances), PATIENT, p=9, centre=False)
    assert hurried.status is SitingStatus.TIME_OUT
    assert hurried.bracket.bound <= patient.bracket.objective <= hurried.bracket.objective


def test_a_gap_asked_for_is_kept_and_named():
    draw = np.random.default_rng(4)
    places = draw.random((200, 2))
    distances = np.hypot(*(places[:, None] - places).T)
    answer = solve_median(distances_of(distances), Effort(gap=0.2), p=9, centre=False)
    assert answer.bracket.gap <= 0.2
    assert answer.status in {SitingStatus.GAP_REACHED, SitingStatus.OPTIMAL}


@pytest.mark.slow
def test_the_order_of_points_and_sites_changes_no_value():
    draw = np.random.default_rng(5)
    distances = draw.integers(1, 40, (30, 12)).astype(float)
    turned = distances[draw.permutation(30)][:, draw.permutation(12)]
    for centre in (False, True):
        one, other = (
            solve_median(distances_of(each), PATIENT, p=3, centre=centre).bracket.objective
            for each in (distances, turned)
        )
        assert one == other
