"""Notices: what must stand beside every result, from undecided weights to what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

import numpy as np
import shapely

from footprint.compare import escort_days
from footprint.coverage.gaps import as_it_stands, gaps, not_known
from footprint.coverage.stations import Station
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import CLOSE
from footprint.language import Language, msgid
from footprint.method import Method
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import CloseSite, Laydown, MoveSite, OpenSite
from layers import Area
from layers.manifest import LAYER_FILES, OLD_NAMES
from layers.oddities import OddityKind
from layers.waters import in_water

LAYERS = (*LAYER_FILES, *OLD_NAMES.values(), "population", "objectives")
"""Layers that results rest on."""

LAYER_WORDS = {
    "sites": msgid("Sites"),
    "assets": msgid("Assets"),
    "incidents": msgid("Incidents"),
    "roads": msgid("Roads"),
    "rivers": msgid("Rivers"),
    "lakes": msgid("Lakes"),
    "flood_zones": msgid("Flood zones"),
    "country": msgid("Country"),
    "regions": msgid("Regions"),
    "districts": msgid("{Districts}"),
    "places": msgid("Towns and villages"),
    "airfields": msgid("Airfields"),
    "population": msgid("Population"),
    "sensitive": msgid("Sensitive places"),
    "objectives": msgid("Objectives"),
    "inputs": msgid("Inputs that layers are made from"),
    "documentation": msgid("Documentation"),
}
"""What each layer is called."""


def layer_words(layer: str) -> str:
    """Return what a layer is called, whichever of its names a file uses."""
    now = {old: name for name, old in OLD_NAMES.items()}.get(layer, layer)
    return LAYER_WORDS.get(now, layer)


LIMITS = (
    msgid("Figures say what could be reached, never that anyone is protected."),
    msgid("A place without incidents is not a safe place."),
    msgid("The numbers of the method are stated with their sources; many are judgements."),
)
"""What holds for every result."""


Value = str | int | tuple[str, ...]
"""Words, a count, or several words to be listed."""


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something a reader of the results must know."""

    code: str
    """What it is about, for programs."""
    sentence: str
    """English sentence with {places}."""
    values: tuple[tuple[str, Value], ...] = ()

    def said(self, language: Language) -> str:
        """Return the sentence in `language`, numbers written its way."""
        return language.text(self.sentence, **{name: _filled(value, language) for name, value in self.values})


def _filled(value: Value, language: Language) -> str:
    match value:
        case int():
            return language.number(value)
        case str():
            return language.text(value)
        case _:
            return language.listing(language.text(word) for word in value)


def caveats(prepared: Prepared, result: Review) -> tuple[Caveat, ...]:
    """
    Return what must stand beside the results of a review, the gravest first.

    Weights that nobody has decided, invented data, tiers the data say nothing about, sites that had
    to be joined to the network from afar, and every count of what was left out or assumed.
    """
    return (*_of_the_question(prepared, result), *_of_the_network(prepared, result), *_of_the_data(prepared))


def _of_the_question(prepared: Prepared, result: Review) -> list[Caveat]:
    found = []
    if not all(objective.decided for objective in prepared.objectives):
        sentence = msgid("Objective weights are not decided: mission leadership has not set them.")
        found.append(Caveat("weights_not_decided", sentence))
    found += of_the_files(prepared.area)
    found += absences(prepared.area)
    found += silence(prepared)
    found += moved(prepared.area)
    found += people_unknown(prepared)
    if any(isinstance(change, OpenSite | CloseSite | MoveSite) for change in result.scenario.changes):
        found.append(
            Caveat("handling", msgid("Names a proposed or closing site: handle as confidential at least."))
        )
    if prepared.method.changes:
        names = ", ".join(change.path for change in prepared.method.changes)
        found.append(
            Caveat(
                "method_changed", msgid("Numbers of the method were changed: {names}."), (("names", names),)
            )
        )
    return found


def of_the_files(area: Area) -> list[Caveat]:
    """Return what stands beside every document of an area, whatever it reckons: invented data, odd files."""
    return [*invented(area), *oddities(area)]


def of_the_evidence(prepared: Prepared) -> list[Caveat]:
    """Return what stands beside evidence: invented data, odd files, and what is not known."""
    return [*of_the_files(prepared.area), *not_known_here(prepared)]


def not_known_here(prepared: Prepared) -> list[Caveat]:
    """Return what the data of an area leave unsaid: layers, tiers, and people."""
    return [*absences(prepared.area), *silence(prepared), *people_unknown(prepared)]


def invented(area: Area) -> list[Caveat]:
    """Return that data are invented, and which, where any are."""
    if not area.invented:
        return []
    layers = {source.layer for source in area.sources if source.invented != "no"} & {*LAYERS}
    sentence = msgid("Data are invented, wholly or in part: {layers}.")
    return [Caveat("invented_data", sentence, (("layers", tuple(sorted(map(layer_words, layers))) or "?"),))]


UNKNOWN_FROM_SHARE = 0.01
"""Share of a region's land without population data from which on it is named; less is a border's course."""


def people_unknown(prepared: Prepared) -> list[Caveat]:
    """Return the regions of which the population raster says nothing, in whole or in part."""
    area = prepared.area
    unknown = np.isnan(area.population.people)
    land = np.ones(area.grid.n_cells) if area.grid.inside_share is None else area.grid.inside_share
    without, whole = prepared.regions.sums(land * unknown), prepared.regions.sums(land)
    named = [
        f"{area.regions.at[unit, 'name']} ({100 * lost / of:.0f} %)"
        for unit, lost, of in zip(prepared.regions.unit_ids, without, whole, strict=True)
        if lost >= UNKNOWN_FROM_SHARE * of
    ]
    if not named:
        return []
    sentence = msgid(
        "How many people live there is not known, in part or in whole, and shares leave it out: {names}."
    )
    return [Caveat("people_unknown", sentence, (("names", ", ".join(named)),))]


NAMES_MAX = 8
"""Places of incidents that a notice names; the rest are counted."""


def moved(area: Area) -> list[Caveat]:
    """Return which sites and incidents lie outside the outline and stand in the nearest cell, and how far."""
    sites = [each for each in area.moved if each.layer == "sites"]
    incidents = [each for each in area.moved if each.layer == "incidents"]
    found = []
    if sites:
        sentence = msgid("Outside the country's outline, taken at the nearest cell: {names}.")
        named = tuple(f"{each.name} ({each.distance_m:.0f} m)" for each in sites)
        found.append(Caveat("sites_moved", sentence, (("names", ", ".join(named)),)))
    if incidents:
        sentence = msgid(
            "Incidents outside the country's outline, taken at the nearest cell: {count}, most at {names}."
        )
        named = tuple(f"{each.name} ({each.rows}, {each.distance_m:.0f} m)" for each in incidents[:NAMES_MAX])
        count = sum(each.rows for each in incidents)
        found.append(Caveat("incidents_moved", sentence, (("count", count), ("names", ", ".join(named)))))
    return found


def gap_caveats(laydown: Laydown, method: Method) -> list[Caveat]:
    """
    Return the tiers whose zero means that the data are silent, and on what.

    Parameters
    ----------
    laydown
        The baseline's: what a scenario takes away is its own doing, and known.
    method
        Capabilities and bundles.
    """
    sentence = msgid("{tier}: not known, not zero. The data name no asset for {missing}.")
    found = []
    for gap in gaps(laydown, method):
        missing = tuple(method.capabilities[name].label for group in gap.groups for name in group)
        places: tuple[tuple[str, Value], ...] = (
            ("tier", method.bundles[gap.bundle_id].label),
            ("missing", missing),
        )
        found.append(Caveat("tier_not_known", sentence, places))
    return found


def _of_the_network(prepared: Prepared, result: Review) -> list[Caveat]:
    posts, audit = result.stations, prepared.network.audit
    wet = in_water(
        [p.name for p in posts],
        np.array([shapely.Point(p.x_m, p.y_m) for p in posts], dtype=object),
        prepared.area.lakes,
    )
    joined = [post for post in posts if not post.connector.snapped_too_far]
    dry = ", ".join(
        f"{each.name} ({each.distance_m / 1000:.0f} km: {each.lat:.2f}, {each.lon:.2f})" for each in wet
    )
    checks = (
        ("site_in_water", dry,
         msgid("Stands in water, with the nearest dry place and its latitude and longitude: {names}.")),
        ("site_far_from_road", _named(p for p in posts if p.connector.snapped_too_far),
         msgid("No road within reach of: {names}. They move across country only.")),
        ("site_across_water", _named(p for p in joined if isfinite(p.connector.other_bank_m)),
         msgid("The nearest road lies across water from: {names}. They join one on their own bank.")),
        ("site_on_small_network", _named(p for p in posts if 0 < p.connector.part_share < 0.5),  # noqa: PLR2004  half
         msgid("On a part of the road network that joins less than half of it: {names}.")),
        ("escorts_unmet", _unmet(result),
         msgid("Companies cannot give all the escorts that civilian teams ask for at: {names}.")),
    )  # fmt: skip
    found = [Caveat(code, sentence, (("names", names),)) for code, names, sentence in checks if names]
    counts = (
        ("fords", len(audit.fords),
         msgid("Roads taken as passable where they cross a river without bridge or ferry: {count}.")),
        ("road_nodes_without_cell", audit.road_nodes_without_cell,
         msgid("Road points with no cell beside them, for instance beyond the border: {count}.")),
        ("cells_in_water", audit.cells_in_water,
         msgid("Cells under water in some month: {count}.")),
    )  # fmt: skip
    return found + [Caveat(code, sentence, (("count", count),)) for code, count, sentence in counts if count]


def _named(posts: Iterable[Station]) -> str:
    return ", ".join(post.name for post in posts)


def _unmet(result: Review) -> str:
    days = escort_days(result)
    return ", ".join(days.loc[days["asked_days"] > days["given_days"] + CLOSE, "name"].unique())


def _of_the_data(prepared: Prepared) -> list[Caveat]:
    threat, area = prepared.demand.threat, prepared.area
    nothing = [] if prepared.demand.has_threat else [Caveat("no_threat", NO_THREAT)]
    counts = [
        ("population_unknown", msgid("Cells without population data, which carry no demand: {count}."),
         "", prepared.demand.unknown_cells),
    ]  # fmt: skip
    left_out, assumed = (
        msgid("Incidents left out, {reason}: {count}."),
        msgid("Incidents, {reason}: {count}."),
    )
    counts += [("incidents_excluded", left_out, reason, count) for reason, count in threat.excluded]
    counts += [("incidents_assumed", assumed, reason, count) for reason, count in threat.assumed]
    dropped = msgid("Rows of {layer} left out, {reason}: {count}.")
    counts += [("rows_dropped", dropped, f"{drop.layer}|{drop.reason}", drop.rows) for drop in area.dropped]
    told = [Caveat(code, sentence, _places(what, count)) for code, sentence, what, count in counts if count]
    return [*nothing, *told, *_of_the_units(prepared)]


_IN_NONE = {
    "cells_in_no_region": msgid(
        "Cells in no region, which count in the area alone: {count}, with {people} people."
    ),
    "cells_in_no_district": msgid(
        "Cells in no {district}, which count in larger units alone: {count}, with {people} people."
    ),
}

_OVERLAP = msgid("Units drawn over one another, whose people there are shared among them: {names}.")


def _of_the_units(prepared: Prepared) -> list[Caveat]:
    """Return whom no unit counts, and which units lie over one another."""
    people, area = np.nan_to_num(prepared.area.population.people), prepared.area
    levels = ((prepared.regions, area.regions), (prepared.districts, area.districts))
    found = []
    for (code, sentence), (zones, _) in zip(_IN_NONE.items(), levels, strict=True):
        if len(zones.uncovered) and len(zones.unit_ids):
            lost = round(float(people[zones.uncovered].sum()))
            found.append(Caveat(code, sentence, (("count", len(zones.uncovered)), ("people", lost))))
    for zones, units in levels:
        there = np.flatnonzero(zones.shares[:, zones.overlapping].sum(axis=1))
        if len(there):
            names = ", ".join(str(units["name"].iloc[unit]) for unit in there)
            found.append(Caveat("units_overlap", _OVERLAP, (("names", names),)))
    return found


def _places(what: str, count: int) -> tuple[tuple[str, Value], ...]:
    layer, _, reason = what.rpartition("|")
    return (("layer", layer), ("reason", reason), ("count", count))


def silent(prepared: Prepared) -> frozenset[Indicator]:
    """Return the indicators of which the area's own data say nothing: "not known" to whoever reads them."""
    return not_known(as_it_stands(prepared), prepared.method)


def silence(prepared: Prepared) -> list[Caveat]:
    """Return why indicators of the area are not known, tier by tier."""
    return gap_caveats(as_it_stands(prepared), prepared.method)


def layer_rows(area: Area) -> dict[str, int | None]:
    """
    Return the number of rows of each layer, and of cells; sensitive places are not even counted.

    A layer that the folder does not have is None: nothing is known of it, which is not nought.
    """
    rows = {
        name: None if name in area.absent else len(getattr(area, name))
        for name in LAYER_FILES
        if name != "sensitive"
    }
    return {**rows, "cells": area.grid.n_cells}


def absences(area: Area) -> list[Caveat]:
    """Return which layers a folder does not have, and what it leaves unsaid."""
    layers = msgid("Not known, for the folder has no such layer: {layers}.")
    unsaid = msgid("The folder does not state {names}; what is common elsewhere stands in.")
    checks = (
        Caveat("layers_absent", layers, (("layers", tuple(map(layer_words, area.absent))),)),
        Caveat("unstated", unsaid, (("names", ", ".join(area.unstated)),)),
    )
    return [each for each, told in zip(checks, (area.absent, area.unstated), strict=True) if told]


ODDITIES = {
    OddityKind.ROAD_GAP: msgid(
        "Roads that end near another without joining it, so that nobody drives across: {names}."
    ),
    OddityKind.ROAD_JOINED: msgid("Roads joined across a gap, as the folder asks: {names}."),
    OddityKind.RIVER_GAP: msgid("Rivers drawn with a gap, where patrols pass: {names}."),
    OddityKind.LENGTH: msgid("Roads whose stated length, then as drawn, differ more than twofold: {names}."),
    OddityKind.COARSE_CELLS: msgid(
        "Cells of {names} are for a first look: with them figures of regions move by several points with"
        " where the cells lie. Set cell_km to 5 or less in area.toml."
    ),
    OddityKind.NO_SOURCE: msgid("Not in the ledger sources.csv, so nobody knows whose they are: {names}."),
    OddityKind.CHECKSUM: msgid("Changed since the ledger sources.csv was written: {names}."),
    OddityKind.NO_LICENCE: msgid("Without a licence in the ledger sources.csv: {names}."),
    OddityKind.NO_FILE: msgid("In the ledger sources.csv and not in the folder: {names}."),
}
"""What is odd in an area's files, in words."""


def oddities(area: Area) -> list[Caveat]:
    """Return what is odd in the drawing of an area's layers and in its ledger, the first few by name."""
    found = []
    for each in area.oddities:
        more = len(each.names) - NAMES_MAX
        names = ", ".join(each.names[:NAMES_MAX]) + (f" (+{more})" if more > 0 else "")
        found.append(Caveat(str(each.kind), ODDITIES[each.kind], (("names", names),)))
    return found


NO_THREAT = msgid("There is no threat to show: no incident counts. The need goes by people alone.")
STALE = Caveat("scenario_stale", msgid("The area's files have changed since the scenario was saved."))
DONORS = Caveat(
    "donors_not_named",
    msgid("Donor sites are not named: the assets come from nowhere, and nobody loses them."),
)

SAID_ELSEWHERE = (
    msgid("placed no better than the country, or to be reviewed"),
    msgid("no cell of the grid there"),
    msgid("deaths not stated: weighed as an incident without deaths"),
    msgid("only the year known: dated to its middle"),
    msgid("where nobody lives by the population raster: counted for the people around"),
    msgid("no population data there"),
    msgid("of a kind that is not counted"),
    msgid("told by another provider already"),
    msgid("too vague to tell whether another provider tells of them already"),
    msgid("not open on the frame date"),
    msgid("at a site not open on the frame date"),
    msgid("after the frame date"),
    msgid("more than a cell outside the country's outline"),
    msgid("an earlier row of the same identifier, since revised"),
    msgid("told by another provider too, within a day and 10 km"),
    msgid("Rains and access also change what is reported: a quiet month may be a month without witnesses."),
)
"""What layers, demand and the calendar say in English, for the catalogues to find."""
