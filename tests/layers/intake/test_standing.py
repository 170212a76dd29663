"""What an area that was begun has, and what nobody has brought yet."""

from __future__ import annotations

import pytest

from layers.intake.standing import HowKnown, standing

pytestmark = pytest.mark.slow


def test_units_of_the_first_level_that_stand_for_those_of_the_second_are_not_brought(begun):
    how = {each.layer: (each.how, each.rows) for each in standing(begun)}
    assert how["regions"] == (HowKnown.IMPORTED, 2)
    assert how["districts"] == (HowKnown.UNKNOWN, None)
