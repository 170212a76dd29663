"""Gaps: what the data do not say, so that silence is not read as zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from footprint.coverage.footprints import FORCE, TIERS
from footprint.indicators.indicator import Indicator
from footprint.method import Bundle, Capability, Method
from footprint.prepared import Prepared
from footprint.scenario import Laydown, Scenario, apply


@dataclass(frozen=True, slots=True)
class Gap:
    """A tier of which some group has no asset anywhere in the data."""

    bundle_id: str
    groups: tuple[tuple[str, ...], ...]
    """Capabilities of each group without any asset."""


def gaps(laydown: Laydown, method: Method) -> tuple[Gap, ...]:
    """
    Return the bundles that no site of a laydown can carry at all.

    Parameters
    ----------
    laydown
        Sites and assets; usually those of the baseline, as the data give them.
    method
        Capabilities and bundles.

    Returns
    -------
    tuple of Gap
        A bundle in it comes out as 0 everywhere. If the data merely do not name such
        assets, that 0 means "not known", and whoever shows it must say so.
    """
    kinds = set(laydown.assets["kind"])
    missing = {name for name, capability in method.capabilities.items() if not _carried(capability, kinds)}
    found = []
    for bundle_id in (FORCE, *TIERS):
        lacking = _lacking(method.bundles[bundle_id], missing)
        if lacking:
            found.append(Gap(bundle_id, lacking))
    return tuple(found)


_OF_BUNDLE = {
    FORCE: Indicator.FORCE,
    **dict(zip(TIERS, (Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3), strict=True)),
}
"""Indicator of each bundle."""


def as_it_stands(prepared: Prepared) -> Laydown:
    """Return sites and assets as the data give them: what a scenario takes away is known to be gone."""
    return apply(Scenario("baseline"), prepared.area, prepared.method)


def without_gaps(bundle: Bundle, missing: Sequence[Gap]) -> Bundle | None:
    """
    Return what is left of a bundle without the groups of which the data name no asset.

    None if nothing is left, the bundle itself if nothing is missing. As every group could be there in
    full, what is left says how much of the bundle there is at most.
    """
    gone = next((set(each.groups) for each in missing if each.bundle_id == bundle.bundle_id), set())
    groups = tuple(group for group in bundle.groups if group not in gone)
    if groups == bundle.groups:
        return bundle
    return replace(bundle, groups=groups) if groups else None


def not_known(laydown: Laydown, method: Method) -> frozenset[Indicator]:
    """
    Return the indicators of which a laydown's data say nothing, so that their 0 is not one.

    With any tier the Mission footprint is not known either: it is their mean. What a scenario adds to
    an unknown base can be told; what it comes to cannot.
    Without any force its ground part is not known either.
    """
    silent = {_OF_BUNDLE[gap.bundle_id] for gap in gaps(laydown, method)}
    mean = {Indicator.MISSION} if silent - {Indicator.FORCE} else set()
    part = {Indicator.FORCE_GROUND} if Indicator.FORCE in silent else set()
    return frozenset(silent | mean | part)


def _carried(capability: Capability, kinds: set[str]) -> bool:
    extra = {name for name in (capability.needs, capability.relay) if name}
    return bool(kinds & set(capability.assets)) and extra <= kinds


def _lacking(bundle: Bundle, missing: set[str]) -> tuple[tuple[str, ...], ...]:
    empty = tuple(group for group in bundle.groups if set(group) <= missing)
    return empty if bundle.rule == "all" or len(empty) == len(bundle.groups) else ()
