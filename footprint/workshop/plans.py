"""Plans: named scenarios with their office and their changed numbers, and the row that does nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from footprint.language import LANGUAGES, Language, msgid
from footprint.scenario import Scenario
from layers.characters import steers
from layers.sentences import Sentence, say

MOST_BYTES = 5_000_000
"""Largest plan, as the text of a file [bytes]."""

MOST_LETTERS = 120
"""Longest name of a plan or an office [characters]."""

MOST_PLANS = 200
"""Most plans on one desk, archived ones too."""

NOTHING_ID = "nothing"
"""Identifier of the row without changes, which is in no database and so cannot be lost."""

NOTHING = msgid("Do nothing")
"""What that row is called, for `Language.text`."""

Numbers = tuple[tuple[str, float], ...]
"""Numbers of the method that a plan changes, by name."""


Forms = tuple[tuple[str, str], ...]
"""What proposals of a plan say of themselves: the site each opens, and the text of its file."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The area a plan was drawn on."""

    area_id: str
    digest: str = ""
    """Hash of the area's files when the plan was last drawn on; "" where that is not known."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one plan proposes, whose it is, and under which numbers; equal plans give equal results."""

    scenario: Scenario
    baseline: Baseline
    office: str = ""
    """Who proposes it: a function, such as a field office, never a person."""
    numbers: Numbers = ()
    forms: Forms = ()
    origin: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What the file said of itself that the plan came from; empty for one drawn here."""

    @property
    def name(self) -> str:
        """What the plan is called."""
        return self.scenario.name


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as it stands on a desk."""

    plan_id: str
    plan: Plan
    archived: bool = False
    digest: str = field(default="", compare=False)
    """Hash under which the store keeps the plan; "" for one it has not written yet."""

    @property
    def is_nothing(self) -> bool:
        """Whether this is the row without changes."""
        return self.plan_id == NOTHING_ID

    def called(self, language: Language) -> str:
        """Return the plan's name; that of the row without changes in `language`."""
        return language.text(NOTHING) if self.is_nothing else self.plan.name


Rows = tuple[PlanRow, ...]
"""Plans of a desk in their order, without the row that does nothing."""


def nothing(area_id: str) -> PlanRow:
    """Return the row without changes, which stands first on every desk."""
    return PlanRow(NOTHING_ID, Plan(Scenario(""), Baseline(area_id)))


def tidied(name: str) -> str:
    """Return a name without spaces at its ends, its letters composed, as it is stored."""
    return unicodedata.normalize("NFC", name).strip()


def faults_of_text(text: str, *, may_be_empty: bool) -> Sentence | None:
    """
    Return what is wrong with a name, None if nothing is.

    Names are text and nothing else: any letter or sign is allowed that neither ends a line nor
    steers what shows it.
    """
    if not text and not may_be_empty:
        return say("The name is empty.")
    if len(text) > MOST_LETTERS:
        return say("The text has {n} characters; {most} are allowed.", n=len(text), most=MOST_LETTERS)
    if steers(text) or not text.isprintable():
        return say("The text holds a line break or a sign that cannot be printed.")
    return None


def is_nothings_name(name: str) -> bool:
    """Tell whether a name is, in some language, that of the row without changes."""
    return name.casefold() in {Language(code).text(NOTHING).casefold() for code in LANGUAGES}


def names_of(rows: Rows) -> frozenset[str]:
    """Return the names taken by plans, in small letters."""
    return frozenset(row.plan.name.casefold() for row in rows)


def distinct(name: str, taken: Container[str]) -> str:
    """
    Return a name that no other plan has: itself, or with the first number that is free.

    Examples
    --------
    >>> distinct("North", {"north", "north (2)"})
    'North (3)'
    """
    wanted, number = name, 1
    while wanted.casefold() in taken or is_nothings_name(wanted):
        number += 1
        ending = f" ({number})"
        wanted = name[: MOST_LETTERS - len(ending)].rstrip() + ending
    return wanted
