"""
How long does it take, beside its peers? Shared by all benchmarks.

Runs of all contenders are interleaved in one process, so that a busy machine slows them
alike; the first run of each (compiling, warming caches) is reported apart; medians are
taken over at least five further runs. CPU time counts all threads.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

RUNS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """Times of one contender [s]."""

    cpu_s: float
    """Median CPU time of a run."""
    wall_s: float
    """Median elapsed time of a run."""
    first_s: float
    """Elapsed time of the first run, not counted in the medians."""


def interleaved(contenders: Mapping[str, Callable[[], object]], runs: int = RUNS) -> dict[str, Timing]:
    """
    Time contenders by turns.

    Parameters
    ----------
    contenders
        What to run, by name; each call does the whole work.
    runs
        Timed runs of each, after a first that is reported apart; at least five.

    Returns
    -------
    dict
        Timing of each contender.
    """
    first_s = {name: _timed(run)[1] for name, run in contenders.items()}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    gc.collect()
    gc.disable()
    try:
        for _ in range(max(runs, RUNS)):
            for name, run in contenders.items():
                times[name].append(_timed(run))
    finally:
        gc.enable()
    return {
        name: Timing(
            cpu_s=statistics.median(cpu for cpu, _ in found),
            wall_s=statistics.median(wall for _, wall in found),
            first_s=first_s[name],
        )
        for name, found in times.items()
    }


def growth_exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return b of `seconds = a * size^b`, fitted on logarithms; nan with fewer than two sizes."""
    if len(sizes) < 2:
        return float("nan")
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def memory_bandwidth(megabytes: int = 256) -> float:
    """Return how fast one thread copies memory, bytes read and written together [GB/s]."""
    source = np.ones(megabytes * 2**20 // 8)
    target = np.empty_like(source)
    timing = interleaved({"copy": lambda: np.copyto(target, source)})["copy"]
    return 2 * source.nbytes / timing.wall_s / 1e9


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under a title, numbers to three significant digits."""
    cells = [[str(column) for column in columns], *([_shown(value) for value in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        print(
            "  ".join(
                f"{value:<{w}}" if i == 0 else f"{value:>{w}}"
                for i, (value, w) in enumerate(zip(row, widths, strict=True))
            )
        )
        if number == 0:
            print("  ".join("-" * width for width in widths))


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    """Return CPU and elapsed time of one call [s]."""
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    return time.process_time() - cpu, time.perf_counter() - wall


def _shown(value: object) -> str:
    """Return a number to three significant digits without exponent, anything else as text."""
    if isinstance(value, float):
        if not np.isfinite(value):
            return "-"
        digits = max(0, 2 - int(np.floor(np.log10(abs(value))))) if value else 0
        return f"{value:,.{min(digits, 6)}f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
