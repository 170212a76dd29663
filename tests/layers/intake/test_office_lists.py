"""Lists of sites as offices write them: days by their month, levels of hospitals, French words for units."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.foreign.assess import assess, written_rows
from layers.foreign.cells import period
from layers.foreign.delimited import read_delimited
from layers.foreign.marked import UNSAVED
from layers.foreign.placed import aside
from layers.foreign.seen import ColumnContent
from layers.foreign.sheets import ForeignRow
from layers.intake.held import AreaHeld
from layers.intake.mapping import guessed_mapping, not_counted
from layers.intake.row_words import open_words
from layers.intake.rows import RowSource, take
from layers.intake.words import allowed_word, asset_kind

HEAD = "Emprise,Type,Latitude,Longitude"
PLACES = ("Alpha,Camp,6.5320,21.9891", "Bravo,Camp,5.9501,15.6012", "Charlie,BOT,5.4003,26.4913", "Delta,Camp,4.1234,20.4321")  # fmt: skip
SOURCE = RowSource(title="list", confidence="medium", invented=False)


@pytest.fixture
def office(tmp_path):
    """Return a function that reads columns of a list of sites beside their names and places."""

    def read(column, *cells, **said):
        path = tmp_path / "list.csv"
        rows = [f"{place},{cell}" for place, cell in zip(PLACES, cells, strict=False)]
        path.write_text("\n".join([f"{HEAD},{column}", *rows]) + "\n", encoding="utf-8")
        (sheet,) = read_delimited(path, path.name).sheets
        seen = assess(sheet, path.name, tmp_path / "rows", None)
        mapping = replace(guessed_mapping(seen, "sites"), **said)
        return mapping, seen, take(mapping, seen, written_rows(tmp_path / "rows"), SOURCE, AreaHeld({}))

    return read


def told(taken):
    return " ".join(str(each) for each in (*taken.notes, *(report.problem for report in taken.reports)))


MIXED = ("sept. 2014", "10/2014", "15/09/2014", "2014")


def test_each_cell_of_a_column_of_days_is_read_in_its_own_form(office):
    _, _, taken = office("Ouvert depuis", *MIXED)
    assert taken.frame["open_from"].tolist() == ["2014-09-01", "2014-10-01", "2014-09-15", "2014-01-01"]


def test_of_months_and_years_it_is_said_which_day_is_taken(office):
    _, _, taken = office("Ouvert depuis", *MIXED)
    assert "'Ouvert depuis: 2014' → 2014-01-01" in told(taken)


def test_a_site_that_closes_in_a_month_is_open_to_its_last_day(office):
    _, _, taken = office("Date de fermeture", "02/2016", "décembre 2014", "2017", "2015-04")
    assert taken.frame["open_to"].tolist() == ["2016-02-29", "2014-12-31", "2017-12-31", "2015-04-30"]


def test_years_alone_say_when_sites_were_opened(office):
    _, _, taken = office("Ouvert depuis", "2014", "2015", "2014", "2016")
    assert taken.frame["open_from"].tolist()[:2] == ["2014-01-01", "2015-01-01"]


def test_the_order_of_a_day_that_can_be_two_is_never_guessed(office):
    mapping, seen, _ = office("Ouvert depuis", "sept. 2014", "03/04/2014", "10/2014", "05/06/2014")
    (column,) = [each for each in seen.columns if each.name == mapping.columns["open_from"]]
    assert (column.content, column.decided, column.day_first) == (ColumnContent.DATE, False, None)


def test_a_day_that_can_be_two_is_refused_with_a_remedy_in_a_column_of_words(office):
    said = {"columns": {"name": "Emprise", "kind": "Type", "open_from": "Avis"}}
    _, _, taken = office("Avis", "03/04/2014", "15/09/2014", "voir note", "?", **said)
    assert taken.frame["open_from"].tolist() == ["2014-09-15"]
    assert "'03/04/2014' can be two days" in told(taken)
    assert "'voir note' is no day; write it such as 2019-06-30" in told(taken)


def test_an_order_that_was_said_holds_in_a_column_of_words(office):
    said = {"columns": {"name": "Emprise", "kind": "Type", "open_from": "Avis"}, "day_first": True}
    _, _, taken = office("Avis", "03/04/2014", "voir note", "?", "x", **said)
    assert taken.frame["open_from"].tolist() == ["2014-04-03"]


@pytest.mark.parametrize(
    "cell", ["sept-14", "13/2014", "10.2014", "1.2014", "2014-13", "0/2014", "maybe 2014"]
)
def test_what_could_be_something_else_is_no_month(cell):
    assert period(cell) is None


def test_numbers_with_a_point_stay_numbers(office):
    _, seen, _ = office("Surface", "10.2014", "9.2015", "11.2012", "12.2013")
    assert seen.columns[-1].content is ColumnContent.NUMBER


def test_numbers_of_papers_are_no_months(office):
    _, seen, _ = office("Rapport", "5/2019", "6/2019", "7/2019", "14/2019")
    assert seen.columns[-1].content is not ColumnContent.DATE


def test_levels_of_hospitals_are_places_of_surgery_from_the_second_on(office):
    mapping, _, taken = office("Hôpital (niveau)", "Niveau II", "Niveau I", "-", "III")
    assert mapping.assets == {"surgery": "Hôpital (niveau)"}
    assert taken.assets[["site_id", "count"]].to_numpy().tolist() == [["alpha", 1], ["delta", 1]]
    assert "'Niveau II' → 1, 'Niveau I' → 0, 'III' → 1" in told(taken)


def test_a_number_in_a_column_of_levels_counts_no_hospitals(office):
    _, _, taken = office("Medical level", "1", "2", "3", "")
    assert taken.assets["count"].tolist() == [1, 1]


def test_a_number_in_a_column_of_hospitals_of_one_level_counts_them(office):
    _, _, taken = office("Hôpital niveau II", "1", "2", "", "0")
    assert taken.assets["count"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("Compagnies d’infanterie", "infantry_company"),
        ("Compagnies d'infanterie", "infantry_company"),
        ("FPU (sections)", "fpu_platoon"),
        ("Compagnies du génie", "engineer_company"),
        ("Hélicoptères", "helicopter"),
        ("Infantry companies", "infantry_company"),
        ("Niveau médical", "surgery"),
    ],
)
def test_columns_of_units_are_known_by_their_french_names(column, kind):
    assert asset_kind(column) == kind


def test_an_emprise_is_the_name_of_a_site(office):
    assert office("Compagnies", "1", "2", "3", "4")[0].columns["name"] == "Emprise"


@pytest.mark.parametrize(
    "cell", ["QG secteur", "QG mission", "QG de secteur", "Sector HQ", "État-major de secteur"]
)
def test_headquarters_are_known_whichever_they_are_of(cell):
    assert allowed_word("sites", "kind", cell, ("sector_hq", "camp")) == "sector_hq"


@pytest.mark.parametrize(
    ("cell", "says"),
    [("two", "'two' is no number of infantry_company; write digits"), ("30/02/2020", "write digits")],
)
def test_what_is_no_count_is_refused_with_a_remedy(office, cell, says):
    assert says in told(office("Compagnies", "1", "2", "3", cell)[2])


def test_columns_of_numbers_that_count_nothing_are_named_where_others_count(office):
    mapping, seen, _ = office("Compagnies,Camions", "1,7", "2,8", "3,9", "4,1")
    assert "'Camions'" in str(*not_counted(mapping, seen))


def below(tmp_path, *lines):
    path = tmp_path / "list.csv"
    path.write_text("\n".join([f"{HEAD},Compagnies", *(f"{each},1" for each in PLACES), *lines]) + "\n")
    (sheet,) = read_delimited(path, path.name).sheets
    seen = assess(sheet, path.name, tmp_path / "rows", None)
    return guessed_mapping(seen, "sites"), seen, lambda: written_rows(tmp_path / "rows")


def test_nobody_is_asked_of_which_kind_totals_and_notes_under_a_list_are(tmp_path):
    lines = ("TOTAL,,,,4", "Source : bureau du système d’information,,,,")
    mapping, seen, rows = below(tmp_path, *lines)
    assert open_words(mapping, seen, rows()) == {}
    assert [str(each.problem) for each in seen.reports] == [
        "it looks like a total of other rows; leave it out",
        "it looks like a note beside the list, and not like a row of it; leave it out",
    ]


def test_totals_and_notes_are_reported_as_such_when_a_list_is_taken(tmp_path):
    mapping, seen, rows = below(tmp_path, "TOTAL,,,,4")
    taken = take(mapping, seen, rows(), SOURCE, AreaHeld({}))
    assert (taken.taken, told(taken)) == (4, "it looks like a total of other rows; leave it out")


@pytest.mark.parametrize("line", ["Echo,,,,2", "TOTAL,Camp,4.5,20.5,2"])
def test_a_row_that_may_be_one_of_the_list_is_asked_about_as_before(tmp_path, line):
    _, seen, _ = below(tmp_path, line)
    assert not any("looks like" in str(each.problem) for each in seen.reports)


def test_a_total_is_reported_as_one_though_its_formula_was_never_saved():
    row = ForeignRow(9, ("TOTAL", "", "", "", ""), marks=((4, UNSAVED.having(column="E")),))
    assert "total" in str(aside(row, (2, 3)))
