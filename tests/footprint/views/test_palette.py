"""Classes hold what they say, and their colours can be told apart by everyone."""

from __future__ import annotations

from itertools import combinations
from math import inf, nan

import numpy as np
import pytest

from footprint.language import Language
from footprint.views.colours import AMOUNTS, DIFFERENCES
from footprint.views.palette import (
    COVERAGE_COLOURS,
    NO_DATA_CLASS,
    NOT_REACHED_CLASS,
    SIDE_COLOURS,
    Legend,
    LegendRow,
    classify,
    coverage_legend,
    on_land,
    palette,
)

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIGHT = {
    "full": np.eye(3),
    "no red": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "no blue": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1, 1.089])


def lab(colour, sight):
    coded = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.asarray(SIGHT[sight]) @ linear, 0, 1) / WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(
    ("colours", "least"),
    [
        (tuple(COVERAGE_COLOURS.values())[:-1], 30),  # the last is that of no data, of the next row
        (tuple(SIDE_COLOURS.values()), 20),
        (AMOUNTS, 17),
        (tuple(COVERAGE_COLOURS.values()), 13),
        (DIFFERENCES, 20),
    ],
    ids=["coverage", "sides", "amounts", "coverage and no data", "differences"],
)
def test_colours_can_be_told_apart(colours, least, sight):
    distance = min(np.linalg.norm(lab(a, sight) - lab(b, sight)) for a, b in combinations(colours, 2))
    assert distance > least


def test_upper_limits_are_inclusive():
    assert classify([1, 2, 2.0001, 4, 5], [2, 4]).tolist() == [0, 0, 1, 1, 2]


def test_unknown_and_unreached_have_classes_of_their_own():
    assert classify([nan, inf], [2]).tolist() == [NO_DATA_CLASS, NOT_REACHED_CLASS]


def test_limits_that_do_not_ascend_are_refused():
    with pytest.raises(ValueError, match="ascend"):
        classify([1.0], [2, 2])


def test_a_palette_is_opaque():
    assert palette(["#FF8000"]) == ((255, 128, 0, 255),)


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345G", "#000000;x:url(y)"])
def test_only_plain_colours_are_taken(colour):
    with pytest.raises(ValueError, match="no colour"):
        LegendRow(colour, "label")


def test_a_legend_shows_colours_as_they_look_over_land():
    assert on_land("#000000") == "#373735"
    assert coverage_legend(Language("en")).rows[0].colour == on_land(next(iter(COVERAGE_COLOURS.values())))


def test_a_legend_escapes_what_it_is_given():
    html = Legend("", (LegendRow("#000000", "<b>${x}", hatched=True),), ("{{7*7}}",)).body()
    assert "<b>" not in html
    assert "${" not in html
    assert "{{" not in html
    assert "fp-hatched" in html


def test_legends_speak_both_languages():
    english, french = (coverage_legend(Language(code)) for code in ("en", "fr"))
    assert len(english.rows) == len(french.rows) == 4
    assert english.title != french.title
