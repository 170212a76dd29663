"""Compare: who gains and who loses between two reviews, on a world worked by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from footprint.compare import (
    SMALL,
    busiest_escort_days,
    by_season,
    differences,
    equity,
    equity_flags,
    escort_changes,
    escort_days,
)
from footprint.documents.columns import SILENT
from footprint.documents.comparison import comparison
from footprint.documents.layout.review import EscortRow
from footprint.documents.rows import rows_of
from footprint.errors import FootprintError
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.objectives import Measure
from footprint.scenario import AddAssets, CloseSite, MoveSite, Scenario
from layers.months import months_mask
from tests.worlds import (
    SEASONS,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_roads,
    make_sites,
    make_units,
    review,
)

pytestmark = pytest.mark.slow

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
        people={(12.5, 12.5): people[0], (287.5, 12.5): people[1], **more.pop("near", {})},
        roads=make_roads({"main": [(12.5, 12.5), (287.5, 12.5)]}, **more),
        regions=make_units(HALVES, dict.fromkeys(HALVES, "country")),
        districts=make_units(HALVES, {name: name for name in HALVES}),
    )
    return area, make_basis(area)


VILLAGE = {(32.5, 12.5): 100}
"""A village 20 km along the road."""


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


def changed(first, second, indicator, month):
    """Return the change of each cercle that changes at all."""
    rows = differences(first, second)
    own = rows[(rows["level"] == Level.DISTRICT) & (rows["month"] == month)].set_index("unit_id")[indicator]
    return own[own.abs() >= SMALL].to_dict()


MOVED = MoveSite("camp", **lonlat(287.5, 12.5))


def test_moving_the_company_takes_from_one_town_what_it_gives_the_other():
    _, prepared = usual()
    first, second = both(prepared, MOVED)
    change = changed(first, second, Indicator.FORCE, 1)
    assert set(change) == {"east", "west"}
    assert change["east"] == pytest.approx(-change["west"], abs=1e-6)


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
    assert differences(first, second)[list(Indicator)].abs().max().max() == 0
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
    flags = equity_flags(first, second, SEASONS, drop=0.05, indicator=Indicator.FORCE)
    assert [flag.unit_id for flag in flags] == ["west"]
    assert flags[0].before > 0.5
    assert flags[0].after == 0.0
    assert flags[0].area_gain > 0


def test_no_flag_where_the_mean_falls_or_the_drop_is_allowed():
    _, prepared = two_towns(people=(100, 300))
    first, second = both(prepared, MOVED)
    assert equity_flags(second, first, SEASONS, drop=0.05, indicator=Indicator.FORCE) == ()
    drop = equity_flags(first, second, SEASONS, drop=0.05, indicator=Indicator.FORCE)[0].before
    assert equity_flags(first, second, SEASONS, drop=drop, indicator=Indicator.FORCE) == ()


def test_nobody_can_tell_what_a_region_without_demand_pays():
    _, prepared = two_towns(people=(0, 300))
    paid = equity(*both(prepared, MOVED), SEASONS, drop=0.05, indicator=Indicator.FORCE)
    assert paid.area_gain > 0
    assert paid.flags == ()
    assert paid.cannot_tell == (("west", "West"),)


def test_a_region_that_is_seen_to_pay_is_flagged_though_not_all_that_counts_is_known():
    """The data name no team: what tier II needs is known to fall, the rest of the mission is not known."""
    _, prepared = two_towns(people=(100, 300), also={"helicopter": 1, "surgery": 1})
    paid = equity(*both(prepared, MOVED), SEASONS, drop=0.05)
    assert [flag.unit_id for flag in paid.flags] == ["west"]
    assert [unit_id for unit_id, _ in paid.cannot_tell] == ["east"]


def test_units_without_demand_neither_gain_nor_lose():
    _, prepared = two_towns(people=(300, 0))
    assert set(changed(*both(prepared, MOVED), Indicator.FORCE, 1)) == {"west"}


def test_escorts_over_searched_roads_take_company_days():
    """Of 400 people within four hours 100 live along the searched road: 8 x 1/4."""
    _, prepared = two_towns(search_rated={"main": True}, near=VILLAGE)
    first, second = both(prepared, AddAssets("camp", "civil_affairs_team"))
    change = escort_changes(first, second).query("month == 1").iloc[0]
    assert np.isnan(change["first_days"]), "the data name no team that would ask"
    assert change["change_days"] == pytest.approx(2)
    assert change["unmet_days"] == 0
    assert escort_days(second)["capacity_days"].tolist() == [30.0] * 12


def test_who_asks_for_escorts_is_not_known_where_the_data_name_no_team():
    """Not nought: NaN in arrays, null with its reason in documents; a team that is added is told."""
    _, prepared = two_towns(search_rated={"main": True}, near=VILLAGE)
    first, second = both(prepared, AddAssets("camp", "civil_affairs_team"))
    assert escort_days(first)["asked_days"].isna().all()
    assert busiest_escort_days(first).isna().all()
    rows = rows_of(EscortRow, escort_days(first))
    assert rows[0].asked_days is None
    assert rows[0].reasons == {"asked_days": SILENT, "given_days": SILENT}
    assert escort_days(second)["asked_days"].tolist() == pytest.approx([2.0] * 12)


def test_what_a_site_can_give_is_not_known_where_the_data_name_no_company():
    """The team at the camp asks for 2 days; of whom, nobody says, unless a scenario adds a company."""
    area = two_towns(search_rated={"main": True}, also={"civil_affairs_team": 1}, near=VILLAGE)[0]
    teams = area.assets[area.assets["kind"] == "civil_affairs_team"]
    prepared = make_basis(replace(area, assets=teams))
    first, second = both(prepared, AddAssets("camp", "infantry_company"))
    row = rows_of(EscortRow, escort_days(first))[0]
    assert (row.asked_days, row.given_days, row.capacity_days) == (2.0, None, None)
    assert row.reasons == {"given_days": SILENT, "capacity_days": SILENT}
    change = escort_changes(first, second).iloc[0]
    assert np.isnan(change["first_days"])
    assert (change["second_days"], change["change_days"], change["unmet_days"]) == pytest.approx((2, 2, 0))
    told = comparison(prepared, first, second).escorts
    assert [(each.first_days, each.change_days) for each in told] == [(None, 2.0)] * 12


def test_a_closed_site_gives_no_escorts():
    _, prepared = two_towns(search_rated={"main": True}, also={"civil_affairs_team": 1}, near=VILLAGE)
    first, second = both(prepared, CloseSite("camp", months_mask("1")))
    change = escort_changes(first, second).set_index("month")["change_days"]
    assert change.loc[1] < 0
    assert change.loc[2] == 0


def test_reviews_of_different_areas_are_not_compared():
    _, prepared = usual()
    first, second = both(prepared)
    other = replace(
        second,
        figures=second.figures.assign(unit_id="elsewhere"),
        at_least=second.at_least.assign(unit_id="elsewhere"),
    )
    with pytest.raises(FootprintError, match="different areas"):
        differences(first, other)
