"""
Fuzzing of the readers of foreign files: files of every kind changed at random, by the hundred thousand.

    python -m tests.benchmarks.fuzz_foreign [--inputs N] [--seed S] [--first N] [--real DIR] [--record FILE]

One process in the cage works through them; should it end or stand still, that is a fault, and another goes on
behind the file that did it. Each file is made of the seed and its number, so a fault can be looked at again.
Recorded are files, crashes, hangs, lost rows (rows in the file that are neither read nor reported) and how
memory grew after the first tenth. It fails where there is a fault.
"""

from __future__ import annotations

import argparse
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import layers
from layers.drivers import all_but_geotiffs, all_but_shapefiles
from layers.foreign.isolation import _environment

STILL_S = 60.0
"""Time without a further file after which the process is taken to stand still [s]."""
START_S = 120.0
"""Time until its first file [s]."""
BATCH = 10_000
"""Files that one process works through."""
SMALL_BYTES = 40_000
"""Real files up to this size are changed as well."""
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  a folder of our own in it
"""Files are opened by the thousand: not on a disk, where there is memory for them."""
ROOT = Path(__file__).parents[2]
START = """
import sys, types
package = types.ModuleType("layers")
package.__path__ = [sys.argv[1] + "/layers"]
sys.modules["layers"] = package
for absent in ("geopandas", "pandas", "pyarrow"):
    sys.modules[absent] = None
sys.path.insert(0, sys.argv[1])
from tests.foreign_fuzz import main
main()
"""


@dataclass
class FuzzRecord:
    """What a run found."""

    seed: int
    inputs: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    faults: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    grown_kb: int = 0
    """Most that memory grew in one process after its first tenth [kB]."""

    @property
    def by_kind(self) -> dict[str, int]:
        """Faults of each kind."""
        counts = Counter(each["kind"] for each in self.faults)
        return {kind: counts[kind] for kind in ("crash", "hang", "lost row")}


def run(inputs: int, seed: int, first: int = 0, real: Path | None = None) -> FuzzRecord:
    """Work through files from a number on, in one process at a time."""
    record, at, end = FuzzRecord(seed), first, first + inputs
    small = sorted(str(each) for each in real.rglob("*") if _is_small(each)) if real else []
    while at < end:
        count = min(BATCH, end - at)
        with tempfile.TemporaryDirectory(prefix="footprint-fuzz-", dir=MEMORY) as name:
            folder = Path(name).resolve()
            job = {"folder": str(folder), "seed": seed, "first": at, "count": count, "real": small}
            tally, stopped = _worked(folder, job | {"rasters_skip": all_but_geotiffs()})
        if tally is None:
            record.faults.append(
                {"n": stopped, "name": "", "kind": "crash", "what": "the process ended or stood still"}
            )
            record.inputs += stopped + 1 - at
            at = stopped + 1
            continue
        record.inputs += tally["inputs"]
        record.ends.update(tally["ends"])
        record.faults += tally["faults"]
        record.seconds += tally["seconds"]
        record.grown_kb = max(record.grown_kb, tally["peak_kb"] - tally["peak_early_kb"])
        at += count
    return record


def _is_small(path: Path) -> bool:
    kinds = {".csv", ".xlsx", ".xls", ".geojson", ".json", ".gpkg", ".tif"}
    return path.suffix in kinds and path.stat().st_size <= SMALL_BYTES


def _worked(folder: Path, job: dict[str, Any]) -> tuple[dict[str, Any] | None, int]:
    """Run one process; return what it tells, or None and the number of the file that it ended or stood still at."""
    about = _environment(folder, ".zip") | {
        "GDAL_SKIP": all_but_shapefiles(),
        "PATH": os.environ.get("PATH", ""),
    }
    command = [sys.executable, "-I", "-B", "-c", START, str(ROOT)]
    with (folder / "told").open("w+b") as told, (folder / "ended").open("w+b") as ended:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=told, stderr=ended, env=about, cwd=folder
        )
        assert child.stdin is not None
        child.stdin.write(json.dumps(job).encode() + b"\n")
        child.stdin.close()
        seen, since = -1, time.monotonic()
        while child.poll() is None:
            time.sleep(0.2)
            now = _standing(folder / "at")
            if now != seen:
                seen, since = now, time.monotonic()
            elif time.monotonic() - since > (STILL_S if seen >= 0 else START_S):
                child.kill()
                child.wait()
        told.seek(0)
        content = told.read()
        if child.returncode == 0 and content:
            return json.loads(content), -1
        ended.seek(0)
        last = ended.read().decode("utf-8", "replace")[-2000:]
        if child.returncode == 1:
            # Not a reader: what was raised outside of all that is caught there.
            raise RuntimeError(last)
    return None, max(_standing(folder / "at"), int(job["first"]))


def _standing(path: Path) -> int:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return -1
    return struct.unpack("<q", content)[0] if len(content) == 8 else -1


def main() -> int:
    """Run as the arguments say, print and record what was found; return 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("--inputs", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--real", type=Path, default=None, help="Folder of real files to change as well.")
    parser.add_argument(
        "--record", type=Path, default=None, help="File to which a line is added for each part."
    )
    asked = parser.parse_args()
    print(f"{'files':>9} {'crashes':>8} {'hangs':>6} {'lost rows':>9} {'a second':>9} {'grown MB':>9}")
    faults, part = 0, BATCH if asked.record else asked.inputs
    for first in range(asked.first, asked.first + asked.inputs, part):
        record = run(min(part, asked.first + asked.inputs - first), asked.seed, first, asked.real)
        kinds, speed = record.by_kind, record.inputs / max(record.seconds, 1e-9)
        faults += len(record.faults)
        print(
            f"{record.inputs:>9} {kinds['crash']:>8} {kinds['hang']:>6} {kinds['lost row']:>9} {speed:>9.0f}"
            f" {record.grown_kb / 1024:>9.1f}",
            flush=True,
        )
        for each in record.faults[:20]:
            print(each["n"], each["name"], each["kind"], each["what"], sep="\n", flush=True)
        if asked.record:
            line = {
                "first": first,
                "seed": asked.seed,
                "inputs": record.inputs,
                **kinds,
                "ends": dict(record.ends),
            }
            line |= {
                "seconds": round(record.seconds, 1),
                "grown_kb": record.grown_kb,
                "layers": layers.__name__,
            }
            with asked.record.open("a", encoding="utf-8") as sink:
                sink.write(json.dumps(line) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
