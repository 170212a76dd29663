"""What a browser may do on the pages: everything they need, and nothing with anybody else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from footprint.serving.policy import MAP_FRAME, RELAXATIONS, Part
from tests.browser.app import PAGES, ROOT, Screen, Server, await_health, free_port, screen

pytestmark = pytest.mark.browser

LISTEN = """
window.__violations = [];
window.addEventListener('securitypolicyviolation', (event) =>
    window.__violations.push(`${event.effectiveDirective} ${event.blockedURI} in ${event.documentURI}`));
"""
PROGRAM = "(() => { const each = document.createElement('script'); each.textContent = 'window.owned = 1'; document.body.append(each); })()"
PICTURE = "(() => { document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/x.png'})); })()"


@pytest.fixture
def watched(browser: Browser, server: Server) -> Iterator[Screen]:
    """Open the map with somebody listening in every frame."""
    with screen(browser, server.url) as opened:
        opened.page.add_init_script(LISTEN)
        opened.open()
        yield opened


def violations(reader: Screen) -> list[str]:
    return [each for frame in reader.page.frames for each in frame.evaluate("window.__violations")]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_is_refused_anything(watched: Screen, language: str) -> None:
    if language == "fr":
        with watched.redrawing():
            watched.speak("fr")
    for name in PAGES[language]:
        watched.go(name)
        for closed in watched.page.locator("[data-testid=stExpander] summary").all():
            closed.click()
        watched.idle()
        assert violations(watched) == []
    assert watched.faults == []


def test_no_page_runs_a_program_written_into_it(watched: Screen) -> None:
    watched.page.evaluate(PROGRAM)
    assert not watched.page.evaluate("'owned' in window")
    assert [each.split()[0] for each in violations(watched)] == ["script-src-elem"]


def test_neither_page_nor_map_fetches_from_elsewhere(watched: Screen) -> None:
    for frame in (watched.page.main_frame, watched.frame):
        frame.evaluate(PICTURE)
        watched.until("the refusal", lambda frame=frame: frame.evaluate("window.__violations.length"))
        assert frame.evaluate("window.__violations[0].split(' ')[0]") == "img-src"
        assert (
            frame.evaluate("fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')") == "refused"
        )
        assert frame.evaluate("window.__violations[1].split(' ')[0]") == "connect-src"


def test_another_site_neither_frames_the_app_nor_uses_it(browser: Browser, server: Server) -> None:
    """The machine's other name stands for another site: same program, another origin."""
    elsewhere = server.url.replace("localhost", "127.0.0.1")
    with screen(browser, server.url) as reader:
        reader.open()
        asked = "url => fetch(url + '_stcore/health', {mode: 'no-cors'}).then(() => 'heard', () => 'refused')"
        assert reader.page.evaluate(asked, elsewhere) == "refused"
    with browser.new_context() as context:
        page = context.new_page()
        page.goto("data:text/html,<p>another site</p>")
        page.evaluate(
            "url => document.body.append(Object.assign(document.createElement('iframe'), {src: url}))",
            server.url,
        )
        page.wait_for_timeout(1000)
        framed = page.frames[1]
        assert framed.locator("[data-testid=stApp]").count() == 0
        socket = "url => new Promise(done => { const s = new WebSocket(url); s.onopen = () => done('open'); s.onerror = () => done('refused'); })"
        assert page.evaluate(socket, server.url.replace("http", "ws", 1) + "_stcore/stream") == "refused"


KINDS = {
    "'unsafe-inline'": "inline",
    "'unsafe-eval'": "eval",
    "'wasm-unsafe-eval'": "wasm-eval",
    "data:": "data",
    "blob:": "blob",
}
"""What Chromium calls that which a source allows."""


@contextmanager
def started(module: str, script: Path, area: Path, state: Path) -> Iterator[str]:
    """Run a script of Streamlit's behind the guard; yield its address."""
    port, log = free_port(), state / "log"
    command = [sys.executable, "-m", module, str(script), str(area), f"--port={port}"]
    environment = os.environ | {"XDG_STATE_HOME": str(state), "XDG_DATA_HOME": str(state / "data")}
    with (
        log.open("wb") as written,
        subprocess.Popen(command, cwd=ROOT, env=environment, stderr=written) as process,
    ):
        try:
            await_health(f"http://localhost:{port}/_stcore/health", process, log)
            yield f"http://localhost:{port}/"
        finally:
            process.terminate()


def test_every_exception_is_needed(browser: Browser, tmp_path: Path, bundled_folder: Path) -> None:
    """Chromium reports what a policy without them would refuse."""
    refused = set()
    with (
        started("tests.browser.stricter", ROOT / "app.py", bundled_folder, tmp_path) as url,
        screen(browser, url) as reader,
    ):
        reader.page.add_init_script(LISTEN)
        reader.open()
        reader.go("Hotspots")
        reader.drawn()
        for frame in reader.page.frames:
            part = Part.MAP if MAP_FRAME in frame.url else Part.PAGE
            for each in frame.evaluate("window.__violations"):
                directive, kind = each.split()[:2]
                refused.add((part, directive.removesuffix("-elem").removesuffix("-attr"), kind))
    listed = {(each.part, each.directive, KINDS[each.source]) for each in RELAXATIONS}
    assert refused == listed


SCRIPT = """
PROGRAM = "export default ({parentElement}) => { parentElement.querySelector('p').textContent = 'drawn'; }"
import altair as alt
import pandas as pd
import streamlit as st

rows = pd.DataFrame({"a": range(9), "b": [each**2 for each in range(9)]})
st.altair_chart(alt.Chart(rows).mark_line(point=True).encode(x="a:Q", y="b:Q", tooltip=["a"]).interactive())
st.dataframe(rows)
st.components.v2.component("tiny", html="<p>not yet</p>", js=PROGRAM)()
"""


def test_charts_tables_and_components_need_no_more(
    browser: Browser, tmp_path: Path, bundled_folder: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with (
        started("footprint.serving", script, bundled_folder, tmp_path) as url,
        screen(browser, url) as reader,
    ):
        reader.page.add_init_script(LISTEN)
        reader.page.goto(reader.url)
        reader.page.get_by_text("drawn").wait_for()
        reader.page.locator("[data-testid=stVegaLiteChart] .marks").first.wait_for()
        reader.page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
        assert violations(reader) == []
        assert reader.faults == []
