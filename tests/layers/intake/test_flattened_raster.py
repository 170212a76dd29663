"""A raster whose high values were cut off is said to be one, when it is shown and when the area is built."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow


@pytest.fixture
def shaded(people):
    with rasterio.open(people, "r+") as raster:
        shades = np.random.default_rng(1).integers(1, 256, (100, 100))
        raster.write((shades * 2.5219).astype("float32"), 1)
    return people


SAID = ("option.unit=count", "option.year=2019", *LEDGER)


def test_a_raster_of_256_shades_is_told_in_the_preview(bringing, shaded):
    assert any(
        "as a picture of 256 shades does" in each for each in bringing.offer(shaded, *SAID).sheet.remarks
    )


def test_a_raster_of_256_shades_is_told_when_the_area_is_built(bringing, shaded):
    change = bringing.take((shaded, SAID))
    assert any("as a picture of 256 shades does" in each for each in change.notes)


def test_an_even_raster_is_not_told_to_be_flattened(bringing, people):
    assert bringing.take((people, SAID)).notes == ()
