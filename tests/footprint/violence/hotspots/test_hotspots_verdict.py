"""Found, tested and none stands out, cannot tell: three answers, what weakens them, and what people explain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from footprint.language import Language
from footprint.violence.hotspots import Cause, Verdict, disc_kernel
from footprint.violence.hotspots.clusters import hotspots
from footprint.violence.hotspots.explained import hot_by_people
from footprint.violence.hotspots.neighbourhood import neighbourhoods
from footprint.violence.hotspots.verdict import cell_values, power, variance_share
from footprint.violence.hotspots.words import cause_words, dominance_words, verdict_words
from footprint.violence.selection import select
from tests.footprint.violence.hotspots import planted
from tests.worlds import HOTSPOT_NUMBERS

ENGLISH, FRENCH = Language("en"), Language("fr")
QUICK = {"draws": 9_999, "power_worlds": 40}
EVERYWHERE = np.ones(planted.ground().n_cells, bool)


def random(seed=0):
    return np.random.default_rng(seed)


def test_a_cluster_is_found_and_said_so():
    spots = planted.spots_of(planted.cluster(random()), **QUICK)
    assert spots.verdict is Verdict.FOUND
    assert np.isnan(spots.power)
    assert verdict_words(spots, ENGLISH).startswith("Hotspots found: ")


def test_a_calm_map_with_power_enough_says_that_none_stands_out():
    spots = planted.spots_of(planted.calm(random()), **QUICK)
    assert (spots.verdict, spots.causes) == (Verdict.NONE_STANDS_OUT, ())
    assert spots.power >= HOTSPOT_NUMBERS.power_min
    assert verdict_words(spots, ENGLISH).startswith(
        "Tested, and none stands out: 33\N{NO-BREAK SPACE}% of the incidents"
    )
    assert verdict_words(spots, FRENCH).startswith("Testé, et rien ne ressort")


@pytest.mark.parametrize(("n", "verdict"), [(19, Verdict.CANNOT_TELL), (20, Verdict.FOUND)])
def test_below_twenty_incidents_nothing_can_be_told_however_close_they_lie(n, verdict):
    spots = planted.spots_of(planted.cluster(random(), n, share=1.0), **QUICK)
    assert spots.verdict is verdict
    assert spots.significant.any() == (verdict is Verdict.FOUND)
    assert (Cause.TOO_FEW in spots.causes) == (n == 19)
    if n == 19:
        assert verdict_words(spots, ENGLISH) == (
            "Cannot tell: 19 precisely placed incidents, and below 20 nothing can be told."
        )


def test_where_a_town_drowns_a_real_cluster_nothing_can_be_told_on_raw_counts_and_the_cause_is_named():
    world = planted.town_and_cluster(random())
    raw = planted.spots_of(world, raw=True, **QUICK)
    assert raw.verdict is Verdict.CANNOT_TELL
    assert {Cause.LOW_POWER, Cause.DOMINATED} <= set(raw.causes)
    assert raw.power < HOTSPOT_NUMBERS.power_min
    assert "a chance of only" in verdict_words(raw, ENGLISH)
    assert any("most of the variance" in words for words in cause_words(raw, ENGLISH))
    logs = planted.spots_of(world, **QUICK)
    assert logs.verdict is Verdict.FOUND
    assert planted.hit(world, logs)
    assert Cause.DOMINATED not in logs.causes


@pytest.mark.parametrize(
    ("world", "cause"),
    [
        (planted.cluster(random(), precision=3), Cause.MOSTLY_IMPRECISE),
        (planted.cluster(random(), day="2019-01-01", date_precision="year"), Cause.MOSTLY_UNDATED),
    ],
)
def test_what_took_the_incidents_away_is_named(world, cause):
    spots = planted.spots_of(world, **QUICK)
    assert spots.verdict is Verdict.CANNOT_TELL
    assert set(spots.causes) == {Cause.TOO_FEW, cause}
    assert spots.n_used + sum(each.count for each in spots.excluded) == len(world.points)


@pytest.mark.slow
def test_the_power_is_the_chance_to_find_such_a_cluster():
    # Towns of thirty drown a third of sixty now and then; the test itself, on other worlds, says how often.
    drawn, hits = random(7), []
    settings = replace(HOTSPOT_NUMBERS, **QUICK | {"power_worlds": 200})
    around = neighbourhoods(planted.ground(), EVERYWHERE, settings.radius_m)

    def counts(world):
        cells = np.floor(world.points).astype(int)
        return np.bincount(cells[:, 0] * planted.SIDE + cells[:, 1], minlength=planted.SIDE**2)

    def world():
        real = planted.cluster(drawn, 60)
        towns = np.repeat(np.floor(drawn.uniform(0, planted.SIDE, (12, 2))) + 0.5, 5, axis=0)
        return replace(real, points=np.vstack([real.points, towns]))

    for _ in range(40):
        made = world()
        spots = planted.spots_of(made, raw=True, draws=9_999, power_worlds=20)
        hits.append(planted.hit(made, spots))
    said = power(counts(world()), around, replace(settings, power_share=20 / 120), raw=True)
    assert abs(said - np.mean(hits)) < 4 * np.sqrt(0.25 / 40)


@given(arrays(np.float64, st.integers(6, 40), elements=st.integers(0, 9).map(float)))
@pytest.mark.slow
def test_the_largest_cells_hold_a_share_of_the_variance(values):
    share = variance_share(values)
    if values.std() == 0:
        assert np.isnan(share)
    else:
        assert 0 < share <= 1 + 1e-12
        assert share == pytest.approx(variance_share(3 * values[::-1] + 0))


def test_by_hand_five_cells_of_one_among_five_of_none_hold_half():
    assert variance_share(np.repeat([1.0, 0.0], 5)) == pytest.approx(0.5)


def test_dominance_is_told_of_tested_values_and_of_counts():
    spots = planted.spots_of(planted.town_and_cluster(random()), **QUICK)
    assert spots.dominance.counts > 0.9
    assert spots.dominance.tested < 0.5
    assert "of the raw counts" in dominance_words(spots, ENGLISH)


def test_log_counts_are_tested_unless_raw_ones_are_asked_for():
    count = np.array([0, 1, 3])
    assert cell_values(count, raw=False) == pytest.approx(np.log([1, 2, 4]))
    assert cell_values(count, raw=True).tolist() == [0, 1, 3]


# -- what people would explain -------------------------------------------------------------------


@pytest.mark.slow
def test_hot_where_many_live_is_said_to_be_as_its_people_explain():
    crowded = planted.spots_of(in_the_crowd(random()), worth=packed(), **QUICK)
    assert crowded.verdict is Verdict.FOUND
    assert crowded.explained.sum() >= 0.9 * crowded.significant.sum()
    assert "as their people would explain" in verdict_words(crowded, ENGLISH)
    assert not (crowded.explained & ~crowded.significant).any()


@pytest.mark.slow
def test_hot_where_few_live_is_not():
    drawn = random(3)
    world = planted.World(np.vstack([drawn.uniform(50, 60, (80, 2)), planted.scattered(drawn, 80)]))
    away = planted.spots_of(world, worth=packed(), **QUICK)
    assert away.significant.any()
    assert not away.explained.any()
    assert np.isnan(planted.spots_of(world, **QUICK).by_people).all()


def packed():
    """A thousand times the people in a square of ten by ten cells."""
    count = np.ones((planted.SIDE, planted.SIDE))
    count[10:20, 10:20] = 1000
    return count.ravel()


def in_the_crowd(drawn):
    return planted.World(np.vstack([drawn.uniform(10, 20, (80, 2)), planted.scattered(drawn, 80)]))


def test_worlds_hold_the_same_values_and_put_them_where_people_are():
    values = np.zeros(EVERYWHERE.size)
    values[::97] = np.arange(1, len(values[::97]) + 1)
    numbers = replace(HOTSPOT_NUMBERS, draws=999, people_worlds=19)
    around = neighbourhoods(planted.ground(), EVERYWHERE, numbers.radius_m)
    share = hot_by_people(values, packed(), around, numbers).reshape(planted.SIDE, planted.SIDE)
    assert share[15, 15] == 1.0
    assert share[40:, 40:].max() == 0.0


# -- discs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("middle", [0, 41, 40 * 80 + 40, 80 * 80 - 1])
def test_the_cells_within_a_disc_are_those_by_distance(middle):
    mask = random(1).random(EVERYWHERE.size) < 0.8
    mask[middle] = True
    around = neighbourhoods(planted.ground(), mask, 50_000)
    row, column = np.divmod(np.flatnonzero(mask), planted.SIDE)
    number = int(mask[:middle].sum())
    near = np.flatnonzero(np.hypot(row - row[number], column - column[number]) <= 4)
    assert around.within(number, disc_kernel(4.0)).tolist() == near.tolist()
    assert around.size[number] == (np.hypot(row - row[number], column - column[number]) <= 5).sum()


def test_scores_of_raw_counts_stay_those_of_the_published_statistic():
    world = planted.cluster(random())
    raw = planted.spots_of(world, raw=True, **QUICK)
    again = hotspots(
        select(planted.layer(world), planted.WINDOW), planted.ground(), EVERYWHERE,
        settings=replace(HOTSPOT_NUMBERS, draws=999), raw=True,
    )  # fmt: skip
    assert np.array_equal(raw.z, again.z)
    assert raw.z[raw.significant].min() > 2
