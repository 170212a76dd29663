"""Focus: any unit can be looked at, and no two are called alike."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pytest

from footprint.indicators.units import Level
from footprint.language import Language
from footprint.views.focus import focus_bounds, focus_keys, focus_label, focus_of, outlined, within
from tests.worlds import bundled_prepared


@pytest.fixture(scope="module")
def prepared():
    return bundled_prepared()


def test_every_unit_of_both_levels_can_be_looked_at(prepared):
    area, keys = prepared.area, focus_keys(prepared.area)
    held = [(focus_of(area, key).level, focus_of(area, key).unit_ids) for key in keys]
    assert {unit for level, (*units,) in held if level is Level.REGION for unit in units} == set(
        area.regions.index
    )
    assert {unit for level, (*units,) in held if level is Level.DISTRICT for unit in units} == set(
        area.districts.index
    )


def test_no_two_are_called_alike(prepared):
    """Lists in the browser know their choices by their words: Mopti is a region, a cercle and a focus."""
    language = Language.of_area("en", prepared.area.unit_words)
    labels = [focus_label(prepared.area, key, language) for key in focus_keys(prepared.area)]
    assert len(labels) == len(set(labels))
    assert {"Whole area", "Mopti", "Mopti (cercle)"} <= set(labels)


def test_a_focus_that_is_gone_is_the_whole(prepared):
    gone = focus_of(prepared.area, "cercle:atlantis")
    assert (gone.level, gone.unit_ids) == (Level.AREA, (prepared.area.area_id,))
    assert outlined(prepared.area, "cercle:atlantis") == ()


def test_units_side_by_side_are_few(prepared):
    level, units = within(prepared.area, "Mopti")
    assert (level, len(units)) == (Level.DISTRICT, 8)
    level, units = within(prepared.area, "")
    assert (level, set(units)) == (Level.REGION, set(prepared.area.regions.index))
    assert within(prepared.area, "cercle:ML05-KORO") == (Level.DISTRICT, ("ML05-KORO",))


@pytest.mark.slow
def test_the_whole_is_shown_where_its_need_is_and_not_its_desert(prepared):
    whole = focus_bounds(prepared, "")
    _, south, _, north = prepared.area.country.to_crs("EPSG:4326").total_bounds
    assert south <= whole.south < whole.north < north - 4
    grid, need = prepared.area.grid, prepared.surfaces["blend"].mean(axis=0)
    points = gpd.GeoSeries(gpd.points_from_xy(grid.x_m, grid.y_m), crs=prepared.area.crs).to_crs("EPSG:4326")
    inside = points.x.between(whole.west, whole.east) & points.y.between(whole.south, whole.north)
    assert need[inside.to_numpy()].sum() / need.sum() > 0.93


def test_an_area_without_need_is_shown_whole(prepared):
    nobody = replace(prepared, surfaces={"blend": 0 * prepared.surfaces["blend"]})
    assert focus_bounds(nobody, "") is None
