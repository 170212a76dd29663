"""The exported map: it opens from a file, with no network at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.app import Screen, Server

pytestmark = pytest.mark.browser


def exported(reader: Screen, folder: Path) -> Path:
    """Take the map away as a reader would."""
    page = reader.page
    page.locator(".st-key-export button").first.click()
    for label, words in (
        ("Purpose", "regional briefing"),
        ("Audience", "Mission leadership"),
        ("Released by", "Chief of plans"),
    ):
        with reader.rerunning():
            page.get_by_label(label).first.fill(words)
            page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the map").click()
    path = folder / "map.html"
    download.value.save_as(path)
    return path


def opened_offline(page: Page, path: Path) -> list[str]:
    """Open a file with the network shut; return what it asked of the network and what went wrong in it."""
    faults: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            faults.append(route.request.url)
            route.abort()

    page.route("**/*", guard)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    page.wait_for_function("window.__drawn !== undefined")
    return faults


def test_the_exported_file_opens_with_the_network_shut(
    reader: Screen, browser: Browser, server: Server, tmp_path: Path
) -> None:
    path = exported(reader, tmp_path)
    with browser.new_context() as context:
        page = context.new_page()
        assert opened_offline(page, path) == []
        assert page.locator(".fp-site").count() == len(reader.sites())
        assert page.get_by_text("Boundaries and names do not imply official endorsement").count() > 0
        assert page.get_by_text("regional briefing").count() > 0
    assert path.stat().st_size < 2_500_000
    written = json.loads(server.exports().splitlines()[-2])  # the last one seals it
    assert written["purpose"] == "regional briefing"
