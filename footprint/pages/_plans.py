"""The drawer's plans: one row each, two held side by side on the map, more of them as a matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from footprint.access.nearest import surgery_share
from footprint.compare import differences
from footprint.evidence.words import DESCRIPTIVE, NO_KILLINGS, latest_told, reach_words
from footprint.language import Language, msgid
from footprint.pages import _changes, _desk, _finding, _gains, _say, _session, _sure, _watched, _widgets
from footprint.pages._choices import BASELINE, Drawer
from footprint.pages._kept import Settings
from footprint.pages._say import plain
from footprint.proposals.case import Severity
from footprint.scenario import Scenario
from footprint.serving.options import LARGEST_FILE_MB
from footprint.views.desk_data import heat_data
from footprint.views.desk_html import heading, note
from footprint.views.focus import Focus, focus_name, focus_of
from footprint.views.plan_facts import PlanFacts, facts_html, matrix_html, plan_facts
from footprint.views.words import change_words
from footprint.workshop import (
    NOTHING_ID,
    AddPlan,
    ArchivePlan,
    PlanFileError,
    PlanRow,
    Redo,
    RemovePlan,
    RenamePlan,
    Undo,
    dumps,
    loads,
)
from footprint.workshop.proposed import proposals_in

_MOST_BYTES = LARGEST_FILE_MB * 1_000_000
_PAIR = 2
_LETTERS = (msgid("A"), msgid("B"))


def panel(language: Language) -> None:
    """Show every plan, what can be done with them, and how those that are ticked differ."""
    text, here, rows = language.text, _session.choices(), _desk.rows()
    where = focus_name(_session.prepared().area, here.focus, language.code)
    st.html(note(text("{where}, {month}", where=where, month=language.month(here.month))))
    barred = {row.plan_id: why for row in rows if (why := _desk.against(row))}
    facts = {row.plan_id: _facts(row, language) for row in rows if row.plan_id not in barred}
    for number, row in enumerate(rows):
        if row.plan_id in barred:
            _barred(number, row, barred[row.plan_id], language)
        else:
            _row(number, row, facts[row.plan_id], language)
    ticked = [facts[plan_id] for plan_id in here.ticked if plan_id in facts]
    if len(ticked) >= _PAIR:
        if len(ticked) == _PAIR:
            _side_by_side(language)
        st.html(matrix_html(ticked, language, _watched.rows(ticked, language)))
        _say.caption(_watched.note(language))
    else:
        st.html(note(text("Tick two plans to compare them on the map, more for a table.")))
    _tools(language)
    _sure.panel([row for row in rows if row.plan_id not in barred], language)
    _changes.panel(language)
    _open(language)
    _evidence(language)


def _evidence(language: Language) -> None:
    """Say what could have been reached of what happened last; it takes a while the first time."""
    text, here = language.text, _session.choices()
    st.html(heading(text("Evidence")))
    if here.evidence_told:
        numbers = _session.prepared().method.evidence
        latest = latest_told(_session.evidence().reach, numbers)
        _say.sentence(text(NO_KILLINGS) if latest is None else reach_words(latest, numbers, language))
        _say.caption(text(DESCRIPTIVE))
    else:
        st.button(
            text("What happened, beside what could have been reached"),
            width="stretch",
            key="evidence",
            on_click=lambda: _session.choose(evidence_told=True),
        )
    _say.link("evidence", text("All evidence"), icon=":material/fact_check:")


def _facts(row: PlanRow, language: Language) -> PlanFacts:
    here = _session.choices()
    numbers = here.numbers if row.is_nothing else row.plan.numbers
    shared = _session.under(numbers)
    focus = focus_of(shared.area, here.focus)
    key = (
        *_session.rests_on(numbers),
        row.plan.scenario.scenario_id,
        here.focus,
        str(here.measure),
        row.plan_id,
    )

    def reckon() -> PlanFacts:
        pair = (_session.reviewed(BASELINE, numbers), _finding.review_of(row))
        return plan_facts(shared, pair, focus, _session.unknown(), named=(row.plan_id, ""), checks=(0, 0))

    gates, blocks = _gates(row)
    return replace(
        _session.facts(key, reckon),
        title=row.called(language),
        gates=gates,
        blocks=blocks,
        surgery=_surgery(focus, row.plan.scenario, numbers),
    )


def _surgery(focus: Focus, scenario: Scenario, numbers: Settings) -> float:
    """Return the share of need from which surgery could be reached in time, in the month chosen."""
    shared, router, here = _session.under(numbers), _session.router_under(numbers), _session.choices()
    result, units = _session.reviewed(scenario, numbers), (focus.level, focus.unit_ids)
    return surgery_share(shared, router, result, units, here.month, here.measure)


def _gates(row: PlanRow) -> tuple[int, int]:
    """Return how many signatures the proposals of a plan need, and how many checks block them."""
    found = () if row.is_nothing else tuple(proposals_in(row.plan).values())
    severities = [
        each.severity
        for at in range(len(found))
        for each in _session.checked(
            (found[at], *found[:at], *found[at + 1 :]), _session.answers_near(found[at]), row.plan.numbers
        ).checks
    ]
    return severities.count(Severity.GATE), severities.count(Severity.BLOCK)


def _row(number: int, row: PlanRow, facts: PlanFacts, language: Language) -> None:
    text, here = language.text, _session.choices()
    active = row.plan_id == here.active or (row.is_nothing and here.row is None)
    with st.container(key=f"plan_{'on_' if active else ''}{number}"):
        with st.container(key=f"planhead_{number}", horizontal=True, vertical_alignment="center"):
            key = f"tick_{row.plan_id}"
            _session.preset(key, row.plan_id in here.ticked)
            st.checkbox(plain(_lettered(row, language)), key=key, on_change=_ticker(row.plan_id))
            if not active:
                label = text("See") if row.is_nothing else text("Draw on")
                st.button(label, key=f"draw_{row.plan_id}", type="tertiary", on_click=_drawer_on(row.plan_id))
            _menu(row, language)
        seasons = {
            each.season_id: each.label(language.code).lower() for each in _session.prepared().area.seasons
        }
        st.html(facts_html(facts, here.month, seasons, language))


def _barred(number: int, row: PlanRow, why: Sequence[str], language: Language) -> None:
    """Show a plan that cannot be made on this area, and why; it can be renamed, saved and removed."""
    with st.container(key=f"plan_{number}"):
        with st.container(key=f"planhead_{number}", horizontal=True, vertical_alignment="center"):
            _say.sentence(row.called(language))
            _menu(row, language)
        st.html(note(language.text("It cannot be made on this area: {why}", why=" ".join(why))))


def _lettered(row: PlanRow, language: Language) -> str:
    """Return a plan's title, with its letter where two plans are held side by side."""
    here, title = _session.choices(), row.called(language)
    if len(here.ticked) == _PAIR and row.plan_id in here.ticked:
        return f"{language.text(_LETTERS[here.ticked.index(row.plan_id)])} · {title}"
    return title


def _ticker(plan_id: str) -> Callable[[], None]:
    def tick() -> None:
        ticked = tuple(each for each in _session.choices().ticked if each != plan_id)
        if _session.widget_value(f"tick_{plan_id}"):
            ticked = (*ticked, plan_id)
        _session.choose(ticked=ticked)

    return tick


def _drawer_on(plan_id: str) -> Callable[[], None]:
    def draw_on() -> None:
        row = _desk.row_of(plan_id)
        sites = dict(row.plan.forms) if row else {}
        drawer = Drawer.PROPOSAL if sites else Drawer.PLANS
        _session.choose(active=plan_id, ticked=(), drawer=drawer, proposal=next(iter(sites), ""))

    return draw_on


def _menu(row: PlanRow, language: Language) -> None:
    """Offer what can be done with one plan."""
    text, plan_id = language.text, row.plan_id
    label = plain(text("What can be done with “{plan}”", plan=row.called(language)))
    with st.popover(label, icon=":material/more_horiz:", key=f"menu_{plan_id}"):
        if row.is_nothing:
            st.button(
                text("Begin a plan from it"), key=f"copy_{plan_id}", on_click=lambda: _desk.copy_plan(plan_id)
            )
            return
        key = f"rename_{plan_id}"
        _session.preset(key, row.plan.name)

        def rename() -> None:
            _desk.act(RenamePlan(plan_id, str(_session.widget_value(key))))

        st.text_input(text("Name"), key=key, on_change=rename)
        acts = (
            (text("Copy"), ":material/content_copy:", lambda: _desk.copy_plan(plan_id)),
            (text("Up"), ":material/arrow_upward:", _desk.moving(plan_id, -1)),
            (text("Down"), ":material/arrow_downward:", _desk.moving(plan_id, 1)),
            (text("Put aside"), ":material/archive:", _desk.doing(ArchivePlan(plan_id))),
            (text("Remove"), ":material/delete:", _desk.doing(RemovePlan(plan_id))),
        )
        for words, icon, wanted in acts:
            st.button(plain(words), icon=icon, key=f"{icon}_{plan_id}", width="stretch", on_click=wanted)
        st.download_button(
            text("Save as a file"),
            _file(row),
            f"{row.plan.name}.json",
            "application/json",
            icon=":material/download:",
            key=f"save_{plan_id}",
            width="stretch",
            on_click="ignore",
        )


def _file(row: PlanRow) -> bytes:
    """Return a plan as a file, with what its review rests on where there is one."""
    if _desk.against(row):
        return dumps(row.plan)
    return dumps(row.plan, provenance=_finding.review_of(row).provenance.document)


def _side_by_side(language: Language) -> None:
    """Show which units and months differ between A and B, and what only one of them has."""
    text, here, shared = language.text, _session.choices(), _session.prepared()
    _gains.measure(language, "plans")
    before, after = _finding.pair()
    data = heat_data(differences(before, after), here.indicator, here.month, language)
    if data is None:
        st.html(note(_gains.nobody(text("No {district} gains or loses from A to B."), language)))
    else:
        st.html(note(text("From A to B, by {district} and month, points of need")))
        _widgets.heat(data, "heat")
    for letter, one, other in ((text("Only A"), before, after), (text("Only B"), after, before)):
        left = list(other.scenario.changes)
        own = [change for change in one.scenario.changes if change not in left]
        if own:
            _say.caption(letter)
            _say.items(change_words(each, shared.area, shared.method, one.scenario, language) for each in own)


def _which(act: str, language: Language) -> str:
    """Return in words which act undo or redo is about, "" where there is none."""
    return language.text(_ACT_WORDS[act]) if act in _ACT_WORDS else ""


_ACT_WORDS = {
    "AddPlan": msgid("The new plan"),
    "CopyPlan": msgid("The copy of a plan"),
    "RenamePlan": msgid("The new name of a plan"),
    "AssignOffice": msgid("The office of a plan"),
    "RedrawPlan": msgid("The last change of a plan or of its proposals"),
    "SetNumbers": msgid("The changed assumptions of a plan"),
    "PlacePlan": msgid("The new order of the plans"),
    "ArchivePlan": msgid("The plan put aside or brought back"),
    "RemovePlan": msgid("The removal of a plan"),
}
"""Acts by their names in `footprint.workshop.acts`, as undo and redo speak of them."""


def _tools(language: Language) -> None:
    """Offer a new plan, undo and redo, and the way back to today."""
    text, desk = language.text, _session.choices().desk
    with st.container(key="plantools", horizontal=True):
        st.button(text("New plan"), icon=":material/add:", key="newplan", on_click=_desk.begin_plan)
        st.button(
            text("Undo"),
            icon=":material/undo:",
            key="undo",
            help=plain(_which(desk.undoes if desk else "", language)) or None,
            disabled=not (desk and desk.undoes),
            on_click=_desk.doing(Undo()),
        )
        st.button(
            text("Redo"),
            icon=":material/redo:",
            key="redo",
            help=plain(_which(desk.redoes if desk else "", language)) or None,
            disabled=not (desk and desk.redoes),
            on_click=_desk.doing(Redo()),
        )
        st.button(
            text("Back to today"),
            icon=":material/today:",
            key="today",
            disabled=_session.choices().row is None,
            on_click=lambda: _session.choose(active=NOTHING_ID, ticked=(), proposal=""),
        )
    aside = [row for row in desk.plans if row.archived] if desk else []
    if aside:
        with st.expander(plain(language.plural("{n} plan put aside", "{n} plans put aside", len(aside)))):
            for row in aside:
                st.button(
                    plain(text("Bring back “{plan}”", plan=row.plan.name)),
                    key=f"back_{row.plan_id}",
                    width="stretch",
                    on_click=_desk.doing(ArchivePlan(row.plan_id, archived=False)),
                )


def _open(language: Language) -> None:
    """Take a plan from a file, or say everything that is wrong with it, beside the button."""
    text = language.text
    with st.expander(plain(text("Open a plan from a file"))):
        # One that was taken over is not offered again: every act makes a new field.
        key = f"plan_file_{_desk.version()}"
        file = st.file_uploader(text("Plan file"), ["json"], key=key, label_visibility="collapsed")
        if file is None:
            return
        if file.size > _MOST_BYTES:
            _say.error(text("The file is larger than {n} MB.", n=LARGEST_FILE_MB))
            return
        try:
            plan = loads(file.getvalue(), file=file.name)
        except PlanFileError as error:
            _say.faults(error.said(language))
            return
        shared = _session.prepared()
        if plan.baseline.digest and plan.baseline.digest != shared.area.digest:
            _say.warning(
                text("The area’s files have changed since this plan was drawn: its results may differ.")
            )
        _say.caption(f"{plan.name} · {plan.office or text('office not stated')}")
        st.button(text("Put it among the plans"), width="stretch", on_click=_desk.doing(AddPlan(plan)))
