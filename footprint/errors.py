"""Errors about the question asked."""

from __future__ import annotations


class FootprintError(ValueError):
    """The request makes no sense for this area."""


class ScenarioError(FootprintError):
    """
    A scenario names something that is not there, or does the same thing twice.

    Parameters
    ----------
    faults
        Every fault of it, each a sentence that names the change.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
        """Every fault, in the order of the changes."""


class MethodError(FootprintError):
    """A parameter is unknown, of the wrong kind or out of its range."""


class ObjectiveError(FootprintError):
    """An objective names units that are not there, or weights that do not add up."""


class PlaceError(FootprintError):
    """A point lies outside the area, or cannot be placed on it."""


class UnclearPlaceError(PlaceError):
    """
    Words name no place, or several.

    Parameters
    ----------
    sentence
        What is wrong, in English with {names}, as the catalogues have it.
    values
        What fills them.
    """

    def __init__(self, sentence: str, **values: str) -> None:
        super().__init__(sentence.format(**values))
        self.sentence, self.values = sentence, values


class SecretError(FootprintError):
    """The key for exports is not one that others cannot know."""


class InquiryError(FootprintError):
    """Questions about sensitive places cannot be logged, so they are not answered."""
