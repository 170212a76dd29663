"""The app as Streamlit's own tester runs it: without a browser, one new reader each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from footprint.pages import _kept
from footprint.scenario import Change, Scenario
from footprint.workshop import AddPlan, Baseline, Plan, Store
from layers import Area, load_area
from tests import kept
from tests.worlds import find_patterns

ROOT = Path(__file__).resolve().parents[2]

Start = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _files_that_nobody_changes_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages have an area, and its patterns, that another test of the run has read and found already."""

    def read(folder: Path) -> Area:
        return kept.area_at(folder) if kept.is_constant(folder) else load_area(folder)

    monkeypatch.setattr(_kept, "load_area", read)
    monkeypatch.setattr(_kept, "find_patterns", find_patterns)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the desks of this test are kept."""
    path = tmp_path / "desks.store"
    monkeypatch.setenv("FOOTPRINT_STORE", str(path))
    return path


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, store: Path, tmp_path: Path) -> Start:  # noqa: ARG001  desks are kept there
    """Return a way to start the app on an area, by default the bundled case, and run it once."""
    # Keys and log of releases are the test's own, whatever this machine's user has released.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def started(area: Path | None = None, *, desk: str = "") -> AppTest:
        monkeypatch.setattr(sys, "argv", ["app.py", *([str(area)] if area else [])])
        # Streamlit's tester finds a script beside the test's own file unless the path is absolute.
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
        if desk:
            app.query_params["desk"] = desk
        return app.run()

    return started


@contextmanager
def opened_store(path: Path) -> Iterator[Store]:
    """Open the store of a test, as another program would."""
    with Store(path) as store:
        yield store


def desk_with(path: Path, *plans: tuple[str, tuple[Change, ...]], area_id: str = "mali") -> str:
    """Put plans on a new desk and return its token."""
    with opened_store(path) as store:
        token, entry = store.new_desk(area_id)
        for version, (name, changes) in enumerate(plans):
            plan = Plan(Scenario(name, changes), Baseline(area_id))
            store.act(entry, AddPlan(plan), on=version)
    return token
