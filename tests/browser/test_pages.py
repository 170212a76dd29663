"""Every page beside the desk, and the map's own ways: markers, drawing, what many clicks leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.app import PAGES, Screen, Server, screen, serving

pytestmark = pytest.mark.browser

MOST_HEAP_BYTES = 30_000_000


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the app below a base path."""
    with serving(tmp_path_factory.mktemp("state"), base_path="fp") as running:
        yield running


def test_every_page_opens_below_a_base_path_in_both_languages(browser: Browser, below: Server) -> None:
    with screen(browser, below.url) as reader:
        reader.open()
        reader.month(3)
        reader.tab("Plans")
        reader.press("New plan")
        for code in PAGES:
            if code != "en":
                reader.speak(code)
            for name in PAGES[code]:
                reader.go(name)
                assert reader.page.get_by_test_id("stException").count() == 0
                assert reader.faults == []
            reader.drawn()
            assert reader.chosen_month() == 3, "what was chosen stays chosen"
        assert re.search(r"\d,\d %", reader.sentence())
        assert "mars" in reader.sentence()
        assert reader.frame.evaluate("document.documentElement.lang") == "fr"
        assert "mars" in str(reader.frame.get_by_role("region").first.get_attribute("aria-label"))
        address = reader.page.url
        assert address.startswith(f"{below.url}?")
        assert {"desk", "lang"} <= parse_qs(urlsplit(address).query).keys()
        said = reader.sentence()
        reader.open(address)
        assert reader.sentence() == said
        assert reader.faults == []


def test_markers_are_reached_by_tab_alone_and_answer_to_enter(reader: Screen) -> None:
    reader.frame.locator(".leaflet-container").focus()
    reached = ""
    for _ in range(6):
        reader.page.keyboard.press("Tab")
        reached = reader.frame.evaluate("document.activeElement.dataset.site || ''")
        if reached:
            break
    assert reached
    with reader.redrawing():
        reader.page.keyboard.press("Enter")
    assert "Tier I" in reader.drawer()


def test_a_proposed_site_opens_its_proposal_and_one_undo_takes_it_back(reader: Screen) -> None:
    reader.search("Koro")
    with reader.redrawing():
        reader.press_key("proposehere")
    assert reader.sites().count("p1") == 1
    reader.tab("Place")
    with reader.redrawing():
        reader.site("p1").focus()
        reader.page.keyboard.press("Enter")
    assert "The form" in reader.drawer()
    reader.tab("Plans")
    reader.press("Undo")
    assert "p1" not in reader.sites()
    reader.press("Redo")
    assert reader.sites().count("p1") == 1


def test_drawing_an_area_proposes_no_site(reader: Screen) -> None:
    sites = reader.sites()
    reader.page.locator(".st-key-view button").first.click()
    with reader.rerunning():
        reader.page.get_by_text("Measure an area: click its corners").click()
    reader.page.keyboard.press("Escape")
    reader.look_at(14.5, -3.9, 7)
    for lat, lon in ((14.2, -4.8), (14.2, -3.2), (15.2, -3.2)):
        with reader.redrawing():
            reader.click_at(lat, lon)
    assert "of the need there" in reader.drawer()
    assert reader.sites() == sites
    with reader.redrawing():
        reader.press("Clear the drawing")
    assert reader.sites() == sites


def test_twenty_clicks_leave_nothing_behind(reader: Screen) -> None:
    def look(number: int) -> None:
        with reader.redrawing():
            reader.site(("gao", "tombouctou")[number % 2]).focus()
            reader.page.keyboard.press("Enter")

    look(0)
    layers, used = reader.layers(), heap_bytes(reader)
    for number in range(1, 21):
        look(number)
    assert reader.layers() == layers
    assert reader.frame.evaluate("window.feature_group.length") == 1
    assert heap_bytes(reader) - used < MOST_HEAP_BYTES


def test_what_streamlit_says_in_english_alone_is_french_too(reader: Screen) -> None:
    reader.speak("fr")
    reader.tab("Plans")
    reader.page.get_by_text("Ouvrir un plan d’un fichier", exact=True).click()
    shown = "e => getComputedStyle(e, '::after').content + getComputedStyle(e).visibility"
    zone = reader.page.get_by_test_id("stFileUploaderDropzone")
    assert zone.locator("button p").evaluate(shown) == '"Choisir un fichier"hidden'
    limit = reader.page.get_by_test_id("stFileUploaderDropzoneInstructions").locator("span").first
    assert limit.evaluate(shown) == '"5\u00a0Mo au plus"hidden'
    skip = reader.page.get_by_test_id("stSkipToContent")
    assert skip.evaluate("e => getComputedStyle(e, '::after').content") == '"Aller à la page"'


def heap_bytes(reader: Screen) -> int:
    """Return what the page's scripts hold after everything free was swept away."""
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return int(used)
