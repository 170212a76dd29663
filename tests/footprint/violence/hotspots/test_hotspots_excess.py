"""More than its people would explain: circles against a second reckoning, laws, and what is planted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import poisson

from footprint.language import Language
from footprint.violence.hotspots import Verdict, excess
from footprint.violence.hotspots.excess import _discs, _ratios
from footprint.violence.hotspots.words import excess_words
from footprint.violence.selection import select
from tests.footprint.violence.hotspots import planted
from tests.worlds import HOTSPOT_NUMBERS

EVERYWHERE = np.ones(planted.ground().n_cells, bool)
SMALL = replace(HOTSPOT_NUMBERS, scan_draws=99)


def random(seed=0):
    return np.random.default_rng(seed)


def test_what_circles_hold_is_what_lies_within_their_radius():
    mask = random(1).random(EVERYWHERE.size) < 0.7
    amounts = random(2).poisson(0.3, mask.sum()).astype(float)
    held = _discs(planted.ground(), mask, SMALL).held(amounts)
    row, column = np.divmod(np.flatnonzero(mask), planted.SIDE)
    for number, radius_km in enumerate(SMALL.scan_radii_km):
        for cell in (0, 17, 2000, mask.sum() - 1):
            near = np.hypot(row - row[cell], column - column[cell]) * 10 <= radius_km
            assert held[number, cell] == amounts[near].sum()


def test_the_ratio_is_kulldorffs():
    # The likelihood of two Poisson rates against one, by scipy.
    held, expected, total = np.array([[12.0, 3.0, 20.0]]), np.array([[4.0, 5.0, 7.0]]), 20.0
    ratio = _ratios(held, expected, total)[0]
    for c, e, own in zip(held[0], expected[0], ratio, strict=True):
        two = poisson.logpmf(c, c) + poisson.logpmf(total - c, max(total - c, 0))
        one = poisson.logpmf(c, e) + poisson.logpmf(total - c, total - e)
        assert own == pytest.approx(two - one if c > e else 0.0)


def test_radii_go_from_the_smallest_to_the_largest():
    assert SMALL.scan_radii_km == (25, 50, 75, 100)
    assert replace(SMALL, scan_step_km=100).scan_radii_km == (25,)


@pytest.mark.slow
def test_a_cluster_where_few_live_is_named_with_what_its_people_would_bring():
    world = planted.cluster(random(5))
    more = planted.circled(world)
    assert more.verdict is Verdict.FOUND
    first = more.circles[0]
    assert planted.apart_cells(world.middle)[first.cell] * 10 <= first.radius_km + 40
    assert first.p == pytest.approx(0.001)
    assert first.expected == pytest.approx(200 * first.people / planted.people().sum())
    assert first.count > 3 * first.expected


@pytest.mark.slow
def test_circles_touch_no_other_and_cells_know_theirs():
    world = replace(planted.cluster(random(5)), points=np.vstack(
        [planted.cluster(random(seed), 60, share=1.0).points for seed in (5, 6, 8)]
    ))  # fmt: skip
    more = planted.circled(world)
    assert len(more.circles) > 1
    place = [np.divmod(each.cell, planted.SIDE) for each in more.circles]
    for number, one in enumerate(more.circles):
        for other in range(number):
            apart_km = 10 * np.hypot(*np.subtract(place[number], place[other]))
            assert apart_km > one.radius_km + more.circles[other].radius_km
        assert more.inside[one.cell] == number


@pytest.mark.slow
def test_more_people_never_make_a_circle_stand_out_more():
    world, people = planted.cluster(random(5)), planted.people().copy()
    before = planted.circled(world, scan_draws=99).circles[0]
    people[planted.apart_cells(world.middle) <= 5] *= 20
    chosen = select(planted.layer(world), planted.WINDOW)
    after = excess(chosen, planted.ground(), EVERYWHERE, people, settings=SMALL)
    there = [each for each in after.circles if each.cell == before.cell]
    assert all(each.count / each.expected < before.count / before.expected for each in there)


@pytest.mark.slow
def test_people_alone_make_no_circle():
    more = planted.circled(planted.by_people(random(1)))
    assert (more.verdict, more.circles) == (Verdict.NONE_STANDS_OUT, ())
    assert (more.inside == -1).all()
    assert "no circle holds more" in excess_words(more, Language("en"))


@pytest.mark.parametrize("people", [np.zeros(EVERYWHERE.size), np.full(EVERYWHERE.size, np.nan)])
def test_without_people_or_with_few_incidents_nothing_can_be_told(people):
    chosen = select(planted.layer(planted.cluster(random())), planted.WINDOW)
    unknown = excess(chosen, planted.ground(), EVERYWHERE, people, settings=SMALL)
    few = planted.circled(planted.cluster(random(), 19))
    for more in (unknown, few):
        assert more.verdict is Verdict.CANNOT_TELL
        assert np.isnan(more.best_p)
    assert (unknown.n_used, few.n_used) == (200, 19)


def test_the_same_seed_gives_the_same_and_the_order_of_rows_changes_nothing():
    world = planted.cluster(random(5))
    turned = replace(world, points=world.points[::-1])
    one, other = planted.circled(world, scan_draws=99), planted.circled(turned, scan_draws=99)
    assert one.circles == other.circles
