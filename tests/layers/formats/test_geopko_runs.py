"""Geo-PKO: a place stands through the maps in a row that show it, and no longer."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from layers.formats.geopko import read_geopko
from layers.formats.geopko_runs import in_a_row

FRAME = date(2020, 6, 30)


def rows(shown, mission="M"):
    """Return rows of maps: for each place the months, "2018-02", of the maps that show it."""
    made = [
        {"mission": mission, "place": place, "name": place.title(), "start": pd.Timestamp(month)}
        for place, months in shown.items()
        for month in months.split()
    ]
    frame = pd.DataFrame(made)
    return frame.assign(end=frame["start"] + pd.offsets.MonthEnd(0))


def times(runs):
    """Return from when to when each site stood, "" where it stands still."""
    sites = runs.rows.drop_duplicates("site_id").set_index("site_id")
    days = sites[["open_from", "open_to"]].apply(lambda each: each.dt.strftime("%Y-%m-%d").fillna(""))
    return {site: tuple(row) for site, row in zip(days.index, days.to_numpy(), strict=True)}


EVERY = "2018-02 2018-06 2018-09 2019-01"


def test_a_map_without_a_place_ends_its_time_and_the_next_with_it_begins_another():
    runs = in_a_row(rows({"alpha": "2018-02 2018-09 2019-01", "beta": EVERY}))
    assert times(runs) == {
        "alpha_2018_02": ("2018-02-01", "2018-02-28"),
        "alpha": ("2018-09-01", ""),
        "beta": ("2018-02-01", ""),
    }


def test_the_time_in_between_is_named_with_the_maps_that_lack_it():
    (gap,) = in_a_row(rows({"alpha": "2018-02 2019-01", "beta": EVERY})).gaps
    assert (gap.name, gap.maps) == ("Alpha", 2)
    assert (str(gap.first.date()), str(gap.last.date())) == ("2018-03-01", "2018-12-31")


def test_a_place_on_every_map_stands_from_the_first_on():
    runs = in_a_row(rows({"beta": EVERY}))
    assert times(runs) == {"beta": ("2018-02-01", "")}
    assert not runs.gaps


def test_a_place_that_the_last_map_lacks_ends_with_the_month_of_its_own_last():
    assert times(in_a_row(rows({"alpha": "2018-02 2018-06", "beta": EVERY})))["alpha"][1] == "2018-06-30"


def test_maps_of_another_mission_end_nothing():
    both = pd.concat([rows({"alpha": "2018-02 2019-01"}), rows({"beta": "2018-06 2019-01"}, "N")])
    assert times(in_a_row(both.reset_index(drop=True))) == {
        "alpha": ("2018-02-01", ""),
        "beta": ("2018-06-01", ""),
    }


def test_a_mission_without_maps_while_others_have_them_for_a_year_has_ended():
    both = pd.concat([rows({"alpha": "2010-03"}), rows({"alpha": "2014-09 2014-12"}, "N")])
    assert times(in_a_row(both.reset_index(drop=True))) == {
        "alpha_m_2010_03": ("2010-03-01", "2010-03-31"),
        "alpha": ("2014-09-01", ""),
    }


FEW = {f"place{n}": EVERY for n in range(3)}


@pytest.mark.parametrize("lacks", [3, 4])
def test_a_map_of_fewer_than_half_the_places_of_both_neighbours_is_of_a_part_and_ends_nothing(lacks):
    partly = {f"other{n}": "2018-02 2018-09 2019-01" for n in range(lacks)}
    runs = in_a_row(rows({**FEW, **partly}))
    assert [f"{each:%Y-%m}" for each in runs.parts] == (["2018-06"] if lacks > 3 else [])
    assert bool(runs.gaps) == (lacks == 3)


def of_sizes(*sizes):
    """Return rows of a map a month, each of so many places, always the first ones."""
    months = [f"2018-{n:02d}" for n in range(1, len(sizes) + 1)]
    shown = {
        f"p{n}": " ".join(month for month, size in zip(months, sizes, strict=True) if n < size)
        for n in range(max(sizes))
    }
    return rows(shown)


@pytest.mark.parametrize(
    ("sizes", "parts", "shrunk"),
    [
        ((10, 3, 9, 2), [2, 4], []),
        ((10, 3, 2, 9), [2, 3], []),
        ((10, 3, 3, 3, 9), [], [2]),
        ((10, 9, 3, 3), [], [3]),
        ((10, 5), [], []),
        ((10, 4, 6), [], [2]),
    ],
)
def test_one_or_two_small_maps_between_whole_ones_and_a_last_one_alone_are_of_a_part(sizes, parts, shrunk):
    runs = in_a_row(of_sizes(*sizes))
    assert [each.month for each in runs.parts] == parts
    assert [each.month for each in runs.shrunk] == shrunk


def test_a_last_map_of_a_part_ends_the_time_of_nothing():
    assert {end for _, end in times(in_a_row(of_sizes(10, 10, 2))).values()} == {""}


def test_what_the_whole_map_before_a_last_one_of_a_part_lacks_has_ended():
    stands = [site for site, (_, end) in times(in_a_row(of_sizes(10, 9, 2))).items() if not end]
    assert sorted(stands) == [f"p{n}" for n in range(9)]


def test_two_small_maps_at_the_end_have_closed_the_others():
    assert times(in_a_row(of_sizes(10, 10, 2, 2)))["p9"][1] == "2018-02-28"


def missions(**shown):
    """Return rows of several missions."""
    return pd.concat([rows(own, name) for name, own in shown.items()], ignore_index=True)


def test_a_mission_has_ended_where_another_follows_at_one_of_its_places():
    both = missions(m={"alpha": "2011-01 2011-05", "beta": "2011-05"}, n={"alpha": "2011-09 2011-12"})
    assert times(in_a_row(both)) == {
        "alpha_m_2011_01": ("2011-01-01", "2011-05-31"),
        "beta": ("2011-05-01", "2011-05-31"),
        "alpha": ("2011-09-01", ""),
    }


@pytest.mark.parametrize("other", [{"gamma": "2011-09"}, {"alpha": "2011-03 2011-09"}])
def test_a_mission_elsewhere_or_beside_it_is_no_successor(other):
    assert times(in_a_row(missions(m={"beta": "2011-05", "alpha": "2011-05"}, n=other)))["beta"][1] == ""


def test_a_year_without_maps_of_a_mission_while_others_have_them_ends_its_time():
    runs = in_a_row(missions(m={"alpha": "2016-01 2018-01"}, n={"beta": "2016-01 2017-01 2018-01"}))
    assert times(runs)["alpha_2016_01"] == ("2016-01-01", "2016-01-31")
    assert [(gap.name, gap.maps) for gap in runs.gaps] == [("Alpha", 0)]


def _at(frame, day):
    """Return the places open on a day."""
    then = pd.Timestamp(day)
    is_open = (frame["open_from"] <= then) & (frame["open_to"].isna() | (frame["open_to"] >= then))
    return set(frame["name"][is_open])


@pytest.mark.parametrize(
    ("file", "last"),
    [
        ("mali/bases/geo_pko_v2.1_minusma_2014_2020.csv", "2020-12"),
        ("ssd/bases/geo_pko_v2.1_unmiss_2011_2020.csv", "2020-12"),
    ],
)
def test_in_the_month_of_every_real_map_and_between_maps_the_sites_open_are_those_drawn(
    real_source, file, last
):
    """A second opinion, from the table itself: drawn then; between two maps, drawn on both."""
    path = real_source.parent / file
    raw = pd.read_csv(path, usecols=["year", "month", "location"])
    drawn = raw.groupby(["year", "month"])["location"].agg(set)
    sites = read_geopko(path, date(2020, 12, 31))[0].frame
    months = [pd.Timestamp(year=year, month=month, day=1) for year, month in drawn.index]
    assert f"{months[-1]:%Y-%m}" == last
    for month, places in zip(months, drawn, strict=True):
        assert _at(sites, month) == places
    for (one, before), (other, after) in pairwise(zip(months, drawn, strict=True)):
        if other - one > pd.Timedelta(days=31):
            assert _at(sites, one + pd.offsets.MonthBegin(1)) == before & after


def test_the_real_maps_do_not_show_yei_akobo_and_kuacjok_in_2014(real_source):
    path = real_source.parent / "ssd/bases/geo_pko_v2.1_unmiss_2011_2020.csv"
    sites = read_geopko(path, FRAME)[0].frame
    assert not {"Yei", "Akobo", "Kuacjok"} & _at(sites, "2014-07-01")
    assert {"Yei", "Akobo", "Kuacjok"} <= _at(sites, "2020-06-30")
