"""What is withheld: enough that nobody can work out a number below three, whatever was told before."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.disclosure import Precision
from footprint.releases.audit import FEWEST, WIDTH, audit
from footprint.releases.counts import (
    AREA,
    CountOf,
    IncidentCount,
    Pieces,
    count_from,
    pieces_of,
    region,
    square,
    unit,
)
from footprint.releases.profiles import incident_cells
from footprint.releases.suppress import safe_counts, small_counts
from layers.incidents import EventType
from tests.footprint.releases.worlds import ALL_PLACES, area_with, table
from tests.worlds import bundled_area, lonlat, make_incidents

pytestmark = pytest.mark.slow

NW, NE, SW, SE = (unit(name) for name in ("nw", "ne", "sw", "se"))
NORTH, SOUTH = region("north"), region("south")
Y18, Y19, BOTH = (2018, 2018), (2019, 2019), (2018, 2019)


def numbers(area, counts: Sequence[CountOf]) -> list[IncidentCount]:
    pieces = pieces_of(area, counts)
    return [IncidentCount(each, pieces.count(each)) for each in counts]


def test_a_square_table_with_margins_is_bounded_as_by_hand():
    """
    Units by years, 5 3 | 8 and 2 4 | 6, of which only the margins are told.

    The first cell is then between 8 - 7 = 1 and the smaller of its margins, 7.
    """
    area = area_with({("nw", 2018): 5, ("nw", 2019): 3, ("ne", 2018): 2, ("ne", 2019): 4})
    margins = table((NW, NE), BOTH) + table((NORTH,), Y18, Y19)
    cells = table((NW, NE), Y18, Y19)
    bounds = audit(pieces_of(area, margins + cells), numbers(area, margins), cells)
    assert [(each.least, each.most) for each in bounds] == [(1, 7), (1, 7), (0, 6), (0, 6)]


def test_what_nobody_told_of_is_not_bounded():
    area = area_with({("nw", 2018): 5})
    (bounds,) = audit(pieces_of(area, table((NW,), Y18)), [], table((NW,), Y18))
    assert (bounds.least, bounds.most) == (0, math.inf)


def test_one_small_cell_in_a_row_takes_another_with_it():
    """A total less all others is the small cell: so the smallest of the others is withheld too."""
    area = area_with({("nw", 2018): 1, ("ne", 2018): 9, ("sw", 2018): 4, ("se", 2018): 20})
    safe = safe_counts(area, table((AREA, NW, NE, SW, SE), Y18), [])
    assert {each.of.place: each.number for each in safe.shown} == {AREA: 34, NE: 9, SE: 20}
    assert {each.place for each in safe.withheld} == {NW, SW}
    assert safe.number(CountOf(SW, *Y18)) is None


def test_a_cell_of_none_is_withheld_like_a_cell_of_two():
    area = area_with({("ne", 2018): 9, ("sw", 2018): 4, ("se", 2018): 20})
    safe = safe_counts(area, table((AREA, NW, NE, SW, SE), Y18), [])
    assert {each.place for each in safe.withheld} == {NW, SW}


def test_a_table_without_small_cells_is_told_whole():
    area = area_with({(name, year): 7 for name in ("nw", "ne", "sw", "se") for year in (2018, 2019)})
    asked = table(ALL_PLACES, Y18, Y19, BOTH)
    safe = safe_counts(area, asked, [])
    assert (len(safe.shown), safe.withheld, safe.given_away) == (len(asked), (), 0)


def test_two_spans_of_years_do_not_isolate_the_one_event_between_them():
    """Told 2018 to 2019 as 10; then 2018 alone would be 9, and 2019 so 1."""
    area = area_with({("nw", 2018): 9, ("nw", 2019): 1})
    earlier = safe_counts(area, table((NW,), BOTH), [])
    assert [each.number for each in earlier.shown] == [10]
    later = safe_counts(area, table((NW,), Y18), earlier.shown)
    assert later.shown == ()
    assert [each.number for each in safe_counts(area, table((NW,), Y18), []).shown] == [9]


def test_overlapping_spans_do_not_isolate_what_one_of_them_lacks():
    """2016-2018 and 2017-2019 share two years; with 2016-2019 told, the years at the ends are differences."""
    area = area_with(
        {("nw", year): number for year, number in zip(range(2016, 2020), (1, 5, 5, 2), strict=True)}
    )
    told = safe_counts(area, table((NW,), (2016, 2019)), []).shown
    for span in ((2016, 2018), (2017, 2019), (2017, 2018)):
        told = (*told, *safe_counts(area, table((NW,), span), told).shown)
    ends = table((NW,), (2016, 2016), (2019, 2019))
    bounds = audit(pieces_of(area, [*ends, *(each.of for each in told)]), told, ends)
    assert all(each.most - each.least >= WIDTH for each in bounds)
    assert len(told) >= 2  # the ends together are three, so one more span may be told


@pytest.mark.parametrize("wide", [AREA, NORTH])
def test_a_unit_is_not_what_its_region_or_area_has_beside_the_other_units(wide):
    area = area_with({("nw", 2018): 2, ("ne", 2018): 9})
    told = safe_counts(area, table((wide,), Y18), []).shown
    others = [place for place in (NE, SW, SE) if place != NE] + [NE]
    later = safe_counts(area, table(tuple(others), Y18), told).shown
    held = [*told, *later]
    (bounds,) = audit(
        pieces_of(area, [*table((NW,), Y18), *(each.of for each in held)]), held, table((NW,), Y18)
    )
    assert bounds.most - bounds.least >= WIDTH


def test_one_kind_is_not_what_all_kinds_have_beside_the_others():
    area = area_with({("nw", 2018): 9})
    kinds = [str(EventType.BATTLE)] + [str(EventType.EXPLOSION)] * 8
    area.incidents["event_type"] = kinds
    told = safe_counts(area, table((NW,), Y18), []).shown
    later = safe_counts(area, [CountOf(NW, *Y18, kinds=("explosion",))], told)
    assert (len(told), later.shown) == (1, ())


def test_a_square_and_its_unit_do_not_give_away_the_rest_of_the_unit():
    """Nine in the middle of the unit and one elsewhere: the unit's ten and the square's nine are not both told."""
    area = area_with({("nw", 2018): 10})
    area.incidents.geometry = area.incidents.geometry.translate(xoff=0).where(
        np.arange(10) > 0, area.incidents.geometry.translate(xoff=20_000)
    )
    degrees = area.incidents.geometry.to_crs(4326)
    middle = CountOf(square(degrees.x.iloc[5], degrees.y.iloc[5]), *Y18)
    assert pieces_of(area, [middle]).count(middle) == 9
    both = safe_counts(area, [CountOf(NW, *Y18), middle], [])
    assert len(both.shown) == 1
    told = safe_counts(area, [CountOf(NW, *Y18)], []).shown
    assert safe_counts(area, [middle], told).shown == ()


def test_a_count_that_grew_by_one_since_it_was_told_is_not_told_again():
    before = area_with({("nw", 2018): 9, ("ne", 2018): 8})
    after = area_with({("nw", 2018): 10, ("ne", 2018): 8})
    told = safe_counts(before, table((NW, NE), Y18), []).shown
    again = safe_counts(after, table((NW, NE, NORTH), Y18), told)
    assert again.number(CountOf(NW, *Y18)) is None
    held = [each for each in (*told, *again.shown) if each.of.place != NW]
    (bounds,) = audit(
        pieces_of(after, [*table((NW,), Y18), *(each.of for each in held)]), held, table((NW,), Y18)
    )
    assert bounds.most - bounds.least >= WIDTH


def test_a_count_that_grew_by_three_may_be_told_again():
    before, after = (area_with({("nw", 2018): number}) for number in (9, 12))
    told = safe_counts(before, table((NW,), Y18), []).shown
    assert [each.number for each in safe_counts(after, table((NW,), Y18), told).shown] == [12]


def test_what_earlier_releases_give_away_is_counted_and_not_narrowed_further():
    """Somebody told, without asking, of 3 in two years and 3 in the first of them."""
    area = area_with({("nw", 2018): 3, ("ne", 2018): 4})
    careless = numbers(area, table((NW,), Y18, BOTH))
    safe = safe_counts(area, table((NE, NORTH), Y18, BOTH), careless)
    assert safe.given_away >= 1
    cell = CountOf(NW, *Y19)
    pieces = pieces_of(area, [cell, *(each.of for each in [*careless, *safe.shown])])
    (bounds,) = audit(pieces, [*careless, *safe.shown], [cell])
    assert (bounds.least, bounds.most) == (0, 0)


def test_incidents_known_only_by_their_region_count_for_the_region_and_hide_nothing():
    """The reader is taken to know how many they are: so a region of 10 tells of units of 9 together."""
    area = area_with({("nw", 2018): 9, ("ne", 2018): 1})
    area.incidents["geo_precision"] = [4] + [1] * 9
    pieces = pieces_of(area, table((NORTH, NW, NE), Y18))
    assert pieces.count(CountOf(NORTH, *Y18)) == 10
    bounds = audit(pieces, numbers(area, table((NORTH,), Y18)), table((NW,), Y18))
    assert (bounds[0].least, bounds[0].most) == (0, 9)


def test_a_count_comes_back_from_the_log_as_it_was():
    count = IncidentCount(CountOf(square(-4.1, 14.5), 2015, 2018, ("battle",)), 7)
    assert count_from(count.plain) == count
    with pytest.raises(ValueError, match="is no count"):
        count_from(["area", 2018, "2019", [], 3])


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.data())
def test_bounds_equal_those_of_trying_every_world(cells, data):
    area = area_with(dict(zip(itertools.product(("nw", "ne"), (2018, 2019)), cells, strict=True)))
    every = table((NORTH, NW, NE), Y18, Y19, BOTH)
    held = numbers(area, data.draw(st.lists(st.sampled_from(every), unique=True, max_size=6)))
    held = [IncidentCount(CountOf(AREA, *BOTH), sum(cells)), *held]
    pieces = pieces_of(area, [*every, CountOf(AREA, *BOTH)])
    # Units of the south are empty for all who try: they know of the north alone.
    north = [*held, *numbers(area, table((SOUTH,), Y18, Y19))]
    worlds = every_world_of_the_north(pieces, held, most=sum(cells))
    for bounds in audit(pieces, north, every):
        own = worlds[:, pieces.of(bounds.of)].sum(axis=1)
        assert (bounds.least, bounds.most) == (own.min(), own.max())


def every_world_of_the_north(pieces: Pieces, held: Sequence[IncidentCount], *, most: int) -> np.ndarray:
    """Return every world of whole numbers that agrees with some counts, by trying them all."""
    inside = pieces.of(CountOf(NORTH, *BOTH))
    parts = np.indices([most + 1] * int(inside.sum())).reshape(int(inside.sum()), -1).T
    worlds = np.zeros((len(parts), len(inside)), int)
    worlds[:, inside] = parts
    agree = [worlds[:, pieces.of(each.of)].sum(axis=1) == each.number for each in held]
    return worlds[np.all(agree, axis=0)]


@pytest.mark.slow
@settings(max_examples=12)
@given(
    st.lists(st.integers(0, 6), min_size=12, max_size=12),
    st.lists(
        st.lists(
            st.tuples(st.sampled_from(ALL_PLACES), st.integers(2017, 2019), st.integers(0, 2)),
            min_size=1,
            max_size=8,
        ),
        min_size=10,
        max_size=10,
    ),
)
def test_no_combination_of_ten_releases_recovers_a_cell_below_three(cells, releases):
    years = range(2017, 2020)
    area = area_with(dict(zip(itertools.product(("nw", "ne", "sw", "se"), years), cells, strict=True)))
    told: list[IncidentCount] = []
    for release in releases:
        asked = [CountOf(place, first, min(first + more, 2019)) for place, first, more in release]
        safe = safe_counts(area, asked, told)
        assert safe.given_away == 0
        assert all(each.number >= FEWEST for each in safe.shown)
        told += safe.shown
    spans = [(first, last) for first in years for last in years if first <= last]
    every = table(ALL_PLACES, *spans)
    small = [each.of for each in numbers(area, every) if each.number < FEWEST]
    pieces = pieces_of(area, every)
    for bounds in audit(pieces, told, small):
        assert bounds.most >= FEWEST, bounds
        if bounds.of.place.startswith("unit") and bounds.of.first == bounds.of.last:
            assert bounds.most - bounds.least >= WIDTH, bounds


@pytest.mark.slow
@settings(max_examples=6)
@given(
    st.lists(st.integers(0, 5), min_size=6, max_size=6),
    st.lists(st.sets(st.integers(0, 8), min_size=1), min_size=10, max_size=10),
)
def test_ten_releases_of_squares_units_and_years_recover_no_square_below_three(cells, releases):
    """Three squares of one unit, two years, told in any mixture with their unit, its region and the other unit."""
    spots = [(8, 58), (25, 75), (42, 92)]
    rows = [
        {"at": spots[at // 2], "year": 2018 + at % 2}
        for at, number in enumerate(cells)
        for _ in range(number)
    ]
    area = area_with({("ne", 2018): 4, ("ne", 2019): 3})
    area = replace(area, incidents=pd.concat([area.incidents, make_incidents(rows).add_prefix("s", axis=0)]))
    area.incidents.index.name = "incident_id"
    squares = [square(*lonlat(*spot).values()) for spot in spots]
    asked = table((*squares, NW, NE, NORTH), Y18, Y19, BOTH)
    told: list[IncidentCount] = []
    for release in releases:
        safe = safe_counts(
            area, [each for at in sorted(release) for each in asked[2 * at : 2 * at + 2]], told
        )
        assert safe.given_away == 0
        told += safe.shown
    every = table((*squares, NW), Y18, Y19)
    pieces = pieces_of(area, [*every, *(each.of for each in told)])
    for bounds in audit(pieces, told, [each for each in every if pieces.count(each) < FEWEST]):
        assert bounds.is_open, bounds


@pytest.mark.slow
def test_what_is_released_of_the_bundled_case_gives_no_small_number_away():
    """Dots, counts by unit, and two spans of years that overlap, one release after the other."""
    area = bundled_area()
    places = [
        AREA,
        *(region(own) for own in area.regions.index),
        *(unit(own) for own in area.districts.index),
    ]
    told = incident_cells(area, Precision.PUBLIC).counts
    told = (*told, *incident_cells(area, Precision.STRICT, told).counts)
    for span in ((2015, 2018), (2016, 2019)):
        told = (*told, *safe_counts(area, table(tuple(places), span), told).shown)
    bounds = small_counts(area, told)
    narrowest = min(bounds, key=lambda each: each.most - each.least)
    print(f"{len(told)} counts told, {len(bounds)} below three; the narrowest: {narrowest}")
    assert all(each.is_open for each in bounds)
