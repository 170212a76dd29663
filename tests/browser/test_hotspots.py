"""The Hotspots page in Chromium: month slider, calendar, sentence, both languages, keyboard alone."""

from __future__ import annotations

import re

import pytest

from tests.browser.app import NARROW, Screen

pytestmark = pytest.mark.browser

TITLE = {
    "en": "Where violence gathers, and when it returns",
    "fr": "Où la violence se concentre, et quand elle revient",
}


@pytest.fixture
def page(reader: Screen) -> Screen:
    """Go to the Hotspots page and wait for its map."""
    reader.go("Hotspots")
    reader.page.get_by_role("heading", name=TITLE["en"]).wait_for()
    reader.drawn()
    return reader


def sentence(page: Screen) -> str:
    return page.page.locator(".fp-sentence").inner_text()


def legend(page: Screen) -> str:
    return page.frame.locator(".fp-legend").inner_text()


def show(page: Screen, name: str) -> None:
    """Choose what the map shows, by keyboard."""
    box = page.page.get_by_test_id("stSidebar").get_by_role("combobox").first
    with page.redrawing():
        box.focus()
        box.press("ArrowDown")
        box.fill(name)
        box.press("Enter")


def test_the_page_says_what_was_counted_found_and_left_out(page: Screen) -> None:
    said = page.page.get_by_test_id("stMainBlockContainer").inner_text()
    for words in (
        "Incidents tested for hotspots",
        "Too poorly placed, left out",
        "of 11 with incidents enough to tell",
        "Reporting and access",
    ):
        assert words in said
    assert "not significant" in legend(page)
    assert re.search(r"\d+ incidents, 1 July 2016 to 30 June 2019", legend(page))


def test_a_click_on_the_map_reads_the_cercle_s_calendar(page: Screen) -> None:
    page.look_at(14.0, -3.4, 7)
    with page.redrawing():
        page.click_at(13.9, -3.5)
    assert sentence(page).startswith("Bankass: October–November busier than its own year in 5 of 5 years")
    table = page.page.get_by_role("table", name="Incidents of Bankass by season-year and month")
    assert table.get_by_role("row").count() == 8  # months, part of a year, five season-years, sum


def test_the_cercle_is_chosen_by_keyboard_and_its_missed_year_named(page: Screen) -> None:
    box = page.page.get_by_test_id("stMainBlockContainer").get_by_role("combobox", name="Cercle")
    with page.redrawing():
        box.focus()
        box.press("ArrowDown")
        box.fill("Ansongo")
        box.press("Enter")
    assert sentence(page).startswith("Ansongo: November–January")
    assert sentence(page).endswith("Not in 2016–17.")


def test_the_month_moves_by_keyboard_and_colours_what_returns(page: Screen) -> None:
    show(page, "Months that return, by cercle")
    assert "Does violence return in October?" in legend(page)
    thumb = page.page.get_by_test_id("stSidebar").get_by_role("slider").first
    thumb.focus()
    for month in ("November", "December"):
        with page.redrawing():
            page.page.keyboard.press("ArrowRight")
        assert f"Does violence return in {month}?" in legend(page)
    assert "beyond patrols in every month" in legend(page)
    framed = page.page.locator("figure[style*='2px solid']")
    assert framed.inner_text().startswith("December")


def test_calendar_and_twelve_months_are_images_that_say_what_they_show(page: Screen) -> None:
    calendar = page.page.get_by_role("img", name=re.compile("^Calendar of return"))
    assert "Bankass: October–November 68 incidents" in calendar.get_attribute("alt")
    small = page.page.locator("figure img")
    assert small.count() == 12
    assert small.evaluate_all("(all) => all.every((one) => one.complete && one.naturalWidth > 100)")
    assert small.nth(3).get_attribute("alt").startswith("April: ")


def test_all_of_it_in_french(page: Screen) -> None:
    show(page, "Months that return, by cercle")
    page.speak("fr")
    page.until("the French legend", lambda: "La violence" in legend(page))
    page.page.get_by_role("heading", name=TITLE["fr"]).wait_for()
    assert "La violence revient-elle en octobre" in legend(page)
    assert "années sur" in sentence(page)
    said = page.page.get_by_test_id("stMainBlockContainer").inner_text()
    assert "Signalement et accès" in said
    assert "busier than its own year" not in said
    assert "Months that return" not in page.page.get_by_test_id("stSidebar").inner_text()


def test_it_can_be_read_on_a_narrow_screen(page: Screen) -> None:
    page.page.set_viewport_size(NARROW)
    page.idle()
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"
    assert page.page.evaluate(wide)
    assert page.page.locator(".fp-sentence").is_visible()


def test_the_calendar_is_used_in_the_need_and_the_desk_follows(reader: Screen) -> None:
    before = reader.sentence()
    reader.go("Hotspots")
    reader.drawn()
    with reader.rerunning():
        reader.page.get_by_text("Use this calendar in the protection need").click()
    reader.page.get_by_text(re.compile("^In use: ")).wait_for()
    reader.go("Review desk")
    reader.drawn()
    assert reader.sentence() != before
