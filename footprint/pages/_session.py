"""What this reader has chosen and asks for: the only place that touches Streamlit's session state."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from footprint.access.isolation import PatrolAccess
from footprint.cli.paths import bundled_case
from footprint.coverage.backup import Hanging
from footprint.coverage.contributions import Resilience
from footprint.evidence.fragility import Fragility
from footprint.evidence.gathered import Evidence
from footprint.indicators.indicator import Indicator
from footprint.language import Language, msgid
from footprint.objectives import Measure
from footprint.options.choices import ChoiceSet
from footprint.pages import _kept
from footprint.pages._choices import BASELINE, Choices, Seat
from footprint.pages._kept import Settings
from footprint.pages._spoken import first_language
from footprint.prepared import Prepared, SeasonShares
from footprint.proposals.case import Case
from footprint.proposals.checks import Checked
from footprint.proposals.form import Proposal
from footprint.proposals.gates import Nearness
from footprint.proposals.phrases import Phrase
from footprint.review import Review
from footprint.scenario import Scenario
from footprint.travel.router import Router
from footprint.views.cells import PATTERN_VIEWS, Asked, View
from footprint.views.dots import DotPool
from footprint.views.plan_facts import PlanFacts
from footprint.views.raster import MercatorFrame
from footprint.violence import Question, ViolencePatterns
from footprint.violence.hotspots import Excess, Hotspots
from layers.intake.own_areas import areas_home
from layers.sensitive import SensitiveKind

TOKEN = "desk"  # noqa: S105  the name of a parameter
"""What the address calls a desk's token: all that it holds."""


def choices() -> Choices:
    """Return what this reader has chosen so far."""
    if "choices" not in st.session_state:
        st.session_state["choices"] = Choices(language=first_language())
    found: Choices = st.session_state["choices"]
    return found


def has_begun() -> None:
    """Note that this reader's first run got as far as their desk: one that is broken off begins again."""
    st.session_state["begun"] = True


def first_choices() -> dict[str, Any]:
    """Return the month and focus that the area states for a new reader."""
    area = prepared().area
    first = next((name for name, _ in area.focus), "")
    return {"month": area.start_month, "focus": area.start_focus or first}


def first_steps() -> tuple[tuple[str, Callable[[], object]], ...]:
    """Return what must be there before a page, each step by its name; kept for everybody who comes later."""
    return (
        (msgid("Reading the layers; the first start takes longest"), lambda: _kept.area_in(str(folder()))),
        (msgid("Joining the roads, and spreading people and threat"), prepared),
    )


def begin() -> bool:
    """Let a new reader begin with the month and focus that the area states; tell whether they are new."""
    new = "begun" not in st.session_state
    if new:
        choose(**first_choices())
    return new


def choose(**changes: object) -> None:
    """Change some of this reader's choices."""
    st.session_state["choices"] = replace(choices(), **changes)  # type: ignore[arg-type]


def seat() -> Seat | None:
    """Return where this reader sits; None before anything is kept."""
    found: Seat | None = st.session_state.get("seat")
    return found


def sit(at: Seat) -> None:
    """Sit down, and let the address say where, for a reload and the next morning."""
    st.session_state["seat"] = at
    if st.query_params.get(TOKEN) != at.token:
        st.query_params[TOKEN] = at.token


def asked_seat() -> str:
    """Return the token that the address names, "" for none."""
    return str(st.query_params.get(TOKEN, ""))


def leave_seat() -> None:
    """Take a token that leads nowhere out of the address."""
    st.query_params.pop(TOKEN, None)


def bare_language() -> Language:
    """Return the reader's language, for what stands around the pages also where no area can be read."""
    return Language(choices().language)


def language() -> Language:
    """Return the reader's language, which calls units as the area does."""
    return Language.of_area(choices().language, _kept.area_in(str(folder())).unit_words)


def folder() -> Path:
    """Return the area that this reader opened, else the one the app was started with, or the case."""
    if own := str(kept("opened", "")):
        return areas_home() / own
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    return Path(named[0]) if named else bundled_case()


def go_over(name: str) -> None:
    """Open an area of the reader's own, by no name the app's: what was chosen is of the other."""
    stays = {key: kept(key) for key in ("tray", "making")}
    for key in ("begun", "seat", "near", "choice_set", "choice_version"):
        st.session_state.pop(key, None)
    st.session_state["choices"] = Choices(language=choices().language)
    st.session_state["kept"] = {**stays, "opened": name}


def scenario() -> Scenario:
    """Return the scenario this reader is drawing."""
    return choices().scenario


def say(words: str) -> None:
    """Keep a message for the reader until it has been shown once."""
    st.session_state["message"] = words


def message() -> str:
    """Return the message kept for the reader, once."""
    words: str = st.session_state.pop("message", "")
    return words


def widget_value(key: str) -> object:
    """Return what the widget called `key` holds, None if there is none yet."""
    return st.session_state.get(key)


def several(key: str) -> tuple[str, ...]:
    """Return all that a widget holds that takes several answers."""
    value = widget_value(key)
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def preset(key: str, value: object) -> None:
    """Give the widget called `key` its value, before it is drawn."""
    st.session_state[key] = value


def reported(key: str) -> Mapping[str, object] | None:
    """Return what the map called `key` says of the reader's clicks, None before it is drawn."""
    value = widget_value(key)
    return value if isinstance(value, Mapping) else None


def router() -> Router:
    """Return the searches kept for this session's method; shared by all that need the same ones."""
    here = prepared()
    return _kept.router_of(here.router_key, here)


def prepared() -> Prepared:
    """Return the area made ready under this session's method; shared and read-only."""
    here = choices()
    return _kept.prepared_of(str(folder()), here.method, seasonal=here.seasonal)


def reviewed(scenario: Scenario, numbers: Settings | None = None) -> Review:
    """Return the review of `scenario` under this session's choices, or other numbers; shared, read-only."""
    here = choices()
    method = here.method if numbers is None else numbers
    return _kept.review_of(str(folder()), method, scenario, here.measure, seasonal=here.seasonal)


def under(numbers: Settings) -> Prepared:
    """Return the area made ready under other numbers; shared and read-only."""
    return _kept.prepared_of(str(folder()), numbers, seasonal=choices().seasonal)


def season_profile() -> SeasonShares | None:
    """Return the calendar that this session's threat follows; None where every month is alike."""
    here = choices()
    return _kept.season_profile_of(str(folder()), here.method) if here.seasonal else None


def unknown() -> frozenset[Indicator]:
    """Return the indicators of which the area's own data say nothing."""
    return _kept.silent_in(rests_on(), prepared())


def hanging(scenario: Scenario) -> Hanging:
    """Return what hangs on the sites under this session's choices; shared and read-only."""
    here = choices()
    return _kept.hanging_of(str(folder()), here.method, scenario, here.measure, seasonal=here.seasonal)


def failing(scenario: Scenario, open_share: float) -> Resilience:
    """Return how a scenario stands if each site is open with a probability only."""
    answer = reviewed(scenario)
    key = (answer.provenance.identifier, *rests_on(), str(choices().measure))
    return _kept.failing_of(key, open_share, prepared(), (router(), answer, hanging(scenario)))


def evidence() -> Evidence:
    """Return what happened, held against the answers for the sites as they stand; shared and read-only."""
    here = prepared()
    return _kept.evidence_of(here.area.digest, here.method.digest, here, router())


def hangs_on() -> Fragility:
    """Return what the answer for the scenario being drawn hangs on; it takes a while."""
    here = choices()
    return _kept.fragility_of(str(folder()), here.method, here.scenario, seasonal=here.seasonal)


def violence() -> ViolencePatterns:
    """Return where violence gathers and when it returns, as this session asks; shared and read-only."""
    shared = prepared()
    return _kept.patterns_of(shared.area, choices().question, shared.method.violence)


def violence_as_shipped() -> ViolencePatterns:
    """Return the same of every incident that counts, whatever the Hotspots page asks; read-only."""
    shared = prepared()
    return _kept.patterns_of(shared.area, Question(), shared.method.violence)


def asked() -> Asked:
    """Return what the map is to show, with what it needs."""
    here = choices()
    view = here.view or View.DIVERGENCE
    if view not in PATTERN_VIEWS:
        return Asked(view=view, month=here.month, profile=here.profile, measure=here.measure)
    wanted = reach(here.scenario) if view is View.RECURRENCE else None
    return Asked(view=view, month=here.month, measure=here.measure, found=violence(), reach=wanted)


def more_than_people() -> Excess:
    """Return where more happens than people would explain, as this session asks."""
    shared = prepared()
    return _kept.excess_in(shared.area, choices().question, shared.method.violence)


def month_spots(month: int) -> Hotspots:
    """Return the hotspots of one month (1-12), as this session asks."""
    shared = prepared()
    return _kept.month_spots_of(shared.area, choices().question, shared.method.violence, month)


def reach(scenario: Scenario) -> PatrolAccess:
    """Return when patrols get to each cell under a scenario, whatever its need."""
    return _kept.reach_of(str(folder()), choices().method, scenario)


def frame() -> MercatorFrame:
    """Return the pixels of the area's grid."""
    return _kept.frame_of(prepared().area)


def facts(key: tuple[str, ...], reckon: Callable[[], PlanFacts]) -> PlanFacts:
    """Return what a plan comes to, reckoned once for what names it."""
    return _kept.facts_of(key, reckon)


def rests_on(numbers: Settings | None = None) -> tuple[str, ...]:
    """Return what names the area made ready, under this session's numbers or others."""
    shared = prepared() if numbers is None else under(numbers)
    return shared.area.digest, shared.method.digest, shared.calendar_digest


def obstacles_to(scenario: Scenario, numbers: Settings) -> tuple[Phrase, ...]:
    """Return why a scenario cannot be made under some numbers; nothing where it can."""
    area = prepared().area
    return _kept.obstacles_of((area.digest, repr(numbers), scenario.scenario_id), area, numbers, scenario)


def checked(
    proposals: tuple[Proposal, ...],
    near: Mapping[SensitiveKind, Nearness] | None = None,
    numbers: Settings | None = None,
) -> Checked:
    """Check the first of some proposals beside the others, each by itself on the baseline, under numbers."""
    key = (*rests_on(numbers), repr(proposals), repr(near))
    return _kept.checked_of(key, cases(proposals, numbers), near)


def cases(proposals: tuple[Proposal, ...], numbers: Settings | None = None) -> tuple[Case, ...]:
    """Return proposals under check, each by itself on the baseline."""
    here = choices()
    method = here.method if numbers is None else numbers
    shared = under(method)
    before = _kept.review_of(str(folder()), method, BASELINE, Measure.BLEND, seasonal=here.seasonal)
    own, key = router_under(method), rests_on(method)
    return tuple(
        _kept.case_of((*key, str(number), repr(proposal)), shared, own, (proposal, before, number))
        for number, proposal in enumerate(proposals, start=1)
    )


def answers_near(proposal: Proposal) -> Mapping[SensitiveKind, Nearness] | None:
    """Return what was answered about sensitive places near a proposal in this session; None if not asked."""
    kept: dict[tuple[float | None, float | None], Mapping[SensitiveKind, Nearness]]
    kept = st.session_state.get("near", {})
    return kept.get((proposal.what.lon, proposal.what.lat))


def keep_answers(proposal: Proposal, near: Mapping[SensitiveKind, Nearness]) -> None:
    """Keep answers for this session alone: they are in no draft, plan or file."""
    kept = st.session_state.setdefault("near", {})
    kept[proposal.what.lon, proposal.what.lat] = near


def known_places() -> tuple[str, ...]:
    """Return every name that the search knows."""
    shared = prepared()
    return _kept.names_of(shared.area.digest, shared)


def router_under(numbers: Settings) -> Router:
    """Return the searches kept for other numbers."""
    shared = under(numbers)
    return _kept.router_of(shared.router_key, shared)


def dots() -> tuple[DotPool, str]:
    """Return the dots of the need that counts, and the address of their places."""
    return _kept.dots_of("-".join(rests_on()), prepared(), str(choices().measure))


def dot_states() -> str:
    """Return what each dot stands for in the month shown, packed."""
    here, known = choices(), Indicator.MISSION not in unknown()
    answer = reviewed(here.scenario)
    key = (answer.provenance.identifier, "-".join(rests_on()), str(here.measure), here.month, known)
    return _kept.dot_states_of(key, dots()[0], answer)


def basemap() -> str:
    """Return the address of the area's basemap."""
    area = prepared().area
    return _kept.basemap_of(area.digest, area)


def road_names() -> dict[str, str]:
    """Return the name of every road by its identifier, in the order of names; shared and read-only."""
    return _kept.road_names_of(prepared().area)


def choice_set(begin: Callable[[], ChoiceSet]) -> ChoiceSet:
    """Return the table of choices this reader works on; the first time it is made."""
    if "choice_set" not in st.session_state:
        st.session_state["choice_set"] = begin()
    found: ChoiceSet = st.session_state["choice_set"]
    return found


def keep_choice_set(choices: ChoiceSet) -> None:
    """Put another table of choices in the place of this reader's."""
    st.session_state["choice_set"] = choices
    st.session_state["choice_version"] = choice_version() + 1


def choice_version() -> int:
    """Return how often the table of choices was replaced: a new one is edited anew."""
    return int(st.session_state.get("choice_version", 0))


def kept(key: str, first: object = None) -> object:
    """Return what was kept under a key, or what it begins with."""
    return st.session_state.setdefault("kept", {}).get(key, first)


def keep(key: str, value: object) -> None:
    """Keep something for this reader, whatever becomes of the field it was chosen in."""
    st.session_state.setdefault("kept", {})[key] = value
