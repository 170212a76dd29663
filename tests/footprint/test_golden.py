"""The bundled case's answer today, against a table somebody has read."""

from __future__ import annotations

import pandas as pd
import pytest

from footprint.scenario import Scenario
from tests.golden.write import TABLE, baseline_table
from tests.worlds import bundled_prepared, review

TOLERANCE = 0.002
"""Largest difference from the reviewed table [share of demand]: a fifth of a point."""


@pytest.fixture(scope="module")
def found():
    prepared = bundled_prepared()
    return baseline_table(prepared, review(prepared, Scenario("today"))).set_index(["level", "unit_id"])


@pytest.fixture(scope="module")
def reviewed():
    return pd.read_csv(TABLE).set_index(["level", "unit_id"])


@pytest.mark.slow
def test_the_bundled_case_has_the_reviewed_units_and_measures(found, reviewed):
    assert found.index.tolist() == reviewed.index.tolist()
    assert found.columns.tolist() == reviewed.columns.tolist()


def test_the_bundled_case_has_the_reviewed_figures(found, reviewed):
    """If this fails on purpose: `python -m tests.golden.write`, and read the difference."""
    pd.testing.assert_frame_equal(found, reviewed, rtol=0, atol=TOLERANCE)


def test_the_reviewed_table_keeps_the_laws(reviewed):
    """What no table can say: II above force, a worst season above the mean, a share beyond the whole."""
    for when in ("mean", "worst"):
        assert (reviewed[f"B2_{when}"] <= reviewed[f"FF_{when}"] + 1e-4).all()
    for name in ("FF", "MF", "B1", "B2", "B3", "FF0"):
        assert (reviewed[f"{name}_worst"] <= reviewed[f"{name}_mean"] + 1e-4).all()
    assert ((reviewed >= 0) & (reviewed <= 1)).all(axis=None)


def test_the_reviewed_table_reads_as_the_mission_was_in_2019(reviewed):
    """Troops reach far more than the mission can act in; the North is served better than the Centre."""
    region = reviewed.xs("region")
    assert (region["MF_mean"] <= region["FF_mean"]).all()
    objective = reviewed.xs("objective")
    assert objective.at["centre", "MF_mean"] < objective.at["north", "MF_mean"]
    assert region.at["ML05", "B2_mean"] == 0
