"""Files on a page's tray: under a name of ours, looked at apart, offered anew, taken together, and gone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from layers.errors import LayerError
from layers.intake.own_areas import areas_home, free_folder, own_area, own_areas
from layers.intake.preview import first_cells, is_hidden, shape_sample
from layers.intake.standing import HowKnown, empty_tables, standing
from layers.intake.tray import Tray, all_ready
from layers.tables import read_table
from tests.brought_files import INCIDENTS, brought_files
from tests.foreign_files import collection, feature

pytestmark = pytest.mark.slow

LEDGER = {"ledger.origin": "Office", "ledger.confidence": "medium"}
CLINICS = "name,type,lat,lon\nOne,Hospital,0.5,20.2\nTwo,Clinic,0.4,20.3\nThree,Health post,0.3,20.6\n"


@pytest.fixture
def tray(begun):
    opened = Tray(begun, ())
    yield opened
    opened.close()


def laid(tray, name, content):
    file = tray.lay(name, io.BytesIO(content))
    tray.look(file)
    return file


def say(tray, file, answers):
    for key, text in answers.items():
        file.sheets[0].put(key, text)
    tray.offer(file)


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "office"
    folder.mkdir()
    return brought_files(folder)


def test_a_file_lies_under_a_name_of_ours_and_is_shown_by_its_own(tray):
    file = laid(tray, "../../Liste <b>.csv", INCIDENTS.encode())
    assert file.path.parent.name.startswith("footprint-work-tray-")
    assert file.path.stem == file.file_id
    assert file.looked.seen.file == "../../Liste <b>.csv"


def test_a_refused_file_says_why_and_stays_until_it_is_left(tray):
    file = laid(tray, "empty.geojson", b"{")
    assert isinstance(file.fault, LayerError)
    tray.drop(file)
    assert not file.path.exists()
    assert tray.files == []


def test_what_is_said_makes_another_offer_and_takes_nothing_by_itself(tray):
    file = laid(tray, "incidents.csv", INCIDENTS.encode())
    say(tray, file, {"layer": "incidents", "value.geo_precision": "1", "value.reliability": "1", **LEDGER})
    (offer,) = file.offers
    assert offer.questions == ()
    assert (offer.taken.taken, file.reported(offer)) == (3, 1)
    assert all_ready([file]) == ()
    file.sheets[0].leaves_out = True
    assert all_ready([file]) == (file.sheets[0],)
    assert tray.taken() == ()


def test_a_column_and_a_value_for_all_rows_exclude_each_other(tray):
    said = laid(tray, "incidents.csv", INCIDENTS.encode()).sheets[0]
    said.put("value.geo_precision", "1")
    said.put("column.geo_precision", "Place")
    assert "value.geo_precision" not in said.stated


def test_words_are_shown_with_what_they_mean(tray):
    file = laid(tray, "incidents.csv", INCIDENTS.encode())
    words = {each.cell: each.meant for each in file.words[0]["event_type"]}
    assert words == {"Ambush": "battle", "Attack on village": "attack_on_civilians", "IED": "explosion"}


def test_sensitive_places_are_counted_and_neither_drawn_nor_listed(tray):
    file = laid(tray, "list.csv", CLINICS.encode())
    (offer,) = file.offers
    assert offer.layer == "sensitive"
    assert is_hidden(offer)
    assert shape_sample(file.looked, offer).shapes == ()
    assert first_cells(file.looked, offer, 5)[1] == ()
    assert file.words == {}


def test_what_is_taken_builds_the_area_and_leaves_the_tray(tray, office):
    sites = laid(tray, "sites.xlsx", office["sites"].read_bytes())
    say(tray, sites, {"layer": "sites", **LEDGER})
    people = laid(tray, office["people"].name, office["people"].read_bytes())
    say(tray, people, {"option.unit": "count", **LEDGER})
    for file in (sites, people):
        assert file.offers[0].questions == ()
        file.sheets[0].is_taken = True
    change = tray.taken_into(lambda _: None)
    new = {each.layer: each.new for each in change.changes}
    assert (new["sites"], new["assets"]) == (2, 3)
    assert tray.files == []
    about = {each.layer: each for each in standing(tray.area)}
    assert about["sites"].how is about["population"].how is HowKnown.IMPORTED
    assert about["roads"].how is HowKnown.UNKNOWN
    assert about["roads"].rows is None


def test_the_next_edition_is_taken_as_the_last_was_and_changes_are_counted(tray, office):
    for rows, expected in ((office["sites"].read_bytes(), (2, 0)), (office["sites"].read_bytes(), (0, 2))):
        file = laid(tray, "sites.xlsx", rows)
        if expected == (2, 0):
            say(tray, file, {"layer": "sites", **LEDGER})
        else:
            assert file.sheets[0].edition_of == "sites.xlsx"
            say(tray, file, {"ledger.date": "2019"})
        file.sheets[0].is_taken = True
        change = tray.taken_into(lambda _: None)
        (sites,) = [each for each in change.changes if each.layer == "sites"]
        assert (sites.new, sites.same) == expected


def test_a_second_file_for_a_layer_of_one_file_takes_its_place_or_is_not_taken(tray, office):
    content = office["sites"].read_bytes()
    files = [laid(tray, "sites.xlsx", content), laid(tray, "more.xlsx", content)]
    for file in files:
        say(tray, file, {"layer": "sites", **LEDGER})
        file.sheets[0].is_taken = True
    assert tray.twice() == ("sites",)
    tray.drop(files[1])
    tray.taken_into(lambda _: None)
    second = laid(tray, "more.xlsx", content)
    (saying,) = second.sheets
    assert second.is_ready(second.offers[0], saying) == saying.replaces
    saying.replaces = False
    assert not second.is_ready(second.offers[0], saying)


VILLAGES = "ID,name,lat,lon\n{}1,{},{},20.2\n"
PLACES = {
    "layer": "places",
    "value.kind": "village",
    "ledger.date": "2019",
    "ledger.licence": "own",
    **LEDGER,
}


@pytest.fixture
def months(tray):
    """Return two lists on the tray that both look like the next edition of one of two that were brought."""
    for name, lat in (("Alpha", 0.8), ("Bravo", 0.2)):
        file = laid(tray, f"{name}.csv", VILLAGES.format(name[0], name, lat).encode())
        say(tray, file, PLACES)
        file.sheets[0].replaces, file.sheets[0].is_taken = False, True
        tray.taken_into(lambda _: None)
    files = [
        laid(tray, f"{name}.csv", VILLAGES.format(name[0], name, 0.7).encode()) for name in ("July", "August")
    ]
    for file in files:
        say(tray, file, PLACES)
    return files


def villages(tray):
    return set(read_table(tray.area / "places.csv").frame["name"])


def test_of_two_next_editions_of_one_list_the_second_joins_whatever_was_built_between(tray, months):
    july, august = months
    assert [each.sheets[0].replaces for each in months] == [True, False]
    for file in (july, august):
        file.sheets[0].is_taken = True
        tray.taken_into(lambda _: None)
    assert villages(tray) == {"Bravo", "July", "August"}


def test_the_second_follows_the_first_where_a_person_says_so_and_what_stands_beside_stays(tray, months):
    july, august = months
    july.sheets[0].is_taken = True
    tray.taken_into(lambda _: None)
    august.sheets[0].replaces = True
    tray.offer(august)
    august.sheets[0].is_taken = True
    tray.taken_into(lambda _: None)
    assert villages(tray) == {"Bravo", "August"}


def test_an_edition_of_what_has_given_way_elsewhere_is_refused_and_nothing_changes(tray, months):
    other = Tray(tray.area, ())
    late = laid(other, "Late.csv", VILLAGES.format("L", "Late", 0.6).encode())
    say(other, late, PLACES)
    months[0].sheets[0].is_taken = True
    tray.taken_into(lambda _: None)
    late.sheets[0].is_taken = True
    with pytest.raises(LayerError, match="given way"):
        other.taken_into(lambda _: None)
    other.close()
    assert villages(tray) == {"Bravo", "July"}


def test_files_that_belong_together_wait_for_each_other(tray):
    heads = "id,airport_ref,airport_ident,length_ft,width_ft,surface,lighted,closed,le_ident"
    runways = laid(tray, "runways.csv", f"{heads}\n1,1,XX01,5000,60,GRV,0,0,09\n".encode())
    assert runways.offers[0].slot == "runways"
    runways.sheets[0].is_taken = True
    assert [str(each) for each in tray.waiting()] == [
        "OurAirports, airfields and runways needs one file more (airfields of OurAirports)"
    ]


LINE = [[20.2, 0.2], [20.8, 0.8]]
NAMED = collection(
    [feature("LineString", LINE, featurecla="River", scalerank=5, name="Long", min_zoom=5, name_alt="")]
)
FINE = collection([feature("LineString", LINE, type="river", id=1)])


def test_rivers_of_natural_earth_are_a_list_alone_and_name_finer_ones_where_these_are_there(tray):
    named = laid(tray, "named.geojson", NAMED)
    readers = [named.offers[0].reader]
    fine = laid(tray, "fine.geojson", FINE)
    tray.offer(named)
    readers.append(named.offers[0].reader)
    tray.drop(fine)
    tray.offer(named)
    assert [*readers, named.offers[0].reader] == ["listed", "wdb_rivers", "listed"]


def test_an_address_leads_to_plain_folders_of_ones_own_alone(tmp_path, monkeypatch, begun):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert own_areas() == ()
    folder = free_folder("Squares")
    folder.parent.mkdir(parents=True)
    begun.rename(folder)
    assert free_folder("Squares").name == "squares_2"
    (areas_home() / "link").symlink_to(folder)
    assert own_areas() == (folder,)
    for name in ("../squares", "link", "", "/etc", "squares/../squares", "SQUARES"):
        assert own_area(name) is None
    assert own_area("squares") == folder


def test_empty_tables_have_the_columns_and_no_rows(tmp_path: Path):
    content = empty_tables({"sites.csv": ["site_id", "name"], "roads.geojson": ["road_id"]})
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist() == ["sites.csv"]
        packed.extractall(tmp_path)
    frame = read_table(tmp_path / "sites.csv").frame
    assert list(frame.columns) == ["site_id", "name"]
    assert frame.empty
