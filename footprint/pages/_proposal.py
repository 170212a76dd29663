"""The drawer's proposal: what it brings and from whom, who gains and who loses, what stands against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from footprint.errors import InquiryError
from footprint.language import Language, msgid
from footprint.pages import _desk, _form, _gains, _say, _session, _widgets
from footprint.pages._choices import BASELINE, Drawer
from footprint.pages._say import plain
from footprint.proposals.case import Severity
from footprint.proposals.checks import Checked
from footprint.proposals.faults import ProposalError
from footprint.proposals.form import DrawnOn, Proposal, ProposalKind, Provided, WhatAndWhen
from footprint.proposals.inquiries import local_asker, user_log
from footprint.proposals.reading import loads_proposal
from footprint.proposals.suitable import nearest_suitable, siting
from footprint.proposals.writing import dumps_proposal
from footprint.provenance import version
from footprint.serving.options import LARGEST_FILE_MB
from footprint.views.desk_data import package_data
from footprint.views.desk_html import heading, note
from footprint.views.proposal_html import checks_html, donors_html
from footprint.views.sensitive_words import answer_words
from footprint.views.words import place_name, unit_at
from footprint.workshop.proposed import free_site_id, having, proposals_in
from layers.characters import printable
from layers.months import ALL_MONTHS, months_in

STEPS = (
    msgid("1 What and when"),
    msgid("2 Why and evidence"),
    msgid("3 Feasibility and consent"),
    msgid("4 Harm and handling"),
)
_ASKED_ABOVE = frozenset({"lon", "lat", "site", "roads", "unit", "months", "package"})
"""Fields of the first step that the drawer asks for otherwise."""

_MOST_BYTES = LARGEST_FILE_MB * 1_000_000
_LONGEST_NAME = 80
"""Letters of a settlement's name that a proposal is called by; a plan's name has room for more."""
_GRAVE = (Severity.BLOCK, Severity.GATE, Severity.WARN)


def propose(lon: float, lat: float) -> None:
    """Put a proposal on the plan drawn on, or on a new one, with the package chosen last."""
    here, shared, language = _session.choices(), _session.prepared(), _session.language()
    near = place_name(shared.area, lon, lat)[:_LONGEST_NAME]
    package = shared.method.packages[here.package]
    proposal = Proposal(
        name=near or language.text("New site"),
        office=here.office,
        provenance=_drawn_on(),
        what=WhatAndWhen(
            kind=ProposalKind.OPEN,
            lon=round(lon, 5),
            lat=round(lat, 5),
            unit=unit_at(shared, lon, lat),
            months=ALL_MONTHS,
            package=tuple(Provided(kind=kind, count=count) for kind, count in package.assets),
        ),
    )
    _add(proposal)


def _add(proposal: Proposal) -> None:
    row = _session.choices().row
    if row is None and not _desk.new_plan(proposal.name):
        return
    row = _session.choices().row
    if row is None:
        return
    site_id = free_site_id(row.plan)
    changes, forms = having(row.plan, site_id, proposal, _session.prepared().method)
    if _desk.redraw(changes, forms, name=proposal.name if _desk.unnamed(row) else ""):
        _session.choose(proposal=site_id, drawer=Drawer.PROPOSAL, ticked=(), step=0)


def _drawn_on() -> DrawnOn:
    area = _session.prepared().area
    return DrawnOn(
        area_id=area.area_id,
        area_digest=area.digest,
        review=_session.reviewed(BASELINE).provenance.identifier,
        tool_version=version(),
        written_on=datetime.now(UTC).date(),
    )


def _edit(site_id: str, change: Callable[[Proposal], Proposal | None]) -> None:
    """Write a proposal as a change makes it of what it is by now; None takes it off the plan."""
    row = _session.choices().row
    now = proposals_in(row.plan).get(site_id) if row else None
    if row is not None and now is not None:
        _desk.redraw(*having(row.plan, site_id, change(now), _session.prepared().method))


def _edit_what(site_id: str, **changes: object) -> None:
    """Write the first step of a proposal with some fields as they are to be."""
    _edit(site_id, lambda now: replace(now, what=replace(now.what, **changes)))  # type: ignore[arg-type]


def panel(language: Language) -> None:
    """Show the proposal chosen, or how to make one."""
    text, here = language.text, _session.choices()
    found = proposals_in(here.row.plan) if here.row else {}
    if not found:
        hint = text("No proposal yet. Click a place on the map, then “Propose a site here”; or open a file.")
        st.html(note(hint))
        _open(language)
        return
    site_id = here.proposal if here.proposal in found else next(iter(found))
    if len(found) > 1:
        key = f"which_{language.code}"
        _session.preset(key, site_id)
        st.selectbox(
            text("Proposal"),
            list(found),
            format_func=lambda each: printable(found[each].name),
            key=key,
            on_change=lambda: _session.choose(proposal=str(_session.widget_value(key))),
        )
    proposal = found[site_id]
    _head(site_id, proposal, language)
    _package(site_id, proposal, language)
    _gains.of_the_plan(language)
    checked = _checked(site_id, proposal, found)
    _checks(site_id, checked, language)
    _steps(site_id, proposal, language)
    _hand_over(proposal, language)
    _open(language)
    st.button(
        text("Take this proposal off the plan"),
        icon=":material/delete:",
        width="stretch",
        on_click=lambda: _edit(site_id, lambda _: None),
    )


def _head(site_id: str, proposal: Proposal, language: Language) -> None:
    """Ask for name, office and package."""
    text, here, shared = language.text, _session.choices(), _session.prepared()
    first, second = st.columns(2, gap="small")
    name_key, office_key = (f"{field}_{here.active}_{site_id}" for field in ("name", "office"))

    def named() -> None:
        name = str(_session.widget_value(name_key) or "").strip()
        _edit(site_id, lambda now: replace(now, name=name))

    def of_office() -> None:
        office = str(_session.widget_value(office_key) or "").strip()
        _session.choose(office=office)
        _edit(site_id, lambda now: replace(now, office=office))

    _session.preset(name_key, proposal.name)
    first.text_input(text("Name"), key=name_key, on_change=named)
    _session.preset(office_key, proposal.office)
    second.text_input(text("Office"), key=office_key, on_change=of_office)
    packages = list(shared.method.packages)
    key = f"pack_{here.active}_{site_id}_{language.code}"

    def taken() -> None:
        wanted = _session.widget_value(key)
        if wanted not in packages:
            return
        brought = tuple(
            Provided(kind=kind, count=count) for kind, count in shared.method.packages[str(wanted)].assets
        )
        _session.choose(package=str(wanted))
        _edit_what(site_id, package=brought)

    st.selectbox(
        text("Begin again with a package"),
        packages,
        index=None,
        format_func=lambda each: printable(text(shared.method.packages[each].label)),
        placeholder=text("Choose a package"),
        key=key,
        on_change=taken,
    )


def _package(site_id: str, proposal: Proposal, language: Language) -> None:
    """Let the reader step numbers, choose donors and months."""
    shared, row = _session.prepared(), _session.choices().row
    if row is None:
        return

    def edited(edit: Mapping[str, object]) -> None:
        if "months" in edit:
            _edit_what(site_id, months=(int(str(edit["months"])) & ALL_MONTHS) or None)
        else:
            _edit(site_id, lambda now: replace(now, what=replace(now.what, package=_packed(now, edit))))

    data = package_data(shared, row.plan.scenario, proposal, language)
    _widgets.package(data, edited)


def _packed(proposal: Proposal, edit: Mapping[str, object]) -> tuple[Provided, ...]:
    """Return a package after one edit of it: a row more, or a row's number or donor; a row of none goes."""
    package = list(proposal.what.package)
    if "more" in edit:
        return (*package, Provided(kind=str(edit["more"]), count=1))
    at = int(str(edit["at"]))
    if at >= len(package) or package[at].kind != edit["kind"]:
        return tuple(package)  # the row that was drawn is gone
    if "count" in edit:
        package[at] = replace(package[at], count=int(str(edit["count"])))
    if "donor" in edit:
        package[at] = replace(package[at], donor=str(edit["donor"]))
    if package[at].count == 0:
        del package[at]
    return tuple(package)


def _checked(site_id: str, proposal: Proposal, plan: Mapping[str, Proposal]) -> Checked:
    """Check a proposal beside the others of its plan, and those of other offices on the desk."""
    others = [each for own_id, each in plan.items() if own_id != site_id]
    mine = proposal.office.strip().casefold()
    for row in _desk.rows():
        if row.plan_id != _session.choices().active and not row.is_nothing:
            for each in proposals_in(row.plan).values():
                if each not in others and each != proposal and each.office.strip().casefold() != mine:
                    others.append(each)
    return _session.checked((proposal, *others), _session.answers_near(proposal))


def _checks(site_id: str, checked: Checked, language: Language) -> None:
    """Show what blocks, what must be signed and what is warned of; what is worth knowing is folded."""
    text = language.text
    grave = [each for each in checked.checks if each.severity in _GRAVE]
    words = text("nothing blocks it") if checked.may_go_on else text("it is blocked")
    st.html(heading(text("Checks: {result}", result=words)))
    st.html(checks_html(grave, _GRAVE, language))
    _move(site_id, checked, language)
    outcome = checked.case.outcome
    if outcome is not None and outcome.donors:
        with st.expander(plain(text("Who loses what donors give up"))):
            st.html(donors_html(outcome.donors, _session.unknown(), _session.prepared().method, language))
    with st.expander(plain(text("To know"))):
        st.html(checks_html(checked.checks, (Severity.INFO,), language))
    _sensitive(checked, language)


def _move(site_id: str, checked: Checked, language: Language) -> None:
    """Offer the nearest suitable point where water, flood or the network stand against the place."""
    shared, case = _session.prepared(), checked.case
    if case.point is None or siting(shared, _session.router(), case.point, case.planned).suitable:
        return
    better = nearest_suitable(shared, _session.router(), case.point, case.planned)
    if better is None:
        return
    st.button(
        plain(
            language.text(
                "Move it {km} km, to {lat}, {lon}",
                km=language.number(better.distance_km, 1),
                lat=f"{better.lat:.2f}",
                lon=f"{better.lon:.2f}",
            )
        ),
        icon=":material/moving:",
        width="stretch",
        on_click=lambda: _edit_what(
            site_id, lon=better.lon, lat=better.lat, unit=unit_at(shared, better.lon, better.lat)
        ),
    )


def _sensitive(checked: Checked, language: Language) -> None:
    """Ask about sensitive places, once for a place, within this person's budget and into the log."""
    text, case = language.text, checked.case
    if checked.near is not None:
        _say.caption(text("Sensitive places near (answers by square kilometre, logged):"))
        _say.items(answer_words(checked.near, language))
        return
    if case.point is None:
        return

    def ask() -> None:
        area = _session.prepared().area
        try:
            near = user_log().ask(area.sensitive, area.area_id, case.point, asker=local_asker())
        except InquiryError as error:
            _session.say(error.said(_session.language()))
        else:
            _session.keep_answers(case.proposal, near)

    st.button(
        text("Ask whether sensitive places may be near"),
        icon=":material/privacy_tip:",
        width="stretch",
        help=plain(
            text(
                "Yes or no by square kilometre; twelve squares a person in 30 days, never twice around one "
                "place; every question is logged."
            )
        ),
        on_click=ask,
    )


def _steps(site_id: str, proposal: Proposal, language: Language) -> None:
    """Ask the four steps of the form, one open at a time."""
    text, here = language.text, _session.choices()
    st.html(heading(text("The form")))
    step = f"step_{language.code}"
    _session.preset(step, here.step)
    st.segmented_control(
        text("Step"),
        list(range(len(STEPS))),
        format_func=lambda each: plain(text(STEPS[each])),
        key=step,
        label_visibility="collapsed",
        on_change=lambda: _session.choose(step=_session.widget_value(step) or 0),
    )
    months = language.months(months_in(proposal.what.months or ALL_MONTHS))
    if here.step == 0:
        _say.caption(text("Place and package stand above; open: {months}.", months=months))
    key = f"form_{here.active}_{site_id}_{here.step}_{language.code}"
    parts = ("what", "why", "feasibility", "harm")
    name = parts[here.step]
    skip = _ASKED_ABOVE if name == "what" else frozenset[str]()

    def edit(change: Callable[[Any], Any]) -> None:
        _edit(site_id, lambda now: replace(now, **{name: change(getattr(now, name))}))

    _form.part(getattr(proposal, name), key, edit, language, skip=skip)


def _hand_over(proposal: Proposal, language: Language) -> None:
    """Hand the proposal over as a file."""
    st.download_button(
        language.text("Save the proposal as a file"),
        dumps_proposal(replace(proposal, provenance=_drawn_on()), language).encode(),
        f"{proposal.name or 'proposal'}.toml",
        "application/toml",
        icon=":material/download:",
        width="stretch",
        on_click="ignore",
    )


def _open(language: Language) -> None:
    """Take a proposal from a file, or say everything that is wrong with it, beside the button."""
    text = language.text
    with st.expander(plain(text("Open a proposal from a file"))):
        file = st.file_uploader(
            text("Proposal file"),
            ["toml"],
            key=f"proposal_file_{_desk.version()}",
            label_visibility="collapsed",
        )
        if file is None:
            return
        if file.size > _MOST_BYTES:
            _say.error(text("The file is larger than {n} MB.", n=LARGEST_FILE_MB))
            return
        try:
            proposal = loads_proposal(file.getvalue(), file.name)
        except ProposalError as error:
            _say.faults(error.said(language))
            return
        _say.caption(
            text("{name} ({office})", name=proposal.name, office=proposal.office or text("office not stated"))
        )
        st.button(text("Put it on the plan"), width="stretch", on_click=lambda: _add(proposal))
