"""
Places of sites: in which a site that closes, moves or changes may be said to lie, where plans are not told.

Everybody knows where the bases of a mission stand. So "a site closes in River District" names it where that
district has one site only. A place is told only if it holds at least three sites, and those left over in the
larger place around it are three again, or none: otherwise the larger place is told for all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from footprint.indicators.outlines import unit_of_site
from footprint.indicators.units import Level
from layers import Area

FEWEST_SITES = 3
"""Sites of a place from which on one of them is not known by it."""


NOWHERE = (Level.AREA, "")
"""Somewhere in the area."""

SitePlace = tuple[Level, str]
"""Level and name: a region is often called as the unit of its seat."""


def places_told(area: Area, touched: Collection[str]) -> Mapping[str, SitePlace]:
    """
    Return the place in which each standing site may be said to lie.

    Parameters
    ----------
    area
        Its sites as they stand, and its units.
    touched
        Identifiers of all the sites that a plan closes, moves or changes: where these are all the sites of
        a place, no place smaller than the area is told.

    Returns
    -------
    Mapping
        Level and name by identifier of the site; `NOWHERE` where no place smaller than the area is told.
    """
    districts, regions = area.districts, area.regions["name"]
    units = {str(own): unit_of_site(area, str(own)) for own in area.sites.index}
    parents = {own: str(districts.at[unit, "parent_id"]) for own, unit in units.items()}
    held = list(units.values())
    found: dict[str, SitePlace] = {
        site: (Level.DISTRICT, str(districts.at[unit, "name"]))
        if held.count(unit) >= FEWEST_SITES
        else NOWHERE
        for site, unit in units.items()
    }
    for parent in sorted(set(parents.values())):
        own = [site for site, region in parents.items() if region == parent]
        rest = [site for site in own if found[site] == NOWHERE]
        if 0 < len(rest) < FEWEST_SITES:
            rest = own
        name = str(regions.get(parent, "")) if len(rest) >= FEWEST_SITES else ""
        found |= dict.fromkeys(rest, (Level.REGION, name) if name else NOWHERE)
    rest = [site for site, place in found.items() if place == NOWHERE]
    gone = [{site for site, at in found.items() if at == place} for place in set(found.values()) - {NOWHERE}]
    if 0 < len(rest) < FEWEST_SITES or any(sites <= set(touched) for sites in gone):
        return dict.fromkeys(found, NOWHERE)
    return found
