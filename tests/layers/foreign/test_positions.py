"""Positions: pairs of degrees as offices write them are read by their letters; what is unsure is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.foreign.guess import guess
from layers.foreign.points import NowhereError, placing
from layers.foreign.positions import Axis, degrees, pair, position, zone_named
from layers.foreign.profile import ColumnProfile

WRITTEN = [
    "4°52'19\"N 31°36'04\"E",
    "04 52 19 N, 031 36 04 E",
    "N4°52'19 E31°36'04",
    "N 4 52 19 - E 31 36 04",
    "4 52 19 N 31 36 04 E",
    "31°36'04\"E 4°52'19\"N",
    "045219N0313604E",
    "N045219 E0313604",
    "04-52-19N 031-36-04E",
    "4:52:19N/31:36:04E",
    "4d52m19sN 31d36m04sE",
    "4deg 52min 19sec N 31deg 36min 04sec E",
    "4°52′19″ Nord, 31°36′04″ Est",
    "(4°52'19''N; 31°36'04''E)",
    "4°52.3167' N 31°36.0667' E",
    "4.871944 N 31.601111 E",
    "4,871944 N 31,601111 E",
    "4.871944N - 31.601111E",
    "Lat: 4.871944 Long: 31.601111",
    "Lon 31.601111, Lat 4.871944",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_two_degrees_are_read_by_their_letters(text):
    values = {each.axis: each.value for each in pair(text)}
    assert values[Axis.LATITUDE] == pytest.approx(4.871944, abs=1e-5)
    assert values[Axis.LONGITUDE] == pytest.approx(31.601111, abs=1e-5)


UNSURE = [
    "4.87 N 31.6 N",
    "4.87N-31.6E",
    "4.87 31.6 N",
    "N 4.87 31.6 E",
    "6°75'00\"N 31°36'04\"E",
    "14.5°30'N 2.0E",
    "36N",
    "04.52.19N 031.36.04E",
    "10 N 20 S",
    "-4.5 S 12.5 E",
]


@pytest.mark.parametrize("text", UNSURE)
def test_what_could_be_two_places_is_none(text):
    assert position(text) is None


@pytest.mark.parametrize("text", ["45219N", "9952N", "045260N", "313604E", "0452", "-4.2 W", "-31.6 E"])
def test_degrees_run_together_are_read_only_with_all_their_digits(text):
    assert degrees(text) is None


LETTERED = st.sampled_from(
    ["{d}°{m:02}'{s:02}\"{a}", "{a}{d} {m} {s}", "{d}:{m}:{s} {a}", "{d} {m:02} {s:02} {a}"]
)


@given(
    st.integers(0, 89), st.integers(0, 179), st.integers(0, 59), st.integers(0, 59),
    st.sampled_from("NS"), st.sampled_from("EWO"), LETTERED, st.sampled_from([" ", ", ", "; ", " / "]), st.booleans(),
)  # fmt: skip
@pytest.mark.slow
def test_a_pair_is_the_same_in_either_order_and_whatever_stands_between(
    y, x, m, s, ns, ew, form, between, turned
):
    parts = [form.format(d=y, m=m, s=s, a=ns), form.format(d=x, m=m, s=s, a=ew)]
    read = {each.axis: each.value for each in pair(between.join(parts[::-1] if turned else parts))}
    part = m / 60 + s / 3600
    assert read[Axis.LATITUDE] == pytest.approx((y + part) * (-1 if ns == "S" else 1))
    assert read[Axis.LONGITUDE] == pytest.approx((x + part) * (-1 if ew in "WO" else 1))


@given(st.text(alphabet="0123456789 .,;-°'\"NSEWOmnd", max_size=24))
def test_no_text_is_a_position_in_two_ways_and_none_fails(text):
    read = position(text)
    assert (
        read is None
        or not isinstance(read, tuple)
        or read[0].axis is None
        or read[0].axis is not read[1].axis
    )


def column(cells: list[str], name: str):
    profile = ColumnProfile()
    profile.add(cells)
    profile.settle()
    return guess(name, "", profile)


MIXED = ["4.8717, 31.6011", "9°33'32\"N 31°39'08\"E", "36N VK 12345 67890", "35N 798400 453300", "36N"]


def test_each_row_of_a_column_is_read_in_its_own_form_and_the_rest_is_reported():
    where = placing([column(MIXED, "Coordinates")])
    assert where.locate([MIXED[0]]) == (31.6011, 4.8717)
    assert where.locate([MIXED[1]]) == pytest.approx((31.652222, 9.558889), abs=1e-6)
    assert where.locate([MIXED[2]])[1] == pytest.approx(4.23, abs=0.01)
    assert where.locate([MIXED[3]])[0] == pytest.approx(29.69, abs=0.01)
    with pytest.raises(NowhereError, match="'36N' is no position; write it such as"):
        where.locate([MIXED[4]])


def test_among_squares_two_bare_numbers_are_no_place():
    where = placing([column(["36N VK 12345 67890"] * 9 + ["4.87, 31.6"], "Grid")])
    with pytest.raises(NowhereError, match="does not say which is latitude"):
        where.locate(["4.87, 31.6"])


def test_decimals_and_minutes_may_stand_in_one_column_of_latitudes():
    cells = ["4.87", "6.21", "9°33'N", "8°18'00\"N", "7°42'N"]
    assert column(cells, "Latitude").content == "latitude"


ZONED = ["344200", "345000", "346000,5"], ["538600", "539000", "540000,25"]


@pytest.mark.parametrize(
    "names", [("X (UTM 36N)", "Y (UTM 36N)"), ("Est UTM zone 36 Nord", "Nord"), ("Easting (36N)", "Northing (36N)"), ("X EPSG:32636", "Y")]
)  # fmt: skip
def test_a_zone_is_read_from_the_names_of_easting_and_northing(names):
    where = placing([column(cells, name) for cells, name in zip(ZONED, names, strict=True)])
    assert where.columns == names
    assert where.locate(["344200", "538600"]) == pytest.approx((31.5953, 4.8711), abs=1e-3)


def test_two_zones_in_names_are_no_zone():
    assert placing([column(ZONED[0], "X (UTM 36N)"), column(ZONED[1], "Y (UTM 35N)")]) is None


def test_a_zone_without_a_hemisphere_is_none():
    assert zone_named("X (UTM 36)") == ("", "X (UTM 36)")


@pytest.mark.parametrize(
    ("cells", "bad"), [(["36N", "3442000", "538600"], "E"), (["36N", "344200", "x"], "N"), (["xx", "344200", "538600"], "Zone")]
)  # fmt: skip
def test_of_zone_easting_and_northing_the_one_that_is_wrong_is_named(cells, bad):
    columns = [column(["36N", "35N"], "Zone"), column(ZONED[0], "Easting"), column(ZONED[1], "Northing")]
    with pytest.raises(NowhereError) as caught:
        placing(columns).locate(cells)
    assert caught.value.column == {"E": "Easting", "N": "Northing"}.get(bad, bad)
