"""Recognised: sheets known by what their columns say together, where providers keep to no one layout."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from layers.foreign.seen import ColumnContent, Likely
from layers.formats.forbidden import plain
from layers.sentences import Sentence, say

if TYPE_CHECKING:
    from layers.foreign.look import SheetLook


class Recognised(NamedTuple):
    """What a sheet is, and why."""

    layer: Likely
    title: Sentence
    reason: Sentence
    decided: bool = True
    kind: str = ""
    """Word of the layer for what every row is."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BY_COLUMNS = say("its columns")

_EVENT = _set("incident incidents event events evenement evenements sigact sigacts")
_NUMBER = _set("id no n nr num number numero ref reference code serial")
_KIND = _set("type types category categorie categories nature subtype sous sub classification class")
_PLACE = _set("location localite lieu admin adm region cercle county state province commune departement prefecture sector secteur payam territoire mgrs grid coordinates coordonnees latitude longitude lat lon place village")  # fmt: skip  # noqa: E501


def _situations(look: SheetLook) -> Recognised | None:
    """Return incidents as situational awareness systems of missions (SAGE and the like) export them."""
    names = [set(name.split("_")) for name in look.names]
    numbered = any(name & _EVENT and name & _NUMBER for name in names)
    typed = any(name & _KIND and (name & _EVENT or len(name) <= 2) for name in names)  # noqa: PLR2004  "sub type"
    placed = look.located or any(name & _PLACE for name in names)
    if not (numbered and typed and placed and look.has(ColumnContent.DATE)):
        return None
    return Recognised(
        Likely.INCIDENTS,
        say("incidents as a mission’s situational awareness system exports them (such as SAGE)"),
        say("numbers, days, kinds and places of incidents"),
        look.located,
    )


def _older_geopko(look: SheetLook) -> Recognised | None:
    wanted = _set("mission year location latitude longitude")
    known = _set(
        "no_troops troops no_tcc hq unmo unpol zone_de_confidence avg_troops ave_no_troops infantry inf"
    )
    if not look.names >= wanted or not look.names & known:
        return None
    return Recognised(Likely.SITES, say("Geo-PKO, an older layout, sites by year"), _BY_COLUMNS)


_ROUNDS = _set("round rounds survey dtm assessment ssid operation")
_DISPLACED = _set("idp idps pdi deplaces displaced returnee returnees retournes")
_COUNTED = _set(
    "ind individuals individus household households menages hh families familles present nombre number"
)


def _displacement(look: SheetLook) -> Recognised | None:
    """Return tables of IOM's Displacement Tracking Matrix, by unit or by site."""
    rounds = look.words & _ROUNDS
    counted = look.words & _DISPLACED and look.words & _COUNTED
    coded = any("pcode" in name or "ssid" in name for name in look.names)
    if not (counted and (rounds or coded)):
        return None
    if look.located or look.shapes:
        title = say("IOM DTM, places of displaced people")
        return Recognised(Likely.SENSITIVE, title, say("displaced people by place: for checks alone"))
    return Recognised(Likely.PEOPLE, say("IOM DTM, displaced people by unit"), _BY_COLUMNS)


_TAGS = _set("amenity healthcare building man_made natural landuse shop office tourism highway waterway emergency other_tags")  # fmt: skip  # noqa: E501
_SENSITIVE_TAGS = _set("hospital clinic clinics doctors dentist pharmacy healthcare health nursing midwife school kindergarten college university education marketplace market borehole well waterpoint refugee shelter idp camp_site")  # fmt: skip  # noqa: E501
_WATER_TAGS = ("water well", "drinking water", "water tower", "water point", "water works", "refugee site")
_POIS = range(2000, 3000)
"""Geofabrik's codes of points of interest."""


def _osm_places(look: SheetLook) -> Recognised | None:
    """Return points and areas of OpenStreetMap, sensitive if one class among them is."""
    geofabrik = look.names >= _set("osm_id fclass code")
    tagged = look.names & _set("osm_id osm_way_id full_id") and look.names & _TAGS
    if not (geofabrik or tagged) or (not look.shapes & {"Point", "Polygon"} and not look.located):
        return None
    if look.shapes == {"LineString"}:
        return None
    classes = look.classes
    words = frozenset(word for each in classes for word in each.split())
    coded = any(each.isdigit() and int(each) in _POIS for each in classes)
    if words & _SENSITIVE_TAGS or coded or any(tag in each for each in classes for tag in _WATER_TAGS):
        title = say("OpenStreetMap, places, sensitive ones among them")
        return Recognised(
            Likely.SENSITIVE, title, say("classes of care, schools, water or markets: for checks alone")
        )
    layer = Likely.POINTS if "Point" in look.shapes or not look.shapes else Likely.POLYGONS
    return Recognised(layer, say("OpenStreetMap, an extract"), _BY_COLUMNS, decided=False)


def _closed_roads(look: SheetLook) -> Recognised | None:
    """Return roads of OpenStreetMap that say when they are shut."""
    if look.shapes != {"LineString"} or not look.names & {"highway"} or "incident" not in look.words:
        return None
    title = say(
        "roads that are closed, which would be open if taken as roads: state their months as closed_months of"
        " the area's own roads"
    )
    return Recognised(Likely.LINES, title, say("columns of incidents on roads"), decided=False)


_HEALTH = _set("hospital hopital sante health sanitaire sanitaires facility facilities facil hf formation csref cscom clinic clinique dispensaire maternite soins")  # fmt: skip  # noqa: E501
_SCHOOL = _set(
    "school schools ecole ecoles scolaire scolaires education lycee college enseignement pupils eleves"
)
_OFFICIAL = _set("ministry ministere moh facility formation etablissement etablissements structure statut status ownership owner propriete functional fonctionnel district cap dcap academie aire county payam")  # fmt: skip  # noqa: E501


_OF_OTHERS = _set("osm changeset refugee refugie idp pdi camp battalion company incident event")
_LEAST = 5
"""Columns that such a list has at least."""


def _ministry(look: SheetLook) -> Recognised | None:
    """Return lists of a ministry: places of care, schools; sure where a column names them outright."""
    if not (look.located or look.shapes) or len(look.names) < _LEAST or not look.words & _OFFICIAL:
        return None
    if look.words & _OF_OTHERS:
        return None
    reason = say("places, and words of lists that ministries keep: for checks alone")
    care, taught = bool(look.words & _HEALTH), bool(look.words & _SCHOOL)
    if not care and not taught:
        return None
    title, kind = (_OF_CARE, "clinic") if care else (_OF_SCHOOLS, "school")
    own, others = _OF_KIND[kind]
    types = [set(each.split()) for each in look.types]
    alone = care != taught and not any(each & others for each in types)
    sure = alone and bool(look.words & _FUNCTIONAL) and any(map(_NAMES[kind].search, look.names))
    # What every row is is known only where every type says so; else each type is asked about.
    return Recognised(
        Likely.SENSITIVE,
        title,
        reason,
        decided=sure,
        kind=kind if alone and all(each & own for each in types) else "",
    )


_OF_CARE, _OF_SCHOOLS = say("a list of places of care"), say("a list of schools")
_FUNCTIONAL = _set("functional functionality fonctionnel fonctionnelle ownership propriete statut status")
_NAMES = {
    "clinic": re.compile(
        r"(^|_)((health|medical)_facility|hf|facil|formation_sanitaire|csref|cscom|hospital|hopital)_?(name|nom|type|code|\d|$)"
        r"|^noms?_(de_la_|du_|de_l_)?(formation_sanitaire|csref|cscom|hopital)"
    ),
    "school": re.compile(
        r"(^|_)(school|ecole|etablissement_scolaire)_(name|nom|type|code)|^noms?_(de_l_)?ecole"
    ),
}
"""Names of columns that name each row as such a place."""
_CARE = _set("hospital hospitals hopital hopitaux clinic clinics clinique cliniques polyclinique csref csrefs cscom cscoms dispensaire dispensary health sante sanitaire phcc phccs phcu phcus maternite maternity medical medicale infirmerie soins chu eph bmc csi csps cma")  # fmt: skip  # noqa: E501
_TAUGHT = _set("school schools ecole ecoles lycee lycees college colleges kindergarten university universite primary primaire secondary secondaire fondamentale fondamental prescolaire maternelle")  # fmt: skip  # noqa: E501
_GRADES = _set("primary primaire secondary secondaire")
"""Words for levels of schools and of care."""
_ELSE = _set("well puits forage borehole water eau market marche idp pdi refugee displaced deplaces camp base hub warehouse depot office bureau animal animale veterinaire veterinary")  # fmt: skip  # noqa: E501
_OF_KIND = {"clinic": (_CARE, _TAUGHT - _GRADES | _ELSE), "school": (_TAUGHT, _CARE | _ELSE)}
"""Words of types that say that rows are of a kind, and those that say that they are of another."""


_LEVELS = (
    (say("GADM, units of level {level}"), re.compile(r"gid_(\d)"), _set("gid_0")),
    (say("FAO GAUL, units of level {level}"), re.compile(r"adm_?(\d)_code"), _set("disp_area")),
)
_NATURAL_EARTH = _set("featurecla scalerank")


def _other_units(look: SheetLook) -> Recognised | None:
    """Return units of providers beside OCHA, and of older editions of geoBoundaries."""
    if look.shapes != {"Polygon"}:
        return None
    if look.names >= _set("shape_name level") or look.names >= _set("shape_name shape_iso"):
        return Recognised(Likely.UNITS, say("geoBoundaries, units"), _BY_COLUMNS)
    if look.names >= _NATURAL_EARTH and look.names & _set("iso_3166_2 adm_1_code adm1_code"):
        return Recognised(Likely.UNITS, say("Natural Earth, units of level 1"), _BY_COLUMNS)
    for title, pattern, needed in _LEVELS:
        levels = [int(hit[1]) for hit in map(pattern.fullmatch, look.names) if hit]
        if levels and look.names >= needed:
            return Recognised(Likely.UNITS, title.having(level=str(max(levels))), _BY_COLUMNS)
    return None


def _labelled(look: SheetLook) -> Recognised | None:
    """Return areas that Natural Earth writes names on: deserts, ranges, swamps, and no units."""
    if look.shapes != {"Polygon"} or not look.names >= _NATURAL_EARTH | _set("region min_label max_label"):
        return None
    if look.names & _set("adm0_a3 iso_a3 sov_a3"):
        return None
    return Recognised(Likely.AREAS, say("Natural Earth, areas with a name"), _BY_COLUMNS, decided=False)


def _earth_lakes(look: SheetLook) -> Recognised | None:
    wanted = _NATURAL_EARTH | _set("name name_alt min_zoom")
    if look.shapes != {"Polygon"} or not look.names >= wanted or not look.values & _set("lake reservoir"):
        return None
    return Recognised(Likely.WATERS, say("Natural Earth, lakes"), _BY_COLUMNS)


_AIRFIELDS = _set("aerodrome aerodromes airfield airfields airstrip airstrips airport airports aeroport aeroports icao oaci iata")  # fmt: skip  # noqa: E501
_RUNWAY, _OF_RUNWAYS = _set("runway runways piste pistes"), _set("length longueur surface width largeur")
_TROOPS = _set("troops strength effectif effectifs battalion bataillon company compagnie contingent base bases camp camps fpu")  # fmt: skip  # noqa: E501


def _airfields(look: SheetLook) -> Recognised | None:
    """Return a list of airfields of whoever keeps one; a site list may have a runway too."""
    placed = look.located or "Point" in look.shapes
    named = look.words & _AIRFIELDS or (look.words & _RUNWAY and look.words & _OF_RUNWAYS)
    if not placed or not named or look.words & _TROOPS:
        return None
    title = say("a list of airfields")
    return Recognised(Likely.AIRFIELDS, title, say("places, and words for runways"), decided=False)


RULES: tuple[Callable[[SheetLook], Recognised | None], ...] = (
    _situations,
    _older_geopko,
    _displacement,
    _closed_roads,
    _osm_places,
    _other_units,
    _labelled,
    _earth_lakes,
    _ministry,
    _airfields,
)
"""Tried in this order, after the layouts of providers and before words alone."""

_CLASSES = _set("fclass amenity healthcare type types category categorie class classe code nature kind building man_made natural landuse shop office social_facility facility_type health_amenity_type")  # fmt: skip  # noqa: E501
"""Names of columns whose cells are classes of things."""
_CLASS = _set("type types kind category categorie class classe nature fclass")


def holds_classes(column: str) -> bool:
    """
    Tell whether the cells of a column of this name are classes of things.

    Examples
    --------
    >>> [holds_classes(each) for each in ("amenity", "Type de site", "HF_TYPE", "Name")]
    [True, True, True, False]
    """
    return plain(column).replace(" ", "_") in _CLASSES or holds_types(column)


def holds_types(column: str) -> bool:
    """Tell whether a column of this name says of which type each row is, as one of codes does not."""
    return bool(_CLASS & set(plain(column).split()))


def recognised(look: SheetLook) -> Recognised | None:
    """Return what a sheet is by what its columns say together, None where they say nothing sure."""
    return next((made for made in (rule(look) for rule in RULES) if made is not None), None)
