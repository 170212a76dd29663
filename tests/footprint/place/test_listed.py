"""A list of places keeps the comma of coordinates within them."""

from __future__ import annotations

import pytest

from footprint.place.listed import listed_places

LISTS = {
    "Bankass,Koro": ["Bankass", "Koro"],
    "Bankass ; Koro": ["Bankass", "Koro"],
    "14.07, -3.52": ["14.07, -3.52"],
    "14,07 ; -3,52": ["14,07 ; -3,52"],
    "Bankass, 14.07, -3.52; Koro": ["Bankass", "14.07, -3.52", "Koro"],
    "14.07, -3.52, 15.2, -3.9": ["14.07, -3.52", "15.2, -3.9"],
    "14,07 ; -3,52 ; 15,1 ; -2,2": ["14,07 ; -3,52", "15,1 ; -2,2"],
    "14°04'N 3°31'O, Koro": ["14°04'N 3°31'O", "Koro"],
    "14.07": ["14.07"],
    "Koro,": ["Koro"],
    " , ": [],
    "": [],
}


@pytest.mark.parametrize("text", LISTS)
def test_parts_that_write_one_point_are_one_place(text: str) -> None:
    assert listed_places(text) == LISTS[text]
