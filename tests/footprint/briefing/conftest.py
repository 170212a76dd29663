"""Briefings find what others have searched and reckoned: that it is the same is shown elsewhere."""

from __future__ import annotations

import pytest

from footprint.briefing.content import reckoning
from tests import kept


@pytest.fixture(autouse=True)
def _what_is_the_same_is_searched_once(
    searched_once: None,  # noqa: ARG001  asked for beside
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Keep searches and calendars of the run."""
    monkeypatch.setattr(reckoning, "find_calendars", kept.calendars_once)
