"""Readable: cells of columns by which a sheet is known, and examples of them from rows that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from layers.foreign.cells import NOTHING
from layers.foreign.profile import EXAMPLES, LONGEST, ColumnProfile
from layers.foreign.refused import is_about_person
from layers.foreign.seen import ColumnSeen
from layers.foreign.sensitive_lists import parted
from layers.foreign.sheets import ForeignRow

_LOOKED_AT = 2_000


def with_examples_of(columns: Sequence[ColumnSeen], rows: Iterable[ForeignRow]) -> tuple[ColumnSeen, ...]:
    """
    Return columns with examples from the first rows that can be read.

    Parameters
    ----------
    columns
        Of a sheet; a refused one has no examples.
    rows
        Its rows. Those that cannot be read are passed over: their cells may stand in other columns than
        their own. A cell about a person is no example.
    """
    kept: list[dict[str, None]] = [{} for _ in columns]
    for row in islice(rows, _LOOKED_AT):
        if row.problem is not None:
            continue
        for examples, cell in zip(kept, row.cells, strict=False):
            if len(examples) < EXAMPLES and cell.lower() not in NOTHING and not is_about_person(cell):
                examples[cell[:LONGEST]] = None
    return tuple(
        replace(each, examples=() if each.is_refused else tuple(examples))
        for each, examples in zip(columns, kept, strict=True)
    )


def checked_examples(columns: Sequence[ColumnSeen], rows: Iterable[ForeignRow]) -> tuple[ColumnSeen, ...]:
    """Return columns without examples from rows that cannot be read, where one column is refused."""
    # A row with a cell too many may hold under one heading what is refused under another.
    refused = any(each.is_refused for each in columns)
    return with_examples_of(columns, rows) if refused else tuple(columns)


def short_cells(
    names: Sequence[str], profiles: Sequence[ColumnProfile], holds: Callable[[str], bool]
) -> frozenset[str]:
    """Return the different short cells, as plain words, of columns with names of one sort."""
    return frozenset(
        parted(cell)
        for column, profile in zip(names, profiles, strict=True)
        if holds(column)
        for cell in profile.classes
    )
