"""Which season is meant."""

from __future__ import annotations

import pytest

from footprint.errors import FootprintError
from footprint.indicators.seasons import season_months
from tests.worlds import SEASONS


def test_months_of_a_season_are_in_calendar_order():
    assert season_months(SEASONS, "COOL_DRY") == (1, 2, 12)


def test_an_unknown_season_is_named_with_those_there_are():
    with pytest.raises(FootprintError, match=r"'WINTER'.*COOL_DRY, HOT_DRY, RAINS, FLOOD_HARVEST"):
        season_months(SEASONS, "WINTER")
