"""
A nursery of processes that keep plans and say each name once it is acknowledged; a test kills some of them.

Each line of standard input names a job and what it is given; several, parted by semicolons, run at once. Each job has
a process of its own, which says its number first; only the nursery imports. When all have ended, it says how.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from footprint.scenario import CloseSite, Scenario
from footprint.workshop import AddPlan, Baseline, Plan, StaleError, Store, StoreError


def keep(path, token="", number="0", acts="0"):
    with Store(Path(path)) as store:
        entry = store.enter(token) if token else store.new_desk("square")[1]
        for turn in range(int(acts)):
            name = f"{number}.{turn}"
            added = AddPlan(Plan(Scenario(name, (CloseSite("camp"),)), Baseline("square")))
            while True:
                try:
                    store.act(entry, added, on=store.desk(entry).version)
                except StaleError:
                    continue
                break
            say(name)


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def without_room(path):
    """Make a desk where no file may grow; say how that is refused."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    refused(lambda: Store(Path(path)).new_desk("square"))


def without_leave(path):
    """Open a store as a user who may write nowhere; say how that is refused."""
    if os.geteuid() == 0:
        os.setegid(65534)
        os.seteuid(65534)  # root may write everywhere
    refused(lambda: Store(Path(path)))


def refused(act):
    try:
        act()
    except StoreError as error:
        say(str(error))


JOBS = {"keep": keep, "without_room": without_room, "without_leave": without_leave}


def begun(job, *given):
    """Return the number of a process that does a job."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        say(str(os.getpid()))
        JOBS[job](*given)
        code = 0
    finally:
        os._exit(code)


def nursery():
    for line in sys.stdin:
        children = [begun(*job.split()) for job in line.split(";")]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        say(f"over {codes}")


if __name__ == "__main__":
    nursery()
