"""
Benchmark: a build of an area folder is killed at a random moment, over and over.

    python -m tests.benchmarks.bench_kills [--quick] [--seed N]

A tiny area is built anew from provider files under another frame date, by the function that the commands call, in a
child that is killed (SIGKILL) after a random time, 200 times (20 with --quick). Every other kill comes while the
folder is put into its place, at a random one of the file operations of that. After each the folder must be the one of
before or the one of after, byte for byte (both load), nothing may lie beside it, and where anything was left there
was a word about it. It stops at the first that is not so.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from layers import load_area
from layers.assemble import assemble
from layers.exchange import recover
from tests.benchmarks.timing import print_table
from tests.layers.exchange.killed import Clock, forked, listen
from tests.layers.own_country import write_own_country
from tests.worlds import CATALOGUES

KILLS, QUICK = 200, 20
DAYS = {"before": date(2019, 6, 30), "after": date(2019, 12, 31)}


def main() -> None:
    """Kill, look, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the kills")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        met = kills(Path(folder), QUICK if asked.quick else KILLS, asked.seed)
    rows = [(*key, count) for key, count in sorted(met.items())]
    print_table("What stood after a kill", ("killed", "folder", "word", "times"), rows)


def kills(folder: Path, times: int, seed: int) -> Counter[tuple[str, str, str]]:
    """Kill that many builds; return how often what stood, and what was said of what was left."""
    source, target = write_own_country(folder / "source"), folder / "x" / "land"
    digests, took = {}, 0.0
    for name, day in DAYS.items():
        begun = time.monotonic()
        assemble(source, target, catalogues=CATALOGUES, frame_date=day)
        took = time.monotonic() - begun
        if load_area(target).frame_date != day:
            sys.exit("a build that nobody killed does not load")
        digests[_digest(target)] = name
    draw, clock = random.Random(seed), Clock()  # noqa: S311
    met = Counter[tuple[str, str, str]]()
    listen(clock)
    for n in range(times):
        stood = digests[_digest(target)]
        coming = next(day for name, day in DAYS.items() if name != stood)

        def build(day: date = coming) -> None:
            assemble(source, target, catalogues=CATALOGUES, frame_date=day)

        if n % 2:
            how, died = "at an operation", forked(clock, draw.randint(1, 150), build)
        else:
            how, died = "at a time", _killed_after(draw.uniform(0, 1.1 * took), build)
        left = sorted(path.name for path in target.parent.iterdir() if path != target)
        word = recover(target)
        stands = digests.get(_digest(target), "broken")
        beside = [path.name for path in target.parent.iterdir() if path != target]
        if stands == "broken" or beside or (left and not word and not _empty(left)):
            sys.exit(f"kill {n}: {stands}, {beside}, {left}, {word}")
        kept = "as it was" if stands == stood else "new"
        met[how if died else "came too late", kept, "a word" if word else "nothing left"] += 1
    return met


def _killed_after(delay_s: float, work: Callable[[], None]) -> bool:
    """Do some work in a child that is killed after a time; return whether it died of that."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    time.sleep(delay_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _empty(left: list[str]) -> bool:
    """Tell whether what was left was a work folder in which nothing had been begun: that is worth no word."""
    return left == [".land.footprint-work"]


def _digest(folder: Path) -> str:
    """Return a hash of every name and content of a folder."""
    content = b"".join(path.name.encode() + path.read_bytes() for path in sorted(folder.iterdir()))
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main()
