"""Names that would like to be Markdown reach Streamlit escaped, on every page."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from footprint.pages._choices import Drawer
from footprint.scenario import CloseSite, OpenSite
from layers.characters import steers
from layers.sites import SiteKind
from tests.pages.conftest import Start, desk_with
from tests.pages.test_options_page import opened as options_with
from tests.pages.test_options_page import searched, small

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

MARKUP = "[click](http://x.org) **b** :red[x] :material/home: $x$ <b> &lt; ~~s~~ -> `c`"
STEERING = "\u202e\x07\x1b[2J"
BARE = re.compile(r"(\]\(http|(?<!\\)(\*\*b|:red\[|:material/home|\$x\$|<b>|&lt;|~~s|`c))")
"""The marks of `MARKUP` without the backslash that makes them text; of a link it is the "(" that has one."""
READ = ("label", "body", "help", "text", "delta", "content")
"""Fields of what Streamlit sends to the browser that it may read as Markdown there."""


@pytest.fixture(scope="module")
def hostile(bundled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the bundled case with markup in every name a page may show."""
    folder = tmp_path_factory.mktemp("hostile") / "area"
    shutil.copytree(bundled_folder, folder)
    for file, column in (("sites.csv", "name"), ("sites.csv", "source"), ("places.csv", "name")):
        rows = pd.read_csv(folder / file, dtype=str, keep_default_na=False)
        rows[column] = [f"{MARKUP} {number}" for number in range(len(rows))]
        rows.to_csv(folder / file, index=False)
    for file in ("cercles.geojson", "regions.geojson"):
        content = json.loads((folder / file).read_text(encoding="utf-8"))
        for number, feature in enumerate(content["features"]):
            feature["properties"]["name"] = f"{MARKUP} {number}"
        (folder / file).write_text(json.dumps(content), encoding="utf-8")
    about = (folder / "area.toml").read_text(encoding="utf-8")
    head, _, focus = about.partition("[focus]")
    focus = re.sub(r'^("[^"]*"|[\w-]+)( *=)', rf'"{MARKUP}"\2', focus, count=1, flags=re.MULTILINE)
    head = re.sub(r"(\[name\]\n(?:.*\n)*?en *= *).*", lambda name: f"{name[1]}'{MARKUP}'", head)
    (folder / "area.toml").write_text(f"{head}[focus]{focus}", encoding="utf-8")
    return folder


def read_as_markdown(app: AppTest) -> Iterator[str]:
    """Yield every text of a page that the browser may read as Markdown; HTML and tables it does not."""
    for element in app:
        proto = getattr(element, "proto", None)
        if proto is None or element.type in {"html", "component_instance", "arrow_data_frame"}:
            continue
        yield from (words for name in READ if isinstance(words := getattr(proto, name, None), str))
        if element.type == "button_group":
            yield from (option.content for option in proto.options)


@pytest.mark.parametrize("page", ["desk", "hotspots", "sites", "data", "method"])
def test_no_page_hands_a_name_over_as_markup(start: Start, store: Path, hostile: Path, page: str) -> None:
    changes = (OpenSite("p1", MARKUP, -3.5, 14.0, SiteKind.CAMP), CloseSite("gao"))
    app = start(hostile, desk=desk_with(store, (MARKUP, changes)))
    (row,) = app.session_state["choices"].desk.plans
    app.session_state["choices"] = replace(
        app.session_state["choices"], active=row.plan_id, drawer=Drawer.PLANS, at=(-3.5, 14.0)
    )
    app.session_state["message"] = f"{MARKUP}{STEERING}"
    app = app.switch_page(f"footprint/pages/{page}.py").run()
    assert not app.exception
    shown = list(read_as_markdown(app))
    assert any("click" in words for words in shown)
    assert [words for words in shown if BARE.search(words) or steers(words.replace("\n", ""))] == []


def test_what_a_search_finds_hands_no_name_over_as_markup(start: Start, hostile: Path) -> None:
    table = small()
    named = tuple(replace(each, name=f"{MARKUP} {number}") for number, each in enumerate(table.choices))
    app = searched(options_with(start(hostile), replace(table, choices=named)))
    assert not app.exception
    shown = list(read_as_markdown(app))
    assert [words for words in shown if BARE.search(words) or steers(words.replace("\n", ""))] == []
    pages = [each.proto.body for each in app.get("html")]
    assert any("&lt;b&gt;" in page for page in pages)
    assert not any("<b>" in page for page in pages)
