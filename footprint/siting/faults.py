"""Faults of a benchmark file or of what is asked of it, each a sentence said in the reader's language."""

from __future__ import annotations

from footprint.errors import FootprintError
from layers.sentences import Sentence, say


class SitingFileError(FootprintError):
    """
    A file that cannot be used: which, where in it, what is wrong and what to do.

    Parameters
    ----------
    file
        Its name as the user knows it.
    line
        Line concerned, from 1; None where it is the whole file.
    problem, remedy
        What is wrong, and what to do about it.
    """

    def __init__(self, file: str, line: int | None, problem: Sentence, remedy: Sentence) -> None:
        self.file, self.line = file, line
        place = file if line is None else say("{file}, line {line}", file=file, line=str(line))
        super().__init__(say("{place}: {problem}. {remedy}", place=place, problem=problem, remedy=remedy))


class SitingQuestionError(FootprintError):
    """What is asked does not fit what the file holds."""
