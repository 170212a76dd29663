"""(1) Need and the pull of thin data, cell by cell."""

import pytest

from footprint.objectives import Measure
from tests.second.compare import largest

pytestmark = pytest.mark.slow

ROUNDING = 2e-9
"""Half a unit in the last place of the product's single precision at a share of .03."""


def test_the_pull_of_thin_data_agrees(case, capsys):
    assert largest("kappa", [case.need.kappa], [case.prepared.demand.kappa.thousand], capsys) < 1e-9


def test_weight_of_incidents_agrees(case, capsys):
    assert largest("weight", case.need.told.whole, case.prepared.demand.threat.whole, capsys) < 1e-12


@pytest.mark.parametrize("measure", list(Measure))
def test_need_agrees(case, measure, capsys):
    theirs = case.prepared.demand.of(measure)[0]
    assert largest(f"need, {measure}", getattr(case.need, str(measure)), theirs, capsys) < ROUNDING
