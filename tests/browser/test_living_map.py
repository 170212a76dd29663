"""The living map in Chromium, from a file with the network shut: it reckons as the program does, for everybody."""

from __future__ import annotations

import base64
import hashlib
import re
import statistics
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from footprint.briefing.living.page import OFF_SHARE, living_map
from footprint.disclosure import Precision
from footprint.scenario import AddAssets, OpenSite
from tests.living_maps import (
    CENTRE,
    SMALL_PLAN,
    File,
    brief_of,
    centre_brief,
    combination,
    known_world,
    reviewed,
    silent_world,
)
from tests.worlds import lonlat, review

pytestmark = pytest.mark.browser

SWITCHINGS = 200


class Opened:
    """A living map in a window; whatever it asks for, and whatever goes wrong in it, is kept."""

    def __init__(self, context: BrowserContext, path: Path) -> None:
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())
        self.page.locator("html[data-ready]").wait_for(state="attached")

    def turn(self, *states: bool) -> None:
        """Set every switch as a reader does, by its box."""
        for number, on in enumerate(states):
            self.page.locator(f"#switch-{number}").set_checked(on)

    def sentence(self) -> str:
        return self.page.locator("#sentence").inner_text()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 860}, offline=True) as made:
        yield made


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Precision, Path]:
    folder, made = tmp_path_factory.mktemp("living"), {}
    for precision in (Precision.INTERNAL, Precision.PUBLIC):
        made[precision] = folder / f"{precision}.html"
        made[precision].write_text(living_map(centre_brief(precision), "ABCD-1234"), encoding="utf-8")
    return made


@pytest.fixture
def opened(context: BrowserContext, files: dict[Precision, Path]) -> Iterator[Opened]:
    made = Opened(context, files[Precision.INTERNAL])
    yield made
    assert made.faults == []
    assert [url for url in made.asked if not url.startswith(("file:", "data:"))] == []


RECKON = """(states) => states.map((state) => {
  const { force, mission, known } = window.living.figures(state), plain = (rows) => rows.map((row) => row.map((value) => Number.isNaN(value) ? null : value));
  return { force: plain(force), mission: plain(mission), known };
})"""


def reckoned(page: Page, states: list[tuple[bool, ...]]) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Return what the browser makes of combinations: Force, Mission, whether the latter is known."""
    answers: list[dict[str, Any]] = page.evaluate(RECKON, [list(state) for state in states])
    return [
        (
            np.array(each["force"], dtype=float),
            np.array(each["mission"], dtype=float),
            np.array(each["known"]),
        )
        for each in answers
    ]


def test_200_random_switchings_equal_the_program_in_every_month(
    opened: Opened, files: dict[Precision, Path]
) -> None:
    brief, file = (
        centre_brief(Precision.INTERNAL),
        File.read(files[Precision.INTERNAL].read_text(encoding="utf-8")),
    )
    draw = np.random.default_rng(11)
    states = [tuple(map(bool, draw.integers(0, 2, len(file.data["switches"])))) for _ in range(SWITCHINGS)]
    truths = {
        state: reviewed(brief, review(brief.prepared, combination(CENTRE, state)), file)
        for state in dict.fromkeys(states)
    }
    largest = 0.0
    for state, own in zip(states, reckoned(opened.page, states), strict=True):
        force, mission, known = truths[state]
        largest = max(largest, float(np.abs(own[0] - force).max()), float(np.abs(own[1] - mission).max()))
        assert (own[2] == known).all()
    print(f"\n{SWITCHINGS} switchings, {len(truths)} combinations: largest difference {largest:.1e}")
    assert largest <= OFF_SHARE


@pytest.mark.parametrize("made", [known_world, silent_world])
def test_a_small_world_with_roads_and_seasons_too(context: BrowserContext, tmp_path: Path, made: Any) -> None:
    brief, path = brief_of(made(), *SMALL_PLAN.changes), tmp_path / "map.html"
    path.write_text(living_map(brief, "C"), encoding="utf-8")
    file, draw = File.read(path.read_text(encoding="utf-8")), np.random.default_rng(5)
    states = [tuple(map(bool, draw.integers(0, 2, len(file.data["switches"])))) for _ in range(12)]
    for state, own in zip(states, reckoned(Opened(context, path).page, states), strict=True):
        force, mission, known = reviewed(brief, review(brief.prepared, combination(SMALL_PLAN, state)), file)
        assert np.abs(own[0] - force).max() <= OFF_SHARE
        assert np.abs(own[1] - mission).max() <= OFF_SHARE
        assert (own[2] == known).all()


def test_a_public_file_reckons_from_its_units(context: BrowserContext, files: dict[Precision, Path]) -> None:
    file = File.read(files[Precision.PUBLIC].read_text(encoding="utf-8"))
    draw = np.random.default_rng(3)
    states = [tuple(map(bool, draw.integers(0, 2, len(file.data["switches"])))) for _ in range(10)]
    for state, own in zip(
        states, reckoned(Opened(context, files[Precision.PUBLIC]).page, states), strict=True
    ):
        for one, other in zip(own, file.figures(state), strict=True):
            np.testing.assert_allclose(one, other, atol=1e-12)


def test_a_click_on_a_box_changes_sentence_seats_dots_and_months(opened: Opened) -> None:
    page = opened.page

    def shown() -> list[str]:
        return [
            opened.sentence(),
            page.locator(".l-seats").text_content() or "",
            page.locator("#dots").get_attribute("data-counts") or "",
            page.locator("#strip").text_content() or "",
        ]

    before = shown()
    page.locator("#switch-3").uncheck()
    after = shown()
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert "4 of 5 changes" in after[0]
    page.locator("#switch-3").check()
    assert shown() == before


def test_how_fast_it_answers(opened: Opened) -> None:
    took = opened.page.evaluate(
        """async () => {
          const took = [];
          for (let i = 0; i < 30; i++) {
            const box = document.getElementById(`switch-${(i * 3 + 1) % 5}`);
            box.click();
            took.push(Number(document.documentElement.dataset.took));
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          }
          return took;
        }"""
    )
    print(f"\na switch: median {statistics.median(took):.1f} ms, slowest {max(took):.1f} ms")


def test_dots_stand_for_the_shares_of_what_is_looked_at(opened: Opened) -> None:
    counts = [int(each) for each in (opened.page.locator("#dots").get_attribute("data-counts") or "").split()]
    figures = centre_brief(Precision.INTERNAL).shown.figures
    own = figures[
        (figures["name"] == "Mopti") & (figures["level"] == "region") & (figures["month"] == 9)
    ].iloc[0]
    assert counts[2] / sum(counts) == pytest.approx(own["MF"], abs=0.005)
    assert counts[0] / sum(counts) == pytest.approx(1 - own["FF"], abs=0.005)


def test_everything_is_reached_by_the_keyboard(opened: Opened) -> None:
    page, seen = opened.page, []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className || document.activeElement.lang"
            )
        )
    assert {
        "drawing",
        "closer",
        "farther",
        "whole",
        "today",
        "all",
        "print",
        "en",
        "fr",
        "month",
        *(f"switch-{n}" for n in range(5)),
    } <= set(seen)


def test_arrows_go_round_the_months(opened: Opened) -> None:
    page = opened.page
    page.locator(".month[aria-pressed=true]").focus()
    for key, month in (
        ("ArrowRight", "October"),
        ("End", "December"),
        ("ArrowRight", "January"),
        ("ArrowLeft", "December"),
        ("Home", "January"),
    ):
        page.keyboard.press(key)
        assert f", {month}:" in opened.sentence()
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_a_space_turns_a_switch(opened: Opened) -> None:
    opened.page.locator("#switch-0").focus()
    opened.page.keyboard.press("Space")
    assert "4 of 5 changes" in opened.sentence()


def test_both_languages_are_in_the_file(opened: Opened) -> None:
    opened.page.get_by_role("button", name="Français").click()
    assert "septembre\u00a0: les troupes pourraient atteindre" in opened.sentence()
    assert ",3\u00a0%" in opened.sentence()
    assert opened.page.evaluate("document.documentElement.lang") == "fr"
    opened.page.get_by_role("button", name="English").click()
    assert "September: troops could reach" in opened.sentence()


def test_as_today_says_where_the_gap_is_widest(opened: Opened) -> None:
    opened.page.get_by_role("button", name="As today").click()
    assert "the gap is widest in" in opened.sentence()
    assert "against today" not in opened.sentence()


def test_what_is_not_known_is_said_in_words_and_hatched(context: BrowserContext, tmp_path: Path) -> None:
    brief, path = brief_of(silent_world(), AddAssets("north", "infantry_company")), tmp_path / "map.html"
    path.write_text(living_map(brief, "C"), encoding="utf-8")
    opened = Opened(context, path)
    assert "the whole mission: not known (the data name no " in opened.sentence()
    assert opened.page.locator("#strip .unknown").count() == 12
    said = opened.page.locator("#rows td.is-unknown").all_inner_texts()
    assert len(said) == 2
    assert all(re.fullmatch("not known(; [+-].* at least)?", each) for each in said)


@pytest.mark.parametrize("family", ["DejaVu Sans", "Arial"])
@pytest.mark.parametrize(("width", "height"), [(210, 297), (297, 210)])
def test_a_sheet_of_a4_holds_all_of_it(opened: Opened, width: int, height: int, family: str) -> None:
    page, mm = opened.page, 96 / 25.4
    rule = f'* {{ font-family: "{family}", sans-serif !important; }}'  # a wide type and a narrow one
    page.evaluate("(rule) => document.styleSheets[0].insertRule(rule)", rule)
    page.set_viewport_size({"width": round((width - 16) * mm), "height": round((height - 16) * mm)})
    page.emulate_media(media="print")
    held = page.evaluate(
        """() => {
          const edges = [...document.querySelectorAll("body *")].filter((one) => !one.closest("svg, noscript, .watermark") && one.getClientRects().length).map((one) => one.getBoundingClientRect());
          return [Math.max(...edges.map((one) => one.right)), Math.max(...edges.map((one) => one.bottom))];
        }"""
    )
    assert held[0] <= (width - 16) * mm + 1
    assert held[1] <= (height - 16) * mm + 1
    page.emulate_media(media="null")
    assert page.pdf(format="A4", landscape=width > height).count(b"/Type /Page\n") == 1


def test_a_telephone_shows_all_of_it_without_scrolling_sideways(
    browser: Browser, files: dict[Precision, Path]
) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, offline=True, has_touch=True) as context:
        opened = Opened(context, files[Precision.INTERNAL])
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert opened.page.locator(".month").first.bounding_box()["height"] >= 44  # type: ignore[index]
        opened.page.locator(".month").nth(2).tap()
        assert "March" in opened.sentence()


@pytest.mark.parametrize(
    "hostile",
    [
        "</script><script>window.bad = 1</script>",
        "<img src=x onerror='window.bad = 1'>",
        "${window.bad = 1}",
        "{{7*7}}",
    ],
)
def test_names_are_text_wherever_they_stand(context: BrowserContext, tmp_path: Path, hostile: str) -> None:
    prepared, path = known_world(), tmp_path / "map.html"
    changes = (OpenSite("new", hostile, **lonlat(30, 30)), AddAssets("new", "infantry_company"))
    path.write_text(living_map(brief_of(prepared, *changes, name=hostile), hostile), encoding="utf-8")
    opened = Opened(context, path)
    assert hostile in opened.sentence()
    assert hostile in opened.page.locator("#switches").inner_text()
    assert hostile in opened.page.locator(".code").inner_text()
    assert opened.page.evaluate("window.bad") is None
    assert opened.faults == []


def test_what_is_compressed_is_unpacked_by_our_own_reader(opened: Opened) -> None:
    draw = np.random.default_rng(2)
    contents = [
        b"",
        b"a",
        bytes(70_000),
        draw.integers(0, 256, 70_000, dtype=np.uint8).tobytes(),
        b"ab" * 40_000 + draw.integers(0, 7, 9_000, dtype=np.uint8).tobytes(),
        bytes(range(256)) * 200,
    ]
    ways = [
        (level, strategy)
        for level in (0, 1, 9)
        for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY)
    ]
    for content in contents:
        for level, strategy in ways:
            packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
            packed = base64.b64encode(packer.compress(content) + packer.flush()).decode()
            found = opened.page.evaluate(
                """async ([packed, size]) => {
                  const own = inflate(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)), size);
                  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", own))];
                }""",
                [packed, len(content)],
            )
            assert bytes(found) == hashlib.sha256(content).digest()


def test_a_damaged_file_says_so_and_shows_no_figure(
    context: BrowserContext, files: dict[Precision, Path], tmp_path: Path
) -> None:
    html = files[Precision.INTERNAL].read_text(encoding="utf-8")
    at = html.index('id="living-numbers">') + 5_000
    path = tmp_path / "map.html"
    path.write_text(html[:at] + html[at + 4_000 :], encoding="utf-8")
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("#sentence").inner_text() == "This file is damaged: its figures cannot be read."
    assert page.locator("#rows tr").count() == 0
