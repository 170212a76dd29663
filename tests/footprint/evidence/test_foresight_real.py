"""Foresight on real incidents of Mali and South Sudan: what the threat is worth beside simple rules."""

from __future__ import annotations

import pytest

from footprint.evidence.foresight import foresight
from footprint.evidence.rules import RankingRule
from footprint.evidence.verdict import Outcome, verdict
from footprint.method import default_method
from tests.kept import prepared_at

pytestmark = pytest.mark.slow

NUMBERS = default_method().evidence


def judged(folder):
    return foresight(prepared_at(folder))


def test_mali_by_its_published_years(real_folder):
    """Its published file dates events to their year: cercles are ranked, and threat catches what last year did."""
    found = judged(real_folder)
    told = verdict(found, NUMBERS)
    assert not found.by_month
    assert found.n_events == 317
    assert told.best is RankingRule.LAST_YEAR
    assert told.outcome is not Outcome.FAILS
    assert found.pooled(RankingRule.THREAT) > 3 * found.pooled(RankingRule.ALIKE)
    assert found.pooled(RankingRule.PEOPLE) < found.pooled(RankingRule.ALIKE)


def test_south_sudan_by_month(south_sudan_folder):
    """Last year's ranking catches 46 % (a published trial found 44), and no calendar adds anything; Abyei is not ranked."""
    found = judged(south_sudan_folder)
    told = verdict(found, NUMBERS)
    assert (found.by_month, found.n_units) == (True, 78)
    assert found.pooled(RankingRule.LAST_YEAR) == pytest.approx(0.464, abs=0.005)
    assert told.outcome is not Outcome.FAILS
    assert found.pooled(RankingRule.THREAT) == pytest.approx(0.433, abs=0.01)
    # No season earned its place in any year, and trusting all of them would have lost a sixth.
    assert found.pooled(RankingRule.CALENDAR) == found.pooled(RankingRule.THREAT)
    assert found.pooled(RankingRule.EVERY_CALENDAR) < found.pooled(RankingRule.THREAT)
