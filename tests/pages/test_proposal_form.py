"""The form of a proposal: each answer is kept as soon as it is given, and none is lost to a later one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from footprint.pages import _form
from footprint.pages._choices import Drawer
from footprint.proposals.form import EvidencePiece, Proposal, TierAsked, WhyAndEvidence
from footprint.workshop.proposed import proposals_in
from tests.pages.conftest import Start, opened_store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

KORO = (-3.0833, 14.0667)


@pytest.fixture
def app(start: Start) -> AppTest:
    """A proposal at Koro, its drawer open."""
    app = start()
    app.session_state["choices"] = replace(app.session_state["choices"], at=KORO, drawer=Drawer.PLACE)
    app.run()
    return app.button(key="proposehere").click().run()


def kept(app: AppTest, store: Path) -> Proposal:
    """Return the proposal as the store has it."""
    with opened_store(store) as opened:
        (row,) = opened.desk(opened.enter(app.query_params["desk"])).plans
    (proposal,) = proposals_in(row.plan).values()
    return proposal


def step(app: AppTest, number: int) -> AppTest:
    app.session_state["choices"] = replace(app.session_state["choices"], step=number)
    return app.run()


def widget(app: AppTest, kind: str, ending: str):
    return next(
        each for each in app.get(kind) if str(each.key or "").startswith("form_") and ending in each.key
    )


def test_every_answer_of_every_step_is_on_disk_at_once(app: AppTest, store: Path) -> None:
    widget(app, "text_input", ".start").set_value("2019-10").run()
    widget(app, "text_area", ".exit_condition").set_value('Peace, "quoted"\nand two lines').run()
    app = step(app, 1)
    widget(app, "selectbox", ".tier").set_value(TierAsked.PHYSICAL).run()
    widget(app, "text_area", ".alternatives").set_value("patrols\n\nmobile team").run()
    app = step(app, 2)
    widget(app, "number_input", ".posts").set_value(40).run()
    widget(app, "selectbox", ".landing_site").set_value(False).run()
    widget(app, "text_input", "host_government.who").set_value("governor’s office").run()
    assert not app.exception
    proposal = kept(app, store)
    assert proposal.what.start == date(2019, 10, 1)
    assert proposal.what.exit_condition == 'Peace, "quoted"\nand two lines'
    assert proposal.why.tier is TierAsked.PHYSICAL
    assert proposal.why.alternatives == ("patrols", "mobile team")
    assert (proposal.feasibility.posts, proposal.feasibility.landing_site) == (40, False)
    assert proposal.feasibility.host_government.who == "governor’s office"
    assert proposal.feasibility.women_consulted is None, "what nobody stated is not nought"


def test_what_is_no_month_is_said_and_keeps_what_was_there(app: AppTest, store: Path) -> None:
    widget(app, "text_input", ".start").set_value("2019-10").run()
    widget(app, "text_input", ".start").set_value("October").run()
    assert any("no month" in warning.value for warning in app.warning)
    assert kept(app, store).what.start == date(2019, 10, 1)


def test_a_day_is_typed_and_no_calendar_in_english_opens(app: AppTest, store: Path) -> None:
    """Streamlit's own calendar knows English months alone."""
    app = step(app, 3)
    widget(app, "text_input", ".humanitarians_asked_on").set_value("2019-05-14").run()
    assert kept(app, store).harm.humanitarians_asked_on == date(2019, 5, 14)
    widget(app, "text_input", ".humanitarians_asked_on").set_value("14/05/2019").run()
    assert any("no date" in warning.value for warning in app.warning)
    assert kept(app, store).harm.humanitarians_asked_on == date(2019, 5, 14)


def test_answers_are_offered_in_words_and_name_what_the_area_has(app: AppTest) -> None:
    app = step(app, 1)
    assert widget(app, "selectbox", ".tier").options[1] == "II: physical protection"
    assert widget(app, "selectbox", ".season").options[-1] == "all year"
    assert widget(app, "selectbox", ".objective").options[0].startswith("Protect")
    app = step(app, 0)
    kinds = ["open a site", "open a site for a season", "open a liaison post, without troops"]
    assert widget(app, "selectbox", ".kind").options == kinds


def test_two_answers_before_the_page_is_drawn_again_are_both_kept(app: AppTest, store: Path) -> None:
    """As when somebody types and clicks on: both callbacks were drawn with the older proposal."""
    name = next(each for each in app.text_input if str(each.key).startswith("name_"))
    office = next(each for each in app.text_input if str(each.key).startswith("office_"))
    name.set_value("Koro east")
    office.set_value("Mopti")
    widget(app, "text_area", ".exit_condition").set_value("Peace")
    app.run()
    proposal = kept(app, store)
    assert (proposal.name, proposal.office, proposal.what.exit_condition) == ("Koro east", "Mopti", "Peace")


def test_an_edit_of_one_entry_leaves_the_others_and_what_is_gone_stays_gone() -> None:
    held = [WhyAndEvidence(evidence=(EvidencePiece(source="a"), EvidencePiece(source="b")))]

    def edit(change):
        held[0] = change(held[0])

    entries = _form._within(edit, "evidence")
    second = _form._within(_form._entry(entries, 1), "source")
    second(lambda _: "c")
    assert [each.source for each in held[0].evidence] == ["a", "c"]
    _form._dropping(entries, 1, held[0].evidence[1])()
    second(lambda _: "d")
    assert [each.source for each in held[0].evidence] == ["a"]
