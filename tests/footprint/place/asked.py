"""Places drawn at random in a case, what is told of them, and what reviews of the whole area say of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from footprint.coverage.footprints import FORCE, TIERS
from footprint.place.closing import MOST_ADDED, Addition, Closing, PackageHere, changes_of, package_changes
from footprint.place.explain import Place, explain
from footprint.place.finding import at_cell
from footprint.place.hindrance import Why
from footprint.place.spot import HERE
from footprint.prepared import Prepared
from footprint.review import Review, review
from footprint.scenario import AddAssets, Change, CloseSite, OpenSite, RemoveAssets, Scenario
from footprint.travel.router import Router
from tests.kept import prepared_at

ROUNDING = 1e-5
NEAREST = 4
"""Sites around a place at which smaller additions are tried."""


@dataclass(frozen=True, eq=False)
class Case:
    """A case under a scenario."""

    prepared: Prepared
    router: Router
    result: Review

    @classmethod
    def of(cls, prepared: Prepared, changes: Sequence[Change] = ()) -> Case:
        """Review a case under some changes."""
        router = prepared.router()
        return cls(prepared, router, review(prepared, Scenario("asked", tuple(changes)), router))

    @property
    def threshold(self) -> np.float32:
        """Level from which a cell counts as reached."""
        return np.float32(self.prepared.method.reporting.class_threshold)

    def drawn(self, count: int, months: Sequence[int]) -> list[tuple[int, int]]:
        """Draw cells and months, half of the cells where somebody comes in some month."""
        generator, levels = np.random.default_rng(8), self.result.delivery
        near = np.flatnonzero(np.maximum(levels.force.max(axis=0), levels.tiers.max(axis=(0, 1))) > 0)
        anywhere = np.arange(self.prepared.area.grid.n_cells)
        cells = [*generator.choice(near, count // 2), *generator.choice(anywhere, count - count // 2)]
        return [(int(cell), int(generator.choice(months))) for cell in cells]

    def explained(self, cell: int, month: int) -> Place:
        """Explain the middle of a cell."""
        return explain(self.prepared, self.router, self.result, at_cell(self.prepared, cell), month)

    def level_with(self, place: Place, bundle_id: str, addition: Addition) -> float:
        """Return what a bundle comes to at a place in a review of the whole area with an addition."""
        plan = self.result.scenario.then(*changes_of(self.prepared, place, addition))
        return level_of(review(self.prepared, plan, self.router), place, bundle_id)

    def level_with_package(self, place: Place, bundle_id: str, package: PackageHere) -> float:
        """Return what a bundle comes to at a place in a review of the whole area with a package there."""
        plan = self.result.scenario.then(*package_changes(self.prepared, place, package))
        return level_of(review(self.prepared, plan, self.router), place, bundle_id)


def level_of(result: Review, place: Place, bundle_id: str) -> float:
    """Return what a bundle comes to in a review, of what is there at least."""
    levels, at = result.delivery, (place.month - 1, place.spotted.cell)
    return float(levels.force[at] if bundle_id == FORCE else levels.tiers[TIERS.index(bundle_id)][at])


def real_case(folder: Path) -> Prepared:
    """Prepare the case of provider files, built in a folder."""
    return prepared_at(folder)


def changes_of_many_kinds(prepared: Prepared) -> tuple[Change, ...]:
    """Return changes of many kinds: a site of one's own, a poorer donor, a closed one, a second company."""
    sites, assets = prepared.area.sites.index, prepared.area.assets
    donor = str(assets.loc[assets["kind"] == "infantry_company", "site_id"].iloc[0])
    closed = next(str(site) for site in sites if site != donor)
    town = prepared.area.places[prepared.area.places["kind"] == "cercle_seat"].to_crs("EPSG:4326").iloc[3]
    return (
        OpenSite("own", "Own", float(town.geometry.x), float(town.geometry.y), months=0b111100001111),
        AddAssets("own", "civil_affairs_team", 2),
        AddAssets("own", "community_liaison"),
        AddAssets("own", "helicopter"),
        AddAssets("own", "infantry_company"),
        RemoveAssets(donor, "infantry_company"),
        CloseSite(closed, months=0b000001100000),
    )


def faults(case: Case, place: Place) -> Iterator[str]:
    """Yield in what the answer about a place differs from the review it explains."""
    where = f"cell {place.spotted.cell} in month {place.month}"
    yield from (f"{where}: {fault}" for fault in (*_of_force(place), *_of_tiers(place), *_of_links(place)))
    hidden = case.result.delivery.unknown[:, :, place.spotted.cell]
    if not np.array_equal(np.isnan([tier.months for tier in place.tiers]), hidden):
        yield f"{where}: not known in other months than the review"


def _of_force(place: Place) -> Iterator[str]:
    force = place.force
    if bool(force.means) != (force.level > 0) or bool(force.means) == (force.hindrance is not None):
        yield f"Force {force.level}, {len(force.means)} ways, kept away by {force.hindrance}"
    if np.isnan(force.level):
        return
    joined = 1 - np.prod([1 - means.chance for means in force.means])
    parts = 1 - (1 - force.ground) * (1 - force.air)
    if not np.allclose([joined, parts], force.level, atol=ROUNDING):
        yield f"Force {force.level}, its ways {joined}, ground and air {parts}"


def _of_tiers(place: Place) -> Iterator[str]:
    for tier in place.tiers:
        if tier.weakest not in tier.links:
            yield f"{tier.bundle_id}: the weakest link is none of its links"
        if not np.isclose(tier.level, tier.weakest.chance, atol=ROUNDING, equal_nan=True):
            yield f"{tier.bundle_id} {tier.level}, weakest link {tier.weakest.chance}"


def _of_links(place: Place) -> Iterator[str]:
    for link in (link for tier in place.tiers for link in tier.links):
        if (link.means is None) != (link.hindrance is not None):
            yield f"{link.capabilities}: {link.means} and {link.hindrance}"
        if link.hindrance is not None and (link.hindrance.why is Why.NOT_KNOWN) != np.isnan(link.chance):
            yield f"{link.capabilities}: chance {link.chance}, {link.hindrance}"
        known = link.means is not None and not np.isnan(link.chance)
        if known and not 0 < link.means.chance <= link.chance + ROUNDING:
            yield f"{link.capabilities}: chance {link.chance}, best {link.means.chance}"


def smaller(case: Case, place: Place, closing: Closing) -> list[Addition]:
    """
    Return the additions that come before the one that closes a bundle: of any kind it could use, nearby or here.

    Fewer of them, or as many at an existing site where a new one is named; where nothing would do, all
    that are tried.
    """
    method, month = case.prepared.method, place.month
    kinds = {
        kind
        for group in method.bundles[closing.bundle_id].groups
        for name in group
        for capability in [method.capabilities[name]]
        for kind in (*capability.assets, capability.needs, capability.relay, "helicopter" * capability.air)
        if kind
    }
    posts = [post for post in place.stand.posts if post.is_open(month)]
    posts.sort(key=lambda post: np.hypot(post.x_m - place.spotted.x_m, post.y_m - place.spotted.y_m))
    sites = [*(post.site_id for post in posts[:NEAREST]), HERE]
    most, existing_first = (MOST_ADDED, False)
    if closing.addition is not None:
        most, existing_first = closing.addition.count - 1, closing.addition.site_id == HERE
    counted = [(count, site) for count in range(1, most + 1) for site in sites]
    counted += [(most + 1, site) for site in sites[:-1] if existing_first]
    return [Addition(kind, count, site, np.nan, None) for kind in sorted(kinds) for count, site in counted]
