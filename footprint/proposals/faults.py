"""Faults of a proposal's file: which file, which field, what is wrong, what to do, in either language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from footprint.errors import FootprintError
from footprint.language import Language
from layers.characters import printable
from layers.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing wrong with one file."""

    file: str
    """Its name, without its folder."""
    place: str
    """The field, such as "what.lon"; "" where it is the whole file."""
    problem: Sentence
    remedy: Sentence

    @property
    def sentence(self) -> Sentence:
        """The fault in one line."""
        file = printable(self.file)
        place = say("{file}, field {place}", file=file, place=self.place) if self.place else file
        return say("{place}: {problem}. {remedy}", place=place, problem=self.problem, remedy=self.remedy)

    def said(self, language: Language) -> str:
        """Return the fault in one line."""
        return self.sentence.said(language)


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
        super().__init__(*(fault.sentence for fault in self.faults))


NOT_THERE = (
    say("the file is not there"),
    say("Check its name and its folder."),
)
NO_FILE = (
    say("it is a folder, a pipe or a device"),
    say("Name the file of one proposal."),
)
NOT_READABLE = (
    say("it cannot be opened"),
    say("Ask its owner for leave to read it."),
)
EMPTY = (
    say("the file is empty"),
    say("Write an empty form with: footprint proposal new FILE"),
)
TOO_LARGE = (
    say("it is larger than {megabytes} MB"),
    say("A proposal is text of a few pages: leave pictures and annexes out."),
)
NO_TEXT = (
    say("it is no text: it looks like {what}"),
    say("Open the form in a text editor, fill it in and save it as text."),
)
OTHER_ENCODING = (
    say("it is text in an encoding that cannot be told for certain"),
    say("Save it again as UTF-8."),
)
OTHER_FORM = (
    say("it is no proposal: it looks like {what}"),
    say("Write an empty form with: footprint proposal new FILE"),
)
UNREADABLE_LINE = (
    say("line {line} cannot be read, at its sign {column}"),
    say('Write field = answer in each line: words between straight quotes ("), numbers with a point.'),
)
OTHER_FORMAT = (
    say("it is of format {format}, and this version reads format {known}"),
    say("Open it with the version of the tool that wrote it, or write the form anew."),
)
UNKNOWN_FIELD = (
    say("there is no such field"),
    say("Move what it says to another field, or take it out."),
)
MISSPELT_FIELD = (
    say("there is no such field"),
    say("Did you mean {near}?"),
)
NOT_ASKED_FOR = (
    say("ethnicity, religion, affiliation and persons' names are not kept"),
    say("Take it out."),
)
STEERING = (
    say("it holds a control or direction character"),
    say("Type the text again without it."),
)
ONE_LINE = (
    say("it holds a line break"),
    say("Write it in one line."),
)
TOO_LONG = (
    say("it is longer than {most} signs"),
    say("Shorten it."),
)
TOO_MANY = (
    say("it has more than {most} entries"),
    say("Leave out the least important."),
)
WRONG_KIND = {
    "text": (
        say("{value} is no text"),
        say('Write words between straight quotes (").'),
    ),
    "number": (
        say("{value} is no number"),
        say('Write a number with a point, without quotes; "" where it is not known.'),
    ),
    "whole": (
        say("{value} is no whole number"),
        say('Write a number without decimals or quotes; "" where it is not known.'),
    ),
    "yes_no": (
        say("{value} is neither yes nor no"),
        say('Write true for yes, false for no; "" where it is not known.'),
    ),
    "day": (
        say("{value} is no day"),
        say("Write year, month and day, such as 2019-05-14."),
    ),
    "month": (
        say("{value} is no month of a year"),
        say("Write year and month, such as 2019-10."),
    ),
    "months": (
        say("{value} are no months"),
        say('Write months by number, such as "10-1" or "1,3,5-7", or "all".'),
    ),
    "list": (
        say("{value} is no list of texts"),
        say('Write texts between brackets, such as ["patrols from afar", "mediation"].'),
    ),
    "table": (
        say("{value} is no part with fields of its own"),
        say("Write its name between brackets on a line and its fields below, as in the empty form."),
    ),
}
NOT_AMONG = (
    say("{value} is not among the answers"),
    say("Write one of: {known}."),
)
OUT_OF_RANGE = (
    say("{value} is out of range"),
    say("Write a number from {least} to {most}."),
)
