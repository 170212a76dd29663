"""What a briefing says: figures as the reviews have them, and nothing that its release does not permit."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isnan, nan

import pytest

from footprint.briefing.content import ReceivedProposal, Telling, reckon
from footprint.briefing.content.parts import BarChart, Content, Prose, TextTable
from footprint.briefing.content.permitted import counted
from footprint.briefing.content.reckoning import STEPS
from footprint.criteria.criterion import Costs, Criterion
from footprint.criteria.terms import Terms
from footprint.disclosure import Precision
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.method import default_method
from footprint.objectives import load_objectives
from footprint.prepared import prepare
from footprint.releases.terms import Marking, Release
from footprint.scenario import CloseSite, MoveSite, OpenSite, RateRoad, Scenario
from layers import load_area
from tests.briefs import (
    RELEASE,
    at,
    brief_of,
    chapter_of,
    outpost,
    texts_of,
    told,
    valley,
)
from tests.worlds import (
    SEASONS,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_sites,
    make_units,
)

pytestmark = pytest.mark.slow

PARTS = [
    "bottom_line",
    "region",
    "footprints",
    "options",
    "losers",
    "proposals",
    "harm",
    "returns",
    "unknowns",
    "hanging",
    "decisions",
    "basis",
    "sources",
]


def tables(content: Content, key: str) -> list[TextTable]:
    return [each for each in chapter_of(content, key).blocks if isinstance(each, TextTable)]


def words(content: Content) -> str:
    return "\n".join(texts_of(content))


@pytest.fixture(scope="module")
def plain() -> Content:
    return told(brief_of(valley(), outpost()))


def test_a_briefing_has_its_ten_parts_and_its_pages_between(plain):
    assert [each.key for each in plain.chapters] == PARTS
    assert [each.number for each in plain.chapters if each.number] == list(range(1, 11))


@pytest.mark.parametrize("code", ["en", "fr"])
def test_both_languages_say_as_much(plain, code):
    other = told(brief_of(valley(), outpost(), language=code))
    shape = [[type(block).__name__ for block in each.blocks] for each in plain.chapters]
    assert [[type(block).__name__ for block in each.blocks] for each in other.chapters] == shape


def test_every_part_says_something_even_without_a_plan():
    content = told(brief_of(valley()))
    assert [each.key for each in content.chapters if not each.blocks] == []
    assert "the one option is to do nothing" in words(content)


# Figures


def by_hand():
    """
    Return a brief whose figures are set by hand: Force of the west .6 in the dry months, .2 in the rains (6-9).

    West: cool dry .6, hot dry .6, rains .2, flood .6; mean (8 × .6 + 4 × .2) / 12 = .4667, worst .2 in the rains.
    East: .1 all year.
    """
    brief = brief_of(valley())
    frame = brief.today.figures.copy()
    own = frame["level"] == Level.DISTRICT
    for unit, dry, wet in (("west", 0.6, 0.2), ("east", 0.1, 0.1)):
        rows = own & (frame["unit_id"] == unit)
        frame.loc[rows, "FF"] = [wet if month in (6, 7, 8, 9) else dry for month in frame.loc[rows, "month"]]
    return replace(brief, today=replace(brief.today, figures=frame, at_least=frame))


def test_seasons_mean_and_worst_are_those_worked_by_hand():
    force = tables(told(by_hand()), "footprints")[0]
    assert [(row[0], *(each.removesuffix("\u00a0%") for each in row[1:7])) for row in force.rows] == [
        ("East", *("10.0",) * 6),
        ("West", "60.0", "60.0", "20.0", "60.0", "46.7", "20.0"),
    ]
    assert force.rows[1][7] == SEASONS[2].label("en")


def test_of_two_seasons_that_read_alike_both_are_the_worst_and_of_more_none():
    telling = Telling(by_hand(), reckon(by_hand(), lambda _: None))
    first, second, *_ = (each.label("en") for each in SEASONS)
    assert telling.worst_season([0.1, 0.1004, 0.3, 0.4]) == f"{first}; {second[:1].lower()}{second[1:]}"
    assert telling.worst_season([0.1, 0.1, 0.1, 0.4]) == "several alike"
    assert telling.worst_season([0.1, 0.1, 0.1, 0.1]) == "all alike"
    assert telling.worst_season([0.1, nan, 0.1, 0.1]) == "–"
    assert tables(told(by_hand()), "footprints")[0].rows[0][7] == "all alike"


def test_a_unit_called_as_one_of_the_other_level_is_told_by_what_it_is():
    basis = make_basis(
        make_area(
            sites=make_sites({"mill": (10, 25)}),
            assets=make_assets({"mill": {"infantry_company": 1}}),
            regions=make_units({"ouest": (0, 0, 100, 50)}),
            districts=make_units(
                {"ouest": (0, 0, 50, 50), "east": (50, 0, 100, 50)}, dict.fromkeys(("ouest", "east"), "ouest")
            ),
        )
    )
    brief = brief_of(basis, language="fr", focus="region:ouest")
    telling = Telling(brief, reckon(brief, lambda _: None))
    assert telling.where == "région d’Ouest"
    assert telling.called(Level.DISTRICT, "Ouest").endswith(" d’Ouest")
    assert telling.called(Level.DISTRICT, "East") == "East"


# What is not known


@pytest.fixture(scope="module")
def silent() -> Content:
    """Return a world whose data name troops alone: no civilian and no police anywhere."""
    return told(brief_of(valley(), outpost()))


def test_the_mission_is_not_known_where_the_data_name_no_civilians(silent):
    year = tables(silent, "bottom_line")[0]
    mission = tables(silent, "footprints")[1]
    cells = [*year.rows[0][4:], *(cell for row in mission.rows for cell in row[1:8])]
    assert "–" in cells
    assert {cell for cell in cells if not cell.startswith("≥")} == {"–"}
    assert "not known" in year.note


def test_what_is_not_known_has_no_bar(silent):
    chart = next(each for each in chapter_of(silent, "footprints").blocks if isinstance(each, BarChart))
    assert all(map(isnan, chart.series[1].shares))


def test_nobody_is_said_not_to_lose_of_what_is_not_known():
    content = told(brief_of(valley(), Scenario("Wait")))
    said = [each.text for each in chapter_of(content, "bottom_line").blocks if isinstance(each, Prose)]
    own = next(each for each in said if each.startswith("Mission, mean of the year"))
    assert own.count("is not known") == 2


@pytest.mark.real
def test_on_real_data_the_mission_is_nowhere_a_number(real_folder):
    prepared = prepare(load_area(real_folder), default_method(), load_objectives(real_folder))
    content = told(brief_of(prepared, focus="Mopti"))
    mission = tables(content, "footprints")[1]
    assert {cell for row in mission.rows for cell in row[1:] if not cell.startswith("≥")} == {"–"}
    # Nor is need that is in no known class nought of a known one.
    classes = tables(content, "region")[0]
    assert all(cell == "–" or cell.startswith("≥") for row in classes.rows for cell in row[-5:-1])
    missing = "The data name no"
    assert any(
        isinstance(each, Prose) and missing in each.text for each in chapter_of(content, "unknowns").blocks
    )


EXACT = Release("p", "a", "r", Marking.STRICTLY_CONFIDENTIAL, Precision.RESTRICTED)
OTHER_TERMS = [
    replace(EXACT, precision=precision, marking=marking)
    for precision in Precision
    for marking in Marking
    if (precision, marking) != (EXACT.precision, EXACT.marking) and marking is not Marking.UNCLASSIFIED
]


def test_on_the_strictest_terms_what_the_answer_hangs_on_has_its_names():
    (table, *rest) = tables(told(brief_of(valley(), outpost(), release=EXACT)), "hanging")
    assert "Site Outpost" in [row[0] for row in table.rows]
    assert rest[0].title.startswith("Whose loss costs each region most Force")


@pytest.mark.parametrize("terms", OTHER_TERMS)
def test_on_all_other_terms_what_the_answer_hangs_on_is_told_by_kind(terms):
    content = told(brief_of(valley("Whitecliff"), outpost("Greenhill"), release=terms))
    page = chapter_of(content, "hanging")
    said = words_of(list(page.blocks))
    assert not re.findall("Whitecliff|Greenhill|mill|outpost|West|East|Infantry|Helicopter", said)
    assert "Most hangs on: a" in said
    assert "“As in the data” and marked strictly confidential" in said
    (table,) = tables(content, "hanging")
    reckoned = reckon(brief_of(valley("Whitecliff"), outpost("Greenhill"), release=terms), lambda _: None)
    assert sum(int(row[1]) for row in table.rows) == len(reckoned.fragility.left_out)


@pytest.mark.parametrize("terms", OTHER_TERMS)
def test_on_all_other_terms_no_notice_names_a_site_that_is_weak(terms):
    (lonely,) = (replace(each, name="Whitecliff") for each in [OpenSite("far", "x", **lonlat(75, 40))])
    brief = brief_of(valley(), Scenario("Far", (lonely,)), release=terms)
    assert "Whitecliff" not in words_of(list(chapter_of(told(brief), "unknowns").blocks))


def test_holdings_are_told_in_sum_but_on_the_strictest_terms():
    confidential = words(told(brief_of(valley(), outpost())))
    strict = words(told(brief_of(valley(), outpost(), release=EXACT)))
    assert "Outpost: add 1 × " in strict
    assert "Outpost: add 1 × " not in confidential
    assert "Mill: take away" not in confidential
    label = default_method().assets
    team, company = (label[kind].label for kind in ("civil_affairs_team", "infantry_company"))
    assert f"assets in sum, and not site by site: +1 × {team} and ±0 × {company}" in confidential


def test_which_roads_are_searched_is_told_by_name_on_the_strictest_terms_alone():
    plan = Scenario("Search", (RateRoad("road", rated=False),))
    said = {
        terms: words_of(list(chapter_of(told(brief_of(valley(), plan, release=terms)), "options").blocks))
        for terms in (EXACT, RELEASE)
    }
    assert "No longer search road Road to Mill" in said[EXACT]
    assert "Road to Mill" not in said[RELEASE]
    assert "which roads are searched before use changes" in said[RELEASE]


def test_how_many_pieces_change_nothing_is_what_was_reckoned(plain):
    brief = brief_of(valley(), outpost())
    without = reckon(brief, lambda _: None).fragility.n_without_effect
    (lead, *_) = chapter_of(plain, "hanging").blocks
    assert isinstance(lead, Prose)
    assert f" {without} change nothing" in lead.text


def test_with_several_plans_each_is_told_by_its_name():
    content = told(brief_of(valley(), outpost("One"), outpost("Two")))
    said = [each.text for each in chapter_of(content, "bottom_line").blocks if isinstance(each, Prose)]
    assert {"With Plan of One:", "With Plan of Two:"} <= set(said)
    assert list(tables(content, "options")[0].header) == [
        "",
        "Do nothing",
        "Plan of One",
        "Plan of Two",
    ]


def test_proposals_stand_with_their_status_and_reasons():
    proposal = ReceivedProposal(
        "Post at the ford", "Mopti office", "needs two signatures", ("no consent", "no water")
    )
    content = told(brief_of(valley()), proposals=(proposal,))
    (table,) = tables(content, "proposals")
    assert table.rows == (
        ("Post at the ford", "Mopti office", "needs two signatures", "no consent; no water"),
    )
    assert "1 was given with this briefing" in words(content)


def test_proposals_are_numbered_where_places_are_coarse():
    proposal = ReceivedProposal("Post at Whitecliff", "Mopti office", "open", ("near Whitecliff",))
    content = told(brief_of(valley(), release=at(Precision.PUBLIC)), proposals=(proposal,))
    assert "Whitecliff" not in words(content)
    assert tables(content, "proposals")[0].rows[0][0] == "Proposal 1"


def test_costs_that_are_stated_stand_beside_those_that_are_not():
    plan = outpost()
    brief = brief_of(valley(), plan)
    stated = reckon(brief, lambda _: None, {plan.name: Costs(2_000_000.0, 500_000.0)})
    rows = {row[0]: row[1:] for row in tables(told(brief, stated), "options")[1].rows}
    assert rows["One-off cost"] == ("–", "2,000,000")


def test_groups_rank_the_options_by_their_own_weights():
    terms = Terms({"Force HQ": {Criterion.FORCE_MEAN: 1.0}})
    content = told(brief_of(valley(), outpost()), terms=terms)
    assert any(text.startswith("Force HQ: 1. ") for text in texts_of(content))


def test_who_is_told_what_is_reckoned_hears_every_step():
    heard: list[str] = []
    reckon(brief_of(valley()), heard.append)
    assert tuple(heard) == STEPS


# What is permitted


@pytest.mark.parametrize("precision", [Precision.STRICT, Precision.PUBLIC])
def test_no_site_of_a_plan_is_named_where_places_are_coarse(precision):
    content = told(brief_of(valley(), outpost("Whitecliff"), release=at(precision)))
    assert "Whitecliff" not in words(content)
    assert "would open" not in words(content)
    assert "the plan" in words(content)


@pytest.mark.parametrize("precision", [Precision.STRICT, Precision.PUBLIC])
def test_where_places_are_coarse_shares_are_told_to_the_per_cent_and_no_number_of_incidents(precision):
    content = told(brief_of(valley(), outpost(), release=at(precision)))
    said = [
        each for key in PARTS if key not in {"basis", "sources"} for each in chapter_of(content, key).blocks
    ]
    assert re.findall(r"\d[.,]\d+\u00a0(?:%|pt)", words_of(said)) == []
    assert "attacks on civilians]" in words_of(said)
    assert re.findall(r"\d+ attacks on civilians", words_of(said)) == []
    assert "Incidents" not in words_of(list(chapter_of(content, "unknowns").blocks))


def words_of(blocks: list[object]) -> str:
    return "\n".join(text for each in blocks for text in texts_of(each))


def test_under_the_strictest_profile_sites_are_called_by_their_unit():
    content = told(brief_of(valley("Whitecliff"), release=at(Precision.STRICT)))
    (_, sites) = tables(content, "region")
    assert sites.rows[0][0] == "Site in West"
    part = [each for key in PARTS if key != "basis" for each in chapter_of(content, key).blocks]
    assert "Whitecliff" not in words_of(part).replace("Road to Whitecliff", "")


def test_what_a_plan_takes_away_is_not_told_where_places_are_coarse():
    content = told(brief_of(valley(), outpost(), release=at(Precision.PUBLIC)))
    options = tables(content, "options")[0]
    assert [row for row in options.rows if row[0] == "Donors"] == [("Donors", "–", "not told")]


@pytest.mark.parametrize("precision", [Precision.STRICT, Precision.PUBLIC])
def test_how_many_sites_open_and_close_is_told_where_places_are_coarse(precision):
    plan = Scenario("x", (OpenSite("outpost", "Outpost", **lonlat(75, 25)), CloseSite("mill")))
    said = words_of(list(chapter_of(told(brief_of(valley(), plan, release=at(precision))), "options").blocks))
    assert "The plan: 1 site opens in East; 1 site closes in the area" in said


@pytest.mark.parametrize("precision", [Precision.STRICT, Precision.PUBLIC])
def test_what_a_plan_moves_stands_where_it_does_today_where_places_are_coarse(precision):
    moving = Scenario("Move", (MoveSite("mill", **lonlat(60, 25)),))
    (_, sites) = tables(told(brief_of(valley(), moving, release=at(precision))), "region")
    assert [(row[2], row[3]) for row in sites.rows] == [("West", "stands")]


def test_closing_a_site_is_not_told_where_places_are_coarse():
    closing = Scenario("Leave Mill", (CloseSite("mill"),))
    coarse = told(brief_of(valley(), closing, release=at(Precision.PUBLIC)))
    exact = told(brief_of(valley(), closing))
    assert "would close" in words(exact)
    assert "would close" not in words(coarse)
    assert "Leave Mill" not in words(coarse)


@pytest.mark.parametrize("precision", list(Precision))
def test_no_position_is_written(precision):
    moving = Scenario("Move", (MoveSite("mill", **lonlat(60, 25)),))
    content = told(brief_of(valley(), moving, outpost(), release=at(precision)))
    assert re.findall(r"\d[.,]\d+\u00a0?°|°\s*[NSEW]", words(content)) == []


@pytest.mark.parametrize("number", [1, 2, 2.5])
def test_one_or_two_incidents_are_never_a_number(number):
    assert counted(number, Language("en")) == "fewer than 3"


@pytest.mark.parametrize(("number", "written"), [(0, "0"), (3, "3"), (1200, "1,200")])
def test_none_and_three_incidents_are_numbers(number, written):
    assert counted(number, Language("en")) == written


def test_hashes_of_places_are_keyed_where_places_are_coarse(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    brief = brief_of(valley(), release=at(Precision.PUBLIC))
    plain = told(brief_of(valley()))
    coarse = told(brief)
    assert plain.imprint.run == brief.today.provenance.identifier
    assert coarse.imprint.run != brief.today.provenance.identifier


# Names

HOSTILE = '#import "x": * <script>alert(1)</script> =1+1 *b* $x$ \\ @a [y] {z} \x1b[2J\u202e'


def test_names_that_steer_are_made_plain():
    content = told(brief_of(valley(HOSTILE, HOSTILE)))
    assert '#import "x": * <script>alert(1)</script> =1+1 *b* $x$ \\ @a [y] {z} [2J' in words(content)
    assert re.search("[\x00-\x09\x0b-\x1f\u202e]", words(content)) is None


def test_an_area_without_need_or_people_tells_that_nothing_is_known():
    empty = make_basis(
        make_area(sites=make_sites({"mill": (10, 25)}), assets=make_assets({}), people={(10.0, 25.0): 0.0})
    )
    content = told(brief_of(empty))
    assert tables(content, "bottom_line")[0].rows[0][1:] == ("–",) * 6
    assert "nan" not in words(content)


def test_a_table_refuses_rows_of_another_length():
    with pytest.raises(ValueError, match="rows of"):
        TextTable(title="t", header=("a", "b"), rows=(("1",),), numeric=(False, True))


def test_nan_is_never_written(plain):
    assert "nan" not in re.findall(r"\bnan\b", words(plain))
    assert str(nan) not in words(plain).split()
