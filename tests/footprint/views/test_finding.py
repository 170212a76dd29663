"""The sentence of the desk: what it says, and that what is not known never becomes a number."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest

from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.views.desk_html import sentence_html
from footprint.views.finding import MonthFinding, sentence
from footprint.views.seats import SeatRow, short_percent

EN, FR = Language("en"), Language("fr")
EVIL = "<b>${x}</b>"


def row(name, need=0.1, force=0.5, mission=0.1, force_change=0.0, mission_change=0.0):
    return SeatRow(name.lower(), name, need, force, mission, force_change, mission_change)


FOUND = MonthFinding(
    where="Mopti",
    month=10,
    force=0.318,
    mission=0.023,
    rows=(row("Douentza", need=0.2), row("Youwarou")),
)


def test_it_says_both_footprints_and_where_they_part():
    assert sentence(FOUND, EN) == (
        "Mopti, October: troops could reach 31.8\u00a0% of need; the whole mission 2.3\u00a0%. "
        "Measured in need, the gap is widest in Douentza and Youwarou."
    )
    assert sentence(FOUND, FR).startswith(
        "Mopti, octobre\u00a0: les troupes pourraient atteindre 31,8\u00a0%"
    )


def test_what_is_not_known_is_said_in_words_with_its_reason():
    unknown = replace(
        FOUND, mission=nan, missing=("Civil affairs",), rows=(row("A", mission=nan), row("B", mission=nan))
    )
    said = sentence(unknown, EN)
    assert said == (
        "Mopti, October: troops could reach 31.8\u00a0% of need; the whole mission: not known (the data name "
        "no Civil affairs)."
    )
    assert "0.0" not in said
    assert "non connu" in sentence(unknown, FR)
    assert short_percent(nan, EN) == "?"
    assert [short_percent(each, EN) for each in (0, 0.0004, 0.0005, 0.2)] == ["0", "<0.1", "0.1", "20"]


def test_a_plan_is_told_as_what_it_adds():
    planned = replace(FOUND, plan="Koro", mission_change=0.007, force_change=-0.0004)
    assert sentence(planned, EN).endswith("With Koro: mission +0.7\u00a0pt, troops unchanged against today.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ((0.05, -0.02), "Most gained in West; most lost in East."),
        ((0.05, 0.0), "Most gained in West; no unit loses."),
        ((0.0, -0.02), "No unit gains; most lost in East."),
        ((0.0, 0.0), "No unit gains or loses."),
    ],
)
def test_two_plans_are_told_by_who_gains_and_who_loses(changes, words):
    rows = tuple(
        row(name, mission_change=change) for name, change in zip(("West", "East"), changes, strict=True)
    )
    pair = replace(
        FOUND, pair=("Bankass", "Koro"), rows=rows, mission_change=0.03, indicator=Indicator.MISSION
    )
    assert sentence(pair, EN) == (
        f"Mopti, October: Koro instead of Bankass: mission +3.0\u00a0pt, troops unchanged. {words}"
    )


def test_a_gain_weighs_what_is_needed_there():
    small, large = (
        row("Small", need=0.001, mission_change=0.5),
        row("Large", need=0.3, mission_change=0.01),
    )
    pair = replace(FOUND, pair=("A", "B"), rows=(small, large))
    assert "Most gained in Large" in sentence(pair, EN)


def test_changed_assumptions_stand_in_the_sentence():
    assert sentence(replace(FOUND, changed_numbers=2), EN).endswith("Under 2 changed assumptions.")


def test_names_are_text_in_the_sentence():
    evil = replace(FOUND, where=EVIL, plan=EVIL, rows=(row(EVIL), row(EVIL)))
    html = sentence_html(evil, "", EN)
    assert "<b>$" not in html
    assert "${" not in html
    assert "&lt;b&gt;" in html
