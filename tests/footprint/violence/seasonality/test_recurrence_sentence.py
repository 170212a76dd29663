"""The sentence: repeatable, in both languages, and honest about what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footprint.violence.seasonality import (
    Answer,
    Finding,
    Foretold,
    YearState,
    caveat,
    findings,
    is_forecast,
    record,
    sentence,
)
from tests.footprint.violence.seasonality.simulate import make_calendar
from tests.worlds import recurrence

BANKASS = Finding(
    area_id="ML0503",
    name="Bankass",
    answer=Answer.RETURNS,
    events_a_year=12.0,
    power=0.33,
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
    years=(("2012", YearState.QUIET), ("2013", YearState.HIT), ("2016", YearState.QUIET)),
)
SEASON, MARCH, THIN = [0] * 8 + [4, 3, 3, 0], [0, 6] + [0] * 10, [1] * 3 + [0] * 9


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_sentence_in_english():
    assert sentence(BANKASS, "en") == (
        "Bankass: October–December busier than its own year in 6 of 8 years (0.41–0.94), p = .004, q = .03; "
        "a pattern, not a forecast: no later year yet. Not in 2012, 2016."
    )


def test_the_sentence_in_french():
    assert plain(sentence(BANKASS, "fr")) == (
        "Bankass : d’octobre à décembre, plus chargé que la moyenne de sa propre année 6 années sur 8 "
        "(0,41–0,94), p = 0,004, q = 0,03 ; une régularité, pas une prévision : pas encore d’année suivante. "
        "Pas en 2012, 2016."
    )


@pytest.mark.parametrize(
    ("value", "said"), [(0.0004, "p < .001"), (0.0061, "p = .006"), (0.05, "p = .05"), (1.0, "p = 1.00")]
)
def test_a_p_is_written_as_people_do(value, said):
    assert said in sentence(replace(BANKASS, p=value), "en")


def later(beats, misses):
    """Return years in which the months named held all incidents, and years in which they held none."""
    told = [Foretold(year=2012 + step, months=(10, 11), inside=6, total=6) for step in range(beats)]
    return (
        *told,
        *(Foretold(year=2016 + step, months=(10, 11), inside=0, total=6) for step in range(misses)),
    )


def test_a_pattern_is_no_forecast_before_later_years_bear_it_out():
    said = sentence(replace(BANKASS, foretold=later(1, 3)), "en")
    assert "q = .03; a pattern, not a forecast: 1 of 4 later years. Not in 2012, 2016." in said
    assert "prévision : 1 année suivante sur 4." in plain(
        sentence(replace(BANKASS, foretold=later(1, 3)), "fr")
    )


def test_three_later_years_and_most_of_them_make_a_forecast():
    assert not is_forecast(later(2, 0), 3)
    assert is_forecast(later(3, 1), 3)
    assert not is_forecast(later(3, 4), 3)
    said = sentence(replace(BANKASS, foretold=later(3, 1), is_forecast=True), "en")
    assert "foretold 3 of 4 later years" in said
    assert "pattern" not in said


def test_a_year_without_incidents_foretells_nothing():
    empty = Foretold(year=2018, months=(10, 11), inside=0, total=0)
    past = record([*later(1, 0), empty])
    assert (past.years, past.beaten, past.inside, past.total) == (1, 1, 6, 6)
    assert past.expected == pytest.approx(1.0)


def test_years_with_too_few_incidents_are_named_apart():
    found = findings(recurrence(make_calendar([[SEASON] * 6 + [MARCH, THIN]])))[0]
    said = sentence(replace(found, answer=Answer.RETURNS), "en")
    assert "Not in 2015. Too few incidents to tell in 2016." in said


def test_nothing_found_is_said_as_such_with_its_power():
    nothing = replace(BANKASS, answer=Answer.NONE, q=0.6, power=0.83)
    assert sentence(nothing, "en").startswith("Bankass: no season stands out")
    assert "would have been found with a chance of .83" in sentence(nothing, "en")
    assert "aucune saison ne se détache" in sentence(nothing, "fr")


def test_too_few_incidents_are_never_said_to_be_no_season():
    weak = replace(BANKASS, answer=Answer.TOO_FEW, q=0.6)
    assert sentence(weak, "en") == (
        "Bankass: too few incidents to tell (about 12 a year in 8 years: a season three times as busy would "
        "have been found with a chance of .33)."
    )
    assert "no season" not in sentence(weak, "en")
    assert "trop peu d’incidents pour conclure" in sentence(weak, "fr")


def test_an_area_that_once_had_a_calendar_says_what_became_of_it():
    gone = replace(BANKASS, answer=Answer.NONE, foretold=later(0, 2))
    assert sentence(gone, "en").endswith("Earlier calendars: 0 of 2 later years.")
    assert plain(sentence(gone, "fr")).endswith("Calendriers antérieurs : 0 année suivante sur 2.")


def test_a_finding_that_rests_on_the_1sts_says_so():
    withdrawn = replace(BANKASS, answer=Answer.WITHDRAWN)
    assert "incidents dated to the 1st of a month" in sentence(withdrawn, "en")
    assert "datés du 1er d’un mois" in sentence(withdrawn, "fr")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("answer", [Answer.NO_MONTHS, Answer.NOT_ENOUGH_YEARS])
def test_without_a_test_no_window_is_named(lang, answer):
    said = sentence(replace(BANKASS, answer=answer, n=1), lang)
    assert "ctob" not in said
    assert "p =" not in said


def test_no_months_is_said_plainly():
    said = sentence(replace(BANKASS, answer=Answer.NO_MONTHS), "en")
    assert said == (
        "Bankass: these incidents carry no dates that can be tested, so recurrence cannot be computed."
    )


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


def test_a_window_over_the_cut_is_told_at_the_month_opposite():
    # Years run from February: one winter in January, the next in February.
    january, both, nothing = [0] * 11 + [6], [6] + [0] * 10 + [6], [0] * 12
    calendar = make_calendar([[january, *[nothing, both] * 4]], first_month=2)
    found = findings(recurrence(calendar))[0]
    assert found.months == (1, 2)
    assert (found.cut, found.torn) == (8, False)


def test_findings_come_strongest_first():
    found = findings(recurrence(make_calendar([[[1] * 12] * 8, [SEASON] * 8, [THIN] * 8])))
    assert [item.area_id for item in found] == ["c001", "c000", "c002"]


def test_reporting_is_always_mentioned():
    assert "reported" in caveat("en")
    assert "signalé" in caveat("fr")
