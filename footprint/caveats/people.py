"""Notices about people: whose number is not known, whom no unit counts, whom several share."""

from __future__ import annotations

import numpy as np

from footprint.caveats.caveat import Caveat
from footprint.language import msgid
from footprint.prepared import Prepared
from layers import Area
from layers.intake.titles import EARTH_TITLE

UNKNOWN_FROM_SHARE = 0.01
"""Share of a region's land without population data from which on it is named; less is a border's course."""


def people_unknown(prepared: Prepared) -> list[Caveat]:
    """Return the regions of which the population raster says nothing, in whole or in part."""
    area = prepared.area
    unknown = np.isnan(area.population.people)
    land = np.ones(area.grid.n_cells) if area.grid.inside_share is None else area.grid.inside_share
    without, whole = (np.asarray(prepared.regions.land @ of) for of in (land * unknown, land))
    named = [
        f"{area.regions.at[unit, 'name']} ({100 * lost / of:.0f} %)"
        for unit, lost, of in zip(prepared.regions.unit_ids, without, whole, strict=True)
        if of > 0 and lost >= UNKNOWN_FROM_SHARE * of
    ]
    if not named:
        return []
    sentence = msgid(
        "How many people live there is not known, in part or in whole, and shares leave it out: {names}."
    )
    return [Caveat("people_unknown", sentence, (("names", ", ".join(named)),))]


def people_beyond(area: Area) -> list[Caveat]:
    """Return how many people live just outside an outline that is coarser than their raster."""
    # A finer outline says whose the people of a border's cells are.
    coarse = any(each.layer == "country" and each.title.endswith(EARTH_TITLE) for each in area.sources)
    beyond = area.population.beyond
    if not coarse or not beyond >= 0.5:  # noqa: PLR2004  a person, rounded
        return []
    return [Caveat("people_beyond", BEYOND, (("count", round(beyond)),))]


BEYOND = msgid(
    "The outline is drawn for maps of 1:10 million. People of the raster in cells that it cuts, but outside"
    " it, who are not counted and of whom some may live in the area: {count}. Bring the boundaries of the"
    " country."
)

_IN_NONE = {
    "cells_in_no_region": msgid(
        "Cells outside the {regions}, which count in the area alone: {count}, with {people} people."
    ),
    "cells_in_no_district": msgid(
        "Cells in no {district}, which count in larger units alone: {count}, with {people} people."
    ),
}

_UNITS_OUTSIDE = msgid(
    "Not known of {names}: mostly outside the outline of this area. Cells there that lie inside count in "
    "larger units alone: {count}, with {people} people."
)

_OVERLAP = msgid("Units drawn over one another, whose people there are shared among them: {names}.")


_NAMES_OUTSIDE = msgid("Not known of {names}: mostly outside the outline of this area.")


def outside_named(prepared: Prepared) -> list[Caveat]:
    """Return which units lie mostly outside the area, without a number, for whoever may not be told it."""
    area = prepared.area
    levels = ((prepared.regions, area.regions), (prepared.districts, area.districts))
    names = [str(name) for zones, units in levels for name in units["name"][zones.outside]]
    places = (("names", ", ".join(names)),)
    return [Caveat("units_outside_named", _NAMES_OUTSIDE, places)] if names else []


def units_outside(prepared: Prepared) -> list[Caveat]:
    """Return how many people of the area live in units that lie mostly outside it, of which no row tells."""
    people, area = np.nan_to_num(prepared.area.population.people), prepared.area
    found = []
    for zones, units in ((prepared.regions, area.regions), (prepared.districts, area.districts)):
        names = ", ".join(units["name"][zones.outside])
        if names:
            # So that the rows of units and these add up to the whole.
            shares = zones.shares[np.flatnonzero(zones.outside)]
            lost, cells = round(float((shares @ people).sum())), len(np.unique(shares.indices))
            places = (("names", names), ("count", cells), ("people", lost))
            found.append(Caveat("units_outside", _UNITS_OUTSIDE, places))
    return found


def of_the_units(prepared: Prepared) -> list[Caveat]:
    """Return whom no unit counts, and which units lie over one another."""
    people, area = np.nan_to_num(prepared.area.population.people), prepared.area
    levels = ((prepared.regions, area.regions), (prepared.districts, area.districts))
    found = []
    for (code, sentence), (zones, _) in zip(_IN_NONE.items(), levels, strict=True):
        if len(zones.uncovered) and len(zones.unit_ids):
            lost = round(float(people[zones.uncovered].sum()))
            found.append(Caveat(code, sentence, (("count", len(zones.uncovered)), ("people", lost))))
    found += units_outside(prepared)
    for zones, units in levels:
        met = (zones.land[:, zones.overlapping] > 0).toarray()
        # Where two alone meet, it is these two; a border beside them names its neighbours too.
        pairs = met.sum(axis=0) == 2  # noqa: PLR2004  two
        there = np.flatnonzero(met[:, pairs if pairs.any() else slice(None)].any(axis=1))
        if len(there):
            names = ", ".join(str(units["name"].iloc[unit]) for unit in there)
            found.append(Caveat("units_overlap", _OVERLAP, (("names", names),)))
    return found
