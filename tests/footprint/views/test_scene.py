"""One scene for every map: what it says of itself, what lies on it, and how precisely."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from shapely import box

from footprint.disclosure import Precision
from footprint.language import Language
from footprint.prepared import Prepared
from footprint.releases.terms import Marking, Release
from footprint.review import Review
from footprint.scenario import CloseSite, OpenSite, Scenario
from footprint.views.maps import CellLayer, MapContent, SiteState
from footprint.views.palette import Legend, Picture
from footprint.views.raster import Bounds, MercatorFrame
from footprint.views.scene import FLOOD, INCIDENTS, Stage, boundary_notice, layer, scene
from layers.sites import SiteKind
from layers.tables import WGS84
from tests.worlds import bundled_prepared, review

EN = Language("en")
WHERE = Bounds(-12.0, 10.0, 4.0, 25.0)
PICTURE = Picture(np.zeros(4, np.uint8), ((0, 0, 0, 255),), Legend("What is shown"))
CELLS = (CellLayer(b"", WHERE),)


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return bundled_prepared()


@pytest.fixture(scope="module")
def reviewed(prepared: Prepared) -> Review:
    opened = OpenSite("p1", "Camp", -3.61237, 14.48763, SiteKind.TOB)
    return review(prepared, Scenario("s", (opened, CloseSite("gao"))))


def drawn(prepared: Prepared, reviewed: Review, **stage: object) -> MapContent:
    return scene(prepared, reviewed, CELLS, PICTURE, Stage(month=10, label="Map", **stage), EN)


@pytest.mark.slow
def test_every_map_says_what_is_invented_and_what_boundaries_do_not_mean(prepared, reviewed):
    content = drawn(prepared, reviewed)
    assert content.ribbon == "Some data are invented"
    assert content.notice == boundary_notice(prepared.area, EN)
    assert content.legend == PICTURE.legend


def test_nothing_is_called_invented_where_nothing_is(prepared, reviewed):
    sound = replace(prepared, area=replace(prepared.area, invented=False))
    assert drawn(sound, reviewed).ribbon == ""


def test_sites_stand_as_the_scenario_leaves_them(prepared, reviewed):
    states = {site.site_id: site.state for site in drawn(prepared, reviewed).sites}
    assert states["p1"] is SiteState.PROPOSED
    assert states["gao"] is SiteState.CLOSING
    assert states["kidal"] is SiteState.EXISTING


def test_only_what_was_asked_for_lies_over_the_cells(prepared, reviewed):
    bare, full = drawn(prepared, reviewed), drawn(prepared, reviewed, over=(INCIDENTS, FLOOD))
    assert (bare.dots, bare.flood_month) == ((), None)
    assert full.dots
    assert full.flood_month == 10


def terms(precision: Precision) -> Release:
    return Release("briefing", "leadership", "chief of plans", Marking.CONFIDENTIAL, precision)


@pytest.mark.parametrize(("precision", "step"), [(Precision.PUBLIC, 0.1), (Precision.INTERNAL, 0.01)])
@pytest.mark.slow
def test_nothing_on_a_map_is_finer_than_its_precision(prepared, reviewed, precision, step):
    content = drawn(prepared, reviewed, over=(INCIDENTS,), release=terms(precision))
    # A planned one stands at its unit's label where it is called by its unit.
    standing = [
        each for each in content.sites if precision is not Precision.PUBLIC or each.state != "proposed"
    ]
    places = [(each.lon, each.lat) for each in (*standing, *content.dots)]
    assert np.allclose(np.array(places) / step, np.round(np.array(places) / step), atol=1e-4)
    if precision is Precision.PUBLIC:
        assert min(dot.count for dot in content.dots) >= 3


@pytest.mark.slow
def test_a_strict_map_knows_units_and_no_places(prepared, reviewed):
    content = drawn(prepared, reviewed, over=(INCIDENTS,), release=terms(Precision.STRICT))
    labels = prepared.area.districts.geometry.representative_point().to_crs(WGS84)
    allowed = np.column_stack([labels.x, labels.y])
    for each in (*content.sites, *content.dots):
        assert np.abs(allowed - (each.lon, each.lat)).max(axis=1).min() < 1e-5
    assert all(" site in " in f" {site.name}".lower() for site in content.sites)
    assert not {site.site_id for site in content.sites} & set(prepared.area.sites.index)


def test_a_public_map_calls_a_proposed_site_by_its_unit_and_the_others_by_name(prepared, reviewed):
    content = drawn(prepared, reviewed, release=terms(Precision.PUBLIC))
    names = {site.state: site.name for site in content.sites}
    assert names[SiteState.PROPOSED] == "Proposed site in Bandiagara"
    assert "p1" not in {site.site_id for site in content.sites}


def test_a_public_map_shows_what_a_plan_closes_as_it_stands_today(prepared, reviewed):
    """Gao is the one site of its unit: called by that, or left out, it would be known."""
    sites = {site.site_id: site for site in drawn(prepared, reviewed, release=terms(Precision.PUBLIC)).sites}
    assert (sites["gao"].name, sites["gao"].state) == ("Gao", SiteState.EXISTING)
    assert {site.state for site in sites.values()} == {SiteState.EXISTING, SiteState.PROPOSED}


def test_a_focus_is_outlined_and_looked_at_unless_other_units_are(prepared, reviewed):
    name, units = prepared.area.focus[0]
    content = drawn(prepared, reviewed, focus=name)
    assert content.focus == units
    assert content.view is not None
    assert drawn(prepared, reviewed, focus=name, outlined=("X",)).focus == ("X",)
    assert drawn(prepared, reviewed).view is None


def test_a_layer_lies_where_its_frame_does():
    frame = MercatorFrame(WHERE, np.arange(4, dtype=np.int32).reshape(2, 2), 4)
    painted = layer(frame, PICTURE)
    assert painted.bounds == WHERE
    assert painted.png.startswith(b"\x89PNG")


def test_the_notice_of_another_outline_says_on_which_side_disputed_areas_lie(prepared):
    ground = gpd.GeoDataFrame({"geometry": [box(30.0, 4.0, 36.0, 9.0)]}, crs="EPSG:4326")
    area = replace(prepared.area, disclaimers={"en": "Lines are approximate."}, country=ground)
    assert boundary_notice(area, EN) == (
        "Lines are approximate. Inside this outline: the Ilemi triangle. Outside this outline: Abyei."
    )


def test_the_notice_of_an_area_far_from_disputed_ones_is_its_own_alone(prepared):
    area = replace(prepared.area, disclaimers={"en": "Lines are approximate."})
    assert boundary_notice(area, EN) == "Lines are approximate."
