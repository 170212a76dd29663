"""The solver finds the best plan there is: of all plans of small worlds, and by another model of larger ones."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from footprint.options.choices import Act, Allowed
from footprint.options.solve import SearchStatus
from layers.months import ALL_MONTHS
from tests.footprint.options.milp import best_by_milp
from tests.footprint.options.small import CLOSE, Size, world

pytestmark = pytest.mark.slow

SMALL = (*range(26), 50, 52, 57, 68)
"""The last four because a donor or mobile units decide them."""
MEDIUM = Size(sites=(3, 4), new=(4, 5), cells=8, most_plans=1_000_000, reach=0.35)


@cache
def answered(seed: int):
    """Return a world, the best of all its plans, and the solver's answer."""
    own = world(seed)
    return own, own.best(), own.solved()


@pytest.mark.parametrize("seed", SMALL)
def test_the_best_plan_is_the_best_of_all_plans(seed):
    own, (best, plan), solved = answered(seed)
    if plan is None:
        assert solved.status is SearchStatus.NONE
        assert solved.plan is None
        return
    assert solved.status is SearchStatus.PROVED
    assert solved.score == pytest.approx(best, rel=CLOSE, abs=1e-12)
    assert solved.bound >= best * (1 - CLOSE)
    found = tuple(solved.plan.tolist())
    values = own.values(found)
    assert own.fits(found)
    assert own.passes(found, values, own.values(tuple(own.pack.today.tolist())))
    assert own.score(values) == pytest.approx(best, rel=CLOSE, abs=1e-12)


def test_between_them_the_worlds_hold_whatever_a_table_can():
    worlds = [answered(seed)[0] for seed in SMALL]
    choices = [one for own in worlds for place in own.pack.places for one in place.choices if one is not None]
    assert {choice.act for choice in choices} == set(Act)
    assert {choice.allowed for choice in choices} == set(Allowed)
    assert any(choice.act is Act.OPEN and choice.months != ALL_MONTHS for choice in choices)
    assert any(choice.one_off_usd is None for choice in choices)
    limits = [own.limits for own in worlds]
    assert any(each.floors for each in limits)
    assert any(each.either_or for each in limits)
    assert any(each.free_assets for each in limits)
    assert any(each.donor_drop is not None for each in limits)
    assert any(each.mobile_units is not None for each in limits)
    shares = {goal.mean_share for own in worlds for goal in own.aim.priorities[0]}
    assert {0.0, 0.5, 1.0} <= shares
    assert 1 <= sum(answered(seed)[1][1] is None for seed in SMALL) <= len(SMALL) / 2


def test_each_limit_decides_some_world():
    """A limit that no best plan meets would show nothing."""
    lifted = {
        "one_off_usd": None,
        "more_recurrent_usd": None,
        "more_posts": None,
        "free_assets": True,
        "mobile_units": None,
        "either_or": (),
        "floors": (),
        "donor_drop": None,
    }
    deciding = {
        name
        for seed in SMALL
        for name, free in lifted.items()
        if (own := answered(seed)[0]).with_question(limits=replace(own.limits, **{name: free})).best()[0]
        > answered(seed)[1][0] + CLOSE
    }
    assert deciding == set(lifted)


def test_a_fixed_choice_that_nobody_can_pay_is_proved_impossible():
    own = world(0)
    number = int(own.pack.first[-2]) + 1
    places = list(own.pack.places)
    first, choice, *rest = places[-1].choices
    fixed = replace(choice, allowed=Allowed.FIXED, one_off_usd=9e9)
    places[-1] = replace(places[-1], choices=(first, fixed, *rest))
    asked = replace(
        own,
        pack=replace(own.pack, places=tuple(places)),
        limits=replace(own.limits, one_off_usd=1e6),
    )
    assert own.pack.choice(number) == choice
    assert asked.best()[1] is None
    solved = asked.solved()
    assert solved.status is SearchStatus.NONE
    assert np.isnan(solved.score)
    assert np.isnan(solved.bound)


@pytest.mark.parametrize("seed", range(4))
def test_another_model_and_another_solver_find_the_same(seed):
    own = world(seed, MEDIUM)
    best = best_by_milp(own)
    solved = own.solved(gap=1e-8)
    if best is None:
        assert solved.status is SearchStatus.NONE
    else:
        assert solved.status is SearchStatus.PROVED
        assert solved.score == pytest.approx(best, rel=1e-6)
