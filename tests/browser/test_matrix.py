"""Plans by criteria on every screen: no number is broken over two lines, and names stay beside their figures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from footprint.language import Language
from footprint.views.assets import page_style
from footprint.views.option_html import matrix_of
from tests.browser.app import MIDDLE, NARROW, WIDE
from tests.footprint.options.test_option_answer import of_silent, silent

pytestmark = pytest.mark.browser

HEIGHTS = """(cells) => cells.map((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight);
})"""
"""Height of what stands in each cell [lines]."""


@pytest.fixture(params=[WIDE, MIDDLE, NARROW], ids=["wide", "middle", "narrow"])
def size(request) -> dict[str, int]:
    return request.param


@pytest.fixture(params=["en", "fr"])
def matrix(browser: Browser, size: dict[str, int], request) -> Iterator[Page]:
    """Show plans of which not all is known, under the style that every page has."""
    language = Language(request.param)
    page = browser.new_page(viewport=size)
    answer = of_silent().answer
    page.set_content(f"{page_style(language, 1)}<main>{matrix_of(answer, silent(), language)}</main>")
    yield page
    page.close()


def test_no_number_is_broken_over_two_lines(matrix):
    lines = matrix.locator(".fp-matrix td").evaluate_all(HEIGHTS)
    assert len(lines) > 40
    assert max(lines) < 1.5


def test_names_stay_in_sight_while_figures_scroll_beside_them(matrix):
    box = matrix.locator(".fp-matrix-box")
    name = matrix.locator(".fp-matrix th[scope=row]").first
    before = name.bounding_box()
    box.evaluate("box => { box.scrollLeft = 10_000; }")
    assert name.bounding_box() == before
    assert before["width"] <= 0.6 * box.bounding_box()["width"]


def test_the_page_itself_never_scrolls_sideways(matrix):
    assert matrix.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_narrow_screen_scrolls_the_figures_with_the_keyboard_too(matrix, size):
    box = matrix.locator(".fp-matrix-box")
    if size is NARROW:
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert box.get_attribute("tabindex") == "0"
    assert box.get_attribute("aria-label")
