"""What roads are like is said in words, not in the codes of the layer."""

import pytest

from footprint.cli.road_table import ROAD_WORDS
from layers.roads import Crossing, RoadClass, Smoothness, Surface


@pytest.mark.parametrize(
    ("kind", "words"),
    [("road_class", RoadClass), ("surface", Surface), ("smoothness", Smoothness), ("crossing", Crossing)],
)
def test_every_code_has_its_words(kind, words):
    assert {word for each, word in ROAD_WORDS if each == kind} == set(map(str, words))
