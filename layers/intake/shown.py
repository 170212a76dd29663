"""Shown: examples of cells that were hidden while nobody had said that a list is not of sensitive places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from layers.foreign.assess import HIDDEN
from layers.foreign.cells import NOTHING
from layers.foreign.profile import EXAMPLES, LONGEST
from layers.foreign.refused import is_about_person
from layers.foreign.seen import Likely, SheetSeen
from layers.foreign.sheets import ForeignRow
from layers.sentences import say

_LOOKED_AT = 2_000
_WIDENED = say("Its extent is widened to tenths.")


def with_examples(sheet: SheetSeen, rows: Iterable[ForeignRow]) -> SheetSeen:
    """
    Return a sheet with examples of its cells, once a person has said that it is no list of sensitive places.

    Parameters
    ----------
    sheet
        As it came from the process apart: without examples if it may be such a list.
    rows
        Its rows; cells of refused columns are gone from them, and a cell about a person is no example.
    """
    first = sheet.likely[0]
    if not sheet.is_sensitive or (first.decided and first.layer is Likely.SENSITIVE):
        return sheet
    kept: list[dict[str, None]] = [{} for _ in sheet.columns]
    for row in islice(rows, _LOOKED_AT):
        for examples, cell in zip(kept, row.cells, strict=False):
            if len(examples) < EXAMPLES and cell.lower() not in NOTHING and not is_about_person(cell):
                examples[cell[:LONGEST]] = None
    columns = tuple(
        each if each.is_refused else replace(each, examples=tuple(examples))
        for each, examples in zip(sheet.columns, kept, strict=True)
    )
    remarks = (_WIDENED if each.template == HIDDEN.template else each for each in sheet.remarks)
    return replace(sheet, columns=columns, remarks=tuple(remarks))
