"""The bundled case says what it is, adds up, and holds together as a map."""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from pyproj import Geod
from shapely import LineString, Point

from layers.months import in_month, months_mask

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "data" / "mali"
LAEA = "+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs"
GROWTH = 1.375
CUT = "ML06 ML07 ML10 ML11"
FORBIDDEN = re.compile(r"ethni|relig|affiliat|tribe|group|actor|person|party|side_", re.IGNORECASE)


def frame(name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(CASE / name)


def table(name: str) -> list[dict[str, str]]:
    with (CASE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def regions() -> gpd.GeoDataFrame:
    return frame("regions.geojson").set_index("unit_id")


@pytest.fixture(scope="module")
def districts() -> gpd.GeoDataFrame:
    return frame("cercles.geojson").set_index("unit_id")


@pytest.fixture(scope="module")
def roads() -> gpd.GeoDataFrame:
    return frame("roads.geojson").set_index("road_id")


@pytest.fixture(scope="module")
def barriers() -> gpd.GeoSeries:
    rivers = frame("rivers.geojson")
    return rivers.loc[rivers["barrier"], "geometry"]


@pytest.fixture(scope="module")
def places() -> pd.DataFrame:
    return pd.read_csv(CASE / "places.csv").set_index("place_id")


@pytest.fixture(scope="module")
def incidents() -> pd.DataFrame:
    return pd.read_csv(CASE / "incidents.csv", parse_dates=["date"])


@pytest.fixture(scope="module")
def network(roads: gpd.GeoDataFrame) -> nx.Graph:
    """Road ends as nodes, by exact coordinates as a loader joins them."""
    graph = nx.Graph()
    for road_id, line in roads.geometry.items():
        graph.add_edge(line.coords[0], line.coords[-1], road_id=road_id)
    return graph


# What the files say of themselves


@pytest.mark.slow
def test_building_again_gives_the_same_bytes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data.build_mali", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_ledger_has_every_file_with_its_checksum() -> None:
    listed = {row["file"]: row["sha256"] for row in table("sources.csv")}
    found = {
        path.relative_to(CASE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in CASE.rglob("*")
        if path.is_file() and path.name not in {"area.toml", "sources.csv"}
    }
    assert listed == found


def test_the_ledger_says_what_is_invented() -> None:
    invented = {row["file"]: row["invented"] for row in table("sources.csv")}
    assert set(invented.values()) == {"no", "partly", "yes"}
    assert invented["sensitive.csv"] == "yes"
    assert invented["incidents.csv"] == invented["population.tif"] == invented["assets.csv"] == "partly"


def test_no_file_is_large() -> None:
    assert max(path.stat().st_size for path in CASE.rglob("*")) < 300_000


def test_no_column_tells_who_people_are() -> None:
    for path in CASE.rglob("*.csv"):
        with path.open(encoding="utf-8") as file:
            assert not FORBIDDEN.search(file.readline()), path.name
    for path in CASE.glob("*.geojson"):
        assert not any(FORBIDDEN.search(column) for column in gpd.read_file(path).columns), path.name


def test_hand_placed_points_say_where_they_are_from_and_how_well() -> None:
    rows = table("inputs/places_hand.csv")
    known = {"geonames", "ourairports", "Geo-PKO, town-level", "general knowledge, rounded"}
    assert {row["source"] for row in rows} == known
    assert all(float(row["accuracy_km"]) > 0 for row in rows)


def test_points_of_general_knowledge_claim_no_more_than_a_twentieth_degree() -> None:
    rows = [row for row in table("inputs/places_hand.csv") if row["source"].startswith("general")]
    coarse = {row["place_id"]: [on_lattice(float(row[axis]), 20) for axis in ("lon", "lat")] for row in rows}
    fine = {place_id for place_id, found in coarse.items() if not all(found)}
    assert fine == {"ogossagou"}, "set by known flight times instead"


def on_lattice(value_deg: float, per_degree: int) -> bool:
    return value_deg * per_degree == pytest.approx(round(value_deg * per_degree), abs=1e-6)


def test_marks_that_only_shape_cercles_lie_on_a_quarter_degree() -> None:
    marks = [row for row in table("inputs/cercle_points.csv") if not row["place_id"]]
    assert all(on_lattice(float(row[axis]), 4) for row in marks for axis in ("lon", "lat"))


def test_documented_incidents_lie_on_their_villages(incidents: pd.DataFrame, places: pd.DataFrame) -> None:
    for _, row in incidents[~incidents["invented"]].iterrows():
        village = next(key for key, name in places["name"].items() if row["place"].startswith(name))
        assert (row["lon"], row["lat"]) == tuple(places.loc[village, ["lon", "lat"]])


@pytest.mark.parametrize(("town", "minutes"), [("sevare", 107), ("tombouctou", 170), ("gao", 207)])
def test_evacuation_from_ogossagou_takes_as_long_as_is_known(
    places: pd.DataFrame, town: str, minutes: int
) -> None:
    """Launch 30 min, pick-up 15 min, 200 km/h, to surgery at Sévaré."""
    sites = {row["site_id"]: (float(row["lon"]), float(row["lat"])) for row in table("sites.csv")}
    at = {"sevare": sites["mopti"], "tombouctou": sites["tombouctou"], "gao": sites["gao"]}
    village = tuple(places.loc["ogossagou", ["lon", "lat"]])
    km = sum(Geod(ellps="WGS84").inv(*at[end], *village)[2] / 1000 for end in (town, "sevare"))
    assert 30 + 15 + km / 200 * 60 == pytest.approx(minutes, abs=0.6)


# Boundaries


def test_the_frame_has_eleven_regions_and_says_which_are_approximate(regions: gpd.GeoDataFrame) -> None:
    assert list(regions.index) == [f"ML{number:02d}" for number in range(1, 12)]
    assert " ".join(regions.index[regions["approximate"]]) == CUT


def test_regions_and_cercles_tile_the_country(regions: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> None:
    country = frame("country.geojson").geometry.iloc[0]
    for units in (regions, districts):
        assert units.is_valid.all()
        assert shapely.coverage_is_valid(units.geometry.to_numpy())
        assert country.symmetric_difference(units.union_all()).area == pytest.approx(0, abs=1e-9)


def test_each_cercle_lies_in_its_region(regions: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> None:
    for region_id, own in districts.groupby("parent_id"):
        apart = own.union_all().symmetric_difference(regions.geometry[region_id]).area
        assert apart == pytest.approx(0, abs=1e-9)


def test_mopti_and_segou_have_their_cercles(districts: gpd.GeoDataFrame) -> None:
    names = districts.groupby("parent_id")["name"].agg(lambda own: " ".join(sorted(own)))
    assert names["ML05"] == "Bandiagara Bankass Djenné Douentza Koro Mopti Ténenkou Youwarou"
    assert names["ML04"] == "Barouéli Bla Macina Niono San Ségou Tominian"
    assert names["ML10"] == "Anderamboukane Inékar Ménaka Tidermène"
    assert districts["approximate"].all()


def seats(districts: gpd.GeoDataFrame, places: pd.DataFrame) -> dict[str, str]:
    """Return the place id of every cercle's seat."""
    other = {"Macina": "Ké-Macina", "Nioro": "Nioro du Sahel"}
    by_name = {name: place_id for place_id, name in places["name"].items()}
    return {cercle_id: by_name[other.get(name, name)] for cercle_id, name in districts["name"].items()}


def test_every_seat_lies_in_its_cercle(districts: gpd.GeoDataFrame, places: pd.DataFrame) -> None:
    for cercle_id, place_id in seats(districts, places).items():
        assert districts.geometry[cercle_id].contains(Point(*places.loc[place_id, ["lon", "lat"]])), cercle_id


def test_sites_lie_where_they_should(districts: gpd.GeoDataFrame) -> None:
    sites = {row["site_id"]: Point(float(row["lon"]), float(row["lat"])) for row in table("sites.csv")}
    found = {key: districts.index[districts.contains(point)][0] for key, point in sites.items()}
    assert len(found) == 13
    assert found["diabaly"] == "ML04-NIONO"
    assert found["mopti"] == "ML05-MOPTI"
    assert found["aguelhok"] == found["tessalit"] == "ML08-TESSALIT"


def test_assets_stand_at_sites_and_none_claims_certainty() -> None:
    sites = {row["site_id"] for row in table("sites.csv")}
    assets = table("assets.csv")
    held = {
        kind: {row["site_id"] for row in assets if row["kind"] == kind} for kind in ("helicopter", "surgery")
    }
    assert {row["site_id"] for row in assets} <= sites
    assert {row["confidence"] for row in assets} == {"low", "assumed"}
    assert held == {"helicopter": {"bamako", "gao", "tombouctou"}, "surgery": {"gao", "kidal", "tombouctou"}}


# Roads and rivers


@pytest.mark.slow
def test_every_seat_is_joined_to_sevare_by_road(
    network: nx.Graph, districts: gpd.GeoDataFrame, places: pd.DataFrame
) -> None:
    joined = nx.node_connected_component(network, tuple(places.loc["sevare", ["lon", "lat"]]))
    apart = {
        place_id
        for place_id in seats(districts, places).values()
        if tuple(places.loc[place_id, ["lon", "lat"]]) not in joined
    }
    assert apart == {"taoudenit"}


def test_the_road_network_is_one(network: nx.Graph) -> None:
    assert nx.is_connected(network)


def test_no_road_crosses_a_barrier_river_but_by_bridge_or_ferry(
    roads: gpd.GeoDataFrame, barriers: gpd.GeoSeries
) -> None:
    river = barriers.union_all()
    crossing = set(roads.index[roads.intersects(river)])
    built = set(roads.index[roads["crossing"] != "none"])
    assert crossing == built


def test_roads_stay_out_of_lakes(roads: gpd.GeoDataFrame) -> None:
    assert not roads.intersects(frame("lakes.geojson").union_all()).any()


BANKS = {
    "Niger": (
        """kangaba bamako koulikoro markala niono ke_macina diafarabe tenenkou youwarou niafunke tonka dire
        goundam korioume tombouctou bamba bourem gao ansongo labbezanga""",
        """bamako_right fana segou dioro kouakourou djenne mopti konna akka bambara_maoude gourma_rharous
        gossi wabaria_right""",
    ),
    "Bani": ("segou cinzana djenne kouakourou", "bla san sofara mopti sevare"),
}
"""Places of the left and the right bank, downstream."""


@pytest.mark.parametrize("river", BANKS)
def test_towns_lie_on_their_bank(river: str, places: pd.DataFrame) -> None:
    """A line between two towns meets the river an even number of times on one bank, else an odd one."""
    rivers = frame("rivers.geojson")
    reaches = rivers.loc[rivers["name"].str.startswith(river), "geometry"]
    course = shapely.line_merge(shapely.union_all(reaches.to_numpy()))
    assert course.geom_type == "LineString"
    at = {key: (row["lon"], row["lat"]) for key, row in places.iterrows()}
    at |= {row["node_id"]: (float(row["lon"]), float(row["lat"])) for row in table("inputs/road_nodes.csv")}

    def crossings(one: str, other: str) -> int:
        met = LineString([at[one], at[other]]).intersection(course)
        return 0 if met.is_empty else int(shapely.get_num_geometries(met))

    left, right = (bank.split() for bank in BANKS[river])
    assert [pair for bank in (left, right) for pair in pairwise(bank) if crossings(*pair) % 2] == []
    assert crossings(left[0], right[0]) % 2 == 1


def test_stated_lengths_are_sane(roads: gpd.GeoDataFrame) -> None:
    straight = roads.geometry.apply(lambda line: LineString([line.coords[0], line.coords[-1]]))
    straight_km = straight.set_crs("EPSG:4326").to_crs(LAEA).length / 1000
    ratio = (roads["length_km"] / straight_km).dropna()
    assert len(ratio) > 4
    assert ratio.between(1.0, 1.8).all(), ratio[~ratio.between(1.0, 1.8)]


def test_floods_cut_tenenkou_and_youwarou_off(roads: gpd.GeoDataFrame, places: pd.DataFrame) -> None:
    for month, cut_off in ((4, set()), (10, {"tenenkou", "youwarou", "diafarabe", "djenne"})):
        reached = reached_from_sevare(roads, places, month)
        asked = [*sorted(cut_off), "mopti", "bandiagara", "gao", "tombouctou", "niono"]
        assert {key for key in asked if tuple(places.loc[key, ["lon", "lat"]]) not in reached} == cut_off


def reached_from_sevare(
    roads: gpd.GeoDataFrame, places: pd.DataFrame, month: int
) -> set[tuple[float, float]]:
    """Return road ends joined to Sévaré when un-raised roads in flooded zones are shut."""
    zones = frame("flood_zones.geojson")
    wet = zones[[in_month(months_mask(text), month) for text in zones["months"]]].union_all()
    shut = roads.intersects(wet) & ~roads["raised"]
    open_now = nx.Graph((line.coords[0], line.coords[-1]) for line in roads.geometry[~shut])
    return set(nx.node_connected_component(open_now, tuple(places.loc["sevare", ["lon", "lat"]])))


def test_towns_on_dykes_stay_dry(places: pd.DataFrame) -> None:
    zones = frame("flood_zones.geojson").union_all()
    wet = {key: zones.contains(Point(lon, lat)) for key, lon, lat in places[["lon", "lat"]].itertuples()}
    assert [wet[key] for key in ("mopti", "sevare", "djenne", "konna")] == [False] * 4
    assert [wet[key] for key in ("tenenkou", "youwarou", "akka", "diafarabe")] == [True] * 4


# People


def test_people_add_up_to_the_published_totals(regions: gpd.GeoDataFrame) -> None:
    stated = {row["unit_id"]: float(row["people_2009"]) for row in table("inputs/people_2009.csv")}
    with rasterio.open(CASE / "population.tif") as raster:
        people = raster.read(1, masked=True)
        rows, columns = np.indices(people.shape)
        lon, lat = rasterio.transform.xy(raster.transform, rows.ravel(), columns.ravel())
    for region_id, shape in regions.geometry.items():
        inside = shapely.contains_xy(shape, lon, lat).reshape(people.shape)
        assert people[inside].sum() == pytest.approx(stated[region_id] * GROWTH, rel=1e-3), region_id
    assert people.sum() == pytest.approx(14_528_662 * GROWTH, rel=1e-3)
    assert people.min() >= 0


# Incidents


def test_civilian_deaths_match_the_published_tallies(incidents: pd.DataFrame) -> None:
    deaths = incidents.groupby("year")["deaths_civilians"].sum()
    assert deaths.loc[2016:2018].to_dict() == {2016: 71, 2017: 192, 2018: 815}


def test_only_four_events_are_not_invented(incidents: pd.DataFrame) -> None:
    real = incidents[~incidents["invented"]]
    assert (real["provider"] == "documented").all()
    dates = ["2019-03-23", "2019-06-09", "2019-06-17", "2019-06-17"]
    assert sorted(real["date"].dt.date.astype(str)) == dates
    assert real["deaths_civilians"].sum() == 157 + 101 + 38


def test_no_incident_is_after_the_frame_date(incidents: pd.DataFrame) -> None:
    assert incidents["date"].max() <= pd.Timestamp("2019-06-30")
    assert incidents["year"].between(2014, 2019).all()
    assert 900 <= len(incidents) <= 1500


def test_imprecise_events_sit_on_seats(incidents: pd.DataFrame, places: pd.DataFrame) -> None:
    vague = incidents[incidents["geo_precision"] > 1]
    assert len(vague) / len(incidents) == pytest.approx(0.15, abs=0.02)
    on_place = set(zip(places["lon"].round(5), places["lat"].round(5), strict=True))
    coded = vague[vague["geo_precision"] >= 3]
    assert all(pair in on_place for pair in zip(coded["lon"], coded["lat"], strict=True))


def test_incidents_lie_in_the_cercle_they_name(incidents: pd.DataFrame, districts: gpd.GeoDataFrame) -> None:
    precise = incidents[incidents["geo_precision"] == 1]
    at = gpd.points_from_xy(precise["lon"], precise["lat"])
    points = gpd.GeoDataFrame(precise, geometry=at, crs=districts.crs)
    joined = points.sjoin(districts[["name", "geometry"]], predicate="within")
    assert len(joined) == len(points)
    assert (joined["name"] == joined["adm2"]).all()


def test_planted_seasons_are_in_the_data(incidents: pd.DataFrame, districts: gpd.GeoDataFrame) -> None:
    truth = tomllib.loads((CASE / "incidents_truth.toml").read_text(encoding="utf-8"))
    precise = incidents[(incidents["geo_precision"] == 1) & incidents["invented"]].dropna(subset=["date"])
    for planted in truth["recurrence"]:
        own = precise[precise["adm2"] == districts["name"][planted["cercle_id"]]]
        shifted = own["date"] - pd.DateOffset(months=truth["season_year_first_month"] - 1)
        hit = own["date"].dt.month.isin(planted["months"])
        share = hit.groupby(shifted.dt.year).mean()
        for index, kept in enumerate(planted["kept"]):
            if kept:
                assert share[planted["first_year"] + index] == pytest.approx(planted["share"], abs=0.1)


def test_planted_hotspots_are_in_the_data(incidents: pd.DataFrame) -> None:
    truth = tomllib.loads((CASE / "incidents_truth.toml").read_text(encoding="utf-8"))
    precise = incidents[incidents["geo_precision"] == 1]
    at = gpd.GeoSeries(gpd.points_from_xy(precise["lon"], precise["lat"]), crs="EPSG:4326").to_crs(LAEA)
    for spot in truth["hotspot"]:
        centre = gpd.GeoSeries([Point(spot["lon"], spot["lat"])], crs="EPSG:4326").to_crs(LAEA).iloc[0]
        near = at.distance(centre) <= spot["radius_km"] * 1000
        ring = (at.distance(centre) <= 2 * spot["radius_km"] * 1000) & ~near
        assert near.sum() > 20
        assert near.sum() > 2 * ring.sum() / 3
