"""A reference system that bends lengths in the area is refused, and one centred on it proposed."""

from __future__ import annotations

import pytest

from layers import load_area
from tests.layers.square import Folder

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path):
    """Two degrees square around 14 degrees north, 4 degrees west."""
    return Folder(tmp_path)


@pytest.mark.parametrize("system", ["+proj=cea +lat_ts=0", "+proj=laea +lat_0=-40 +lon_0=25"])
def test_a_system_that_bends_lengths_is_refused_with_a_better_one(folder, system):
    folder.say("+proj=laea +lat_0=14 +lon_0=-4", system)
    (fault,) = folder.faults()
    assert fault.startswith(
        "area.toml, column 'crs': the reference system bends lengths in the area by up to"
    )
    assert 'Write crs = "+proj=laea +lat_0=14.0 +lon_0=-4.0 +datum=WGS84 +units=m +no_defs".' in fault


@pytest.mark.parametrize(
    "system", ["+proj=laea +lat_0=14 +lon_0=-4", "+proj=laea +lat_0=10 +lon_0=0", "+proj=cea +lat_ts=14"]
)
def test_one_that_bends_them_less_is_taken(folder, system):
    folder.say("+proj=laea +lat_0=14 +lon_0=-4", system)
    assert load_area(folder.path).grid.n_cells > 400
