"""Agreeing on the terminal what is taken of a sheet: shown, asked about and corrected until it stands."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from footprint.cli.offer_table import called, show_offer
from footprint.cli.yes_no import NO, YES
from footprint.errors import FootprintError
from footprint.language import Language
from layers.intake.answers import AnswerError, Answers, OpenQuestion, about, is_key, merged, scoped_answers
from layers.intake.labels import choices_said
from layers.intake.offer import AreaFacts, Offer, offers
from layers.intake.preview import remarks_on
from layers.sentences import Sentence, say

if TYPE_CHECKING:
    from layers.errors import LayerError
    from layers.foreign.isolation import Looked
    from layers.foreign.seen import FileSeen

_HARMLESS = "ledger."
"""Start of keys whose suggestion may stand unasked: it says that something is not stated."""

_SAY_IT = say("{name}: {question} Say it with: --set {key}=…")
_SAY_ONE = say("{name}: {question} One of: {choices}. Say it with: --set {key}=…")
_LEAVE_OUT = say("{name}: rows that cannot be taken: {n}; say --leave-out to leave them out")


@dataclass(slots=True)
class Agreement:
    """What a person says of one file, and whether there is a person to ask."""

    language: Language
    takes_all: bool
    screen: Console
    """Where offers are shown."""
    said: list[Answers] = field(default_factory=list)
    brought: Sequence[FileSeen] = ()
    """All files of the command; it may name those that are looked at later."""
    agreed: dict[int, Answers] = field(default_factory=dict)
    """What was said of each sheet when it was agreed on, or was said not to be taken."""
    declined: set[int] = field(default_factory=set)
    """Sheets that are not to be taken, though they could be."""
    objected: set[int] = field(default_factory=set)
    """Sheets that could not be taken as they were agreed on."""

    @property
    def can_ask(self) -> bool:
        """Whether somebody sits before a terminal and wants to be asked."""
        return not self.takes_all and sys.stdin.isatty() and sys.stdout.isatty()

    def tell(self, step: Sentence) -> None:
        """Say how far a large file is read."""
        self.screen.print(step.said(self.language), markup=False)

    @property
    def is_asked_once(self) -> bool:
        """Whether what is plain of each of several files is agreed on together, at the end."""
        return len(self.brought) > 1

    def of(self, looked: Looked, place: int, facts: AreaFacts) -> Offer | None:
        """
        Return the offer of a sheet that can be taken, None if nothing of it is to be.

        A sheet that was agreed on, and of which nothing else was said since, is not shown again.

        Raises
        ------
        FootprintError
            If something is open, or rows cannot be taken, and nobody can be asked.
        """
        sheet = looked.seen.sheets[place].name
        if not self.can_ask or self.is_asked_once:
            self._let_stand(offers(looked, self.said, facts)[place], looked.seen.file)
        if self.agreed.get(place) == merged(self.said, sheet, looked.seen.file):
            return None if place in self.declined else offers(looked, self.said, facts)[place]
        offer = self._settled(looked, place, facts)
        self.agreed[place] = merged(self.said, sheet, looked.seen.file)
        self.declined.discard(place)
        if offer is None and not offers(looked, self.said, facts)[place].is_nothing:
            self.declined.add(place)
        return offer

    def again(self, error: LayerError, place: int) -> None:
        """Say why a sheet that was agreed on cannot be taken as it is, so that it is asked about again."""
        for each in error.faults:
            typer.echo(each.said(self.language))
        self.agreed.pop(place, None)
        self.objected.add(place)

    def _settled(self, looked: Looked, place: int, facts: AreaFacts) -> Offer | None:
        """Show and ask about a sheet until it is taken or is not to be."""
        sheet, shown = looked.seen.sheets[place].name, False
        while True:
            offer = offers(looked, self.said, facts)[place]
            # Between one question and the next nothing is said twice.
            if not shown or not offer.questions:
                self.screen.print()
                remarks = remarks_on(looked, offer, facts.outline)
                show_offer(self.screen, looked.seen, offer, self.language, remarks)
            shown = True
            if offer.is_nothing:
                return None
            if not self.can_ask:
                return self._unasked(offer, looked)
            typed = self._question(offer, looked) if offer.questions else self._consent(offer, looked)
            if typed is None:
                return None
            if typed == "" and not offer.questions:
                return offer
            self._add(typed, sheet, looked.seen)

    def leaves_out(self, sheet: str, file: str) -> bool:
        """Tell whether rows of a sheet that cannot be taken are left out."""
        return merged(self.said, sheet, file).leaves_out

    def _let_stand(self, offer: Offer, file: str) -> None:
        """Let what is suggested of a ledger stand, before anything is shown."""
        harmless = {
            each.key: each.suggested
            for each in offer.questions
            if each.key.startswith(_HARMLESS) and each.suggested
        }
        if harmless:
            self.said.insert(0, Answers(stated=harmless, sheet=about(file, offer.sheet.name)))

    def _unasked(self, offer: Offer, looked: Looked) -> Offer:
        """Return an offer that nothing is open of, or refuse it with every question and its key."""
        name = called(looked.seen, offer.sheet)
        if offer.questions:
            raise FootprintError(*(self._refusal(each, offer, looked, name) for each in offer.questions))
        reported = sum(each.count for each in offer.taken.reports) if offer.taken is not None else 0
        if reported and not self.leaves_out(offer.sheet.name, looked.seen.file):
            raise FootprintError(_LEAVE_OUT.having(name=name, n=reported))
        return offer

    def _refusal(self, question: OpenQuestion, offer: Offer, looked: Looked, name: str) -> Sentence:
        """Return what is open of a sheet with the key that answers it for that sheet alone."""
        file, key = looked.seen.file, question.key
        others = [each for each in self.brought if each is not looked.seen]
        if len(looked.seen.sheets) > 1:
            key = about(offer.sheet.name, key)
            if any(
                offer.sheet.name in {each.file, *(sheet.name for sheet in each.sheets)} for each in others
            ):
                key = about(file, key)
        elif others:
            key = about(file, key)
        choices = choices_said(question)
        if not choices or str(choices) in question.asks:
            return _SAY_IT.having(name=name, question=question.asks, key=repr(key))
        return _SAY_ONE.having(name=name, question=question.asks, key=repr(key), choices=choices)

    def _question(self, offer: Offer, looked: Looked) -> str:
        question, text = offer.questions[0], self.language.text
        name = called(looked.seen, offer.sheet)
        typer.echo(self.language.labelled(name, question.asks.said(self.language)))
        if question.choices:
            choices = choices_said(question)
            said = choices.said(self.language) if isinstance(choices, Sentence) else choices
            if said not in question.asks.said(self.language):
                typer.echo(text("One of: {choices}", choices=said))
        # Where one of a few must be chosen, nothing typed chooses none, and it is asked again.
        must = question.choices and "" not in question.choices and not question.key.startswith("word.")
        default = question.suggested or (None if must else "")
        # Where the answer needs a key of its own, one without it is told what it lacks.
        is_whole = not question.key.endswith("…")
        asked = question.key if is_whole else "KEY=VALUE"
        typed = typer.prompt(asked, default=default, show_default=bool(default))
        if not is_whole:
            return str(typed)
        if "=" in typed and is_key(str(typed).partition("=")[0].strip()):
            # Something else comes to mind; the question is asked again.
            return str(typed)
        return f"{question.key}={typed}"

    def _consent(self, offer: Offer, looked: Looked) -> str | None:
        """Return "" where the offer is taken, None where it is not, else a correction."""
        text, name = self.language.text, called(looked.seen, offer.sheet)
        reported = sum(each.count for each in offer.taken.reports) if offer.taken is not None else 0
        if reported and not self.leaves_out(offer.sheet.name, looked.seen.file):
            asks = self.language.plural(
                "{name}: leave out the {n} row that cannot be taken, take the others? Yes, no, or KEY=VALUE",
                "{name}: leave out the {n} rows that cannot be taken, take the others? Yes, no, or KEY=VALUE",
                reported,
                name=name,
            )
            typed = str(typer.prompt(asks, default=text("no")))
        elif self.is_asked_once and offer.place not in self.objected:
            return ""
        else:
            asks = text("{name}: take it? Yes, no, or KEY=VALUE to correct something", name=name)
            typed = str(typer.prompt(asks, default=text("yes")))
        word = typed.strip().lower()
        if word in NO:
            return None
        if word not in YES:
            return typed
        if reported:
            self.said.append(Answers(sheet=about(looked.seen.file, offer.sheet.name), leaves_out=True))
        return ""

    def _add(self, typed: str, sheet: str, seen: FileSeen) -> None:
        """Add what is typed about a file; where it has no such sheet, say which it has."""
        read = _typed(typed, [seen], self.language)
        self.said += [each if each.sheet else replace(each, sheet=sheet) for each in read]


def _typed(typed: str, seen: Sequence[FileSeen], language: Language) -> list[Answers]:
    """Return the answers that were typed; none after saying why, where they can be none or name no sheet."""
    try:
        read = [each for each in scoped_answers([typed]) if each.stated]
        check_scopes(read, seen)
    except AnswerError as error:
        problems = [error.problem]
    except FootprintError as error:
        problems = list(error.sentences)
    else:
        return read
    for each in problems:
        typer.echo(each.said(language))
    return []


def corrected_together(agreements: Sequence[Agreement], names: Sequence[str]) -> bool | None:
    """
    Ask once whether what was agreed on of several files is taken.

    Parameters
    ----------
    agreements
        Of each file; a correction is added to all, for it names the file that it is about.
    names
        What would be taken.

    Returns
    -------
    bool or None
        Whether it is taken; None after a correction, with which the files are to be gone through again.
    """
    first = agreements[0]
    text, seen = first.language.text, first.brought
    typer.echo()
    for each in names:
        typer.echo(f"- {each}")
    while True:
        asks = text("Take all of these? Yes, no, or FILE>KEY=VALUE to correct one")
        typed = str(typer.prompt(asks, default=text("yes")))
        word = typed.strip().lower()
        if word in YES or word in NO:
            return word in YES
        about_one = _typed(typed, seen, first.language)
        if about_one and all(each.sheet for each in about_one):
            for agreement in agreements:
                agreement.said += about_one
            return None
        if about_one:
            typer.echo(text("Say of which file: FILE>KEY=VALUE."))


def said_at_once(texts: Sequence[str], *, sheet: str, leaves_out: bool, replaces: bool) -> list[Answers]:
    """
    Return what was said from the start.

    Raises
    ------
    FootprintError
        If something said is no key and value.
    """
    try:
        return scoped_answers(texts, sheet=sheet, leaves_out=leaves_out, replaces=replaces)
    except AnswerError as error:
        raise FootprintError(error.problem) from error


def check_scopes(stated: Iterable[Answers], seen: Sequence[FileSeen]) -> None:
    """
    Refuse answers about a sheet or a file that was not brought.

    Raises
    ------
    FootprintError
        With the names there are.
    """
    sheets = [(each.file, sheet.name) for each in seen for sheet in each.sheets]
    known = {"", *(file for file, _ in sheets), *(name for _, name in sheets)}
    known |= {about(file, name) for file, name in sheets}
    unknown = [each.sheet for each in stated if each.sheet not in known]
    if unknown:
        there = ", ".join(dict.fromkeys(file if file == name else about(file, name) for file, name in sheets))
        raise FootprintError(*(_NO_SHEET.having(name=repr(each), there=there) for each in unknown))


_NO_SHEET = say("{name} is no sheet and no file that was brought; there are: {there}")
