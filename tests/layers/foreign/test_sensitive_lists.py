"""What makes a list one of sensitive places is what its rows are, not what else its columns tell of them."""

from __future__ import annotations

import pytest

from layers.foreign.kinds import SheetLook
from layers.foreign.seen import ColumnContent, ColumnSeen
from layers.foreign.sensitive_lists import may_be_sensitive
from layers.sentences import say


def looks(columns: dict[str, tuple[str, ...]], classes: str = "") -> bool:
    """Tell whether a sheet of columns with examples may be sensitive; numbers stand in columns of numbers."""
    made = [
        ColumnSeen(
            name=name,
            content=ColumnContent.NUMBER if examples and examples[0].isdigit() else ColumnContent.TEXT,
            decided=True,
            reason=say("numbers"),
            share=None,
            filled=3,
            empty=0,
            examples=examples,
            tag="",
            day_first=None,
            longitude_first=None,
            commas_part_thousands=None,
        )
        for name, examples in columns.items()
    ]
    look = SheetLook(
        file="list.csv",
        columns=made,
        shapes=frozenset(),
        located=True,
        tagged=False,
        classes=frozenset(filter(None, classes.split(";"))),
    )
    return may_be_sensitive(look)


@pytest.mark.parametrize(
    ("columns", "classes"),
    [
        ({"Name": ("Alpha Camp", "Bravo Camp"), "Infantry coy": ("1", "2")}, "tob"),
        ({"Camp": ("Alpha", "Bravo"), "Type": ("camp",)}, "camp;tob"),
        ({"Site": ("Alpha",), "Medical": ("Level II", "Level I")}, "tob"),
        ({"Site": ("Alpha",), "Hospital": ("Level II", "none")}, "tob"),
        ({"Site": ("Alpha",), "Hospital": ("yes", "no")}, ""),
        ({"Site": ("Alpha",), "Level II hospital": ("1", "0")}, ""),
        ({"Base": ("Alpha",), "Troops": ("850",), "IDPs nearby": ("400",)}, "fob"),
        ({"Site": ("Alpha",), "Remarks": ("close to market", "well secured")}, ""),
        ({"Site": ("Alpha",), "Nearest hospital": ("Alpha Hospital",)}, ""),
        ({"Site": ("Alpha",), "Infantry coy": ("1",)}, "level 2 hospital;tob"),
    ],
)
def test_a_list_of_a_missions_sites_is_no_list_of_sensitive_places(columns, classes):
    assert not looks(columns, classes)


@pytest.mark.parametrize(
    ("columns", "classes"),
    [
        ({"Name": ("Alpha", "Bravo")}, "primary school;other"),
        ({"Nom": ("École de X", "Y")}, ""),
        ({"school": ("Alpha", "Bravo")}, ""),
        ({"Facility name": ("Alpha",)}, ""),
        ({"HF_TYPE": ("PHCU",), "Name": ("Alpha",)}, ""),
        ({"Camp": ("Alpha",), "Individuals": ("400",)}, ""),
        ({"Site": ("Alpha",), "IDP individuals": ("400",)}, ""),
        ({"Name": ("Alpha IDP site", "Bravo IDP site"), "Troops": ("10", "20")}, ""),
        ({"Name": ("Alpha",), "Infantry coy": ("1",)}, "tob;refugee camp"),
    ],
)
def test_a_list_of_places_of_care_schools_water_markets_or_displaced_people_may_be_sensitive(
    columns, classes
):
    assert looks(columns, classes)
