"""Prepared: a value that travels between processes, and searches kept beside it."""

from __future__ import annotations

import multiprocessing
import pickle

import numpy as np
import pandas as pd
import pytest
from shapely import Point

from footprint.method import default_method
from footprint.review import review
from footprint.scenario import CloseSite, Scenario
from layers.sensitive import SensitiveKind
from tests.worlds import bundled_prepared, make_area, make_assets, make_basis, make_sites

pytestmark = pytest.mark.slow

PLAN = Scenario("plan", (CloseSite("camp"),))


def small():
    sites = make_sites({"camp": (12.5, 12.5), "post": (72.5, 22.5)})
    return make_area(
        sites=sites, assets=make_assets({"camp": {"infantry_company": 1}, "post": {"unpol_team": 1}})
    )


def reviewed_elsewhere(pickled: bytes, plan: Scenario) -> bytes:
    """Review in another process, from what arrived there alone."""
    return pickle.dumps(review(pickle.loads(pickled), plan))  # noqa: S301 - our own bytes


def same(one, two):
    pd.testing.assert_frame_equal(one.figures, two.figures, check_exact=True)
    for name in ("force", "tiers", "circle"):
        np.testing.assert_array_equal(getattr(one.delivery, name), getattr(two.delivery, name))
    assert (one.provenance, one.scenario, one.escorts) == (two.provenance, two.scenario, two.escorts)


def test_a_prepared_area_and_its_review_travel_and_answer_the_same():
    prepared = make_basis(small())
    here = review(prepared, PLAN)
    same(here, pickle.loads(reviewed_elsewhere(pickle.dumps(prepared), PLAN)))  # noqa: S301


@pytest.mark.slow
def test_a_spawned_worker_gets_the_bundled_case_and_returns_an_equal_review():
    prepared = bundled_prepared()
    plan = Scenario("plan", (CloseSite("diabaly"),))
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        there = pickle.loads(pool.apply(reviewed_elsewhere, (pickle.dumps(prepared), plan)))  # noqa: S301
    same(review(prepared, plan), there)


def test_sensitive_places_do_not_travel():
    prepared = bundled_prepared()
    there = pickle.loads(pickle.dumps(prepared))  # noqa: S301
    assert prepared.area.sensitive.count() > 0
    assert there.area.sensitive.count() is None
    assert there.area.sensitive.any_near(Point(0, 0), SensitiveKind.CLINIC) is None


def test_nothing_changes_a_prepared_area():
    prepared = make_basis(small())
    for value in (prepared, pickle.loads(pickle.dumps(prepared))):  # noqa: S301
        with pytest.raises(TypeError):
            value.surfaces["blend"] = None
        with pytest.raises(ValueError, match="read-only"):
            value.surfaces["blend"][0, 0] = 1.0
        with pytest.raises(AttributeError):
            value.area = None


def test_methods_that_differ_in_nothing_searches_use_share_a_router():
    area = small()
    plain = make_basis(area)
    # Availability, thresholds and the need say nothing of how long a way takes.
    numbers = [p.parameter_id for p in default_method().parameters if "availability" in p.parameter_id]
    for name in (each for each in numbers if not each.startswith("drawn.")):
        value = default_method().edited({name: 0.11})
        assert make_basis(area, method=value).router_key == plain.router_key
    slower = default_method().edited({"travel.patrol_cap_kmh": 20.0})
    assert make_basis(area, method=slower).router_key != plain.router_key


def test_a_shared_router_answers_each_method_as_its_own_would():
    area = small()
    one = make_basis(area)
    two = make_basis(area, method=default_method().edited({"capability.PATROL.availability": 0.9}))
    router = one.router()
    for prepared in (one, two, one):
        same(review(prepared, PLAN, router), review(prepared, PLAN))


def test_the_words_of_values_teach_and_are_short():
    prepared = bundled_prepared()
    for value in (prepared, prepared.network, review(make_basis(small()), PLAN), prepared.router()):
        assert 40 < len(repr(value)) < 400, repr(value)
        assert "array(" not in repr(value)
