"""What makes a list one of sensitive places is what its rows are, not what else its columns tell of them."""

from __future__ import annotations

import pytest

from layers.foreign.look import SheetLook
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
        ({"Base": ("Alpha",), "Troops": ("850",), "IDPs nearby": ("400",)}, "fob"),
        ({"Site": ("Alpha",), "Infantry coy": ("1",)}, "level 2 hospital;tob"),
        ({"Camp": ("Alpha",), "Infantry coy": ("1",), "FPU": ("0",), "Hospital": ("none",)}, ""),
        ({"Site": ("Alpha",), "Remarks": ("close to market", "well secured")}, "fob"),
        ({"Site": ("Alpha",), "Nearest hospital": ("Alpha Hospital",)}, "sector hq"),
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
        ({"Name": ("Alpha", "Bravo", "Charlie School"), "FPU": ("1",)}, "tob"),
        ({"Remarks": ("Alpha IDP site",), "FPU": ("1",), "Troops": ("1",)}, ""),
        ({"Camp": ("Alpha",), "Menages": ("40",)}, "camp;base"),
    ],
)
def test_a_list_of_places_of_care_schools_water_markets_or_displaced_people_may_be_sensitive(
    columns, classes
):
    assert looks(columns, classes)


@pytest.mark.parametrize(
    ("columns", "classes"),
    [
        ({"Source d’eau": ("Puits A",)}, ""),
        ({"Point d’eau": ("A",)}, ""),
        ({"Nom": ("Mur de l’école",)}, ""),
        ({"N°": ("1",), "Description": ("École A",)}, ""),
        ({"Details": ("MSF hospital, trauma", "Refugee site"), "Notes": ("a", "b")}, ""),
        ({"ID": ("1",), "Remarques": ("Camp de déplacés A, 300 ménages",)}, ""),
        ({"Structure": ("CSCOM A",), "Localité": ("A",), "INF": ("3",), "SF": ("1",)}, ""),
        ({"Structure": ("CSCOM A",), "INF": ("3",), "Contingent": ("1",)}, ""),
        ({"Point": ("Borehole A",), "Company": ("Drill",)}, ""),
        ({"Displacement site": ("1", "2", "3")}, ""),
        ({"Base": ("A",), "Bataillon": ("X",), "Emplacement": ("École", "Puits")}, ""),
        ({"Site": ("Alpha",), "Hospital": ("yes", "no")}, ""),
        ({"Site": ("Alpha",), "Level II hospital": ("1", "0")}, ""),
        ({"Site": ("Alpha",), "Remarks": ("close to market", "well secured")}, ""),
        ({"Site": ("Alpha",), "Nearest hospital": ("Alpha Hospital",)}, ""),
        ({"Name": ("Alpha Camp",)}, ""),
        ({"HF": ("I", "II")}, ""),
    ],
)
def test_a_list_that_is_not_plainly_a_missions_own_is_hidden_in_doubt(columns, classes):
    assert looks(columns, classes)
