"""
On a thousand cell-months of each case: answers about places agree with the reviews they explain.

The weakest link is as good as its tier, somebody is named exactly where Force is above nothing, and what would close
Force or a tier does so when it is applied as a scenario to the whole area, and nothing smaller does. Months are a few,
so that places share searches; `tests.benchmarks.bench_places` asks in every month, and applies many more.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
import pytest

from footprint.place.closing import Closing, Open, closing, closings
from footprint.place.explain import Place
from footprint.prepared import prepare
from tests.footprint.place.asked import ROUNDING, Case, changes_of_many_kinds, faults, real_case, smaller
from tests.worlds import bundled_prepared

pytestmark = pytest.mark.slow

PLACES = 1000
MONTHS = (3, 9)
CLOSED = 100
"""Places of which it is asked what would close their bundles."""
APPLIED = 12
"""Additions that are applied to the whole area, of each sort and case."""
STRICT = 0.75
"""Above what one company brings at its own door, so that two are needed."""
PACKED = 8
"""Packages of several kinds that are applied, whole and without one of their kinds."""
GIVEN = 2
"""Of these, so many that a donor gives."""


class Answers:
    """A case, and answers about places drawn at random."""

    def __init__(self, case: Case) -> None:
        self.case: Case = case

    @cached_property
    def places(self) -> list[Place]:
        return [self.case.explained(*where) for where in self.case.drawn(PLACES, MONTHS)]

    @cached_property
    def closings(self) -> list[tuple[Place, Closing]]:
        case, step = self.case, PLACES // CLOSED
        return [
            (place, each)
            for place in self.places[::step]
            for each in closings(case.prepared, case.router, case.result, place)
            if each.open is not Open.REACHED
        ]

    def chosen(self, asked: list[tuple[Place, Closing]], count: int = APPLIED) -> list[tuple[Place, Closing]]:
        """Choose some, of every bundle and every kind of addition or want of one if there are so many."""
        order = np.random.default_rng(1).permutation(len(asked)).tolist()
        sorts: dict[object, list[int]] = {}
        for at in order:
            sorts.setdefault(_sort(asked[at][1]), []).append(at)
        by_turns = sorted(order, key=lambda at: sorts[_sort(asked[at][1])].index(at))
        return [asked[at] for at in by_turns[:count]]


def _sort(found: Closing) -> object:
    return found.bundle_id, found.open, found.addition and (found.addition.kind, found.addition.count)


@pytest.fixture(scope="module", params=["bundled", pytest.param("real", marks=pytest.mark.real)])
def answers(request):
    """Return the bundled case under changes of many kinds and a strict threshold, and the real one as it is."""
    if request.param == "bundled":
        known = bundled_prepared()
        method = known.method.edited({"reporting.class_threshold": STRICT})
        prepared = prepare(known.area, method, known.objectives)
        return Answers(Case.of(prepared, changes_of_many_kinds(prepared)))
    return Answers(Case.of(real_case(request.getfixturevalue("real_folder"))))


def test_answers_agree_with_the_review_they_explain(answers):
    assert len(answers.places) == PLACES
    assert [fault for place in answers.places for fault in faults(answers.case, place)] == []


def test_what_would_close_a_bundle_does_when_it_is_applied(answers):
    case = answers.case
    chosen = answers.chosen([each for each in answers.closings if each[1].addition is not None])
    assert len(chosen) == APPLIED
    counts = {found.addition.count for _, found in chosen}
    assert counts == ({1, 2} if case.threshold == np.float32(STRICT) else {1})
    for place, found in chosen:
        level = case.level_with(place, found.bundle_id, found.addition)
        assert level >= case.threshold, (place.spotted, place.month, found)
        assert level == pytest.approx(found.addition.level, abs=ROUNDING)


def test_nothing_smaller_would_do(answers):
    """Where one addition is named, and where it is said that none would do."""
    case, draw = answers.case, np.random.default_rng(2)
    asked = [(place, found) for place, found in answers.closings if smaller(case, place, found)]
    chosen = answers.chosen(asked)
    assert len(chosen) == APPLIED
    for place, found in chosen:
        tried = smaller(case, place, found)
        addition = tried[int(draw.integers(len(tried)))]
        level = case.level_with(place, found.bundle_id, addition)
        assert level < case.threshold, (place.spotted, place.month, found, addition)


def test_a_package_does_when_it_is_applied_and_less_of_it_does_not(answers):
    """Where no single kind would do: each kind of it left out leaves the bundle below the threshold."""
    case = answers.case
    asked = [each for each in answers.closings if each[1].package is not None]
    chosen = answers.chosen(asked, PACKED)
    assert len(chosen) == PACKED
    for place, found in chosen:
        level = case.level_with_package(place, found.bundle_id, found.package)
        assert level >= case.threshold, (place.spotted, place.month, found)
        assert level == pytest.approx(found.package.level, abs=ROUNDING)
        left_out = int(np.random.default_rng(place.spotted.cell).integers(len(found.package.assets)))
        fewer = tuple(each for at, each in enumerate(found.package.assets) if at != left_out)
        less = case.level_with_package(place, found.bundle_id, replace(found.package, assets=fewer))
        assert less < case.threshold, (place.spotted, place.month, found, fewer)


def test_what_a_donor_gives_closes_it_too(answers):
    case, assets, applied = answers.case, answers.case.result.laydown.assets, 0
    named = [(place, found) for place, found in answers.closings if found.addition is not None]
    for place, found in answers.chosen(named):
        holders = assets.loc[assets["kind"] == found.addition.kind, "site_id"]
        donors = [str(own) for own in holders if own != found.addition.site_id]
        if not donors or applied == GIVEN:
            continue
        bundle = next(each for each in (place.force, *place.tiers) if each.bundle_id == found.bundle_id)
        given = closing(case.prepared, case.router, case.result, place, bundle, donor=donors[0])
        if given.addition is None:
            assert given.open in {Open.DONOR, Open.NOT_KNOWN}
            continue
        applied += 1
        assert given.addition.cost is not None
        assert given.addition.cost.site_id == donors[0]
        level = case.level_with(place, found.bundle_id, given.addition)
        assert level >= case.threshold
        assert level == pytest.approx(given.addition.level, abs=ROUNDING)
    assert applied == GIVEN
