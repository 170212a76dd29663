"""Every page opens, in both languages, and does its main act."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from footprint.language import Language
from footprint.pages._session import Choices
from footprint.scenario import CloseSite, OpenSite
from footprint.views.cells import VIEW_LABELS, View
from layers.assemble import assemble
from tests.pages.conftest import Start
from tests.worlds import CATALOGUES

PAGES = ("map", "compare", "hotspots", "sites", "evidence", "data", "method")
TITLES = {
    "map": "what could be delivered",
    "compare": "Compare",
    "hotspots": "Where violence gathers, and when it returns",
    "sites": "Sites",
    "evidence": "Evidence",
    "data": "Data",
    "method": "Method",
}
MOST_PAYLOAD_BYTES = 150_000

# A chart's own warning about data types is none of the pages' doing.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


def on(page: str, app: AppTest) -> AppTest:
    """Go to a page by its file, the way pages of `st.navigation` are named."""
    return app.switch_page(f"footprint/pages/{page}.py").run()


def in_language(code: str, app: AppTest) -> AppTest:
    app.session_state["choices"] = replace(chosen(app), language=code)
    app.session_state["language"] = code
    return app.run()


def chosen(app: AppTest) -> Choices:
    return app.session_state["choices"] if "choices" in app.session_state else Choices()


def maps(app: AppTest) -> list[dict[str, object]]:
    """Return the arguments of every map on the page, as the browser gets them."""
    found = [element.proto for element in app.get("component_instance")]
    return [json.loads(proto.json_args) for proto in found if "folium" in proto.component_name]


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(start: Start, page: str, code: str) -> None:
    app = on(page, in_language(code, start()))
    assert not app.exception
    assert not app.error
    assert Language(code).text(TITLES[page]) in app.title[0].value or page == "map"


def test_figures_carry_decimal_commas_in_french(start: Start) -> None:
    english, french = start(), in_language("fr", start())
    assert all(re.fullmatch(r"\d+\.\d\u00a0%", metric.value) for metric in english.metric)
    assert all(re.fullmatch(r"\d+,\d\u00a0%", metric.value) for metric in french.metric)


def test_another_month_gives_other_figures(start: Start) -> None:
    app = start()
    october = [metric.value for metric in app.metric]
    app.select_slider(key="month_en").set_value(3).run()
    assert "March" in app.title[0].value
    assert [metric.value for metric in app.metric] != october


def test_another_language_keeps_what_was_chosen_and_says_it_in_its_own_words(start: Start) -> None:
    app = start()
    app.select_slider(key="month_en").set_value(3).run()
    app.selectbox(key="view_en").set_value(View.MINUTES).run()
    app = in_language("fr", app)
    box, words = app.selectbox(key="view_fr"), Language("fr").text(VIEW_LABELS[View.MINUTES])
    assert (chosen(app).month, chosen(app).view, box.value) == (3, View.MINUTES, View.MINUTES)
    assert box.options[box.index] == words
    assert app.select_slider(key="month_fr").value == 3


def test_the_map_carries_little_and_asks_nothing_beyond_this_machine(start: Start) -> None:
    (arguments,) = maps(start())
    assert len(json.dumps(arguments).encode()) < MOST_PAYLOAD_BYTES
    links = [*arguments["css_links"], *arguments["js_links"]]
    assert links
    assert all(link.startswith("../") for link in links)
    assert "://" not in str(arguments["script"]).replace("http://www.w3.org/", "")


def test_the_map_s_base_is_the_same_text_in_every_month_and_language(start: Start) -> None:
    app = start()
    (first,) = maps(app)
    (other,) = maps(in_language("fr", app))
    app.select_slider(key="month_fr").set_value(3).run()
    (later,) = maps(app)
    assert first["script"] == other["script"] == later["script"]
    assert len({first["feature_group"], other["feature_group"], later["feature_group"]}) == 3


def test_a_site_proposed_by_coordinates_stands_on_the_map_and_changes_figures(start: Start) -> None:
    app = start()
    before = [metric.value for metric in app.metric]
    app.session_state["choices"] = replace(chosen(app), mode="propose")
    app.session_state["mode"] = "propose"
    app.run()
    next(button for button in app.button if button.label == "Propose here").click().run()
    assert isinstance(chosen(app).scenario.changes[0], OpenSite)
    assert '\\"id\\":\\"p1\\"' in json.dumps(maps(app)[0]["feature_group"])
    assert [metric.value for metric in app.metric] != before
    assert not app.exception


def test_a_site_closed_and_undone_leaves_the_baseline(start: Start) -> None:
    app = start()
    app.session_state["choices"] = replace(chosen(app), selected="gao")
    app.run()
    next(button for button in app.button if button.label == "Close this site").click().run()
    assert chosen(app).scenario.changes == (CloseSite("gao"),)
    next(button for button in app.button if button.label == "Undo").click().run()
    assert chosen(app).scenario.changes == ()


def test_compare_shows_the_scenario_beside_the_baseline(start: Start) -> None:
    app = start()
    app.session_state["choices"] = replace(chosen(app), scenario=chosen(app).scenario.then(CloseSite("gao")))
    app = on("compare", app.run())
    assert not app.exception
    assert "Scenario being drawn" in app.selectbox[1].value
    assert maps(app)


def test_a_number_changed_on_the_method_page_is_named(start: Start) -> None:
    app = on("method", start())
    number = app.number_input[0]
    number.set_value(number.value * 1.01)
    next(button for button in app.button if button.label == "Save for this session").click().run()
    assert not app.exception
    assert chosen(app).method
    assert app.warning


def test_a_layer_that_is_not_there_is_not_known_on_the_data_page(
    start: Start, bundled_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "area"
    shutil.copytree(bundled_folder, folder)
    stated = (folder / "area.toml").read_text(encoding="utf-8")
    (folder / "area.toml").write_text(
        re.sub(r"^(airfields|sensitive) = .*\n", "", stated, flags=re.MULTILINE), encoding="utf-8"
    )
    app = on("data", start(folder))
    assert not app.exception
    counts = next(frame.value for frame in app.dataframe if list(frame.value.columns) == ["Layer", "Rows"])
    rows = dict(zip(counts["Layer"], counts["Rows"], strict=True))
    assert rows["Airfields"] == rows["Sensitive places"] == "not known"
    features = json.loads((folder / "cercles.geojson").read_text(encoding="utf-8"))["features"]
    assert rows["Cercles"] == str(len(features))


@pytest.mark.parametrize(("page", "words"), [("map", "non connu"), ("sites", "non connu")])
@pytest.mark.real
@pytest.mark.slow
def test_tiers_that_the_real_data_do_not_name_are_not_known_on_the_page(
    start: Start, real_source: Path, tmp_path: Path, page: str, words: str
) -> None:
    """The published data name no civilian team: two tiers, and so the Mission, are not known. Never 0.0 %."""
    assemble(real_source, tmp_path / "area", catalogues=CATALOGUES, frame_date=date(2019, 6, 30))
    app = start(tmp_path / "area")
    app.segmented_control(key="language").set_value("fr").run()
    app = on(page, app)
    assert not app.exception
    if page == "map":
        cards = {metric.label: metric.value for metric in app.metric}
        assert cards["Empreinte de la Mission"] == words
        assert cards["Empreinte de la Force"] != words
    else:
        table = next(frame.value for frame in app.dataframe if "Volet I" in frame.value.columns)
        assert table[["Mission, points", "Volet I", "Volet III"]].eq(words).all(axis=None)
        assert table[["Force, points", "Volet II"]].notna().all(axis=None)


def test_a_new_reader_begins_with_the_month_and_focus_that_the_area_states(
    start: Start, bundled_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "area"
    shutil.copytree(bundled_folder, folder)
    stated = (folder / "area.toml").read_text(encoding="utf-8")
    changed = re.sub(r"^start_month = 10$", "start_month = 3", stated, flags=re.MULTILINE)
    (folder / "area.toml").write_text('start_focus = "Mopti"\n' + changed, encoding="utf-8")
    app = start(folder)
    assert not app.exception
    assert (chosen(app).month, chosen(app).focus) == (3, "Mopti")
    app.segmented_control(key="focus").set_value("").run()
    assert chosen(app).focus == "", "and is not led back there"
    assert chosen(start()).month == 10


def test_the_evidence_page_says_what_was_in_reach_and_what_rules_would_have_named(start):
    app = start()
    assert any("A circle map would say" in each.value for each in app.markdown)
    page = app.switch_page("footprint/pages/evidence.py").run()
    assert not page.exception
    assert [each.value for each in page.subheader] == [
        "Reach of what happened",
        "Foresight",
        "What this hangs on",
        "Sources that disagree",
    ]
    rules = page.dataframe[1].value
    assert rules["Rule"].iloc[-1] == "Incidents"
    assert "not known" not in set(rules["All years"])
    assert len(page.dataframe) == 2
    page = page.toggle(key="hangs_on_en").set_value(True).run()
    assert not page.exception
    pieces = page.dataframe[2].value
    assert pieces["Left out"].iloc[0] in {"Site Gao", "Infantry company at Gao"}
    assert any("Most hangs on: " in each.value for each in page.markdown)
