"""What every test may ask for, and what the run says about tests that could not run."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser
from typer import testing

import layers  # noqa: F401 - sets GDAL's driver list before any test imports GDAL
from footprint import violence as patterns_package
from footprint.cli import common
from footprint.prepared import Prepared
from layers.assemble import assemble
from tests import kept
from tests.browser.app import chromium
from tests.words import every_error_heard
from tests.worlds import CATALOGUES, find_patterns

ROOT = Path(__file__).resolve().parents[1]
REAL = os.environ.get("FOOTPRINT_REAL_DATA", "")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
REAL_FIXTURES = {"real_source", "south_sudan_source", "car_source", "real_folder", "south_sudan_folder"}
"""Fixtures of real files; a test that asks for one carries the mark `real`."""
NO_SKIPS = os.environ.get("FOOTPRINT_NO_SKIPS") == "1"
_BEGAN = pytest.StashKey[bool]()

# How long an example takes says how busy a machine is: an example that is slow once is no fault.
hypothesis.settings.register_profile(
    "footprint", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("footprint")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that the processes of this run share; the process that makes it takes it away."""
    config.stash[_BEGAN] = kept.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take that folder away."""
    if config.stash[_BEGAN]:
        kept.end()


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from going through every test and module again at each of its rounds."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests of real files; skip what this machine cannot run, unless skipping is forbidden: then it fails."""
    for item in items:
        # Before tests are chosen by their marks.
        if not REAL_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.real)
        lacks = _lacks(item)
        if lacks and not NO_SKIPS:
            item.add_marker(pytest.mark.skip(reason=lacks))


def _lacks(item: pytest.Item) -> str:
    if item.get_closest_marker("browser") and not CHROMIUM:
        return "Chromium is not installed"
    if item.get_closest_marker("real") and not REAL:
        return "FOOTPRINT_REAL_DATA names no folder"
    return ""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Any:
    """Turn every skip into a failure where skipping is forbidden."""
    outcome = yield
    report = outcome.get_result()
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say at the end which tests this machine could not run, and how to get them."""
    # From the reports, not from the collection: with several workers these collect, not this process.
    skipped = terminalreporter.stats.get("skipped", [])
    lacking = sorted(f"{report.nodeid}: {report.longrepr[2]}" for report in skipped)
    if not lacking:
        return
    terminalreporter.section("tests that this machine could not run")
    for line in lacking:
        terminalreporter.write_line(line)
    if any("Chromium" in line for line in lacking):
        terminalreporter.write_line(
            "To get the browser tests: apt-get install chromium, then make test again."
        )
    if any("FOOTPRINT_REAL_DATA" in line for line in lacking):
        terminalreporter.write_line(
            "To get the real-data tests: FOOTPRINT_REAL_DATA=/folder/of/provider/files make test."
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run one Chromium for every test of a process: Playwright bears no second one beside it."""
    with chromium() as running:
        yield running


@pytest.fixture(autouse=True)
def _every_error_has_its_french() -> Iterator[None]:
    """Fail the test in which an error arises, wherever, that a French reader would meet in English."""
    with every_error_heard() as heard:
        yield
    assert heard == []


@pytest.fixture(scope="session")
def bundled_folder() -> Path:
    """Return the bundled case's folder."""
    return ROOT / "data" / "mali"


@pytest.fixture(scope="session")
def real_source() -> Path:
    """Return the folder of provider files of Mali."""
    return Path(REAL)


@pytest.fixture(scope="session")
def south_sudan_source() -> Path:
    """Return the folder of provider files of South Sudan, beside that of Mali."""
    return Path(REAL).parent / "ssd"


@pytest.fixture(scope="session")
def real_folder(real_source: Path) -> Path:
    """Return Mali as of June 2019, built once from provider files; it stays outside the repository."""

    def build(folder: Path) -> None:
        assemble(real_source, folder, catalogues=CATALOGUES, frame_date=date(2019, 6, 30))

    return kept.folder_once("real", build)


@pytest.fixture(scope="session")
def south_sudan_folder(south_sudan_source: Path) -> Path:
    """Return South Sudan, built once from provider files."""

    def build(folder: Path) -> None:
        assemble(south_sudan_source, folder, catalogues=CATALOGUES)

    return kept.folder_once("ssd", build)


@pytest.fixture(scope="session")
def car_source() -> Path:
    """Return the folder of provider files of the Central African Republic, beside that of Mali."""
    return Path(REAL).parent / "car"


@pytest.fixture(scope="session", autouse=True)
def _commands_are_put_together_once() -> Iterator[None]:
    """Keep what Typer makes of the commands, which its tester would make anew for each that is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "_get_command", cache(testing._get_command))
        yield


@pytest.fixture
def searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what a test runs find the searches of other tests: routers of the app share theirs in the same way."""
    monkeypatch.setattr(Prepared, "router", kept.router_of)


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands of a test read what nobody changes once in a run, and find its patterns once."""
    for reading, once in ((common.read_area, kept.area_at), (common.load_prepared, kept.prepared_at)):

        def read(folder: Path, step: common.Step, reading=reading, once=once) -> object:
            return once(folder) if kept.is_constant(folder) else reading(folder, step)

        for name, module in tuple(sys.modules.items()):
            if name.startswith("footprint.cli.") and getattr(module, reading.__name__, None) is reading:
                monkeypatch.setattr(module, reading.__name__, read)
    monkeypatch.setattr(patterns_package, "find_patterns", find_patterns)
