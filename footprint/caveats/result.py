"""Notices: what must stand beside every result, from undecided weights to what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

import numpy as np
import shapely

from footprint.caveats.assets import at_least
from footprint.caveats.caveat import Caveat, Value
from footprint.caveats.files import moved, of_the_files
from footprint.caveats.layers import absences, layer_words
from footprint.caveats.people import of_the_units, outside_named, people_beyond, people_unknown
from footprint.compare import escort_days
from footprint.coverage.gaps import as_it_stands, gaps, not_known, without_gaps
from footprint.coverage.stations import Station
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import CLOSE
from footprint.language import msgid
from footprint.method import Method
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import CloseSite, Laydown, MoveSite, OpenSite
from layers.waters import in_water


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
    found += at_least(prepared.area)
    found += silence(prepared)
    found += moved(prepared.area)
    found += [*people_unknown(prepared), *people_beyond(prepared.area)]
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


def of_the_evidence(prepared: Prepared) -> list[Caveat]:
    """Return what stands beside evidence: invented data, odd files, and what is not known."""
    # Units mostly outside are named with the oddities of the files.
    return [*of_the_files(prepared.area), *_unsaid(prepared)]


def not_known_here(prepared: Prepared) -> list[Caveat]:
    """Return what the data of an area leave unsaid: layers, tiers, people, and units mostly outside."""
    return [*_unsaid(prepared), *outside_named(prepared)]


def _unsaid(prepared: Prepared) -> list[Caveat]:
    unsaid = (*absences(prepared.area), *at_least(prepared.area))
    return [*unsaid, *silence(prepared), *people_unknown(prepared), *people_beyond(prepared.area)]


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
    whole = msgid("{tier}: not known, not zero. The data name no asset for {missing}.")
    part = msgid(
        "{tier}: not known, not zero. The data name no asset for {missing}. Where another part that it needs"
        " does not reach, it is zero whatever there is of these, and stands as 0."
    )
    found = []
    for gap in gaps(laydown, method):
        missing = tuple(method.capabilities[name].label for group in gap.groups for name in group)
        places: tuple[tuple[str, Value], ...] = (
            ("tier", method.bundles[gap.bundle_id].label),
            ("missing", missing),
        )
        rest = without_gaps(method.bundles[gap.bundle_id], (gap,))
        found.append(Caveat("tier_not_known", whole if rest is None else part, places))
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
    dropped = msgid("Rows left out of layer {layer}, {reason}: {count}.")
    counts += [
        ("rows_dropped", dropped, f"{layer_words(drop.layer)}|{drop.reason}", drop.rows)
        for drop in area.dropped
    ]
    told = [Caveat(code, sentence, _places(what, count)) for code, sentence, what, count in counts if count]
    return [*nothing, *told, *of_the_units(prepared)]


def _places(what: str, count: int) -> tuple[tuple[str, Value], ...]:
    layer, _, reason = what.rpartition("|")
    return (("layer", layer), ("reason", reason), ("count", count))


def silent(prepared: Prepared) -> frozenset[Indicator]:
    """Return the indicators of which the area's own data say nothing: "not known" to whoever reads them."""
    return not_known(as_it_stands(prepared), prepared.method)


def silence(prepared: Prepared) -> list[Caveat]:
    """Return why indicators of the area are not known, tier by tier."""
    return gap_caveats(as_it_stands(prepared), prepared.method)


NO_THREAT = msgid(
    "There is no threat to show: no incident is known that counts. The need goes by people alone."
)
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
    msgid("cells without population data"),
    msgid("after the frame date"),
    msgid("more than a cell outside the country's outline"),
    msgid("an earlier row of the same identifier, since revised"),
    msgid("told by another provider too, within a day and 10 km"),
    msgid("Rains and access also change what is reported: a quiet month may be a month without witnesses."),
)
"""What layers, demand and the calendar say in English, for the catalogues to find."""
