"""Five thousand files changed at random, in one process that lives long: no crash, no hang, no lost row."""

from __future__ import annotations

import json
import random

import pytest

from tests.benchmarks import fuzz_foreign
from tests.foreign_fuzz import drawn, samples, table

pytestmark = pytest.mark.slow


def test_no_file_of_five_thousand_ends_the_reader_or_loses_a_row():
    record = fuzz_foreign.run(5_000, seed=1)
    assert record.faults == []
    assert record.inputs == sum(record.ends.values()) == 5_000
    assert {each.split()[1] for each in record.ends} == {"read", "refused"}
    assert record.grown_kb < 200_000


def test_a_file_is_made_of_its_seed_and_number(tmp_path):
    given = samples(tmp_path)
    assert [drawn(1, n, given) for n in range(50)] == [drawn(1, n, given) for n in range(50)]
    assert {name.rpartition(".")[2] for name, _, _ in (drawn(1, n, given) for n in range(400))} >= {
        "csv", "tsv", "xlsx", "geojson", "kml", "kmz", "gpx", "gpkg", "zip", "tif"
    }  # fmt: skip


def test_a_table_at_random_has_the_rows_it_says():
    for n in range(60):
        name, content, rows = table(random.Random(n))  # noqa: S311  no secret hangs on it
        if name.endswith("geojson"):
            assert len(json.loads(content)["features"]) == rows


ABORTING = """
import json, os, struct, sys
job = json.loads(sys.stdin.readline())
n = job["first"] + 3
if job["first"] > 0:
    print(json.dumps({"inputs": job["count"], "ends": {".csv read": job["count"]}, "faults": [], "seconds": 1, "peak_kb": 1, "peak_early_kb": 1}))
    sys.exit()
open(job["folder"] + "/at", "wb").write(struct.pack("<q", n))
os.abort()
"""


def test_a_process_that_ends_is_a_fault_and_another_goes_on_behind_it(monkeypatch):
    monkeypatch.setattr(fuzz_foreign, "START", ABORTING)
    record = fuzz_foreign.run(10, seed=1)
    assert [(each["n"], each["kind"]) for each in record.faults] == [(3, "crash")]
    assert record.inputs == 10


def test_a_process_that_stands_still_is_ended_and_is_a_fault(monkeypatch):
    monkeypatch.setattr(fuzz_foreign, "START", ABORTING.replace("os.abort()", "import time; time.sleep(60)"))
    monkeypatch.setattr(fuzz_foreign, "STILL_S", 0.5)
    assert [each["n"] for each in fuzz_foreign.run(10, seed=1).faults] == [3]
