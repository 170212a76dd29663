"""Errors about the question asked."""

from __future__ import annotations


class FootprintError(ValueError):
    """The request makes no sense for this area."""


class ScenarioError(FootprintError):
    """A scenario names something that is not there, or does the same thing twice."""


class MethodError(FootprintError):
    """A parameter is unknown, of the wrong kind or out of its range."""


class ObjectiveError(FootprintError):
    """An objective names units that are not there, or weights that do not add up."""


class PlaceError(FootprintError):
    """A point lies outside the area, or cannot be placed on it."""
