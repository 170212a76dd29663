"""
Fuzzing led by what it reaches: atheris changes files of one kind and keeps those that run new code of ours.

    python -m tests.benchmarks.fuzz_guided [--runs N] [--kind a.csv] [--seed S]

Needs `atheris` (pip install atheris), which is for Linux; the readers of one kind of file run in the cage, one
process for each kind. What holds of every file is the same as in `fuzz_foreign`. It fails where there is a fault.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from layers.drivers import all_but_geotiffs, all_but_shapefiles
from layers.foreign.isolation import _environment
from tests.benchmarks.fuzz_foreign import MEMORY, ROOT, START

KINDS = (
    "a.csv",
    "b.csv",
    "a.xlsx",
    "a.geojson",
    "a.kml",
    "a.gpx",
    "a.kmz",
    "a.gpkg",
    "a.zip",
    "b.zip",
    "a.tif",
    "c.tif",
)
GUIDED = START.replace(
    "from tests.foreign_fuzz import main",
    "import atheris\nwith atheris.instrument_imports(include=['layers.foreign']):\n    from tests.foreign_fuzz import guided as main",
)  # fmt: skip


def run(kind: str, runs: int, seed: int) -> tuple[int, str]:
    """Work through files of one kind; return the exit code of the process, 0 where there was no fault, and its end."""
    with tempfile.TemporaryDirectory(prefix="footprint-guided-", dir=MEMORY) as name:
        folder = Path(name).resolve()
        (folder / "kept").mkdir()
        job = {
            "folder": str(folder),
            "kind": kind,
            "runs": runs,
            "seed": seed,
            "rasters_skip": all_but_geotiffs(),
        }
        about = _environment(folder, ".zip") | {"GDAL_SKIP": all_but_shapefiles()}
        about |= {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        ran = subprocess.run(
            [sys.executable, "-B", "-W", "ignore", "-c", GUIDED, str(ROOT)],
            input=json.dumps(job).encode() + b"\n", capture_output=True, env=about, cwd=folder, check=False,
        )  # fmt: skip
    return ran.returncode, (ran.stdout + ran.stderr).decode("utf-8", "replace")


def main() -> int:
    """Work through every kind, or the one asked for, and print what was found; return 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("--runs", type=int, default=2_000, help="Files of each kind.")
    parser.add_argument("--kind", choices=KINDS, default=None)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    faults = 0
    for kind in [asked.kind] if asked.kind else KINDS:
        code, text = run(kind, asked.runs, asked.seed)
        lines = text.strip().splitlines()
        faults += code != 0
        reached = next((line for line in reversed(lines) if "cov:" in line), "")
        print(kind, "no fault" if code == 0 else "fault", reached.strip(), sep=" | ", flush=True)
        if code:
            raised = next((n for n, line in enumerate(lines) if "Uncaught" in line), len(lines) - 25)
            print("\n".join(lines[raised : raised + 25]), flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
