"""The review desk: what it shows at each size, and what a click, a key, a reload and a changed number do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser

from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import over_units
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.method import default_method
from footprint.objectives import load_objectives
from footprint.prepared import prepare
from footprint.review import review
from footprint.scenario import Scenario
from layers import load_area
from tests.browser import contrast
from tests.browser.app import MIDDLE, NARROW, WIDE, Screen, Server, screen, serving, spaced

pytestmark = pytest.mark.browser

SIZES = {"1440": WIDE, "1024": MIDDLE, "390": NARROW}
LEAST_MAP = 0.65
MOST_CLICK_BYTES = 60_000
BEYOND = (14.15, -3.30)
OUTSIDE = (13.9, -2.2)
OCTOBER = 10
CIVILIAN = {
    "civil_affairs_team",
    "community_liaison",
    "good_offices_team",
    "human_rights_team",
    "joint_protection_team",
    "partner_programme",
    "stabilisation_team",
}
_NO_SCROLL = """() => {
    const root = document.scrollingElement;
    return root.scrollWidth <= innerWidth && root.scrollHeight <= innerHeight;
}"""
_UNCUT = """() => {
    const say = document.querySelector('.fp-say'), box = document.querySelector('.st-key-say').getBoundingClientRect();
    const words = document.createRange();
    words.selectNodeContents(say);
    const own = words.getBoundingClientRect(), bar = document.querySelector('.st-key-bar').getBoundingClientRect();
    return own.left >= box.left && own.right <= box.right && own.top >= Math.max(box.top, bar.bottom) - 1 && own.bottom <= box.bottom + 1
        && own.right <= innerWidth && own.left >= 0;
}"""
_MAP_SHARE = """() => {
    const box = document.querySelector('.st-key-mapbox iframe').getBoundingClientRect();
    return box.width * box.height / (innerWidth * innerHeight);
}"""
_FOCUSED = """() => {
    let at = document.activeElement;
    while (at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
    return at.getAttribute('aria-label') || at.textContent;
}"""


def figures_of_mopti(folder: Path) -> dict[int, tuple[str, str]]:
    """Return what troops and the mission could reach in Mopti by month, in words, from the tool itself."""
    area = load_area(folder)
    prepared = prepare(area, default_method(), load_objectives(folder))
    answer = review(prepared, Scenario("today"), prepared.router())
    shown = over_units(answer.figures, Level.REGION, ["ML05"], [Indicator.FORCE, Indicator.MISSION])
    english = Language("en")
    return {
        month: tuple(spaced(english.percent(value)) for value in shown[:, month - 1])
        for month in range(1, 13)
    }


# -- sizes and languages -------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_fits_the_screen_in_both_languages(browser: Browser, server: Server, size: str) -> None:
    with screen(browser, server.url, SIZES[size]) as reader:
        reader.open()
        for code in ("en", "fr"):
            if code == "fr":
                reader.speak("fr")
            assert reader.page.evaluate(_NO_SCROLL), code
            assert reader.page.evaluate(_UNCUT), (code, reader.sentence())
            if size == "1024":
                assert reader.page.evaluate(_MAP_SHARE) >= LEAST_MAP, code
            assert contrast.faint(reader.page) == [], code
        reader.search("Koro")
        reader.tab("Lieu")
        assert reader.page.evaluate(_NO_SCROLL)
        assert contrast.faint(reader.page) == []
        assert reader.faults == []


def test_words_stand_out_in_every_side_of_the_drawer(reader: Screen) -> None:
    reader.search("Koro")
    assert contrast.faint(reader.page) == []
    reader.press_key("proposehere")
    assert contrast.faint(reader.page) == []
    reader.tab("Plans")
    assert len(contrast.words(reader.page)) > 50
    assert contrast.faint(reader.page) == []


# -- one click, one answer -----------------------------------------------------------------------


def test_a_click_is_one_message_one_run_and_an_answer_and_the_map_stays(reader: Screen) -> None:
    reader.look_at(14.3, -3.6, 8)
    reader.frame.evaluate("window.mark = 'the same frame'")
    view, received, sent, runs = reader.zoom(), reader.received_bytes, reader.sent, reader.runs
    with reader.redrawing():
        reader.click_at(*BEYOND)
    reader.page.wait_for_timeout(400)  # streamlit-folium would tell the click again after 250 ms
    reader.idle()
    assert (reader.sent - sent, reader.runs - runs) == (1, 1)
    assert reader.received_bytes - received < MOST_CLICK_BYTES
    assert reader.frame.evaluate("window.mark") == "the same frame"
    assert reader.zoom() == view
    assert "Ogossagou" in reader.drawer()
    assert "People in this cell" in reader.drawer()


def test_every_tier_names_its_weakest_link_of_the_tier_s_own_chance(reader: Screen) -> None:
    reader.search("Mopti/Sévaré")
    tiers = reader.page.locator(".st-key-drawer .fp-tier")
    assert tiers.count() == 3
    chances = []
    for number in range(3):
        tier = tiers.nth(number)
        assert "Weakest link:" in tier.inner_text()
        titles = tier.locator(".fp-links span").evaluate_all("all => all.map((one) => one.title)")
        links = [int(re.findall(r"(\d+)\s%", title)[-1]) for title in titles]
        chances.append(int(re.findall(r"\d+", tier.locator(".fp-level").inner_text())[0]))
        assert min(links) == chances[-1], titles
    assert max(chances) > 0


def test_a_click_outside_the_area_says_so(reader: Screen) -> None:
    reader.look_at(14.3, -3.0, 7.5)
    with reader.redrawing():
        reader.click_at(*OUTSIDE)
    assert "This point lies outside the area." in reader.drawer()
    assert reader.page.get_by_role("button", name="Propose a site here").count() == 0


def test_a_place_is_found_by_name_and_by_coordinates(reader: Screen) -> None:
    for words in ("14.07, -3.52", "Gao", "14,07 -3,52", "Kidal", "14°04.2'N 3°31.2'W", "Ansongo", "Bankass"):
        reader.search(words)
        assert ("Bankass" if words[0] in "1B" else words) in reader.drawer()
        assert "Tier I" in reader.drawer()


# -- months --------------------------------------------------------------------------------------


def test_months_by_click_and_by_key_change_sentence_and_dots_and_keep_the_focus(
    reader: Screen, bundled_folder: Path
) -> None:
    reckoned = figures_of_mopti(bundled_folder)
    names = {OCTOBER: "October", 3: "March", 4: "April", 9: "September"}

    def holds(month: int) -> None:
        assert reader.chosen_month() == month
        force, mission = reckoned[month]
        said = f"Mopti, {names[month]}: troops could reach {force} of need; the whole mission {mission}."
        assert reader.sentence().startswith(said)

    holds(OCTOBER)
    before = reader.dots()
    with reader.redrawing():
        reader.month(3)
    holds(3)
    dry = reader.dots()
    assert sum(dry) == sum(before)
    assert dry != before
    assert str(reader.page.evaluate(_FOCUSED)).startswith("March")
    with reader.rerunning():
        reader.page.keyboard.press("ArrowRight")
    holds(4)
    assert str(reader.page.evaluate(_FOCUSED)).startswith("April")
    reader.month(9)
    holds(9)
    assert reader.dots() != dry


# -- proposals -----------------------------------------------------------------------------------


def test_stepper_donor_and_months_change_sentence_and_squares(reader: Screen) -> None:
    reader.search("Koro")
    reader.press_key("proposehere")
    assert "With Koro:" in reader.sentence()
    first, squares = reader.sentence(), heat(reader)
    assert "Koro" in squares
    reader.step("Infantry company", 1)
    more = reader.sentence()
    assert more != first
    reader.donor("infantry_company", "gao")
    assert "Gao" in heat(reader), "a donor outside the focus shows its loss"
    assert "Gao" not in squares
    more = reader.sentence()
    assert "Who loses what donors give up" in reader.drawer()
    open_in_october = reader.page.locator(".package .month").nth(OCTOBER - 1)
    with reader.rerunning():
        open_in_october.click()
    assert open_in_october.get_attribute("aria-pressed") == "false"
    assert reader.sentence() != more


def heat(reader: Screen) -> list[str]:
    """Return the units that gain or lose."""
    return reader.page.locator(".heat .unit").all_inner_texts()


def test_a_whole_proposal_by_keyboard_alone(reader: Screen) -> None:
    page, keys = reader.page, reader.page.keyboard
    page.locator("body").focus()
    tab_to(reader, "document.querySelector('.st-key-search input')")
    with reader.rerunning():
        keys.type("Koro")
        page.get_by_role("option").first.wait_for()
        keys.press("Enter")
    tab_to(reader, "document.querySelector('.st-key-proposehere button')")
    with reader.rerunning():
        keys.press("Enter")
    part = (
        "[...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('.package')).shadowRoot"
    )
    tab_to(reader, f"""{part}.querySelector("[data-at='infantry_company-more']")""")
    with reader.rerunning():
        keys.press("Enter")
    with reader.rerunning():
        keys.press("Shift+Tab")
        keys.press("Enter")
    tab_to(reader, f"""{part}.querySelector("[data-at='infantry_company-donor']")""")
    with reader.rerunning():
        keys.type("Gao")
    assert page.locator(".package select").first.input_value() == "gao"
    until = page.get_by_label("What must be true for it to close")
    tab_to(reader, "document.querySelector('[aria-label=\"What must be true for it to close\"]')")
    with reader.rerunning():
        keys.type("Two quiet seasons")
        keys.press("Tab")
    assert until.input_value() == "Two quiet seasons"
    assert "The exit condition is missing" not in reader.drawer()
    tab_to(
        reader,
        "[...document.querySelectorAll('.st-key-drawer [data-testid=stDownloadButton] button')].at(-1)",
    )
    with page.expect_download() as download:
        keys.press("Enter")
    text = download.value.path().read_text(encoding="utf-8")
    assert "Two quiet seasons" in text
    assert "gao" in text


def tab_to(reader: Screen, element: str, most: int = 150) -> None:
    """Press Tab until an element has the focus."""
    has_focus = (
        f"(() => {{ const one = {element}; return !!one && one.getRootNode().activeElement === one; }})()"
    )
    for _ in range(most):
        if reader.page.evaluate(has_focus):
            return
        reader.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {element}")


MOST_ACTS = 24


def test_a_head_of_field_office_proposes_compares_and_sends_in_under_25_acts(
    browser: Browser, reader: Screen, server: Server, tmp_path: Path
) -> None:
    acts = Acts(reader)
    acts.search("Koro")
    acts.press_key("proposehere")
    acts.package("Community liaison with civil affairs")
    acts.add_asset("infantry_company")
    assert "The donor of" in reader.drawer()
    for asset, donor in (
        ("infantry_company", "gao"),
        ("community_liaison", "gao"),
        ("civil_affairs_team", "mopti"),
    ):
        acts.donor(asset, donor)
    assert "The donor of" not in reader.drawer(), "the block is mended"
    acts.unfold("Who loses what donors give up")
    loses = spaced(reader.page.locator(".st-key-drawer details[open]").first.inner_text())
    assert "Gao" in loses
    assert "Mopti" in loses
    acts.fill("What must be true for it to close", "Two quiet seasons")
    assert "The exit condition is missing" not in reader.drawer()
    acts.tab("Plans")
    acts.press("New plan")
    acts.search("Bankass")
    acts.press_key("proposehere")
    acts.tab("Plans")
    acts.tick(1)
    acts.tick(2)
    assert "Bankass instead of Koro" in reader.sentence()
    assert reader.dots() == [0, 0, 0, 0], "the change map, not the dots"
    acts.tick(0)
    assert reader.page.locator(".fp-matrix tbody tr").count() > 5
    assert "Do nothing" in reader.page.locator(".fp-matrix").inner_text()
    path = acts.save_plan("Koro", tmp_path / "koro.json")
    with screen(browser, server.url) as colleague:
        colleague.open()
        theirs = Acts(colleague)
        theirs.tab("Plans")
        theirs.unfold("Open a plan from a file")
        theirs.upload(path)
        theirs.press("Put it among the plans")
        theirs.draw_on(1)
        assert "With Koro:" in colleague.sentence()
        assert colleague.page.locator(".package select").first.input_value() in {"gao", "mopti"}
        assert colleague.faults == []
    assert acts.count + theirs.count <= MOST_ACTS, (acts.done, theirs.done)


class Acts:
    """Acts of a person, counted: each is one click, one choice, or one field filled in."""

    def __init__(self, reader: Screen) -> None:
        self.reader = reader
        self.done: list[str] = []

    @property
    def count(self) -> int:
        """How many acts so far."""
        return len(self.done)

    def search(self, words: str) -> None:
        self.done.append(f"search {words}")
        self.reader.search(words)

    def press(self, name: str) -> None:
        self.done.append(f"press {name}")
        self.reader.press(name)

    def press_key(self, key: str) -> None:
        self.done.append(f"press {key}")
        self.reader.press_key(key)

    def tab(self, name: str) -> None:
        self.done.append(f"tab {name}")
        self.reader.tab(name)

    def tick(self, number: int) -> None:
        self.done.append(f"tick {number}")
        self.reader.tick(number)

    def donor(self, asset: str, site_id: str) -> None:
        self.done.append(f"donor {asset} {site_id}")
        self.reader.donor(asset, site_id)

    def package(self, name: str) -> None:
        self.done.append(f"package {name}")
        box = self.reader.page.locator(".st-key-drawer").get_by_role(
            "combobox", name="Begin again with a package"
        )
        self.reader.choose(box, name)

    def add_asset(self, kind: str) -> None:
        self.done.append(f"add {kind}")
        with self.reader.rerunning():
            self.reader.page.locator(".package select[data-at=other]").select_option(kind)

    def unfold(self, name: str) -> None:
        self.done.append(f"unfold {name}")
        self.reader.page.locator(".st-key-drawer summary").get_by_text(name, exact=True).click()
        self.reader.idle()

    def fill(self, label: str, words: str) -> None:
        self.done.append(f"fill {label}")
        with self.reader.rerunning():
            field = self.reader.page.locator(".st-key-drawer").get_by_label(label)
            field.fill(words)
            field.press("Tab")

    def upload(self, path: Path) -> None:
        self.done.append(f"open {path.name}")
        with self.reader.rerunning():
            self.reader.page.locator(".st-key-drawer input[type=file]").first.set_input_files(path)

    def draw_on(self, number: int) -> None:
        self.done.append(f"draw on {number}")
        with self.reader.rerunning():
            self.reader.page.locator(f".st-key-planhead_{number}").get_by_role(
                "button", name="Draw on"
            ).click()

    def save_plan(self, name: str, path: Path) -> Path:
        self.done += ["open the menu", "save"]
        page = self.reader.page
        page.locator("[class*=st-key-planhead_]").filter(has_text=name).first.locator(
            "[data-testid=stPopover] button"
        ).click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as a file").click()
        download.value.save_as(path)
        page.keyboard.press("Escape")
        return path


# -- plans ---------------------------------------------------------------------------------------


def two_plans(reader: Screen) -> None:
    """Propose at Koro on one plan and at Bankass on another, and tick both."""
    reader.search("Koro")
    reader.press_key("proposehere")
    reader.tab("Plans")
    reader.press("New plan")
    reader.search("Bankass")
    reader.press_key("proposehere")
    reader.tab("Plans")
    reader.tick(1)
    reader.tick(2)


def test_two_ticks_draw_both_plans_and_a_change_map_without_a_threshold(reader: Screen) -> None:
    two_plans(reader)
    states = reader.frame.evaluate(
        "[...document.querySelectorAll('.fp-site')].map((e) => [e.dataset.site, e.getAttribute('aria-label')])"
    )
    assert sum("in A" in label for _, label in states) == 1, states
    assert sum("in B" in label for _, label in states) == 1, states
    seats = reader.seats()
    assert seats["Bankass"].startswith("+")
    assert seats["Koro"].startswith(("-", "−", "–"))
    assert seats["Douentza"] == "="
    legend = spaced(reader.page.locator(".fp-strip-legend").inner_text())
    assert "0.05" in legend
    assert "no threshold" in legend
    address = reader.page.url
    assert re.fullmatch(r".*\?desk=[\w-]{16,}", address)
    reader.month(3)
    said, plans = reader.sentence(), reader.drawer()
    assert "March" in said
    with reader.page.context.browser.new_context(viewport=WIDE) as other:
        again = Screen(other.new_page(), reader.url)
        again.open(address)
        assert again.sentence() == said
        assert again.drawer() == plans
        assert again.chosen_month() == 3
        assert again.seats() == reader.seats()
        assert again.faults == []


def test_a_second_tab_acting_on_an_old_version_is_told_and_loses_nothing(reader: Screen) -> None:
    reader.tab("Plans")
    reader.press("New plan")
    second = Screen(reader.page.context.new_page(), reader.url)
    second.open(reader.page.url)
    assert "Plan 1" in second.drawer()
    reader.press("New plan")
    second.press("New plan")
    told = spaced(second.page.locator(".st-key-notice").inner_text())
    assert told, "the second tab is told"
    assert "Plan 2" in second.drawer(), "and sees what the first did"
    second.press("New plan")
    with reader.rerunning():
        reader.months().nth(2).click()
    assert all(f"Plan {number}" in reader.drawer() for number in (1, 2, 3))
    assert second.faults == []


# -- assumptions ---------------------------------------------------------------------------------


def test_a_changed_number_marks_chip_and_sentence_and_goes_back_in_one_click(reader: Screen) -> None:
    page, before = reader.page, reader.sentence()
    page.locator(".st-key-assumptions button").first.click()
    box = page.get_by_role("combobox", name="What if this number were another?")
    reader.choose(box, "limit")
    number = page.get_by_test_id("stNumberInput").locator("input").last
    with reader.rerunning():
        number.fill(str(float(number.input_value()) * 0.75))
        number.press("Enter")
    assert "→" in spaced(page.get_by_test_id("stPopoverBody").inner_text())
    assert reader.sentence() == before, "shown before it is taken over"
    with reader.rerunning():
        page.get_by_role("button", name="Take it over").click()
    page.keyboard.press("Escape")
    assert "Under 1 changed assumption." in reader.sentence()
    chip = page.locator(".st-key-assumptions button").first
    assert "1 assumption changed" in spaced(chip.inner_text())
    assert contrast.faint(page) == []
    chip.click()
    with reader.rerunning():
        page.get_by_role("button", name="Back to the shipped numbers").click()
    assert reader.sentence() == before
    assert page.locator(".st-key-assumptions").count() == 1


# -- not known -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def silent_server(bundled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the app on the bundled case without any civilian asset in its data."""
    folder = tmp_path_factory.mktemp("silent") / "area"
    shutil.copytree(bundled_folder, folder)
    assets = pd.read_csv(folder / "assets.csv", dtype=str, keep_default_na=False)
    assets[~assets["kind"].isin(CIVILIAN)].to_csv(folder / "assets.csv", index=False)
    with serving(tmp_path_factory.mktemp("state"), folder) as running:
        yield running


@pytest.mark.parametrize(("code", "words"), [("en", "not known"), ("fr", "non connu")])
def test_what_the_data_do_not_name_is_not_known_and_never_nought(
    browser: Browser, silent_server: Server, code: str, words: str
) -> None:
    with screen(browser, silent_server.url) as reader:
        reader.open()
        if code == "fr":
            reader.speak("fr")
        nought = re.compile(r"\b0[.,]0 %")
        assert words in reader.sentence()
        assert not nought.search(reader.sentence())
        spoken = [spaced(each) for each in reader.months().evaluate_all("all => all.map((e) => e.ariaLabel)")]
        assert all(words in each and not nought.search(each) for each in spoken), spoken[0]
        assert reader.page.locator(".strip .mission .unknown").count() == 12
        seats = reader.seats()
        assert seats
        assert all("?" in each or words in each or "n" in each for each in seats.values()), seats
        assert reader.dots()[3] == 0
        reader.search("Mopti/Sévaré")
        tiers = reader.page.locator(".st-key-drawer .fp-tier .fp-level").all_inner_texts()
        assert [words in spaced(each) for each in tiers] == [True, False, True]
        year = reader.page.locator(".st-key-drawer .fp-mini section").first
        assert words in spaced(str(year.get_attribute("title")))
        reader.tab("Plans")
        plans = reader.drawer()
        assert words in plans
        assert not nought.search(re.sub(r"(tier|volet) II 0[.,]0 %", "", plans))
        assert reader.faults == []
