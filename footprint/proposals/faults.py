"""Faults of a proposal's file: which file, which field, what is wrong, what to do, in either language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from footprint.errors import FootprintError
from footprint.language import Language, msgid
from footprint.proposals.phrases import Phrase
from layers.characters import printable


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing wrong with one file."""

    file: str
    """Its name, without its folder."""
    place: str
    """The field, such as "what.lon"; "" where it is the whole file."""
    problem: Phrase
    remedy: Phrase

    def said(self, language: Language) -> str:
        """Return the fault in one line."""
        problem, remedy = self.problem.said(language), self.remedy.said(language)
        if not self.place:
            sentence = msgid("{file}: {problem}. {remedy}")
            return printable(language.text(sentence, file=self.file, problem=problem, remedy=remedy))
        return printable(
            language.text(
                "{file}, field {place}: {problem}. {remedy}",
                file=self.file,
                place=self.place,
                problem=problem,
                remedy=remedy,
            )
        )


class ProposalError(FootprintError):
    """
    A file that holds no proposal, or a faulty one.

    Parameters
    ----------
    faults
        Everything wrong with it.
    """

    def __init__(self, faults: Iterable[FormFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.said(Language("en")))

    def said(self, language: Language) -> str:
        """Return every fault, one a line."""
        return "\n".join(fault.said(language) for fault in self.faults)


NOT_THERE = (
    Phrase(msgid("the file is not there")),
    Phrase(msgid("Check its name and its folder.")),
)
NO_FILE = (
    Phrase(msgid("it is a folder, a pipe or a device")),
    Phrase(msgid("Name the file of one proposal.")),
)
NOT_READABLE = (
    Phrase(msgid("it cannot be opened")),
    Phrase(msgid("Ask its owner for leave to read it.")),
)
EMPTY = (
    Phrase(msgid("the file is empty")),
    Phrase(msgid("Write an empty form with: footprint proposal new FILE")),
)
TOO_LARGE = (
    Phrase(msgid("it is larger than {megabytes} MB")),
    Phrase(msgid("A proposal is text of a few pages: leave pictures and annexes out.")),
)
NO_TEXT = (
    Phrase(msgid("it is no text: it looks like {what}")),
    Phrase(msgid("Open the form in a text editor, fill it in and save it as text.")),
)
OTHER_ENCODING = (
    Phrase(msgid("it is text in an encoding that cannot be told for certain")),
    Phrase(msgid("Save it again as UTF-8.")),
)
OTHER_FORM = (
    Phrase(msgid("it is no proposal: it looks like {what}")),
    Phrase(msgid("Write an empty form with: footprint proposal new FILE")),
)
UNREADABLE_LINE = (
    Phrase(msgid("line {line} cannot be read, at its sign {column}")),
    Phrase(
        msgid('Write field = answer in each line: words between straight quotes ("), numbers with a point.')
    ),
)
OTHER_FORMAT = (
    Phrase(msgid("it is of format {format}, and this version reads format {known}")),
    Phrase(msgid("Open it with the version of the tool that wrote it, or write the form anew.")),
)
UNKNOWN_FIELD = (
    Phrase(msgid("there is no such field")),
    Phrase(msgid("Move what it says to another field, or take it out.")),
)
MISSPELT_FIELD = (
    Phrase(msgid("there is no such field")),
    Phrase(msgid("Did you mean {near}?")),
)
NOT_ASKED_FOR = (
    Phrase(msgid("ethnicity, religion, affiliation and persons' names are not kept")),
    Phrase(msgid("Take it out.")),
)
STEERING = (
    Phrase(msgid("it holds a control or direction character")),
    Phrase(msgid("Type the text again without it.")),
)
ONE_LINE = (
    Phrase(msgid("it holds a line break")),
    Phrase(msgid("Write it in one line.")),
)
TOO_LONG = (
    Phrase(msgid("it is longer than {most} signs")),
    Phrase(msgid("Shorten it.")),
)
TOO_MANY = (
    Phrase(msgid("it has more than {most} entries")),
    Phrase(msgid("Leave out the least important.")),
)
WRONG_KIND = {
    "text": (
        Phrase(msgid("{value} is no text")),
        Phrase(msgid('Write words between straight quotes (").')),
    ),
    "number": (
        Phrase(msgid("{value} is no number")),
        Phrase(msgid('Write a number with a point, without quotes; "" where it is not known.')),
    ),
    "whole": (
        Phrase(msgid("{value} is no whole number")),
        Phrase(msgid('Write a number without decimals or quotes; "" where it is not known.')),
    ),
    "yes_no": (
        Phrase(msgid("{value} is neither yes nor no")),
        Phrase(msgid('Write true for yes, false for no; "" where it is not known.')),
    ),
    "day": (
        Phrase(msgid("{value} is no day")),
        Phrase(msgid("Write year, month and day, such as 2019-05-14.")),
    ),
    "month": (
        Phrase(msgid("{value} is no month of a year")),
        Phrase(msgid("Write year and month, such as 2019-10.")),
    ),
    "months": (
        Phrase(msgid("{value} are no months")),
        Phrase(msgid('Write months by number, such as "10-1" or "1,3,5-7", or "all".')),
    ),
    "list": (
        Phrase(msgid("{value} is no list of texts")),
        Phrase(msgid('Write texts between brackets, such as ["patrols from afar", "mediation"].')),
    ),
    "table": (
        Phrase(msgid("{value} is no part with fields of its own")),
        Phrase(
            msgid("Write its name between brackets on a line and its fields below, as in the empty form.")
        ),
    ),
}
NOT_AMONG = (
    Phrase(msgid("{value} is not among the answers")),
    Phrase(msgid("Write one of: {known}.")),
)
OUT_OF_RANGE = (
    Phrase(msgid("{value} is out of range")),
    Phrase(msgid("Write a number from {least} to {most}.")),
)
