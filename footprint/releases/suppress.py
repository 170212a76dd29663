"""
Suppression: which counts are not told, so that no number below three can be worked out from all the others.

First every count below three is withheld (cells of zero too: "not shown" says nothing then). Then, as long
as an auditor who holds every earlier release of the area can narrow one of them, or any other piece below
three, further counts are withheld: the ones that leave room at the least cost by a linear programme (the
attacker's programme turned round: Castro 2012, European Journal of Operational Research 216, 241-254;
Fischetti & Salazar 2001). What was told before cannot be taken back, so a number that earlier releases give
away by themselves is named, not hidden.

Limits: whoever knows this very rule can at times exclude values that the counts alone allow; and an earlier
count that the data have since moved away from, by three or more, is taken as superseded.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from footprint.releases.audit import (
    FEWEST,
    WIDTH,
    Amounts,
    Auditor,
    CountBounds,
    Flags,
    Guarded,
    audit,
    cheapest,
)
from footprint.releases.counts import CountOf, IncidentCount, Pieces, pieces_of, unit
from layers import Area

_MOVED = 1e-6
_AT_ONCE = 12
"""Narrow numbers that counts are hidden for before all others are looked at again."""


@dataclass(frozen=True, slots=True)
class SafeCounts:
    """Counts as they may be told."""

    shown: tuple[IncidentCount, ...]
    """Those that may be told."""
    withheld: tuple[CountOf, ...]
    """Those that may not: told as "fewer than three, or withheld"."""
    given_away: int
    """Numbers below three that earlier releases give away, whatever is told now."""

    def number(self, counted: CountOf) -> int | None:
        """Return a count; None where it is not told."""
        return next((each.number for each in self.shown if each.of == counted), None)


def safe_counts(area: Area, asked: Sequence[CountOf], earlier: Sequence[IncidentCount]) -> SafeCounts:
    """
    Return which counts of incidents may be told.

    Parameters
    ----------
    area
        The area as it is now.
    asked
        Every count that a release would tell: cells, margins and totals.
    earlier
        Every count of this area that was released before at `Precision.PUBLIC` or coarser.
    """
    asked = tuple(dict.fromkeys(asked))
    pieces = pieces_of(area, [*asked, *(each.of for each in earlier)])
    return withhold(pieces, asked, earlier)


def withhold(pieces: Pieces, asked: Sequence[CountOf], earlier: Sequence[IncidentCount]) -> SafeCounts:
    """
    Return which counts may be told, as `safe_counts` does, of what is cut into pieces already.

    Parameters
    ----------
    pieces
        Of every count asked and told earlier.
    asked
        Every count that a release would tell.
    earlier
        Every count that was told.
    """
    known = [each for each in dict.fromkeys(earlier) if each.number == pieces.count(each.of)]
    revised = {each.of for each in earlier if 0 < abs(each.number - pieces.count(each.of)) < FEWEST}
    numbers = {each: pieces.count(each) for each in asked}
    # A count that changed by one or two since it was told would tell of just these.
    few = [each for each, number in numbers.items() if number < FEWEST]
    guarded = [pieces.of(each) for each in dict.fromkeys([*few, *sorted(revised)])]
    shown = [
        IncidentCount(each, number)
        for each, number in numbers.items()
        if number >= FEWEST and each not in revised
    ]
    before = Auditor(pieces, known)
    before.look_round()
    while True:
        hidden, given_away = _round(Auditor(pieces, [*known, *shown]), before, guarded, shown)
        if not hidden:
            break
        shown = [each for number, each in enumerate(shown) if number not in hidden]
    told = {each.of for each in shown}
    return SafeCounts(tuple(shown), tuple(each for each in asked if each not in told), given_away)


def small_counts(area: Area, told_counts: Sequence[IncidentCount]) -> tuple[CountBounds, ...]:
    """
    Return what can be worked out of every number below three in some unit and span, from all that was told.

    Parameters
    ----------
    area
        The area as it is now.
    told_counts
        Every count that was told of it.

    Returns
    -------
    tuple of CountBounds
        By second-level unit and by the spans that all counts told cut the years into; nothing where nothing
        was told. Counts that the data have moved away from since are left out.
    """
    cuts = sorted({year for each in told_counts for year in (each.of.first, each.of.last + 1)})
    spans = [(first, after - 1) for first, after in itertools.pairwise(cuts)]
    cells = [CountOf(unit(str(own)), *span) for own in area.districts.index for span in spans]
    pieces = pieces_of(area, [*cells, *(each.of for each in told_counts)])
    held = [each for each in told_counts if each.number == pieces.count(each.of)]
    return audit(pieces, held, [each for each in cells if pieces.count(each) < FEWEST])


def _round(
    auditor: Auditor, before: Auditor, guarded: Sequence[Flags], shown: Sequence[IncidentCount]
) -> tuple[set[int], int]:
    """
    Return which of the counts shown must be hidden besides, and how many numbers are given away already.

    Parameters
    ----------
    auditor
        Who holds what was told before, and what is shown.
    before
        Who holds what was told before alone.
    guarded
        What must stay open besides the pieces below three, each as its pieces.
    shown
        The last counts of those that `auditor` holds.
    """
    hidden: set[int] = set()
    given_away = looked_at = 0
    auditor.look_round()
    for pieces in [*auditor.few(), *guarded]:
        own = auditor.guard(pieces)
        if auditor.is_open(own):
            continue
        least, most = before.possible(before.guard(pieces))
        if most - least < WIDTH:
            given_away += 1
            # It may not be narrowed further all the same.
            if auditor.is_open(own, most - least):
                continue
        room = _room(auditor, own, (least, most), shown, hidden)
        looked_at += not room <= hidden
        hidden |= room
        if looked_at >= _AT_ONCE:
            break  # what is hidden by now makes room for others too: look again first
    return hidden, given_away


def _room(
    auditor: Auditor,
    guarded: Guarded,
    possible: tuple[float, float],
    shown: Sequence[IncidentCount],
    hidden: set[int],
) -> set[int]:
    """Return which counts shown to hide so that a number may be as far from the truth as it must."""
    number = int(auditor.truth[guarded.touched].sum())
    lowest = max(min(number, number - WIDTH + FEWEST - 1) if number >= FEWEST else 0, possible[0])
    highest = min(max(FEWEST, lowest + WIDTH), possible[1])
    costs = np.array([0.0 if at in hidden else math.log1p(each.number) for at, each in enumerate(shown)])
    room: set[int] = set()
    seen = auditor.seen(guarded)
    for columns, least, most in (
        *([(guarded.touched, highest, math.inf)] * (seen[1] < highest)),
        *([(guarded.whole, -math.inf, lowest)] * (seen[0] > lowest)),
    ):
        moved = _moved(auditor, columns, (least, most), costs)
        room |= set() if moved is None else set(np.flatnonzero(moved > _MOVED).tolist())
    if room or hidden:
        return room  # what is hidden already may do: the next round sees
    # Room there is by parts of incidents alone; the smallest count that shares a piece gives way.
    rows = auditor.matrix @ guarded.touched.astype(float)
    near = np.flatnonzero(rows[len(rows) - len(shown) :]).tolist() or range(len(shown))
    return {min(near, key=lambda at: (shown[at].number, shown[at].of))} if shown else set()


def _moved(auditor: Auditor, columns: Flags, sides: tuple[float, float], costs: Amounts) -> Amounts | None:
    """Return how far each count shown must move for some columns to come between two sides."""
    n_shown, (n_rows, n_columns) = len(costs), auditor.matrix.shape
    slack = sparse.vstack(
        [sparse.csr_array((n_rows - n_shown, n_shown)), sparse.eye_array(n_shown)], format="csr"
    )
    target = sparse.csr_array(np.concatenate([columns.astype(float), np.zeros(2 * n_shown)])[None, :])
    matrix = sparse.vstack([sparse.hstack([auditor.matrix, slack, -slack]), target], format="csr")
    amounts = cheapest(
        sparse.csr_array(matrix),
        np.append(auditor.sums, sides[0]),
        np.append(auditor.sums, sides[1]),
        np.concatenate([np.zeros(n_columns), costs, costs]),
    )
    return (
        None if amounts is None else amounts[n_columns : n_columns + n_shown] + amounts[n_columns + n_shown :]
    )
