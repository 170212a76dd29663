"""Names and messages that would like to be markup are shown as they are, on every page and in both languages."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser

from tests.browser.app import PAGES, Screen, Server, screen, serving

pytestmark = pytest.mark.browser

MARKUP = "**b** _i_ `c` $x^2$ ~~s~~ [a](//e.example) ![p](//evil.example/p) :red[r] :smile: www.evil.example <b>h</b> &amp;"
LANGUAGES = ("en", "fr")
SHOWN = """() => {
    const made = [...document.querySelectorAll('[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]')];
    const inside = (what) => made.flatMap((one) => [...one.querySelectorAll(what)]).map((one) => one.outerHTML.slice(0, 200));
    return {
        markup: inside('a:not([data-testid=stHeaderActionElements] a), img, .katex, code, del, .stMarkdownColoredText, [role=img]'),
        emphasis: made.flatMap((one) => [...one.querySelectorAll('em, strong')]).map((one) => one.textContent).filter((text) => /^[bi]$/.test(text)),
        text: document.body.innerText,
    };
}"""


def spoiled(folder: Path, bundled: Path) -> Path:
    """Return a copy of the bundled case with markup wherever a file gives a name, a label or a source."""
    shutil.copytree(bundled, folder)
    for file, columns in (
        ("sites.csv", ["name", "source"]),
        ("places.csv", ["name"]),
        ("sources.csv", ["title", "origin", "note"]),
    ):
        rows = pd.read_csv(folder / file, dtype=str, keep_default_na=False)
        for column in columns:
            rows[column] = [f"{MARKUP} {number}" for number in range(len(rows))]
        rows.to_csv(folder / file, index=False)
    for file in ("roads", "cercles", "regions"):
        path = folder / f"{file}.geojson"
        layer = json.loads(path.read_text(encoding="utf-8"))
        for number, feature in enumerate(layer["features"]):
            feature["properties"]["name"] = f"{MARKUP} {number}"
        path.write_text(json.dumps(layer), encoding="utf-8")
    quoted = json.dumps(MARKUP)
    area, objectives = folder / "area.toml", folder / "objectives.toml"
    text = area.read_text(encoding="utf-8")
    text = re.sub(
        r'^((?:label\.)?(?:en|fr)) = ".*"$', lambda found: f"{found[1]} = {quoted}", text, flags=re.MULTILINE
    )
    text = re.sub(r'^"?\w+"? = \["ML05"\]$', lambda _: f'{quoted} = ["ML05"]', text, flags=re.MULTILINE)
    area.write_text(text, encoding="utf-8")
    text = objectives.read_text(encoding="utf-8")
    text = re.sub(r'^(name\.\w+) = ".*"$', lambda found: f"{found[1]} = {quoted}", text, flags=re.MULTILINE)
    objectives.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def markup_server(bundled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the app on names full of markup."""
    folder = spoiled(tmp_path_factory.mktemp("markup") / "area", bundled_folder)
    with serving(tmp_path_factory.mktemp("state"), folder) as running:
        yield running


WITHOUT_NAMES = {
    *("Evidence", "Preuves", "Sites", "Options", "Briefing", "Dossier"),
    *("New area", "Nouvelle zone"),
}


def shows_text_alone(reader: Screen, *, named: bool = True) -> None:
    """Hold the page to showing no markup, and, where it names anything, the name as it is."""
    shown = reader.page.evaluate(SHOWN)
    assert shown["markup"] == []
    assert shown["emphasis"] == []
    assert not named or MARKUP in shown["text"].replace("\u2060", "")


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_name_is_taken_for_markup(browser: Browser, markup_server: Server, code: str) -> None:
    with screen(browser, markup_server.url) as reader:
        reader.open()
        if code != "en":
            reader.speak(code)
        with reader.redrawing():
            reader.site("gao").press("Enter")
        shows_text_alone(reader)
        with reader.redrawing():
            reader.press_key("proposehere")
        shows_text_alone(reader)
        reader.tab("Plans")
        shows_text_alone(reader)
        for name in PAGES[code]:
            reader.go(name)
            if name in {"Method", "Méthode"}:
                continue  # the method is our own words, and has markup of its own
            # Evidence names no place, nor does Options until it has searched, nor
            # Briefing until a plan is chosen; Sites shows first what the plan made,
            # with the words of the program. New area needs no area, and names none.
            shows_text_alone(reader, named=name not in WITHOUT_NAMES)
        assert reader.faults == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_wrong_with_a_file_is_said_as_text_beside_its_button(
    browser: Browser, markup_server: Server, code: str, tmp_path: Path
) -> None:
    plan, proposal = tmp_path / "plan.json", tmp_path / "proposal.toml"
    plan.write_text(json.dumps({"format": MARKUP, "name": MARKUP, MARKUP: 1}), encoding="utf-8")
    proposal.write_text(f"name = {json.dumps(MARKUP)}\n{json.dumps(MARKUP)} = 1\n", encoding="utf-8")
    with screen(browser, markup_server.url) as reader:
        reader.open()
        if code != "en":
            reader.speak(code)
        for side, path, folded in (
            ("Plans", plan, {"en": "Open a plan from a file", "fr": "Ouvrir un plan d’un fichier"}),
            (
                {"en": "Proposal", "fr": "Proposition"}[code],
                proposal,
                {"en": "Open a proposal from a file", "fr": "Ouvrir une proposition d’un fichier"},
            ),
        ):
            reader.tab(side)
            drawer = reader.page.locator(".st-key-drawer")
            drawer.get_by_text(folded[code], exact=True).click()
            drawer.locator("input[type=file]").set_input_files(path)
            drawer.get_by_test_id("stAlert").first.wait_for()
            reader.idle()
            shows_text_alone(reader, named=False)
        assert reader.faults == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_values_of_a_faulty_file_are_said_as_text(
    browser: Browser, bundled_folder: Path, code: str, tmp_path: Path
) -> None:
    folder = spoiled(tmp_path / "area", bundled_folder)
    path = folder / "objectives.toml"
    text = path.read_text(encoding="utf-8").replace('measure = "blend"', f"measure = {json.dumps(MARKUP)}")
    path.write_text(text, encoding="utf-8")
    (tmp_path / "state").mkdir()
    with serving(tmp_path / "state", folder) as server, screen(browser, server.url) as reader:
        reader.page.goto(server.url, wait_until="commit")
        if code != "en":
            reader.speak(code)
        reader.page.get_by_test_id("stAlert").filter(has_text="evil.example").first.wait_for()
        reader.idle()
        shows_text_alone(reader)
        assert reader.faults == []
