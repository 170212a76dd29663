"""The page Briefing: what it asks, that nothing leaves before it is logged, and what it hands over."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from footprint.briefing.audiences import FIRST_TERMS, Audience
from footprint.briefing.recipe import Product
from footprint.disclosure import Precision
from footprint.language import Language
from footprint.pages._brief_set import _Made
from footprint.releases.log import ReleaseLog
from footprint.releases.terms import Clearance
from footprint.releases.verify import verify
from footprint.scenario import AddAssets, OpenSite
from layers.sites import SiteKind
from tests.pages.conftest import Start, desk_with
from tests.pages.test_pages import in_language, on

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

ENTRIES = {
    "brief_purpose": "Regional briefing",
    "brief_releaser": "Head of office",
    "brief_number": "MLI-7",
}
PLAN = (OpenSite("p1", "Koro base", -3.08, 14.06, SiteKind.TOB), AddAssets("p1", "infantry_company", 1))


def filled(app: AppTest, code: str = "en") -> AppTest:
    """Fill in whatever must be said, and ask for one small file."""
    app.selectbox(key=f"brief_audience_{code}").set_value(Language(code).text(Audience.AUTHORITIES.label))
    for key, words in ENTRIES.items():
        app.text_input(key=key).set_value(words)
    app.button_group(key=f"brief_languages_{code}").set_value([code])
    app.button_group(key=f"brief_products_{code}").set_value([Product.SHEET])
    return app.button_group(key=f"brief_formats_{code}").set_value(["svg"]).run()


def words(app: AppTest) -> str:
    kinds = (app.info, app.error, app.caption, app.markdown)
    return "\n".join(str(each.value) for kind in kinds for each in kind)


def test_before_purpose_audience_releaser_and_number_are_said_nothing_can_be_made(start: Start) -> None:
    app = on("briefing", start())
    assert not app.exception
    assert "Still to be said: Audience, Purpose" in words(app)
    assert not [button for button in app.button if button.key == "brief_go"]


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_set_is_made_logged_and_offered(start: Start, code: str) -> None:
    app = filled(on("briefing", in_language(code, start())), code)
    app = app.button(key="brief_go").click().run()
    assert not app.exception
    assert not app.error
    made = app.session_state["kept"]["made_set"]
    assert isinstance(made, _Made)
    with zipfile.ZipFile(io.BytesIO(made.archive)) as archive:
        names = archive.namelist()
        (sheet,) = (name for name in names if name.endswith(".svg"))
        content = archive.read(sheet)
    assert {f"{code}/receipt.json", f"{code}/ro-crate-metadata.json", "recipe.toml"} <= set(names)
    log = ReleaseLog.of_user()
    kinds = [json.loads(line)["kind"] for line in log.examine().lines]
    assert kinds == ["begin", "seal"]
    (drawn,) = (own for name, own, _ in made.rows if name == sheet)
    assert sheet.startswith(f"{code}/MLI-7_r1_")
    assert verify(log, drawn).holds
    assert (sheet, drawn, len(content)) in made.rows
    assert Language(code).text("Download the set") in [
        each.proto.label for each in app.get("download_button")
    ]


def test_a_plan_that_opens_a_site_cannot_be_unclassified(start: Start, store: Path) -> None:
    app = on("briefing", start(desk=desk_with(store, ("Koro", PLAN))))
    plans = app.multiselect(key="brief_plans_en")
    app = plans.set_value([plans.options[0]]).run() if not plans.value else app
    assert "UNCLASSIFIED" not in app.selectbox(key="brief_marking_other_en").options


def test_choices_outlive_a_change_of_language(start: Start) -> None:
    app = filled(on("briefing", start()))
    app = in_language("fr", app)
    assert app.button_group(key="brief_formats_fr").value == ["svg"]
    assert app.button_group(key="brief_languages_fr").value == ["en"]


def test_plans_keep_the_order_in_which_they_were_chosen(start: Start, store: Path) -> None:
    app = on("briefing", start(desk=desk_with(store, ("One", PLAN), ("Two", PLAN))))
    plans = app.multiselect(key="brief_plans_en")
    second, first = (
        plans.options.index(next(o for o in plans.options if name in o)) for name in ("Two", "One")
    )
    ids = [row.plan_id for row in app.session_state["choices"].desk.plans if not row.is_nothing]
    app = plans.set_value([ids[second], ids[first]]).run()
    app = in_language("fr", app)
    assert app.multiselect(key="brief_plans_fr").value == [ids[second], ids[first]]


def test_what_was_made_before_the_question_changed_is_said_to_be_of_before(start: Start) -> None:
    app = filled(on("briefing", start())).button(key="brief_go").click().run()
    app = app.text_input(key="brief_purpose").set_value("Donors’ visit").run()
    assert "this set is of before" in words(app)


def test_a_log_that_does_not_hold_lets_nothing_leave(start: Start, tmp_path: Path) -> None:
    log = tmp_path / "state" / "footprint" / "releases.jsonl"
    log.parent.mkdir(parents=True, mode=0o700)
    log.write_bytes(b"{}\n")
    log.chmod(0o600)
    app = filled(on("briefing", start())).button(key="brief_go").click().run()
    assert any("log of releases" in str(error.value) for error in app.error)
    assert "made_set" not in app.session_state["kept"]


@pytest.mark.parametrize("audience", list(Audience))
def test_a_set_begins_on_the_terms_of_its_audience(start: Start, audience: Audience) -> None:
    app = on("briefing", start())
    app = app.selectbox(key="brief_audience_en").set_value(audience.label).run()
    terms = tuple(app.selectbox(key=f"brief_{name}_{audience}_en").value for name in ("marking", "precision"))
    assert terms == FIRST_TERMS[audience]


def test_nothing_is_cleared_by_nobody(start: Start) -> None:
    app = filled(on("briefing", start()))
    app = app.selectbox(key="brief_clearance_en").set_value(Clearance.CLEARED).run()
    assert "Cleared by (function, not name)" in words(app)
    assert not [button for button in app.button if button.key == "brief_go"]
    app = app.text_input(key="brief_cleared_by").set_value("Chief of staff").run()
    app.button(key="brief_go").click().run()
    entry = json.loads(ReleaseLog.of_user().examine().lines[0])
    assert (entry["clearance"], entry["cleared_by"]) == ("cleared", "Chief of staff")


def test_the_month_begins_with_the_lowest_of_what_is_looked_at(start: Start) -> None:
    app = on("briefing", start())
    (months,) = (each for each in app.selectbox if str(each.key).startswith("brief_month_"))
    assert [each for each in months.options if each.endswith(", the lowest")] == [
        months.options[months.index]
    ]


def test_the_revision_moves_on_once_a_set_has_left(start: Start) -> None:
    app = filled(on("briefing", start()))
    (revision,) = (each for each in app.number_input if str(each.key).startswith("brief_revision"))
    assert revision.value == 1
    app = app.button(key="brief_go").click().run().run()
    (revision,) = (each for each in app.number_input if str(each.key).startswith("brief_revision"))
    assert revision.value == 2
    assert "this set is of before" not in words(app)


def test_the_number_is_counted_on_from_the_last_one(start: Start) -> None:
    app = filled(on("briefing", start()))
    app.button(key="brief_go").click().run()
    assert on("briefing", start()).text_input(key="brief_number").value == "MLI-8"


def test_an_audience_that_nobody_knows_is_told_no_more_than_the_public(start: Start) -> None:
    app = on("briefing", start())
    assert app.selectbox(key="brief_precision_other_en").value is Precision.PUBLIC
