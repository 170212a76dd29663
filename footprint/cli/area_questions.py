"""Questions of a new area: each says why it is asked and what stands if it is left empty."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date

import typer

from footprint.errors import FootprintError
from footprint.language import Language, msgid


@dataclass(frozen=True, slots=True)
class AreaQuestion:
    """One question."""

    why: str
    """What the answer is for, and what stands without one."""
    text: str


WHICH = AreaQuestion(
    msgid("The outline and its first-level units are taken from Natural Earth; they are no opinion."),
    msgid("Which country (code or name)?"),
)
DAY = AreaQuestion(
    msgid("Sites, people and events are taken as of one day; empty is today."),
    msgid("Which day is under review (2019-06-30)?"),
)
CELL = AreaQuestion(
    msgid("Everything is counted in square cells; smaller ones are slower. The area has {km2} km²."),
    msgid("Side of the cells [km]?"),
)
CALENDAR = (
    AreaQuestion(
        msgid("Roads are slower in the rains. Empty: not stated, and results say so; never guessed."),
        msgid("In which months does it rain (4-11; none if in none)?"),
    ),
    AreaQuestion(
        msgid("The worst season stands beside the mean. Empty: not stated; quarters of the year stand in."),
        msgid("Seasons (Dry season=12-3; Rains=4-11)?"),
    ),
    AreaQuestion(
        msgid("Charts and lists of months begin with it. Empty: not stated; January stands in."),
        msgid("In which month does the year of seasons begin (1 to 12)?"),
    ),
)
UNITS = AreaQuestion(
    msgid("They stand on every page. Empty: not stated; region and district stand in."),
    msgid("What are units of the first and second level called (state,states;county,counties)?"),
)
UNITS_FR = AreaQuestion(
    msgid("Pages in French use them. Empty: the words above stand there too."),
    msgid("And in French (État,États;comté,comtés)?"),
)


NOT_STATED = "-"
"""Answer by which a proposal is not taken."""
PROPOSED = msgid("What stands in brackets is a proposal ({source}): Enter takes it, - stands for empty.")


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks on a terminal; elsewhere nobody can answer, and what is needed must be an option."""

    language: Language
    can_ask: bool

    @classmethod
    def here(cls, language: Language) -> Questions:
        """Return questions that are asked if this runs on a terminal."""
        return cls(language, can_ask=sys.stdin.isatty() and sys.stdout.isatty())

    def tell(self, sentence: str) -> None:
        """Say a sentence that matters to the next questions, on a terminal alone."""
        if sentence and self.can_ask:
            typer.echo(sentence)

    def text(self, question: AreaQuestion, *, option: str) -> str:
        """Return an answer that there must be."""
        from layers.sentences import say  # noqa: PLC0415  layers take seconds to import

        if not self.can_ask:
            raise FootprintError(say("Say it with {option}: nobody can be asked here.", option=option))
        return self._asked(question)

    def optional(self, question: AreaQuestion, proposed: str = "", by: str = "") -> str | None:
        """
        Return an answer, None where nobody gives one.

        Parameters
        ----------
        question
            What is asked.
        proposed
            What stands if the answer is empty, "" for nothing; it counts only where somebody sees it.
        by
            Who says so.
        """
        if not self.can_ask:
            return None
        note = self.language.text(PROPOSED, source=self.language.text(by)) if proposed else ""
        typed = self._asked(question, proposed, note)
        return None if typed in {"", NOT_STATED} else typed

    def day(self, question: AreaQuestion) -> str:
        """Return a day; on a terminal it is today unless another is typed."""
        from layers.sentences import say  # noqa: PLC0415  layers take seconds to import

        typed = self._asked(question, default=str(date.today())) if self.can_ask else ""  # noqa: DTZ011  their today
        if not typed:
            raise FootprintError(
                say("Say it with {option}: nobody can be asked here.", option="--frame-date")
            )
        try:
            return str(date.fromisoformat(typed))
        except ValueError:
            raise FootprintError(say("{value} is no day; write 2019-06-30.", value=repr(typed))) from None

    def number(self, question: AreaQuestion, *, default: int, km2: float) -> float:
        """Return a side of cells [km]; where nobody can be asked the one proposed."""
        from layers.sentences import say  # noqa: PLC0415  layers take seconds to import

        if not self.can_ask:
            return default
        typed = self._asked(question, default=str(default), km2=self.language.number(km2))
        try:
            return float(typed.replace(",", "."))
        except ValueError:
            raise FootprintError(say("{value} is no number.", value=repr(typed))) from None

    def _asked(
        self, question: AreaQuestion, default: str | None = None, note: str = "", **values: str
    ) -> str:
        typer.echo(self.language.text(question.why, **values))
        self.tell(note)
        typed: str = typer.prompt(
            self.language.text(question.text), default=default, show_default=bool(default)
        )
        return typed.strip()
