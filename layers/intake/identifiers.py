"""Identifiers: by which column a list's rows are known in its next edition, and those that stand twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from layers.foreign.cells import NOTHING
from layers.foreign.seen import ColumnContent, SheetSeen
from layers.foreign.sheets import ForeignRow
from layers.formats.forbidden import plain
from layers.formats.identity import numbered
from layers.intake.mapping import IntakeMapping
from layers.sentences import Sentence, say


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALONE = _words(
    "id ids ident identifier identifiant code pcode n no nr num numero number ref reference serial sn"
    " matricule uid uuid key cle index item"
)
"""Names that say identifier by themselves, as `plain` writes them: "N°" is "n", "Réf." is "ref"."""
_ENDS = _words("id ident identifier identifiant code pcode ref reference uid uuid")
"""First or last words of names that say it, such as "Site code", "ID incident"."""
_COUNTS = _words("n no nr num numero number")
"""First or last words that say it beside a word for a thing that is listed, for "No of dead" counts."""
_THINGS = _words(
    "site base place incident event evenement case cas report rapport record serial serie item row ligne"
    " ordre dossier fiche ref reference road route zone airfield aerodrome facility structure unit unite s"
)
_LITTLE = _words("de d du des l la le of the")
_ABLE = frozenset({ColumnContent.TEXT, ColumnContent.IDENTIFIER, ColumnContent.NUMBER, ColumnContent.YEAR})
_FILLED = 0.8
"""Share of the rows that must have an identifier."""
_SINGLE = 0.45
"""Share of the rows whose identifier may be another's too: a list of three may have one twice, classes never
pass."""
_TWICE = 0.05
"""The same for a column whose name may say the code of something else."""
_LISTED = 12
_SENSITIVE = "sensitive"


def is_called_identifier(name: str) -> bool:
    """
    Tell whether a column is called as identifiers are.

    Examples
    --------
    >>> [is_called_identifier(name) for name in ("N°", "S/N", "Réf.", "Site ID", "Incident No", "No of dead")]
    [True, True, True, True, True, False]
    """
    words = [word for word in plain(name).split() if word not in _LITTLE and not word.isdigit()]
    if len(words) <= 1:
        return bool(words) and words[0] in _ALONE
    if words in (["s", "n"], ["p", "code"]) or words[0] in _ENDS or words[-1] in _ENDS:
        return True
    counted = _COUNTS & {words[0], words[-1]}
    return bool(counted) and bool(_THINGS & set(words))


def with_identifier(
    mapping: IntakeMapping, sheet: SheetSeen, rows: Iterable[ForeignRow], stated: Mapping[str, str]
) -> IntakeMapping:
    """
    Return a mapping with the column by which rows are known, where one is called so and tells them apart.

    Parameters
    ----------
    mapping, sheet, rows
        As for `layers.intake.rows.take`.
    stated
        Columns that a person named, by field: they stay.

    Notes
    -----
    A column that was guessed by its name and tells few rows apart is none. Of sensitive places nothing is
    taken by which they could be known elsewhere.
    """
    key = mapping.target.key
    if key in stated or key in mapping.stated or mapping.layer == _SENSITIVE:
        return mapping
    names = [each.name for each in sheet.columns]
    used = {*mapping.columns.values(), *mapping.assets.values()} - {mapping.columns.get(key, "")}
    able = [
        n
        for n, each in enumerate(sheet.columns)
        if each.name not in used
        and each.content in _ABLE
        and (each.name == mapping.columns.get(key) or is_called_identifier(each.name))
    ]
    guessed = mapping.columns.get(key)
    # What a field's own names or the bare word say comes before a code of something else: "Payam code".
    able.sort(key=lambda n: (names[n] != guessed, not _is_plain(names[n])))
    others = {name: column for name, column in mapping.columns.items() if name != key}
    cells: dict[int, Counter[str]] = {n: Counter() for n in able}
    count = 0
    for row in rows:
        # A row that cannot be taken may have its identifier all the same.
        if len(row.cells) == len(names):
            count += 1
            for n in able:
                cells[n][row.cells[n].strip()] += 1
    chosen = next(
        (n for n in able if _tells_apart(cells[n], count, surely=names[n] == guessed or _is_plain(names[n]))),
        None,
    )
    return replace(mapping, columns=others if chosen is None else {**others, key: names[chosen]})


def _is_plain(name: str) -> bool:
    return len(plain(name).split()) <= 1


def _tells_apart(cells: Counter[str], count: int, *, surely: bool) -> bool:
    filled = sum(n for cell, n in cells.items() if cell.lower() not in NOTHING)
    single = sum(cell.lower() not in NOTHING for cell in cells)
    most_twice = filled * _SINGLE if surely else max(1.0, filled * _TWICE)
    return bool(count) and filled >= _FILLED * count and single > 0 and filled - single <= most_twice


def unique_ids(frame: pd.DataFrame, key: str) -> pd.Series:
    """
    Return the identifiers of a list's rows with -2, -3 … where rows that differ share one.

    Rows that are alike in everything keep theirs: they are one row given twice.
    """
    if frame[key].is_unique:
        return frame[key].astype(str)
    text = frame.astype(str)
    first = ~text.duplicated()
    told = numbered(frame.loc[first, key].astype(str))
    by_content = dict(zip(text[first].itertuples(index=False, name=None), told, strict=True))
    return pd.Series([by_content[row] for row in text.itertuples(index=False, name=None)], index=frame.index)


def shared_notes(
    ids: Sequence[str], made: Sequence[str], numbers: Sequence[int], column: str | None, *, shown: bool
) -> Iterator[Sentence]:
    """
    Yield what there is to say of identifiers that stand more than once.

    Parameters
    ----------
    ids, made
        Of each row, as the list has it and as it was told apart.
    numbers
        Of the rows in the file.
    column
        Column that they are from; None where they are made of names.
    shown
        Whether they may be shown.
    """
    if list(ids) == list(made):
        return
    counts = Counter(ids)
    where: dict[str, list[int]] = {}
    for one, number in zip(ids, numbers, strict=True):
        if counts[one] > 1:
            where.setdefault(one, []).append(number)
    parts = [
        (f"{one!r}: " if shown else "") + ", ".join(map(str, rows))
        for one, rows in list(where.items())[:_LISTED]
    ]
    listed = "; ".join(parts) + ("; …" if len(where) > _LISTED else "")
    yield (_NAMES.having(rows=listed) if column is None else _SHARED.having(column=repr(column), rows=listed))


_SHARED = say(
    "Identifiers in {column} that stand in several rows (identifier: rows): {rows}. The first row keeps it,"
    " the others are told apart by -2, -3 …; give each row its own."
)
_NAMES = say(
    "Names that stand in several rows (name: rows): {rows}. The first row is known by it, the others are told"
    " apart by -2, -3 …; a column of identifiers would tell them apart for good."
)
