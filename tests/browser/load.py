"""Measure what a reader waits for and what the app costs in memory: `python -m tests.browser.load [AREA]`."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
from playwright.sync_api import Browser

from tests.browser.app import Screen, Server, chromium, screen, serving

SESSIONS, ACTS = 4, 20
TARGETS = {
    "first view, server warm [s]": 2.5,
    "click to answer [s]": 0.4,
    "month to sentence [s]": 0.2,
    "stepper to figures [s]": 0.6,
    "changed number to sentence [s]": 1.5,
    "payload of a click [kB]": 60.0,
    "peak memory [MB]": 1300.0,
}
_PLACES = ((14.30, -4.02), (14.15, -3.30), (14.45, -3.35), (14.75, -3.75), (14.60, -4.45))


class Memory:
    """Resident memory of the app and its children."""

    def __init__(self, server: Server) -> None:
        self._process = psutil.Process(server.process.pid)
        self.peak_mb = 0.0

    def now_mb(self) -> float:
        """Return the memory now [MB], and remember the most."""
        every = (self._process, *self._process.children(recursive=True))
        now = sum(each.memory_info().rss for each in every) / 1e6
        self.peak_mb = max(self.peak_mb, now)
        return now


def timed(act: Callable[[], None], reader: Screen, what: str, holds: Callable[[], object]) -> float:
    """Do an act; return how long it took until `holds` [s]."""
    start = time.perf_counter()
    act()
    reader.until(what, holds)
    taken = time.perf_counter() - start
    reader.idle()
    return taken


def first_view_s(reader: Screen) -> float:
    """Open the desk; return how long its map took to be painted [s]."""
    start = time.perf_counter()
    reader.page.goto(reader.url, wait_until="commit")
    reader.until("the first map", lambda: reader.stamp() is not None)
    taken = time.perf_counter() - start
    reader.idle()
    return taken


def clicks(reader: Screen) -> Iterator[tuple[float, float]]:
    """Look at one place after another by clicking; give seconds until it is answered, and bytes of each click."""
    reader.look_at(14.5, -3.6, 7.6)
    for number in range(ACTS):
        lat, lon = _PLACES[number % len(_PLACES)]
        shift, told, received = 0.01 * (number // len(_PLACES)), place_told(reader), reader.received_bytes
        taken = timed(
            lambda lat=lat + shift, lon=lon: reader.click_at(lat, lon),
            reader,
            "the place",
            lambda told=told: place_told(reader) not in {"", told},
        )
        yield taken, reader.received_bytes - received


def place_told(reader: Screen) -> str:
    """Return what the drawer says of a place; "" where it shows none."""
    found = reader.page.locator(".st-key-drawer .fp-place")
    return " ".join(found.all_inner_texts())


def changing(reader: Screen, act: Callable[[int], None], what: str) -> list[float]:
    """Do an act `ACTS` times, each of which changes the sentence; return the seconds until it has."""
    taken = []
    for number in range(ACTS):
        said = reader.sentence()
        taken.append(
            timed(
                lambda number=number: act(number), reader, what, lambda said=said: reader.sentence() != said
            )
        )
    return taken


def months(reader: Screen) -> list[float]:
    """Choose one month after another by a click."""
    return changing(reader, lambda number: reader.months().nth(number % 12).click(), "the month")


def steps(reader: Screen) -> list[float]:
    """Propose a base, and step its companies up and down."""
    reader.month(3)
    reader.search("Koro")
    reader.press_key("proposehere")
    return changing(
        reader,
        lambda number: reader.page.get_by_label(
            f"Infantry company {'−1' if number % 2 else '+1'}", exact=True
        ).click(),
        "the figures",
    )


def numbers(reader: Screen) -> list[float]:
    """Take another number over and go back to the shipped ones, in turns."""
    page = reader.page

    def act(number: int) -> None:
        page.get_by_role(
            "button", name="Back to the shipped numbers" if number % 2 else "Take it over"
        ).click()

    taken = []
    for number in range(ACTS):
        if number % 2 == 0:
            reader.open()
            page.locator(".st-key-assumptions button").first.click()
            reader.choose(page.get_by_role("combobox", name="What if this number were another?"), "limit")
            field = page.get_by_test_id("stNumberInput").locator("input").last
            with reader.rerunning():
                field.fill(str(float(field.input_value()) * (0.75 - 0.01 * number)))
                field.press("Enter")
        elif not page.get_by_role("button", name="Back to the shipped numbers").is_visible():
            page.locator(".st-key-assumptions button").first.click()
        said = reader.sentence()
        taken.append(
            timed(
                lambda number=number: act(number),
                reader,
                "the sentence",
                lambda said=said: reader.sentence() != said,
            )
        )
    return taken


def measure(browser: Browser, server: Server) -> dict[str, float]:
    """Return every figure of `TARGETS`, and how long the first view of a cold server took."""
    memory = Memory(server)
    with screen(browser, server.url) as warming:
        cold_s = first_view_s(warming)
    with ExitStack() as opened:
        readers = [opened.enter_context(screen(browser, server.url)) for _ in range(SESSIONS)]
        views = [first_view_s(reader) for reader in readers]
        clicked = list(clicks(readers[0]))
        by_month, by_step, by_number = months(readers[1]), steps(readers[2]), numbers(readers[3])
        memory.now_mb()
    median = statistics.median
    return {
        "first view, server cold [s]": cold_s,
        "first view, server warm [s]": median(views),
        "click to answer [s]": median(seconds for seconds, _ in clicked),
        "month to sentence [s]": median(by_month),
        "stepper to figures [s]": median(by_step),
        "changed number to sentence [s]": median(by_number),
        "payload of a click [kB]": median(bytes_ for _, bytes_ in clicked) / 1000,
        "peak memory [MB]": memory.peak_mb,
    }


def main() -> None:
    """Print the table."""
    area = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as state, serving(Path(state), area) as server, chromium() as browser:
        found = measure(browser, server)
    print(f"{ACTS} acts of each kind on {area or 'the bundled case'}")
    print(f"{os.cpu_count()} cores; load before {before:.1f}, after {os.getloadavg()[0]:.1f}")
    print(f"\n{'':36s}{'median':>10s}{'target':>10s}")
    for name, value in found.items():
        target = TARGETS.get(name)
        said = "" if target is None else f"{target:10.1f}{'' if value <= target else '  over'}"
        print(f"{name:36s}{value:10.2f}{said}")


if __name__ == "__main__":
    main()
