"""
Siting: instances whose optimum is published, made anew here by their definition.

Steiner triple systems as set covering (Fulkerson, Nemhauser and Trotter 1974): 9 and 27 variables need 5 and
18. Edges of a cube that hit every cycle of four (OR-Library's scpcyc, after Grossman and Wool 1997): 3 and 8 in
three and four dimensions. Covering codes of radius 1: 2, 4, 7 and 16 words of 3, 4, 5 and 7 bits. Queens that
dominate boards of 5 to 8: 3, 3, 4 and 5.
"""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from footprint.siting.answer import SitingStatus
from footprint.siting.solving import solve_cover, solve_median
from tests.footprint.siting.worlds import PATIENT, distances_of, sets_of

pytestmark = pytest.mark.slow


def steiner_9():
    """Return the lines of the plane of three by three."""
    points = list(product(range(3), repeat=2))
    return [
        triple
        for triple in combinations(range(9), 3)
        if all(sum(points[own][axis] for own in triple) % 3 == 0 for axis in (0, 1))
    ]


def tripled(triples, n):
    """Return the triple system of three times as many points (Hall's product with three)."""
    found = [tuple(sorted(layer * n + own for own in triple)) for layer in range(3) for triple in triples]
    found += [(own, n + own, 2 * n + own) for own in range(n)]
    for triple in triples:
        for a, b, c in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
            found.append(tuple(sorted((triple[a], n + triple[b], 2 * n + triple[c]))))
    return sorted(set(found))


def rows_of(sets, n):
    matrix = np.zeros((len(sets), n))
    for row, own in enumerate(sets):
        matrix[row, list(own)] = 1
    return matrix


def set_cover(sets, n):
    return solve_cover(sets_of(rows_of(sets, n), np.ones(n)), PATIENT, radius=None, p=None, every=True)


def cube(n):
    """Return how many letters differ between words of n bits."""
    words = range(2**n)
    return np.array([[(a ^ b).bit_count() for b in words] for a in words])


def queens(n):
    """Return moves of a queen between squares: 0, 1, or 2 where one does not do."""
    squares = np.array(list(product(range(n), repeat=2)))
    rows, columns = (squares[:, None] - squares).transpose(2, 0, 1)
    one = (rows == 0) | (columns == 0) | (abs(rows) == abs(columns))
    return np.where((rows == 0) & (columns == 0), 0, np.where(one, 1, 2))


def test_every_two_points_of_a_triple_system_lie_in_one_triple():
    for triples, n in ((steiner_9(), 9), (tripled(steiner_9(), 9), 27)):
        pairs = [pair for triple in triples for pair in combinations(triple, 2)]
        assert len(pairs) == len(set(pairs)) == n * (n - 1) // 2


@pytest.mark.parametrize(("sets", "n", "optimum"), [(steiner_9(), 9, 5), (tripled(steiner_9(), 9), 27, 18)])
def test_steiner_triples_need_what_was_published(sets, n, optimum):
    answer = set_cover(sets, n)
    assert (answer.bracket.objective, answer.bracket.bound) == (optimum, optimum)


def test_cycles_of_a_cube_need_what_was_published():
    for n, optimum in ((3, 3), (4, 8)):
        edges = [(a, a | 1 << bit) for a in range(2**n) for bit in range(n) if not a >> bit & 1]
        place = {edge: number for number, edge in enumerate(edges)}
        cycles = []
        for one, other in combinations(range(n), 2):
            for a in range(2**n):
                if not a >> one & 1 and not a >> other & 1:
                    b, c, d = a | 1 << one, a | 1 << other, a | 1 << one | 1 << other
                    cycles.append([place[a, b], place[a, c], place[b, d], place[c, d]])
        assert set_cover(cycles, len(edges)).bracket.objective == optimum


@pytest.mark.parametrize(("n", "words"), [(3, 2), (4, 4), (5, 7)])
def test_covering_codes_are_as_small_as_published(n, words):
    answer = solve_cover(distances_of(cube(n)), PATIENT, radius=1.0, p=None, every=True)
    assert (answer.bracket.objective, answer.status) == (words, SitingStatus.OPTIMAL)
    centre = solve_median(distances_of(cube(n)), PATIENT, p=words, centre=True)
    fewer = solve_median(distances_of(cube(n)), PATIENT, p=words - 1, centre=True)
    assert centre.bracket.objective == 1.0 < fewer.bracket.objective


def test_hamming_s_perfect_code_is_a_median_and_covers_each_word_once():
    world = distances_of(cube(7))
    median = solve_median(world, PATIENT, p=16, centre=False)
    assert (median.bracket.objective, median.status) == (112.0, SitingStatus.OPTIMAL)
    covered = solve_cover(world, PATIENT, radius=1.0, p=16, every=False)
    assert (covered.bracket.objective, covered.status) == (128.0, SitingStatus.OPTIMAL)


@pytest.mark.parametrize(("n", "fewest"), [(5, 3), (6, 3), (7, 4), (8, 5)])
def test_queens_dominate_a_board_as_published(n, fewest):
    answer = solve_cover(distances_of(queens(n)), PATIENT, radius=1.0, p=None, every=True)
    assert (answer.bracket.objective, answer.status) == (fewest, SitingStatus.OPTIMAL)
    centre = solve_median(distances_of(queens(n)), PATIENT, p=fewest, centre=True)
    assert centre.bracket.objective == 1.0
