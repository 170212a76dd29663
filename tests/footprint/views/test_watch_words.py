"""Watch in words: what is to be watched and could be responded to, in sentences and rows, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan

import numpy as np
import pytest

from footprint.access.changed import SiteChange
from footprint.access.response import ResponseRate
from footprint.access.ring import WatchedPlace, WatchedUnit, WatchRing
from footprint.access.watched import Watched
from footprint.compare import Equity, EquityFlag
from footprint.documents.watch import response_part, watch_part
from footprint.documents.watch_columns import NO_ALERT, NO_RING
from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.views.watch_words import watch_note, watch_rows, watch_sentences
from tests.worlds import bundled_prepared

FIRST, LAST = date(2017, 7, 1), date(2019, 6, 30)
YEAR = tuple(range(1, 13))
PLACE = WatchedPlace(
    site_id="koro", name="Koro", change=SiteChange.OPENS, months=(11, 12), people=549_400, stranded=0
)
RING = WatchRing(
    near_km=30,
    far_km=80,
    places=(PLACE,),
    inside=np.ones((12, 1), bool),
    people=549_400,
    units=(WatchedUnit(unit_id="bankass", name="Bankass", people=549_400, killings=1.5),),
    first=FIRST,
    last=LAST,
    killings=1.5,
    killings_all=10.33,
    killings_share=0.145,
    by_year=62,
    left_out=88,
    unstated=0,
    force=(0.033, 0.041),
    mission=(nan, nan),
)
RATE = ResponseRate(
    first=FIRST,
    last=LAST,
    limit_min=240,
    alerts=62,
    by_year=62,
    near=13,
    left_out=88,
    unstated=0,
    share=nan,
    at_least=0.13,
    by_land=nan,
    troops=1.0,
    troops_by_land=0.133,
)
NOTHING = replace(
    RING,
    places=(),
    units=(),
    people=0,
    killings=0,
    killings_all=0,
    killings_share=nan,
    force=(nan, nan),
    mission=(nan, nan),
)
PAID = Equity(
    Indicator.MISSION,
    0.05,
    0.01,
    (EquityFlag(Indicator.MISSION, "west", "West", 0.2, 0.1, 0.01),),
    (("east", "East"),),
)


def said(ring=RING, rate=RATE, code="en"):
    return " ".join(watch_sentences(Watched(ring, RATE, rate), Language(code))).replace("\u202f", " ")


def test_the_ring_is_said_with_its_places_months_people_and_units():
    text = said().replace("\xa0", " ")
    assert "30 to 80 km by the shortest way over land from Koro (opens, November–December)" in text
    assert "live 549,000 people, most in Bankass" in text
    assert "This is no prediction" in text
    assert "1.5 of 10.3 were there" in text


def test_what_is_not_known_is_said_so():
    text = said().replace("\xa0", " ")
    assert "Mission from not known to not known" in text
    assert "for 13 % at least, after the change for 13 % at least" in text
    assert "By land or water alone: not known" in text


def test_whom_no_way_reaches_is_said():
    stranded = replace(RING, places=(replace(PLACE, stranded=1234),))
    assert "no way over land leads to 1,230 people" in said(stranded)
    assert "no way over land" not in said()


def test_a_plan_without_a_changed_site_is_said_to_have_no_ring():
    assert "there is no ring" in said(NOTHING)


def test_without_alerts_nothing_is_told_of_a_response():
    assert "is not known: no attack on civilians" in said(rate=replace(RATE, alerts=0))


def test_the_french_says_as_much():
    text = said(code="fr")
    assert "À surveiller" in text
    assert "Ce n’est pas une prévision" in text
    assert "24" in watch_note(24, Language("fr"))


def test_rows_stand_one_for_each_criterion_with_ranks_where_values_are_known():
    rows = watch_rows(
        [(Watched(RING, RATE, RATE), PAID), (Watched(NOTHING, RATE, RATE), PAID)], Language("en")
    )
    assert len(rows) == 9
    assert all(row.count("<td") == 2 for row in rows)
    people = next(row for row in rows if "to be watched" in row and "30 to 80" in row)
    assert people.index("#2") < people.index("#1"), "fewer to be watched come first"
    assert "#" not in rows[0].replace("&#", ""), "who would come is not known of either"
    assert "West; cannot tell: East" in rows[-1]
    assert watch_rows([], Language("en"))


@pytest.mark.parametrize(("ring", "gaps"), [(NOTHING, True), (RING, False)])
def test_documents_give_a_reason_for_every_number_that_is_missing(ring, gaps):
    part = watch_part(
        bundled_prepared(), replace(ring, inside=np.zeros((12, bundled_prepared().area.grid.n_cells), bool))
    )
    missing = {
        name for name in ("force_before", "mission_before", "killings_share") if getattr(part, name) is None
    }
    assert missing <= set(part.reasons)
    assert (NO_RING in part.reasons.values()) is gaps
    assert part.mission_after is None
    response = response_part(bundled_prepared(), Watched(ring, RATE, replace(RATE, alerts=0, at_least=nan)))
    assert set(response.before.reasons) == {"share", "by_land"}
    assert response.after.reasons["at_least"] == NO_ALERT
