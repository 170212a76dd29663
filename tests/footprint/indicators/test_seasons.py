"""Which season is meant, and which one a month is in."""

from __future__ import annotations

import pytest

from footprint.errors import FootprintError
from footprint.indicators.seasons import season_months, season_of
from layers.months import in_month
from tests.worlds import SEASONS


def test_every_month_is_in_one_season():
    for month in range(1, 13):
        (own,) = [season for season in SEASONS if in_month(season.months, month)]
        assert season_of(SEASONS, month) == own


def test_months_of_a_season_are_in_calendar_order():
    assert season_months(SEASONS, "COOL_DRY") == (1, 2, 12)


def test_an_unknown_season_is_named_with_those_there_are():
    with pytest.raises(FootprintError, match=r"'WINTER'.*COOL_DRY, HOT_DRY, RAINS, FLOOD_HARVEST"):
        season_months(SEASONS, "WINTER")
