"""Whatever a page looks up in the French catalogue is there: marked words and those found by variable alike."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from footprint.language import Language, language
from footprint.method import default_method
from tests.pages.conftest import ROOT, Start

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

GROUPS = {parameter.group for parameter in default_method().parameters}
PAGES = ("desk", "hotspots", "sites", "evidence", "options", "briefing", "data", "method", "newarea")


@pytest.mark.parametrize("page", PAGES)
def test_no_word_of_a_page_lacks_its_french(start: Start, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    catalogue, missing, plainly = language._catalogue("fr"), set(), Language.text

    def recorded(self: Language, msgid: str, /, **values: object) -> str:
        if self.code == "fr" and msgid and msgid not in catalogue:
            missing.add(msgid)
        return plainly(self, msgid, **values)

    monkeypatch.setattr(Language, "text", recorded)
    app = start()
    app.segmented_control(key="language").set_value("fr").run()
    for group in GROUPS if page == "method" else ():
        app.session_state[f"group_{group}"] = True
    app = app.switch_page(f"footprint/pages/{page}.py").run()
    assert not app.exception
    assert missing == set()


def test_the_address_keeps_the_language_of_a_reader_whose_browser_says_another(start: Start) -> None:
    app = start()
    assert "lang" not in app.query_params
    app.segmented_control(key="language").set_value("fr").run()
    assert app.query_params["lang"] in ("fr", ["fr"])
    app.segmented_control(key="language").set_value("en").run()
    assert "lang" not in app.query_params


@pytest.mark.parametrize(("asked", "shown"), [("fr", "fr"), ("de", "en"), ("", "en")])
def test_a_reader_begins_with_the_language_of_the_address(
    monkeypatch: pytest.MonkeyPatch, asked: str, shown: str
) -> None:
    monkeypatch.setattr("sys.argv", ["app.py"])
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["lang"] = asked
    assert app.run().session_state["choices"].language == shown


def test_a_reader_begins_with_the_language_of_their_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["app.py"])
    monkeypatch.setattr(type(st.context), "locale", property(lambda _: "fr-ML"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    assert app.session_state["choices"].language == "fr"
    assert "lang" not in app.query_params
