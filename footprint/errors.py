"""Errors about the question asked: each says itself in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from footprint.language import Language
    from layers.sentences import Sentence


class FootprintError(ValueError):
    """
    The request makes no sense for this area.

    Parameters
    ----------
    sentences
        Everything wrong with it. Never mere texts: these would reach every reader in English.
    """

    between = "\n"
    """What stands between the sentences when they are said."""

    def __init__(self, *sentences: Sentence) -> None:
        self.sentences = sentences
        super().__init__(self.between.join(sentences))

    def said(self, language: Language) -> str:
        """Return everything that is wrong, in a language."""
        return self.between.join(sentence.said(language) for sentence in self.sentences)


class ScenarioError(FootprintError):
    """A scenario names something that is not there, or does the same thing twice."""


class MethodError(FootprintError):
    """A parameter is unknown, of the wrong kind or out of its range."""


class ObjectiveError(FootprintError):
    """An objective names units that are not there, or weights that do not add up."""


class PlaceError(FootprintError):
    """A point lies outside the area, or cannot be placed on it."""


class UnclearPlaceError(PlaceError):
    """Words name no place, or several."""


class SecretError(FootprintError):
    """The key for exports is not one that others cannot know."""


class InquiryError(FootprintError):
    """Questions about sensitive places cannot be logged, so they are not answered."""


class ReleaseError(FootprintError):
    """Something may not leave as it was asked for."""
