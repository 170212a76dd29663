"""Every page opens, in both languages, and does its main act."""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from footprint.language import Language
from footprint.pages._choices import Choices, Drawer
from footprint.scenario import AddAssets, CloseSite, OpenSite
from footprint.views.cells import PATTERN_VIEWS, VIEW_LABELS, View
from footprint.workshop import NOTHING_ID, RenamePlan
from tests.pages.conftest import Start, desk_with, opened_store

PAGES = ("desk", "hotspots", "sites", "evidence", "options", "briefing", "data", "method")
TITLES = {
    "hotspots": "Where violence gathers, and when it returns",
    "sites": "Sites",
    "evidence": "Evidence",
    "options": "Options",
    "briefing": "Briefing",
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
    assert page == "desk" or Language(code).text(TITLES[page]) in app.title[0].value


def sentence(app: AppTest) -> str:
    """Return what the desk says, without its marks."""
    (found,) = (block.proto.body for block in app.get("html") if 'class="fp-say"' in block.proto.body)
    said, _, _ = found.partition('<div class="fp-notice-line">')
    return html.unescape(re.sub("<[^>]+>", "", said))


def drawer(app: AppTest) -> str:
    """Return all HTML of a page as text."""
    return html.unescape(re.sub("<[^>]+>", " ", " ".join(block.proto.body for block in app.get("html"))))


def choose(app: AppTest, **changes: object) -> AppTest:
    app.session_state["choices"] = replace(chosen(app), **changes)
    return app.run()


KORO = (-3.0833, 14.0667)


def test_the_desk_says_its_finding_with_the_figures_of_the_review(start: Start) -> None:
    english, french = start(), in_language("fr", start())
    assert re.match(
        r"Mopti, October: troops could reach \d+\.\d\u00a0% of need; the whole mission \d\.\d\u00a0%\. "
        r"Measured in need, the gap is widest in \w+ and \w+\.$",
        sentence(english),
    )
    assert re.match(
        r"Mopti, octobre\u00a0: les troupes pourraient atteindre \d+,\d\u00a0% des besoins", sentence(french)
    )


def test_another_month_and_focus_give_another_sentence(start: Start) -> None:
    app = start()
    october = sentence(app)
    march = sentence(choose(app, month=3))
    assert march.startswith("Mopti, March")
    assert march.split(":")[1] != october.split(":")[1]
    assert sentence(choose(app, focus="")).startswith("Mali, March")
    assert sentence(choose(app, focus="cercle:ML05-KORO")).startswith("Koro, March")


def test_another_language_keeps_what_was_chosen_and_says_it_in_its_own_words(start: Start) -> None:
    app = choose(start(), month=3, view=View.MINUTES)
    app = in_language("fr", app)
    box, words = app.selectbox(key="view_fr"), Language("fr").text(VIEW_LABELS[View.MINUTES])
    assert (chosen(app).month, chosen(app).view, box.value) == (3, View.MINUTES, str(View.MINUTES))
    assert box.options[box.index] == words


@pytest.mark.parametrize("view", [None, *(each for each in View if each not in PATTERN_VIEWS)])
def test_every_view_is_drawn_with_its_legend_below(start: Start, view: View | None) -> None:
    app = choose(start(), view=view)
    assert not app.exception
    assert not app.error
    assert "fp-strip-legend" in " ".join(block.proto.body for block in app.get("html"))


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
    (later,) = maps(choose(app, month=3))
    assert first["script"] == other["script"] == later["script"]
    assert len({first["feature_group"], other["feature_group"], later["feature_group"]}) == 3


def test_a_place_answers_and_a_proposal_there_changes_the_sentence_and_the_map(start: Start) -> None:
    app = choose(start(), at=KORO, drawer=Drawer.PLACE)
    assert not app.exception
    for words in ("Koro", "Weakest link", "What would close it", "This place over twelve months"):
        assert words in drawer(app)
    before = sentence(app)
    app.button(key="proposehere").click().run()
    assert not app.exception
    assert isinstance(chosen(app).scenario.changes[0], OpenSite)
    assert "With Koro: mission +" in sentence(app)
    assert sentence(app).split(".")[0] != before.split(".")[0]
    assert '\\"id\\":\\"p1\\"' in json.dumps(maps(app)[0]["feature_group"])
    assert "it is blocked" in drawer(app)


def test_plans_are_found_again_under_the_address_and_undone(start: Start) -> None:
    app = choose(start(), at=KORO, drawer=Drawer.PLACE)
    app.button(key="proposehere").click().run()
    token = app.query_params["desk"]
    again = start(desk=token)
    assert chosen(again).scenario == chosen(app).scenario
    assert sentence(again) == sentence(app)
    again = choose(again, drawer=Drawer.PLANS)
    again.button(key="undo").click().run()
    assert chosen(again).scenario.changes == ()


def test_two_plans_ticked_are_held_side_by_side_and_more_make_a_table(start: Start, store: Path) -> None:
    plans = (("Without Gao", (CloseSite("gao"),)), ("Without Ber", (CloseSite("ber"),)))
    app = choose(start(desk=desk_with(store, *plans)), drawer=Drawer.PLANS)
    assert not app.exception
    first, second = (row.plan_id for row in chosen(app).desk.plans)
    app = choose(app, ticked=(first, second), focus="")
    assert "Without Ber instead of Without Gao" in sentence(app)
    assert "no threshold" in drawer(app)
    app = choose(app, ticked=(first, second, NOTHING_ID))
    assert "Worst loss of any cercle" in drawer(app)
    assert "#1" in drawer(app)


def test_what_plans_may_push_away_stands_below_their_figures(start: Start, store: Path) -> None:
    """People of the ring round Gao, killings of it, and who could still be there in four hours."""
    plans = (("Without Gao", (CloseSite("gao"),)), ("More at Ber", (AddAssets("ber", "infantry_company"),)))
    app = choose(start(desk=desk_with(store, *plans)), drawer=Drawer.PLANS)
    app = choose(app, ticked=tuple(row.plan_id for row in chosen(app).desk.plans))
    assert not app.exception
    text = drawer(app)
    assert "People 30 to 80 km from what opens or closes, to be watched" in text
    assert "Past attacks to which anybody could have come within 4" in text
    assert "troops by land or water" in text
    assert "Ansongo" in text, "a cercle of the ring"
    assert any(
        "this is no prediction" in each.value or "is no prediction" in each.value for each in app.caption
    )


def test_a_token_that_leads_nowhere_is_said_and_a_new_desk_begins(start: Start) -> None:
    app = start(desk="nobody")
    assert not app.exception
    assert "The session is lost" in app.warning[0].value
    assert sentence(app)


def test_what_another_tab_did_is_taken_over(start: Start, store: Path) -> None:
    token = desk_with(store, ("North", ()))
    app = choose(start(desk=token), drawer=Drawer.PLANS)
    with opened_store(store) as other:
        entry = other.enter(token)
        other.act(entry, RenamePlan(chosen(app).desk.plans[0].plan_id, "South"), on=chosen(app).desk.version)
    app.button(key="newplan").click().run()
    assert not app.exception
    assert any("changed in another tab" in warning.value for warning in app.warning)
    assert [row.plan.name for row in chosen(app).desk.plans] == ["South"]


def test_a_number_changed_on_the_method_page_is_named(start: Start) -> None:
    app = start()
    app.session_state["group_travel"] = True
    app = on("method", app)
    number = app.number_input[0]
    number.set_value(number.value * 1.01)
    next(button for button in app.button if button.label == "Save").click().run()
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


@pytest.mark.parametrize(("page", "words"), [("desk", "non connu"), ("sites", "non connu")])
@pytest.mark.real
@pytest.mark.slow
def test_tiers_that_the_real_data_do_not_name_are_not_known_on_the_page(
    start: Start, real_folder: Path, page: str, words: str
) -> None:
    """The published data name no civilian team: two tiers, and so the Mission, are not known. Never 0.0 %."""
    app = start(real_folder)
    app.segmented_control(key="language").set_value("fr").run()
    app = on(page, app)
    assert not app.exception
    if page == "desk":
        assert f"la mission entière\u00a0: {words}" in sentence(app)
        app = choose(app, at=KORO, drawer=Drawer.PLACE)
        assert not app.exception
        assert words in drawer(app)
        assert "Mission 0" not in drawer(app)
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
    app = choose(app, focus="")
    assert chosen(app).focus == "", "and is not led back there"
    assert chosen(start()).month == 10


def test_the_evidence_page_says_what_was_in_reach_and_what_rules_would_have_named(start):
    app = choose(start(), drawer=Drawer.PLANS, evidence_told=True)
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
    regions = page.dataframe[3].value
    assert regions["Unit"].tolist() == [name for name in regions["Unit"].unique() for _ in range(2)]
    assert (
        regions.set_index(["Unit", "Indicator"]).at[("Gao", "Force footprint"), "Costliest site"]
        == "Site Gao"
    )


def test_the_sites_page_tells_fair_parts_backup_and_what_is_left_if_sites_fail(start):
    page = start().switch_page("footprint/pages/sites.py").run()
    assert not page.exception
    parts, units, depth, stands = (page.dataframe[at].value for at in range(1, 5))
    assert parts["Site"].iloc[0] == "Gao"
    assert parts["Site"].iloc[-1] == "All together"
    assert units.set_index("Unit").at["Gao", "without (Force)"] == "Gao"
    assert depth["Need that is reached"].iloc[0] == "Force footprint"
    before = stands.set_index("Indicator")
    page = page.slider(key="open_share_en").set_value(100).run()
    assert not page.exception
    sure = page.dataframe[4].value.set_index("Indicator")
    assert (sure["On average"] == sure["With all sites"]).all()
    assert (before["With all sites"] == sure["With all sites"]).all()
    page = page.radio(key="backup_en").set_value("cercle").run()
    assert not page.exception
    assert "Koro" in set(page.dataframe[2].value["Unit"])


def test_what_would_close_a_gap_says_what_its_donor_loses(start: Start) -> None:
    app = choose(start(), at=KORO, drawer=Drawer.PLACE)
    assert "Taken from" not in drawer(app)
    app = app.selectbox(key="donor_en").set_value("mopti").run()
    assert not app.exception
    assert chosen(app).donor == "mopti"
    assert "Taken from Mopti/Sévaré: Force of the whole area" in drawer(app)
    assert "Who loses most" in drawer(app)
