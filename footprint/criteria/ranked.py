"""Ranked: how each group of stakeholders would rank options, and how firmly; never one score for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from footprint.criteria.criterion import Criterion, CriterionValue
from footprint.errors import FootprintError
from footprint.indicators.periods import CLOSE
from footprint.method.parts import Reporting
from layers.sentences import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedOption:
    """Where one group puts one option."""

    name: str
    rank: int
    """1 is the best; equal ones share a place."""
    score: float
    """Weighted mean of the scaled criteria [0-1]: of use within the group alone."""
    first_share: float
    """Share of drawn weights by which it comes first [0-1]; equal ones share a draw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRanking:
    """How one group ranks the options."""

    group: str
    options: tuple[RankedOption, ...]
    """Best first, equal ones in the order given; none where nothing the group weighs is known of all."""
    left_out: tuple[Criterion, ...]
    """Criteria that the group weighs and that are not known of every option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How each group ranks the options, and which are worse than another by every criterion."""

    groups: tuple[GroupRanking, ...]
    dominated: tuple[tuple[str, str], ...]
    """An option, and one that is no worse by any criterion known of all, and better by one."""
    compared: tuple[Criterion, ...]
    """Criteria known of every option."""


def ranked(
    rows: Mapping[str, Sequence[CriterionValue]],
    weights_by_group: Mapping[str, Mapping[Criterion, float]],
    numbers: Reporting,
) -> Ranking:
    """
    Rank options by the weights of each group, and by weights drawn around them.

    Parameters
    ----------
    rows
        What each option comes to by every criterion, by its name.
    weights_by_group
        How much each group makes of each criterion [-]; any scale, none below nought. Criteria that
        a group does not name weigh nothing to it.
    numbers
        How many weights are drawn, how closely around the group's own, by which seed.

    Returns
    -------
    Ranking
        Without options or groups there is nothing in it.

    Raises
    ------
    FootprintError
        Naming every group whose weights are below nought, not finite, or all nought.

    Notes
    -----
    Each criterion is scaled among the options at hand: the best of them is 1, the worst 0, and where all are
    equal it tells nothing and is 0 for each. So scores depend on which options are compared, and are no
    measure of any of them. A criterion that is not known of every option takes no part, and what a group
    makes of the others is scaled up to 1. Weights are drawn from a Dirichlet distribution whose mean are
    the group's weights; a criterion that weighs nothing keeps weighing nothing. Every group's draws begin at
    the same seed. Groups are never blended.

    Dominance asks no weights: it holds by every criterion known of all, costs and people to be watched too.
    """
    _check(weights_by_group)
    names = list(rows)
    tables = [{each.criterion: each.value for each in rows[name]} for name in names]
    compared = tuple(
        each
        for each in Criterion
        if tables and all(each in table and isfinite(table[each]) for table in tables)
    )
    scaled = _scaled(compared, tables)
    return Ranking(
        groups=tuple(
            _group(group, names, (compared, scaled), weights, numbers)
            for group, weights in weights_by_group.items()
        ),
        dominated=_dominated(names, scaled),
        compared=compared,
    )


def _check(weights_by_group: Mapping[str, Mapping[Criterion, float]]) -> None:
    faults: list[Sentence] = []
    for group, weights in weights_by_group.items():
        values = list(weights.values())
        if not all(isfinite(each) and each >= 0 for each in values):
            faults.append(say("the weights of {group} must be numbers from 0 on", group=repr(group)))
        elif not sum(values) > 0:
            faults.append(say("{group} weighs no criterion", group=repr(group)))
    if faults:
        raise FootprintError(*faults)


def _scaled(
    compared: Sequence[Criterion], tables: Sequence[Mapping[Criterion, float]]
) -> NDArray[np.float64]:
    """Return each option by each criterion, the best 1 and the worst 0, shape (n_options, n_criteria)."""
    rows = [[table[each] for each in compared] for table in tables]
    values = np.array(rows, dtype=np.float64).reshape(len(tables), len(compared))
    signed: NDArray[np.float64] = values * np.array(
        [1.0 if each.more_is_better else -1.0 for each in compared]
    )
    if not signed.size:
        return signed
    least, span = signed.min(axis=0), np.ptp(signed, axis=0)
    # What differs by rounding alone tells nothing.
    telling = span > CLOSE * np.maximum(1.0, np.abs(signed).max(axis=0))
    return np.where(telling, (signed - least) / np.where(telling, span, 1.0), 0.0)


def _group(
    group: str,
    names: Sequence[str],
    compared: tuple[Sequence[Criterion], NDArray[np.float64]],
    weights: Mapping[Criterion, float],
    numbers: Reporting,
) -> GroupRanking:
    criteria, scaled = compared
    own = np.array([weights.get(each, 0.0) for each in criteria])
    left_out = tuple(
        each for each in Criterion if weights.get(each, 0.0) > 0 and each not in criteria and names
    )
    if not own.sum() > 0:
        return GroupRanking(group=group, options=(), left_out=left_out)
    own = own / own.sum()
    scores = scaled @ own
    ranks = [1 + int((scores > score + CLOSE).sum()) for score in scores]
    firsts = _firsts(scaled, own, numbers)
    options = [
        RankedOption(name=name, rank=rank, score=float(score), first_share=float(first))
        for name, rank, score, first in zip(names, ranks, scores, firsts, strict=True)
    ]
    return GroupRanking(
        group=group, options=tuple(sorted(options, key=lambda each: each.rank)), left_out=left_out
    )


def _firsts(
    scaled: NDArray[np.float64], weights: NDArray[np.float64], numbers: Reporting
) -> NDArray[np.float64]:
    """Return in which share of drawn weights each option comes first, shape (n_options,)."""
    generator, weighs = np.random.default_rng(numbers.rank_seed), weights > 0
    drawn = generator.dirichlet(numbers.rank_concentration * weights[weighs], numbers.rank_draws)
    scores = drawn @ scaled[:, weighs].T
    best = scores >= scores.max(axis=1, keepdims=True) - CLOSE
    return np.asarray((best / best.sum(axis=1, keepdims=True)).mean(axis=0))


def _dominated(names: Sequence[str], scaled: NDArray[np.float64]) -> tuple[tuple[str, str], ...]:
    """Return each option that another one beats, with the first that does."""
    found = []
    for number, name in enumerate(names):
        for other, rival in enumerate(names):
            ahead = scaled[other] - scaled[number]
            if (ahead >= -CLOSE).all() and (ahead > CLOSE).any():
                found.append((name, rival))
                break
    return tuple(found)
