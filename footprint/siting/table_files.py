"""Tables that name their columns: coordinates with weights, edges, and distances with names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.siting.faults import SitingFileError
from footprint.siting.geometry import MOST_DISTANCES, great_circles, shortest_ways, straight
from footprint.siting.lines import Line
from footprint.siting.plain_files import said_twice, too_many
from footprint.siting.world import DistanceWorld, SitingFormat
from layers.sentences import Sentence, say

Numbers = NDArray[np.float64]

_IDS = ("id", "name", "point_id", "site_id", "demand_id")
_WEIGHTS = ("weight", "demand", "people", "population", "w")
_LENGTHS = ("length", "distance", "cost", "length_km", "minutes")
_DEGREES = {"lon": 180.0, "lat": 90.0}


@dataclass(frozen=True, slots=True)
class _Named:
    """A table by the names of its columns, in small letters."""

    file: str
    names: list[str]
    lines: list[Line]

    def first(self, names: Sequence[str]) -> str | None:
        """Return the first of some names that a column has."""
        return next((name for name in names if name in self.names), None)

    def texts(self, name: str) -> list[str]:
        """Return a column as it stands."""
        return [line.cells[self.names.index(name)].text for line in self.lines]

    def numbers(self, name: str, *, least: float = -math.inf, most: float = math.inf) -> Numbers:
        """Return a column of numbers within limits; the first line that has none is a fault."""
        place = self.names.index(name)
        values = np.array([line.cells[place].value for line in self.lines])
        bad = np.flatnonzero(~((values >= least) & (values <= most)))
        if len(bad):
            line = self.lines[int(bad[0])]
            problem = say("column {column} holds {text}", column=name, text=repr(line.cells[place].text[:40]))
            raise SitingFileError(self.file, line.number, problem, _remedy(least, most))
        return values


def _remedy(least: float, most: float) -> Sentence:
    if math.isfinite(least) and math.isfinite(most):
        return say("A number from {least} to {most} belongs there.", least=f"{least:g}", most=f"{most:g}")
    if math.isfinite(least):
        return say("A number of at least {least} belongs there.", least=f"{least:g}")
    return say("A number belongs there.")


def read_named(file: str, lines: list[Line]) -> DistanceWorld:
    """
    Read a table whose first line names its columns.

    Parameters
    ----------
    file
        Name of the file.
    lines
        Coordinates: `x` and `y` in a plane, or `lon` and `lat` [°]; and where there are such `id`,
        `weight`, and `site` (1 for a candidate; all are where there is no such column). Edges: `from`,
        `to`, `length`. Distances: any names, one a site, beside a first column of names.

    Raises
    ------
    SitingFileError
        If the columns are none of these, or a cell is not what belongs there.
    """
    names = [cell.text.strip().lower() for cell in lines[0].cells]
    if len(lines) == 1:
        raise SitingFileError(file, None, say("it holds no line but the names of columns"), _what_is_known())
    for line in lines[1:]:
        if len(line.cells) != len(names):
            problem = say("it has {n} cells, the first line {names}", n=len(line.cells), names=len(names))
            raise SitingFileError(file, line.number, problem, say("Mend that line."))
    table = _Named(file, names, lines[1:])
    for pair in (("x", "y"), ("lon", "lat")):
        if set(pair) <= set(names):
            return _points(table, pair)
    length = table.first(_LENGTHS)
    if {"from", "to"} <= set(names) and length is not None:
        return _named_edges(table, length)
    first = lines[1].cells
    if len(names) > 1 and all(cell.is_number for cell in first[1:]):
        return _named_matrix(table, [cell.text for cell in lines[0].cells])
    raise SitingFileError(file, lines[0].number, say("its columns are none that are known"), _what_is_known())


def _what_is_known() -> Sentence:
    return say(
        "Name x and y, or lon and lat, with weight and site where there are such; or from, to and length; or "
        "one column a site beside a first one of names."
    )


def _points(table: _Named, pair: tuple[str, str]) -> DistanceWorld:
    limits = [_DEGREES.get(name, math.inf) for name in pair]
    places = np.column_stack(
        [table.numbers(name, least=-most, most=most) for name, most in zip(pair, limits, strict=True)]
    )
    ids, weights = _ids(table), _weights(table)
    is_site = np.ones(len(ids), dtype=bool)
    if "site" in table.names:
        is_site = table.numbers("site", least=0, most=1) == 1
    if not is_site.any():
        raise SitingFileError(
            table.file, None, say("no point is a candidate site"), say("Write 1 in column `site` of some.")
        )
    if len(ids) * int(is_site.sum()) > MOST_DISTANCES:
        raise too_many(table.file, len(ids) * int(is_site.sum()))
    notes = []
    if pair == ("lon", "lat"):
        notes.append(say("Distances are great circles, in kilometres."))
    if "capacity" in table.names:
        notes.append(say("Capacities are not used: any site may serve any number."))
    measure = great_circles if pair == ("lon", "lat") else straight
    return DistanceWorld(
        file=table.file,
        format=SitingFormat.COORDINATES,
        demand_ids=ids,
        site_ids=tuple(own for own, site in zip(ids, is_site, strict=True) if site),
        distances=measure(places, places[is_site]),
        weights=weights,
        p=None,
        notes=tuple(notes),
    )


def _ids(table: _Named) -> tuple[str, ...]:
    name = table.first(_IDS)
    if name is None:
        return tuple(str(number) for number in range(1, len(table.lines) + 1))
    ids = table.texts(name)
    seen: set[str] = set()
    for line, own in zip(table.lines, ids, strict=True):
        if not own or own in seen:
            problem = say("{id} is empty or stands there twice", id=repr(own[:40]))
            raise SitingFileError(table.file, line.number, problem, say("Give each point a name of its own."))
        seen.add(own)
    return tuple(ids)


def _weights(table: _Named) -> Numbers:
    name = table.first(_WEIGHTS)
    return np.ones(len(table.lines)) if name is None else table.numbers(name, least=0)


def _named_edges(table: _Named, length: str) -> DistanceWorld:
    lengths = table.numbers(length, least=0)
    ends = list(zip(table.texts("from"), table.texts("to"), strict=True))
    names = list(dict.fromkeys(end for pair in ends for end in pair))
    if len(names) ** 2 > MOST_DISTANCES:
        raise too_many(table.file, len(names) ** 2)
    place = {name: number for number, name in enumerate(names)}
    edges = [(place[a], place[b], float(own)) for (a, b), own in zip(ends, lengths, strict=True)]
    distances, again = shortest_ways(len(names), edges, last_counts=False)
    return DistanceWorld(
        file=table.file,
        format=SitingFormat.EDGES,
        demand_ids=tuple(names),
        site_ids=tuple(names),
        distances=distances,
        weights=np.ones(len(names)),
        p=None,
        notes=(said_twice(again),) * (again > 0),
    )


def _named_matrix(table: _Named, heads: list[str]) -> DistanceWorld:
    weight = table.first(_WEIGHTS)
    columns = [name for name in table.names[1:] if name != weight]
    if not columns or len(set(table.names)) != len(table.names):
        problem = say("its columns are none that are known")
        raise SitingFileError(table.file, None, problem, _what_is_known())
    if len(table.lines) * len(columns) > MOST_DISTANCES:
        raise too_many(table.file, len(table.lines) * len(columns))
    distances = np.column_stack([table.numbers(name, least=0) for name in columns])
    sites = tuple(head for head, name in zip(heads[1:], table.names[1:], strict=True) if name != weight)
    return DistanceWorld(
        file=table.file,
        format=SitingFormat.MATRIX,
        demand_ids=_ids(_Named(table.file, ["id", *table.names[1:]], table.lines)),
        site_ids=sites,
        distances=distances,
        weights=_weights(table),
        p=None,
    )
