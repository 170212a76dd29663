"""The page New area, as an officer of another mission meets it: own outline, own files, own area on the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.brought_files import brought_files
from tests.browser.app import WIDE, Screen, screen, serving

pytestmark = pytest.mark.browser

UPLOAD = "[data-testid=stFileUploaderDropzoneInput]"


def fill(reader: Screen, field_at: str, words: str) -> None:
    """Type into a field."""
    with reader.rerunning():
        field = reader.page.locator(f"{field_at} input").first
        field.fill(words)
        field.press("Tab")


def pick(reader: Screen, card: str, label: str, words: str) -> None:
    """Choose a word in a field of one file's card."""
    reader.choose(reader.page.locator(card).get_by_label(label, exact=False).first, words)


def card_of(reader: Screen, file: str) -> str:
    """Return the selector of the card of a file."""
    card = reader.page.locator("[class*='st-key-file_']").filter(has_text=file)
    names = str(card.get_attribute("class")).split()
    return "." + next(name for name in names if name.startswith("st-key-file_"))


def begin(reader: Screen, outline: Path) -> None:
    reader.page.locator(".st-key-begin_own summary").click()
    with reader.rerunning():
        reader.page.locator(f".st-key-begin_outline {UPLOAD}").set_input_files(outline)
    fill(reader, ".st-key-begin_own_name", "Square")
    fill(reader, ".st-key-begin_day", "2019-06-30")
    reader.press_key("begin_area")
    reader.until("the area is begun", lambda: reader.page.locator(".st-key-area_head").count() == 1)


def test_files_of_another_mission_become_an_area_on_the_desk(browser: Browser, tmp_path: Path) -> None:
    files = brought_files(tmp_path)
    with serving(tmp_path / "state") as server, screen(browser, server.url) as reader:
        page = reader.page
        page.set_viewport_size({**WIDE, "height": 3000})
        page.goto(f"{server.url}newarea")
        page.locator(".st-key-begin_country").wait_for()
        # Below a page's own address Streamlit's program looks for its server in vain before it finds it above.
        reader.faults.clear()
        begin(reader, files["outline"])
        assert page.url.endswith("/newarea?area=square")
        with reader.rerunning():
            page.locator(UPLOAD).set_input_files([files[name] for name in ("sites", "roads", "people")])
        reader.until("all are looked at", lambda: page.locator("[class*='st-key-leave_']").count() == 3)
        reader.idle()
        sites = card_of(reader, "sites.xlsx")
        pick(reader, sites, "Taken for the layer", "Sites")
        pick(reader, sites, "How far to trust it", "medium")
        fill(reader, f"{sites} [class*='_origin_']", "Office")
        people = card_of(reader, "people_2019")
        with reader.rerunning():
            page.locator(people).get_by_text("people in each cell", exact=True).last.click()
        fill(reader, f"{people} [class*='_origin_']", "Office")
        assert page.locator(sites).locator("b").count() == 0, "names are text"
        reader.press_key("take_all")
        reader.until("it is built", lambda: page.get_by_text("The area is built.").count() == 1)
        assert page.get_by_text("A review can be made").count() == 1
        page.locator(".st-key-open_area button").click()
        reader.drawn()
        assert "Square" in reader.sentence()
        assert len(reader.sites()) == 2
        address = page.url
        assert "area=square" in address
        reader.open(address)
        assert "Square" in reader.sentence(), "a reload leads back to it"
        assert reader.faults == []
        assert server.calls() == []
