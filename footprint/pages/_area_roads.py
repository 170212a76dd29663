"""How roads serve the sites of an area that is put together, said before a site is found to reach nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from footprint.language import Language
from footprint.method import default_method
from footprint.pages import _area_there, _kept, _say, _session
from footprint.pages._say import plain
from footprint.travel.road_survey import RoadSurvey, SiteOnRoads, survey_roads
from layers.errors import LayerError

_LONGEST = 1
"""Number of the longest part of a network."""


def told(area: Path, language: Language) -> None:
    """Say which sites no road serves, and which stand on a part that no road joins to the longest."""
    if not _area_there.is_whole(area):
        return
    text = language.text
    try:
        with st.spinner(plain(text("Looking at how roads serve the sites"))):
            survey = _survey(area)
    except LayerError:
        # What does not read is said where the area is opened, with every fault.
        return
    far = [each for each in survey.sites if each.too_far]
    if far:
        limit = language.number(default_method().travel.snap_limit_km)
        words = language.plural(
            "{n} site lies more than {km} km from every road, so that no trip by road begins or ends there: "
            "{sites}. Bring roads that lead there, or correct where it stands.",
            "{n} sites lie more than {km} km from every road, so that no trip by road begins or ends there: "
            "{sites}. Bring roads that lead there, or correct where they stand.",
            len(far),
            km=limit,
            sites=_named(far, language),
        )
        _say.warning(words, icon=":material/wrong_location:")
    apart = [each for each in survey.sites if not each.too_far and each.part != _LONGEST]
    if apart:
        words = language.plural(
            "The roads fall into {parts} parts that nothing joins; {n} site stands off the longest: {sites}.",
            "The roads fall into {parts} parts that nothing joins; {n} sites stand off the longest: {sites}.",
            len(apart),
            parts=language.number(survey.parts_in_all),
            sites=_named(apart, language),
        )
        _say.caption(words)


@dataclass(frozen=True, slots=True)
class _Surveyed:
    """A survey, and the area it was made of as it then was."""

    stamp: tuple[str, str]
    survey: RoadSurvey


def _survey(area: Path) -> RoadSurvey:
    """Return how roads join and serve sites, as the desk will have them."""
    stamp, before = (str(area), _kept.stamp(area)), _session.kept("roads_surveyed")
    if isinstance(before, _Surveyed) and before.stamp == stamp:
        return before.survey
    survey = survey_roads(_kept.area_in(str(area)), snap_limit_km=default_method().travel.snap_limit_km)
    _session.keep("roads_surveyed", _Surveyed(stamp, survey))
    return survey


def _named(sites: Iterable[SiteOnRoads], language: Language) -> str:
    """Return sites by name with how far the nearest road is, the farthest first."""
    order = sorted(sites, key=lambda each: (-each.road_km, each.name))
    return language.listing(
        language.text("{place} ({km} km)", place=each.name, km=language.number(each.road_km))
        for each in order
    )
