"""Runs: searches that go on in the background, are watched, and stop with a plan and a bound."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter
from typing import Generic, TypeVar

from footprint.errors import FootprintError
from footprint.options.choices import OptionError
from footprint.options.solve import SearchEffort
from layers.sentences import say

Result = TypeVar("Result")


class RunStage(StrEnum):
    """How far a run is."""

    WAITING = "waiting"
    """Another one runs."""
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    """The question makes no sense; see `fault`."""
    BROKEN = "broken"
    """A fault of ours; the log of the server tells which."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What a search knows so far."""

    seconds: float = 0.0
    score: float = float("nan")
    bound: float = float("nan")
    step: str = ""
    """What is being done, a message of the catalogue."""


class BackgroundRun(Generic[Result]):
    """One search in the background."""

    def __init__(
        self,
        work: Callable[[BackgroundRun[Result]], Result],
        about: object = None,
        before: Result | None = None,
    ) -> None:
        """
        Make one; it begins when it is started.

        Parameters
        ----------
        about
            What was asked, for whoever comes back to it.
        before
            What was known before, which stands until there is more.
        work
            What to do, with the run itself to be told of and to be asked whether to stop.
        """
        self._work, self._stop, self.about = work, threading.Event(), about
        self.stage, self.progress = RunStage.WAITING, Progress()
        self.result: Result | None = before
        self.fault: FootprintError | None = None
        self._began = perf_counter()

    def effort(self, seconds: float, gap: float) -> SearchEffort:
        """Return an effort that this run watches and can stop."""
        return SearchEffort(seconds, gap, self._stop.is_set, self._told)

    def must_go_on(self) -> None:
        """
        End the work here if somebody asked for it.

        Raises
        ------
        OptionError
            If so.
        """
        if self.stopped:
            raise OptionError(say("Stopped; what was known before stands."))

    def at(self, step: str) -> None:
        """Say what is being done."""
        self.progress = Progress(perf_counter() - self._began, self.progress.score, self.progress.bound, step)

    def _told(self, seconds: float, score: float, bound: float) -> None:
        del seconds
        self.progress = Progress(perf_counter() - self._began, score, bound, self.progress.step)

    @property
    def seconds(self) -> float:
        """How long ago it began [s]."""
        return perf_counter() - self._began

    @property
    def stopped(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.stage in {RunStage.DONE, RunStage.REFUSED, RunStage.BROKEN}

    def stop(self) -> None:
        """Let it end with what it has."""
        self._stop.set()

    def start(self, turn: threading.Semaphore) -> None:
        """Begin in a thread as soon as it is its turn."""
        threading.Thread(target=self._go, args=(turn,), daemon=True, name="options").start()

    def _go(self, turn: threading.Semaphore) -> None:
        with turn:
            self.stage, self._began = RunStage.RUNNING, perf_counter()
            try:
                self.must_go_on()
                self.result = self._work(self)
                self.stage = RunStage.DONE
            except FootprintError as error:
                self.fault, self.stage = error, RunStage.REFUSED
            finally:
                if self.stage is RunStage.RUNNING:
                    self.stage = RunStage.BROKEN


class Runs(Generic[Result]):
    """The latest run of each reader, so that a reload finds it; the oldest are forgotten."""

    def __init__(self, most: int, at_once: int) -> None:
        """
        Make an empty shelf.

        Parameters
        ----------
        most
            Runs that are kept.
        at_once
            Runs that search at the same time; the rest wait.
        """
        self._most, self._turn, self._lock = most, threading.Semaphore(at_once), threading.Lock()
        self._runs: OrderedDict[Hashable, BackgroundRun[Result]] = OrderedDict()

    def get(self, key: Hashable) -> BackgroundRun[Result] | None:
        """Return a reader's run, None if there is none."""
        with self._lock:
            if key in self._runs:
                self._runs.move_to_end(key)
            return self._runs.get(key)

    def start(
        self,
        key: Hashable,
        work: Callable[[BackgroundRun[Result]], Result],
        about: object = None,
        before: Result | None = None,
    ) -> BackgroundRun[Result]:
        """Begin a run in place of the reader's last, which is stopped; see `BackgroundRun`."""
        run = BackgroundRun(work, about, before)
        with self._lock:
            last = self._runs.pop(key, None)
            if last is not None:
                last.stop()
            self._runs[key] = run
            while len(self._runs) > self._most:
                _, oldest = self._runs.popitem(last=False)
                oldest.stop()
        run.start(self._turn)
        return run
