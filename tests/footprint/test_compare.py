"""Compare: who gains and who loses between two reviews, on a world worked by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from footprint.compare import (
    Side,
    balance,
    by_season,
    differences,
    equity_flags,
    escort_changes,
    escort_days,
    level_of,
    sides,
)
from footprint.errors import FootprintError
from footprint.indicators.figures import MEASURES
from footprint.indicators.units import Level
from footprint.method import default_method
from footprint.objectives import Measure
from footprint.scenario import AddAssets, CloseSite, MoveSite, Scenario
from layers.months import months_mask
from tests.worlds import (
    cell_of,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_roads,
    make_sites,
    make_units,
    review,
)

TODAY = Scenario("today")
HALVES = {"west": (0, 0, 150, 30), "east": (150, 0, 300, 30)}


def two_towns(people=(300, 100), months=None, **more):
    """
    Two towns far apart on one road, a company at the first.

    camp ============================ town      y = 12.5 km
    people 300 (west)                 100 (east)
    """
    area = make_area(
        size=(0, 0, 300, 30),
        sites=make_sites({"camp": (12.5, 12.5)}, months),
        assets=make_assets({"camp": {"infantry_company": 1, **more.pop("also", {})}}),
        roads=make_roads({"main": [(12.5, 12.5), (287.5, 12.5)]}, **more),
        people={(12.5, 12.5): people[0], (287.5, 12.5): people[1]},
        regions=make_units(HALVES, dict.fromkeys(HALVES, "country")),
        districts=make_units(HALVES, {name: name for name in HALVES}),
    )
    return area, make_basis(area)


@cache
def usual():
    """Return the world as drawn."""
    return two_towns()


def both(prepared, *changes):
    """Return the review of today and of the changes, counting people."""
    return (
        review(prepared, TODAY, measure=Measure.PEOPLE),
        review(prepared, TODAY.then(*changes), measure=Measure.PEOPLE),
    )


MOVED = MoveSite("camp", **lonlat(287.5, 12.5))
SEASONS = default_method().seasons


def test_moving_the_company_takes_from_one_town_what_it_gives_the_other():
    _, prepared = usual()
    first, second = both(prepared, MOVED)
    found = balance(first, second, SEASONS, measure="FF")
    assert [(shift.unit_id, shift.people) for shift in found.gains] == [("east", 100)]
    assert [(shift.unit_id, shift.people) for shift in found.losses] == [("west", 300)]
    assert found.gains[0].mean == pytest.approx(-found.losses[0].mean, abs=1e-6)
    assert found.unchanged == 0


def test_differences_are_second_minus_first_in_every_month():
    _, prepared = usual()
    first, second = both(prepared, CloseSite("camp", months_mask("1-3")))
    change = differences(first, second)
    west = change[(change["level"] == "region") & (change["unit_id"] == "west")].set_index("month")["FF"]
    assert (west.loc[[1, 2, 3]] < -0.5).all()
    assert west.loc[range(4, 13)].tolist() == [0.0] * 9


def test_a_review_compared_with_itself_changes_nothing():
    _, prepared = usual()
    first, second = both(prepared)
    assert differences(first, second)[list(MEASURES)].abs().max().max() == 0
    assert balance(first, second, SEASONS).unchanged == 2
    assert equity_flags(first, second, SEASONS, drop=0.0) == ()


def test_the_worst_season_stands_beside_the_mean():
    _, prepared = usual()
    first, second = both(prepared, CloseSite("camp", months_mask("10-11")))
    frame = by_season(first, second, SEASONS)
    west = frame[(frame["unit_id"] == "west") & (frame["level"] == "region") & (frame["measure"] == "FF")]
    values = west.set_index("period")
    assert values.loc["worst", "second"] == 0.0
    assert values.loc["FLOOD_HARVEST", "change"] == pytest.approx(-values.loc["FLOOD_HARVEST", "first"])
    assert values.loc["mean", "second"] == pytest.approx(values.loc["mean", "first"] * 10 / 12, rel=0.05)


def test_a_gain_on_average_that_a_region_pays_for_is_flagged():
    _, prepared = two_towns(people=(100, 300))
    first, second = both(prepared, MOVED)
    flags = equity_flags(first, second, SEASONS, drop=0.05, measure="FF")
    assert [flag.unit_id for flag in flags] == ["west"]
    assert flags[0].before > 0.5
    assert flags[0].after == 0.0
    assert flags[0].area_gain > 0


def test_no_flag_where_the_mean_falls_or_the_drop_is_allowed():
    _, prepared = two_towns(people=(100, 300))
    first, second = both(prepared, MOVED)
    assert equity_flags(second, first, SEASONS, drop=0.05, measure="FF") == ()
    drop = equity_flags(first, second, SEASONS, drop=0.05, measure="FF")[0].before
    assert equity_flags(first, second, SEASONS, drop=drop, measure="FF") == ()


def test_units_without_demand_are_in_neither_list():
    _, prepared = two_towns(people=(300, 0))
    found = balance(*both(prepared, MOVED), SEASONS, measure="FF")
    assert [shift.unit_id for shift in found.losses] == ["west"]
    assert not found.gains
    assert found.unchanged == 0


def test_each_cell_is_on_one_side():
    area, prepared = usual()
    first, second = both(prepared, MOVED)
    side = sides(first.delivery, second.delivery, measure="FF", threshold=0.3)
    assert side.shape == (12, area.grid.n_cells)
    assert side[0, cell_of(area, 12.5, 12.5)] == Side.ONLY_FIRST
    assert side[0, cell_of(area, 287.5, 12.5)] == Side.ONLY_SECOND
    assert side[0, cell_of(area, 150, 12.5)] == Side.NEITHER
    assert set(np.unique(sides(first.delivery, first.delivery, measure="FF", threshold=0.3))) == {
        Side.BOTH,
        Side.NEITHER,
    }


def test_a_level_equal_to_the_threshold_counts_as_reached():
    area, prepared = usual()
    first, _ = both(prepared)
    level = float(first.delivery.force[0, cell_of(area, 12.5, 12.5)])
    side = sides(first.delivery, first.delivery, measure="FF", threshold=level)
    assert side[0, cell_of(area, 12.5, 12.5)] == Side.BOTH


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_a_level_from_0_to_1(measure):
    _, prepared = usual()
    level = level_of(both(prepared)[0].delivery, measure)
    assert 0 <= level.min() <= level.max() <= 1


def test_an_unknown_measure_names_the_known_ones():
    _, prepared = usual()
    with pytest.raises(FootprintError, match="FF, MF, B1"):
        level_of(both(prepared)[0].delivery, "F")


def test_escorts_over_searched_roads_take_company_days():
    _, prepared = two_towns(search_rated={"main": True})
    first, second = both(prepared, AddAssets("camp", "civil_affairs_team"))
    change = escort_changes(first, second).query("month == 1").iloc[0]
    assert change["first_days"] == 0
    assert 0 < change["change_days"] <= 8
    assert change["unmet_days"] == 0
    assert escort_days(second)["capacity_days"].tolist() == [30.0] * 12


def test_a_closed_site_gives_no_escorts():
    _, prepared = two_towns(search_rated={"main": True}, also={"civil_affairs_team": 1})
    first, second = both(prepared, CloseSite("camp", months_mask("1")))
    change = escort_changes(first, second).set_index("month")["change_days"]
    assert change.loc[1] < 0
    assert change.loc[2] == 0


def test_reviews_of_different_areas_are_not_compared():
    _, prepared = usual()
    first, second = both(prepared)
    other = replace(second, figures=second.figures.assign(unit_id="elsewhere"))
    with pytest.raises(FootprintError, match="different areas"):
        differences(first, other)


def test_levels_are_compared_one_at_a_time():
    _, prepared = usual()
    found = balance(*both(prepared, MOVED), SEASONS, measure="FF", level=Level.AREA)
    assert [shift.unit_id for shift in found.losses] == ["world"]
