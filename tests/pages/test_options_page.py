"""The page Options: a small table, a short search, what it finds, and what stands in its way."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from footprint.language import Language
from footprint.options.choices import Act, Allowed, Choice, ChoiceSet
from footprint.options.suggest import suggested
from footprint.options.words import SUGGESTS
from footprint.pages._choices import Choices
from footprint.scenario import AddAssets, CloseSite, OpenSite
from tests.pages.conftest import Start, desk_with, opened_store
from tests.pages.test_pages import chosen, in_language, on
from tests.worlds import bundled_prepared

# A chart's own warning about data types is none of the pages' doing.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

SHORT = (("options.seconds", 1.0), ("options.alternatives", 2), ("options.frontier_steps", 2))
PATIENCE = 300.0
"""Longer than any of these searches takes [s]."""


@cache
def small() -> ChoiceSet:
    """Return a table of one site that may close and one place that may get two packages."""
    rows = suggested(bundled_prepared(), 1).choices
    new = [each for each in rows if each.act is Act.OPEN][:2]
    keep, close = (
        next(each for each in rows if (each.place, each.act) == ("diabaly", act))
        for act in (Act.KEEP, Act.CLOSE)
    )
    return ChoiceSet((keep, replace(close, allowed=Allowed.FREE), *new))


def opened(app: AppTest, table: ChoiceSet | None = None, **choices: object) -> AppTest:
    """Go to the page with a small table and short searches."""
    app.session_state["choices"] = replace(
        chosen(app) if "choices" in app.session_state else Choices(), numbers=SHORT, **choices
    )
    app.session_state["choice_set"] = table or small()
    return on("options", app)


def ended(app: AppTest) -> AppTest:
    """Look again when the search is over: looking while it goes on would only slow it."""
    until = time.monotonic() + PATIENCE
    while not app.button(key="options_stop").disabled:
        while any(thread.name == "options" for thread in threading.enumerate()):
            assert time.monotonic() < until, "the search does not end"
            time.sleep(0.02)
        app.run()
        assert not app.exception
        assert time.monotonic() < until, "the page does not say that the search is over"
    return app


def searched(app: AppTest) -> AppTest:
    return ended(app.button(key="options_go").click().run())


def words(app: AppTest) -> str:
    """Return what the page says."""
    kinds = (app.markdown, app.caption, app.title, app.subheader, app.error, app.warning, app.info)
    said = [str(each.value) for kind in kinds for each in kind]
    return "\n".join([*said, *(each.proto.body for each in app.get("html"))]).replace("\\", "")


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_page_opens_and_asks_in_its_language(start: Start, code: str) -> None:
    app = opened(in_language(code, start()))
    text = Language(code).text
    assert not app.exception
    assert not app.error
    assert app.title[0].value == text("Options")
    assert app.button(key="options_go").label == text("Search for plans")
    assert any(text(SUGGESTS) in each.value.replace("\\", "") for each in app.caption)


def test_before_anything_is_searched_there_is_nothing_to_stop(start: Start) -> None:
    app = opened(start())
    assert app.button(key="options_stop").disabled
    assert not app.button(key="options_go").disabled


def test_a_reader_begins_with_a_suggested_table(start: Start) -> None:
    app = on("options", start())
    assert app.session_state["choice_set"] == suggested(bundled_prepared(), 20)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_search_ends_with_plans_beside_doing_nothing(start: Start, code: str) -> None:
    app = searched(opened(in_language(code, start())))
    text = Language(code).text
    assert not app.error
    for name in ("Do nothing", "Close what is missed least", "Best plan found"):
        assert text(name) in words(app)
    assert text("Plans by criteria") in words(app)


def test_a_plan_put_among_the_plans_stands_on_the_desk(start: Start, store: Path) -> None:
    app = searched(opened(start()))
    app.button(key="options_keep_1").click().run()
    assert not app.exception
    token = app.query_params["desk"]
    with opened_store(store) as kept:
        plans = kept.desk(kept.enter(token)).plans
    assert CloseSite("diabaly") in next(
        row.plan.scenario.changes for row in plans if row.plan.scenario.changes
    )


def test_doing_nothing_cannot_be_put_among_the_plans(start: Start) -> None:
    app = searched(opened(start()))
    assert "options_keep_0" not in {each.key for each in app.button}


def test_stopping_leaves_an_answer(start: Start) -> None:
    app = opened(start(), None)
    app.session_state["choices"] = replace(chosen(app), numbers=(("options.seconds", 600.0),))
    app = on("options", app)
    app.button(key="options_go").click().run()
    app = ended(app.button(key="options_stop").click().run())
    assert not app.error
    assert "Do nothing" in words(app)


def test_after_the_question_has_changed_the_page_says_so(start: Start) -> None:
    app = searched(opened(start()))
    app.number_input(key="options_posts").set_value(3).run()
    assert any("The question has changed since" in each.value for each in app.info)


def test_a_reload_finds_the_search_and_its_question(start: Start) -> None:
    app = opened(start())
    app.number_input(key="options_once").set_value(7.0).run()
    token = searched(app).query_params["desk"]
    again = on("options", start(desk=token))
    assert "Best plan found" in words(again)
    assert again.number_input(key="options_once").value == 7.0


def test_what_a_choice_would_cost_is_answered(start: Start) -> None:
    app = searched(opened(start()))
    box = app.selectbox(key="options_whynot_en")
    box.select_index(0).run()
    app = ended(app.button(key="options_order").click().run())
    assert not app.error
    said = words(app)
    assert "falls short" in said or "no plan within these limits has it" in said


def test_what_a_wish_would_take_is_answered(start: Start) -> None:
    app = searched(opened(start()))
    app.number_input(key="options_least").set_value(99.0).run()
    app = ended(app.button(key="options_takes").click().run())
    assert "For 99" in words(app)


def test_what_budgets_bring_is_drawn(start: Start) -> None:
    app = ended(searched(opened(start())).button(key="options_budgets").click().run())
    assert not app.error
    assert "Dots are the best plans found" in words(app)


FAULTY = Choice(place="nowhere", name="Nowhere", act=Act.CLOSE)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_faulty_table_says_so_and_blocks_the_search(start: Start, code: str) -> None:
    app = opened(in_language(code, start()), ChoiceSet((FAULTY,)))
    assert not app.exception
    assert app.button(key="options_go").disabled
    assert any("nowhere" in each.value for each in app.error)
    assert Language(code).text("The search waits until the table is mended.") in words(app)


def test_a_choice_that_the_area_cannot_make_is_refused_by_the_search(start: Start) -> None:
    row = Choice(place="diabaly", name="Diabaly", act=Act.THIN, assets=(("infantry_company", -99),))
    app = searched(opened(start(), ChoiceSet((row,))))
    assert not app.exception
    assert any("Diabaly" in each.value for each in app.error)


NEW = (OpenSite("new", "Koro", -3.0833, 14.0667), AddAssets("new", "civil_affairs_team", 2))


def test_plans_of_the_desk_come_into_the_table(start: Start, store: Path) -> None:
    token = desk_with(store, ("North", NEW), ("South", (*NEW, CloseSite("diabaly"))))
    app = opened(start(desk=token))
    app.button(key="options_plans").click().run()
    assert not app.exception
    assert not app.error
    rows = {(each.place, str(each.act), each.source) for each in app.session_state["choice_set"].choices}
    assert {("1-new", "open", "North"), ("2-new", "open", "South")} <= rows
    assert ("diabaly", "close", "South") in rows


def test_without_plans_on_the_desk_there_is_nothing_to_take_in(start: Start) -> None:
    assert opened(start()).button(key="options_plans").disabled


def test_the_table_can_be_suggested_anew(start: Start) -> None:
    app = opened(start())
    app.number_input(key="options_places").set_value(0).run()
    app.button(key="options_suggest").click().run()
    assert app.session_state["choice_set"] == suggested(bundled_prepared(), 0)


def test_places_that_are_no_longer_in_the_table_are_no_longer_asked_about(start: Start) -> None:
    app = opened(start())
    new = small().choices[-1].place
    app.multiselect(key="options_either").set_value([new, "diabaly"]).run()
    app.number_input(key="options_places").set_value(0).run()
    app.button(key="options_suggest").click().run()
    app = searched(app)
    assert not app.exception
    assert not app.error


def test_hostile_words_of_a_table_are_shown_as_words(start: Start) -> None:
    row = replace(small().choices[2], name="<script>x</script> :red[x]", office="$x$ **bold**")
    app = searched(opened(start(), ChoiceSet((*small().choices[:2], row))))
    assert not app.exception
    assert "<script>" not in json.dumps([each.proto.body for each in app.get("html")])
