import numpy as np
import pytest
import shapely
from shapely import LineString

from footprint.travel.lines import densify, node_lines


def noded(*lines):
    return node_lines(np.array([LineString(line) for line in lines], object), tolerance_m=10, near_m=500)


def test_no_lines_give_no_nodes():
    found = node_lines(np.array([], object), tolerance_m=10, near_m=500)
    assert (len(found.x_m), len(found.tail), len(found.loose)) == (0, 0, 0)
    assert len(densify(found, 100).tail) == 0


def test_lines_meet_at_a_shared_end():
    """a ---- b ---- c."""
    found = noded([(0, 0), (100, 0)], [(100, 0), (200, 0)])
    assert found.x_m.tolist() == [0, 100, 200]
    assert sorted(zip(found.tail.tolist(), found.head.tolist(), strict=True)) == [(0, 1), (1, 2)]


def test_lines_meet_at_a_shared_inner_vertex():
    found = noded([(0, 0), (100, 0), (200, 0)], [(100, -100), (100, 0), (100, 100)])
    assert len(found.x_m) == 5
    assert found.line.tolist() == [0, 0, 1, 1]


def test_lines_that_merely_cross_do_not_meet():
    found = noded([(0, 0), (200, 0)], [(100, -100), (100, 100)])
    assert (len(found.x_m), len(found.tail)) == (4, 2)


def test_a_loose_end_is_joined_to_the_line_beside_it():
    """A lane ends 5 m short of the middle of a street: the street gets a junction."""
    found = noded([(0, 0), (200, 0)], [(100, 5), (100, 100)])
    assert len(found.tail) == 3
    assert (100.0, 0.0) in set(zip(found.x_m.tolist(), found.y_m.tolist(), strict=True))
    assert found.moved.tolist() == [1]


def test_two_loose_ends_close_together_become_one_node():
    found = noded([(0, 0), (100, 0)], [(106, 0), (200, 0)])
    assert len(found.x_m) == 3
    assert sorted(found.moved.tolist()) == [0, 1]


def test_a_wide_gap_is_reported_and_left_open():
    found = noded([(0, 0), (1000, 0)], [(1040, 0), (2000, 0)])
    assert len(found.x_m) == 4
    assert found.near.tolist() == [0, 1]


def test_a_bridge_shorter_than_the_tolerance_stays_an_edge():
    """bank --- [4 m bridge] --- bank: ends are shared, so nothing is moved."""
    found = noded([(0, 0), (100, 0)], [(100, 0), (104, 0)], [(104, 0), (200, 0)])
    assert len(found.tail) == 3


def test_a_line_without_length_gives_no_edge():
    assert len(noded([(0, 0), (0, 0)], [(50, 0), (100, 0)]).tail) == 1


def test_a_ring_keeps_its_length_when_broken():
    found = noded([(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)], [(100, 100), (300, 100)])
    assert shapely.length(found.geometry[found.line == 0]).sum() == pytest.approx(400)
    assert len(found.tail) == 3


def test_dense_edges_keep_length_and_follow_one_another():
    found = noded([(0, 0), (100, 0), (100, 50)], [(100, 50), (100, 90)])
    dense = densify(found, 40)
    assert shapely.length(dense.geometry).sum() == pytest.approx(190)
    assert shapely.length(dense.geometry).max() <= 40 + 1e-9
    assert dense.piece.tolist() == [0, 0, 0, 0, 1]
    assert dense.tail[1:4].tolist() == dense.head[:3].tolist()


def test_pieces_left_whole_are_not_broken():
    found = noded([(0, 0), (100, 0)])
    assert len(densify(found, 10, whole=np.array([True])).tail) == 1
