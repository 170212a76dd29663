"""Closing: the smallest addition that lifts Force or a tier to the class threshold in one cell and month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain, islice, product
from itertools import count as count_from

import numpy as np
from shapely import Point

from footprint.coverage.footprints import Rule, Weakest, rule_of
from footprint.coverage.footprints import deliver as level_of_rule
from footprint.coverage.holdings import HELICOPTER, Holding
from footprint.coverage.stations import Station, profiles_of, stations
from footprint.errors import ScenarioError
from footprint.method import Bundle, Method
from footprint.place.donors import DonorCost, donor_cost
from footprint.place.explain import ForceThere, Place, TierThere
from footprint.place.finding import at_cell
from footprint.place.spot import HERE, Stand, ways_of
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import AddAssets, Change, OpenSite, RemoveAssets, apply
from footprint.travel.router import Router
from layers.antimeridian import wrapped
from layers.months import ALL_MONTHS
from layers.projection import degrees_from
from layers.sentences import say

NEW = "here"
"""Identifier of a new site in the scenario that an addition makes, and how that begins where it is taken."""

MOST_ADDED = 4
"""Most assets of one kind that count as one addition."""

_MOST_PACKAGES = 64
"""Packages of several kinds that are tried; a tier has some three groups of some two ways each."""


class Open(StrEnum):
    """Why there is no addition."""

    REACHED = "reached"
    """The bundle is at the threshold already."""
    SEVERAL = "several"
    """It lacks more than any one kind of asset can bring."""
    NOT_ENOUGH = "not_enough"
    """One kind could bring all that it lacks, and at no site and not here do as many as are tried."""
    NOT_KNOWN = "not_known"
    """Who is there is not known, and nothing single would do whoever is."""
    DONOR = "donor"
    """The donor holds nothing that would lift it so far."""


@dataclass(frozen=True, slots=True)
class Addition:
    """So many assets of one kind, at one site."""

    kind: str
    count: int
    site_id: str
    """`HERE` for a new site in the cell."""
    level: float
    """Of the bundle with them [0-1]."""
    cost: DonorCost | None
    """What the donor loses; None where none is asked."""


@dataclass(frozen=True, slots=True)
class PackageHere:
    """Assets of several kinds that would do together, at a new site in the cell."""

    assets: tuple[tuple[str, int], ...]
    """Each kind and how many, as many of each."""
    level: float
    """Of the bundle with them [0-1]."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What would lift Force or a tier to the threshold, or why nothing single does."""

    bundle_id: str
    addition: Addition | None
    open: Open | None
    package: PackageHere | None = field(default=None, kw_only=True)
    """What would do where no single kind does; None where up to `MOST_ADDED` of each would not either."""
    lacking: tuple[tuple[str, ...], ...]
    """Groups below the threshold, counting whom nobody names as nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """One bundle of one place, and who may give."""

    place: Place
    result: Review
    rule: Rule
    threshold: np.float32
    kinds: tuple[str, ...]
    donor: str
    """Site that gives; "" for none."""

    @property
    def prepared(self) -> Prepared:
        return self.place.stand.spot.prepared


def closing(
    prepared: Prepared,
    router: Router,
    result: Review,
    place: Place,
    asked: ForceThere | TierThere,
    *,
    donor: str = "",
) -> Closing:
    """
    Find what would lift Force or a tier to the class threshold in one cell and month.

    Parameters
    ----------
    prepared, router, result
        The area, its searches, and the review explained.
    place, asked
        The place, and its Force or one of its tiers.
    donor
        Site that gives the assets; "" leaves open where they come from.

    Returns
    -------
    Closing
        The fewest assets of one kind, at most `MOST_ADDED`, at a site that is open in the month or at a
        new one here; of as many, an existing site before a new one, then the higher level, then by
        identifier. Each is reckoned with all that it asks for, escorts too.

    Raises
    ------
    ScenarioError
        If there is no such donor.

    Notes
    -----
    What is not known counts as what is there at least, so that what lifts it does so whoever else is
    there.
    """
    if donor and donor not in result.laydown.sites.index:
        raise ScenarioError(say("there is no site {site}", site=repr(donor)))
    method, weakest = prepared.method, Weakest(result.provenance.weakest)
    bundle, threshold = method.bundles[asked.bundle_id], np.float32(method.reporting.class_threshold)
    stand = _of_the_bundle(place.stand, bundle)
    rule = rule_of(bundle, stand.names, weakest=weakest)
    before = stand.chances()
    row = {name: number for number, name in enumerate(stand.names)}
    lacking = tuple(
        group for group in bundle.groups if max(before[row[name], 0] for name in group) < threshold
    )
    if level_of_rule(rule, before)[0] >= threshold:
        return Closing(asked.bundle_id, None, Open.REACHED, lacking)
    every = bundle.rule == "all" and weakest is Weakest.MINIMUM
    kinds = _bringing(method, lacking if every else bundle.groups, every=every)
    unsolved = Open.NOT_KNOWN if np.isnan(asked.level) else Open.DONOR if donor else Open.NOT_ENOUGH
    search = _Search(replace(place, stand=stand), result, rule, threshold, kinds, donor)
    addition = _smallest(search) if kinds else None
    if addition is None:
        why = unsolved if kinds or unsolved is Open.NOT_KNOWN else Open.SEVERAL
        # Assets of several kinds are new posts: what a donor would lose by them is not reckoned.
        together = None if donor else _together(search, lacking)
        return Closing(asked.bundle_id, None, why, lacking, package=together)
    if donor:
        given = RemoveAssets(donor, addition.kind, addition.count)
        addition = replace(addition, cost=donor_cost(prepared, router, result, given))
    return Closing(asked.bundle_id, addition, None, lacking)


def closings(
    prepared: Prepared, router: Router, result: Review, place: Place, *, donor: str = ""
) -> tuple[Closing, ...]:
    """Return what would close Force and then each tier, by the rules of `closing`."""
    asked: tuple[ForceThere | TierThere, ...] = (place.force, *place.tiers)
    return tuple(closing(prepared, router, result, place, each, donor=donor) for each in asked)


def package_changes(prepared: Prepared, place: Place, package: PackageHere) -> tuple[Change, ...]:
    """Return a package at a new site as changes of a scenario."""
    x_m, y_m = _here(prepared, place)
    lon, lat = degrees_from(prepared.area.crs).transform(x_m, y_m)
    new_id = _free_id(prepared, place)
    opened = OpenSite(new_id, place.spotted.name or new_id, wrapped(lon), float(lat))
    return (opened, *(AddAssets(new_id, kind, count) for kind, count in package.assets))


def changes_of(prepared: Prepared, place: Place, addition: Addition) -> tuple[Change, ...]:
    """Return an addition as changes of a scenario; what a donor gives is taken away from it."""
    kind, count, site_id = addition.kind, addition.count, addition.site_id
    given: tuple[Change, ...] = ()
    if addition.cost is not None:
        given = (RemoveAssets(addition.cost.site_id, kind, count),)
    if site_id != HERE:
        return (*given, AddAssets(site_id, kind, count))
    x_m, y_m = _here(prepared, place)
    lon, lat = degrees_from(prepared.area.crs).transform(x_m, y_m)
    new_id = _free_id(prepared, place)
    opened = OpenSite(new_id, place.spotted.name or new_id, wrapped(lon), float(lat))
    return (*given, opened, AddAssets(new_id, kind, count))


def _free_id(prepared: Prepared, place: Place) -> str:
    """Return an identifier that no site has: plans are put together from several answers."""
    taken = {*prepared.area.sites.index, *(post.site_id for post in place.stand.posts)}
    return next(each for each in chain([NEW], (f"{NEW}-{n}" for n in count_from(2))) if each not in taken)


def standing_at(place: Place, addition: Addition) -> tuple[float, float]:
    """Return where an addition stands [m]."""
    posts = {post.site_id: (post.x_m, post.y_m) for post in place.stand.posts}
    return posts[addition.site_id] if addition.site_id in posts else _here(place.stand.spot.prepared, place)


def _of_the_bundle(stand: Stand, bundle: Bundle) -> Stand:
    """Return a stand that tells of the capabilities of one bundle alone."""
    needed = {name for group in bundle.groups for name in group}
    kept = tuple({name: each for name, each in own.items() if name in needed} for own in stand.effects)
    return replace(stand, effects=kept, names=tuple(name for name in stand.names if name in needed))


def _bringing(method: Method, groups: Sequence[Sequence[str]], *, every: bool) -> tuple[str, ...]:
    """Return the kinds of asset that bring something to every one of some groups, or to any."""
    by_group = [{kind for name in group for kind in _kinds_for(method, name)} for group in groups]
    joined = set.intersection(*by_group) if every else set.union(*by_group)
    return tuple(kind for kind in method.assets if kind in joined)


def _kinds_for(method: Method, name: str) -> set[str]:
    capability = method.capabilities[name]
    flying = HELICOPTER if capability.air else ""
    return {*capability.assets, capability.needs, capability.relay, flying} - {""}


def _smallest(search: _Search) -> Addition | None:
    """Try one asset more at a time, everywhere, until one addition is enough."""
    tried = {(kind, site_id) for kind in search.kinds for site_id in _sites(search)}
    for count in range(1, MOST_ADDED + 1):
        enough = []
        for kind, site_id, before, level in _levels(search, tried, count):
            if level >= search.threshold:
                enough.append((site_id == HERE, -level, kind, site_id))
            elif level <= before:
                # What the first does not touch, no further one does.
                tried.discard((kind, site_id))
        if enough:
            _, level, kind, site_id = min(enough)
            return Addition(kind, count, site_id, -level, None)
    return None


def _together(search: _Search, lacking: Sequence[Sequence[str]]) -> PackageHere | None:
    """
    Return the fewest kinds of asset that would do together at a new site here, of as few the best.

    Tried with one of each, then two, up to `MOST_ADDED`.
    """
    method, here = search.prepared.method, _new_site(search)
    ways = [[kinds for name in group for kinds in _carriers(method, name)] for group in lacking]
    kinds = {frozenset().union(*chosen) for chosen in islice(product(*ways), _MOST_PACKAGES)}
    for count in range(1, MOST_ADDED + 1):
        enough = []
        for each in kinds:
            assets = tuple((kind, count) for kind in method.assets if kind in each)
            if _with_package(search, here, assets) >= search.threshold:
                lean = _lean(search, here, assets)
                enough.append((len(lean), -_with_package(search, here, lean), lean))
        if enough:
            _, level, assets = min(enough)
            return PackageHere(assets, -level)
    return None


def _lean(search: _Search, here: Station, assets: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Return a package without the kinds that it does not need: others may hold them near enough."""
    for one in assets:
        fewer = tuple(each for each in assets if each[0] != one[0])
        if _with_package(search, here, fewer) >= search.threshold:
            assets = fewer
    return assets


def _with_package(search: _Search, here: Station, assets: Sequence[tuple[str, int]]) -> float:
    """Return the level with a package at a new site."""
    for kind, count in assets:
        here = _with(search.prepared, here, kind, count)
    chances = search.place.stand.having(here).chances()
    return float(level_of_rule(search.rule, chances)[0])


def _carriers(method: Method, name: str) -> Iterator[frozenset[str]]:
    """Yield each set of kinds that carries a capability by itself."""
    capability = method.capabilities[name]
    besides = {capability.needs, capability.relay} - {""}
    for kind in capability.assets:
        if not capability.air or ways_of(capability):
            yield frozenset({kind, *besides})
        if capability.air:
            yield frozenset({kind, HELICOPTER, *besides})


def _sites(search: _Search) -> Iterator[str]:
    """Yield where assets may be added."""
    month = search.place.month
    for post in search.place.stand.posts:
        if post.is_open(month) and post.site_id != search.donor:
            yield post.site_id
    yield HERE


def _levels(
    search: _Search, tried: set[tuple[str, str]], count: int
) -> Iterator[tuple[str, str, float, float]]:
    """Yield the level without and with so many assets of each kind at each site, once the donor gave."""
    here, stand = _new_site(search), search.place.stand
    posts = {post.site_id: post for post in (*stand.posts, here)}
    for kind in search.kinds:
        sites = sorted(own for asked, own in tried if asked == kind)
        left = _without(search, kind, count) if sites else None
        if left is None:
            continue
        fixed = stand.having(*left)
        before = float(level_of_rule(search.rule, fixed.chances())[0])
        for site_id in sites:
            more = _with(search.prepared, posts[site_id], kind, count)
            level = level_of_rule(search.rule, fixed.having(more).chances())[0]
            yield kind, site_id, before, float(level)


def _with(prepared: Prepared, post: Station, kind: str, count: int) -> Station:
    """Return a station with more assets, at the method's default availability."""
    holdings = (*post.holdings, Holding(kind, count))
    profiles = profiles_of((each.kind for each in holdings), prepared.method.capabilities)
    return replace(post, holdings=holdings, profiles=profiles)


def _without(search: _Search, kind: str, count: int) -> tuple[Station, ...] | None:
    """Return the donor after it has given, none without a donor; None if it has not so many."""
    if not search.donor:
        return ()
    scenario = search.result.scenario.then(RemoveAssets(search.donor, kind, count))
    try:
        laydown = apply(scenario, search.prepared.area, search.prepared.method)
    except ScenarioError:
        return None
    router = search.place.stand.spot.router
    posts = stations(laydown, search.prepared.method.capabilities, router)
    return tuple(post for post in posts if post.site_id == search.donor)


def _new_site(search: _Search) -> Station:
    """Return an empty new site at the place asked about."""
    x_m, y_m = _here(search.prepared, search.place)
    connector = search.place.stand.spot.router.connector(x_m, y_m)
    return Station(HERE, HERE, ALL_MONTHS, x_m, y_m, (), (), connector)


def _here(prepared: Prepared, place: Place) -> tuple[float, float]:
    """Return where a new site would stand [m]: at the point asked about, or inside the outline beside it."""
    spotted = place.spotted
    if not prepared.area.country.covers(Point(spotted.x_m, spotted.y_m)).any():
        spotted = at_cell(prepared, spotted.cell)
    return spotted.x_m, spotted.y_m
