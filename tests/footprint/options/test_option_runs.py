"""Searches in the background: they wait for their turn, are watched, stopped, found again and forgotten."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from footprint.language import Language
from footprint.options.choices import OptionError
from footprint.options.engine import OptionsQuestion
from footprint.options.runs import BackgroundRun, Runs, RunStage
from footprint.options.session import Inquired, inquire
from footprint.options.solve import SearchStatus
from layers.sentences import say
from tests.footprint.options.tiny import LOOSE, TABLE, aim, basis
from tests.worlds import router_of

LONG = 60.0
"""Longer than any of these waits should last [s]."""


class Gate:
    """Work that begins, and goes on only when it is let."""

    def __init__(self, result: str = "done") -> None:
        self.begun, self.let, self._result = threading.Event(), threading.Event(), result

    def __call__(self, run: BackgroundRun[str]) -> str:
        del run
        self.begun.set()
        assert self.let.wait(LONG)
        return self._result


@pytest.fixture
def gate() -> Iterator[Gate]:
    own = Gate()
    yield own
    own.let.set()


def wait(run: BackgroundRun) -> BackgroundRun:
    """Return a run when it is over, and its thread too: what broke in it is told in the test that broke it."""
    pause = threading.Event()
    for _ in range(int(LONG / 0.01)):
        if run.is_over:
            for thread in threading.enumerate():
                if thread.name == "options":
                    thread.join(0.2)
            return run
        pause.wait(0.01)
    raise TimeoutError("a run does not end")


def test_a_run_gives_its_result():
    run = wait(Runs(2, 1).start("reader", lambda _: "plans"))
    assert (run.stage, run.result) == (RunStage.DONE, "plans")


def test_while_one_searches_the_next_waits_for_its_turn(gate):
    runs = Runs(2, 1)
    first, begun = runs.start("first", gate), threading.Event()
    assert gate.begun.wait(LONG)
    second = runs.start("second", lambda _: begun.set() or "later")
    assert (first.stage, second.stage, begun.is_set()) == (RunStage.RUNNING, RunStage.WAITING, False)
    gate.let.set()
    assert wait(second).result == "later"


def test_as_many_search_at_once_as_may(gate):
    runs = Runs(3, 2)
    runs.start("first", gate)
    assert gate.begun.wait(LONG)
    assert wait(runs.start("second", lambda _: "at once")).result == "at once"


def test_a_run_that_breaks_leaves_its_turn_to_the_next():
    runs = Runs(2, 1)
    wait(runs.start("first", refuse))
    assert wait(runs.start("second", lambda _: "next")).stage is RunStage.DONE


def refuse(_run) -> str:
    raise OptionError(say("{place}: it needs longitude and latitude", place="x"))


def test_a_question_that_makes_no_sense_is_refused_with_its_reason():
    run = wait(Runs(2, 1).start("reader", refuse))
    assert (run.stage, run.result) == (RunStage.REFUSED, None)
    assert run.fault.said(Language("fr")).startswith("x")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_ours_is_told_apart_from_it():
    run = wait(Runs(2, 1).start("reader", lambda _: 1 / 0))
    assert (run.stage, run.fault) == (RunStage.BROKEN, None)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("work", [refuse, lambda _: 1 / 0], ids=["refused", "broken"])
def test_what_was_known_before_stands_when_a_further_question_fails(work):
    assert wait(Runs(2, 1).start("reader", work, before="plans")).result == "plans"


def test_what_was_known_before_stands_meanwhile(gate):
    assert Runs(2, 1).start("reader", gate, before="plans").result == "plans"


def test_a_reload_finds_the_run_and_what_was_asked(gate):
    runs = Runs(2, 1)
    run = runs.start("reader", gate, about="question")
    assert runs.get("reader") is run
    assert run.about == "question"


def test_who_asked_nothing_has_no_run():
    assert Runs(2, 1).get("reader") is None


def test_a_new_question_stops_the_last_and_takes_its_place(gate):
    runs = Runs(2, 1)
    first = runs.start("reader", gate)
    second = runs.start("reader", lambda _: "second")
    assert first.stopped
    assert runs.get("reader") is second


def test_readers_do_not_stop_one_another(gate):
    runs = Runs(2, 1)
    first = runs.start("first", gate)
    runs.start("second", lambda _: "second")
    assert not first.stopped


def test_the_oldest_is_stopped_and_forgotten(gate):
    runs = Runs(2, 1)
    first = runs.start("first", gate)
    for reader in ("second", "third"):
        runs.start(reader, lambda _: "x")
    assert first.stopped
    assert [runs.get(reader) is None for reader in ("first", "second", "third")] == [True, False, False]


def test_who_comes_back_is_not_the_oldest(gate):
    runs = Runs(2, 1)
    for reader in ("first", "second"):
        runs.start(reader, gate)
    runs.get("first")
    runs.start("third", gate)
    assert [runs.get(reader) is None for reader in ("first", "second")] == [False, True]


def test_progress_holds_step_score_and_bound():
    def work(run: BackgroundRun[str]) -> str:
        run.at("Searching")
        run.effort(5.0, 0.1).told(1.0, 0.25, 0.5)
        return "x"

    own = wait(Runs(2, 1).start("reader", work)).progress
    assert (own.step, own.score, own.bound) == ("Searching", 0.25, 0.5)


def test_the_next_step_keeps_what_is_known():
    def work(run: BackgroundRun[str]) -> str:
        run.effort(5.0, 0.1).told(1.0, 0.25, 0.5)
        run.at("Reviewing")
        return "x"

    own = wait(Runs(2, 1).start("reader", work)).progress
    assert (own.step, own.score) == ("Reviewing", 0.25)


def test_whoever_searches_sees_that_it_was_stopped():
    run = BackgroundRun[str](lambda _: "x")
    effort = run.effort(5.0, 0.1)
    before = effort.stopped()
    run.stop()
    assert (before, effort.stopped()) == (False, True)


def test_work_that_cannot_end_with_less_ends_with_what_was_known_before():
    run = BackgroundRun[str](lambda own: own.must_go_on() or "x", before="plans")
    run.stop()
    run.start(threading.Semaphore(1))
    wait(run)
    assert (run.stage, run.result) == (RunStage.REFUSED, "plans")


@pytest.mark.slow
def test_a_search_that_is_stopped_at_once_leaves_an_answer():
    def work(run: BackgroundRun[Inquired]) -> Inquired:
        run.stop()
        question = OptionsQuestion(TABLE, aim(), LOOSE)
        return inquire(basis(), router_of(basis()), question, run.effort(20.0, 1e-9), run.at)

    run = wait(Runs[Inquired](2, 1).start("reader", work))
    assert run.stage is RunStage.DONE
    assert run.result.answer.status in {SearchStatus.STOPPED, SearchStatus.NOT_FOUND}
    assert len(run.result.answer.plans) >= 2
