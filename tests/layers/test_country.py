"""What an area says of its country, what stands in where it says nothing, and layers it may lack."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from footprint.cli.main import app
from layers import load_area
from layers.area import Area
from layers.months import ALL_MONTHS
from layers.places import load_places
from layers.registry import LAYERS
from layers.seasons import QUARTERS
from layers.sensitive import SensitiveKind
from tests.layers.square import Folder
from tests.worlds import METRES

MAY_LACK = tuple(name for name, layer in LAYERS.items() if layer.empty is not None)
YEAR = """
[calendar]
rains = "4-10"
start_month = 11
[seasons.WET]
months = "4-10"
label.en = "Wet season"
label.fr = "Saison humide"
[seasons.DRY]
months = "11-3"
label.en = "Dry season"
[units.district]
en = ["county", "counties"]
fr = ["comté", "comtés"]
"""
OBJECTIVE = """
[[objective]]
id = "west"
name.en = "Protect civilians in the West"
name.fr = "Protéger les civils dans l'Ouest"
mandate = "invented"
regions = ["W"]
weight = 1.0
decided = false
measure = "blend"
tier_weights = [0.25, 0.25, 0.5]
"""


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def stated(folder, text=YEAR):
    folder.toml += text
    folder.say()
    return folder


def without(folder, *layers):
    for layer in layers:
        folder.toml = folder.toml.replace(f'{layer} = "{layer}.csv"\n', "").replace(
            f'{layer} = "{layer}.csv"', ""
        )
        (folder.path / f"{layer}.csv").unlink()
    folder.say()
    return folder


@pytest.mark.slow
def test_a_folder_states_its_seasons_in_its_own_order(folder):
    area = load_area(stated(folder).path)
    assert [season.season_id for season in area.seasons] == ["WET", "DRY"]
    assert [season.label("fr") for season in area.seasons] == ["Saison humide", "Dry season"]
    assert area.rains_months == area.seasons[0].months
    assert area.start_month == 11
    assert area.unstated == ()


@pytest.mark.slow
def test_a_folder_states_its_words_for_units(folder):
    words = load_area(stated(folder).path).unit_words
    assert [words.word("district", "en", n) for n in (0, 1, 2)] == ["counties", "county", "counties"]
    assert [words.word("district", "fr", n) for n in (0, 1, 2)] == ["comté", "comté", "comtés"]
    assert words.word("region", "fr", 3) == "régions"
    assert words.word("district", "pt", 2) == "counties"


@pytest.mark.slow
def test_a_folder_that_says_nothing_has_the_quarters_of_the_year_and_says_what_it_leaves_out(folder):
    area = load_area(folder.path)
    assert area.seasons == QUARTERS
    assert (area.rains_months, area.start_month, area.start_focus) == (0, 1, "")
    assert area.unit_words.word("district", "en", 2) == "districts"
    assert area.unstated == ("seasons", "rains", "start_month", "units")


def test_every_month_is_in_one_quarter():
    assert sum(season.months for season in QUARTERS) == ALL_MONTHS


@pytest.mark.slow
def test_a_folder_may_name_the_focus_to_begin_with(folder):
    folder.say("cell_km = 10\n", 'cell_km = 10\nstart_focus = "West"\n')
    assert load_area(folder.path).start_focus == "West"


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('months = "4-10"', 'months = "4-9"', "'seasons': month 10 is in no season"),
        ('months = "11-3"', 'months = "10-3"', "'seasons': month 10 is in several seasons"),
        ('months = "11-3"', 'months = "11-33"', "'seasons.DRY.months': it names no months"),
        ('months = "11-3"', 'months = ""', "'seasons.DRY.months': it names no months"),
        ('label.en = "Dry season"', 'label.fr = "Saison sèche"', "'seasons.DRY.label': there is no English"),
        ('label.en = "Dry season"', "label.en = 3", "'seasons.DRY.label': there is no English"),
        ('rains = "4-10"', 'rains = "wet"', "'calendar.rains': these are no months"),
        ("start_month = 11", "start_month = 13", "'calendar.start_month': it is no month"),
        ("start_month = 11", "start_month = true", "'calendar.start_month': it is no month"),
        ("start_month = 11", "begin = 11", "'calendar.begin': the key is not known"),
        ('en = ["county", "counties"]', 'en = "county"', "'units.district.en': it is no singular"),
        ('en = ["county", "counties"]\n', "", "'units.district': there is no English word"),
        ("[units.district]", "[units.payam]", "'units.payam': the level is not known"),
    ],
)
def test_a_year_or_a_word_that_makes_no_sense_is_named(folder, right, wrong, fault):
    folder.toml += YEAR
    folder.say(right, wrong)
    assert any(fault in said for said in folder.faults())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("[seasons.WET]\n", '[[seasons]]\nid = "WET"\n'), ("[calendar]\n", "[[calendar]]\n"),
     ("[units.district]\n", "[[units]]\n")],
)  # fmt: skip
def test_a_list_where_a_table_belongs_is_a_fault(folder, right, wrong):
    folder.toml += YEAR.replace("[seasons.DRY]\n", "") if "seasons" in right else YEAR
    folder.say(right, wrong)
    assert folder.faults()


def test_a_focus_to_begin_with_that_is_none_is_named(folder):
    folder.say("cell_km = 10\n", 'cell_km = 10\nstart_focus = "North"\n')
    assert any("'North' is no focus" in fault for fault in folder.faults())


def test_all_faults_of_the_year_and_the_words_are_told_at_once(folder):
    folder.toml += YEAR
    folder.toml = folder.toml.replace("start_month = 11", "start_month = 0").replace(
        "cell_km = 10", "cell_km = 99"
    )
    folder.say('en = ["county", "counties"]', "en = 1")
    assert len(folder.faults()) == 3


def test_what_a_review_cannot_do_without_may_not_lack():
    assert set(LAYERS) - set(MAY_LACK) == {"sites", "assets", "roads", "country", "regions", "districts"}


@pytest.mark.slow
def test_an_area_without_any_layer_it_may_lack_loads_and_is_reviewed(folder):
    area = load_area(without(folder, *MAY_LACK).path)
    assert area.absent == MAY_LACK
    for name in set(MAY_LACK) - {"sensitive"}:
        frame = getattr(area, name)
        assert len(frame) == 0, name
        assert frame.crs == area.crs, name
    (folder.path / "objectives.toml").write_text(OBJECTIVE, encoding="utf-8")
    ran = CliRunner().invoke(app, ["review", str(folder.path), "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)


@pytest.mark.slow
def test_what_a_folder_lacks_is_not_known_rather_than_nought(folder):
    """From the layer that is not there to what the terminal, the document and the review say of it."""
    path = str(without(folder, "airfields").path)
    (folder.path / "objectives.toml").write_text(OBJECTIVE, encoding="utf-8")
    for lang, words in (("en", "Airfields not known"), ("fr", "Aérodromes non connu")):
        printed = CliRunner().invoke(app, ["area", "check", path, "--lang", lang]).output
        assert words in " ".join(printed.split())
    said = json.loads(CliRunner().invoke(app, ["area", "check", path, "--json"]).stdout)
    assert said["layers"]["airfields"] is None
    assert said["layers"]["incidents"] is not None
    review = json.loads(CliRunner().invoke(app, ["review", path, "--json"]).stdout)
    warnings = {warning["code"]: warning["text"] for warning in review["warnings"]}
    assert "Airfields" in warnings["layers_absent"]
    assert "seasons" in warnings["unstated"]


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in MAY_LACK if name != "sensitive"])
def test_an_absent_layer_has_the_columns_it_would_have(folder, name):
    whole = getattr(load_area(folder.path), name)
    lacking = getattr(load_area(without(folder, name).path), name)
    assert lacking.dtypes.to_dict() == whole.dtypes.to_dict()
    assert lacking.index.name == whole.index.name


@pytest.mark.slow
def test_absent_sensitive_places_are_not_known_rather_than_none(folder):
    area = load_area(without(folder, "sensitive").path)
    assert area.sensitive.kinds() == ()
    assert area.sensitive.count() is None
    for kind in SensitiveKind:
        assert area.sensitive.any_near(area.sites.geometry["camp"], kind) is None


@pytest.mark.slow
def test_a_layer_of_no_rows_is_not_absent(folder):
    assert load_area(folder.path).absent == ()


@pytest.mark.parametrize("word", ["district_seat", "cercle_seat"])
def test_a_seat_of_the_second_level_may_be_written_either_way(folder, word):
    folder.put("places.csv", f"p1,Town,{word},5000,-4.5,14")
    assert load_places(folder.path / "places.csv", METRES)["kind"].tolist() == ["cercle_seat"]


def test_every_layer_has_its_field_in_an_area():
    assert set(LAYERS) <= set(Area.__dataclass_fields__)
