"""Parts of a briefing's content: sentences, tables, charts and pictures, in one language and of no format."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from layers.characters import printable

DASH = "–"
"""What stands in a table where nothing is known."""


class ProseKind(StrEnum):
    """How a sentence is set."""

    LEAD = "lead"
    """What must be read if nothing else is."""
    PLAIN = "plain"
    ITEM = "item"
    """One of several."""
    NOTE = "note"
    """Small, below what it is about."""
    DETAIL = "detail"
    """For readers of the report; on slides it is said by the speaker."""
    SHORT = "short"
    """On slides alone, in place of details that the report has."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A sentence or a few."""

    text: str
    kind: ProseKind = ProseKind.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """A table whose every cell is written already; its first column names the rows."""

    title: str
    """What it holds, with the unit of its numbers."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    """Which columns hold numbers, or marks, and not words."""
    note: str = ""
    detail: bool = False
    """Whether it stands in the report alone."""

    def __post_init__(self) -> None:
        """
        Refuse rows of another length than the header.

        Raises
        ------
        ValueError
            Naming the table.
        """
        lengths = {len(self.header), len(self.numeric), *map(len, self.rows)}
        if len(lengths) != 1:
            raise ValueError(f"{self.title!r}: rows of {sorted(lengths)} cells")


class SeriesRole(StrEnum):
    """What a series of a chart is of, by which its colour is chosen."""

    FORCE = "force"
    MISSION = "mission"
    FORCE_BEFORE = "force_before"
    MISSION_BEFORE = "mission_before"


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series of a chart."""

    name: str
    role: SeriesRole
    shares: tuple[float, ...]
    """One for each category [0-1]; NaN where not known."""
    written: tuple[str, ...]
    """The same as they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars of shares of need, side by side in each category."""

    title: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    upright: bool
    """Whether bars stand, as for months, or lie, as for names of any length."""
    alternative: str
    """What it shows, for those who do not see it."""
    note: str = ""
    detail: bool = False
    """Whether it stands in the report alone."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """A place for a picture that is made elsewhere, named by what it shows."""

    name: str
    caption: str
    alternative: str
    """What it shows, for those who do not see it."""


_HYPHEN_AS_MINUS = re.compile(r"(?<![\w.,)\]-])-(?=\d)")
"""The hyphen of a negative number, at which a line would break; as a minus sign it does not."""

_STRAIGHT_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
"""Between letters: names and titles of an area's own files are typed with it."""
_NO_DECIMAL = re.compile(r"(?<=\d)[.,]0(?=\u00a0(?:%|pt))")
"""What says nothing where shares are told to the per cent; criteria write theirs for everybody."""
_BEFORE_HIGH_MARKS = re.compile(r"(?<=\S) (?=[:;!?%»](?:\s|$))|(?<=«) ")
"""Spaces that must not break in French, in what an area's own files say."""

ChapterBlock = Prose | TextTable | BarChart | Illustration


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of a briefing."""

    key: str
    number: int
    """From 1; 0 for a page between the numbered parts."""
    heading: str
    blocks: tuple[ChapterBlock, ...]
    whole: bool = False
    """Whether it is kept together in the report, and shares no slide."""
    small: bool = False
    """Whether its words are set small, to stand on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What every page says of the whole: what it is, on which terms, and from which run."""

    title: str
    subtitle: str
    marking: str
    watermark: str
    """Words across every page; "" once somebody has cleared it."""
    number: str
    """Number and revision, as they are written."""
    made: date
    made_words: str
    author: str
    """A function, not a name."""
    terms: tuple[str, ...]
    """Purpose, audience, releaser, clearance and precision."""
    notices: tuple[str, ...]
    """What boundaries do not mean, and which data are invented."""
    run: str
    """Hash of the run, for readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole briefing in one language, of no format."""

    language: str
    """Code of its language."""
    digits: int
    """Decimals of its shares in per cent."""
    imprint: Imprint
    chapters: tuple[Chapter, ...]


def cleaned(value: Any, language: str, *, digits: int = 1) -> Any:  # noqa: ANN401  any part, and the same back
    """
    Return parts of a content with every text fit for print.

    It stands on one line, without characters that steer or turn; negative numbers have a minus sign,
    apostrophes are curved, and in French the spaces before high marks do not break, also in what an area's
    own files say. Where shares have no `digits`, none is written of those that have one elsewhere.
    """
    if isinstance(value, StrEnum) or value is None:
        return value
    if isinstance(value, str):
        words = _STRAIGHT_APOSTROPHE.sub("\u2019", _HYPHEN_AS_MINUS.sub("\u2212", printable(value)))
        words = words if digits else _NO_DECIMAL.sub("", words)
        return _BEFORE_HIGH_MARKS.sub("\u00a0", words) if language == "fr" else words
    if isinstance(value, tuple):
        return tuple(cleaned(each, language, digits=digits) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        own = {
            each.name: cleaned(getattr(value, each.name), language, digits=digits) for each in fields(value)
        }
        return replace(value, **own)
    return value
