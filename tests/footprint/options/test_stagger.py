"""Staggering: stays by hand, against every choice there is, and laws."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from footprint.documents.json import to_json
from footprint.documents.schema import DocumentName
from footprint.documents.stagger import stagger_document
from footprint.language import Language
from footprint.options.choices import OptionError
from footprint.options.solve import SearchEffort, SearchStatus
from footprint.options.stagger import (
    Staggered,
    candidate_places,
    mission_by_month,
    named_places,
    package_assets,
    stagger,
    suggested_places,
)
from footprint.options.stagger_months import MonthValues
from footprint.options.stagger_question import MobilePlace, Staggering, usual_staggering
from footprint.options.stagger_sets import n_sets
from footprint.options.stagger_solve import solve_stays
from footprint.options.stagger_stays import Stay, Stays, month_of_units, units_of
from footprint.options.stagger_words import stagger_words, stay_words
from footprint.prepared import Prepared
from footprint.proposals.cautions import reachable_months
from footprint.review import review
from footprint.scenario import CloseSite, OpenSite, Scenario
from footprint.views.gantt import gantt, gantt_page
from layers.months import months_in, months_mask
from layers.sites import SiteKind
from tests.footprint.documents.validate import faults
from tests.stagger_worlds import best_by_enumeration, random_world, with_units
from tests.worlds import (
    bundled_prepared,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_roads,
    make_sites,
    router_of,
)

pytestmark = pytest.mark.slow

LONG = SearchEffort(seconds=60, gap=0.0)
ENGLISH, FRENCH = Language("en"), Language("fr")


def asking(units: int = 1, **differs: object) -> Staggering:
    """Return a question of liaison posts at two ends of a valley."""
    usual = {
        "assets": (("civil_affairs_team", 1), ("community_liaison", 1)),
        "places": (
            MobilePlace("at-north", "North", **lonlat(60, 40)),
            MobilePlace("at-south", "South", **lonlat(60, 10)),
        ),
        "stay_min_months": 2,
        "stay_max_months": 6,
        "rest_months": 1,
        "base": Scenario("today"),
    }
    return Staggering(units=units, **(usual | differs))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def valley() -> Prepared:
    """
    A camp in the west, two roads of 45 km to the ends of a valley; the northern one is shut from June on.

            ----- shut 6-9 ----- north (300 people)
    camp --<
            -------------------- south (100 people)
    """
    area = make_area(
        size=(0, 0, 70, 50),
        sites=make_sites({"camp": (20, 25)}),
        assets=make_assets({"camp": {"infantry_company": 1, "fpu_platoon": 1}}),
        roads=make_roads(
            {"up": [(20, 25), (60, 40)], "down": [(20, 25), (60, 10)]},
            closed_months={"up": months_mask("6-9")},
        ),
        people={(60, 40): 300, (60, 10): 100},
    )
    return make_basis(area)


@pytest.fixture(scope="module")
def one_unit(valley: Prepared) -> Staggered:
    """One unit that may stand in the north alone."""
    asked = asking(places=asking().places[:1])
    return stagger(valley, router_of(valley), asked, LONG)


def test_a_place_can_be_used_in_the_months_in_which_its_road_is_open(one_unit):
    assert (np.flatnonzero(one_unit.usable[0]) + 1).tolist() == [1, 2, 3, 4, 5, 10, 11, 12]


def test_of_eight_months_in_a_row_one_unit_holds_seven(one_unit):
    # Six, a rest and one month are not worth it: a stay lasts two. Four, a rest and three are.
    assert len(one_unit.months_at(0)) == 7
    assert sorted(len(each.units) for each in one_unit.stays) in ([2, 5], [3, 4])


def test_the_search_proves_that_there_is_nothing_better(one_unit):
    assert one_unit.status is SearchStatus.PROVED
    assert one_unit.gap == 0


def test_the_plan_is_a_seasonal_site_in_the_months_held(one_unit):
    opened = next(change for change in one_unit.plan.changes if isinstance(change, OpenSite))
    assert tuple(months_in(opened.months)) == one_unit.months_at(0)
    assert opened.kind is SiteKind.SEASONAL_TOB


def test_a_review_of_the_plan_says_what_the_answer_says(valley, one_unit):
    again = mission_by_month(valley, review(valley, one_unit.plan))
    assert again.tolist() == one_unit.with_units.tolist()


def test_only_months_with_a_unit_gain(one_unit):
    gained = np.flatnonzero(one_unit.with_units > one_unit.without) + 1
    assert set(gained.tolist()) <= set(one_unit.months_at(0))
    assert len(gained) == 7


def test_each_stay_adds_what_is_lost_without_it(one_unit):
    # The stays do not overlap in any month, so what they add adds up.
    assert sum(each.adds for each in one_unit.stays) == pytest.approx(one_unit.added)


def test_the_curve_counts_every_unit_once(one_unit):
    counts = [(own.out, own.on_the_way, own.resting, own.free) for own in one_unit.units]
    assert [sum(own) for own in counts] == [1] * 12
    assert sum(own.out for own in one_unit.units) == 7
    assert sum(own.resting for own in one_unit.units) == 2


def test_a_unit_on_its_way_stands_nowhere(valley):
    found = stagger(valley, router_of(valley), asking(notice_months=2, rest_months=0), LONG)
    assert sum(own.on_the_way for own in found.units) == 2 * len(found.stays)


def test_longer_stays_never_lower_the_answer(valley):
    answers = [
        stagger(valley, router_of(valley), asking(stay_max_months=most), LONG).raised[1]
        for most in (2, 3, 6, 12)
    ]
    assert all(low <= high + 1e-9 for low, high in pairwise(answers))


def test_a_unit_that_need_not_rest_may_stay_all_year(valley):
    asked = asking(stay_max_months=12, rest_months=0, places=asking().places[1:])
    found = stagger(valley, router_of(valley), asked, LONG)
    assert found.months_at(0) == tuple(range(1, 13))
    assert found.plan.changes[0].kind is SiteKind.TOB


@pytest.mark.parametrize("seed", [4, 10, 36])
def test_more_units_never_lower_the_answer(seed):
    prepared, asked = random_world(seed)
    answers = [
        stagger(prepared, router_of(prepared), with_units(asked, units), LONG).raised[1]
        for units in (1, 2, 3)
    ]
    assert all(low <= high + 1e-9 for low, high in pairwise(answers))


def test_names_and_their_order_change_nothing():
    prepared, asked = random_world(20)
    turned = [replace(place, place_id=f"z-{9 - n}", name="Other") for n, place in enumerate(asked.places)][
        ::-1
    ]
    answers = [
        stagger(prepared, router_of(prepared), each, LONG)
        for each in (asked, replace(asked, places=tuple(turned)))
    ]
    assert answers[0].raised[1] == pytest.approx(answers[1].raised[1], abs=1e-7)


@pytest.mark.parametrize("seed", [0, 11, 17, 28])
def test_the_answer_is_the_best_of_every_choice_of_stays(seed):
    prepared, asked = random_world(seed)
    found = stagger(prepared, router_of(prepared), asked, LONG)
    best = best_by_enumeration(prepared, asked, found.usable)
    assert found.raised[1] == pytest.approx(best, abs=1e-7)
    assert found.gap == 0


@pytest.mark.parametrize("seed", [0, 9, 11, 36])
def test_where_sets_are_too_many_cuts_prove_the_same(seed):
    prepared, asked = random_world(seed)
    router = router_of(prepared)
    values = MonthValues(prepared, router, asked)
    seasons = [tuple(months_in(season.months)) for season in prepared.area.seasons]
    solved = solve_stays(values, Stays.of(asked, values.usable), asked, seasons, LONG, most_sets=0)
    best = best_by_enumeration(prepared, asked, values.usable)
    assert solved.status is SearchStatus.PROVED
    assert solved.score == pytest.approx(best, abs=1e-7)
    assert solved.bound == pytest.approx(best, abs=1e-7)


@pytest.mark.parametrize("seed", [3, 17, 30])
def test_cuts_stopped_early_still_bound_the_best(seed):
    prepared, asked = random_world(seed)
    values = MonthValues(prepared, router_of(prepared), asked)
    seasons = [tuple(months_in(season.months)) for season in prepared.area.seasons]
    told: list[float] = []
    effort = SearchEffort(seconds=60, gap=0.0, told=lambda _s, _best, bound: told.append(bound))
    solve_stays(values, Stays.of(asked, values.usable), asked, seasons, effort, most_sets=0)
    best = best_by_enumeration(prepared, asked, values.usable)
    assert all(bound >= best - 1e-7 for bound in told)


def test_places_can_be_used_when_the_checks_of_proposals_say_others_reach_them():
    prepared, asked = random_world(5)
    router = router_of(prepared)
    found = stagger(prepared, router, asked, LONG)
    whole = review(prepared, asked.operation(dict.fromkeys(range(3), months_mask("all")), "all"), router)
    before = review(prepared, asked.base, router)
    for number, place in enumerate(asked.places):
        post = next(each for each in whole.stations if each.site_id == place.place_id)
        months = reachable_months(prepared, router, before, post)
        assert tuple(np.flatnonzero(found.usable[number]) + 1) == months


def test_units_at_sets_of_places_are_valued_as_a_review_does():
    prepared, asked = random_world(9)
    router = router_of(prepared)
    values = MonthValues(prepared, router, asked)
    for places in range(8):
        held = {place: months_mask("all") for place in range(3) if places >> place & 1}
        months = mission_by_month(prepared, review(prepared, asked.operation(held, "all"), router))
        own = [values.value(month, places) for month in range(1, 13)]
        assert own == pytest.approx(months.tolist(), abs=1e-7)


def test_what_places_far_apart_bring_adds_up(valley):
    values = MonthValues(valley, router_of(valley), asking())
    assert values.together[0] in ((1, 2), (3,))
    assert n_sets(values, 2) <= values.n_kinds * 4


def test_the_worst_season_can_count_alone(valley):
    asked = asking(units=2, mean_share=0.0)
    found = stagger(valley, router_of(valley), asked, LONG)
    seasons = [[month - 1 for month in months_in(season.months)] for season in valley.area.seasons]
    assert found.raised[1] == pytest.approx(min(found.with_units[own].mean() for own in seasons))


def test_units_that_cannot_repeat_their_year_take_turns():
    # Three stays of eight months, one after four: two units are enough in every month, yet two of any
    # three overlap on the circle, so that no two units can make the same stays every year.
    asked = asking(units=2, stay_max_months=8, rest_months=0)
    stays = [Stay(start, 8, place) for place, start in ((0, 1), (1, 5), (0, 9))]
    assert all(month_of_units(stays, asked, month).free == 0 for month in range(1, 13))
    units, rotates = units_of(stays, asked, 1)
    assert rotates
    for month in range(1, 13):
        there = [
            own[stay.when().index(month)]
            for stay, own in zip(stays, units, strict=True)
            if month in stay.when()
        ]
        assert sorted(there) == [1, 2]


def test_a_stay_longer_than_its_year_with_rest_takes_a_second_unit():
    asked = asking(units=2, stay_max_months=12, rest_months=3)
    stay = Stay(4, 12, 0)
    assert [month_of_units([stay], asked, month).free for month in (3, 4, 6, 7)] == [1, 0, 0, 1]
    units, rotates = units_of([stay], asked, 1)
    assert rotates
    assert set(units[0]) == {1, 2}


def test_units_that_can_repeat_their_year_do():
    asked = asking(units=2)
    stays = [Stay(1, 5, 0), Stay(7, 5, 0), Stay(3, 6, 1)]
    units, rotates = units_of(stays, asked, 10)
    assert not rotates
    assert [set(own) for own in units] == [{1}, {1}, {2}]


def test_a_stay_that_never_ends_stands_once():
    asked = asking(stay_min_months=12, stay_max_months=12, rest_months=0)
    assert len(Stays.of(asked, np.ones((2, 12), dtype=bool))) == 2


def test_stopped_at_once_it_still_has_stays_and_no_bound(valley):
    found = stagger(valley, router_of(valley), asking(), replace(LONG, stopped=lambda: True))
    assert found.status is SearchStatus.STOPPED
    assert found.stays
    assert found.gap == np.inf


def test_whoever_watches_is_told_of_rising_answers_and_falling_bounds(valley):
    told: list[tuple[float, float, float]] = []
    stagger(valley, router_of(valley), asking(), replace(LONG, told=lambda *each: told.append(each)))
    assert all(a[1] <= b[1] and a[2] >= b[2] for a, b in pairwise(told))
    assert told[-1][2] >= told[-1][1]


def test_without_a_supply_path_there_is_no_stay_and_nothing_added(valley):
    shut = asking(stay_min_months=9, stay_max_months=12, places=asking().places[:1])
    found = stagger(valley, router_of(valley), shut, LONG)
    assert found.stays == ()
    assert found.added == 0
    assert "No stay adds anything" in stagger_words(found, ENGLISH)


@pytest.mark.parametrize(
    ("differs", "words"),
    [
        ({"units": 0}, "1 to 50 mobile units"),
        ({"stay_min_months": 5, "stay_max_months": 4}, "a stay lasts 1 to 12 months"),
        ({"rest_months": 12}, "rest and notice last 0 to 11 months"),
        ({"assets": ()}, "mobile units need assets"),
        ({"assets": (("dragon", 1),)}, "no kind of asset dragon"),
        ({"places": ()}, "no place"),
        ({"places": asking().places[:1] * 2}, "stands twice"),
        ({"places": (MobilePlace("camp", "Camp", 0.0, 0.0),)}, "a site stands there already"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(valley, differs, words):
    with pytest.raises(OptionError, match=words):
        stagger(valley, router_of(valley), replace(asking(), **differs), LONG)


def test_what_stands_anyway_may_be_another_plan(valley):
    gone = Scenario("gone", (CloseSite("camp"),))
    found = stagger(valley, router_of(valley), asking(base=gone), LONG)
    assert not found.usable.any()
    assert found.plan.changes == gone.changes


@pytest.fixture(scope="module")
def bundled() -> Staggered:
    """Two units on the bundled case, among eight places that are looked for."""
    prepared = bundled_prepared()
    asked = usual_staggering(
        prepared.method.options,
        units=2,
        assets=package_assets(prepared.method, "integrated_base"),
        places=candidate_places(prepared, 8),
    )
    router = router_of(prepared)
    places = suggested_places(prepared, router, asked, 8)
    return stagger(prepared, router, replace(asked, places=places), LONG)


def test_on_the_bundled_case_two_units_are_proved_best(bundled):
    assert bundled.status is SearchStatus.PROVED
    assert bundled.added > 0.005
    assert bundled.known


def test_its_document_is_valid_and_plain(bundled):
    document = stagger_document(bundled_prepared(), bundled, ())
    content = json.loads(to_json(document))
    assert faults(content, DocumentName.STAGGER) == []
    assert content["gap"] == 0
    assert {row["place_id"] for row in content["stays"]} <= {row["place_id"] for row in content["places"]}


def test_a_bound_that_is_not_known_is_null_with_its_reason(valley):
    found = stagger(valley, router_of(valley), asking(), replace(LONG, stopped=lambda: True))
    document = stagger_document(valley, found, ())
    assert document.bound is None
    assert document.gap is None
    assert set(document.reasons) == {"bound", "gap"}


def test_the_chart_shows_each_place_with_the_unit_in_its_months(bundled):
    order = [(bundled_prepared().area.start_month - 1 + step) % 12 + 1 for step in range(12)]
    drawn = gantt(bundled, order, FRENCH)
    for made in bundled.stays:
        assert made.place.name in drawn
    assert len(re.findall(r"unité \d", drawn)) == sum(made.stay.months for made in bundled.stays)
    assert "Unités mobiles, mois par mois" in drawn


def test_the_page_of_the_chart_says_the_answer_in_words(bundled):
    page = gantt_page(bundled, range(1, 13), ENGLISH, "Here, today", ["Data are invented."])
    assert page.startswith("<!doctype html>")
    assert "2 mobile units raise" in page
    assert "Data are invented." in page


def test_a_stay_is_said_with_when_where_and_who(one_unit):
    said = stay_words(one_unit.stays[0], ENGLISH)
    assert said.startswith("Every year, ")
    assert said.endswith("unit 1 at North.")


def test_places_are_found_by_name():
    prepared = bundled_prepared()
    found = named_places(prepared, ["Koro", "14.35, -3.61"])
    assert found[0].name == "Koro"
    assert found[1].lat == pytest.approx(14.35, abs=1e-4)


def test_a_site_is_no_place_for_a_mobile_unit(valley):
    with pytest.raises(OptionError, match="a site stands there already"):
        named_places(valley, ["Camp"])


def test_a_package_that_is_not_there_is_refused_with_those_that_are(valley):
    with pytest.raises(OptionError, match=r"there is no package fleet; there are: .*integrated_base"):
        package_assets(valley.method, "fleet")
