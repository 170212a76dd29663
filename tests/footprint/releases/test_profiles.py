"""Nothing is shown more precisely than its profile allows, and nobody is told where a new site is by its name."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.disclosure import Precision, rounded
from footprint.language import Language
from footprint.releases.audit import FEWEST, audit
from footprint.releases.counts import CountOf, pieces_of, square, unit
from footprint.releases.profiles import (
    COUNTED,
    PRECISION_LABELS,
    KnownSite,
    SiteCourse,
    figure,
    incident_cells,
    is_called_by_unit,
    site_name,
    site_position,
    tells_cells,
    tells_weak_points,
    weak_points_words,
)
from footprint.releases.terms import Marking, Release
from tests.footprint.releases.worlds import area_with
from tests.worlds import lonlat, make_incidents

EN, FR = Language("en"), Language("fr")
PLANNED = [SiteCourse.PROPOSED, SiteCourse.CLOSING, SiteCourse.MOVED]
NEAR = KnownSite("near Old Town", **lonlat(13, 72), course=SiteCourse.PROPOSED)
AREA = area_with({("nw", 2018): 4})


@pytest.mark.parametrize(
    ("precision", "step"), [(Precision.PUBLIC, 0.1), (Precision.INTERNAL, 0.01), (Precision.RESTRICTED, 1e-5)]
)
def test_a_site_stands_in_the_middle_of_its_square(precision, step):
    lon, lat = site_position(AREA, replace(NEAR, course=SiteCourse.STAYS), precision, Marking.CONFIDENTIAL)
    assert abs(lon - NEAR.lon) <= step / 2 + 1e-9
    assert abs(lat - NEAR.lat) <= step / 2 + 1e-9
    assert (lon, lat) == rounded(NEAR.lon, NEAR.lat, precision)


def test_under_strict_every_site_of_a_unit_stands_at_the_same_point_inside_it():
    places = [lonlat(x, y) for x, y in ((1, 51), (49, 99), (13, 72))]
    points = {
        site_position(AREA, replace(NEAR, **place), Precision.STRICT, Marking.CONFIDENTIAL)
        for place in places
    }
    assert len(points) == 1
    (point,) = points
    assert lonlat(0, 50)["lon"] < point[0] < lonlat(50, 50)["lon"]


@pytest.mark.parametrize("precision", list(Precision))
@pytest.mark.parametrize("marking", list(Marking))
@pytest.mark.parametrize("course", list(SiteCourse))
@pytest.mark.slow
def test_what_is_called_by_its_unit_alone_stands_where_that_units_name_would(course, precision, marking):
    label = site_position(AREA, NEAR, Precision.STRICT, Marking.CONFIDENTIAL)
    stands = site_position(AREA, replace(NEAR, course=course), precision, marking)
    assert (stands == label) == is_called_by_unit(course, precision, marking)


@pytest.mark.parametrize("precision", list(Precision))
@pytest.mark.parametrize("marking", list(Marking))
def test_weak_points_are_told_only_exactly_and_under_the_strictest_marking(precision, marking):
    terms = Release("p", "a", "r", marking, precision)
    best = precision is Precision.RESTRICTED and marking is Marking.STRICTLY_CONFIDENTIAL
    assert tells_weak_points(terms) == best
    assert (weak_points_words(terms, EN) == "") == best


def test_a_site_outside_every_unit_is_given_to_the_nearest():
    outside = replace(NEAR, **lonlat(-3, 72))
    found = {site_position(AREA, each, Precision.STRICT, Marking.CONFIDENTIAL) for each in (outside, NEAR)}
    assert len(found) == 1


@pytest.mark.parametrize("course", PLANNED)
@pytest.mark.parametrize("precision", [Precision.STRICT, Precision.PUBLIC])
def test_a_planned_site_is_called_by_its_unit_in_both_languages(course, precision):
    name = site_name(AREA, replace(NEAR, course=course), precision, Marking.STRICTLY_CONFIDENTIAL)
    assert "Old Town" not in name.said(EN) + name.said(FR)
    assert name.said(EN).endswith("in Nw")
    assert name.said(FR).endswith("dans l’unité Nw")


@pytest.mark.parametrize("course", PLANNED)
@pytest.mark.parametrize("precision", [Precision.INTERNAL, Precision.RESTRICTED])
def test_inside_a_planned_site_is_called_by_name_where_the_marking_permits(course, precision):
    site = replace(NEAR, course=course)
    assert site_name(AREA, site, precision, Marking.CONFIDENTIAL) == "near Old Town"
    assert "Old Town" not in site_name(AREA, site, precision, Marking.UNCLASSIFIED)


def test_a_site_that_stays_is_called_by_name_but_under_strict():
    site = replace(NEAR, name="Camp", course=SiteCourse.STAYS)
    names = {each: site_name(AREA, site, each, Marking.UNCLASSIFIED) for each in Precision}
    assert names.pop(Precision.STRICT).said(EN) == "Site in Nw"
    assert set(names.values()) == {"Camp"}


def test_a_coarser_profile_never_tells_a_name_that_a_finer_one_hides():
    order = [Precision.STRICT, Precision.PUBLIC, Precision.INTERNAL, Precision.RESTRICTED]
    for course in SiteCourse:
        for marking in Marking:
            hidden = [is_called_by_unit(course, precision, marking) for precision in order]
            assert hidden == sorted(hidden, reverse=True)


def with_incidents(rows):
    return replace(AREA, incidents=make_incidents(rows))


def test_under_public_squares_of_fewer_than_three_are_not_shown():
    lon, lat = lonlat(70, 80).values()
    crowd = [{"at": (70, 80)}] * 9 + [{"at": (20, 20)}] * 9
    shown = incident_cells(with_incidents([*crowd, {"at": (90, 60)}, {"at": (10, 90)}]), Precision.PUBLIC)
    assert {(x, y) for x, y, _ in shown.points} <= {rounded(lon, lat, Precision.PUBLIC), *_square(20, 20)}
    assert all(number >= FEWEST for *_, number in shown.points)
    # Two others: their number would narrow them to two, so it is not told.
    assert shown.withheld is None


def _square(x, y):
    return [rounded(*lonlat(x, y).values(), Precision.PUBLIC)]


def test_what_is_not_shown_is_counted_where_it_may_be():
    rows = [{"at": (70, 80)}] * 9 + [{"at": (x, 20)} for x in (5, 20, 35, 45)]
    shown = incident_cells(with_incidents(rows), Precision.PUBLIC)
    assert [number for *_, number in shown.points] == [9]
    assert shown.withheld == 4


@pytest.mark.slow
def test_under_strict_incidents_are_counts_of_units_at_their_label_points():
    area = area_with({("nw", 2018): 9, ("ne", 2018): 1, ("sw", 2018): 7, ("se", 2018): 2})
    shown = incident_cells(area, Precision.STRICT)
    labels = {
        site_position(area, replace(NEAR, **lonlat(x, y)), Precision.STRICT, Marking.CONFIDENTIAL)
        for x, y in ((25, 75), (25, 25))
    }
    assert {(lon, lat) for lon, lat, _ in shown.points} == labels
    assert sorted(number for *_, number in shown.points) == [7, 9]


@pytest.mark.parametrize("precision", [Precision.INTERNAL, Precision.RESTRICTED])
def test_inside_every_placed_incident_is_shown_and_nothing_is_logged_as_told(precision):
    shown = incident_cells(with_incidents([{"at": (10, 10)}, {"at": (90, 90)}]), precision)
    assert [number for *_, number in shown.points] == [1, 1]
    assert (shown.withheld, shown.counts) == (0, ())


@pytest.mark.parametrize("precision", list(Precision))
@pytest.mark.slow
def test_incidents_known_only_by_their_unit_are_never_drawn_as_points(precision):
    vague = [{"at": (10, 10), "geo_precision": level} for level in (3, 4, 5, 6)]
    shown = incident_cells(with_incidents(vague), precision)
    assert shown.points == ()
    # One of the four is known by its unit: whoever knows of the others must not work it out from their sum.
    assert shown.withheld == (None if precision in COUNTED else 4)


@pytest.mark.parametrize("precision", list(Precision))
def test_where_nothing_happened_nothing_is_shown(precision):
    assert incident_cells(with_incidents([]), precision).points == ()


def test_a_strict_map_after_a_public_one_gives_nothing_away():
    """Nine in one square of a unit and one elsewhere in it: the unit's ten would say so."""
    rows = [{"at": (20, 20)}] * 9 + [{"at": (40, 40)}] + [{"at": (70, 80)}] * 5
    area = with_incidents(rows)
    public = incident_cells(area, Precision.PUBLIC)
    strict = incident_cells(area, Precision.STRICT, public.counts)
    held = [*public.counts, *strict.counts]
    years = held[0].of.first, held[0].of.last
    lone = CountOf(square(*lonlat(40, 40).values()), *years)
    (bounds,) = audit(pieces_of(area, [lone, *(each.of for each in held)]), held, [lone])
    assert bounds.most - bounds.least >= 3
    assert CountOf(unit("sw"), *years) not in {each.of for each in strict.counts}


@given(st.floats(0, 1), st.sampled_from(list(Precision)))
def test_a_figure_is_off_by_half_a_step_at_most(share, precision):
    step = {Precision.INTERNAL: 0.001, Precision.RESTRICTED: 0.0}.get(precision, 0.01)
    assert abs(figure(share, precision) - share) <= step / 2 + 1e-9


@pytest.mark.parametrize("precision", list(Precision))
def test_not_known_stays_not_known_and_unreachable_unreachable(precision):
    assert math.isnan(figure(float("nan"), precision))
    assert figure(float("inf"), precision) == float("inf")


def test_people_are_told_by_the_thousand_the_hundred_or_as_reckoned():
    told = [figure(12_345.0, precision, people=True) for precision in Precision]
    assert np.array_equal(told, [12_000, 12_000, 12_300, 12_345])


def test_profiles_go_from_the_coarsest_to_the_exact_and_each_has_words():
    assert [str(each) for each in Precision] == ["strict", "public", "internal", "restricted"]
    assert list(PRECISION_LABELS) == list(Precision)
    assert {each for each in Precision if tells_cells(each)} == set(Precision) - COUNTED
