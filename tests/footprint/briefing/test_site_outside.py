"""A site a little outside the outline is taken at the nearest cell: nothing that lists sites loses it."""

from __future__ import annotations

import csv
import io
import json
from functools import cache

import pytest
from shapely import Point

from footprint.briefing.brief import Brief
from footprint.briefing.content.parts import TextTable
from footprint.briefing.content.region import region
from footprint.briefing.content.telling import Telling
from footprint.briefing.files.set import files_of
from footprint.briefing.files.sites import told_sites
from footprint.briefing.living.frame import frame_of
from footprint.briefing.living.marks import sites_json
from footprint.briefing.make import focus_named
from footprint.briefing.sheets.extent import extent_of
from footprint.briefing.sheets.paper import Box
from footprint.disclosure import Precision
from footprint.indicators.outlines import nearest_unit, unit_of_site
from footprint.options.suggest import suggested
from footprint.prepared import Prepared
from tests import kept
from tests.briefs import at, brief_of
from tests.edge_worlds import lean
from tests.worlds import make_units

pytestmark = pytest.mark.slow

CODE = "AAAAA-AAAAA-A"
BOTH = {"Edge", "Mill"}


def prepared() -> Prepared:
    """Return two units with a camp each, that of the east two kilometres beyond its outer limit."""
    return kept.prepared_at(kept.folder_once("lean", lean))


@cache
def told(focus: str = "", precision: Precision = Precision.INTERNAL) -> Brief:
    return brief_of(prepared(), focus=focus_named(prepared().area, focus), release=at(precision))


def listed(brief: Brief) -> dict[str, str]:
    """Return the unit of each site in the table of report and slides."""
    table = region(Telling(brief, None)).blocks[-1]
    assert isinstance(table, TextTable)
    return {row[0]: row[2] for row in table.rows}


@pytest.mark.parametrize(
    ("focus", "sites"),
    [("", {"Edge": "East", "Mill": "West"}), ("East", {"Edge": "East"}), ("West", {"Mill": "West"})],
)
def test_report_and_slides_list_it_in_the_nearest_unit(focus, sites):
    assert listed(told(focus)) == sites


def test_where_sites_are_not_named_it_is_counted_in_its_unit():
    assert listed(told(precision=Precision.STRICT)) == {"Site in East": "East", "Site in West": "West"}


@pytest.mark.parametrize("precision", [Precision.PUBLIC, Precision.INTERNAL, Precision.RESTRICTED])
def test_tables_and_maps_of_the_files_hold_it(precision):
    made = {
        each.suffix: each.make(CODE) for each in files_of(told(precision=precision)) if "sites" in each.suffix
    }
    rows = csv.DictReader(io.StringIO(made["sites.csv"].decode("utf-8-sig")))
    features = json.loads(made["sites.geojson"])["features"]
    assert {row["name"] for row in rows} == {each["properties"]["name"] for each in features} == BOTH


def test_the_living_map_and_the_sheet_show_it():
    brief, frame = told(), frame_of(prepared(), "", Precision.INTERNAL)
    assert {each["name"] for each in sites_json(brief, (), frame)} == BOTH
    point = prepared().area.sites.at["edge", "geometry"]
    assert extent_of(prepared(), "", Box(0, 0, 200, 150)).shows(point.x, point.y)


def test_every_site_of_the_area_is_told_of_and_may_be_chosen():
    assert {each.name for each in told_sites(told())} == BOTH
    assert {"edge", "mill"} <= {each.place for each in suggested(prepared(), 2).choices}


def test_a_click_on_it_is_one_on_its_unit():
    assert unit_of_site(prepared().area, "edge") == "east"


def test_a_point_on_a_limit_or_between_units_lies_in_the_first_of_the_nearest():
    units = make_units({"b": (0, 0, 10, 10), "a": (10, 0, 20, 10), "c": (24, 0, 30, 10)})
    nearest = [nearest_unit(units, Point(1000 * x, 5000)) for x in (10, 21, 23, 40)]
    assert nearest == ["a", "a", "c", "c"]
