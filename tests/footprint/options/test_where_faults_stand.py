"""What is wrong with a table is said with its file, row, column and remedy; an ambiguous name lists what it may mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footprint.language import Language
from footprint.options.asking import figure_named
from footprint.options.choices import Act, Choice, ChoiceSet, OptionError, RowOrigin
from footprint.options.inquiry import place_named
from footprint.options.naming import number_named
from footprint.options.table import dumps_table, loads_table
from tests.footprint.options.tiny import KEPT, MIDDLE, NORTH, TABLE, basis, engine, opened

FRENCH = Language("fr")
SITES = {"west": "West", "east": "East"}
HEAD = "place,name,act,assets,lon,lat,allowed"


def read(*rows: str) -> ChoiceSet:
    return loads_table("\n".join((HEAD, *rows)), SITES, basis().method.assets, "koro.csv")


def refused(asked) -> tuple[str, str]:
    with pytest.raises(OptionError) as caught:
        asked()
    return str(caught.value), caught.value.said(FRENCH)


def test_a_row_that_makes_no_sense_is_named_with_file_and_column() -> None:
    english, french = refused(lambda: read("none,,close,,,,"))
    assert (
        english == "koro.csv: row 2, column place: none: there is no such site, so it cannot be that of close"
    )
    assert french.startswith("koro.csv\xa0: ligne 2, colonne place\xa0: ")


def test_a_table_without_a_column_is_named() -> None:
    english, _ = refused(lambda: loads_table("place\nwest\n", SITES, (), "koro.csv"))
    assert english.startswith("koro.csv: the table of choices has no column act")


def test_a_choice_remembers_its_file_and_row() -> None:
    (choice,) = read("", "west,,close,,,,").choices
    assert choice.origin == RowOrigin("koro.csv", 3)


def test_where_a_choice_was_read_makes_no_other_choice_of_it() -> None:
    text, kinds = dumps_table(TABLE), basis().method.assets
    assert loads_table(text, SITES, kinds, "koro.csv") == loads_table(text, SITES, kinds, "gao.csv")


def test_a_row_that_stands_twice_is_named_with_both_rows_and_the_remedy() -> None:
    own = read("west,,close,,,,", "west,,close,,,,forbidden")
    english, french = refused(lambda: own.places(SITES))
    assert english == (
        "west: west|close stands twice; keep one of: close West (free; koro.csv, row 2); "
        "close West (forbidden; koro.csv, row 3)"
    )
    assert "koro.csv, ligne 3" in french


def test_two_fixed_choices_at_one_place_are_named_with_their_rows_and_the_remedy() -> None:
    own = read("west,,close,,,,fixed", "west,,strengthen,surgery 1,,,fixed")
    english, french = refused(lambda: own.places(SITES))
    assert "set all but one of these free: close West (fixed; koro.csv, row 2); strengthen West" in english
    assert "libérez-les tous sauf un" in french


def test_two_names_for_one_place_are_named_with_their_rows() -> None:
    own = read("new,One,open,surgery 1,-4,17,", "new,Two,open,unpol_team 1,-4,17,")
    assert (
        "open One (free; koro.csv, row 2); open Two (free; koro.csv, row 3)"
        in refused(lambda: own.places(SITES))[0]
    )


def at(choice: Choice, row: int) -> Choice:
    return replace(choice, origin=RowOrigin("koro.csv", row))


def test_a_place_outside_the_area_is_named_with_its_row_and_columns() -> None:
    far = at(opened("far", 900.0, 900.0), 7)
    english, french = refused(lambda: engine(table=ChoiceSet((*KEPT, far))))
    assert english.startswith("koro.csv, row 7, column lon: Far: ")
    assert english.endswith("; mend that or take the row out")
    assert french.startswith("koro.csv, ligne 7, colonne lon\xa0: ")


def test_assets_that_are_not_there_are_named_with_their_row_and_column() -> None:

    thin = at(replace(KEPT[1], act=Act.THIN, assets=(("surgery", -1),)), 4)
    english, _ = refused(lambda: engine(table=ChoiceSet((*KEPT, thin))))
    assert english.startswith("koro.csv, row 4, column assets: East: ")


TWINS = (replace(MIDDLE, name="Twin"), replace(NORTH, name="twin"))


def test_a_name_that_fits_several_places_lists_them() -> None:
    places = ChoiceSet((*KEPT, *TWINS)).places(SITES)
    english, french = refused(lambda: place_named(places, "TWIN"))
    assert english == "'TWIN' may be any of: middle (Twin); north (twin). Write the identifier."
    assert "peut être l’un de" in french


def test_the_identifier_of_one_of_several_names_it() -> None:
    places = ChoiceSet((*KEPT, *TWINS)).places(SITES)
    assert places[place_named(places, "north")].place_id == "north"


def test_a_name_that_fits_none_says_so() -> None:
    places = TABLE.places(SITES)
    assert "there is no place 'south'" in refused(lambda: place_named(places, "south"))[0]


def test_an_identifier_goes_before_a_name() -> None:
    assert number_named("b", [("a", "b"), ("b", "c")]) == 1


def test_one_thing_under_two_names_is_not_several() -> None:
    assert number_named("a", [("a", "One"), ("a", "Two")]) == 0


def test_many_of_one_name_are_not_all_listed() -> None:
    english, _ = refused(lambda: number_named("x", [(str(n), "x") for n in range(40)]))
    assert "11 (x); …" in english
    assert "12 (x)" not in english


def test_a_unit_is_found_by_its_name() -> None:
    assert figure_named(basis(), "mission", "LEFT").unit_id == "left"
