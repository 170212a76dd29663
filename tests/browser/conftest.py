"""One running app for all tests of the browser; one new reader for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.app import Screen, Server, screen, serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the app on the bundled case at the root of its address."""
    with serving(tmp_path_factory.mktemp("state")) as running:
        yield running
        assert running.calls() == []


@pytest.fixture
def reader(browser: Browser, server: Server) -> Iterator[Screen]:
    """Open a new desk in a new reader's window; whatever goes wrong in it fails the test."""
    with screen(browser, server.url) as opened:
        opened.open()
        yield opened
        assert opened.faults == []
