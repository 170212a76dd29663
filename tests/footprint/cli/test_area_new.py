"""footprint area new: a country is begun with what is stated, asked on a terminal, refused where nobody can be."""

from __future__ import annotations

import json
import tomllib

import pytest
import shapely
from typer.testing import CliRunner

from footprint.cli import main
from footprint.cli.area_questions import Questions

pytestmark = pytest.mark.slow

DAY = ("--frame-date", "2019-06-30")


def run(*words, typed=None):
    return CliRunner().invoke(main.app, ["area", *map(str, words)], input=typed)


def stated(folder):
    return tomllib.loads((folder / "area.toml").read_text(encoding="utf-8"))


def test_a_country_is_begun_with_what_is_stated(tmp_path):
    result = run(
        *("new", tmp_path / "a", "--country", "Soudan du Sud", *DAY, "--rains", "4-11", "--start-month", 12),
        *("--season", "Dry season|Saison sèche=12-3", "--season", "Rains=4-11"),
        *("--units", "state,states;county,counties", "--units-fr", "État,États;comté,comtés"),
    )
    assert result.exit_code == 0, result.stderr
    area = stated(tmp_path / "a")
    assert (area["name"]["fr"], area["crs"][:34]) == ("Soudan du Sud", "+proj=laea +lat_0=8 +lon_0=30 +dat")
    assert area["calendar"] == {"rains": "4-11", "start_month": 12}
    assert area["units"]["district"] == {"en": ["county", "counties"], "fr": ["comté", "comtés"]}
    assert "Abyei" in area["disclaimer"]["en"]
    assert "not stated" not in result.stdout
    assert "Abyei" in result.stdout


def test_what_is_not_stated_is_said_and_what_comes_next(tmp_path):
    result = run("new", tmp_path / "a", "--country", "CAF", *DAY)
    assert result.exit_code == 0
    for words in ("Months of rain: not stated", "Seasons: not stated", "Missing before a review: population"):
        assert words in result.stdout
    assert f"footprint area check {tmp_path / 'a'}" in result.stdout.replace("\n", "")


def test_checking_what_was_begun_says_what_is_missing_and_how_to_bring_it(tmp_path):
    run("new", tmp_path / "a", "--country", "CAF", *DAY)
    result = run("check", tmp_path / "a", "--json")
    assert result.exit_code == 1
    faults = json.loads(result.stdout)["faults"]
    assert [fault["file"] for fault in faults] == [
        "population.tif",
        "sites.csv",
        "assets.csv",
        "roads.geojson",
    ]
    assert all("footprint area import" in fault["remedy"] for fault in faults)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "--country"),
        (("--country", "CAF"), "--frame-date"),
        (("--country", "Congo", *DAY), "(COD)"),
        (("--country", "France", *DAY), "--only"),
        (("--country", "CAF", "--only", "Nowhere", *DAY), "Known are"),
        (("--country", "CAF", "--outline", "x.geojson", *DAY), "--country or --outline"),
        (("--outline", "x.geojson", *DAY), "--name"),
        (("--country", "CAF", *DAY, "--rains", "13"), "--rains"),
        (("--country", "CAF", *DAY, "--season", "Dry=1-3"), "is in no season"),
        (("--country", "CAF", *DAY, "--units", "state"), "--units: it is no singular and plural"),
        (("--country", "CAF", *DAY, "--units-fr", "État,États"), "--units-fr: there is no English word"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_cannot_be_is_refused_in_either_language_and_leaves_nothing(tmp_path, words, says, lang):
    result = run("new", tmp_path / "a", *words, "--lang", lang)
    assert result.exit_code == 1
    assert not (tmp_path / "a").exists()
    if lang == "en":
        assert says in result.stderr


def test_part_of_a_country_is_called_by_its_parts(tmp_path):
    result = run("new", tmp_path / "a", "--country", "SSD", "--only", "Jonglei", "--only", "Unity", *DAY)
    assert result.exit_code == 0
    assert stated(tmp_path / "a")["name"]["en"] == "South Sudan: Jonglei, Unity"


def test_on_a_terminal_what_is_left_out_is_asked_with_why(tmp_path, monkeypatch):
    monkeypatch.setattr(Questions, "here", classmethod(lambda cls, language: cls(language, can_ask=True)))
    # In the order asked: country, day, cells, whether all proposals are taken, rains, seasons, first month, units.
    answers = ["mali", "2019-06-30", "", "no", "-", "Dry season=10-5; Rains=6-9", "10", "-"]
    result = run("new", tmp_path / "a", typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    area = stated(tmp_path / "a")
    assert (area["calendar"], area["cell_km"], str(area["frame_date"])) == (
        {"start_month": 10},
        5,
        "2019-06-30",
    )
    assert list(area["seasons"]) == ["DRY_SEASON", "RAINS"]
    assert "never guessed" in result.stdout


def test_what_is_known_of_a_country_is_proposed_with_who_says_so_and_taken_by_enter(tmp_path, monkeypatch):
    monkeypatch.setattr(Questions, "here", classmethod(lambda cls, language: cls(language, can_ask=True)))
    result = run("new", tmp_path / "a", typed="\n".join(["ssd", "2019-06-30", "", "no", *[""] * 5]) + "\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    area = stated(tmp_path / "a")
    assert area["calendar"] == {"rains": "4-11", "start_month": 12}
    assert [each["months"] for each in area["seasons"].values()] == ["12-3", "4-11"]
    assert area["units"]["district"] == {"en": ["county", "counties"], "fr": ["comté", "comtés"]}
    assert "COD-AB" in result.stdout


def test_all_that_is_proposed_is_taken_by_one_enter(tmp_path, monkeypatch):
    asked(monkeypatch)
    result = run("new", tmp_path / "a", "--lang", "fr", typed="ssd\n2019-06-30\n\n\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    one_by_one = run("new", tmp_path / "b", "--lang", "fr", typed="ssd\n2019-06-30\n\nnon\n" + "\n" * 5)
    assert one_by_one.exit_code == 0, one_by_one.stdout + one_by_one.stderr
    assert stated(tmp_path / "a") == stated(tmp_path / "b")
    assert "Mois de pluie : 4-11 (" in result.stdout.replace("\u00a0", " ")
    assert "COD-AB" in result.stdout


def test_what_is_stated_is_not_among_the_proposals_and_what_is_made_of_it_is(tmp_path, monkeypatch):
    asked(monkeypatch)
    options = ("--rains", "5-10", "--units", "state,states")
    result = run("new", tmp_path / "a", *options, typed="ssd\n2019-06-30\n\nperhaps\n\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "'perhaps' is neither yes nor no" in result.stdout
    assert "Months of rain" not in result.stdout
    area = stated(tmp_path / "a")
    assert [each["months"] for each in area["seasons"].values()] == ["11-4", "5-10"]
    assert area["units"] == {"region": {"en": ["state", "states"], "fr": ["État", "États"]}}


def test_what_is_known_of_a_country_is_not_taken_where_nobody_sees_it(tmp_path):
    run("new", tmp_path / "a", "--country", "SSD", *DAY)
    assert not {"units", "calendar", "seasons"} & stated(tmp_path / "a").keys()


def test_an_outline_of_ones_own_is_taken_by_the_process_apart(tmp_path):
    file = tmp_path / "sector.geojson"
    shape = json.loads(shapely.to_geojson(shapely.box(29, -1, 31, 1)))
    feature = {"type": "Feature", "properties": {"name": "Sector"}, "geometry": shape}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    result = run("new", tmp_path / "a", "--outline", file, "--name", "Sector", *DAY)
    assert result.exit_code == 0, result.stderr
    assert "+lat_0=0 +lon_0=30" in stated(tmp_path / "a")["crs"]
    ledger = (tmp_path / "a" / "sources.csv").read_text(encoding="utf-8")
    assert "country.geojson,country,Outline of the area,sector.geojson" in ledger


def test_a_file_of_points_is_no_outline(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text("name,lon,lat\na,30.1,5.2\nb,30.2,5.3\n", encoding="utf-8")
    result = run("new", tmp_path / "a", "--outline", file, "--name", "Sector", *DAY)
    assert result.exit_code == 1
    assert "hold polygons" in result.stderr


@pytest.mark.parametrize(("lang", "name"), [("en", "South Sudan"), ("fr", "Soudan du Sud")])
def test_countries_are_listed_in_either_language_with_what_is_disputed(lang, name):
    result = run("countries", "--lang", lang)
    assert result.exit_code == 0
    assert name in result.stdout
    assert "Abyei" in result.stdout


def test_words_for_units_are_asked_in_french_too_where_they_are_stated(tmp_path, monkeypatch):
    monkeypatch.setattr(Questions, "here", classmethod(lambda cls, language: cls(language, can_ask=True)))
    answers = [
        "mali",
        "2019-06-30",
        "",
        "no",
        "",
        "",
        "",
        "region,regions;cercle,cercles",
        "région,régions;cercle,cercles",
    ]
    result = run("new", tmp_path / "a", typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert stated(tmp_path / "a")["units"]["region"] == {
        "en": ["region", "regions"],
        "fr": ["région", "régions"],
    }


def called_so(tmp_path, monkeypatch, *answers, options=()):
    """Return what units are called after answers to the last questions, about Mali."""
    asked(monkeypatch)
    typed = ["mali", "2019-06-30", "", "no", "", "", "", *answers]
    result = run("new", tmp_path / "a", *options, typed="\n".join(typed) + "\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    return stated(tmp_path / "a").get("units"), result.stdout


def test_no_french_words_are_proposed_for_units_that_are_called_otherwise_in_english(tmp_path, monkeypatch):
    units, said = called_so(tmp_path, monkeypatch, "zone,zones", "")
    assert units == {"region": {"en": ["zone", "zones"]}}
    assert "région" not in said.partition("asked each")[2]


def test_french_words_are_proposed_as_far_as_english_ones_are_as_proposed(tmp_path, monkeypatch):
    units, _ = called_so(tmp_path, monkeypatch, "region,regions;area,areas", "")
    assert units["region"]["fr"] == ["région", "régions"]
    assert units["district"] == {"en": ["area", "areas"]}


def test_french_words_of_a_level_without_english_ones_are_asked_again(tmp_path, monkeypatch):
    units, said = called_so(tmp_path, monkeypatch, "zone,zones", "zone,zones;aire,aires", "zone,zones")
    assert "there is no English word" in said
    assert units == {"region": {"en": ["zone", "zones"], "fr": ["zone", "zones"]}}


def test_english_words_must_be_there_where_an_option_states_french_ones(tmp_path, monkeypatch):
    option = ("--units-fr", "zone,zones;aire,aires")
    units, _ = called_so(tmp_path, monkeypatch, "-", "zone,zones", "zone,zones;area,areas", options=option)
    assert units["district"] == {"en": ["area", "areas"], "fr": ["aire", "aires"]}


def asked(monkeypatch):
    monkeypatch.setattr(Questions, "here", classmethod(lambda cls, language: cls(language, can_ask=True)))


def test_an_answer_that_cannot_be_is_told_why_and_asked_again(tmp_path, monkeypatch):
    asked(monkeypatch)
    # Country, day, cells, rains, seasons, first month, units: of each first one that is wrong. Proposals: no.
    answers = [
        "Malia",
        "mali",
        "31/06/2019",
        "30/06/2019",
        "50",
        "5",
        "no",
        "summer",
        "Jun-Sep",
        "Dry=Oct-Apr; Rains=6-9",
    ]
    answers += ["Dry season=Oct-May; Rains=juin à septembre", "13", "October", "state", "-"]
    result = run("new", tmp_path / "a", typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    area = stated(tmp_path / "a")
    assert (area["calendar"], str(area["frame_date"])) == ({"rains": "6-9", "start_month": 10}, "2019-06-30")
    assert [each["months"] for each in area["seasons"].values()] == ["10-5", "6-9"]
    for words in (
        "no country is called so",
        "'31/06/2019' is no day",
        "'50' is not from 1 to 10",
        "'summer' is no month or range",
        "month 5 is in no season",
        "'13' is no month",
        "singular and plural",
        "Taken as 2019-06-30.",
    ):
        assert words in result.stdout  # fmt: skip


@pytest.mark.parametrize("rains", ["5-11", "May-Nov", "May to November", "mai à novembre", "de mai à nov."])
def test_options_understand_months_as_people_write_them(tmp_path, rains):
    result = run(
        *("new", tmp_path / "a", "--country", "SSD", "--frame-date", "30/06/2019", "--rains", rains),
        *("--season", "Dry season=Dec-Apr", "--season", f"Rains={rains}", "--start-month", "décembre"),
    )
    assert result.exit_code == 0, result.stderr
    assert stated(tmp_path / "a")["calendar"] == {"rains": "5-11", "start_month": 12}
    assert str(stated(tmp_path / "a")["frame_date"]) == "2019-06-30"


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--rains", "wet"),
        ("--season", "Dry=Dec-Apr"),
        ("--season", "Dry=winter"),
        ("--frame-date", "06/30/2019"),
        ("--start-month", "13"),
    ],
)
def test_an_option_that_cannot_be_is_named(tmp_path, option, value):
    words = {"--frame-date": "2019-06-30", option: value}
    result = run(
        "new", tmp_path / "a", "--country", "CAF", *(each for pair in words.items() for each in pair)
    )
    assert result.exit_code != 0
    assert option in result.stderr
    assert not (tmp_path / "a").exists()


def test_a_folder_that_is_there_is_refused_before_anything_is_asked(tmp_path, monkeypatch):
    asked(monkeypatch)
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    result = run("new", tmp_path, typed="\n")
    assert result.exit_code == 1
    assert "there already" in result.stderr
    assert "Which country" not in result.stdout


def test_a_rain_in_no_month_and_a_dash_are_answers(tmp_path, monkeypatch):
    asked(monkeypatch)
    result = run("new", tmp_path / "a", typed="mali\n30 juin 2019\n\nno\naucun\n-\n-\n-\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert stated(tmp_path / "a")["calendar"] == {"rains": ""}
