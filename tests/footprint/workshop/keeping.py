"""A process that keeps plans and says each name once it is acknowledged; it is killed by its test."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from footprint.scenario import CloseSite, Scenario
from footprint.workshop import AddPlan, Baseline, Plan, StaleError, Store


def main(path, token="", number="0", acts="0"):
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


def nursery():
    """Do each line of standard input in a process of its own, which says its number first; only this one imports."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(str(os.getpid()))
            main(*line.split())
            os._exit(0)
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    if sys.argv[1:]:
        main(*sys.argv[1:])
    else:
        nursery()
