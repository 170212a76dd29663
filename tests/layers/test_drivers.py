"""Only the listed formats can be opened, in a process that starts as the app does."""

from __future__ import annotations

import subprocess
import sys

import pytest

from layers.drivers import ALLOWED

pytestmark = pytest.mark.slow

LIST = """
import json, layers, pyogrio
from rasterio.env import Env
with Env() as env:
    print(json.dumps(sorted(set(pyogrio.list_drivers()) | set(env.drivers()))))
"""
HOSTILE = """
import sys, layers, pyogrio
from pathlib import Path
pyogrio.read_dataframe(sys.argv[1])
"""


def test_no_other_driver_is_left():
    ran = subprocess.run([sys.executable, "-c", LIST], capture_output=True, text=True, check=True)
    assert set(__import__("json").loads(ran.stdout)) <= ALLOWED
    assert ran.stderr == ""


@pytest.mark.parametrize("name", ["hostile.geojson", "hostile.csv.vrt", "hostile.gpkg"])
def test_a_virtual_file_in_disguise_gives_nothing_away(tmp_path, name):
    secret = tmp_path / "secret.csv"
    secret.write_text("lon,lat,word\n1,2,open sesame\n")
    hostile = tmp_path / name
    hostile.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    ran = subprocess.run(
        [sys.executable, "-c", HOSTILE, str(hostile)], capture_output=True, text=True, check=False
    )
    assert ran.returncode != 0
    assert "sesame" not in ran.stdout + ran.stderr
