"""Names in the data that would like to be programs stay names, on every page and in the export."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser

from tests.browser.app import PAGES, Screen, Server, screen, serving
from tests.browser.test_export import exported, opened_offline

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.top.owned=1>${window.top.owned=1}{{7*7}}`'\"</script><script>window.top.owned=1</script>"


@pytest.fixture(scope="module")
def hostile_server(bundled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the app on the bundled case with a program for a name wherever a file gives one."""
    folder = tmp_path_factory.mktemp("hostile") / "area"
    shutil.copytree(bundled_folder, folder)
    for file, column in (("sites.csv", "name"), ("places.csv", "name"), ("sites.csv", "source")):
        rows = pd.read_csv(folder / file, dtype=str, keep_default_na=False)
        rows[column] = [f"{HOSTILE} {number}" for number in range(len(rows))]
        rows.to_csv(folder / file, index=False)
    with serving(tmp_path_factory.mktemp("state"), folder) as running:
        yield running


def owned(reader: Screen) -> bool:
    """Tell whether any of the programs ran, in the page or in the map's frame."""
    return any(frame.evaluate("'owned' in window || 'owned' in window.top") for frame in reader.page.frames)


def test_no_name_runs_anywhere(browser: Browser, hostile_server: Server, tmp_path: Path) -> None:
    with screen(browser, hostile_server.url) as reader:
        reader.open()
        reader.site("mopti").hover()
        reader.frame.get_by_text("<img src=x").first.wait_for()
        with reader.redrawing():
            reader.site("mopti").press("Enter")
        with reader.redrawing():
            reader.press_key("proposehere")
        label = str(reader.site("p1").get_attribute("aria-label"))
        assert "49" not in label.replace("{{7*7}}", "")
        for side in ("Place", "Plans"):
            reader.tab(side)
            assert not owned(reader)
        reader.search(HOSTILE[:20])
        assert not owned(reader)
        for name in PAGES["en"]:
            reader.go(name)
            assert not owned(reader)
        reader.drawn()
        path = exported(reader, tmp_path)
        assert reader.faults == []
    with browser.new_context() as context:
        page = context.new_page()
        assert opened_offline(page, path) == []
        page.locator("[data-site='mopti']").hover(force=True)
        page.wait_for_timeout(300)
        assert not page.evaluate("'owned' in window")
