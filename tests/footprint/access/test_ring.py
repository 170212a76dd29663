"""The watch ring: which cells lie 30 to 80 km by path from what a plan changes, who lives there, what it loses."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise, product
from math import ceil, hypot, isnan

import networkx as nx
import numpy as np
import pytest
from shapely import LineString

from footprint.access.changed import SiteChange
from footprint.access.paths import path_km
from footprint.access.ring import watch_ring
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import level_of
from footprint.method import default_method
from footprint.objectives import Measure
from footprint.scenario import AddAssets, CloseRoad, CloseSite, MoveSite, OpenSite, Scenario
from layers.months import months_mask
from tests.kept import prepared_at
from tests.worlds import (
    bundled_prepared,
    cell_of,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_rivers,
    make_roads,
    make_sites,
    make_units,
    review,
    router_of,
)

pytestmark = pytest.mark.slow

TODAY = Scenario("today")
PEOPLE = 10.0
"""Of each cell."""


def street(**differs):
    """
    One row of cells along a paved road of 200 km; one company at its first end.

    camp ==================================== x = 2.5, 7.5, ... 197.5 km
    """
    usual = {
        "size": (0, 0, 200, 5),
        "sites": make_sites({"camp": (2.5, 2.5)}),
        "assets": make_assets({"camp": {"infantry_company": 1}}),
        "roads": make_roads({"main": [(2.5, 2.5), (197.5, 2.5)]}),
        "people": PEOPLE,
    }
    return make_basis(make_area(**(usual | differs)))


@cache
def usual():
    return street()


def ring_of(prepared, *changes, **options):
    """Return the ring of some changes held against today."""
    before, after = (review(prepared, plan, measure=Measure.PEOPLE) for plan in (TODAY, TODAY.then(*changes)))
    return watch_ring(prepared, router_of(prepared), before, after, measure=Measure.PEOPLE, **options)


def opened(x_km, y_km=2.5, site_id="new", **more):
    return OpenSite(site_id, site_id.title(), **lonlat(x_km, y_km), **more)


def places(ring, month=1):
    """Return where the cells of the ring lie along the street [km]."""
    return (5 * np.flatnonzero(ring.inside[month - 1]) + 2.5).tolist()


CLOSED = CloseSite("camp")
FROM_30_TO_80 = [32.5 + 5 * number for number in range(11)]
"""Places 30, 35, ... 80 km from the camp."""


def test_the_ring_reaches_from_thirty_to_eighty_kilometres_both_inclusive():
    ring = ring_of(usual(), CLOSED)
    assert places(ring) == FROM_30_TO_80
    assert ring.people == 11 * PEOPLE
    assert (ring.near_km, ring.far_km) == (30, 80)


@pytest.mark.parametrize(
    ("name", "value", "first", "last"),
    [
        ("proposals.ring_near_km", 30.1, 37.5, 82.5),
        ("proposals.ring_near_km", 29.9, 32.5, 82.5),
        ("proposals.ring_far_km", 79.9, 32.5, 77.5),
        ("proposals.ring_far_km", 80.1, 32.5, 82.5),
    ],
)
def test_the_method_says_where_the_ring_begins_and_ends(name, value, first, last):
    prepared = make_basis(usual().area, method=default_method().edited({name: value}))
    found = places(ring_of(prepared, CLOSED))
    assert (found[0], found[-1]) == (first, last)


def test_a_place_on_both_sides_has_a_ring_on_both_sides():
    assert places(ring_of(usual(), opened(102.5))) == [
        *(22.5 + 5 * number for number in range(11)),
        *(132.5 + 5 * number for number in range(11)),
    ]


def test_the_same_place_has_the_same_ring_whether_it_opens_or_closes():
    here = lonlat(2.5, 2.5)
    empty = street(sites=make_sites({"far": (197.5, 2.5)}), assets=make_assets({"far": {"fpu_platoon": 1}}))
    closes, opens = ring_of(usual(), CLOSED), ring_of(empty, OpenSite("camp", "Camp", **here))
    assert (closes.inside == opens.inside).all()
    assert [each.change for each in (*closes.places, *opens.places)] == [SiteChange.CLOSES, SiteChange.OPENS]


def test_a_plan_that_changes_no_site_has_no_ring():
    ring = ring_of(usual(), AddAssets("camp", "infantry_company"), CloseRoad("main"))
    assert ring.places == ring.units == ()
    assert ring.people == ring.killings == 0
    assert not ring.inside.any()
    assert all(isnan(share) for share in (*ring.force, *ring.mission, ring.killings_share))


def test_no_ring_holds_the_place_itself_even_where_it_begins_at_nothing():
    prepared = make_basis(usual().area, method=default_method().edited({"proposals.ring_near_km": 0}))
    assert places(ring_of(prepared, CLOSED))[0] == 7.5


def test_a_move_is_watched_where_the_site_leaves_and_where_it_arrives():
    ring = ring_of(usual(), MoveSite("camp", **lonlat(197.5, 2.5)))
    assert [each.change for each in ring.places] == [SiteChange.LEAVES, SiteChange.ARRIVES]
    assert places(ring) == [*FROM_30_TO_80, *(117.5 + 5 * number for number in range(11))]


def test_rings_that_overlap_count_nobody_twice():
    ring = ring_of(usual(), CLOSED, opened(12.5))
    assert [each.people for each in ring.places] == [11 * PEOPLE, 11 * PEOPLE]
    assert ring.people == 13 * PEOPLE, "from 32.5 to 92.5 km"


def test_a_site_of_some_months_is_watched_in_these():
    ring = ring_of(usual(), opened(2.5, months=months_mask("11-12")))
    assert ring.places[0].months == (11, 12)
    assert [month for month in range(1, 13) if places(ring, month)] == [11, 12]
    assert ring.people == 11 * PEOPLE


def test_a_site_closed_in_some_months_is_watched_in_these():
    ring = ring_of(usual(), CloseSite("camp", months_mask("6-9")))
    assert [(each.change, each.months) for each in ring.places] == [(SiteChange.CLOSES, (6, 7, 8, 9))]


def test_a_closed_road_moves_no_ring():
    assert (ring_of(usual(), CLOSED, CloseRoad("main")).inside == ring_of(usual(), CLOSED).inside).all()


def banks(*roads, site=(72.5, 2.5)):
    """
    Two rows of cells with a river between that nobody fords; bridges where asked for.

    row y = 7.5
    ~~~~~~~~~~~~~~~~~~~~~~~~ river, y = 5
    row y = 2.5  (site)
    """
    return make_basis(
        make_area(
            size=(0, 0, 100, 10),
            sites=make_sites({"camp": site}),
            assets=make_assets({"camp": {"infantry_company": 1}}),
            rivers=make_rivers({"river": [(-1, 5), (101, 5)]}, navigable=""),
            roads=make_roads(
                {f"bridge{x}": [(x, 2.5), (x, 7.5)] for x in roads},
                crossing={f"bridge{x}": "bridge" for x in roads},
            ),
            people=PEOPLE,
        )
    )


def test_the_way_leads_over_the_bridge_and_not_across_the_river():
    """To the bridge are 25 km, over it 5: the cell behind it is 30 km away, by a straight line 25.5."""
    prepared = banks(97.5)
    ring = ring_of(prepared, CLOSED)
    across = [x for x in np.arange(2.5, 100, 5) if ring.inside[0, cell_of(prepared.area, x, 7.5)]]
    assert across == [x for x in np.arange(2.5, 100, 5) if 47.5 <= x <= 97.5]
    assert ring.places[0].stranded == 0


def test_without_a_bridge_the_ring_is_what_remains_and_it_is_said():
    prepared = banks()
    ring = ring_of(prepared, CLOSED)
    assert not any(ring.inside[0, cell_of(prepared.area, x, 7.5)] for x in np.arange(2.5, 100, 5))
    # All of the other bank lies within 80 km: twenty cells.
    assert ring.places[0].stranded == 20 * PEOPLE
    assert ring.people == 9 * PEOPLE, "42.5 to 2.5 km: 30 to 70 km away, nine cells; none to the east"


def test_of_people_nobody_knows_the_ring_says_so():
    area = usual().area
    population = replace(area.population, people=np.full(area.grid.n_cells, np.nan))
    ring = ring_of(make_basis(replace(area, population=population)), CLOSED)
    assert isnan(ring.people)
    assert isnan(ring.places[0].people)
    assert all(isnan(each.people) for each in ring.units)


HALVES = {"west": (0, 0, 50, 5), "east": (50, 0, 200, 5)}


def test_units_of_the_ring_are_named_most_people_first():
    prepared = street(districts=make_units(HALVES, dict.fromkeys(HALVES, "region")))
    ring = ring_of(prepared, CLOSED)
    # West of 50 km lie 32.5 to 47.5, east 52.5 to 82.5.
    assert [(each.unit_id, each.people) for each in ring.units] == [
        ("east", 7 * PEOPLE),
        ("west", 4 * PEOPLE),
    ]


def killed(x_km, day, **more):
    return {
        "at": (x_km, 2.5),
        "date": day and np.datetime64(day),
        "year": int(day[:4]),
        "deaths_civilians": 1.0,
        **more,
    }


def test_killings_of_the_last_two_years_count_where_and_when_there_is_a_ring():
    rows = [
        killed(52.5, "2019-06-30"),
        killed(52.5, "2017-07-01"),
        killed(12.5, "2018-12-05"),
        killed(52.5, "2017-06-30"),
        killed(52.5, "2018-12-05", deaths_civilians=0.0),
        killed(52.5, "2018-12-05", geo_precision=3),
        killed(52.5, "2018-12-05", deaths_civilians=float("nan")),
    ]
    prepared = street(incidents=make_incidents(rows))
    ring = ring_of(prepared, CLOSED)
    assert (ring.first.isoformat(), ring.last.isoformat()) == ("2017-07-01", "2019-06-30")
    assert (ring.killings, ring.killings_all) == (2, 3)
    assert ring.killings_share == pytest.approx(2 / 3)
    assert (ring.left_out, ring.unstated) == (1, 1)
    winter = ring_of(prepared, CloseSite("camp", months_mask("12")))
    assert (winter.killings, winter.killings_all, winter.killings_share) == (0, 1, 0)


def test_a_killing_known_by_its_year_counts_for_a_twelfth_in_each_month():
    rows = [
        killed(52.5, "2018-01-01", date_precision="year"),
        killed(52.5, "2019-01-01", date_precision="year"),
    ]
    prepared = street(incidents=make_incidents(rows))
    whole = ring_of(prepared, CLOSED)
    assert (whole.killings, whole.by_year) == (pytest.approx(1), 1)
    assert whole.left_out == 1, "of 2019 nobody knows whether it was before the frame date"
    months = ring_of(prepared, CloseSite("camp", months_mask("11-12")))
    assert (months.killings, months.killings_all) == (pytest.approx(2 / 12), pytest.approx(2 / 12))


def test_footprints_of_the_ring_are_means_over_its_people_and_months():
    prepared = usual()
    before, after = (review(prepared, plan, measure=Measure.PEOPLE) for plan in (TODAY, TODAY.then(CLOSED)))
    ring = watch_ring(prepared, router_of(prepared), before, after, measure=Measure.PEOPLE)
    cells = ring.inside[0]
    by_hand = np.mean(
        [level_of(before.delivery, Indicator.FORCE, month)[cells].mean() for month in range(1, 13)]
    )
    assert ring.force == (pytest.approx(by_hand, abs=1e-6), 0)
    assert ring.force[0] > 0
    assert all(isnan(share) for share in ring.mission), "the data name no team"


def test_the_ring_says_nothing_else_than_its_parts():
    """One place's ring never exceeds the whole, and the whole never their sum."""
    prepared = usual()
    for x_km in (2.5, 52.5, 102.5, 197.5):
        ring = ring_of(prepared, CLOSED, opened(x_km))
        own = [each.people for each in ring.places]
        assert max(own) <= ring.people <= sum(own)
        assert ring.people == sum(each.people for each in ring.units)


def test_kilometres_equal_those_of_another_program():
    """
    Lattice, road and links drawn anew from their description, searched by networkx.

    A road runs slantwise over a river, which it fords; nobody crosses it elsewhere.
    """
    river, road = LineString([(76, -1), (76, 61)]), [(12.5, 12.5), (132.5, 47.5)]
    prepared = make_basis(
        make_area(
            size=(0, 0, 150, 60),
            sites=make_sites({"camp": road[0]}),
            assets=make_assets({"camp": {"infantry_company": 1}}),
            rivers=make_rivers({"river": list(river.coords)}, navigable=""),
            roads=make_roads({"main": road}),
        )
    )
    router = router_of(prepared)
    post = review(prepared, TODAY).stations[0]
    found = path_km(router, post.connector, 80.0)
    graph = nx.Graph()
    centres = [(x, y) for x in np.arange(2.5, 150, 5) for y in np.arange(2.5, 60, 5)]
    steps = [(a, b) for a, b in product(range(-2, 3), repeat=2) if max(abs(a), abs(b)) == 1]
    steps += [(a, b) for a, b in product(range(-2, 3), repeat=2) if {abs(a), abs(b)} == {1, 2}]

    def join(one, two):
        graph.add_edge(one, two, weight=hypot(one[-2] - two[-2], one[-1] - two[-1]))

    known = set(centres)
    for x, y in centres:
        for a, b in steps:
            other = (x + 5 * a, y + 5 * b)
            if other in known and not LineString([(x, y), other]).intersects(river):
                join((x, y), other)
    pieces = ceil(LineString(road).length / 2.5)
    nodes = [tuple(np.array(road[0]) + (np.array(road[1]) - road[0]) * n / pieces) for n in range(pieces + 1)]
    for one, two in pairwise(nodes):
        join(("road", *one), ("road", *two))
    for x, y in nodes:
        corners = product(
            *({2.5 + 5 * np.floor((v - 2.5) / 5), 2.5 + 5 * np.ceil((v - 2.5) / 5)} for v in (x, y))
        )
        for centre in corners:
            if centre in known and not LineString([(x, y), centre]).intersects(river):
                join(("road", x, y), centre)
    ways = nx.single_source_dijkstra_path_length(graph, ("road", *nodes[0]), cutoff=80.0 + 1e-3)
    expected = np.array([ways.get(centre, np.inf) for centre in centres])
    cells = [cell_of(prepared.area, x, y) for x, y in centres]
    assert np.isfinite(expected).sum() > 100
    assert (np.isfinite(found[cells]) == np.isfinite(expected)).all()
    near = np.isfinite(expected)
    assert found[cells][near] == pytest.approx(expected[near], abs=2e-3)


def test_closing_diabaly_is_watched_in_niono_and_macina():
    """The bundled case; its people and incidents are invented."""
    ring = ring_of(bundled_prepared(), CloseSite("diabaly"))
    assert [each.name for each in ring.units] == ["Niono", "Macina", "Ténenkou", "Nara"]
    assert ring.people == pytest.approx(439_000, rel=0.01)
    assert (ring.killings, ring.killings_all) == (3, 257)


def test_of_published_data_the_ring_round_koro_held_a_seventh_of_the_killings(real_folder):
    """Of 2018, the one whole year of the last 24 months: Mali's published incidents have no months."""
    prepared = prepared_at(real_folder)
    ring = ring_of(
        prepared, OpenSite("koro", "Koro", lon=-3.083, lat=14.067), AddAssets("koro", "infantry_company")
    )
    assert [each.name for each in ring.units] == ["Bandiagara", "Bankass", "Koro"]
    assert ring.people == pytest.approx(549_000, rel=0.01)
    assert (ring.killings, ring.killings_all) == (pytest.approx(9), pytest.approx(62))
    assert ring.force[1] > ring.force[0] > 0.03
    assert isnan(ring.mission[0]), "no source names civilian teams"
    diabaly = ring_of(prepared, CloseSite("diabaly"))
    assert diabaly.units[0].name == "Niono"
    assert diabaly.force[1] < diabaly.force[0] / 3
