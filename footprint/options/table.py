"""Table of choices as CSV: what people edit in a spreadsheet, and back with every fault named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import StrEnum
from math import nan
from typing import TypeVar

from footprint.options.choices import (
    Act,
    Allowed,
    Assets,
    Choice,
    ChoiceSet,
    CostSource,
    OptionError,
    RowOrigin,
    faults_of,
)
from footprint.scenario import MOST_ASSETS
from layers.characters import printable_lines
from layers.months import ALL_MONTHS, months_in, months_mask
from layers.sentences import Sentence, say

COLUMNS = tuple(each.name for each in fields(Choice) if each.compare)
"""Columns of the table, in their order: what tells choices apart, not where they were read."""

_REQUIRED = ("place", "act")
_MOST_ROWS = 5_000
"""What every choice does is reckoned before the search: 4,000 choices at 500 places take a minute or two."""

_MOST_AMOUNT = 1e15
_GROUPED = re.compile(r"^-?\d{1,3}(\.\d{3})+$")

_TEXTS = ("place", "name", "office", "source")
_RECKONED = re.compile("'*[=+@-]")
"""What a spreadsheet takes for a formula; an apostrophe before it makes it text."""

Word = TypeVar("Word", bound=StrEnum)


def dumps_table(choices: ChoiceSet) -> str:
    """Return a table as CSV that a spreadsheet opens, one row for each choice, text in it never a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for choice in choices.choices:
        row = row_of(choice)
        writer.writerow(
            row | {name: f"'{row[name]}" for name in _TEXTS if _RECKONED.match(row[name]) is not None}
        )
    return out.getvalue()


def row_of(choice: Choice) -> dict[str, str]:
    """Return one row of the table as text; what nobody has stated is empty."""
    return {
        "place": choice.place,
        "name": choice.name,
        "act": str(choice.act),
        "assets": "; ".join(
            f"{kind} {count:+d}" if choice.act is Act.RESHAPE else f"{kind} {abs(count)}"
            for kind, count in choice.assets
        ),
        "lon": _number(choice.lon),
        "lat": _number(choice.lat),
        "months": _months(choice.months),
        "one_off_usd": _number(choice.one_off_usd),
        "recurrent_usd": _number(choice.recurrent_usd),
        "confidence": "" if choice.confidence is None else str(choice.confidence),
        "posts": "" if choice.posts is None else str(choice.posts),
        "allowed": str(choice.allowed),
        "office": choice.office,
        "source": choice.source,
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _months(mask: int) -> str:
    return "all" if mask == ALL_MONTHS else ",".join(str(month) for month in months_in(mask))


def loads_table(text: str, sites: Mapping[str, str], kinds: Iterable[str], file: str = "") -> ChoiceSet:
    """
    Read a table of choices.

    Parameters
    ----------
    text
        CSV, with commas or semicolons.
    sites
        Name of each site of the area.
    kinds
        Kinds of asset that there are.
    file
        Its name, for messages.

    Raises
    ------
    OptionError
        Naming file, row, column and remedy of everything that is wrong.
    """
    try:
        return _loaded(text, sites, kinds, file)
    except OptionError as error:
        if not file:
            raise
        told = (say("{file}: {fault}", file=file, fault=fault) for fault in error.sentences)
        raise OptionError(*told) from error


def _loaded(text: str, sites: Mapping[str, str], kinds: Iterable[str], file: str) -> ChoiceSet:
    content = io.StringIO(text.removeprefix("\ufeff"), newline=None).read()
    first = content.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    header, rows = _cells(content, separator)
    missing = [name for name in _REQUIRED if name not in header]
    if missing:
        raise OptionError(
            say(
                "the table of choices has no column {columns}; its columns are: {known}",
                columns=", ".join(missing),
                known=", ".join(COLUMNS),
            )
        )
    _must_be_columns(header)
    if len(rows) > _MOST_ROWS:
        told = say(
            "the table of choices has {rows} rows, and {n} can be reckoned; leave out places and packages "
            "that nobody would choose",
            rows=len(rows),
            n=_MOST_ROWS,
        )
        raise OptionError(told)
    choices = read_rows(rows, sites, kinds, decimal_comma=separator == ";", file=file)
    return ChoiceSet(choices)


def _must_be_columns(header: list[str]) -> None:
    """Refuse a head with columns that nobody reads, or one twice: what stands there would be lost."""
    strange = [name for name in header if name and name not in COLUMNS]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    faults = [
        say(
            "the table of choices has a column {column} that nobody reads; its columns are: {known}",
            column=repr(name),
            known=", ".join(COLUMNS),
        )
        for name in strange
    ]
    faults += [say("the table of choices has the column {column} twice", column=repr(name)) for name in twice]
    if faults:
        raise OptionError(*faults)


def _cells(content: str, separator: str) -> tuple[list[str], list[dict[str, str]]]:
    """Return head and rows, empty lines among them so that each row keeps its number."""
    reader = csv.reader(io.StringIO(content), delimiter=separator, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        rows, faults = list[dict[str, str]](), list[Sentence]()
        for row in reader:
            if any(cell.strip() for cell in row[len(header) :]):
                faults.append(
                    say(
                        "row {row}: it has {n} cells, the first line {columns}; are thousands separated by "
                        "commas?",
                        row=str(reader.line_num),
                        n=len(row),
                        columns=len(header),
                    )
                )
            rows.append(dict(zip(header, row, strict=False)))
    except csv.Error:
        raise OptionError(
            say("row {row}: it cannot be read; save the table as CSV again", row=str(reader.line_num))
        ) from None
    if faults:
        raise OptionError(*faults)
    for own in rows:
        own |= {name: own[name][1:] for name in _TEXTS if re.match("'+[=+@-]", own.get(name, ""))}
    return header, rows


def read_rows(
    rows: Iterable[Mapping[str, str]],
    sites: Mapping[str, str],
    kinds: Iterable[str],
    *,
    decimal_comma: bool = False,
    file: str = "",
) -> tuple[Choice, ...]:
    """
    Return the choices of rows of text, as a table or a page has them; empty rows are none.

    Parameters
    ----------
    rows
        Text by column; columns that are not there are empty.
    sites, kinds
        As for `loads_table`.
    decimal_comma
        Whether numbers may be written with a decimal comma.
    file
        Where the rows were read, which their choices remember; "" on a page.

    Raises
    ------
    OptionError
        Naming row, column and remedy of everything that is wrong.
    """
    known, faults, choices = frozenset(kinds), list[Sentence](), list[Choice]()
    for number, row in enumerate(rows, start=2):
        cells = {name: str(row.get(name) or "").strip() for name in COLUMNS}
        if not any(cells.values()):
            continue
        reader = _Row(number, cells, known, decimal_comma=decimal_comma)
        choice = reader.choice(sites, RowOrigin(file, number))
        own = reader.faults or [
            say("row {row}, column {column}: {fault}", row=str(number), column=column, fault=fault)
            for column, fault in faults_of(choice, sites)
        ]
        faults += own
        choices.append(choice)
    if faults:
        raise OptionError(*faults)
    return tuple(choices)


class _Row:
    """One row being read, and what is wrong with it so far."""

    def __init__(
        self, number: int, cells: Mapping[str, str], kinds: frozenset[str], *, decimal_comma: bool
    ) -> None:
        self._number, self._cells, self._kinds = number, cells, kinds
        self._comma = decimal_comma
        self.faults: list[Sentence] = []

    def choice(self, sites: Mapping[str, str], origin: RowOrigin) -> Choice:
        cells = self._cells
        act = self._word("act", Act) or Act.KEEP
        posts = self._measure("posts", least=0.0)
        if posts is not None and posts != int(posts):
            self._fault("posts", say("a whole number"))
        return Choice(
            place=cells["place"],
            name=cells["name"] or sites.get(cells["place"], cells["place"]),
            act=act,
            assets=self._assets(act),
            lon=self._measure("lon"),
            lat=self._measure("lat"),
            months=self._open_months(),
            one_off_usd=self._measure("one_off_usd", least=0.0),
            recurrent_usd=self._measure("recurrent_usd", least=0.0),
            confidence=self._word("confidence", CostSource),
            posts=None if posts is None else int(posts),
            allowed=self._word("allowed", Allowed) or Allowed.FREE,
            office=self._line("office"),
            source=self._line("source"),
            origin=origin,
        )

    def _fault(self, column: str, expected: Sentence) -> None:
        self.faults.append(
            say(
                "row {row}, column {column}: {value} is not {expected}",
                row=str(self._number),
                column=column,
                value=repr(self._cells[column]),
                expected=expected,
            )
        )

    def _line(self, column: str) -> str:
        text = self._cells[column]
        if text != printable_lines(text).replace("\n", " "):
            self._fault(column, say("plain text in one line"))
        return text

    def _word(self, column: str, words: type[Word]) -> Word | None:
        cell = self._cells[column].lower()
        if cell in list(words):
            return words(cell)
        if cell or column == "act":
            self._fault(column, say("one of: {known}", known=", ".join(words)))
        return None

    def _measure(self, column: str, *, least: float | None = None) -> float | None:
        cell = self._cells[column].replace("\u202f", "").replace("\xa0", "").replace(" ", "")
        if not cell:
            return None
        if self._comma:
            cell = cell.replace(",", ".")
        try:
            # 1.500 may be one and a half or one thousand five hundred: of money nobody may guess which.
            value = nan if "_" in cell or (least is not None and _GROUPED.match(cell)) else float(cell)
        except ValueError:
            value = nan
        if not abs(value) <= _MOST_AMOUNT:
            self._fault(column, say("a number such as 1500000"))
            return None
        if least is not None and value < least:
            self._fault(column, say("a number from nought on"))
            return None
        return value

    def _open_months(self) -> int:
        cell = self._cells["months"]
        if not cell:
            return ALL_MONTHS
        try:
            mask = months_mask(cell)
        except ValueError:
            mask = 0
        if not mask:
            self._fault("months", say('months such as "10-1" or "all"'))
            return ALL_MONTHS
        return mask

    def _assets(self, act: Act) -> Assets:
        found: dict[str, int] = {}
        for part in filter(str.strip, self._cells["assets"].replace(",", ";").split(";")):
            kind, _, count = part.strip().partition(" ")
            if kind not in self._kinds:
                self._fault(
                    "assets",
                    say(
                        "kinds and numbers such as: {example}; kinds are: {known}",
                        example="infantry_company 1; fpu_platoon 2",
                        known=", ".join(sorted(self._kinds)),
                    ),
                )
                return ()
            try:
                n = int(count.strip() or "1")
            except ValueError:
                n = 0
            if not 0 < abs(n) <= MOST_ASSETS or kind in found:
                self._fault("assets", say("each kind once, with a number from 1 to {most}", most=MOST_ASSETS))
                return ()
            found[kind] = -abs(n) if act is Act.THIN else n
        return tuple(sorted(found.items()))
