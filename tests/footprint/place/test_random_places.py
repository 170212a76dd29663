"""
On a thousand cell-months of each case: answers about places agree with the reviews they explain.

The weakest link is as good as its tier, somebody is named exactly where Force is above nothing, and what would close
a tier does so when it is applied as a scenario to the whole area.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pytest

from footprint.method import default_method
from footprint.objectives import load_objectives
from footprint.place.closing import Closing, changes_of, closing
from footprint.place.explain import Place, explain
from footprint.place.finding import at_cell
from footprint.place.hindrance import Why
from footprint.prepared import Prepared, prepare
from footprint.review import Review, review
from footprint.scenario import AddAssets, Change, CloseSite, OpenSite, RemoveAssets, Scenario
from footprint.travel.router import Router
from layers import load_area
from layers.assemble import assemble
from tests.worlds import CATALOGUES, bundled_prepared

pytestmark = pytest.mark.slow

PLACES = 1000
APPLIED = 100
"""Closings that are applied, of each case."""
ROUNDING = 1e-5


@dataclass
class Explained:
    """One place with what would close its tiers."""

    place: Place
    closings: list[Closing]
    took_s: float


class Case:
    """A case under a scenario, and answers about places drawn at random: half of them near somebody."""

    def __init__(self, prepared: Prepared, changes: Sequence[Change] = ()) -> None:
        self.prepared: Prepared = prepared
        self.router: Router = prepared.router()
        self.scenario: Scenario = Scenario("asked", tuple(changes))
        self.result: Review = review(prepared, self.scenario, self.router)

    def asked(self, count: int = PLACES) -> list[tuple[int, int]]:
        generator = np.random.default_rng(8)
        levels = self.result.delivery
        near = np.flatnonzero(np.maximum(levels.force.max(axis=0), levels.tiers.max(axis=(0, 1))) > 0)
        anywhere = np.arange(self.prepared.area.grid.n_cells)
        cells = [*generator.choice(near, count // 2), *generator.choice(anywhere, count - count // 2)]
        return [(int(cell), int(generator.integers(1, 13))) for cell in cells]

    def answer(self, cell: int, month: int, donor: str = "") -> Explained:
        begun = time.perf_counter()
        spotted = at_cell(self.prepared, cell)
        place = explain(self.prepared, self.router, self.result, spotted, month)
        closings = [
            closing(self.prepared, self.router, self.result, place, tier, donor=donor) for tier in place.tiers
        ]
        return Explained(place, closings, time.perf_counter() - begun)

    @cached_property
    def answers(self) -> list[Explained]:
        return [self.answer(*where) for where in self.asked()]


def changes_of_many_kinds(prepared: Prepared) -> tuple[Change, ...]:
    """Return changes of many kinds: a site of one's own, a poorer donor, a closed one, a second company."""
    sites = prepared.area.sites.index
    assets = prepared.area.assets
    donor = str(assets.loc[assets["kind"] == "infantry_company", "site_id"].iloc[0])
    closed = next(str(site) for site in sites if site != donor)
    town = prepared.area.places[prepared.area.places["kind"] == "cercle_seat"].to_crs("EPSG:4326").iloc[3]
    return (
        OpenSite("own", "Own", float(town.geometry.x), float(town.geometry.y), months=0b111100001111),
        AddAssets("own", "civil_affairs_team", 2),
        AddAssets("own", "community_liaison"),
        AddAssets("own", "helicopter"),
        AddAssets("own", "infantry_company"),
        RemoveAssets(donor, "infantry_company"),
        CloseSite(closed, months=0b000001100000),
    )


@pytest.fixture(scope="module")
def real_prepared(real_source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("real") / "area"
    assemble(real_source, folder, catalogues=CATALOGUES, frame_date=date(2019, 6, 30))
    return prepare(load_area(folder), default_method(), load_objectives(folder))


@pytest.fixture(scope="module", params=["bundled", pytest.param("real", marks=pytest.mark.real)])
def prepared(request):
    return bundled_prepared() if request.param == "bundled" else request.getfixturevalue("real_prepared")


@pytest.fixture(scope="module", params=["today", "changed"])
def case(request, prepared):
    return Case(prepared, changes_of_many_kinds(prepared) if request.param == "changed" else ())


def test_the_weakest_link_is_as_good_as_its_tier(case):
    wrong = []
    for each in case.answers:
        for tier in each.place.tiers:
            assert tier.weakest in tier.links
            if not np.isclose(tier.level, tier.weakest.chance, atol=ROUNDING, equal_nan=True):
                wrong.append((each.place.spotted.cell, each.place.month, tier))
    assert wrong == []


def test_a_way_is_named_exactly_where_force_is_above_nothing(case):
    for each in case.answers:
        force, where = each.place.force, (each.place.spotted.cell, each.place.month)
        assert bool(force.means) == (force.level > 0), where
        assert (force.hindrance is None) == bool(force.means), where
        joined = 1 - np.prod([1 - means.chance for means in force.means])
        assert joined == pytest.approx(force.level, abs=ROUNDING), where
        parts = 1 - (1 - force.ground) * (1 - force.air)
        assert parts == pytest.approx(force.level, abs=ROUNDING), where


def test_where_nobody_comes_there_is_a_reason_and_elsewhere_none(case):
    for each in case.answers:
        for link in (link for tier in each.place.tiers for link in tier.links):
            assert (link.means is None) == (link.hindrance is not None)
            if link.means is not None and not np.isnan(link.chance):
                assert 0 < link.means.chance <= link.chance + ROUNDING
            if link.hindrance is not None:
                assert (link.hindrance.why is Why.NOT_KNOWN) == bool(np.isnan(link.chance))


def test_what_is_not_known_is_not_a_number(case):
    unknown = case.result.delivery.unknown
    for each in case.answers:
        place = each.place
        hidden = unknown[:, :, place.spotted.cell]
        assert np.array_equal(np.isnan([tier.months for tier in place.tiers]), hidden)


def test_what_would_close_a_tier_does_when_it_is_applied(case):
    threshold = np.float32(case.prepared.method.reporting.class_threshold)
    offered = [
        (each.place, number, found.addition)
        for each in case.answers
        for number, found in enumerate(each.closings)
        if found.addition is not None
    ]
    chosen = np.random.default_rng(1).permutation(len(offered))[:APPLIED]
    assert len(chosen) == APPLIED
    for at in chosen:
        place, number, addition = offered[at]
        plan = case.scenario.then(*changes_of(case.prepared, place, addition))
        after = review(case.prepared, plan, case.router)
        level = after.delivery.tiers[number, place.month - 1, place.spotted.cell]
        assert level >= threshold, (place.spotted, place.month, addition)
        assert level == pytest.approx(addition.level, abs=ROUNDING)


def test_one_asset_fewer_would_not_do(case):
    threshold = np.float32(case.prepared.method.reporting.class_threshold)
    several = [
        (each.place, number, found.addition)
        for each in case.answers
        for number, found in enumerate(each.closings)
        if found.addition is not None and found.addition.count > 1
    ]
    for place, number, addition in several[:20]:
        fewer = changes_of(case.prepared, place, addition)
        plan = case.scenario.then(
            *(
                AddAssets(change.site_id, change.kind, change.count - 1)
                if isinstance(change, AddAssets)
                else change
                for change in fewer
            )
        )
        after = review(case.prepared, plan, case.router)
        assert after.delivery.tiers[number, place.month - 1, place.spotted.cell] < threshold


def test_what_a_donor_gives_closes_it_too(case):
    assets = case.result.laydown.assets
    donor = str(assets["site_id"].value_counts().index[0])
    threshold, applied = np.float32(case.prepared.method.reporting.class_threshold), 0
    for each in case.answers:
        if applied == 10 or not any(found.addition for found in each.closings):
            continue
        given = case.answer(each.place.spotted.cell, each.place.month, donor)
        for number, found in enumerate(given.closings):
            if found.addition is None:
                continue
            assert found.addition.cost is not None
            plan = case.scenario.then(*changes_of(case.prepared, given.place, found.addition))
            after = review(case.prepared, plan, case.router)
            assert after.delivery.tiers[number, given.place.month - 1, given.place.spotted.cell] >= threshold
            applied += 1
    assert applied


def test_how_long_an_answer_takes_is_printed(case):
    took_ms = 1000 * np.array([each.took_s for each in case.answers])
    sys.stdout.write(
        f"\n{case.prepared.area.area_id}, {len(case.scenario.changes)} changes: one answer takes "
        f"{np.median(took_ms):.0f} ms (90 % {np.quantile(took_ms, 0.9):.0f}, 99 % "
        f"{np.quantile(took_ms, 0.99):.0f}, most {took_ms.max():.0f})\n"
    )
