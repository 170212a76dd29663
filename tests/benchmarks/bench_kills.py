"""
Benchmark: what puts an area folder in place of another is killed at a random moment, over and over.

    python -m tests.benchmarks.bench_kills [--quick] [--seed N] [--updates]

A tiny area is built anew from provider files under another frame date, by the function that the commands call, in a
child that is killed (SIGKILL) after a random time, 200 times (10 with --quick, and updates 20). Every other kill comes while the
folder is put into its place, at a random one of the file operations of that. After each the folder must be the one of
before or the one of after, byte for byte (both load), nothing may lie beside it, and where anything was left there
was a word about it. It stops at the first that is not so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from typer.testing import CliRunner

from footprint.cli.main import app
from layers import load_area
from layers.assemble import assemble
from layers.exchange import recover
from layers.scratch import own_folder
from tests.benchmarks.timing import print_table
from tests.layers.exchange.killed import Clock, counted, forked, listen
from tests.layers.intake.squares import begin_squares, write_people
from tests.layers.own_country import write_own_country
from tests.worlds import CATALOGUES

KILLS, QUICK, QUICK_BUILDS = 200, 20, 10
LAST = 150
"""File operations at the end of a work, among which it is killed: there the folders change places."""
ENDING_S = 10.0
"""A process that was just being started holds the locks of whoever started it until it has begun [s]."""
LEDGER = ("ledger.origin=G3", "ledger.date=2019", "ledger.licence=own", "ledger.confidence=high")
DAYS = {"before": date(2019, 6, 30), "after": date(2019, 12, 31)}


def main() -> None:
    """Kill, look, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--updates", action="store_true", help="kill updates instead of builds")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        works = (updates if asked.updates else builds)(Path(folder))
        met = kills(works, (QUICK if asked.updates else QUICK_BUILDS) if asked.quick else KILLS, asked.seed)
    rows = [(*key, count) for key, count in sorted(met.items())]
    print_table("What stood after a kill", ("killed", "folder", "word", "times"), rows)


@dataclass(frozen=True, slots=True)
class Works:
    """What makes of a folder one of two, whichever it was before."""

    target: Path
    of: Mapping[str, Callable[[], None]]
    """By what the folder then is."""


def builds(folder: Path) -> Works:
    """Return builds of an area from provider files, under two frame dates."""
    source, target = write_own_country(folder / "source"), folder / "x" / "land"

    def build(day: date) -> None:
        assemble(source, target, catalogues=CATALOGUES, frame_date=day)

    return Works(target, {name: partial(build, day) for name, day in DAYS.items()})


def updates(folder: Path) -> Works:
    """Return updates of an area of two squares by two editions of a list of sites."""
    target = folder / "x" / "land"
    target.parent.mkdir()
    begin_squares(target)
    for name, rows in (("before", 3), ("after", 5)):
        lines = [f"Alpha {n};camp;{n / 10};{20 + n / 10};{rows}" for n in range(1, rows)]
        (folder / name).mkdir()
        (folder / name / "sites.csv").write_text(
            "\n".join(["name;kind;lat;lon;FPU", *lines]), encoding="utf-8"
        )

    def command(*words: str) -> None:
        done = CliRunner().invoke(app, ["area", *words, "--yes"])
        if done.exit_code:
            sys.exit(f"a command that nobody killed fails: {done.stderr}{done.stdout}")

    command(
        "import",
        str(target),
        str(write_people(folder)),
        *_set(("option.unit=count", "option.year=2019", *LEDGER)),
    )
    road = {"type": "LineString", "coordinates": [[20.1, 0.1], [20.9, 0.9]]}
    made = {"type": "Feature", "properties": {"class": "primary"}, "geometry": road}
    (folder / "roads.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [made]}))
    command("import", str(target), str(folder / "roads.geojson"), *_set(("layer=roads", *LEDGER)))
    command("import", str(target), str(folder / "before" / "sites.csv"), *_set(("layer=sites", *LEDGER)))
    return Works(
        target,
        {
            name: partial(command, "update", str(target), str(folder / name / "sites.csv"))
            for name in ("after", "before")
        },
    )


def _set(answers: Sequence[str]) -> list[str]:
    return [word for each in answers for word in ("--set", each)]


def kills(works: Works, times: int, seed: int) -> Counter[tuple[str, str, str]]:
    """Kill that many works; return how often what stood, and what was said of what was left."""
    target, digests, took = works.target, {}, 0.0
    for name, work in works.of.items():
        begun = time.monotonic()
        work()
        took = time.monotonic() - begun
        load_area(target)
        digests[_digest(target)] = name
    if len(digests) != len(works.of):
        sys.exit("the two are one")
    draw, clock = random.Random(seed), Clock()  # noqa: S311
    met = Counter[tuple[str, str, str]]()
    listen(clock)
    operations = len(counted(clock, next(iter(works.of.values()))))
    for n in range(times):
        stood = digests[_digest(target)]
        coming = next(work for name, work in works.of.items() if name != stood)
        if n % 2:
            how, died = (
                "at an operation",
                forked(clock, draw.randint(max(1, operations - LAST), operations), coming),
            )
        else:
            how, died = "at a time", _killed_after(draw.uniform(0, 1.1 * took), coming)
        left = sorted(path.name for path in target.parent.iterdir() if path != target)
        word = recover(target)
        stands = digests.get(_digest(target), "broken")
        beside = [path.name for path in target.parent.iterdir() if path != target]
        kept = _working_folders()
        if stands == "broken" or beside or kept or (left and not word and not _empty(left)):
            sys.exit(f"kill {n}: {stands}, {beside}, {kept}, {left}, {word}")
        became = "as it was" if stands == stood else "new"
        met[how if died else "came too late", became, "a word" if word else "nothing left"] += 1
    return met


def _working_folders() -> list[str]:
    """Return the folders to work in that are left once they are old and another program has begun."""
    beside, until = Path(tempfile.gettempdir()), time.monotonic() + ENDING_S
    while True:
        for folder in beside.glob("footprint-work-*"):
            os.utime(folder, (0, 0))
        with own_folder("kills") as own:
            left = [each.name for each in beside.glob("footprint-work-*") if each != own]
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.1)


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
    content = b"".join(
        str(path.relative_to(folder)).encode() + path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main()
