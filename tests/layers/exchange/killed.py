"""
A builder that is killed: `python killed.py TARGET HOW…`, in a process of its own.

Every file operation that Python does is counted, by its own audit and where that hears nothing by a wrapper.
For each number there is, a child is forked that dies by SIGKILL just before that operation; after it, what stands is
told on a line: the operation, which of the two folders stands, the word about what was left, and what
lies beside the target after that.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
import types
from pathlib import Path

if __name__ == "__main__":
    # Without what `layers` loads besides: hundreds of forks of a small process are quick.
    sys.modules["layers"] = types.ModuleType("layers")
    sys.modules["layers"].__path__ = [str(Path(__file__).resolve().parents[3] / "layers")]

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
            # A kill takes nothing from what the system holds for the disk; writing through is slow, and only counted.
            return None if _name == "fsync" else _real(*args, **more)

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


def killed(clock, target, how):
    """Yield what stands after a kill before each operation."""
    first, swap = "first" in how, replace.swap
    if "moved" in how:
        replace.swap = lambda *_: bool(clock.tick("swap"))
    laid(target, first)
    before = tree(target)
    names = counted(clock, lambda: build(target, "new"))
    stands = {before: "before", tree(target): "after"}
    for deadly in range(1, len(names) + 1):
        laid(target, first)
        died = forked(clock, deadly, lambda: build(target, "new"))
        met = stands.get(tree(target), "broken")
        if "again" in how:
            # Whoever tidies up may be killed as well, at any of its own operations.
            forked(clock, deadly % 15 + 1, lambda: recover(target))
        word = recover(target)
        row = {
            "how": how,
            "at": names[deadly - 1],
            "died": died,
            "met": met,
            "stands": stands.get(tree(target), "broken"),
            "word": word and word.template,
            "beside": sorted(path.name for path in target.parent.iterdir() if path != target),
        }
        # What comes next builds as if nothing had been.
        build(target, "new")
        yield {**row, "next": stands.get(tree(target), "broken")}
    replace.swap = swap


def main():
    target, clock = Path(sys.argv[1]), Clock()
    listen(clock)
    for how in sys.argv[2:]:
        for row in killed(clock, target, how):
            print(json.dumps(row))


if __name__ == "__main__":
    main()
