"""Run every benchmark: `python -m tests.benchmarks [--quick]`."""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = (
    "bench_travel",
    "bench_whatif",
    "bench_portfolios",
    "bench_draws",
    "bench_coverage",
    "bench_hotspots",
    "bench_recurrence",
    "bench_fragility",
    "bench_laws",
    "bench_places",
    "bench_siting",
    "bench_options",
    "bench_stagger",
    "bench_kills",
    "bench_roads",
)


def main() -> int:
    """Run each benchmark in a process of its own, so that none warms up another; return the worst exit code."""
    codes = [
        subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{name}", *sys.argv[1:]], check=False
        ).returncode
        for name in BENCHMARKS
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
