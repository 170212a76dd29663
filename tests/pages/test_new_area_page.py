"""The page New area: begun from a country, files offered and taken, open to nobody else, led back to."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread, Timer
from time import sleep

import pytest
from streamlit.testing.v1 import AppTest

from footprint.pages import _own
from layers.intake.area import AreaChange
from layers.intake.own_areas import areas_home
from layers.intake.tray import Tray
from layers.manifest import read_manifest
from tests.brought_files import brought_files
from tests.foreign_files import collection, feature
from tests.pages.conftest import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

Opened = Callable[..., AppTest]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Opened:
    """Return a way to open the page, whose areas are the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("FOOTPRINT_STORE", str(tmp_path / "desks.store"))

    def open_page(*arguments: str, area: str = "") -> AppTest:
        monkeypatch.setattr(sys, "argv", ["app.py", *arguments])
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        if area:
            app.query_params["area"] = area
        return app.switch_page("footprint/pages/newarea.py").run()

    return open_page


def begun(app: AppTest) -> AppTest:
    app.selectbox(key="begin_country").select("LSO").run()
    app.text_input(key="begin_day").input("2019-06-30").run()
    return app.button(key="begin_area").click().run()


def with_sites(opened: Opened) -> AppTest:
    """Return the page of an area into which a list of sites was dropped, of which the ledger is still open."""
    begun(opened())
    app = opened(area="lesotho")
    app.file_uploader[0].upload("bases.csv", b"name,kind,lat,lon\nAlpha,camp,-29.3,28.2\n").run()
    layer = next(str(each.key) for each in app.selectbox if "layer_" in str(each.key))
    return app.selectbox(key=layer).select("sites").run()


def test_an_area_is_begun_from_a_country_and_no_rain_or_season_is_guessed(opened: Opened) -> None:
    app = begun(opened())
    assert not app.exception
    about = read_manifest(areas_home() / "lesotho")
    assert about.names["fr"] == "Lesotho"
    assert str(about.frame_date) == "2019-06-30"
    assert set(about.unstated) == {"rains", "seasons", "start_month"}
    assert app.query_params["area"] in ("lesotho", ["lesotho"])
    assert app.button(key="open_area").disabled


def test_what_is_no_day_is_said_and_nothing_can_be_begun(opened: Opened) -> None:
    app = opened()
    app.selectbox(key="begin_country").select("LSO").run()
    app.text_input(key="begin_day").input("31/06/2019").run()
    assert any("31/06/2019" in each.value for each in app.error)
    assert "begin_area" not in [each.key for each in app.button]


def test_a_day_is_typed_as_people_write_it(opened: Opened) -> None:
    app = opened()
    app.selectbox(key="begin_country").select("LSO").run()
    app.text_input(key="begin_day").input("30 juin 2019").run()
    assert any("30 June 2019" in each.value for each in app.caption)
    assert "begin_area" in [each.key for each in app.button]


def test_a_language_chosen_over_an_open_list_is_that_of_its_fields_at_once(opened: Opened) -> None:
    app = with_sites(opened)
    assert "not stated" in [each.value for each in app.text_input]
    app.session_state["choices"] = replace(app.session_state["choices"], language="fr")
    app.run()
    assert not app.exception
    assert "not stated" not in [each.value for each in app.text_input]
    assert "non indiqué" in [each.value for each in app.text_input]


def test_a_day_without_a_year_is_refused_in_the_ledger(opened: Opened) -> None:
    app = with_sites(opened)
    date = next(each for each in app.text_input if "_date_" in str(each.key))
    date.input("soon").run()
    assert any("'soon' names no year" in each.value for each in app.error)


def test_files_are_offered_and_taken_and_the_address_leads_back(opened: Opened, tmp_path: Path) -> None:
    begun(opened())
    app = opened(area="lesotho")
    assert any("Lesotho" in each.value for each in app.title)
    file = brought_files(tmp_path)["roads"]
    app.file_uploader[0].upload(file.name, file.read_bytes()).run()
    assert not app.exception
    take = next(each for each in app.button if str(each.key).startswith("take_") and each.key != "take_all")
    take.click().run()
    assert any("roads" in each.value and "2" in each.value for each in app.success)
    app.button(key="build_area").click().run()
    assert not app.exception
    assert [each.value for each in app.success if "built" in each.value] == ["The area is built."]
    left = " ".join(each.value for each in app.markdown)
    assert "2 rows" in left, "roads of another country are left out, and that is said"


def test_where_others_reach_the_app_the_page_says_so_and_does_nothing_else(opened: Opened) -> None:
    begun(opened())
    app = opened("--reached-by-others", area="lesotho")
    assert len(app.info) == 1
    assert not app.exception
    assert list(app.button) == []
    assert list(app.selectbox) == []


def test_an_address_that_names_no_area_of_ones_own_is_told(opened: Opened) -> None:
    app = opened(area="../../etc")
    assert any("../../etc" in each.value for each in app.warning)
    assert app.selectbox(key="begin_country").value is None


def test_files_neither_taken_nor_left_are_there_when_the_page_is_loaded_anew(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_own, "_is_open", lambda _: False)
    begun(opened())
    before = opened(area="lesotho")
    file = brought_files(tmp_path)["roads"]
    before.file_uploader[0].upload(file.name, file.read_bytes()).run()
    after = opened(area="lesotho")
    assert any(str(each.key).startswith("take_") for each in after.button)
    assert after.file_uploader[0].value == []


def test_a_page_does_not_take_what_another_builds_of_the_same_area_for_its_own(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_own, "_is_open", lambda _: True)
    begun(opened())
    file = brought_files(tmp_path)["roads"]
    apps = [opened(area="lesotho"), opened(area="lesotho")]
    for app in apps:
        app.file_uploader[0].upload(file.name, file.read_bytes()).run()
        keys = [str(each.key) for each in app.button]
        app.button(
            key=next(key for key in keys if key.startswith("take_") and key != "take_all")
        ).click().run()
    first, second = (app.session_state["kept"]["tray"] for app in apps)
    held, built = Event(), list[Tray]()

    def builds(tray: Tray, _: object) -> AreaChange:
        built.append(tray)
        if tray is first:
            held.wait(60)
        return AreaChange((), (), ())

    monkeypatch.setattr(Tray, "taken_into", builds)
    building = Thread(target=apps[0].button(key="build_area").click().run)
    building.start()
    while not built:
        sleep(0.01)
    release = Timer(20, held.set)
    release.start()
    apps[1].button(key="build_area").click().run()
    held.set()
    release.cancel()
    building.join()
    assert built == [first, second]


def test_what_is_known_of_a_country_stands_in_the_fields_and_is_said_to_be_a_proposal(opened: Opened) -> None:
    app = opened()
    app.selectbox(key="begin_country").select("SSD").run()
    assert app.text_input(key="begin_unit_en_3_SSD").value == "counties"
    assert any("COD-AB" in each.value for each in app.caption)
    app.text_input(key="begin_day").input("2019-06-30").run()
    app.button(key="begin_area").click().run()
    assert read_manifest(areas_home() / "south_sudan").unstated == ()


def test_french_words_stand_in_the_fields_as_far_as_english_ones_are_as_proposed(opened: Opened) -> None:
    app = opened()
    app.selectbox(key="begin_country").select("SSD").run()
    for number in (2, 3):
        app.text_input(key=f"begin_unit_en_{number}_SSD").input("").run()
    french = {each.key: each.value for each in app.text_input if str(each.key).startswith("begin_unit_fr_")}
    assert french["begin_unit_fr_1_SSD"] == "États"
    assert french["begin_unit_fr_3_SSD_own"] == ""
    app.text_input(key="begin_day").input("2019-06-30").run()
    app.button(key="begin_area").click().run()
    assert not app.exception
    begun_with = tomllib.loads((areas_home() / "south_sudan" / "area.toml").read_text(encoding="utf-8"))
    assert list(begun_with["units"]) == ["region"]


def test_a_list_whose_columns_say_nothing_is_taken_by_what_a_person_says_of_them(opened: Opened) -> None:
    begun(opened())
    app = opened(area="lesotho")
    for name in ("north.csv", "south.csv"):
        app.file_uploader[0].upload(name, b"Name;A;B\nOne;-29,50;28,10\nTwo;-29,75;28,40\n").run()
    for at in range(2):
        keys = [str(each.key) for each in app.selectbox]
        layer = [key for key in keys if key.startswith("layer_")][at]
        app.selectbox(key=layer).select("places").run()
    for at, (content, column) in enumerate(2 * [("latitude", "A"), ("longitude", "B")]):
        keys = [str(each.key) for each in app.selectbox]
        # Those of the first list are gone once it says where its rows are.
        place = next(key for key in keys if key.startswith("place_") and key.endswith(content))
        app.selectbox(key=place).select(column).run()
        assert not app.exception, at
    assert not [each for each in app.selectbox if str(each.key).startswith("place_")]
    silent = next(each for each in app.text_input if str(each.key).startswith("all_origin"))
    silent.input("Office").run()
    assert not [each for each in app.text_input if str(each.key).startswith("all_origin")]
    origins = [each.value for each in app.text_input if "_origin_" in str(each.key)]
    assert origins == ["Office", "Office"], "said once, it stands at both lists"


def test_what_was_answered_stays_and_is_asked_anew_where_a_person_says_so(opened: Opened) -> None:
    begun(opened())
    app = opened(area="lesotho")
    app.file_uploader[0].upload("list.csv", b"Name;A;B\nOne;-29,50;28,10\nTwo;-29,75;28,40\n").run()
    layer = next(str(each.key) for each in app.selectbox if str(each.key).startswith("layer_"))
    app.selectbox(key=layer).select("places").run()
    for content, column in (("latitude", "A"), ("longitude", "B")):
        place = next(str(each.key) for each in app.selectbox if str(each.key).endswith(content))
        app.selectbox(key=place).select(column).run()
    (line,) = (each.value for each in app.markdown if "latitude" in each.value and "longitude" in each.value)
    assert "A" in line
    assert "B" in line
    change = next(str(each.key) for each in app.button if str(each.key).startswith("change_"))
    app.button(key=change).click().run()
    assert any(str(each.key).startswith("place_") for each in app.selectbox)


def test_the_system_of_shapes_that_state_none_is_asked_for_and_can_be_changed(opened: Opened) -> None:
    begun(opened())
    app = opened(area="lesotho")
    # Two places of Lesotho in metres of UTM 35S; nothing in the file says so.
    line = feature("LineString", [[607000, 6735000], [636000, 6707000]], nom="Ouest")
    app.file_uploader[0].upload("lines.geojson", collection([line])).run()
    layer = next(str(each.key) for each in app.selectbox if str(each.key).startswith("layer_"))
    app.selectbox(key=layer).select("rivers").run()
    field = next(each for each in app.text_input if str(each.key).endswith("_reference"))
    field.input("UTM 99X").run()
    assert any("UTM 99X" in each.value for each in app.error)
    next(each for each in app.text_input if str(each.key).endswith("_reference")).input("UTM 35H").run()
    assert not app.exception
    assert not [each for each in app.text_input if str(each.key).endswith("_reference")]
    change = next(str(each.key) for each in app.button if str(each.key).startswith("change_") and "reference" in str(each.key))  # fmt: skip
    app.button(key=change).click().run()
    assert [each for each in app.text_input if str(each.key).endswith("_reference")]
