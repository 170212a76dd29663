"""One running app for all tests of the browser; one new reader for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.app import Screen, Server, serving, windowed


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the app on the bundled case at the root of its address."""
    with serving(tmp_path_factory.mktemp("state")) as running:
        yield running
        assert running.calls() == []


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """Keep one window's memory, so that the app's own code is loaded and compiled once for many readers."""
    with windowed(browser) as opened:
        yield opened


@pytest.fixture
def reader(window: BrowserContext, server: Server) -> Iterator[Screen]:
    """Open a new desk for a new reader, of whom nothing is known; whatever goes wrong in it fails the test."""
    window.clear_cookies()
    opened = Screen(window.new_page(), server.url)
    try:
        opened.open()
        yield opened
        opened.page.evaluate("localStorage.clear()")
        assert opened.faults == []
    finally:
        for page in window.pages:
            page.close()
