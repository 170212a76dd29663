"""Geo-PKO: the latest map at the frame date, and no strength from symbols."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from layers.errors import LayerError
from layers.formats.geopko import read_geopko, read_geopko_years
from layers.sites import Assets, Sites

MAPS = (
    "mission,year,month,location,latitude,longitude,hq,no.troops,inf,fpu,avia,med,uav,eng,unpol.dummy,he.sup"
)
YEARS = "mission,year,location,latitude,longitude,Infantry,NoTroops,hq,UNPOL,Med,Av"
FRAME = date(2019, 6, 30)

REAL_SITES = {
    "Bamako": (12.650, -8.000), "Gao": (16.272, -0.045), "Kidal": (18.441, 1.408), "Tombouctou": (16.773,
    -3.007),
    "Mopti/Sévaré": (14.527, -4.093), "Douentza": (15.002, -2.950), "Diabaly": (14.694, -6.020),
    "Ménaka": (15.918, 2.402), "Ansongo": (15.660, 0.502), "Tessalit": (20.201, 1.012),
    "Aguelhok": (19.461, 0.859),
    "Ber": (16.835, -2.532), "Goundam": (16.415, -3.671),
}  # fmt: skip


@pytest.fixture
def valid(in_schema):
    return lambda sites, assets: (in_schema(sites, Sites), in_schema(assets, Assets))


@pytest.mark.slow
def test_the_latest_map_not_after_the_frame_date_counts_whether_months_are_names_or_numbers(typed, valid):
    path = typed(
        MAPS,
        "M,2019,March,Alpha,14,-4,0,150,1,0,0,0,0,0,0,0",
        "M,2019,6,Beta,15,-4,2,650,1,1,0,0,0,0,0,0",
        "M,2019,Jul,Gamma,16,-4,0,150,1,0,0,0,0,0,0,0",
    )
    sites, assets = valid(*read_geopko(path, FRAME))
    assert sites.index.tolist() == ["alpha", "beta"]
    assert sites["open_to"].isna().tolist() == [False, True]
    assert sites["kind"].tolist() == ["camp", "sector_hq"]
    assert sites.at["beta", "source"] == "Geo-PKO, UN deployment map of 2019-06"
    assert assets.loc[assets["site_id"] == "beta", "kind"].tolist() == ["infantry_company", "fpu_platoon"]
    earlier, _ = read_geopko(path, date(2019, 5, 31))
    assert earlier.frame["site_id"].tolist() == ["alpha"]


def test_every_kind_of_unit_counts_once_with_low_confidence_whatever_the_troops(typed, valid):
    _, assets = valid(*read_geopko(typed(MAPS, "M,2019,6,Alpha,14,-4,0,9000,1,1,1,1,1,1,1,0"), FRAME))
    assert assets["kind"].tolist() == [
        "infantry_company", "fpu_platoon", "helicopter", "surgery", "isr_tactical", "engineer_company",
        "unpol_team",
    ]  # fmt: skip
    assert set(assets["count"]) == {1}
    assert set(assets["confidence"]) == {"low"}
    assert assets["availability"].isna().all()


@pytest.mark.parametrize(("avia", "support"), [(1, 0), (0, 1), (1, 1)])
@pytest.mark.slow
def test_helicopters_are_drawn_as_an_aviation_unit_or_as_helicopter_support(typed, valid, avia, support):
    path = typed(MAPS, f"M,2019,6,Alpha,14,-4,0,1,0,0,{avia},0,0,0,0,{support}")
    _, assets = valid(*read_geopko(path, FRAME))
    assert assets["kind"].tolist() == ["helicopter"]


def test_a_table_without_helicopter_support_is_refused_for_helicopters_would_be_lost(typed):
    path = typed(MAPS.removesuffix(",he.sup"), "M,2019,6,Alpha,14,-4,0,1,0,0,1,0,0,0,0")
    with pytest.raises(LayerError, match=r"column 'he\.sup': the column is missing"):
        read_geopko(path, FRAME)


def test_a_site_is_open_from_the_first_map_that_shows_it_to_the_last(typed, valid):
    path = typed(
        MAPS,
        "M,2018,2,Alpha,14,-4,0,1,1,0,0,0,0,0,0,0",
        "M,2018,9,Alpha,14,-4,0,1,0,0,0,1,0,0,0,0",
        "M,2018,9,Beta,15,-4,0,1,1,0,0,0,0,0,0,0",
        "M,2019,3,Beta,15,-4,0,1,1,0,0,0,0,0,0,0",
        "M,2019,7,Alpha,14,-4,0,1,1,0,0,0,0,0,0,0",
    )
    sites, assets = valid(*read_geopko(path, FRAME))
    assert sites["open_from"].dt.strftime("%Y-%m-%d").to_dict() == {
        "alpha": "2018-02-01",
        "beta": "2018-09-01",
    }
    assert sites.at["alpha", "open_to"].strftime("%Y-%m-%d") == "2018-09-30"
    assert pd.isna(sites.at["beta", "open_to"]), "on the last map before the frame date: open still"
    assert assets.loc[assets["site_id"] == "alpha", "kind"].tolist() == ["surgery"], "as last drawn"


def test_the_yearly_table_counts_no_company_where_all_troops_of_a_year_are_fewer(typed, valid):
    path = typed(
        YEARS,
        "M,2019,Alpha,14,-4,35,35,0,0,0,0",
        "M,2019,Beta,15,-4,67,35,0,0,0,0",
        "M,2019,Beta,15,-4,67,150,0,0,0,0",
    )
    reading, units = read_geopko_years(path, FRAME)
    _, assets = valid(reading, units)
    assert assets["site_id"].tolist() == ["beta"]
    assert any(note.startswith("Infantry smaller") and note.endswith("Alpha.") for note in reading.notes)


def test_the_yearly_table_ends_a_site_by_a_year_without_it(typed, valid):
    rows = [f"M,{year},Beta,15,-4,150,150,0,0,0,0" for year in (2016, 2017, 2018)]
    gone = [f"M,{year},Alpha,14,-4,150,150,0,0,0,0" for year in (2016, 2018)]
    sites, _ = valid(*read_geopko_years(typed(YEARS, *rows, *gone), FRAME))
    assert sites["open_to"].dt.year.dropna().to_dict() == {"alpha_2016_01": 2016}


def test_the_yearly_table_ends_a_mission_by_a_year_that_others_have(typed, valid):
    rows = ["M,2017,Alpha,14,-4,150,150,0,0,0,0", "N,2018,Beta,15,-4,150,150,0,0,0,0"]
    sites, _ = valid(*read_geopko_years(typed(YEARS, *rows), FRAME))
    assert sites["open_to"].dt.year.dropna().to_dict() == {"alpha": 2017}


def test_a_row_without_a_mission_is_a_fault_for_its_maps_are_not_known(typed):
    path = typed(MAPS, *(f"{name},2019,6,Alpha,14,-4,0,1,1,0,0,0,0,0,0,0" for name in ("M", "")))
    with pytest.raises(LayerError, match=r"column 'mission', row 3: a cell is empty"):
        read_geopko(path, FRAME)


def test_what_maps_show_and_no_asset_holds_is_counted_in_a_note(typed):
    head = MAPS + ",sig,mp,other.type"
    path = typed(
        head,
        "M,2018,6,Gamma,16,-4,0,1,1,0,0,0,0,0,0,0,1,0,0",
        "M,2019,6,Alpha,14,-4,0,1,1,0,0,0,0,0,0,0,1,1,0",
        "M,2019,6,Beta,15,-4,0,1,1,0,0,0,0,0,0,0,1,0,0",
    )
    reading, _ = read_geopko(path, FRAME)
    now, before = reading.notes[-2:]
    assert now.endswith("holds them (sites): signal (2), military police (1).")
    assert before == "At sites of other times, drawn and not counted (sites): signal (1)."


def test_two_rows_for_one_place_are_one_site_with_the_units_of_both(typed, valid):
    path = typed(MAPS, "M,2019,6,Alpha,14,-4,0,1,1,0,0,0,0,0,0,0", "M,2019,6,Alpha,14,-4,2,1,0,0,1,0,0,0,0,0")
    reading, units = read_geopko(path, FRAME)
    sites, assets = valid(reading, units)
    assert sites["kind"].tolist() == ["sector_hq"]
    assert assets["kind"].tolist() == ["infantry_company", "helicopter"]
    assert [(drop.layer, drop.rows) for drop in reading.dropped] == [("sites", 1)]


def test_headquarters_from_two_on_are_sector_headquarters(typed, valid):
    rows = [
        f"M,2019,6,Place {word},14,-4,{hq},1,0,0,0,0,0,0,0,0" for hq, word in enumerate(["a", "b", "c", "d"])
    ]
    sites, _ = valid(*read_geopko(typed(MAPS, *rows), FRAME))
    assert sites["kind"].tolist() == ["camp", "camp", "sector_hq", "sector_hq"]


def test_a_site_without_any_unit_drawn_has_no_assets(typed, valid):
    sites, assets = valid(*read_geopko(typed(MAPS, "M,2019,6,Alpha,14,-4,NA,NA,0,0,0,0,0,0,NA,0"), FRAME))
    assert len(sites) == 1
    assert len(assets) == 0


def test_no_map_old_enough_is_a_fault(typed):
    with pytest.raises(LayerError, match="no map is as old as the frame date"):
        read_geopko(typed(MAPS, "M,2019,7,Alpha,14,-4,0,1,1,0,0,0,0,0,0,0"), FRAME)


def test_every_fault_is_told_at_once(typed):
    with pytest.raises(LayerError) as caught:
        read_geopko(typed(MAPS, "M,2019,Brumaire,,140,-4,5,1,1,0,0,0,0,0,0,0"), FRAME)
    assert {fault.column for fault in caught.value.faults} == {"month", "location", "latitude", "hq"}


def test_the_yearly_table_merges_places_given_twice_and_counts_them(typed, valid):
    path = typed(
        YEARS,
        "M,2019,Alpha,14,-4,150,300,0,0,0,0",
        "M,2019,Alpha,14,-4,150,450,0,0,1,0",
        "M,2020,Beta,14,-4,1,1,0,0,0,0",
    )
    reading, units = read_geopko_years(path, FRAME)
    sites, assets = valid(reading, units)
    assert sites.index.tolist() == ["alpha"]
    assert assets["kind"].tolist() == ["infantry_company", "surgery"]
    assert sum(drop.rows for drop in reading.dropped) == 1


def test_the_real_maps_give_thirteen_sites_at_mid_2019(real_source, valid, mali):
    reading, units = read_geopko(
        real_source / "bases/geo_pko_v2.1_minusma_2014_2020.csv", FRAME, mali.spelling
    )
    sites, assets = valid(reading, units)
    sites = sites[sites["open_to"].isna()]
    assets = assets[assets["site_id"].isin(sites.index)]
    assert dict(zip(sites["name"], zip(sites.geometry.y, sites.geometry.x, strict=True), strict=True)) == {
        name: pytest.approx(place, abs=1e-3) for name, place in REAL_SITES.items()
    }
    assert sites.index[sites["kind"] == "sector_hq"].tolist() == ["bamako", "gao", "kidal", "tombouctou"]
    assert assets.loc[assets["kind"] == "surgery", "site_id"].tolist() == ["gao", "kidal", "tombouctou"]
    assert assets.loc[assets["kind"] == "helicopter", "site_id"].tolist() == ["bamako", "gao", "tombouctou"]


def test_the_real_maps_had_gossi_until_2018(real_source):
    reading, _ = read_geopko(real_source / "bases/geo_pko_v2.1_minusma_2014_2020.csv", FRAME)
    gossi = reading.frame.set_index("site_id").loc["gossi"]
    assert gossi["open_to"].year == 2018


def test_the_real_yearly_table_repeats_places_and_gives_the_same_thirteen(real_source, mali):
    reading, _ = read_geopko_years(
        real_source / "bases/geo_pko_v2.3_FrontMap_minusma.csv", FRAME, mali.spelling
    )
    assert isinstance(reading.frame, gpd.GeoDataFrame)
    assert set(reading.frame["name"][reading.frame["open_to"].isna()]) == set(REAL_SITES)
    assert sum(drop.rows for drop in reading.dropped if drop.layer == "sites") == 75
