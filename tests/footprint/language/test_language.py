"""Sentences, numbers, dates and the completeness of the catalogues."""

from __future__ import annotations

from datetime import date
from math import inf, nan
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from hypothesis import example, given
from hypothesis import strategies as st

from footprint.language import CATALOGUES, LANGUAGES, Language, msgid
from footprint.language.__main__ import main
from footprint.language.catalogue import faults, labels, read_catalogue, sentences, update, write_catalogue
from layers.unit_words import UnitWords

EN, FR = Language("en"), Language("fr")


def plain(text: str) -> str:
    """Return `text` with every kind of space a plain one."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_language_without_a_catalogue_is_refused():
    with pytest.raises(ValueError, match="'de'"):
        Language("de")


def test_english_is_its_own_catalogue():
    assert EN.text("no data") == "no data"


def test_french_comes_from_the_catalogue():
    assert FR.text("all year") == "toute l’année"


def test_an_untranslated_sentence_appears_in_english():
    assert FR.text("Nobody has translated this.") == "Nobody has translated this."


def test_places_are_filled_and_braces_without_values_stay():
    assert FR.text("Kept with the plan “{plan}”.", plan="{x}") == "Gardés avec le plan «\u00a0{x}\u00a0»."
    assert EN.text("{not a place}") == "{not a place}"


def test_a_place_for_a_unit_takes_the_name_that_is_given_for_it():
    assert EN.text("{region}: {share}", region="Mopti", share="1 %") == "Mopti: 1 %"


def test_french_puts_unbreakable_spaces_before_high_marks():
    assert "\u00a0:" in FR.text("bars: B; outline: A")
    assert " :" not in FR.text("bars: B; outline: A")


def test_marking_a_sentence_leaves_it_as_it_is():
    assert msgid("Neither") == "Neither"


@pytest.mark.parametrize(
    ("value", "digits", "english", "french"),
    [
        (1234567.0, 0, "1,234,567", "1 234 567"),
        (0.25, 1, "0.2", "0,2"),
        (-1.25, 2, "-1.25", "-1,25"),
        (-0.01, 1, "0.0", "0,0"),
        (inf, 0, "∞", "∞"),
        (nan, 0, "not known", "non connu"),
    ],
)
def test_numbers(value, digits, english, french):
    assert EN.number(value, digits) == english
    assert plain(FR.number(value, digits)) == french


@given(value=st.floats(allow_nan=False, allow_infinity=False), digits=st.integers(0, 4))
@example(value=1e28, digits=0)
@example(value=1.7976931348623157e308, digits=2)
def test_every_finite_number_is_written_and_reads_back(value, digits):
    assert float(EN.number(value, digits).replace(",", "")) == round(value, digits)
    assert float(EN.stated(value).replace(",", "")) == round(value, 6)


def test_numbers_do_not_break_over_lines():
    assert " " not in FR.number(1234567) + FR.percent(0.123) + FR.hours(90) + FR.points(0.1)


def test_shares_in_per_cent():
    assert plain(EN.percent(0.123)) == "12.3 %"
    assert plain(FR.percent(0.123)) == "12,3 %"
    assert EN.percent(nan) == "not known"


def test_differences_carry_a_sign_but_not_zero():
    assert [EN.signed(value, 1) for value in (1.25, -1.25, 0.01, 0.0)] == ["+1.2", "-1.2", "0.0", "0.0"]
    assert plain(FR.points(0.012)) == "+1,2 pt"
    assert plain(EN.points(-0.012)) == "-1.2 pt"


def test_a_fall_starts_with_the_hyphen_that_the_metric_looks_for():
    assert FR.points(-0.5)[0] == "-"


@pytest.mark.parametrize(
    ("minutes", "english"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (59.7, "1 h"), (1500, "25 h")],
)
def test_travel_times(minutes, english):
    assert plain(EN.hours(minutes)) == english


def test_an_unreachable_place_and_an_unknown_time_are_said_in_words():
    assert EN.hours(inf) == "not reached"
    assert FR.hours(inf) == "pas atteint"
    assert EN.hours(nan) == "not known"


def test_people_are_rounded_to_three_digits():
    assert EN.people(1_234_567) == "1,230,000"
    assert plain(FR.people(1_234_567)) == "1 230 000"
    assert [EN.people(x) for x in (0, 7, 999, 1005)] == ["0", "7", "999", "1,000"]
    assert EN.people(nan) == "not known"


def test_dates_and_months():
    assert EN.date(date(2019, 6, 30)) == "30 June 2019"
    assert FR.date(date(2019, 6, 30)) == "30 juin 2019"
    assert FR.date(date(2018, 7, 1)) == "1er juillet 2018"
    assert EN.date(date(2018, 7, 1)) == "1 July 2018"
    assert FR.month(8) == "août"
    assert EN.month_short(10) == "Oct"


@pytest.mark.parametrize(
    ("months", "english"),
    [
        ((10, 11, 12), "October–December"),
        ((12, 1, 11), "November–January"),
        ((3,), "March"),
        ((3, 5, 6), "March, May–June"),
        (range(1, 13), "all year"),
        ((), "no month"),
    ],
)
def test_months_as_ranges(months, english):
    assert EN.months(months) == english


def test_a_thirteenth_month_is_refused():
    with pytest.raises(ValueError, match="1-12"):
        EN.months([13])


def test_listing():
    assert EN.listing(["a", "b", "c"]) == "a, b and c"
    assert FR.listing(["a", "b", "c"]) == "a, b et c"


def test_plurals_without_a_translation_count_in_english():
    assert EN.plural("{n} site", "{n} sites", 1) == "1 site"
    assert EN.plural("{n} site", "{n} sites", 0) == "0 sites"
    assert FR.plural("{n} thing", "{n} things", 0) == "0 thing"


def test_every_language_but_english_has_a_catalogue():
    assert {path.parent.name for path in CATALOGUES.glob("*/*.po")} == set(LANGUAGES) - {"en"}


@pytest.mark.slow
def test_nothing_said_lacks_a_translation_and_nothing_translated_is_unsaid(capsys):
    assert main(["--check"]) == 0, capsys.readouterr().out


@pytest.fixture
def said(tmp_path: Path) -> dict:
    """A file that says one sentence, one with a place, and one in two numbers."""
    file = tmp_path / "page.py"
    file.write_text('a.text("Yes")\nmsgid("In {n} days")\na.plural("{n} day", "{n} days", 2)\na.text(name)\n')
    return sentences([file])


def test_only_literal_sentences_are_found(said):
    assert said == {"Yes": "page.py:1", "In {n} days": "page.py:2", ("{n} day", "{n} days"): "page.py:3"}


def test_either_branch_of_a_choice_is_found(tmp_path):
    file = tmp_path / "page.py"
    file.write_text('a.text("Yes" if x else "No")\na.text({"k": "Maybe"}[k])\na.text("Long "\n "sentence")\n')
    assert list(sentences([file])) == ["Yes", "No", "Maybe", "Long sentence"]


def test_every_label_of_a_table_is_found(tmp_path):
    file = tmp_path / "method.toml"
    file.write_text('label = "A"\nunlabelled = "no"\n[b.c]\nd = { label = "B" }\n[[e]]\nlabel = "C"\n')
    assert labels(file) == {"A": "method.toml", "B": "method.toml", "C": "method.toml"}


def test_units_effects_and_sources_of_numbers_are_sentences_too(tmp_path):
    file = tmp_path / "method.toml"
    file.write_text(
        '[sources]\nS1 = "A book."\n[about]\nall = "B"\n[t]\nabout = "C"\nv = { unit = "km", source = "S1" }\n'
    )
    assert set(labels(file)) == {"A book.", "B", "C", "km"}


def test_a_missing_a_stale_and_a_misfilled_translation_are_each_a_fault(said):
    catalogue = Catalog(locale="fr")
    catalogue.add("In {n} days", "Dans {m} jours")
    catalogue.add("Gone", "Parti")
    catalogue.add(("{n} day", "{n} days"), ("{n} jour", "{n} jours"))
    assert faults(catalogue, said) == [
        "page.py:1: no translation of 'Yes'",
        "nobody says 'Gone' any more",
        "the places of 'In {n} days' differ",
    ]


def test_an_update_keeps_translations_and_drops_what_is_stale(said, tmp_path):
    old = Catalog(locale="fr")
    old.add("Yes", "Oui")
    old.add("Gone", "Parti")
    write_catalogue(update(old, said), tmp_path, said)
    renewed = read_catalogue(tmp_path, "fr")
    assert renewed.get("Yes").string == "Oui"
    assert "Gone" not in renewed
    assert len(faults(renewed, said)) == 2


COUNTIES = UnitWords(
    (
        ("region", "en", ("state", "states")),
        ("region", "fr", ("État", "États")),
        ("district", "en", ("county", "counties")),
        ("district", "fr", ("comté", "comtés")),
    )
)


def test_units_are_called_as_the_area_calls_them():
    english, french = (Language.of_area(code, COUNTIES) for code in ("en", "fr"))
    assert english.text("No {district} changes in this month.") == "No county changes in this month."
    assert english.text("{Districts} with not enough years ({count})", count=2).startswith("Counties with")
    assert french.text("Months that return, by {district}") == "Mois qui reviennent, par comté"
    assert english.plural("{n} {region}", "{n} {regions}", 2) == "2 states"


def test_without_an_area_units_have_common_names():
    assert Language("en").text("{Districts} in the {region}") == "Districts in the region"
    assert Language("fr").text("Months that return, by {district}") == "Mois qui reviennent, par district"


def test_an_areas_words_are_never_places_themselves():
    odd = UnitWords((("region", "en", ("{0}", "{x}")), ("district", "en", ("{name}", "{name}s"))))
    words = Language.of_area("en", odd)
    assert words.text("by {district}") == "by {name}"
    assert words.text("by {district}: {name}", name="a") == "by {name}: a"
