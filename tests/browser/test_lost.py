"""A session lost says so; one that goes on, or whose desk is kept, does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.app import Screen, free_port, screen, serving

pytestmark = pytest.mark.browser

GONE = "The session is lost; a new one begins."


def warned(reader: Screen) -> bool:
    return reader.page.get_by_text(GONE).count() > 0


def test_an_app_started_anew_without_its_store_says_so_at_the_next_act(
    browser: Browser, tmp_path: Path
) -> None:
    port = free_port()
    with serving(tmp_path / "first", port=port) as first, screen(browser, first.url) as reader:
        reader.open()
        reader.tab("Plans")
        assert not warned(reader)
        lines: list[str] = []
        reader.page.on("websocket", lambda line: lines.append(line.url))
        first.process.terminate()
        first.process.wait(60)
        with serving(tmp_path / "second", port=port):
            reader.until("a new line", lambda: lines)
            reader.page.locator(".st-key-close button").first.click()
            reader.page.get_by_text(GONE).wait_for()
            reader.idle()
            reader.go("Sites")
            assert not warned(reader)


def test_a_short_break_of_the_line_loses_nothing(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as server, screen(browser, server.url) as reader:
        sockets = "window.__sockets = []; window.WebSocket = class extends WebSocket { constructor(...a) { super(...a); window.__sockets.push(this); } };"
        reader.page.add_init_script(sockets)
        reader.open()
        reader.speak("fr")
        reader.page.evaluate("window.__sockets.forEach((each) => each.close())")
        reader.until("a new line", lambda: reader.page.evaluate("window.__sockets.length") > 1)
        reader.idle()
        assert "les troupes pourraient atteindre" in reader.sentence()
        assert not warned(reader)
