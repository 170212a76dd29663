"""Mobile units on the page Options: who stands where in which months, and what that adds."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from footprint.language import Language
from footprint.options.runs import BackgroundRun
from footprint.options.stagger import Staggered, candidate_places, package_assets, stagger
from footprint.options.stagger_question import usual_staggering
from footprint.options.stagger_words import STAGGER_LIMITS
from footprint.pages import _desk, _runs, _say, _session
from footprint.pages._say import plain
from footprint.scenario import Scenario
from footprint.views.gantt import gantt
from footprint.workshop import AddPlan, Baseline, Plan
from layers.characters import printable

_UNITS, _PLACES, _MOST = 2, 16, 40
"""What a reader begins with, and places looked at, at most."""


def panel(language: Language) -> None:
    """Ask for units, package and places, search, and show the year of the units."""
    text, shared = language.text, _session.prepared()
    _say.subheader(text("Mobile units by season"))
    _say.caption(
        text(
            "Which units stand where in which months of every year: by need, by the months in which a place "
            "can be supplied, by how long they stay and rest."
        )
    )
    units, package, places, worst = st.columns(4)
    n_units = units.number_input(text("Units"), 1, 12, _UNITS, 1, key="mobile_units")
    kind = package.selectbox(
        text("Each brings"),
        list(shared.method.packages),
        format_func=lambda key: printable(text(shared.method.packages[key].label)),
        key="mobile_package",
    )
    n_places = places.number_input(text("Places looked at"), 2, _MOST, _PLACES, 1, key="mobile_places")
    share = worst.slider(text("Mean ↔ worst season, %"), 0, 100, 100, 10, key="mobile_mean")
    st.button(
        text("Search for stays"),
        icon=":material/calendar_month:",
        key="mobile_go",
        disabled=_runs.is_busy(),
        on_click=lambda: _search(int(n_units), str(kind), int(n_places), share / 100),
    )
    run = _runs.staggering()
    if run is not None and run.result is not None:
        _show(run.result, language)


def _search(units: int, package: str, places: int, mean_share: float) -> None:
    shared, router = _session.prepared(), _session.router()
    numbers, base = shared.method.options, _session.scenario()
    text = _session.language().text

    def work(run: BackgroundRun[Staggered]) -> Staggered:
        found = candidate_places(shared, places)
        assets = package_assets(shared.method, package)
        question = usual_staggering(numbers, units=units, assets=assets, places=found)
        question = replace(question, base=base, name=text("Mobile units"), mean_share=mean_share)
        return stagger(shared, router, question, run.effort(numbers.seconds, numbers.gap_share))

    _runs.start_staggering(work)


def _show(staggered: Staggered, language: Language) -> None:
    """Show the year of the units, and the way onto the desk."""
    text, start = language.text, _session.prepared().area.start_month
    st.html(gantt(staggered, [(start - 1 + step) % 12 + 1 for step in range(12)], language))
    for words in STAGGER_LIMITS:
        _say.caption(text(words))
    if staggered.stays:
        st.button(
            plain(text("Keep this plan")),
            icon=":material/add:",
            key="mobile_keep",
            on_click=lambda: _keep(staggered.plan),
        )


def _keep(scenario: Scenario) -> None:
    area = _session.prepared().area
    own = Plan(scenario, Baseline(area.area_id, area.digest), numbers=_session.choices().method)
    if _desk.act(AddPlan(own)):
        text = _session.language().text
        _session.say(text("“{plan}” stands among the plans of the desk.", plan=scenario.name))
