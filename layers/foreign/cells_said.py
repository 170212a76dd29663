"""Cells said: what a person is told of the cells of a raster that were read."""

from __future__ import annotations

from layers.foreign.seen import CellsSeen
from layers.sentences import Sentence, say


def cells_said(cells: CellsSeen) -> list[Sentence]:
    """Return what was read of a raster, what was left out, and the people it would count either way."""
    made = [
        say("Read of it: {rows} by {columns} cells.", rows=cells.rows, columns=cells.columns)
        if cells.factor == 1
        else say(
            "Read of it: {rows} by {columns} cells, each of {factor} by {factor} cells of the file.",
            rows=cells.rows,
            columns=cells.columns,
            factor=cells.factor,
        ),
        say(
            "If its values count people, {n} people are in them; if people of a square kilometre, {m}.",
            n=round(cells.kept),
            m=round(cells.kept_by_area),
        ),
    ]
    if cells.flattened is not None:
        made.append(cells.flattened)
    if cells.outside is None:
        made.append(say("How many people it holds outside the area is not counted: it is too large."))
    elif cells.outside:
        made.append(
            say(
                "Outside the area, left out: {n} people, or {m} by area.",
                n=round(cells.outside),
                m=round(cells.outside_by_area or 0.0),
            )
        )
    if cells.moved:
        made.append(say("Its cells were laid upon a grid of degrees; their sum is kept."))
    if cells.without_data:
        made.append(say("Cells of the file without data: {n}.", n=cells.without_data))
    if cells.negative or cells.infinite:
        made.append(
            say(
                "Cells left out because no such number of people can be: below nought {n}, endless {m}.",
                n=cells.negative,
                m=cells.infinite,
            )
        )
    return made
