"""The only place that touches Streamlit's session state and caches, through typed functions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from footprint.access.isolation import PatrolAccess, patrol_access
from footprint.caveats import silent
from footprint.cli.paths import bundled_case
from footprint.coverage.contributions import contributions
from footprint.errors import ScenarioError
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import level_of
from footprint.indicators.outlines import Inside, cells_in, held
from footprint.language import Language
from footprint.method import ViolenceNumbers, default_method
from footprint.objectives import Measure, load_objectives
from footprint.pages._assets import basemap_url
from footprint.prepared import Prepared, prepare, with_profile
from footprint.review import Review, review
from footprint.scenario import Change, Scenario
from footprint.travel.profiles import Profile
from footprint.travel.router import Router
from footprint.views.basemap import basemap_json
from footprint.views.cells import PATTERN_VIEWS, Asked, View
from footprint.views.clicks import Seen
from footprint.views.hotspot_views import HotspotView
from footprint.views.raster import MercatorFrame, mercator_frame
from footprint.views.words import road_name
from footprint.violence import (
    Question,
    ViolencePatterns,
    cell_profile,
    excess_of,
    find_patterns,
    month_hotspots,
)
from footprint.violence.hotspots import Excess, Hotspots
from layers import Area, load_area

Settings = tuple[tuple[str, float], ...]
"""Parameters changed, by identifier, and their values."""

BASELINE = Scenario("baseline")
"""The locked baseline: no changes at all."""


_MOST_KEPT = 6


class Mode(StrEnum):
    """What a click on the map does."""

    LOOK = "look"
    PROPOSE = "propose"
    MOVE = "move"
    DRAW = "draw"


@dataclass(frozen=True, slots=True)
class Choices:
    """What one reader has chosen; small, so that a session costs next to nothing."""

    language: str = "en"
    month: int = 1
    """Month shown; the area says which a new reader begins with."""
    view: View = View.DIVERGENCE
    profile: Profile = Profile.PATROL
    measure: Measure = Measure.BLEND
    focus: str = ""
    layers: tuple[str, ...] = ("incidents", "flood")
    mode: Mode = Mode.LOOK
    package: str = "integrated_base"
    selected: str = ""
    scenario: Scenario = BASELINE
    past: tuple[Scenario, ...] = ()
    """Scenarios before each act, to go back to; one act may be several changes."""
    kept: tuple[Scenario, ...] = ()
    """Scenarios put aside for comparison."""
    method: Settings = ()
    """Parameters changed for this session."""
    sketch: tuple[tuple[float, float], ...] = ()
    seen: Seen = field(default_factory=Seen)
    question: Question = field(default_factory=Question)
    """What is asked of the incidents on the Hotspots page."""
    hotspot_view: HotspotView = HotspotView.ALL_MONTHS
    hotspot_layers: tuple[str, ...] = ("flood",)
    district: str = ""
    """Cercle whose calendar is read, by identifier."""
    hotspots_seen: Seen = field(default_factory=Seen)
    seasonal: bool = False
    """Whether threat follows the calendar of return instead of every month alike."""
    drawn: int = 0
    """How often the map's content has changed; the browser reports it back once painted."""


def choices() -> Choices:
    """Return what this reader has chosen so far."""
    found: Choices = st.session_state.setdefault("choices", Choices())
    return found


def begin() -> None:
    """Let a new reader begin with the month and focus that the area states."""
    if "begun" not in st.session_state:
        area = prepared().area
        st.session_state["begun"] = True
        choose(month=area.start_month, focus=area.start_focus)


def choose(**changes: object) -> None:
    """Change some of this reader's choices."""
    st.session_state["choices"] = replace(choices(), **changes)  # type: ignore[arg-type]


def bare_language() -> Language:
    """Return the reader's language, for what stands around the pages also where no area can be read."""
    return Language(choices().language)


def language() -> Language:
    """Return the reader's language, which calls units as the area does."""
    return Language.of_area(choices().language, _area(str(folder())).unit_words)


def folder() -> Path:
    """Return the area folder the app was started with, or the bundled case."""
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    return Path(named[0]) if named else bundled_case()


def scenario() -> Scenario:
    """Return the scenario this reader is drawing."""
    return choices().scenario


def change(*changes: Change) -> bool:
    """Add changes to the scenario if they can be made; otherwise say why not and keep it as it was."""
    here = choices()
    wanted = here.scenario.then(*changes)
    try:
        reviewed(wanted)  # the page asks for it next
    except ScenarioError as error:
        say(str(error))
        return False
    choose(scenario=wanted, past=(*here.past, here.scenario), drawn=here.drawn + 1)
    return True


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


def preset(key: str, value: str) -> None:
    """Give the widget called `key` its value, before it is drawn."""
    st.session_state[key] = value


def reported(key: str) -> Mapping[str, object] | None:
    """Return what the map called `key` says of the reader's clicks, None before it is drawn."""
    value = widget_value(key)
    return value if isinstance(value, Mapping) else None


def undo() -> None:
    """Take the last act back, however many changes it was."""
    here = choices()
    before = here.past[-1] if here.past else BASELINE
    choose(scenario=before, past=here.past[:-1], selected="", drawn=here.drawn + 1)


def replace_scenario(wanted: Scenario) -> None:
    """Draw on with another scenario, if all its changes can be made here."""
    here = choices()
    try:
        reviewed(wanted)
    except ScenarioError as error:
        say(str(error))
        return
    choose(scenario=wanted, past=(*here.past, here.scenario), selected="", drawn=here.drawn + 1)


def keep() -> None:
    """Put the scenario aside for comparison, under a name that tells it from the others."""
    here = choices()
    if any(each.scenario_id == here.scenario.scenario_id for each in here.kept):
        return
    name = language().text("Scenario {number}", number=len(here.kept) + 1)
    choose(kept=(*here.kept, replace(here.scenario, name=name))[-_MOST_KEPT:])


def within(corners: tuple[tuple[float, float], ...]) -> Inside | None:
    """Return what an area drawn on the map holds in the month chosen: people, Force, Mission."""
    shared, here = prepared(), choices()
    cells = cells_in(shared.area, corners)
    if cells is None:
        return None
    delivered = reviewed(here.scenario).delivery
    levels = [level_of(delivered, each, here.month) for each in (Indicator.FORCE, Indicator.MISSION)]
    return held(shared.area, cells, shared.surfaces[str(here.measure)][here.month - 1], levels)


@st.cache_resource(max_entries=2, show_spinner=False)
def _area(name: str) -> Area:
    return load_area(Path(name))


@st.cache_resource(max_entries=3, show_spinner=False)
def _prepared(name: str, method: Settings, *, seasonal: bool = False) -> Prepared:
    area = _area(name)
    if seasonal:
        plain = _prepared(name, method)
        found = _patterns(area, Question(), plain.method.violence)
        return with_profile(plain, cell_profile(found.profile, plain.districts))
    network = _prepared(name, ()).network if method else None
    return prepare(area, default_method().edited(dict(method)), load_objectives(Path(name)), network=network)


def _content(scenario: Scenario) -> str:
    # Streamlit's own hash takes two kinds of change with equal fields for the same, and
    # tells two names of the same changes apart.
    return scenario.scenario_id


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Scenario: _content})
def _review(
    name: str,
    method: Settings,
    scenario: Scenario,
    measure: Measure,
    *,
    seasonal: bool = False,
) -> Review:
    prepared = _prepared(name, method, seasonal=seasonal)
    return review(prepared, scenario, _router(prepared.router_key, prepared), measure=measure)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Scenario: _content})
def _contributed(
    name: str, method: Settings, scenario: Scenario, measure: Measure, *, seasonal: bool = False
) -> pd.DataFrame:
    prepared = _prepared(name, method, seasonal=seasonal)
    found = _review(name, method, scenario, measure, seasonal=seasonal)
    posts, roads = found.stations, found.laydown.roads
    return contributions(prepared, _router(prepared.router_key, prepared), posts, roads, measure=measure)


@st.cache_resource(max_entries=2, show_spinner=False)
def _router(key: str, _prepared: Prepared) -> Router:  # noqa: ARG001 - the key alone decides
    return _prepared.router()


def router() -> Router:
    """Return the searches kept for this session's method; shared by all that need the same ones."""
    here = prepared()
    return _router(here.router_key, here)


def prepared() -> Prepared:
    """Return the area made ready under this session's method; shared and read-only."""
    here = choices()
    return _prepared(str(folder()), here.method, seasonal=here.seasonal)


def reviewed(scenario: Scenario) -> Review:
    """Return the review of `scenario` under this session's choices; shared and read-only."""
    here = choices()
    return _review(str(folder()), here.method, scenario, here.measure, seasonal=here.seasonal)


def unknown() -> frozenset[Indicator]:
    """Return the indicators of which the area's own data say nothing."""
    return silent(prepared())


def contributed(scenario: Scenario) -> pd.DataFrame:
    """Return what hangs on each site under this session's choices; shared and read-only."""
    here = choices()
    return _contributed(str(folder()), here.method, scenario, here.measure, seasonal=here.seasonal)


def violence() -> ViolencePatterns:
    """Return where violence gathers and when it returns, as this session asks; shared and read-only."""
    shared = prepared()
    return _patterns(shared.area, choices().question, shared.method.violence)


def asked() -> Asked:
    """Return what the map is to show, with what it needs."""
    here = choices()
    if here.view not in PATTERN_VIEWS:
        return Asked(view=here.view, month=here.month, profile=here.profile, measure=here.measure)
    wanted = reach(here.scenario) if here.view is View.RECURRENCE else None
    return Asked(view=here.view, month=here.month, measure=here.measure, found=violence(), reach=wanted)


def more_than_people() -> Excess:
    """Return where more happens than people would explain, as this session asks."""
    shared = prepared()
    return _more_than_people(shared.area, choices().question, shared.method.violence)


def month_spots(month: int) -> Hotspots:
    """Return the hotspots of one month (1-12), as this session asks."""
    shared = prepared()
    return _month_spots(shared.area, choices().question, shared.method.violence, month)


def reach(scenario: Scenario) -> PatrolAccess:
    """Return when patrols get to each cell under a scenario, whatever its need."""
    return _reach(str(folder()), choices().method, scenario)


def _digest(area: Area) -> str:
    return area.digest


def _asked(question: Question) -> str:
    return question.key


Hashes = dict[str | type, Callable[[Any], Any]]
_OF_VIOLENCE: Hashes = {Area: _digest, Question: _asked, ViolenceNumbers: repr}


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs=_OF_VIOLENCE)
def _patterns(area: Area, question: Question, numbers: ViolenceNumbers) -> ViolencePatterns:
    return find_patterns(area, question, numbers)


@st.cache_resource(max_entries=36, show_spinner=False, hash_funcs=_OF_VIOLENCE)
def _month_spots(area: Area, question: Question, numbers: ViolenceNumbers, month: int) -> Hotspots:
    return month_hotspots(_patterns(area, question, numbers), month)


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs=_OF_VIOLENCE)
def _more_than_people(area: Area, question: Question, numbers: ViolenceNumbers) -> Excess:
    return excess_of(_patterns(area, question, numbers))


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs={Scenario: _content})
def _reach(name: str, method: Settings, scenario: Scenario) -> PatrolAccess:
    prepared = _prepared(name, method)
    return patrol_access(
        prepared, _router(prepared.router_key, prepared), _review(name, method, scenario, Measure.BLEND)
    )


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Area: _digest})
def _frame(area: Area) -> MercatorFrame:
    return mercator_frame(area.grid)


def frame() -> MercatorFrame:
    """Return the pixels of the area's grid."""
    return _frame(prepared().area)


@st.cache_resource(max_entries=2, show_spinner=False)
def _basemap(digest: str, _area: Area) -> str:
    return basemap_url(digest, basemap_json(_area))


def basemap() -> str:
    """Return the address of the area's basemap."""
    area = prepared().area
    return _basemap(area.digest, area)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Area: _digest})
def _road_names(area: Area) -> dict[str, str]:
    names = {road_id: road_name(road_id, area) for road_id in area.roads.index}
    return dict(sorted(names.items(), key=lambda item: item[1]))


def road_names() -> dict[str, str]:
    """Return the name of every road by its identifier, in the order of names; shared and read-only."""
    return _road_names(prepared().area)
