"""Whatever a page looks up in the French catalogue is there: marked words and those found by variable alike."""

from __future__ import annotations

import pytest

from footprint.language import Language, language
from footprint.method import default_method
from tests.pages.conftest import Start

pytestmark = pytest.mark.slow

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
