"""A raster that went through a picture is told by its values; honest ones are left alone."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

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


def test_a_picture_of_which_a_part_was_cut_out_is_told_by_where_its_steps_begin():
    assert "shades" in told(1.2345 + 2.5219 * RNG.poisson(20, 20_000))


def test_the_cells_of_a_pile_are_all_counted():
    values = np.concatenate([HONEST[HONEST < 100], np.full(4_800, 100.0)])
    assert "stands in 4,800 cells" in told(*np.array_split(RNG.permutation(values), 7))


def test_more_values_near_the_largest_than_are_kept_hide_no_pile():
    many = RNG.lognormal(2, 1.5, 400_000)
    most = np.quantile(many, 0.9)
    assert f"stands in {np.count_nonzero(many >= most):,} cells" in told(np.minimum(many, most))


def test_nor_make_one():
    assert told(np.append(RNG.uniform(95, 100, 100_000), np.full(20_000, 100.0))) == ""


def test_whole_numbers_that_end_with_what_eight_bits_hold_are_told():
    assert "value, 255, stands in" in told(np.rint(np.minimum(HONEST, 255)))


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
        RNG.poisson(8, 40_000) * 6.0,
        (RNG.poisson(8, 40_000) * 5.4).astype(np.float32).astype(float),
        RNG.poisson(8, 40_000) / 0.25,
        RNG.poisson(60, 40_000) / 0.0081,
        np.repeat(RNG.lognormal(3, 1, 400), 1_600),
        np.repeat(RNG.lognormal(2, 1, 300), RNG.integers(100, 900, 300)),
    ],
    ids=[
        "doubles",
        "singles",
        "one value",
        "whole",
        "one decimal",
        "repeated",
        "noughts",
        "few cells",
        "households of six",
        "of 5.4",
        "by a quarter",
        "by a small area",
        "made smaller",
        "even by unit",
    ],
)
def test_honest_values_are_left_alone(values):
    assert told(values) == ""


@pytest.mark.parametrize(
    ("file", "is_told"),
    [
        ("ssd/population/ssd_pd_2020_1km_UNadj_rescaled.tif", True),
        ("ssd/population/afripop2020_worldpop_20km_ssd_bbox.tif", False),
        ("mali/population/afripop2020_worldpop_20km_mali_bbox.tif", False),
    ],
)
def test_of_the_real_rasters_the_one_that_went_through_a_picture_is_told(real_source, file, is_told):
    with rasterio.open(real_source.parent / file) as raster:
        values = raster.read(1, masked=True).compressed().astype(float)
    assert bool(told(values[values >= 0])) == is_told
