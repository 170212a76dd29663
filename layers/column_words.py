"""What each column of an area's layers holds and each word in them means, in plain words."""

from __future__ import annotations

from enum import StrEnum

from layers.airfields import AirfieldKind
from layers.incidents import DatePrecision, EventType
from layers.places import PlaceKind
from layers.roads import Crossing, RoadClass, Smoothness, Surface
from layers.sensitive import SensitiveKind
from layers.sentences import Sentence, say
from layers.sites import Confidence, SiteKind

TITLES: dict[str, Sentence] = {
    "sites": say("Sites: one row for each place with people stationed"),
    "assets": say("Assets: one row for each kind of asset at a site"),
    "incidents": say("Incidents: one row for each event"),
    "roads": say("Roads: one line for each road, joined at their ends"),
    "rivers": say("Rivers: one line for each reach"),
    "lakes": say("Lakes: one polygon for each open water"),
    "flood_zones": say("Flood zones: one polygon for each zone under water in some months"),
    "country": say("The area's outline: one polygon"),
    "regions": say("Units of the first level: one polygon each"),
    "districts": say("Units of the second level: one polygon each"),
    "places": say("Towns and villages: one row each"),
    "airfields": say("Airfields: one row each"),
    "sensitive": say("Sensitive places: for yes-or-no checks alone; never drawn, listed or exported"),
    "population": say("Population: a raster of people (GeoTIFF)"),
}

_OWN = say("The row's own identifier, a word of your choice that no other row has; it never changes.")
_SOURCE = say("Where this row comes from, plain text.")

COLUMNS: dict[str, Sentence] = {
    "site_id": _OWN,
    "asset_id": _OWN,
    "incident_id": _OWN,
    "road_id": _OWN,
    "river_id": _OWN,
    "lake_id": _OWN,
    "zone_id": _OWN,
    "unit_id": say("The unit's own identifier, such as its p-code."),
    "place_id": _OWN,
    "airfield_id": _OWN,
    "assets.site_id": say("Site at which it stands: an identifier of the table of sites."),
    "name": say("What it is called."),
    "kind": say("What it is: one of the words below."),
    "assets.kind": say("Kind of asset: one of the words below, or another of small letters and underscores."),
    "months": say("Months in which it is open."),
    "flood_zones.months": say("Months in which it is under water."),
    "open_from": say("First day it is open; empty: not known, taken as long before."),
    "open_to": say("Last day it is open; empty: open still."),
    "confidence": say("How far the row can be trusted: one of the words below."),
    "source": _SOURCE,
    "count": say("How many there are."),
    "availability": say("Share of time fit for use; empty: the method's default, shown as such."),
    "notice_min": say("Time before moving off [min]; empty: the method's default, shown as such."),
    "mission_share": say("Share tasked by the mission; empty: the method's default, shown as such."),
    "is_least": say("Whether the number is known as a lower bound alone; empty, or no such column: no."),
    "date": say("Day of the event, or the first day of the span; empty where only the year is known."),
    "year": say("Year of the event."),
    "date_precision": say("Span that the date stands for: one of the words below."),
    "event_type": say("What happened: one of the words below."),
    "deaths": say("Best estimate of all dead [persons]; empty: not stated, which is not 0."),
    "deaths_civilians": say("Civilians among them [persons]; empty: not stated, which is not 0."),
    "geo_precision": say(
        "How well the place is known: 1 the place itself, 2 within about 25 km, 3 the unit of the second "
        "level, 4 that of the first, 5 to be reviewed, 6 no better than the country."
    ),
    "reliability": say("How reliable the source is: 1 best, 3 least."),
    "adm1": say("Unit of the first level as the provider names it; may be empty."),
    "adm2": say("Unit of the second level as the provider names it; may be empty."),
    "place": say("Place as the provider names it; never a person."),
    "provider": say("Who recorded it."),
    "invented": say("Whether the row is made up."),
    "road_class": say("Class of the road in OpenStreetMap's words: one of those below."),
    "surface": say("What it is made of: one of the words below."),
    "smoothness": say("State of the surface: one of the words below."),
    "crossing": say("How it crosses water: one of the words below."),
    "raised": say("Whether it stands on a dyke or causeway, passable in flood."),
    "search_rated": say("Whether it is searched for explosive devices before use."),
    "closed_months": say("Months in which it is shut; empty: in none."),
    "length_km": say("Stated length [km]; empty: as drawn."),
    "stated_min": say("Provider's driving time [min], to compare; empty: not stated."),
    "barrier": say("Whether vehicles cross it only by bridge, ferry or raised road."),
    "navigable_months": say("Months in which boats pass; empty: in none."),
    "parent_id": say("Unit one level up, by its identifier; empty for the outline itself."),
    "approximate": say("Whether it was drawn by hand or derived, not surveyed."),
    "people": say("Inhabitants [persons]; empty: not stated."),
    "runway_m": say("Longest runway [m]; empty: not stated."),
    "lon": say("Longitude [degrees east], with a decimal point; west is below 0."),
    "lat": say("Latitude [degrees north]; south is below 0."),
    "geometry": say("Its shape, in longitude and latitude (WGS 84)."),
}
"""By column, or by layer and column where it means another thing there."""

WORDS: dict[StrEnum, Sentence] = {
    SiteKind.SECTOR_HQ: say("headquarters of a sector"),
    SiteKind.CAMP: say("permanent camp"),
    SiteKind.FIELD_OFFICE: say("field office"),
    SiteKind.TOB: say("temporary operating base"),
    SiteKind.SEASONAL_TOB: say("temporary operating base in some months"),
    SiteKind.CLA_POST: say("post of community liaison assistants"),
    SiteKind.AIRSTRIP: say("airstrip or landing site"),
    Confidence.HIGH: say("stated by whoever runs it, or checked"),
    Confidence.MEDIUM: say("stated by one good source"),
    Confidence.LOW: say("stated by a weak or old source"),
    Confidence.ASSUMED: say("nobody has stated it"),
    EventType.ATTACK_ON_CIVILIANS: say("civilians were attacked"),
    EventType.BATTLE: say("armed groups or forces fought"),
    EventType.EXPLOSION: say("a device or shell exploded"),
    EventType.OTHER: say("another event"),
    EventType.UNKNOWN: say("the source does not say"),
    DatePrecision.DAY: say("the day itself"),
    DatePrecision.WEEK: say("within a week"),
    DatePrecision.MONTH: say("within a month"),
    DatePrecision.YEAR: say("only the year is known"),
    RoadClass.TRUNK: say("trunk road"),
    RoadClass.PRIMARY: say("primary road"),
    RoadClass.SECONDARY: say("secondary road"),
    RoadClass.TERTIARY: say("tertiary road"),
    RoadClass.UNCLASSIFIED: say("minor road"),
    RoadClass.RESIDENTIAL: say("street"),
    RoadClass.TRACK: say("track for vehicles"),
    RoadClass.PATH: say("path, on foot"),
    Surface.PAVED: say("paved"),
    Surface.UNPAVED: say("earth, gravel or sand"),
    Smoothness.GOOD: say("a car passes at speed"),
    Smoothness.BAD: say("a car passes slowly"),
    Smoothness.VERY_BAD: say("a high vehicle passes"),
    Smoothness.HORRIBLE: say("a heavy cross-country vehicle passes"),
    Crossing.NONE: say("it crosses no water"),
    Crossing.BRIDGE: say("over a bridge"),
    Crossing.FERRY: say("by ferry"),
    PlaceKind.CAPITAL: say("the capital"),
    PlaceKind.REGION_SEAT: say("seat of a unit of the first level"),
    PlaceKind.DISTRICT_SEAT: say("seat of a unit of the second level; district_seat is the same"),
    PlaceKind.TOWN: say("town"),
    PlaceKind.VILLAGE: say("village"),
    AirfieldKind.AIRPORT: say("airport with scheduled flights"),
    AirfieldKind.HELIPORT: say("for helicopters alone"),
    AirfieldKind.CLOSED: say("out of use"),
    SensitiveKind.SCHOOL: say("school"),
    SensitiveKind.CLINIC: say("place of care"),
    SensitiveKind.WELL: say("well or water point"),
    SensitiveKind.MARKET: say("market"),
    SensitiveKind.IDP_SITE: say("site of displaced people"),
    SensitiveKind.HUMANITARIAN_HUB: say("base or warehouse of humanitarian organisations"),
}
"""By word. Words that are equal as texts mean one thing: "airstrip", "unknown"."""
