"""A session lost says so, in both languages; one that goes on does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.app import Screen, free_port, screen, serving

pytestmark = pytest.mark.browser

ENGLISH = "what was chosen and drawn in the earlier one is gone"
FRENCH = "ce qui avait été choisi et dessiné dans la précédente est perdu"


def warned(reader: Screen) -> bool:
    return reader.page.get_by_text(ENGLISH).count() > 0


def test_an_app_started_anew_says_so_at_the_next_act(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "first", port=port) as first, screen(browser, first.url) as reader:
        reader.open()
        assert not warned(reader)
        with reader.redrawing():
            reader.site("gao").click()
        assert not warned(reader)
        lines: list[str] = []
        reader.page.on("websocket", lambda line: lines.append(line.url))
        first.process.terminate()
        first.process.wait(20)
        with serving(tmp_path / "second", port=port):
            reader.until("a new line", lambda: lines)
            reader.page.get_by_test_id("stSidebar").get_by_text("Flood", exact=True).click()
            reader.page.get_by_text(ENGLISH).wait_for()
            assert reader.page.get_by_text(FRENCH).count() == 1
            reader.idle()
            reader.go("Sites")
            assert not warned(reader)


def test_a_short_break_of_the_line_loses_nothing(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as server, screen(browser, server.url) as reader:
        sockets = "window.__sockets = []; window.WebSocket = class extends WebSocket { constructor(...a) { super(...a); window.__sockets.push(this); } };"
        reader.page.add_init_script(sockets)
        reader.open()
        with reader.redrawing():
            reader.speak("Français")
        reader.page.evaluate("window.__sockets.forEach((each) => each.close())")
        reader.until("a new line", lambda: reader.page.evaluate("window.__sockets.length") > 1)
        reader.idle()
        assert reader.page.get_by_role("link", name="Carte", exact=True).is_visible()
        assert not warned(reader)
