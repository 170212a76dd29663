"""What hotspots find in invented countries, precise and naive. Full size in the benchmark."""

from __future__ import annotations

import numpy as np
import pytest

from tests.footprint.violence.hotspots.simulate import planted_country, score

pytestmark = pytest.mark.slow


def runs_of(count, *, n_centres=4, **treatment):
    rng = np.random.default_rng(5)
    return [score(planted_country(rng, n_centres=n_centres), seed=seed, **treatment) for seed in range(count)]


@pytest.mark.parametrize("radius_m", [30_000.0, 50_000.0])
def test_precise_incidents_find_every_planted_centre_and_little_else(radius_m):
    runs = runs_of(6, radius_m=radius_m)
    assert np.mean([run.false_share for run in runs]) <= 0.07
    assert all(run.found_share == 1.0 for run in runs)


def test_taking_every_coordinate_at_its_word_makes_hotspots_of_capitals():
    runs = runs_of(4, naive=True, analytic=True, raw=True, radius_m=30_000.0)
    assert np.mean([run.false_share for run in runs]) > 0.4


def test_on_raw_counts_even_a_permutation_test_cannot_mend_naive_coordinates():
    # The heaps at capitals come up in so many draws that real clusters no longer stand out.
    raw = runs_of(4, naive=True, raw=True, radius_m=30_000.0)
    assert np.mean([run.found_share for run in raw]) < 0.6
    # On log counts they do, beside more false ones than precise incidents make.
    logs = runs_of(4, naive=True, radius_m=30_000.0)
    assert np.mean([run.found_share for run in logs]) == 1.0


def test_a_country_without_clusters_has_almost_no_hotspots():
    runs = runs_of(6, n_centres=0)
    assert sum(run.n_cells > 0 for run in runs) <= 1
