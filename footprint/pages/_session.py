"""What this reader has chosen and asks for: the only place that touches Streamlit's session state."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import pandas as pd
import streamlit as st

from footprint.access.isolation import PatrolAccess
from footprint.caveats import silent
from footprint.cli.paths import bundled_case
from footprint.errors import ScenarioError
from footprint.evidence.fragility import Fragility
from footprint.evidence.gathered import Evidence
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import level_of
from footprint.indicators.outlines import Inside, cells_in, held
from footprint.language import Language
from footprint.objectives import Measure
from footprint.pages import _kept
from footprint.pages._kept import Settings
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import Change, Scenario
from footprint.travel.profiles import Profile
from footprint.travel.router import Router
from footprint.views.cells import PATTERN_VIEWS, Asked, View
from footprint.views.clicks import Seen
from footprint.views.hotspot_views import HotspotView
from footprint.views.raster import MercatorFrame
from footprint.violence import (
    Question,
    ViolencePatterns,
)
from footprint.violence.hotspots import Excess, Hotspots

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
    return Language.of_area(choices().language, _kept.area_in(str(folder())).unit_words)


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


def router() -> Router:
    """Return the searches kept for this session's method; shared by all that need the same ones."""
    here = prepared()
    return _kept.router_of(here.router_key, here)


def prepared() -> Prepared:
    """Return the area made ready under this session's method; shared and read-only."""
    here = choices()
    return _kept.prepared_of(str(folder()), here.method, seasonal=here.seasonal)


def reviewed(scenario: Scenario) -> Review:
    """Return the review of `scenario` under this session's choices; shared and read-only."""
    here = choices()
    return _kept.review_of(str(folder()), here.method, scenario, here.measure, seasonal=here.seasonal)


def unknown() -> frozenset[Indicator]:
    """Return the indicators of which the area's own data say nothing."""
    return silent(prepared())


def contributed(scenario: Scenario) -> pd.DataFrame:
    """Return what hangs on each site under this session's choices; shared and read-only."""
    here = choices()
    return _kept.contributed_of(str(folder()), here.method, scenario, here.measure, seasonal=here.seasonal)


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


def basemap() -> str:
    """Return the address of the area's basemap."""
    area = prepared().area
    return _kept.basemap_of(area.digest, area)


def road_names() -> dict[str, str]:
    """Return the name of every road by its identifier, in the order of names; shared and read-only."""
    return _kept.road_names_of(prepared().area)
