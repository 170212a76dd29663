"""Kinds: what a sheet looks like, by the columns that a provider's files have, or by what is in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from layers.foreign.look import SheetLook
from layers.foreign.recognised import recognised
from layers.foreign.seen import ColumnContent, Likely, Likeness
from layers.foreign.sensitive_lists import may_be_sensitive
from layers.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class _Provider:
    """Files of one provider: all of these columns stand in them."""

    key: str
    """Name of the reader of the registry, and after a point which of its files this is."""
    title: Sentence
    layer: Likely
    needed: frozenset[str]
    none_of: frozenset[str] = frozenset()
    of_points: frozenset[str] = frozenset()
    """Further columns by which its points are known: columns of degrees, which say much, are not in them."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_CANDIDATE = re.compile(r"v\d+[_.]0[_.]\d+|candidate", re.IGNORECASE)
_UCDP = _set("type_of_violence where_prec date_start best")
_EITHER = say("UCDP GED, the yearly or the candidate edition: they have the same columns")
_FULL, _MONTHLY, _HDX = (
    say("UCDP GED, the whole table"),
    say("UCDP candidate events"),
    say("UCDP GED, as HDX gives it"),
)

_PROVIDERS = (
    _Provider(
        "ucdp",
        say("UCDP GED, the cut of six columns"),
        Likely.INCIDENTS,
        _set("year longitude latitude where_coordinates best deaths_civilians"),
    ),
    _Provider(
        "acled",
        say("ACLED, the current layout"),
        Likely.INCIDENTS,
        _set("event_id_cnty event_date event_type disorder_type geo_precision fatalities"),
    ),
    _Provider(
        "acled",
        say("ACLED, the layout up to 2022"),
        Likely.INCIDENTS,
        _set("event_id_cnty event_date event_type geo_precision fatalities"),
        _set("disorder_type"),
    ),
    _Provider(
        "geopko_maps",
        say("Geo-PKO, one row for each site and UN map"),
        Likely.SITES,
        _set("mission location latitude longitude zone_de_confidence battalion company"),
    ),
    _Provider(
        "geopko_years",
        say("Geo-PKO, one row for each site and year"),
        Likely.SITES,
        _set("mission year location latitude longitude infantry no_troops"),
    ),
    _Provider(
        "geopko_troops",
        say("Geo-PKO, kinds of troops by site and year"),
        Likely.SITES,
        _set("mission year location latitude longitude infantry eng sig"),
        _set("no_troops zone_de_confidence"),
    ),
    _Provider(
        "geopko_countries",
        say("Geo-PKO, countries by site and year"),
        Likely.SITES,
        _set("mission year location latitude longitude no_tcc"),
    ),
    _Provider(
        "ourairports.airports",
        say("OurAirports, airfields"),
        Likely.AIRFIELDS,
        _set("ident type latitude_deg longitude_deg"),
        of_points=_set("name iso_country gps_code local_code"),
    ),
    _Provider(
        "ourairports.runways",
        say("OurAirports, runways"),
        Likely.AIRFIELDS,
        _set("airport_ref airport_ident length_ft surface"),
    ),
    _Provider(
        "healthsites",
        say("healthsites.io, places of care"),
        Likely.SENSITIVE,
        _set("osm_id completeness amenity uuid"),
    ),
    _Provider(
        "who_facilities",
        say("WHO/KWTRP, public health facilities"),
        Likely.SENSITIVE,
        _set("facility_name facility_type ownership lat long ll_source"),
    ),
    _Provider(
        "geonames",
        say("GeoNames, towns"),
        Likely.PLACES,
        _set("geonameid name latitude longitude countrycode population"),
    ),
    _Provider(
        "optimal_edges",
        say("OptimalAfricanRoads, real edges with lengths and times"),
        Likely.ROADS,
        _set("from to passes gravity distance duration"),
        _set("from_ctry"),
    ),
    _Provider(
        "smoothed_edges",
        say("OptimalAfricanRoads, the unsimplified network"),
        Likely.ROADS,
        _set("from to passes gravity gravity_rd gravity_dur"),
        _set("distance"),
    ),
    _Provider(
        "flownet",
        say("flownet, the Trans-African network"),
        Likely.ROADS,
        _set("from to passes speed_kmh from_ctry"),
    ),
    _Provider(
        "urban_network.edges",
        say("African Urban Network, edges"),
        Likely.ROADS,
        _set("from to l h time border"),
    ),
    _Provider(
        "urban_network.nodes",
        say("African Urban Network, towns"),
        Likely.PLACES,
        _set("agglomeration_id x y iso_3"),
    ),
    _Provider(
        "cod_places",
        say("OCHA COD, populated places"),
        Likely.PLACES,
        _set("pcode admin_1_name longitude latitude"),
        of_points=_set("feature_nam pop_place_cl"),
    ),
)


def likenesses(look: SheetLook) -> tuple[Likeness, ...]:
    """
    Return what a sheet looks like, the likeliest first; never nothing.

    Notes
    -----
    A provider's file is known by its columns, whatever it is called. Else it is what its shapes and words of
    its columns say, undecided: a person says what it is.
    """
    if look.is_raster:
        counts = say("a raster, which could count people")
        return (_of(Likely.RASTER, counts, say("its cells; what they count nothing says"), decided=False),)
    known = _ucdp(look) or _provider(look) or _gshhg(look) or _boundaries(look) or _osm_roads(look)
    if known is None and (by_words := recognised(look)) is not None:
        known = replace(_of(*by_words[:3], decided=by_words.decided), kind=by_words.kind)
        if not known.decided and by_words.layer is not Likely.SENSITIVE:
            # Sensitive places are never missed because a sheet looks like something else as well.
            return (known, *filter(None, [_sensitive(look)]), _bare(look))
    if known is not None:
        return (known,)
    guesses = [each for each in (rule(look) for rule in _RULES) if each is not None]
    return (*guesses, _bare(look))


def _ucdp(look: SheetLook) -> Likeness | None:
    if not look.holds(_UCDP) or not _is_located(look):
        return None
    if look.tagged:
        return _of(Likely.INCIDENTS, _HDX, say("its columns, and a row of HXL tags"), provider="ucdp")
    if "relid" not in look.names:
        return _of(Likely.INCIDENTS, _FULL, say("its columns"), provider="ucdp")
    if _CANDIDATE.search(look.file):
        return _of(
            Likely.INCIDENTS, _MONTHLY, say("its columns, and the edition in its name"), provider="ucdp"
        )
    if "code_status" in look.names:
        return _of(Likely.INCIDENTS, _EITHER, say("its columns"), decided=False, provider="ucdp")
    return _of(Likely.INCIDENTS, _FULL, say("its columns"), provider="ucdp")


def _provider(look: SheetLook) -> Likeness | None:
    for each in _PROVIDERS:
        needed = each.needed | each.of_points if look.shapes == {"Point"} else each.needed
        if look.holds(needed) and not look.names & each.none_of:
            return _of(each.layer, each.title, say("its columns"), provider=each.key)
    return None


def _gshhg(look: SheetLook) -> Likeness | None:
    """Return rivers and lakes of GSHHG, which have few columns and say little by them."""
    if look.shapes == {"LineString"} and look.names == {"type", "id"}:
        title = say("GSHHG/WDBII, rivers")
        return _of(Likely.WATERS, title, say("its columns, and lines"), provider="wdb_rivers")
    if look.shapes == {"LineString"} and look.names >= _set("scalerank featurecla name min_zoom name_alt"):
        title = say("Natural Earth, rivers")
        return _of(Likely.WATERS, title, say("its columns, and lines"), provider="natural_earth_rivers")
    if look.shapes == {"Polygon"} and look.names == _set("level area_km_2 id"):
        title = say("GSHHG, lakes")
        return _of(Likely.WATERS, title, say("its columns, and polygons"), provider="gshhg_lakes")
    return None


_COD = re.compile(r"adm(?:in)?_?(\d)_?pcode?")


def _boundaries(look: SheetLook) -> Likeness | None:
    """Return units of OCHA or geoBoundaries, by their deepest level."""
    if look.shapes != {"Polygon"}:
        return None
    if look.names >= _set("shape_name shape_id shape_group shape_type"):
        return _of(Likely.UNITS, say("geoBoundaries, units"), say("its columns"), provider="geoboundaries")
    levels = [int(hit[1]) for hit in map(_COD.fullmatch, sorted(look.names)) if hit]
    if not levels:
        return None
    title = say("OCHA COD-AB, units of level {level}", level=str(max(levels)))
    reason = say("p-codes of levels up to {level}", level=str(max(levels)))
    return _of(Likely.UNITS, title, reason, provider=f"cod_boundaries.{max(levels)}")


def _osm_roads(look: SheetLook) -> Likeness | None:
    geofabrik = look.names >= _set("osm_id fclass code")
    if not geofabrik and not ("highway" in look.names and look.words & {"osm", "id", "surface", "oneway"}):
        return None
    if "incident" in look.words:
        # What says that roads are closed would be open if it were read as roads.
        return None
    if look.shapes == {"LineString"} and (
        look.words & {"oneway", "bridge", "tunnel", "ref"} or "highway" in look.names
    ):
        return _of(
            Likely.ROADS, say("OpenStreetMap, roads"), say("its columns, and lines"), provider="osm_roads"
        )
    if not geofabrik or look.shapes != {"LineString"}:
        return None
    return _of(Likely.LINES, say("OpenStreetMap, an extract"), say("its columns"), decided=False)


_HARM = _set("fatalities fatality deaths killed injured wounded morts mort tues tue blesses deces incident incidents event events evenement victimes casualties violence attack attaque")  # fmt: skip  # noqa: E501
_TROOPS = _set("troops personnel strength effectif effectifs base bases site sites camp company battalion unit unite mission contingent")  # fmt: skip  # noqa: E501
_ROAD = _set(
    "road roads route routes routier routiere highway fclass surface speed vitesse piste pistes lanes"
)
_WATER = _set("river rivers lake lakes fleuve fleuves riviere rivieres lac lacs water waterway eau reservoir")
_TOWN = _set("village villages town ville place localite settlement city agglomeration featurenam placename lieu toponyme")  # fmt: skip  # noqa: E501
_PEOPLE = _set("population pop people habitants persons menages households individus idp idps pdi males females hommes femmes ind")  # fmt: skip  # noqa: E501


def _is_located(look: SheetLook) -> bool:
    return look.located or "Point" in look.shapes


def _incidents(look: SheetLook) -> Likeness | None:
    dated = look.has(ColumnContent.DATE) or look.has(ColumnContent.YEAR)
    if not (_is_located(look) and dated and look.words & _HARM):
        return None
    return _of(
        Likely.INCIDENTS, say("a list of incidents"), say("places, days and words of harm"), decided=False
    )


def _sensitive(look: SheetLook) -> Likeness | None:
    if not (_is_located(look) or look.shapes) or not may_be_sensitive(look):
        return None
    reason = say("places, and words for care, schools, water, markets or displaced people: for checks alone")
    return _of(Likely.SENSITIVE, say("a list of sensitive places"), reason, decided=False)


def _sites(look: SheetLook) -> Likeness | None:
    if not (_is_located(look) and look.words & _TROOPS):
        return None
    return _of(
        Likely.SITES, say("a list of sites"), say("places, and words for sites or troops"), decided=False
    )


def _roads(look: SheetLook) -> Likeness | None:
    if look.shapes != {"LineString"} or not (look.words | look.called) & _ROAD:
        return None
    return _of(Likely.ROADS, say("roads"), say("lines, and words for roads"), decided=False)


def _waters(look: SheetLook) -> Likeness | None:
    if not look.shapes & {"LineString", "Polygon"} or not (look.words | look.values | look.called) & _WATER:
        return None
    return _of(Likely.WATERS, say("rivers or lakes"), say("shapes, and words for water"), decided=False)


def _units(look: SheetLook) -> Likeness | None:
    if look.shapes != {"Polygon"} or not look.words & _set(
        "name nom adm admin pcode region state county district"
    ):
        return None
    return _of(Likely.UNITS, say("units or other areas"), say("polygons with names"), decided=False)


def _places(look: SheetLook) -> Likeness | None:
    if not (_is_located(look) and look.words & (_TOWN | _set("name nom"))):
        return None
    return _of(Likely.PLACES, say("a list of places"), say("places with names"), decided=False)


def _people(look: SheetLook) -> Likeness | None:
    if (
        _is_located(look)
        or look.shapes
        or {"from", "to"} <= look.names
        or not look.words & _PEOPLE
        or not look.has(ColumnContent.NUMBER)
    ):
        return None
    return _of(
        Likely.PEOPLE, say("people by unit"), say("counts of people, and no coordinates"), decided=False
    )


def _bare(look: SheetLook) -> Likeness:
    match sorted(look.shapes):
        case ["LineString"]:
            # Roads and rivers are lines: a person says which these are.
            return _of(Likely.LINES, say("a layer of lines"), say("its shapes"), decided=False)
        case ["Polygon"]:
            return _of(Likely.POLYGONS, say("a layer of polygons"), say("its shapes"))
        case ["Point"]:
            return _of(Likely.POINTS, say("a layer of points"), say("its shapes"))
        case [_, *_]:
            return _of(Likely.POLYGONS, say("a layer of mixed shapes"), say("its shapes"), decided=False)
        case _ if look.located:
            return _of(Likely.POINTS, say("a list of points"), say("columns that say where rows are"))
        case _:
            return _of(Likely.TABLE, say("a table without places"), say("no column says where rows are"))


def _of(
    layer: Likely, title: Sentence, reason: Sentence, *, decided: bool = True, provider: str = ""
) -> Likeness:
    return Likeness(layer=layer, title=title, reason=reason, decided=decided, provider=provider)


_RULES: tuple[Callable[[SheetLook], Likeness | None], ...] = (
    _incidents,
    _sensitive,
    _sites,
    _roads,
    _waters,
    _units,
    _places,
    _people,
)
"""Tried in this order where no provider's file is recognised."""
