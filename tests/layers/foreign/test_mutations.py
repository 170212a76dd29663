"""Tables drawn by Hypothesis: every row that was put in comes out, read or reported; no reader ends otherwise."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.foreign_fuzz import Sample, collection, examine, feature, mutated, samples, table

pytestmark = pytest.mark.slow


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_every_row_of_a_table_comes_out(tmp_path, seed):
    name, content, rows = table(random.Random(seed))  # noqa: S311  no secret hangs on it
    assert examine(name, content, tmp_path, rows) == "read"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), max_size=8), st.sampled_from(",;\t|"))
def test_any_text_is_read_with_every_row_or_refused(tmp_path, rows, mark):
    text = "\n".join(mark.join(row) for row in rows)
    assert examine("a.csv", text.encode("utf-8", "surrogatepass"), tmp_path) in {"read", "refused"}


NUMBER = st.one_of(st.floats(), st.integers(), st.none(), st.text(max_size=3))
PLACE = st.lists(NUMBER, max_size=4)
SHAPE = st.recursive(PLACE, lambda inner: st.lists(inner, max_size=3), max_leaves=8)
KIND = st.sampled_from(
    ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "x", ""]
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(KIND, SHAPE), min_size=1, max_size=5))
def test_any_shape_is_read_or_reported(tmp_path, shapes):
    content = collection([feature(kind, each, name="a") for kind, each in shapes])
    assert examine("a.geojson", content, tmp_path, len(shapes)) in {"read", "refused"}


@pytest.mark.parametrize("place", range(16))
def test_a_changed_file_is_read_with_every_row_or_refused(place, tmp_path):
    sample: Sample = samples(tmp_path)[place]
    chance = random.Random(sample.name)  # noqa: S311  no secret hangs on it
    for _ in range(12):
        assert examine(sample.name, mutated(sample.content, chance), tmp_path) in {"read", "refused"}
