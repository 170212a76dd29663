"""A raster that went through a picture is told by its values; honest ones are left alone."""

from __future__ import annotations

import numpy as np
import pytest

from layers.foreign.raster_values import ValueTally

RNG = np.random.default_rng(1)
HONEST = RNG.lognormal(2, 1.5, 20_000)


def told(*windows: np.ndarray) -> str:
    tally = ValueTally()
    for values in windows:
        tally.add(values)
    return str(tally.flattened() or "")


def shaded(values: np.ndarray, step: float = 2.5219) -> np.ndarray:
    """Return values as a picture of 256 shades leaves them."""
    return (step * (1 + np.clip(values / step, 0, 255).astype(int))).astype(np.float32).astype(float)


def test_values_of_256_shades_are_told():
    assert "as a picture of 256 shades" in told(shaded(HONEST))


def test_shades_are_told_over_several_windows():
    picture = shaded(HONEST)
    assert "all 2.522 apart" in told(picture[:1_000], picture[1_000:])


def test_a_pile_at_the_largest_value_is_told():
    assert "stands in" in told(np.minimum(HONEST, np.quantile(HONEST, 0.99)))


@pytest.mark.parametrize(
    "values",
    [
        HONEST,
        HONEST.astype(np.float32).astype(float),
        np.full(10_000, 10.0),
        np.rint(np.minimum(HONEST, 200)),
        np.round(np.minimum(HONEST, 20), 1).astype(np.float32).astype(float),
        np.repeat(HONEST[:300], 60),
        np.zeros(5_000),
        shaded(HONEST[:100]),
    ],
    ids=["doubles", "singles", "one value", "whole", "one decimal", "repeated", "noughts", "few cells"],
)
def test_honest_values_are_left_alone(values):
    assert told(values) == ""
