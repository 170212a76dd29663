"""The sentence: repeatable, in both languages, and honest about what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footprint.violence.seasonality import Finding, Status, caveat, findings, sentence
from tests.footprint.violence.seasonality.simulate import make_calendar
from tests.worlds import recurrence

BANKASS = Finding(
    area_id="ML0503",
    name="Bankass",
    status=Status.TESTED,
    n=8,
    years_min=4,
    events_min=4,
    first_month=10,
    length=3,
    k=6,
    low=0.407,
    high=0.936,
    p=0.004,
    q=0.03,
    significant=True,
    predicted=6,
    missed=("2012", "2016"),
)
SEASON, MARCH, THIN = [0] * 8 + [4, 3, 3, 0], [0, 6] + [0] * 10, [1] * 3 + [0] * 9


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_sentence_in_english():
    assert sentence(BANKASS, "en") == (
        "Bankass: October–December busier than its own year in 6 of 8 years (0.41–0.94), p = .004, q = .03; "
        "predicted the left-out year 6 of 8 times. Not in 2012, 2016."
    )


def test_the_sentence_in_french():
    assert plain(sentence(BANKASS, "fr")) == (
        "Bankass : d’octobre à décembre, plus chargé que la moyenne de sa propre année 6 années sur 8 "
        "(0,41–0,94), p = 0,004, q = 0,03 ; année laissée de côté prédite 6 fois sur 8. Pas en 2012, 2016."
    )


@pytest.mark.parametrize(
    ("value", "said"), [(0.0004, "p < .001"), (0.0061, "p = .006"), (0.05, "p = .05"), (1.0, "p = 1.00")]
)
def test_a_p_is_written_as_people_do(value, said):
    assert said in sentence(replace(BANKASS, p=value), "en")


def test_years_with_too_few_incidents_are_named_apart():
    found = findings(recurrence(make_calendar([[SEASON] * 6 + [MARCH, THIN]])))[0]
    said = sentence(replace(found, significant=True), "en")
    assert "Not in 2015. Too few incidents to tell in 2016." in said


def test_nothing_found_is_said_as_such():
    said = sentence(replace(BANKASS, significant=False, q=0.6), "en")
    assert said.startswith("Bankass: no season stands out")
    assert "aucune saison ne se détache" in sentence(replace(BANKASS, significant=False, q=0.6), "fr")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("status", [Status.NO_MONTHS, Status.NOT_ENOUGH_YEARS])
def test_without_a_test_no_window_is_named(lang, status):
    said = sentence(replace(BANKASS, status=status, n=1), lang)
    assert "ctob" not in said
    assert "p =" not in said


def test_no_months_is_said_plainly():
    said = sentence(replace(BANKASS, status=Status.NO_MONTHS), "en")
    assert said == "Bankass: these incidents carry no months, so recurrence cannot be computed."


def test_a_window_before_the_cut_bears_the_year_people_live_in():
    # Years are cut in August: the season-year 2009 holds March 2010.
    calendar = make_calendar([[[0] * 7 + [6] + [0] * 4] * 5 + [[6] + [0] * 11]], first_month=8)
    found = findings(recurrence(calendar))[0]
    assert (found.first_month, found.missed) == (3, ("2015",))


def test_a_window_over_the_new_year_bears_both_years():
    december, january, august = [0] * 4 + [6] + [0] * 7, [0] * 5 + [6] + [0] * 6, [6] + [0] * 11
    calendar = make_calendar([[december, january] * 3 + [august]], first_month=8)
    found = findings(recurrence(calendar))[0]
    assert found.months == (12, 1)
    assert found.missed == ("2015–16",)


def test_a_window_over_the_cut_says_where_years_begin():
    february, january, june = [6] + [0] * 11, [0] * 11 + [6], [0] * 4 + [6] + [0] * 7
    calendar = make_calendar([[february, january] * 4 + [june]], first_month=2)
    found = findings(recurrence(calendar))[0]
    assert (found.months, found.missed) == ((1, 2), ("2017–18",))
    assert "Years run from February." in sentence(replace(found, significant=True), "en")


def test_findings_come_strongest_first():
    found = findings(recurrence(make_calendar([[[1] * 12] * 8, [SEASON] * 8, [THIN] * 8])))
    assert [item.area_id for item in found] == ["c001", "c000", "c002"]


def test_reporting_is_always_mentioned():
    assert "reported" in caveat("en")
    assert "signalé" in caveat("fr")
