"""What is reckoned once and kept, for all readers who ask the same; shared and read-only."""

from __future__ import annotations

import atexit
import hashlib
import os
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import streamlit as st

from footprint.access.isolation import PatrolAccess, patrol_access
from footprint.access.watched import Watched
from footprint.caveats import silent
from footprint.compare import Equity
from footprint.coverage.backup import Hanging, hanging
from footprint.coverage.contributions import Resilience, resilience
from footprint.coverage.gaps import as_it_stands
from footprint.evidence.fragility import Fragility, fragility
from footprint.evidence.gathered import Evidence, gather
from footprint.indicators.indicator import Indicator
from footprint.method import ViolenceNumbers, default_method
from footprint.objectives import Measure, load_objectives
from footprint.options.runs import Runs
from footprint.pages._assets import basemap_url
from footprint.place.finding import known_names
from footprint.prepared import Prepared, SeasonShares, prepare, with_profile
from footprint.proposals import checks
from footprint.proposals.case import Case
from footprint.proposals.checks import Checked
from footprint.proposals.form import Proposal
from footprint.proposals.gates import Nearness
from footprint.proposals.phrases import Phrase
from footprint.proposals.scenarios import obstacles
from footprint.provenance import keyed
from footprint.review import Review, review
from footprint.scenario import Scenario
from footprint.travel.memory import Memory
from footprint.travel.router import Router
from footprint.uncertainty import Sureness
from footprint.views.basemap import basemap_json
from footprint.views.dots import DotPool, dot_pool, dot_states, packed
from footprint.views.plan_facts import PlanFacts
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
from footprint.workshop import Store, usual_store
from layers import Area, load_area
from layers.exchange import recover
from layers.intake.standing import LayerStanding, standing
from layers.scratch import own_folder
from layers.sensitive import SensitiveKind
from layers.sentences import Sentence

Failing = tuple[Router, Review, Hanging]
"""What chance closings are asked of."""

PLANS_AT_ONCE = 22
"""Plans drawn on at one time whose reviews are kept, 13 MB each: twenty readers', today, and one more."""
PROPOSALS_AT_ONCE = 12
"""Proposals under check at one time: each holds a review of its own."""
_SURENESS_BYTES = 40_000_000
"""Room for what plans come to under the draws: some ten times as many plans as one reader has."""
_RUNS, _RUNS_AT_ONCE = 12, 1
"""Searches kept, 60 MB each at most; and those that search at the same time: there are few cores."""
_CHILDREN_AT_ONCE = 2
"""Files that are read at the same time."""
Settings = tuple[tuple[str, float], ...]
"""Parameters changed, by identifier, and their values."""


@st.cache_resource(max_entries=2, show_spinner=False)
def area_in(name: str) -> Area:
    """Return the area in a folder, put right first if a build of it was broken off."""
    put_right(name)
    return load_area(Path(name))


@st.cache_resource(max_entries=2, show_spinner=False)
def put_right(name: str) -> Sentence | None:
    """Put right what a broken-off build left, when a folder is first opened; return a word about that."""
    return recover(Path(name))


# Streamlit keys an answer by what is written in the call: one written with a default is kept twice. Hence
# no function that is kept has defaults.
@st.cache_resource(max_entries=3, show_spinner=False)
def prepared_of(name: str, method: Settings, *, seasonal: bool) -> Prepared:
    """Return an area made ready under changed numbers; `seasonal` lets threat follow earned calendars."""
    area = area_in(name)
    if seasonal:
        return with_profile(prepared_of(name, method, seasonal=False), season_profile_of(name, method))
    network = prepared_of(name, (), seasonal=False).network if method else None
    return prepare(area, default_method().edited(dict(method)), load_objectives(Path(name)), network=network)


def _content(scenario: Scenario) -> str:
    # Streamlit's own hash takes two kinds of change with equal fields for the same, and
    # tells two names of the same changes apart.
    return scenario.scenario_id


@st.cache_resource(max_entries=PLANS_AT_ONCE, show_spinner=False, hash_funcs={Scenario: _content})
def review_of(
    name: str,
    method: Settings,
    scenario: Scenario,
    measure: Measure,
    *,
    seasonal: bool,
) -> Review:
    """Return the review of a scenario."""
    prepared = prepared_of(name, method, seasonal=seasonal)
    return review(prepared, scenario, router_of(prepared.router_key, prepared), measure=measure)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Scenario: _content})
def hanging_of(
    name: str, method: Settings, scenario: Scenario, measure: Measure, *, seasonal: bool
) -> Hanging:
    """Return what hangs on the sites of a scenario."""
    prepared = prepared_of(name, method, seasonal=seasonal)
    found = review_of(name, method, scenario, measure, seasonal=seasonal)
    posts, roads = found.stations, found.laydown.roads
    return hanging(prepared, router_of(prepared.router_key, prepared), posts, roads, measure=measure)


@st.cache_resource(max_entries=16, show_spinner=False)
def failing_of(key: tuple[str, ...], open_share: float, _prepared: Prepared, _asked: Failing) -> Resilience:  # noqa: ARG001
    """Return how a scenario stands if each site is open with a probability; the names are the key."""
    router, answer, found = _asked
    return resilience(
        _prepared,
        router,
        answer.stations,
        answer.laydown.roads,
        choices=found.choices,
        open_share=open_share,
    )


@st.cache_resource(max_entries=2, show_spinner=False)
def router_of(key: str, _prepared: Prepared) -> Router:  # noqa: ARG001 - the key alone decides
    """Return the searches of all that ask for the same ones."""
    return _prepared.router()


def _digest(area: Area) -> str:
    return area.digest


def _asked(question: Question) -> str:
    return question.key


Hashes = dict[str | type, Callable[[Any], Any]]
_OF_VIOLENCE: Hashes = {Area: _digest, Question: _asked, ViolenceNumbers: repr}


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs=_OF_VIOLENCE)
def patterns_of(area: Area, question: Question, numbers: ViolenceNumbers) -> ViolencePatterns:
    """Return where violence gathers and when it returns."""
    return find_patterns(area, question, numbers)


@st.cache_resource(max_entries=36, show_spinner=False, hash_funcs=_OF_VIOLENCE)
def month_spots_of(area: Area, question: Question, numbers: ViolenceNumbers, month: int) -> Hotspots:
    """Return the hotspots of one month (1-12)."""
    return month_hotspots(patterns_of(area, question, numbers), month)


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs=_OF_VIOLENCE)
def excess_in(area: Area, question: Question, numbers: ViolenceNumbers) -> Excess:
    """Return where more happens than people would explain."""
    return excess_of(patterns_of(area, question, numbers))


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs={Scenario: _content})
def reach_of(name: str, method: Settings, scenario: Scenario) -> PatrolAccess:
    """Return when patrols get to each cell under a scenario."""
    prepared = prepared_of(name, method, seasonal=False)
    answer = review_of(name, method, scenario, Measure.BLEND, seasonal=False)
    return patrol_access(prepared, router_of(prepared.router_key, prepared), answer)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Area: _digest})
def frame_of(area: Area) -> MercatorFrame:
    """Return the pixels of the area's grid."""
    return mercator_frame(area.grid)


@st.cache_resource(max_entries=2, show_spinner=False)
def basemap_of(digest: str, _area: Area) -> str:  # noqa: ARG001  the key decides
    """Return the address of the area's basemap."""
    text = basemap_json(_area)
    # By the drawing and not by the area: a program that draws better shows no old drawing.
    return basemap_url(hashlib.sha256(text.encode()).hexdigest()[:16], text)


@st.cache_resource(max_entries=6, show_spinner=False)
def dots_of(key: str, _prepared: Prepared, surface: str) -> tuple[DotPool, str]:  # noqa: ARG001  the key decides
    """
    Return the dots of a need, and the address of their places.

    Their places hold need, and so threat: the name is keyed by a secret of this run, and nobody finds them
    who was not given the address.
    """
    pool = dot_pool(_prepared, surface)
    text = pool.json()
    digest = keyed(hashlib.sha256(text.encode()).hexdigest(), _secret())
    return pool, basemap_url(digest, text, folder=_dots_folder(), name="dots")


@st.cache_resource(show_spinner=False)
def _secret() -> bytes:
    """Return a secret of this run."""
    return secrets.token_bytes(32)


@st.cache_resource(show_spinner=False)
def _dots_folder() -> Path:
    """Return a folder of this run, which goes when it ends."""
    held = ExitStack()
    atexit.register(held.close)
    return held.enter_context(own_folder("dots"))


@st.cache_resource(max_entries=60, show_spinner=False)
def dot_states_of(key: tuple[str, str, str, int, bool], _pool: DotPool, _answer: Review) -> str:
    """Return what each dot stands for, packed; the key names review, need, month and what is known."""
    *_, month, known = key
    return packed(dot_states(_pool, _answer.delivery, month, mission_known=known))


@st.cache_resource(max_entries=PROPOSALS_AT_ONCE, show_spinner=False)
def case_of(
    key: tuple[str, ...],  # noqa: ARG001  the key decides
    _prepared: Prepared,
    _router: Router,
    _asked: tuple[Proposal, Review, int],
) -> Case:
    """Return one proposal by itself on the baseline."""
    proposal, before, number = _asked
    return checks.case_of(_prepared, _router, proposal, before, number)


@st.cache_resource(max_entries=PROPOSALS_AT_ONCE, show_spinner=False)
def checked_of(
    key: tuple[str, ...],  # noqa: ARG001  the key decides
    _cases: tuple[Case, ...],
    _near: Mapping[SensitiveKind, Nearness] | None,
) -> Checked:
    """Return the checks of the first of some proposals."""
    return checks.check(_cases[0], _cases, _near)


@st.cache_resource(max_entries=200, show_spinner=False)
def obstacles_of(
    key: tuple[str, ...],  # noqa: ARG001  the key decides
    _area: Area,
    _numbers: Settings,
    _scenario: Scenario,
) -> tuple[Phrase, ...]:
    """Return why a scenario cannot be made; the area need not be made ready for that."""
    return obstacles(_scenario, _area, default_method().edited(dict(_numbers)))


@st.cache_resource(max_entries=6, show_spinner=False)
def silent_in(key: tuple[str, ...], _prepared: Prepared) -> frozenset[Indicator]:  # noqa: ARG001  the key decides
    """Return the indicators of which an area's own data say nothing."""
    return silent(_prepared)


@st.cache_resource(max_entries=60, show_spinner=False)
def facts_of(
    key: tuple[str, ...],  # noqa: ARG001  the key decides
    _reckon: Callable[[], PlanFacts],
) -> PlanFacts:
    """Return what a plan comes to."""
    return _reckon()


@st.cache_resource(max_entries=PLANS_AT_ONCE, show_spinner=False)
def beside_of(
    key: tuple[str, ...],  # noqa: ARG001  the key decides
    _reckon: Callable[[], tuple[Watched, Equity]],
) -> tuple[Watched, Equity]:
    """Return what stands beside a plan: what it may push away, and who pays for what it gains."""
    return _reckon()


@st.cache_resource(max_entries=2, show_spinner=False)
def names_of(key: str, _prepared: Prepared) -> tuple[str, ...]:  # noqa: ARG001  the digest alone decides
    """Return every name that the search of an area knows, those of sites as they stand."""
    return known_names(_prepared, as_it_stands(_prepared))


def store() -> Store:
    """Return the store of desks, the one that `FOOTPRINT_STORE` names or this user's own."""
    return _store_at(os.environ.get("FOOTPRINT_STORE") or str(usual_store()))


@st.cache_resource(max_entries=4, show_spinner=False)
def _store_at(name: str) -> Store:
    return Store(Path(name))


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Area: _digest})
def road_names_of(area: Area) -> dict[str, str]:
    """Return what each road is called, by name."""
    names = {road_id: road_name(road_id, area) for road_id in area.roads.index}
    return dict(sorted(names.items(), key=lambda item: item[1]))


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Scenario: _content})
def fragility_of(name: str, method: Settings, scenario: Scenario, *, seasonal: bool) -> Fragility:
    """Return what the answer for a scenario hangs on."""
    prepared = prepared_of(name, method, seasonal=seasonal)
    return fragility(prepared, scenario, router_of(prepared.router_key, prepared))


@st.cache_resource(max_entries=1, show_spinner=False)
def _sureness_memory() -> Memory[Sureness]:
    # By hand, for what is kept by Streamlit may not tell how far it has come.
    return Memory(_SURENESS_BYTES)


def sureness_kept(key: str) -> Sureness | None:
    """Return what plans come to under the draws, if anybody asked the same; the key names it all."""
    return _sureness_memory().kept(key)


def keep_sureness(key: str, drawn: Sureness) -> None:
    """Keep what plans come to under the draws."""
    _sureness_memory().keep(key, drawn)


@st.cache_resource(max_entries=2, show_spinner=False)
def season_profile_of(name: str, method: Settings) -> SeasonShares:
    """Return the calendar that threat follows in an area where that is switched on."""
    plain = prepared_of(name, method, seasonal=False)
    found = patterns_of(plain.area, Question(), plain.method.violence)
    return cell_profile(found.profile, plain.districts)


@st.cache_resource(max_entries=3, show_spinner=False)
def evidence_of(area: str, method: str, _prepared: Prepared, _router: Router) -> Evidence:  # noqa: ARG001
    """Return what happened, held against the answers for the sites as they stand; the digests are the key."""
    return gather(_prepared, _router)


@st.cache_resource(show_spinner=False)
def workers() -> ThreadPoolExecutor:
    """Return who looks at files and builds areas: two at once, whoever asks."""
    return ThreadPoolExecutor(_CHILDREN_AT_ONCE, "intake")


@st.cache_resource(max_entries=4, show_spinner=False)
def standing_of(name: str, stamp: str) -> tuple[LayerStanding, ...]:  # noqa: ARG001  the stamp says when it changed
    """Return what an area that is being made has of each layer."""
    return standing(Path(name))


def stamp(area: Path) -> str:
    """Return what changes with any file of an area folder."""
    return repr(sorted((path.name, path.stat().st_mtime_ns) for path in area.iterdir()))


def forget_areas() -> None:
    """Forget what was read and reckoned of areas: one of them was built anew."""
    for kept in (
        area_in,
        put_right,
        prepared_of,
        review_of,
        hanging_of,
        reach_of,
        season_profile_of,
        fragility_of,
    ):
        kept.clear()


@st.cache_resource(show_spinner=False)
def runs() -> Runs[object]:
    """Return the searches in the background, by reader and kind."""
    return Runs(_RUNS, _RUNS_AT_ONCE)
