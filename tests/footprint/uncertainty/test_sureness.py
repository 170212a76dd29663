"""How sure: bands, paired differences, ranks and what they hang on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from footprint.errors import FootprintError, MethodError
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.method import DrawnName, default_method
from footprint.prepared import Prepared
from footprint.scenario import AddAssets, CloseSite, OpenSite, Scenario
from footprint.uncertainty import Figure, OfYear, Sureness, sureness
from footprint.uncertainty.bands import band_of, paired, ranks_of
from footprint.uncertainty.draws import common_draws
from footprint.uncertainty.tornado import tornado
from tests.worlds import lonlat, make_area, make_assets, make_basis, make_incidents, make_sites

pytestmark = pytest.mark.slow

NUMBERS = default_method().uncertainty
TODAY = Scenario("today")


@cache
def plain() -> Prepared:
    """Return two camps on a plain, one of them with helicopter and surgery."""
    area = make_area(
        sites=make_sites({"west": (22, 22), "east": (77, 22)}),
        assets=make_assets(
            {
                "west": {"infantry_company": 2, "helicopter": 1, "surgery": 1, "fpu_platoon": 1},
                "east": {
                    "infantry_company": 1,
                    "civil_affairs_team": 1,
                    "community_liaison": 1,
                    "human_rights_team": 1,
                    "stabilisation_team": 1,
                },
            }
        ),
        incidents=make_incidents(
            [
                {"at": (40, 30), "date": np.datetime64("2018-11-01"), "year": 2018},
                {"at": (80, 10), "deaths": 4.0},
            ]
        ),
    )
    return make_basis(area)


def plans() -> dict[str, Scenario]:
    opened = (OpenSite("mid", "Mid", **lonlat(50, 25)), AddAssets("mid", "infantry_company"))
    return {
        "today": TODAY,
        "mid": Scenario("mid", opened),
        "no east": Scenario("no east", (CloseSite("east"),)),
    }


def sure(asked: Mapping[str, Scenario], prepared: Prepared | None = None) -> Sureness:
    prepared = prepared or plain()
    return sureness(prepared, prepared.router(), asked)


def force(found: Sureness) -> Figure:
    return Figure(Level.AREA, found.units[0][1], Indicator.FORCE, OfYear.MEAN)


def test_one_more_plan_changes_no_figure_of_the_others() -> None:
    alone, all_three = sure({"today": TODAY}), sure(plans())
    assert np.array_equal(alone.by_draw[:, 0], all_three.by_draw[:, 0], equal_nan=True)
    assert np.array_equal(alone.centre[0], all_three.centre[0], equal_nan=True)


def test_the_order_of_plans_changes_no_figure() -> None:
    forth, back = sure(plans()), sure(dict(reversed(plans().items())))
    assert np.array_equal(forth.by_draw[:, 0], back.by_draw[:, 2], equal_nan=True)


def test_another_base_is_better_for_the_force_in_every_draw_and_a_closed_one_worse() -> None:
    found = sure(plans())
    more, less = (found.pair("today", name, force(found)) for name in ("mid", "no east"))
    assert more is not None
    assert less is not None
    assert (more.second_better, more.first_better, more.told_apart) == (200, 0, True)
    assert (less.second_better, less.first_better, less.told_apart) == (0, 200, True)


def test_a_plan_and_itself_are_never_better_than_one_another() -> None:
    same = {"today": TODAY, "again": Scenario("again")}
    found = sure(same)
    pair = found.pair("today", "again", force(found))
    assert pair is not None
    assert (pair.first_better, pair.second_better, pair.told_apart, pair.within_cells) == (0, 0, False, True)


def test_without_a_plan_there_is_nothing_to_be_sure_of() -> None:
    with pytest.raises(FootprintError, match="no plan"):
        sure({})


def test_whoever_raises_while_told_of_progress_stops_the_work() -> None:
    def stop(done: int, _all: int) -> None:
        if done > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sureness(plain(), plain().router(), plans(), progress=stop)


def test_where_no_asset_is_named_a_tier_is_not_known_in_any_draw() -> None:
    found = sure(plans())
    mission = Figure(Level.AREA, found.units[0][1], Indicator.MISSION, OfYear.MEAN)
    # Nobody names a partner or police advisers, but one group each is enough of those; CASEVAC is there.
    assert found.is_known("today", mission)
    without = make_basis(
        make_area(
            sites=make_sites({"west": (22, 22)}),
            assets=make_assets({"west": {"infantry_company": 2, "helicopter": 1, "surgery": 1}}),
        )
    )
    told = sure({"today": TODAY}, without)
    mission = Figure(Level.AREA, told.units[0][1], Indicator.MISSION, OfYear.MEAN)
    assert told.band("today", mission) is None
    assert np.isnan(told.at_centre("today", mission))
    assert told.ranks(mission) is None
    assert told.tornado(mission, "today") is None
    assert told.band("today", force(told)) is not None


def test_without_any_site_nothing_is_delivered_and_nothing_is_known() -> None:
    found = sure({"today": TODAY}, make_basis(make_area(sites=make_sites({}), assets=make_assets({}))))
    assert (found.centre == 0).all()
    assert found.unknown.all()


def test_a_band_has_its_share_of_draws_on_either_side() -> None:
    assert band_of(np.arange(101.0), NUMBERS).low == 10
    assert band_of(np.arange(101.0), NUMBERS).high == 90


@pytest.mark.parametrize(("better", "told_apart"), [(179, False), (180, True), (200, True)])
def test_two_plans_are_told_apart_from_180_draws_of_200_on(better: int, *, told_apart: bool) -> None:
    second = np.where(np.arange(200) < better, 0.1, 0.0)
    pair = paired(0.0, np.zeros(200), second, NUMBERS, cells_share=0.01)
    assert (pair.second_better, pair.first_better, pair.told_apart) == (better, 0, told_apart)


def test_overlapping_bands_can_be_told_apart_when_draws_are_common() -> None:
    first = np.linspace(0, 1, 200)
    pair = paired(0.02, first, first + 0.02, NUMBERS, cells_share=0.01)
    assert band_of(first, NUMBERS).high > band_of(first + 0.02, NUMBERS).low
    assert pair.told_apart


def test_differences_smaller_than_the_cells_make_are_marked() -> None:
    first = np.zeros(200)
    assert paired(0.0, first, first + 0.009, NUMBERS, cells_share=0.01).within_cells
    assert not paired(0.0, first, first + 0.011, NUMBERS, cells_share=0.01).within_cells


@given(arrays(float, (20, 3), elements=st.sampled_from([0.0, 0.1, 0.2])))
def test_every_plan_has_a_place_in_every_draw_and_somebody_is_first(values: np.ndarray) -> None:
    places = ranks_of(values)
    assert (places.sum(axis=1) == 20).all()
    assert places[:, 0].sum() >= 20


def test_draws_of_one_number_do_not_depend_on_what_else_is_drawn() -> None:
    method = default_method()
    other = method.edited({"drawn.half_life.low": 0.9, "drawn.half_life.high": 1.1})
    before, after = common_draws(method), common_draws(other)
    same = [number for number, each in enumerate(before.numbers) if each.name is not DrawnName.HALF_LIFE]
    assert np.array_equal(before.values[:, same], after.values[:, same])
    assert not np.array_equal(before.values, after.values)


def test_another_seed_is_another_set_of_draws() -> None:
    one, other = (common_draws(default_method().edited({"uncertainty.seed": seed})) for seed in (0, 1))
    assert not np.array_equal(one.values, other.values)


def test_a_new_seed_leaves_the_median_within_the_band() -> None:
    found = sure({"today": TODAY})
    area = plain().area
    again = sure({"today": TODAY}, make_basis(area, method=plain().method.edited({"uncertainty.seed": 7})))
    band, other = found.band("today", force(found)), again.band("today", force(again))
    assert band is not None
    assert other is not None
    assert band.low < other.median < band.high


def test_every_draw_lies_between_its_limits() -> None:
    method = default_method()
    draws = common_draws(method)
    for column, each in enumerate(draws.numbers):
        own = method.drawn[each.name]
        assert draws.values[:, column].min() >= own.low
        assert draws.values[:, column].max() <= own.high


def test_the_middle_of_a_triangular_law_is_where_its_halves_meet() -> None:
    method = default_method().edited({"uncertainty.draws": 2000})
    half_life = common_draws(method).column(DrawnName.HALF_LIFE)
    # From 0.5 over 1 to 1.5 the halves are equal; the standard deviation is 0.5 / sqrt(6).
    assert half_life.mean() == pytest.approx(1.0, abs=0.02)
    assert half_life.std() == pytest.approx(0.5 / 6**0.5, rel=0.05)


def test_a_low_limit_above_the_high_one_is_refused() -> None:
    with pytest.raises(MethodError, match=r"drawn\.location\.low is more than"):
        default_method().edited({"drawn.location.low": 6})


def test_a_tornado_finds_the_one_number_that_acts_and_which_way() -> None:
    draws = common_draws(default_method())
    own = draws.column(DrawnName.PEOPLE_SHARE)
    found = tornado(draws, 0.3 - 0.1 * own, NUMBERS)
    first = found.swings[0]
    assert first.number.name is DrawnName.PEOPLE_SHARE
    assert first.swing == pytest.approx(-0.1 * (first.high - first.low))
    assert first.share == pytest.approx(1.0)
    assert found.explained == pytest.approx(1.0)


def test_a_value_that_does_not_vary_hangs_on_nothing() -> None:
    found = tornado(common_draws(default_method()), np.full(200, 0.25), NUMBERS)
    assert found.swings == ()
    assert np.isnan(found.explained)


def test_tier_weights_add_up_to_what_they_added_up_to() -> None:
    draw = common_draws(default_method()).draw(3)
    assert draw.tier_weights((0.2, 0.3, 0.5)).sum() == pytest.approx(1.0)
    assert draw.tier_weights((0.0, 0.0, 1.0)).tolist() == [0, 0, 1]
