"""Measure what a reader waits for and what the app costs in memory: `python -m tests.browser.load [AREA]`."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
from playwright.sync_api import Browser

from tests.browser.app import Screen, Server, chromium, screen, serving

SESSIONS, CLICKS = 8, 5
TARGETS = {
    "first view, server warm [s]": 3.0,
    "click to new figures [s]": 1.5,
    "bytes per click [kB]": 100.0,
    "peak memory, one session [MB]": 1000.0,
    "peak memory, all sessions [MB]": 1000.0,
    "memory per further session [MB]": 3.0,
}
_PLACES = ((14.30, -4.10), (14.15, -3.60), (14.45, -3.35), (14.75, -3.75), (14.60, -4.45))


class Memory:
    """Resident memory of the app's process."""

    def __init__(self, server: Server) -> None:
        self._process = psutil.Process(server.process.pid)
        self.peak_mb = 0.0

    def now_mb(self) -> float:
        """Return the memory now [MB], and remember the most."""
        now = self._process.memory_info().rss / 1e6
        self.peak_mb = max(self.peak_mb, now)
        return now

    def cpu_s(self) -> float:
        """Return the processor time used so far [s]."""
        times = self._process.cpu_times()
        return times.user + times.system


def first_view_s(reader: Screen) -> float:
    """Open the map; return how long it took to be painted [s]."""
    start = time.perf_counter()
    reader.page.goto(reader.url, wait_until="commit")
    reader.until("the first map", lambda: reader.stamp() is not None)
    taken = time.perf_counter() - start
    reader.idle()
    return taken


def clicks(reader: Screen, memory: Memory, shift: float = 0.0) -> Iterator[tuple[float, float, float]]:
    """Propose sites by clicking; give seconds, bytes and processor seconds of each click."""
    reader.mode("Propose")
    reader.look_at(14.5, -3.9, 7)
    for lat, lon in _PLACES[:CLICKS]:
        stamp, received, used = reader.stamp(), reader.received_bytes, memory.cpu_s()
        start = time.perf_counter()
        reader.click_at(lat + shift, lon)
        reader.until("new figures", lambda stamp=stamp: reader.answered(stamp))
        taken = time.perf_counter() - start
        reader.idle()
        memory.now_mb()
        yield taken, reader.received_bytes - received, memory.cpu_s() - used


def measure(browser: Browser, server: Server) -> dict[str, float]:
    """Return every figure of `TARGETS`, and the processor time of a click."""
    memory = Memory(server)
    with screen(browser, server.url) as warming:
        cold_s = first_view_s(warming)
    views, taken, sent, used = [], [], [], []
    grown: list[float] = []
    with ExitStack() as opened:
        for number in range(SESSIONS):
            reader = opened.enter_context(screen(browser, server.url))
            views.append(first_view_s(reader))
            # The first three sessions ask other questions than each other; the rest repeat theirs, so that
            # what grows is the session's own and not the shared store of results.
            for seconds, bytes_, processor in clicks(reader, memory, shift=0.02 * min(number, 3)):
                taken.append(seconds)
                sent.append(bytes_ / 1000)
                used.append(processor)
            grown.append(memory.now_mb())
            if number == 0:
                alone = memory.peak_mb
    return {
        "first view, server cold [s]": cold_s,
        "first view, server warm [s]": statistics.median(views),
        "click to new figures [s]": statistics.median(taken),
        "processor time per click [s]": statistics.median(used),
        "bytes per click [kB]": statistics.median(sent),
        "peak memory, one session [MB]": alone,
        "peak memory, all sessions [MB]": memory.peak_mb,
        "memory per further session [MB]": (grown[-1] - grown[3]) / (len(grown) - 4),
    }


def main() -> None:
    """Print the table."""
    area = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as state, serving(Path(state), area) as server, chromium() as browser:
        found = measure(browser, server)
    print(f"{SESSIONS} sessions of {CLICKS} clicks on {area or 'the bundled case'}")
    print(f"{os.cpu_count()} cores; load before {before:.1f}, after {os.getloadavg()[0]:.1f}")
    print(f"\n{'':36s}{'median':>10s}{'target':>10s}")
    for name, value in found.items():
        target = TARGETS.get(name)
        said = "" if target is None else f"{target:10.1f}{'' if value <= target else '  over'}"
        print(f"{name:36s}{value:10.2f}{said}")


if __name__ == "__main__":
    main()
