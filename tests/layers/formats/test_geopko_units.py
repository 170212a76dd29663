"""Geo-PKO, units as drawn: a lower bound of what is there, and said to be one."""

from datetime import date

import pytest

from layers.formats.geopko import read_geopko, read_geopko_years
from layers.formats.geopko_units import Strength, at_least
from layers.sites import Assets

pytestmark = pytest.mark.slow

FRAME = date(2019, 6, 30)
MAPS = (
    "mission,year,month,location,latitude,longitude,hq,inf,fpu,avia,med,uav,eng,unpol.dummy,he.sup,"
    "battalion,company,platoon,inf.no,fpu.no,riv,comment.on.unit"
)


def row(place="Alpha", inf=1, fpu=0, units="0,1,0", infantry=150, police="NA", boats=0, comment=""):
    return f"M,2019,6,{place},14,-4,0,{inf},{fpu},0,0,0,0,0,0,{units},{infantry},{police},{boats},{comment}"


@pytest.fixture
def counts_of(typed, in_schema):
    def read(rows, strength, head=MAPS):
        sites, assets = read_geopko(typed(head, *rows), FRAME, strength=strength)
        return sites, in_schema(assets, Assets).set_index(["site_id", "kind"])["count"].to_dict()

    return read


@pytest.fixture
def drawn(counts_of):
    return lambda *rows: counts_of(rows, Strength.DRAWN)


@pytest.fixture
def once(counts_of):
    return lambda *rows: counts_of(rows, Strength.ONCE)


@pytest.mark.parametrize(
    ("units", "infantry", "companies"),
    [
        ("6,9,0", 4200, 6),
        ("2,6,0", 2200, 6),
        ("0,2,0", 300, 2),
        ("1,0,0", 650, 1),
        ("0,1,1", 185, 1),
        ("3,6,0", 1950, 3),
        ("NA,NA,NA", 1950, 2),
        ("0,1,0", 77, 1),
        ("0,1,0", "NA", 1),
    ],
)
def test_companies_are_the_larger_of_infantrys_battalions_and_companies(drawn, units, infantry, companies):
    _, counts = drawn(row(units=units, infantry=infantry))
    assert counts == {("alpha", "infantry_company"): companies}


def test_other_companies_at_the_site_are_not_infantry():
    assert at_least(150, 0, 9, 0) == 1


@pytest.mark.parametrize(
    "sizes",
    [
        (100, None, None, None),
        (100, 0, None, 0),
        (100, 1, 0, 0),
        (0, 0, 0, 3),
        (70, 0, 1, 2),
        (None, 0, 0, 1),
    ],
)
def test_infantry_that_is_known_to_be_smaller_than_a_company_is_none(sizes):
    assert at_least(*(float("nan") if each is None else each for each in sizes)) == 0


@pytest.mark.parametrize("sizes", [(77, 0, 1, 0), (None, None, None, None), (0, 0, 0, 0), (None, 1, 0, 3)])
def test_infantry_of_a_size_that_is_not_known_is_one_company_at_least(sizes):
    assert at_least(*(float("nan") if each is None else each for each in sizes)) == 1


@pytest.mark.parametrize("how", ["once", "drawn"])
@pytest.mark.parametrize(("units", "infantry"), [("0,0,1", 35), ("0,0,0", 15), ("0,0,1", "NA")])
def test_infantry_smaller_than_a_company_is_none_and_its_place_is_named(request, how, units, infantry):
    sites, counts = request.getfixturevalue(how)(row("Kodok", units=units, infantry=infantry), row())
    assert list(counts) == [("alpha", "infantry_company")]
    assert any(note.startswith("Infantry smaller") and note.endswith(": Kodok.") for note in sites.notes)


@pytest.mark.parametrize(("units", "infantry"), [("0,1,0", 150), ("4,0,0", 2600), ("NA,NA,NA", "NA")])
def test_once_a_company_is_one_and_a_battalion_at_least_one(once, units, infantry):
    _, counts = once(row(units=units, infantry=infantry))
    assert counts == {("alpha", "infantry_company"): 1}


SIZED = MAPS + ",other.size,no.troops,eng.no"


def sized(units, troops, other):
    usual = row(units=units).split(",")
    usual[MAPS.split(",").index("eng")] = "1"
    return ",".join([*usual, str(other), str(troops), ""])


@pytest.mark.parametrize(
    ("troops", "other", "counted", "named"),
    [
        (185, 0, 0, "Engineers short of a company"),
        (300, 0, 1, ""),
        (150, 1, 1, "Engineers whose size is not told"),
        ("unknown", 0, 1, ""),
    ],
)
def test_engineers_are_a_company_unless_the_troops_beside_infantry_are_fewer(
    counts_of, troops, other, counted, named
):
    sites, counts = counts_of([sized("0,1,1", troops, other)], Strength.ONCE, SIZED)
    assert counts.get(("alpha", "engineer_company"), 0) == counted
    said = [note for note in sites.notes if note.startswith("Engineers")]
    assert [note.startswith(named) and note.endswith("Alpha.") for note in said] == [True] * bool(named)


FORCE = MAPS + ",rpf,rpf.no,comments"
NAMED = "RPF is also located here: 1 engineering company (TCC A); 2 infantry battalion (TCC B)"


@pytest.mark.parametrize(
    ("comment", "persons", "companies"), [(NAMED, 1450, 3), (NAMED, 99, 1), ("", 1450, 1)]
)
def test_a_regional_protection_force_counts_beside_the_rest_where_its_units_are_told(
    counts_of, comment, persons, companies
):
    sites, counts = counts_of([row() + f",1,{persons},{comment}"], Strength.DRAWN, FORCE)
    assert counts[("alpha", "infantry_company")] == companies
    assert (("alpha", "engineer_company") in counts) == (companies > 1)
    named = any(note.startswith("A regional protection force") for note in sites.notes)
    assert named == (companies == 1)


def test_a_size_that_is_said_to_be_unknown_is_no_fault(drawn):
    _, counts = drawn(row(units="NA,NA,NA", infantry="unknown"))
    assert counts == {("alpha", "infantry_company"): 1}


@pytest.mark.parametrize(
    ("police", "comment", "platoons"),
    [
        ("NA", "Other: 1 unit FPU TCC Nepal; 2 units FPU TCC Rwanda", 3),
        ("NA", "1 FPU unit", 1),
        ("300", "", 2),
        ("NA", "", 1),
    ],
)
def test_each_formed_police_unit_is_a_platoon_at_least(drawn, police, comment, platoons):
    _, counts = drawn(row(inf=0, fpu=1, infantry=0, police=police, comment=comment))
    assert counts == {("alpha", "fpu_platoon"): platoons}


def test_a_river_unit_is_named_and_holds_no_boats(drawn):
    sites, counts = drawn(row(boats=1))
    assert len(counts) == 1
    assert any(note.endswith("(sites): river units (1).") for note in sites.notes)


@pytest.mark.parametrize("strength", list(Strength))
def test_every_count_is_a_lower_bound(typed, strength):
    _, assets = read_geopko(typed(MAPS, row()), FRAME, strength=strength)
    assert assets.frame["is_least"].all()


def test_a_catalogue_that_asks_for_nothing_counts_each_kind_once(typed):
    _, assets = read_geopko(typed(MAPS, row(units="6,9,0", infantry=4200)), FRAME)
    assert assets.frame["count"].tolist() == [1]


def test_the_yearly_table_gives_one_of_each_kind_at_least(typed):
    years = "mission,year,location,latitude,longitude,Infantry,NoTroops,hq,UNPOL,Med,Av"
    path = typed(years, "M,2019,Alpha,14,-4,1950,1950,0,0,0,0")
    _, assets = read_geopko_years(path, FRAME, strength=Strength.DRAWN)
    assert assets.frame["count"].tolist() == [1]
    assert assets.frame["is_least"].all()


def test_as_drawn_minusmas_companies_stay_below_those_judged_for_the_bundled_case(real_source, mali):
    """A second opinion: symbols of battalions and companies added would make 46 of 38 judged."""
    file = real_source / "bases/geo_pko_v2.1_minusma_2014_2020.csv"
    sites, assets = read_geopko(file, FRAME, mali.spelling, Strength.DRAWN)
    stand = sites.frame.loc[sites.frame["open_to"].isna(), "site_id"]
    here = assets.frame[assets.frame["site_id"].isin(stand)]
    assert here.loc[here["kind"] == "infantry_company", "count"].sum() == 36


def test_as_drawn_the_largest_base_of_unmiss_holds_six_companies(real_source):
    file = real_source.parent / "ssd/bases/geo_pko_v2.1_unmiss_2011_2020.csv"
    _, assets = read_geopko(file, date(2020, 6, 30), strength=Strength.DRAWN)
    counts = assets.frame.set_index("asset_id")["count"]
    assert (counts["juba-infantry_company"], counts["juba-fpu_platoon"]) == (6, 3)


def test_as_drawn_the_regional_protection_force_stands_at_juba_in_2019(real_source):
    """Three battalions of it beside three others; from 2020 the maps draw six of the mission's own."""
    file = real_source.parent / "ssd/bases/geo_pko_v2.1_unmiss_2011_2020.csv"
    _, assets = read_geopko(file, FRAME, strength=Strength.DRAWN)
    assert assets.frame.set_index("asset_id")["count"]["juba-infantry_company"] == 6
