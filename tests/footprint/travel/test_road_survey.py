"""The survey of roads: worlds by hand, and NetworkX as a second opinion on real parts."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
from shapely import LineString

from footprint.cli.paths import bundled_case
from footprint.travel.road_survey import LISTED, survey_roads
from footprint.travel.roads import road_network
from layers import load_area


@pytest.fixture(scope="module")
def case():
    """Return the bundled case."""
    return load_area(bundled_case())


@pytest.fixture(scope="module")
def surveyed(case):
    """Return a function that surveys the bundled case with other roads, drawn in km round its middle."""
    west, south, east, north = case.country.total_bounds
    middle = np.array([(west + east) / 2, (south + north) / 2])
    one = case.roads.iloc[:1]

    def survey(**drawn):
        lines = [LineString(np.array(points) * 1000.0 + middle) for points in drawn.values()]
        facts = one.drop(columns="geometry").loc[one.index.repeat(len(lines))]
        facts = facts.assign(length_km=np.nan).set_axis(list(drawn), axis=0).rename_axis("road_id")
        roads = gpd.GeoDataFrame(facts, geometry=lines, crs=case.crs)
        return survey_roads(replace(case, roads=roads), snap_limit_km=5)

    return survey


@pytest.mark.slow
def test_parts_are_numbered_by_their_length(surveyed):
    parts = surveyed(a=[(0, 0), (3, 0)], b=[(0, 2), (9, 2)]).parts
    assert [(part.number, round(part.length_km, 6)) for part in parts] == [(1, 9.0), (2, 3.0)]


def test_the_gap_of_a_part_is_the_straight_distance_to_the_nearest_other(surveyed):
    parts = surveyed(a=[(0, 0), (30, 0)], b=[(0, 2), (9, 2)], c=[(0, 2.5), (4, 2.5)]).parts
    assert [(round(part.gap_km, 6), part.gap_to) for part in parts] == [(2.0, 2), (0.5, 3), (0.5, 2)]


def test_the_only_part_has_no_gap(surveyed):
    part = surveyed(a=[(0, 0), (3, 0)]).parts[0]
    assert (np.isnan(part.gap_km), part.gap_to, part.at) == (True, 0, None)


def test_an_end_close_to_a_road_it_does_not_lead_to_is_named(surveyed):
    survey = surveyed(a=[(0, 0), (3, 0)], b=[(1, 0.3), (1, 5)])
    assert [(end.road_id, round(end.gap_m, 6), end.to_road_id) for end in survey.near_ends] == [
        ("b", 300.0, "a")
    ]


def test_a_short_dead_end_is_not_close_to_the_road_it_leaves(surveyed):
    assert surveyed(a=[(0, 0), (1, 0), (3, 0)], b=[(1, 0), (1, 0.3)]).near_ends == ()


def test_ends_within_the_tolerance_of_searches_are_joined_and_counted(surveyed):
    survey = surveyed(a=[(0, 0), (3, 0)], b=[(1, 0.009), (1, 5)])
    assert (survey.parts_in_all, survey.joined_ends) == (1, 1)


def test_a_site_far_from_every_road_is_too_far(surveyed):
    sites = surveyed(a=[(0, 0), (3, 0)]).sites
    assert any(site.too_far and site.road_km > 5 for site in sites)


def test_towns_far_from_every_road_are_named_the_farthest_first(surveyed):
    survey = surveyed(a=[(0, 0), (3, 0)])
    far = [town.road_km for town in survey.towns_off]
    assert (far == sorted(far, reverse=True), min(far) > 5, len(far) <= survey.towns) == (True, True, True)


def test_lengths_by_kind_add_up_to_the_whole(case):
    survey = survey_roads(case, snap_limit_km=5)
    for kind in {each.kind for each in survey.kinds}:
        added = sum(each.length_km for each in survey.kinds if each.kind == kind)
        assert added == pytest.approx(survey.length_km)


def test_parts_are_those_of_networkx(case):
    survey = survey_roads(case, snap_limit_km=5)
    graph = road_network(case.roads).graph
    lengths = sorted(
        (graph.subgraph(part).size(weight="length_m") / 1000 for part in nx.connected_components(graph)),
        reverse=True,
    )
    assert [part.length_km for part in survey.parts] == pytest.approx(lengths[:LISTED])
