"""Names beside their points: none over another, whatever the crowd."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.briefing.sheets.labels import LabelWanted, place_labels
from footprint.briefing.sheets.paper import Box

FRAME = Box(10.0, 10.0, 120.0, 80.0)


def at(x: float, y: float, *, must: bool = True) -> LabelWanted:
    return LabelWanted(x, y, 20.0, 4.0, 1.0, must)


def test_a_lone_name_stands_right_of_its_point():
    (placed,) = place_labels([at(50, 50)], [], FRAME)
    assert placed is not None
    assert placed.box == Box(51.0, 48.0, 20.0, 4.0)
    assert not placed.leads


def test_at_the_right_edge_it_stands_left():
    (placed,) = place_labels([at(128, 50)], [], FRAME)
    assert placed is not None
    assert placed.box == Box(107.0, 48.0, 20.0, 4.0)


def test_what_is_taken_is_not_covered():
    taken = Box(50.0, 45.0, 30.0, 10.0)
    (placed,) = place_labels([at(50, 50)], [taken], FRAME)
    assert placed is not None
    assert not placed.box.meets(taken)


def test_a_far_name_has_a_line_to_it():
    crowd = [at(60, 50) for _ in range(12)]
    placed = place_labels(crowd, [], FRAME)
    assert all(placed)
    assert placed[-1] is not None
    assert placed[-1].leads


def test_a_town_without_room_is_left_out_rather_than_laid_over_a_site():
    full = [at(60, 50) for _ in range(12)]
    assert place_labels([*full, at(60, 50, must=False)], [], FRAME)[-1] is None


@given(st.lists(st.tuples(st.floats(12, 128), st.floats(12, 88), st.booleans()), max_size=40))
@pytest.mark.slow
def test_no_two_names_share_any_part(points: list[tuple[float, float, bool]]):
    placed = place_labels([at(x, y, must=must) for x, y, must in points], [], FRAME)
    boxes = [each.box for each in placed if each is not None]
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert all(FRAME.holds(box) for box in boxes)
