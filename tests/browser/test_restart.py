"""The server dies between two acts and comes back on the same store: what was acknowledged is there."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.app import Screen, free_port, screen, serving

pytestmark = pytest.mark.browser

LEAST_ROUNDS, MOST_ROUNDS, BUDGET_S = 2, 5, 60.0
"""Rounds at least, at most, and the time after which no further one begins [s]."""


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(browser: Browser, tmp_path: Path) -> None:
    """Fifty rounds on the store itself are in `tests/footprint/workshop/test_store.py`."""
    port, address, acknowledged, sentence = free_port(), "", 0, ""
    start = time.monotonic()
    for number in range(MOST_ROUNDS):
        if number >= LEAST_ROUNDS and time.monotonic() - start > BUDGET_S:
            break
        with serving(tmp_path, port=port) as server, screen(browser, server.url) as reader:
            reader.open(address)
            if address:
                # What was being written when the server died may be there or not; what was shown must be.
                assert plans(reader) >= acknowledged
                assert reader.sentence() == sentence
            else:
                reader.search("Koro")
                reader.press_key("proposehere")
                reader.tab("Plans")
            before = plans(reader)
            reader.press("New plan")
            reader.until("the new plan", lambda before=before, reader=reader: plans(reader) == before + 1)
            acknowledged, address, sentence = before + 1, reader.page.url, reader.sentence()
            reader.page.locator(".st-key-newplan button").click(no_wait_after=True)
            server.kill()
    assert acknowledged >= LEAST_ROUNDS + 1


def plans(reader: Screen) -> int:
    """Return how many plans the drawer shows, "Do nothing" apart."""
    return len(re.findall(r"\bDraw on\b|\bSee\b", reader.drawer()))
