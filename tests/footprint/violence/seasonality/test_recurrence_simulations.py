"""What the scan finds in invented countries: few false alarms, most planted seasons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chisquare

from tests.footprint.violence.seasonality.simulate import (
    NULLS,
    false_and_found,
    make_calendar,
    null_area,
    planted_country,
)
from tests.worlds import SEASONALITY_NUMBERS, recurrence

pytestmark = pytest.mark.slow

QUICK = replace(SEASONALITY_NUMBERS, draws=999)


@pytest.mark.parametrize("kind", NULLS)
def test_areas_without_a_season_are_rarely_called_seasonal(kind):
    rng = np.random.default_rng(NULLS.index(kind))
    areas = [null_area(rng, kind) for _ in range(400)]
    p = recurrence(make_calendar(areas), settings=QUICK).table["p"].dropna()
    assert (p <= 0.05).mean() <= 0.07


def test_a_plain_test_of_the_months_is_fooled_by_bursts():
    rng = np.random.default_rng(5)
    months = [null_area(rng, "bursts").sum(axis=0) for _ in range(200)]
    assert np.mean([chisquare(area).pvalue <= 0.05 for area in months]) > 0.4


def test_planted_seasons_are_found_and_little_else():
    rng = np.random.default_rng(11)
    runs = []
    for seed in range(20):
        country = planted_country(rng, n_areas=60, n_seasonal=10)
        found = recurrence(country.calendar, settings=replace(SEASONALITY_NUMBERS, draws=999, seed=seed))
        runs.append(false_and_found(found.table["significant"].to_numpy(), country.truth))
    false_share, power = np.mean(runs, axis=0)
    assert false_share <= 0.12
    assert power >= 0.65


def test_a_planted_window_is_named_to_within_a_month():
    country = planted_country(np.random.default_rng(2), n_areas=40, n_seasonal=40)
    found = recurrence(country.calendar, settings=QUICK).table.query("significant")
    begins = (found["first_month"].astype(int) - country.calendar.first_month) % 12
    assert begins.isin([8, 9, 10]).mean() >= 0.85
