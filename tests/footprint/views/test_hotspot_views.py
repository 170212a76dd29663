"""Pictures of hotspots and of the calendar: what is not significant is hatched, and n is always printed."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest

from footprint.access.isolation import PatrolAccess, rows_of
from footprint.language import Language
from footprint.views.calendar_views import (
    COULD_TELL,
    NOT_ENOUGH_YEARS,
    calendar_rows,
    chance,
    month_states,
    year_table,
)
from footprint.views.circle_views import circle_rows, excess_picture
from footprint.views.heatmap import SquareState
from footprint.views.hotspot_views import (
    NOT_COMPARED,
    class_picture,
    hotspot_picture,
    return_picture,
    round_breaks,
    small_maps,
)
from footprint.views.raster import mercator_frame
from footprint.views.violence_words import violence_there
from footprint.violence import Question, ViolencePatterns, excess_of, month_hotspots
from tests.worlds import bundled_area, bundled_prepared, find_patterns

pytestmark = pytest.mark.slow

ENGLISH, FRENCH = Language("en"), Language("fr")


@cache
def found() -> ViolencePatterns:
    return find_patterns(bundled_area(), Question())


def test_what_is_not_significant_is_hatched_and_nothing_else():
    spots, here = found().hotspots, found().study_area
    shown = hotspot_picture(found(), spots, ENGLISH)
    assert not shown.hatched[spots.significant[here.cell_of]].any()
    assert shown.hatched.any()
    assert (shown.classes[~spots.mask[here.cell_of]] == NOT_COMPARED).all()
    assert any(row.hatched for row in shown.legend.rows)


def test_the_number_of_incidents_and_years_stands_in_the_legend():
    notes = hotspot_picture(found(), found().hotspots, ENGLISH).legend.notes
    assert "666 incidents, 1 July 2016 to 30 June 2019" in notes
    assert class_picture(found(), ENGLISH).legend.notes == (
        "Classes rest on 3 yearly steps of 36 months, the last to 30 June 2019.",
        "With fewer than 5 steps no trend is told.",
    )


def test_hotspots_as_their_people_would_explain_have_a_colour_of_their_own():
    spots, cell_of = found().hotspots, found().study_area.cell_of
    shown = hotspot_picture(found(), spots, ENGLISH)
    marked = spots.explained[cell_of]
    assert marked.any()
    own = set(shown.classes[marked])
    assert len(own) == 1
    assert not own & set(shown.classes[~marked])
    assert shown.legend.rows[-1].label == "hotspot, as its people would explain"
    month = hotspot_picture(found(), month_hotspots(found(), 3), ENGLISH)
    assert "hotspot, as its people would explain" not in [row.label for row in month.legend.rows]


def test_circles_have_their_own_map_and_table():
    more = excess_of(found())
    shown = excess_picture(found(), more, FRENCH)
    here = found().study_area
    compared = here.mask[here.cell_of]
    assert ((shown.classes > 0) & compared == (more.inside[here.cell_of] >= 0) & compared).all()
    assert shown.legend.title == "Plus que sa population ne l’expliquerait"
    rows = circle_rows(found(), more, bundled_prepared(), ENGLISH)
    assert [row["Incidents"] for row in rows] == [str(each.count) for each in more.circles]
    assert all(float(row["Times"].replace(",", "")) > 1 for row in rows)
    assert {"–", ""}.isdisjoint(next(iter(row.values())) for row in rows)


def test_every_class_of_a_picture_has_a_row_in_its_legend():
    shown = class_picture(found(), ENGLISH)
    used = set(np.unique(shown.classes)) - {NOT_COMPARED}
    assert len(shown.legend.rows) == len(used)


def test_months_that_return_beyond_patrols_have_their_own_colour():
    prepared = bundled_prepared()
    nobody = np.zeros((12, prepared.area.grid.n_cells), bool)
    reach = PatrolAccess(reached=nobody, way=~nobody, flooded=nobody)
    shown = return_picture(
        found().districts, rows_of(found().districts, prepared.districts), reach, 10, ENGLISH
    )
    labels = [row.label for row in shown.legend.rows]
    assert "Returns in this month, beyond patrols in every month" in labels
    assert len({row.colour for row in shown.legend.rows}) == len(labels)
    assert "5 of 18 areas tested return; 54 areas in all." in shown.legend.notes


def test_a_cut_off_under_flood_is_called_so():
    prepared = bundled_prepared()
    cut = np.zeros((12, prepared.area.grid.n_cells), bool)
    cut[0] = True
    reach = PatrolAccess(reached=cut, way=np.ones_like(cut), flooded=~cut)
    shown = return_picture(
        found().districts, rows_of(found().districts, prepared.districts), reach, 10, FRENCH
    )
    assert "Revient ce mois-ci, et coupé du reste par la crue ou la route" in [
        row.label for row in shown.legend.rows
    ]


@pytest.mark.parametrize("largest", [0, 1, 3, 7, 130, 12_345])
def test_class_limits_are_four_ascending_round_numbers(largest):
    breaks = round_breaks(largest)
    assert len(breaks) == 4
    assert list(breaks) == sorted(set(breaks))
    assert all(str(edge).rstrip("0") in {"1", "2", "5"} for edge in breaks)


def test_twelve_small_maps_say_month_and_number_and_share_one_key():
    months = [month_hotspots(found(), month) for month in range(1, 13)]
    said = small_maps(found(), months, mercator_frame(bundled_area().grid), ENGLISH, chosen=10)
    assert said.count("<img ") == 12
    assert said.count("not significant") == 1
    alternatives = re.findall(r'alt="([^"]*)"', said)
    assert alternatives[9].startswith("October: ")
    assert all("incident" in words and "hotspot" in words for words in alternatives)


def test_rows_name_events_years_and_q_and_those_that_return_come_first():
    rows = calendar_rows(found().districts, found().findings, COULD_TELL, ENGLISH)
    assert [row.name for row in rows[:5] if row.significant] == [row.name for row in rows if row.significant]
    bankass = next(row for row in rows if row.name == "Bankass")
    assert re.fullmatch(r"68 incidents · 5 of 5 years · q = 0\.\d+", bankass.note)
    assert bankass.window == (10, 11)
    assert all(row.window == () for row in rows if not row.significant)


def test_areas_with_too_few_years_are_listed_by_their_incidents():
    rows = calendar_rows(found().districts, found().findings, NOT_ENOUGH_YEARS, ENGLISH)
    counts = [int(row.note.split()[0]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert all(counts)


def test_a_month_after_the_data_is_no_quiet_month():
    calendar = found().districts.calendar
    assert found().period.months_missing == 1
    states = month_states(found().districts)
    assert (states[:, -1, 6] == SquareState.TOO_FEW).all()
    assert states.shape == calendar.by_year(calendar.first_month).shape


def test_the_table_of_a_cercle_adds_up_and_marks_the_missing_month():
    said = year_table(found().districts, found().finding("ML05-BANKASS"), ENGLISH)
    # Months, then January to July 2014 as part of a year, five season-years, and the sum.
    assert said.count("<tr>") == 1 + 1 + 5 + 1
    assert ">part of a year</td>" in said
    assert ">68</td>" in said
    assert ">–</td>" in said
    assert said.count(">busier</td>") == 5


def test_a_missed_year_is_named_in_french():
    assert "manquée" in year_table(found().districts, found().finding("ML07-ANSONGO"), FRENCH)


def test_small_chances_are_only_said_to_be_smaller():
    assert chance("q", 0.0001, ENGLISH) == "q < 0.001"
    assert chance("q", 0.004, FRENCH) == "q = 0,004"


def test_every_place_says_what_was_found_in_the_hotspot_cell_around_it():
    patterns, spots = found(), found().hotspots
    coarse, first = np.unique(found().study_area.cell_of, return_index=True)
    # The last cells have numbers that the coarser cells do not reach.
    assert first.max() > len(spots.count) > coarse.max()
    for there, cell in zip(coarse, first, strict=True):
        said = violence_there(patterns, bundled_prepared(), int(cell), ENGLISH)[0]
        assert said.startswith(f"{spots.count[there]:,} incident")
        assert ("hotspot, no hotter" in said) == bool(spots.explained[there])
        assert ("a hotspot: more" in said) == bool(spots.significant[there] and not spots.explained[there])
        assert ("not among" in said) == (not spots.mask[there])
