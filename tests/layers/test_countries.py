"""Countries of Natural Earth: found by what people write, drawn as the files have them, disputes said."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import shapely

from data.build_outlines.shapes import STEPS, coded
from footprint.views.intake import SOURCES
from layers.countries import (
    PROPOSALS,
    FirstLevelUnit,
    country_units,
    disputed_places,
    find_country,
    proposal,
    read_countries,
    whole,
)
from layers.errors import LayerError

FOLDER = Path(__file__).resolve().parents[2] / "data" / "outlines"
COUNTRIES = read_countries(FOLDER)


@pytest.mark.parametrize(
    ("asked", "iso3"),
    [
        ("SSD", "SSD"),
        ("ss", "SSD"),
        ("south sudan", "SSD"),
        ("Soudan du Sud", "SSD"),
        ("République centrafricaine", "CAF"),
        ("republique  CENTRAFRICAINE", "CAF"),
        ("Cote d'Ivoire", "CIV"),
        ("DRC", "COD"),
        ("Guinea Bissau", "GNB"),
        ("Guinea", "GIN"),
        ("Niger", "NER"),
    ],
)
def test_a_country_is_found_by_code_and_by_name_in_either_language(asked, iso3):
    assert find_country(COUNTRIES, asked).iso3 == iso3


@pytest.mark.parametrize(("asked", "both"), [("Congo", ("COD", "COG")), ("Korea", ("PRK", "KOR"))])
def test_a_name_that_several_carry_is_refused_with_the_choices(asked, both):
    with pytest.raises(LayerError, match="several countries") as caught:
        find_country(COUNTRIES, asked)
    assert all(code in str(caught.value) for code in both)


def test_a_misspelt_name_is_refused_with_what_is_near():
    with pytest.raises(LayerError, match=r"Chad \(TCD\)"):
        find_country(COUNTRIES, "Chadd")


@pytest.mark.parametrize("asked", ["", "  ", "…", "nowhere at all"])
def test_what_is_no_name_is_refused(asked):
    with pytest.raises(LayerError, match="no country is called so"):
        find_country(COUNTRIES, asked)


def test_every_country_of_the_list_has_its_file_and_no_file_is_left_over():
    assert {f"{each.iso3}.json.xz" for each in COUNTRIES} == {path.name for path in FOLDER.glob("*.xz")}


def test_codes_are_those_of_iso_3166_where_natural_earth_has_its_own():
    codes = {each.iso3 for each in COUNTRIES}
    assert {"SSD", "ESH", "PSE", "XKX"} <= codes
    assert not codes & {"SDS", "SAH", "PSX", "KOS", "SOL", "CYN"}


@pytest.mark.parametrize("iso3", ["SSD", "SDN", "ESH", "XKX", "SOM", "CYP", "SYR", "UKR", "IND"])
def test_what_is_disputed_is_said_in_both_languages(iso3):
    country = find_country(COUNTRIES, iso3)
    assert country.note("en")
    assert country.note("fr") not in {"", country.note("en")}


@pytest.mark.parametrize("iso3", ["SSD", "FJI", "XKX", "LUX"])
def test_units_are_valid_named_apart_and_share_their_borders(iso3):
    country = find_country(COUNTRIES, iso3)
    units = country_units(FOLDER, country)
    shapes = np.array([unit.shape for unit in units])
    assert len({unit.unit_id for unit in units}) == len(units) == country.units
    assert shapely.is_valid(shapes).all()
    overlap = sum(shapely.area(shapes)) - shapely.area(whole(units))
    assert overlap == pytest.approx(0, abs=1e-6)  # square degrees: a hectare


def test_neighbours_share_their_border():
    south, north = (whole(country_units(FOLDER, find_country(COUNTRIES, code))) for code in ("SSD", "SDN"))
    assert shapely.area(shapely.intersection(south, north)) < 1e-4
    assert shapely.length(shapely.intersection(south.boundary, north.boundary)) > 10  # degrees


def test_western_sahara_is_drawn_on_both_sides_of_the_berm():
    outline = whole(country_units(FOLDER, find_country(COUNTRIES, "ESH")))
    north = outline.bounds[3]
    assert north == pytest.approx(27 + 40 / 60, abs=1 / STEPS)
    assert outline.contains(shapely.Point(-13.2, 27.1))
    assert outline.contains(shapely.Point(-10.5, 26.1))


def test_what_is_coded_is_read_as_it_was_drawn():
    square = shapely.MultiPolygon([shapely.box(1, 2, 3, 4).difference(shapely.box(1.5, 2.5, 2, 3))])
    drawn = np.array(coded(square)[0][1]).reshape(-1, 2).cumsum(axis=0) / STEPS
    assert shapely.Polygon(drawn).equals(shapely.box(1.5, 2.5, 2, 3))
    assert whole([FirstLevelUnit("a", "A", square)]).equals(square)


def rows_proposed():
    with (FOLDER / PROPOSALS).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_word_proposed_stands_in_every_form_and_says_who_names_units_so():
    for row in rows_proposed():
        for level in ("region", "district"):
            forms = [row[f"{level}{s}_{code}"] for code in ("en", "fr") for s in ("", "s")]
            assert all(forms) or not any(forms), row["iso3"]
        assert bool(row["region_en"]) == bool(row["units_from"]), row["iso3"]
        assert bool(row["rains"]) == bool(row["rains_from"]), row["iso3"]


def test_every_proposal_is_of_a_country_with_an_outline():
    assert {row["iso3"] for row in rows_proposed()} <= {each.iso3 for each in COUNTRIES}


def test_every_source_of_a_proposal_can_be_said_in_french():
    named = {row[of] for row in rows_proposed() for of in ("units_from", "rains_from")} - {""}
    assert named <= set(SOURCES)


@pytest.mark.parametrize(
    ("iso3", "first", "second"),
    [
        ("SSD", "states", "counties"),
        ("MLI", "regions", "cercles"),
        ("CAF", "prefectures", "sub-prefectures"),
        ("COD", "provinces", "territories"),
    ],
)
def test_units_are_called_as_ochas_datasets_call_them(iso3, first, second):
    words = proposal(FOLDER, find_country(COUNTRIES, iso3)).unit_words
    assert (words["region"]["en"][1], words["district"]["en"][1]) == (first, second)


@pytest.mark.parametrize("iso3", ["ESH", "PSE", "LSO"])
def test_where_no_rain_is_known_none_is_proposed(iso3):
    assert proposal(FOLDER, find_country(COUNTRIES, iso3)).rains is None


def test_ilemi_and_abyei_lie_where_the_note_says():
    shapes = {
        code: whole(country_units(FOLDER, find_country(COUNTRIES, code))) for code in ("SSD", "SDN", "KEN")
    }
    abyei, ilemi = shapely.Point(28.44, 9.59), shapely.Point(35.17, 4.82)
    assert [code for code, shape in shapes.items() if shape.contains(abyei)] == ["SDN"]
    assert [code for code, shape in shapes.items() if shape.contains(ilemi)] == ["KEN"]


def test_disputed_areas_are_told_by_the_side_of_the_outline_that_is_used():
    south = [each.shape for each in country_units(FOLDER, find_country(COUNTRIES, "SSD"))]
    sides = {place.name("en"): inside for place, inside in disputed_places(FOLDER, south)}
    assert sides == {"Abyei": False, "the Ilemi triangle": False, "Kafia Kingi": False}
    wider = [*south, shapely.box(27.8, 9.3, 29.0, 10.2)]
    assert {place.name("fr"): inside for place, inside in disputed_places(FOLDER, wider)}["Abyei"]
