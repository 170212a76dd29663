"""Notices about the files of an area: invented, oddly drawn, beyond the outline, in coarse cells."""

from __future__ import annotations

from footprint.caveats.caveat import Caveat, OwnWords
from footprint.caveats.layers import LAYERS, layer_words
from footprint.language import msgid
from layers import Area
from layers.oddities import OddityKind
from layers.unit_words import is_one_level


def of_the_files(area: Area) -> list[Caveat]:
    """Return what stands beside every document of an area, whatever it reckons: invented data, odd files."""
    return [
        *invented(area),
        *_of_the_boundaries(area),
        *_of_the_levels(area),
        *_of_the_cells(area),
        *oddities(area),
    ]


def of_the_incidents(area: Area) -> list[Caveat]:
    """Return what stands beside all that is told of violence: odd files, and that no incidents are known."""
    unknown = Caveat("incidents_unknown", NO_INCIDENTS)
    return [*of_the_files(area), *([unknown] if "incidents" in area.absent else [])]


def _of_the_boundaries(area: Area) -> list[Caveat]:
    """Return what the area's own file says of its boundaries, such as what is disputed about them."""
    words = OwnWords(tuple(sorted(area.disclaimers.items())))
    return (
        [Caveat("boundaries", msgid("Boundaries: {words}"), (("words", words),))] if area.disclaimers else []
    )


def _of_the_levels(area: Area) -> list[Caveat]:
    """Return that no units of the second level were brought, where those of the first stand for them."""
    if not is_one_level(area.regions["name"], area.districts["name"]):
        return []
    return [
        Caveat(
            "one_level_of_units",
            msgid(
                "No smaller units than {regions} are known: what is told by unit is told by {region} alone."
            ),
        )
    ]


def _of_the_cells(area: Area) -> list[Caveat]:
    """Return that cells are so large that figures depend on where they lie, or so many that it takes long."""
    size, count = ("size", round(area.grid.cell_m)), ("count", area.grid.n_cells)
    found = [Caveat("coarse_cells", COARSE, (size,))] if area.grid.cell_m > FINE_CELL_M else []
    return found + ([Caveat("many_cells", MANY, (count, size))] if area.grid.n_cells > CELLS_AT_EASE else [])


def invented(area: Area) -> list[Caveat]:
    """Return that data are invented, and which, where any are."""
    if not area.invented:
        return []
    layers = {source.layer for source in area.sources if source.invented != "no"} & {*LAYERS}
    sentence = msgid("Data are invented, wholly or in part: {layers}.")
    return [Caveat("invented_data", sentence, (("layers", tuple(sorted(map(layer_words, layers))) or "?"),))]


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


ODDITIES = {
    OddityKind.ROAD_GAP: msgid(
        "Roads that end near another without joining it, so that nobody drives across: {names}."
    ),
    OddityKind.ROAD_JOINED: msgid("Roads joined across a gap, as the folder asks: {names}."),
    OddityKind.RIVER_GAP: msgid("Rivers drawn with a gap, where patrols pass: {names}."),
    OddityKind.LENGTH: msgid("Roads whose stated length, then as drawn, differ more than twofold: {names}."),
    OddityKind.UNIT_OUTSIDE: msgid(
        "Units that lie mostly outside the area's outline: no figure of theirs is known, and their cells at"
        " its border count in larger units alone (share inside): {names}."
    ),
    OddityKind.NO_SOURCE: msgid("Not in the ledger sources.csv, so nobody knows whose they are: {names}."),
    OddityKind.CHECKSUM: msgid("Changed since the ledger sources.csv was written: {names}."),
    OddityKind.NO_LICENCE: msgid("Without a licence in the ledger sources.csv: {names}."),
    OddityKind.NO_FILE: msgid("In the ledger sources.csv and not in the folder: {names}."),
    OddityKind.LABEL: msgid(
        "Drawn to write a name on and not surveyed, so that where it begins and ends is not known: {names}."
    ),
    OddityKind.FLATTENED: msgid(
        "Large values may be cut off, as in a picture, so that towns have fewer people, and less need, than"
        " they have: {names}."
    ),
    OddityKind.NOT_TAKEN: msgid(
        "Rows of files that were brought, which could not be taken or were left out, and are in no layer:"
        " {names}."
    ),
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


NO_INCIDENTS = msgid(
    "Incidents are not known here, for nobody has brought any: where they gather, and which months return, "
    "is not known either."
)

FINE_CELL_M = 5_000.0
"""
Side of cells [m] up to which Force and Mission of large regions lay within 1.5 points of each other with
5 and 2.5 km, moved by half a side or not (but Upper Nile's, 2.0); with 10 km they moved by up to 4.5.
"""

CELLS_AT_EASE = 250_000
"""Cells up to which a review takes seconds: 200,000 took 14 s and 1.3 GB, 1.2 million 98 s and 3.7 GB."""

MANY = msgid(
    "{count} cells of {size} m: an answer takes minutes and several gigabytes of memory. Set cell_km larger "
    "in area.toml; 5 km are fine enough for {regions}."
)
COARSE = msgid(
    "Cells of {size} m are for a first look: with them figures of {regions} move by several points with "
    "where the cells lie. Set cell_km to 5 or less in area.toml."
)
