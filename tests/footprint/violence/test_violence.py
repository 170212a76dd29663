"""From an area to its hotspots and its calendar: what was planted is found, what is missing is said."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point

from footprint.errors import FootprintError
from footprint.method import default_method
from footprint.objectives import Measure
from footprint.prepared import with_profile
from footprint.violence import (
    Question,
    ViolencePatterns,
    cell_profile,
    coarser,
    excess_of,
    find_calendars,
    month_hotspots,
    one_source,
    period,
    study_area,
)
from footprint.violence.analysis import hot_cells, hottest_unit, undated
from footprint.violence.seasonality import Status
from layers import Area
from layers.area import Dropped
from layers.incidents import RETOLD, EventType
from layers.zones import zones
from tests.worlds import (
    BUNDLED,
    bundled_area,
    bundled_prepared,
    find_patterns,
    make_area,
    make_assets,
    make_incidents,
    make_sites,
    make_units,
)

pytestmark = pytest.mark.slow


@cache
def bundled() -> ViolencePatterns:
    return find_patterns(bundled_area())


@cache
def truth() -> dict:
    return tomllib.loads((BUNDLED / "incidents_truth.toml").read_text(encoding="utf-8"))


def world(rows, **differs) -> Area:
    """A box of 100 by 50 km with ten people in every cell."""
    usual = {
        "sites": make_sites({"mill": (10, 10)}),
        "assets": make_assets({}),
        "incidents": make_incidents(rows),
    }
    return make_area(**(usual | differs))


def in_month(year: int, month: int, at=(20, 20), count: int = 1, **differs):
    day = pd.Timestamp(year, month, 10)
    return [{"at": at, "date": day, "year": year, **differs} for _ in range(count)]


# -- what was planted ---------------------------------------------------------------------------


def test_every_planted_cercle_returns_in_its_months():
    table = bundled().districts.table
    for planted in truth()["recurrence"]:
        row = table.loc[planted["cercle_id"]]
        window = {(int(row["first_month"]) - 1 + step) % 12 + 1 for step in range(int(row["length"]))}
        assert row["q"] <= 0.10, row["name"]
        nearly = {(month - 1 + step) % 12 + 1 for month in planted["months"] for step in (-1, 0, 1)}
        assert window & set(planted["months"]), row["name"]
        assert window <= nearly, row["name"]
        assert row["k"] == sum(planted["kept"]), row["name"]


def test_nothing_else_returns():
    table = bundled().districts.table
    assert set(table.index[table["significant"]]) == {row["cercle_id"] for row in truth()["recurrence"]}


def test_every_planted_hotspot_is_found():
    found = bundled()
    spots = pd.DataFrame(truth()["hotspot"])
    points = gpd.GeoSeries([Point(xy) for xy in zip(spots["lon"], spots["lat"], strict=True)], crs=4326)
    planted = points.to_crs(bundled_area().crs)
    cells = found.study_area.cells.cell_at(planted.x.to_numpy(), planted.y.to_numpy())
    assert found.hotspots.significant[cells].all()


def test_the_year_that_was_not_kept_is_named_as_missed():
    planted = next(row for row in truth()["recurrence"] if not all(row["kept"]))
    finding = bundled().finding(planted["cercle_id"])
    assert finding.missed == ("2016–17",)


# -- nobody is lost on the way -------------------------------------------------------------------


def test_used_and_left_out_add_up_to_all_incidents():
    found = bundled()
    everyone = len(found.source.incidents)
    assert found.hotspots.n_used + sum(each.count for each in found.hotspots.excluded) == everyone
    assert found.emerging.n_used + sum(each.count for each in found.emerging.excluded) == everyone
    more = excess_of(found)
    assert more.n_used + sum(each.count for each in more.excluded) == everyone
    for level in ("region", "cercle", "cell"):
        recurrence, selection = found.calendar_of(level)
        left_out = sum(each.count for each in (*selection.excluded, *recurrence.calendar.left_out))
        assert recurrence.calendar.n_used + left_out == everyone
        told = recurrence.calendar.by_calendar_year.sum()
        assert told == recurrence.calendar.series.sum()
        assert level == "cell" or told == recurrence.calendar.n_used


def test_months_add_up_to_the_hotspots_of_all_months():
    found = find_patterns(bundled_area(), Question(whole_record=True))
    months = [month_hotspots(found, month) for month in range(1, 13)]
    together = np.sum([spots.count for spots in months], axis=0)
    assert together.sum() + undated(found) == found.hotspots.count.sum() + _outside(found)
    assert (together <= found.hotspots.count).all()


def _outside(found: ViolencePatterns) -> int:
    points = found.recorded.used.geometry
    cells = found.study_area.cells.cell_at(points.x.to_numpy(), points.y.to_numpy())
    dated = (found.recorded.used["date_precision"] != "year").to_numpy()
    return int(((cells < 0) & ~dated).sum())


def test_hotspot_cells_are_counted_once_in_the_unit_they_lie_under():
    found, units = bundled(), bundled_prepared().districts
    hot, cell_of = found.hotspots.significant, found.study_area.cell_of
    for number, unit_id in enumerate(units.unit_ids):
        under = {int(cell) for cell in cell_of[units.main_unit == number] if hot[cell]}
        assert hot_cells(found, units, unit_id) == len(under)


def test_the_hottest_unit_holds_the_cell_around_which_most_gathers():
    found, units = bundled(), bundled_prepared().districts
    score = np.nan_to_num(found.hotspots.z[found.study_area.cell_of], nan=-np.inf)
    score[units.main_unit < 0] = -np.inf
    assert hottest_unit(found, units) == units.unit_ids[units.main_unit[score.argmax()]]


def test_the_order_of_the_incidents_changes_nothing():
    rows = [row for year in range(2014, 2019) for row in in_month(year, 3, count=4)]
    one, other = world(rows), world(rows)
    object.__setattr__(other, "incidents", other.incidents.iloc[::-1])
    first, second = find_patterns(one), find_patterns(other)
    assert np.array_equal(first.hotspots.q, second.hotspots.q, equal_nan=True)
    pd.testing.assert_frame_equal(first.districts.table, second.districts.table)


# -- where nothing can be said, it is said -------------------------------------------------------


def test_a_source_without_months_gives_hotspots_and_says_that_it_has_no_calendar():
    rows = [
        {
            "at": (20 + step, 20),
            "date": pd.NaT,
            "year": year,
            "date_precision": "year",
            "event_type": "unknown",
        }
        for year in range(2014, 2019)
        for step in range(4)
    ]
    rows += [
        {"at": (80, 40), "date": pd.NaT, "year": 2015, "date_precision": "year", "event_type": "unknown"}
    ]
    found = find_patterns(world(rows), Question(whole_record=True))
    assert not found.has_months
    assert found.districts.statement is Status.NO_MONTHS
    assert found.hotspots.n_used == 21
    # Of the 36 months to June 2019 only two years are whole.
    assert find_patterns(world(rows)).hotspots.n_used == 8
    assert not found.districts.table["significant"].any()
    assert month_hotspots(found, 1).n_used == 0
    assert undated(found) == 21
    assert np.allclose(found.profile.share, 1 / 12)


def test_without_incidents_nothing_is_found():
    found = find_patterns(world([]))
    assert found.hotspots.n_used == 0
    assert not found.hotspots.significant.any()
    assert found.districts.statement is Status.NOT_ENOUGH_YEARS


def test_hotspots_look_at_the_36_months_before_the_frame_date_unless_asked_otherwise():
    area = world(in_month(2015, 5, count=3) + in_month(2016, 6, count=4) + in_month(2016, 7, count=5))
    assert area.frame_date == date(2019, 6, 30)
    months = find_patterns(area).hotspots
    assert (months.first, months.last, months.n_used) == (date(2016, 7, 1), date(2019, 6, 30), 5)
    assert find_patterns(area, Question(whole_record=True)).hotspots.n_used == 12
    assert find_patterns(area, Question(first_year=2016, last_year=2017)).hotspots.n_used == 9


def test_years_that_run_backwards_are_refused():
    with pytest.raises(FootprintError, match="backwards: 2018 to 2015"):
        find_patterns(world(in_month(2016, 5)), Question(first_year=2018, last_year=2015))


def test_an_unknown_provider_is_refused_by_name():
    with pytest.raises(FootprintError, match="'nobody'; there are: invented"):
        find_patterns(world(in_month(2016, 5)), Question(provider="nobody"))


# -- the question --------------------------------------------------------------------------------


def test_kinds_of_event_and_years_narrow_what_is_counted():
    rows = in_month(2016, 5, count=3) + in_month(2017, 5, count=2, event_type="battle")
    area = world(rows)
    battles = Question(types=frozenset({EventType.BATTLE}), whole_record=True)
    assert find_patterns(area, battles).hotspots.n_used == 2
    assert find_patterns(area, Question(last_year=2016)).hotspots.n_used == 3


def test_each_test_keeps_its_own_precision():
    rows = [row for level in (1, 2, 3, 4) for row in in_month(2018, 5, geo_precision=level)]
    found = find_patterns(world(rows))
    assert (found.precise.n_used, found.near.n_used, found.placed.n_used) == (1, 2, 3)
    strict = find_patterns(world(rows), Question(precision_max=1))
    assert (strict.precise.n_used, strict.near.n_used, strict.placed.n_used) == (1, 1, 1)


def test_an_event_told_by_two_providers_counts_once():
    rows = in_month(2016, 5, count=2, provider="a") + in_month(2016, 5, provider="b")
    rows += in_month(2016, 9, provider="b")
    source = one_source(make_incidents(rows))
    assert source.providers == ("a", "b")
    assert (len(source.incidents), source.n_matched) == (3, 1)


def test_what_the_reader_of_the_layer_found_told_twice_is_counted_to_the_last_page():
    area = replace(world(in_month(2016, 5)), dropped=(Dropped("incidents", RETOLD, 3),))
    assert find_patterns(area).source.n_matched == 3


def test_equal_questions_have_one_key_and_others_have_others():
    assert Question().key == Question().key
    others = [
        Question(first_year=2015),
        Question(precision_max=2),
        Question(provider="a"),
        Question(types=frozenset()),
        Question(whole_record=True),
        Question(raw_counts=True),
        Question(pooled_steps=True),
    ]
    assert len({each.key for each in (*others, Question())}) == 8


# -- the period ----------------------------------------------------------------------------------


def quiet_in(month: int):
    """Incidents in every month but one, so that years are cut there."""
    return make_incidents([row for each in range(1, 13) if each != month for row in in_month(2016, each)])


def test_the_last_season_year_counts_with_one_month_missing_and_not_with_two():
    asked = {"frame_date": date(2019, 6, 30), "months_missing_max": 1}
    nearly = period(quiet_in(8), Question(), **asked)
    assert (nearly.first_month, nearly.season_last, nearly.months_missing) == (8, date(2019, 7, 31), 1)
    short = period(quiet_in(9), Question(), **asked)
    assert (short.season_last, short.months_missing) == (date(2019, 6, 30), 0)


def test_a_month_known_in_part_counts_as_missing():
    asked = {"frame_date": date(2019, 6, 29), "months_missing_max": 1}
    assert period(quiet_in(8), Question(), **asked).season_last == date(2019, 6, 29)
    assert period(quiet_in(7), Question(), **asked).months_missing == 1


def test_years_cut_at_january_end_in_december():
    found = period(quiet_in(1), Question(last_year=2018), frame_date=date(2019, 6, 30), months_missing_max=1)
    assert (found.last, found.season_last, found.months_missing) == (
        date(2018, 12, 31),
        date(2018, 12, 31),
        0,
    )


# -- the numbers -------------------------------------------------------------------------------


def test_numbers_changed_in_the_method_reach_the_tests():
    edited = default_method().edited(
        {"hotspots.radius_km": 30, "hotspots.q_max": 0.2, "seasonality.longest_months": 2}
    )
    found = find_patterns(world(in_month(2016, 5)), numbers=edited.violence)
    assert (found.hotspots.settings.radius_m, found.hotspots.settings.q_max) == (30_000, 0.2)
    assert found.districts.settings.lengths == (1, 2)


# -- the ground ----------------------------------------------------------------------------------


def test_uninhabited_cells_and_open_water_are_not_compared():
    area = world([], people={(2, 2): 5.0, (22, 2): 5.0, (42, 2): 0.5})
    lake = make_units({"lake": (20, 0, 30, 10)}).rename_axis("lake_id")
    object.__setattr__(area, "lakes", lake)
    here = study_area(area, default_method().violence)
    assert here.mask.sum() == 1
    assert here.mask[here.cells.cell_at(np.array([2000.0]), np.array([2000.0]))[0]]
    assert (here.uninhabited, here.water) == (here.cells.n_cells - 2, 1)


def test_coarser_cells_hold_every_cell_once():
    grid = world([]).grid
    coarse = coarser(grid, 10_000)
    owner = coarse.cell_at(grid.x_m, grid.y_m)
    assert (owner >= 0).all()
    assert (np.bincount(owner, minlength=coarse.n_cells) == 4).all()


# -- the profile in demand -----------------------------------------------------------------------


def test_threat_follows_the_calendar_and_keeps_its_total_over_the_year():
    prepared = bundled_prepared()
    profile = cell_profile(bundled().profile, prepared.districts)
    assert profile.shape == (prepared.area.grid.n_cells, 12)
    assert np.allclose(profile.sum(axis=1), 1.0)
    seasonal = with_profile(prepared, profile)
    people = np.nan_to_num(prepared.area.population.people)
    plain, own = (each.demand.rate * people for each in (prepared, seasonal))
    assert own.sum() == pytest.approx(plain.sum(), rel=1e-6)
    assert seasonal.router_key == prepared.router_key
    inside = prepared.districts.main_unit == prepared.districts.unit_ids.index("ML05-BANKASS")
    months = own[:, inside].sum(axis=1)
    assert set(months.argsort()[-3:] + 1) == {10, 11, 12}


def test_people_only_is_the_same_under_any_calendar():
    prepared = bundled_prepared()
    seasonal = with_profile(prepared, cell_profile(bundled().profile, prepared.districts))
    name = str(Measure.PEOPLE)
    assert np.array_equal(seasonal.surfaces[name], prepared.surfaces[name])
    assert np.array_equal(with_profile(prepared, None).surfaces["blend"], prepared.surfaces["blend"])


def test_in_a_cell_in_no_cercle_every_month_is_alike():
    found = find_patterns(world([row for year in range(2014, 2019) for row in in_month(year, 3, count=4)]))
    units = make_units({"elsewhere": (0, 0, 50, 50)})
    profile = cell_profile(found.profile, zones(units, world([]).grid))
    assert np.allclose(profile, 1 / 12)


def test_calendars_of_units_alone_are_those_found_with_everything_else():
    numbers = default_method().violence
    regions, districts = find_calendars(bundled_area(), Question(), numbers)
    whole = bundled()
    pd.testing.assert_frame_equal(regions.table, whole.regions.table)
    pd.testing.assert_frame_equal(districts.table, whole.districts.table)
