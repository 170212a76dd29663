"""Language, page switches, sliders and comparison: what is chosen stays chosen."""

from __future__ import annotations

import re

import pytest

from tests.browser.app import PAGES, Screen

pytestmark = pytest.mark.browser

COMMA = re.compile(r"^\d+,\d\s%$")


def propose_near_bankass(reader: Screen, button: str) -> None:
    """Propose an integrated base by its coordinates, as one would without a mouse."""
    with reader.redrawing():
        reader.page.get_by_role("button", name=button).click()


def test_french_reaches_labels_figures_and_the_map(reader: Screen) -> None:
    with reader.redrawing():
        reader.speak("Français")
    assert all(COMMA.match(figure) for figure in reader.figures()), reader.figures()
    assert reader.page.get_by_role("link", name="Carte", exact=True).is_visible()
    assert reader.frame.evaluate("document.documentElement.lang") == "fr"
    assert "octobre" in reader.frame.get_by_role("region").first.get_attribute("aria-label")
    for name in PAGES["fr"]:
        reader.go(name)
        assert reader.page.get_by_test_id("stException").count() == 0


def test_choices_survive_other_pages(reader: Screen) -> None:
    with reader.redrawing():
        reader.speak("Français")
    thumb = reader.page.get_by_test_id("stSidebar").get_by_role("slider")
    with reader.redrawing():
        thumb.focus()
        reader.page.keyboard.press("ArrowRight")
    reader.button_group("Un clic sur la carte").get_by_text("Proposer", exact=True).click()
    reader.idle()
    propose_near_bankass(reader, "Proposer ici")
    sites, figures = reader.sites(), reader.figures()
    assert "p1" in sites
    for name in PAGES["fr"]:
        reader.go(name)
    reader.go("Carte")
    reader.drawn()
    assert reader.sites() == sites
    assert reader.figures() == figures
    assert "novembre" in reader.page.get_by_test_id("stHeading").first.inner_text()


def test_the_month_moves_by_keyboard_and_the_map_with_it(reader: Screen) -> None:
    thumb = reader.page.get_by_test_id("stSidebar").get_by_role("slider")
    figures = reader.figures()
    thumb.focus()
    for month in ("November", "December", "January"):
        with reader.redrawing():
            reader.page.keyboard.press("Home" if month == "January" else "ArrowRight")
        reader.page.get_by_role("heading", name=month).wait_for()
        assert reader.frame.get_by_role("region", name=month).count() == 1
    assert reader.figures() != figures


def test_two_scenarios_swipe_by_mouse_and_by_keyboard(reader: Screen) -> None:
    reader.button_group("A click on the map").get_by_text("Propose", exact=True).click()
    reader.idle()
    propose_near_bankass(reader, "Propose here")
    reader.go("Compare")
    reader.drawn()
    slider = reader.frame.get_by_role("slider")
    edge = "map_div.getPane('left').style.clip"
    first = reader.frame.evaluate(edge)
    slider.focus()
    reader.page.keyboard.press("ArrowRight")
    second = reader.frame.evaluate(edge)
    assert second != first
    box = slider.bounding_box()
    assert box is not None
    middle, height = (
        box["x"] + box["width"] * float(slider.input_value()) / 1000,
        box["y"] + box["height"] / 2,
    )
    reader.page.mouse.move(middle, height)
    reader.page.mouse.down()
    reader.page.mouse.move(middle - 150, height, steps=5)
    reader.page.mouse.up()
    assert reader.frame.evaluate(edge) != second
    assert int(slider.input_value()) < 500
