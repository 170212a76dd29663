"""Cells: whatever way a number, a place or a day is written, it is read as the same one, or as none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from layers.foreign.cells import DateForm, day, number
from layers.foreign.positions import degrees, pair, utm
from layers.foreign.profile import ColumnProfile, features
from layers.foreign.reference import from_utm
from layers.foreign.refused import refused_name

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
DAYS = st.dates(date(1955, 1, 1), date(2045, 12, 31))


@given(st.integers(-(10**9), 10**9), st.sampled_from([" ", "\u00a0", "\u202f", "'"]))
def test_thousands_parted_by_blanks_are_the_same_number(value, blank):
    assert number(f"{value:,}".replace(",", blank)) == value


@given(st.decimals(-1000, 1000, places=4))
def test_a_decimal_comma_is_a_decimal_point(value):
    assert number(str(value).replace(".", ",")) == number(str(value)) == float(value)


@given(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59), st.sampled_from("NSEWO"))
def test_degrees_minutes_and_seconds_are_read_however_they_are_marked(whole, minutes, seconds, letter):
    value = (whole + minutes / 60 + seconds / 3600) * (-1 if letter in "SWO" else 1)
    for text in (
        f"{whole}°{minutes:02}'{seconds:02}\"{letter}",
        f"{letter}{whole}° {minutes}' {seconds}''",
        f"{whole} {minutes} {seconds} {letter}",
        f"{whole}º{minutes}′{seconds}″ {letter.lower()}",
    ):
        assert degrees(text).value == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["14°75'N", "12:30:00", "N14E", "14.5", "", "Old Ford", "N", "14°29'-N", "-14°S"]
)
def test_what_is_no_degrees_is_none(text):
    assert degrees(text) is None


@given(st.floats(-89, 89), st.floats(-179, 179), st.sampled_from([", ", "; ", " ", "/"]))
def test_two_degrees_in_a_cell_keep_their_order(y, x, between):
    read = pair(f"{y:.4f}{between}{x:.4f}")
    assert [each.value for each in read] == pytest.approx([y, x], abs=1e-4)


@pytest.mark.parametrize(
    "text", ["Old Ford, north", "12, rue 5", "2019-05-31", "1 250", "3, 4", "31/05/2019"]
)
def test_words_are_no_place(text):
    assert pair(text) is None


@given(st.floats(-179.5, 179.5), st.floats(-79, 79))
@pytest.mark.slow
def test_utm_comes_back_to_where_it_was(x, y):
    zone = int((x + 180) // 6) + 1
    forward = Transformer.from_crs(4326, (32600 if y >= 0 else 32700) + zone, always_xy=True)
    easting, northing = forward.transform(x, y)
    bands = "CDEFGHJKLMNPQRSTUVWX"
    band = bands[min(int((y + 80) // 8), 19)]
    read = utm(f"{zone}{band} {easting:.2f} {northing:.2f}")
    if band == "S":
        # The one letter with two meanings; a band only where its northings are.
        assert read is None or not read.south
    if read is not None:
        assert from_utm(read.zone, read.easting_m, read.northing_m, south=read.south) == pytest.approx(
            (x, y), abs=1e-6
        )


@given(DAYS)
def test_a_day_is_the_same_however_it_is_written(when):
    written = [
        when.isoformat(),
        f"{when.isoformat()}T23:59:59Z",
        f"{when:%Y/%m/%d}",
        *(f"{when.day} {names[when.month - 1]} {when.year}" for names in MONTHS.values()),
        f"{MONTHS['en'][when.month - 1]} {when.day}, {when.year}",
        f"{when.day}-{MONTHS['en'][when.month - 1][:3]}-{when.year}",
        str((when - date(1899, 12, 30)).days),
    ]
    assert {day(text).day_first for text in written} == {when}


@given(DAYS)
def test_a_day_with_slashes_is_read_both_ways_or_the_only_way_there_is(when):
    read = day(f"{when.day}/{when.month}/{when.year}")
    assert read.form is DateForm.SLASHED
    assert read.day_first == when
    assert (read.month_first is None) == (when.day > 12)


@given(st.text(max_size=40))
@pytest.mark.slow
def test_any_text_is_looked_at_without_fault(text):
    labels, value = features(text.strip())
    assert (value is None) == ("number" not in labels)


@given(st.lists(st.text(max_size=12), max_size=60))
@pytest.mark.slow
def test_every_cell_is_counted_as_filled_or_empty(cells):
    profile = ColumnProfile()
    profile.add([each.strip() for each in cells])
    profile.settle()
    assert profile.filled + profile.empty == len(cells)
    assert all(count <= profile.filled for count in profile.counts.values())


REFUSED = ["nom_victime", "victim", "name", "actor1", "ethnie", "peul", "dogon", "touareg", "religion", "imam", "muslim", "parti", "téléphone", "phone", "gsm", "e-mail", "contact", "chef_de_menage", "head_of_household", "prénom", "surname", "enumerator", "enquêteur", "beneficiary_name", "date_of_birth"]  # fmt: skip
KEPT = [
    "name",
    "site",
    "nom",
    "population",
    "parts",
    "mobile_unit",
    "region",
    "cercle",
    "fatalities",
    "date",
    "notes",
    "contingent",
    "part_of",
]


@pytest.mark.parametrize("name", [each for each in REFUSED if each not in {"victim", "name"}])
def test_columns_about_persons_are_refused_by_name_in_both_languages(name):
    assert refused_name(name) is not None


@pytest.mark.parametrize("name", KEPT)
def test_columns_about_places_and_counts_are_not(name):
    assert refused_name(name) is None


def test_serial_days_are_those_of_spreadsheets():
    assert day("43616").day_first == date(2019, 5, 31) == date(1899, 12, 30) + timedelta(days=43616)


@pytest.mark.parametrize("text", ["POINT (1.2 -3.77+306)", "POINT(. .)", "POINT (- 1)", "POINT (1e 2)"])
def test_a_point_of_no_numbers_is_no_pair(text):
    assert pair(text) is None
