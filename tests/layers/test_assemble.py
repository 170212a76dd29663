"""Assembling an area folder: the network, the zones, the places, and the whole from real files."""

from __future__ import annotations

import hashlib
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pyproj import CRS
from shapely import LineString, Point, box

from layers import LayerError, load_area
from layers.assemble import assemble
from layers.assemble.catalogue import read_catalogue
from layers.assemble.floods import Zone, flood_zones
from layers.assemble.network import clipped, merge_networks, snapped_ends
from layers.assemble.settlements import all_places, labelled_places
from layers.formats.reading import Reading
from layers.oddities import OddityKind
from tests.worlds import CATALOGUES

CRS_M = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")
FRAME = date(2019, 6, 30)
WORLD = box(-1e6, -1e6, 1e6, 1e6)


def roads(**lines):
    """Return roads by name, each a list of points in kilometres, with stated lengths as drawn."""
    shapes = [LineString([(1000 * x, 1000 * y) for x, y in points]) for points in lines.values()]
    length_km = [shape.length / 1000 for shape in shapes]
    columns = {"road_id": list(lines), "length_km": length_km, "stated_min": [2 * km for km in length_km]}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS_M)


def ends(frame, road_id):
    coordinates = frame.set_index("road_id").geometry[road_id].coords
    return coordinates[0], coordinates[-1]


def test_ends_that_nearly_meet_become_one_point():
    snapped = snapped_ends(roads(a=[(0, 0), (50, 0)], b=[(50.3, 0), (90, 0)], c=[(50, 0.8), (50, 40)]))
    assert ends(snapped, "a")[1] == ends(snapped, "b")[0]
    assert ends(snapped, "c")[0] == (50_000, 800)


def test_roads_are_cut_at_the_edge_with_length_and_time_in_proportion():
    parts = clipped(roads(a=[(0, 0), (100, 0)]), box(0, -1000, 25_000, 1000))
    assert parts[["length_km", "stated_min"]].iloc[0].tolist() == pytest.approx([25, 50])


def test_a_road_that_leaves_and_comes_back_is_two_roads():
    parts = clipped(roads(a=[(0, 0), (50, 0), (50, 50), (0, 50)]), box(-1, -1, 40_000, 60_000))
    assert parts["road_id"].tolist() == ["a", "a-2"]


def test_roads_of_which_nothing_lies_in_the_area_are_counted():
    base = roads(kept=[(0, 0), (60, 0)], gone=[(200, 0), (260, 0)], brief=[(99.8, 5), (150, 5)])
    merged = merge_networks(base, [roads(other=[(300, 0), (360, 0)])], box(-1000, -1000, 100_000, 60_000))
    assert (list(merged.roads["road_id"]), merged.outside, merged.cut) == (["kept"], 3, 0)
    crossing = merge_networks(roads(kept=[(0, 0), (160, 0)]), [], box(-1000, -1000, 100_000, 60_000))
    assert (len(crossing.roads), crossing.outside, crossing.cut) == (1, 0, 1)


def test_streets_that_are_joined_already_stay_where_they_are_when_other_networks_fill_them():
    streets = roads(a=[(0, 0), (0.1, 0)], b=[(0.3, 0), (0.4, 0)])
    merged = merge_networks(streets, [roads(far=[(0, 0), (0, 50)])], WORLD, drawn=True)
    kept = merged.roads.set_index("road_id").loc[["a", "b"]]
    assert kept.geometry.to_wkt().tolist() == streets.geometry.to_wkt().tolist()
    assert (merged.added, merged.stubs) == (1, 0)


def test_an_extra_road_fills_a_gap_and_is_joined_to_the_network():
    base = roads(base=[(0, 0), (100, 0)])
    merged = merge_networks(base, [roads(spur=[(98, 4), (98, 80)])], WORLD)
    assert merged.added == 1
    assert ends(merged.roads, "spur")[0] == (100_000, 0)


def test_an_extra_road_that_ends_along_a_base_road_cuts_it_there():
    merged = merge_networks(roads(base=[(0, 0), (100, 0)]), [roads(spur=[(50, 3), (50, 80)])], WORLD)
    assert merged.roads["road_id"].tolist() == ["base", "base-2", "spur"]
    assert merged.roads["length_km"].tolist() == pytest.approx([50, 50, 80])
    assert ends(merged.roads, "spur")[0] == ends(merged.roads, "base")[1]


def test_a_parallel_drawing_of_a_base_road_is_left_out():
    merged = merge_networks(roads(base=[(0, 0), (100, 0)]), [roads(near=[(0, 5), (100, 5)])], WORLD)
    assert (merged.added, merged.near, merged.detour) == (0, 1, 0)


def test_a_straight_edge_whose_ends_the_base_joins_by_a_bend_is_left_out():
    base = roads(base=[(0, 0), (50, 40), (100, 0)])
    merged = merge_networks(base, [roads(chord=[(0, 0), (100, 0)])], WORLD)
    assert (merged.added, merged.near, merged.detour) == (0, 0, 1)


def test_pieces_cut_off_at_the_border_are_left_out_and_counted():
    base = roads(main=[(0, 0), (60, 0)], stub=[(0, 90), (8, 90)])
    merged = merge_networks(base, [roads(far=[(0, 5), (60, 5)])], WORLD)
    assert merged.roads["road_id"].tolist() == ["main"]
    assert merged.stubs == 1


def test_one_network_alone_is_cut_and_joined():
    merged = merge_networks(roads(base=[(0, 0), (60, 0)], stub=[(0, 90), (8, 90)]), [], WORLD)
    assert merged.roads["road_id"].tolist() == ["base"]
    assert (merged.added, merged.near, merged.detour, merged.stubs) == (0, 0, 0, 1)


def test_row_order_changes_nothing():
    base = roads(a=[(0, 0), (100, 0)], b=[(100, 0), (100, 100)])
    extra = roads(x=[(0, 0), (-90, 50)], y=[(50, 2), (50, -80)], z=[(100, 100), (0, 190)])
    one = merge_networks(base, [extra], WORLD).roads
    other = merge_networks(base.iloc[::-1], [extra.iloc[::-1]], WORLD).roads
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other), check_like=True)


ZONES = (
    Zone("delta_upper", "Upper", ("ML0407",), "9-11"),
    Zone("delta_middle", "Middle", ("ML0501",), "9-12"),
    Zone("delta_lower", "Lower", ("ML0504", "ML0605"), "10-1"),
)


def test_land_near_a_named_river_floods_in_its_district_s_months():
    districts = gpd.GeoDataFrame(
        {"unit_id": ["ML0501", "ML0504", "ML0101"]},
        geometry=[box(0, 0, 5e4, 5e4), box(5e4, 0, 1e5, 5e4), box(1e5, 0, 2e5, 5e4)],
        crs=CRS_M,
    )
    rivers = gpd.GeoDataFrame(
        {"name": ["Niger", ""]},
        geometry=[LineString([(0, 2.5e4), (2e5, 2.5e4)]), LineString([(0, 100), (2e5, 100)])],
        crs=CRS_M,
    )
    lakes = gpd.GeoDataFrame({"name": []}, geometry=[], crs=CRS_M)
    zones = flood_zones(ZONES, districts, rivers, lakes).set_index("zone_id")
    assert zones["months"].to_dict() == {"delta_middle": "9-12", "delta_lower": "10-1"}
    assert zones.area.tolist() == pytest.approx([5e4 * 1.6e4] * 2, rel=0.01)
    assert not zones.contains(Point(2e4, 100)).any()


def places_read(rows):
    columns = pd.DataFrame(rows, columns=["place_id", "name", "kind", "people", "x", "y"])
    points = gpd.points_from_xy(columns.pop("x"), columns.pop("y"))
    return Reading(gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326"))


def joined_places(kind, *others):
    """Return the names and people of a list of one Alpha with those of another list."""
    have = places_read([("A1", "Alpha", kind, np.nan, -4.0, 14.0)])
    rows = [(f"B{n}", "Alpha", "village", people, -4.0, 14.0 + north) for n, (north, people) in others]
    places = all_places([have, places_read(rows)], CRS_M)
    return sorted(places.frame["people"].fillna(0)), sum(drop.rows for drop in places.dropped)


@pytest.mark.parametrize("nearest_last", [True, False])
def test_a_place_of_one_list_is_one_with_the_nearest_of_its_name_in_another_and_with_that_alone(nearest_last):
    others = list(enumerate([(0.03, 300.0), (0.01, 100.0)]))
    assert joined_places("village", *(others if nearest_last else others[::-1])) == ([100, 300], 1)


@pytest.mark.parametrize(("kind", "places"), [("village", 2), ("town", 2), ("cercle_seat", 1)])
def test_villages_of_one_name_20_km_apart_are_two_and_a_seat_there_is_one(kind, places):
    assert len(joined_places(kind, (0, (0.18, 100.0)))[0]) == places


def test_a_seat_takes_the_population_of_the_town_of_its_name():
    seats = places_read([
        ("P1", "Djenné", "cercle_seat", np.nan, -4.55, 13.90), ("P2", "Tombouctou", "region_seat", np.nan,
        -3.00, 16.77),
        ("P3", "Koro", "cercle_seat", np.nan, -3.07, 14.06), ("P4", "Somewhere", "village", np.nan, -3.0,
        14.0),
    ])  # fmt: skip
    towns = places_read([
        ("gn-1", "Djenne", "town", 22_000.0, -4.56, 13.91), ("gn-2", "Timbuktu", "town", 32_000.0, -3.00,
        16.77),
        ("gn-3", "Koro", "town", 9_000.0, -8.00, 12.00), ("gn-4", "Sofara", "town", 8_000.0, -4.24, 14.01),
    ])  # fmt: skip
    places = labelled_places(seats, towns, CRS_M)
    people = places.frame.set_index("name")["people"]
    assert people["Djenné"] == 22_000
    assert people["Tombouctou"] == 32_000
    assert sorted(people["Koro"].fillna(0)) == [0, 9_000]
    assert set(places.frame["place_id"]) == {"P1", "P2", "P3", "gn-3", "gn-4"}
    assert [drop.rows for drop in places.dropped] == [1]


def test_every_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LayerError) as caught:
        assemble(tmp_path, tmp_path / "area", catalogues=CATALOGUES, catalogue="mali")
    sources = read_catalogue(CATALOGUES / "mali.toml").sources
    assert {fault.file for fault in caught.value.faults} == set(sources)
    assert not (tmp_path / "area").exists()


@pytest.fixture(scope="module")
def assembled(real_source, tmp_path_factory):
    """The real area's folder, what was dropped, and the steps told."""
    folder = tmp_path_factory.mktemp("real") / "area"
    steps: list[str] = []
    dropped = assemble(real_source, folder, catalogues=CATALOGUES, frame_date=FRAME, progress=steps.append)
    return folder, dropped, steps


@pytest.fixture(scope="module")
def area(assembled):
    return load_area(assembled[0])


def test_the_real_folder_loads_as_an_area(area):
    assert area.sites["name"].nunique() == 13
    assert len(area.incidents) == 500
    assert (len(area.regions), len(area.districts)) == (9, 50)
    assert area.sensitive.count() == 1446
    assert area.population.people[np.isfinite(area.population.people)].sum() == pytest.approx(
        19.5e6, rel=0.03
    )
    assert dict(area.focus) == {"Mopti": ("ML05",), "Ségou": ("ML04",)}


def test_the_real_folder_keeps_the_sites_of_other_times_with_their_dates(area):
    assert area.other_sites is not None
    dates = area.other_sites.set_index("name")[["open_from", "open_to"]].map(lambda day: f"{day:%Y-%m}")
    assert dates.to_dict("index") == {
        "Gossi": {"open_from": "2014-03", "open_to": "2018-06"},
        "Léré": {"open_from": "2016-09", "open_to": "2017-06"},
    }
    assert area.sites["open_to"].isna().all()


def test_the_real_rivers_have_gaps_where_patrols_would_pass(area):
    (gaps,) = (each.names for each in area.oddities if each.kind is OddityKind.RIVER_GAP)
    assert gaps[0] == "Niger [wdb-1801] – Niger [wdb-46] (3 m)"
    assert len(gaps) == 15


def test_the_real_network_is_in_one_piece_and_no_road_is_shorter_than_drawn(area):
    joined: dict[tuple[float, float], set[str]] = {}
    for road_id, line in area.roads.geometry.items():
        for end in (line.coords[0], line.coords[-1]):
            joined.setdefault(tuple(np.round(end, 1)), set()).add(road_id)
    seen, ahead = set(), {area.roads.index[0]}
    while ahead:
        seen |= ahead
        ahead = {other for roads in joined.values() if roads & ahead for other in roads} - seen
    assert seen == set(area.roads.index)
    assert (area.roads["length_km"] >= area.roads.length / 1000 * 0.99).all()


def test_the_real_delta_floods_and_its_sites_do_not(area):
    assert area.flood_zones.index.tolist() == ["delta_lower", "delta_middle", "delta_upper"]
    flooded = area.flood_zones.union_all()
    assert 15_000 < flooded.area / 1e6 < 25_000
    assert not area.sites.within(flooded).any()
    seats = area.places[
        area.places["name"].isin(["Mopti", "Djenné", "Ténenkou", "Youwarou", "Niafunké", "Diré"])
    ]
    assert seats.within(flooded).all()


def test_the_ledger_names_every_file_with_its_checksum(assembled):
    folder, _, _ = assembled
    ledger = pd.read_csv(folder / "sources.csv", keep_default_na=False).set_index("file")
    assert set(ledger.index) | {"area.toml", "sources.csv"} == {path.name for path in folder.iterdir()}
    for file, row in ledger.iterrows():
        assert row["sha256"] == hashlib.sha256((folder / str(file)).read_bytes()).hexdigest()
    assert (ledger[["title", "origin", "licence", "confidence"]] != "").all(axis=None)
    assert ledger.index[ledger["invented"] != "no"].tolist() == ["flood_zones.geojson"]


def test_what_is_left_out_is_counted(assembled):
    _, dropped, steps = assembled
    counted = {(drop.layer, drop.reason): drop.rows for drop in dropped}
    assert counted["sensitive", "no coordinates"] == 30
    assert counted["roads", "link only proposed"] == 45
    assert steps[-2:] == ["writing", "done"]


def test_no_actor_person_or_facility_name_reaches_the_folder(assembled):
    folder, _, _ = assembled
    text = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix != ".tif")
    assert not any(word in text for word in ("JNIM", "Ansar", "MNLA", "Clinique", "Médicale"))
    assert (folder / "sensitive.csv").read_text(encoding="utf-8").startswith("place_id,kind,lon,lat\n")


def test_assembling_again_replaces_the_folder_with_the_same_bytes(real_source, assembled):
    folder, _, _ = assembled
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "stray.txt").write_text("left behind")
    assemble(real_source, folder, catalogues=CATALOGUES, frame_date=FRAME)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["area"]


def test_a_folder_of_somebody_else_is_left_alone(real_source, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "area.toml").write_text("format = 1\n")
    with pytest.raises(LayerError, match="was not assembled"):
        assemble(real_source, tmp_path / "mine", catalogues=CATALOGUES, frame_date=FRAME)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["area.toml"]


def test_if_anything_fails_nothing_is_left(real_source, tmp_path):
    with pytest.raises(LayerError, match="no map is as old"):
        assemble(real_source, tmp_path / "area", catalogues=CATALOGUES, frame_date=date(2010, 1, 1))
    assert list(tmp_path.iterdir()) == []
