"""
Known: files of known providers: which reader takes them, for which layer, and what the ledger says of them.

A kind of file is known by its columns (`layers.foreign.kinds`); what is written here of publisher and
licence is what they state themselves, and a person may correct it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from layers.foreign.seen import FileSeen
from layers.formats.geopko_units import Strength
from layers.intake.answers import OpenQuestion
from layers.sentences import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """One kind of file of a known provider."""

    reader: str
    """Name in the registry of readers; "" where nothing of it can be taken, as `why_not` says."""
    slot: str = "file"
    """Which of the reader's files it is."""
    layers: tuple[str, ...]
    """Layers that it can feed; the first is meant."""
    title: str = ""
    origin: str = ""
    licence: str = ""
    confidence: str = ""
    brings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Of layers that come along: their title and confidence."""
    why_not: Sentence | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    """Of its reader, where a person says nothing else."""
    remarks: tuple[Sentence, ...] = ()
    """What a person must know of it before it is taken."""
    asks: tuple[OpenQuestion, ...] = ()
    """What only a person can say of its reader's options."""


_LEAST = say(
    "UN maps show units and not their strength. Taken is one of each kind drawn at a base (once), or as"
    " drawn: of infantry the larger of battalions and companies as so many companies, of formed police a"
    " platoon for each unit, of every other kind one. Either is a lower bound; infantry or engineers known to"
    " be fewer than a company are not counted."
)
_COUNTED = OpenQuestion(
    key="option.strength",
    asks=say("Is one of each kind of unit at a base taken (once), or units as the map draws them (drawn)?"),
    choices=tuple(map(str, Strength)),
    # Strength is not to be read off symbols: whoever wants units as drawn says so.
    suggested=str(Strength.ONCE),
)
_ONE = say(
    "The table by year says that a kind of unit is at a base, not how many: one of each kind is taken, at"
    " least. The table by UN map says more."
)
_NOT_TOLD = say(
    "Every medical unit is taken as surgery, for its level is not told; signal, military police, river and"
    " other units that no kind of asset holds are named and not taken; civilian teams are not drawn. Every"
    " answer says so; bring the mission’s own list of assets for its true strength."
)
_STOOD = say(
    "A site is open from the first map that shows it to the last in a row: a map of the mission without it"
    " ends its time, and it is not counted as open until one shows it again. Its units are those of the last"
    " map of that row."
)

_OSM = "OpenStreetMap contributors"
_ODBL = "ODbL 1.0"
_AFRICA = "github.com/SebKrantz/OptimalAfricanRoads"

KNOWN: dict[str, KnownFile] = {
    "ucdp": KnownFile(
        reader="ucdp",
        layers=("incidents",),
        title="UCDP GED",
        origin="Uppsala Conflict Data Program (Sundberg & Melander 2013)",
        licence="CC BY 4.0",
        confidence="medium",
    ),
    "acled": KnownFile(
        reader="acled",
        layers=("incidents",),
        title="ACLED",
        origin="Armed Conflict Location & Event Data (ACLED)",
        licence="ACLED terms of use: not to be handed on",
        confidence="medium",
    ),
    "geopko_maps": KnownFile(
        reader="geopko_maps",
        layers=("sites",),
        title="Geo-PKO, sites by UN map",
        origin="Geo-PKO (Cil, Fjelde, Hultman and Nilsson 2020)",
        licence="none stated; citation asked",
        confidence="medium",
        brings={"assets": ("Geo-PKO, units drawn at sites", "low")},
        remarks=(_LEAST, _STOOD, _NOT_TOLD),
        asks=(_COUNTED,),
    ),
    "geopko_years": KnownFile(
        reader="geopko_years",
        layers=("sites",),
        title="Geo-PKO, sites by year",
        origin="Geo-PKO (Cil, Fjelde, Hultman and Nilsson 2020)",
        licence="none stated; citation asked",
        confidence="medium",
        brings={"assets": ("Geo-PKO, units by site and year", "low")},
        options={"strength": "drawn"},
        remarks=(_ONE, _STOOD, _NOT_TOLD),
    ),
    "geopko_troops": KnownFile(
        reader="",
        layers=(),
        why_not=say(
            "It counts kinds of troops, and not what each site holds: bring FrontMap, or the table by UN map."
        ),
    ),
    "geopko_countries": KnownFile(
        reader="",
        layers=(),
        why_not=say("It counts contributing countries, which no figure here rests on."),
    ),
    "ourairports.airports": KnownFile(
        reader="ourairports",
        slot="airports",
        layers=("airfields",),
        title="OurAirports, airfields and runways",
        origin="ourairports.com",
        licence="public domain",
        confidence="medium",
    ),
    "ourairports.runways": KnownFile(
        reader="ourairports",
        slot="runways",
        layers=("airfields",),
        title="OurAirports, airfields and runways",
        origin="ourairports.com",
        licence="public domain",
        confidence="medium",
    ),
    "healthsites": KnownFile(
        reader="healthsites",
        layers=("sensitive",),
        title="healthsites.io, places of care",
        origin=f"healthsites.io; {_OSM}",
        licence=_ODBL,
        confidence="medium",
    ),
    "who_facilities": KnownFile(
        reader="who_facilities",
        layers=("sensitive",),
        title="WHO/KWTRP public health facilities",
        origin="Maina et al. 2019",
        licence="CC BY 4.0",
        confidence="medium",
    ),
    "geonames": KnownFile(
        reader="geonames",
        layers=("places",),
        title="GeoNames, towns",
        origin="GeoNames",
        licence="CC BY 4.0",
        confidence="low",
    ),
    "cod_places": KnownFile(
        reader="cod_places",
        layers=("places",),
        title="OCHA COD, populated places",
        origin="OCHA",
        licence="HDX COD terms: humanitarian use, cite OCHA",
        confidence="medium",
    ),
    "optimal_edges": KnownFile(
        reader="optimal_edges",
        layers=("roads",),
        title="Trunk roads: OptimalAfricanRoads, real edges",
        origin=_AFRICA,
        licence="OpenStreetMap geometry ODbL",
        confidence="low",
    ),
    "smoothed_edges": KnownFile(
        reader="smoothed_edges",
        layers=("roads",),
        title="Trunk roads: OptimalAfricanRoads, the unsimplified network",
        origin=_AFRICA,
        licence="OpenStreetMap geometry ODbL",
        confidence="low",
    ),
    "flownet": KnownFile(
        reader="flownet",
        layers=("roads",),
        title="Trunk roads: flownet, the Trans-African network",
        origin="flownet (CRAN)",
        licence="GPL-3; OpenStreetMap geometry ODbL",
        confidence="low",
    ),
    "urban_network.edges": KnownFile(
        reader="urban_network",
        slot="edges",
        layers=("roads",),
        title="African Urban Network",
        origin="Prieto-Curiel et al. 2022",
        licence="none stated; cite Prieto-Curiel et al. 2022",
        confidence="low",
    ),
    "urban_network.nodes": KnownFile(
        reader="urban_network",
        slot="nodes",
        layers=("roads",),
        title="African Urban Network",
        origin="Prieto-Curiel et al. 2022",
        licence="none stated; cite Prieto-Curiel et al. 2022",
        confidence="low",
    ),
    "osm_roads": KnownFile(
        reader="osm_roads",
        layers=("roads",),
        title="OpenStreetMap, roads",
        origin=_OSM,
        licence=_ODBL,
        confidence="medium",
    ),
    "wdb_rivers": KnownFile(
        reader="wdb_rivers",
        slot="fine",
        layers=("rivers",),
        title="GSHHG/WDBII, rivers",
        origin="GSHHG",
        licence="LGPL-3",
        confidence="low",
    ),
    "natural_earth_rivers": KnownFile(
        reader="wdb_rivers",
        slot="named",
        layers=("rivers",),
        title="Natural Earth, rivers",
        origin="Natural Earth",
        licence="public domain",
        confidence="low",
    ),
    "gshhg_lakes": KnownFile(
        reader="gshhg_lakes",
        layers=("lakes",),
        title="GSHHG lakes",
        origin="GSHHG",
        licence="LGPL-3 (GSHHG)",
        confidence="low",
    ),
    "cod_boundaries": KnownFile(
        reader="cod_boundaries",
        layers=("regions", "districts", "country"),
        title="OCHA COD-AB",
        origin="OCHA",
        licence="HDX COD terms: humanitarian use, cite OCHA",
        confidence="high",
    ),
    "worldpop": KnownFile(
        reader="worldpop",
        layers=("population",),
        title="Population raster",
        confidence="low",
    ),
}
"""By the word that `layers.foreign.kinds` knows a kind of file by, without a level at its end."""


SLOTS = {
    "airports": say("airfields of OurAirports"),
    "runways": say("runways of OurAirports"),
    "edges": say("edges of the African Urban Network"),
    "nodes": say("nodes of the African Urban Network"),
    "fine": say("rivers of GSHHG/WDBII"),
    "named": say("rivers of Natural Earth"),
}
"""What a reader's file is called, by its slot."""


def providers_of(seen: FileSeen) -> frozenset[str]:
    """Return the kinds of file that the sheets of a file are known as."""
    return frozenset(each.provider for sheet in seen.sheets for each in sheet.likely if each.provider)


def lacking(providers: Collection[str]) -> tuple[Sentence, ...]:
    """Return which files are missing that must come together with others that are there."""
    have: dict[str, set[str]] = {}
    for provider in providers:
        known, _ = known_file(provider)
        if known is not None and known.slot != "file" and provider not in ALONE:
            have.setdefault(known.reader, set()).add(known.slot)
    slots = {
        each.reader: {other.slot for other in KNOWN.values() if other.reader == each.reader}
        for each in KNOWN.values()
    }
    for provider in providers:
        known, _ = known_file(provider)
        if provider in ALONE and known is not None and known.reader in have:
            have[known.reader].add(known.slot)
    return tuple(
        say(
            "{what} must come together with {others}, which are not there",
            what=SLOTS[mine],
            others=SLOTS[slot],
        )
        for reader, found in have.items()
        for mine in sorted(found)[:1]
        for slot in sorted(slots[reader] - found)
    )


ALONE = {"natural_earth_rivers": "wdb_rivers"}
"""Kinds of file that can be taken by themselves as well, and what they otherwise come with."""


def known_file(provider: str) -> tuple[KnownFile | None, int | None]:
    """
    Return what is known of a provider's kind of file, and the level of units that its word ends with.

    Examples
    --------
    >>> known_file("cod_boundaries.2")[1], known_file("ucdp")[0].layers, known_file("")
    (2, ('incidents',), (None, None))
    """
    word, _, level = provider.rpartition(".")
    if word and level.isdigit():
        return KNOWN.get(word), int(level)
    return KNOWN.get(provider), None
