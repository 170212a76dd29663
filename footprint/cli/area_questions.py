"""Questions of a new area: each says why it is asked and what stands if it is left empty."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import typer

from footprint.cli.yes_no import NO, YES
from footprint.errors import FootprintError
from footprint.language import Language, msgid

NO_RAINS = "none"
"""Answer for a country where it rains in no month."""
_FEW = 2
"""So few proposals are asked one by one."""
SIDE_KM = (1, 10)
"""Smallest and largest side of cells that may be asked for [km]."""


def _rains(text: str) -> str:
    from layers.months_typed import some_months_typed  # noqa: PLC0415  layers take seconds to import

    return some_months_typed(text) or NO_RAINS


def _seasons(text: str) -> str:
    from layers.assemble.blank import read_seasons  # noqa: PLC0415  layers take seconds to import

    seasons = read_seasons(each for each in text.split(";") if each.strip())
    return "; ".join(f"{'|'.join(each.labels.values())}={each.months}" for each in seasons)


def _month(text: str) -> str:
    from layers.months_typed import month_typed  # noqa: PLC0415  layers take seconds to import

    return str(month_typed(text))


def _day(text: str) -> str:
    from layers.months_typed import day_typed  # noqa: PLC0415  layers take seconds to import

    return str(day_typed(text))


def _side(text: str) -> str:
    from layers.sentences import say  # noqa: PLC0415  layers take seconds to import

    try:
        side_km = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(say("{value} is no number", value=repr(text))) from None
    low, high = SIDE_KM
    if not low <= side_km <= high:
        raise ValueError(say("{value} is not from {low} to {high}", value=repr(text), low=low, high=high))
    return f"{side_km:g}"


def _yes_or_no(text: str) -> str:
    from layers.sentences import say  # noqa: PLC0415  layers take seconds to import

    if (word := text.strip().lower()) in YES:
        return "yes"
    if word in NO:
        return "no"
    raise ValueError(say("{value} is neither yes nor no", value=repr(text)))


def _units(text: str) -> str:
    from layers.assemble.blank import read_unit_forms  # noqa: PLC0415  layers take seconds to import

    return ";".join(",".join(forms) for forms in read_unit_forms(text).values())


@dataclass(frozen=True, slots=True)
class AreaQuestion:
    """One question."""

    why: str
    """What the answer is for, and what stands without one."""
    text: str
    read: Callable[[str], str] = str
    """Returns the answer as it is kept, or raises what is wrong with it; then it is asked again."""
    option: str = ""
    """Option that answers it."""
    may_lack: bool = False
    """Whether the answer may be empty, or a dash."""
    label: str = ""
    """What the answer is called in a list of proposals."""


WHICH = AreaQuestion(
    msgid("The outline and its first-level units are taken from Natural Earth; they are no opinion."),
    msgid("Which country (code or name)?"),
    option="--country",
)
DAY = AreaQuestion(
    msgid("Sites, people and events are taken as of one day; empty is today."),
    msgid("Which day is under review (2019-06-30)?"),
    read=_day,
    option="--frame-date",
)
CELL = AreaQuestion(
    msgid("Everything is counted in square cells; smaller ones are slower. The area has {km2} km²."),
    msgid("Side of the cells [km]?"),
    read=_side,
    option="--cell-km",
)
CALENDAR = (
    AreaQuestion(
        msgid("Roads are slower in the rains. Empty: not stated, and results say so; never guessed."),
        msgid("In which months does it rain (4-11, or Apr-Nov; none if in none)?"),
        read=_rains,
        option="--rains",
        may_lack=True,
        label=msgid("Months of rain"),
    ),
    AreaQuestion(
        msgid("The worst season stands beside the mean. Empty: not stated; quarters of the year stand in."),
        msgid("Seasons (Dry season=12-3; Rains=4-11)?"),
        read=_seasons,
        option="--season",
        may_lack=True,
        label=msgid("Seasons"),
    ),
    AreaQuestion(
        msgid("Charts and lists of months begin with it. Empty: not stated; January stands in."),
        msgid("In which month does the year of seasons begin (12, or December)?"),
        read=_month,
        option="--start-month",
        may_lack=True,
        label=msgid("The year of seasons begins in month"),
    ),
)
UNITS = AreaQuestion(
    msgid("They stand on every page. Empty: not stated; region and district stand in."),
    msgid("What are units of the first and second level called (state,states;county,counties)?"),
    read=_units,
    option="--units",
    may_lack=True,
    label=msgid("Units"),
)
UNITS_FR = AreaQuestion(
    msgid("Pages in French use them. Empty: the words above stand there too."),
    msgid("And in French (État,États;comté,comtés)?"),
    read=_units,
    option="--units-fr",
    may_lack=True,
    label=msgid("Units in French"),
)


def units_beside(french: str) -> AreaQuestion:
    """Return the question for English words where the French ones are stated: they are needed then."""
    return replace(UNITS, read=lambda typed: _in_both(typed, french)[0], may_lack=False)


def units_fr_beside(english: str) -> AreaQuestion:
    """Return the question for the French words of what is called in English so, "" for nothing."""
    return replace(UNITS_FR, read=lambda typed: _in_both(english, typed)[1])


def _in_both(english: str, french: str) -> tuple[str, str]:
    """Return words in both languages as they are kept; a level that is called in French alone is refused."""
    from layers.assemble.blank import read_unit_forms  # noqa: PLC0415  layers take seconds to import
    from layers.errors import Fault, LayerError  # noqa: PLC0415  layers take seconds to import
    from layers.sentences import say  # noqa: PLC0415  layers take seconds to import

    levels = read_unit_forms(english) if english else {}
    if read_unit_forms(french).keys() - levels.keys():
        remedy = say("Say the English words of every level that has French ones.")
        raise LayerError([Fault(french, say("there is no English word"), remedy)])
    return _units(english), _units(french)


TAKEN_AS = msgid("Taken as {answer}.")

NOT_STATED = "-"
"""Answer that leaves a question open, or does not take what is proposed."""


def as_stated(question: AreaQuestion, text: str) -> str:
    """
    Return what an option states, as the answer to its question is kept.

    Raises
    ------
    LayerError
        Naming the option, if it is not of its form.
    """
    from layers.errors import NOTHING_TO_DO, Fault, LayerError  # noqa: PLC0415  layers take seconds to import

    try:
        return question.read(text)
    except LayerError as error:
        faults = [Fault(question.option, each.problem, each.remedy) for each in error.faults]
        raise LayerError(faults) from None
    except ValueError as error:
        raise LayerError([Fault(question.option, error.args[0], NOTHING_TO_DO)]) from None


ALL_PROPOSED = msgid("Proposed, and not measured:")
AS_PROPOSED = AreaQuestion(
    msgid("Results hang on months and seasons: change what you know better."),
    msgid("Take all of these? Yes, or no to be asked each"),
    read=_yes_or_no,
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed as the answer to a question, and who says so."""

    question: AreaQuestion
    answer: str
    by: str


PROPOSED = msgid("What stands in brackets is a proposal ({source}): Enter takes it, - stands for empty.")


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks on a terminal; elsewhere nobody can answer, and what is needed must be an option."""

    language: Language
    can_ask: bool
    taken: Mapping[str, str] = field(default_factory=dict)
    """Proposals that were taken together, by the option that would state them: they are not asked again."""

    @classmethod
    def here(cls, language: Language) -> Questions:
        """Return questions that are asked if this runs on a terminal."""
        return cls(language, can_ask=sys.stdin.isatty() and sys.stdout.isatty())

    def tell(self, sentence: str) -> None:
        """Say a sentence that matters to the next questions, on a terminal alone."""
        if sentence and self.can_ask:
            typer.echo(sentence)

    def text(self, question: AreaQuestion) -> str:
        """Return an answer that there must be."""
        from layers.sentences import say  # noqa: PLC0415  layers take seconds to import

        if not self.can_ask:
            words = say("Say it with {option}: nobody can be asked here.", option=question.option)
            raise FootprintError(words)
        return self._asked(question)

    def at_once(self, proposed: Sequence[Proposed]) -> Questions:
        """Show all that is proposed and ask whether it is taken; return questions that know the answer."""
        if not self.can_ask or len(proposed) < _FEW:
            return self
        text = self.language.text
        typer.echo(text(ALL_PROPOSED))
        for each in proposed:
            row = text(
                "{what}: {answer} ({by})",
                what=text(each.question.label),
                answer=each.answer,
                by=text(each.by),
            )
            typer.echo(f"  {row}")
        if self._asked(AS_PROPOSED, default=text("yes")) == "no":
            return self
        return replace(self, taken={each.question.option: each.answer for each in proposed})

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
        if question.option in self.taken:
            return as_stated(question, self.taken[question.option])
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
        return typed

    def number(self, question: AreaQuestion, *, default: int, km2: float) -> float:
        """Return a side of cells [km]; where nobody can be asked the one proposed."""
        if not self.can_ask:
            return default
        return float(self._asked(question, default=str(default), km2=self.language.number(km2)))

    def _asked(
        self, question: AreaQuestion, default: str | None = None, note: str = "", **values: str
    ) -> str:
        """Return an answer as it is kept; one that cannot be is told why, and asked again."""
        from layers.errors import LayerError  # noqa: PLC0415  layers take seconds to import

        typer.echo(self.language.text(question.why, **values))
        self.tell(note)
        while True:
            typed: str = typer.prompt(
                self.language.text(question.text), default=default, show_default=bool(default)
            ).strip()
            if question.may_lack and typed in {"", NOT_STATED}:
                return ""
            try:
                kept = as_stated(question, typed)
            except LayerError as error:
                for fault in error.faults:
                    words = (fault.problem.said(self.language) + ".", fault.remedy.said(self.language))
                    typer.echo(" ".join(filter(None, words)))
                continue
            if kept != typed and question is not AS_PROPOSED:
                typer.echo(self.language.text(TAKEN_AS, answer=kept))
            return kept
