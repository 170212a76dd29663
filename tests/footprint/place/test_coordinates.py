"""Coordinates as people write them: whatever the letters, the marks and the commas, one point or a refusal."""

from __future__ import annotations

import pytest

from footprint.errors import UnclearPlaceError
from footprint.place.coordinates import coordinates


@pytest.mark.parametrize(
    "text",
    [
        "14.07, -3.52",
        "14.07,-3.52",
        "14.07 -3.52",
        "14,07 ; -3,52",
        "14,07;-3,52",
        "14,07, -3,52",
        "14,07 -3,52",
        "14.07 / -3.52",
        "14.07N 3.52W",
        "14.07 N, 3.52 O",
        "3,52 O ; 14,07 N",
        "N14.07 W3.52",
        "w 3.52 n 14.07",
        "14°04'12\"N 3°31'12\"W",
        "14° 04′ 12″ N, 3° 31′ 12″ O",
        "14°4.2'N, 3°31.2'W",
        "14°4,2’ N 3°31,2’ O",
        "N 14° 4' 12'' W 3° 31' 12''",
        "14 4 12 -3 31 12",
        "14 4.2, -3 31.2",
        "14°04'12\", −3°31'12\"",
        "+14.07 -3.52",
    ],
)
def test_one_point_written_many_ways(text):
    found = coordinates(text)
    assert found is not None
    assert (found.lat, found.lon) == pytest.approx((14.07, -3.52))


def test_half_a_degree_west_of_greenwich_keeps_its_sign():
    found = coordinates("16 16, -0 31")
    assert found is not None
    assert found.lon == pytest.approx(-31 / 60)


@pytest.mark.parametrize("text", ["2, 14.5", "14, 3", "14,5 3,5", "14.5,3"])
def test_eastern_longitudes_need_no_letter(text):
    assert coordinates(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "14,07",
        "14.07",
        "14.07, -3.52, 8",
        "91, 3",
        "14, 181",
        "14°61'N 3°W",
        "14.5°30'N 3°W",
        "14N 3N",
        "14E 3W",
        "-14N 3W",
        "14 -4, 3 31",
        "14.07N",
        "1 2 3 4 5 6 7 8",
        ".;,1",
    ],
)
def test_numbers_that_are_no_point_are_refused_with_an_example(text):
    with pytest.raises(UnclearPlaceError, match=r"14\.07, -3\.52"):
        coordinates(text)


@pytest.mark.parametrize("text", ["Koro", "N'Tillit", "", "SEN", "Sévaré 2", "…"])
def test_names_are_no_coordinates(text):
    assert coordinates(text) is None
