"""
Many people at one table: `python -m tests.browser.sessions [AREA]`.

Twenty desks are open at once for three minutes; each reader looks, clicks and steps every few seconds.
Printed are what went wrong, how long acts took, and what the app held in memory before, meanwhile and after.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.browser.app import Screen, Server, chromium, screen, serving

READERS, BROWSERS, SECONDS = 20, 4, 180.0
PAUSE_S = 6.0
"""From one act of a reader to their next; a person needs longer to read the answer."""
SETTLED_S = 60.0
"""After everybody has left, until memory is looked at: what a session held goes with it."""
SLOWEST_S, MOST_MB = 3.0, 1300.0
_PLACES = ((14.30, -4.02), (14.15, -3.30), (14.45, -3.35), (14.75, -3.75), (14.60, -4.45))


@dataclass
class Diary:
    """What the readers of one browser went through."""

    acts: list[tuple[str, float]] = field(default_factory=list)
    """Each act, and how long it took until its answer was seen [s]."""
    faults: list[str] = field(default_factory=list)


def timed(reader: Screen, act: Callable[[], None], seen: Callable[[], str]) -> float:
    """Do an act; return how long it took until what is seen was another [s]."""
    before, start = seen(), time.perf_counter()
    act()
    reader.until("an answer", lambda: seen() != before)
    return time.perf_counter() - start


def one_act(reader: Screen, number: int) -> tuple[str, float]:
    """Do the next of four acts: a month, a place, another month, one company more or less."""
    month = reader.months().nth((3 * number + 1) % 12)
    lat, lon = _PLACES[(number // 4) % len(_PLACES)]
    match number % 4:
        case 0 | 2:
            return "month", timed(reader, month.click, lambda: str(reader.chosen_month()))
        case 1:
            shift = 0.01 * (number // 4 % 7)
            reader.tab("Place")
            return "place", timed(reader, lambda: reader.click_at(lat + shift, lon), reader.drawer)
        case _:
            reader.tab("Proposal")
            sign = "+1" if number // 4 % 2 == 0 else "−1"
            step = reader.page.get_by_label(f"Infantry company {sign}", exact=True)
            return "stepper", timed(reader, step.click, reader.sentence)


def read_along(url: str, readers: int, seconds: float, told: multiprocessing.Queue[Diary]) -> None:
    """Sit some readers down in one browser, let them act by turns, and hand over what happened."""
    diary = Diary()
    with chromium() as browser, ExitStack() as opened:
        desks = [opened.enter_context(screen(browser, url)) for _ in range(readers)]
        for reader in desks:
            reader.open()
            reader.search("Koro")
            reader.press_key("proposehere")
            reader.look_at(14.5, -3.6, 7.6)
        due = [time.monotonic() + PAUSE_S * at / readers for at in range(readers)]
        end, number = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            at = number % readers
            desks[at].page.wait_for_timeout(max(0.0, 1000 * (due[at] - time.monotonic())))
            due[at] = time.monotonic() + PAUSE_S
            diary.acts.append(one_act(desks[at], number // readers))
            number += 1
        for reader in desks:
            diary.faults += reader.faults
    told.put(diary)


def memory_mb(server: Server) -> float:
    """Return the resident memory of the app now [MB]."""
    return psutil.Process(server.process.pid).memory_info().rss / 1e6


def sit_down(server: Server) -> tuple[list[Diary], float]:
    """Let everybody act at once; return their diaries, and the most memory the app held [MB]."""
    spawning = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[Diary] = spawning.Queue()
    given = (server.url, READERS // BROWSERS, SECONDS, told)
    browsers = [spawning.Process(target=read_along, args=given) for _ in range(BROWSERS)]
    for each in browsers:
        each.start()
    peak = 0.0
    while any(each.is_alive() for each in browsers) and told.qsize() < BROWSERS:
        peak = max(peak, memory_mb(server))
        time.sleep(0.5)
    diaries = [told.get(timeout=60) for _ in browsers]
    for each in browsers:
        each.join()
    return diaries, peak


def main() -> None:
    """Print the table."""
    area = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as state, serving(Path(state), area) as server:
        with chromium() as browser, screen(browser, server.url) as first:
            first.open()
            alone = memory_mb(server)
        diaries, peak = sit_down(server)
        time.sleep(SETTLED_S)
        after = memory_mb(server)
        log = (Path(state) / "server.log").read_text(encoding="utf-8")
    print(f"{READERS} readers for {SECONDS:g} s on {area or 'the bundled case'}; {os.cpu_count()} cores")
    print(f"\n{'':10s}{'acts':>8s}{'median s':>10s}{'p95 s':>10s}{'worst s':>10s}")
    acts = [act for diary in diaries for act in diary.acts]
    for kind in ("month", "place", "stepper", "every act"):
        taken = [seconds for name, seconds in acts if kind in {name, "every act"}]
        p95 = statistics.quantiles(taken, n=20)[-1]
        over = "  over" if p95 > SLOWEST_S else ""
        print(f"{kind:10s}{len(taken):8d}{statistics.median(taken):10.2f}{p95:10.2f}{max(taken):10.2f}{over}")
    over = "  over" if peak > MOST_MB else ""
    print(
        f"\nmemory with one reader {alone:.0f} MB, at most {peak:.0f} MB{over}, {SETTLED_S:g} s later {after:.0f} MB"
    )
    faults = [fault for diary in diaries for fault in diary.faults]
    print(f"faults in browsers {len(faults)}, errors of the app {log.count('Traceback')}")
    print("\n".join(sorted(set(faults))[:20]))


if __name__ == "__main__":
    main()
