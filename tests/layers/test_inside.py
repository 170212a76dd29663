"""Which units lie mostly outside the outline: less than half of their own area inside, half inclusive."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import MultiPolygon, box

from layers.grid import make_grid
from layers.inside import mostly_outside, shares_inside
from layers.zones import zones
from tests.worlds import METRES, make_units

OUTLINE = box(0, 0, 100_000, 50_000)

UNITS = {
    "whole": (0, 0, 50, 10),
    "nowhere": (100, 0, 140, 50),
    "less": (51, 10, 151, 20),
    "half": (50, 20, 150, 30),
    "more": (49, 30, 149, 40),
}
"""Inside are all of the first, none, 49, 50 and 51 of 100 km."""


def test_shares_are_of_the_units_own_area():
    assert shares_inside(OUTLINE, make_units(UNITS)).tolist() == [1, 0, 0.49, 0.5, 0.51]


def test_half_inside_is_inside_and_less_is_not():
    assert mostly_outside(OUTLINE, make_units(UNITS)) == {"nowhere": 0, "less": 0.49}


def test_a_unit_whose_middle_lies_inside_may_lie_mostly_outside():
    ragged = MultiPolygon([box(10_000, 0, 20_000, 10_000), box(200_000, 0, 208_000, 14_000)])
    units = make_units({"ragged": (0, 0, 1, 1)}).set_geometry([ragged])
    assert mostly_outside(OUTLINE, units) == {"ragged": pytest.approx(100 / 212)}


@pytest.mark.parametrize("turn_deg", [7, 31, 58])
def test_half_is_half_however_it_lies(turn_deg):
    units = make_units({"half": (-50, 10, 50, 20)}).rotate(turn_deg, origin=(0, 0))
    outline = make_units({"area": (0, -500, 500, 500)}).rotate(turn_deg, origin=(0, 0)).iloc[0]
    assert mostly_outside(outline, units.to_frame("geometry")) == {}


def test_a_zone_mostly_outside_has_no_sum_though_cells_of_it_lie_inside():
    units, grid = make_units(UNITS), make_grid(OUTLINE, METRES, cell_m=5000)
    shared = zones(units, grid, outside=mostly_outside(OUTLINE, units))
    sums = dict(zip(shared.unit_ids, shared.sums(np.ones(grid.n_cells)).tolist(), strict=True))
    assert np.isnan([sums["less"], sums["nowhere"]]).all()
    assert sums["half"] == pytest.approx(20)


def test_cells_of_such_a_zone_stay_shared_as_they_were():
    units, grid = make_units(UNITS), make_grid(OUTLINE, METRES, cell_m=5000)
    plain, shared = zones(units, grid), zones(units, grid, outside=["less"])
    assert (plain.shares != shared.shares).nnz == 0
