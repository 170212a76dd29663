"""By cell: the formulas that a browser reckons from where the profile lets cells be told apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.briefing.living.formulas import Formulas
from footprint.briefing.living.model import Model, World, level_of
from footprint.briefing.living.sections import Sections

STEPS = (65_535, 16_383, 4_095)
"""Parts that a chance of 1 is told in, the finest first."""
_PLAIN = 255
"""Parts of a level that no switch moves; it colours dots and enters no figure."""
_FIRST_ROW = _PLAIN + 1


def furthest_off(model: Model, steps: int) -> float:
    """
    Return how far a figure can lie off for being told in so many parts [share].

    A chance is one minus a product of what the fixed stations and each switch miss, and one off by half a
    part moves it by no more than that; the weakest, the best and means move by no more than what they are of.
    """
    return (1 + len(model.switches)) / (2.0 * steps)


@dataclass(frozen=True, slots=True, eq=False)
class CellsTold:
    """What is told of by cell."""

    items: NDArray[np.int64] = field(repr=False)
    """Cells that any switch moves, then those that only have dots, by place in `Model.cells`."""
    n_moving: int


def told_cells(model: Model, dotted: NDArray[np.bool_]) -> CellsTold:
    """
    Return the cells that must be told of.

    Parameters
    ----------
    model
        The model.
    dotted
        Which of its cells have dots, shape (n_cells,).
    """
    moving = model.in_motion
    at = np.flatnonzero(moving)
    return CellsTold(np.concatenate([at, np.flatnonzero(dotted & ~moving)]), len(at))


def write_cells(model: Model, asked: CellsTold, steps: int, sections: Sections) -> dict[str, Any]:
    """
    Write everything that a browser needs to reckon, and return what says how to read it.

    Parameters
    ----------
    model, asked
        The model, and its cells that are told of.
    steps
        Parts that a chance of 1 is told in.
    sections
        Where numbers go.
    """
    items, moving = asked.items, asked.items[: asked.n_moving]
    sections.real("need", model.need[:, moving])
    inside = model.shares[1:][:, moving].T.tocsr()
    inside.sort_indices()
    sections.whole("units", np.diff(inside.indptr))
    sections.whole("unit", inside.indices)
    sections.real("share", inside.data)
    return {
        "kind": "cells",
        "steps": steps,
        "plain": _PLAIN,
        "cells": asked.n_moving,
        "items": len(items),
        "worlds": [
            _write_world(world, items, asked.n_moving, (f"w{number}", steps), sections)
            for number, world in enumerate(model.worlds)
        ],
    }


def _write_world(
    world: World, items: NDArray[np.int64], n_moving: int, how: tuple[str, int], sections: Sections
) -> dict[str, Any]:
    name, steps = how
    sections.real(f"{name}.steady", world.steady)
    sections.whole(f"{name}.hidden", world.hidden)
    made = []
    for number, own in enumerate(world.bundles):
        key = f"{name}b{number}"
        moving = world.moving[number][:, items]
        row_of, rows = _kept(own.row_of[:, items], moving)
        plain = np.round(_PLAIN * level_of(own, (False,) * len(own.off))[:, items]).astype(np.int64)
        sections.whole(f"{key}.at", np.where(row_of >= 0, row_of + _FIRST_ROW, np.where(moving, 0, plain)))
        made.append(_write_formulas(own.only(rows, row_of), key, steps, sections))
    most: dict[str, Any] = {}
    for tier, rest in world.most.items():
        if rest is None:
            most[str(tier)] = None
            continue
        key = f"{name}m{tier}"
        row_of, rows = _kept(rest.row_of[:, items[:n_moving]], world.moving[tier + 1][:, items[:n_moving]])
        sections.whole(f"{key}.at", row_of + 1)
        most[str(tier)] = _write_formulas(rest.only(rows, row_of), key, steps, sections)
    return {"months": list(world.groups.of_month), "groups": len(world.groups), "bundles": made, "most": most}


def _kept(
    row_of: NDArray[np.int64], moving: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pointers to the rows that are kept, in the order in which cells ask for them, and those rows."""
    asked = np.where(moving, row_of, -1)
    by_cell = asked.T.ravel()
    rows, first = np.unique(by_cell[by_cell >= 0], return_index=True)
    rows = rows[np.argsort(first, kind="stable")]
    number = np.full(max(int(row_of.max(initial=-1)), 0) + 2, -1, dtype=np.int64)
    number[rows] = np.arange(len(rows))
    return number[asked], rows


def _write_formulas(own: Formulas, key: str, steps: int, sections: Sections) -> dict[str, Any]:
    sections.whole(f"{key}.fixed", _missed(own.fixed, steps).T)
    for switch in range(len(own.off)):
        at = np.flatnonzero((own.off[switch] != own.on[switch]).any(axis=1))
        sections.whole(f"{key}s{switch}.rows", at, rising=True)
        sections.whole(f"{key}s{switch}.off", _missed(own.off[switch, at], steps).T)
        sections.whole(f"{key}s{switch}.on", _missed(own.on[switch, at], steps).T)
    evacuations = []
    for number, (literals, chance) in enumerate(own.evacuations):
        at = np.flatnonzero(chance > 0)
        if not len(at):
            continue
        sections.whole(f"{key}e{number}.rows", at, rising=True)
        sections.whole(f"{key}e{number}.chance", _chance(chance[at], steps))
        needs = [[switch, int(is_on)] for switch, is_on in sorted(literals)]
        evacuations.append({"name": f"{key}e{number}", "needs": needs})
    return {
        "name": key,
        "rows": own.n_rows,
        "group": own.group.tolist(),
        "groups": own.n_groups,
        "all": own.needs_all,
        "relay": own.relay_group,
        "evacuations": evacuations,
    }


def _missed(miss: NDArray[np.float64], steps: int) -> NDArray[np.int64]:
    """Return what is missed in parts; neither a small chance nor a small doubt is rounded away."""
    parts = np.round(miss * steps).astype(np.int64)
    parts = np.where((miss < 1) & (parts == steps), steps - 1, parts)
    return np.where((miss > 0) & (parts == 0), 1, parts)


def _chance(chance: NDArray[np.float64], steps: int) -> NDArray[np.int64]:
    return steps - _missed(1.0 - chance, steps)
