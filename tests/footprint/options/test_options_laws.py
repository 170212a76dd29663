"""What must hold for any question: cuts, limits, names and orders, steps of the evaluator, and reviews."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from footprint.options import relaxation as relaxations
from footprint.options.evaluate import PlanEvaluator
from footprint.options.search import Search
from footprint.options.solve import Known, SearchEffort, SearchStatus, solve
from tests.footprint.options.small import (
    CLOSE,
    Size,
    relaxation_of,
    world,
)

pytestmark = pytest.mark.slow

SEEDS = range(6)
FEWER = range(4)
"""Where each world is solved many times."""
LARGER = Size(sites=(3, 4), new=(3, 5), cells=8, most_plans=1_000_000, reach=0.5)


def random_plans(pack, seed: int, n: int) -> list[np.ndarray]:
    draw = np.random.default_rng(seed)
    return [
        np.array(
            [draw.integers(one, other) for one, other in zip(pack.first[:-1], pack.first[1:], strict=True)]
        )
        for _ in range(n)
    ]


def random_share(pack, draw) -> np.ndarray:
    """Return a fractional plan: shares of choices that add up to one at each place."""
    return np.concatenate([draw.dirichlet(np.full(n, 0.5)) for n in np.diff(pack.first)])


def as_share(pack, plan) -> np.ndarray:
    x = np.zeros(pack.n_choices)
    x[plan] = 1.0
    return x


def truth(relaxation, evaluator, plan) -> np.ndarray:
    """Return what each block truly comes to under a plan."""
    evaluator.set(plan)
    return np.concatenate(
        [
            np.bincount(part.label, part.weight * evaluator.levels(part.bundle), part.n_blocks)
            for part in relaxation._parts
        ]
    )


@pytest.fixture(params=["pairs have variables", "helicopters alone"])
def pairs(request, monkeypatch):
    if request.param == "helicopters alone":
        monkeypatch.setattr(relaxations, "MOST_PAIRS", 0)


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize("seed", SEEDS)
def test_no_cut_removes_the_truth_of_any_plan(seed):
    own = world(seed, LARGER)
    evaluator, _, relaxation = own.asked()
    draw = np.random.default_rng(seed)
    plans = random_plans(own.pack, seed, 40)
    whole = [
        np.concatenate([x, relaxation.pairs_at(x)]) for x in (as_share(own.pack, plan) for plan in plans)
    ]
    true = np.array([truth(relaxation, evaluator, plan) for plan in plans])
    shares = [
        *(random_share(own.pack, draw) for _ in range(10)),
        *(as_share(own.pack, plan) for plan in plans[:5]),
    ]
    for x in shares:
        _, (constant, gradient) = relaxation.at(x, relaxation.pairs_at(x))
        allowed = np.array([constant + gradient @ point for point in whole])
        assert (allowed >= true - 1e-7).all()
    assert (relaxation.most() >= true - 1e-7).all()


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_cut_at_a_plan_is_exact_there_and_removes_the_truth_of_no_other(seed):
    own = world(seed, LARGER)
    evaluator, _, relaxation = own.asked()
    plans = random_plans(own.pack, seed, 40)
    points = [as_share(own.pack, plan) for plan in plans]
    true = np.array([truth(relaxation, evaluator, plan) for plan in plans])
    for number in range(8):
        evaluator.set(plans[number])
        constant, gradient = relaxation.patterns(plans[number], evaluator, relaxation.most())
        own_cut = [constant + gradient @ np.concatenate([x, relaxation.pairs_at(x)]) for x in points]
        assert own_cut[number] == pytest.approx(true[number], abs=1e-7)
        assert (np.array(own_cut) >= true - 1e-7).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_neighbours_of_a_plan_are_not_cut_off_either(seed):
    """Random plans are far from one another; a cut that is wrong is wrong next door."""
    own = world(seed, LARGER)
    evaluator, _, relaxation = own.asked()
    plan = random_plans(own.pack, seed, 1)[0]
    evaluator.set(plan)
    constant, gradient = relaxation.patterns(plan, evaluator, relaxation.most())
    for choice in range(own.pack.n_choices):
        other = plan.copy()
        other[own.pack.place_of(choice)] = choice
        x = as_share(own.pack, other)
        cut = constant + gradient @ np.concatenate([x, relaxation.pairs_at(x)])
        assert (cut >= truth(relaxation, evaluator, other) - 1e-7).all()


@pytest.mark.parametrize("seed", FEWER)
def test_without_variables_for_pairs_the_answer_is_the_same(seed, monkeypatch):
    own = world(seed)
    with_pairs = own.solved()
    monkeypatch.setattr(relaxations, "MOST_PAIRS", 0)
    alone = own.solved()
    assert alone.status is with_pairs.status
    assert alone.score == pytest.approx(with_pairs.score, rel=CLOSE, nan_ok=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_program_values_plans_as_the_definition_does(seed):
    own = world(seed, LARGER)
    evaluator = PlanEvaluator(own.pack)
    for plan in random_plans(own.pack, seed, 10):
        assert evaluator.set(plan) == pytest.approx(own.values(tuple(plan.tolist())), rel=CLOSE, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_limits_hold_for_the_same_plans_as_by_the_definition(seed):
    own = world(seed, LARGER)
    evaluator, problem, _ = own.asked()
    today = own.values(tuple(own.pack.today.tolist()))
    for plan in random_plans(own.pack, seed, 60):
        named = tuple(plan.tolist())
        assert problem.fits(plan) == own.fits(named)
        assert problem.passes(plan, evaluator.set(plan)) == own.passes(named, own.values(named), today)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_move_comes_to_what_the_whole_plan_comes_to(seed):
    own = world(seed, LARGER)
    moved, fresh = PlanEvaluator(own.pack), PlanEvaluator(own.pack)
    plan = own.pack.today
    draw = np.random.default_rng(seed)
    for choice in draw.integers(0, own.pack.n_choices, 60):
        plan[own.pack.place_of(int(choice))] = choice
        assert moved.move(int(choice)) == pytest.approx(fresh.set(plan), abs=1e-12)
        assert (moved.plan == plan).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_scan_tells_what_each_move_would_add_and_changes_nothing(seed):
    own = world(seed, LARGER)
    evaluator, fresh = PlanEvaluator(own.pack), PlanEvaluator(own.pack)
    for plan in random_plans(own.pack, seed, 4):
        base = evaluator.set(plan).copy()
        for place in range(len(own.pack.places)):
            gains = evaluator.scan(place)
            assert (evaluator.values == base).all()
            for number, gain in enumerate(gains):
                other = plan.copy()
                other[place] = own.pack.first[place] + number
                assert base + gain == pytest.approx(fresh.set(other), abs=1e-12)


def test_two_thousand_moves_drift_by_less_than_a_millionth_of_a_millionth():
    own = world(1, LARGER)
    evaluator = PlanEvaluator(own.pack)
    for choice in np.random.default_rng(1).integers(0, own.pack.n_choices, 2_000):
        values = evaluator.move(int(choice))
    assert values.copy() == pytest.approx(evaluator.set(evaluator.plan.copy()), abs=1e-12)


@pytest.mark.parametrize("seed", FEWER)
def test_more_of_anything_never_lowers_the_best(seed):
    own = world(seed)
    best = own.solved().score
    limits = own.limits
    richer = [
        replace(limits, one_off_usd=limits.one_off_usd and limits.one_off_usd + 3e6),
        replace(limits, more_recurrent_usd=None),
        replace(limits, more_posts=None if limits.more_posts is None else limits.more_posts + 3),
        replace(limits, free_assets=True),
        replace(limits, floors=()),
    ]
    for more in richer:
        solved = own.with_question(limits=more).solved()
        assert np.isnan(best) or solved.score >= best * (1 - CLOSE)


@pytest.mark.parametrize("seed", FEWER)
def test_a_forced_or_a_barred_choice_never_beats_the_best(seed):
    own = world(seed)
    evaluator, problem, relaxation = own.asked()
    effort = SearchEffort(30, 1e-10)
    best = solve(problem, evaluator, relaxation, effort)
    for choice in np.random.default_rng(seed).permutation(own.pack.n_choices)[:4]:
        for other in (problem.forced(int(choice)), problem.barred(int(choice))):
            found = solve(other, evaluator, relaxation, effort, Known(cuts=best.cuts))
            assert found.status in {SearchStatus.PROVED, SearchStatus.NONE}
            assert found.status is SearchStatus.NONE or found.score <= best.score * (1 + CLOSE)
            if found.plan is not None:
                assert (choice in found.plan) == (other.allowed[choice] == 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_names_and_orders_of_places_choices_and_rows_change_nothing(seed):
    own = world(seed)
    other, back = shuffled(own, seed)
    one, two = own.solved(), other.solved()
    assert two.status is one.status
    assert two.score == pytest.approx(one.score, rel=CLOSE, nan_ok=True)
    if two.plan is not None:
        again = tuple(sorted(back[number] for number in two.plan.tolist()))
        assert own.score(own.values(again)) == pytest.approx(one.score, rel=CLOSE)


def shuffled(own, seed: int):
    """Return the world with other names of places, other orders, and the old number of each choice."""
    draw, pack = np.random.default_rng(seed), own.pack
    names = [f"p{number:02d}" for number in draw.permutation(len(pack.places))]
    order = sorted(range(len(names)), key=names.__getitem__)
    numbers, places, first = [], [], [0]
    for at in order:
        own_numbers = np.arange(pack.first[at], pack.first[at + 1])
        own_numbers[1:] = draw.permutation(own_numbers[1:])
        renamed = tuple(
            one and replace(one, place=names[at], name=f"Another {at}")
            for one in (pack.choice(int(number)) for number in own_numbers)
        )
        places.append(replace(pack.places[at], place_id=names[at], choices=renamed))
        numbers += own_numbers.tolist()
        first.append(len(numbers))
    renames = dict(zip((place.place_id for place in pack.places), names, strict=True))
    groups = tuple(tuple(renames[name] for name in group) for group in own.limits.either_or)
    mixed = [row_order(rows, draw) for rows in pack.portfolios.rows]
    again = replace(
        pack,
        places=tuple(places),
        first=np.array(first),
        station=pack.station[numbers],
        portfolios=replace(
            pack.portfolios,
            rows=tuple(rows for rows, _ in mixed),
            used=tuple(used[rows] for used, (_, rows) in zip(pack.portfolios.used, mixed, strict=True)),
        ),
    )
    limits = replace(own.limits, either_or=groups)
    return replace(
        own, pack=again, limits=limits, posts=tuple(own.posts[number] for number in numbers)
    ), numbers


def row_order(rows, draw):
    order = draw.permutation(len(rows.group))
    place = np.argsort(order)
    entry_row, entry_miss = place[rows.entry_row], rows.entry_miss.copy()
    for start, stop in zip(rows.start[:-1], rows.start[1:], strict=True):
        by = np.argsort(entry_row[start:stop])
        entry_row[start:stop], entry_miss[start:stop] = (
            entry_row[start:stop][by],
            entry_miss[start:stop][by],
        )
    mixed = replace(
        rows,
        entry_row=entry_row,
        entry_miss=entry_miss,
        group=rows.group[order],
        cell=rows.cell[order],
        weights=rows.weights.tocsc()[:, order].tocsr(),
        row_of=np.where(rows.row_of >= 0, place[rows.row_of], -1),
    )
    return mixed, order


@pytest.mark.parametrize("seed", SEEDS)
def test_the_search_keeps_every_limit_and_never_loses_what_it_had(seed):
    own = world(seed)
    evaluator, problem, _ = own.asked()
    today = own.values(tuple(own.pack.today.tolist()))
    permitted = [plan for plan in own.plans() if own.fits(plan) and own.passes(plan, own.values(plan), today)]
    for start in permitted[:: max(1, len(permitted) // 3)]:
        search = Search(problem, evaluator, seed=seed)
        plan, score = search.run(np.array(start), seconds=1.0, stopped=lambda: False)
        assert score >= own.score(own.values(start)) - 1e-12
        for found in (tuple(plan.tolist()), *(tuple(top.tolist()) for top in search.best_tops(20))):
            assert found in permitted
        assert score == pytest.approx(own.score(own.values(tuple(plan.tolist()))), abs=1e-12)


def test_the_overestimate_is_one_of_all_that_a_problem_looks_at():
    own = world(68)
    evaluator, problem, relaxation = own.asked()
    assert problem.gates
    assert relaxation.targets.keys() == relaxation_of(problem, evaluator).targets.keys()
