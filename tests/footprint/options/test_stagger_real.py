"""Staggering on real data, which name no civilian team: what units bring is told as at least so much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footprint.language import Language
from footprint.options.solve import SearchEffort, SearchStatus
from footprint.options.stagger import (
    Staggered,
    candidate_places,
    package_assets,
    stagger,
    suggested_places,
)
from footprint.options.stagger_question import usual_staggering
from footprint.options.stagger_words import stagger_words
from tests.kept import prepared_at


@pytest.fixture(scope="module")
def staggered(real_folder) -> Staggered:
    """Three integrated bases among twenty-four places."""
    prepared = prepared_at(real_folder)
    router = prepared.router()
    asked = usual_staggering(
        prepared.method.options,
        units=3,
        assets=package_assets(prepared.method, "integrated_base"),
        places=candidate_places(prepared, 24),
    )
    asked = replace(asked, places=suggested_places(prepared, router, asked, 24))
    return stagger(prepared, router, asked, SearchEffort(60.0, 0.01))


def test_it_is_proved_within_a_hundredth_of_what_is_added(staggered):
    assert staggered.status is SearchStatus.PROVED
    assert 0 <= staggered.gap <= 0.01
    assert staggered.added > 0


def test_figures_are_at_least_where_the_data_name_nobody(staggered):
    assert not staggered.known
    assert "At least: the data name nobody for some tier." in stagger_words(staggered, Language("en"))
