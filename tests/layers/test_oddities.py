"""What is odd in layers and ledger is named, with its figure, and stands beside every document."""

from __future__ import annotations

import hashlib
import json
import shutil

import geopandas as gpd
import numpy as np
import pytest
from shapely import box
from typer.testing import CliRunner

from footprint.caveats import ODDITIES, of_the_files
from footprint.cli.main import app
from footprint.language import Language
from footprint.travel.roads import JOIN_TOLERANCE_M, road_network
from layers import load_area
from layers.inside import mostly_outside
from layers.oddities import (
    JOINED_M,
    Oddity,
    OddityKind,
    joined,
    lengths_that_disagree,
    river_gaps,
    road_gaps,
    unit_oddities,
)
from tests.layers.square import HEAD, Folder
from tests.layers.test_cases import CASES
from tests.worlds import METRES, make_rivers, make_roads

NO_LAKES = gpd.GeoDataFrame({"name": []}, geometry=[], crs=METRES)


def test_a_gap_between_road_ends_has_both_names_and_its_distance():
    roads = make_roads({"west": [(0, 0), (10, 0)], "east": [(10.065, 0), (20, 0)]})
    assert road_gaps(roads) == ("RN [east] – RN [west] (65 m)",)


@pytest.mark.parametrize("gap_km", [0, 0.005, 0.01, 0.201])
def test_ends_that_join_anyway_or_are_far_apart_are_no_gap(gap_km):
    assert road_gaps(make_roads({"west": [(0, 0), (10, 0)], "east": [(10 + gap_km, 0), (20, 0)]})) == ()


def test_an_end_near_the_middle_of_a_road_is_a_gap_too():
    roads = make_roads({"long": [(0, 0), (20, 0)], "side": [(10, 0.1), (10, 9)]})
    assert road_gaps(roads) == ("RN [long] – RN [side] (100 m)",)


def test_what_is_no_gap_here_is_what_the_network_joins():
    assert JOINED_M == JOIN_TOLERANCE_M


@pytest.mark.parametrize("side", [[(10.065, 0), (20, 0)], [(20, 0), (10.065, 0)], [(10, 0.065), (10, 9)]])
def test_a_gap_is_joined_on_request_and_makes_one_network(side):
    roads = make_roads(
        {"west": [(0, 0), (10, 0), (10.01, -3)] if side[0][0] == 10 else [(0, 0), (10, 0)], "side": side}
    )
    assert road_network(roads).audit.components == 2
    closed, (said,) = joined(roads, 100)
    assert road_network(closed).audit.components == 1
    assert said.kind is OddityKind.ROAD_JOINED
    assert said.names == ("RN [side] – RN [west] (65 m)",)
    assert road_gaps(closed) == ()


def test_nothing_is_joined_unasked_or_beyond_what_is_asked():
    roads = make_roads({"west": [(0, 0), (10, 0)], "east": [(10.065, 0), (20, 0)]})
    for within_m in (0, 60):
        same, said = joined(roads, within_m)
        assert same is roads
        assert said == ()


@pytest.mark.slow
def test_a_folder_asks_for_joining_in_metres(tmp_path):
    folder = Folder(tmp_path)
    folder.say("cell_km = 10", "cell_km = 10\njoin_roads_m = 500")
    (fault,) = folder.faults()
    assert fault.startswith("area.toml, column 'join_roads_m': gaps of 0 to 200 m can be joined")
    folder.say("cell_km = 10", "cell_km = 10\njoin_roads_m = 100")
    folder.add("roads.csv", 'r2,RN2,trunk,paved,good,none,false,true,,,,"LINESTRING (-4.5006 14, -4.9 14)"')
    area = load_area(folder.path)
    assert [each.names for each in area.oddities if each.kind is OddityKind.ROAD_JOINED] == [
        ("RN1 [r1] – RN2 [r2] (65 m)",)
    ]


def test_river_parts_with_loose_ends_near_each_other_are_named_but_not_at_a_lake_or_confluence():
    gap = make_rivers({"low": [(0, 0), (10, 0)], "high": [(12, 0), (20, 0)]})
    assert river_gaps(gap, NO_LAKES, 5000) == ("high – low (2000 m)",)
    assert river_gaps(gap, NO_LAKES, 1000) == ()
    lake = gpd.GeoDataFrame({"name": ["Lake"]}, geometry=[box(10_000, -2000, 12_000, 2000)], crs=METRES)
    assert river_gaps(gap, lake, 5000) == ()
    meeting = make_rivers({"low": [(0, 0), (10, 0)], "high": [(10, 0), (20, 0)], "side": [(10, 9), (10, 0)]})
    assert river_gaps(meeting, NO_LAKES, 5000) == ()
    assert river_gaps(gap.assign(barrier=False), NO_LAKES, 5000) == ()


@pytest.mark.parametrize(
    ("stated", "named"), [(9.9, False), (19, False), (21, True), (4.9, True), (np.nan, False)]
)
def test_a_stated_length_that_disagrees_more_than_twofold_is_named(stated, named):
    roads = make_roads({"r": [(0, 0), (10, 0)]}, length_km={"r": stated})
    assert lengths_that_disagree(roads) == ((f"RN [r] ({stated:.0f} km, 10 km)",) if named else ())


def test_roads_without_rows_have_no_gaps():
    assert road_gaps(make_roads({})) == ()
    assert river_gaps(make_rivers({}), NO_LAKES, 5000) == ()
    assert not len(joined(make_roads({}), 100)[0])


@pytest.mark.slow
def test_a_ledger_that_does_not_fit_stands_beside_every_document(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(CASES / "border_site", folder)
    good = hashlib.sha256((folder / "roads.geojson").read_bytes()).hexdigest()
    rows = [
        HEAD["sources.csv"],
        "sites.csv,sites,Sites,nobody,2019,CC0,yes,low,,0",
        f"roads.geojson,roads,Roads,nobody,2019,,yes,low,,{good}",
        "gone.csv,places,Places,nobody,2019,CC0,yes,low,,",
    ]
    (folder / "sources.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    said = {each.code: each.said(Language("en")) for each in of_the_files(load_area(folder))}
    assert said["checksum"] == "Changed since the ledger sources.csv was written: sites.csv."
    assert said["no_licence"] == "Without a licence in the ledger sources.csv: roads.geojson."
    assert said["ledger_without_file"] == "In the ledger sources.csv and not in the folder: gone.csv."
    assert "roads" not in said["no_source"]
    for command in ("review", "sites", "hotspots", "calendar"):
        answer = CliRunner().invoke(app, [command, str(folder), "--json"])
        codes = {each["code"] for each in json.loads(answer.stdout)["warnings"]}
        assert {"checksum", "no_licence"} <= codes, command


def test_every_oddity_has_its_words_in_both_languages():
    for kind in OddityKind:
        english, french = (Language(code).text(ODDITIES[kind], names="x") for code in ("en", "fr"))
        assert english != french


def test_a_unit_that_lies_mostly_outside_the_outline_is_named_with_its_share_inside():
    units = gpd.GeoDataFrame(
        {"name": ["In", "Half out", "Out"]},
        index=["i", "h", "o"],
        geometry=[box(0, 0, 10, 10), box(8, 0, 18, 10), box(20, 0, 30, 10)],
    )
    (odd,) = unit_oddities((units, mostly_outside(box(0, 0, 10, 10), units)))
    assert odd == Oddity(OddityKind.UNIT_OUTSIDE, ("Half out [h] (20 %)", "Out [o] (0 %)"))


def test_units_within_the_outline_are_not_odd():
    units = gpd.GeoDataFrame({"name": ["In"]}, index=["i"], geometry=[box(0, 0, 10, 10)])
    assert unit_oddities((units, mostly_outside(box(0, 0, 10, 10), units))) == ()
