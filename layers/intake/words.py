"""
Words: what columns and cells of people's own lists are called, in English and French.

A column is taken for a field by its name here; what its cells hold must fit as well. Words that stand
here for nothing are asked about, and never guessed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from layers.formats.forbidden import plain

_COLUMNS: dict[str, dict[str, str]] = {
    "*": {
        "name": "name nom names site base emprise location localite localisation place town village ville toponyme featurenam label libelle shape_name denomination adm_name nom_du_site nom_site nom_de_l_emprise nom_emprise site_name base_name nom_de_la_base team_site camp name_en name_fr nom_localite settlement settlement_name village_name",  # noqa: E501
        "people": "people population pop habitants inhabitants total_population pop_total population_totale",
        "kind": "kind type category categorie class nature type_of_site type_site type_de_site site_type base_type fclass amenity hf_type facility_type loc_type type_etablissement type_d_etablissement feature_type",  # noqa: E501
    },
    "sites": {
        "site_id": "site_id id code site_code base_id",
        "months": "months months_open mois mois_ouverts season saison",
        "open_from": "open_from opened opening ouverture date_ouverture opening_date date_d_ouverture since depuis established start_date date_opened ouvert ouverte ouvert_depuis ouverte_depuis ouvert_le ouverte_le en_service_depuis opened_on open_since date_mise_en_service",  # noqa: E501
        "open_to": "open_to closed closing fermeture date_fermeture closing_date date_de_fermeture end_date until date_closed ferme_le fermee_le ferme_depuis closed_on closed_since",  # noqa: E501
        "confidence": "confidence confiance",
        "source": "source",
    },
    "incidents": {
        "incident_id": "incident_id id event_id incident_number incident_no no_incident numero ref reference event_id_cnty sage_id incident_ref numero_incident",  # noqa: E501
        "date": "date incident_date date_of_incident event_date date_incident date_de_l_incident date_debut date_start day jour date_time datetime when date_evenement start_date",  # noqa: E501
        "year": "year annee",
        "event_type": "event_type type incident_type type_incident type_d_incident category incident_category categorie nature nature_de_l_incident type_of_incident event evenement type_evenement sub_type subtype sub_category",  # noqa: E501
        "deaths": "deaths fatalities killed best morts tues deces total_killed total_morts total_fatalities total_deaths nb_morts nombre_de_morts nombre_de_tues",  # noqa: E501
        "deaths_civilians": "deaths_civilians civilians_killed civilian_fatalities civilian_deaths civils_tues civ_killed killed_civilians tues_civils morts_civils nb_civils_tues civilian_killed",  # noqa: E501
        "geo_precision": "geo_precision where_prec precision location_precision precision_lieu geoprecision",
        "reliability": "reliability source_reliability fiabilite credibility",
        "adm1": "adm_1 admin_1 region state province adm_1_name admin_1_name adm_1_en adm_1_fr gouvernorat",
        "adm2": "adm_2 admin_2 cercle county district prefecture adm_2_name admin_2_name adm_2_en adm_2_fr",
        "place": "place location lieu localite village town ville where_coordinates place_name nom_du_lieu",
    },
    "places": {"place_id": "place_id id pcode code geonameid"},
    "airfields": {
        "airfield_id": "airfield_id ident icao id code icao_code",
        "runway_m": "runway_m runway length runway_length longueur longueur_piste length_m piste_m",
    },
    "sensitive": {"place_id": "place_id"},
    "assets": {
        "site_id": "site_id site site_name base emprise nom_site nom_du_site location name nom camp team_site",  # noqa: E501
        "kind": "kind type asset unit_type type_d_unite unite moyen moyens capability capacite equipe",
        "count": "count number nombre qty quantity quantite no nb effectif strength total",
        "availability": "availability disponibilite",
        "notice_min": "notice_min notice preavis preavis_min",
    },
    "roads": {
        "road_id": "road_id id osm_id code",
        "name": "name nom road_name nom_route ref route ntlclass rtename nom_axe axe",
        "road_class": "road_class class classe type highway fclass road_type type_route categorie functional_class hierarchy road_cla",  # noqa: E501
        "surface": "surface revetement surface_type type_revetement pavement",
        "smoothness": "smoothness condition etat etat_route",
        "crossing": "crossing bridge pont franchissement",
        "search_rated": "search_rated ied searched risk",
        "closed_months": "closed_months months_closed mois_fermes closed",
        "length_km": "length_km longueur_km km",
    },
    "rivers": {"river_id": "river_id id", "navigable_months": "navigable_months navigable"},
    "lakes": {"lake_id": "lake_id id"},
    "flood_zones": {"zone_id": "zone_id id", "months": "months mois flood_months"},
    "units": {
        "unit_id": "unit_id pcode code id shape_id iso",
        "parent_id": "parent_id parent parent_pcode",
    },
}
"""By layer and field, names as `plain` writes them, joined by underscores; "*" holds for every layer."""

_TAGS: dict[str, tuple[str, ...]] = {
    "name": ("#loc+name", "#loc"),
    "date": ("#date+start", "#date"),
    "deaths": ("#affected+killed",),
    "adm1": ("#adm1+name", "#adm1"),
    "adm2": ("#adm2+name", "#adm2"),
    "event_type": ("#event+type", "#event"),
    "kind": ("#loc+type",),
}
"""HXL tags of columns, by field."""

_WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("sites", "kind"): {
        "sector_hq": "sector_hq sector_headquarters hq headquarters headquarter head_quarters mission_hq force_hq quartier_general qg etat_major pc_secteur sector_head_quarters mission_headquarters regional_hq qg_secteur qg_de_secteur qg_du_secteur quartier_general_de_secteur quartier_general_secteur etat_major_de_secteur em_secteur pc_de_secteur qg_regional etat_major_regional sector_h_q shq fhq qg_mission qg_de_la_mission qg_force qg_de_la_force quartier_general_de_la_mission quartier_general_de_la_force etat_major_de_la_force etat_major_de_la_mission main_hq qg_principal",  # noqa: E501
        "camp": "camp base permanent_base permanent_camp company_base cob battalion_base super_camp supercamp camp_permanent base_permanente military_base company_operating_base pob permanent_operating_base",  # noqa: E501
        "field_office": "field_office bureau office regional_office sub_office bureau_regional antenne fo bureau_de_terrain county_support_base",  # noqa: E501
        "tob": "tob temporary_operating_base temporary_base base_temporaire bot base_operationnelle_temporaire base_operationnelle_avancee forward_operating_base fob",  # noqa: E501
        "seasonal_tob": "seasonal_tob seasonal_base dry_season_base base_saisonniere tob_saisonniere",
        "cla_post": "cla_post cla community_liaison_assistant community_liaison alc",
        "airstrip": "airstrip hls helipad landing_site piste helicopter_landing_site",
    },
    ("incidents", "event_type"): {
        "attack_on_civilians": "attack_on_civilians violence_against_civilians attack_against_civilians attack_on_village civilian_killing killing_of_civilians one_sided_violence attaque_contre_des_civils attaque_contre_les_civils violence_contre_les_civils attaque_de_village assassinat murder killing execution abduction abduction_kidnapping kidnapping enlevement sexual_violence violence_sexuelle crsv massacre looting_raiding civilian_attack attaque_civils",  # noqa: E501
        "battle": "battle battles armed_clash clash clashes armed_confrontation affrontement affrontements accrochage combat combats state_based_violence non_state_violence ambush embuscade attack_on_armed_forces attaque_contre_les_forces fighting",  # noqa: E501
        "explosion": "explosion explosions explosions_remote_violence explosion_remote_violence ied ied_explosion eei engin_explosif mine mine_explosion landmine shelling tirs_indirects indirect_fire air_strike frappe_aerienne erw uxo engin_explosif_improvise suicide_attack vbied idf",  # noqa: E501
        "other": "other autre autres protests riots protest demonstration manifestation strategic_developments crime criminality criminalite banditry banditisme theft vol robbery looting pillage accident",  # noqa: E501
        "unknown": "unknown inconnu not_known indetermine unspecified",
    },
    ("places", "kind"): {
        "capital": "capital capitale national_capital",
        "region_seat": "region_seat regional_capital state_capital chef_lieu_de_region chef_lieu_region admin_1_capital admin_1_region_capital",  # noqa: E501
        "cercle_seat": "cercle_seat district_seat county_seat chef_lieu_de_cercle chef_lieu_cercle chef_lieu admin_2_capital county_headquarters admin_2_region_capital",  # noqa: E501
        "town": "town city ville commune populated_place urban urbain",
        "village": "village hamlet hameau settlement localite locality rural",
    },
    ("airfields", "kind"): {
        "airport": "airport large_airport medium_airport aeroport international_airport international",
        "airstrip": "airstrip small_airport piste airfield aerodrome runway mid small",
        "heliport": "heliport helipad hls helicopter_landing_site",
        "closed": "closed ferme disused",
    },
    ("sensitive", "kind"): {
        "school": "school ecole schools ecoles primary_school secondary_school ecole_primaire ecole_secondaire university universite college kindergarten lycee",  # noqa: E501
        "clinic": "clinic clinique hospital hopital health_facility centre_de_sante csref cscom health_centre health_center health_post dispensary doctors formation_sanitaire dispensaire phcu phcc poste_de_sante csi medical_centre primary_health_care_unit primary_health_care_centre",  # noqa: E501
        "well": "well puits forage borehole water_point point_d_eau pump water_well drinking_water",
        "market": "market marche marketplace",
        "idp_site": "idp_site idp camp idp_camp displaced_persons site_de_deplaces site_pdi pdi refugee_site refugee_camp camp_de_refugies displacement_site protection_of_civilians_site poc_site collective_centre refugee idps",  # noqa: E501
        "humanitarian_hub": "humanitarian_hub hub humanitarian_base ngo_office warehouse entrepot",
    },
    ("assets", "kind"): {
        "infantry_company": "infantry_company infantry inf_coy inf_company infantry_coy infantry_companies coy coys company companies compagnie compagnies compagnie_infanterie compagnie_d_infanterie rifle_company motorized_company mech_company inf inf_coys infantry_coys",  # noqa: E501
        "helicopter": "helicopter helicopters helicoptere helicopteres helo helos avia rotary_wing utility_helicopter hls_aircraft helicoptere_de_manoeuvre",  # noqa: E501
        "surgery": "surgery level_2 level_3 level_2_hospital level_ii level_ii_hospital level_iii_hospital surgery_level_ii_hospital chirurgie_hopital_de_niveau_ii hospital_level_2 role_2 role_2_hospital niveau_2 hopital_niveau_2 l_2 l_2_hospital medical_level_2 chirurgie hopital_niveau hopital_de_niveau niveau_hopital niveau_de_l_hopital niveau_medical niveau_de_soins medical_level hospital_level level_of_hospital level_of_care",  # noqa: E501
        "engineer_company": "engineer_company engineers engineer engineer_coy eng_coy genie compagnie_genie compagnie_du_genie engineering_company",  # noqa: E501
        "fpu_platoon": "fpu_platoon fpu fpus fpu_platoons police_fpu formed_police_unit formed_police fpu_pl fpu_section section_fpu section_de_fpu fpu_peloton peloton_fpu upc upc_section section_upc unite_de_police_constituee section_d_unite_de_police_constituee formed_police_platoon",  # noqa: E501
        "unpol_team": "unpol_team unpol unpol_teams un_police police_team individual_police_officers ipo ipos polnu equipe_unpol police_advisers_team police_advisers conseillers_de_police",  # noqa: E501
        "civil_affairs_team": "civil_affairs_team civil_affairs ca_team cad affaires_civiles equipe_affaires_civiles civil_affairs_officers",  # noqa: E501
        "joint_protection_team": "joint_protection_team jpt jpts equipe_conjointe_de_protection ecp",
        "good_offices_team": "good_offices_team good_offices political_affairs bons_offices affaires_politiques",  # noqa: E501
        "community_liaison": "community_liaison cla clas community_liaison_assistant community_liaison_assistants assistants_charges_de_la_liaison_avec_les_communautes alc agents_de_liaison_communautaire",  # noqa: E501
        "human_rights_team": "human_rights_team human_rights hrd hr_team droits_de_l_homme equipe_droits_de_l_homme",  # noqa: E501
        "stabilisation_team": "stabilisation_team stabilisation stabilization rrr qip_team stabilisation_et_relevement",  # noqa: E501
        "partner_programme": "partner_programme partner_program programme_partenaire",
        "isr_tactical": "isr_tactical tactical_surveillance_aircraft aeronef_de_surveillance_tactique tactical_uav uav uas drone_tactique isr",  # noqa: E501
        "isr_male": "isr_male medium_altitude_surveillance_aircraft aeronef_de_surveillance_a_moyenne_altitude male_uav male_uas",  # noqa: E501
    },
    ("roads", "road_class"): {
        "trunk": "trunk motorway highway national route_nationale rn nationale motorway_link trunk_link international autoroute",  # noqa: E501
        "primary": "primary primaire primary_link route_regionale rr regionale principale main regional state",  # noqa: E501
        "secondary": "secondary secondaire secondary_link route_locale rl locale provincial departementale",
        "tertiary": "tertiary tertiaire tertiary_link route_communale communale county district feeder",
        "unclassified": "unclassified road route unknown autre other non_classee",
        "residential": "residential living_street service street rue urban",
        "track": "track piste track_grade_1 track_grade_2 track_grade_3 track_grade_4 track_grade_5 rural",
        "path": "path sentier footway bridleway chemin trail",
    },
    ("roads", "surface"): {
        "paved": "paved bitume asphalt concrete bitumee goudron goudronnee revetue paved_road asphalte sealed bituminous paving_stones",  # noqa: E501
        "unpaved": "unpaved sable gravel dirt earth ground sand laterite non_revetue terre piste compacted clay murram unsealed fine_gravel",  # noqa: E501
        "unknown": "unknown inconnu",
    },
    ("roads", "smoothness"): {
        "good": "good excellent bon bonne intermediate moyen fair",
        "bad": "bad mauvais mauvaise poor",
        "very_bad": "very_bad tres_mauvais tres_mauvaise very_poor",
        "horrible": "horrible very_horrible impassable impraticable",
        "unknown": "unknown inconnu",
    },
    ("roads", "crossing"): {
        "bridge": "bridge pont yes oui true t 1",
        "ferry": "ferry bac",
        "none": "none no non false f 0",
    },
}

TAGS = _TAGS

ASSET_KINDS = tuple(_WORDS["assets", "kind"])
"""Kinds of asset that a list can be asked for by its own words."""


def asset_kind(column: str) -> str | None:
    """
    Return the kind of asset that a column of a site list counts, None where its name says none.

    Examples
    --------
    >>> [asset_kind(each) for each in ("Inf Coy", "FPU platoons", "Utility helicopters", "Remarks")]
    ['infantry_company', 'fpu_platoon', 'helicopter', None]
    """
    exact = allowed_word("assets", "kind", column, ASSET_KINDS)
    one = _of_one(_key(column))
    bare = _COUNTED.sub("", one)
    return exact or _asset_kinds().get(one) or _asset_kinds().get(bare)


@cache
def _asset_kinds() -> dict[str, str]:
    """Return kinds of asset by the words for one of them."""
    words = _WORDS["assets", "kind"]
    return {_of_one(_key(name)): kind for kind, names in words.items() for name in names.split()}


def _of_one(key: str) -> str:
    """Return words for one of a thing: "level_ii_hospitals" as "level_2_hospital"."""
    words = [_ROMAN.get(word, word) for word in key.split("_")]
    # "Compagnies" is several "compagnie", as "companies" is several "company".
    return "_".join(re.sub(r"ies?$", "y", word).removesuffix("s") for word in words)


_ROMAN = {"ii": "2", "iii": "3"}
_COUNTED = re.compile(r"^(number_of_|no_of_|nombre_(de_|d_)?|nb_(de_|d_)?)|^equipe_(de_|de|d_)?_?|_team$")
"""What says that something is counted; not "unit", which may be a battalion."""


@cache
def column_names(layer: str, field: str) -> tuple[str, ...]:
    """Return what a field's column may be called, the surest first; the field's own name leads."""
    own = _COLUMNS.get(layer, {}).get(field, "").split()
    if layer in {"country", "regions", "districts"}:
        own += _COLUMNS["units"].get(field, "").split()
    return (_key(field), *map(_key, own), *map(_key, _COLUMNS["*"].get(field, "").split()))


@lru_cache(maxsize=100_000)
def allowed_word(layer: str, field: str, cell: str, allowed: tuple[str, ...]) -> str | None:
    """
    Return the word of a layer that a cell means, None where nothing says it.

    Examples
    --------
    >>> allowed_word("sites", "kind", "Base opérationnelle temporaire", ("tob", "camp"))
    'tob'
    """
    key = _key(cell)
    for word in allowed:
        if key == _key(word):
            return word
    if layer in {"country", "regions", "districts"}:
        layer = "units"
    meanings = _WORDS.get((layer, field), {})
    return next((word for word, names in meanings.items() if word in allowed and key in _keys(names)), None)


@lru_cache(maxsize=1_000)
def _keys(names: str) -> frozenset[str]:
    return frozenset(map(_key, names.split()))


def _key(text: str) -> str:
    """Return words joined by underscores, digits apart, a plural at the end of a word left alone."""
    letters = text.replace("_", " ").replace("’", "'").replace("œ", "oe")
    return re.sub(r"\s+", "_", plain(letters))
