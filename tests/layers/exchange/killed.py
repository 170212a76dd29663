"""
A builder that is killed: `python killed.py TARGET TALLY [SEED]`, in a process of its own.

Every file operation that Python does is counted, by its own audit and where that hears nothing by a wrapper.
For each number there is, a child is forked that dies by SIGKILL just before that operation; after it, what stands is
told on a line: the number, the operation, which of the two folders stands, the word about what was left, and what
lies beside the target after that.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import sys
from pathlib import Path

from layers.exchange import recover, replace, replacing, workplace

HEARD = (
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "shutil.rmtree",
)
NOT_HEARD = (
    (os, "fsync"),
    (os, "pwrite"),
    (os, "fchmod"),
    (os, "close"),
    (replace, "swap"),
    (workplace.fcntl, "flock"),
)


class Clock:
    """Counts operations, and kills at one of them."""

    def __init__(self):
        self.at, self.deadly, self.running, self.names = 0, 0, False, []

    def tick(self, name):
        if not self.running:
            return
        self.at += 1
        self.names.append(name)
        if self.at == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)


def listen(clock):
    sys.addaudithook(lambda event, _: clock.tick(event) if event in HEARD else None)
    for module, name in NOT_HEARD:
        real = getattr(module, name)

        def heard(*args, _real=real, _name=name, **more):
            clock.tick(_name)
            return _real(*args, **more)

        setattr(module, name, heard)


def write(folder, word):
    """Write a folder of two levels that says which one it is in every file."""
    (folder / "imports").mkdir()
    for name in ("area.toml", "imports/catalogue.toml"):
        (folder / name).write_text(f"{name} of the {word} folder\n" * 9, encoding="utf-8")


def tree(folder):
    """Return a hash of every name, mode and content in a folder; "" where there is none."""
    if not folder.is_dir():
        return ""
    lines = [
        f"{path.relative_to(folder)} {path.stat().st_mode:o} {path.read_bytes() if path.is_file() else ''}"
        for path in sorted(folder.rglob("*"))
    ]
    return hashlib.sha256("\n".join([f"{folder.stat().st_mode:o}", *lines]).encode()).hexdigest()


def build(target, word):
    with replacing(target) as making:
        write(making, word)


def forked(clock, deadly, work):
    """Do some work in a child that dies at an operation; return whether it did die."""
    child = os.fork()
    if child == 0:
        clock.at, clock.deadly, clock.running = 0, deadly, True
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def counted(clock, work):
    """Return the names of the operations that some work does."""
    clock.at, clock.deadly, clock.running, clock.names = 0, 0, True, []
    work()
    clock.running = False
    return list(clock.names)


def laid(target, first):
    """Lay the folder of before, or none."""
    for path in target.parent.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if not first:
        target.mkdir(mode=0o750)
        write(target, "old")
        (target / "area.toml").chmod(0o640)


def main():
    target, how = Path(sys.argv[1]), sys.argv[2]
    clock, first = Clock(), "first" in how
    listen(clock)
    if "moved" in how:
        replace.swap = lambda *_: bool(clock.tick("swap"))
    laid(target, first)
    before = tree(target)
    names = counted(clock, lambda: build(target, "new"))
    stands = {before: "before", tree(target): "after"}
    draw = random.Random(int(sys.argv[3])) if len(sys.argv) > 3 else None  # noqa: S311
    numbers = (
        range(1, len(names) + 1)
        if draw is None
        else [draw.randint(1, len(names)) for _ in range(int(sys.argv[4]))]
    )
    for deadly in numbers:
        laid(target, first)
        died = forked(clock, deadly, lambda: build(target, "new"))
        found = stands.get(tree(target), "broken")
        # Whoever tidies up may be killed as well, at any of its own operations.
        if draw is not None:
            forked(clock, draw.randint(1, 12), lambda: recover(target))
        word = recover(target)
        row = {
            "at": names[deadly - 1],
            "died": died,
            "met": found,
            "stands": stands.get(tree(target), "broken"),
            "word": word and word.template,
            "beside": sorted(path.name for path in target.parent.iterdir() if path != target),
        }
        # What comes next builds as if nothing had been.
        with contextlib.suppress(OSError):
            build(target, "new")
        row["next"] = stands.get(tree(target), "broken")
        print(json.dumps(row))


if __name__ == "__main__":
    main()
