"""Nothing is shown more precisely than its profile allows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from footprint.disclosure import Precision, rounded, shown_incidents
from tests.worlds import make_incidents


def test_fewer_than_three_incidents_are_withheld_in_public():
    together = [{"at": (10, 10)}, {"at": (10.2, 10)}, {"at": (10, 10.2)}]
    alone = [{"at": (200, 10)}]
    public = shown_incidents(make_incidents(together + alone), Precision.PUBLIC)
    assert [count for *_, count in public.points] == [3]
    assert public.withheld == 1
    internal = shown_incidents(make_incidents(together + alone), Precision.INTERNAL)
    assert sum(count for *_, count in internal.points) == 4


def test_incidents_known_only_by_their_unit_are_never_drawn_at_its_seat():
    vague = make_incidents([{"at": (10, 10), "geo_precision": level} for level in (3, 4, 5, 6)])
    for precision in Precision:
        assert shown_incidents(vague, precision).points == ()
        assert shown_incidents(vague, precision).withheld == 4


@given(st.floats(-12, 4), st.floats(10, 25))
def test_a_public_position_gives_no_more_than_a_tenth_of_a_degree(lon, lat):
    for value in rounded(lon, lat, Precision.PUBLIC):
        assert abs(value * 10 - round(value * 10)) < 1e-6
