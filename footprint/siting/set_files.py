"""Set covering files of OR-Library: what each column costs, and which rows it covers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from footprint.siting.faults import SitingFileError
from footprint.siting.lines import Line
from footprint.siting.world import SetWorld, SitingFormat, numbered
from layers.sentences import Sentence, say

_KNOWN = say(
    "Known are: vertices, edges, p and edges; edges alone; n, p and numbered coordinates; a matrix of "
    "distances; set covering files; and tables that name their columns (x, y, weight, site; from, to, "
    "length)."
)

_MOST_SETS = 2_000_000
"""Rows or columns of a set covering file; the largest published, of railways, has 1.1 million columns."""


class _Numbers:
    """The numbers of a file one after the other, whatever lines they stand on."""

    def __init__(self, file: str, lines: list[Line]) -> None:
        self.file = file
        self.line = lines[0].number
        self._cells: Iterator[tuple[int, float]] = (
            (line.number, cell.value) for line in lines for cell in line.cells
        )

    def fault(self, problem: Sentence) -> SitingFileError:
        """Return a fault at the number that was read last."""
        return SitingFileError(self.file, self.line, problem, _KNOWN)

    def number(self) -> float:
        """Return the next number, at least 0."""
        following = next(self._cells, None)
        if following is None:
            raise self.fault(say("the file breaks off here, read as a set covering file"))
        self.line, value = following
        if value < 0:
            raise self.fault(say("a number is negative, read as a set covering file"))
        return value

    def whole(self, most: int) -> int:
        """Return the next number, whole and at most so much."""
        value = self.number()
        if value != int(value) or value > most:
            problem = say("{value} is no number from 0 to {most}, read as a set covering file",
                          value=f"{value:g}", most=most)  # fmt: skip
            raise self.fault(problem)
        return int(value)

    def ended(self) -> None:
        """Refuse anything that follows."""
        following = next(self._cells, None)
        if following is not None:
            self.line = following[0]
            raise self.fault(say("more follows than a set covering file holds"))


def read_sets(file: str, lines: list[Line]) -> SetWorld:
    """
    Read a set covering file: by rows (`scp`), or by columns as those of railways.

    Raises
    ------
    SitingFileError
        If it is neither; what is said is what is wrong with it as a file by rows.
    """
    try:
        return _by_rows(_Numbers(file, lines))
    except SitingFileError as fault:
        try:
            return _by_columns(_Numbers(file, lines))
        except SitingFileError:
            raise fault from None


def _by_rows(numbers: _Numbers) -> SetWorld:
    """Read rows and columns; what columns cost; and for each row how many columns cover it, and which."""
    n_rows, n_columns = _shape(numbers)
    costs = [numbers.number() for _ in range(n_columns)]
    pairs = [(row, column) for row in range(n_rows) for column in _members(numbers, n_columns)]
    numbers.ended()
    return _sets(numbers.file, SitingFormat.SET_COVER_ROWS, costs, pairs, n_rows)


def _by_columns(numbers: _Numbers) -> SetWorld:
    """Read rows and columns; and for each column what it costs, how many rows it covers, and which."""
    n_rows, n_columns = _shape(numbers)
    costs: list[float] = []
    pairs: list[tuple[int, int]] = []
    for column in range(n_columns):
        costs.append(numbers.number())
        pairs += [(row, column) for row in _members(numbers, n_rows)]
    numbers.ended()
    return _sets(numbers.file, SitingFormat.SET_COVER_COLUMNS, costs, pairs, n_rows)


def _shape(numbers: _Numbers) -> tuple[int, int]:
    n_rows, n_columns = numbers.whole(_MOST_SETS), numbers.whole(_MOST_SETS)
    if not n_rows or not n_columns:
        raise numbers.fault(say("there must be at least one row and one column"))
    return n_rows, n_columns


def _members(numbers: _Numbers, most: int) -> list[int]:
    """Return the members of one row or column, from 0."""
    members = []
    for _ in range(numbers.whole(most)):
        own = numbers.whole(most)
        if own == 0:
            raise numbers.fault(say("rows and columns are numbered from 1, and 0 is named"))
        members.append(own - 1)
    return members


def _sets(
    file: str, kind: SitingFormat, costs: list[float], pairs: list[tuple[int, int]], n_rows: int
) -> SetWorld:
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    shape = (n_rows, len(costs))
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    matrix.data[:] = 1.0
    return SetWorld(
        file=file,
        format=kind,
        demand_ids=numbered(n_rows),
        site_ids=numbered(len(costs)),
        matrix=matrix,
        costs=np.array(costs, dtype=float),
    )
