"""Commands read what nobody changes, and find what others have searched: each way of both is shown elsewhere."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _what_is_the_same_is_read_and_searched_once(read_once: None, searched_once: None) -> None:
    """Keep areas, patterns and searches of the run."""
