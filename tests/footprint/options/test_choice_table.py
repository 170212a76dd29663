"""The table of choices as CSV: out and in it is the same, and everything that is wrong is named with its remedy."""

from __future__ import annotations

import csv
import io

import pytest

from footprint.language import Language
from footprint.method import default_method
from footprint.options.choices import Act, Allowed, Choice, ChoiceSet, CostSource, OptionError
from footprint.options.table import COLUMNS, dumps_table, loads_table, read_rows, row_of
from layers.months import months_mask

SITES = {"west": "West", "east": "East"}
KINDS = tuple(default_method().assets)
FRENCH = Language("fr")

EVERY_ACT = ChoiceSet(
    (
        Choice(place="west", name="West", act=Act.KEEP, recurrent_usd=1e6, posts=12),
        Choice(place="west", name="West", act=Act.CLOSE, one_off_usd=0.0, allowed=Allowed.FORBIDDEN),
        Choice(place="west", name="West", act=Act.STRENGTHEN, assets=(("surgery", 1), ("unpol_team", 2))),
        Choice(place="west", name="West", act=Act.THIN, assets=(("infantry_company", -2),)),
        Choice(place="west", name="West", act=Act.RESHAPE, assets=(("infantry_company", -1), ("surgery", 1))),
        Choice(place="east", name="East", act=Act.MOVE, lon=-4.123456, lat=17.5),
        Choice(place="east", name="East", act=Act.SEASONAL, months=months_mask("10-1")),
        Choice(
            place="new",
            name="Point d’eau; nord",
            act=Act.OPEN,
            assets=(("infantry_company", 1),),
            lon=-4.0,
            lat=17.25,
            months=months_mask("6-9"),
            one_off_usd=1234567.25,
            recurrent_usd=250000.5,
            confidence=CostSource.LOW,
            posts=7,
            allowed=Allowed.FIXED,
            office='Bureau "Nord", Koro',
            source="a letter",
        ),
    )
)


def table(*rows: str, head: str = "place,act,assets,lon,lat,months,one_off_usd,posts") -> str:
    return "\n".join((head, *rows)) + "\n"


def read(text: str) -> tuple[Choice, ...]:
    return loads_table(text, SITES, KINDS).choices


def refused(text: str) -> tuple[str, str]:
    """Return what a reader of each language is told."""
    with pytest.raises(OptionError) as caught:
        read(text)
    return str(caught.value), caught.value.said(FRENCH)


def test_out_and_in_the_table_is_the_same():
    assert loads_table(dumps_table(EVERY_ACT), SITES, KINDS) == EVERY_ACT


def test_out_in_and_out_the_text_is_the_same():
    text = dumps_table(EVERY_ACT)
    assert dumps_table(loads_table(text, SITES, KINDS)) == text


def test_every_act_has_a_row():
    assert {choice.act for choice in EVERY_ACT.choices} == set(Act)


def test_a_spreadsheet_finds_the_columns_in_their_order():
    assert next(csv.reader(io.StringIO(dumps_table(EVERY_ACT)))) == list(COLUMNS)


def test_the_mark_of_a_spreadsheets_utf_8_is_no_part_of_the_first_column():
    assert loads_table("\ufeff" + dumps_table(EVERY_ACT), SITES, KINDS) == EVERY_ACT


def test_semicolons_with_decimal_commas_are_read():
    (choice,) = read(
        table(
            'new;open;"infantry_company 1; surgery 2";-4,5;17,25;6-9;1234567,5;3',
            head="place;act;assets;lon;lat;months;one_off_usd;posts",
        )
    )
    assert (choice.lon, choice.lat, choice.one_off_usd) == (-4.5, 17.25, 1234567.5)
    assert choice.assets == (("infantry_company", 1), ("surgery", 2))


@pytest.mark.parametrize("space", [" ", "\xa0", "\u202f"])
def test_spaces_within_numbers_are_none(space):
    assert read(table(f"west,close,,,,,1{space}500{space}000,"))[0].one_off_usd == 1_500_000


def test_a_decimal_comma_in_a_table_with_commas_is_refused():
    english, _ = refused(table('west,close,,,,,"1,5",'))
    assert "row 2, column one_off_usd: '1,5' is not a number such as 1500000" in english


@pytest.mark.parametrize("name", ["one_off_usd", "recurrent_usd", "posts", "confidence"])
def test_what_is_empty_is_not_known(name):
    (choice,) = read("place,act,one_off_usd,recurrent_usd,posts,confidence\nwest,close,,,,\n")
    assert getattr(choice, name) is None


def test_a_column_that_is_not_there_is_not_known_either():
    (choice,) = read("place,act\nwest,close\n")
    assert (choice.one_off_usd, choice.recurrent_usd, choice.posts) == (None, None, None)


def test_nought_is_known():
    assert read(table("west,close,,,,,0,0"))[0].one_off_usd == 0.0


def test_what_is_not_stated_is_written_as_empty():
    row = row_of(Choice(place="west", name="West", act=Act.CLOSE))
    assert (row["one_off_usd"], row["recurrent_usd"], row["posts"], row["confidence"]) == ("", "", "", "")


def test_a_choice_without_a_name_is_called_as_its_site():
    assert read(table("west,close,,,,,,"))[0].name == "West"


def test_a_place_without_a_name_is_called_as_its_identifier():
    assert read(table("new,open,surgery 1,-4,17,,,"))[0].name == "new"


def test_a_kind_without_a_number_is_one():
    assert read(table("west,strengthen,surgery,,,,,"))[0].assets == (("surgery", 1),)


def test_thinning_takes_away_whichever_sign_is_written():
    rows = read(table("west,thin,surgery 1,,,,,", "east,thin,surgery -1,,,,,"))
    assert [choice.assets for choice in rows] == [(("surgery", -1),)] * 2


def test_rows_without_anything_are_no_choices():
    assert len(read(table("west,close,,,,,,", ",,,,,,,", "east,close,,,,,,"))) == 2


def test_capitals_in_words_do_not_matter():
    assert read(table("west,CLOSE,,,,,,"))[0].act is Act.CLOSE


FAULTS = {
    "fly": ("west,fly,,,,,,", "row 2, column act: 'fly' is not one of: keep, close", "colonne act"),
    "no act": ("west,,surgery 1,,,,,", "row 2, column act: '' is not one of", "colonne act"),
    "a kind": (
        "west,strengthen,tanks 3,,,,,",
        "row 2, column assets: 'tanks 3' is not kinds and numbers such as: infantry_company 1",
        "colonne assets",
    ),
    "a count": (
        "west,strengthen,surgery x,,,,,",
        "column assets: 'surgery x' is not each",
        "chaque genre une fois",
    ),
    "a kind twice": (
        'west,strengthen,"surgery 1; surgery 2",,,,,',
        "is not each kind once, with a number from 1",
        "colonne assets",
    ),
    "none of a kind": ("west,strengthen,surgery 0,,,,,", "column assets: 'surgery 0'", "colonne assets"),
    "degrees": ("new,open,surgery 1,west,17,,,", "column lon: 'west' is not a number", "colonne lon"),
    "infinite": ("new,open,surgery 1,inf,17,,,", "column lon: 'inf' is not a number", "colonne lon"),
    "not a number": ("west,close,,,,,nan,", "column one_off_usd: 'nan' is not a number", "nombre"),
    "a cost below nought": (
        "west,close,,,,,-5,",
        "column one_off_usd: '-5' is not a number from nought on",
        "à partir de zéro",
    ),
    "posts below nought": (
        "west,keep,,,,,,-5",
        "column posts: '-5' is not a number from nought on",
        "à partir de zéro",
    ),
    "half a post": ("west,keep,,,,,,1.5", "column posts: '1.5' is not a whole number", "nombre entier"),
    "months": ("west,seasonal,,,,13,,", "column months: '13' is not months such as", "colonne months"),
    "no such site": ("none,close,,,,,,", "row 2, column place: none: there is no such site", "colonne place"),
    "a site that stands": (
        "west,open,surgery 1,-4,17,,,",
        "row 2, column act: west: a site stands there already; strengthen it instead",
        "ligne 2",
    ),
    "nowhere": (
        "new,open,surgery 1,,,,,",
        "row 2, column lon: new: it needs longitude and latitude",
        "longitude",
    ),
    "nothing": ("new,open,,-4,17,,,", "open needs assets, such as: infantry_company 1", "infantry_company 1"),
    "fewer in a new site": ("new,open,surgery -1,-4,17,,,", "cannot have these numbers", "ligne 2"),
    "all months": ("west,seasonal,,,,all,,", "seasonal needs some months, and not all", "ligne 2"),
    "no place": (",close,,,,,,", "row 2, column place: a place needs an identifier and a name", "ligne 2"),
}


@pytest.mark.parametrize("row", FAULTS)
def test_every_fault_is_named_with_row_column_and_remedy_in_both_languages(row):
    wrong, english, french = FAULTS[row]
    told, dit = refused(table(wrong))
    assert english in told
    assert french in dit


def test_every_fault_of_a_table_is_named_at_once():
    english, _ = refused(table("west,fly,,x,,,,", "none,close,,,,,,"))
    for part in ("row 2, column act", "row 2, column lon", "row 3, column place: none"):
        assert part in english


def test_a_row_is_called_by_its_number_in_a_spreadsheet_also_after_an_empty_line():
    english, _ = refused(table("west,close,,,,,,", "", "west,fly,,,,,,"))
    assert "row 4, column act" in english


def test_a_column_that_is_needed_is_named():
    english, french = refused("place,what\nwest,close\n")
    assert "the table of choices has no column act; its columns are: place, name, act" in english
    assert "colonne" in french


@pytest.mark.parametrize("text", ["", "\n", "not a table"])
def test_a_file_that_is_no_table_is_refused(text):
    assert "has no column" in refused(text)[0]


def test_a_table_without_rows_has_no_choices():
    assert read("place,act\n") == ()


def test_more_rows_than_can_be_reckoned_are_refused():
    english, french = refused(table(*["west,close,,,,,,"] * 5_001))
    assert english.startswith("the table of choices has 5,001 rows, and 5,000 can be reckoned")
    assert "5\u202f000" in french


def test_as_many_rows_as_can_be_reckoned_are_read():
    assert len(read(table(*["west,close,,,,,,"] * 5_000))) == 5_000


@pytest.mark.parametrize("steering", ["\x1b[2J", "\u202e", "\x07"])
@pytest.mark.parametrize("column", ["office", "source", "name", "place"])
def test_characters_that_steer_a_terminal_are_refused(steering, column):
    row = {"place": "new", "name": "New", "office": "", "source": ""} | {column: f"a{steering}b"}
    text = io.StringIO()
    writer = csv.DictWriter(text, [*row, "act", "assets", "lon", "lat"])
    writer.writeheader()
    writer.writerow(row | {"act": "open", "assets": "surgery 1", "lon": "-4", "lat": "17"})
    english, french = refused(text.getvalue())
    assert "plain text in one line" in english
    assert steering not in english + french


@pytest.mark.parametrize("cell", ["<b>x</b>", "[x](http://x)", "$x$", ":red[x]"])
def test_markup_is_text_like_any_other(cell):
    (choice,) = read(f"place,act,office\nwest,close,{cell}\n")
    assert choice.office == cell


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_what_a_spreadsheet_would_reckon_goes_in_and_comes_out_as_text(cell):
    before = ChoiceSet((Choice(place="west", name="West", act=Act.CLOSE, office=cell),))
    text = dumps_table(before)
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["office"][0] not in "=+-@"
    assert loads_table(text, SITES, KINDS) == before


def test_a_cell_without_end_is_refused():
    english, _ = refused("place,act,office\nwest,close," + "x" * 200_000 + "\n")
    assert "row 2" in english


def test_rows_that_end_as_on_old_machines_are_read():
    assert len(read("place,act\rwest,close\reast,close\r")) == 2


def test_a_page_may_leave_columns_out():
    rows = read_rows([{"place": "west", "act": "close"}], SITES, KINDS)
    assert rows == (Choice(place="west", name="West", act=Act.CLOSE),)
