"""Row words: what the cells of a list's columns of words mean, and which of them nothing says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from layers.foreign.cells import NOTHING
from layers.foreign.placed import aside
from layers.foreign.seen import SheetSeen
from layers.foreign.sheets import ForeignRow
from layers.intake.fields import Absent, Form, IntakeField
from layers.intake.mapping import IntakeMapping, meaning
from layers.intake.shown import is_concealed

_STRANGE = 0.6
"""Share of the filled cells of a guessed column from which on it is taken for another thing."""
_WORDS_MOST = 200
"""Different words of a column that are asked about."""


def open_words(
    mapping: IntakeMapping, sheet: SheetSeen, rows: Iterable[ForeignRow]
) -> dict[str, dict[str, int]]:
    """
    Return by field in how many rows stand cells of which nothing says what they mean, the commonest first.

    Parameters
    ----------
    mapping
        Which columns are taken for fields of words.
    sheet
        The list's columns.
    rows
        All of its rows.

    Returns
    -------
    dict
        By field, rows by cell; empty cells stand together under "", however nothing is written.
    """
    found = {}
    for name, cells in cells_of_words(mapping, sheet, rows).items():
        wanted, unknown = mapping.target.field(name), Counter[str]()
        for cell, n in cells.items():
            if wanted is not None and _is_open(mapping, wanted, cell):
                unknown["" if cell.lower() in NOTHING else cell] += n
        if unknown:
            found[name] = dict(unknown.most_common(_WORDS_MOST))
    return found


def cells_of_words(
    mapping: IntakeMapping, sheet: SheetSeen, rows: Iterable[ForeignRow]
) -> dict[str, Counter[str]]:
    """
    Return how often each cell stands in the columns taken for fields of words, by field.

    Rows that do not read, totals and notes count in none, and a cell that holds an error means nothing:
    all of these are reported.
    """
    names = [each.name for each in sheet.columns]
    asked = {
        name: names.index(mapping.columns[name])
        for name in (each.name for each in mapping.target.fields if each.form is Form.WORD)
        if mapping.columns.get(name) in names
    }
    counts: dict[str, Counter[str]] = {name: Counter() for name in asked}
    where = None if sheet.shapes or not mapping.target.shapes else mapping.placing(sheet.columns)
    placing = () if where is None else tuple(map(names.index, where.columns))
    for row in rows:
        # Totals and notes under a list are reported: nobody need say what kind they are of.
        if row.problem is None and aside(row, placing) is None:
            marked = {n for n, _ in row.marks}
            for name, at in asked.items():
                if at not in marked:
                    counts[name][row.cells[at].strip()] += 1
    return counts


def known_words(
    mapping: IntakeMapping, sheet: SheetSeen, rows: Iterable[ForeignRow]
) -> dict[str, dict[str, str]]:
    """Return by field what cells are taken to mean, the commonest first; "" leaves their rows out."""
    made = {}
    for name, cells in cells_of_words(mapping, sheet, rows).items():
        wanted = mapping.target.field(name)
        pairs = (
            (cell, None if wanted is None else meaning(mapping, wanted, cell))
            for cell, _ in cells.most_common()
        )
        meant = {
            cell: word
            for cell, word in pairs
            if word is not None and not is_concealed(mapping, sheet, name, cell)
        }
        if meant:
            made[name] = meant
    return made


def without_strange_words(
    mapping: IntakeMapping, sheet: SheetSeen, rows: Iterable[ForeignRow], stated: Mapping[str, str]
) -> IntakeMapping:
    """
    Return a mapping without guessed columns of words of which most cells mean nothing here.

    Parameters
    ----------
    mapping, sheet, rows
        As for `open_words`.
    stated
        Columns that a person named: they stay.
    """
    names = [each.name for each in sheet.columns]
    guessed = {
        each.name: names.index(mapping.columns[each.name])
        for each in mapping.target.fields
        if each.form is Form.WORD and each.name not in stated and mapping.columns.get(each.name) in names
    }
    strange, filled = Counter[str](), Counter[str]()
    for row in rows:
        if row.problem is not None:
            continue
        for name, at in guessed.items():
            wanted, cell = mapping.target.field(name), row.cells[at].strip()
            # An empty cell says nothing of what its column holds.
            if wanted is not None and cell.lower() not in NOTHING:
                filled[name] += 1
                strange[name] += meaning(mapping, wanted, cell) is None
    columns = {
        name: column for name, column in mapping.columns.items() if strange[name] <= _STRANGE * filled[name]
    }
    return replace(mapping, columns=columns)


def _is_open(mapping: IntakeMapping, wanted: IntakeField, cell: str) -> bool:
    """Tell whether nothing says what a cell means; an empty one says so where a word stands for that."""
    empty_stands = cell.lower() in NOTHING and wanted.absent is Absent.STANDS
    return not empty_stands and meaning(mapping, wanted, cell) is None
