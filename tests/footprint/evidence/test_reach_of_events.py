"""Reach of what happened: two events by hand, and no finding where events follow the people."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from footprint.documents.columns import NO_DEMAND, NO_INCIDENT, NO_PEOPLE
from footprint.documents.evidence import evidence_document
from footprint.documents.json import to_json
from footprint.documents.schema import DocumentName
from footprint.evidence.fragility import fragility
from footprint.evidence.gathered import gather
from footprint.evidence.reach import as_told, reach_of_events
from footprint.evidence.words import latest_told, reach_words, unstated_words
from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.method import default_method
from footprint.scenario import Scenario
from tests.footprint.documents.validate import faults
from tests.worlds import make_area, make_assets, make_basis, make_incidents, make_sites, router_of

pytestmark = pytest.mark.slow

NUMBERS = default_method().evidence
DAY = {"date": pd.Timestamp("2019-03-10"), "year": 2019, "deaths": 2.0, "deaths_civilians": 2.0}


def world(events, people, held=None, method=None):
    """A company in the west of open country, 300 km wide."""
    area = make_area(
        size=(0, 0, 300, 20),
        sites=make_sites({"camp": (2.5, 12.5)}),
        assets=make_assets({"camp": {"infantry_company": 1} if held is None else held}),
        incidents=make_incidents(events),
        people=people,
    )
    return make_basis(area, method=method or default_method())


def reached(prepared, number=0):
    found = reach_of_events(prepared, router_of(prepared))[number]
    return found, {each.measure: each for each in found.measures}


def test_one_killing_at_the_camp_and_one_far_away_by_hand():
    """At the camp 1 - 0.65 x 0.4 = 0.74, far away nothing; the people live half here, half there."""
    events = [{"at": (2.5, 12.5), **DAY}, {"at": (290, 12.5), **DAY}]
    found, own = reached(world(events, {(2.5, 12.5): 100.0, (290.0, 12.5): 100.0}))
    force = own[Indicator.FORCE]
    assert (found.n_events, found.n_sites) == (2, 1)
    assert (force.people, force.events) == pytest.approx((0.37, 0.37), abs=1e-6)
    assert (force.low, force.high) == pytest.approx((0, 0.74), abs=1e-6)
    assert force.p == 1
    assert np.isnan(own[Indicator.TIER_1].events)


def test_killings_away_from_the_camp_lie_outside_the_reach():
    events = [{"at": (232.5 + 5 * east, 12.5), **DAY} for east in range(12)]
    found, own = reached(world(events, {(2.5, 12.5): 500.0, (290.0, 12.5): 500.0}))
    assert (found.n_events, found.n_places) == (12, 12)
    assert own[Indicator.FORCE].p < 0.01
    assert "outside the reach" in reach_words(found, NUMBERS, Language("en"))
    assert "hors d’atteinte" in reach_words(found, NUMBERS, Language("fr"))


def test_many_killings_in_one_place_are_one_place():
    """Drawn again they are always the same one: the band has no width, and means nothing."""
    found, own = reached(world([{"at": (290, 12.5), **DAY}] * 40, {(2.5, 12.5): 500.0}))
    assert (found.n_events, found.n_places) == (40, 1)
    assert own[Indicator.FORCE].low == own[Indicator.FORCE].high
    assert (
        "events with killings that have a place: 40, in 1 cell; too few to tell, 10 cells are needed"
        in reach_words(found, NUMBERS, Language("en"))
    )


def test_what_is_too_few_to_tell_is_told_without_band_and_p():
    found, own = reached(world([{"at": (290, 12.5), **DAY}] * 40, {(2.5, 12.5): 500.0}))
    told = {each.measure: each for each in as_told(found, NUMBERS).measures}[Indicator.FORCE]
    assert np.isnan([told.low, told.high, told.p]).all()
    assert told.events == own[Indicator.FORCE].events


def test_the_latest_time_that_tells_anything_has_enough_places():
    many, _ = reached(world([{"at": (232.5 + 5 * east, 12.5), **DAY} for east in range(12)], 10.0))
    one, _ = reached(world([{"at": (290, 12.5), **DAY}] * 40, {(2.5, 12.5): 500.0}))
    later = replace(one, span=replace(one.span, last=date(2019, 12, 31)))
    assert latest_told((many, later), NUMBERS) is many


def test_without_troops_in_the_data_nothing_is_known():
    found, own = reached(world([{"at": (2.5, 12.5), **DAY}], 10.0, held={"unpol_team": 1}))
    assert np.isnan(own[Indicator.FORCE].events)
    assert np.isnan(own[Indicator.CIRCLE].events), "circles are drawn round troops"
    assert "not known" in reach_words(found, NUMBERS, Language("en"))


def test_only_killings_of_civilians_that_have_a_cell_count():
    events = [
        {"at": (2.5, 12.5), **DAY},
        {"at": (2.5, 12.5), **(DAY | {"deaths_civilians": 0.0})},
        {"at": (2.5, 12.5), **DAY, "geo_precision": 3},
        {"at": (2.5, 12.5), **(DAY | {"date": pd.Timestamp("2015-03-10"), "year": 2015})},
    ]
    found, _ = reached(world(events, 10.0))
    assert (found.n_events, found.n_elsewhere) == (1, 1)


@pytest.mark.slow
def test_where_events_follow_the_people_few_worlds_find_anything():
    """Sixty worlds of fifteen events each, dealt out by people: at most a tenth below .05."""
    generator, low = np.random.default_rng(3), 0
    people = {(5.0 * column + 2.5, 12.5): float(100 + 37 * (column % 7)) for column in range(0, 60, 2)}
    places, weights = list(people), np.array(list(people.values()))
    quick = default_method().edited({"evidence.draws": 999, "evidence.resamples": 99})
    for _ in range(60):
        chosen = generator.choice(len(places), 15, p=weights / weights.sum())
        _, own = reached(world([{"at": places[at], **DAY} for at in chosen], people, method=quick))
        low += own[Indicator.FORCE].p <= 0.05
    assert low <= 6


def test_sites_with_dates_are_held_against_the_killings_of_their_own_years():
    """The camp opened in 2018: what happened beside it the year before was out of reach then."""
    events = [{"at": (2.5, 12.5), **DAY, "date": pd.Timestamp(f"{y}-03-10"), "year": y} for y in (2017, 2018)]
    plain = world(events, {(2.5, 12.5): 100.0})
    far = make_sites({"far": (290, 12.5)})
    sites = pd.concat(
        [
            plain.area.sites.assign(open_from=pd.Timestamp("2018-01-01")),
            far.assign(open_from=pd.Timestamp("2017-01-01")),
        ]
    )
    held = make_assets({"camp": {"infantry_company": 1}, "far": {"infantry_company": 1}})
    stands = sites[sites.index == "camp"]
    area = replace(
        plain.area, sites=sites, assets=held, other_sites=stands.iloc[:0], other_assets=held.iloc[:0]
    )
    found = reach_of_events(make_basis(area), router_of(make_basis(area)))
    force = {each.span.first.year: each.measures[0].events for each in found}
    assert force == pytest.approx({2017: 0, 2018: 0.74}, abs=1e-6)
    latest = default_method().edited({"evidence.years_max": 2})
    assert [
        each.span.first.year
        for each in reach_of_events(make_basis(area, method=latest), router_of(make_basis(area)))
    ] == [2018]


def dated_world(open_from="", open_to="", people=None):
    """The camp, whose dates are given, twelve killings beside it in 2018, and people there."""
    events = [{"at": (2.5, 12.5), **DAY, "date": pd.Timestamp("2018-03-10"), "year": 2018}] * 12
    plain = world(events, {(2.5, 12.5): 100.0} if people is None else people)
    days = {
        name: pd.to_datetime(value or None)
        for name, value in (("open_from", open_from), ("open_to", open_to))
    }
    sites = plain.area.sites.assign(**{name: pd.Series([day], index=["camp"]) for name, day in days.items()})
    return make_basis(replace(plain.area, sites=sites))


def test_a_date_after_the_frame_date_says_nothing_of_the_years_before():
    found = reach_of_events(dated_world(open_from="2020-01-01"), router_of(dated_world()))
    assert [(each.span.by_year, each.n_events) for each in found] == [(False, 12)]


def test_a_closing_date_alone_dates_a_site_that_stood_long_before():
    prepared = dated_world(open_to="2019-06-30")
    found = {each.span.first.year: each for each in reach_of_events(prepared, router_of(prepared))}
    assert found[2018].span.by_year
    assert found[2018].n_sites == 1
    assert found[2018].measures[0].events == pytest.approx(0.74, abs=1e-6)


def test_one_late_date_does_not_shorten_what_is_looked_at():
    prepared = dated_world(open_from="2019-05-01")
    found = reach_of_events(prepared, router_of(prepared))
    assert [(each.span.first.year, each.n_sites, each.n_events) for each in found] == [(2018, 0, 12)]


def test_killings_known_by_their_year_count_where_the_whole_year_is_looked_at():
    vague = {"date_precision": "year", "date": pd.NaT}
    events = [{"at": (2.5, 12.5), **DAY, **vague, "year": year} for year in (2018, 2018, 2019)]
    found = reach_of_events(world(events, {(2.5, 12.5): 100.0}), router_of(world(events, 10.0)))
    # 24 months hold the whole of 2018; the 12 before the frame date, in its middle, hold no whole year.
    assert [(each.n_events, each.n_year_only, each.n_undated) for each in found] == [(2, 2, 1), (0, 0, 3)]
    assert "may lie in this time or not" in reach_words(found[1], NUMBERS, Language("en"))


def test_where_nobody_is_known_to_live_nothing_is_told():
    prepared = dated_world(people=0.0)
    found = reach_of_events(prepared, router_of(prepared))[0]
    said = reach_words(found, NUMBERS, Language("en"))
    assert "not known" in said
    assert "reach" not in said
    router = router_of(prepared)
    document = evidence_document(
        prepared, gather(prepared, router), fragility(prepared, Scenario("today"), router), ()
    )
    circle = document.reach[0].measures[-1]
    assert circle.people_mean is None
    assert circle.reasons["people_mean"] == circle.reasons["p"] == NO_PEOPLE
    assert document.fragility.force is None
    assert document.fragility.without_effect is None, (
        "of pieces that could change nothing none is without effect"
    )
    assert document.fragility.reasons["without_effect"] == NO_DEMAND
    assert document.foresight.reasons["difference"] == NO_INCIDENT
    assert "Not known" in document.fragility.sentence.en
    assert document.foresight.outcome == "untested"


def test_rules_by_people_are_not_known_for_want_of_people_and_not_of_incidents():
    events = [
        {"at": (2.5, 12.5), **DAY, "year": year, "date": f"{year}-03-10"} for year in (2016, 2017, 2018)
    ]
    prepared = world(events, 0.0)
    router = router_of(prepared)
    hangs_on = fragility(prepared, Scenario("today"), router)
    part = evidence_document(prepared, gather(prepared, router), hangs_on, ()).foresight
    assert [year.events for year in part.rules[0].years] == [1, 1]
    assert part.reasons == dict.fromkeys(("difference", "low", "high"), NO_PEOPLE)


def test_of_whom_nobody_states_deaths_is_counted():
    unsaid = {"at": (2.5, 12.5), **DAY, "deaths_civilians": float("nan")}
    prepared = world([unsaid], 10.0)
    assert reach_of_events(prepared, router_of(prepared)) == ()
    found = gather(prepared, router_of(prepared))
    assert unstated_words(found.n_unstated, Language("en"))[0].startswith("Of 1 incident nobody states")


def test_the_document_is_as_its_schema_says():
    prepared = world([{"at": (2.5, 12.5), **DAY}], 10.0)
    router = router_of(prepared)
    hangs_on = fragility(prepared, Scenario("today"), router)
    document = evidence_document(prepared, gather(prepared, router), hangs_on, ())
    assert faults(json.loads(to_json(document)), DocumentName.EVIDENCE) == []
