"""Every page opens on an area that has nothing of what may be missing, and says what is not known as not known."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from footprint.caveats import NO_INCIDENTS
from tests import kept
from tests.edge_worlds import lean
from tests.pages.conftest import Start
from tests.pages.test_briefing_page import filled
from tests.pages.test_pages import PAGES, in_language, on

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


@pytest.fixture
def opened(start: Start) -> AppTest:
    return start(kept.folder_once("lean", lean))


def html(app: AppTest) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", each.proto.body) for each in app.get("html"))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(opened, page):
    app = on(page, in_language("fr", opened))
    assert not app.exception
    assert not app.error


def test_a_sheet_is_looked_at_and_a_set_made_whose_list_says_what_is_not_known(opened):
    app = filled(on("briefing", opened))
    app = app.button(key="brief_look").click().run()
    app = app.button(key="brief_go").click().run()
    assert not app.exception
    assert not app.error
    assert any(each.value.startswith("Not known here, so that none is drawn") for each in app.caption)


def test_where_violence_gathers_is_not_said_of_incidents_that_nobody_has_brought(opened):
    app = on("hotspots", opened)
    assert NO_INCIDENTS in {each.value for each in app.warning}
    assert [each.value for each in app.subheader] == []


def test_the_data_page_counts_nothing_of_what_is_not_known(opened):
    app = on("data", opened)
    table = re.sub(r"\s+", " ", html(app))
    assert "taken as passable not known" in table
