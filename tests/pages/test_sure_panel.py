"""The drawer's "How sure?": asked for, it says whether plans can be told apart; changed, it waits to be asked anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from footprint.pages._choices import Drawer
from footprint.scenario import CloseSite
from tests.pages.conftest import Start, desk_with
from tests.pages.test_pages import choose, in_language

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


def words(app: AppTest) -> str:
    return " ".join([*(each.value for each in app.markdown), *(each.proto.body for each in app.get("html"))])


def told(start: Start, store: Path) -> AppTest:
    desk = desk_with(store, ("Without Diabaly", (CloseSite("diabaly"),)))
    app = choose(start(desk=desk), drawer=Drawer.PLANS, focus="")
    return app.button(key="sure").click().run()


def test_asked_how_sure_it_says_whether_plans_can_be_told_apart(start: Start, store: Path) -> None:
    app = told(start, store)
    assert not app.exception
    assert "is better than Without Diabaly in 200 of 200 draws" in words(app)
    assert "first in 200 of 200" in words(app)
    assert "What the difference of Without Diabaly" in words(app)


def test_it_says_so_in_french(start: Start, store: Path) -> None:
    app = in_language("fr", told(start, store))
    assert not app.exception
    assert "fait mieux que Without Diabaly dans 200 tirages sur 200" in words(app)
