"""What may come in by its column name, and what may not."""

import pandas as pd
import pytest

from layers.airfields import Airfields
from layers.boundaries import Boundaries
from layers.formats.columns import guarded
from layers.formats.forbidden import forbidden_kind, plain, slug
from layers.incidents import Incidents
from layers.places import Places
from layers.roads import Roads
from layers.sensitive import Sensitive
from layers.sites import Assets, Sites
from layers.waters import FloodZones, Lakes, Rivers

FORBIDDEN = {
    "ethnicity": ["ethnie", "ethnic_group", "Ethnicity", "ETHNIE", "groupe ethnique", "tribe", "Tribu",
    "clan", "caste"],
    "religion": ["religion", "religious_group", "Confession", "religieux"],
    "affiliation": ["affiliation", "political_party", "Appartenance", "sympathie", "allegiance"],
    "armed actors": [
        "actor1", "assoc_actor_1", "ACTOR2", "acteur", "side_a", "sideB", "side_a_dset_id", "dyad_name",
        "gwnoa",
        "conflict_name", "conflict_new_id", "inter1", "interaction", "armed_group", "groupe armé", "milice",
    ],
    "names of persons": [
        "victim_name", "nom_victime", "nom de la victime", "first_name", "Prénom", "surname",
        "nom_de_famille",
        "commander", "contact name", "changeset_user", "name_of_suspect", "leaderName",
    ],
    "press text naming actors and persons": ["source_article", "source_headline", "source_original"],
}  # fmt: skip

ALLOWED = """
name nom place_name nom_du_village admin1Name adm_1 nom_chef_lieu chef_lieu Facility_name tributary sector
secteur
source source_date notes victims deaths_civilians location fatalities event_type trace racetrack sectional
distribution persons personnes_deplacees side length conflict_zone_km region where_coordinates
type_of_violence
"""


@pytest.mark.parametrize(("kind", "column"), [(k, c) for k, columns in FORBIDDEN.items() for c in columns])
def test_such_a_column_is_refused_for_what_it_is(kind, column):
    assert forbidden_kind(column) == kind


@pytest.mark.parametrize("column", ALLOWED.split())
def test_names_of_places_and_plain_facts_pass(column):
    assert forbidden_kind(column) is None


def test_left_out_columns_are_stated_by_kind_and_no_row_is_lost():
    frame = pd.DataFrame({"name": ["Koro"], "actor1": ["x"], "actor2": ["y"], "Ethnie": ["z"]})
    kept, dropped = guarded(frame, "typed.csv")
    assert list(kept.columns) == ["name"]
    assert list(frame.columns) == ["name", "actor1", "actor2", "Ethnie"]
    assert [(drop.layer, drop.reason, drop.rows) for drop in dropped] == [
        ("typed.csv", "ethnicity never taken in: column 'Ethnie'", 0),
        ("typed.csv", "armed actors never taken in: columns 'actor1', 'actor2'", 0),
    ]


def test_a_frame_with_nothing_forbidden_is_unchanged():
    frame = pd.DataFrame({"name": ["Koro"], "people": [1]})
    kept, dropped = guarded(frame, "typed.csv")
    assert kept.equals(frame)
    assert dropped == ()


def test_words_are_plain_whatever_case_accents_and_joints():
    assert plain("  Nom-Chef_Lieu 2019") == "nom chef lieu 2019"
    assert slug("Mopti/Sévaré") == "mopti_sevare"


@pytest.mark.parametrize(
    "schema",
    [Airfields, Assets, Boundaries, FloodZones, Incidents, Lakes, Places, Rivers, Roads, Sensitive, Sites],
)
def test_no_column_the_layers_need_is_refused(schema):
    promised = schema.to_schema()
    assert [name for name in (promised.index.name, *promised.columns) if forbidden_kind(name)] == []
