"""Foresight: rules by hand, nothing seen of the year judged, and what the verdict needs to speak."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from footprint.evidence.foresight import NO_MONTH, TOO_COARSE, Foresight, JudgedYear, foresight
from footprint.evidence.foresight_cells import CellForesight
from footprint.evidence.foresight_words import foresight_words, left_out_words
from footprint.evidence.rules import SIMPLE, RankingRule, named
from footprint.evidence.verdict import Outcome, verdict
from footprint.language import Language
from footprint.method import default_method
from layers.incidents import DatePrecision
from tests.worlds import make_area, make_assets, make_basis, make_incidents, make_sites, make_units

pytestmark = pytest.mark.slow

NUMBERS = default_method().evidence
WEST, EAST = (22.5, 12.5), (77.5, 12.5)
CERCLES = {"west": (0, 0, 50, 50), "east": (50, 0, 100, 50)}


def event(at, day, **differs):
    return {"at": at, "date": pd.Timestamp(day), "year": int(day[:4]), **differs}


def world(events):
    area = make_area(
        sites=make_sites({"camp": (2.5, 12.5)}),
        assets=make_assets({"camp": {"infantry_company": 1}}),
        incidents=make_incidents(events),
        districts=make_units(CERCLES, dict.fromkeys(CERCLES, "region")),
    )
    return make_basis(area)


IN_MARCH = [event(WEST, f"{year}-03-{day}") for year in (2016, 2017, 2018) for day in (10, 20)]


def made_of(years, n_units):
    return Foresight(
        tuple(years),
        by_month=True,
        n_units=n_units,
        rules=tuple(RankingRule),
        left_out=(),
        cells=CellForesight(5.0, 0, {}),
    )


def test_a_tenth_of_two_cercles_and_twelve_months_by_hand():
    """2.4 of 24 places and months: the twelve months of the west share them, or its March is one of them."""
    found = foresight(world(IN_MARCH))
    assert [each.year for each in found.years] == [2017, 2018]
    assert found.years[0].share(RankingRule.LAST_YEAR) == pytest.approx(2.4 / 12)
    assert found.years[0].share(RankingRule.SAME_MONTH) == pytest.approx(1)
    assert found.pooled(RankingRule.ALIKE) == pytest.approx(0.1)
    # Both cercles have the same people: all 24 share the tenth.
    assert found.pooled(RankingRule.PEOPLE) == pytest.approx(0.1)
    assert found.pooled(RankingRule.THREAT) == pytest.approx(2.4 / 12)
    assert found.n_events == 4


def test_on_cells_the_place_itself_is_named_and_what_is_placed_loosely_takes_no_part():
    """A tenth of the 200 cells is twenty: the one with incidents, and nineteen parts of the other 199."""
    loose = [event(EAST, "2018-05-05", geo_precision=2)]
    found = foresight(world([*IN_MARCH, *loose])).cells
    assert found.n_events == 4
    assert found.pooled[RankingRule.LAST_YEAR] == found.pooled[RankingRule.WHOLE_RECORD] == pytest.approx(1)
    assert found.pooled[RankingRule.THREAT] == pytest.approx(1)
    assert found.pooled[RankingRule.ALIKE] == pytest.approx(0.1)
    assert RankingRule.SAME_MONTH not in found.pooled
    moved = [event(WEST, "2016-03-10"), event(EAST, "2017-03-10"), event(WEST, "2018-03-10")]
    # Each year it is where it was not the year before, but in 2018 where it was before that.
    fickle = foresight(world(moved)).cells
    assert fickle.pooled[RankingRule.LAST_YEAR] == pytest.approx(19 / 199)
    assert fickle.pooled[RankingRule.WHOLE_RECORD] == pytest.approx((19 / 199 + 1) / 2)


def test_a_rule_sees_nothing_of_the_year_it_is_judged_by_nor_of_later_ones():
    later = [event(EAST, f"2018-0{month}-01", deaths=9.0) for month in range(1, 10)]
    with_later, without = foresight(world(IN_MARCH + later)), foresight(world(IN_MARCH))
    for rule in RankingRule:
        assert with_later.years[0].share(rule) == without.years[0].share(rule), rule


def test_every_calendar_names_a_month_that_a_calendar_still_to_be_earned_does_not():
    events = [event(WEST, f"{year}-03-{day}") for year in range(2013, 2019) for day in range(10, 16)]
    events += [event(WEST, f"{year}-09-10") for year in range(2013, 2019)]
    found = foresight(world(events))
    assert found.years[0].share(RankingRule.CALENDAR) == found.years[0].share(RankingRule.THREAT)
    assert found.years[-1].share(RankingRule.EVERY_CALENDAR) > 3 * found.years[-1].share(RankingRule.THREAT)


def test_incidents_without_a_cercle_or_a_month_are_left_out_and_counted():
    vague = {"date_precision": DatePrecision.YEAR, "date": pd.NaT}
    events = [*IN_MARCH, event(WEST, "2017-05-05", geo_precision=4), event(WEST, "2017-01-01") | vague]
    found = foresight(world(events))
    assert dict(found.left_out) == {TOO_COARSE: 1, NO_MONTH: 1}
    assert found.years[0].n_events == 2
    assert left_out_words(found.left_out, Language("fr"))[0] == (
        "Incidents laissés de côté, localisés au mieux dans leur région\xa0: 1"
    )


def test_where_only_years_are_known_cercles_are_ranked_without_months():
    vague = {"date_precision": DatePrecision.YEAR, "date": pd.NaT}
    found = foresight(world([event(WEST, "2017-01-01") | vague, event(WEST, "2018-01-01") | vague]))
    assert not found.by_month
    assert set(found.rules).isdisjoint(
        {RankingRule.SAME_MONTH, RankingRule.CALENDAR, RankingRule.EVERY_CALENDAR}
    )
    assert found.pooled(RankingRule.LAST_YEAR) == pytest.approx(0.2)
    said = foresight_words(found, verdict(found, NUMBERS), NUMBERS.named_share, Language("en"))
    assert "and months" not in said


def test_without_a_year_to_judge_by_nothing_is_said_to_be_known():
    found = foresight(world([event(WEST, "2019-03-10")]))
    told = verdict(found, NUMBERS)
    assert told.outcome is Outcome.UNTESTED
    assert np.isnan([found.pooled(RankingRule.THREAT), told.difference, told.low, told.high]).all()
    assert foresight_words(found, told, 0.1, Language("en")).startswith("Not known")
    assert foresight_words(found, told, 0.1, Language("fr")).startswith("Non connu")


@pytest.mark.parametrize("share", [0.01, 0.1, 0.35, 0.5])
def test_what_is_named_is_the_share_asked_for_whatever_the_ties(share):
    generator = np.random.default_rng(5)
    for largest in (1, 2, 3, 50):
        scores = generator.integers(0, largest, (7, 12)).astype(float)
        chosen = named(scores, share)
        assert chosen.mean() == pytest.approx(share)
        assert chosen[scores > scores[chosen > 0].min()].min(initial=1) == 1


def record(threat, best, n_years=8, n_units=40):
    """Ten incidents a cercle and year, of which the threat and last year's ranking catch so many."""
    generator = np.random.default_rng(11)
    years = []
    for year in range(n_years):
        caught = {rule: np.zeros(n_units) for rule in SIMPLE}
        caught[RankingRule.THREAT] = threat(generator, n_units)
        caught[RankingRule.LAST_YEAR] = best(generator, n_units)
        years.append(JudgedYear(2010 + year, np.full(n_units, 10.0), caught))
    return made_of(years, n_units)


@pytest.mark.parametrize(
    ("threat", "outcome"),
    [(2.0, Outcome.FAILS), (2.9, Outcome.HOLDS), (3.0, Outcome.HOLDS), (4.0, Outcome.HOLDS)],
)
def test_the_verdict_by_how_much_each_catches_everywhere(threat, outcome):
    """Of ten incidents the rule catches three; a point less is within what is allowed, ten points are not."""
    judged = record(lambda _, n: np.full(n, threat), lambda _, n: np.full(n, 3.0))
    told = verdict(judged, NUMBERS)
    assert told.outcome is outcome
    assert (told.difference, told.low, told.high) == pytest.approx(3 * [(threat - 3) / 10])


def test_how_far_short_threat_may_fall_is_a_number_of_the_method():
    judged = record(lambda _, n: np.full(n, 2.9), lambda _, n: np.full(n, 3.0))
    assert verdict(judged, replace(NUMBERS, worse_share=0.005)).outcome is Outcome.FAILS


def test_one_cercle_or_a_handful_of_incidents_tells_nothing():
    alike = record(lambda _, n: np.full(n, 2.0), lambda _, n: np.full(n, 3.0), 3, 1)
    assert verdict(alike, NUMBERS).outcome is Outcome.CANNOT_TELL
    handful = foresight(world([event(WEST, "2017-03-10"), event(EAST, "2018-03-10")]))
    assert verdict(handful, NUMBERS).outcome is Outcome.CANNOT_TELL


def test_without_people_threat_has_no_rank_and_is_not_judged():
    empty = make_area(
        sites=make_sites({"camp": (2.5, 12.5)}),
        assets=make_assets({"camp": {"infantry_company": 1}}),
        incidents=make_incidents(12 * IN_MARCH),
        districts=make_units(CERCLES, dict.fromkeys(CERCLES, "region")),
        people=0.0,
    )
    found = foresight(make_basis(empty))
    assert np.isnan(found.pooled(RankingRule.THREAT))
    assert found.pooled(RankingRule.SAME_MONTH) == pytest.approx(1)
    assert verdict(found, NUMBERS).outcome is Outcome.UNTESTED


def test_with_few_cercles_the_band_is_too_wide_to_tell():
    few = record(lambda g, n: 10.0 * (g.random(n) < 0.3), lambda g, n: 10.0 * (g.random(n) < 0.35), 3, 6)
    told = verdict(few, NUMBERS)
    assert told.outcome is Outcome.CANNOT_TELL
    assert told.high - told.low > NUMBERS.wide_share
    assert told.low < told.difference < told.high


def test_the_band_holds_the_difference_it_is_of():
    """Of 40 records without any true difference the 90 % band holds 0 in most."""
    held = 0
    for seed in range(40):
        generator = np.random.default_rng(seed)
        years = []
        for year in range(8):
            caught = {rule: np.zeros(40) for rule in SIMPLE}
            for rule in (RankingRule.THREAT, RankingRule.LAST_YEAR):
                caught[rule] = generator.binomial(10, 0.3, 40).astype(float)
            years.append(JudgedYear(2010 + year, np.full(40, 10.0), caught))
        whole = made_of(years, 40)
        told = verdict(whole, replace(NUMBERS, resamples=400))
        held += told.low <= 0 <= told.high
    assert held >= 34


def test_rules_without_months_name_alike_in_every_month():
    chosen = named(np.tile(np.arange(40.0)[:, None], 12), 0.1)
    assert (chosen == chosen[:, :1]).all()
