"""Driving times of profile `civil` beside those that the provider of the real roads states."""

from __future__ import annotations

import numpy as np
import pytest

from footprint.method import default_method
from footprint.travel.profiles import Profile, road_kmh
from footprint.travel.roads import road_network
from tests.kept import area_at

pytestmark = [pytest.mark.real, pytest.mark.slow]


def test_civil_times_agree_with_the_providers_durations(real_folder, capsys):
    """
    Report the distribution of our minutes over the stated minutes, road by road, in the dry months.

    The provider gives no road class, so the importer derives it from the stated mean speed:
    this shows that class, surface and speed table fit together, not that they are true.
    """
    area = area_at(real_folder)
    net = road_network(area.roads)
    kmh = road_kmh(net.table, Profile.CIVIL, default_method().travel, rains=False)
    length_m = np.bincount(net.noded.line, weights=net.length_m, minlength=len(kmh))
    stated_min = area.roads.sort_index()["stated_min"].to_numpy(dtype=float)
    stated = np.isfinite(stated_min)
    ratio = (length_m * 0.06 / kmh)[stated] / stated_min[stated]
    with capsys.disabled():
        shares = np.quantile(ratio, [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1])
        said = " ".join(f"{share:.2f}" for share in shares)
        print(
            f"\ncivil minutes over stated minutes, {stated.sum()} roads; 0, 10, 25, 50, 75, 90, 100 %: {said}"
        )
    assert stated.sum() >= 50
    assert 0.8 <= np.median(ratio) <= 1.25
    assert np.mean((ratio > 2 / 3) & (ratio < 3 / 2)) >= 0.8
