"""
Every number of the method acts: changed, it changes an answer. A complete sweep, on the bundled case.

What cannot act on that case is shown on a world made for it; what acts on nothing is named with its reason.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from footprint.access.remoteness import remoteness
from footprint.compare import equity_flags
from footprint.coverage.station_effects import station_effects
from footprint.errors import FootprintError
from footprint.evidence.foresight import foresight
from footprint.evidence.reach import reach_of_events
from footprint.evidence.verdict import verdict
from footprint.evidence.words import reach_words
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.method import Method, Parameter, default_method
from footprint.objectives import Measure
from footprint.prepared import Prepared, prepare
from footprint.review import review
from footprint.scenario import AddAssets, CloseSite, OpenSite, Scenario
from footprint.travel.router import Router
from footprint.uncertainty import sureness
from footprint.uncertainty.bands import paired
from footprint.violence import Question, analysis, excess_of, find_calendars, find_patterns
from footprint.violence.hotspots.classes import classify
from footprint.violence.hotspots.clusters import hotspots
from footprint.violence.hotspots.trend import mann_kendall
from footprint.violence.seasonality import Doubt, date_warnings
from footprint.violence.selection import select
from tests.footprint.uncertainty.test_sureness import plain, plans
from tests.footprint.violence.hotspots import planted
from tests.worlds import (
    bundled_prepared,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_objective,
    make_roads,
    make_sites,
    make_units,
    router_of,
)

pytestmark = pytest.mark.slow

PARAMETERS = {each.parameter_id: each for each in default_method().parameters}

ELSEWHERE = {
    "travel.free_flow_kmh.unclassified",
    "reporting.equity_drop",
    "reporting.rank_draws",
    "reporting.rank_concentration",
    "reporting.rank_seed",
    "demand.shrinkage_unknown_thousand",
    "demand.shrinkage_low_thousand",
    "demand.shrinkage_high_thousand",
    "seasonality.pile_max",
    "hotspots.events_min",
    "hotspots.power_min",
    "hotspots.power_share",
    "hotspots.power_radius_km",
    "hotspots.power_worlds",
    "hotspots.dominated_share",
    "hotspots.trend_p_max",
    "hotspots.trend_steps_min",
    "proposals.conflict_km",
    "proposals.overlap_share",
    "proposals.reachable_months_min",
    "proposals.evidence_days",
    "proposals.donor_drop",
    "proposals.corridor_first_month",
    "proposals.corridor_last_month",
    "proposals.ring_near_km",
    "proposals.ring_far_km",
    "evidence.years_max",
    "evidence.worse_share",
    "capability.UNPOL.full_min",
    "capability.GOOD_OFFICES.full_min",
}
"""Shown below by tests of their own."""

FEWER = {
    "hotspots.draws": 2000,
    "hotspots.people_worlds": 20,
    "hotspots.scan_draws": 100,
    "seasonality.draws": 1000,
    "evidence.draws": 1000,
    "evidence.resamples": 200,
    "uncertainty.draws": 100,
}
"""Where the sweep of the groups that draw starts from, not as shipped: whether a number acts needs no more draws."""

DRAWING = {name.split(".")[0] for name in FEWER} | {"drawn"}

OF_DRAWS = {name for name in PARAMETERS if name.startswith(("uncertainty.", "drawn."))}
"""Shown below on a small world: no figure of a review may move with them."""

OF_OPTIONS = {name for name in PARAMETERS if name.startswith("options.")}
"""Shown in `tests/footprint/options/test_option_numbers.py`: no figure of a review may move with them."""

AWARENESS = {
    f"capability.{name}.{of}" for name in ("ISR_TACTICAL", "ISR_MALE") for of in ("radius_km", "availability")
}
"""Surveillance is no protection: no bundle has it, so no figure may move with it."""


def digest(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return whole.hexdigest()


def under(method: Method) -> tuple[Prepared, Router]:
    """
    Return the bundled case under a method, with the searches of the shipped one where they are the same.

    A number that acts and is missing from what these are kept by changes nothing here, and is found out.
    """
    today = bundled_prepared()
    prepared = prepare(today.area, method, today.objectives, network=today.network)
    return prepared, router_of(today) if prepared.router_key == today.router_key else prepared.router()


Parts = Iterator[str]
"""Hashes of what an answer holds, what is soonest found first: of two answers, the first that differs tells."""


def of_review(method: Method) -> Parts:
    """Yield hashes of figures and escorts, then of evacuation and other times, under a method."""
    prepared, router = under(method)
    result = review(prepared, Scenario("today"), router)
    yield digest(result.figures.to_csv().encode(), repr(result.escorts).encode())
    away = remoteness(prepared, router, result)
    yield digest(away.surgery_min.tobytes(), np.ascontiguousarray(away.bundle_min).tobytes())


def of_violence(method: Method) -> Parts:
    """Yield hashes of the months that return by unit, then of hotspots, circles, classes and discs, under a method."""
    area = bundled_prepared().area
    for each in find_calendars(area, Question(), method.violence):
        yield digest(each.table.to_csv().encode())
    found = find_patterns(area, Question(), method.violence)
    spots, more = found.hotspots, excess_of(found)
    yield digest(
        spots.q.tobytes(), spots.significant.tobytes(), spots.by_people.tobytes(), spots.explained.tobytes(),
        repr((spots.verdict, spots.causes, more.circles, more.best_p)).encode(), "".join(found.emerging.pattern).encode(),
        found.discs.table.to_csv().encode(), repr(found.profile).encode(), repr(found.warnings).encode(),
    )  # fmt: skip


def of_evidence(method: Method) -> Parts:
    """Yield hashes of what the evidence of reach says, then of foresight, under a method."""
    prepared, router = under(method)
    reach, numbers = reach_of_events(prepared, router), method.evidence
    yield repr([(reach_words(each, numbers, Language("en")), each.measures) for each in reach])
    rules = foresight(prepared)
    yield repr(([rules.pooled(rule) for rule in rules.rules], verdict(rules, numbers)))


def remembered(step: Callable[..., Any]) -> Callable[..., Any]:
    """Return a step that is taken once for the same things given, told apart by all that they hold."""
    taken: dict[bytes, Any] = {}

    def once(*given: Any, **named: Any) -> Any:
        key = hashlib.sha256(pickle.dumps((given, sorted(named.items())))).digest()
        if key not in taken:
            taken[key] = step(*given, **named)
        return taken[key]

    return once


@pytest.fixture(scope="module", autouse=True)
def _each_step_of_patterns_is_taken_once() -> Iterator[None]:
    """A number of the hotspots leaves the calendars what they were given, and so what they are."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("recurrence", "hotspots", "emerging", "excess"):
            patch.setattr(analysis, name, remembered(getattr(analysis, name)))
        yield


def answer(parameter: Parameter, method: Method) -> Parts:
    of_group = {"hotspots": of_violence, "seasonality": of_violence, "evidence": of_evidence}
    return of_group.get(parameter.group, of_review)(method)


def start(name: str) -> Method:
    """Return the method that a number is changed in."""
    return default_method().edited(FEWER) if name.split(".", maxsplit=1)[0] in DRAWING else default_method()


@cache
def unchanged(group: str) -> tuple[str, ...]:
    parameter = next(each for each in PARAMETERS.values() if each.group == group)
    return tuple(answer(parameter, start(parameter.parameter_id)))


def differs(parameter: Parameter, method: Method) -> bool:
    """Tell whether a method's answer differs from the unchanged one, no further than it takes to tell."""
    before = unchanged(parameter.group)
    return any(one != other for one, other in zip(answer(parameter, method), before, strict=True))


def others(parameter: Parameter) -> list[Method]:
    """Return the method with other values of a parameter, in its range and allowed beside the rest."""
    before = start(parameter.parameter_id)
    value = {each.parameter_id: each.value for each in before.parameters}[parameter.parameter_id]
    tried = (
        1.5 * value if value else parameter.minimum + 1,
        0.5 * value,
        parameter.minimum,
        parameter.maximum,
    )
    found = []
    for each in tried:
        if parameter.minimum <= each <= parameter.maximum and each != value:
            try:
                found.append(before.edited({parameter.parameter_id: each}))
            except FootprintError:
                continue
    return found


@pytest.mark.parametrize(
    "name", [name for name in PARAMETERS if name not in ELSEWHERE | OF_DRAWS | OF_OPTIONS | AWARENESS]
)
def test_a_changed_number_changes_an_answer(name: str) -> None:
    parameter = PARAMETERS[name]
    assert any(differs(parameter, method) for method in others(parameter))


def test_surveillance_moves_no_figure() -> None:
    method = default_method()
    needed = {name for bundle in method.bundles.values() for group in bundle.groups for name in group}
    assert not {name.split(".")[1] for name in AWARENESS} & needed
    for name in AWARENESS:
        assert all(tuple(of_review(other)) == unchanged("travel") for other in others(PARAMETERS[name])[:1])


def of_draws(method: Method) -> str:
    """Return a hash of bands, and of two plans told apart, on a plain with two camps under a method."""
    prepared = make_basis(plain().area, make_objective(measure=Measure.BLEND), method=method)
    found = sureness(prepared, prepared.router(), plans())
    figures = [each for each in found.figures() if each.level is not Level.REGION]
    half = np.arange(200) / 200
    mixed = paired(0.0, np.full(200, 0.3), half, method.uncertainty, cells_share=0.0)
    bands = [found.band("today", each) for each in figures]
    pairs = [found.pair("today", "mid", each) for each in (*figures, *found.figures())]
    return repr((bands, pairs, mixed))


@pytest.mark.parametrize("name", sorted(OF_DRAWS))
def test_a_changed_limit_or_share_of_the_draws_changes_bands_or_pairs(name: str) -> None:
    before = of_draws(start(name))
    assert any(of_draws(method) != before for method in others(PARAMETERS[name]))


def test_no_figure_of_a_review_moves_with_the_draws() -> None:
    changed = default_method().edited(
        {"uncertainty.seed": 5, "drawn.time.high": 3, "options.seconds": 5, "options.close_usd": 1}
    )
    assert tuple(of_review(changed)) == unchanged("travel")


@pytest.mark.parametrize("name", sorted(name for name in ELSEWHERE if name.startswith("hotspots.")))
def test_numbers_of_an_empty_answer_act_where_towns_hold_the_variance(name: str) -> None:
    # Nothing stands out on raw counts beside a town of three hundred, nor anywhere in a calm country: the power
    # is asked for, and is low in the one and high in the other.
    random, everywhere = np.random.default_rng(0), np.ones(planted.ground().n_cells, bool)
    worlds = [
        select(planted.layer(make(random)), planted.WINDOW)
        for make in (planted.town_and_cluster, planted.calm)
    ]

    def answers(method: Method) -> str:
        numbers = method.violence.hotspots
        every = [hotspots(each, planted.ground(), everywhere, settings=numbers, raw=True) for each in worlds]
        series = np.array([[1.0, 2, 3, 4, 6, 5], [1.0, 3, 2, 5, 4, 6], [2.0, 1, 4, 3, 6, 5]])
        hot = np.ones(series.shape, bool)
        kinds = classify(
            hot,
            ~hot,
            mann_kendall(series),
            trend_p_max=numbers.trend_p_max,
            trend_steps_min=numbers.trend_steps_min,
        )
        return repr(([(spots.verdict, spots.causes, spots.power) for spots in every], list(kinds)))

    before = answers(default_method())
    assert any(answers(method) != before for method in others(PARAMETERS[name]))


def test_unclassified_roads_have_a_speed_of_their_own() -> None:
    area = make_area(
        size=(0, 0, 60, 20),
        sites=make_sites({"post": (2.5, 12.5)}),
        assets=make_assets({"post": {"infantry_company": 1}}),
        roads=make_roads({"lane": [(2.5, 12.5), (52.5, 12.5)]}, road_class={"lane": "unclassified"}),
        people={(42.5, 12.5): 100.0},
    )
    minutes = [
        remoteness_of(make_basis(area, method=method))
        for method in (
            default_method(), default_method().edited({"travel.free_flow_kmh.unclassified": 20.0}),
        )
    ]  # fmt: skip
    assert minutes[1] > minutes[0]


def remoteness_of(prepared) -> float:
    """Return the time of a patrol to the village [min]."""
    router = prepared.router()
    result = review(prepared, Scenario("today"), router)
    effects = station_effects(prepared, router, result.stations, result.laydown.roads)
    people = np.nan_to_num(prepared.area.population.people)
    return float(effects.arrivals(0)["PATROL"][people.argmax()])


@pytest.mark.parametrize(
    ("name", "incidents", "value"),
    [
        ("unknown", [], 50.0),
        ("low", [{"at": (20, 25)}] * 4000, 10.0),
        ("high", [{"at": (20, 25)}, {"at": (80, 25)}], 30.0),
    ],
)
def test_the_limits_that_hold_the_pull_of_thin_data(
    name: str, incidents: list[dict[str, object]], value: float
) -> None:
    """Nothing counted; two cercles as unlike, and as like, as can be."""
    halves = {"west": (0, 0, 50, 50), "east": (50, 0, 100, 50)}
    area = make_area(
        sites=make_sites({}),
        assets=make_assets({}),
        people=1000.0,
        incidents=make_incidents(incidents),
        districts=make_units(halves, dict.fromkeys(halves, "region")),
    )
    method = default_method().edited({f"demand.shrinkage_{name}_thousand": value})
    assert make_basis(area, method=method).demand.kappa.thousand == value
    assert make_basis(area).demand.kappa.thousand != value


def test_the_drop_that_flags_a_region() -> None:
    prepared = bundled_prepared()
    today = review(prepared, Scenario("today"))
    south = OpenSite("south", "South", -3.0, 14.1)
    moved = Scenario("moved", (CloseSite("tessalit"), south, AddAssets("south", "infantry_company", 8)))
    pair, seasons = (today, review(prepared, moved)), prepared.area.seasons
    counts = [len(equity_flags(*pair, seasons, drop=drop, indicator=Indicator.FORCE)) for drop in (0.0, 1.0)]
    assert counts[0] > counts[1]


def test_the_pile_of_dates_that_is_warned_of() -> None:
    """Ten of 100 dates on the 15th are three times their share."""
    days = [pd.Timestamp("2010-01-02") + pd.Timedelta(days=37 * step) for step in range(90)]
    days += [pd.Timestamp(2010 + step, 3, 15) for step in range(15)]
    incidents = make_incidents([{"at": (1, 1), "date": day, "year": day.year} for day in days])
    _, found = find_calendars(bundled_prepared().area, Question(), default_method().violence)
    warned = []
    for times in (2.0, 20.0):
        numbers = default_method().edited({"seasonality.pile_max": times}).violence.seasonality
        warned.append({each.doubt for each in date_warnings(incidents, found, numbers)})
    assert Doubt.PILE in warned[0] - warned[1]


@pytest.mark.parametrize("capability", ["UNPOL", "GOOD_OFFICES"])
def test_full_effect_of_capabilities_that_another_limits_on_the_bundled_case(capability: str) -> None:
    chances = []
    for minutes in (0.0, PARAMETERS[f"capability.{capability}.full_min"].value * 2):
        method = default_method().edited({f"capability.{capability}.full_min": minutes})
        prepared, router = under(method)
        result = review(prepared, Scenario("today"), router)
        effects = station_effects(prepared, router, result.stations, result.laydown.roads)
        chances.append(effects.chances(0)[effects.capabilities.index(capability)].sum())
    assert chances[1] > chances[0]
