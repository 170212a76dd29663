"""The Hotspots page: sentence, filters, calendar in the need; and a source without months says so."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from footprint.pages._session import Choices
from footprint.views.cells import View
from footprint.views.hotspot_views import HotspotView
from tests.pages.conftest import ROOT, Start
from tests.pages.test_pages import sentence

# A chart's own warning about data types is none of the pages' doing.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


def opened(app: AppTest, **choices: object) -> AppTest:
    here = app.session_state["choices"] if "choices" in app.session_state else Choices()
    app.session_state["choices"] = replace(here, **choices)
    if "language" in choices:
        app.session_state["language"] = choices["language"]
    return app.switch_page("footprint/pages/hotspots.py").run()


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("en", "Where violence gathers, and when it returns"),
        ("fr", "Où la violence se concentre, et quand elle revient"),
    ],
)
def test_the_page_opens_and_says_the_sentence_in_its_language_alone(
    start: Start, code: str, title: str
) -> None:
    app = opened(start(), language=code, district="ML05-BANKASS")
    assert not app.exception
    assert app.title[0].value == title
    said = html(app)
    english = "Bankass: October–November busier than its own year in 5 of 5 years"
    french = "Bankass\u00a0: d’octobre à novembre"
    assert (english in said, french in said) == (code == "en", code == "fr")


def test_what_was_left_out_stands_above_the_map(start: Start) -> None:
    said = html(opened(start()))
    assert "Too poorly placed, left out" in said
    assert ">666<" in said
    assert ">119<" in said
    assert "1 July 2016 to 30 June 2019" in said


def test_the_map_says_which_of_three_answers_it_gives_and_what_it_is_not(start: Start) -> None:
    app = opened(start())
    assert any(each.value.startswith("Hotspots found: ") for each in app.info)
    said = " ".join(each.value for each in app.caption)
    assert "The five largest cells hold" in said
    assert "a cluster, not a forecast" in said


def test_the_whole_record_and_raw_counts_are_asked_for_on_the_page(start: Start) -> None:
    app = opened(start())
    app.toggle(key="hotspots_whole").set_value(True).run()
    assert not app.exception
    assert ">971<" in html(app)
    app.toggle(key="hotspots_raw").set_value(True).run()
    assert not app.exception
    assert any(each.value.startswith("Hotspots found: ") for each in app.info)


def test_more_than_people_explain_is_a_map_and_a_table_of_its_own(start: Start) -> None:
    app = opened(start(), hotspot_view=HotspotView.EXCESS)
    assert any("more incidents than their people would explain" in each.value for each in app.caption)
    assert any("Expected by people" in each.value.columns for each in app.dataframe)


@pytest.mark.parametrize("view", list(HotspotView))
def test_every_view_is_drawn(start: Start, view: HotspotView) -> None:
    app = opened(start(), hotspot_view=view)
    assert not app.exception
    assert len([each for each in app.get("component_instance") if "folium" in each.proto.component_name]) == 1


@pytest.mark.parametrize("view", [View.HOTSPOTS, View.RECURRENCE])
def test_the_desk_shows_the_same_as_layers(start: Start, view: View) -> None:
    app = start()
    app.session_state["choices"] = replace(app.session_state["choices"], view=view)
    app.run()
    assert not app.exception
    assert not app.error


def test_another_cercle_gives_another_sentence_by_the_list_alone(start: Start) -> None:
    app = opened(start())
    app.selectbox(key="district").set_value("ML07-ANSONGO").run()
    assert "Ansongo: November–January busier than its own year in 4 of 5 years" in html(app)
    assert "Not in 2016–17." in html(app)


def test_fewer_years_are_said_to_be_too_few(start: Start) -> None:
    app = opened(start())
    app.slider(key="hotspot_years").set_value((2017, 2019)).run()
    assert any("No cercle has 4 season-years" in warning.value for warning in app.warning)


def test_the_calendar_can_be_used_in_the_need_and_taken_back(start: Start) -> None:
    app = start()
    plain = sentence(app)
    app = opened(app)
    app.toggle(key="seasonal").set_value(True).run()
    assert app.session_state["choices"].seasonal
    app.switch_page("footprint/pages/desk.py").run()
    assert sentence(app) != plain
    app = opened(app, seasonal=False)
    app.switch_page("footprint/pages/desk.py").run()
    assert sentence(app) == plain


@pytest.fixture
def without_months(tmp_path: Path) -> Path:
    """The bundled case with incidents of which only the year is known."""
    folder = tmp_path / "years-only"
    shutil.copytree(ROOT / "data" / "mali", folder)
    path = folder / "incidents.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        unknown = {"date": "", "date_precision": "year", "event_type": "unknown"}
        writer.writerows(row | unknown for row in rows if row["provider"] == "invented")
    return folder


def test_a_source_without_months_gives_hotspots_and_says_there_is_no_calendar(
    start: Start, without_months: Path
) -> None:
    app = opened(start(without_months))
    assert not app.exception
    assert any("Recurrence cannot be computed" in warning.value for warning in app.warning)
    assert "recurrence cannot be computed" in html(app)
    assert any("Without months there is no calendar." in info.value for info in app.info)
    assert "seasonal" not in {each.key for each in app.toggle}
    for view in HotspotView:
        assert not opened(app, hotspot_view=view).exception
