"""Agreeing on the terminal what is taken of a sheet: shown, asked about and corrected until it stands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from footprint.cli.offer_table import show_offer
from footprint.errors import FootprintError
from footprint.language import Language
from layers.characters import printable
from layers.intake.answers import AnswerError, Answers, read_answers
from layers.intake.offer import AreaFacts, Offer, offers
from layers.sentences import Sentence, say

if TYPE_CHECKING:
    from layers.foreign.isolation import Looked

_YES, _NO = frozenset({"yes", "y", "oui", "o", ""}), frozenset({"no", "n", "non"})
_HARMLESS = "ledger."
"""Start of keys whose suggestion may stand unasked: it says that something is not stated."""


@dataclass(slots=True)
class Agreement:
    """What a person says of one file, and whether there is a person to ask."""

    language: Language
    takes_all: bool
    screen: Console
    """Where offers are shown."""
    said: list[Answers] = field(default_factory=list)

    @property
    def can_ask(self) -> bool:
        """Whether somebody sits before a terminal and wants to be asked."""
        return not self.takes_all and sys.stdin.isatty() and sys.stdout.isatty()

    def tell(self, step: Sentence) -> None:
        """Say how far a large file is read."""
        self.screen.print(step.said(self.language), markup=False)

    def of(self, looked: Looked, place: int, facts: AreaFacts) -> Offer | None:
        """
        Return the offer of a sheet that can be taken, None if nothing of it is to be.

        Raises
        ------
        FootprintError
            If something is open, or rows cannot be taken, and nobody can be asked.
        """
        sheet, shown = looked.seen.sheets[place].name, False
        while True:
            offer = offers(looked, self.said, facts)[place]
            # Between one question and the next nothing is said twice.
            if not shown or not offer.questions:
                self.screen.print()
                show_offer(self.screen, looked.seen, offer, self.language)
            shown = True
            if offer.is_nothing:
                return None
            if not self.can_ask:
                return self._unasked(offer, looked, place, facts)
            typed = self._question(offer) if offer.questions else self._consent(offer)
            if typed is None:
                return None
            if typed == "" and not offer.questions:
                return offer
            self._add(typed, sheet)

    def leaves_out(self, sheet: str) -> bool:
        """Tell whether rows of a sheet that cannot be taken are left out."""
        return any(each.leaves_out for each in self.said if each.sheet in {"", sheet})

    def _unasked(self, offer: Offer, looked: Looked, place: int, facts: AreaFacts) -> Offer:
        """Return an offer that nothing is open of, or refuse it with every question and its key."""
        harmless = [each for each in offer.questions if each.key.startswith(_HARMLESS) and each.suggested]
        if harmless and len(harmless) == len(offer.questions):
            stated = {each.key: each.suggested for each in harmless}
            self.said.insert(0, Answers(stated=stated, sheet=offer.sheet.name))
            offer = offers(looked, self.said, facts)[place]
        if offer.questions:
            lines = [
                say("{question} Say it with: --set {key}=…", question=each.asks, key=repr(each.key))
                for each in offer.questions
                if each not in harmless
            ]
            raise FootprintError(*lines)
        reported = sum(each.count for each in offer.taken.reports) if offer.taken is not None else 0
        if reported and not self.leaves_out(offer.sheet.name):
            problem = say("rows that cannot be taken: {n}; say --leave-out to leave them out", n=reported)
            raise FootprintError(problem)
        return offer

    def _question(self, offer: Offer) -> str:
        question, text = offer.questions[0], self.language.text
        typer.echo(question.asks.said(self.language))
        if question.choices:
            typer.echo(text("One of: {choices}", choices=", ".join(map(printable, question.choices))))
        shown = question.suggested or None
        typed = typer.prompt(
            question.key.rstrip("…"), default=question.suggested, show_default=shown is not None
        )
        if "=" in typed and question.key.endswith("…"):
            return str(typed)
        return f"{question.key}={typed}"

    def _consent(self, offer: Offer) -> str | None:
        """Return "" where the offer is taken, None where it is not, else a correction."""
        text = self.language.text
        reported = sum(each.count for each in offer.taken.reports) if offer.taken is not None else 0
        if reported and not self.leaves_out(offer.sheet.name):
            asks = text(
                "Leave out the {n} rows that cannot be taken, and take the others? Yes, no, or KEY=VALUE",
                n=self.language.number(reported),
            )
            typed = str(typer.prompt(asks, default=text("no")))
        else:
            asks = text("Take it? Yes, no, or KEY=VALUE to correct something")
            typed = str(typer.prompt(asks, default=text("yes")))
        word = typed.strip().lower()
        if word in _NO:
            return None
        if word not in _YES:
            return typed
        if reported:
            self.said.append(Answers(sheet=offer.sheet.name, leaves_out=True))
        return ""

    def _add(self, typed: str, sheet: str) -> None:
        try:
            self.said.append(replace(read_answers([typed]), sheet=sheet))
        except AnswerError as error:
            typer.echo(error.problem.said(self.language))


def said_at_once(texts: Sequence[str], *, sheet: str, leaves_out: bool, replaces: bool) -> list[Answers]:
    """
    Return what was said from the start.

    Raises
    ------
    FootprintError
        If something said is no key and value.
    """
    try:
        return [read_answers(texts, sheet=sheet, leaves_out=leaves_out, replaces=replaces)]
    except AnswerError as error:
        raise FootprintError(error.problem) from error
