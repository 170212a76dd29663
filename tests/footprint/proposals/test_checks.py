"""Checks: each is shown to speak where it should and to be silent where it should not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from math import isnan

import numpy as np
import pytest

from footprint.disclosure import Precision
from footprint.documents.json import to_json
from footprint.documents.proposal import proposal_check_document
from footprint.documents.schema import DocumentName
from footprint.language import Language
from footprint.method import default_method
from footprint.proposals.case import Severity
from footprint.proposals.form import Consent, ConsentState, EvidencePiece, PlacedTo, ProposalKind, Provided
from footprint.proposals.gates import Nearness
from footprint.releases.terms import Marking
from layers.months import months_mask
from layers.sensitive import SensitiveKind
from tests.footprint.documents.validate import faults
from tests.footprint.proposals.conftest import PACKAGE, RING, WEST, at, but, codes, held, world
from tests.worlds import frame, lonlat, make_assets, make_basis, make_roads, make_sites, make_units

pytestmark = pytest.mark.slow

EAST = at(90, 10)


def said(checked, code, language="en"):
    """Return the sentence of a check."""
    return next(each.phrase.said(Language(language)) for each in checked.checks if each.code == code)


def figures(checked, code):
    """Return the figures of a check by name, month and what they are of."""
    return {
        (figure.name, figure.month, figure.of): figure.value
        for each in checked.checks
        if each.code == code
        for figure in each.evidence
    }


def test_nothing_stands_against_a_proposal_that_says_all(tidy):
    checked = held(tidy, EAST, near=dict.fromkeys(SensitiveKind, Nearness.NO))
    assert codes(checked) == set()
    assert checked.may_go_on
    assert {"gain", "gain_per_cost", "watch_ring", "new_posts"} <= codes(checked, "info")


BLOCKS = {
    "objective_missing": ("why", {"objective": ""}),
    "objective_unknown": ("why", {"objective": "other"}),
    "tier_missing": ("why", {"tier": None}),
    "season_missing": ("why", {"season": ""}),
    "season_unknown": ("why", {"season": "SPRING"}),
    "alternative_missing": ("why", {"alternatives": ()}),
    "exit_missing": ("what", {"exit_condition": ""}),
    "kind_missing": ("what", {"kind": None}),
    "place_missing": ("what", {"lon": None}),
    "other_unit": ("what", {"unit": "Elsewhere"}),
    "donor_missing": ("what", {"package": (replace(PACKAGE[0], donor=""), *PACKAGE[1:])}),
    "package_missing": ("what", {"package": ()}),
    "classification_missing": ("harm", {"classification": None}),
    "classification_too_low": ("harm", {"classification": Marking.UNCLASSIFIED}),
    "precision_too_fine": ("harm", {"precision": Precision.RESTRICTED}),
    "other_area": ("provenance", {"area_id": "elsewhere"}),
}


@pytest.mark.parametrize("code", BLOCKS)
def test_what_is_missing_or_wrong_keeps_it_from_the_workshop(tidy, code):
    part, differs = BLOCKS[code]
    checked = held(tidy, but(EAST, part, **differs))
    assert code in codes(checked, "block")
    assert not checked.may_go_on
    assert said(checked, code) != said(checked, code, "fr")


def test_a_place_without_base_is_an_alternative_too(tidy):
    assert "alternative_missing" in codes(held(tidy, but(EAST, "why", without_base="")), "block")


IMPOSSIBLE = {
    "a place outside": ({"lon": 14.0, "lat": -3.0}, "outside the area"),
    "a donor that has not so many": (
        {"package": (replace(PACKAGE[0], count=3), *PACKAGE[1:])},
        "West has 2 × Infantry company and cannot give 3",
    ),
    "a donor of whose teams the data say nothing": (
        {"package": (Provided(kind="good_offices_team", count=1, donor="west"),)},
        "Whether West has Good offices team is not known",
    ),
    "a donor that is not there": ({"package": (replace(PACKAGE[0], donor="moon"),)}, "no site moon"),
    "a kind that is not there": ({"package": (Provided(kind="tank", count=1, donor="new"),)}, "asset tank"),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_cannot_be_made_is_said_and_not_reckoned(tidy, what):
    differs, words = IMPOSSIBLE[what]
    checked = held(tidy, but(EAST, "what", **differs))
    assert words in said(checked, "cannot_be_made")
    assert "not_reckoned" in codes(checked, "info")
    assert checked.case.outcome is None


def test_every_reason_is_said_at_once(tidy):
    package = (Provided(kind="tank", count=1, donor="new"), Provided(kind="surgery", count=9, donor="west"))
    checked = held(tidy, but(EAST, "what", package=package))
    assert len([each for each in checked.checks if each.code == "cannot_be_made"]) == 2


def test_files_that_changed_since_are_a_warning(tidy):
    assert "stale" in codes(held(tidy, but(EAST, "provenance", area_digest="1" * 16)), "warn")


# -- gates -------------------------------------------------------------------------------------


def test_surgery_too_late_is_told_month_by_month():
    far = world(size=(0, 0, 400, 50), roads=make_roads({"long": [(10, 10), (390, 10)]}))
    checked = held(far, but(at(390, 10), "what", months=months_mask("10-1")))
    minutes = figures(checked, "casevac_late")
    # 30 min notice, 380 km out, 15 min, 380 km back at 200 km/h, to the middle of its cell.
    assert {month for _, month, _ in minutes} == {10, 11, 12, 1}
    assert next(iter(minutes.values())) == pytest.approx(45 + 2 * 380 * 60 / 200, abs=3)
    gate = next(each for each in checked.checks if each.code == "casevac_late")
    assert gate.signed_by is not None


def test_surgery_that_no_data_name_is_not_known_rather_than_late():
    silent = world(assets=make_assets({"west": {key: n for key, n in WEST.items() if key != "surgery"}}))
    checked = held(silent, EAST)
    assert "casevac_not_known" in codes(checked, "gate")
    assert "casevac_late" not in codes(checked)


CONSENTS = {
    "consent_none": {"host_government": Consent(), "community": Consent(state=ConsentState.REFUSED)},
    "consent_one_sided": {"community": Consent(state=ConsentState.PENDING)},
    "consent_without_women": {"women_consulted": False},
}


@pytest.mark.parametrize("code", CONSENTS)
def test_consent_that_is_not_whole_is_signed_for(tidy, code):
    checked = held(tidy, but(EAST, "feasibility", **CONSENTS[code]))
    assert codes(checked, "gate") == {code}


def test_women_of_whom_nothing_is_said_are_not_known(tidy):
    checked = held(tidy, but(EAST, "feasibility", women_consulted=None))
    assert "not known" in said(checked, "consent_without_women")


def test_national_forces_need_due_diligence_and_silence_is_no_no(tidy):
    beside = but(EAST, "harm", national_forces=True)
    assert codes(held(tidy, beside), "gate") == {"national_forces"}
    assert codes(held(tidy, but(beside, "harm", hrddp_reference="R/1")), "gate") == set()
    unsaid = but(EAST, "harm", national_forces=None)
    assert codes(held(tidy, unsaid), "gate") == {"national_forces_not_known"}


def test_a_grazing_corridor_matters_in_the_months_of_the_herds(tidy):
    there = but(EAST, "harm", grazing_corridor=True)
    assert codes(held(tidy, there), "gate") == {"grazing_corridor"}
    assert codes(held(tidy, but(there, "what", months=months_mask("1-10"))), "gate") == set()
    unsaid = but(EAST, "harm", grazing_corridor=None)
    assert codes(held(tidy, unsaid), "gate") == {"grazing_not_known"}


def test_a_site_of_one_component_is_signed_for(tidy):
    alone = but(EAST, "what", package=(PACKAGE[0],))
    assert "single_component" in codes(held(tidy, alone), "gate")
    assert "military" in said(held(tidy, alone), "single_component")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Nearness.YES, "sensitive_near"),
        (Nearness.NOT_KNOWN, "sensitive_not_known"),
        (Nearness.NOT_ANSWERED, "sensitive_not_answered"),
    ],
)
def test_sensitive_places_that_may_be_near_are_signed_for(tidy, answer, code):
    near = dict.fromkeys(SensitiveKind, Nearness.NO) | {SensitiveKind.WELL: answer}
    checked = held(tidy, EAST, near=near)
    assert codes(checked, "gate") == {code}
    assert "well" in said(checked, code)
    assert "school" not in said(checked, code)


def test_a_donor_whose_region_falls_is_signed_for():
    """East has all the people, West none: what leaves the site there is lost to its region."""
    sites = make_sites({"west": (10, 10), "donor": (75, 10)})
    regions = make_units({"r1": (0, 0, 30, 50), "r2": (30, 0, 100, 50)}, {"r1": "country", "r2": "country"})
    split = world(
        sites=sites,
        assets=make_assets(
            {"west": WEST, "donor": {"infantry_company": 1, "civil_affairs_team": 1, "community_liaison": 1}}
        ),
        regions=regions,
        people={(75, 10): 1000.0, (12, 42): 10.0},
    )
    taken = tuple(replace(each, donor="donor") for each in PACKAGE)
    checked = held(split, but(at(12, 42), "what", package=taken))
    lost = figures(checked, "donor_region_loss")
    assert list(lost) == [("MF_worst", None, "r2")]
    assert next(iter(lost.values())) < -0.05
    given = tuple(replace(each, donor="new") for each in PACKAGE)
    assert "donor_region_loss" not in codes(held(split, but(at(12, 42), "what", package=given)))


def test_what_is_lost_of_tiers_nobody_knows_is_not_known():
    """The data name no civilian team: tiers I and III, and so the Mission, are not known."""
    troops = {"infantry_company": 2, "helicopter": 1, "surgery": 1, "unpol_team": 2}
    silent = world(assets=make_assets({"west": troops}))
    package = (PACKAGE[0], replace(PACKAGE[1], donor="new"), PACKAGE[2])
    checked = held(silent, but(EAST, "what", package=package))
    assert "donor_region_not_known" in codes(checked, "gate")
    assert "adds by itself" in said(checked, "gain")
    losses = checked.case.outcome.donors[0].losses
    assert losses["MF"].isna().all()
    assert (losses["FF"] < 0).all()
    document = proposal_check_document(silent, checked.case.outcome.before, [checked], [])
    assert faults(json.loads(to_json(document)), DocumentName.PROPOSAL_CHECK) == []
    row = document.proposals[0].donors[0].losses[0]
    assert row.MF is None
    assert "not known" in row.reasons["MF"]
    assert "donor_region_not_known" not in codes(held(world(), EAST))


# -- warnings ----------------------------------------------------------------------------------


def test_a_site_that_others_seldom_reach():
    """East and the only road to it are under water for eight months."""
    wet = world(
        roads=make_roads({"one": [(10, 10), (90, 10)]}),
        flood={"basin": ("2-9", (40, 0, 70, 50))},
        rivers=None,
    )
    months = months_mask("10-1")
    checked = held(wet, but(EAST, "what", months=months))
    assert figures(checked, "seldom_reachable") == {("reachable_months", None, ""): 4}
    assert "seldom_reachable" not in codes(held(world(), but(EAST, "what", months=months)))


def test_supply_that_hangs_on_one_road(tidy):
    one = world(roads=make_roads({"one": [(10, 10), (90, 10)]}))
    assert figures(held(one, EAST), "single_supply_path") == {("ways_apart", None, "one"): 1.0}
    none = world(roads=make_roads({"one": [(10, 10), (40, 10)], "two": [(60, 10), (90, 10)]}))
    assert "no_supply_path" in codes(held(none, EAST), "warn")
    assert not {"single_supply_path", "no_supply_path"} & codes(held(tidy, EAST))


def test_a_ring_with_a_piece_that_is_shut_is_one_road():
    shut = world(roads=make_roads(RING, closed_months={"north": months_mask("7")}))
    assert "single_supply_path" in codes(held(shut, EAST))
    dry = but(EAST, "what", months=months_mask("8-6"))
    assert "single_supply_path" not in codes(held(shut, dry))


def test_a_site_that_brings_what_is_there(tidy):
    beside = at(12, 10)
    shares = figures(held(tidy, beside), "overlap_site")
    assert 0.6 < shares["overlap", None, "west"] <= 1
    assert "overlap_site" not in codes(held(tidy, EAST))


def test_proposals_of_two_offices_fifteen_kilometres_apart(tidy):
    other = replace(at(80, 10), office="Second office", name="Near")
    checked = held(tidy, EAST, other)
    assert figures(checked, "conflict_near") == {("distance_km", None, "Near"): 10}
    assert "conflict_overlap" in codes(checked)
    assert "Second office" in said(checked, "conflict_near")
    far = replace(at(74, 10), office="Second office")
    assert "conflict_near" not in codes(held(tidy, EAST, far))
    same = replace(at(80, 10), name="Our other idea")
    assert not {"conflict_near", "conflict_overlap"} & codes(held(tidy, EAST, same))


def test_an_office_nobody_names_may_be_another_one(tidy):
    nameless = replace(EAST, office="")
    assert "conflict_near" in codes(held(tidy, nameless, replace(at(80, 10), office="")))
    assert "conflict_near" not in codes(held(tidy, EAST, replace(at(80, 10), office="first Office ")))


def test_proposals_that_bring_nothing_alike_do_not_overlap(tidy):
    police = (Provided(kind="unpol_team", count=1, donor="west"),)
    other = replace(but(at(80, 10), "what", package=police), office="Second office")
    assert "conflict_overlap" not in codes(held(tidy, EAST, other))


def test_an_asset_booked_twice_over_all_proposals(tidy):
    second = replace(but(at(60, 10), "what", package=(replace(PACKAGE[0], count=2),)), name="Middle")
    checked = held(tidy, EAST, second)
    asked = figures(checked, "booked_twice")
    assert asked == {("asked", None, "west/infantry_company"): 3, ("held", None, "west/infantry_company"): 2}
    assert "Middle" in said(checked, "booked_twice")
    first = replace(but(at(60, 10), "what", package=(PACKAGE[0],)), name="Middle")
    assert "booked_twice" not in codes(held(tidy, EAST, first))


def test_closing_a_donor_books_it_too(tidy):
    closing = but(EAST, "what", kind=ProposalKind.CLOSE, site="west", package=(), lon=None, lat=None)
    assert "booked_twice" in codes(held(tidy, EAST, closing))


def evidence(**differs):
    piece = {"stated_on": date(2019, 6, 1), "source": "A", "statement": "x", "placed_to": PlacedTo.PLACE}
    return EvidencePiece(**(piece | differs))


SECOND = evidence(source="B")
EVIDENCE = {
    "evidence_missing": (),
    "evidence_undated": (evidence(stated_on=None), evidence(stated_on=None, source="B")),
    "evidence_old": (
        evidence(stated_on=date(2018, 12, 31)),
        evidence(stated_on=date(2018, 12, 1), source="B"),
    ),
    "evidence_future": (evidence(stated_on=date(2019, 7, 1)), SECOND),
    "evidence_single": (evidence(), evidence(source=" a ")),
    "evidence_unsourced": (evidence(source=""),),
    "evidence_imprecise": (evidence(placed_to=None), evidence(placed_to=PlacedTo.DISTRICT, source="B")),
}


@pytest.mark.parametrize("code", EVIDENCE)
def test_weak_evidence_is_warned_about(tidy, code):
    assert codes(held(tidy, but(EAST, "why", evidence=EVIDENCE[code]))) == {code}


def test_evidence_of_180_days_is_not_old(tidy):
    pieces = (evidence(stated_on=date(2019, 1, 1)), evidence(stated_on=date(2019, 1, 1), source="B"))
    assert codes(held(tidy, but(EAST, "why", evidence=pieces))) == set()


def test_water_and_whatever_else_is_not_stated(tidy):
    assert codes(held(tidy, but(EAST, "feasibility", water_source=""))) == {"water_unstated"}
    silent = held(tidy, but(EAST, "harm", reprisals="", readers=""))
    assert said(silent, "not_stated").endswith("danger of reprisals and roles that may read it.")
    # Nought is an answer.
    assert codes(held(tidy, but(EAST, "what", escort_days=0.0, engineers=0))) == set()


def test_assets_said_to_be_at_hand_more_often_than_usual(tidy):
    package = (replace(PACKAGE[0], availability=0.9), *PACKAGE[1:])
    assert codes(held(tidy, but(EAST, "what", package=package))) == {"availability_above_default"}
    usual = (replace(PACKAGE[0], availability=0.35), *PACKAGE[1:])
    assert codes(held(tidy, but(EAST, "what", package=usual))) == set()


def in_lake():
    area = world().area
    lake = make_units({"lake": (85, 5, 95, 15)})
    lakes = frame({"lake_id": ["lake"], "name": ["Lake"]}, "lake_id", list(lake.geometry))
    return make_basis(replace(area, lakes=lakes))


def test_a_place_in_a_lake_is_told_the_nearest_dry_one():
    checked = held(in_lake(), but(EAST, "what", **lonlat(93, 10)))
    assert "in_water" in codes(checked, "warn")
    assert "nearest place that is suitable" in said(checked, "in_water")
    suggested = said(checked, "in_water").split("suitable: ")[1].split(" (")[0]
    lat, lon = map(float, suggested.split(", "))
    assert not {"in_water", "in_flood", "off_network"} & codes(
        held(in_lake(), but(EAST, "what", lon=lon, lat=lat))
    )


def test_a_place_in_flood_matters_in_the_months_planned():
    wet = world(flood={"plain": ("9-11", (80, 0, 100, 20))})
    assert {month for _, month, _ in figures(held(wet, EAST), "in_flood")} == {9, 10, 11}
    dry = but(EAST, "what", months=months_mask("12-8"))
    assert "in_flood" not in codes(held(wet, dry))


def test_a_place_off_the_network_is_told_the_nearest_on_it():
    far = world(size=(0, 0, 100, 150), roads=make_roads({"one": [(10, 10), (90, 10)]}))
    checked = held(far, at(50, 90))
    assert "off_network" in codes(checked, "warn")
    assert "suitable: " in said(checked, "off_network")


# -- information -------------------------------------------------------------------------------


def test_gain_for_cost_is_not_known_where_the_cost_is_not(tidy):
    assert "not known" in said(held(tidy, but(EAST, "feasibility", recurrent_usd=None)), "gain_per_cost")
    gain = figures(held(tidy, EAST), "gain")["MF_mean", None, "whole"]
    assert figures(held(tidy, EAST), "gain_per_cost")["MF_per_million_usd", None, ""] == pytest.approx(
        gain / 2
    )


def test_the_ring_counts_people_by_the_shortest_way(tidy):
    people = figures(held(tidy, EAST), "watch_ring")["ring_people", None, ""]
    # Cells from 30 to 80 km by the shortest way of (90, 10), ten people each, 200 cells in all.
    assert 500 < people < 1500


def test_a_gain_on_average_that_a_region_pays_for_is_warned_about():
    """One of two teams leaves the west, where few live, for the east, where many do."""
    halves = {"west": (0, 0, 50, 50), "east": (50, 0, 100, 50)}
    prepared = world(
        people={(12.5, 12.5): 100, (87.5, 12.5): 900},
        regions=make_units(halves, dict.fromkeys(halves, "country")),
        districts=make_units(halves, {name: name for name in halves}),
    )
    checked = held(prepared, EAST)
    assert "equity" in codes(checked, "warn")
    assert "West falls from" in said(checked, "equity")
    assert figures(checked, "equity")["MF_worst", None, "west"] < -0.05


def test_people_nobody_knows_are_not_known_in_the_ring(tidy):
    population = replace(tidy.area.population, people=np.full_like(tidy.area.population.people, np.nan))
    silent = make_basis(replace(tidy.area, population=population))
    checked = held(silent, EAST)
    assert isnan(figures(checked, "watch_ring")["ring_people", None, ""])
    assert "not known" in said(checked, "watch_ring")


def test_two_proposals_are_ranked(tidy):
    weak = replace(
        but(at(20, 12), "what", package=(Provided(kind="unpol_team", count=1, donor="west"),)), name="Weak"
    )
    ranks = figures(held(tidy, EAST, weak), "rank")
    assert len(ranks) == 6
    assert set(ranks.values()) <= {1, 2}
    assert "rank" not in codes(held(tidy, EAST), "info")


def test_donors_of_a_seasonal_site_lose_all_year(tidy):
    assert "donors_all_year" in codes(held(tidy, but(EAST, "what", months=months_mask("10-1"))), "info")
    assert "donors_all_year" not in codes(held(tidy, EAST), "info")


# -- numbers of the method ---------------------------------------------------------------------


def test_every_number_of_the_checks_acts(tidy):
    other = replace(at(74, 10), office="Second office")
    closing = but(EAST, "what", kind=ProposalKind.CLOSE, site="west", package=(), lon=None, lat=None)
    herds = but(but(EAST, "harm", grazing_corridor=True), "what", months=months_mask("1-10"))
    wet = world(
        roads=make_roads({"one": [(10, 10), (90, 10)]}), flood={"basin": ("2-9", (40, 0, 70, 50))}
    ).area
    trials = {
        "conflict_km": (tidy.area, 20, "conflict_near", (EAST, other)),
        "overlap_share": (tidy.area, 1, "overlap_site", (at(40, 10),)),
        "reachable_months_min": (wet, 4, "seldom_reachable", (EAST,)),
        "evidence_days": (tidy.area, 10, "evidence_old", (EAST,)),
        "donor_drop": (tidy.area, 1, "donor_region_loss", (closing,)),
        "corridor_first_month": (tidy.area, 10, "grazing_corridor", (herds,)),
        "corridor_last_month": (tidy.area, 1, "grazing_corridor", (herds,)),
    }
    for name, (area, value, code, proposals) in trials.items():
        method = default_method().edited({f"proposals.{name}": float(value)})
        before, after = (
            code in codes(held(make_basis(area, method=each), *proposals))
            for each in (default_method(), method)
        )
        assert before != after, name
    people = figures(held(tidy, EAST), "watch_ring")
    for name in ("ring_near_km", "ring_far_km"):
        method = default_method().edited({f"proposals.{name}": 50.0})
        assert figures(held(make_basis(tidy.area, method=method), EAST), "watch_ring") != people


# -- other kinds -------------------------------------------------------------------------------


def test_a_site_to_close_or_to_downsize(tidy):
    base = but(EAST, "what", lon=None, lat=None, package=(), unit="")
    closing = held(tidy, but(base, "what", kind=ProposalKind.CLOSE, site="west"))
    assert closing.may_go_on
    assert "donor_region_loss" in codes(closing, "gate")
    assert "place_missing" in codes(held(tidy, but(base, "what", kind=ProposalKind.CLOSE)), "block")
    fewer = but(
        base, "what", kind=ProposalKind.DOWNSIZE, site="west", package=(Provided(kind="unpol_team", count=1),)
    )
    assert held(tidy, fewer).may_go_on
    more = but(fewer, "what", package=(Provided(kind="unpol_team", count=5),))
    assert "West has 2" in said(held(tidy, more), "cannot_be_made")


def test_an_axis_is_roads(tidy):
    base = but(EAST, "what", kind=ProposalKind.AXIS, lon=None, lat=None, package=(), unit="")
    assert "place_missing" in codes(held(tidy, base), "block")
    assert held(tidy, but(base, "what", roads=("south",))).may_go_on
    assert "There is no road moon." in said(held(tidy, but(base, "what", roads=("moon",))), "cannot_be_made")


def test_checks_come_the_gravest_first(tidy):
    checked = held(tidy, but(but(EAST, "harm", grazing_corridor=True), "why", objective="", evidence=()))
    order = [list(Severity).index(each.severity) for each in checked.checks]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2, 3}


def test_donors_are_told_what_they_alone_lose(tidy):
    found = held(tidy, EAST).case.outcome
    assert [(donor.site_id, dict(donor.given)) for donor in found.donors] == [
        ("west", {"infantry_company": 1, "civil_affairs_team": 1})
    ]
    losses = found.donors[0].losses
    assert losses["month"].tolist() == list(range(1, 13))
    assert (losses["FF"] < 0).all()
